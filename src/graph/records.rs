//! What a graph keeps of each record: references, dates, numbers and words, which questions need in bulk. The prose
//! (summaries, quotes, notes) stays in the text and is read again where it is shown: [`Graph::written_stance`] and its like.
//!
//! A stance and a meeting exist in two stages, as read (references are names) and as resolved (they are ids of records
//! that exist); [`Stage`] is the difference.
//!
//! [`Graph::written_stance`]: crate::graph::Graph::written_stance

use std::fmt::Debug;

use crate::graph::{ActorId, Entity, Ids, IssueId, MeetingId, SourceId};
use crate::model::{
    ActorKind, Date, Likelihood, MeetingKind, MeetingStatus, Position, Reliability, TieKind,
};
use crate::text::Place;

/// What references are: names as written, or ids.
pub trait Stage {
    /// A reference to an actor.
    type Actor: Copy + Debug + PartialEq;
    /// A reference to an issue.
    type Issue: Copy + Debug + PartialEq;
    /// A reference to a meeting.
    type Meeting: Copy + Debug + PartialEq;
    /// A reference to a source.
    type Source: Copy + Debug + PartialEq;
    /// A reference to anything.
    type Any: Copy + Debug + PartialEq;
}

/// References are ids of records of the graph.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Resolved;

impl Stage for Resolved {
    type Actor = ActorId;
    type Issue = IssueId;
    type Meeting = MeetingId;
    type Source = SourceId;
    type Any = Entity;
}

/// Where claims come from.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Source {
    /// Its id.
    pub id: Box<str>,
    /// Where it is declared.
    pub place: Place,
    /// What it is called.
    pub title: Box<str>,
    /// When it was published.
    pub date: Option<Date>,
    /// Whether it has a date that can't be read: when it was published is unknown.
    pub lost_date: bool,
    /// The sources that it repeats.
    pub via: Vec<SourceId>,
    /// The letter of its Admiralty grade.
    pub reliability: Option<Reliability>,
}

/// Somebody who can stand somewhere and meet others.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Actor {
    /// Its id.
    pub id: Box<str>,
    /// Where it is declared.
    pub place: Place,
    /// What it is called.
    pub name: Box<str>,
    /// Its other names.
    pub aliases: Vec<Box<str>>,
    /// What it is; none where that can't be read.
    pub kind: Option<ActorKind>,
    /// The actors it speaks for by its own record; ties of kind `SpeaksFor` add to them.
    pub speaks_for: Vec<ActorId>,
    /// The actors that belong to it by its own record; ties of kind `Member` add to them.
    pub members: Vec<ActorId>,
    /// Its weight, where one is given.
    pub power: Option<f64>,
}

/// Something that one can be for or against.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Issue {
    /// Its id.
    pub id: Box<str>,
    /// Where it is declared.
    pub place: Place,
    /// What it is called.
    pub name: Box<str>,
    /// Its other names.
    pub aliases: Vec<Box<str>>,
    /// Whether it asks no question: a topic, that one can't be for or against.
    pub topic_only: bool,
    /// The wider issue.
    pub part_of: Option<IssueId>,
    /// How many levels positions have: 2, 3 or 5; none where that can't be read.
    pub levels: Option<u8>,
    /// The ends of its scale, that score −1 and 1.
    pub scale: Option<(f64, f64)>,
    /// Whether it has a scale that can't be read, or has no width.
    pub lost_scale: bool,
    /// Whether the day on which it was decided can't be read.
    pub lost_decided: bool,
}

/// Who stands where on what, on whose word.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Stance<S: Stage = Resolved> {
    /// Where it stands in its file.
    pub place: Place,
    /// On what.
    pub issue: S::Issue,
    /// Whose position it is.
    pub actors: Ids<S::Actor>,
    /// Where its evidence is found.
    pub sources: Ids<S::Source>,
    /// Where its actors stand; none where only the salience is known.
    pub position: Option<Position>,
    /// When it was made.
    pub date: Option<Date>,
    /// What most stances do without.
    pub more: Option<Box<StanceMore<S>>>,
}

/// What most stances do without.
#[derive(Clone, Debug, PartialEq)]
pub struct StanceMore<S: Stage = Resolved> {
    /// Whom it is addressed to.
    pub toward: Ids<S::Actor>,
    /// Who voiced it.
    pub said_by: Option<S::Actor>,
    /// The last day on which it counts.
    pub until: Option<Date>,
    /// How much it matters to the actor, 0 to 1.
    pub salience: Option<f64>,
    /// The actor's weight on this issue.
    pub power: Option<f64>,
    /// How credible it is, from 1, confirmed, to 6, can't be judged.
    pub credibility: Option<u32>,
}

impl<S: Stage> Stance<S> {
    /// Whom it is addressed to.
    pub fn toward(&self) -> &[S::Actor] {
        self.more
            .as_ref()
            .map_or(&[], |more| more.toward.as_slice())
    }

    /// Who voiced it, where that is said.
    pub fn said_by(&self) -> Option<S::Actor> {
        self.more.as_ref().and_then(|more| more.said_by)
    }

    /// The last day on which it counts.
    pub fn until(&self) -> Option<Date> {
        self.more.as_ref().and_then(|more| more.until)
    }

    /// How much it matters to the actor, 0 to 1; none where unknown.
    pub fn salience(&self) -> Option<f64> {
        self.more.as_ref().and_then(|more| more.salience)
    }

    /// The actor's weight on this issue, where it differs from its weight at large.
    pub fn power(&self) -> Option<f64> {
        self.more.as_ref().and_then(|more| more.power)
    }

    /// How credible it is, from 1, confirmed, to 6, can't be judged; none where that is not said.
    pub fn credibility(&self) -> Option<u32> {
        self.more.as_ref().and_then(|more| more.credibility)
    }
}

/// Actors come together, or mean to.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Meeting<S: Stage = Resolved> {
    /// Where it is declared.
    pub place: Place,
    /// Its id.
    pub id: Box<str>,
    /// What it is called.
    pub title: Box<str>,
    /// What it is.
    pub kind: Option<MeetingKind>,
    /// What became of it; none where that is not known.
    pub status: Option<MeetingStatus>,
    /// When it is, or was, set for.
    pub date: Option<Date>,
    /// Who takes part.
    pub participants: Box<[S::Actor]>,
    /// The issues it is about.
    pub topics: Box<[S::Issue]>,
    /// What most meetings do without.
    pub more: Option<Box<MeetingMore<S>>>,
}

/// What most meetings do without.
#[derive(Clone, Debug, PartialEq)]
pub struct MeetingMore<S: Stage = Resolved> {
    /// Who receives the others.
    pub host: Option<S::Actor>,
    /// Who was asked and has not answered.
    pub invited: Box<[S::Actor]>,
    /// Who was asked and said no.
    pub declined: Box<[S::Actor]>,
    /// The meeting it belongs to.
    pub part_of: Option<S::Meeting>,
    /// The statuses it had before, oldest first.
    pub earlier: Box<[Earlier<S>]>,
    /// When its present status was set.
    pub on: Option<Date>,
    /// Why it has its status.
    pub because: Option<S::Any>,
    /// How likely it is to take place.
    pub likelihood: Option<Likelihood>,
    /// Who said so.
    pub said_by: Option<S::Actor>,
    /// Where its evidence is found.
    pub sources: Ids<S::Source>,
    /// Which of its statuses is told as the present one.
    pub told: Told,
    /// Whether it has a date that can't be read.
    pub lost_date: bool,
    /// Whether the day on which its present status was set can't be read.
    pub lost_on: bool,
}

impl<S: Stage> Default for MeetingMore<S> {
    fn default() -> MeetingMore<S> {
        MeetingMore {
            host: None,
            invited: Box::default(),
            declined: Box::default(),
            part_of: None,
            earlier: Box::default(),
            on: None,
            because: None,
            likelihood: None,
            said_by: None,
            sources: Ids::from_iter([]),
            told: Told::default(),
            lost_date: false,
            lost_on: false,
        }
    }
}

/// Which of the statuses of a meeting is told as the present one: in a graph as of a day, or on some evidence only, it can be
/// one that it had before.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub enum Told {
    /// The present one.
    #[default]
    Present,
    /// One that it had before: which of them, as written.
    Earlier(u32),
    /// One of these, and unknown which, since they were set on one day.
    OneOf(Box<[MeetingStatus]>),
    /// The present one, which was set after the day asked for: by then it was not known what would become of it.
    Later(Option<MeetingStatus>),
}

/// A status that a meeting had before.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Earlier<S: Stage = Resolved> {
    /// Which of those written it is: one with a mistake in it is left out.
    pub nth: u32,
    /// Whether something in it could not be read: then it is left out as soon as its references have been looked up.
    pub(crate) faulty: bool,
    /// When it was then set for.
    pub date: Option<Date>,
    /// The status.
    pub status: MeetingStatus,
    /// When that status was set.
    pub on: Option<Date>,
    /// Why.
    pub because: Option<S::Any>,
    /// Who said so.
    pub said_by: Option<S::Actor>,
    /// Where its evidence is found.
    pub sources: Ids<S::Source>,
}

impl<S: Stage> Meeting<S> {
    /// Who receives the others.
    pub fn host(&self) -> Option<S::Actor> {
        self.more.as_ref().and_then(|more| more.host)
    }

    /// Who was asked and has not answered.
    pub fn invited(&self) -> &[S::Actor] {
        self.more.as_ref().map_or(&[], |more| &more.invited)
    }

    /// Who was asked and said no.
    pub fn declined(&self) -> &[S::Actor] {
        self.more.as_ref().map_or(&[], |more| &more.declined)
    }

    /// Who takes part or was asked to, and the host.
    pub fn everybody(&self) -> impl Iterator<Item = &S::Actor> {
        let host = self.more.as_ref().and_then(|more| more.host.as_ref());
        self.participants
            .iter()
            .chain(self.invited())
            .chain(self.declined())
            .chain(host.filter(|host| !self.participants.contains(host)))
    }

    /// Which of its statuses is told as the present one.
    pub fn told(&self) -> &Told {
        self.more.as_ref().map_or(&Told::Present, |more| &more.told)
    }

    /// Its status in words: one that is not known, or of which it is not known which it is, is told as that.
    pub fn status_words(&self) -> String {
        let statuses = self.statuses().iter();
        let words: Vec<&str> = statuses.map(|status| status.word()).collect();
        match (self.told(), &words[..]) {
            (Told::Later(Some(status)), _) => format!("{}, later", status.word()),
            (Told::Later(None), _) => "unknown, later".to_owned(),
            (_, []) => "unknown".to_owned(),
            (_, [word]) => (*word).to_owned(),
            (_, several) => format!("unknown which: {}", several.join(" or ")),
        }
    }

    /// Its status, also where that is told as later.
    pub(crate) fn recorded_status(&self) -> Option<MeetingStatus> {
        match self.told() {
            Told::Later(status) => *status,
            _ => self.status,
        }
    }

    /// The meeting it belongs to.
    pub fn part_of(&self) -> Option<S::Meeting> {
        self.more.as_ref().and_then(|more| more.part_of)
    }

    /// The statuses it had before, oldest first.
    pub fn earlier(&self) -> &[Earlier<S>] {
        self.more.as_ref().map_or(&[], |more| &more.earlier)
    }

    /// Where its evidence is found.
    pub fn sources(&self) -> &[S::Source] {
        self.more
            .as_ref()
            .map_or(&[], |more| more.sources.as_slice())
    }

    /// Its status, or those of which it is not known which it had.
    pub fn statuses(&self) -> &[MeetingStatus] {
        match (&self.status, self.told()) {
            (None, Told::OneOf(statuses)) => statuses,
            (status, _) => status.as_slice(),
        }
    }
}

/// A lasting relation between two actors.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Tie {
    /// Where it stands in its file.
    pub place: Place,
    /// One of them.
    pub from: ActorId,
    /// The other.
    pub to: ActorId,
    /// What it is.
    pub kind: TieKind<'static>,
    /// Since when.
    pub since: Option<Date>,
    /// The last day of it.
    pub until: Option<Date>,
    /// The issues it is over.
    pub over: Vec<IssueId>,
    /// Who said so.
    pub said_by: Option<ActorId>,
    /// Where its evidence is found.
    pub sources: Vec<SourceId>,
}

/// A sourced claim that is no position, meeting or tie.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Fact {
    /// Its id.
    pub id: Box<str>,
    /// Where it is declared.
    pub place: Place,
    /// What it is about.
    pub about: Vec<Entity>,
    /// When it was so.
    pub date: Option<Date>,
    /// Who said so.
    pub said_by: Option<ActorId>,
    /// Where its evidence is found.
    pub sources: Vec<SourceId>,
}
