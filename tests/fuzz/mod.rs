//! What is fuzzed: each target takes any bytes, and panics where something is wrong. A fuzzer runs them for long, a test for a
//! fixed number of times.
#![allow(
    dead_code,
    unreachable_pub,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a target that finds something panics; not everyone runs all"
)]

mod assistant;
#[path = "../agreement/both.rs"]
mod both;
mod chance;
mod drafts;
mod edits;
mod include;
mod made;
#[path = "../agreement/odd.rs"]
mod odd;
mod questions;
mod reader;
mod server;

pub use chance::Chance;

/// A target: what it is called, what it does with some bytes, what it may begin with, and how often a short run runs it.
pub struct Target {
    pub name: &'static str,
    pub run: fn(&[u8]),
    pub seeds: fn() -> Vec<Vec<u8>>,
    pub executions: u32,
}

/// All targets.
pub const TARGETS: &[Target] = &[
    target("agreement", reader::agreement, reader::graphs, 2000),
    target("odd", reader::odd, none, 2000),
    target("check", reader::check, reader::graphs, 300),
    target("draft", drafts::run, drafts::sentences, 300),
    target("include", include::run, none, 1000),
    target("questions", questions::run, none, 60),
    target("edits", edits::run, none, 500),
    target("server", server::run, none, 100),
    target("assistant", assistant::run, none, 60),
];

const fn target(
    name: &'static str,
    run: fn(&[u8]),
    seeds: fn() -> Vec<Vec<u8>>,
    executions: u32,
) -> Target {
    Target {
        name,
        run,
        seeds,
        executions,
    }
}

/// For targets that read their bytes as decisions.
fn none() -> Vec<Vec<u8>> {
    Vec::new()
}

/// The target of a name.
pub fn run(name: &str, bytes: &[u8]) {
    let target = TARGETS.iter().find(|target| target.name == name);
    (target.expect("a target").run)(bytes);
}
