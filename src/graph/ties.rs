//! Ties between actors as every answer takes them: those with a record of their own, and the short forms `speaks_for` and
//! `members` of actors' records, which mean the same.

use crate::graph::{ActorId, Graph, Tie, TieId, during};
use crate::model::{Day, Period, TieKind};

/// One actor is tied to another.
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub struct Joined<'g> {
    /// Who.
    pub from: ActorId,
    /// To whom.
    pub to: ActorId,
    /// How.
    pub kind: &'g TieKind<'static>,
    /// What says so.
    pub by: By,
}

/// What says that two actors are tied.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum By {
    /// A tie.
    Tie(TieId),
    /// The record of this actor: of who speaks, or of the group.
    Actor(ActorId),
}

impl Graph {
    /// All ties: the short forms first, then those with a record of their own.
    pub fn joined(&self) -> impl Iterator<Item = Joined<'_>> {
        let short = (0..)
            .map(ActorId)
            .zip(&self.actors)
            .flat_map(|(id, actor)| {
                let by = By::Actor(id);
                let speaks = actor.speaks_for.iter().map(move |&to| Joined {
                    from: id,
                    to,
                    kind: &TieKind::SpeaksFor,
                    by,
                });
                let members = actor.members.iter().map(move |&from| Joined {
                    from,
                    to: id,
                    kind: &TieKind::Member,
                    by,
                });
                speaks.chain(members)
            });
        let ties = (0..).map(TieId).zip(&self.ties).map(|(id, tie)| Joined {
            from: tie.from,
            to: tie.to,
            kind: &tie.kind,
            by: By::Tie(id),
        });
        short.chain(ties)
    }

    /// The tie of a record of its own; none of a short form.
    pub fn tie_of(&self, joined: Joined<'_>) -> Option<&Tie> {
        match joined.by {
            By::Tie(id) => self.ties.get(id.index()),
            By::Actor(_) => None,
        }
    }
}

impl Tie {
    /// The days on which it may hold: from the earliest of `since` to the latest of `until`.
    pub fn during(&self) -> Period {
        during(self.since, self.until)
    }

    /// Whether it may hold on a day.
    pub fn holds_on(&self, day: Day) -> bool {
        let during = self.during();
        during.from <= day && day <= during.to
    }

    /// Whether it says no more than a short form: who speaks for whom, or belongs to whom, on nobody's word.
    pub fn is_like_short_form(&self) -> bool {
        matches!(self.kind, TieKind::SpeaksFor | TieKind::Member) && self.sources.is_empty()
    }
}
