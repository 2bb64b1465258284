//! Whether enough is known to say who stands between whom, or with whom. If fewer than five actors
//! have a known position, the answer warns of it.

use std::collections::BTreeSet;

use crate::graph::{ActorId, Graph, Lens, Verdict};
use crate::query::Note;
use crate::words::{by_number, counted};

/// The number of actors with a known position below which an answer warns.
pub(super) const FEW: usize = 5;

/// Returns the warning for an answer about the whole graph, if few positions are known.
pub(super) fn few_known(graph: &Graph, lens: Lens) -> Option<Note> {
    // In a large graph, a sample of actors is enough to see that there are enough.
    let mut some: BTreeSet<ActorId> = BTreeSet::new();
    for stance in graph
        .stances
        .iter()
        .filter(|stance| stance.position.is_some())
    {
        for actor in stance.actors.as_slice() {
            some.insert(*actor);
            // Add those it may be counted with.
            some.extend(graph.voices().ever(*actor));
        }
        if some.len() > 4 * FEW {
            break;
        }
    }
    if known(graph, lens, |actor| some.contains(&actor)) >= FEW {
        return None;
    }
    let count = known(graph, lens, |_| true);
    let of = match count {
        0 => "no actor has".to_owned(),
        1 => "only one actor has".to_owned(),
        count => format!("only {count} actors have"),
    };
    (count < FEW).then(|| {
        let text = format!(
            "Warning: {of} a known position: too few to say more than who is connected with whom."
        );
        Note::new("few_known", text).of(count)
    })
}

/// Returns the warning that an answer about `what` says little, if fewer than [`FEW`] actors have a
/// `position`, in words: “a known position on it”.
pub(super) fn says_little(known: usize, position: &str, what: &str) -> Option<Note> {
    (known < FEW).then(|| {
        let text = format!(
            "Warning: {} {} {position}; with fewer than {FEW}, {what} say little.",
            counted(known, "actor"),
            by_number(known, "has", "have")
        );
        Note::new("few_known", text).of(known)
    })
}

/// Returns how many of the wanted actors have a position on anything and are counted by themselves.
fn known(graph: &Graph, lens: Lens, wanted: impl Fn(ActorId) -> bool + Sync) -> usize {
    let census = graph.census(lens, |actor, issue| {
        wanted(actor) && graph.scope().has(actor, issue)
    });
    let known = census
        .counted()
        .filter(|cell| matches!(cell.verdict, Verdict::Stands(_)));
    known
        .map(|cell| cell.actor)
        .collect::<BTreeSet<ActorId>>()
        .len()
}
