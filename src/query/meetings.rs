//! Who meets whom, when.

use crate::graph::{ActorId, Graph, IssueId, Lens, Meeting, MeetingId, Words};
use crate::model::{Date, Day, MeetingStatus};
use crate::query::rows;
use crate::query::{Answer, Section};

/// Which meetings to list; what is not given does not narrow.
#[derive(Clone, Debug, Default)]
pub struct MeetingFilter {
    /// All of these take part, or are asked to, themselves or by those who speak for them.
    pub actors: Vec<ActorId>,
    /// About this issue, or a part of it.
    pub topic: Option<IssueId>,
    /// With one of these statuses.
    pub status: Vec<MeetingStatus>,
    /// From this day on.
    pub since: Option<Date>,
    /// Up to this day.
    pub until: Option<Date>,
}

/// Lists meetings in the order of time.
pub fn meetings(graph: &Graph, lens: Lens, filter: &MeetingFilter) -> Answer {
    let ids = matching(graph, lens, filter);
    let names: Vec<&str> = filter
        .actors
        .iter()
        .map(|id| graph.actors[id.index()].name.as_ref())
        .collect();
    let mut title = match names[..] {
        [] => "Meetings".to_owned(),
        _ => format!("Meetings of {}", crate::query::joined(&names)),
    };
    if let Some(topic) = filter.topic {
        title += &format!(" on {}", graph.issues[topic.index()].name);
    }
    let section =
        Section::new("meetings", "Meetings", rows::MEETING).or_else("No meeting matches.");
    let dates = ids.iter().filter_map(|id| graph.meetings[id.index()].date);
    let notes = rows::partly_within(dates, filter.since, filter.until)
        .into_iter()
        .collect();
    let rows = ids.iter().map(|id| rows::meeting(graph, *id));
    Answer {
        title,
        sections: vec![section.with(rows)],
        notes,
    }
}

/// The meetings that pass a filter, in the order of time, undated ones last.
pub(super) fn matching(graph: &Graph, lens: Lens, filter: &MeetingFilter) -> Vec<MeetingId> {
    let passes = |meeting: &Meeting| {
        (filter.status.is_empty() || filter.status.contains(&meeting.status))
            && filter.topic.is_none_or(|topic| {
                meeting
                    .topics
                    .iter()
                    .any(|about| is_within(graph, *about, topic))
            })
            && rows::within(meeting.date, filter.since, filter.until)
            && filter
                .actors
                .iter()
                .all(|actor| involves(graph, lens, meeting, *actor))
    };
    let mut ids: Vec<MeetingId> = (0..graph.meetings.len())
        .map(|n| MeetingId(n as u32))
        .filter(|id| passes(&graph.meetings[id.index()]))
        .collect();
    ids.sort_by_key(|id| in_time(&graph.meetings[id.index()], *id));
    ids
}

fn in_time(meeting: &Meeting, id: MeetingId) -> (Day, Day, MeetingId) {
    let period = meeting.date.map(Date::period);
    (
        period.map_or(Day::LAST, |period| period.from),
        period.map_or(Day::LAST, |period| period.to),
        id,
    )
}

fn is_within(graph: &Graph, issue: IssueId, whole: IssueId) -> bool {
    let wider = std::iter::successors(Some(issue), |issue| graph.issues[issue.index()].part_of);
    wider.into_iter().any(|issue| issue == whole)
}

/// Whether an actor takes part in a meeting or is asked to, itself or by somebody who speaks for it then.
pub(super) fn involves(graph: &Graph, lens: Lens, meeting: &Meeting, actor: ActorId) -> bool {
    let speaks = |person: ActorId| {
        lens.words == Words::OwnAndSpeakers
            && graph.voices().speaks_for(person, actor, meeting.date)
    };
    meeting
        .everybody()
        .any(|&person| person == actor || speaks(person))
}

/// Whom a meeting involves: who takes part or is asked to, and for whom they speak then.
pub(super) fn involved(graph: &Graph, lens: Lens, meeting: &Meeting) -> Vec<ActorId> {
    let voices = graph.voices();
    let speaks =
        |person: &ActorId| lens.words == Words::OwnAndSpeakers && voices.has_principals(*person);
    let mut involved: Vec<ActorId> = meeting.everybody().copied().collect();
    let principals: Vec<ActorId> = involved
        .iter()
        .filter(|person| speaks(person))
        .flat_map(|person| voices.principals(*person, meeting.date))
        .collect();
    involved.extend(principals);
    involved.sort_unstable();
    involved.dedup();
    involved
}

/// The meetings that belong to one.
pub(super) fn parts(graph: &Graph, whole: MeetingId) -> Vec<MeetingId> {
    let ids = (0..graph.meetings.len()).map(|n| MeetingId(n as u32));
    ids.filter(|id| graph.meetings[id.index()].part_of() == Some(whole))
        .collect()
}
