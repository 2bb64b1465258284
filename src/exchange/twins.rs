//! Records of a graph whose names resemble each other, so that they may be the same. A person decides.

use std::collections::{HashMap, HashSet};

use crate::exchange::near::{Likeness, pairs};
use crate::graph::{Entity, Graph};
use crate::model::RecordKind;

/// Two records that may be the same, each with the name that resembles the other's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Twins<'g> {
    /// The one that is named less often.
    pub rarer: (Entity, &'g str),
    /// The one that is named more often.
    pub commoner: (Entity, &'g str),
    /// How the names resemble each other.
    pub likeness: Likeness,
}

/// Lists the actors and issues of a graph that may be the same, the surest first.
pub fn twins(graph: &Graph) -> Vec<Twins<'_>> {
    let counts = counts(graph);
    let mut all = of_kind(graph, RecordKind::Actor, &counts);
    all.extend(of_kind(graph, RecordKind::Issue, &counts));
    all.sort_by_key(|twins| twins.likeness);
    all
}

fn of_kind<'g>(
    graph: &'g Graph,
    kind: RecordKind,
    counts: &HashMap<Entity, usize>,
) -> Vec<Twins<'g>> {
    let entities = graph.entities().filter(|entity| entity.kind() == kind);
    let names: Vec<(Entity, &str)> = entities
        .flat_map(|entity| graph.names(entity).map(move |name| (entity, name)))
        .collect();
    let texts: Vec<&str> = names.iter().map(|(_, name)| *name).collect();
    let count = |nth: usize| counts.get(&names[nth].0).copied().unwrap_or(0);
    let mut seen = HashSet::new();
    let mut found = Vec::new();
    for (one, other, likeness) in pairs(&texts) {
        let (rarer, commoner) = match count(one) < count(other) {
            true => (names[one], names[other]),
            false => (names[other], names[one]),
        };
        if rarer.0 != commoner.0 && seen.insert((rarer.0, commoner.0)) {
            found.push(Twins {
                rarer,
                commoner,
                likeness,
            });
        }
    }
    found
}

/// Counts how often statements and meetings name each actor and issue.
fn counts(graph: &Graph) -> HashMap<Entity, usize> {
    let mut counts = HashMap::new();
    let mut count = |entity| *counts.entry(entity).or_insert(0) += 1;
    for stance in &graph.stances {
        let actors = stance.actors.as_slice().iter();
        actors.for_each(|actor| count(Entity::Actor(*actor)));
        count(Entity::Issue(stance.issue));
    }
    for meeting in &graph.meetings {
        let participants = meeting.participants.iter();
        participants.for_each(|actor| count(Entity::Actor(*actor)));
        let topics = meeting.topics.iter();
        topics.for_each(|issue| count(Entity::Issue(*issue)));
    }
    counts
}
