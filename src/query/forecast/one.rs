//! How one actor influences the forecast of one issue.

use crate::graph::{ActorId, Graph, IssueId, Lens};
use crate::measure::forecast::{Rule, forecast, where_changed};
use crate::query::{Behind, Note, Notes, Table, Word, answer, table};

use super::{AbsentRow, Asked, StakeRow, name};

answer! {
    /// How one actor influences the forecast of one issue.
    pub struct ForecastOf = "forecast_of", ties: Unused {
        /// Where it stands and how much it counts.
        stakes: Table<StakeRow>,
        /// Why it does not count.
        left_out: Table<AbsentRow>,
        /// What the rules would forecast if it differed.
        moves: Table<MoveRow>,
    }
}

table! {
    /// What a rule would forecast if one actor differed from what was said.
    pub struct MoveRow {
        /// The rule.
        rule: Word,
        /// The forecast.
        forecast: f64,
        /// The forecast without the actor.
        left_out: Option<f64>,
        /// The forecast if it stood a step lower on the scale.
        a_step_less: Option<f64>,
        /// The forecast if it stood a step higher.
        a_step_more: Option<f64>,
        /// The forecast if the issue mattered twice as much to it.
        cares_twice_as_much: Option<f64>,
    }
}

/// Returns where an actor stands on an issue, how much it counts, and what the rules would forecast
/// if it differed.
pub fn forecast_of(
    graph: &Graph,
    lens: Lens,
    (actor, issue): (ActorId, IssueId),
    rules: &[Rule],
) -> ForecastOf {
    // The actor that is named counts even if it is not selected.
    let asked = Asked::among(graph, lens, issue, |one, _| {
        one == actor || graph.scope().actor(one)
    });
    let names = (&graph[actor].name, &graph[issue].name);
    let nth = asked
        .stakes
        .counted
        .iter()
        .position(|counted| counted.actor == actor);
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
        let changes = asked.changes().into_iter();
        let mut otherwise =
            changes.flat_map(|(_, change)| where_changed(*rule, &plain, nth, change));
        let has_step = asked.stakes.step.is_some();
        let mut next = || otherwise.next().flatten();
        Some(MoveRow {
            rule: name(*rule).into(),
            forecast: now,
            left_out: next(),
            a_step_less: if has_step { next() } else { None },
            a_step_more: if has_step { next() } else { None },
            cares_twice_as_much: next(),
            behind: Behind::default(),
        })
    };
    let moves = rules.iter().filter_map(row);
    let moves = Table::new("What the rules say if this changes", moves);
    let left_out = Table::new("", left_out.map(|(_, row)| row)).hiding(&["issue"]);
    let stake = nth.map(|nth| asked.stake(&asked.stakes.counted[nth]));
    let nothing = match nth.is_none() && left_out.rows.is_empty() {
        true => {
            "Neither it nor anybody who speaks for it has a statement on this issue: it does not count."
        }
        false => "",
    };
    let mut notes: Notes = asked.notes(rules, &[]);
    let alone = match plain.len() {
        1 => " Without it nobody counts: there is no forecast.",
        _ => "",
    };
    let step = asked.stakes.step.filter(|_| nth.is_some());
    notes.extend(
        step.map(|step| Note::new("step", format!("A step is {step} on the scale.{alone}"))),
    );
    ForecastOf {
        title: format!("{} in the forecast of {}", names.0, names.1),
        stakes: Table::new("", stake).hiding(&["issue"]).or_else(nothing),
        left_out,
        moves,
        notes,
    }
}
