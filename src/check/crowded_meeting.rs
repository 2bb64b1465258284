//! `crowded-meeting`: a meeting was held with so many participants that it no longer says that any
//! two of them met.

use crate::diagnostic::Diagnostic;
use crate::graph::{CROWD, Graph, Meeting};
use crate::model::MeetingStatus;
use crate::syntax::Step;

pub(super) fn find(graph: &Graph, found: &mut Vec<Diagnostic>) {
    let held = graph
        .meetings
        .iter()
        .filter(|meeting| meeting.status == Some(MeetingStatus::Held));
    found.extend(
        held.filter(|meeting| meeting.participants.len() > CROWD)
            .map(|meeting| crowd(graph, meeting)),
    );
}

fn crowd(graph: &Graph, meeting: &Meeting) -> Diagnostic {
    let count = meeting.participants.len();
    let message = format!(
        "`{}` was held with {count} participants: it joins no pair of them",
        meeting.id
    );
    let place = super::part(graph, meeting.place, &[Step::Name("participants")]);
    Diagnostic::warning("crowded-meeting", message, place, format!("more than {CROWD}"))
        .help("record as meetings of their own, with `part_of`, who of them met whom; or leave it: questions use the list itself")
}
