//! What is on an issue's axis apart from actors: named places, the status quo, the outcome, and the
//! outcomes by rules.

use crate::diagram::in_print;
use crate::graph::{Graph, IssueId};
use crate::picture::sign::short_number;
use crate::picture::spectrum::{Point, Ruled, Tick};
use crate::query::Outlook;
use crate::words::verdict_word;

/// Returns the meanings of places on an issue's axis.
pub(super) fn ticks(graph: &Graph, issue: IssueId) -> Vec<Tick> {
    let tick = |at: f64, label: &str| Tick {
        at,
        label: label.to_owned(),
    };
    let Some((from, to)) = graph[issue].scale else {
        return match graph[issue].levels {
            // The scale can't be read, so there is no axis.
            _ if graph[issue].lost_scale => Vec::new(),
            Some(2) => vec![
                tick(0.0, verdict_word!(opposes)),
                tick(1.0, verdict_word!(supports)),
            ],
            Some(3) => vec![
                tick(0.0, verdict_word!(opposes)),
                tick(0.5, verdict_word!(neutral)),
                tick(1.0, verdict_word!(supports)),
            ],
            // If the levels can't be read, only strong positions have a place.
            None => vec![
                tick(0.0, verdict_word!(strongly_opposes)),
                tick(0.5, verdict_word!(neutral)),
                tick(1.0, verdict_word!(strongly_supports)),
            ],
            Some(_) => vec![
                tick(0.0, verdict_word!(strongly_opposes)),
                tick(0.25, verdict_word!(opposes)),
                tick(0.5, verdict_word!(neutral)),
                tick(0.75, verdict_word!(supports)),
                tick(1.0, verdict_word!(strongly_supports)),
            ],
        };
    };
    let written = graph.written_issue(graph[issue].place);
    let mut marks: Vec<(f64, String)> = written
        .scale
        .map(|scale| {
            scale
                .marks
                .0
                .iter()
                .map(|(at, meaning)| (*at, format!("{}: {meaning}", short_number(*at))))
                .collect()
        })
        .unwrap_or_default();
    for end in [from, to] {
        if !marks.iter().any(|(at, _)| *at == end) {
            marks.push((end, short_number(end)));
        }
    }
    let mut ticks: Vec<Tick> = marks
        .into_iter()
        .map(|(at, label)| Tick {
            at: along(from, to, at),
            label,
        })
        .collect();
    ticks.sort_by(|a, b| a.at.total_cmp(&b.at));
    ticks
}

/// Returns the status quo, and the outcome if it was known.
pub(super) fn points(graph: &Graph, issue: IssueId, outlook: &Outlook) -> Vec<Point> {
    let Some((from, to)) = graph[issue].scale else {
        return Vec::new();
    };
    let written = graph.written_issue(graph[issue].place);
    let decided = written
        .decided
        .map_or(String::new(), |date| format!(", decided {}", date.words()));
    let point = |number: f64, letter: char, label: String| Point {
        at: along(from, to, number),
        letter,
        label,
    };
    let status_quo = written
        .status_quo
        .map(|number| point(number, 'Q', format!("status quo {}", short_number(number))));
    let outcome = outlook.outcome.map(|number| {
        point(
            number,
            'O',
            format!("outcome {}{decided}", short_number(number)),
        )
    });
    status_quo.into_iter().chain(outcome).collect()
}

/// Returns the outcomes by the rules, and their assumptions; empty if all actors are at the same
/// place, where the rules say nothing.
pub(super) fn rules(outlook: Outlook) -> (Vec<Ruled>, Vec<String>) {
    let is_one = outlook
        .positions
        .iter()
        .all(|position| Some(position) == outlook.positions.first());
    if is_one {
        return (Vec::new(), Vec::new());
    }
    let (from, to) = outlook.scale;
    let ruled = |(name, number): (&'static str, f64)| {
        let letter = match name {
            "compromise" => 'C',
            "median" => 'M',
            "mean" => 'A',
            "power mean" => 'P',
            _ => 'V',
        };
        Ruled {
            at: along(from, to, number),
            letter,
            name,
            number,
        }
    };
    (
        outlook.rules.into_iter().map(ruled).collect(),
        outlook.notes.iter().map(|note| in_print(note)).collect(),
    )
}

/// Returns a number on a scale as a fraction of the scale, from 0 to 1.
fn along(from: f64, to: f64, number: f64) -> f64 {
    ((number - from) / (to - from)).clamp(0.0, 1.0)
}
