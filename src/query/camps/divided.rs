//! How divided the whole is, in numbers, and the best split in two.

use crate::measure::agreement::{self, Normalise};
use crate::measure::balance::{Frustration, Signed, frustration};
use crate::measure::camps::external_internal;
use crate::measure::polarisation;
use crate::query::balance::{one_of_several, unconnected};
use crate::query::rows::{self, MeasureRow};
use crate::query::{Behind, Note, Notes, Table, Word};

use super::{Context, HARDLY, HalfRow};

/// The number of actors up to which the line index is looked for.
const MOST_SPLIT: usize = 2_000;
/// The number of partial splits explored for the line index.
const BUDGET: usize = 300_000;

pub(super) fn divided(
    context: &Context<'_>,
    notes: &mut Notes,
) -> (Table<MeasureRow>, Table<HalfRow>) {
    let (external, internal) = external_internal(context.agreeing, context.division, context.ties);
    let modularity = context.division.modularity;
    let mut measures: Vec<(Word, Option<f64>)> = vec![
        ("modularity".into(), Some(modularity)),
        (
            Word::new("ei_index", "E–I index"),
            polarisation::external_internal(external, internal),
        ),
    ];
    if context.division.camps.len() > 1 && modularity < HARDLY {
        notes.push(Note::new("hardly_divided", format!(
            "Warning: modularity {modularity:.3} is hardly above chance; other divisions are nearly as good as these camps."
        )));
    }
    let split = split_in_two(context, &mut measures, notes);
    let rows = measures
        .into_iter()
        .filter_map(|(name, value)| Some(rows::measure(name, value?)));
    let numbers = Table::new("How divided", rows);
    let of_split = match split {
        Some(_) => {
            " Polarisation: 1 − 2·line index/weight, the line index being the weight against the best split in two."
        }
        None => "",
    };
    notes.push(Note::new("measures", format!(
        "Modularity: agreement inside camps beyond chance. E–I index: agreement between camps less that inside, as a share of all.{of_split}"
    )));
    (numbers, split.unwrap_or_else(|| Table::new("", [])))
}

/// Splits the actors in two and adds what that measures, or notes why there is no split.
fn split_in_two(
    context: &Context<'_>,
    measures: &mut Vec<(Word, Option<f64>)>,
    notes: &mut Notes,
) -> Option<Table<HalfRow>> {
    let actors = context.counted.actors.len();
    if actors > MOST_SPLIT {
        notes.push(Note::new("too_many_to_split", format!(
            "Polarisation of the whole is not computed for more than {MOST_SPLIT} actors; `demarche camps ISSUE` shows that of one issue."
        )));
        return None;
    }
    let tally = context.tally.clone();
    let pairs = agreement::pairs(tally, context.asked.measure, Normalise::None).all();
    let pairs = pairs.into_iter().map(|(a, b, value, _)| (a, b, value));
    let signed = Signed::new(actors, pairs);
    if signed.edges().is_empty() {
        // No two share an issue on which both are for or against.
        return None;
    }
    if signed.edges().iter().all(|(.., weight)| *weight > 0.0) {
        notes.push(Note::new(
            "no_disagreement",
            "No two actors disagree more than they agree: no polarisation is given.",
        ));
        return None;
    }
    let found = frustration(&signed, BUDGET);
    if is_no_split(&found.split, &signed) {
        notes.push(Note::new(
            "no_split",
            "No split in two fits better than none: no polarisation is given.",
        ));
        return None;
    }
    measures.extend(of_split(&found, signed.weight()));
    let others = one_of_several(&signed, &found);
    let parts = unconnected(&signed);
    let heading = match (&others, &parts) {
        (None, None) => "The best split in two",
        _ => "A best split in two",
    };
    notes.extend(others.into_iter().chain(parts));
    Some(best_split(context, heading, &found.split, &signed))
}

/// Returns whether a split leaves one side empty, not counting actors that neither agree nor
/// disagree with anybody.
fn is_no_split(sides: &[bool], signed: &Signed) -> bool {
    let mut ends = signed.edges().iter().flat_map(|(a, b, _)| [*a, *b]);
    let first = ends.next().map(|node| sides[node]);
    ends.all(|node| Some(sides[node]) == first)
}

/// Returns polarisation and the line index, or both bounds of each if the line index is not proved.
fn of_split(found: &Frustration, weight: f64) -> Vec<(Word, Option<f64>)> {
    let polarisation = |line_index| polarisation::of_network(line_index, weight);
    let mut measures = match found.is_exact() {
        true => vec![
            ("polarisation".into(), polarisation(found.upper)),
            ("line index".into(), Some(found.upper)),
        ],
        false => vec![
            ("polarisation, at least".into(), polarisation(found.upper)),
            ("polarisation, at most".into(), polarisation(found.lower)),
            ("line index, at least".into(), Some(found.lower)),
            ("line index, at most".into(), Some(found.upper)),
        ],
    };
    measures.push(("weight".into(), Some(weight)));
    measures
}

/// Lists the two sides of the split with least against it, and what is against it.
fn best_split(
    context: &Context<'_>,
    heading: &str,
    sides: &[bool],
    signed: &Signed,
) -> Table<HalfRow> {
    let mut is_tied = vec![false; sides.len()];
    // The weight against each side, and against splitting in two.
    let (mut inside, mut between) = ([0.0; 2], 0.0);
    for &(a, b, weight) in signed.edges() {
        (is_tied[a], is_tied[b]) = (true, true);
        if sides[a] != sides[b] {
            between += weight.max(0.0);
        } else {
            inside[usize::from(sides[a])] += (-weight).max(0.0);
        }
    }
    let first = sides.first().copied().unwrap_or_default();
    let members = |side: bool| {
        (0..sides.len())
            .filter(|actor| sides[*actor] == side && is_tied[*actor])
            .collect::<Vec<usize>>()
    };
    let filled = [first, !first]
        .into_iter()
        .map(|side| (side, members(side)))
        .filter(|(_, members)| !members.is_empty());
    let rows = filled.zip(1..).map(|((side, members), nth)| HalfRow {
        side: nth.to_string(),
        members: context.actors(members),
        against_it: inside[usize::from(side)],
        behind: Behind::default(),
    });
    let across = (between > 0.0).then(|| HalfRow {
        side: "between".to_owned(),
        members: Vec::new(),
        against_it: between,
        behind: Behind::default(),
    });
    Table::new(heading, rows).with(across)
}
