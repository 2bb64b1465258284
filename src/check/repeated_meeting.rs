//! `repeated-meeting`: the same meeting is recorded twice, under two ids.

use std::collections::BTreeMap;

use crate::diagnostic::Diagnostic;
use crate::graph::{ActorId, Graph, IssueId, Meeting, MeetingId, SourceId};
use crate::model::{Date, MeetingKind, MeetingStatus};
use crate::syntax::Step;
use crate::words::folded;

/// The maximum number of earlier, similar meetings that a meeting is compared with.
const COMPARED: usize = 50;

/// The fields in which two meetings agree if they may be the same. Place and evidence are compared
/// separately.
type Same = (
    String,
    Vec<ActorId>,
    Option<Date>,
    Option<MeetingKind>,
    Option<MeetingStatus>,
    Vec<IssueId>,
    Option<MeetingId>,
);

pub(super) fn find(graph: &Graph, found: &mut Vec<Diagnostic>) {
    let mut known: BTreeMap<Same, Vec<&Meeting>> = BTreeMap::new();
    let meetings = super::in_files(&graph.meetings, |meeting| meeting.place);
    let few = super::with_twins(meetings, |meeting| {
        let participants = &meeting.participants;
        (meeting.date, participants.len(), participants.iter().min())
    });
    // Another rule reports meetings with fewer than two participants.
    for meeting in few
        .into_iter()
        .filter(|meeting| meeting.participants.len() > 1)
    {
        let others = known.entry(same(meeting)).or_default();
        match others
            .iter()
            .take(COMPARED)
            .find(|other| is_repeated(graph, meeting, other))
        {
            Some(first) => found.push(finding(graph, first, meeting)),
            None => others.push(meeting),
        }
    }
}

fn same(meeting: &Meeting) -> Same {
    (
        folded(&meeting.title),
        super::sorted(&meeting.participants),
        meeting.date,
        meeting.kind,
        meeting.status,
        super::sorted(&meeting.topics),
        meeting.part_of(),
    )
}

/// Returns whether nothing distinguishes two meetings: neither their place nor their evidence.
fn is_repeated(graph: &Graph, meeting: &Meeting, other: &Meeting) -> bool {
    let sources = |meeting: &Meeting| -> Vec<SourceId> { super::sorted(meeting.sources()) };
    let (one, two) = (sources(meeting), sources(other));
    if one != two && !one.is_empty() && !two.is_empty() {
        return false;
    }
    let words = |meeting: &Meeting| {
        let written = graph.written_meeting(meeting.place);
        let text = |text: Option<&str>| text.map(str::to_owned);
        [
            text(written.place.as_deref()),
            text(written.quote.as_deref()),
            text(written.at.as_deref()),
        ]
    };
    let pairs = std::iter::zip(words(meeting), words(other));
    pairs
        .into_iter()
        .all(|(one, two)| one == two || one.is_none() || two.is_none())
}

fn finding(graph: &Graph, first: &Meeting, again: &Meeting) -> Diagnostic {
    let place = |meeting: &Meeting| super::part(graph, meeting.place, &[Step::Key]);
    let message = format!("`{}` and `{}` are the same meeting", first.id, again.id);
    Diagnostic::warning("repeated-meeting", message, place(again), "recorded again here")
        .label(place(first), "first recorded here")
        .help(format!(
            "keep one of the two: `demarche merge {} {}` merges them; if they are different meetings, let `title`, `date`, `place`, \
             `source`, `at` or `quote` tell them apart",
            again.id, first.id
        ))
}
