//! The content of a drawing as data: boxes, the lines between them and what the lines mean, the
//! groups, the title and the notes. SVG, DOT, Mermaid and HTML are all made from it. A layout knows
//! sizes and a writer knows a format; neither decides what is shown or what a line looks like.

mod basis;
mod edges;
#[cfg(feature = "pictures")]
pub(crate) mod importance;
pub(crate) mod labels;
mod look;
mod network;
mod theme;
mod thin;

use crate::graph::{ActorId, Entity, Graph, IssueId, StanceId, TieId};
use crate::model::{ActorKind, MeetingStatus};
use crate::query::{Extract, LeftOut, Line, Membership, Met};
use crate::words::wrapped;

pub(crate) use basis::{Basis, in_print};
pub(crate) use edges::homes;
pub(crate) use labels::{Words, not_shown, title_words};
pub use look::{Dash, Look, Mark, Style};
pub use network::network;
pub(crate) use network::{camp_note, camps};
pub use theme::{Color, Theme};
pub(crate) use thin::only;
pub use thin::top;

/// The content of a drawing.
#[derive(Clone, Debug)]
pub struct Diagram<'g> {
    pub(crate) graph: &'g Graph,
    pub(crate) extract: &'g Extract,
    /// The boxes: actors, then issues, then meetings, each in graph order.
    pub nodes: Vec<Node<'g>>,
    /// The lines, sorted by look, without those of `statements`.
    pub edges: Vec<Edge<'g>>,
    /// The statements drawn one line per actor, where there are too many to settle positions; else
    /// empty. Their lines are made while they are written.
    pub statements: &'g [StanceId],
    /// The actors that are drawn together.
    pub groups: Vec<Group>,
    /// The camp of each actor; empty in a map.
    pub(crate) camps: Membership,
    /// The side of each actor in the split that its ties make, where positions tell no camps; else
    /// empty.
    pub(crate) sides: Vec<Option<u32>>,
    /// Full sentences on what is left out, and other remarks.
    pub notes: Vec<String>,
    /// The sources, statements, meetings and ties behind the drawing.
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

/// The kind of a box, as the legend lists it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// An actor, by its kind.
    Actor(Option<ActorKind>),
    /// An issue.
    Issue,
    /// A letter.
    Letter,
    /// A meeting, by its status.
    Meeting(Option<MeetingStatus>),
}

/// A line between two boxes.
#[derive(Clone, Debug)]
pub struct Edge<'g> {
    /// The box where it starts.
    pub from: Entity,
    /// The box where it ends.
    pub to: Entity,
    /// The meaning of the line, which decides how it is drawn.
    pub look: Look,
    /// The records it stands for.
    pub behind: Behind<'g>,
}

/// The records a line stands for.
#[derive(Clone, Debug)]
pub enum Behind<'g> {
    /// An actor's position on an issue.
    Position(&'g Line),
    /// The offers of an actor on an issue that share a look.
    Offer(&'g Line),
    /// One statement.
    Statement,
    /// An actor's part in a meeting.
    Part(&'g Met),
    /// All meetings of two actors that share a look.
    Meetings(Vec<&'g Met>),
    /// Ties of one kind between two actors.
    Ties(Vec<TieId>),
    /// One speaks for the other, belongs to it or is part of it.
    Structure,
}

/// An actor and those who speak for it, drawn together.
#[derive(Clone, Debug)]
pub struct Group {
    /// The actor spoken for.
    pub home: ActorId,
    /// The actors who speak for it.
    pub guests: Vec<ActorId>,
}

/// Makes a map: who stands where on what, and who met whom.
///
/// ```
/// use demarche::diagram::{self, Look};
/// use demarche::graph::Lens;
/// use demarche::model::Day;
/// use demarche::query::{Excerpt, extract};
///
/// let (graph, _) = demarche::resolve::read("trade.ron", r#"Graph(
///     actors: { "us": (name: "United States", kind: State) },
///     issues: { "trade": (name: "Trade", question: "Should trade be freer?") },
///     stances: [(actor: "us", issue: "trade", position: Supports)],
/// )"#);
/// let extract = extract(&graph, Lens::as_of(Day::LAST), &Excerpt::default());
/// let map = diagram::map(&graph, &extract);
/// assert_eq!((map.nodes.len(), map.edges[0].look), (2, Look::Supports));
/// ```
pub fn map<'g>(graph: &'g Graph, extract: &'g Extract) -> Diagram<'g> {
    let basis = Basis::of(extract);
    let left_out = LeftOut {
        unknown: extract
            .left_out
            .unknown
            .saturating_sub(extract.unknown.len()),
        ..extract.left_out
    };
    let mut notes = not_shown(extract, &left_out);
    notes.extend(basis.left_open(graph, &extract.terms));
    let edges = edges::of_map(graph, extract);
    Diagram {
        graph,
        extract,
        nodes: nodes(extract).collect(),
        edges,
        statements: edges::statements(extract),
        groups: edges::groups(extract, &extract.actors),
        camps: Membership::default(),
        sides: Vec::new(),
        notes,
        basis,
    }
}

/// Returns the boxes of a map.
fn nodes(extract: &Extract) -> impl Iterator<Item = Node<'_>> {
    let actors = extract.actors.iter().map(|&id| Node::Actor(id));
    let issues = extract.issues.iter().map(|&id| Node::Issue(id));
    let meetings = extract.meetings.iter().map(Node::Meeting);
    actors.chain(issues).chain(meetings)
}

/// The width, in characters, at which the notes wrap.
const NOTE: usize = 110;
/// The width, in characters, at which the title wraps.
const TITLE: usize = 60;

impl<'g> Diagram<'g> {
    /// Whether no meeting, no tie and no common group joins any of its actors: that some of them
    /// speak for others is shown in every view.
    #[cfg(feature = "pictures")]
    pub(crate) fn joins_nobody(&self) -> bool {
        let mut edges = self.edges.iter();
        edges.all(|edge| matches!(edge.look, Look::SpeaksFor | Look::SpokeFor))
    }

    /// Returns the title, wrapped into lines.
    pub fn title(&self) -> Vec<String> {
        wrapped(title_words(self.graph), TITLE)
    }

    /// Returns what the drawing rests on and what it leaves out, wrapped into lines.
    pub fn note(&self) -> Vec<String> {
        self.note_within(NOTE)
    }

    /// Like [`note`](Diagram::note), wrapped at a width in characters.
    pub(crate) fn note_within(&self, width: usize) -> Vec<String> {
        let rests_on = self.basis.words(self.graph, &self.extract.terms);
        let doubt = self.doubt(|_| true);
        [&rests_on]
            .into_iter()
            .chain(&self.notes)
            .chain(&doubt)
            .flat_map(|sentence| wrapped(sentence, width))
            .collect()
    }

    /// Returns what it means that a line or a meeting is doubtful, if any of those `drawn` is.
    pub(crate) fn doubt(&self, drawn: impl Fn(&Edge<'g>) -> bool) -> Option<String> {
        let words = Words::new(self.graph);
        let is_doubtful = |edge: &&Edge<'_>| match &edge.behind {
            Behind::Part(met) => self.graph.meeting_is_doubtful(met.id),
            _ => words.has_doubt(edge),
        };
        let mut edges = self.edges.iter().filter(|edge| drawn(edge));
        let doubtful = edges.find(is_doubtful);
        doubtful.map(|_| labels::DOUBT.to_owned())
    }

    /// Returns the kinds of its boxes, sorted and without duplicates.
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

    /// Calls `each` for every line of one look; stops at the first error.
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

    /// Returns the lines of its single statements.
    pub(crate) fn said(&self) -> impl Iterator<Item = Edge<'g>> {
        edges::said(self.graph, self.statements)
    }

    /// Returns the camp of an actor, counted from 1, or its side where ties alone tell it; `None` if
    /// it has neither, or too few positions are known to tell camps.
    pub(crate) fn camp(&self, id: ActorId) -> Option<u32> {
        match self.sides.is_empty() {
            true => self.camps.marked(id),
            false => self.sides.get(id.index()).copied().flatten(),
        }
    }
}

impl Node<'_> {
    /// Returns the entity the box stands for.
    pub fn entity(&self) -> Entity {
        match self {
            Node::Actor(id) => Entity::Actor(*id),
            Node::Issue(id) => Entity::Issue(*id),
            Node::Meeting(met) => Entity::Meeting(met.id),
        }
    }

    /// Returns the kind of the box.
    pub fn kind(&self, graph: &Graph) -> Kind {
        match self {
            Node::Actor(id) => Kind::Actor(graph[*id].kind),
            Node::Issue(_) => Kind::Issue,
            Node::Meeting(met) if graph[met.id].is_in_writing() => Kind::Letter,
            Node::Meeting(met) => Kind::Meeting(met.status),
        }
    }
}

impl Kind {
    /// Returns the word the legend uses.
    pub fn word(self) -> String {
        match self {
            Kind::Actor(kind) => ActorKind::word_of(kind).to_owned(),
            Kind::Issue => "issue".to_owned(),
            Kind::Letter => "in writing: nobody met".to_owned(),
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

    /// Returns how many meetings or ties the line stands for; 1 for any other line.
    pub fn count(&self) -> usize {
        match &self.behind {
            Behind::Position(_)
            | Behind::Offer(_)
            | Behind::Statement
            | Behind::Part(_)
            | Behind::Structure => 1,
            Behind::Meetings(meetings) => meetings.len(),
            Behind::Ties(ties) => ties.len(),
        }
    }
}
