//! What refers to a thing as a reason: the meetings that were put off, refused or held because of
//! it.

use crate::graph::{Entity, Graph, MeetingId};
use crate::query::Table;
use crate::query::rows::{self, MeetingRow};

/// Lists the meetings that have, or had, a status because of a thing.
pub(super) fn because_of(graph: &Graph, entity: Entity) -> Table<MeetingRow> {
    let is_reason = |id: &MeetingId| {
        let meeting = &graph[*id];
        let now = meeting.more.as_ref().and_then(|more| more.because);
        let before = meeting.earlier().iter().map(|earlier| earlier.because);
        before.chain([now]).any(|because| because == Some(entity))
    };
    let ids = MeetingId::all(graph);
    rows::meetings(graph, "Because of it", ids.filter(is_reason))
}

/// Returns the text of a reason that is a fact, whose id alone says little; empty for any other
/// reason.
pub(super) fn reason(graph: &Graph, because: Option<Entity>) -> String {
    match because {
        Some(Entity::Fact(id)) => {
            let fact = &graph[id];
            graph.written_fact(fact.place).text.into_owned()
        }
        _ => String::new(),
    }
}
