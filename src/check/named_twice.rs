//! `named-twice`: a meeting names the same actor in two of its lists, or a tie names it at both
//! ends. (An actor named twice in one list counts once, and is reported where references are
//! resolved.)

use std::collections::HashMap;

use crate::diagnostic::Diagnostic;
use crate::graph::{ActorId, Entity, Graph, Meeting};
use crate::syntax::Step;
use crate::text::Place;

pub(super) fn find(graph: &Graph, found: &mut Vec<Diagnostic>) {
    found.extend(
        graph
            .meetings
            .iter()
            .filter_map(|meeting| in_meeting(graph, meeting)),
    );
    for tie in graph.ties.iter().filter(|tie| tie.from == tie.to) {
        let finding = again(
            graph,
            tie.place,
            &[("from", &[tie.from]), ("to", &[tie.to])],
        );
        found.extend(
            finding.map(|finding| finding.help("a tie is between two actors: name the other one")),
        );
    }
}

fn in_meeting(graph: &Graph, meeting: &Meeting) -> Option<Diagnostic> {
    let lists = [
        ("participants", &*meeting.participants),
        ("invited", meeting.invited()),
        ("declined", meeting.declined()),
    ];
    // No list names anybody twice: that was reported when it was read.
    if meeting.invited().is_empty() && meeting.declined().is_empty() {
        return None;
    }
    let finding = again(graph, meeting.place, &lists)?;
    Some(finding.help("`participants` are those who came, `invited` and `declined` those who were asked and did not: keep one"))
}

/// Returns a finding about the first actor that these lists of a record name a second time.
fn again(graph: &Graph, record: Place, lists: &[(&str, &[ActorId])]) -> Option<Diagnostic> {
    let mut known: HashMap<ActorId, (&str, usize)> = HashMap::new();
    let named = lists.iter().flat_map(|(field, actors)| {
        actors
            .iter()
            .enumerate()
            .map(move |(nth, id)| (*id, (*field, nth)))
    });
    let place = |(field, nth): (&str, usize)| {
        super::part(graph, record, &[Step::Field(field), Step::Item(nth)])
    };
    for (actor, at) in named {
        if let Some(first) = known.insert(actor, at) {
            let id = graph.id(Entity::Actor(actor));
            return Some(
                Diagnostic::warning(
                    "named-twice",
                    format!("`{id}` is named twice"),
                    place(at),
                    "named again here",
                )
                .label(place(first), "first named here"),
            );
        }
    }
    None
}
