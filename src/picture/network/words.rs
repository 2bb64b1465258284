//! What a network says of itself: its legend, its notes, and itself in words for those who can't see it.

use std::collections::BTreeSet;

use crate::graph::{CROWD, Graph, Told};
use crate::picture::frame::Entry;
use crate::picture::importance::NAMED;
use crate::picture::network::looks::{camp_sample, count_sample, hull_sample, sample, strand};
use crate::picture::network::plan::{Joint, Plan};
use crate::query::{Extract, LeftOut};
use crate::render::dot::look::Look;
use crate::render::dot::words;
use crate::words::{by_number, counted};

/// A description names so many pairs.
const DESCRIBED: usize = 60;

pub(super) fn legend(graph: &Graph, plan: &Plan) -> Vec<Entry> {
    let entry = |sample, words: &str| Entry {
        sample,
        words: words.to_owned(),
    };
    let plain = |joint: &Joint| match joint {
        Joint::Tie(look, _) => Joint::Tie(*look, None),
        joint => joint.clone(),
    };
    let joints: BTreeSet<Joint> = plan
        .bonds
        .iter()
        .flat_map(|bond| &bond.strands)
        .map(|(joint, _)| plain(joint))
        .collect();
    let name = |joint: &Joint| match joint {
        Joint::Tie(Look::Other, _) => "other tie, in its own words",
        joint => strand(joint, 1).name,
    };
    let mut entries: Vec<Entry> = joints
        .iter()
        .map(|joint| entry(sample(joint), name(joint)))
        .collect();
    if plan
        .bonds
        .iter()
        .flat_map(|bond| &bond.strands)
        .any(|(_, count)| *count > 1)
    {
        entries.push(entry(
            count_sample(),
            "how often; the wider, the more they met",
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
        let about = plan.camps.about.get(camp as usize - 1).copied().flatten();
        let about = about.map_or(String::new(), |issue| {
            format!(", held together by {}", graph.issues[issue.index()].name)
        });
        entry(camp_sample(camp), &format!("camp {camp}{about}"))
    }));
    let kinds: BTreeSet<_> = plan.cells.iter().map(|cell| cell.kind).collect();
    entries.extend(kinds.into_iter().map(|kind| kind.entry()));
    entries
}

pub(super) fn notes(graph: &Graph, extract: &Extract, plan: &Plan) -> Vec<String> {
    // Issues and positions are no part of a network.
    let LeftOut {
        actors,
        people,
        meetings,
        ..
    } = extract.left_out;
    let left_out = LeftOut {
        actors,
        people,
        meetings,
        ..LeftOut::default()
    };
    let mut notes = words::not_shown(&Extract::default(), &left_out);
    notes.extend(meetings_not_drawn(graph, extract));
    if plan.alone > 0 {
        let who = counted(plan.alone, "actor");
        let has = by_number(plan.alone, "has", "have");
        notes.push(format!(
            "Not drawn: {who} who {has} met nobody here and {has} no tie."
        ));
    }
    if plan.bonds.is_empty() && plan.cells.len() > 1 {
        notes.push("No meeting and no tie joins any of them.".to_owned());
    }
    notes.extend(camp_note(plan));
    if plan.unnamed > 0 {
        notes.push(format!(
            "Without a name: {} of lesser importance; the {NAMED} with the most lines have theirs.",
            plan.unnamed
        ));
    }
    notes
}

/// The meetings of which it is not drawn who takes part, and why.
fn meetings_not_drawn(graph: &Graph, extract: &Extract) -> Option<String> {
    let (mut later, mut unknown, mut crowds) = (0, 0, 0);
    for met in &extract.meetings {
        let meeting = &graph.meetings[met.id.index()];
        match (meeting.told(), met.status) {
            (Told::Later(_), _) => later += 1,
            (_, None) => unknown += 1,
            _ => crowds += usize::from(meeting.participants.len() > CROWD),
        }
    }
    let why = [
        (later, "later ", String::new()),
        (unknown, "", " whose status is unknown".to_owned()),
        (crowds, "", format!(" of more than {CROWD}")),
    ];
    let why: Vec<String> = why
        .iter()
        .filter(|(count, ..)| *count > 0)
        .map(|(count, which, why)| format!("{}{why}", counted(*count, &format!("{which}meeting"))))
        .collect();
    (!why.is_empty()).then(|| format!("Not drawn: {}.", why.join("; ")))
}

/// What is to be known of camps.
fn camp_note(plan: &Plan) -> Option<String> {
    if plan.cells.iter().all(|cell| cell.camp.is_none()) {
        let is_unsaid = plan.camps.says_little() && plan.camps.known > 1;
        return is_unsaid.then(|| {
            format!(
                "No camps are told: the positions of only {} actors are known.",
                plan.camps.known
            )
        });
    }
    let weak = if plan.camps.is_weak() {
        format!(
            " They are hardly firmer than chance (modularity {:.2}).",
            plan.camps.modularity
        )
    } else {
        String::new()
    };
    Some(format!(
        "Camps: who agrees more than not, over all issues; without a number, in none.{weak}"
    ))
}

/// The network in words: who met, is to meet, is tied to whom.
pub(super) fn description(graph: &Graph, plan: &Plan) -> String {
    let name = |node: usize| graph.actors[plan.actors[node].index()].name.as_ref();
    let mut sentences = vec![format!(
        "A network of {}, {} of which {} joined.",
        counted(plan.actors.len(), "actor"),
        counted(plan.bonds.len(), "pair"),
        by_number(plan.bonds.len(), "is", "are"),
    )];
    for bond in plan.bonds.iter().take(DESCRIBED) {
        let joints = bond.strands.iter().map(|(joint, count)| match joint {
            Joint::Tie(_, Some((words, _))) => words.clone(),
            joint if *count > 1 => format!("{} ({count} times)", strand(joint, 1).name),
            joint => strand(joint, 1).name.to_owned(),
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
