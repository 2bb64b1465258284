//! The meetings of a picture.

use crate::graph::{ActorId, CROWD, Meeting, MeetingId};
use crate::query::extract::{Met, Part, Sieve};

impl Sieve<'_> {
    /// Returns the meetings, with those of the actors that may be shown that have a part in them.
    pub(super) fn meetings(&mut self) -> Vec<Met> {
        let graph = self.graph;
        let mut meetings = Vec::new();
        for (id, meeting) in graph.meetings() {
            let (status, date) = (meeting.status, meeting.date);
            if !self.wants_meeting(id, meeting) {
                continue;
            }
            let is_listed = meeting.participants.len() <= CROWD && status.is_some();
            let parties = match is_listed {
                true => self.parties(meeting),
                false => Vec::new(),
            };
            let not_shown = match is_listed {
                true => everybody(meeting).count() - parties.len(),
                false => 0,
            };
            for (actor, _) in &parties {
                self.actors[actor.index()] = true;
            }
            meetings.push(Met {
                id,
                status,
                date,
                parties,
                not_shown,
            });
        }
        meetings
    }

    fn wants_meeting(&self, id: MeetingId, meeting: &Meeting) -> bool {
        let about =
            !self.selects_issues() || meeting.topics.iter().any(|topic| self.asks_on(*topic));
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

/// Returns everybody who has a part in a meeting.
fn everybody(meeting: &Meeting) -> impl Iterator<Item = (ActorId, Part)> + Clone {
    let part = |part: Part| move |&actor: &ActorId| (actor, part);
    let participants = meeting.participants.iter().map(part(Part::Participant));
    let invited = meeting.invited().iter().map(part(Part::Invited));
    participants
        .chain(invited)
        .chain(meeting.declined().iter().map(part(Part::Declined)))
}
