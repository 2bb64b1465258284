//! Positions that moved: from where, to where, and on which statements.

use std::collections::BTreeMap;

use crate::graph::{ActorId, Entity, Graph, IssueId, Positions, Standing, Verdict};
use crate::query::diff::pairs::Pairs;
use crate::query::{Cell, Row, Section, rows};
use crate::text::Place;

/// The positions that moved; those before are looked up under what their actors and issues are now.
pub(super) fn moves(
    graph: &Graph,
    pairs: &Pairs,
    before: &Positions,
    after: &Positions,
) -> Section {
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
    let rows = both
        .into_iter()
        .filter_map(|((actor, issue), [before, after])| {
            moved(graph, (actor, issue), before, after)
        });
    let columns = [
        "actor",
        "issue",
        "from",
        "to",
        "change",
        "date",
        "sources",
        "before_at",
    ];
    Section::new("positions", "Positions that moved", &columns).with(rows)
}

fn moved(
    graph: &Graph,
    (actor, issue): (ActorId, IssueId),
    before: Option<&Standing>,
    after: Option<&Standing>,
) -> Option<Row> {
    if said(graph, before) == said(graph, after) {
        return None;
    }
    let stands = |standing: Option<&Standing>| {
        standing.map_or(Cell::said(None), |standing| rows::stands(graph, standing))
    };
    let verdict = |standing: Option<&Standing>| {
        standing.map_or(Verdict::Unknown, |standing| standing.verdict)
    };
    let shown = [after, before]
        .into_iter()
        .flatten()
        .find(|standing| standing.in_force().next().is_some())?;
    let told = rows::position(graph, actor, issue, shown);
    let places = |standing: Option<&Standing>| -> Vec<Place> {
        let in_force = standing.into_iter().flat_map(Standing::in_force);
        in_force
            .map(|footing| graph.stances[footing.stance.index()].place)
            .collect()
    };
    let (mut places_before, places_after) = (places(before), places(after));
    if places_before == places_after {
        places_before.clear();
    }
    let mut row = Row::new([
        Cell::Thing(Entity::Actor(actor)),
        Cell::Thing(Entity::Issue(issue)),
        stands(before),
        stands(after),
        Cell::text(words(verdict(before), verdict(after))),
        told.cells[5].clone(),
        told.cells[6].clone(),
        Cell::places(places_before),
    ]);
    row.place = places_after.first().copied();
    let in_force = [after, before]
        .into_iter()
        .flatten()
        .flat_map(Standing::in_force);
    Some(row.because(in_force.map(rows::evidence)))
}

/// What it is called when a position becomes another.
fn words(before: Verdict, after: Verdict) -> &'static str {
    match (before, after) {
        (Verdict::Unknown, _) => "becomes known",
        (_, Verdict::Unknown) => "becomes unknown",
        (Verdict::Contested, Verdict::Contested) => "contested otherwise",
        (_, Verdict::Contested) => "becomes contested",
        (Verdict::Contested, _) => "settled",
        _ => "moves",
    }
}

/// What a position comes to: its verdict, with all that is said where that is contested.
fn said(graph: &Graph, standing: Option<&Standing>) -> String {
    let Some(standing) = standing else {
        return format!("{:?}", Verdict::Unknown);
    };
    let positions = standing
        .in_force()
        .filter_map(|footing| graph.stances[footing.stance.index()].position);
    let mut said: Vec<String> = match standing.verdict {
        Verdict::Contested => positions.map(|position| format!("{position:?}")).collect(),
        _ => Vec::new(),
    };
    said.sort();
    said.dedup();
    format!("{:?}{}", standing.verdict, said.concat())
}
