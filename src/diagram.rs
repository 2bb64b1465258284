//! What a drawing shows, as data: boxes, the lines between them and what these mean, who is drawn together, and what the
//! drawing says of itself. SVG, DOT, Mermaid and the page are made of it: a layout knows sizes, a writer knows a format,
//! and neither decides what is shown, or what a line looks like.

mod basis;
mod edges;
pub(crate) mod importance;
mod look;
mod network;
mod theme;
mod thin;
pub(crate) mod words;

use crate::graph::{ActorId, Entity, Graph, IssueId, StanceId, TieId};
use crate::model::{ActorKind, MeetingStatus};
use crate::query::{Extract, LeftOut, Line, Membership, Met};
use crate::words::wrapped;

pub(crate) use basis::Basis;
pub(crate) use edges::homes;
pub use look::{Dash, Look, Mark, Style};
pub use network::network;
pub use theme::{Color, Theme};
pub use thin::top;
pub(crate) use words::{Words, not_shown, title_words};

/// What a drawing shows.
#[derive(Clone, Debug)]
pub struct Diagram<'g> {
    pub(crate) graph: &'g Graph,
    pub(crate) extract: &'g Extract,
    /// The boxes: actors, issues, meetings, each in the order of the graph.
    pub nodes: Vec<Node<'g>>,
    /// The lines, in the order of their looks; without those of `statements`.
    pub edges: Vec<Edge<'g>>,
    /// Where there are too many for positions to be settled, the statements, each a line for every actor. Their lines are
    /// made while they are written.
    pub statements: &'g [StanceId],
    /// Who is drawn together.
    pub groups: Vec<Group>,
    /// Who stands with whom; of a map nobody.
    pub(crate) camps: Membership,
    /// What it leaves out, and whatever else is to be said: sentences.
    pub notes: Vec<String>,
    /// What it rests on.
    pub(crate) basis: Basis,
}

/// A box.
#[derive(Clone, Copy, Debug)]
pub enum Node<'g> {
    /// An actor.
    Actor(ActorId),
    /// An issue.
    Issue(IssueId),
    /// A meeting.
    Meeting(&'g Met),
}

/// What kind of a box it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// Of an actor.
    Actor(Option<ActorKind>),
    /// Of an issue.
    Issue,
    /// Of a meeting.
    Meeting(Option<MeetingStatus>),
}

/// A line.
#[derive(Clone, Debug)]
pub struct Edge<'g> {
    /// Where it starts.
    pub from: Entity,
    /// Where it ends.
    pub to: Entity,
    /// What it means.
    pub look: Look,
    /// The records that it stands for.
    pub behind: Behind<'g>,
}

/// The records that a line stands for.
#[derive(Clone, Debug)]
pub enum Behind<'g> {
    /// Where an actor stands on an issue.
    Position(&'g Line),
    /// One statement.
    Statement,
    /// A part in a meeting.
    Part(&'g Met),
    /// The meetings of two actors.
    Meetings(Vec<&'g Met>),
    /// Ties of one kind between two actors.
    Ties(Vec<TieId>),
    /// One speaks for the other, belongs to it, is part of it.
    Structure,
}

/// An actor and who speaks for it.
#[derive(Clone, Debug)]
pub struct Group {
    /// The actor.
    pub home: ActorId,
    /// Who speaks for it.
    pub guests: Vec<ActorId>,
}

/// A map: who stands where on what, and who met whom.
///
/// ```
/// use demarche::diagram::{self, Look};
/// use demarche::graph::Lens;
/// use demarche::model::Day;
/// use demarche::query::{Selection, extract};
///
/// let (graph, _) = demarche::resolve::read("trade.ron", r#"Graph(
///     actors: { "us": (name: "United States", kind: State) },
///     issues: { "trade": (name: "Trade", question: "Should trade be freer?") },
///     stances: [(actor: "us", issue: "trade", position: Supports)],
/// )"#);
/// let extract = extract(&graph, Lens::as_of(Day::LAST), &Selection::default());
/// let map = diagram::map(&graph, &extract);
/// assert_eq!((map.nodes.len(), map.edges[0].look), (2, Look::Supports));
/// ```
pub fn map<'g>(graph: &'g Graph, extract: &'g Extract) -> Diagram<'g> {
    let left_out = LeftOut {
        unknown: extract
            .left_out
            .unknown
            .saturating_sub(extract.unknown.len()),
        ..extract.left_out
    };
    Diagram {
        graph,
        extract,
        nodes: nodes(extract).collect(),
        edges: edges::of_map(graph, extract),
        statements: edges::statements(extract),
        groups: edges::groups(extract, &extract.actors),
        camps: Membership::default(),
        notes: not_shown(extract, &left_out),
        basis: Basis::of(extract),
    }
}

/// The boxes of a map.
fn nodes(extract: &Extract) -> impl Iterator<Item = Node<'_>> {
    let actors = extract.actors.iter().map(|&id| Node::Actor(id));
    let issues = extract.issues.iter().map(|&id| Node::Issue(id));
    let meetings = extract.meetings.iter().map(Node::Meeting);
    actors.chain(issues).chain(meetings)
}

/// What a drawing says of itself is broken at this width.
const NOTE: usize = 110;
/// The same of its title.
const TITLE: usize = 60;

impl<'g> Diagram<'g> {
    /// Its title, in lines.
    pub fn title(&self) -> Vec<String> {
        wrapped(title_words(self.graph), TITLE)
    }

    /// What it says of itself: what it rests on, and what it leaves out.
    pub fn note(&self) -> Vec<String> {
        let rests_on = self.basis.words(self.graph, &self.extract.terms);
        [&rests_on]
            .into_iter()
            .chain(&self.notes)
            .flat_map(|sentence| wrapped(sentence, NOTE))
            .collect()
    }

    /// The kinds of its boxes, each once.
    pub fn kinds(&self) -> Vec<Kind> {
        let mut kinds: Vec<Kind> = self
            .nodes
            .iter()
            .map(|node| node.kind(self.graph))
            .collect();
        kinds.sort_unstable();
        kinds.dedup();
        kinds
    }

    /// Its lines of one look; it stops at the first failure.
    pub(crate) fn try_each<E>(
        &self,
        look: Look,
        mut each: impl FnMut(&Edge<'g>) -> Result<(), E>,
    ) -> Result<(), E> {
        let first = self.edges.partition_point(|edge| edge.look < look);
        let edges = self.edges[first..].iter();
        for edge in edges.take_while(|edge| edge.look == look) {
            each(edge)?;
        }
        if look.is_position() {
            for edge in self.said().filter(|edge| edge.look == look) {
                each(&edge)?;
            }
        }
        Ok(())
    }

    /// The lines of its statements.
    pub(crate) fn said(&self) -> impl Iterator<Item = Edge<'g>> {
        edges::said(self.graph, self.statements)
    }

    /// The camp of an actor, counted from 1. Of few positions, camps say nothing.
    pub(crate) fn camp(&self, id: ActorId) -> Option<u32> {
        let camp = self.camps.of.get(id.index()).copied().flatten();
        camp.filter(|_| !self.camps.says_little())
    }
}

impl Node<'_> {
    /// What it stands for.
    pub fn entity(&self) -> Entity {
        match self {
            Node::Actor(id) => Entity::Actor(*id),
            Node::Issue(id) => Entity::Issue(*id),
            Node::Meeting(met) => Entity::Meeting(met.id),
        }
    }

    /// What kind of a box it is.
    pub fn kind(&self, graph: &Graph) -> Kind {
        match self {
            Node::Actor(id) => Kind::Actor(graph[*id].kind),
            Node::Issue(_) => Kind::Issue,
            Node::Meeting(met) => Kind::Meeting(met.status),
        }
    }
}

impl Kind {
    /// What the legend calls it.
    pub fn word(self) -> String {
        match self {
            Kind::Actor(kind) => ActorKind::word_of(kind).to_owned(),
            Kind::Issue => "issue".to_owned(),
            Kind::Meeting(status) => format!("meeting: {}", MeetingStatus::word_of(status)),
        }
    }
}

impl<'g> Edge<'g> {
    fn new(from: Entity, to: Entity, look: Look, behind: Behind<'g>) -> Edge<'g> {
        Edge {
            from,
            to,
            look,
            behind,
        }
    }

    /// How often its ends met, or are tied.
    pub fn count(&self) -> usize {
        match &self.behind {
            Behind::Position(_) | Behind::Statement | Behind::Part(_) | Behind::Structure => 1,
            Behind::Meetings(meetings) => meetings.len(),
            Behind::Ties(ties) => ties.len(),
        }
    }
}
