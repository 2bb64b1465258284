//! Graphs as networks and as Turtle: what is written is what there is, for readers of others too.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stderr,
    reason = "a test that fails may panic"
)]

#[path = "oracle/days.rs"]
#[allow(dead_code, reason = "the oracle uses the rest")]
mod days;
#[path = "oracle/random.rs"]
#[allow(dead_code, reason = "the oracle uses the rest")]
mod random;

use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};
use std::process::Command;

use demarche::edit::quoted;
use demarche::exchange::gexf::Gexf;
use demarche::exchange::graphml::GraphMl;
use demarche::exchange::network::{Format, Key, Meetings, OF_EDGES, OF_NODES, Spell, network};
use demarche::exchange::tables::{Cell, Sink, Table};
use demarche::exchange::turtle::{Rdf, Turtle};
use demarche::exchange::{self, Left};
use demarche::graph::{Graph, Lens};
use demarche::model::Day;
use demarche::query::View;
use demarche::{disk, resolve};
use serde_json::{Value, json};

fn view(graph: Graph) -> View {
    View::whole(graph, Lens::as_of(Day::of(2024, 1, 1)))
}

fn blinken() -> Graph {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("graphs/blinken-2023.ron");
    disk::read(&[&path]).unwrap().0
}

fn random_graph(seed: u64) -> Graph {
    let text = random::Draft::of(seed).text();
    resolve::read("random.ron", &text).0
}

/// A graph whose names and notes are all this text.
fn called(text: &str) -> Graph {
    let graph = r#"Graph(title: TEXT, note: TEXT, sources: { "s": (title: TEXT) },
    actors: { "a": (name: TEXT, kind: State, note: TEXT), "b": (name: TEXT, kind: Person, role: TEXT) },
    issues: { "i": (name: TEXT, question: TEXT, scale: (from: 0, to: 10, marks: {0: TEXT})) },
    stances: [(actor: ["a", "b"], issue: "i", position: At(4.5), quote: TEXT, note: TEXT, source: "s", date: "2023-05-01", tags: [TEXT])],
    meetings: { "m": (title: TEXT, status: Held, kind: Talks, place: TEXT, date: "2023-06-01", participants: ["a", "b"], source: "s") },
    ties: [(from: "a", to: "b", kind: Other(TEXT), since: "2020", note: TEXT)])"#;
    let (graph, _) = resolve::read("called.ron", &graph.replace("TEXT", &quoted(text)));
    assert_eq!(graph.ties().len(), 1);
    graph
}

const HOSTILE: &[&str] = &[
    "plain",
    "\"",
    "'",
    "a\"b'c",
    "]]>",
    "<!--",
    "&amp;",
    "<a href=\"x\">",
    "=1+1",
    "'; DROP TABLE actor; --",
    "a\nb",
    "a\r\nb",
    "a\tb",
    "\nx",
    " x ",
    "\u{202e}abc",
    "\u{feff}x",
    "שלום",
    "e\u{301}",
    "🇨🇳",
    "\\",
    "\\\"",
    "\\u0041",
    "\u{7f}",
    "x\u{85}y",
    "\u{2028}x",
    "\"\"\"",
];

/// Texts that XML can't hold.
const NOT_IN_XML: &[&str] = &["a\0b", "\u{1b}[31m", "\u{fffe}", "\u{8}"];

#[derive(Clone, Copy, Debug, PartialEq)]
enum As {
    GraphMl,
    Gexf,
}

fn written(graph: &Graph, of: As, meetings: Meetings) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    let mut format: Box<dyn Format> = match of {
        As::GraphMl => Box::new(GraphMl::new(&mut bytes)),
        As::Gexf => Box::new(Gexf::new(&mut bytes)),
    };
    network(
        &view(graph.clone()),
        Left::default(),
        meetings,
        &mut *format,
    )?;
    drop(format);
    Ok(bytes)
}

/// Keeps nodes and edges as they were passed.
#[derive(Default)]
struct Kept {
    title: Option<String>,
    nodes: Vec<(String, Value)>,
    edges: Vec<(String, String, Value, Vec<Spell>)>,
}

fn attributes(keys: &[Key], cells: &[Cell<'_>]) -> Value {
    assert_eq!(keys.len(), cells.len());
    let of = |cell: &Cell<'_>| match cell {
        Cell::Nothing => None,
        Cell::Text(text) => Some(json!(text)),
        Cell::Whole(number) => Some(json!(number)),
        Cell::Number(number) => Some(json!(number)),
        Cell::Day(day) => Some(json!(day.to_string())),
        Cell::Flag(flag) => Some(json!(flag)),
    };
    let all = keys.iter().zip(cells);
    all.filter_map(|(key, cell)| Some((key.name.to_owned(), of(cell)?)))
        .collect()
}

impl Format for Kept {
    fn begin(&mut self, title: Option<&str>) -> io::Result<()> {
        self.title = title.map(str::to_owned);
        Ok(())
    }
    fn node(&mut self, id: &str, cells: &[Cell<'_>]) -> io::Result<()> {
        self.nodes
            .push((id.to_owned(), attributes(OF_NODES, cells)));
        Ok(())
    }
    fn turn(&mut self) -> io::Result<()> {
        Ok(())
    }
    fn edge(
        &mut self,
        [from, to]: [&str; 2],
        cells: &[Cell<'_>],
        spells: &[Spell],
    ) -> io::Result<()> {
        let edge = (
            from.to_owned(),
            to.to_owned(),
            attributes(OF_EDGES, cells),
            spells.to_vec(),
        );
        self.edges.push(edge);
        Ok(())
    }
    fn end(&mut self) -> io::Result<()> {
        Ok(())
    }
}

fn kept(graph: &Graph, meetings: Meetings) -> Kept {
    let mut kept = Kept::default();
    network(&view(graph.clone()), Left::default(), meetings, &mut kept).unwrap();
    kept
}

/// The text of a value as a format has it.
fn shown(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Number(number) if number.is_f64() => format!("{:?}", number.as_f64().unwrap()),
        other => other.to_string(),
    }
}

type Attributes = BTreeMap<String, String>;

/// The attributes of a node or an edge in GraphML or GEXF, by the names that its keys declare.
fn read_attributes(element: roxmltree::Node<'_, '_>, names: &BTreeMap<&str, &str>) -> Attributes {
    let named = |id: &str| names[id].to_owned();
    let of = |one: roxmltree::Node<'_, '_>| match one.tag_name().name() {
        "data" => Some((
            named(one.attribute("key")?),
            one.text().unwrap_or_default().to_owned(),
        )),
        "attvalue" => Some((
            named(one.attribute("for")?),
            one.attribute("value")?.to_owned(),
        )),
        _ => None,
    };
    element.descendants().filter_map(of).collect()
}

/// Reads a file by an XML parser, and compares all that is in it with what was passed.
fn is_what_was_passed(graph: &Graph, of: As, meetings: Meetings) {
    let bytes = written(graph, of, meetings).unwrap();
    assert!(
        bytes == written(graph, of, meetings).unwrap(),
        "other bytes"
    );
    let text = String::from_utf8(bytes).unwrap();
    let document = roxmltree::Document::parse(&text).unwrap();
    let names = |class: &str| -> BTreeMap<&str, &str> {
        let all = document.descendants();
        let keys = all.filter(|one| match of {
            As::GraphMl => {
                one.has_tag_name((NAMESPACE, "key")) && one.attribute("for") == Some(class)
            }
            As::Gexf => {
                one.tag_name().name() == "attribute"
                    && one.parent().unwrap().attribute("class") == Some(class)
            }
        });
        let name = if of == As::GraphMl {
            "attr.name"
        } else {
            "title"
        };
        keys.map(|key| (key.attribute("id").unwrap(), key.attribute(name).unwrap()))
            .collect()
    };
    let kept = kept(graph, meetings);
    let elements = |name: &'static str| {
        document
            .descendants()
            .filter(move |one| one.tag_name().name() == name)
    };
    let wanted = |value: &Value| -> Attributes {
        let all = value.as_object().unwrap().iter();
        all.map(|(key, value)| (key.clone(), shown(value)))
            .collect()
    };
    let node_names = names("node");
    assert_eq!(elements("node").count(), kept.nodes.len());
    for (element, (id, attributes)) in elements("node").zip(&kept.nodes) {
        assert_eq!(element.attribute("id"), Some(id.as_str()));
        assert_eq!(
            read_attributes(element, &node_names),
            wanted(attributes),
            "{id}"
        );
    }
    let edge_names = names("edge");
    assert_eq!(elements("edge").count(), kept.edges.len());
    for (element, (from, to, attributes, spells)) in elements("edge").zip(&kept.edges) {
        assert_eq!(element.attribute("source"), Some(from.as_str()));
        assert_eq!(element.attribute("target"), Some(to.as_str()));
        assert_eq!(read_attributes(element, &edge_names), wanted(attributes));
        if of == As::Gexf {
            spells_hold(element, spells);
        }
    }
}

const NAMESPACE: &str = "http://graphml.graphdrawing.org/xmlns";

/// Gephi's rules for spells: each ends after it starts, on the day after its last.
fn spells_hold(element: roxmltree::Node<'_, '_>, spells: &[Spell]) {
    let all = element.descendants();
    let written: Vec<_> = all.filter(|one| one.tag_name().name() == "spell").collect();
    assert_eq!(written.len(), spells.len());
    for (element, spell) in written.iter().zip(spells) {
        let (start, end) = (element.attribute("start"), element.attribute("end"));
        assert_eq!(
            start.map(str::to_owned),
            spell.from.map(|day| day.to_string())
        );
        assert_eq!(
            end.map(str::to_owned),
            spell.to.map(|day| Day(day.0 + 1).to_string())
        );
        if let (Some(start), Some(end)) = (start, end) {
            assert!(start < end, "{start} {end}");
        }
    }
}

fn everything_is_passed(graph: &Graph) {
    for meetings in [Meetings::Pairs, Meetings::Nodes] {
        for of in [As::GraphMl, As::Gexf] {
            is_what_was_passed(graph, of, meetings);
        }
    }
}

#[test]
fn an_xml_parser_reads_what_was_passed() {
    everything_is_passed(&blinken());
    for seed in 0..60 {
        everything_is_passed(&random_graph(seed));
    }
}

#[test]
fn hostile_names_come_through_unchanged() {
    let long = ["a".repeat(100_000), "]]>\"<".repeat(20_000)];
    for text in HOSTILE
        .iter()
        .copied()
        .chain(long.iter().map(String::as_str))
    {
        let graph = called(text);
        everything_is_passed(&graph);
        let nodes = kept(&graph, Meetings::Nodes).nodes;
        for (id, node) in nodes {
            let name = node["name"].as_str().unwrap_or_default();
            assert!(name == text, "{id}: {name:.40?} {text:.40?}");
        }
    }
}

#[test]
fn what_xml_cannot_hold_is_refused_with_its_place() {
    for text in NOT_IN_XML {
        for of in [As::GraphMl, As::Gexf] {
            let error = written(&called(text), of, Meetings::Pairs).unwrap_err();
            assert!(
                error
                    .to_string()
                    .contains("the title of the graph: it has the character U+"),
                "{error}"
            );
        }
    }
    let graph = "Graph(actors: {\n\"a\": (name: \"A\", kind: State, note: \"x\\u{0}\") })";
    let (graph, _) = resolve::read("here.ron", graph);
    let error = written(&graph, As::Gexf, Meetings::Pairs).unwrap_err();
    assert_eq!(
        error.to_string(),
        "`A` at here.ron:2: it has the character U+0000, which XML can't hold"
    );
}

/// What a network has of one small graph, on which all of its rules can be seen.
#[test]
fn edges_are_what_holds_on_the_day() {
    let graph = r#"Graph(sources: { "s": (title: "S", date: "2023-01-05"), "t": (title: "T", via: "s") },
    actors: { "a": (name: "A", kind: State), "p": (name: "P", kind: Person, speaks_for: "a"), "b": (name: "B", kind: State) },
    issues: { "i": (name: "I", question: "?"), "j": (name: "J", part_of: "i") },
    stances: [
        (actor: "p", issue: "i", position: StronglyOpposes, source: ["s", "t"], date: "2023-02-01", until: "2024-03-31"),
        (actor: "b", issue: "i", position: Supports, date: "2022"),
        (actor: "b", issue: "i", position: Neutral, date: "2023-03"),
        (actor: "b", issue: "i", position: Supports, condition: "if", date: "2023-04"),
        (actor: "a", issue: "j", position: Mixed), (actor: "b", issue: "j", position: Supports, date: "2025"),
    ],
    meetings: {
        "m": (title: "M", status: Held, date: "2023-06-01", participants: ["b", "p"]),
        "n": (title: "N", status: Held, date: "2023-07-01/2023-07-02", participants: ["p", "b"], kind: Talks),
        "l": (title: "L", status: Held, kind: Letter, date: "2023-08-01", participants: ["p", "b"]),
        "o": (title: "O", status: Planned, date: "2023-09-01", participants: ["p", "b"]),
        "q": (title: "Q", status: Held, date: "2024-09-01", participants: ["p", "b"]),
    },
    ties: [(from: "a", to: "b", kind: Rival, since: "2000"), (from: "a", to: "b", kind: Ally, until: "1999"),
           (from: "b", to: "a", kind: Other("owes"))])"#;
    let (graph, findings) = resolve::read("small.ron", graph);
    assert!(
        !findings
            .iter()
            .any(|one| one.severity == demarche::diagnostic::Severity::Error),
        "{findings:?}"
    );
    let kept = kept(&graph, Meetings::Pairs);
    let told: Vec<String> = kept
        .edges
        .iter()
        .map(|(from, to, edge, spells)| {
            let of = |key: &str| edge.get(key).map_or("-".to_owned(), shown);
            let spells: Vec<String> = spells
                .iter()
                .map(|spell| {
                    format!(
                        "{}..{}",
                        spell.from.map_or(String::new(), |day| day.to_string()),
                        spell.to.map_or(String::new(), |day| day.to_string())
                    )
                })
                .collect();
            format!(
                "{from} {to} {} {} sign {} weight {} n {} {} by {} on {} {} {}",
                of("record"),
                of("kind"),
                of("sign"),
                of("weight"),
                of("n"),
                of("position"),
                of("through"),
                of("independent"),
                of("sources"),
                spells.join(" ")
            )
        })
        .collect();
    assert_eq!(
        told,
        [
            "a i stance - sign -1 weight 1.0 n 1 StronglyOpposes by p on 1 s t 2023-02-01..2024-03-31",
            "a j stance - sign - weight 1.0 n 1 Mixed by - on 0 - ",
            "b i stance - sign 0 weight 0.0 n 1 Neutral by - on 0 - 2023-03-01..",
            "b p meeting - sign - weight 2.0 n 2 - by - on 0 - 2023-06-01..2023-06-01 2023-07-01..2023-07-02",
            "p a tie speaks for sign - weight 1.0 n 1 - by - on 0 - ",
            "a b tie rival sign -1 weight 1.0 n 1 - by - on 0 - 2000-01-01..",
            "b a tie owes sign - weight 1.0 n 1 - by - on 0 - ",
        ]
    );
}

fn turtle(graph: &Graph, rdf: Rdf) -> String {
    let mut turtle = Turtle::new(Vec::new(), rdf).unwrap();
    exchange::rows(&view(graph.clone()), Left::default(), &mut turtle).unwrap();
    String::from_utf8(turtle.finish().unwrap()).unwrap()
}

/// Counts the rows of each table.
#[derive(Default)]
struct Counted(BTreeMap<Table, usize>);

impl Sink for Counted {
    fn row(&mut self, table: Table, _: &[Cell<'_>]) -> io::Result<()> {
        *self.0.entry(table).or_default() += 1;
        Ok(())
    }
}

fn rows(graph: &Graph) -> BTreeMap<Table, usize> {
    let mut counted = Counted::default();
    exchange::rows(&view(graph.clone()), Left::default(), &mut counted).unwrap();
    counted.0
}

/// The tokens of the part of Turtle that is written, or what is wrong.
fn tokens(text: &str) -> Result<Vec<String>, String> {
    let mut all = Vec::new();
    let mut left = text.trim_start();
    while let Some(first) = left.chars().next() {
        let end = match first {
            '"' => {
                let mut end = 1;
                let bytes = left.as_bytes();
                loop {
                    match bytes.get(end) {
                        None | Some(b'\n' | b'\r') => {
                            return Err(format!("an open text: {left:.40}"));
                        }
                        Some(b'\\') if b"tbnrf\"'\\u".contains(&bytes[end + 1]) => end += 2,
                        Some(b'\\') => return Err(format!("an unknown escape: {left:.40}")),
                        Some(b'"') => break end + 1,
                        Some(_) => end += 1,
                    }
                }
            }
            '<' if left.starts_with("<<(") => 3,
            ')' => 3,
            '<' => {
                let end = left.find('>').ok_or("an open name")?;
                let name = &left[1..end];
                if name.contains([' ', '"', '{', '}', '|', '^', '`', '\\', '<'])
                    || name.chars().any(char::is_control)
                {
                    return Err(format!("no name: {name}"));
                }
                end + 1
            }
            '^' => 2,
            ';' | '.' | '[' | ']' => 1,
            _ => left.find(|c: char| c.is_whitespace()).unwrap_or(left.len()),
        };
        all.push(left[..end].to_owned());
        left = left[end..].trim_start();
    }
    Ok(all)
}

#[test]
fn turtle_is_turtle() {
    let mut graphs: Vec<Graph> = (0..60).map(random_graph).collect();
    graphs.push(blinken());
    graphs.extend(HOSTILE.iter().chain(NOT_IN_XML).map(|text| called(text)));
    for graph in graphs {
        for rdf in [Rdf::V1_1, Rdf::V1_2] {
            let text = turtle(&graph, rdf);
            assert!(text == turtle(&graph, rdf), "other bytes");
            let tokens = tokens(&text).unwrap();
            let counted = rows(&graph);
            let of = |word: &str| tokens.iter().filter(|token| *token == word).count();
            let in_tables = |table: Table| counted.get(&table).copied().unwrap_or_default();
            assert_eq!(of("d:Stance"), in_tables(Table::Stance));
            assert_eq!(of("d:Actor"), in_tables(Table::Actor));
            assert_eq!(of("d:Meeting"), in_tables(Table::Meeting));
            assert_eq!(of("d:Tie"), in_tables(Table::Tie));
            assert_eq!(
                of("rdf:reifies") > 0,
                rdf == Rdf::V1_2 && of("d:position") > 0
            );
        }
    }
}

/// A folder with a graph in each format, and what is in it as JSON.
fn folder(graph: &Graph) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| -> PathBuf { folder.path().join(name) };
    for (meetings, name) in [(Meetings::Pairs, "pairs"), (Meetings::Nodes, "nodes")] {
        let kept = kept(graph, meetings);
        let nodes: Vec<Value> = kept.nodes.iter().map(|(id, of)| json!([id, of])).collect();
        let edges: Vec<Value> = kept
            .edges
            .iter()
            .map(|(from, to, of, _)| json!([from, to, of]))
            .collect();
        let all = json!({ "title": kept.title, "nodes": nodes, "edges": edges });
        std::fs::write(path(&format!("{name}.json")), all.to_string()).unwrap();
        for (of, ending) in [(As::GraphMl, "graphml"), (As::Gexf, "gexf")] {
            let bytes = written(graph, of, meetings).unwrap();
            std::fs::write(path(&format!("{name}.{ending}")), bytes).unwrap();
        }
    }
    let counted: BTreeMap<&str, usize> = rows(graph)
        .into_iter()
        .map(|(table, n)| (table.name(), n))
        .collect();
    std::fs::write(path("rows.json"), json!(counted).to_string()).unwrap();
    std::fs::write(
        path("names.json"),
        json!(
            graph
                .actors()
                .map(|(_, actor)| actor.name.to_string())
                .collect::<Vec<_>>()
        )
        .to_string(),
    )
    .unwrap();
    std::fs::write(path("1.1.ttl"), turtle(graph, Rdf::V1_1)).unwrap();
    std::fs::write(path("1.2.ttl"), turtle(graph, Rdf::V1_2)).unwrap();
    folder
}

/// Runs a script in the folder of each graph, where what it imports is installed; says where it is not.
fn in_python(imports: &str, script: &str) {
    let has = Command::new("python3")
        .args(["-c", &format!("import {imports}")])
        .output();
    if !has.is_ok_and(|has| has.status.success()) {
        eprintln!("skipped: the Python package {imports} is not installed");
        return;
    }
    let mut graphs: Vec<Graph> = (0..12).map(random_graph).collect();
    graphs.push(blinken());
    graphs.extend(HOSTILE.iter().map(|text| called(text)));
    let folders: Vec<tempfile::TempDir> = graphs.iter().map(folder).collect();
    let output = Command::new("python3")
        .args(["-c", script])
        .args(folders.iter().map(|folder| folder.path()))
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success(), "{said}");
    let done = String::from_utf8_lossy(&output.stdout).trim().to_owned();
    assert_eq!(done, format!("{} graphs", graphs.len()), "{said}");
}

#[test]
fn networkx_reads_every_node_edge_and_attribute() {
    in_python("networkx", include_str!("networks/networkx.py"));
}

#[test]
fn igraph_reads_every_node_edge_and_attribute() {
    in_python("igraph", include_str!("networks/igraph.py"));
}

#[test]
fn rdflib_counts_the_same_statements() {
    in_python("rdflib", include_str!("networks/rdflib.py"));
}

#[test]
fn pyoxigraph_counts_the_same_statements() {
    in_python("pyoxigraph", include_str!("networks/pyoxigraph.py"));
}
