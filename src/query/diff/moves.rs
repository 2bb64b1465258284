//! Positions that moved, became known or became unknown: from where, to where, and on which
//! statements.

use std::collections::BTreeMap;

use crate::graph::{ActorId, Entity, Graph, IssueId, Positions, Side, SourceId, Standing, Verdict};
use crate::model::{Date, Position};
use crate::query::diff::pairs::Pairs;
use crate::query::history::{BECOMES_CONTESTED, CONTESTED_OTHERWISE};
use crate::query::{Behind, Stand, Table, Word, rows, table};
use crate::text::Place;

table! {
    /// A position that moved.
    pub struct MovedRow of "position" {
        /// The actor.
        actor: ActorId,
        /// The issue.
        issue: IssueId,
        /// The position before.
        from: Stand,
        /// The position now.
        to: Stand,
        /// What kind of change it is.
        change: Word,
        /// The date of the newest statement it rests on.
        date: Option<Date>,
        /// Its sources.
        sources: Vec<SourceId>,
        /// Where the statements stood in the files before.
        before_at: Vec<Place>,
    }
}

/// The positions that differ, by what became of them.
pub(super) struct Moves {
    /// Those known before and now.
    pub(super) moved: Table<MovedRow>,
    /// Those known only now.
    pub(super) known: Table<MovedRow>,
    /// Those known only before.
    pub(super) lost: Table<MovedRow>,
}

/// Returns the positions that differ. Positions before are looked up under what their actors and
/// issues are now.
pub(super) fn moves(graph: &Graph, pairs: &Pairs, before: &Positions, after: &Positions) -> Moves {
    let mut both: BTreeMap<(ActorId, IssueId), [Option<&Standing>; 2]> = BTreeMap::new();
    for ((actor, issue), standing) in before {
        let now = (
            pairs.now(Entity::Actor(*actor)),
            pairs.now(Entity::Issue(*issue)),
        );
        let key = match now {
            (Entity::Actor(actor), Entity::Issue(issue)) => (actor, issue),
            _ => (*actor, *issue),
        };
        both.entry(key).or_default()[0] = Some(standing);
    }
    for (key, standing) in after {
        both.entry(*key).or_default()[1] = Some(standing);
    }
    let mut moves = Moves {
        moved: Table::new("Positions that moved", []),
        known: Table::new("Positions that became known", []).hiding(&["from", "change"]),
        lost: Table::new("Positions that became unknown", []).hiding(&["to", "change"]),
    };
    for ((actor, issue), [before, after]) in both {
        let kind = match (verdict(before), verdict(after)) {
            (Verdict::Unknown, _) => &mut moves.known,
            (_, Verdict::Unknown) => &mut moves.lost,
            _ => &mut moves.moved,
        };
        let is_same = is_same(graph, pairs, [before, after]);
        let row = (!is_same).then(|| moved(graph, (actor, issue), before, after));
        kind.rows.extend(row.flatten());
    }
    moves
}

fn verdict(standing: Option<&Standing>) -> Verdict {
    standing.map_or(Verdict::Unknown, |standing| standing.verdict)
}

fn moved(
    graph: &Graph,
    (actor, issue): (ActorId, IssueId),
    before: Option<&Standing>,
    after: Option<&Standing>,
) -> Option<MovedRow> {
    let shown = [after, before]
        .into_iter()
        .flatten()
        .find(|standing| standing.in_force().next().is_some())?;
    let told = rows::position(graph, actor, issue, shown);
    let places = |standing: Option<&Standing>| -> Vec<Place> {
        let in_force = standing.into_iter().flat_map(Standing::in_force);
        in_force
            .map(|footing| graph[footing.stance].place)
            .collect()
    };
    let (mut places_before, places_after) = (places(before), places(after));
    if places_before == places_after {
        places_before.clear();
    }
    let in_force = [after, before]
        .into_iter()
        .flatten()
        .flat_map(Standing::in_force);
    Some(MovedRow {
        actor,
        issue,
        from: rows::stands_if_known(graph, before),
        to: rows::stands_if_known(graph, after),
        change: words(verdict(before), verdict(after)),
        date: told.date,
        sources: told.sources,
        before_at: places_before,
        behind: Behind {
            place: places_after.first().copied(),
            evidence: in_force.map(rows::evidence).collect(),
        },
    })
}

/// Returns the words for a change from one verdict to another.
fn words(before: Verdict, after: Verdict) -> Word {
    match (before, after) {
        (Verdict::Unknown, _) => Word::new("becomes_known", "becomes known"),
        (_, Verdict::Unknown) => Word::new("becomes_unknown", format!("becomes {}", after.word())),
        (Verdict::Contested, Verdict::Contested) => {
            Word::new("contested_otherwise", CONTESTED_OTHERWISE)
        }
        (_, Verdict::Contested) => Word::new("becomes_contested", BECOMES_CONTESTED),
        (Verdict::Contested, _) => Word::new("settled", "settled"),
        _ => Word::new("moves", "moves"),
    }
}

/// Returns whether a position is the same before and after: the same sides and numbers and, where a
/// voice is heard both times, the same strength. Another voice with another strength moves nothing.
fn is_same(graph: &Graph, pairs: &Pairs, [before, after]: [Option<&Standing>; 2]) -> bool {
    match (verdict(before), verdict(after)) {
        (one, other) if one == other && one != Verdict::Contested => return true,
        (Verdict::Contested, Verdict::Contested) => {}
        (Verdict::Stands(one), Verdict::Stands(other)) if alike(one, other) => {}
        _ => return false,
    }
    let said = [before, after].map(|standing| heard(graph, pairs, standing));
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

/// Returns what each voice says of a position, under the ids of now.
fn heard(graph: &Graph, pairs: &Pairs, standing: Option<&Standing>) -> Heard {
    let mut heard = Heard::new();
    for footing in standing.into_iter().flat_map(Standing::in_force) {
        let stance = &graph[footing.stance];
        let voice = stance.said_by().unwrap_or(footing.through);
        let voice = match pairs.now(Entity::Actor(voice)) {
            Entity::Actor(now) => now,
            _ => voice,
        };
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
