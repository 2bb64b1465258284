//! Betweenness of 2,000 actors at 10,000 meetings, from text to answer, and of 10,000 actors estimated; the frustration of two
//! camps with some signs flipped. `cargo bench --bench brokers`.
#![allow(missing_docs, reason = "a benchmark is no library")]

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use demarche::graph::Lens;
use demarche::measure::balance::{Signed, frustration};
use demarche::measure::betweenness::{Sources, centrality};
use demarche::measure::network::Network;
use demarche::model::Day;
use demarche::query::{self, BrokerQuestion};
use demarche::resolve;
use divan::Bencher;

fn main() {
    divan::main();
}

/// Numbers that look random, the same on every run (Knuth's constants).
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % bound
    }
}

/// Who takes part in meetings: up to seven each, some far more often than others.
fn meetings(actors: usize, count: usize) -> Vec<Vec<u32>> {
    let mut numbers = Numbers(1);
    let mut meeting = || {
        let size = 2 + numbers.below(6);
        let present: BTreeSet<u32> = (0..size)
            .map(|_| {
                let reach = 1 + numbers.below(actors);
                numbers.below(reach) as u32
            })
            .collect();
        present.into_iter().collect()
    };
    (0..count).map(|_| meeting()).collect()
}

fn network(actors: usize, count: usize) -> Network {
    let meetings = meetings(actors, count);
    Network::new(actors, meetings.iter().map(Vec::as_slice), &[])
}

#[divan::bench]
fn exact_betweenness(bencher: Bencher<'_, '_>) {
    let network = network(2000, 10_000);
    bencher.bench_local(|| centrality(&network, Sources::All));
}

#[divan::bench(sample_count = 5)]
fn sampled_betweenness(bencher: Bencher<'_, '_>) {
    let network = network(10_000, 100_000);
    bencher.bench_local(|| centrality(&network, Sources::Sample(448)));
}

#[divan::bench(sample_count = 10)]
fn from_text_to_brokers(bencher: Bencher<'_, '_>) {
    let mut text = "Graph(actors: {\n".to_owned();
    for actor in 0..2000 {
        let _ = writeln!(text, "    \"a{actor}\": (name: \"Actor {actor}\", kind: State),");
    }
    text += "}, meetings: {\n";
    for (nth, present) in meetings(2000, 10_000).iter().enumerate() {
        let ids: Vec<String> = present.iter().map(|actor| format!("\"a{actor}\"")).collect();
        let _ = writeln!(text, "    \"m{nth}\": (title: \"Meeting {nth}\", status: Held, participants: [{}]),", ids.join(", "));
    }
    text += "})\n";
    let question = BrokerQuestion { most: Some(20), ..BrokerQuestion::default() };
    bencher.bench_local(|| {
        let (graph, _) = resolve::read("graph.ron", &text);
        query::brokers(&graph, Lens::as_of(Day::of(2024, 1, 1)), &question)
    });
}

/// Two equal camps of 100 nodes in all, 600 edges, some of them with the wrong sign.
#[divan::bench(args = [40, 80, 120])]
fn proved_frustration(bencher: Bencher<'_, '_>, flipped: usize) {
    let mut numbers = Numbers(7);
    let mut edges: BTreeMap<(usize, usize), f64> = BTreeMap::new();
    while edges.len() < 600 {
        let (a, b) = (numbers.below(100), numbers.below(100));
        if a != b {
            edges.insert((a.min(b), a.max(b)), if (a < 50) == (b < 50) { 1.0 } else { -1.0 });
        }
    }
    let mut wrong = BTreeSet::new();
    while wrong.len() < flipped {
        wrong.insert(numbers.below(600));
    }
    let signed =
        edges.into_iter().enumerate().map(|(nth, ((a, b), sign))| (a, b, if wrong.contains(&nth) { -sign } else { sign }));
    let graph = Signed::new(100, signed);
    bencher.bench_local(|| frustration(&graph, 2_000_000));
}
