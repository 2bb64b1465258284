//! Whether enough is known to speak of who stands between whom, or with whom: under five actors with a known position, an
//! answer says so.

use std::collections::BTreeSet;

use crate::graph::{ActorId, Graph, Lens, Verdict};
use crate::query::Note;

/// With fewer actors whose position on anything is known, an answer says so.
const FEW: usize = 5;

/// What an answer about the whole of a graph says where few positions are known.
pub(super) fn few_known(graph: &Graph, lens: Lens) -> Option<Note> {
    // Of a large graph, some actors will do to see that there are enough.
    let mut some: BTreeSet<ActorId> = BTreeSet::new();
    for stance in graph
        .stances
        .iter()
        .filter(|stance| stance.position.is_some())
    {
        for actor in stance.actors.as_slice() {
            some.insert(*actor);
            // With whom it may be counted.
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
        0 => "no actor".to_owned(),
        1 => "only one actor".to_owned(),
        count => format!("only {count} actors"),
    };
    (count < FEW).then(|| {
        let text = format!("Warning: the position of {of} on anything is known: too few to say more than who is connected with whom.");
        Note::new("few_known", text).of(count)
    })
}

/// How many actors of these have a position on anything, and are counted by themselves.
fn known(graph: &Graph, lens: Lens, wanted: impl Fn(ActorId) -> bool + Sync) -> usize {
    let census = graph.census(lens, |actor, _| wanted(actor));
    let known = census
        .counted()
        .filter(|cell| matches!(cell.verdict, Verdict::Stands(_)));
    known
        .map(|cell| cell.actor)
        .collect::<BTreeSet<ActorId>>()
        .len()
}
