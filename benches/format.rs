//! How fast the formatter lays out 100 MB, and how much memory it takes.
#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a benchmark that fails may panic, and prints"
)]

use std::fmt::Write;

use demarche::edit::{Layout, format};
use divan::counter::BytesCount;

#[global_allocator]
static MEMORY: divan::AllocProfiler = divan::AllocProfiler::system();

const SIZE: usize = 100_000_000;

/// A graph of stances as people write them, some short, some long, some with a comment.
fn graph() -> String {
    let mut text = String::from("Graph(\n    stances: [\n");
    let mut nth = 0;
    while text.len() < SIZE {
        nth += 1;
        let (actor, issue) = (nth % 997, nth % 101);
        let _ = match nth % 5 {
            0 => writeln!(
                text,
                "        // As {nth} has it.\n        (actor: [\"actor-{actor}\", \"actor-{issue}\"], issue: \"issue-{issue}\", position: Supports, \
                 summary: \"says once more that it is for it, in other words than before\", source: \"report\", at: \"par. {issue}\"), // p. {actor}"
            ),
            1 => writeln!(
                text,
                "        (actor: \"actor-{actor}\", issue: \"issue-{issue}\", position: Opposes, source: \"wire\"),"
            ),
            _ => writeln!(
                text,
                "        (\n            actor: \"actor-{actor}\",\n            issue: \"issue-{issue}\",\n            position: At({issue}),\n            salience: 0.5,\n            date: \"2023-06-18\",\n            source: [\"report\", \"wire\"],\n            note: \"Nobody else has said so since, neither in public nor to the press as far as known.\",\n        ),"
            ),
        };
    }
    text.push_str("    ],\n)\n");
    text
}

fn main() {
    let text = graph();
    println!("{} bytes", text.len());
    divan::main();
}

#[divan::bench(sample_count = 10, sample_size = 1)]
fn laid_out(bencher: divan::Bencher<'_, '_>) {
    let text = graph();
    bencher
        .counter(BytesCount::of_str(&text))
        .bench_local(|| format(&text, Layout::default()).unwrap());
}

#[divan::bench(sample_count = 3, sample_size = 1)]
fn laid_out_narrow(bencher: divan::Bencher<'_, '_>) {
    let text = graph();
    bencher.counter(BytesCount::of_str(&text)).bench_local(|| {
        format(
            &text,
            Layout {
                width: 60,
                ..Layout::default()
            },
        )
        .unwrap()
    });
}
