//! How the positions of several actors on one issue relate, and whether they are of two voices.

use std::collections::BTreeSet;

use crate::graph::{ActorId, Census, Fate, Graph, IssueId, Placed, StanceId, Verdict};
use crate::model::Position;
use crate::query::Note;
use crate::query::counted::some;

/// The relation between several positions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Ground {
    /// All say the same: on one side, or at one number.
    Common,
    /// At least two of them differ, whatever the others say.
    Divided,
    /// Nobody is known to differ, but somebody is mixed or contested.
    Unsettled,
    /// Nobody is known to differ, but somebody has not said.
    Unknown,
    /// Nobody has said.
    Silent,
}

/// Returns how the positions of some actors on an issue relate.
pub(super) fn relation(
    graph: &Graph,
    census: &Census,
    actors: &[ActorId],
    issue: IssueId,
) -> Ground {
    let verdict = |actor: &ActorId| {
        let cell = census.at(*actor, issue);
        cell.map_or(Verdict::Unknown, |cell| cell.verdict)
    };
    ground(
        graph,
        issue,
        &actors.iter().map(verdict).collect::<Vec<_>>(),
    )
}

/// Returns how positions on an issue relate.
fn ground(graph: &Graph, issue: IssueId, verdicts: &[Verdict]) -> Ground {
    let clear = verdicts.iter().filter_map(|verdict| match verdict {
        Verdict::Stands(position) => graph.half(issue, *position).map(|_| *position),
        _ => None,
    });
    let clear: Vec<Position> = clear.collect();
    let differs = |(nth, one): (usize, &Position)| {
        clear[nth + 1..]
            .iter()
            .any(|other| !graph.alike(issue, *one, *other))
    };
    if clear.iter().enumerate().any(differs) {
        return Ground::Divided;
    }
    if verdicts.iter().all(|verdict| *verdict == Verdict::Unknown) {
        Ground::Silent
    } else if verdicts.contains(&Verdict::Unknown) {
        Ground::Unknown
    } else if clear.len() < verdicts.len() {
        Ground::Unsettled
    } else {
        Ground::Common
    }
}

/// Returns whether two positions rest on a statement in common, as those of an actor and of one
/// that speaks for it do.
pub(super) fn share_statements(census: &Census, one: &Placed, other: &Placed) -> bool {
    let said = |cell: &Placed| -> BTreeSet<StanceId> {
        let in_force = census.footings(cell).iter();
        let in_force = in_force.filter(|footing| footing.fate == Fate::InForce);
        in_force.map(|footing| footing.stance).collect()
    };
    !said(one).is_disjoint(&said(other))
}

/// Two actors that are set beside each other.
pub(super) type Pair = [ActorId; 2];

/// Returns every two of some actors.
pub(super) fn pairs(actors: &[ActorId]) -> Vec<Pair> {
    let with_later = |(nth, one): (usize, &ActorId)| {
        let later = actors[nth + 1..].iter();
        later.map(|other| [*one, *other]).collect::<Vec<_>>()
    };
    actors.iter().enumerate().flat_map(with_later).collect()
}

/// Notes which of some actors agree only because what one says counts for the other. A statement of
/// both is of two voices.
pub(super) fn same_statements(graph: &Graph, census: &Census, pairs: &[Pair]) -> Option<Note> {
    let stands = |cell: &&Placed| matches!(cell.verdict, Verdict::Stands(_));
    let mut alike = Vec::new();
    for [one, other] in pairs {
        let own = census.of(*one).iter().filter(stands);
        let shared = own.filter(|cell| {
            let other = census.at(*other, cell.issue).filter(stands);
            other.is_some_and(|other| {
                let is_one_voice = cell.folded.is_some() || other.folded.is_some();
                is_one_voice && share_statements(census, cell, other)
            })
        });
        let on = shared.map(|cell| graph[cell.issue].name.to_string());
        let on: Vec<String> = on.collect();
        if !on.is_empty() {
            let (one, other) = (&graph[*one].name, &graph[*other].name);
            alike.push(format!("{one} and {other} (on {})", some(&on)));
        }
    }
    (!alike.is_empty()).then(|| {
        let text = format!(
            "Not two voices, because their positions rest on the same statements: {}.",
            some(&alike)
        );
        Note::new("same_statements", text).of(alike.len())
    })
}
