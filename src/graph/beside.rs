//! Puts two graphs side by side in one, so that one answer can speak of both. Records of one never
//! refer to records of the other.

use std::collections::HashMap;
use std::sync::{Arc, OnceLock};

use crate::graph::{
    Actor, ActorId, Earlier, Entity, Fact, FactId, Graph, Ids, Issue, IssueId, Meeting, MeetingId,
    MeetingMore, Omitted, Source, SourceId, Stance, StanceId, StanceMore, Tie, TieId,
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
        for text in Arc::unwrap_or_clone(other.texts) {
            let known = numbers.get(&text.name).copied();
            let known = known.filter(|number| self.texts[*number].text == text.text);
            shift
                .files
                .push(FileId(known.unwrap_or(self.texts.len()) as u32));
            if known.is_none() {
                Arc::make_mut(&mut self.texts).push(text);
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

impl<T: Shifts + ?Sized> Shifts for Box<T> {
    fn shift(&mut self, by: &Shift) {
        (**self).shift(by);
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

/// Shifts the first of these fields; the rest refer to nothing. Whoever adds a field has to think
/// of it here.
macro_rules! shifts_fields {
    ($type:ident { $($shifted:ident),*; $($kept:ident),* }) => {
        impl Shifts for $type {
            fn shift(&mut self, by: &Shift) {
                let $type { $($shifted,)* $($kept: _,)* } = self;
                $($shifted.shift(by);)*
            }
        }
    };
}

shifts_fields!(Source {
    place, via, withdrawn_in;
    id, title, date, lost_date, reliability, same_as
});
shifts_fields!(Actor {
    place, speaks_for, members;
    id, name, aliases, kind, power, same_as
});
shifts_fields!(Issue {
    place, part_of;
    id, name, aliases, topic_only, levels, scale, lost_scale, lost_decided, same_as
});
shifts_fields!(Stance {
    place, issue, actors, sources, more;
    position, date
});
shifts_fields!(StanceMore {
    toward, said_by, depends_on, withdrawn_in;
    until, salience, power, credibility, condition
});
shifts_fields!(Meeting {
    place, participants, topics, more;
    id, title, kind, status, date
});
shifts_fields!(MeetingMore {
    host, invited, declined, part_of, earlier, because, said_by, sources, withdrawn_in, withdrawn;
    on, likelihood, told, same_as, lost_date, lost_on
});
shifts_fields!(Earlier {
    because, said_by, sources, withdrawn_in;
    nth, faulty, date, status, on
});
shifts_fields!(Tie {
    place, from, to, over, said_by, sources, withdrawn_in;
    kind, since, until
});
shifts_fields!(Fact {
    place, about, said_by, sources, withdrawn_in;
    id, date, lost_date
});
