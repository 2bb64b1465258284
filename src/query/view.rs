//! The part of a graph that is asked about: as of which day, on which evidence, and through whose
//! words.

use crate::graph::{Graph, Lens, Omitted, Restriction};

/// The part of a graph that is asked about, with what was left out.
#[derive(Debug)]
pub struct View {
    /// What remains of the graph.
    pub graph: Graph,
    /// The day as of which, and through whose words, positions are looked at.
    pub lens: Lens,
    /// Which parts of the graph are admitted.
    pub restriction: Restriction,
    /// What the restriction left out.
    pub omitted: Omitted,
}

impl View {
    /// Restricts a graph.
    pub fn of(graph: Graph, lens: Lens, restriction: Restriction) -> View {
        let (graph, omitted) = graph.restricted(&restriction);
        View {
            graph,
            lens,
            restriction,
            omitted,
        }
    }

    /// Views all of a graph, as recorded.
    pub fn whole(graph: Graph, lens: Lens) -> View {
        View {
            graph,
            lens,
            restriction: Restriction::default(),
            omitted: Omitted::default(),
        }
    }
}
