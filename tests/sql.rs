//! The views in SQL give what `demarche` gives: in SQLite, and in DuckDB, DataFusion and Spark where they
//! are installed. With the feature `parquet` DataFusion and Spark read Parquet, else CSV.
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
#[path = "sql/expected.rs"]
mod expected;
#[path = "oracle/random.rs"]
#[allow(dead_code, reason = "the oracle uses the rest")]
mod random;

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io;
use std::process::Command;

use demarche::exchange::csv::Csv;
use demarche::exchange::sql::{Engine, Stored, VIEWS, script};
use demarche::exchange::tables::{Cell, Sink, Table, Type};
use demarche::exchange::{self, Left};
use demarche::graph::{Graph, Lens};
use demarche::model::Day;
use demarche::query::View;
use demarche::resolve;
use expected::{Asked, COMPARED, Expected, Rows, ask, given, questions};
use serde_json::{Map, Value};

fn random_graphs(many: u64) -> Vec<Graph> {
    let graphs =
        (0..many).map(|seed| resolve::read("random.ron", &random::Draft::of(seed).text()).0);
    graphs.filter(Graph::is_whole).collect()
}

fn view(graph: &Graph) -> View {
    View::whole(graph.clone(), Lens::as_of(Day::of(2024, 1, 1)))
}

/// Compares what an engine gives of all views with what `demarche` gives.
fn compare(engine: &str, graphs: &[Graph], asked: &[Vec<Asked>], given: &[Rows]) {
    let mut compared: BTreeMap<&str, usize> = BTreeMap::new();
    assert_eq!(graphs.len(), given.len());
    for (nth, (graph, given)) in graphs.iter().zip(given).enumerate() {
        let expected = Expected::of(graph, &asked[nth]);
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
        compared
            .iter()
            .all(|(view, rows)| *rows > 20 || (*view == "falls" && asked[0].len() == 4)),
        "{engine}: {compared:?}"
    );
    eprintln!("{engine}: {} graphs, {compared:?}", graphs.len());
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
            assert!(script(*engine, Stored::Csv, None).contains(&code), "{name}");
        }
    }
}

#[cfg(feature = "sqlite")]
mod sqlite {
    use super::*;
    use demarche::exchange::sqlite::Sqlite;
    use rusqlite::Connection;
    use rusqlite::types::ValueRef;

    fn written(graph: &Graph) -> Vec<u8> {
        let mut sqlite = Sqlite::new().unwrap();
        exchange::rows(&view(graph), Left::default(), &mut sqlite).unwrap();
        let mut bytes = Vec::new();
        sqlite.finish(Day::of(2024, 1, 1), &mut bytes).unwrap();
        bytes
    }

    fn opened(graph: &Graph, folder: &std::path::Path) -> Connection {
        let path = folder.join("graph.sqlite");
        fs::write(&path, written(graph)).unwrap();
        Connection::open(path).unwrap()
    }

    fn rows(connection: &Connection, view: &str) -> Vec<Map<String, Value>> {
        let mut select = connection
            .prepare(&format!("SELECT * FROM {view}"))
            .unwrap();
        let names: Vec<String> = select.column_names().map(str::to_owned).collect();
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
        let asked: Vec<Vec<Asked>> = graphs.iter().map(questions).collect();
        compare("SQLite", &graphs, &asked, &given);
    }
}

/// What an engine is run on: a folder with the tables, `views.sql`, and `ask.sql`, which makes `ask`.
fn folder(tables: &[(&Graph, &str)], engine: Engine, asked: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let open = |name: &str| File::create(folder.path().join(name));
    let stored = stored(engine);
    write_tables(tables, stored, open).unwrap();
    let write = |name: &str, text: &str| fs::write(folder.path().join(name), text).unwrap();
    write("views.sql", &script(engine, stored, None));
    write("ask.sql", asked);
    folder
}

/// Which tables an engine reads here.
fn stored(engine: Engine) -> Stored {
    match cfg!(feature = "parquet") && engine != Engine::DuckDb {
        true => Stored::Parquet,
        false => Stored::Csv,
    }
}

#[cfg(not(feature = "parquet"))]
fn write_tables(
    tables: &[(&Graph, &str)],
    _: Stored,
    open: impl FnMut(&str) -> io::Result<File>,
) -> io::Result<()> {
    let mut csv = Csv::new(None, open)?;
    put(tables, &mut csv)?;
    csv.finish().map(drop)
}

#[cfg(feature = "parquet")]
fn write_tables(
    tables: &[(&Graph, &str)],
    stored: Stored,
    open: impl FnMut(&str) -> io::Result<File>,
) -> io::Result<()> {
    use demarche::exchange::parquet::Parquet;
    if stored == Stored::Csv {
        let mut csv = Csv::new(None, open)?;
        put(tables, &mut csv)?;
        return csv.finish().map(drop);
    }
    let mut parquet = Parquet::new(open)?;
    put(tables, &mut parquet)?;
    parquet.finish().map(drop)
}

fn put(tables: &[(&Graph, &str)], sink: &mut dyn Sink) -> io::Result<()> {
    for (graph, prefix) in tables {
        let mut prefixed = Prefixed { sink, prefix };
        exchange::rows(&view(graph), Left::default(), &mut prefixed)?;
    }
    Ok(())
}

/// Puts a prefix before every id, so that several graphs are one.
struct Prefixed<'s> {
    sink: &'s mut dyn Sink,
    prefix: &'s str,
}

/// The columns of text that hold no ids.
const NO_IDS: &[&str] = &[
    "position",
    "condition",
    "kind",
    "status",
    "part",
    "date",
    "until",
    "alias",
    "tag",
];

impl Sink for Prefixed<'_> {
    fn row(&mut self, table: Table, cells: &[Cell<'_>]) -> io::Result<()> {
        let columns = table.columns().iter().zip(cells);
        let cells: Vec<Cell<'_>> = columns
            .map(|(column, cell)| match cell {
                Cell::Text(text)
                    if column.holds == Type::Text && !NO_IDS.contains(&column.name) =>
                {
                    Cell::Text(Cow::Owned(format!("{}{text}", self.prefix)))
                }
                cell => cell.clone(),
            })
            .collect();
        self.sink.row(table, &cells)
    }
}

/// Runs a script in Python, which writes what all views give in each folder to `rows.json`. Nothing, where
/// its package is not installed.
fn in_python(name: &str, run: &str, folders: &[tempfile::TempDir]) -> Option<Vec<Answer>> {
    let has = Command::new("python3")
        .args(["-c", &format!("import {name}")])
        .output();
    if !has.is_ok_and(|has| has.status.success()) {
        eprintln!("skipped: the Python package {name} is not installed");
        return None;
    }
    let views: Vec<&str> = COMPARED.iter().map(|(view, _)| *view).collect();
    let mut python = Command::new("python3");
    python.args(["-c", run]).arg(views.join(","));
    let output = python
        .args(folders.iter().map(tempfile::TempDir::path))
        .output();
    let output = output.unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{said}");
    let read = |folder: &tempfile::TempDir| {
        let text = fs::read_to_string(folder.path().join("rows.json")).unwrap();
        serde_json::from_str(&text).unwrap()
    };
    Some(folders.iter().map(read).collect())
}

/// The rows of each view.
type Answer = BTreeMap<String, Vec<Map<String, Value>>>;

fn rows_of(answer: &Answer) -> Rows {
    let views = COMPARED.iter();
    views
        .map(|(view, _)| (*view, given(view, &answer[*view])))
        .collect()
}

/// Asks an engine about each graph by itself.
fn one_by_one(name: &str, engine: Engine, run: &str, many: u64) {
    let graphs = random_graphs(many);
    let asked: Vec<Vec<Asked>> = graphs.iter().map(questions).collect();
    let of = |(graph, asked): (&Graph, &Vec<Asked>)| {
        let ask = ask(graph, asked, "CAST('DAY' AS DATE)");
        folder(&[(graph, "")], engine, &ask)
    };
    let folders: Vec<tempfile::TempDir> = graphs.iter().zip(&asked).map(of).collect();
    if let Some(answers) = in_python(name, run, &folders) {
        let given: Vec<Rows> = answers.iter().map(rows_of).collect();
        compare(name, &graphs, &asked, &given);
    }
}

/// Asks an engine about all graphs at once, on four days: an engine that takes long to begin.
fn all_at_once(name: &str, engine: Engine, run: &str, many: u64) {
    let graphs = random_graphs(many);
    let asked = questions(&graphs[0])[..4].to_vec();
    let prefixes: Vec<String> = (0..graphs.len()).map(|nth| format!("g{nth}:")).collect();
    let tables: Vec<(&Graph, &str)> = graphs
        .iter()
        .zip(prefixes.iter().map(String::as_str))
        .collect();
    let ask = ask(&graphs[0], &asked, "CAST('DAY' AS DATE)");
    let Some(answers) = in_python(name, run, &[folder(&tables, engine, &ask)]) else {
        return;
    };
    let mut apart: Vec<Rows> = vec![
        rows_of(
            &COMPARED
                .iter()
                .map(|(view, _)| ((*view).to_owned(), Vec::new()))
                .collect()
        );
        graphs.len()
    ];
    for (view, _) in COMPARED {
        for row in &answers[0][*view] {
            let (nth, row) = without_prefix(row);
            apart[nth]
                .get_mut(view)
                .unwrap()
                .extend(given(view, &[row]));
        }
    }
    let asked = vec![asked; graphs.len()];
    compare(name, &graphs, &asked, &apart);
}

/// Returns the number of the graph that a row is of, and the row as that graph has it.
fn without_prefix(row: &Map<String, Value>) -> (usize, Map<String, Value>) {
    let id = row.get("actor").or(row.get("one_actor")).unwrap();
    let (graph, _) = id.as_str().unwrap().split_once(':').unwrap();
    let bare = |value: &Value| match value.as_str().and_then(|text| text.split_once(':')) {
        Some((of, id)) if of == graph => id.into(),
        _ => value.clone(),
    };
    let row = row.iter().map(|(name, value)| (name.clone(), bare(value)));
    (graph[1..].parse().unwrap(), row.collect())
}

#[test]
fn duckdb_gives_what_demarche_gives() {
    one_by_one("duckdb", Engine::DuckDb, include_str!("sql/duckdb.py"), 60);
}

#[test]
fn datafusion_gives_what_demarche_gives() {
    let run = include_str!("sql/datafusion.py");
    one_by_one("datafusion", Engine::DataFusion, run, 40);
}

#[test]
#[ignore = "takes minutes: by hand"]
fn spark_gives_what_demarche_gives() {
    all_at_once("pyspark", Engine::Spark, include_str!("sql/spark.py"), 60);
}

#[test]
#[ignore = "takes minutes: by hand"]
fn every_engine_gives_what_demarche_gives_of_many_graphs() {
    one_by_one("duckdb", Engine::DuckDb, include_str!("sql/duckdb.py"), 250);
    let run = include_str!("sql/datafusion.py");
    one_by_one("datafusion", Engine::DataFusion, run, 250);
    all_at_once("pyspark", Engine::Spark, include_str!("sql/spark.py"), 250);
}
