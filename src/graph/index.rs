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

    /// Returns whether an issue is another one or a part of it, directly or through others.
    pub(crate) fn is_part_of(&self, issue: IssueId, whole: IssueId) -> bool {
        let mut wider = std::iter::successors(Some(issue), |issue| self[*issue].part_of);
        wider.any(|issue| issue == whole)
    }

    /// Iterates over all records with written ids: actors, issues, meetings, sources and facts,
    /// each sorted by id.
    pub fn entities(&self) -> impl Iterator<Item = Entity> {
        let actors = ActorId::all(self).map(Entity::Actor);
        let issues = IssueId::all(self).map(Entity::Issue);
        let meetings = MeetingId::all(self).map(Entity::Meeting);
        let sources = SourceId::all(self).map(Entity::Source);
        let facts = FactId::all(self).map(Entity::Fact);
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
