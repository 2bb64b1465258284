//! Ties as all answers take them: those with a record of their own, and the short forms
//! `speaks_for` and `members` in the records of actors, which mean the same.

use crate::graph::{ActorId, Graph, Tie, TieId, during};
use crate::model::{Day, Period, TieKind};

/// A tie from one actor to another.
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub struct Joined<'g> {
    /// The actor it starts from: the speaker, the member.
    pub from: ActorId,
    /// The actor it leads to.
    pub to: ActorId,
    /// The kind.
    pub kind: &'g TieKind<'static>,
    /// The record that says so.
    pub by: By,
}

/// The record that says that two actors are tied.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum By {
    /// A tie.
    Tie(TieId),
    /// The record of an actor: of the speaker, or of the group.
    Actor(ActorId),
}

impl Graph {
    /// Iterates over all ties: the short forms first, then those with a record of their own.
    pub fn joined(&self) -> impl Iterator<Item = Joined<'_>> {
        let short = self.actors().flat_map(|(id, actor)| {
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
        let ties = self.ties().map(|(id, tie)| Joined {
            from: tie.from,
            to: tie.to,
            kind: &tie.kind,
            by: By::Tie(id),
        });
        short.chain(ties)
    }

    /// Returns the record of a tie, or `None` for a short form.
    pub fn tie_of(&self, joined: Joined<'_>) -> Option<&Tie> {
        match joined.by {
            By::Tie(id) => self.ties.get(id.index()),
            By::Actor(_) => None,
        }
    }
}

impl Tie {
    /// Returns the days on which it may hold, from the earliest day of `since` to the latest of
    /// `until`.
    pub fn during(&self) -> Period {
        during(self.since, self.until)
    }

    /// Returns whether it may hold on a day.
    pub fn holds_on(&self, day: Day) -> bool {
        let during = self.during();
        during.from <= day && day <= during.to
    }

    /// Returns whether it says no more than a short form: who speaks for whom or belongs to what,
    /// without a source.
    pub fn is_like_short_form(&self) -> bool {
        matches!(self.kind, TieKind::SpeaksFor | TieKind::Member) && self.sources.is_empty()
    }
}
