//! The legend and the notes of a network, and a description for people who can't see it.

use std::collections::BTreeSet;

use crate::diagram::importance::unnamed;
use crate::diagram::labels::look_words;
use crate::diagram::{Behind, Diagram, Look, Words};
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
        .map(|look| match look {
            // In a bundle there is no room for names.
            Look::Other if plan.weigh.is_bundled => entry(sample(*look), "other tie"),
            Look::Other if plan.weigh.is_dense => {
                entry(sample(*look), "other tie, named where there is room")
            }
            look => entry(sample(*look), &look_words(diagram.extract, *look)),
        })
        .collect();
    entries.extend(often(plan));
    if plan.hulls.iter().any(|hull| !hull.is_group) {
        entries.push(entry(hull_sample(false), "an actor and who speaks for it"));
    }
    if plan.hulls.iter().any(|hull| hull.is_group) {
        entries.push(entry(hull_sample(true), "a group and its members"));
    }
    let camps: BTreeSet<u32> = plan.cells.iter().filter_map(|cell| cell.camp).collect();
    entries.extend(camps.into_iter().map(|camp| {
        let words = match diagram.sides.is_empty() {
            true => diagram.camps.words(diagram.graph, camp),
            false => format!("side {camp}"),
        };
        entry(camp_sample(camp), &words)
    }));
    entries.extend(diagram.kinds().into_iter().map(|kind| kind.entry()));
    entries
}

/// Returns the entry of how often actors met, or were to meet, if that is shown.
fn often(plan: &Plan<'_>) -> Option<Entry> {
    let edges = || plan.bonds.iter().flat_map(|bond| &bond.edges);
    let most = |is_met: bool| {
        let of = edges().filter(|edge| matches!(edge.behind, Behind::Meetings(_)));
        let of = of.filter(|edge| (edge.look == Look::Met) == is_met);
        of.map(|edge| edge.count()).max().unwrap_or(0)
    };
    // Among many lines no numbers are written, and only the lines of those who met are wider.
    let (met, planned) = (
        most(true),
        if plan.weigh.is_dense { 0 } else { most(false) },
    );
    let words = match (met > 1, planned > 1) {
        (true, true) => "how often they met, or were to meet: wider is more",
        (true, false) => "how often they met: wider is more",
        (false, true) => "how often they were to meet",
        (false, false) => return None,
    };
    Some(Entry {
        sample: count_sample(plan.weigh, met.max(planned)),
        words: words.to_owned(),
    })
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
        (false, false, false) => belongs(plan),
    }
}

/// Says how actors belong together that no meeting and no tie joins.
fn belongs(plan: &Plan<'_>) -> &'static str {
    let edges = || plan.bonds.iter().flat_map(|bond| &bond.edges);
    let has = |is_group: bool, look: Look| {
        plan.hulls.iter().any(|hull| hull.is_group == is_group)
            || edges().any(|edge| edge.look == look)
    };
    match (has(false, Look::SpeaksFor), has(true, Look::Member)) {
        (true, true) => "Who speaks for whom, and who belongs to whom",
        (true, false) => "Who speaks for whom",
        (false, true) => "Who belongs to which group",
        (false, false) => "Actors that no meeting and no tie joins",
    }
}

pub(super) fn notes(diagram: &Diagram<'_>, plan: &Plan<'_>) -> Vec<String> {
    let mut notes = diagram.notes.clone();
    notes.extend(unnamed(plan.unnamed, NAMED));
    if plan.unshown > 0 {
        notes.push(format!(
            "Not drawn among so many lines: who belongs to or speaks for {}; the map shows it.",
            counted(plan.unshown, "actor")
        ));
    }
    notes.extend(diagram.doubt(|_| true));
    notes.extend(untold(diagram, plan));
    notes
}

/// Returns how many lines graded as doubtful have no room for that word.
fn untold(diagram: &Diagram<'_>, plan: &Plan<'_>) -> Option<String> {
    let words = Words::new(diagram.graph);
    let edges = plan.bonds.iter().flat_map(|bond| &bond.edges);
    let untold = edges.filter(|edge| !plan.weigh.is_labelled(edge) && words.has_doubt(edge));
    let count = untold.count();
    let lines = counted(count, "line");
    (count > 0).then(|| format!("Doubtful, with no room to say so beside it: {lines}."))
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
            look => look_words(diagram.extract, look),
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
