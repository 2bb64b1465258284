//! How far things are from the focus of a picture, in lines.

use crate::graph::{ActorId, CROWD, Entity, Graph, IssueId, MeetingId, Node};

/// The actors and issues within some steps of the focus.
#[derive(Debug)]
pub(super) struct Reach {
    focus: Entity,
    actors: Vec<bool>,
    issues: Vec<bool>,
}

impl Reach {
    /// Finds what is less than `depth` steps away, so that all its lines are shown.
    pub(super) fn new(graph: &Graph, focus: Entity, depth: u32) -> Reach {
        let mut reach = Reach {
            focus,
            actors: vec![false; graph.actors.len()],
            issues: vec![false; graph.issues.len()],
        };
        reach.start(graph);
        spread_to_speakers(graph, &mut reach.actors);
        for _ in 1..depth {
            if !reach.step(graph) {
                break;
            }
            spread_to_speakers(graph, &mut reach.actors);
        }
        if depth == 0 {
            reach.actors.fill(false);
            reach.issues.fill(false);
        }
        reach
    }

    /// Returns whether all lines of an actor are shown.
    pub(super) fn actor(&self, actor: ActorId) -> bool {
        self.actors[actor.index()]
    }

    /// Returns whether all lines of an issue are shown.
    pub(super) fn issue(&self, issue: IssueId) -> bool {
        self.issues[issue.index()]
    }

    /// Returns whether a meeting is the focus itself.
    pub(super) fn is_focus(&self, meeting: MeetingId) -> bool {
        self.focus == Entity::Meeting(meeting)
    }

    /// Marks the focus. A source or a fact is not shown; what it speaks of stands for it.
    fn start(&mut self, graph: &Graph) {
        match self.focus {
            Entity::Actor(actor) => self.actors[actor.index()] = true,
            Entity::Issue(issue) => self.issues[issue.index()] = true,
            Entity::Meeting(_) => {}
            Entity::Fact(fact) => {
                for about in &graph[fact].about {
                    match about {
                        Entity::Actor(actor) => self.actors[actor.index()] = true,
                        Entity::Issue(issue) => self.issues[issue.index()] = true,
                        _ => {}
                    }
                }
            }
            Entity::Source(source) => {
                for stance in graph
                    .stances
                    .iter()
                    .filter(|stance| stance.sources.contains(&source))
                {
                    for actor in stance.actors.as_slice() {
                        self.actors[actor.index()] = true;
                    }
                }
            }
        }
    }

    /// Goes one step further, and returns whether that reached anything new.
    fn step(&mut self, graph: &Graph) -> bool {
        let (actors, issues) = (self.actors.clone(), self.issues.clone());
        let is_reached = |node: Node| match node {
            Node::Actor(actor) => actors[actor.index()],
            Node::Issue(issue) => issues[issue.index()],
        };
        let mut further = false;
        let mut add = |node: Node| {
            let mark = match node {
                Node::Actor(actor) => &mut self.actors[actor.index()],
                Node::Issue(issue) => &mut self.issues[issue.index()],
            };
            further |= !std::mem::replace(mark, true);
        };
        for_each_line(graph, |one, other| {
            if is_reached(one) {
                add(other);
            }
            if is_reached(other) {
                add(one);
            }
        });
        for (id, meeting) in graph
            .meetings()
            .filter(|(_, meeting)| meeting.participants.len() <= CROWD)
        {
            let nodes = || {
                let actors = meeting.everybody().map(|&actor| Node::Actor(actor));
                actors.chain(meeting.topics.iter().map(|&topic| Node::Issue(topic)))
            };
            if self.focus == Entity::Meeting(id) || nodes().any(is_reached) {
                for node in nodes() {
                    add(node);
                }
            }
        }
        further
    }
}

/// Calls `line` with every line of the graph except those of meetings.
fn for_each_line(graph: &Graph, mut line: impl FnMut(Node, Node)) {
    for stance in &graph.stances {
        for &actor in stance.actors.as_slice() {
            line(Node::Actor(actor), Node::Issue(stance.issue));
            // What an actor says is also the word of those it speaks for.
            for principal in graph.voices().ever(actor) {
                line(Node::Actor(principal), Node::Issue(stance.issue));
            }
        }
    }
    for (id, actor) in graph.actors() {
        for &member in &actor.members {
            line(Node::Actor(member), Node::Actor(id));
        }
        for voice in graph.voices().direct(id) {
            line(Node::Actor(id), Node::Actor(voice.principal));
        }
    }
    for (id, issue) in graph.issues() {
        if let Some(wider) = issue.part_of {
            line(Node::Issue(id), Node::Issue(wider));
        }
    }
    for tie in &graph.ties {
        line(Node::Actor(tie.from), Node::Actor(tie.to));
    }
}

/// Also marks everybody who speaks, on any day, for an actor that is marked. All ties of a chain have
/// to hold on the same day.
pub(super) fn spread_to_speakers(graph: &Graph, marks: &mut [bool]) {
    if marks.iter().all(|mark| *mark) || !marks.contains(&true) {
        return;
    }
    let voices = graph.voices();
    let speaks = |speaker: &ActorId| {
        voices
            .ever(*speaker)
            .any(|principal| marks[principal.index()])
    };
    let speakers: Vec<ActorId> = ActorId::all(graph).filter(speaks).collect();
    for speaker in speakers {
        marks[speaker.index()] = true;
    }
}
