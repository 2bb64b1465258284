//! Each fuzz target, run a fixed number of times on bytes that are the same every time; `DEMARCHE_FUZZ=50` runs each fifty
//! times as often. What finds something is written to `target/fuzz-NAME`.
#![cfg(all(feature = "lsp", feature = "mcp"))]
#![allow(
    clippy::expect_used,
    clippy::panic,
    reason = "a test that fails may panic"
)]

#[path = "fuzz/mod.rs"]
mod targets;

use std::fs;
use std::panic::catch_unwind;
use std::path::PathBuf;

use targets::{Chance, TARGETS};

/// Runs a target as often as it is to be run.
fn run(name: &str) {
    let target = TARGETS
        .iter()
        .find(|target| target.name == name)
        .expect("a target");
    let times = std::env::var("DEMARCHE_FUZZ").map_or(1, |times| times.parse().expect("a number"));
    let seeds = (target.seeds)();
    for nth in 0..target.executions * times {
        let bytes = match seeds.get(nth as usize) {
            Some(seed) => seed.clone(),
            None => Chance(nth.into()).bytes(&seeds),
        };
        let run = target.run;
        if catch_unwind(|| run(&bytes)).is_err() {
            let file = format!("{}/target/fuzz-{name}", env!("CARGO_MANIFEST_DIR"));
            fs::write(&file, &bytes).expect("written");
            panic!("execution {nth} of `{name}` found something: {file}");
        }
    }
}

/// For the long run, into the folder that `DEMARCHE_FUZZ_SEEDS` names.
#[test]
fn seeds_are_written() {
    let within = tempfile::tempdir().expect("a folder");
    let folder = std::env::var("DEMARCHE_FUZZ_SEEDS").map_or(within.path().into(), PathBuf::from);
    for target in TARGETS {
        let folder = folder.join(target.name);
        fs::create_dir_all(&folder).expect("a folder");
        let seeds = (target.seeds)();
        for (nth, seed) in seeds.iter().enumerate() {
            fs::write(folder.join(format!("seed-{nth:03}")), seed).expect("written");
        }
        assert!(fs::read_dir(folder).expect("a folder").count() >= seeds.len());
    }
}

macro_rules! targets {
    ($($name:ident)*) => {
        $(#[test]
        fn $name() {
            run(stringify!($name));
        })*

        #[test]
        fn every_target_is_run() {
            let names: Vec<&str> = TARGETS.iter().map(|target| target.name).collect();
            assert_eq!(names, [$(stringify!($name)),*]);
        }
    };
}

targets! { agreement odd check draft include questions edits server assistant }
