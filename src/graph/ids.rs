//! Numbers that stand for the records of one graph: dense, from 0, worth nothing elsewhere. Records with ids are in the order of
//! these; ties by whom they join; stances as they stand in the files.

use std::ops::Index;

use crate::graph::{Actor, Fact, Graph, Issue, Meeting, Source, Stance, Tie};
use crate::model::RecordKind;

macro_rules! ids {
    ($($(#[$meta:meta])* $name:ident: $record:ident in $list:ident,)*) => {$(
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub(crate) u32);

        impl $name {
            /// The same as an index of the graph's list.
            pub fn index(self) -> usize {
                self.0 as usize
            }

            /// Those of a graph, in their order.
            pub(crate) fn all(graph: &Graph) -> impl Iterator<Item = $name> + Clone + use<> {
                (0..graph.$list.len() as u32).map($name)
            }
        }

        impl Graph {
            /// Iterates over the records of this kind with their ids, in the order of the ids.
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
    /// A source: an index of [`Graph::sources`].
    SourceId: Source in sources,
    /// An actor: an index of [`Graph::actors`].
    ActorId: Actor in actors,
    /// An issue: an index of [`Graph::issues`].
    IssueId: Issue in issues,
    /// A stance: an index of [`Graph::stances`].
    StanceId: Stance in stances,
    /// A meeting: an index of [`Graph::meetings`].
    MeetingId: Meeting in meetings,
    /// A tie: an index of [`Graph::ties`].
    TieId: Tie in ties,
    /// A fact: an index of [`Graph::facts`].
    FactId: Fact in facts,
}

/// Whatever has an id.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Entity {
    /// Of `sources`.
    Source(SourceId),
    /// Of `actors`.
    Actor(ActorId),
    /// Of `issues`.
    Issue(IssueId),
    /// Of `meetings`.
    Meeting(MeetingId),
    /// Of `facts`.
    Fact(FactId),
}

impl Entity {
    /// The kind of its record.
    pub fn kind(self) -> RecordKind {
        match self {
            Entity::Source(_) => RecordKind::Source,
            Entity::Actor(_) => RecordKind::Actor,
            Entity::Issue(_) => RecordKind::Issue,
            Entity::Meeting(_) => RecordKind::Meeting,
            Entity::Fact(_) => RecordKind::Fact,
        }
    }

    /// `an actor`, `a source` …
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

/// Ids of one kind: mostly one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Ids<T> {
    /// One.
    One(T),
    /// None, or several.
    Many(Box<[T]>),
}

impl<T> Ids<T> {
    /// All of them, in the order written.
    pub fn as_slice(&self) -> &[T] {
        match self {
            Ids::One(one) => std::slice::from_ref(one),
            Ids::Many(many) => many,
        }
    }
}

impl<T: PartialEq> Ids<T> {
    /// Whether one of them is this.
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
