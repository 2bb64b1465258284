//! Which record an id is the id of. The ids stand in the records; here are only their hashes.

use std::hash::BuildHasher;

use hashbrown::{DefaultHashBuilder, HashTable};

use crate::graph::{ActorId, Entity, FactId, Graph, IssueId, MeetingId, SourceId};

/// The records that have ids, by the hash of the id.
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
    /// What an id is the id of; none where no record has it.
    pub fn entity(&self, id: &str) -> Option<Entity> {
        let Index { hasher, records } = self.index.get_or_init(|| Index::of(self));
        records
            .find(hasher.hash_one(id), |entity| self.id(*entity) == id)
            .copied()
    }

    /// Everything that has an id: actors, issues, meetings, sources, facts, each in the order of their ids.
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

    /// Every id.
    pub fn ids(&self) -> impl Iterator<Item = &str> {
        self.entities().map(|entity| self.id(entity))
    }
}
