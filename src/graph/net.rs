//! The graph as a petgraph: actors and issues are nodes, and every edge knows the record it comes
//! from.

use petgraph::graph::{DiGraph, NodeIndex};

use crate::graph::{ActorId, Graph, IssueId, MeetingId, StanceId, TieId};

/// The number of participants above which a meeting joins nobody pairwise. Questions use its list
/// of participants instead.
pub const CROWD: usize = 100;

/// A node.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Node {
    /// An actor.
    Actor(ActorId),
    /// An issue.
    Issue(IssueId),
}

/// An edge, named by the record it comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Edge {
    /// From each actor of a stance to its issue.
    Stance(StanceId),
    /// Between two participants of a meeting, from the one listed first. A letter makes none.
    Met(MeetingId),
    /// From a participant of a meeting to one of its topics.
    Topic(MeetingId),
    /// From an actor to one it speaks for, by the record of the speaker.
    SpeaksFor(ActorId),
    /// From a member to its group, by the record of the group.
    Member(ActorId),
    /// From an issue to a wider one, by the record of the narrower.
    PartOf(IssueId),
    /// From one actor of a tie to the other.
    Tie(TieId),
}

/// A petgraph, and where the nodes of records are in it.
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct Net {
    /// The directed graph. All algorithms of [`petgraph`](crate::petgraph) run on it.
    pub graph: DiGraph<Node, Edge, u32>,
    actors: u32,
}

impl Net {
    /// Returns the node of an actor.
    pub fn actor(&self, id: ActorId) -> NodeIndex<u32> {
        NodeIndex::from(id.0)
    }

    /// Returns the node of an issue.
    pub fn issue(&self, id: IssueId) -> NodeIndex<u32> {
        NodeIndex::from(self.actors + id.0)
    }
}

impl Graph {
    /// Returns the graph as a petgraph. It is built on the first call.
    pub fn net(&self) -> &Net {
        self.net.get_or_init(|| self.build_net())
    }

    fn build_net(&self) -> Net {
        let meeting_edges: usize = self
            .meetings
            .iter()
            .map(|meeting| pairs(meeting.participants.len(), meeting.topics.len()))
            .sum();
        let edges = self.stances.len() + meeting_edges + self.ties.len();
        let mut net = Net {
            graph: DiGraph::with_capacity(self.actors.len() + self.issues.len(), edges),
            actors: self.actors.len() as u32,
        };
        for (id, _) in self.actors() {
            net.graph.add_node(Node::Actor(id));
        }
        for (id, _) in self.issues() {
            net.graph.add_node(Node::Issue(id));
        }
        self.add_records(&mut net);
        self.add_meetings(&mut net);
        net
    }

    fn add_records(&self, net: &mut Net) {
        for (id, stance) in self.stances() {
            for &actor in stance.actors.as_slice() {
                net.graph
                    .add_edge(net.actor(actor), net.issue(stance.issue), Edge::Stance(id));
            }
        }
        for (id, actor) in self.actors() {
            for &principal in &actor.speaks_for {
                net.graph
                    .add_edge(net.actor(id), net.actor(principal), Edge::SpeaksFor(id));
            }
            for &member in &actor.members {
                net.graph
                    .add_edge(net.actor(member), net.actor(id), Edge::Member(id));
            }
        }
        for (id, issue) in self.issues() {
            if let Some(wider) = issue.part_of {
                net.graph
                    .add_edge(net.issue(id), net.issue(wider), Edge::PartOf(id));
            }
        }
        for (id, tie) in self.ties() {
            net.graph
                .add_edge(net.actor(tie.from), net.actor(tie.to), Edge::Tie(id));
        }
    }

    fn add_meetings(&self, net: &mut Net) {
        for (id, meeting) in self.meetings() {
            if meeting.participants.len() > CROWD {
                continue;
            }
            for (nth, &participant) in meeting.participants.iter().enumerate() {
                let others = match meeting.is_in_writing() {
                    true => &[],
                    false => &meeting.participants[nth + 1..],
                };
                for &other in others {
                    net.graph
                        .add_edge(net.actor(participant), net.actor(other), Edge::Met(id));
                }
                for &topic in &meeting.topics {
                    net.graph
                        .add_edge(net.actor(participant), net.issue(topic), Edge::Topic(id));
                }
            }
        }
    }
}

/// Returns the number of edges that a meeting makes.
fn pairs(participants: usize, topics: usize) -> usize {
    if participants > CROWD {
        0
    } else {
        participants * participants.saturating_sub(1) / 2 + participants * topics
    }
}
