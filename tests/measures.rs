//! Measures against the numbers that their sources print, on graphs in the format. `DEMARCHE_DATA` names the folder
//! with the data of others; the tests that need it are run only when they are asked for.
#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::print_stderr,
    reason = "a test that fails may panic; a skipped one says so"
)]

use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::PathBuf;

use demarche::graph::{ActorId, Entity, Graph, IssueId, Lens};
use demarche::measure::agreement::{Measure, Normalise};
use demarche::measure::modularity::{Weighted, communities, modularity};
use demarche::model::Day;
use demarche::query::{
    self, Answer, CampsQuestion, Cell, Combined, Counting, Detail, Duplicates, Matrix,
    MatrixQuestion, Mode, TwoMode, Value,
};

#[allow(dead_code, reason = "its main is for the command line")]
#[path = "../examples/unvotes.rs"]
mod unvotes;

const LENS: Lens = Lens::as_of(Day::LAST);

fn graph(text: &str) -> Graph {
    let (graph, mistakes) = demarche::resolve::read("test.ron", text);
    assert!(
        mistakes
            .iter()
            .all(|mistake| mistake.severity != demarche::diagnostic::Severity::Error),
        "{mistakes:#?}"
    );
    graph
}

fn question(of: Mode) -> MatrixQuestion {
    MatrixQuestion {
        of,
        counting: Counting::default(),
        least: 1,
        detail: Detail::Value,
    }
}

fn matrix(graph: &Graph, asked: &MatrixQuestion) -> Matrix {
    *query::matrix(graph, LENS, asked).matrix.matrix
}

fn pairs(graph: &Graph, measure: Measure, normalise: Normalise) -> Matrix {
    matrix(graph, &question(Mode::Actors(measure, normalise)))
}

fn at(graph: &Graph, matrix: &Matrix, row: &str, column: &str) -> f64 {
    let place = |things: &[Entity], id: &str| {
        things
            .iter()
            .position(|thing| graph.id(*thing) == id)
            .expect("an id")
    };
    match matrix
        .figure(place(&matrix.rows, row), place(&matrix.columns, column))
        .expect("a cell")
        .value
    {
        Value::Number(number) => number,
        Value::Word(word) => panic!("{word:?} is no number"),
    }
}

fn sum(matrix: &Matrix) -> f64 {
    matrix
        .cells()
        .map(|(.., figure)| {
            if let Value::Number(number) = figure.value {
                number
            } else {
                0.0
            }
        })
        .sum()
}

/// The folder with the data of others.
fn folder() -> PathBuf {
    std::env::var_os("DEMARCHE_DATA")
        .expect("DEMARCHE_DATA names the folder")
        .into()
}

/// The statements on climate policy before the US Congress, 2005, as a graph in the format.
fn climate() -> Graph {
    let text = include_str!("data/climate.csv");
    let (mut actors, mut issues, mut sources) = (BTreeMap::new(), BTreeMap::new(), BTreeMap::new());
    let mut stances = String::new();
    for row in csv::Reader::from_reader(text.as_bytes()).deserialize::<BTreeMap<String, String>>() {
        let row = row.expect("a row");
        let (organisation, concept, document) =
            (&row["organization"], &row["concept"], &row["document"]);
        let (actor, issue) = (slug(organisation), slug(concept));
        let position = if row["agreement"] == "1" {
            "Supports"
        } else {
            "Opposes"
        };
        let _ = writeln!(
            stances,
            "(actor: {actor:?}, issue: {issue:?}, position: {position}, date: {:?}, source: \"d{document}\", at: \"{}-{}\"),",
            row["date"], row["start"], row["stop"]
        );
        actors.insert(actor, organisation.clone());
        issues.insert(issue, concept.clone());
        sources.insert(format!("d{document}"), format!("Hearing {document}"));
    }
    let all = |things: BTreeMap<String, String>, more: &str| {
        things
            .iter()
            .map(|(id, name)| {
                format!(
                    "{id:?}: ({}: {name:?}{more}), ",
                    if more.is_empty() { "title" } else { "name" }
                )
            })
            .collect::<String>()
    };
    let (actors, issues, sources) = (
        all(actors, ", kind: Organization"),
        all(issues, ", question: \"Is it so?\", levels: 2"),
        all(sources, ""),
    );
    graph(&format!(
        "Graph(actors: {{{actors}}}, issues: {{{issues}}}, sources: {{{sources}}}, stances: [{stances}])"
    ))
}

fn slug(name: &str) -> String {
    let plain: String = name
        .to_lowercase()
        .chars()
        .map(|c| if c.is_alphanumeric() { c } else { '-' })
        .collect();
    plain
        .split('-')
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>()
        .join("-")
}

#[test]
fn climate_policy_as_published() {
    let graph = climate();
    let (senate, sierra, epa) = ("senate", "sierra-club", "environmental-protection-agency");
    let of = |measure| pairs(&graph, measure, Normalise::None);
    let ignore = of(Measure::Ignore);
    assert_eq!(2.0 * sum(&ignore), 276.0);
    assert_eq!(at(&graph, &ignore, senate, sierra), 7.0);
    assert_eq!(at(&graph, &of(Measure::Congruence), senate, sierra), 2.0);
    assert_eq!(at(&graph, &of(Measure::Conflict), senate, sierra), 5.0);
    assert_eq!(at(&graph, &of(Measure::Subtract), senate, sierra), -3.0);
    assert_eq!(at(&graph, &of(Measure::Congruence), epa, senate), 22.0);
    assert_eq!(
        (sum(&of(Measure::Congruence)), sum(&of(Measure::Conflict))),
        (80.0, 58.0)
    );
    let normalised = |normalise| {
        format!(
            "{:.6}",
            at(
                &graph,
                &pairs(&graph, Measure::Congruence, normalise),
                senate,
                sierra
            )
        )
    };
    assert_eq!(normalised(Normalise::Average), "0.363636");
    assert_eq!(normalised(Normalise::Jaccard), "0.200000");
    assert_eq!(normalised(Normalise::Product), "0.066667");
    let two_mode = matrix(&graph, &question(Mode::Issues(TwoMode::Ignore)));
    assert_eq!(
        (two_mode.rows.len(), two_mode.columns.len(), sum(&two_mode)),
        (7, 6, 40.0)
    );
    // One organisation contradicts itself on one issue: its statements count, it has no position.
    let energy = "energy-and-environmental-analysis-inc";
    let sides = pairs(&graph, Measure::Net, Normalise::None);
    assert_eq!(at(&graph, &sides, energy, senate), 1.0);
    assert_eq!(at(&graph, &of(Measure::Subtract), energy, senate), 4.0);
}

const SCALE: &str = r#"
    sources: { "a": (title: "A", date: "2024-01-05"), "b": (title: "B", date: "2024-01-25"), "c": (title: "C", date: "2024-03-01") },
    actors: { "x": (name: "X", kind: State), "y": (name: "Y", kind: State), "z": (name: "Z", kind: State) },
    issues: { "scale": (name: "A number", question: "How much?", scale: (from: -5, to: 5)), "word": (name: "A word", question: "Should it?") },"#;

#[test]
fn congruence_on_a_scale_of_eleven_levels() {
    let text = format!(
        r#"Graph({SCALE} stances: [
            (actor: "x", issue: "scale", position: At(-4), source: "a"), (actor: "x", issue: "scale", position: At(-4), source: "a", at: "2"),
            (actor: "y", issue: "scale", position: At(2), source: "a"), (actor: "y", issue: "scale", position: At(2), source: "a", at: "2"),
            (actor: "y", issue: "scale", position: At(2), source: "a", at: "3"),
        ])"#
    );
    let graph = graph(&text);
    let congruence = pairs(&graph, Measure::Congruence, Normalise::None);
    assert!((at(&graph, &congruence, "x", "y") - 2.4).abs() < 1e-12);
    assert_eq!(congruence.rows.len(), 2, "who says nothing is in no matrix");
}

/// A number is on no side, whichever half of the scale it lies in; who names the same one holds the same.
#[test]
fn a_number_on_a_scale_is_no_side() {
    let text = format!(
        r#"Graph({SCALE} stances: [
            (actor: "x", issue: "scale", position: At(-4)), (actor: "y", issue: "scale", position: At(-1)),
            (actor: "z", issue: "scale", position: At(-4)),
            (actor: "x", issue: "word", position: Supports), (actor: "z", issue: "word", position: StronglyOpposes),
        ])"#
    );
    let graph = graph(&text);
    let net = pairs(&graph, Measure::Net, Normalise::None);
    let cells: Vec<_> = net
        .cells()
        .map(|(row, column, figure)| (row, column, figure.value))
        .collect();
    assert_eq!(cells, [(0, 2, Value::Number(-1.0))]);
    let identical = pairs(&graph, Measure::Identical, Normalise::None);
    let share = |one, other| at(&graph, &identical, one, other);
    assert_eq!(
        (share("x", "y"), share("x", "z"), share("y", "z")),
        (0.0, 0.5, 0.0)
    );
    let combined = matrix(&graph, &question(Mode::Issues(TwoMode::Combine)));
    let words: Vec<_> = combined.cells().map(|(.., figure)| figure.value).collect();
    assert_eq!(
        words,
        [
            Combined::Number,
            Combined::Agree,
            Combined::Number,
            Combined::Number,
            Combined::Disagree,
        ]
        .map(Value::Word)
    );
}

#[test]
fn duplicates_count_as_often_as_asked() {
    let text = format!(
        r#"Graph({SCALE} stances: [
            (actor: "x", issue: "word", position: Supports, source: "a"), (actor: "x", issue: "word", position: Supports, source: "a", at: "2"),
            (actor: "x", issue: "word", position: Supports, source: "b"), (actor: "x", issue: "word", position: Supports, source: "c"),
            (actor: "x", issue: "word", position: Supports, source: ["a", "b"]), (actor: "y", issue: "word", position: Supports, source: "c"),
            (actor: "z", issue: "word", position: Mixed, source: "c"), (actor: "z", issue: "scale", salience: 0.5, source: "c"),
        ])"#
    );
    let graph = graph(&text);
    let times = |duplicates, history| {
        let asked = MatrixQuestion {
            counting: Counting {
                duplicates,
                history,
            },
            ..question(Mode::Actors(Measure::Ignore, Normalise::None))
        };
        let matrix = matrix(&graph, &asked);
        assert_eq!(matrix.rows.len(), 2, "mixed and salience have no score");
        at(&graph, &matrix, "x", "y")
    };
    let all = query::History::All;
    assert_eq!(times(Duplicates::All, query::History::InForce), 1.0);
    assert_eq!(times(Duplicates::All, all), 5.0);
    assert_eq!(times(Duplicates::Source, all), 4.0);
    assert_eq!(times(Duplicates::Day, all), 3.0);
    assert_eq!(times(Duplicates::Month, all), 2.0);
    assert_eq!(times(Duplicates::Year, all), 1.0);
    assert_eq!(times(Duplicates::Graph, all), 1.0);
}

#[test]
fn camps_of_climate_policy() {
    let graph = climate();
    let asked = CampsQuestion {
        issues: Vec::new(),
        counting: Counting::default(),
        measure: Measure::Subtract,
        most: None,
        firmness: Default::default(),
        detail: Detail::Value,
    };
    let answer = query::camps(&graph, LENS, &asked);
    let measure = |name: &str| {
        let mut rows = answer.measures.rows.iter();
        rows.find(|row| row.measure.key == name)
            .map(|row| row.value)
    };
    assert_eq!(measure("line_index"), Some(13.0));
    assert_eq!(measure("weight"), Some(104.0));
    assert_eq!(measure("polarisation"), Some(0.75));
    let again = query::camps(&graph, LENS, &asked);
    assert_eq!(answer, again, "the same on every run");
}

/// However little a graph says, camps and matrices say so, without a number that is none.
#[test]
fn little_or_nothing_is_a_clear_answer() {
    let issues = r#"issues: { "i": (name: "I", question: "?"), "j": (name: "J", question: "?"), "topic": (name: "T") }"#;
    let actors = r#"actors: { "x": (name: "X", kind: State), "y": (name: "Y", kind: State) }"#;
    let stances = [
        "",
        r#"(actor: "x", issue: "i", position: Supports)"#,
        r#"(actor: "x", issue: "i", position: Mixed), (actor: "y", issue: "i", salience: 0)"#,
        r#"(actor: "x", issue: "i", position: Supports), (actor: "y", issue: "j", position: Opposes)"#,
        r#"(actor: "x", issue: "i", position: Supports), (actor: "x", issue: "i", position: Opposes), (actor: "y", issue: "i", position: Neutral)"#,
    ];
    for stances in stances {
        let graph = graph(&format!("Graph({actors}, {issues}, stances: [{stances}])"));
        let issues: Vec<IssueId> = graph.issues().map(|(id, _)| id).collect();
        let actors: Vec<ActorId> = graph.actors().map(|(id, _)| id).collect();
        let on = |numbers: &[usize]| numbers.iter().map(|nth| issues[*nth]).collect::<Vec<_>>();
        for issues in [on(&[]), on(&[0]), on(&[1]), on(&[2]), on(&[0, 1])] {
            for measure in [Measure::Subtract, Measure::Net] {
                let asked = CampsQuestion {
                    issues: issues.clone(),
                    counting: Counting::default(),
                    measure,
                    most: None,
                    firmness: Default::default(),
                    detail: Detail::Statements,
                };
                match asked.issues[..] {
                    [issue] => is_sound(&query::sides(&graph, LENS, issue), &graph),
                    _ => is_sound(&query::camps(&graph, LENS, &asked), &graph),
                }
            }
        }
        for of in [
            Mode::Actors(Measure::Identical, Normalise::None),
            Mode::Actors(Measure::Subtract, Normalise::Jaccard),
            Mode::Issues(TwoMode::Combine),
        ] {
            let cell = (
                Entity::Actor(actors[0]),
                match of {
                    Mode::Issues(_) => Entity::Issue(issues[2]),
                    Mode::Actors(..) => Entity::Actor(actors[1]),
                },
            );
            is_sound(
                &query::matrix(
                    &graph,
                    LENS,
                    &MatrixQuestion {
                        detail: Detail::Statements,
                        ..question(of)
                    },
                ),
                &graph,
            );
            is_sound(&query::cell(&graph, LENS, &question(of), cell, &[]), &graph);
        }
        is_sound(&query::common(&graph, LENS, &actors[..2]), &graph);
        is_sound(&query::common(&graph, LENS, &[]), &graph);
    }
}

fn is_sound(answer: &dyn Answer, graph: &Graph) {
    for section in answer.sections() {
        for cell in (0..section.rows.count()).flat_map(|nth| section.rows.cells(nth)) {
            let is_sound = !matches!(cell, Cell::Number(number) if !number.is_finite());
            assert!(is_sound, "{}: {cell:?}", answer.title());
        }
    }
    let shape = demarche::render::Shape {
        width: Some(80),
        ..Default::default()
    };
    let text = demarche::render::text(graph, answer, demarche::render::Why::Shown, shape);
    assert!(
        text.lines().count() > 2
            && !text.contains("NaN")
            && text.lines().all(|line| line.chars().count() <= 80),
        "{text}"
    );
    assert!(demarche::render::json(graph, answer).starts_with('{'));
    assert!(
        demarche::render::markdown(graph, answer, demarche::render::Why::Brief, None)
            .starts_with('#')
    );
}

/// The UN votes of a few sessions as the example compares them, from RON, and counted straight from the table.
#[test]
#[ignore = "it needs the data of others, in the folder that DEMARCHE_DATA names"]
fn un_votes_as_the_table_has_them() {
    let folder = folder().join("unvotes");
    let us = "United States of America";
    let is_wanted = |session: u32| [1, 20, 44].contains(&session);
    let sessions = unvotes::session_of(&folder).expect("sessions");
    let graph = graph(&unvotes::converted(&folder, is_wanted).expect("votes"));
    let told = unvotes::table(&graph, &sessions, us).expect("a table");

    let records = |name: &str| {
        unvotes::rows(&folder.join(name))
            .expect("a table")
            .into_records()
            .map(|row| row.expect("a row"))
    };
    let names: BTreeMap<String, String> = records("2017_countries.csv")
        .map(|row| (row[0].to_owned(), row[1].to_owned()))
        .collect();
    let mut votes: BTreeMap<(u32, String), BTreeMap<String, String>> = BTreeMap::new();
    for row in records("2017_votes.csv.gz") {
        let session = sessions[&format!("rc{}", &row[0])];
        if is_wanted(session) {
            let before = votes
                .entry((session, names[&row[1]].clone()))
                .or_default()
                .insert(row[0].to_owned(), row[2].to_owned());
            assert_eq!(before, None, "a country votes once");
        }
    }
    let mut counted = BTreeMap::new();
    for ((session, country), own) in votes.iter().filter(|((_, country), _)| country != us) {
        let theirs = &votes[&(*session, us.to_owned())];
        let both: Vec<bool> = own
            .iter()
            .filter_map(|(call, vote)| theirs.get(call).map(|other| vote == other))
            .collect();
        let same = both.iter().filter(|same| **same).count();
        if !both.is_empty() {
            counted.insert(
                (*session, country.clone()),
                (same as f64 / both.len() as f64, both.len()),
            );
        }
    }
    let told: BTreeMap<(u32, String), (f64, usize)> = csv::Reader::from_reader(told.as_bytes())
        .into_records()
        .map(|row| row.expect("a row"))
        .map(|row| {
            let number = |nth: usize| row[nth].parse().expect("a number");
            (
                (row[0].parse().expect("a session"), row[1].to_owned()),
                (number(2), row[3].parse().expect("a count")),
            )
        })
        .collect();
    assert!(told.len() > 300, "{}", told.len());
    assert_eq!(told, counted);
}

/// Modularity as networkx and igraph compute it, where they are installed.
#[test]
fn modularity_is_what_others_say() {
    const READ: &str = "
import sys
communities, *edges = [line.split() for line in sys.stdin.read().splitlines()]
communities = [int(community) for community in communities]
edges = [(int(a), int(b), float(w)) for a, b, w in edges]
";
    const NETWORKX: &str = "
import networkx
graph = networkx.Graph()
graph.add_nodes_from(range(len(communities)))
graph.add_weighted_edges_from(edges)
groups = {}
for node, community in enumerate(communities):
    groups.setdefault(community, set()).add(node)
print(repr(networkx.community.modularity(graph, groups.values())))
";
    const IGRAPH: &str = "
import igraph
graph = igraph.Graph(n=len(communities), edges=[edge[:2] for edge in edges])
print(repr(graph.modularity(communities, weights=[edge[2] for edge in edges])))
";
    let nodes = 40;
    let mut state = 7_u64;
    let mut random = || {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as usize
    };
    let pairs = (0..nodes).flat_map(|b| (0..b).map(move |a| (a, b)));
    let edges: Vec<(usize, usize, f64)> = pairs
        .filter(|_| random() % 4 == 0)
        .map(|(a, b)| (a, b, 0.1 + ((a * 31 + b * 17) % 23) as f64 / 7.0))
        .collect();
    let graph = Weighted::new(nodes, edges.iter().copied());
    let found = communities(&graph, 3);
    let mut input = found
        .iter()
        .map(usize::to_string)
        .collect::<Vec<_>>()
        .join(" ")
        + "\n";
    for (a, b, weight) in &edges {
        input += &format!("{a} {b} {weight}\n");
    }
    for (name, script) in [("networkx", NETWORKX), ("igraph", IGRAPH)] {
        let Some(theirs) = python(name, &format!("{READ}{script}"), &input) else {
            continue;
        };
        let theirs: f64 = theirs.trim().parse().expect("a number");
        assert!(
            (modularity(&graph, &found) - theirs).abs() < 1e-9,
            "{name}: {} {theirs}",
            modularity(&graph, &found)
        );
    }
}

/// What a script prints; none where Python or what it imports is missing, which is said.
fn python(name: &str, script: &str, input: &str) -> Option<String> {
    use std::io::Write;
    use std::process::{Command, Stdio};
    let started = Command::new("python3")
        .args(["-c", script])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn();
    let output = started.ok().and_then(|mut child| {
        // A script that failed before it read has its say below.
        let _ = child
            .stdin
            .take()
            .map(|mut stdin| stdin.write_all(input.as_bytes()));
        child.wait_with_output().ok()
    });
    let text = output
        .filter(|output| output.status.success())
        .and_then(|output| String::from_utf8(output.stdout).ok());
    if text.is_none() {
        eprintln!("skipped: python3 with {name} is not installed");
    }
    text
}
