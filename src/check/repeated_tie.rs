//! `repeated-tie`: the same tie is recorded twice.

use std::collections::BTreeMap;

use crate::diagnostic::Diagnostic;
use crate::graph::{ActorId, Graph, IssueId, SourceId, Tie};

/// The maximum number of earlier ties between the same two actors that a tie is compared with.
/// Events recorded as ties can be many.
const COMPARED: usize = 50;

/// The fields in which two ties agree if they may be the same. Time and evidence are compared
/// separately.
type Same<'g> = ((ActorId, ActorId), &'g str, Vec<IssueId>, Option<ActorId>);

pub(super) fn find(graph: &Graph, found: &mut Vec<Diagnostic>) {
    let mut known: BTreeMap<Same<'_>, Vec<&Tie>> = BTreeMap::new();
    // Another rule reports ties of an actor with itself.
    let ties = super::in_files(&graph.ties, |tie| tie.place).into_iter();
    for tie in ties.filter(|tie| tie.from != tie.to) {
        let others = known
            .entry((
                ends(tie),
                tie.kind.written(),
                super::sorted(&tie.over),
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

/// Returns both ends of a tie; those of a mutual tie are sorted.
fn ends(tie: &Tie) -> (ActorId, ActorId) {
    if tie.kind.is_directed() || tie.from < tie.to {
        (tie.from, tie.to)
    } else {
        (tie.to, tie.from)
    }
}

/// Returns whether nothing distinguishes two ties: neither their time nor their evidence.
fn is_repeated(graph: &Graph, tie: &Tie, other: &Tie) -> bool {
    let sources = |tie: &Tie| -> Vec<SourceId> { super::sorted(&tie.sources) };
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

/// Returns whether both ties certainly hold at the same time. If one ends in a year and the other
/// starts in it, they may follow each other.
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
