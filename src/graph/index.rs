//! Finds records by their written ids. The ids stay in the records; the index has only their
//! hashes.

use std::hash::BuildHasher;

use hashbrown::{DefaultHashBuilder, HashTable};

use crate::graph::{ActorId, Entity, FactId, Graph, IssueId, MeetingId, SourceId};

/// The records with written ids, by the hash of the id.
#[derive(Clone, Debug, Default)]
pub(super) struct Index {
    hasher: DefaultHashBuilder,
    records: HashTable<Entity>,
}

impl Index {
    fn of(graph: &Graph) -> Index {
        let mut index = Index::default();
        let hash = |entity: &Entity| index.hasher.hash_one(graph.id(*entity));
        index.records.reserve(graph.entities().size_hint().0, hash);
        for entity in graph.entities() {
            index.records.insert_unique(hash(&entity), entity, hash);
        }
        index
    }
}

impl Graph {
    /// Finds the record with a written id, or `None` if there is none. [`Graph::record`] finds
    /// records by name, too.
    pub fn entity(&self, id: &str) -> Option<Entity> {
        let Index { hasher, records } = self.index.get_or_init(|| Index::of(self));
        records
            .find(hasher.hash_one(id), |entity| self.id(*entity) == id)
            .copied()
    }

    /// Iterates over all records with written ids: actors, issues, meetings, sources and facts,
    /// each sorted by id.
    pub fn entities(&self) -> impl Iterator<Item = Entity> {
        let actors = (0..self.actors.len() as u32).map(|nth| Entity::Actor(ActorId(nth)));
        let issues = (0..self.issues.len() as u32).map(|nth| Entity::Issue(IssueId(nth)));
        let meetings = (0..self.meetings.len() as u32).map(|nth| Entity::Meeting(MeetingId(nth)));
        let sources = (0..self.sources.len() as u32).map(|nth| Entity::Source(SourceId(nth)));
        let facts = (0..self.facts.len() as u32).map(|nth| Entity::Fact(FactId(nth)));
        actors
            .chain(issues)
            .chain(meetings)
            .chain(sources)
            .chain(facts)
    }

    /// Iterates over all written ids, in the order of [`Graph::entities`].
    pub fn ids(&self) -> impl Iterator<Item = &str> {
        self.entities().map(|entity| self.id(entity))
    }
}
