//! Ids of records: indices into the lists of one graph, from 0, meaningless in another. Records
//! with a written id are sorted by it, ties by the actors they join; stances keep the order of the
//! files.

use std::ops::Index;

use crate::graph::{Actor, Fact, Graph, Issue, Meeting, Source, Stance, Tie};
use crate::model::RecordKind;

macro_rules! ids {
    ($($(#[$meta:meta])* $name:ident: $record:ident in $list:ident,)*) => {$(
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub(crate) u32);

        impl $name {
            /// Returns the index in the graph's list.
            pub fn index(self) -> usize {
                self.0 as usize
            }

            /// Iterates over all ids of a graph, in order.
            pub(crate) fn all(graph: &Graph) -> impl Iterator<Item = $name> + Clone + use<> {
                (0..graph.$list.len() as u32).map($name)
            }
        }

        impl Graph {
            #[doc = concat!("Iterates over the ", stringify!($list), " with their ids, in order.")]
            pub fn $list(
                &self,
            ) -> impl ExactSizeIterator<Item = ($name, &$record)> + DoubleEndedIterator + Clone {
                let records = self.$list.iter().enumerate();
                records.map(|(nth, record)| ($name(nth as u32), record))
            }
        }

        impl Index<$name> for Graph {
            type Output = $record;
            fn index(&self, id: $name) -> &$record {
                &self.$list[id.index()]
            }
        }
    )*};
}

ids! {
    /// The id of a source.
    SourceId: Source in sources,
    /// The id of an actor.
    ActorId: Actor in actors,
    /// The id of an issue.
    IssueId: Issue in issues,
    /// The id of a stance.
    StanceId: Stance in stances,
    /// The id of a meeting.
    MeetingId: Meeting in meetings,
    /// The id of a tie.
    TieId: Tie in ties,
    /// The id of a fact.
    FactId: Fact in facts,
}

/// The id of a record that has a written id.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Entity {
    /// A source.
    Source(SourceId),
    /// An actor.
    Actor(ActorId),
    /// An issue.
    Issue(IssueId),
    /// A meeting.
    Meeting(MeetingId),
    /// A fact.
    Fact(FactId),
}

macro_rules! ids_of_entities {
    ($($name:ident: $variant:ident($id:ident) $what:literal,)*) => {
        impl Entity {$(
            #[doc = concat!("Returns the id if it is ", $what, ", or `None`.")]
            pub fn $name(self) -> Option<$id> {
                match self {
                    Entity::$variant(id) => Some(id),
                    _ => None,
                }
            }
        )*}
    };
}

ids_of_entities! {
    source: Source(SourceId) "a source",
    actor: Actor(ActorId) "an actor",
    issue: Issue(IssueId) "an issue",
    meeting: Meeting(MeetingId) "a meeting",
    fact: Fact(FactId) "a fact",
}

impl Entity {
    /// Returns the kind of the record.
    pub fn kind(self) -> RecordKind {
        match self {
            Entity::Source(_) => RecordKind::Source,
            Entity::Actor(_) => RecordKind::Actor,
            Entity::Issue(_) => RecordKind::Issue,
            Entity::Meeting(_) => RecordKind::Meeting,
            Entity::Fact(_) => RecordKind::Fact,
        }
    }

    /// Returns the kind in words: `an actor`, `a source` …
    pub fn noun(self) -> &'static str {
        match self {
            Entity::Source(_) => "a source",
            Entity::Actor(_) => "an actor",
            Entity::Issue(_) => "an issue",
            Entity::Meeting(_) => "a meeting",
            Entity::Fact(_) => "a fact",
        }
    }
}

/// Any number of ids of one kind, mostly one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Ids<T> {
    /// One.
    One(T),
    /// None, or several.
    Many(Box<[T]>),
}

impl<T> Ids<T> {
    /// Returns all of them, in the order written.
    pub fn as_slice(&self) -> &[T] {
        match self {
            Ids::One(one) => std::slice::from_ref(one),
            Ids::Many(many) => many,
        }
    }
}

impl<T: PartialEq> Ids<T> {
    /// Returns whether an id is among them.
    pub fn contains(&self, id: &T) -> bool {
        self.as_slice().contains(id)
    }
}

impl<T> FromIterator<T> for Ids<T> {
    fn from_iter<I: IntoIterator<Item = T>>(ids: I) -> Self {
        let mut ids = ids.into_iter();
        match (ids.next(), ids.next()) {
            (Some(one), None) => Ids::One(one),
            (first, second) => Ids::Many(first.into_iter().chain(second).chain(ids).collect()),
        }
    }
}
