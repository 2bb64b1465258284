//! Common ground: what several actors agree on, by how much it matters to them; and who meets whom although they oppose
//! each other, on what, and whether anybody moved since.

use std::collections::BTreeSet;

use crate::graph::{
    ActorId, Census, Entity, Graph, IssueId, Lens, Meeting, MeetingId, Side, Standing, Verdict,
};
use crate::model::{Date, Day, MeetingStatus};
use crate::query::counted::left_to_speak;
use crate::query::ground::{Ground, ground};
use crate::query::meetings::Role;
use crate::query::rows;
use crate::query::{Answer, Cell, Column, Evidence, MeetingFilter, Row, Section, meetings};
use crate::words::joined;

/// So many meetings across a divide are told, the newest, where nobody is named.
const MOST: usize = 100;

/// Tells the common ground of actors, and who of them meets across what divides them; where nobody is named, who of all does.
pub fn common(graph: &Graph, lens: Lens, actors: &[ActorId]) -> Answer {
    if actors.is_empty() {
        let census = graph.census(lens, |_, _| true);
        let (across, mut notes) = across(graph, lens, &census, actors);
        notes.extend(left_to_speak(graph, &census, &[]));
        notes.extend(rows::attributed(
            census.cells().flat_map(|cell| census.footings(cell)),
        ));
        return Answer {
            title: "Who meets across a divide".to_owned(),
            sections: vec![across],
            notes,
        };
    }
    let census = graph.census(lens, |actor, _| actors.contains(&actor));
    let issues: BTreeSet<IssueId> = census.cells().map(|cell| cell.issue).collect();
    let mut found: Vec<(IssueId, Ground, Option<f64>)> = issues
        .into_iter()
        .map(|issue| {
            (
                issue,
                relation(graph, &census, actors, issue),
                salience(&census, actors, issue),
            )
        })
        .collect();
    // What matters most first; what nobody says how much it matters, last.
    found.sort_by(|a, b| {
        b.2.unwrap_or(-1.0)
            .total_cmp(&a.2.unwrap_or(-1.0))
            .then(a.0.cmp(&b.0))
    });
    let section = |key, heading: &str, ground: Ground| {
        let of = found.iter().filter(|(_, found, _)| *found == ground);
        let rows =
            of.map(|(issue, _, salience)| row(graph, &census, lens, actors, *issue, *salience));
        Section {
            columns: columns(graph, actors),
            ..Section::new(key, heading, &[])
        }
        .with(rows)
    };
    let names: Vec<&str> = actors
        .iter()
        .map(|id| graph.actors[id.index()].name.as_ref())
        .collect();
    let (across, mut notes) = across(graph, lens, &census, actors);
    notes.extend(rows::attributed(
        census.cells().flat_map(|cell| census.footings(cell)),
    ));
    let sections = vec![
        section("common", "On what all agree", Ground::Common)
            .or_else("On no issue are all known to be on the same side."),
        section(
            "unsettled",
            "On what somebody is mixed or contested",
            Ground::Unsettled,
        ),
        section(
            "unknown",
            "On what somebody has not said: neither agreement nor consent",
            Ground::Unknown,
        ),
        section("divided", "On what they differ", Ground::Divided),
        across,
    ];
    if found.iter().any(|(.., salience)| salience.is_some()) {
        notes.push("Salience: the mean of what is known of theirs; issues of which none is known come last.".to_owned());
    } else if !found.is_empty() {
        notes.push(
            "How much these issues matter to them is not known: they are in no order.".to_owned(),
        );
    }
    let silent = actors.iter().filter(|actor| {
        census
            .of(**actor)
            .iter()
            .all(|cell| cell.verdict == Verdict::Unknown)
    });
    let silent: Vec<&str> = silent
        .map(|id| graph.actors[id.index()].name.as_ref())
        .collect();
    if !silent.is_empty() {
        notes.push(format!("No position of {} is known.", joined(&silent)));
    }
    Answer {
        title: format!("Common ground of {}", joined(&names)),
        sections,
        notes,
    }
}

fn columns(graph: &Graph, actors: &[ActorId]) -> Vec<Column> {
    let plain = |key: &str| Column {
        key: key.to_owned(),
        heading: key.to_owned(),
    };
    let of = actors.iter().map(|id| {
        let actor = &graph.actors[id.index()];
        Column {
            key: actor.id.to_string(),
            heading: actor.name.to_string(),
        }
    });
    std::iter::once(plain("issue"))
        .chain(of)
        .chain([plain("salience")])
        .collect()
}

fn relation(graph: &Graph, census: &Census, actors: &[ActorId], issue: IssueId) -> Ground {
    let verdict = |actor: &ActorId| {
        census
            .at(*actor, issue)
            .map_or(Verdict::Unknown, |cell| cell.verdict)
    };
    ground(
        graph,
        issue,
        &actors.iter().map(verdict).collect::<Vec<_>>(),
    )
}

/// The side of a position; none where it has none, as when it is mixed or contested.
fn side(verdict: Verdict) -> Option<Side> {
    match verdict {
        Verdict::Stands(position) => Some(Side::of(position)).filter(|side| *side != Side::Mixed),
        _ => None,
    }
}

/// How much an issue matters to these actors: the mean of what is known.
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
    actors: &[ActorId],
    issue: IssueId,
    salience: Option<f64>,
) -> Row {
    let standings: Vec<Option<Standing>> = actors
        .iter()
        .map(|actor| {
            census
                .at(*actor, issue)
                .map(|cell| census.standing(cell, lens))
        })
        .collect();
    let stands = standings.iter().map(|standing| {
        standing
            .as_ref()
            .map_or(Cell::said(None), |standing| rows::stands(graph, standing))
    });
    let cells = std::iter::once(Cell::Thing(Entity::Issue(issue))).chain(stands);
    let evidence = rows::distinct(
        standings
            .iter()
            .flatten()
            .flat_map(Standing::in_force)
            .map(rows::evidence),
    );
    let mut row = Row::new(cells.chain([salience.map_or(Cell::Nothing, Cell::Number)]));
    row.place = evidence.first().map(|evidence| evidence.place(graph));
    row.because(evidence)
}

/// Meetings of two who were on opposite sides of something when they met, and whether either has moved since.
fn across(
    graph: &Graph,
    lens: Lens,
    census: &Census,
    actors: &[ActorId],
) -> (Section, Vec<String>) {
    let mut rows = Vec::new();
    let is_on = |status: Option<MeetingStatus>| {
        use MeetingStatus::{Held, Invited, Planned};
        matches!(status, Some(Held | Planned | Invited))
    };
    let all = meetings::matching(graph, lens, &MeetingFilter::default(), Role::Attends);
    for id in all
        .into_iter()
        .filter(|id| is_on(graph.meetings[id.index()].status))
    {
        let meeting = &graph.meetings[id.index()];
        let there = meetings::meeting_there(graph, lens, meeting);
        let is_asked = |actor: &ActorId| actors.is_empty() || actors.contains(actor);
        let asked: Vec<ActorId> = there.into_iter().filter(is_asked).collect();
        for (nth, a) in asked.iter().enumerate() {
            rows.extend(
                asked[nth + 1..]
                    .iter()
                    .filter_map(|b| meeting_row(graph, lens, (census, actors), id, [*a, *b])),
            );
        }
    }
    let told = rows.iter().flat_map(|row| &row.evidence);
    let told = told.filter_map(|evidence| match evidence {
        Evidence::Thing(Entity::Meeting(id)) => Some(*id),
        _ => None,
    });
    let mut notes = meetings::offices(graph, lens, actors, told);
    if actors.is_empty() && rows.len() > MOST {
        notes.push(format!(
            "Only the last {MOST} of {} are told; name actors to see theirs.",
            rows.len()
        ));
        rows.drain(..rows.len() - MOST);
    }
    if !rows.is_empty() {
        notes.push("Moved: whose position on what they opposed each other over is another now than when they met.".to_owned());
    }
    let columns = [
        "date",
        "status",
        "meeting",
        "between",
        "opposed_on",
        "of_which_topics",
        "moved",
    ];
    let section = Section::new(
        "across",
        "Who meets whom although they oppose each other",
        &columns,
    )
    .with(rows)
    .or_else("No meeting is recorded of two of them who opposed each other.");
    (section, notes)
}

fn meeting_row(
    graph: &Graph,
    lens: Lens,
    (census, named): (&Census, &[ActorId]),
    id: MeetingId,
    [a, b]: [ActorId; 2],
) -> Option<Row> {
    let meeting = &graph.meetings[id.index()];
    let (mut opposed, mut moved, mut evidence) = (
        Vec::new(),
        Vec::new(),
        vec![Evidence::Thing(Entity::Meeting(id))],
    );
    for cell in census.of(a) {
        let Some(other) = census.at(b, cell.issue) else {
            continue;
        };
        // Where nobody is named, who speaks for others is told of as them.
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
                let name = &graph.actors[actor.index()].name;
                let on = &graph.issues[cell.issue.index()].name;
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
        .filter(|issue| meeting.topics.contains(issue))
        .map(|issue| Entity::Issue(*issue));
    let moved = match meeting.status {
        Some(MeetingStatus::Held) if meeting.date.is_none() => {
            "can't be told: the meeting has no date".to_owned()
        }
        Some(MeetingStatus::Held) if moved.is_empty() => "nobody".to_owned(),
        Some(MeetingStatus::Held) => moved.join("; "),
        _ => String::new(),
    };
    let cells = [
        Cell::date(meeting.date),
        Cell::text(meeting.status_words()),
        Cell::Thing(Entity::Meeting(id)),
        Cell::actors(&[a, b]),
        Cell::things(opposed.iter().map(|issue| Entity::Issue(*issue))),
        Cell::things(topics),
        Cell::text(moved),
    ];
    Some(
        Row::new(cells)
            .at(meeting.place)
            .because(rows::distinct(evidence)),
    )
}

/// Where two stood when they met, if on opposite sides: on the eve, else as of the last day of the meeting. What has no
/// date, or is still to come, finds them where they stand.
fn opposing(
    graph: &Graph,
    lens: Lens,
    meeting: &Meeting,
    issue: IssueId,
    both: &[(ActorId, Standing); 2],
) -> Option<[Standing; 2]> {
    let days = match meeting.date.map(|date| date.period()) {
        // Of a month or a year it is not known when they met: what came up in it may have come up later.
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
