//! Numbers that stand for the records of one graph: dense, from 0, worth nothing elsewhere. Records with ids are in the order of
//! these; ties by whom they join; stances as they stand in the files.

use crate::model::RecordKind;

macro_rules! ids {
    ($($(#[$meta:meta])* $name:ident,)*) => {$(
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub u32);

        impl $name {
            /// The same as an index of the graph's list.
            pub fn index(self) -> usize {
                self.0 as usize
            }
        }
    )*};
}

ids! {
    /// A source: an index of [`Graph::sources`](crate::graph::Graph::sources).
    SourceId,
    /// An actor: an index of [`Graph::actors`](crate::graph::Graph::actors).
    ActorId,
    /// An issue: an index of [`Graph::issues`](crate::graph::Graph::issues).
    IssueId,
    /// A stance: an index of [`Graph::stances`](crate::graph::Graph::stances).
    StanceId,
    /// A meeting: an index of [`Graph::meetings`](crate::graph::Graph::meetings).
    MeetingId,
    /// A tie: an index of [`Graph::ties`](crate::graph::Graph::ties).
    TieId,
    /// A fact: an index of [`Graph::facts`](crate::graph::Graph::facts).
    FactId,
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
