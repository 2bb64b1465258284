//! What one actor does to the forecast of one issue.

use crate::graph::{ActorId, Graph, IssueId, Lens};
use crate::measure::forecast::{Rule, forecast, where_changed};
use crate::query::{Answer, Cell, Row, Section};

use super::{Asked, LEFT_OUT, STAKE, name};

/// Tells where an actor stands on an issue, how much it counts, and what the rules would say were it otherwise.
pub fn forecast_of(
    graph: &Graph,
    lens: Lens,
    (actor, issue): (ActorId, IssueId),
    rules: &[Rule],
) -> Answer {
    let asked = Asked::new(graph, lens, issue);
    let names = (
        &graph.actors[actor.index()].name,
        &graph.issues[issue.index()].name,
    );
    let nth = asked
        .stakes
        .counted
        .iter()
        .position(|counted| counted.actor == actor);
    let stake = nth.map(|nth| asked.stake(&asked.stakes.counted[nth]));
    let left_out = asked
        .stakes
        .left_out
        .iter()
        .zip(asked.left_out())
        .filter(|((who, standing, _), _)| *who == actor && !standing.footings.is_empty());
    let plain = asked.plain();
    let row = |rule: &Rule| {
        let nth = nth?;
        let now = forecast(*rule, &plain)?;
        let otherwise = asked
            .changes()
            .into_iter()
            .flat_map(|(_, change)| where_changed(*rule, &plain, nth, change));
        let number = |value: Option<f64>| value.map_or(Cell::Nothing, Cell::Number);
        let cells = [Cell::text(name(*rule)), Cell::Number(now)]
            .into_iter()
            .chain(otherwise.map(number));
        Some(Row::new(cells))
    };
    let columns = [
        "rule",
        "forecast",
        "left_out",
        "a_step_less",
        "a_step_more",
        "cares_twice_as_much",
    ];
    let moves = Section::new("moves", "What the rules say were it otherwise", &columns)
        .with(rules.iter().filter_map(row));
    let nothing =
        "No statement of it, or of whoever speaks for it, is on this issue: it does not count.";
    let said = Section::new("stakes", "", STAKE).with(stake);
    let out = Section::new("left_out", "", LEFT_OUT)
        .with(left_out.map(|(_, row)| row).collect::<Vec<_>>());
    let said = if nth.is_none() && out.rows.is_empty() {
        said.or_else(nothing)
    } else {
        said
    };
    let mut notes = asked.notes(rules, &[]);
    if nth.is_some() {
        let alone = if plain.len() == 1 {
            " Without it nobody counts: nothing can be said."
        } else {
            ""
        };
        let step = asked
            .stakes
            .step
            .map(|step| format!("A step is {step} on the scale.{alone}"));
        notes.extend(step);
    }
    let sections = [said, out, moves]
        .into_iter()
        .map(|section| section.for_programs(&["issue"]));
    Answer {
        title: format!("{} in the forecast of {}", names.0, names.1),
        sections: sections.collect(),
        notes,
    }
}
