//! Pairs the things of the old graph with those of the new one: by id or, failing that, by name.

use std::collections::{HashMap, HashSet};

use crate::graph::{
    ActorId, By, Entity, FactId, Graph, IssueId, Joined, MeetingId, Shift, SourceId, Tie, TieId,
};
use crate::model::{self, TieKind};
use crate::words::folded;

/// The things of two graphs side by side, in the order of declaration.
#[derive(Debug, Default)]
pub(super) struct Pairs {
    /// The things in both graphs, as pairs of old and new.
    pub(super) stayed: Vec<(Entity, Entity)>,
    /// The things in both graphs under different ids, as pairs of old and new.
    pub(super) renamed: Vec<(Entity, Entity)>,
    /// The things only in the new graph.
    pub(super) added: Vec<Entity>,
    /// The things only in the old graph.
    pub(super) removed: Vec<Entity>,
    now: HashMap<Entity, Entity>,
    /// The ties that say no more than a short form that the other graph has, by the actor whose
    /// record would hold the short form.
    short: HashMap<ActorId, Vec<TieId>>,
}

impl Pairs {
    /// Returns what a thing is in the new graph; the thing itself if it is of the new graph, or
    /// gone.
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
        // Main names are matched first, so that an alias that moved elsewhere does not make two
        // things one.
        for names in [primary_name, any_name] {
            let found = same_names(graph, &removed, &added, names);
            let paired: HashSet<Entity> =
                found.iter().flat_map(|(old, new)| [*old, *new]).collect();
            removed.retain(|entity| !paired.contains(entity));
            added.retain(|entity| !paired.contains(entity));
            pairs.now.extend(found.iter().copied());
            pairs.renamed.extend(found);
        }
        (pairs.added, pairs.removed) = (added, removed);
        pairs.short = pairs.short_ties(graph, shift);
        pairs
    }

    /// Keeps the things that are asked about, on either side.
    pub(super) fn keep(&mut self, is_asked: impl Fn(Entity) -> bool) {
        for pairs in [&mut self.stayed, &mut self.renamed] {
            pairs.retain(|(old, new)| is_asked(*old) || is_asked(*new));
        }
        for things in [&mut self.added, &mut self.removed] {
            things.retain(|thing| is_asked(*thing));
        }
    }

    /// Returns the ties that stand for a short form missing in the record of an actor; the other
    /// graph has it there.
    pub(super) fn short(&self, actor: ActorId) -> &[TieId] {
        self.short.get(&actor).map_or(&[], Vec::as_slice)
    }

    /// Returns whether a tie stands for a short form of the other graph.
    pub(super) fn is_short(&self, graph: &Graph, tie: TieId) -> bool {
        // The ties are in ascending order, as they were found.
        let owner = owner(&graph[tie]);
        self.short(owner).binary_search(&tie).is_ok()
    }

    fn short_ties(&self, graph: &Graph, shift: &Shift) -> HashMap<ActorId, Vec<TieId>> {
        let is_old = |actor| is_old(Entity::Actor(actor), shift);
        let key = |joined: &Joined<'_>, is_old: bool| {
            let ends = [joined.from, joined.to].map(|actor| self.now(Entity::Actor(actor)));
            (is_old, ends, *joined.kind == TieKind::Member)
        };
        let (short, ties): (Vec<Joined<'_>>, Vec<Joined<'_>>) = graph
            .joined()
            .partition(|joined| graph.tie_of(*joined).is_none());
        let short: HashSet<_> = short
            .iter()
            .map(|joined| key(joined, is_old(joined.from)))
            .collect();
        let mut found: HashMap<ActorId, Vec<TieId>> = HashMap::new();
        for joined in ties {
            if let By::Tie(id) = joined.by
                && short.contains(&key(&joined, !is_old(joined.from)))
                && says_no_more(graph, &graph[id])
            {
                let owner = owner(&graph[id]);
                found.entry(owner).or_default().push(id);
            }
        }
        found
    }
}

/// Returns the actor whose record holds the short form of a tie: the speaker, or the group.
fn owner(tie: &Tie) -> ActorId {
    match tie.kind {
        TieKind::Member => tie.to,
        _ => tie.from,
    }
}

/// Returns whether a tie says no more than the short form does.
fn says_no_more(graph: &Graph, tie: &Tie) -> bool {
    let bare = tie.is_like_short_form()
        && tie.since.is_none()
        && tie.until.is_none()
        && tie.over.is_empty()
        && tie.said_by.is_none();
    bare && graph.written_tie(tie.place)
        == model::Tie {
            from: graph.id(Entity::Actor(tie.from)).into(),
            to: graph.id(Entity::Actor(tie.to)).into(),
            kind: tie.kind.clone(),
            ..model::Tie::default()
        }
}

/// Returns whether a thing belongs to the old graph, which was put beside the new one.
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
        // The name of a fact is its id, so only its text can show that it is the same.
        Entity::Fact(id) => vec![folded(&graph.written_fact(graph[id].place).text)],
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

/// Returns the pairs in which each thing is the only one that shares a name with the other.
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
