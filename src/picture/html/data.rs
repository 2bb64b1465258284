//! What a page knows: the records behind the picture, each told once, references as numbers. Texts are as written; the page
//! puts them in as text, never as markup.

mod records;

use std::collections::BTreeSet;

use serde::Serialize;

use crate::graph::{ActorId, Graph, IssueId, Lens, Standing, Verdict};
use crate::model::{Date, Day};
use crate::picture::sign::Sign;
use crate::query::{Extract, changes};
use crate::render::{Places, date_words, one_line};

/// All that a page knows.
#[derive(Debug, Serialize)]
pub(super) struct Data {
    title: String,
    /// The day as of which the picture is.
    day: Option<i32>,
    /// The first and the last day of anything dated.
    span: Option<(i32, i32)>,
    sources: Vec<records::Source>,
    actors: Vec<records::Actor>,
    issues: Vec<records::Issue>,
    meetings: Vec<records::Meeting>,
    stances: Vec<records::Stance>,
    ties: Vec<records::Tie>,
    positions: Vec<Pair>,
}

/// Where an actor stands on an issue, since when, and all that was said.
#[derive(Debug, Serialize)]
struct Pair {
    actor: u32,
    issue: u32,
    /// The statements about it and what becomes of each, the newest first.
    said: Vec<(u32, &'static str)>,
    changes: Vec<Change>,
}

/// From a day on.
#[derive(Debug, Serialize)]
struct Change {
    /// The day; none for what has no date.
    from: Option<i32>,
    /// `supports`, `opposes`, `neutral`, `mixed`, `contested` or `unknown`.
    side: &'static str,
    /// The position in words.
    words: String,
    symbol: String,
    /// The statements that make it.
    made_by: Vec<u32>,
}

/// A date as people read it, and the days it covers; an open end is none.
#[derive(Debug, Serialize)]
pub(super) struct When {
    words: String,
    from: Option<i32>,
    to: Option<i32>,
}

pub(super) fn when(date: Date) -> When {
    let period = date.period();
    let closed = |day: Day| (day != Day::FIRST && day != Day::LAST).then_some(day.0);
    When { words: date_words(date), from: closed(period.from), to: closed(period.to) }
}

/// Collects what a page needs.
pub(super) fn data(graph: &Graph, lens: Lens, extract: &Extract) -> Data {
    let lens = Lens { day: extract.day.unwrap_or(lens.day), ..lens };
    let actors: BTreeSet<ActorId> = extract.actors.iter().copied().collect();
    let issues: BTreeSet<IssueId> = extract.issues.iter().copied().collect();
    let mut collector = records::Collector::new(graph, Places::new(graph), extract);
    let positions = graph.positions(lens, |actor, issue| actors.contains(&actor) && issues.contains(&issue));
    let pairs: Vec<Pair> =
        positions.iter().map(|((actor, issue), standing)| pair(graph, lens, &mut collector, *actor, *issue, standing)).collect();
    let mut data = collector.finish(Data {
        title: one_line(graph.title.as_deref().unwrap_or("Who stands where")),
        day: extract.day.map(|day| day.0),
        span: None,
        sources: Vec::new(),
        actors: Vec::new(),
        issues: Vec::new(),
        meetings: Vec::new(),
        stances: Vec::new(),
        ties: Vec::new(),
        positions: pairs,
    });
    data.span = span(&data);
    data
}

fn pair(
    graph: &Graph,
    lens: Lens,
    collector: &mut records::Collector<'_>,
    actor: ActorId,
    issue: IssueId,
    standing: &Standing,
) -> Pair {
    let mut change = |from: Option<Day>, standing: &Standing| {
        let sign = Sign::of(graph, issue, standing);
        Change {
            from: from.map(|day| day.0),
            side: side(graph, issue, standing.verdict),
            words: sign.as_ref().map_or_else(|| "unknown".to_owned(), Sign::words),
            symbol: sign.as_ref().map_or_else(String::new, Sign::symbol),
            made_by: standing.in_force().map(|footing| collector.stance(footing.stance)).collect(),
        }
    };
    // What is no longer in force ends on the day after its last; else a change starts where its date does.
    let began = |date: Date, verdict: Verdict| {
        if verdict == Verdict::Unknown { Day(date.period().to.0.saturating_add(1)) } else { date.period().from }
    };
    let changes = changes(graph, lens, issue, standing)
        .iter()
        .map(|made| change(made.date.map(|date| began(date, made.standing.verdict)), &made.standing))
        .collect();
    let said = standing.footings.iter().map(|footing| (collector.stance(footing.stance), fate(footing.fate))).collect();
    Pair { actor: collector.actor(actor), issue: collector.issue(issue), said, changes }
}

fn fate(fate: crate::graph::Fate) -> &'static str {
    crate::render::fate_words(fate)
}

fn side(graph: &Graph, issue: IssueId, verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Unknown => "unknown",
        Verdict::Contested => "contested",
        Verdict::Stands(position) => match graph.side(issue, position) {
            crate::graph::Side::Supports => "supports",
            crate::graph::Side::Opposes => "opposes",
            crate::graph::Side::Neutral => "neutral",
            crate::graph::Side::Mixed => "mixed",
        },
    }
}

fn span(data: &Data) -> Option<(i32, i32)> {
    let stances = data.stances.iter().filter_map(|stance| stance.date.as_ref());
    let meetings = data
        .meetings
        .iter()
        .flat_map(|meeting| meeting.date.iter().chain(meeting.stages.iter().filter_map(|stage| stage.on.as_ref())));
    let days: Vec<i32> = stances.chain(meetings).flat_map(|when| [when.from, when.to]).flatten().chain(data.day).collect();
    Some((*days.iter().min()?, *days.iter().max()?))
}
