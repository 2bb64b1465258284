//! Lasting relations: ties, who speaks for whom, who belongs to whom, and which issue is part of
//! which. They join what is shown; only from a focus do they lead further.

use std::collections::HashSet;

use crate::graph::{ActorId, IssueId, Tie, TieId};
use crate::model::{Day, Period, TieKind};
use crate::query::extract::{Sieve, Spoken};
use crate::query::scope;

impl Sieve<'_> {
    /// Adds what lasting relations lead to: from the focus to its neighbours, and from people to
    /// those they speak for.
    pub(super) fn follow(&mut self) {
        if self.reach.is_some() && !self.selects_issues() {
            self.follow_from_focus();
        }
        let spoken: Vec<Spoken> = self.all_speakers().collect();
        let mut further = true;
        while further {
            further = false;
            for Spoken {
                speaker, principal, ..
            } in &spoken
            {
                let leads = self.actors[speaker.index()] && self.may[principal.index()];
                further |= leads && !self.actors[principal.index()];
                self.actors[principal.index()] |= leads;
            }
        }
    }

    fn follow_from_focus(&mut self) {
        let ties = self.graph.ties.iter().filter(|tie| self.is_in_force(tie));
        let tied = ties.map(|tie| (tie.from, tie.to));
        let spoken = self
            .all_speakers()
            .map(|spoken| (spoken.speaker, spoken.principal));
        let lines: Vec<_> = tied.chain(spoken).chain(self.all_members()).collect();
        for (one, other) in lines {
            let leads = self.is_near(|reach| reach.actor(one) || reach.actor(other));
            if leads && self.may[one.index()] && self.may[other.index()] {
                self.actors[one.index()] = true;
                self.actors[other.index()] = true;
            }
        }
        for (issue, wider) in self.all_parts().collect::<Vec<_>>() {
            if self.is_near(|reach| reach.issue(issue) || reach.issue(wider)) {
                self.issues[issue.index()] = true;
                self.issues[wider.index()] = true;
            }
        }
    }

    /// Shows the actors that ties join.
    pub(super) fn keep_tied(&mut self) {
        let tied = self.ties_in_force().map(|(_, tie)| [tie.from, tie.to]);
        for actor in tied.flatten().collect::<Vec<_>>() {
            self.actors[actor.index()] = true;
        }
    }

    /// Returns the ties between the actors shown, except those listed separately as speaking and
    /// membership.
    pub(super) fn ties(&self) -> Vec<TieId> {
        let ties = self.ties_in_force();
        let ties = ties.filter(|(_, tie)| self.joins(tie.from, tie.to));
        ties.map(|(id, _)| id).collect()
    }

    fn ties_in_force(&self) -> impl Iterator<Item = (TieId, &Tie)> {
        self.graph.ties().filter(|(id, tie)| {
            let apart = matches!(tie.kind, TieKind::SpeaksFor | TieKind::Member);
            !apart && scope::is_over(self.graph, *id) && self.is_in_force(tie)
        })
    }

    /// Returns which of the actors shown speaks for which.
    pub(super) fn speaks_for(&self) -> Vec<Spoken> {
        self.all_speakers()
            .filter(|spoken| self.joins(spoken.speaker, spoken.principal))
            .collect()
    }

    /// Returns the actors with which each speaker shown belongs; those of one speaker are in the order
    /// of ids.
    pub(super) fn homes(&self) -> Vec<Spoken> {
        let day = self.lens.day;
        let by_then = Period {
            from: Day::FIRST,
            to: day,
        };
        let voices = self.graph.voices();
        let speakers = ActorId::all(self.graph)
            .filter(|speaker| self.actors[speaker.index()] && voices.has_principals(*speaker));
        let homes = speakers.flat_map(|speaker| {
            let now = self.ends(speaker, day.period());
            let ended = now.is_empty();
            let ends = if ended {
                self.ends(speaker, by_then)
            } else {
                now
            };
            ends.into_iter().map(move |principal| Spoken {
                speaker,
                principal,
                ended,
            })
        });
        homes.collect()
    }

    /// Returns the last of the actors shown in each chain of those that one speaks for on some of
    /// these days.
    fn ends(&self, speaker: ActorId, days: Period) -> Vec<ActorId> {
        let voices = self.graph.voices();
        let principals = voices.principals(speaker, days);
        let principals: HashSet<ActorId> = principals
            .filter(|principal| self.actors[principal.index()])
            .collect();
        let goes_on = |actor: ActorId| {
            let mut next = voices.direct(actor).iter();
            next.any(|voice| {
                voice.principal != actor
                    && voice.during.touch(days)
                    && principals.contains(&voice.principal)
            })
        };
        let ends = principals.iter().copied();
        let mut ends: Vec<ActorId> = ends.filter(|principal| !goes_on(*principal)).collect();
        ends.sort_by_key(|end| &self.graph[*end].id);
        ends
    }

    /// Returns which of the actors shown belongs to which.
    pub(super) fn members(&self) -> Vec<(ActorId, ActorId)> {
        let mut members: Vec<_> = self
            .all_members()
            .filter(|&(member, group)| self.joins(member, group))
            .collect();
        members.sort_unstable();
        members.dedup();
        members
    }

    /// Returns which of the issues shown is part of which.
    pub(super) fn part_of(&self) -> Vec<(IssueId, IssueId)> {
        self.all_parts()
            .filter(|(issue, wider)| self.issues[issue.index()] && self.issues[wider.index()])
            .collect()
    }

    fn joins(&self, one: ActorId, other: ActorId) -> bool {
        self.actors[one.index()] && self.actors[other.index()]
    }

    /// Returns everybody who has begun to speak for somebody by the day of the picture.
    fn all_speakers(&self) -> impl Iterator<Item = Spoken> {
        let voices = |speaker: ActorId| {
            self.graph
                .voices()
                .direct(speaker)
                .iter()
                .map(move |voice| (speaker, voice))
        };
        let all = ActorId::all(self.graph).flat_map(voices);
        all.filter(|(_, voice)| voice.during.from <= self.lens.day)
            .map(|(speaker, voice)| Spoken {
                speaker,
                principal: voice.principal,
                ended: voice.during.to < self.lens.day,
            })
    }

    fn all_members(&self) -> impl Iterator<Item = (ActorId, ActorId)> {
        let groups = self.graph.actors();
        let listed = groups.flat_map(|(id, actor)| {
            let members = actor.members.iter();
            members.map(move |&member| (member, id))
        });
        let tied = self
            .graph
            .ties
            .iter()
            .filter(|tie| tie.kind == TieKind::Member && self.is_in_force(tie));
        listed.chain(tied.map(|tie| (tie.from, tie.to)))
    }

    fn all_parts(&self) -> impl Iterator<Item = (IssueId, IssueId)> {
        let issues = self.graph.issues();
        issues.filter_map(|(id, issue)| Some((id, issue.part_of?)))
    }
}
