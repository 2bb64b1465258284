//! Meetings and ties in time: what falls into the dates of a picture.

use crate::graph::{ActorId, CROWD, Meeting, MeetingId, during};
use crate::model::{Date, Day, Period};
use crate::query::extract::{Met, Part, Selection, Sieve};

/// The dates of a picture.
#[derive(Clone, Copy, Debug)]
pub(super) struct Window {
    since: Option<Day>,
    until: Option<Day>,
    /// The day as of which everything is told.
    pub(super) day: Day,
}

impl Window {
    pub(super) fn new(day: Day, selection: &Selection) -> Window {
        let day = selection.until.map_or(day, |until| until.min(day));
        Window {
            since: selection.since,
            until: selection.until,
            day,
        }
    }

    /// Whether something of this date is drawn. What has none is older than all that has one.
    pub(super) fn contains(self, date: Option<Date>) -> bool {
        let Some(period) = date.map(Date::period) else {
            return self.since.is_none();
        };
        self.since.is_none_or(|since| period.to >= since)
            && self.until.is_none_or(|until| period.from <= until)
    }

    /// Whether something that lasts is drawn: it holds on the day of the picture, or in the time before that is asked for.
    pub(super) fn is_in_force(self, since: Option<Date>, until: Option<Date>) -> bool {
        let Period { from, to } = during(since, until);
        from <= self.day && to >= self.since.unwrap_or(self.day)
    }
}

impl Sieve<'_> {
    /// The meetings, and who of those that may be drawn takes part.
    pub(super) fn meetings(&mut self) -> Vec<Met> {
        let graph = self.graph;
        let mut meetings = Vec::new();
        for (index, meeting) in graph.meetings.iter().enumerate() {
            let id = MeetingId(index as u32);
            let (status, date) = (meeting.status, meeting.date);
            if !self.window.contains(date) || !self.wants_meeting(id, meeting) {
                continue;
            }
            let parties = if meeting.participants.len() > CROWD || status.is_none() {
                Vec::new()
            } else {
                self.parties(meeting)
            };
            for (actor, _) in &parties {
                self.actors[actor.index()] = true;
            }
            meetings.push(Met {
                id,
                status,
                date,
                parties,
            });
        }
        meetings
    }

    fn wants_meeting(&self, id: MeetingId, meeting: &Meeting) -> bool {
        let issues = &self.selection.issues;
        let about = issues.is_empty() || meeting.topics.iter().any(|topic| issues.contains(topic));
        let all = everybody(meeting);
        let may = all
            .clone()
            .filter(|(actor, _)| self.may[actor.index()])
            .count();
        let enough = may == all.clone().count() || may >= 2;
        let near = self.is_near(|reach| {
            let party = meeting.participants.len() <= CROWD
                && all.clone().any(|(actor, _)| reach.actor(actor));
            reach.is_focus(id) || party || meeting.topics.iter().any(|&topic| reach.issue(topic))
        });
        about && enough && near
    }

    fn parties(&self, meeting: &Meeting) -> Vec<(ActorId, Part)> {
        everybody(meeting)
            .filter(|(actor, _)| self.may[actor.index()])
            .collect()
    }
}

/// Everybody who has a part in a meeting.
fn everybody(meeting: &Meeting) -> impl Iterator<Item = (ActorId, Part)> + Clone {
    let part = |part: Part| move |&actor: &ActorId| (actor, part);
    let participants = meeting.participants.iter().map(part(Part::Participant));
    let invited = meeting.invited().iter().map(part(Part::Invited));
    participants
        .chain(invited)
        .chain(meeting.declined().iter().map(part(Part::Declined)))
}
