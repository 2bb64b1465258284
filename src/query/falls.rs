//! What falls if sources are withdrawn: the positions that become unknown or change, and the records that nothing else says.

use std::collections::HashSet;

use crate::graph::{
    ActorId, Entity, FactId, Graph, IssueId, Lens, MeetingId, Positions, Standing, TieId, Verdict,
};
use crate::query::rows;
use crate::query::{Answer, Cell, Row, Section};
use crate::text::Place;
use crate::words::joined;

/// Compares a graph with what is left of it without some sources.
pub fn falls(graph: &Graph, without: &Graph, lens: Lens, sources: &[&str]) -> Answer {
    let (before, after) = (
        graph.positions(lens, |_, _| true),
        without.positions(lens, |_, _| true),
    );
    let columns = ["actor", "issue", "position", "without", "sources"];
    let (gone, moved) = changed(graph, without, &before, &after);
    let sections = vec![
        Section::new("unknown", "Positions that become unknown", &columns)
            .with(gone)
            .or_else("No position becomes unknown."),
        Section::new("moved", "Positions that change", &columns)
            .with(moved)
            .or_else("No position changes."),
        Section::new(
            "meetings",
            "Meetings that nothing else tells of, or that change",
            rows::MEETING,
        )
        .with(meetings(graph, without)),
        Section::new("ties", "Ties that nothing else tells of", rows::TIE)
            .with(ties(graph, without)),
        Section::new("facts", "Facts that nothing else tells of", rows::FACT)
            .with(facts(graph, without)),
    ];
    Answer {
        title: format!("What falls without {}", joined(sources)),
        sections,
        notes: Vec::new(),
    }
}

fn changed(
    graph: &Graph,
    without: &Graph,
    before: &Positions,
    after: &Positions,
) -> (Vec<Row>, Vec<Row>) {
    let (mut gone, mut moved) = (Vec::new(), Vec::new());
    for ((actor, issue), standing) in before
        .iter()
        .filter(|(_, standing)| standing.verdict != Verdict::Unknown)
    {
        let left = after.get(&(*actor, *issue));
        let verdict = left.map_or(Verdict::Unknown, |left| left.verdict);
        if verdict == standing.verdict {
            continue;
        }
        let now = left.map_or(Cell::said(None), |left| rows::stands(without, left));
        let row = row(graph, *actor, *issue, standing, now);
        if verdict == Verdict::Unknown {
            gone.push(row)
        } else {
            moved.push(row)
        }
    }
    // What was over, or counted no longer, replaced what comes back without it.
    let is_known = |standing: &Standing| standing.verdict != Verdict::Unknown;
    for ((actor, issue), left) in after.iter().filter(|(_, left)| is_known(left)) {
        if let Some(standing) = before.get(&(*actor, *issue)).filter(|old| !is_known(old)) {
            let mut row = row(graph, *actor, *issue, standing, rows::stands(without, left));
            row.evidence = standing.footings.iter().map(rows::evidence).collect();
            moved.push(row);
        }
    }
    (gone, moved)
}

fn row(graph: &Graph, actor: ActorId, issue: IssueId, standing: &Standing, now: Cell) -> Row {
    let mut row = rows::position(graph, actor, issue, standing);
    let sources = row.cells.pop().unwrap_or_default();
    row.cells.truncate(3);
    row.cells.extend([now, sources]);
    row.evidence = standing.in_force().map(rows::evidence).collect();
    row
}

fn meetings(graph: &Graph, without: &Graph) -> Vec<Row> {
    let same = |id: &MeetingId| {
        let meeting = &graph.meetings[id.index()];
        match without.entity(&meeting.id) {
            Some(Entity::Meeting(left)) => {
                let left = &without.meetings[left.index()];
                (left.statuses(), left.date) == (meeting.statuses(), meeting.date)
            }
            _ => false,
        }
    };
    let ids = (0..graph.meetings.len()).map(|n| MeetingId(n as u32));
    ids.filter(|id| !same(id))
        .map(|id| rows::meeting(graph, id))
        .collect()
}

fn ties(graph: &Graph, without: &Graph) -> Vec<Row> {
    let ids = (0..graph.ties.len()).map(|n| TieId(n as u32));
    let left: HashSet<Place> = without.ties.iter().map(|tie| tie.place).collect();
    let is_left = |id: &TieId| left.contains(&graph.ties[id.index()].place);
    ids.filter(|id| !is_left(id))
        .map(|id| rows::tie(graph, id))
        .collect()
}

fn facts(graph: &Graph, without: &Graph) -> Vec<Row> {
    let ids = (0..graph.facts.len()).map(|n| FactId(n as u32));
    ids.filter(|id| without.entity(&graph.facts[id.index()].id).is_none())
        .map(|id| rows::fact(graph, id))
        .collect()
}
