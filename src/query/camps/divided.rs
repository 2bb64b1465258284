//! How divided it all is, in numbers, and the best split in two.

use crate::measure::agreement::{self, Normalise};
use crate::measure::balance::{Frustration, Signed, frustration};
use crate::measure::camps::external_internal;
use crate::measure::polarisation;
use crate::query::balance::one_of_several;
use crate::query::{Cell, Row, Section};

use super::{HARDLY, Told};

/// The line index is looked for among so many actors at most.
const MOST_SPLIT: usize = 2_000;
/// So many partial splits are explored for the line index.
const BUDGET: usize = 300_000;

pub(super) fn divided(told: &Told<'_>, notes: &mut Vec<String>) -> Vec<Section> {
    let (external, internal) = external_internal(told.agreeing, told.division, told.ties);
    let modularity = told.division.modularity;
    let mut measures = vec![
        ("modularity", Some(modularity)),
        (
            "E–I index",
            polarisation::external_internal(external, internal),
        ),
    ];
    if told.division.camps.len() > 1 && modularity < HARDLY {
        notes.push(format!(
            "Warning: modularity {modularity:.3} is hardly above chance; other divisions are nearly as good as these camps."
        ));
    }
    let mut split = None;
    if told.counted.actors.len() > MOST_SPLIT {
        notes.push(format!(
            "Polarisation of the whole is not looked for among more than {MOST_SPLIT} actors; `demarche camps ISSUE` tells that of one issue."
        ));
    } else if !told.division.camps.is_empty() {
        let pairs = agreement::pairs(told.tally.clone(), told.asked.measure, Normalise::None).all();
        let signed = Signed::new(
            told.counted.actors.len(),
            pairs.into_iter().map(|(a, b, value, _)| (a, b, value)),
        );
        if signed.edges().iter().all(|(.., weight)| *weight > 0.0) {
            notes.push("No two actors disagree more than they agree: there is nothing to tell of polarisation.".to_owned());
        } else {
            let found = frustration(&signed, BUDGET);
            if is_no_split(&found.split, &signed) {
                notes.push(
                    "No split in two fits better than none: no polarisation is given.".to_owned(),
                );
            } else {
                measures.extend(of_split(&found, signed.weight()));
                split = Some(best_split(told, &found.split, &signed));
                notes.extend(one_of_several(&signed, &found));
            }
        }
    }
    let rows = measures
        .into_iter()
        .filter_map(|(name, value)| Some(Row::new([Cell::text(name), Cell::Number(value?)])));
    let numbers = Section::new("measures", "How divided", &["measure", "value"]).with(rows);
    let told_split = match split {
        Some(_) => {
            " Polarisation: 1 − 2·line index/weight, the line index being what is against the best split in two."
        }
        None => "",
    };
    notes.push(format!(
        "Modularity: agreement inside camps beyond chance. E–I index: agreement between camps less that inside, of all.{told_split}"
    ));
    [Some(numbers), split].into_iter().flatten().collect()
}

/// Whether a split leaves one of its sides empty, of those who agree or disagree with anybody.
fn is_no_split(sides: &[bool], signed: &Signed) -> bool {
    let mut ends = signed.edges().iter().flat_map(|(a, b, _)| [*a, *b]);
    let first = ends.next().map(|node| sides[node]);
    ends.all(|node| Some(sides[node]) == first)
}

/// Polarisation and the line index; both bounds where it is not proved.
fn of_split(found: &Frustration, weight: f64) -> Vec<(&'static str, Option<f64>)> {
    let polarisation = |line_index| polarisation::of_network(line_index, weight);
    let mut measures = match found.is_exact() {
        true => vec![
            ("polarisation", polarisation(found.upper)),
            ("line index", Some(found.upper)),
        ],
        false => vec![
            ("polarisation, at least", polarisation(found.upper)),
            ("polarisation, at most", polarisation(found.lower)),
            ("line index, at least", Some(found.lower)),
            ("line index, at most", Some(found.upper)),
        ],
    };
    measures.push(("weight", Some(weight)));
    measures
}

/// The split in two that least is against, and what is against it.
fn best_split(told: &Told<'_>, sides: &[bool], signed: &Signed) -> Section {
    let mut is_tied = vec![false; sides.len()];
    // What is against each side, and against there being two.
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
    let rows = filled.zip(1..).map(|((side, members), nth)| {
        Row::new([
            Cell::count(nth),
            told.actors(members),
            Cell::Number(inside[usize::from(side)]),
        ])
    });
    let across = (between > 0.0)
        .then(|| Row::new([Cell::text("between"), Cell::Nothing, Cell::Number(between)]));
    Section::new(
        "split",
        "The best split in two",
        &["side", "members", "against_it"],
    )
    .with(rows)
    .with(across)
}
