//! How fast the measures are, on as many actors, issues and statements as a large graph has: seeded, so that each run
//! measures the same.
#![allow(missing_docs, reason = "benchmarks are no library")]

use demarche::measure::agreement::{Measure, Normalise, Tally, pairs};
use demarche::measure::camps::{agreeing, divide};
use divan::{Bencher, black_box};

fn main() {
    divan::main();
}

/// Statements of two blocs that mostly disagree.
fn tally(actors: u64, issues: u64, statements: u64) -> Tally {
    let mut state = 7_u64;
    let mut random = |end: u64| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) % end
    };
    let said = (0..statements).map(|_| {
        let (actor, issue) = (random(actors), random(issues));
        let with = if (actor % 2 == 0) == (random(10) > 1) { 0.5 } else { -0.5 };
        (actor as u32, issue as u32, with)
    });
    Tally::new(actors as usize, issues as usize, said.collect())
}

const SIZES: [(u64, u64, u64); 2] = [(200, 50, 5_000), (2_000, 500, 100_000)];

#[divan::bench(args = SIZES)]
fn agreement_of_all_pairs(bencher: Bencher, (actors, issues, statements): (u64, u64, u64)) {
    let tally = tally(actors, issues, statements);
    bencher.bench(|| pairs(black_box(&tally), Measure::Subtract, Normalise::None));
}

#[divan::bench(args = SIZES)]
fn camps(bencher: Bencher, (actors, issues, statements): (u64, u64, u64)) {
    let tally = tally(actors, issues, statements);
    bencher.bench(|| divide(&agreeing(black_box(&tally), Measure::Subtract)));
}
