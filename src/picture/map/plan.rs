//! What a map shows, and in which order: boxes in three columns and the lines between.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use crate::graph::{ActorId, Entity, Graph, IssueId, MeetingId, Verdict};
use crate::model::Position;
use crate::picture::cell::{self, Cell, DETAIL, Kind};
use crate::picture::importance::Importance;
use crate::picture::order::{self, Column};
use crate::picture::stack::shallow;
use crate::picture::strands::Strand;
use crate::query::{Extract, Line, Lines};
use crate::render::dot::edges::{homes, parts_of_meetings};
use crate::render::dot::look::Look;
use crate::render::dot::words::{self, Words};

/// Labels are broken at this width, in pixels.
const ACTOR: f64 = 150.0;
const ISSUE: f64 = 170.0;
const MEETING: f64 = 150.0;
/// No more lines than this have their position in words.
const WORDED: usize = 16;
/// What stands at a line is broken at this width.
pub(super) const LABEL: f64 = 120.0;

pub(super) struct Plan {
    pub(super) actors: Boxes,
    pub(super) issues: Boxes,
    pub(super) meetings: Boxes,
    /// From actors to issues.
    pub(super) stances: Vec<Stance>,
    /// From meetings to actors.
    pub(super) arms: Vec<Arm>,
    /// How many boxes have no words.
    pub(super) unnamed: usize,
    /// Whether a box of an issue shows its question.
    pub(super) asks: bool,
}

/// A column of boxes.
#[derive(Default)]
pub(super) struct Boxes {
    pub(super) cells: Vec<Cell>,
    pub(super) column: Column,
    /// From top to bottom.
    pub(super) order: Vec<usize>,
}

/// Where an actor stands on an issue.
pub(super) struct Stance {
    pub(super) actor: usize,
    pub(super) issue: usize,
    pub(super) strand: Strand,
    /// How much the issue matters to the actor, where that is known.
    pub(super) salience: Option<f64>,
    /// Whom it is addressed to, and a number of a scale.
    pub(super) label: Vec<String>,
    pub(super) tooltip: Vec<String>,
}

/// An actor's part in a meeting.
pub(super) struct Arm {
    pub(super) meeting: usize,
    pub(super) actor: usize,
    pub(super) look: Look,
}

/// Where ids stand in a column.
struct Places<'e> {
    actors: BTreeMap<ActorId, usize>,
    issues: BTreeMap<IssueId, usize>,
    meetings: BTreeMap<MeetingId, usize>,
    extract: &'e Extract,
}

impl Plan {
    pub(super) fn new(graph: &Graph, extract: &Extract) -> Plan {
        let places = Places {
            actors: extract.actors.iter().copied().zip(0..).collect(),
            issues: extract.issues.iter().copied().zip(0..).collect(),
            meetings: extract.meetings.iter().map(|met| met.id).zip(0..).collect(),
            extract,
        };
        let importance = Importance::of(graph, extract);
        let mut words = Words::new(graph);
        let stances = places.stances(graph, &importance, &mut words);
        let arms = places.arms();
        let mut plan = Plan {
            actors: places.actor_boxes(graph, &importance, &mut words),
            issues: places.issue_boxes(graph, &importance, &stances, &mut words),
            meetings: places.meeting_boxes(graph, &importance, &mut words),
            stances,
            arms,
            unnamed: importance.unnamed(),
            asks: extract
                .issues
                .iter()
                .any(|&id| words::question_shown(graph, extract, id).is_some()),
        };
        plan.arrange();
        plan
    }

    /// Finds the orders in which the fewest lines cross.
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
        let mut orders = order::order(&columns, &lines);
        self.meetings.order =
            order::order_third(&columns, &mut orders, &lines, &self.meetings.column, &back);
        [self.actors.order, self.issues.order] = orders;
    }
}

impl Places<'_> {
    fn stances(
        &self,
        graph: &Graph,
        importance: &Importance,
        words: &mut Words<'_>,
    ) -> Vec<Stance> {
        let of_line = |line: &Line, words: &mut Words<'_>| {
            // Where an issue has no name, there is no room for words at its lines.
            let label = if importance.is_named(Entity::Issue(line.issue)) {
                self.label(words, line)
            } else {
                String::new()
            };
            let strand = Strand::of_standing(&line.standing);
            Some(Stance {
                actor: *self.actors.get(&line.actor)?,
                issue: *self.issues.get(&line.issue)?,
                strand,
                salience: line.standing.salience,
                label: DETAIL.wrap(&label, LABEL),
                tooltip: words.line_tooltip(line),
            })
        };
        match &self.extract.lines {
            Lines::Positions(lines) => {
                let all = lines.iter().chain(&self.extract.unknown);
                all.filter_map(|line| of_line(line, words)).collect()
            }
            Lines::Statements(ids) => {
                let mut said = BTreeSet::new();
                for stance in ids.iter().map(|id| &graph.stances[id.index()]) {
                    let Some(position) = stance.position else {
                        continue;
                    };
                    let look = Look::of_position(position);
                    said.extend(
                        stance
                            .actors
                            .as_slice()
                            .iter()
                            .map(|&actor| (actor, stance.issue, look)),
                    );
                }
                let all = said.into_iter().filter_map(|(actor, issue, look)| {
                    let (actor, issue) = (*self.actors.get(&actor)?, *self.issues.get(&issue)?);
                    let (label, tooltip) = (Vec::new(), Vec::new());
                    Some(Stance {
                        actor,
                        issue,
                        strand: Strand::of(look),
                        salience: None,
                        label,
                        tooltip,
                    })
                });
                all.collect()
            }
        }
    }

    /// What stands at a line: of few lines the position, too, so that the line reads as a sentence that the question ends.
    fn label(&self, words: &Words<'_>, line: &Line) -> String {
        let many = match &self.extract.lines {
            Lines::Positions(lines) => lines.len() + self.extract.unknown.len() > WORDED,
            Lines::Statements(_) => true,
        };
        let rest = words.line_words(line, "to ");
        match line.standing.verdict {
            Verdict::Stands(Position::At(_)) => rest,
            _ if many => rest,
            verdict if rest.is_empty() => words::verdict_words(verdict),
            verdict => format!("{}, {rest}", words::verdict_words(verdict)),
        }
    }

    fn arms(&self) -> Vec<Arm> {
        let mut arms = Vec::new();
        for (meeting, met) in self.extract.meetings.iter().enumerate() {
            for &(actor, part) in &met.parties {
                if let Some(&actor) = self.actors.get(&actor) {
                    arms.push(Arm {
                        meeting,
                        actor,
                        look: Look::of_part(met.status, part),
                    });
                }
            }
        }
        arms
    }

    fn actor_boxes(&self, graph: &Graph, importance: &Importance, words: &mut Words<'_>) -> Boxes {
        let homes = homes(self.extract);
        let mut cells = Vec::new();
        for &id in &self.extract.actors {
            let (entity, kind) = (
                Entity::Actor(id),
                Kind::Actor(graph.actors[id.index()].kind),
            );
            if !importance.is_named(entity) {
                cells.push(Cell::unnamed(entity, kind));
                continue;
            }
            let details = self.actor_details(graph, id, homes.get(&id).copied());
            let mut cell = Cell::new(
                entity,
                kind,
                cell::actor_paragraphs(graph, id, details),
                ACTOR,
            );
            cell.tooltip = words.actor_tooltip(id);
            cells.push(cell);
        }
        let parent = |id: &ActorId| {
            homes
                .get(id)
                .and_then(|home| self.actors.get(home))
                .copied()
        };
        let parents: Vec<Option<usize>> = self.extract.actors.iter().map(parent).collect();
        Boxes {
            cells,
            column: shallow(&parents),
            order: Vec::new(),
        }
    }

    /// What is to be known of an actor that no line shows: members, former offices, further ones it speaks for.
    fn actor_details(&self, graph: &Graph, id: ActorId, home: Option<ActorId>) -> Vec<String> {
        let name = |id: ActorId| graph.actors[id.index()].name.as_ref();
        let mut details = Vec::new();
        let members: Vec<&str> = self
            .extract
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
        for spoken in self
            .extract
            .speaks_for
            .iter()
            .filter(|spoken| spoken.speaker == id)
        {
            match (Some(spoken.principal) == home, spoken.ended) {
                (true, false) => {}
                (true, true) => details.push("formerly".to_owned()),
                (false, false) => details.push(format!("speaks for {}", name(spoken.principal))),
                (false, true) => details.push(format!("spoke for {}", name(spoken.principal))),
            }
        }
        details
    }

    fn issue_boxes(
        &self,
        graph: &Graph,
        importance: &Importance,
        stances: &[Stance],
        words: &mut Words<'_>,
    ) -> Boxes {
        let wider: BTreeMap<IssueId, IssueId> = self.extract.part_of.iter().copied().collect();
        let parent = |id: &IssueId| {
            wider
                .get(id)
                .and_then(|wider| self.issues.get(wider))
                .copied()
        };
        let parents: Vec<Option<usize>> = self.extract.issues.iter().map(parent).collect();
        let mut spoken_of = vec![false; parents.len()];
        for stance in stances {
            spoken_of[stance.issue] = true;
        }
        for &parent in parents.iter().flatten() {
            spoken_of[parent] = true;
        }
        let mut cells = Vec::new();
        for (&id, spoken_of) in self.extract.issues.iter().zip(spoken_of) {
            let entity = Entity::Issue(id);
            if !importance.is_named(entity) {
                cells.push(Cell::unnamed(entity, Kind::Issue));
                continue;
            }
            let is_topic = words::question(graph, id).is_none();
            let mut details: Vec<String> = words::question_shown(graph, self.extract, id)
                .map(Cow::into_owned)
                .into_iter()
                .collect();
            if !spoken_of && !is_topic {
                details.push("no position known".to_owned());
            }
            let mut cell = Cell::new(
                entity,
                Kind::Issue,
                cell::issue_paragraphs(graph, id, details),
                ISSUE,
            );
            cell.tooltip = words.issue_tooltip(id);
            cells.push(cell);
        }
        Boxes {
            cells,
            column: shallow(&parents),
            order: Vec::new(),
        }
    }

    fn meeting_boxes(
        &self,
        graph: &Graph,
        importance: &Importance,
        words: &mut Words<'_>,
    ) -> Boxes {
        let wider: BTreeMap<MeetingId, MeetingId> =
            parts_of_meetings(graph, self.extract).into_iter().collect();
        let mut cells = Vec::new();
        for met in &self.extract.meetings {
            let (entity, kind) = (Entity::Meeting(met.id), Kind::Meeting(met.status));
            if !importance.is_named(entity) {
                cells.push(Cell::unnamed(entity, kind));
                continue;
            }
            let mut cell = Cell::new(entity, kind, cell::meeting_paragraphs(graph, met), MEETING);
            cell.tooltip = words.meeting_tooltip(met);
            cells.push(cell);
        }
        let parent = |id: MeetingId| {
            wider
                .get(&id)
                .and_then(|wider| self.meetings.get(wider))
                .copied()
        };
        let parents: Vec<Option<usize>> = self
            .extract
            .meetings
            .iter()
            .map(|met| parent(met.id))
            .collect();
        Boxes {
            cells,
            column: shallow(&parents),
            order: Vec::new(),
        }
    }
}
