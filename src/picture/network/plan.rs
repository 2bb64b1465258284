//! The content of a network before layout: actors, and all that joins each two of them.

use std::collections::{BTreeMap, BTreeSet};

use crate::diagram::importance::Importance;
use crate::diagram::labels::both;
use crate::diagram::{Behind, Diagram, Edge, Look, Node, Words};
use crate::graph::{ActorId, Entity, Graph};
use crate::picture::cell::{self, Cell};
use crate::picture::network::hull::{self, AROUND};
use crate::picture::network::looks::{LABEL, Weigh};
use crate::picture::network::ring::{Inside, Ring};
use crate::picture::scene::{Bounds, Word};

/// The number of boxes that keep their words.
pub(super) const NAMED: usize = 150;

pub(super) struct Plan<'d> {
    pub(super) actors: Vec<ActorId>,
    pub(super) cells: Vec<Cell>,
    pub(super) bonds: Vec<Bond<'d>>,
    pub(super) hulls: Vec<Hull>,
    pub(super) weigh: Weigh,
    /// How lines run if actors stand in a ring.
    pub(super) ring: Option<Inside>,
    /// The number of boxes without words.
    pub(super) unnamed: usize,
    /// The number of actors whose members or speakers neither a hull nor lines show.
    pub(super) unshown: usize,
}

/// The most lines among which those of members and speakers can be followed.
const FOLLOWED: usize = 60;

/// The room that a line needs around its sign.
const SIGNED: f64 = 30.0;
/// The width at which the words of lines wrap.
pub(super) const LABELLED: f64 = 90.0;

impl Hull {
    /// Returns how far it reaches around its boxes: that of a group further, so that it shows around
    /// those of actors in it.
    pub(super) fn around(&self) -> f64 {
        if self.is_group { AROUND } else { AROUND / 2.0 }
    }
}

/// All that joins two actors.
pub(super) struct Bond<'d> {
    pub(super) ends: (usize, usize),
    /// The edges, in the order in which their strands lie side by side.
    pub(super) edges: Vec<&'d Edge<'d>>,
    pub(super) tooltip: Vec<String>,
}

/// The actors in one hull.
#[derive(Clone)]
pub(super) struct Hull {
    /// Whether it is a group with its members, rather than an actor with those who speak for it.
    pub(super) is_group: bool,
    pub(super) nodes: Vec<usize>,
}

impl<'d> Plan<'d> {
    pub(super) fn new(diagram: &'d Diagram<'d>) -> Plan<'d> {
        let entities = diagram.nodes.iter().map(Node::entity);
        let actors: Vec<ActorId> = entities.clone().filter_map(Entity::actor).collect();
        let named = Importance::of(diagram.graph, diagram.extract, entities).named(NAMED);
        let mut words = Words::new(diagram.graph);
        let places: BTreeMap<ActorId, usize> = actors.iter().copied().zip(0..).collect();
        let place = |end: Entity| end.actor().and_then(|id| places.get(&id)).copied();
        let bonds = bonds(diagram, place, &mut words);
        let hulls = hulls(diagram, place);
        let ring = Ring::is_for(bonds.len(), actors.len(), hulls.len());
        Plan {
            cells: cells(diagram, &actors, &named, ring.is_some(), &mut words),
            weigh: Weigh::of(&bonds, ring == Some(Inside::Bundled)),
            ring,
            bonds,
            hulls,
            unnamed: diagram.nodes.len() - named.len(),
            unshown: 0,
            actors,
        }
    }

    /// Keeps the hulls of boxes that stand together, and joins the others by lines, if these are
    /// not too many. Returns whether it added lines.
    pub(super) fn settle_hulls(&mut self, diagram: &'d Diagram<'d>, boxes: &[Bounds]) -> bool {
        let stands = |hull: &Hull| {
            let (own, others): (Vec<_>, Vec<_>) =
                (0..boxes.len()).partition(|node| hull.nodes.contains(node));
            let of = |nodes: Vec<usize>| -> Vec<Bounds> {
                nodes.into_iter().map(|node| boxes[node]).collect()
            };
            hull::holds(&of(own), &of(others), hull.around())
        };
        let hulls = std::mem::take(&mut self.hulls);
        let (kept, mut lost): (Vec<_>, Vec<_>) = hulls.into_iter().partition(stands);
        // What is shown by a line once is shown by lines throughout.
        let is_lost = |hull: &Hull| lost.iter().any(|other| other.is_group == hull.is_group);
        let (alike, others): (Vec<_>, Vec<_>) = kept.iter().cloned().partition(is_lost);
        let count = |hulls: &[Hull]| hulls.iter().map(|hull| hull.nodes.len() - 1).sum::<usize>();
        let lines = count(&lost) + count(&alike);
        if lines > 0 && self.bonds.len() + lines > FOLLOWED {
            self.hulls = kept;
            self.unshown = lost.len();
            return false;
        }
        self.hulls = others;
        lost.extend(alike);
        for hull in &lost {
            self.join(diagram, hull);
        }
        lines > 0
    }

    /// Joins the first of a hull with each of the others by a line.
    fn join(&mut self, diagram: &'d Diagram<'d>, hull: &Hull) {
        let place = |end: Entity| {
            let id = end.actor()?;
            self.actors.iter().position(|actor| *actor == id)
        };
        let first = hull.nodes.first().copied();
        let structure = diagram.edges.iter().filter(|edge| match edge.look {
            Look::Member => hull.is_group && place(edge.from) == first,
            Look::SpeaksFor => !hull.is_group && place(edge.to) == first,
            _ => false,
        });
        let ends = |edge: &Edge<'_>| Some((place(edge.from)?, place(edge.to)?));
        let joined: Vec<_> = structure
            .filter_map(|edge| Some((ends(edge)?, edge)))
            .collect();
        for ((from, to), edge) in joined {
            let ends = (from.min(to), from.max(to));
            match self.bonds.iter_mut().find(|bond| bond.ends == ends) {
                Some(bond) => bond.edges.push(edge),
                None => self.bonds.push(Bond {
                    ends,
                    edges: vec![edge],
                    tooltip: Vec::new(),
                }),
            }
        }
    }

    /// Returns the room that the signs and words of each line need between its boxes.
    pub(super) fn room(&self, graph: &Graph) -> Vec<Option<(f64, f64)>> {
        let words = Words::new(graph);
        let of = |edge: &&Edge<'_>| {
            let told = both(words.edge_words(edge), words.over(edge));
            match edge.look {
                _ if told.is_empty() || !matches!(edge.behind, Behind::Ties(_)) => None,
                Look::Other => Some(told),
                _ => (!self.weigh.is_dense).then_some(told),
            }
        };
        let room = |edge: &&Edge<'_>| {
            let signed = matches!(
                edge.look,
                Look::Ally | Look::Partner | Look::Agreement | Look::Rival | Look::Hostile
            );
            let Some(told) = of(edge) else {
                return signed.then_some((SIGNED, SIGNED));
            };
            let lines = LABEL.wrap(&told, LABELLED);
            let wide = LABEL.widest(&lines);
            let tall = lines.len() as f64 * LABEL.line_height();
            Some((wide + 26.0, tall + 26.0))
        };
        let most = |one: (f64, f64), other: (f64, f64)| (one.0.max(other.0), one.1.max(other.1));
        let bonds = self.bonds.iter();
        bonds
            .map(|bond| bond.edges.iter().filter_map(room).reduce(most))
            .collect()
    }

    /// Returns the pairs that are joined by a line.
    pub(super) fn lines(&self) -> Vec<(usize, usize)> {
        self.bonds.iter().map(|bond| bond.ends).collect()
    }

    /// Returns the pairs that only rivalry or hostility joins.
    pub(super) fn far(&self) -> Vec<(usize, usize)> {
        let is_far = |bond: &&Bond<'_>| {
            let mut edges = bond.edges.iter();
            edges.all(|edge| matches!(edge.look, Look::Rival | Look::Hostile))
        };
        let far = self.bonds.iter().filter(is_far);
        far.map(|bond| bond.ends).collect()
    }

    /// Returns the pairs that belong close together: the first of each hull, whom the others speak
    /// for or belong to, with each of them.
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

/// Returns all pairs of actors with what joins them, the smaller id first.
fn bonds<'d>(
    diagram: &'d Diagram<'d>,
    place: impl Fn(Entity) -> Option<usize>,
    words: &mut Words<'_>,
) -> Vec<Bond<'d>> {
    let mut bonds: BTreeMap<(usize, usize), Bond<'d>> = BTreeMap::new();
    for edge in &diagram.edges {
        let joins = matches!(edge.behind, Behind::Meetings(_) | Behind::Ties(_));
        if let (true, Some(from), Some(to)) = (joins, place(edge.from), place(edge.to)) {
            let ends = (from.min(to), from.max(to));
            let bond = bonds.entry(ends).or_insert_with(|| Bond {
                ends,
                edges: Vec::new(),
                tooltip: Vec::new(),
            });
            bond.edges.push(edge);
            bond.tooltip.extend(words.edge_tooltip(edge));
        }
    }
    bonds.into_values().collect()
}

fn cells(
    diagram: &Diagram<'_>,
    actors: &[ActorId],
    named: &BTreeSet<Entity>,
    is_ring: bool,
    words: &mut Words<'_>,
) -> Vec<Cell> {
    let Diagram { graph, extract, .. } = diagram;
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
    // In a ring, names are on one line, where they can be.
    let most = if is_ring { size * 20.0 } else { most };
    let mut cells = Vec::new();
    for &id in actors {
        let node = Node::Actor(id);
        let (entity, kind) = (node.entity(), node.kind(graph));
        let mut cell = if named.contains(&entity) {
            let mut told = words.node_words(&node, diagram);
            // Roles are shown only if there is room.
            told.truncate(if actors.len() > NAMED / 5 { 1 } else { 2 });
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
                cell::paragraphs(kind, told)
                    .into_iter()
                    .map(sized)
                    .collect(),
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
            cell.tooltip = words.node_tooltip(&node);
        }
        // Without room for its number, a camp would be shown by colour alone.
        let camp = diagram.camp(id).filter(|_| cell.is_named());
        cells.push(cell.of_camp(camp));
    }
    cells
}

/// Returns the hulls, groups first: they may be wide and contain other hulls, so they are drawn
/// behind.
fn hulls(diagram: &Diagram<'_>, place: impl Fn(Entity) -> Option<usize>) -> Vec<Hull> {
    let mut together: BTreeMap<(bool, usize), Vec<usize>> = BTreeMap::new();
    let members = diagram.edges.iter();
    for edge in members.filter(|edge| edge.look == Look::Member) {
        if let (Some(group), Some(member)) = (place(edge.from), place(edge.to)) {
            together.entry((true, group)).or_default().push(member);
        }
    }
    for group in &diagram.groups {
        if let Some(home) = place(Entity::Actor(group.home)) {
            let guests = group.guests.iter();
            let guests = guests.filter_map(|guest| place(Entity::Actor(*guest)));
            together.entry((false, home)).or_default().extend(guests);
        }
    }
    let mut hulls = Vec::new();
    for ((is_group, first), mut nodes) in together.into_iter().rev() {
        nodes.sort_unstable();
        nodes.dedup();
        nodes.retain(|&node| node != first);
        nodes.insert(0, first);
        if nodes.len() > 1 {
            hulls.push(Hull { is_group, nodes });
        }
    }
    hulls.sort_by_key(|hull| (!hull.is_group, std::cmp::Reverse(hull.nodes.len())));
    hulls
}
