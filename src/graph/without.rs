//! Standings on an issue as if one statement had not been made.

use std::collections::BTreeMap;

use crate::graph::{ActorId, Census, Graph, Lens, StanceId, Standing, Words};

impl Graph {
    /// Computes the standings that change if a statement is left out: those of its actors, those of
    /// the actors they speak for, and those of speakers that are then counted by themselves or with
    /// another.
    pub fn without(
        &self,
        census: &Census,
        lens: Lens,
        left_out: StanceId,
    ) -> BTreeMap<ActorId, Standing> {
        let stance = &self[left_out];
        let own = stance.actors.as_slice().iter().copied();
        let above = own.clone().flat_map(|actor| self.voices().ever(actor));
        let anew = |actor: ActorId| {
            let footings = census.footings(census.at(actor, stance.issue)?);
            let speaks = footings.iter().any(|footing| footing.stance == left_out);
            let without = || self.standing_without(stance.issue, footings, lens, left_out);
            speaks.then(|| (actor, without()))
        };
        let mut changed: BTreeMap<ActorId, Standing> = own.chain(above).filter_map(anew).collect();
        if lens.words == Words::Own || !self.voices().are_any() {
            return changed;
        }
        let speakers = ActorId::all(self);
        let depends = |actor: &ActorId| {
            let is_changed = |one: ActorId| changed.contains_key(&one);
            self.voices().has_principals(*actor)
                && (is_changed(*actor) || self.voices().ever(*actor).any(is_changed))
        };
        let speaks = |actor: ActorId| {
            let standing = changed.get(&actor).cloned();
            let standing = standing
                .or_else(|| Some(census.standing(census.at(actor, stance.issue)?, lens)))?;
            let above = |principal: ActorId| match changed.get(&principal) {
                Some(standing) => Some((standing.verdict, &standing.footings[..])),
                None => {
                    let cell = census.at(principal, stance.issue)?;
                    Some((cell.verdict, census.footings(cell)))
                }
            };
            let folded = self.counts_for(actor, &standing.footings, lens, above);
            Some((actor, Standing { folded, ..standing }))
        };
        let speaking: Vec<(ActorId, Standing)> =
            speakers.filter(depends).filter_map(speaks).collect();
        changed.extend(speaking);
        changed
    }
}
