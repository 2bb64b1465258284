//! The data of a page: the records behind the picture, each stored once and referred to by index.
//! Texts are as written; the page inserts them as text, never as markup.

mod collect;
mod records;
mod tables;

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;
use serde_json::Value;

use crate::diagram::{Diagram, Look, title_words};
use crate::graph::{ActorId, Fate, Graph, IssueId, Lens, Standing, Standings, Verdict};
use crate::model::{Date, Day, MeetingStatus, Period, Position};
use crate::picture::html::data::tables::Drawn;
use crate::picture::scene::Item;
use crate::picture::sign::Sign;
use crate::query::{self, Left, Part, changes, doubts_over_time, folded_over_time};
use crate::words::{one_line, verdict_word};

/// All data of a page.
#[derive(Debug, Serialize)]
pub(super) struct Data {
    title: String,
    /// The files of the graph.
    files: Vec<String>,
    /// The dates, which records refer to by index.
    dates: Vec<When>,
    /// The wordings of positions, referred to by index.
    words: Vec<String>,
    /// The looks of lines; positions and parts in meetings refer to them by index.
    looks: Vec<Drawn>,
    /// The sides of positions to choose from, in this order, with the words for them.
    sides: [(&'static str, &'static str); 7],
    /// The look of a participant's line, by the status of the meeting.
    parts: BTreeMap<&'static str, u32>,
    /// The statuses of statements, referred to by index.
    fates: Vec<&'static str>,
    /// The day as of which the picture is.
    day: Option<i32>,
    /// The first and last day of anything dated, up to the day of the picture.
    span: Option<(i32, i32)>,
    sources: Vec<records::Source>,
    actors: Vec<records::Actor>,
    issues: Vec<records::Issue>,
    meetings: Vec<records::Meeting>,
    stances: Vec<records::Stance>,
    ties: Vec<records::Tie>,
    positions: Vec<Pair>,
}

const SIDES: [(&str, &str); 7] = [
    ("supports", verdict_word!(supports)),
    ("neutral", verdict_word!(neutral)),
    ("opposes", verdict_word!(opposes)),
    ("number", "a number on a scale"),
    ("mixed", verdict_word!(mixed)),
    ("contested", verdict_word!(contested)),
    ("unknown", verdict_word!(unknown)),
];

/// The position of an actor on an issue over time, with all statements on it.
#[derive(Debug, Serialize)]
struct Pair {
    actor: u32,
    issue: u32,
    /// The statements on it, each with the index of its status, the newest first.
    said: Vec<(u32, u32)>,
    changes: Vec<Change>,
    /// What is uncertain about statements.
    doubts: Vec<Doubt>,
    /// Whether the actor is counted with one it speaks for, from each day on on which that changes;
    /// `None` for a day before all others.
    folded: Vec<(Option<i32>, bool)>,
}

/// A position that holds from a day on.
#[derive(Debug, Serialize)]
struct Change {
    /// The day, or `None` if the position has no date.
    from: Option<i32>,
    look: u32,
    /// The half of the scale in which a number lies: 1, 0 or -1.
    half: Option<i8>,
    /// The index of the position's wording.
    words: u32,
    /// The statements that establish it.
    made_by: Vec<u32>,
}

/// What is uncertain about a statement, from a day on until the next entry about it.
#[derive(Debug, Serialize)]
struct Doubt {
    statement: u32,
    from: Option<i32>,
    /// Empty if nothing is uncertain any more.
    words: String,
}

/// A date in words, and the first and last day it covers; `None` for an open end.
#[derive(Debug, Serialize)]
pub(super) struct When {
    words: String,
    from: Option<i32>,
    to: Option<i32>,
}

pub(super) fn when(date: Date) -> When {
    let [from, to] = closed(date.period());
    When {
        words: date.words(),
        from,
        to,
    }
}

/// Returns the first and last day of a period, with `None` for an open end.
fn closed(period: Period) -> [Option<i32>; 2] {
    [period.from, period.to].map(|day| (day != Day::FIRST && day != Day::LAST).then_some(day.0))
}

/// Collects what a page needs, without these fields.
pub(super) fn data(diagram: &Diagram<'_>, lens: Lens, left: Left) -> Data {
    let Diagram { graph, extract, .. } = *diagram;
    let lens = Lens {
        day: extract.terms.day.unwrap_or(lens.day),
        ..lens
    };
    let actors: BTreeSet<ActorId> = extract.actors.iter().copied().collect();
    let issues: BTreeSet<IssueId> = extract.issues.iter().copied().collect();
    let mut collector = collect::Collector::new(graph, lens, extract);
    let positions = graph.positions(lens, |actor, issue| {
        actors.contains(&actor) && issues.contains(&issue)
    });
    let pair = |(pair, standing): (&(ActorId, IssueId), &Standing)| {
        self::pair(graph, lens, &mut collector, &positions, (*pair, standing))
    };
    let pairs: Vec<Pair> = positions.iter().map(pair).collect();
    let part = |status: &MeetingStatus| {
        let look = Look::of_part(Some(*status), Part::Participant) as u32;
        (status.word(), look)
    };
    let parts = MeetingStatus::ALL.iter().map(part).collect();
    let mut data = collector.finish(Data {
        title: one_line(title_words(graph)),
        files: Vec::new(),
        dates: Vec::new(),
        words: Vec::new(),
        looks: Look::ALL.iter().map(|look| Drawn::of(*look)).collect(),
        sides: SIDES,
        parts,
        fates: Fate::ALL.iter().map(|fate| fate.word()).collect(),
        day: extract.terms.day.map(|day| day.0),
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
    data.leave_out(left);
    data
}

impl Data {
    /// Returns the mark of each look, in the order of `looks`.
    pub(super) fn marks(&self) -> impl Iterator<Item = &[Item]> {
        self.looks.iter().map(|look| look.mark.as_slice())
    }

    /// Empties the fields that are left out.
    fn leave_out(&mut self, left: Left) {
        if left.note {
            let actors = self.actors.iter_mut().map(|one| &mut one.note);
            let issues = self.issues.iter_mut().map(|one| &mut one.note);
            let meetings = self.meetings.iter_mut().map(|one| &mut one.note);
            let stances = self.stances.iter_mut().map(|one| &mut one.note);
            let all = actors.chain(issues).chain(meetings).chain(stances);
            all.for_each(String::clear);
        }
        if left.quote {
            let meetings = self.meetings.iter_mut().map(|one| &mut one.quote);
            let stances = self.stances.iter_mut().map(|one| &mut one.quote);
            meetings.chain(stances).for_each(String::clear);
        }
        if left.place {
            let venues = self.meetings.iter_mut().map(|one| &mut one.venue);
            venues.for_each(String::clear);
        }
    }

    /// Returns the data as JSON, without empty fields.
    pub(super) fn json(&self) -> String {
        let mut value = serde_json::to_value(self).unwrap_or_default();
        lean(&mut value);
        value.to_string()
    }
}

/// Removes empty fields from records; the page treats a missing field as empty.
fn lean(value: &mut Value) {
    match value {
        Value::Array(list) => {
            for item in list {
                lean(item);
            }
        }
        Value::Object(fields) => {
            for value in fields.values_mut() {
                lean(value);
            }
            fields.retain(|_, value| {
                !(value.is_null()
                    || value.as_str() == Some("")
                    || value.as_array().is_some_and(Vec::is_empty))
            });
        }
        _ => {}
    }
}

fn pair(
    graph: &Graph,
    lens: Lens,
    collector: &mut collect::Collector<'_>,
    positions: &Standings,
    ((actor, issue), standing): ((ActorId, IssueId), &Standing),
) -> Pair {
    let mut change = |from: Option<Day>, standing: &Standing| {
        let words = Sign::of(graph, issue, standing)
            .map_or_else(|| Verdict::Unknown.word(), |sign| sign.words());
        let half = match standing.verdict {
            Verdict::Stands(position @ Position::At(_)) => graph.half(issue, position),
            _ => None,
        };
        Change {
            from: from.map(|day| day.0),
            look: Look::of_standing(graph, standing) as u32,
            half: half.map(|half| half as i8),
            words: collector.word(words),
            made_by: standing
                .in_force()
                .map(|footing| collector.stance(footing.stance))
                .collect(),
        }
    };
    let changes = changes(graph, lens, issue, standing)
        .iter()
        .map(|made| change(made.day, &made.standing))
        .collect();
    let said = standing
        .footings
        .iter()
        .map(|footing| (collector.stance(footing.stance), footing.fate as u32))
        .collect();
    let mut doubts = Vec::new();
    for footing in &standing.footings {
        for (from, words) in doubts_over_time(graph, lens, issue, (standing, footing)) {
            doubts.push(Doubt {
                statement: collector.stance(footing.stance),
                from: (from != Day::FIRST).then_some(from.0),
                words: words
                    .into_iter()
                    .map(query::Doubt::word)
                    .collect::<Vec<_>>()
                    .join(", "),
            });
        }
    }
    let folded = folded_over_time(graph, lens, positions, (actor, issue)).into_iter();
    let day = |day: Day| (day != Day::FIRST).then_some(day.0);
    Pair {
        actor: collector.actor(actor),
        issue: collector.issue(issue),
        said,
        changes,
        doubts,
        folded: folded.map(|(from, is)| (day(from), is)).collect(),
    }
}

fn span(data: &Data) -> Option<(i32, i32)> {
    let stances = data.stances.iter().filter_map(|stance| stance.date);
    let meetings = data.meetings.iter().flat_map(|meeting| {
        meeting
            .date
            .into_iter()
            .chain(meeting.stages.iter().filter_map(|stage| stage.on))
    });
    let whens = stances
        .chain(meetings)
        .filter_map(|date| data.dates.get(date as usize));
    let days: Vec<i32> = whens
        .flat_map(|when| [when.from, when.to])
        .flatten()
        .collect();
    let (from, to) = (*days.iter().min()?, *days.iter().max()?);
    // Plans for later days are already known on the day of the picture, so the span ends there.
    let to = data.day.map_or(to, |day| to.min(day));
    (from <= to).then_some((from, to))
}
