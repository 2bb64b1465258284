//! The legend and the notes of a network, and a description for people who can't see it.

use std::collections::BTreeSet;

use crate::diagram::importance::unnamed;
use crate::diagram::{Behind, Diagram, Edge, Look, Words};
use crate::picture::frame::Entry;
use crate::picture::network::looks::{camp_sample, count_sample, hull_sample, sample};
use crate::picture::network::plan::{NAMED, Plan};
use crate::words::{by_number, counted};

/// The most pairs a description names.
const DESCRIBED: usize = 60;

pub(super) fn legend(diagram: &Diagram<'_>, plan: &Plan<'_>) -> Vec<Entry> {
    let entry = |sample, words: &str| Entry {
        sample,
        words: words.to_owned(),
    };
    let edges = plan.bonds.iter().flat_map(|bond| &bond.edges).copied();
    let looks: BTreeSet<Look> = edges.clone().map(|edge| edge.look).collect();
    let mut entries: Vec<Entry> = looks
        .iter()
        .map(|look| entry(sample(*look), look.style().name))
        .collect();
    if edges.map(Edge::count).any(|count| count > 1) {
        entries.push(entry(
            count_sample(plan.weigh),
            "how often they met: wider is more",
        ));
    }
    if plan.hulls.iter().any(|hull| !hull.is_group) {
        entries.push(entry(hull_sample(false), "an actor and who speaks for it"));
    }
    if plan.hulls.iter().any(|hull| hull.is_group) {
        entries.push(entry(hull_sample(true), "a group and its members"));
    }
    let camps: BTreeSet<u32> = plan.cells.iter().filter_map(|cell| cell.camp).collect();
    entries.extend(camps.into_iter().map(|camp| {
        let about = diagram
            .camps
            .about
            .get(camp as usize - 1)
            .copied()
            .flatten()
            .filter(|_| diagram.sides.is_empty());
        let about = about.map_or(String::new(), |issue| {
            format!(", held together by {}", diagram.graph[issue].name)
        });
        let word = if diagram.sides.is_empty() {
            "camp"
        } else {
            "side"
        };
        entry(camp_sample(camp), &format!("{word} {camp}{about}"))
    }));
    entries.extend(diagram.kinds().into_iter().map(|kind| kind.entry()));
    entries
}

/// Says what joins the actors drawn.
pub(super) fn subtitle(plan: &Plan<'_>) -> &'static str {
    let edges = || plan.bonds.iter().flat_map(|bond| &bond.edges);
    let met = edges().any(|edge| edge.look == Look::Met);
    let meet = edges().any(|edge| matches!(edge.behind, Behind::Meetings(_)));
    let tied = edges().any(|edge| matches!(edge.behind, Behind::Ties(_)));
    match (met, meet, tied) {
        (true, _, true) => "Who met whom, and who is tied to whom",
        (true, _, false) => "Who met whom",
        (false, true, true) => "Who was to meet whom, and who is tied to whom",
        (false, true, false) => "Who was to meet whom",
        (false, false, true) => "Who is tied to whom",
        (false, false, false) if plan.hulls.is_empty() => "Actors that no meeting and no tie joins",
        (false, false, false) => "Who speaks for whom, and who belongs to whom",
    }
}

pub(super) fn notes(diagram: &Diagram<'_>, plan: &Plan<'_>) -> Vec<String> {
    let mut notes = diagram.notes.clone();
    notes.extend(unnamed(plan.unnamed, NAMED));
    notes
}

/// Describes the network in words: who met, is to meet or is tied to whom.
pub(super) fn description(diagram: &Diagram<'_>, plan: &Plan<'_>) -> String {
    let name = |node: usize| diagram.graph[plan.actors[node]].name.as_ref();
    let words = Words::new(diagram.graph);
    let mut sentences = vec![format!(
        "A network of {}, {} of which {} joined.",
        counted(plan.actors.len(), "actor"),
        counted(plan.bonds.len(), "pair"),
        by_number(plan.bonds.len(), "is", "are"),
    )];
    for bond in plan.bonds.iter().take(DESCRIBED) {
        let joints = bond.edges.iter().map(|edge| match edge.look {
            Look::Other => words.edge_words(edge),
            look if edge.count() > 1 => {
                format!("{} ({} times)", look.style().name, edge.count())
            }
            look => look.style().name.to_owned(),
        });
        let joints: Vec<String> = joints.collect();
        sentences.push(format!(
            "{} and {}: {}.",
            name(bond.ends.0),
            name(bond.ends.1),
            joints.join(", ")
        ));
    }
    if plan.bonds.len() > DESCRIBED {
        sentences.push(format!("And {} more pairs.", plan.bonds.len() - DESCRIBED));
    }
    sentences.join(" ")
}
