//! What falls if sources are withdrawn: the positions that become unknown or change, and the
//! records that nothing else supports.

use std::collections::{BTreeSet, HashSet};

use crate::graph::{
    ActorId, Entity, FactId, Graph, IssueId, Lens, MeetingId, SourceId, Standing, Standings, TieId,
    Verdict,
};
use crate::query::rows::{self, FactRow, MeetingRow, TieRow};
use crate::query::{Notes, Row, Stand, Table, answer, scope, table};
use crate::text::Place;
use crate::words::joined;

answer! {
    /// What falls without some sources.
    pub struct Falls = "falls" {
        /// The positions that become unknown.
        unknown: Table<FallenRow>,
        /// The positions that change, and those beside which an offer falls or comes back.
        moved: Table<FallenRow>,
        /// The meetings that nothing else supports, or that change.
        meetings: Table<MeetingRow>,
        /// The ties that nothing else supports.
        ties: Table<TieRow>,
        /// The facts that nothing else supports.
        facts: Table<FactRow>,
    }
}

table! {
    /// A position that rests on the sources.
    pub struct FallenRow of "position" {
        /// The actor.
        actor: ActorId,
        /// The issue.
        issue: IssueId,
        /// The position with the sources.
        position: Stand,
        /// The position without the sources.
        without: Stand,
        /// The sources of the position.
        sources: Vec<SourceId>,
    }
}

/// Compares a graph with what is left of it without some sources.
pub fn falls(graph: &Graph, without: &Graph, lens: Lens, sources: &[&str]) -> Falls {
    let (before, after) = (
        graph.positions(lens, |actor, issue| graph.scope().has(actor, issue)),
        without.positions(lens, |actor, issue| without.scope().has(actor, issue)),
    );
    let (gone, moved) = changed(graph, without, &before, &after);
    // An offer is no position.
    let of_offers = |row: &FallenRow| row.position.verdict == row.without.verdict;
    let (heading, noun) = match moved.iter().any(of_offers) {
        true => ("Positions and offers that change", ""),
        false => ("Positions that change", FallenRow::NOUN),
    };
    Falls {
        title: format!("What falls without {}", joined(sources)),
        unknown: Table::new("Positions that become unknown", gone)
            .or_else("No position becomes unknown."),
        moved: Table::new(heading, moved)
            .of(noun)
            .or_else("No position changes."),
        meetings: meetings(graph, lens, without),
        ties: Table::new("Ties that nothing else reports", ties(graph, without)),
        facts: Table::new("Facts that nothing else reports", facts(graph, without)),
        notes: Notes::default(),
    }
}

fn changed(
    graph: &Graph,
    without: &Graph,
    before: &Standings,
    after: &Standings,
) -> (Vec<FallenRow>, Vec<FallenRow>) {
    let (mut gone, mut moved) = (Vec::new(), Vec::new());
    let offers = |graph: &Graph, standing: Option<&Standing>| {
        let footings = standing.map_or(&[][..], |standing| &standing.footings);
        let offers = graph.offers(footings).into_iter();
        offers
            .map(|offer| offer.words())
            .collect::<BTreeSet<String>>()
    };
    for ((actor, issue), standing) in before {
        let left = after.get(&(*actor, *issue));
        let verdict = left.map_or(Verdict::Unknown, |left| left.verdict);
        let has_same_offers = || offers(graph, Some(standing)) == offers(without, left);
        if verdict == standing.verdict && has_same_offers() {
            continue;
        }
        let now = rows::stands_if_known(without, left);
        let mut row = row(graph, *actor, *issue, standing, now);
        // A statement that has expired or no longer counts had replaced older ones, which come back
        // without it. An offer makes no position.
        if row.behind.evidence.is_empty() || verdict == standing.verdict {
            row.behind.evidence = standing.footings.iter().map(rows::evidence).collect();
        }
        if verdict == Verdict::Unknown && standing.verdict != Verdict::Unknown {
            gone.push(row);
        } else {
            moved.push(row);
        }
    }
    (gone, moved)
}

fn row(
    graph: &Graph,
    actor: ActorId,
    issue: IssueId,
    standing: &Standing,
    without: Stand,
) -> FallenRow {
    let row = rows::position(graph, actor, issue, standing);
    FallenRow {
        actor,
        issue,
        position: row.position,
        without,
        sources: row.sources,
        behind: rows::in_force(row.behind, standing),
    }
}

fn meetings(graph: &Graph, lens: Lens, without: &Graph) -> Table<MeetingRow> {
    let same = |id: &MeetingId| {
        let meeting = &graph[*id];
        match without.entity(&meeting.id) {
            Some(Entity::Meeting(left)) => {
                let left = &without.meetings[left.index()];
                (left.statuses(), left.date) == (meeting.statuses(), meeting.date)
            }
            _ => false,
        }
    };
    let ids = MeetingId::all(graph);
    let ids = ids.filter(|id| scope::has_meeting(graph, lens, &graph[*id]));
    let heading = "Meetings that nothing else reports, or that change";
    rows::meetings(graph, heading, ids.filter(|id| !same(id)))
}

fn ties(graph: &Graph, without: &Graph) -> Vec<TieRow> {
    let ids = TieId::all(graph);
    let left: HashSet<Place> = without.ties.iter().map(|tie| tie.place).collect();
    let is_left = |id: &TieId| left.contains(&graph[*id].place);
    ids.filter(|id| !is_left(id) && scope::has_tie(graph, *id))
        .map(|id| rows::tie(graph, id))
        .collect()
}

fn facts(graph: &Graph, without: &Graph) -> Vec<FactRow> {
    let ids = FactId::all(graph);
    ids.filter(|id| without.entity(&graph[*id].id).is_none())
        .filter(|id| scope::has_fact(graph, &graph[*id]))
        .map(|id| rows::fact(graph, id))
        .collect()
}
