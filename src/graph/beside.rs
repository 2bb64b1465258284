//! Puts two graphs side by side in one, so that one answer can speak of both. Records of one never
//! refer to records of the other.

use std::collections::HashMap;
use std::sync::OnceLock;

use crate::graph::{
    Actor, ActorId, Entity, Fact, FactId, Graph, Ids, Issue, IssueId, Meeting, MeetingId, Omitted,
    Source, SourceId, Stance, StanceId, Tie, TieId,
};
use crate::text::{FileId, Place};

/// The offsets by which the ids of a graph grew when it was put beside another.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Shift {
    /// The new id of each text.
    files: Vec<FileId>,
    /// The number of sources of the other graph; the fields below likewise.
    pub sources: u32,
    /// The number of actors.
    pub actors: u32,
    /// The number of issues.
    pub issues: u32,
    /// The number of stances.
    pub stances: u32,
    /// The number of meetings.
    pub meetings: u32,
    /// The number of ties.
    pub ties: u32,
    /// The number of facts.
    pub facts: u32,
}

impl Graph {
    /// Appends the records of another graph; the ids of this graph stay valid. Both graphs may
    /// declare the same ids. A text that both have is kept once.
    #[must_use]
    #[doc(hidden)]
    pub fn beside(mut self, other: Graph) -> (Graph, Shift) {
        let mut shift = Shift {
            files: Vec::new(),
            sources: self.sources.len() as u32,
            actors: self.actors.len() as u32,
            issues: self.issues.len() as u32,
            stances: self.stances.len() as u32,
            meetings: self.meetings.len() as u32,
            ties: self.ties.len() as u32,
            facts: self.facts.len() as u32,
        };
        // Voices are computed before the merge: a tie may have been left out by now and still count
        // for older statements.
        let voices = self.voices().beside(other.voices(), shift.actors);
        let numbers: HashMap<String, usize> = self
            .texts
            .iter()
            .enumerate()
            .map(|(number, text)| (text.name.clone(), number))
            .collect();
        for text in other.texts {
            let known = numbers.get(&text.name).copied();
            let known = known.filter(|number| self.texts[*number].text == text.text);
            shift
                .files
                .push(FileId(known.unwrap_or(self.texts.len()) as u32));
            if known.is_none() {
                self.texts.push(text);
            }
        }
        let own = self.sources.len();
        self.withdrawals
            .beside(other.withdrawals, own, other.sources.len());
        let sizes = [
            [self.actors.len(), other.actors.len()],
            [self.issues.len(), other.issues.len()],
        ];
        self.scope = std::mem::take(&mut self.scope).beside(other.scope, sizes);
        append(&mut self.sources, other.sources, &shift);
        append(&mut self.actors, other.actors, &shift);
        append(&mut self.issues, other.issues, &shift);
        append(&mut self.stances, other.stances, &shift);
        append(&mut self.meetings, other.meetings, &shift);
        append(&mut self.ties, other.ties, &shift);
        append(&mut self.facts, other.facts, &shift);
        (self.net, self.voices) = (OnceLock::new(), OnceLock::from(voices));
        (self, shift)
    }
}

impl Omitted {
    /// Adapts the ids to a graph that was put beside another.
    #[doc(hidden)]
    pub fn shifted(mut self, by: &Shift) -> Omitted {
        self.uncertain.shift(by);
        self.perhaps_known.shift(by);
        self
    }
}

fn append<T: Shifts>(to: &mut Vec<T>, mut records: Vec<T>, by: &Shift) {
    records.shift(by);
    to.append(&mut records);
}

/// Something that refers to records of a graph.
trait Shifts {
    /// Replaces ids by the new ids of the same records.
    fn shift(&mut self, by: &Shift);
}

macro_rules! shifts {
    ($($id:ident: $section:ident,)*) => {$(
        impl Shifts for $id {
            fn shift(&mut self, by: &Shift) {
                self.0 += by.$section;
            }
        }
    )*};
}

shifts! {
    SourceId: sources,
    ActorId: actors,
    IssueId: issues,
    StanceId: stances,
    MeetingId: meetings,
    TieId: ties,
    FactId: facts,
}

impl Shifts for Entity {
    fn shift(&mut self, by: &Shift) {
        match self {
            Entity::Source(id) => id.shift(by),
            Entity::Actor(id) => id.shift(by),
            Entity::Issue(id) => id.shift(by),
            Entity::Meeting(id) => id.shift(by),
            Entity::Fact(id) => id.shift(by),
        }
    }
}

impl Shifts for Place {
    fn shift(&mut self, by: &Shift) {
        self.file = self.file.of(&by.files).copied().unwrap_or(self.file);
    }
}

impl<T: Shifts> Shifts for Option<T> {
    fn shift(&mut self, by: &Shift) {
        for one in self.iter_mut() {
            one.shift(by);
        }
    }
}

impl<T: Shifts> Shifts for [T] {
    fn shift(&mut self, by: &Shift) {
        for one in self.iter_mut() {
            one.shift(by);
        }
    }
}

impl<T: Shifts> Shifts for Ids<T> {
    fn shift(&mut self, by: &Shift) {
        match self {
            Ids::One(one) => one.shift(by),
            Ids::Many(many) => many.shift(by),
        }
    }
}

impl Shifts for Source {
    fn shift(&mut self, by: &Shift) {
        self.place.shift(by);
        self.via.shift(by);
        self.withdrawn_in.shift(by);
    }
}

impl Shifts for Actor {
    fn shift(&mut self, by: &Shift) {
        self.place.shift(by);
        self.speaks_for.shift(by);
        self.members.shift(by);
    }
}

impl Shifts for Issue {
    fn shift(&mut self, by: &Shift) {
        self.place.shift(by);
        self.part_of.shift(by);
    }
}

impl Shifts for Stance {
    fn shift(&mut self, by: &Shift) {
        self.place.shift(by);
        self.issue.shift(by);
        self.actors.shift(by);
        self.sources.shift(by);
        if let Some(more) = &mut self.more {
            more.toward.shift(by);
            more.said_by.shift(by);
            more.depends_on.shift(by);
            more.withdrawn_in.shift(by);
        }
    }
}

impl Shifts for Meeting {
    fn shift(&mut self, by: &Shift) {
        self.place.shift(by);
        self.participants.shift(by);
        self.topics.shift(by);
        let Some(more) = &mut self.more else { return };
        more.host.shift(by);
        more.invited.shift(by);
        more.declined.shift(by);
        more.part_of.shift(by);
        more.because.shift(by);
        more.said_by.shift(by);
        more.sources.shift(by);
        more.withdrawn_in.shift(by);
        for earlier in more.earlier.iter_mut().chain(&mut more.withdrawn) {
            earlier.because.shift(by);
            earlier.said_by.shift(by);
            earlier.sources.shift(by);
            earlier.withdrawn_in.shift(by);
        }
    }
}

impl Shifts for Tie {
    fn shift(&mut self, by: &Shift) {
        self.place.shift(by);
        self.from.shift(by);
        self.to.shift(by);
        self.over.shift(by);
        self.said_by.shift(by);
        self.sources.shift(by);
        self.withdrawn_in.shift(by);
    }
}

impl Shifts for Fact {
    fn shift(&mut self, by: &Shift) {
        self.place.shift(by);
        self.about.shift(by);
        self.said_by.shift(by);
        self.sources.shift(by);
        self.withdrawn_in.shift(by);
    }
}
