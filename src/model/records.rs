//! The records: what a source, an actor, an issue, a stance, a meeting, a tie and a fact consist of.

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
        /// Anything worth knowing.
        many note: Rare<'a>,
        /// Words to find it by.
        many tags: Vec<Str<'a>>,
    }
}

record! {
    /// Somebody who can stand somewhere and meet others.
    pub struct Actor {
        /// What it is called.
        required name: Str<'a>,
        /// What it is.
        required kind: ActorKind,
        /// Its other names.
        many aliases: Vec<Str<'a>>,
        /// A person's office.
        optional role: Str<'a>,
        /// The actors it speaks for: a tie without dates.
        many speaks_for: OneOrMany<'a>,
        /// The actors that belong to it: ties without dates.
        many members: Vec<Str<'a>>,
        /// Its weight, 0 or more, in a unit of the writer's choice.
        optional power: f64,
        /// Anything worth knowing.
        many note: Rare<'a>,
        /// Words to find it by.
        many tags: Vec<Str<'a>>,
    }
}

record! {
    /// Something that one can be for or against.
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
        /// Where on its scale things stand if nothing is decided.
        optional status_quo: f64,
        /// Where on its scale it was decided.
        optional outcome: f64,
        /// When it was decided.
        optional decided: Date,
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

impl Scale<'_> {
    /// Its ends, where it has two.
    pub fn ends(&self) -> Option<(f64, f64)> {
        let Scale { from, to, .. } = self;
        (from.is_finite() && to.is_finite() && from != to).then_some((*from, *to))
    }

    /// Whether a number lies on it.
    pub fn holds(&self, number: f64) -> bool {
        self.ends()
            .is_some_and(|(from, to)| (from.min(to)..=from.max(to)).contains(&number))
    }
}

record! {
    /// Who stands where on what, on whose word.
    pub struct Stance {
        /// Whose position it is.
        required actor: OneOrMany<'a>,
        /// On what.
        required issue: Str<'a>,
        /// Where; it or `salience` must be there.
        optional position: Position,
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
        /// Who voiced it, where that is not the actor.
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
        /// Anything worth knowing.
        many note: Rare<'a>,
        /// Words to find it by.
        many tags: Vec<Str<'a>>,
    }
}

record! {
    /// Actors come together, or mean to.
    pub struct Meeting {
        /// What it is called.
        required title: Str<'a>,
        /// What it is.
        optional kind: MeetingKind,
        /// What became of it.
        required status: MeetingStatus,
        /// When it is, or was, set for.
        optional date: Date,
        /// Where.
        optional place: Str<'a>,
        /// Who receives the others.
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
        /// The statuses it had before, oldest first.
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
        /// Anything worth knowing.
        many note: Rare<'a>,
        /// Words to find it by.
        many tags: Vec<Str<'a>>,
    }
}

record! {
    /// A status that a meeting had before.
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
        /// Anything worth knowing.
        many note: Rare<'a>,
        /// Words to find it by.
        many tags: Vec<Str<'a>>,
    }
}

record! {
    /// A lasting relation between two actors.
    pub struct Tie {
        /// One of them.
        required from: Str<'a>,
        /// The other.
        required to: Str<'a>,
        /// What it is.
        required kind: TieKind<'a>,
        /// Since when.
        optional since: Date,
        /// The last day of it.
        optional until: Date,
        /// The issues it is over.
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
        /// Anything worth knowing.
        many note: Rare<'a>,
        /// Words to find it by.
        many tags: Vec<Str<'a>>,
    }
}

record! {
    /// A sourced claim that is no position, meeting or tie.
    pub struct Fact {
        /// The claim, in the writer's words.
        required text: Str<'a>,
        /// What it is about: ids of any section.
        many about: Vec<Str<'a>>,
        /// When it was so.
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
        /// Anything worth knowing.
        many note: Rare<'a>,
        /// Words to find it by.
        many tags: Vec<Str<'a>>,
    }
}

/// What numbers on a scale mean: `{0: "none", 100: "binding"}`.
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
