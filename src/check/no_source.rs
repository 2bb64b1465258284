//! `no-source`: a stance does not say where it was found.

use crate::diagnostic::Diagnostic;
use crate::graph::Graph;

pub(super) fn find(graph: &Graph, found: &mut Vec<Diagnostic>) {
    for stance in graph
        .stances
        .iter()
        .filter(|stance| stance.sources.as_slice().is_empty())
    {
        let place = super::part(graph, stance.place, &[]);
        found.push(
            Diagnostic::warning(
                "no-source",
                "this stance has no source",
                place,
                "on whose word?",
            )
            .help("add `source: \"…\"`, the id of a record in `sources`"),
        );
    }
}
