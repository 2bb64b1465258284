//! The records: source, actor, issue, stance, meeting, tie and fact, with their fields.

use crate::model::{
    ActorKind, Date, Likelihood, MeetingKind, MeetingStatus, Position, Reliability, Str, TieKind,
};
use crate::syntax::{Lost, OneOrMany, Rare, Read, Reader, record};

record! {
    /// Where claims come from.
    pub struct Source {
        /// What it is called.
        required title: Str<'a>,
        /// Who published it.
        optional publisher: Str<'a>,
        /// When it was published.
        optional date: Date,
        /// Where it can be read.
        optional url: Str<'a>,
        /// The sources that it repeats.
        many via: OneOrMany<'a>,
        /// The letter of its Admiralty grade.
        optional reliability: Reliability,
        /// A local copy against which quotes are checked, relative to the file.
        optional text: Str<'a>,
        /// The source that says that this whole source was wrong.
        many withdrawn_in: Rare<'a>,
        /// Its ids elsewhere, each `scheme:id`.
        many same_as: Vec<Str<'a>>,
        /// Anything worth knowing.
        many note: Rare<'a>,
        /// Words to find it by.
        many tags: Vec<Str<'a>>,
    }
}

record! {
    /// Anyone who can hold positions and meet others.
    pub struct Actor {
        /// What it is called.
        required name: Str<'a>,
        /// The kind of actor.
        required kind: ActorKind,
        /// Its other names.
        many aliases: Vec<Str<'a>>,
        /// A person's office.
        optional role: Str<'a>,
        /// The actors it speaks for, as ties without dates.
        many speaks_for: OneOrMany<'a>,
        /// The actors that belong to it, as ties without dates.
        many members: Vec<Str<'a>>,
        /// Its weight, 0 or more, in a unit of the writer's choice.
        optional power: f64,
        /// Its ids elsewhere, each `scheme:id`.
        many same_as: Vec<Str<'a>>,
        /// Anything worth knowing.
        many note: Rare<'a>,
        /// Words to find it by.
        many tags: Vec<Str<'a>>,
    }
}

record! {
    /// Something that actors can be for or against.
    pub struct Issue {
        /// What it is called.
        required name: Str<'a>,
        /// The question that a supporter answers with yes; without one it is a topic only.
        optional question: Str<'a>,
        /// Its other names.
        many aliases: Vec<Str<'a>>,
        /// The wider issue.
        optional part_of: Str<'a>,
        /// How many levels positions have: 2, 3 or 5 (the default).
        optional levels: u32,
        /// A scale of its own, for positions that are numbers.
        optional scale: Scale<'a>,
        /// The value on its scale if nothing is decided.
        optional status_quo: f64,
        /// The value on its scale that was decided.
        optional outcome: f64,
        /// When it was decided.
        optional decided: Date,
        /// Its ids elsewhere, each `scheme:id`.
        many same_as: Vec<Str<'a>>,
        /// Anything worth knowing.
        many note: Rare<'a>,
        /// Words to find it by.
        many tags: Vec<Str<'a>>,
    }
}

record! {
    /// The scale of an issue: its ends and what numbers on it mean.
    pub struct Scale {
        /// The end that scores −1.
        required from: f64,
        /// The end that scores 1.
        required to: f64,
        /// What numbers on it mean.
        many marks: Marks<'a>,
    }
}

/// The greatest number of a graph, 10¹⁵, either side of 0. Sums and products of such numbers are
/// finite, and a number in the wrong unit is found.
pub(crate) const GREATEST: f64 = 1e15;

/// Returns whether a number is finite and not too great.
pub(crate) fn is_usable(number: f64) -> bool {
    number.abs() <= GREATEST
}

impl Scale<'_> {
    /// Returns its ends, or `None` if they are not two different numbers up to 10¹⁵.
    pub fn ends(&self) -> Option<(f64, f64)> {
        let Scale { from, to, .. } = self;
        (is_usable(*from) && is_usable(*to) && from != to).then_some((*from, *to))
    }

    /// Returns whether a number lies on the scale.
    pub fn holds(&self, number: f64) -> bool {
        self.ends()
            .is_some_and(|(from, to)| (from.min(to)..=from.max(to)).contains(&number))
    }
}

record! {
    /// Who stands where on what, and who says so.
    pub struct Stance {
        /// Whose position it is.
        required actor: OneOrMany<'a>,
        /// The issue.
        required issue: Str<'a>,
        /// The position; it or `salience` is required.
        optional position: Position,
        /// What has to happen before the position holds, which makes it an offer.
        many condition: Rare<'a>,
        /// The actors or issues that this depends on.
        many depends_on: Vec<Str<'a>>,
        /// Whom it is addressed to.
        many toward: OneOrMany<'a>,
        /// How much it matters to the actor, 0 to 1.
        optional salience: f64,
        /// The actor's weight on this issue, 0 or more, instead of its own.
        optional power: f64,
        /// The statement in the writer's words.
        optional summary: Str<'a>,
        /// The statement in the source's words.
        many quote: Rare<'a>,
        /// Who voiced it, if not the actor.
        many said_by: Rare<'a>,
        /// When it was made.
        optional date: Date,
        /// The last day on which it counts.
        optional until: Date,
        /// Where it is found.
        many source: OneOrMany<'a>,
        /// The place in the source.
        many at: Rare<'a>,
        /// The digit of its Admiralty grade, 1 to 6.
        optional credibility: u32,
        /// The source that says that this was wrong.
        many withdrawn_in: Rare<'a>,
        /// Anything worth knowing.
        many note: Rare<'a>,
        /// Words to find it by.
        many tags: Vec<Str<'a>>,
    }
}

record! {
    /// An encounter of actors, held or planned.
    pub struct Meeting {
        /// What it is called.
        required title: Str<'a>,
        /// The kind of meeting.
        optional kind: MeetingKind,
        /// Its present status.
        required status: MeetingStatus,
        /// When it is, or was, set for.
        optional date: Date,
        /// Where it takes place.
        optional place: Str<'a>,
        /// Who hosts it.
        optional host: Str<'a>,
        /// Who takes part.
        many participants: Vec<Str<'a>>,
        /// Who was asked and has not answered.
        many invited: Vec<Str<'a>>,
        /// Who was asked and said no.
        many declined: Vec<Str<'a>>,
        /// The issues it is about.
        many topics: Vec<Str<'a>>,
        /// The meeting it belongs to.
        optional part_of: Str<'a>,
        /// Its earlier statuses, oldest first.
        many earlier: Vec<Earlier<'a>>,
        /// When its present status was set.
        optional on: Date,
        /// Why it has its status: a fact, an issue or a meeting.
        many because: Rare<'a>,
        /// How likely it is to take place.
        optional likelihood: Likelihood,
        /// What came of it.
        many outcome: Rare<'a>,
        /// What the source says.
        many quote: Rare<'a>,
        /// Who said it.
        many said_by: Rare<'a>,
        /// Where it is found.
        many source: OneOrMany<'a>,
        /// The place in the source.
        many at: Rare<'a>,
        /// The digit of its Admiralty grade, 1 to 6.
        optional credibility: u32,
        /// The source that says that this was wrong.
        many withdrawn_in: Rare<'a>,
        /// Its ids elsewhere, each `scheme:id`.
        many same_as: Vec<Str<'a>>,
        /// Anything worth knowing.
        many note: Rare<'a>,
        /// Words to find it by.
        many tags: Vec<Str<'a>>,
    }
}

record! {
    /// An earlier status of a meeting.
    pub struct Earlier {
        /// When it was then set for.
        optional date: Date,
        /// The status.
        required status: MeetingStatus,
        /// When that status was set.
        optional on: Date,
        /// Why: a fact, an issue or a meeting.
        many because: Rare<'a>,
        /// What the source says.
        many quote: Rare<'a>,
        /// Who said it.
        many said_by: Rare<'a>,
        /// Where it is found.
        many source: OneOrMany<'a>,
        /// The place in the source.
        many at: Rare<'a>,
        /// The digit of its Admiralty grade, 1 to 6.
        optional credibility: u32,
        /// The source that says that this was wrong.
        many withdrawn_in: Rare<'a>,
        /// Anything worth knowing.
        many note: Rare<'a>,
        /// Words to find it by.
        many tags: Vec<Str<'a>>,
    }
}

record! {
    /// A lasting relation between two actors.
    pub struct Tie {
        /// One of the actors.
        required from: Str<'a>,
        /// The other actor.
        required to: Str<'a>,
        /// The kind of relation.
        required kind: TieKind<'a>,
        /// When it began.
        optional since: Date,
        /// Its last day.
        optional until: Date,
        /// The issues it concerns.
        many over: Vec<Str<'a>>,
        /// What the source says.
        many quote: Rare<'a>,
        /// Who said it.
        many said_by: Rare<'a>,
        /// Where it is found.
        many source: OneOrMany<'a>,
        /// The place in the source.
        many at: Rare<'a>,
        /// The digit of its Admiralty grade, 1 to 6.
        optional credibility: u32,
        /// The source that says that this was wrong.
        many withdrawn_in: Rare<'a>,
        /// Anything worth knowing.
        many note: Rare<'a>,
        /// Words to find it by.
        many tags: Vec<Str<'a>>,
    }
}

record! {
    /// A sourced claim other than a stance, meeting or tie.
    pub struct Fact {
        /// The claim, in the writer's words.
        required text: Str<'a>,
        /// What it is about: ids of any section.
        many about: Vec<Str<'a>>,
        /// When it was the case.
        optional date: Date,
        /// What the source says.
        many quote: Rare<'a>,
        /// Who said it.
        many said_by: Rare<'a>,
        /// Where it is found.
        many source: OneOrMany<'a>,
        /// The place in the source.
        many at: Rare<'a>,
        /// The digit of its Admiralty grade, 1 to 6.
        optional credibility: u32,
        /// The source that says that this was wrong.
        many withdrawn_in: Rare<'a>,
        /// Anything worth knowing.
        many note: Rare<'a>,
        /// Words to find it by.
        many tags: Vec<Str<'a>>,
    }
}

/// The meanings of numbers on a scale: `{0: "none", 100: "binding"}`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Marks<'a>(pub Vec<(f64, Str<'a>)>);

impl<'a> Read<'a> for Marks<'a> {
    fn read(reader: &mut Reader<'a>) -> Result<Self, Lost> {
        reader.numbered().map(Marks)
    }
}

impl serde::Serialize for Marks<'_> {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(number, meaning)| (number, meaning)))
    }
}

impl<'de> serde::Deserialize<'de> for Marks<'_> {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        crate::syntax::entries(deserializer).map(Marks)
    }
}
