//! The oracle: a literal, slow reading of the contract of the format, held against every command that tells the same thing, on
//! random small graphs. It was written from the contract alone and shares with the program only the reader of records.
//!
//! [`rules`] is the contract, rule by rule; [`random`] makes graphs; [`ask`] asks the library, and on a few graphs the program as well;
//! [`compare`] holds the two against each other. `cargo test --test oracle` takes hundreds of graphs, `.ci/run` thousands more, as the other ignored
//! tests thousands. `ORACLE_PROGRAM` names another program than that of the tests. A seed that disagrees is shrunk, record by
//! record, and printed with the day, the rule and both answers; `ORACLE_SEED=17 cargo test --test oracle` looks at one alone.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stderr,
    reason = "a test that fails may panic, and one that skips says so"
)]

mod ask;
mod compare;
mod days;
mod formats;
mod measures;
mod metamorphic;
mod random;
mod rules;
#[path = "../schemas/mod.rs"]
mod schemas;

use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::Path;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};

use demarche::model::{ActorKind, MeetingKind, TieKind};

use compare::{Disagreement, Whom, compare, day_text};
use random::{Draft, Random, Written};
use rules::Asked;

/// Questions about a graph: each of its days, and some with a filter.
fn questions(seed: u64) -> Vec<Asked> {
    let mut random = Random::of(seed ^ 0xA5);
    let days = random::days(seed);
    let mut asked: Vec<Asked> = days
        .iter()
        .map(|day| Asked::as_of(i64::from(day.0)))
        .collect();
    let mut filtered = asked[1 + random.below(3)].clone();
    match random.below(7) {
        6 => filtered.offers = true,
        0 => filtered.own = true,
        1 => filtered.known_by = Some(filtered.day - random.below(100) as i64),
        2 => filtered.min_grade = random.one_of(&["B", "C", "3", "C3"]).parse().ok(),
        3 => filtered.min_sources = 2,
        4 => filtered.period = Some((filtered.day - random.below(400) as i64, filtered.day)),
        _ => filtered.without = vec!["s0".to_owned()],
    }
    asked.push(filtered);
    asked.push(selected(seed, &mut random, asked[1].clone()));
    asked[1].day_in_file = random.once_in(2);
    asked
}

/// A question about some actors, issues, tags or meetings only, now and then in a period.
fn selected(seed: u64, random: &mut Random, mut asked: Asked) -> Asked {
    let text = Draft::of(seed).text();
    let graph = rules::records::graph(&[&text]);
    let actors: Vec<String> = graph.actors.keys().cloned().collect();
    let issues: Vec<String> = graph.issues.keys().cloned().collect();
    let groups = graph.ties.iter();
    let groups = groups.filter(|(_, tie)| tie.kind == TieKind::Member);
    let groups: Vec<String> = groups.map(|(_, tie)| tie.to.to_string()).collect();
    let select = &mut asked.select;
    match random.below(6) {
        0 => select.actors = random.some_of(&actors, 2),
        1 => select.kinds = vec![*random.one_of(ActorKind::ALL)],
        2 => {
            select.groups = random.some_of(&groups, 1);
            select.actors = random.some_of(&actors, 1);
        }
        3 => select.issues = random.some_of(&issues, 1),
        4 => select.meeting_kinds = vec![*random.one_of(MeetingKind::ALL)],
        _ => {
            select.issues = random.some_of(&issues, 2);
            select.kinds = vec![ActorKind::State, ActorKind::Person];
        }
    }
    // A tag that no record has is refused.
    if text.contains("\"t0\"") && random.once_in(3) {
        select.tags = vec!["t0".to_owned()];
    }
    if random.once_in(4) {
        asked.period = Some((asked.day - random.below(400) as i64, asked.day));
    }
    asked
}

/// The text of a graph, in which the day is where the question doesn't say it (T3).
fn text(written: &Written, asked: &Asked) -> String {
    let as_of = format!("    as_of: \"{}\",\n", day_text(asked.day));
    written.with_head(if asked.day_in_file { &as_of } else { "" })
}

/// A disagreement, with the graph and the question it is about.
struct Found {
    seed: u64,
    written: Written,
    asked: Asked,
    what: Disagreement,
}

/// Every so many graphs the program is asked one of the questions as well.
const PROGRAM_TOO: usize = 20;

/// Looks at so many graphs, on all cores; how many answers were compared, and what was found.
fn look(seeds: std::ops::Range<u64>) -> (usize, Vec<Found>) {
    let next = AtomicU64::new(seeds.start);
    let answers = AtomicUsize::new(0);
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
                    for (nth, asked) in questions(seed).into_iter().enumerate() {
                        let whom = match seed as usize % (PROGRAM_TOO * 5) == PROGRAM_TOO * nth {
                            true => Whom::ProgramToo,
                            false => Whom::Library,
                        };
                        let text = text(&written, &asked);
                        let compared = compare(&text, &asked, folder.path(), whom, None);
                        answers.fetch_add(compared.answers, Ordering::Relaxed);
                        let found = compared.found.into_iter().map(|what| Found {
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
    (answers.into_inner(), all)
}

/// Takes records out, one by one, while the two still disagree about the same rule.
fn shrunk(found: &Found, folder: &Path) -> (Written, Disagreement) {
    let command = found.what.command.split(' ').next();
    let still = |written: &Written| {
        let text = text(written, &found.asked);
        compare(&text, &found.asked, folder, Whom::Library, command)
            .found
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
        let _ = writeln!(
            report,
            "## {rule}: {} answers on {} graphs, {seeds:?}",
            found.len(),
            seeds.len()
        );
        let _ = writeln!(
            report,
            "seed {}, as of {}: demarche {}",
            first.seed,
            day_text(first.asked.day),
            what.command
        );
        let _ = writeln!(report, "{}", text(&written, &first.asked));
        for (key, contract, program) in &what.differs {
            let none = || "nothing".to_owned();
            let (contract, program) = (
                contract.clone().unwrap_or_else(none),
                program.clone().unwrap_or_else(none),
            );
            let _ = writeln!(
                report,
                "  {key}\n    the contract: {contract}\n    the program:  {program}"
            );
        }
    }
    report
}

/// `17`, or `0..40`.
fn range(text: String) -> Option<std::ops::Range<u64>> {
    let (from, to) = text.split_once("..").unwrap_or((&text, ""));
    let from = from.parse().ok()?;
    Some(
        from..if to.is_empty() {
            from + 1
        } else {
            to.parse().ok()?
        },
    )
}

fn held(seeds: std::ops::Range<u64>) {
    let seeds = std::env::var("ORACLE_SEED")
        .ok()
        .and_then(range)
        .unwrap_or(seeds);
    let (answers, found) = look(seeds.clone());
    eprintln!("{seeds:?}: {answers} answers compared");
    assert!(found.is_empty(), "{}", report(&found));
}

#[test]
fn every_command_says_what_the_contract_says() {
    held(0..200);
}

#[test]
#[ignore = "takes minutes: by hand"]
fn every_command_says_what_the_contract_says_of_many_graphs() {
    held(200..2200);
}

/// What a function finds wrong with so many graphs, each in a folder of its own, on all cores.
fn wrong_with(
    seeds: std::ops::Range<u64>,
    find: impl Fn(u64, &Path) -> Vec<String> + Sync,
) -> Vec<String> {
    let next = AtomicU64::new(seeds.start);
    let all = Mutex::new(Vec::new());
    let cores = std::thread::available_parallelism().map_or(2, usize::from);
    std::thread::scope(|scope| {
        for _ in 0..cores {
            scope.spawn(|| {
                let mut seed = next.fetch_add(1, Ordering::Relaxed);
                while seed < seeds.end {
                    let folder = tempfile::tempdir().unwrap();
                    all.lock().unwrap().extend(find(seed, folder.path()));
                    seed = next.fetch_add(1, Ordering::Relaxed);
                }
            });
        }
    });
    all.into_inner().unwrap()
}

/// Holds the laws on so many graphs: one law a graph, in turn.
fn laws_hold(seeds: std::ops::Range<u64>) {
    let wrong = wrong_with(seeds, |seed, folder| {
        let law = &metamorphic::LAWS[seed as usize % metamorphic::LAWS.len()];
        metamorphic::broken(law, seed, folder).into_iter().collect()
    });
    assert!(
        wrong.is_empty(),
        "{} laws broken\n{}",
        wrong.len(),
        wrong.join("\n\n")
    );
}

#[test]
fn what_must_not_matter_does_not() {
    laws_hold(0..300);
}

#[test]
#[ignore = "takes minutes: by hand"]
fn what_must_not_matter_does_not_on_many_graphs() {
    laws_hold(300..1500);
}

#[test]
fn a_diff_there_is_a_diff_back() {
    let wrong = wrong_with(0..200, |seed, folder| {
        metamorphic::diff_is_not_symmetric(seed, folder)
            .into_iter()
            .collect()
    });
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

#[test]
fn every_answer_is_well_formed_in_every_format() {
    let with_dot = formats::has_dot();
    if !with_dot {
        eprintln!("skipped: DOT is not tried on Graphviz, which is not installed");
    }
    let wrong = wrong_with(0..100, |seed, folder| {
        formats::broken(seed, folder, with_dot)
    });
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
#[ignore = "takes minutes: by hand"]
fn every_answer_of_many_graphs_is_well_formed_in_every_format() {
    let with_dot = formats::has_dot();
    let wrong = wrong_with(100..400, |seed, folder| {
        formats::broken(seed, folder, with_dot)
    });
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
