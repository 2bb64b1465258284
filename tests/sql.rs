//! The views in SQL give what `demarche` gives: in SQLite, and in DuckDB and DataFusion where they are
//! installed.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test that fails may panic"
)]

#[path = "oracle/days.rs"]
#[allow(dead_code, reason = "the oracle uses the rest")]
mod days;
#[path = "oracle/random.rs"]
#[allow(dead_code, reason = "the oracle uses the rest")]
mod random;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::process::Command;

use demarche::exchange::csv::{Csv, file_name};
use demarche::exchange::sql::{Engine, VIEWS, script};
use demarche::exchange::tables::Table;
use demarche::exchange::{self, Left};
use demarche::graph::{Entity, Graph, Lens, Office, Restriction, SourceId, Standing, Verdict};
use demarche::measure::agreement::{Measure, Normalise};
use demarche::model::{Day, MeetingStatus, TieKind};
use demarche::query::{self, Counting, Detail, MatrixQuestion, MeetingFilter, Mode, View};
use demarche::resolve;
use serde_json::{Map, Value};

/// A row of `ask`: the day, and the source that is left out.
type Asked = (Day, Option<SourceId>);

/// Rows of views: for each view, what is compared of each row, as text.
type Rows = BTreeMap<&'static str, BTreeSet<String>>;

/// The views that are compared, and which columns.
const COMPARED: &[(&str, &[&str])] = &[
    (
        "standing",
        &[
            "asked",
            "actor",
            "issue",
            "verdict",
            "number",
            "statements",
            "independent",
            "newest_day",
            "perhaps",
            "counted_with",
        ],
    ),
    ("offered", &["asked", "actor", "issue", "stance"]),
    (
        "net",
        &[
            "asked",
            "one_actor",
            "other_actor",
            "net",
            "same_side",
            "opposite_sides",
            "issues",
        ],
    ),
    (
        "camps_input",
        &["asked", "one_actor", "other_actor", "weight"],
    ),
    (
        "congruence",
        &[
            "asked",
            "one_actor",
            "other_actor",
            "congruence",
            "conflict",
            "subtract",
            "issues",
        ],
    ),
    ("met", &["asked", "one_actor", "other_actor", "meetings"]),
    (
        "moved",
        &[
            "asked_before",
            "actor",
            "issue",
            "verdict_before",
            "number_before",
            "verdict",
            "number",
        ],
    ),
    (
        "falls",
        &[
            "asked_before",
            "actor",
            "issue",
            "verdict_before",
            "without_source",
        ],
    ),
];

fn shown(value: Option<&Value>) -> String {
    match value {
        None | Some(Value::Null) => "-".to_owned(),
        Some(Value::String(text)) => text.clone(),
        // Adding 0 makes 0 of -0.
        Some(value) => format!("{:.9}", value.as_f64().unwrap() + 0.0),
    }
}

fn number(number: Option<f64>) -> String {
    shown(number.map(Value::from).as_ref())
}

fn whole(number: usize) -> String {
    shown(Some(&Value::from(number)))
}

/// What an engine gives, as it is compared.
fn given(view: &'static str, rows: &[Map<String, Value>]) -> BTreeSet<String> {
    let (_, columns) = COMPARED.iter().find(|(name, _)| *name == view).unwrap();
    let line = |row: &Map<String, Value>| {
        let cells: Vec<String> = columns
            .iter()
            .map(|column| shown(row.get(*column)))
            .collect();
        cells.join("|")
    };
    rows.iter().map(line).collect()
}

/// Where everybody stands in one question.
type Stood = BTreeMap<(String, String), (Option<&'static str>, Option<f64>)>;

fn verdict(standing: &Standing) -> Option<&'static str> {
    match standing.verdict {
        Verdict::Unknown => None,
        Verdict::Contested => Some("Contested"),
        Verdict::Stands(position) => Some(position.written()),
    }
}

/// What `demarche` gives, as it is compared.
struct Expected<'g> {
    graph: &'g Graph,
    rows: Rows,
    stood: Vec<Stood>,
}

impl Expected<'_> {
    fn of(graph: &Graph, asked: &[Asked]) -> Rows {
        let rows = COMPARED.iter().map(|(view, _)| (*view, BTreeSet::new()));
        let mut expected = Expected {
            graph,
            rows: rows.collect(),
            stood: Vec::new(),
        };
        for (nth, (day, without)) in (1..).zip(asked) {
            expected.question(nth, *day, *without);
        }
        expected.moves(asked);
        expected.rows
    }

    fn add(&mut self, view: &str, cells: &[String]) {
        self.rows.get_mut(view).unwrap().insert(cells.join("|"));
    }

    fn question(&mut self, nth: usize, day: Day, without: Option<SourceId>) {
        let lens = Lens::as_of(day);
        let restriction = Restriction {
            without: without.into_iter().collect(),
            ..Restriction::as_of(day)
        };
        let mut view = View::of(self.graph.clone(), lens, restriction);
        view.graph.tell_later(day);
        self.standings(nth, &view);
        self.pairs(nth, &view);
        // Who met is as recorded, whatever source is left out.
        let mut whole = self.graph.clone().view(lens);
        whole.graph.tell_later(day);
        self.meetings(nth, &whole);
    }

    fn standings(&mut self, nth: usize, view: &View) {
        // Statements are named by their place in the whole graph.
        let names: BTreeMap<_, String> = self
            .graph
            .stances()
            .map(|(id, stance)| (stance.place, format!("s{}", id.index() + 1)))
            .collect();
        let graph = &view.graph;
        let mut stood = Stood::new();
        for ((actor, issue), standing) in graph.positions(view.lens, |_, _| true) {
            let id = |entity| graph.id(entity).to_owned();
            let (actor, issue) = (id(Entity::Actor(actor)), id(Entity::Issue(issue)));
            for offer in standing.offered() {
                let name = names[&graph[offer.stance].place].clone();
                self.add("offered", &[whole(nth), actor.clone(), issue.clone(), name]);
            }
            let Some(word) = verdict(&standing) else {
                continue;
            };
            let basis = graph.basis(&standing);
            let newest = standing.date().map(|date| date.period().from.to_string());
            let perhaps = standing.in_force().any(|one| one.office == Office::Perhaps);
            let with = standing.folded.map(|with| id(Entity::Actor(with)));
            stood.insert(
                (actor.clone(), issue.clone()),
                (Some(word), standing.verdict.number()),
            );
            let dash = || "-".to_owned();
            let row = [
                whole(nth),
                actor,
                issue,
                word.to_owned(),
                number(standing.verdict.number()),
                whole(basis.statements),
                whole(basis.independent),
                newest.unwrap_or_else(dash),
                whole(usize::from(perhaps)),
                with.unwrap_or_else(dash),
            ];
            self.add("standing", &row);
        }
        self.stood.push(stood);
    }

    /// The cells of a matrix, by two actors in the order of their ids.
    fn cells(view: &View, measure: Measure) -> BTreeMap<(String, String), [Option<f64>; 4]> {
        let asked = MatrixQuestion {
            of: Mode::Actors(measure, Normalise::None),
            counting: Counting::default(),
            least: 0,
            detail: Detail::Statements,
        };
        let answer = query::matrix(&view.graph, view.lens, &asked);
        let mut cells = BTreeMap::new();
        for row in answer.cells.rows {
            let (one, other) = (view.graph.id(row.actor), view.graph.id(row.other.unwrap()));
            let count = |count: Option<usize>| count.map(|count| count as f64);
            let of = [
                row.value,
                count(row.same),
                count(row.opposite),
                count(row.issues),
            ];
            if row.issues.unwrap_or_default() > 0 && one != other {
                cells.insert((one.min(other).to_owned(), one.max(other).to_owned()), of);
            }
        }
        cells
    }

    fn pairs(&mut self, nth: usize, view: &View) {
        for ((one, other), [net, same, opposite, issues]) in Self::cells(view, Measure::Net) {
            let pair = [whole(nth), one, other];
            let cells = [net, same, opposite, issues].map(number);
            self.add("net", &[&pair[..], &cells[..]].concat());
            if net.unwrap() > 0.0 {
                self.add("camps_input", &[&pair[..], &cells[..1]].concat());
            }
        }
        let conflict = Self::cells(view, Measure::Conflict);
        let subtract = Self::cells(view, Measure::Subtract);
        for (pair, [congruence, .., issues]) in Self::cells(view, Measure::Congruence) {
            let cells = [congruence, conflict[&pair][0], subtract[&pair][0], issues].map(number);
            let pair = [whole(nth), pair.0, pair.1];
            self.add("congruence", &[&pair[..], &cells[..]].concat());
        }
    }

    fn meetings(&mut self, nth: usize, view: &View) {
        let held = MeetingFilter {
            status: vec![Some(MeetingStatus::Held)],
            ..MeetingFilter::default()
        };
        let graph = &view.graph;
        let mut met: BTreeMap<(String, String), usize> = BTreeMap::new();
        for row in view.meetings(&held).meetings.rows {
            let meeting = &graph[row.meeting];
            if meeting.status != Some(MeetingStatus::Held) {
                continue;
            }
            let ids = meeting
                .participants
                .iter()
                .map(|id| graph[*id].id.to_string());
            let ids: Vec<String> = ids.collect();
            for (one, other) in ids
                .iter()
                .flat_map(|one| ids.iter().map(move |other| (one, other)))
            {
                if one < other {
                    *met.entry((one.clone(), other.clone())).or_default() += 1;
                }
            }
        }
        for ((one, other), times) in met {
            self.add("met", &[whole(nth), one, other, whole(times)]);
        }
    }

    fn moves(&mut self, asked: &[Asked]) {
        let stood = std::mem::take(&mut self.stood);
        for nth in 1..asked.len() {
            let (before, after) = (&stood[nth - 1], &stood[nth]);
            let places: BTreeSet<_> = before.keys().chain(after.keys()).collect();
            for place in places {
                let of = |stood: &Stood| stood.get(place).copied().unwrap_or_default();
                let ((old, was), (new, is)) = (of(before), of(after));
                if (old, was) == (new, is) {
                    continue;
                }
                let word = |word: Option<&str>| word.unwrap_or("-").to_owned();
                let start = [whole(nth), place.0.clone(), place.1.clone(), word(old)];
                let end = [number(was), word(new), number(is)];
                self.add("moved", &[&start[..], &end[..]].concat());
                if let (None, Some(source)) = (new, asked[nth].1) {
                    let source = self.graph[source].id.to_string();
                    self.add("falls", &[&start[..], &[source]].concat());
                }
            }
        }
    }
}

/// Whether the tables know all that changes without a source: not what it withdrew, nor the offices
/// that it reports, nor the date that a statement has from it.
fn is_plain(graph: &Graph, source: SourceId) -> bool {
    let withdraws = graph
        .stances()
        .any(|(_, one)| one.withdrawn_in() == Some(source))
        || graph.sources().any(|(id, one)| {
            one.withdrawn_in == Some(source) || (id == source && one.withdrawn_in.is_some())
        })
        || graph
            .ties()
            .any(|(_, tie)| tie.withdrawn_in == Some(source));
    let speaks = graph
        .ties()
        .any(|(_, tie)| tie.kind == TieKind::SpeaksFor && tie.sources.contains(&source));
    let dates = graph.stances().any(|(_, one)| {
        one.date.is_none() && one.sources.as_slice().len() > 1 && one.sources.contains(&source)
    });
    // Where the rest of its sources are withdrawn, a statement is withdrawn without this one.
    let leans = graph.stances().any(|(_, one)| {
        let mut others = one.sources.as_slice().iter();
        one.sources.contains(&source) && others.any(|id| graph.source_withdrawn_by(*id).is_some())
    });
    !withdraws && !speaks && !dates && !leans
}

/// Four days, and a source left out on the third.
fn questions(graph: &Graph) -> Vec<Asked> {
    let days = [(2023, 3, 1), (2023, 7, 9), (2023, 12, 31), (2024, 4, 2)];
    let days = days.map(|(year, month, day)| Day::of(year, month, day));
    let mut asked: Vec<Asked> = days.iter().map(|day| (*day, None)).collect();
    let sources = graph.sources().map(|(id, _)| id);
    for source in sources.filter(|id| is_plain(graph, *id)).take(2) {
        asked.extend([(days[2], None), (days[2], Some(source))]);
    }
    asked
}

/// The SELECT that makes `ask`.
fn ask(graph: &Graph, asked: &[Asked], day: &str) -> String {
    let rows = (1..)
        .zip(asked)
        .map(|(nth, (on, without)): (usize, &Asked)| {
            let without = without.map_or("", |source| &graph[source].id);
            format!(
                "SELECT {nth} AS asked, {} AS day, '{without}' AS without_source",
                day.replace("DAY", &on.to_string())
            )
        });
    rows.collect::<Vec<_>>().join(" UNION ALL ")
}

fn random_graphs(many: u64) -> Vec<Graph> {
    let graphs =
        (0..many).map(|seed| resolve::read("random.ron", &random::Draft::of(seed).text()).0);
    graphs.filter(Graph::is_whole).collect()
}

fn view(graph: &Graph) -> View {
    View::whole(graph.clone(), Lens::as_of(Day::of(2024, 1, 1)))
}

/// Compares what an engine gives of all views with what `demarche` gives.
fn compare(engine: &str, graphs: &[Graph], given: &[Rows]) {
    let mut compared: BTreeMap<&str, usize> = BTreeMap::new();
    assert_eq!(graphs.len(), given.len());
    for (nth, (graph, given)) in graphs.iter().zip(given).enumerate() {
        let expected = Expected::of(graph, &questions(graph));
        for (view, rows) in &expected {
            let lacking: Vec<_> = rows.difference(&given[view]).take(5).collect();
            let more: Vec<_> = given[view].difference(rows).take(5).collect();
            assert!(
                lacking.is_empty() && more.is_empty(),
                "{engine}, graph {nth}, {view}\nlacks {lacking:#?}\nhas {more:#?}"
            );
            *compared.entry(view).or_default() += rows.len();
        }
    }
    assert!(
        compared.values().all(|rows| *rows > 20),
        "{engine}: {compared:?}"
    );
    eprintln!("{engine}: {compared:?}");
}

#[test]
fn each_view_is_one_select_that_any_engine_runs() {
    for (name, select) in VIEWS {
        let code: Vec<&str> = select
            .lines()
            .filter(|line| !line.starts_with("--"))
            .collect();
        let code = code.join("\n");
        assert_eq!(
            select
                .lines()
                .take_while(|line| line.starts_with("--"))
                .count(),
            2,
            "{name}"
        );
        assert!(code.starts_with("SELECT ") && !code.contains(';'), "{name}");
        for word in [
            "QUALIFY",
            "LATERAL",
            "FILTER",
            "RECURSIVE",
            "OVER (",
            "[",
            " at ",
        ] {
            assert!(!code.contains(word), "{name}: {word}");
        }
        for engine in Engine::ALL {
            assert!(script(*engine, None).contains(&code), "{name}");
        }
    }
}

#[cfg(feature = "sqlite")]
mod sqlite {
    use super::*;
    use demarche::edit::quoted;
    use demarche::exchange::sqlite::Sqlite;
    use demarche::exchange::tables::{Cell, Sink};
    use rusqlite::Connection;
    use rusqlite::types::ValueRef;

    fn written(graph: &Graph) -> Vec<u8> {
        let mut sqlite = Sqlite::new().unwrap();
        exchange::rows(&view(graph), Left::default(), &mut sqlite).unwrap();
        let mut bytes = Vec::new();
        sqlite.finish(Day::of(2024, 1, 1), &mut bytes).unwrap();
        bytes
    }

    fn opened(graph: &Graph, folder: &Path) -> Connection {
        let path = folder.join("graph.sqlite");
        fs::write(&path, written(graph)).unwrap();
        Connection::open(path).unwrap()
    }

    fn rows(connection: &Connection, view: &str) -> Vec<Map<String, Value>> {
        let mut select = connection
            .prepare(&format!("SELECT * FROM {view}"))
            .unwrap();
        let names: Vec<String> = select
            .column_names()
            .into_iter()
            .map(str::to_owned)
            .collect();
        let row = |row: &rusqlite::Row<'_>| {
            let cell = |nth: usize| match row.get_ref(nth).unwrap() {
                ValueRef::Null => Value::Null,
                ValueRef::Integer(number) => number.into(),
                ValueRef::Real(number) => number.into(),
                ValueRef::Text(text) => String::from_utf8(text.to_vec()).unwrap().into(),
                ValueRef::Blob(_) => panic!("a blob"),
            };
            let cells = names.iter().enumerate();
            Ok(cells.map(|(nth, name)| (name.clone(), cell(nth))).collect())
        };
        select
            .query_map([], row)
            .unwrap()
            .map(Result::unwrap)
            .collect()
    }

    #[test]
    fn the_views_give_what_demarche_gives() {
        let graphs = random_graphs(100);
        assert!(graphs.len() > 50, "{}", graphs.len());
        let of = |graph: &Graph| -> Rows {
            let folder = tempfile::tempdir().unwrap();
            let connection = opened(graph, folder.path());
            let ask = ask(graph, &questions(graph), "'DAY'");
            connection
                .execute_batch(&format!("DELETE FROM ask; INSERT INTO ask {ask}"))
                .unwrap();
            let views = COMPARED
                .iter()
                .map(|(view, _)| (*view, given(view, &rows(&connection, view))));
            views.collect()
        };
        let given: Vec<Rows> = graphs.iter().map(of).collect();
        compare("SQLite", &graphs, &given);
    }

    /// All cells, as SQLite has them.
    #[derive(Default)]
    struct All(BTreeMap<Table, Vec<Vec<Value>>>);

    impl Sink for All {
        fn row(&mut self, table: Table, cells: &[Cell<'_>]) -> std::io::Result<()> {
            let of = |cell: &Cell<'_>| match cell {
                Cell::Nothing => Value::Null,
                Cell::Text(text) => text.as_ref().into(),
                Cell::Whole(number) => (*number).into(),
                Cell::Number(number) => (*number).into(),
                Cell::Day(day) => day.to_string().into(),
                Cell::Flag(flag) => i64::from(*flag).into(),
            };
            self.0
                .entry(table)
                .or_default()
                .push(cells.iter().map(of).collect());
            Ok(())
        }
    }

    #[test]
    fn sqlite_holds_every_cell_of_the_tables() {
        let mut graphs = random_graphs(40);
        for text in [
            "'; DROP TABLE actor; --",
            "a\0b",
            "\"",
            "\u{202e}abc",
            "]]>",
            "=1",
            "a\r\nb",
            &"x".repeat(100_000),
        ] {
            let text = format!(
                "Graph(actors: {{ \"a\": (name: {0}, kind: State, note: {0}, tags: [{0}]) }})",
                quoted(text)
            );
            graphs.push(resolve::read("hostile.ron", &text).0);
        }
        for graph in graphs {
            assert!(written(&graph) == written(&graph), "other bytes");
            let folder = tempfile::tempdir().unwrap();
            let connection = opened(&graph, folder.path());
            let mut all = All::default();
            exchange::rows(&view(&graph), Left::default(), &mut all).unwrap();
            for table in Table::ALL {
                let wanted = all.0.remove(table).unwrap_or_default();
                let has = rows(&connection, table.name());
                assert_eq!(has.len(), wanted.len(), "{table:?}");
                for (has, wanted) in has.iter().zip(&wanted) {
                    for (column, wanted) in table.columns().iter().zip(wanted) {
                        assert!(&has[column.name] == wanted, "{table:?} {}", column.name);
                    }
                }
            }
        }
    }
}

/// Writes the tables of each graph and the script of an engine, runs all views there, and compares; says
/// where it is not installed.
fn in_python(name: &str, engine: Engine, run: &str, many: u64) {
    let has = Command::new("python3")
        .args(["-c", &format!("import {name}")])
        .output();
    if !has.is_ok_and(|has| has.status.success()) {
        eprintln!("skipped: {name} is not installed");
        return;
    }
    let graphs = random_graphs(many);
    let folders: Vec<tempfile::TempDir> =
        graphs.iter().map(|graph| folder(graph, engine)).collect();
    let output = Command::new("python3")
        .args(["-c", run])
        .arg(
            COMPARED
                .iter()
                .map(|(view, _)| *view)
                .collect::<Vec<_>>()
                .join(","),
        )
        .args(folders.iter().map(|folder| folder.path()))
        .output()
        .unwrap();
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    let read = |folder: &tempfile::TempDir| -> Rows {
        let text = fs::read_to_string(folder.path().join("rows.json")).unwrap();
        let mut all: BTreeMap<String, Vec<Map<String, Value>>> =
            serde_json::from_str(&text).unwrap();
        let views = COMPARED
            .iter()
            .map(|(view, _)| (*view, given(view, &all.remove(*view).unwrap())));
        views.collect()
    };
    let given: Vec<Rows> = folders.iter().map(read).collect();
    compare(name, &graphs, &given);
}

fn folder(graph: &Graph, engine: Engine) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let mut csv = Csv::new(None, |name| fs::File::create(folder.path().join(name))).unwrap();
    exchange::rows(&view(graph), Left::default(), &mut csv).unwrap();
    csv.finish().unwrap();
    assert!(folder.path().join(file_name(Table::Stance)).exists());
    let write = |name: &str, text: &str| fs::write(folder.path().join(name), text).unwrap();
    write("views.sql", &script(engine, None));
    write(
        "ask.sql",
        &ask(graph, &questions(graph), "CAST('DAY' AS DATE)"),
    );
    folder
}

#[test]
fn duckdb_gives_what_demarche_gives() {
    in_python("duckdb", Engine::DuckDb, include_str!("sql/duckdb.py"), 60);
}

#[test]
fn datafusion_gives_what_demarche_gives() {
    in_python(
        "datafusion",
        Engine::DataFusion,
        include_str!("sql/datafusion.py"),
        30,
    );
}
