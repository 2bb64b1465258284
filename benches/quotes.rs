//! A hundred thousand quotes against ten megabytes of texts: reading the texts and finding the quotes, and the closest
//! passages of those that were changed. `cargo bench --bench quotes`.
#![allow(clippy::unwrap_used, reason = "a benchmark that fails may panic")]
#![allow(missing_docs, reason = "a benchmark is no library")]

use std::fmt::Write;
use std::fs;
use std::path::PathBuf;

use demarche::graph::Graph;
use demarche::{check, disk};
use divan::Bencher;
use tempfile::TempDir;

const QUOTES: usize = 100_000;
const BYTES: usize = 10_000_000;
/// One quote in so many is not what the text says.
const CHANGED: usize = 100;

fn main() {
    divan::main();
}

/// Numbers that look random, the same on every run (Knuth's constants).
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % bound
    }
}

/// Prose of made-up words, some common and most rare, in lines and paragraphs.
fn prose(numbers: &mut Numbers, length: usize) -> String {
    const SYLLABLES: [&str; 24] = [
        "ba", "cor", "den", "el", "far", "gri", "hol", "in", "ker", "lo", "mar", "nes", "or",
        "pre", "qui", "ran", "sti", "tor", "un", "ver", "wis", "é", "st", "ly",
    ];
    let vocabulary: Vec<String> = (0..8000)
        .map(|nth| {
            (0..1 + (nth % 4) + usize::from(nth > 200))
                .map(|_| SYLLABLES[numbers.below(24)])
                .collect()
        })
        .collect();
    let mut text = String::with_capacity(length + 100);
    let mut line = 0;
    while text.len() < length {
        let common = numbers.below(3) > 0;
        let word = &vocabulary[if common {
            numbers.below(100)
        } else {
            numbers.below(8000)
        }];
        text.push_str(word);
        match numbers.below(60) {
            0 => text.push_str(" – "),
            1 => text.push_str(".” “"),
            2 => text.push_str(".\n\n"),
            3..8 => text.push_str(", "),
            _ if text.len() - line > 90 => text.push('\n'),
            _ => text.push(' '),
        }
        if text.ends_with('\n') {
            line = text.len();
        }
    }
    text
}

/// A stretch of a text of 8 to 40 words, as somebody might type it; changed in one word where that is asked for.
fn quote(numbers: &mut Numbers, text: &str, changed: bool) -> String {
    let start = text.floor_char_boundary(numbers.below(text.len() - 1000));
    let words: Vec<&str> = text[start..]
        .split_whitespace()
        .skip(1)
        .take(8 + numbers.below(33))
        .collect();
    let middle = words.len() / 2;
    let words: Vec<&str> = words
        .into_iter()
        .enumerate()
        .map(|(nth, word)| {
            if changed && nth == middle {
                "changed"
            } else {
                word
            }
        })
        .collect();
    words
        .join(" ")
        .replace(['“', '”'], "'")
        .replace(" – ", "--")
}

/// A graph whose quotes come from so many texts, in a folder.
fn graph(texts: usize, changed: usize) -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let mut numbers = Numbers(42);
    let prose = prose(&mut numbers, BYTES);
    let mut sources = String::new();
    let mut stances = String::new();
    let length = prose.len() / texts;
    for nth in 0..texts {
        let text = &prose[prose.floor_char_boundary(nth * length)
            ..prose.floor_char_boundary((nth + 1) * length)];
        fs::write(folder.path().join(format!("{nth}.txt")), text).unwrap();
        writeln!(
            sources,
            "\"s{nth}\": (title: \"S\", date: \"2024\", text: \"{nth}.txt\"),"
        )
        .unwrap();
        for quoted in 0..QUOTES / texts {
            let quote = quote(&mut numbers, text, changed > 0 && quoted % changed == 0);
            writeln!(stances, "(actor: \"a\", issue: \"i\", position: Supports, quote: {quote:?}, source: \"s{nth}\"),").unwrap();
        }
    }
    let file = folder.path().join("graph.ron");
    let graph = format!(
        "Graph(sources: {{{sources}}}, actors: {{\"a\": (name: \"A\", kind: State)}}, issues: {{\"i\": (name: \"I\", question: \"?\")}},\nstances: [\n{stances}])"
    );
    fs::write(&file, graph).unwrap();
    (folder, file)
}

/// How many are found, and that those that are not are those that were changed.
fn checked(mut graph: Graph, changed: usize) {
    assert!(disk::read_copies(&mut graph).is_empty());
    let found = check::misquotes(&graph).len();
    assert_eq!(found, QUOTES.checked_div(changed).unwrap_or(0));
}

#[divan::bench(args = [1, 100], sample_count = 5)]
fn all_found(bencher: Bencher<'_, '_>, texts: usize) {
    let (_folder, file) = graph(texts, 0);
    bencher
        .with_inputs(|| disk::read(&[&file]).unwrap().0)
        .bench_values(|graph| checked(graph, 0));
}

#[divan::bench(args = [1, 100], sample_count = 5)]
fn one_in_a_hundred_changed(bencher: Bencher<'_, '_>, texts: usize) {
    let (_folder, file) = graph(texts, CHANGED);
    bencher
        .with_inputs(|| disk::read(&[&file]).unwrap().0)
        .bench_values(|graph| checked(graph, CHANGED));
}
