//! Which thing of the old graph is which of the new one: the one with its id, else the one that has its name.

use std::collections::HashMap;

use crate::graph::{ActorId, Entity, FactId, Graph, IssueId, MeetingId, Shift, SourceId};
use crate::near::folded;

/// The things of two graphs that stand side by side, in the order of declaration.
#[derive(Debug, Default)]
pub(super) struct Pairs {
    /// Of both: the old one and the new one.
    pub(super) stayed: Vec<(Entity, Entity)>,
    /// Of both, under another id.
    pub(super) renamed: Vec<(Entity, Entity)>,
    /// Of the new graph only.
    pub(super) added: Vec<Entity>,
    /// Of the old graph only.
    pub(super) removed: Vec<Entity>,
    now: HashMap<Entity, Entity>,
}

impl Pairs {
    /// What a thing is in the new graph; itself where it is of the new graph, or vanished.
    pub(super) fn now(&self, entity: Entity) -> Entity {
        self.now.get(&entity).copied().unwrap_or(entity)
    }

    /// Finds the pairs.
    pub(super) fn of(graph: &Graph, shift: &Shift) -> Pairs {
        let mut pairs = Pairs::default();
        let (mut added, mut removed): (Vec<Entity>, Vec<Entity>) = (Vec::new(), Vec::new());
        let old: HashMap<(&str, &str), Entity> = graph
            .entities()
            .filter(|entity| is_old(*entity, shift))
            .map(|entity| ((entity.noun(), graph.id(entity)), entity))
            .collect();
        for entity in graph.entities().filter(|entity| !is_old(*entity, shift)) {
            match old.get(&(entity.noun(), graph.id(entity))) {
                Some(before) => pairs.stayed.push((*before, entity)),
                None => added.push(entity),
            }
        }
        pairs.now.extend(pairs.stayed.iter().copied());
        removed.extend(
            graph
                .entities()
                .filter(|entity| is_old(*entity, shift) && !pairs.now.contains_key(entity)),
        );
        // By name first, so that an alias that moved elsewhere does not make two of one.
        for names in [primary_name, any_name] {
            let found = same_names(graph, &removed, &added, names);
            removed.retain(|entity| !found.iter().any(|(old, _)| old == entity));
            added.retain(|entity| !found.iter().any(|(_, new)| new == entity));
            pairs.now.extend(found.iter().copied());
            pairs.renamed.extend(found);
        }
        (pairs.added, pairs.removed) = (added, removed);
        pairs
    }
}

/// Whether a thing is of the graph that was put beside the other.
pub(super) fn is_old(entity: Entity, shift: &Shift) -> bool {
    match entity {
        Entity::Source(SourceId(n)) => n >= shift.sources,
        Entity::Actor(ActorId(n)) => n >= shift.actors,
        Entity::Issue(IssueId(n)) => n >= shift.issues,
        Entity::Meeting(MeetingId(n)) => n >= shift.meetings,
        Entity::Fact(FactId(n)) => n >= shift.facts,
    }
}

fn primary_name(graph: &Graph, entity: Entity) -> Vec<String> {
    match entity {
        // A fact is called by its id, so that only what it says can tell that it is the same.
        Entity::Fact(id) => vec![folded(
            &graph.written_fact(graph.facts[id.index()].place).text,
        )],
        entity => vec![folded(graph.name(entity))],
    }
}

fn any_name(graph: &Graph, entity: Entity) -> Vec<String> {
    match entity {
        Entity::Fact(_) => Vec::new(),
        entity => graph
            .names(entity)
            .chain([graph.id(entity)])
            .map(folded)
            .collect(),
    }
}

/// The pairs of which each is the only one that has a name of the other.
fn same_names(
    graph: &Graph,
    removed: &[Entity],
    added: &[Entity],
    names: impl Fn(&Graph, Entity) -> Vec<String>,
) -> Vec<(Entity, Entity)> {
    let mut called: HashMap<(&str, String), Vec<Entity>> = HashMap::new();
    for entity in removed {
        for name in names(graph, *entity) {
            called
                .entry((entity.noun(), name))
                .or_default()
                .push(*entity);
        }
    }
    let mut found: Vec<(Entity, Entity)> = Vec::new();
    for entity in added {
        let same = names(graph, *entity)
            .into_iter()
            .filter_map(|name| called.get(&(entity.noun(), name)))
            .flatten();
        let same = crate::query::rows::distinct(same.copied());
        found.extend(same.into_iter().map(|old| (old, *entity)));
    }
    let (mut olds, mut news): (HashMap<Entity, usize>, HashMap<Entity, usize>) = Default::default();
    for (old, new) in &found {
        *olds.entry(*old).or_default() += 1;
        *news.entry(*new).or_default() += 1;
    }
    found.retain(|(old, new)| olds[old] == 1 && news[new] == 1);
    found
}
