//! Brokers, balance and forecasts: the figures that the literature prints, and other people's code.
#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::print_stderr,
    clippy::unwrap_used,
    reason = "a test that fails may panic"
)]

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};

use demarche::graph::{Graph, IssueId, Lens};
use demarche::measure::betweenness::{Sources, centrality};
use demarche::measure::forecast::{Rule, Stake, forecast};
use demarche::measure::network::Network;
use demarche::model::Day;
use demarche::query::{
    self, Answer, BalanceQuestion, BrokerQuestion, Cell, PathQuestion, Signs, Through,
};
use demarche::{disk, resolve};

#[allow(dead_code, reason = "its main is for the command line")]
#[path = "../examples/deu.rs"]
mod deu;

fn lens() -> Lens {
    Lens::as_of(Day::of(2024, 1, 1))
}

fn example(name: &str) -> Graph {
    let path = format!("{}/examples/{name}.ron", env!("CARGO_MANIFEST_DIR"));
    let (graph, mistakes) = disk::read(&[path]).expect("an example");
    assert!(mistakes.is_empty() && demarche::check::warnings(&graph).is_empty());
    graph
}

/// The numbers of a section of an answer, by what the rows are about.
fn numbers(graph: &Graph, answer: &dyn Answer, key: &str, column: &str) -> BTreeMap<String, f64> {
    let sections = answer.sections();
    let section = sections
        .iter()
        .find(|section| section.key == key)
        .expect("the section");
    let columns = section.rows.columns();
    let nth = columns
        .iter()
        .position(|known| known.key == column)
        .expect("the column");
    let numbers = (0..section.rows.count()).filter_map(|row| {
        let cells = section.rows.cells(row);
        let name = cells.iter().find_map(|cell| match cell {
            Cell::Thing(entity @ demarche::graph::Entity::Actor(_)) => {
                Some(graph.name(*entity).to_owned())
            }
            Cell::Word(word) => Some(word.words.to_string()),
            _ => None,
        });
        match cells[nth] {
            Cell::Number(number) => name.map(|name| (name, number)),
            _ => None,
        }
    });
    numbers.collect()
}

/// A number as it is printed: to so many digits.
fn same(found: f64, printed: f64, digits: i32) {
    assert!(
        (found - printed).abs() <= 0.5 * 0.1_f64.powi(digits),
        "{found} is not {printed}"
    );
}

#[test]
fn florentine_families() {
    let graph = example("florence");
    let question = BrokerQuestion {
        through: Through::Ties,
        ..BrokerQuestion::default()
    };
    let found = numbers(
        &graph,
        &query::brokers(&graph, lens(), &question),
        "brokers",
        "betweenness",
    );
    same(found["Medici"], 47.5, 6);
    same(found["Guadagni"], 23.166667, 6);
    same(found["Albizzi"], 19.333333, 6);
}

#[test]
fn gahuku_gama_tribes() {
    let graph = example("tribes");
    let question = BalanceQuestion {
        signs: Signs::Ties,
        budget: 100_000,
        most: None,
    };
    let answer = query::balance(&graph, lens(), &question);
    let found = numbers(&graph, &answer, "balance", "value");
    assert_eq!(found["actors"], 16.0);
    assert_eq!(
        found["friendly relations"] + found["unfriendly relations"],
        58.0
    );
    let triangles = ["+++, balanced", "++−", "+−−, balanced", "−−−"]
        .map(|kind| found[&format!("triangles {kind}")]);
    assert_eq!(triangles, [19.0, 2.0, 40.0, 7.0]);
    same(found["triangle balance"], 0.8676471, 7);
    assert_eq!(found["frustration, proved"], 7.0);
    same(found["1 − frustration / (relations / 2)"], 0.7586207, 7);
    same(found["walk balance"], 0.3575761, 7);
    assert_eq!(answer.frustrated.rows.len(), 7);
}

fn rules(graph: &Graph, issue: IssueId) -> BTreeMap<Rule, f64> {
    let stakes = query::stakes(graph, lens(), issue);
    let plain: Vec<Stake> = stakes.counted.iter().map(|counted| counted.stake).collect();
    Rule::ALL
        .iter()
        .filter_map(|rule| Some((*rule, forecast(*rule, &plain)?)))
        .collect()
}

#[test]
fn emission_standards() {
    let graph = example("emissions");
    let found = rules(&graph, graph.issues().next().unwrap().0);
    same(found[&Rule::Compromise], 7.389956, 6);
    assert_eq!((found[&Rule::Median], found[&Rule::Condorcet]), (7.0, 7.0));
}

/// A file of the data of others.
fn data(path: &str) -> std::path::PathBuf {
    Path::new(&std::env::var_os("DEMARCHE_DATA").expect("DEMARCHE_DATA names the folder"))
        .join(path)
}

/// Copenhagen 2009 as a graph: fields between tabs, words between single quotes.
fn copenhagen(table: &str) -> String {
    let lines: Vec<Vec<&str>> = table
        .lines()
        .map(|line| {
            line.trim_end_matches('\r')
                .split('\t')
                .map(|field| field.trim_matches('\''))
                .collect()
        })
        .collect();
    let of = |kind: &str| {
        lines
            .iter()
            .filter(move |line| line[0] == kind)
            .collect::<Vec<_>>()
    };
    let id = |name: &str| {
        name.chars()
            .filter(|c| c.is_alphanumeric())
            .collect::<String>()
    };
    let mut text = "Graph(actors: {\n".to_owned();
    for line in of("#A") {
        let power = of("#D")
            .iter()
            .find(|row| row[1] == line[1])
            .expect("a row")
            .last()
            .copied()
            .expect("its power");
        writeln!(
            text,
            "  {:?}: (name: {:?}, kind: Group, power: {power}),",
            id(line[1]),
            line[1]
        )
        .unwrap();
    }
    text += "}, issues: {\n";
    for line in of("#P") {
        writeln!(
            text,
            "  {:?}: (name: {:?}, scale: (from: 0, to: 100)),",
            line[1], line[1]
        )
        .unwrap();
    }
    text += "}, stances: [\n";
    for line in of("#D") {
        let [_, actor, issue, position, salience, _] = line[..] else {
            panic!("{line:?}")
        };
        writeln!(
            text,
            "  (actor: {:?}, issue: {issue:?}, position: At({position}), salience: {salience}),",
            id(actor)
        )
        .unwrap();
    }
    text + "])\n"
}

#[test]
#[ignore = "it needs the data of others, in the folder that DEMARCHE_DATA names"]
fn copenhagen_2009() {
    let path = data("bargaining/copenhagen.tsv");
    let (graph, mistakes) = resolve::read(
        "copenhagen.ron",
        &copenhagen(&std::fs::read_to_string(path).unwrap()),
    );
    assert!(mistakes.is_empty(), "{mistakes:?}");
    let printed = [
        ("Newtreaty", 61.576271, 60.519481, 66.3636, 100.0),
        ("DevlopC2020", 58.144654, 56.103896, 62.7273, 70.0),
        ("Domestred", 30.707395, 29.740260, 34.0909, 10.0),
    ];
    for (issue, compromise, power_mean, mean, median) in printed {
        let found = rules(&graph, graph.issue(issue).expect("the issue"));
        same(found[&Rule::Compromise], compromise, 6);
        same(found[&Rule::PowerMean], power_mean, 6);
        same(found[&Rule::Mean], mean, 4);
        assert_eq!(found[&Rule::Median], median);
    }
}

#[test]
#[ignore = "it needs the data of others, in the folder that DEMARCHE_DATA names"]
fn decisions_of_the_european_union() {
    let path = data("deu3");
    let (text, _) = deu::ron(&path).unwrap();
    let (graph, mistakes) = resolve::read("deu.ron", &text);
    assert!(mistakes.is_empty(), "{mistakes:?}");
    assert_eq!((graph.issues().len(), graph.stances().len()), (276, 8004));
    // Recomputed from the tables without this project's code.
    let found = deu::errors(graph);
    same(found[&Rule::Compromise].0, 23.785470, 6);
    same(found[&Rule::Mean].0, 24.220984, 6);
    same(found[&Rule::PowerMean].0, 24.046707, 6);
    same(found[&Rule::Median].0, 28.490566, 6);
    assert!(found.values().all(|(_, issues)| *issues == 265));
}

/// A graph in which some are far more connected than others, in two parts and with some alone.
fn uneven(nodes: u32, edges: usize) -> Vec<[u32; 2]> {
    let mut state = 7_u64;
    let mut below = |end: u32| {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        ((state >> 33) % u64::from(end)) as u32
    };
    let mut pairs: Vec<[u32; 2]> = Vec::new();
    while pairs.len() < edges {
        let reach = 1 + below(nodes - 20);
        let pair = [below(reach), below(nodes - 20)];
        if pair[0] != pair[1]
            && pair[0] % 2 == pair[1] % 2
            && !pairs.contains(&pair)
            && !pairs.contains(&[pair[1], pair[0]])
        {
            pairs.push(pair);
        }
    }
    pairs
}

#[test]
fn as_rustworkx_has_it() {
    let (nodes, pairs) = (300, uneven(300, 600));
    let mut plain: petgraph::graph::UnGraph<(), ()> = petgraph::graph::UnGraph::new_undirected();
    let ids: Vec<_> = (0..nodes).map(|_| plain.add_node(())).collect();
    for [a, b] in &pairs {
        plain.add_edge(ids[*a as usize], ids[*b as usize], ());
    }
    let found = centrality(
        &Network::new(nodes, pairs.iter().map(|pair| &pair[..]), &[]),
        Sources::All,
    );
    let between =
        rustworkx_core::centrality::betweenness_centrality(&plain, false, false, usize::MAX);
    let close = rustworkx_core::centrality::closeness_centrality(&plain, false, usize::MAX);
    for node in 0..nodes {
        assert!((found.betweenness[node] - between[node].unwrap()).abs() < 1e-9);
        assert!((found.closeness[node].unwrap_or(0.0) - close[node].unwrap()).abs() < 1e-9);
    }
}

#[test]
fn as_networkx_and_igraph_have_it() {
    let has_both = Command::new("python3")
        .args(["-c", "import networkx, igraph"])
        .stderr(Stdio::null())
        .status();
    if !has_both.is_ok_and(|status| status.success()) {
        eprintln!("skipped: networkx and igraph are not installed");
        return;
    }
    let (nodes, pairs) = (300, uneven(300, 600));
    let mut input = format!("{nodes}\n");
    for [a, b] in &pairs {
        writeln!(input, "{a} {b}").unwrap();
    }
    let script = format!("{}/tests/brokers/peers.py", env!("CARGO_MANIFEST_DIR"));
    let mut peers = Command::new("python3")
        .arg(script)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    peers
        .stdin
        .take()
        .unwrap()
        .write_all(input.as_bytes())
        .unwrap();
    let output = peers.wait_with_output().unwrap();
    let found = centrality(
        &Network::new(nodes, pairs.iter().map(|pair| &pair[..]), &[]),
        Sources::All,
    );
    let lines: Vec<Vec<f64>> = String::from_utf8(output.stdout)
        .unwrap()
        .lines()
        .map(|line| {
            line.split(' ')
                .map(|number| number.parse().unwrap())
                .collect()
        })
        .collect();
    assert_eq!(lines.len(), nodes);
    for (node, line) in lines.iter().enumerate() {
        let close = found.closeness[node].unwrap_or(0.0);
        let ours = [
            found.betweenness[node],
            close,
            found.betweenness[node],
            close,
        ];
        // igraph says of a node without neighbours that its closeness is not a number.
        assert!(
            line.iter()
                .zip(ours)
                .all(|(theirs, ours)| theirs.is_nan() || (theirs - ours).abs() < 1e-9),
            "{node}: {line:?}"
        );
    }
}

/// Numbers and words on one issue agree pair by pair; where that would be a million pairs, the
/// answer says that it follows none.
#[test]
fn too_many_pairs_of_numbers_and_words_are_told() {
    let notes = |each: usize| {
        let mut text = String::from(
            "Graph(issues: {\"q\": (name: \"Q\", question: \"?\", scale: (from: 0, to: 9))}, actors: {",
        );
        for nth in 0..2 * each {
            let _ = write!(text, "\"a{nth}\": (name: \"A{nth}\", kind: State),");
        }
        text += "}, stances: [";
        for nth in 0..2 * each {
            let position = ["At(8)", "Supports"][nth % 2];
            let _ = write!(
                text,
                "(actor: \"a{nth}\", issue: \"q\", position: {position}),"
            );
        }
        text += "])";
        let (graph, _) = resolve::read("graph.ron", &text);
        let [from, to] = ["a0", "a1"].map(|id| graph.actor(id).expect("an actor"));
        let question = PathQuestion {
            through: Through::Issues,
            fold: false,
            count: 1,
        };
        let found = query::path(&graph, lens(), from, to, &question);
        let is_one = found.sections()[0].rows.count() == 1;
        let notes = found.notes().0.iter().map(|note| note.kind);
        (is_one, notes.collect::<Vec<_>>())
    };
    let (joined, few) = notes(3);
    assert!(joined && !few.contains(&"too_many_pairs"));
    let (joined, many) = notes(1001);
    assert!(!joined && many.contains(&"too_many_pairs"));
}
