//! `unused`: nothing refers to an actor or an issue.

use crate::diagnostic::Diagnostic;
use crate::graph::{ActorId, Entity, Graph, IssueId, Meeting};
use crate::syntax::Step;

/// The maximum number of unused ids that are looked for in the texts. This is done while records
/// with mistakes are left out, since what these refer to is not known.
const LOOKED_FOR: usize = 50;

struct Used {
    actors: Vec<bool>,
    issues: Vec<bool>,
}

pub(super) fn find(graph: &Graph, found: &mut Vec<Diagnostic>) {
    let used = used(graph);
    let actors = unmarked(&used.actors).map(|index| Entity::Actor(ActorId(index)));
    let issues = unmarked(&used.issues).map(|index| Entity::Issue(IssueId(index)));
    let unused: Vec<Entity> = actors.chain(issues).collect();
    let complete = graph.is_whole() && graph.left_out == 0 && graph.read_in_part == 0;
    // A text saved half-way may lack the reference.
    let cut_short = graph
        .texts
        .iter()
        .any(|text| !text.text.trim_end().ends_with(')'));
    if !complete && (cut_short || unused.len() > LOOKED_FOR) {
        return;
    }
    let worth_saying = |entity: &Entity| {
        complete || !(is_unreadable(graph, *entity) || is_mentioned(graph, *entity))
    };
    found.extend(
        unused
            .into_iter()
            .filter(worth_saying)
            .map(|entity| finding(graph, entity)),
    );
}

fn unmarked(marks: &[bool]) -> impl Iterator<Item = u32> {
    marks
        .iter()
        .enumerate()
        .filter(|(_, used)| !**used)
        .map(|(index, _)| index as u32)
}

fn finding(graph: &Graph, entity: Entity) -> Diagnostic {
    let (noun, help) = match entity {
        Entity::Issue(_) => (
            "issue",
            "give it a stance, a meeting's `topics` or a `part_of`, or remove it",
        ),
        _ => (
            "actor",
            "give it a stance, a meeting or a tie, or remove it",
        ),
    };
    let message = format!("nothing refers to the {noun} `{}`", graph.id(entity));
    let place = super::part(graph, graph.place(entity), &[Step::Key]);
    Diagnostic::warning("unused", message, place, "declared, but never used").help(help)
}

/// Returns whether only the id of a record could be read; it has worse mistakes to correct.
fn is_unreadable(graph: &Graph, entity: Entity) -> bool {
    match entity {
        _ if graph.id(entity).is_empty() => true,
        Entity::Actor(id) => graph.written_actor(graph[id].place).name.is_empty(),
        Entity::Issue(id) => graph.written_issue(graph[id].place).name.is_empty(),
        Entity::Source(_) | Entity::Meeting(_) | Entity::Fact(_) => false,
    }
}

/// Returns whether an id, or a name used in its place, occurs in the texts other than in its
/// declaration.
fn is_mentioned(graph: &Graph, entity: Entity) -> bool {
    [graph.id(entity), graph.name(entity)].iter().any(|word| {
        let quoted = format!("\"{word}\"");
        graph
            .texts
            .iter()
            .flat_map(|text| text.text.matches(&quoted))
            .nth(1)
            .is_some()
    })
}

fn used(graph: &Graph) -> Used {
    let mut used = Used {
        actors: vec![false; graph.actors.len()],
        issues: vec![false; graph.issues.len()],
    };
    for stance in &graph.stances {
        used.actors(
            stance
                .actors
                .as_slice()
                .iter()
                .chain(stance.toward())
                .chain(&stance.said_by()),
        );
        used.issues[stance.issue.index()] = true;
        for entity in stance.depends_on() {
            used.entity(*entity);
        }
    }
    for meeting in &graph.meetings {
        used.meeting(meeting);
    }
    for tie in &graph.ties {
        used.actors([&tie.from, &tie.to].into_iter().chain(&tie.said_by));
        used.issues(&tie.over);
    }
    for fact in &graph.facts {
        used.actors(&fact.said_by);
        for entity in &fact.about {
            used.entity(*entity);
        }
    }
    for actor in &graph.actors {
        used.actors(actor.speaks_for.iter().chain(&actor.members));
    }
    for issue in &graph.issues {
        used.issues(&issue.part_of);
    }
    used
}

impl Used {
    fn meeting(&mut self, meeting: &Meeting) {
        self.actors(meeting.everybody().chain(&meeting.host()));
        self.issues(&meeting.topics);
        let Some(more) = &meeting.more else { return };
        self.actors(
            more.said_by
                .iter()
                .chain(more.earlier.iter().flat_map(|earlier| &earlier.said_by)),
        );
        for entity in more
            .because
            .iter()
            .chain(more.earlier.iter().flat_map(|earlier| &earlier.because))
        {
            self.entity(*entity);
        }
    }

    fn entity(&mut self, entity: Entity) {
        match entity {
            Entity::Actor(id) => self.actors(&[id]),
            Entity::Issue(id) => self.issues(&[id]),
            Entity::Source(_) | Entity::Meeting(_) | Entity::Fact(_) => {}
        }
    }

    fn actors<'i>(&mut self, ids: impl IntoIterator<Item = &'i ActorId>) {
        for id in ids {
            self.actors[id.index()] = true;
        }
    }

    fn issues<'i>(&mut self, ids: impl IntoIterator<Item = &'i IssueId>) {
        for id in ids {
            self.issues[id.index()] = true;
        }
    }
}
