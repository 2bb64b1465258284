//! Rows that several answers share: a position, a statement, a meeting, a tie, a fact.

use std::collections::{BTreeSet, HashSet};
use std::hash::Hash;

use crate::graph::all_days;
use crate::graph::{
    ActorId, By, Entity, Fact, FactId, Fate, Footing, Graph, Issue, IssueId, Joined, MeetingId,
    SourceId, Stance, StanceId, Standing, TieId, Verdict,
};
use crate::model::{Date, Day, Likelihood, Period, Position};
use crate::query::{Cell, Evidence, Row, Stand};
use crate::words::counted;

/// The columns of [`position`].
pub(super) const POSITION: &[&str] = &[
    "actor",
    "issue",
    "position",
    "toward",
    "voiced_by",
    "date",
    "sources",
];
/// The same, the issue first.
pub(super) const BY_ISSUE: &[&str] = &[
    "issue",
    "actor",
    "position",
    "toward",
    "voiced_by",
    "date",
    "sources",
];
/// The columns of [`meeting`].
pub(super) const MEETING: &[&str] = &[
    "date",
    "status",
    "likelihood",
    "meeting",
    "place",
    "participants",
    "invited",
    "declined",
    "topics",
    "sources",
];
/// The columns of [`tie`].
pub(super) const TIE: &[&str] = &["from", "kind", "to", "since", "until", "over", "sources"];
/// The columns of [`joined`].
pub(super) const JOINED: &[&str] = &[
    "from", "kind", "to", "since", "until", "over", "sources", "status",
];
/// The columns of [`fact`].
pub(super) const FACT: &[&str] = &["fact", "text", "date", "sources"];
/// The columns of [`fact_as_of`].
pub(super) const DATED_FACT: &[&str] = &["fact", "text", "date", "sources", "status"];
/// The columns of [`field`].
pub(super) const FIELD: &[&str] = &["field", "value"];

/// A position and what it rests on.
pub(super) fn position(graph: &Graph, actor: ActorId, issue: IssueId, standing: &Standing) -> Row {
    // What is in force; of what no longer is, what was last; else all.
    let with = |fate: Fate| {
        standing
            .footings
            .iter()
            .filter(|footing| footing.fate == fate)
            .copied()
            .collect::<Vec<Footing>>()
    };
    let shown = [Fate::InForce, Fate::Expired]
        .into_iter()
        .map(with)
        .find(|with| !with.is_empty());
    let shown = shown.unwrap_or_else(|| standing.footings.clone());
    let cells = [
        Cell::Thing(Entity::Actor(actor)),
        Cell::Thing(Entity::Issue(issue)),
        stands(graph, standing),
        Cell::actors(&distinct(shown.iter().flat_map(|footing| {
            graph.stances[footing.stance.index()]
                .toward()
                .iter()
                .copied()
        }))),
        Cell::actors(&voices(graph, actor, &shown)),
        Cell::date(
            standing
                .date()
                .or_else(|| shown.first().and_then(|footing| footing.date)),
        ),
        sources(&distinct(shown.iter().flat_map(|footing| {
            graph.stances[footing.stance.index()]
                .sources
                .as_slice()
                .iter()
                .copied()
        }))),
    ];
    let mut row = Row::new(cells).because(standing.footings.iter().map(evidence));
    row.place = shown
        .first()
        .map(|footing| graph.stances[footing.stance.index()].place);
    row
}

/// Where an actor stands, with everything said where that is contested.
pub(super) fn stands(graph: &Graph, standing: &Standing) -> Cell {
    let issue = standing
        .footings
        .first()
        .map(|footing| graph.stances[footing.stance.index()].issue);
    let said = standing
        .in_force()
        .filter_map(|footing| graph.stances[footing.stance.index()].position);
    let mut positions: Vec<Position> = Vec::new();
    for position in said {
        if !positions.contains(&position) {
            positions.push(position);
        }
    }
    // In an order that does not depend on where a record stands.
    if let (Some(issue), true) = (issue, positions.len() > 1) {
        let place = |position: &Position| (graph.score(issue, *position), position.written());
        positions.sort_by(|one, other| {
            let (one, other) = (place(one), place(other));
            let by_score = one.0.partial_cmp(&other.0);
            by_score
                .unwrap_or(std::cmp::Ordering::Equal)
                .then(one.1.cmp(other.1))
        });
    }
    let basis = (standing.verdict != Verdict::Unknown).then(|| graph.basis(standing));
    let said = if standing.verdict == Verdict::Contested {
        positions
    } else {
        Vec::new()
    };
    Cell::Stands(Stand {
        verdict: standing.verdict,
        said,
        basis,
    })
}

/// One statement about an actor, and what becomes of it.
pub(super) fn statement(graph: &Graph, actor: ActorId, footing: &Footing, status: String) -> Row {
    let stance = &graph.stances[footing.stance.index()];
    let cells = [
        Cell::Thing(Entity::Actor(actor)),
        Cell::Thing(Entity::Issue(stance.issue)),
        Cell::said(stance.position),
        Cell::actors(stance.toward()),
        Cell::actors(&voices(graph, actor, &[*footing])),
        Cell::date(footing.date),
        sources(stance.sources.as_slice()),
        Cell::text(status),
    ];
    Row::new(cells)
        .at(stance.place)
        .because([evidence(footing)])
}

pub(super) fn evidence(footing: &Footing) -> Evidence {
    Evidence::Stance(footing.stance, footing.fate)
}

/// Who voiced these statements, other than the actor itself.
fn voices(graph: &Graph, actor: ActorId, footings: &[Footing]) -> Vec<ActorId> {
    let voiced = footings.iter().flat_map(|footing| {
        let stance = &graph.stances[footing.stance.index()];
        let made = all_days(footing.date);
        let mut speakers: Vec<ActorId> = match stance.said_by() {
            Some(by) => vec![by],
            None if footing.through == actor => Vec::new(),
            None => {
                let speaks = |by: &ActorId| graph.voices().speaks_for(*by, actor, made);
                stance
                    .actors
                    .as_slice()
                    .iter()
                    .copied()
                    .filter(speaks)
                    .collect()
            }
        };
        speakers.sort_by_key(|by| &graph.actors[by.index()].id);
        speakers
    });
    distinct(voiced.filter(|by| *by != actor))
}

/// What becomes of a statement, in words; of one of several in force that differ, that it is contested.
pub(super) fn fate(fate: Fate, verdict: Verdict) -> &'static str {
    match (fate, verdict) {
        (Fate::InForce, Verdict::Contested) => "contested",
        (fate, _) => fate.word(),
    }
}

/// The same as of a day: one that never counts can still be to come.
pub(super) fn fate_on(footing: &Footing, verdict: Verdict, day: Day) -> &'static str {
    if is_later(footing, day) {
        fate(Fate::Later, verdict)
    } else {
        fate(footing.fate, verdict)
    }
}

/// Whether a statement was made after a day.
pub(super) fn is_later(footing: &Footing, day: Day) -> bool {
    footing.date.is_some_and(|date| date.period().from > day)
}

/// Things in their order, each once.
pub(super) fn distinct<T: Clone + Eq + Hash>(items: impl IntoIterator<Item = T>) -> Vec<T> {
    let mut distinct: Vec<T> = Vec::new();
    // Of few, to compare them is faster.
    let mut known: HashSet<T> = HashSet::new();
    for item in items {
        if distinct.len() == FEW {
            known.extend(distinct.iter().cloned());
        }
        let is_new = match distinct.len() < FEW {
            true => !distinct.contains(&item),
            false => known.insert(item.clone()),
        };
        if is_new {
            distinct.push(item);
        }
    }
    distinct
}

/// So many things are few.
const FEW: usize = 16;

/// Sources, or nothing.
pub(super) fn sources(ids: &[SourceId]) -> Cell {
    Cell::things(ids.iter().map(|id| Entity::Source(*id)))
}

/// A meeting.
pub(super) fn meeting(graph: &Graph, id: MeetingId) -> Row {
    let meeting = &graph.meetings[id.index()];
    let cells = [
        Cell::date(meeting.date),
        Cell::text(meeting.status_words()),
        Cell::text(
            meeting
                .more
                .as_ref()
                .and_then(|more| more.likelihood)
                .map_or(String::new(), likelihood),
        ),
        Cell::Thing(Entity::Meeting(id)),
        Cell::text(
            graph
                .written_meeting(meeting.place)
                .place
                .unwrap_or_default(),
        ),
        Cell::actors(&meeting.participants),
        Cell::actors(meeting.invited()),
        Cell::actors(meeting.declined()),
        Cell::things(meeting.topics.iter().map(|id| Entity::Issue(*id))),
        sources(meeting.sources()),
    ];
    Row::new(cells)
        .at(meeting.place)
        .because([Evidence::Thing(Entity::Meeting(id))])
}

/// A likelihood with its band: `likely (55 to 80 %)`.
pub(super) fn likelihood(likelihood: Likelihood) -> String {
    let (from, to) = likelihood.percent();
    format!("{} ({from} to {to} %)", likelihood.word())
}

/// A tie.
pub(super) fn tie(graph: &Graph, id: TieId) -> Row {
    let tie = &graph.ties[id.index()];
    let cells = [
        Cell::Thing(Entity::Actor(tie.from)),
        Cell::text(tie.kind.word()),
        Cell::Thing(Entity::Actor(tie.to)),
        Cell::date(tie.since),
        Cell::date(tie.until),
        Cell::things(tie.over.iter().map(|id| Entity::Issue(*id))),
        sources(&tie.sources),
    ];
    Row::new(cells).at(tie.place).because([Evidence::Tie(id)])
}

/// A tie, by a record of its own or by a short form, and whether it is over, or still to come, on a day.
pub(super) fn joined(graph: &Graph, joined: Joined<'_>, day: Day) -> Row {
    let actor = match joined.by {
        By::Tie(id) => {
            let mut row = tie(graph, id);
            row.cells.push(passed(graph.ties[id.index()].during(), day));
            return row;
        }
        By::Actor(actor) => actor,
    };
    let cells = [
        Cell::Thing(Entity::Actor(joined.from)),
        Cell::text(joined.kind.word()),
        Cell::Thing(Entity::Actor(joined.to)),
    ];
    Row::new(cells.into_iter().chain(vec![Cell::Nothing; 5]))
        .at(graph.actors[actor.index()].place)
        .because([Evidence::Thing(Entity::Actor(actor))])
}

/// A fact.
pub(super) fn fact(graph: &Graph, id: FactId) -> Row {
    let fact: &Fact = &graph.facts[id.index()];
    let cells = [
        Cell::Thing(Entity::Fact(id)),
        Cell::text(graph.written_fact(fact.place).text),
        Cell::date(graph.statement_date(fact.date, &fact.sources)),
        sources(&fact.sources),
    ];
    Row::new(cells)
        .at(fact.place)
        .because([Evidence::Thing(Entity::Fact(id))])
}

/// The same, and whether it is later than a day.
pub(super) fn fact_as_of(graph: &Graph, id: FactId, day: Day) -> Row {
    let fact = &graph.facts[id.index()];
    let date = graph.statement_date(fact.date, &fact.sources);
    let mut row = self::fact(graph, id);
    row.cells.push(passed(since(date), day));
    row
}

/// From a date on.
pub(super) fn since(date: Option<Date>) -> Period {
    Period {
        to: Day::LAST,
        ..all_days(date)
    }
}

/// Whether a period is over, or still to come, on a day.
pub(super) fn passed(period: Period, day: Day) -> Cell {
    Cell::text(if period.to < day {
        "over"
    } else if period.from > day {
        "later"
    } else {
        ""
    })
}

/// A field of a record; none where it has nothing to say.
pub(super) fn field(name: &str, value: Cell) -> Option<Row> {
    (value != Cell::Nothing).then(|| Row::new([Cell::text(name), value]))
}

/// Why positions on an issue have no score, or not all of them: what they are measured by can't be read.
pub(super) fn lost_measure(issue: &Issue) -> Option<String> {
    let lost = match issue {
        Issue {
            lost_scale: true, ..
        } => "its scale can't be read or has no width, so that a number on it means nothing",
        Issue { levels: None, .. } => {
            "its levels can't be read, so that “supports” and “opposes” have no score"
        }
        _ => return None,
    };
    Some(format!("{lost}: `demarche check` shows it"))
}

/// How many statements an answer does not count since they are attributions: the words of every answer and picture.
pub(super) fn attributed<'f>(footings: impl IntoIterator<Item = &'f Footing>) -> Option<String> {
    let attributed = footings
        .into_iter()
        .filter(|footing| footing.fate == Fate::Attributed);
    let statements: BTreeSet<StanceId> = attributed.map(|footing| footing.stance).collect();
    not_counted(statements.len())
}

/// The same of so many.
pub(crate) fn not_counted(attributions: usize) -> Option<String> {
    (attributions > 0).then(|| {
        format!(
            "Not counted, since who voiced it does not speak for the actor: {}.",
            counted(attributions, "statement")
        )
    })
}

/// What a filter by dates leaves open: things of dates that lie only in part within it.
pub(super) fn partly_within(
    dates: impl Iterator<Item = Date>,
    since: Option<Date>,
    until: Option<Date>,
) -> Option<String> {
    let sticks_out = |date: &Date| {
        let period = date.period();
        since.is_some_and(|since| period.from < since.period().from)
            || until.is_some_and(|until| period.to > until.period().to)
    };
    let mut open = dates.filter(sticks_out);
    let first = open.next()?;
    let more = match open.count() {
        0 => format!("Of {first}"),
        more => format!("Of {first}, and {more} more"),
    };
    Some(format!(
        "{more}: whether that is within the dates asked for is open, or so in part only."
    ))
}

/// When something was, as far as a filter goes: undated things pass only where no date is asked for.
pub(super) fn within(date: Option<Date>, since: Option<Date>, until: Option<Date>) -> bool {
    if since.is_none() && until.is_none() {
        return true;
    }
    let Some(period) = date.map(Date::period) else {
        return false;
    };
    since.is_none_or(|since| period.to >= since.period().from)
        && until.is_none_or(|until| period.from <= until.period().to)
}

/// A statement by itself: actors, issue, position, toward, who voiced it, date, sources.
pub(super) fn stance(graph: &Graph, stance: &Stance) -> [Cell; 7] {
    [
        Cell::actors(stance.actors.as_slice()),
        Cell::Thing(Entity::Issue(stance.issue)),
        Cell::said(stance.position),
        Cell::actors(stance.toward()),
        stance
            .said_by()
            .map_or(Cell::Nothing, |by| Cell::Thing(Entity::Actor(by))),
        Cell::date(graph.stance_date(stance)),
        sources(stance.sources.as_slice()),
    ]
}
