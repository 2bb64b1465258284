//! The oracle: a literal, slow reading of the contract of the format, held against every command that tells the same thing, on
//! random small graphs. It was written from the contract alone and shares with the program only the reader of records.
//!
//! [`rules`] is the contract, rule by rule; [`random`] makes graphs; [`compare`] holds the two against each other.
//! `cargo test --test oracle` takes 200 graphs; the ignored test takes 2,000. A seed that disagrees is shrunk, record by record,
//! and printed with the day, the rule and both answers; `ORACLE_SEED=17 cargo test --test oracle` looks at one alone.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test that fails may panic"
)]

mod compare;
mod days;
mod measures;
mod random;
mod rules;

use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::Path;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};

use compare::{Disagreement, compare, day_text};
use random::{Draft, Random, Written};
use rules::Asked;

/// Questions about a graph: each of its days, and some with a filter.
fn questions(seed: u64) -> Vec<Asked> {
    let mut random = Random::of(seed ^ 0xA5);
    let days = random::days(seed);
    let mut asked: Vec<Asked> = days.iter().map(|day| Asked::as_of(i64::from(day.0))).collect();
    let mut filtered = asked[1 + random.below(3)].clone();
    match random.below(5) {
        0 => filtered.own = true,
        1 => filtered.known_by = Some(filtered.day - random.below(100) as i64),
        2 => filtered.min_grade = random.one_of(&["B", "C", "3", "C3"]).parse().ok(),
        3 => filtered.min_sources = 2,
        _ => filtered.without = vec!["s0".to_owned()],
    }
    asked.push(filtered);
    asked
}

/// A disagreement, with the graph and the question it is about.
struct Found {
    seed: u64,
    written: Written,
    asked: Asked,
    what: Disagreement,
}

/// Looks at so many graphs, on all cores.
fn look(seeds: std::ops::Range<u64>, every_day: bool) -> Vec<Found> {
    let next = AtomicU64::new(seeds.start);
    let all = Mutex::new(Vec::new());
    let cores = std::thread::available_parallelism().map_or(2, usize::from);
    std::thread::scope(|scope| {
        for _ in 0..cores {
            scope.spawn(|| {
                let folder = tempfile::tempdir().unwrap();
                loop {
                    let seed = next.fetch_add(1, Ordering::Relaxed);
                    if seed >= seeds.end {
                        break;
                    }
                    let written = Draft::of(seed);
                    let questions = questions(seed);
                    let skipped = usize::from(!every_day);
                    for asked in questions.into_iter().skip(skipped) {
                        let found = compare(&written.text(), &asked, folder.path(), None);
                        let found = found.into_iter().map(|what| Found {
                            seed,
                            written: written.clone(),
                            asked: asked.clone(),
                            what,
                        });
                        all.lock().unwrap().extend(found);
                    }
                }
            });
        }
    });
    let mut all = all.into_inner().unwrap();
    all.sort_by_key(|found| found.seed);
    all
}

/// Takes records out, one by one, while the two still disagree about the same rule.
fn shrunk(found: &Found, folder: &Path) -> (Written, Disagreement) {
    let command = found.what.command.split(' ').next();
    let still = |written: &Written| {
        compare(&written.text(), &found.asked, folder, command)
            .into_iter()
            .find(|other| other.rule == found.what.rule)
    };
    let (mut written, mut what) = (found.written.clone(), found.what.clone());
    for _ in 0..3 {
        let before = written.clone();
        for section in (0..written.sections.len()).rev() {
            for nth in (0..written.sections[section].len()).rev() {
                let mut without = written.clone();
                let record = without.sections[section].remove(nth);
                let id = record.split(':').next().filter(|id| id.starts_with('"'));
                if id.is_some_and(|id| without.text().contains(id)) {
                    continue;
                }
                if let Some(disagreement) = still(&without) {
                    (written, what) = (without, disagreement);
                }
            }
        }
        if written == before {
            break;
        }
    }
    (written, what)
}

/// One example of each kind, shrunk, and how many there are.
fn report(all: &[Found]) -> String {
    let mut kinds = BTreeMap::<&str, Vec<&Found>>::new();
    for found in all {
        kinds.entry(found.what.rule).or_default().push(found);
    }
    let folder = tempfile::tempdir().unwrap();
    let mut report = String::new();
    for (rule, found) in &kinds {
        let first = found[0];
        let (written, what) = shrunk(first, folder.path());
        let seeds: std::collections::BTreeSet<u64> = found.iter().map(|found| found.seed).collect();
        let _ = writeln!(report, "## {rule}: {} answers on {} graphs, {seeds:?}", found.len(), seeds.len());
        let _ = writeln!(report, "seed {}, as of {}: demarche {}", first.seed, day_text(first.asked.day), what.command);
        let _ = writeln!(report, "{}", written.text());
        for (key, contract, program) in &what.differs {
            let none = || "nothing".to_owned();
            let (contract, program) = (contract.clone().unwrap_or_else(none), program.clone().unwrap_or_else(none));
            let _ = writeln!(report, "  {key}\n    the contract: {contract}\n    the program:  {program}");
        }
    }
    report
}

fn held(seeds: std::ops::Range<u64>, every_day: bool) {
    let seeds = match std::env::var("ORACLE_SEED").ok().and_then(|seed| seed.parse().ok()) {
        Some(seed) => seed..seed + 1,
        None => seeds,
    };
    let all = look(seeds, every_day);
    assert!(all.is_empty(), "{}", report(&all));
}

#[test]
fn every_command_says_what_the_contract_says_of_200_graphs() {
    held(0..200, false);
}

#[test]
#[ignore = "takes minutes: `.ci/run` makes it"]
fn every_command_says_what_the_contract_says_of_2000_graphs() {
    held(200..2200, true);
}
