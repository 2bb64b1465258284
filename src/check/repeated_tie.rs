//! `repeated-tie`: the same tie stands in the graph twice.

use std::collections::BTreeMap;

use crate::diagnostic::Diagnostic;
use crate::graph::{ActorId, Graph, IssueId, SourceId, Tie};

/// With so many earlier ones of the same two a tie is compared: events that were recorded as ties are many.
const COMPARED: usize = 50;

/// What makes a tie another one than one at another time or from another source.
type Same<'g> = ((ActorId, ActorId), &'g str, Vec<IssueId>, Option<ActorId>);

pub(super) fn find(graph: &Graph, found: &mut Vec<Diagnostic>) {
    let mut known: BTreeMap<Same<'_>, Vec<&Tie>> = BTreeMap::new();
    // Of one with itself, another rule says what is wrong.
    let ties = super::in_files(&graph.ties, |tie| tie.place).into_iter();
    for tie in ties.filter(|tie| tie.from != tie.to) {
        let others = known
            .entry((
                ends(tie),
                tie.kind.written(),
                sorted(&tie.over),
                tie.said_by,
            ))
            .or_default();
        match others
            .iter()
            .take(COMPARED)
            .find(|other| is_repeated(graph, tie, other))
        {
            Some(first) => found.push(finding(graph, first, tie)),
            None => others.push(tie),
        }
    }
}

/// Both ends: of a mutual tie in no order.
fn ends(tie: &Tie) -> (ActorId, ActorId) {
    if tie.kind.is_directed() || tie.from < tie.to {
        (tie.from, tie.to)
    } else {
        (tie.to, tie.from)
    }
}

fn sorted<T: Copy + Ord>(ids: &[T]) -> Vec<T> {
    let mut ids = ids.to_vec();
    ids.sort_unstable();
    ids
}

/// Whether nothing tells two apart: neither their time nor their evidence.
fn is_repeated(graph: &Graph, tie: &Tie, other: &Tie) -> bool {
    let sources = |tie: &Tie| -> Vec<SourceId> { sorted(&tie.sources) };
    let words = |tie: &Tie| {
        let written = graph.written_tie(tie.place);
        (
            written.quote.into_option().map(|text| text.to_string()),
            written.at.into_option().map(|text| text.to_string()),
        )
    };
    if !overlap(tie, other)
        || sources(tie) != sources(other) && !tie.sources.is_empty() && !other.sources.is_empty()
    {
        return false;
    }
    let (one, two) = (words(tie), words(other));
    one == two || one == (None, None) || two == (None, None)
}

/// Whether both last at the same time for sure: one that ends in a year and one that starts in it may follow each other.
fn overlap(tie: &Tie, other: &Tie) -> bool {
    let starts = |tie: &Tie| tie.since.map(|since| since.period().to);
    let ends = |tie: &Tie| tie.until.map(|until| until.period().from);
    let both = [tie, other];
    let is_same = (tie.since, tie.until) == (other.since, other.until);
    let (start, end) = (
        both.iter().filter_map(|tie| starts(tie)).max(),
        both.iter().filter_map(|tie| ends(tie)).min(),
    );
    is_same || start.zip(end).is_none_or(|(start, end)| start <= end)
}

fn finding(graph: &Graph, first: &Tie, again: &Tie) -> Diagnostic {
    let place = |tie: &Tie| super::part(graph, tie.place, &[]);
    Diagnostic::warning("repeated-tie", "the same tie is recorded twice", place(again), "recorded again here")
        .label(place(first), "first recorded here")
        .help("keep one of the two; if they are two, let `since` and `until`, `over`, `source`, `at` or `quote` tell them apart")
}
