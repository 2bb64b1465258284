//! Common ground: what several actors agree on, ordered by how much it matters to them; and who
//! meets whom although they oppose each other, on what, and whether anybody has moved since.

mod deals;

pub use deals::DealRow;

use std::collections::BTreeSet;

use crate::graph::{
    ActorId, Census, Entity, Graph, IssueId, Lens, Meeting, MeetingId, Side, Standing, Verdict,
};
use crate::model::{Date, Day, MeetingStatus};
use crate::query::counted::left_to_speak;
use crate::query::ground::{Ground, pairs, relation, same_statements};
use crate::query::meetings::Role;
use crate::query::rows;
use crate::query::{
    Behind, Evidence, MeetingFilter, Note, Notes, Stand, Table, Word, answer, list, meetings, table,
};
use crate::words::{joined, verdict_word};

/// How many meetings across a divide are shown at most, the newest, if no actor is named.
const MOST: usize = 100;

answer! {
    /// What several actors agree on, by how much it matters to them, and who of them meets across
    /// what divides them.
    pub struct CommonGround = "common", ties: Unused {
        /// The issues on which all are on one side.
        common: Table<GroundRow>,
        /// The issues on which nobody is known to differ, but someone is mixed or contested.
        unsettled: Table<GroundRow>,
        /// The issues on which nobody is known to differ, but someone has not said.
        unknown: Table<GroundRow>,
        /// The issues on which at least two are on different sides.
        divided: Table<GroundRow>,
        /// The issues on which all would be on one side by their positions and offers together.
        deals: Table<DealRow>,
        /// The meetings of two who opposed each other on the eve, or else when it ended.
        across: Table<AcrossRow>,
    }
}

table! {
    /// Where one of several actors stands on an issue, and how much it matters to them all.
    pub struct GroundRow of "issue" {
        /// The issue.
        issue: IssueId,
        /// The actor.
        actor: ActorId,
        /// Where it stands.
        position: Stand,
        /// The mean of their known saliences for the issue, from 0 to 1.
        salience: Option<f64>,
    }

    /// A meeting of two who opposed each other on the eve, or else when it ended.
    pub struct AcrossRow {
        /// Its date.
        date: Option<Date>,
        /// Its status.
        status: Word,
        /// The meeting.
        meeting: MeetingId,
        /// The two actors.
        between: Vec<ActorId>,
        /// The issues they opposed each other on.
        opposed_on: Vec<IssueId>,
        /// Which of these issues the meeting was about.
        of_which_topics: Vec<IssueId>,
        /// Who now holds another position on one of these issues.
        moved: String,
    }
}

/// Finds the common ground of some actors, and who of them meets across what divides them. If no
/// actor is named, finds only who meets across a divide, among all actors.
pub fn common(graph: &Graph, lens: Lens, actors: &[ActorId]) -> CommonGround {
    match actors {
        [] => anybody(graph, lens),
        _ => shared(graph, lens, actors),
    }
}

/// Finds who meets across a divide, among all actors.
fn anybody(graph: &Graph, lens: Lens) -> CommonGround {
    let census = graph.census(lens, |actor, issue| graph.scope().has(actor, issue));
    let (across, mut notes) = across(graph, lens, &census, &[]);
    notes.extend(left_to_speak(graph, &census, |_| true));
    notes.extend(list::attributed(&census, lens));
    let nothing = || Table::new("", []);
    CommonGround {
        title: "Who meets across a divide".to_owned(),
        common: nothing(),
        unsettled: nothing(),
        unknown: nothing(),
        divided: nothing(),
        deals: Table::new("", []),
        across,
        notes,
    }
}

/// Finds the common ground of some actors.
fn shared(graph: &Graph, lens: Lens, actors: &[ActorId]) -> CommonGround {
    let census = graph.census(lens, |actor, issue| {
        actors.contains(&actor) && graph.scope().issue(issue)
    });
    let issues: BTreeSet<IssueId> = census.cells().map(|cell| cell.issue).collect();
    let ground = |issue: IssueId| {
        let ground = relation(graph, &census, actors, issue);
        (issue, ground, salience(&census, actors, issue))
    };
    let mut found: Vec<(IssueId, Ground, Option<f64>)> = issues.into_iter().map(ground).collect();
    // Issues that matter most come first; those with no known salience come last.
    found.sort_by(|a, b| {
        b.2.unwrap_or(-1.0)
            .total_cmp(&a.2.unwrap_or(-1.0))
            .then(a.0.cmp(&b.0))
    });
    let on = |heading: &str, ground: Ground| {
        // Who has not said is told, whether or not another has.
        let is_silent = |found| ground == Ground::Unknown && found == Ground::Silent;
        let of = found.iter();
        let of = of.filter(|(_, found, _)| *found == ground || is_silent(*found));
        let rows = of.flat_map(|(issue, _, salience)| {
            let census = &census;
            actors
                .iter()
                .map(|actor| row(graph, census, lens, *actor, *issue, *salience))
        });
        Table::new(heading, rows).across("actor", "position")
    };
    let open = found
        .iter()
        .filter(|(_, ground, _)| *ground != Ground::Common);
    let deals: Vec<DealRow> = open
        .flat_map(|(issue, ..)| deals::of(graph, lens, &census, actors, *issue))
        .collect();
    let names = actors.iter().map(|id| graph[*id].name.as_ref());
    let (across, mut notes) = across(graph, lens, &census, actors);
    notes.extend(same_statements(graph, &census, &pairs(actors)));
    notes.extend(list::attributed(&census, lens));
    notes.extend(order(found.iter().map(|(.., salience)| *salience)));
    notes.extend(silent(graph, &census, actors));
    CommonGround {
        title: format!("Common ground of {}", joined(names)),
        common: on("Where all agree", Ground::Common)
            .or_else("There is no issue on which all are known to be on the same side."),
        unsettled: on(
            concat!(
                "Where somebody is ",
                verdict_word!(mixed),
                " or ",
                verdict_word!(contested)
            ),
            Ground::Unsettled,
        ),
        unknown: on(
            "Where the position of somebody is unknown: neither agreement nor consent",
            Ground::Unknown,
        ),
        divided: on("Where they differ", Ground::Divided),
        deals: Table::new(
            "Deals in reach: all on one side, if what they ask happens",
            deals,
        ),
        across,
        notes,
    }
}

/// Notes what the issues are sorted by.
fn order(mut saliences: impl ExactSizeIterator<Item = Option<f64>>) -> Option<Note> {
    let (kind, text) = match (saliences.len(), saliences.any(|known| known.is_some())) {
        (0, _) => return None,
        (_, true) => (
            "salience",
            "Salience: the mean of their known saliences; issues without any come last.",
        ),
        (_, false) => (
            "salience_unknown",
            "How much these issues matter to them is not known: the issues are in no particular order.",
        ),
    };
    Some(Note::new(kind, text))
}

/// Notes who has no known position at all.
fn silent(graph: &Graph, census: &Census, actors: &[ActorId]) -> Option<Note> {
    let is_silent = |actor: &ActorId| {
        let mut cells = census.of(*actor).iter();
        cells.all(|cell| cell.verdict == Verdict::Unknown)
    };
    let silent: Vec<ActorId> = actors.iter().copied().filter(is_silent).collect();
    (!silent.is_empty()).then(|| {
        let names = silent.iter().map(|id| graph[*id].name.as_ref());
        let text = format!("No position of {} is known.", joined(names));
        let silent = silent.iter().map(|id| Entity::Actor(*id));
        Note::new("positions_unknown", text).about(silent)
    })
}

/// Returns the side of a position, or `None` if it has none, as when it is mixed or contested.
fn side(verdict: Verdict) -> Option<Side> {
    match verdict {
        Verdict::Stands(position) => Some(Side::of(position)).filter(|side| *side != Side::Mixed),
        _ => None,
    }
}

/// Returns the mean of the actors' known saliences for an issue, or `None` if none is known.
fn salience(census: &Census, actors: &[ActorId], issue: IssueId) -> Option<f64> {
    let known: Vec<f64> = actors
        .iter()
        .filter_map(|actor| census.at(*actor, issue)?.salience)
        .collect();
    (!known.is_empty()).then(|| known.iter().sum::<f64>() / known.len() as f64)
}

fn row(
    graph: &Graph,
    census: &Census,
    lens: Lens,
    actor: ActorId,
    issue: IssueId,
    salience: Option<f64>,
) -> GroundRow {
    let cell = census.at(actor, issue);
    let standing = cell.map(|cell| census.standing(cell, lens));
    let in_force = standing.iter().flat_map(Standing::in_force);
    GroundRow {
        issue,
        actor,
        position: rows::stands_if_known(graph, standing.as_ref()),
        salience,
        behind: Behind::first_of(graph, in_force.map(rows::evidence).collect()),
    }
}

/// Returns the meetings of two who were on opposite sides of something when they met, and whether
/// either has moved since.
fn across(
    graph: &Graph,
    lens: Lens,
    census: &Census,
    actors: &[ActorId],
) -> (Table<AcrossRow>, Notes) {
    let mut rows = Vec::new();
    let is_on = |status: Option<MeetingStatus>| {
        use MeetingStatus::{Held, Invited, Planned};
        matches!(status, Some(Held | Planned | Invited))
    };
    let all = meetings::matching(graph, lens, &MeetingFilter::default(), Role::Attends);
    let is_met = |id: &MeetingId| is_on(graph[*id].status) && !graph[*id].is_in_writing();
    for id in all.into_iter().filter(is_met) {
        let meeting = &graph[id];
        let there = meetings::meeting_there(graph, lens, meeting);
        let is_asked = |actor: &ActorId| match actors.is_empty() {
            true => graph.scope().actor(*actor),
            false => actors.contains(actor),
        };
        let asked: Vec<ActorId> = there.into_iter().filter(is_asked).collect();
        for (nth, a) in asked.iter().enumerate() {
            let others = asked[nth + 1..].iter().map(|b| [*a, *b]);
            let opposed = others.filter_map(|two| {
                let row = meeting_row(graph, lens, (census, actors), id, two)?;
                meetings::are_apart(graph, lens, meeting, two).then_some(row)
            });
            rows.extend(opposed);
        }
    }
    let all = rows.len();
    if actors.is_empty() {
        rows.drain(..all.saturating_sub(MOST));
    }
    // If no actor is named, the notes are about the actors in the meetings shown.
    let shown = rows.iter().flat_map(|row| {
        let asked = if actors.is_empty() {
            &row.between
        } else {
            actors
        };
        asked.iter().map(|actor| (row.meeting, *actor))
    });
    let mut notes = meetings::offices_at(graph, lens, shown);
    if rows.len() < all {
        let text = format!("Only the last {MOST} of {all} are shown; name actors to see theirs.");
        notes.push(Note::new("only_the_last", text).of(all));
    }
    if !rows.is_empty() {
        notes.push(Note::new("moved", "Opposed on: where they stood on the eve of the meeting, or else when it ended; of a meeting to come, where they stand. Moved: whose position on that has changed since."));
    }
    let table = Table::new("Who meets whom although they oppose each other", rows)
        .or_else("No meeting of two of them who opposed each other is recorded.");
    (table, notes)
}

fn meeting_row(
    graph: &Graph,
    lens: Lens,
    (census, named): (&Census, &[ActorId]),
    id: MeetingId,
    [a, b]: [ActorId; 2],
) -> Option<AcrossRow> {
    let meeting = &graph[id];
    let (mut opposed, mut moved, mut evidence) = (
        Vec::new(),
        Vec::new(),
        vec![Evidence::Thing(Entity::Meeting(id))],
    );
    for cell in census.of(a) {
        let Some(other) = census.at(b, cell.issue) else {
            continue;
        };
        // If no actor is named, an actor that is counted with the one it speaks for is shown as
        // that one.
        if named.is_empty() && (cell.folded.is_some() || other.folded.is_some()) {
            continue;
        }
        let both = [
            (a, census.standing(cell, lens)),
            (b, census.standing(other, lens)),
        ];
        let Some(then) = opposing(graph, lens, meeting, cell.issue, &both) else {
            continue;
        };
        opposed.push(cell.issue);
        for ((actor, now), then) in both.iter().zip(then) {
            evidence.extend(then.in_force().chain(now.in_force()).map(rows::evidence));
            if meeting.status == Some(MeetingStatus::Held) && then.verdict != now.verdict {
                let name = &graph[*actor].name;
                let on = &graph[cell.issue].name;
                moved.push(format!(
                    "{name} on {on}, from {} to {}",
                    then.verdict.word(),
                    now.verdict.word()
                ));
            }
        }
    }
    if opposed.is_empty() {
        return None;
    }
    let topics = opposed
        .iter()
        .copied()
        .filter(|issue| meeting.topics.contains(issue))
        .collect();
    Some(AcrossRow {
        date: meeting.date,
        status: rows::meeting_status(graph, meeting),
        meeting: id,
        between: vec![a, b],
        of_which_topics: topics,
        opposed_on: opposed,
        moved: moved_words(meeting, &moved),
        behind: Behind::at(meeting.place).because(rows::distinct(evidence)),
    })
}

/// Says who moved since a meeting, if it was held.
fn moved_words(meeting: &Meeting, moved: &[String]) -> String {
    match meeting.status {
        Some(MeetingStatus::Held) if meeting.date.is_none() => {
            "not known: the meeting has no date".to_owned()
        }
        Some(MeetingStatus::Held) if moved.is_empty() => "nobody".to_owned(),
        Some(MeetingStatus::Held) => moved.join("; "),
        _ => String::new(),
    }
}

/// Returns where two actors stood when they met, if they were on opposite sides: on the eve of the
/// meeting, or else on its last day. For a meeting without a date or still to come, returns where
/// they stand on the day asked for.
fn opposing(
    graph: &Graph,
    lens: Lens,
    meeting: &Meeting,
    issue: IssueId,
    both: &[(ActorId, Standing); 2],
) -> Option<[Standing; 2]> {
    let days = match meeting.date.map(|date| date.period()) {
        // A month or a year leaves open when they met: a statement made during it may be later than
        // the meeting.
        Some(period) if meeting.status == Some(MeetingStatus::Held) => {
            let eve = Day(period.from.0.saturating_sub(1));
            match meeting.date {
                Some(Date::Single(_)) => [eve, period.from],
                _ => [eve, period.to],
            }
        }
        _ => [lens.day; 2],
    };
    days.into_iter().find_map(|day| {
        let then = |standing: &Standing| {
            graph.standing_as_of(
                issue,
                standing,
                Lens {
                    day: day.min(lens.day),
                    ..lens
                },
            )
        };
        let then = [then(&both[0].1), then(&both[1].1)];
        let sides = [side(then[0].verdict)?, side(then[1].verdict)?];
        matches!(
            sides,
            [Side::Supports, Side::Opposes] | [Side::Opposes, Side::Supports]
        )
        .then_some(then)
    })
}
