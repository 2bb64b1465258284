//! What of the camps hangs on single statements: each is left out in turn, and camps are looked for anew.

use std::collections::BTreeMap;

use crate::graph::{Fate, StanceId};
use crate::measure::agreement::Change;
use crate::measure::firm::{Flip, flips, is_near, sample};
use crate::query::rows;
use crate::query::{Cell, Evidence, Row, Section};

use super::Told;

/// Up to so many statements are left out one at a time; of more, a sample.
const ALL: usize = 2_000;
/// So many are in it.
const SAMPLE: usize = 500;
/// The sample is the same on every run.
const SEED: u64 = 1;

/// The statements that hold somebody in a camp all alone.
pub(super) fn firm(told: &Told<'_>, notes: &mut Vec<String>) -> Section {
    let counted = told.counted;
    let statements = counted.statements();
    let most = if statements.len() <= ALL { ALL } else { SAMPLE };
    let tried: Vec<StanceId> = sample(statements.len(), most, SEED)
        .into_iter()
        .map(|nth| statements[nth])
        .collect();
    let trials = trials(told, &tried);
    let found = flips(
        told.tally,
        told.asked.measure,
        told.agreeing,
        told.division,
        &trials,
    );
    let all = match tried.len() == statements.len() {
        true if tried.len() == 1 => "the one statement".to_owned(),
        true => format!("each of {} statements", statements.len()),
        false => format!(
            "each of {} statements, a sample (seed {SEED}) of {}",
            tried.len(),
            statements.len()
        ),
    };
    let changing = match found.len() {
        0 => "no camp changes".to_owned(),
        1 => "1 changes a camp".to_owned(),
        several => format!("{several} change a camp"),
    };
    if !statements.is_empty() {
        let how = if is_near(told.tally) {
            ", and actors moved from these camps one at a time, since they are many"
        } else {
            ""
        };
        notes.push(format!(
            "How firm the camps are: {all} was left out in turn{how}; {changing}."
        ));
    }
    let shown = most_moving(&found, told.asked.most);
    if shown.len() < found.len() {
        notes.push(format!(
            "{} of {} statements on which a camp hangs are shown: `--top` shows more.",
            shown.len(),
            found.len()
        ));
    }
    let columns = [
        "without",
        "issue",
        "position",
        "date",
        "sources",
        "moves",
        "camps_then",
    ];
    Section::new("flips", "What hangs on one statement", &columns).with(
        shown
            .into_iter()
            .map(|flip| row(told, tried[flip.trial], flip)),
    )
}

/// Those that move most actors, in the order of the trials.
fn most_moving(found: &[Flip], most: Option<usize>) -> Vec<&Flip> {
    let mut shown: Vec<&Flip> = found.iter().collect();
    shown.sort_by_key(|flip| std::cmp::Reverse(flip.moved.len()));
    shown.truncate(most.unwrap_or(usize::MAX));
    shown.sort_by_key(|flip| flip.trial);
    shown
}

fn row(told: &Told<'_>, statement: StanceId, flip: &Flip) -> Row {
    let graph = told.counted.graph;
    let stance = &graph.stances[statement.index()];
    Row::new([
        Cell::actors(stance.actors.as_slice()),
        Cell::Thing(crate::graph::Entity::Issue(stance.issue)),
        Cell::said(stance.position),
        Cell::date(graph.stance_date(stance)),
        rows::sources(stance.sources.as_slice()),
        told.actors(flip.moved.iter().copied()),
        Cell::count(flip.camps),
    ])
    .at(stance.place)
    .because([Evidence::Stance(statement, Fate::InForce)])
}

/// What would be said without each of these statements.
fn trials(told: &Told<'_>, statements: &[StanceId]) -> Vec<Vec<Change>> {
    let counted = told.counted;
    let nth: BTreeMap<StanceId, usize> = statements
        .iter()
        .enumerate()
        .map(|(nth, id)| (*id, nth))
        .collect();
    let mut trials: Vec<Vec<Change>> = vec![Vec::new(); statements.len()];
    for (actor, issue, cell) in counted.cells() {
        let footings = counted.census.footings(cell);
        for (left_out, nth) in footings
            .iter()
            .filter_map(|footing| Some((footing.stance, *nth.get(&footing.stance)?)))
        {
            let without =
                counted
                    .graph
                    .standing_without(cell.issue, footings, counted.lens, left_out);
            let scores = counted.said_in(
                cell.issue,
                &without.footings,
                without.verdict,
                told.asked.measure,
            );
            trials[nth].push(Change {
                actor,
                issue,
                scores,
            });
        }
    }
    trials
}
