//! The legend and the notes of a network, and a description for people who can't see it.

use std::collections::BTreeSet;

use crate::diagram::importance::unnamed;
use crate::diagram::{Diagram, Edge, Look, Words};
use crate::picture::frame::Entry;
use crate::picture::network::looks::{camp_sample, count_sample, hull_sample, sample};
use crate::picture::network::plan::Plan;
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
        entries.push(entry(count_sample(), "how often they met: wider is more"));
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
            .flatten();
        let about = about.map_or(String::new(), |issue| {
            format!(", held together by {}", diagram.graph[issue].name)
        });
        entry(camp_sample(camp), &format!("camp {camp}{about}"))
    }));
    entries.extend(diagram.kinds().into_iter().map(|kind| kind.entry()));
    entries
}

pub(super) fn notes(diagram: &Diagram<'_>, plan: &Plan<'_>) -> Vec<String> {
    let mut notes = diagram.notes.clone();
    notes.extend(unnamed(plan.unnamed));
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
