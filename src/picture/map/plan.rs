//! The content of a map and its order: boxes in three columns, and the lines between them.

use std::collections::{BTreeMap, BTreeSet};

use crate::diagram::Color;
use crate::diagram::importance::Importance;
use crate::diagram::labels::{DOUBTFUL, both, question_shown, verdict_words};
use crate::diagram::{Behind, Diagram, Edge, Look, Node, Words};
use crate::graph::{ActorId, Entity, MeetingId, Verdict};
use crate::model::{Day, Position};
use crate::picture::cell::{self, Cell, DETAIL};
use crate::picture::order::{self, Column};
use crate::picture::sign::{Sign, step};
use crate::picture::stack::shallow;
use crate::picture::strands::Strand;
use crate::query::Line;

/// The widths at which labels wrap, in pixels.
const ACTOR: f64 = 150.0;
const ISSUE: f64 = 170.0;
const MEETING: f64 = 150.0;
/// The number of boxes that keep their words: a map grows with them, but can still be scrolled.
pub(super) const NAMED: usize = 400;
/// The most lines whose positions are written out in words.
const WORDED: usize = 16;
/// The most lines beside which a contested position is written out in words, not in symbols.
const MANY: usize = 60;
/// The width at which the labels of lines wrap, in pixels.
pub(super) const LABEL: f64 = 120.0;

pub(super) struct Plan {
    pub(super) actors: Boxes,
    pub(super) issues: Boxes,
    pub(super) meetings: Boxes,
    /// The lines from actors to issues.
    pub(super) stances: Vec<Stance>,
    /// The lines from meetings to actors.
    pub(super) arms: Vec<Arm>,
    /// The number of boxes without words.
    pub(super) unnamed: usize,
    /// Whether any issue's box shows its question.
    pub(super) asks: bool,
    /// The actors left out because no line leads to them.
    pub(super) lone: Vec<Entity>,
}

/// A column of boxes.
#[derive(Default)]
pub(super) struct Boxes {
    pub(super) cells: Vec<Cell>,
    pub(super) column: Column,
    /// The boxes from top to bottom.
    pub(super) order: Vec<usize>,
}

/// An actor's position on an issue.
pub(super) struct Stance {
    pub(super) actor: usize,
    pub(super) issue: usize,
    pub(super) look: Look,
    /// The number it names on the issue's scale.
    pub(super) number: Option<Number>,
    pub(super) strand: Strand,
    /// The salience of the issue for the actor, or `None` if unknown.
    pub(super) salience: Option<f64>,
    /// The actors it is addressed to, and a number on a scale, wrapped.
    pub(super) label: Vec<String>,
    pub(super) tooltip: Vec<String>,
}

/// A number on the scale of an issue.
#[derive(Clone, Copy)]
pub(super) struct Number {
    pub(super) position: Position,
    /// Where it lies on the scale, from −1 to 1.
    pub(super) score: f64,
}

/// An actor's part in a meeting.
pub(super) struct Arm {
    pub(super) meeting: usize,
    pub(super) actor: usize,
    pub(super) look: Look,
}

/// The index of each entity in its column, and what else boxes and lines are made from.
struct Places<'d> {
    diagram: &'d Diagram<'d>,
    /// The boxes drawn.
    nodes: Vec<&'d Node<'d>>,
    at: BTreeMap<Entity, usize>,
    /// The entity above each: whom it speaks for, or what it is part of.
    parents: BTreeMap<Entity, Entity>,
    named: BTreeSet<Entity>,
    /// The number of positions drawn.
    positions: usize,
}

impl Plan {
    pub(super) fn new(diagram: &Diagram<'_>) -> Plan {
        let lone = lone(diagram);
        let places = Places::new(diagram, &lone);
        let mut words = Words::new(diagram.graph);
        let stances = places.stances(&mut words);
        let [actors, issues, meetings] = places.columns(&mut words);
        let shows_question = |node: &Node<'_>| match node {
            Node::Issue(id) => question_shown(diagram, *id).is_some(),
            Node::Actor(_) | Node::Meeting(_) => false,
        };
        let mut plan = Plan {
            actors,
            issues,
            meetings,
            stances,
            arms: places.arms(),
            unnamed: places.nodes.len() - places.named.len(),
            asks: diagram.nodes.iter().any(shows_question),
            lone: lone.into_iter().collect(),
        };
        let by_date = plan.by_date(diagram);
        plan.arrange();
        if let Some(ranks) = by_date {
            plan.order_by_date(&ranks);
        }
        plan.count_bundles();
        plan
    }

    /// Returns the day on which each meeting began, as a rank, those without a date last; `None` if
    /// none has a date.
    fn by_date(&self, diagram: &Diagram<'_>) -> Option<Vec<f64>> {
        let met = diagram.extract.meetings.iter();
        let days: BTreeMap<MeetingId, Day> = met
            .filter_map(|met| Some((met.id, met.date?.period().from)))
            .collect();
        let order: BTreeSet<Day> = days.values().copied().collect();
        let ranks: BTreeMap<Day, usize> = order.into_iter().zip(0..).collect();
        let rank = |cell: &Cell| {
            let day = match &cell.entity {
                Entity::Meeting(id) => days.get(id),
                _ => None,
            };
            let rank = day.and_then(|day| ranks.get(day));
            rank.map_or(f64::INFINITY, |rank| *rank as f64)
        };
        (!days.is_empty()).then(|| self.meetings.cells.iter().map(rank).collect())
    }

    /// Orders the meetings by date, unless half as many lines again would cross.
    fn order_by_date(&mut self, ranks: &[f64]) {
        let lines: Vec<(usize, usize)> = self
            .arms
            .iter()
            .map(|arm| (arm.meeting, arm.actor))
            .collect();
        let crossings = |order: &[usize]| order::crossings([order, &self.actors.order], &lines);
        let by_date = order::by_rank(&self.meetings.column, &self.meetings.order, ranks);
        if crossings(&by_date) <= crossings(&self.meetings.order) * 3 / 2 {
            self.meetings.order = by_date;
        }
    }

    /// Orders the columns so that few lines cross or, if most positions are numbers, by these.
    fn arrange(&mut self) {
        let lines: Vec<(usize, usize)> = self
            .stances
            .iter()
            .map(|stance| (stance.actor, stance.issue))
            .collect();
        let back: Vec<(usize, usize)> = self
            .arms
            .iter()
            .map(|arm| (arm.meeting, arm.actor))
            .collect();
        let columns = [self.actors.column.clone(), self.issues.column.clone()];
        if let Some(ranks) = self.by_number() {
            let all: Vec<usize> = (0..ranks.len()).collect();
            self.actors.order = order::by_rank(&columns[0], &all, &ranks);
            let turned: Vec<(usize, usize)> = lines.iter().map(|&(a, b)| (b, a)).collect();
            let beside = (&columns[0], &self.actors.order[..]);
            self.issues.order = order::beside(&columns[1], &turned, beside);
            self.meetings.order = order::beside(&self.meetings.column, &back, beside);
            return;
        }
        let mut orders = order::order(&columns, &lines);
        self.meetings.order =
            order::order_third(&columns, &mut orders, &lines, &self.meetings.column, &back);
        [self.actors.order, self.issues.order] = orders;
    }
}

/// Returns the actors that no line leads to and that stand in no group; none if no line leads
/// anywhere.
fn lone(diagram: &Diagram<'_>) -> BTreeSet<Entity> {
    let edges = diagram.edges.iter();
    let lines =
        edges.filter(|edge| edge.look.is_position() || matches!(edge.behind, Behind::Part(_)));
    let mut joined: BTreeSet<Entity> = lines.flat_map(|edge| [edge.from, edge.to]).collect();
    joined.extend(diagram.said().map(|edge| edge.from));
    if joined.is_empty() {
        return BTreeSet::new();
    }
    for group in &diagram.groups {
        joined.insert(Entity::Actor(group.home));
        joined.extend(group.guests.iter().map(|guest| Entity::Actor(*guest)));
    }
    let entities = diagram.nodes.iter().map(Node::entity);
    entities
        .filter(|entity| entity.actor().is_some() && !joined.contains(entity))
        .collect()
}

/// Returns the index of the column a box is in.
fn column(node: &Node<'_>) -> usize {
    match node {
        Node::Actor(_) => 0,
        Node::Issue(_) => 1,
        Node::Meeting(_) => 2,
    }
}

impl<'d> Places<'d> {
    fn new(diagram: &'d Diagram<'d>, lone: &BTreeSet<Entity>) -> Places<'d> {
        let nodes = diagram.nodes.iter();
        let nodes: Vec<&Node<'_>> = nodes
            .filter(|node| !lone.contains(&node.entity()))
            .collect();
        let mut counts = [0; 3];
        let mut at = BTreeMap::new();
        for node in &nodes {
            let count = &mut counts[column(node)];
            at.insert(node.entity(), *count);
            *count += 1;
        }
        let homes = diagram.groups.iter().flat_map(|group| {
            let home = Entity::Actor(group.home);
            let guests = group.guests.iter();
            guests.map(move |guest| (Entity::Actor(*guest), home))
        });
        let entities = nodes.iter().map(|node| node.entity());
        let edges = diagram.edges.iter();
        let parts = edges.clone().filter(|edge| edge.look == Look::PartOf);
        Places {
            diagram,
            at,
            parents: homes
                .chain(parts.map(|edge| (edge.from, edge.to)))
                .collect(),
            named: Importance::of(diagram.graph, diagram.extract, entities).named(NAMED),
            nodes,
            positions: edges.filter(|edge| edge.look.is_position()).count(),
        }
    }

    /// Returns the columns of actors, issues and meetings.
    fn columns(&self, words: &mut Words<'_>) -> [Boxes; 3] {
        let edges = self.diagram.edges.iter();
        let on = edges.filter(|edge| edge.look.is_position());
        let mut spoken_of: BTreeSet<Entity> = on.map(|edge| edge.to).collect();
        spoken_of.extend(self.diagram.said().map(|edge| edge.to));
        spoken_of.extend(self.parents.values());
        let (mut columns, mut parents) = (
            [(); 3].map(|()| Boxes::default()),
            [const { Vec::new() }; 3],
        );
        for node in &self.nodes {
            let parent = self.parents.get(&node.entity());
            parents[column(node)].push(parent.and_then(|parent| self.at.get(parent)).copied());
            columns[column(node)]
                .cells
                .push(self.cell(node, &spoken_of, words));
        }
        for (column, parents) in columns.iter_mut().zip(&parents) {
            column.column = shallow(parents);
        }
        columns
    }

    fn cell(&self, node: &Node<'_>, spoken_of: &BTreeSet<Entity>, words: &mut Words<'_>) -> Cell {
        let graph = self.diagram.graph;
        let (entity, kind) = (node.entity(), node.kind(graph));
        if !self.named.contains(&entity) {
            return Cell::unnamed(entity, kind);
        }
        let mut told = words.node_words(node, self.diagram);
        let most = match node {
            Node::Actor(id) => {
                told.extend(self.actor_details(*id));
                ACTOR
            }
            Node::Issue(_) => {
                if !spoken_of.contains(&entity) {
                    told.push("no position known".to_owned());
                }
                ISSUE
            }
            Node::Meeting(_) => MEETING,
        };
        Cell {
            tooltip: words.node_tooltip(node),
            ..Cell::new(entity, kind, cell::paragraphs(kind, told), most)
        }
    }

    /// Returns details of an actor that no line shows: members, former offices, and others it
    /// speaks for.
    fn actor_details(&self, id: ActorId) -> Vec<String> {
        let Diagram { graph, extract, .. } = self.diagram;
        let name = |id: ActorId| graph[id].name.as_ref();
        let home = self.parents.get(&Entity::Actor(id));
        let mut details = Vec::new();
        let members: Vec<&str> = extract
            .members
            .iter()
            .filter(|(_, group)| *group == id)
            .map(|(member, _)| name(*member))
            .collect();
        match members.len() {
            0 => {}
            1..=5 => details.push(format!("with {}", crate::words::joined(&members))),
            count => details.push(format!("{count} members")),
        }
        for spoken in extract
            .speaks_for
            .iter()
            .filter(|spoken| spoken.speaker == id)
        {
            let is_at_home = home == Some(&Entity::Actor(spoken.principal));
            let name = name(spoken.principal);
            if spoken.ended {
                details.push(format!("spoke for {name}"));
            } else if !is_at_home {
                details.push(format!("speaks for {name}"));
            }
        }
        details
    }

    fn stances(&self, words: &mut Words<'_>) -> Vec<Stance> {
        let edges = self.diagram.edges.iter();
        let mut edges: Vec<&Edge<'_>> = edges.filter(|edge| edge.look.is_position()).collect();
        edges.sort_by_key(|edge| (edge.look == Look::Unknown, edge.from, edge.to));
        let mut stances: Vec<Stance> = edges
            .into_iter()
            .filter_map(|edge| self.stance(edge, words))
            .collect();
        // What was said often is drawn once.
        let said = self.diagram.said();
        let said: BTreeMap<_, Edge<'_>> = said
            .map(|edge| ((edge.from, edge.to, edge.look), edge))
            .collect();
        stances.extend(said.values().filter_map(|edge| self.stance(edge, words)));
        stances
    }

    fn stance(&self, edge: &Edge<'_>, words: &mut Words<'_>) -> Option<Stance> {
        let line = match edge.behind {
            Behind::Position(line) | Behind::Offer(line) => Some(line),
            Behind::Statement
            | Behind::Part(_)
            | Behind::Meetings(_)
            | Behind::Ties(_)
            | Behind::Structure => None,
        };
        // If an issue has no name, there is no room for labels at its lines.
        let label =
            line.filter(|_| self.named.contains(&edge.to))
                .map_or_else(String::new, |line| match edge.behind {
                    Behind::Offer(_) if self.positions > WORDED => String::new(),
                    Behind::Offer(_) => words.offer_words(line, edge.look),
                    _ => self.label(words, line),
                });
        let salience = match edge.behind {
            Behind::Offer(_) => None,
            _ => line.and_then(|line| line.standing.salience),
        };
        let number = match line.map(|line| line.standing.verdict) {
            Some(Verdict::Stands(position @ Position::At(_))) if edge.look == Look::Number => {
                let score = self.diagram.graph.score(line?.issue, position);
                score.map(|score| Number { position, score })
            }
            _ => None,
        };
        let mut strand = Strand::of(edge.look);
        if let Some(number) = number {
            strand = strand.colored(Color::ScaleLine(step(number.score)));
        }
        Some(Stance {
            actor: *self.at.get(&edge.from)?,
            issue: *self.at.get(&edge.to)?,
            look: edge.look,
            number,
            strand: salience.map_or(strand, |salience| strand.weighted(salience)),
            salience,
            label: DETAIL.wrap(&label, LABEL),
            tooltip: words.edge_tooltip(edge),
        })
    }

    /// Returns the label of a line. If lines are few, it starts with the position, or the offers in its
    /// place, so that the line reads as a sentence completed by the question.
    fn label(&self, words: &Words<'_>, line: &Line) -> String {
        let offers = words.offers_in_place(line);
        let sign = Sign::of(self.diagram.graph, line.issue, &line.standing);
        let stands = match line.standing.verdict {
            Verdict::Stands(position @ Position::At(_)) if offers.is_empty() => position.word(),
            Verdict::Contested if self.positions <= MANY => {
                sign.map_or(String::new(), |sign| sign.said())
            }
            Verdict::Contested => sign.map_or(String::new(), |sign| sign.symbol()),
            _ if self.positions > WORDED => String::new(),
            verdict if offers.is_empty() => verdict_words(verdict),
            _ => offers,
        };
        let stands = both(stands, words.addressed(line, "to "));
        match line.standing.verdict {
            Verdict::Stands(_) if self.diagram.graph.standing_is_doubtful(&line.standing) => {
                both(stands, DOUBTFUL.to_owned())
            }
            _ => stands,
        }
    }

    fn arms(&self) -> Vec<Arm> {
        let edges = self.diagram.edges.iter();
        let parts = edges.filter(|edge| matches!(edge.behind, Behind::Part(_)));
        let arm = |edge: &Edge<'_>| {
            Some(Arm {
                meeting: *self.at.get(&edge.from)?,
                actor: *self.at.get(&edge.to)?,
                look: edge.look,
            })
        };
        let mut arms: Vec<Arm> = parts.filter_map(arm).collect();
        arms.sort_by_key(|arm| arm.meeting);
        arms
    }
}
