//! `held-alone`: a meeting was held with fewer than two participants.

use std::collections::BTreeSet;

use crate::diagnostic::Diagnostic;
use crate::graph::{Graph, Meeting};
use crate::model::MeetingStatus;
use crate::syntax::Step;

pub(super) fn find(graph: &Graph, found: &mut Vec<Diagnostic>) {
    let held = graph
        .meetings
        .iter()
        .filter(|meeting| meeting.status == Some(MeetingStatus::Held));
    found.extend(
        held.filter(|meeting| meeting.participants.len() < 2)
            .filter_map(|meeting| alone(graph, meeting)),
    );
}

fn alone(graph: &Graph, meeting: &Meeting) -> Option<Diagnostic> {
    // Uses the participants as written: an unknown id is an error of its own, but that participant
    // took part all the same.
    let written = graph.written_meeting(meeting.place);
    let mut everybody: BTreeSet<&str> = written.participants.iter().map(AsRef::as_ref).collect();
    if meeting.is_in_writing() {
        // The host wrote it, and need not be named again.
        everybody.extend(written.host.as_deref());
    }
    let (field, message, label) = match everybody.first() {
        None => (
            "status",
            format!("`{}` was held, but has no participants", meeting.id),
            "nobody took part".to_owned(),
        ),
        // A participant named twice is a finding of its own, which asks for the other name.
        Some(_) if written.participants.len() > everybody.len() => return None,
        Some(only) if everybody.len() == 1 => (
            "participants",
            format!("`{}` was held with one participant", meeting.id),
            format!("only `{only}`"),
        ),
        Some(_) => return None,
    };
    let help = match written.host.as_deref() {
        Some(host) if !everybody.contains(host) => {
            format!(
                "list everyone who was there in `participants`; is its host, `{host}`, one of them?"
            )
        }
        _ => "list everyone who met in `participants`; a meeting connects nobody else".to_owned(),
    };
    Some(
        Diagnostic::warning(
            "held-alone",
            message,
            super::part(graph, meeting.place, &[Step::Field(field)]),
            label,
        )
        .help(help),
    )
}
