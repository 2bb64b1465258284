//! A graph as far as it is asked about: as of a day, on the evidence that is admitted, through whose words.

use crate::graph::{Graph, Lens, Omitted, Restriction};

/// A graph as far as it is asked about.
#[derive(Debug)]
pub struct View {
    /// What remains of the graph.
    pub graph: Graph,
    /// From when, and through whose words, positions are looked at.
    pub lens: Lens,
    /// What of the graph is admitted.
    pub restriction: Restriction,
    /// What that left out.
    pub omitted: Omitted,
}

impl View {
    /// A graph, restricted.
    pub fn of(graph: Graph, lens: Lens, restriction: Restriction) -> View {
        let (graph, omitted) = graph.restricted(&restriction);
        View {
            graph,
            lens,
            restriction,
            omitted,
        }
    }

    /// All of a graph, as recorded.
    pub fn whole(graph: Graph, lens: Lens) -> View {
        View {
            graph,
            lens,
            restriction: Restriction::default(),
            omitted: Omitted::default(),
        }
    }
}
