//! `offer-without-actor`: no actor is named that could meet the condition of an offer.

use crate::diagnostic::Diagnostic;
use crate::graph::Graph;
use crate::syntax::Step;

pub(super) fn find(graph: &Graph, found: &mut Vec<Diagnostic>) {
    for stance in &graph.stances {
        let names_actor = stance.depends_on().iter().any(|one| one.actor().is_some());
        if stance.condition().is_none() || names_actor {
            continue;
        }
        let (field, label) = match stance.depends_on() {
            [] => ("condition", "in whose hands is that?"),
            _ => ("depends_on", "issues only: who decides them?"),
        };
        let place = super::part(graph, stance.place, &[Step::Field(field)]);
        let message = "this offer depends on no actor of the graph";
        found.push(
            Diagnostic::warning("offer-without-actor", message, place, label)
                .help("name those who can meet the condition: `depends_on: [\"…\"]`"),
        );
    }
}
