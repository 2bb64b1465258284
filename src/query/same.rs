//! Whether a position is the same as before.

use std::collections::BTreeMap;

use crate::graph::{ActorId, Footing, Graph, Side, Verdict};
use crate::model::Position;

/// Returns whether a position is the same before and after: the same sides and numbers and, where a
/// voice is heard both times, the same strength. Another voice with another strength moves nothing.
/// `in_force` are the statements behind the two; `now` gives the id that an actor has after.
pub(super) fn is_same<'f>(
    graph: &Graph,
    [before, after]: [Verdict; 2],
    in_force: [impl Iterator<Item = &'f Footing>; 2],
    now: impl Fn(ActorId) -> ActorId,
) -> bool {
    match (before, after) {
        (one, other) if one == other && one != Verdict::Contested => return true,
        (Verdict::Contested, Verdict::Contested) => {}
        (Verdict::Stands(one), Verdict::Stands(other)) if alike(one, other) => {}
        _ => return false,
    }
    let said = in_force.map(|in_force| heard(graph, in_force, &now));
    let all = |said: &Heard| -> Vec<Position> { said.values().flatten().copied().collect() };
    let [some, others] = [all(&said[0]), all(&said[1])];
    let is_same = |one: &Position, other: &Position| one == other;
    let of_both = |(voice, then): (&ActorId, &Vec<Position>)| {
        let now = said[1].get(voice);
        now.is_none_or(|now| are_same(then, now, is_same))
    };
    let are_alike = |one: &Position, other: &Position| alike(*one, *other);
    are_same(&some, &others, are_alike) && said[0].iter().all(of_both)
}

/// Returns whether two lists have the same positions, by what makes two the same.
fn are_same(
    some: &[Position],
    others: &[Position],
    is_same: impl Fn(&Position, &Position) -> bool,
) -> bool {
    let within = |some: &[Position], others: &[Position]| {
        let is_there = |one: &Position| others.iter().any(|other| is_same(one, other));
        some.iter().all(is_there)
    };
    within(some, others) && within(others, some)
}

/// What each voice says.
type Heard = BTreeMap<ActorId, Vec<Position>>;

/// Returns what each voice says of a position, under the ids after.
fn heard<'f>(
    graph: &Graph,
    in_force: impl Iterator<Item = &'f Footing>,
    now: impl Fn(ActorId) -> ActorId,
) -> Heard {
    let mut heard = Heard::new();
    for footing in in_force {
        let stance = &graph[footing.stance];
        let voice = now(stance.said_by().unwrap_or(footing.through));
        heard.entry(voice).or_default().extend(stance.position);
    }
    heard
}

/// Returns whether two positions are on the same side, or the same number.
fn alike(one: Position, other: Position) -> bool {
    match (one, other) {
        (Position::At(one), Position::At(other)) => one == other,
        _ => Side::of(one) == Side::of(other),
    }
}
