//! What a graph keeps of each record: the references, dates, numbers and words that questions need
//! in bulk. The prose (summaries, quotes, notes) stays in the text and is read again when it is
//! shown; see [`Graph::written_stance`] and its like.
//!
//! Stances and meetings exist in two stages: as read, where references are names, and as resolved,
//! where they are ids of records that exist. [`Stage`] is the difference.
//!
//! [`Graph::written_stance`]: crate::graph::Graph::written_stance

use std::fmt::Debug;

use crate::graph::{ActorId, Entity, Ids, IssueId, MeetingId, SourceId};
use crate::model::{
    ActorKind, Date, Likelihood, MeetingKind, MeetingStatus, Position, Reliability, TieKind,
};
use crate::text::Place;

/// The kind of references: names as written, or ids.
pub trait Stage {
    /// A reference to an actor.
    type Actor: Copy + Debug + PartialEq;
    /// A reference to an issue.
    type Issue: Copy + Debug + PartialEq;
    /// A reference to a meeting.
    type Meeting: Copy + Debug + PartialEq;
    /// A reference to a source.
    type Source: Copy + Debug + PartialEq;
    /// A reference to a record of any kind.
    type Any: Copy + Debug + PartialEq;
}

/// The stage in which references are ids of records of the graph.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Resolved;

impl Stage for Resolved {
    type Actor = ActorId;
    type Issue = IssueId;
    type Meeting = MeetingId;
    type Source = SourceId;
    type Any = Entity;
}

/// A source of claims.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Source {
    /// The id.
    pub id: Box<str>,
    /// Where it is declared.
    pub place: Place,
    /// The title.
    pub title: Box<str>,
    /// The date of publication.
    pub date: Option<Date>,
    /// Whether it has a date that can't be read, so that the date is unknown.
    pub lost_date: bool,
    /// The sources that it repeats.
    pub via: Vec<SourceId>,
    /// The letter of its Admiralty grade.
    pub reliability: Option<Reliability>,
    /// The source that says that this whole source was wrong.
    pub withdrawn_in: Option<SourceId>,
    /// Its ids elsewhere, as written.
    pub same_as: Vec<Box<str>>,
}

/// An actor: someone who can hold positions and meet others.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Actor {
    /// The id.
    pub id: Box<str>,
    /// Where it is declared.
    pub place: Place,
    /// The name.
    pub name: Box<str>,
    /// Other names.
    pub aliases: Vec<Box<str>>,
    /// The kind, or `None` if it can't be read.
    pub kind: Option<ActorKind>,
    /// The actors it speaks for by its own record. Ties of kind `SpeaksFor` add to them.
    pub speaks_for: Vec<ActorId>,
    /// The actors that are members of it by its own record. Ties of kind `Member` add to them.
    pub members: Vec<ActorId>,
    /// Its power, on issues for which no stance gives another one.
    pub power: Option<f64>,
    /// Its ids elsewhere, as written.
    pub same_as: Vec<Box<str>>,
}

/// An issue: something to be for or against.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Issue {
    /// The id.
    pub id: Box<str>,
    /// Where it is declared.
    pub place: Place,
    /// The name.
    pub name: Box<str>,
    /// Other names.
    pub aliases: Vec<Box<str>>,
    /// Whether it asks no question, so that it is a topic and one can't be for or against it.
    pub topic_only: bool,
    /// The wider issue that it is a part of.
    pub part_of: Option<IssueId>,
    /// The number of levels of positions: 2, 3 or 5; `None` if it can't be read.
    pub levels: Option<u8>,
    /// The ends of its scale, which score −1 and 1.
    pub scale: Option<(f64, f64)>,
    /// Whether it has a scale that can't be read or has no width.
    pub lost_scale: bool,
    /// Whether the day of its decision can't be read.
    pub lost_decided: bool,
    /// Its ids elsewhere, as written.
    pub same_as: Vec<Box<str>>,
}

/// A stance: where actors stand on an issue, on the word of sources.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Stance<S: Stage = Resolved> {
    /// Where it stands in its file.
    pub place: Place,
    /// The issue.
    pub issue: S::Issue,
    /// The actors whose position this is.
    pub actors: Ids<S::Actor>,
    /// The sources.
    pub sources: Ids<S::Source>,
    /// Where the actors stand, or `None` if only the salience is known.
    pub position: Option<Position>,
    /// The date of the statement.
    pub date: Option<Date>,
    /// Rare fields.
    pub more: Option<Box<StanceMore<S>>>,
}

/// The fields that most stances lack.
#[derive(Clone, Debug, PartialEq)]
pub struct StanceMore<S: Stage = Resolved> {
    /// The actors it is addressed to.
    pub toward: Ids<S::Actor>,
    /// The actor that voiced it.
    pub said_by: Option<S::Actor>,
    /// The last day on which it counts.
    pub until: Option<Date>,
    /// The salience of the issue to the actors, 0 to 1.
    pub salience: Option<f64>,
    /// The power of the actors on the issue.
    pub power: Option<f64>,
    /// The credibility, from 1 (confirmed) to 6 (can't be judged).
    pub credibility: Option<u32>,
    /// What has to happen before the position holds, as written.
    pub condition: Option<Box<str>>,
    /// The actors and issues that this depends on.
    pub depends_on: Box<[S::Any]>,
    /// The source that says that the statement was wrong.
    pub withdrawn_in: Option<S::Source>,
}

impl<S: Stage> Default for StanceMore<S> {
    fn default() -> StanceMore<S> {
        StanceMore {
            toward: Ids::from_iter([]),
            said_by: None,
            until: None,
            salience: None,
            power: None,
            credibility: None,
            condition: None,
            depends_on: Box::default(),
            withdrawn_in: None,
        }
    }
}

impl<S: Stage> Stance<S> {
    /// Returns the actors it is addressed to.
    pub fn toward(&self) -> &[S::Actor] {
        self.more
            .as_ref()
            .map_or(&[], |more| more.toward.as_slice())
    }

    /// Returns the actor that voiced it, if another one than its own actors did.
    pub fn said_by(&self) -> Option<S::Actor> {
        self.more.as_ref().and_then(|more| more.said_by)
    }

    /// Returns the last day on which it counts, or `None` if it has no end.
    pub fn until(&self) -> Option<Date> {
        self.more.as_ref().and_then(|more| more.until)
    }

    /// Returns the salience of the issue to the actors, 0 to 1, or `None` if unknown.
    pub fn salience(&self) -> Option<f64> {
        self.more.as_ref().and_then(|more| more.salience)
    }

    /// Returns the power of the actors on the issue, or `None` if it is their power on all issues.
    pub fn power(&self) -> Option<f64> {
        self.more.as_ref().and_then(|more| more.power)
    }

    /// Returns the credibility, from 1 (confirmed) to 6 (can't be judged), or `None` if not given.
    pub fn credibility(&self) -> Option<u32> {
        self.more.as_ref().and_then(|more| more.credibility)
    }

    /// Returns what has to happen before the position holds, as written. A statement with a
    /// condition is an offer.
    pub fn condition(&self) -> Option<&str> {
        self.more
            .as_ref()
            .and_then(|more| more.condition.as_deref())
    }

    /// Returns the actors and issues that an offer depends on.
    pub fn depends_on(&self) -> &[S::Any] {
        self.more.as_ref().map_or(&[], |more| &more.depends_on)
    }

    /// Returns the source that says that the statement was wrong.
    pub fn withdrawn_in(&self) -> Option<S::Source> {
        self.more.as_ref().and_then(|more| more.withdrawn_in)
    }
}

/// A meeting, held or planned.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Meeting<S: Stage = Resolved> {
    /// Where it is declared.
    pub place: Place,
    /// The id.
    pub id: Box<str>,
    /// The title.
    pub title: Box<str>,
    /// The kind.
    pub kind: Option<MeetingKind>,
    /// The status, or `None` if unknown.
    pub status: Option<MeetingStatus>,
    /// The date for which it is or was set.
    pub date: Option<Date>,
    /// The participants.
    pub participants: Box<[S::Actor]>,
    /// The issues it is about.
    pub topics: Box<[S::Issue]>,
    /// Rare fields.
    pub more: Option<Box<MeetingMore<S>>>,
}

/// The fields that most meetings lack.
#[derive(Clone, Debug, PartialEq)]
pub struct MeetingMore<S: Stage = Resolved> {
    /// The host.
    pub host: Option<S::Actor>,
    /// The actors that were invited and have not answered.
    pub invited: Box<[S::Actor]>,
    /// The actors that were invited and declined.
    pub declined: Box<[S::Actor]>,
    /// The meeting that this is a part of.
    pub part_of: Option<S::Meeting>,
    /// The statuses before the present one, oldest first.
    pub earlier: Box<[Earlier<S>]>,
    /// The date on which the present status was set.
    pub on: Option<Date>,
    /// The record that is the reason for the status.
    pub because: Option<S::Any>,
    /// How likely it is to take place.
    pub likelihood: Option<Likelihood>,
    /// The actor that said so.
    pub said_by: Option<S::Actor>,
    /// The sources.
    pub sources: Ids<S::Source>,
    /// The source that says that the present status was wrong.
    pub withdrawn_in: Option<S::Source>,
    /// Its statuses that were withdrawn; [`Meeting::earlier`] lacks them.
    pub withdrawn: Box<[Earlier<S>]>,
    /// Which of its statuses is shown as the present one.
    pub told: Told,
    /// Its ids elsewhere, as written.
    pub same_as: Box<[Box<str>]>,
    /// Whether it has a date that can't be read.
    pub lost_date: bool,
    /// Whether the date on which the present status was set can't be read.
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
            withdrawn_in: None,
            withdrawn: Box::default(),
            told: Told::default(),
            same_as: Box::default(),
            lost_date: false,
            lost_on: false,
        }
    }
}

/// Which status of a meeting is shown as the present one. As of a day, or on restricted evidence, it
/// can be an earlier one.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub enum Told {
    /// The present one.
    #[default]
    Present,
    /// An earlier one, by its number in the file.
    Earlier(u32),
    /// One of these, set on the same day; it is unknown which was set last.
    OneOf(Box<[MeetingStatus]>),
    /// The present one, which was set after the day of the question: on that day it was still open.
    Later(Option<MeetingStatus>),
    /// The present one, of which a source says that it was wrong: it counts on no day.
    Withdrawn(Option<MeetingStatus>),
}

/// An earlier status of a meeting.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Earlier<S: Stage = Resolved> {
    /// Its number in the file. Statuses with a mistake are left out.
    pub nth: u32,
    /// Whether a part of it can't be read. It is left out once its references have been looked up.
    pub(crate) faulty: bool,
    /// The date for which the meeting was then set.
    pub date: Option<Date>,
    /// The status.
    pub status: MeetingStatus,
    /// The date on which the status was set.
    pub on: Option<Date>,
    /// The record that is the reason for the status.
    pub because: Option<S::Any>,
    /// The actor that said so.
    pub said_by: Option<S::Actor>,
    /// The sources.
    pub sources: Ids<S::Source>,
    /// The source that says that this was wrong.
    pub withdrawn_in: Option<S::Source>,
}

impl<S: Stage> Meeting<S> {
    /// Returns whether it is a letter: contact in writing, in which nobody meets.
    pub fn is_in_writing(&self) -> bool {
        self.kind == Some(MeetingKind::Letter)
    }

    /// Returns the host, or `None` if none is given.
    pub fn host(&self) -> Option<S::Actor> {
        self.more.as_ref().and_then(|more| more.host)
    }

    /// Returns the actors that were invited and have not answered.
    pub fn invited(&self) -> &[S::Actor] {
        self.more.as_ref().map_or(&[], |more| &more.invited)
    }

    /// Returns the actors that were invited and declined.
    pub fn declined(&self) -> &[S::Actor] {
        self.more.as_ref().map_or(&[], |more| &more.declined)
    }

    /// Iterates over participants, invited and declined actors, and the host, who comes only once.
    pub fn everybody(&self) -> impl Iterator<Item = &S::Actor> {
        let host = self.more.as_ref().and_then(|more| more.host.as_ref());
        self.participants
            .iter()
            .chain(self.invited())
            .chain(self.declined())
            .chain(host.filter(|host| !self.participants.contains(host)))
    }

    /// Returns which of its statuses is shown as the present one.
    pub fn told(&self) -> &Told {
        self.more.as_ref().map_or(&Told::Present, |more| &more.told)
    }

    /// Returns the status in words, including that it is unknown, later, or one of several.
    pub fn status_words(&self) -> String {
        let statuses = self.statuses().iter();
        let words: Vec<&str> = statuses.map(|status| status.word()).collect();
        match (self.told(), &words[..]) {
            (Told::Later(Some(status)), _) => format!("{}, later", status.word()),
            (Told::Later(None), _) => "unknown, later".to_owned(),
            (Told::Withdrawn(Some(status)), _) => format!("{}, withdrawn", status.word()),
            (Told::Withdrawn(None), _) => "unknown, withdrawn".to_owned(),
            (_, []) => "unknown".to_owned(),
            (_, [word]) => (*word).to_owned(),
            (_, several) => format!("unknown which: {}", several.join(" or ")),
        }
    }

    /// Returns the recorded status, even if it is shown as later.
    pub(crate) fn recorded_status(&self) -> Option<MeetingStatus> {
        match self.told() {
            Told::Later(status) | Told::Withdrawn(status) => *status,
            _ => self.status,
        }
    }

    /// Returns the meeting that this is a part of.
    pub fn part_of(&self) -> Option<S::Meeting> {
        self.more.as_ref().and_then(|more| more.part_of)
    }

    /// Returns the statuses before the present one, oldest first.
    pub fn earlier(&self) -> &[Earlier<S>] {
        self.more.as_ref().map_or(&[], |more| &more.earlier)
    }

    /// Returns its ids elsewhere, as written.
    pub(crate) fn same_as(&self) -> &[Box<str>] {
        self.more.as_ref().map_or(&[], |more| &more.same_as)
    }

    /// Returns the statuses that were withdrawn.
    pub(crate) fn withdrawn(&self) -> &[Earlier<S>] {
        self.more.as_ref().map_or(&[], |more| &more.withdrawn)
    }

    /// Returns the sources.
    pub fn sources(&self) -> &[S::Source] {
        self.more
            .as_ref()
            .map_or(&[], |more| more.sources.as_slice())
    }

    /// Returns the status, or all those of which it is unknown which it had; empty if unknown.
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
    /// One actor; for `SpeaksFor` the speaker, for `Member` the member.
    pub from: ActorId,
    /// The other actor.
    pub to: ActorId,
    /// The kind.
    pub kind: TieKind<'static>,
    /// The date from which it holds.
    pub since: Option<Date>,
    /// The last day on which it holds.
    pub until: Option<Date>,
    /// The issues it is about.
    pub over: Vec<IssueId>,
    /// The actor that said so.
    pub said_by: Option<ActorId>,
    /// The sources.
    pub sources: Vec<SourceId>,
    /// The source that says that this was wrong.
    pub withdrawn_in: Option<SourceId>,
}

/// A sourced claim that is not a position, meeting or tie.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Fact {
    /// The id.
    pub id: Box<str>,
    /// Where it is declared.
    pub place: Place,
    /// The records it is about.
    pub about: Vec<Entity>,
    /// The date on which it was so.
    pub date: Option<Date>,
    /// Whether it has a date that can't be read.
    pub lost_date: bool,
    /// The actor that said so.
    pub said_by: Option<ActorId>,
    /// The sources.
    pub sources: Vec<SourceId>,
    /// The source that says that this was wrong.
    pub withdrawn_in: Option<SourceId>,
}
