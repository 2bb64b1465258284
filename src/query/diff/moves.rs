//! Positions that moved, became known or became unknown: from where, to where, and on which
//! statements.

use std::collections::BTreeMap;

use crate::graph::{ActorId, Entity, Graph, IssueId, SourceId, Standing, Standings, Verdict};
use crate::model::Date;
use crate::query::diff::pairs::Pairs;
use crate::query::history::{BECOMES_CONTESTED, CONTESTED_OTHERWISE};
use crate::query::{Behind, Stand, Table, Word, rows, same, table};
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
pub(super) fn moves(graph: &Graph, pairs: &Pairs, before: &Standings, after: &Standings) -> Moves {
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
    let now = |actor: ActorId| match pairs.now(Entity::Actor(actor)) {
        Entity::Actor(now) => now,
        _ => actor,
    };
    for ((actor, issue), [before, after]) in both {
        let verdicts = [before, after].map(verdict);
        let kind = match verdicts {
            [Verdict::Unknown, _] => &mut moves.known,
            [_, Verdict::Unknown] => &mut moves.lost,
            _ => &mut moves.moved,
        };
        let in_force = [before, after].map(|one| one.into_iter().flat_map(Standing::in_force));
        let is_same = same::is_same(graph, verdicts, in_force, now);
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
    let row = rows::position(graph, actor, issue, shown);
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
        date: row.date,
        sources: row.sources,
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
