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
        some.extend(stance.actors.as_slice());
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

fn known(graph: &Graph, lens: Lens, wanted: impl Fn(ActorId) -> bool + Sync) -> usize {
    let positions = graph.positions(lens, |actor, _| wanted(actor));
    let known = positions
        .iter()
        .filter(|(_, standing)| standing.verdict != Verdict::Unknown);
    known
        .map(|((actor, _), _)| *actor)
        .collect::<BTreeSet<ActorId>>()
        .len()
}
