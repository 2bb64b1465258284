//! Reading, checking and taking apart, for whoever works on them: `cargo bench --bench read`.
#![allow(clippy::unwrap_used, reason = "a benchmark that fails may panic")]

mod synthetic;

use demarche::model::Document;
use demarche::text::FileId;
use divan::Bencher;
use divan::counter::BytesCount;

fn main() {
    divan::main();
}

const STANCES: [usize; 2] = [1_000, 30_000];

#[divan::bench(args = STANCES)]
fn reader(bencher: Bencher<'_, '_>, stances: usize) {
    let text = synthetic::graph(stances, stances / 100 + 2, stances / 200 + 1);
    bencher
        .counter(BytesCount::of_str(&text))
        .bench(|| Document::read(&text, FileId::default()));
}

#[divan::bench(args = STANCES)]
fn ron(bencher: Bencher<'_, '_>, stances: usize) {
    let text = synthetic::graph(stances, stances / 100 + 2, stances / 200 + 1);
    let options =
        ron::Options::default().with_default_extension(ron::extensions::Extensions::IMPLICIT_SOME);
    bencher
        .counter(BytesCount::of_str(&text))
        .bench(|| options.from_str::<Document<'_>>(&text).unwrap());
}

#[divan::bench(args = STANCES)]
fn load(bencher: Bencher<'_, '_>, stances: usize) {
    let text = synthetic::graph(stances, stances / 100 + 2, stances / 200 + 1);
    bencher
        .counter(BytesCount::of_str(&text))
        .bench(|| demarche::resolve::read("graph.ron", &text));
}

#[divan::bench]
fn blinken(bencher: Bencher<'_, '_>) {
    let text = std::fs::read_to_string("graphs/blinken-2023.ron").unwrap();
    bencher
        .counter(BytesCount::of_str(&text))
        .bench(|| demarche::resolve::read("graph.ron", &text));
}
