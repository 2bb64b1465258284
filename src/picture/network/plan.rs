//! What a network shows: actors, and between each two of them all that joins them.

use std::collections::{BTreeMap, BTreeSet};

use crate::graph::{ActorId, Entity, Graph};
use crate::model::{ActorKind, MeetingStatus};
use crate::picture::cell::{self, Cell, Kind};
use crate::picture::importance::{Importance, NAMED};
use crate::picture::scene::Word;
use crate::query::{Extract, Membership, Met, Part};
use crate::render::dot::edges::homes;
use crate::render::dot::look::Look;
use crate::render::dot::words::Words;

pub(super) struct Plan {
    pub(super) actors: Vec<ActorId>,
    pub(super) cells: Vec<Cell>,
    pub(super) bonds: Vec<Bond>,
    pub(super) hulls: Vec<Hull>,
    /// How many actors nothing joins to another.
    pub(super) alone: usize,
    /// How many boxes have no words.
    pub(super) unnamed: usize,
    /// Who stands with whom.
    pub(super) camps: Membership,
}

/// All that joins two actors.
pub(super) struct Bond {
    pub(super) ends: (usize, usize),
    pub(super) strands: Vec<(Joint, usize)>,
    pub(super) tooltip: Vec<String>,
}

/// What joins two actors; the order is the one in which strands lie side by side.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Joint {
    /// They met.
    Met,
    /// They are to meet.
    ToMeet,
    /// They were to meet.
    WereToMeet,
    /// A tie; of another kind than the format has words for, in whose words, and whether it leads to the first end.
    Tie(Look, Option<(String, bool)>),
}

/// Who lies in one hull.
pub(super) struct Hull {
    /// A group and its members, rather than an actor and who speaks for it.
    pub(super) is_group: bool,
    pub(super) nodes: Vec<usize>,
}

impl Joint {
    fn of_meeting(status: Option<MeetingStatus>, parts: (Part, Part)) -> Option<Joint> {
        match (parts, status) {
            ((Part::Participant, Part::Participant), Some(MeetingStatus::Held)) => Some(Joint::Met),
            (
                (Part::Participant, Part::Participant | Part::Invited)
                | (Part::Invited, Part::Participant),
                status,
            ) => match status {
                Some(MeetingStatus::Planned | MeetingStatus::Invited) => Some(Joint::ToMeet),
                // Whoever was only invited to a meeting that took place has met nobody there.
                Some(MeetingStatus::Held) | None => None,
                Some(_) => Some(Joint::WereToMeet),
            },
            ((Part::Participant, Part::Declined) | (Part::Declined, Part::Participant), _) => {
                Some(Joint::WereToMeet)
            }
            _ => None,
        }
    }
}

impl Plan {
    pub(super) fn new(graph: &Graph, extract: &Extract, camps: Membership) -> Plan {
        let (joints, tooltips) = joints(graph, extract);
        let homes = homes(extract);
        let actors = shown(graph, extract, &joints, &homes);
        let place = |id: ActorId| actors.binary_search(&id).ok();
        let importance = Importance::of(graph, &of_these(extract, &actors));
        let cells = cells(graph, extract, &actors, &importance, &camps);
        let bonds = joints.into_iter().filter_map(|((a, b), strands)| {
            let tooltip = tooltips.get(&(a, b)).cloned().unwrap_or_default();
            Some(Bond {
                ends: (place(a)?, place(b)?),
                strands: strands.into_iter().collect(),
                tooltip,
            })
        });
        let bonds = bonds.collect();
        let hulls = hulls(extract, &homes, place);
        Plan {
            alone: extract.actors.len() - actors.len(),
            unnamed: importance.unnamed(),
            actors,
            cells,
            bonds,
            hulls,
            camps,
        }
    }

    /// What is joined by a line.
    pub(super) fn lines(&self) -> Vec<(usize, usize)> {
        self.bonds.iter().map(|bond| bond.ends).collect()
    }

    /// Who belongs close to whom: those in a hull to the first of it, whom they speak for or belong to.
    pub(super) fn close(&self) -> Vec<(usize, usize)> {
        let pairs = self
            .hulls
            .iter()
            .filter_map(|hull| hull.nodes.split_first());
        pairs
            .flat_map(|(&first, others)| others.iter().map(move |&other| (first, other)))
            .collect()
    }
}

type Joints = BTreeMap<(ActorId, ActorId), BTreeMap<Joint, usize>>;

/// Between each two actors, the smaller id first, what joins them and how often; and what a pointer over it is told.
fn joints(graph: &Graph, extract: &Extract) -> (Joints, BTreeMap<(ActorId, ActorId), Vec<String>>) {
    let mut joints = Joints::new();
    let mut tooltips: BTreeMap<(ActorId, ActorId), Vec<String>> = BTreeMap::new();
    let mut add = |a: ActorId, b: ActorId, joint: Joint, words: &dyn Fn() -> String| {
        let pair = (a.min(b), a.max(b));
        *joints.entry(pair).or_default().entry(joint).or_default() += 1;
        tooltips.entry(pair).or_default().push(words());
    };
    for met in &extract.meetings {
        for (nth, &(a, part)) in met.parties.iter().enumerate() {
            for &(b, other) in met.parties[nth + 1..].iter().filter(|(b, _)| *b != a) {
                if let Some(joint) = Joint::of_meeting(met.status, (part, other)) {
                    add(a, b, joint, &|| meeting_words(graph, met));
                }
            }
        }
    }
    for tie in extract
        .ties
        .iter()
        .map(|id| &graph.ties[id.index()])
        .filter(|tie| tie.from != tie.to)
    {
        let look = Look::of_tie(&tie.kind);
        let named = (look == Look::Other).then(|| (tie.kind.word(), tie.from > tie.to));
        let name = |id: ActorId| graph.actors[id.index()].name.as_ref();
        let words = || {
            format!(
                "{} and {}: {}",
                name(tie.from),
                name(tie.to),
                tie.kind.word()
            )
        };
        add(tie.from, tie.to, Joint::Tie(look, named), &words);
    }
    (joints, tooltips)
}

fn meeting_words(graph: &Graph, met: &Met) -> String {
    let status = crate::render::dot::words::meeting_status(graph, met);
    format!("{}: {status}", graph.meetings[met.id.index()].title)
}

/// Who is drawn: whom something joins to another, whom these speak for, and groups of which that leaves two members. Where
/// nothing joins anybody, all.
fn shown(
    graph: &Graph,
    extract: &Extract,
    joints: &Joints,
    homes: &BTreeMap<ActorId, ActorId>,
) -> Vec<ActorId> {
    let mut shown: BTreeSet<ActorId> = joints.keys().flat_map(|&(a, b)| [a, b]).collect();
    let principals: Vec<ActorId> = shown
        .iter()
        .filter_map(|actor| homes.get(actor))
        .copied()
        .collect();
    shown.extend(principals);
    let mut members: BTreeMap<ActorId, usize> = BTreeMap::new();
    for (member, group) in &extract.members {
        *members.entry(*group).or_default() += usize::from(shown.contains(member));
    }
    let is_group = |id: ActorId| graph.actors[id.index()].kind != Some(ActorKind::Person);
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

/// The extract with these actors alone, as far as their importance goes.
fn of_these(extract: &Extract, actors: &[ActorId]) -> Extract {
    Extract {
        actors: actors.to_vec(),
        issues: Vec::new(),
        meetings: Vec::new(),
        ..extract.clone()
    }
}

fn cells(
    graph: &Graph,
    extract: &Extract,
    actors: &[ActorId],
    importance: &Importance,
    camps: &Membership,
) -> Vec<Cell> {
    let mut words = Words::new(graph);
    let size = match actors.len() {
        0..=25 => 12.0,
        26..=60 => 10.5,
        _ => 9.5,
    };
    let (most, pad) = if actors.len() > 25 {
        (size * 10.0, cell::TIGHT)
    } else {
        (size * 9.0, cell::PAD)
    };
    let mut cells = Vec::new();
    for &id in actors {
        let (entity, kind) = (
            Entity::Actor(id),
            Kind::Actor(graph.actors[id.index()].kind),
        );
        let mut cell = if importance.is_named(entity) {
            let mut paragraphs = cell::actor_paragraphs(graph, id, Vec::new());
            // Roles are for those who have room.
            paragraphs.truncate(if actors.len() > NAMED / 5 { 1 } else { 2 });
            let sized = |(text, word): (String, Word)| {
                (
                    text,
                    Word {
                        size: word.size * size / 12.0,
                        ..word
                    },
                )
            };
            Cell::padded(
                entity,
                kind,
                paragraphs.into_iter().map(sized).collect(),
                most,
                pad,
            )
        } else {
            Cell {
                width: 6.0,
                height: 6.0,
                ..Cell::unnamed(entity, kind)
            }
        };
        if extract.actors.len() <= NAMED * 10 {
            cell.tooltip = words.actor_tooltip(id);
        }
        // Of so few, camps say nothing; where there is no room for a number, colour alone would.
        let camp = camps
            .of
            .get(id.index())
            .copied()
            .flatten()
            .filter(|_| !camps.says_little() && cell.is_named());
        cells.push(cell.of_camp(camp));
    }
    cells
}

fn hulls(
    extract: &Extract,
    homes: &BTreeMap<ActorId, ActorId>,
    place: impl Fn(ActorId) -> Option<usize>,
) -> Vec<Hull> {
    let mut hulls = Vec::new();
    let mut together: BTreeMap<(bool, ActorId), Vec<usize>> = BTreeMap::new();
    for &(member, group) in &extract.members {
        if let (Some(member), Some(_)) = (place(member), place(group)) {
            together.entry((true, group)).or_default().push(member);
        }
    }
    for (&guest, &home) in homes {
        if let (Some(guest), Some(_)) = (place(guest), place(home)) {
            together.entry((false, home)).or_default().push(guest);
        }
    }
    for ((is_group, first), mut nodes) in together.into_iter().rev() {
        let Some(first) = place(first) else { continue };
        nodes.sort_unstable();
        nodes.dedup();
        nodes.retain(|&node| node != first);
        nodes.insert(0, first);
        if nodes.len() > 1 {
            hulls.push(Hull { is_group, nodes });
        }
    }
    // Groups may be wide and hold whole houses: they lie behind.
    hulls.sort_by_key(|hull| (!hull.is_group, std::cmp::Reverse(hull.nodes.len())));
    hulls
}
