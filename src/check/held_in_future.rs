//! `held-in-future`: a meeting is recorded as held on a day that is still to come.

use crate::diagnostic::Diagnostic;
use crate::graph::{Graph, Meeting};
use crate::model::{Day, MeetingStatus};
use crate::syntax::Step;

/// Adds one finding for each meeting recorded as held after `today`.
pub(super) fn find(graph: &Graph, today: Day, found: &mut Vec<Diagnostic>) {
    let held = |meeting: &&Meeting| meeting.status == Some(MeetingStatus::Held);
    for meeting in graph.meetings.iter().filter(held) {
        if let Some(date) = meeting.date.filter(|date| date.period().from > today) {
            found.push(
                Diagnostic::warning(
                    "held-in-future",
                    format!("`{}` was held on {date}, which is after today", meeting.id),
                    super::part(graph, meeting.place, &[Step::Field("status")]),
                    "not held yet",
                )
                .label(super::part(graph, meeting.place, &[Step::Field("date")]), "a day to come")
                .help("write `status: Planned`, or correct the date; until that day it connects nobody"),
            );
        }
    }
}
