//! The groups that actors belong to, such as parties, where most actors of a picture belong to one: the
//! members of each then stand together.

use std::collections::BTreeMap;

use crate::graph::{ActorId, Graph};
use crate::picture::roster::Roster;

/// The groups of the actors of a picture.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Groups {
    /// The groups, those with the most members first; empty unless most actors belong to one.
    pub(super) all: Vec<ActorId>,
    /// The number of the group of each actor of the graph, counted from 1; `None` for one in none.
    pub(super) of: Vec<Option<u32>>,
}

impl Groups {
    /// Returns the names of the groups.
    pub(super) fn names(&self, graph: &Graph) -> Vec<String> {
        let names = self.all.iter().map(|id| graph[*id].name.to_string());
        names.collect()
    }

    /// Finds the groups of the actors shown. One that is an actor of the picture itself stands for
    /// itself, beside its members.
    pub(super) fn of(graph: &Graph, roster: &Roster) -> Groups {
        let is_shown = |actor: &ActorId| roster.actors.contains(actor);
        let pairs = roster.extract.members.iter();
        let pairs = pairs.filter(|(member, group)| is_shown(member) && !is_shown(group));
        let mut group_of: BTreeMap<ActorId, ActorId> = BTreeMap::new();
        for (member, group) in pairs {
            group_of.entry(*member).or_insert(*group);
        }
        let mut sizes: BTreeMap<ActorId, usize> = BTreeMap::new();
        for group in group_of.values() {
            *sizes.entry(*group).or_default() += 1;
        }
        sizes.retain(|_, size| *size > 1);
        let members: usize = sizes.values().sum();
        if sizes.len() < 2 || members * 3 < roster.actors.len() * 2 {
            return Groups::default();
        }
        let mut all: Vec<(ActorId, usize)> = sizes.into_iter().collect();
        all.sort_by_key(|(group, size)| (std::cmp::Reverse(*size), graph[*group].name.clone()));
        let all: Vec<ActorId> = all.into_iter().map(|(group, _)| group).collect();
        let mut of = vec![None; graph.actors.len()];
        for (member, group) in group_of {
            let nth = all.iter().position(|other| *other == group);
            of[member.index()] = nth.map(|nth| nth as u32 + 1);
        }
        Groups { all, of }
    }
}
