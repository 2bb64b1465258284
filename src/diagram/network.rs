//! The network: who met whom, who is tied to whom, and the camp of each actor.

use std::collections::{BTreeMap, BTreeSet};

use crate::diagram::edges::{between_actors, groups};
use crate::diagram::look::Look;
use crate::diagram::{Basis, Behind, Diagram, Edge, Node, not_shown};
use crate::graph::{ActorId, CROWD, Entity, Graph, Lens, MeetingId, TieId, Told};
use crate::model::{ActorKind, TieKind};
use crate::query::{
    BalanceQuestion, Extract, LeftOut, Membership, Met, Part, Signs, balance, membership,
};
use crate::words::{by_number, counted, joined};

/// The most actors for which camps are computed: nobody could tell more apart. Above `MOST_SAID`
/// statements it would take too long.
const MOST_IN_CAMPS: usize = 2_000;
const MOST_SAID: usize = 100_000;

/// Makes a network: who met whom and who is tied to whom, with each actor in its camp by the
/// positions under this lens. Actors joined to no other are left out, unless that is everybody.
pub fn network<'g>(graph: &'g Graph, lens: Lens, extract: &'g Extract) -> Diagram<'g> {
    let mut edges = meetings_and_ties(graph, extract);
    let actors = shown(graph, extract, &edges);
    let bonds = edges.len();
    edges.extend(between_actors(extract, &actors));
    edges.sort_by_key(|edge| edge.look);
    let mut diagram = Diagram {
        graph,
        extract,
        nodes: actors.iter().map(|&id| Node::Actor(id)).collect(),
        edges,
        statements: &[],
        groups: groups(extract, &actors),
        camps: camps(graph, lens, extract),
        sides: Vec::new(),
        notes: Vec::new(),
        basis: Basis::default(),
    };
    let tells_camps = actors.iter().any(|&id| diagram.camp(id).is_some());
    let basis = Basis::of(extract);
    let drawn = extract.meetings.iter();
    let drawn = drawn.filter(|met| !met.parties.is_empty() && !graph[met.id].is_in_writing());
    diagram.basis = Basis {
        stances: basis.stances.filter(|_| tells_camps),
        meetings: Some(drawn.map(|met| met.id).collect()),
        ..basis
    };
    diagram.notes = notes(&diagram, &actors, bonds, tells_camps);
    if diagram.camps.known == 0 {
        let (sides, note) = sides(graph, lens, extract);
        diagram.sides = sides;
        diagram.notes.extend(note);
    }
    let open = diagram.basis.left_open(graph, &extract.terms);
    diagram.notes.extend(open);
    diagram
}

/// Returns the camp of each actor of a graph; of a graph too large for that, none.
pub(crate) fn camps(graph: &Graph, lens: Lens, extract: &Extract) -> Membership {
    if graph.actors.len() > MOST_IN_CAMPS || graph.stances.len() > MOST_SAID {
        return Membership::default();
    }
    let day = extract.terms.day.unwrap_or(lens.day);
    membership(graph, Lens { day, ..lens })
}

/// The most ties by whose split a network is coloured, and how many partial splits are tried.
const MOST_TIES: usize = 2_000;
const TRIED: usize = 200_000;

/// Returns the side of each actor in the best split that `balance` finds, where some tie is
/// unfriendly, and a sentence about it.
fn sides(graph: &Graph, lens: Lens, extract: &Extract) -> (Vec<Option<u32>>, Option<String>) {
    let mut kinds = extract.ties.iter().map(|id| &graph[*id].kind);
    let is_split = kinds.any(|kind| matches!(kind, TieKind::Rival | TieKind::Hostile));
    if !is_split || graph.ties.len() > MOST_TIES {
        return (Vec::new(), None);
    }
    let day = extract.terms.day.unwrap_or(lens.day);
    let question = BalanceQuestion {
        signs: Signs::Ties,
        budget: TRIED,
        most: Some(0),
    };
    let found = balance(graph, Lens { day, ..lens }, &question);
    let mut sides = vec![None; graph.actors.len()];
    for (row, side) in found.sides.rows.iter().zip(1..) {
        for member in &row.members {
            sides[member.index()] = Some(side);
        }
    }
    let others = if found.sides.heading.starts_with("A ") {
        " Another split would do as well."
    } else {
        ""
    };
    let note = format!(
        "Sides: such that as few as possible are friendly across them or unfriendly within.{others}"
    );
    (sides, Some(note))
}

/// Returns, for each pair of actors, one line per kind of thing that joins them.
fn meetings_and_ties<'g>(graph: &'g Graph, extract: &'g Extract) -> Vec<Edge<'g>> {
    let mut meetings: BTreeMap<(Look, ActorId, ActorId), Vec<&Met>> = BTreeMap::new();
    for met in &extract.meetings {
        // A letter connects nobody.
        let Some(look) = Look::of_two(met.status).filter(|_| !graph[met.id].is_in_writing()) else {
            continue;
        };
        let look = match look {
            Look::ToMeet if met.is_overdue(extract.terms.day) => Look::WereToMeet,
            look => look,
        };
        let took_part = met.parties.iter();
        let took_part = took_part.filter(|(_, part)| *part == Part::Participant);
        let took_part: Vec<ActorId> = took_part.map(|(actor, _)| *actor).collect();
        for (nth, &a) in took_part.iter().enumerate() {
            for &b in took_part[nth + 1..].iter().filter(|b| **b != a) {
                let pair = (look, a.min(b), a.max(b));
                meetings.entry(pair).or_default().push(met);
            }
        }
    }
    let mut ties: BTreeMap<(Look, &str, ActorId, ActorId), Vec<TieId>> = BTreeMap::new();
    for &id in &extract.ties {
        let tie = &graph[id];
        // A tie of another kind may hold in one direction only.
        let key = match &tie.kind {
            TieKind::Other(words) => (Look::Other, words.as_ref(), tie.from, tie.to),
            kind => {
                let (a, b) = (tie.from.min(tie.to), tie.from.max(tie.to));
                (Look::of_tie(kind), "", a, b)
            }
        };
        if tie.from != tie.to {
            ties.entry(key).or_default().push(id);
        }
    }
    let line =
        |look, from, to, behind| Edge::new(Entity::Actor(from), Entity::Actor(to), look, behind);
    let meetings = meetings
        .into_iter()
        .map(|((look, a, b), met)| line(look, a, b, Behind::Meetings(met)));
    let ties = ties
        .into_iter()
        .map(|((look, _, from, to), ids)| line(look, from, to, Behind::Ties(ids)));
    meetings.chain(ties).collect()
}

/// Returns the actors to draw: those joined to another, those they speak for, and groups with two
/// or more drawn members; if nobody is joined, all of them.
fn shown(graph: &Graph, extract: &Extract, edges: &[Edge<'_>]) -> Vec<ActorId> {
    let ends = edges.iter().flat_map(|edge| [edge.from, edge.to]);
    let mut shown: BTreeSet<ActorId> = ends.filter_map(Entity::actor).collect();
    for group in groups(extract, &extract.actors) {
        if group.guests.iter().any(|guest| shown.contains(guest)) {
            shown.insert(group.home);
        }
    }
    let mut members: BTreeMap<ActorId, usize> = BTreeMap::new();
    for (member, group) in &extract.members {
        *members.entry(*group).or_default() += usize::from(shown.contains(member));
    }
    let is_group = |id: ActorId| graph[id].kind != Some(ActorKind::Person);
    shown.extend(
        members
            .into_iter()
            .filter(|&(group, count)| count > 1 && is_group(group))
            .map(|(group, _)| group),
    );
    shown.retain(|actor| extract.actors.binary_search(actor).is_ok());
    if shown.is_empty() {
        extract.actors.clone()
    } else {
        shown.into_iter().collect()
    }
}

/// The most actors without a line whose names a note gives.
const FEW_ALONE: usize = 5;

/// The ties that draw no line in a network.
const TO_BELONG: &str = "speaking for or belonging to";

/// Says how often somebody was only asked to a meeting: that joins nobody.
fn only_asked(extract: &Extract) -> Option<String> {
    let times = |wanted: Part| {
        let mut all: BTreeSet<(MeetingId, ActorId)> = BTreeSet::new();
        for met in &extract.meetings {
            let parties = met.parties.iter().filter(|(_, part)| *part == wanted);
            all.extend(parties.map(|(actor, _)| (met.id, *actor)));
        }
        all.len()
    };
    let asked = [
        (times(Part::Invited), "invitation"),
        (times(Part::Declined), "refusal"),
    ];
    let asked = asked.iter().filter(|(count, _)| *count > 0);
    let asked: Vec<String> = asked.map(|(count, word)| counted(*count, word)).collect();
    (!asked.is_empty()).then(|| format!("Not drawn, as joining nobody: {}.", asked.join("; ")))
}

/// Returns the notes of a network of these actors, which are in order, with `bonds` lines for meetings
/// and ties.
fn notes(diagram: &Diagram<'_>, shown: &[ActorId], bonds: usize, tells_camps: bool) -> Vec<String> {
    let (graph, extract) = (diagram.graph, diagram.extract);
    // A network shows no issues and positions, so it doesn't count those it leaves out.
    let left_out = LeftOut {
        actors: extract.left_out.actors,
        people: extract.left_out.people,
        meetings: extract.left_out.meetings,
        kept: extract.left_out.kept,
        ..LeftOut::default()
    };
    let mut notes = not_shown(&Extract::default(), &left_out);
    notes.extend(meetings_not_drawn(graph, extract));
    notes.extend(only_asked(extract));
    let is_alone = |id: &ActorId| shown.binary_search(id).is_err();
    let alone: Vec<ActorId> = extract.actors.iter().copied().filter(is_alone).collect();
    notes.extend(alone_words(graph, &alone));
    if bonds == 0 && shown.len() > 1 {
        notes.push(format!(
            "No meeting and no tie other than {TO_BELONG} joins any of them."
        ));
    }
    notes.extend(camp_note(&diagram.camps, tells_camps));
    notes
}

/// Says how many actors are not drawn because no line would join them, and names them if they are few.
fn alone_words(graph: &Graph, alone: &[ActorId]) -> Option<String> {
    let who = counted(alone.len(), "actor");
    let has = by_number(alone.len(), "has", "have");
    let names = alone.iter().map(|id| graph[*id].name.as_ref());
    let names = match alone.len() {
        0 => return None,
        1..=FEW_ALONE => format!(": {}", joined(names)),
        _ => String::new(),
    };
    Some(format!(
        "Not drawn: {who} who {has} met nobody here and {has} no tie other than {TO_BELONG}{names}."
    ))
}

/// Says how many meetings have participants that aren't drawn, and why.
fn meetings_not_drawn(graph: &Graph, extract: &Extract) -> Option<String> {
    let (mut later, mut unknown, mut crowds) = (0, 0, 0);
    for met in &extract.meetings {
        let meeting = &graph[met.id];
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

/// Explains the camps, or says why none or not all are shown; `None` if there is nothing to say.
pub(crate) fn camp_note(camps: &Membership, are_told: bool) -> Option<String> {
    if camps.says_little() {
        let known = camps.known;
        return (known > 1).then(|| {
            format!("No camps are shown: the positions of only {known} actors are known.")
        });
    }
    let why = "few of the members share an issue on which they take sides, or some disagree";
    if !are_told {
        return (!camps.loose.is_empty()).then(|| format!("No camps are shown: {why}."));
    }
    let (in_none, loose) = match camps.loose.len() {
        0 => ("none", String::new()),
        many => {
            let numbers: Vec<String> = camps.loose.iter().map(u32::to_string).collect();
            let numbers = format!("{} {}", by_number(many, "camp", "camps"), joined(&numbers));
            ("none of these", format!(" Not shown, as {why}: {numbers}."))
        }
    };
    let weak = if camps.is_weak() {
        format!(
            " They are hardly firmer than chance (modularity {:.2}).",
            camps.modularity
        )
    } else {
        String::new()
    };
    Some(format!(
        "Camps: actors that agree more than they disagree, over all issues; those without a number are in {in_none}.{weak}{loose}"
    ))
}
