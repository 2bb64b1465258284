//! Every question in every format, on the same random graphs: JSON parses, CSV has the same columns in all rows, Graphviz reads
//! the DOT, SVG is well-formed, the page's data parse.

mod flags;

use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

use demarche::picture::View;
use serde_json::Value;

use crate::ask::Library;
use crate::formats::flags::Subject;
use crate::random::{Draft, days};
use crate::rules::Asked;

const QUESTIONS: [&[&str]; 24] = [
    &["list"],
    &["list", "actors"],
    &["list", "stances"],
    &["list", "ties"],
    &["show", "n0"],
    &["show", "i0"],
    &["show", "m0"],
    &["show", "s0"],
    &["positions", "--all"],
    &["meetings"],
    &["path", "n0", "n1", "--through", "all"],
    &["compare", "n0", "n1"],
    &["balance"],
    &["balance", "--signs", "both"],
    &["brokers", "--through", "all"],
    &["forecast", "i0"],
    &["history", "n0"],
    &["timeline"],
    &["evidence"],
    &["matrix"],
    &["matrix", "issues"],
    &["camps"],
    &["camps", "i0"],
    &["common", "n0", "n1"],
];

/// Every so many graphs the pictures are tried, of which each is a start of the program.
const PICTURES: u64 = 10;

/// What is wrong with the answers about one graph.
pub(crate) fn broken(seed: u64, folder: &Path, with_dot: bool) -> Vec<String> {
    let written = Draft::of(seed);
    let file = folder.join("graph.ron");
    std::fs::write(&file, written.text()).unwrap();
    let day = days(seed)[1];
    let graph = Library::of(&file, &Asked::as_of(i64::from(day.0)));
    let draw = |words: &[&str], format: &str| crate::ask::run(&file, &graph.command(words, format));
    let mut wrong = Vec::new();
    let mut test = |what: String, found: Result<(), String>| {
        if let Err(error) = found {
            wrong.push(format!("seed {seed}, as of {day}, {what}: {error}"));
        }
    };
    for question in QUESTIONS {
        for (format, is_right) in FORMATS {
            let found = graph
                .answer(question, format)
                .and_then(|answer| is_right(&answer));
            test(format!("{} --format {format}", question.join(" ")), found);
        }
        let tables = graph.tables(question);
        let found = tables.and_then(|tables| tables.iter().try_for_each(|table| csv(table)));
        test(format!("{} --format csv", question.join(" ")), found);
    }
    let subject = Subject {
        file: &file,
        written: &written,
        day,
    };
    for (line, found) in flags::questions(seed, &subject) {
        test(line, found);
    }
    for (line, found) in flags::pictures(seed, &subject, with_dot) {
        test(line, found);
    }
    if !seed.is_multiple_of(PICTURES) {
        return wrong;
    }
    for view in View::ALL.iter().map(|view| view.key()) {
        let found = match draw(&["draw", "--view", view], "svg") {
            // There is nothing to draw, which is said and no drawing.
            Err(error) if error.lines().any(is_nothing_to_draw) => Ok(()),
            drawn => drawn.and_then(|svg| xml(&svg)),
        };
        test(format!("draw --view {view} --format svg"), found);
    }
    test(
        "draw --format html".to_owned(),
        draw(&["draw"], "html").and_then(|page| page_data(&page)),
    );
    if with_dot {
        for view in ["map", "network"] {
            let found = draw(&["draw", "--view", view], "dot").and_then(|text| dot(&text));
            test(format!("draw --view {view} --format dot"), found);
        }
    }
    wrong
}

/// The formats of an answer, and what each has to be.
type IsRight = fn(&str) -> Result<(), String>;
const FORMATS: [(&str, IsRight); 4] = [("json", json), ("csv", csv), ("md", text), ("text", text)];

fn is_nothing_to_draw(line: &str) -> bool {
    [
        "error: there is no ",
        "error: there is nothing ",
        "error: no ",
        "error: nothing is left to draw",
        // So little that a picture would say nothing.
        "error: actors can be compared on one issue only",
        "error: hardly any two actors can be compared",
        "error: positions are numbers on a scale",
        "error: everything to draw has one date",
    ]
    .iter()
    .any(|beginning| line.starts_with(beginning))
}

fn text(answer: &str) -> Result<(), String> {
    if answer.trim().is_empty() {
        Err("says nothing".to_owned())
    } else {
        Ok(())
    }
}

/// It is as its schema says.
fn json(answer: &str) -> Result<(), String> {
    crate::schemas::validated(answer)
}

/// All rows have the same columns, whose names are words of `[a-z_]`, each there once.
fn csv(table: &str) -> Result<(), String> {
    let mut reader = ::csv::Reader::from_reader(table.as_bytes());
    let mut names = std::collections::BTreeSet::new();
    let header = reader.headers().map_err(|error| error.to_string())?.clone();
    for name in &header {
        let is_word = name.bytes().all(|c| c == b'_' || c.is_ascii_lowercase());
        if name.is_empty() || !is_word || !names.insert(name) {
            return Err(format!("a column is called {name:?} among {header:?}"));
        }
    }
    for record in reader.records() {
        record.map_err(|error| error.to_string())?;
    }
    Ok(())
}

fn page_data(page: &str) -> Result<(), String> {
    let mut found = 0;
    for part in page.split("<script type=\"application/json\"").skip(1) {
        let data = part
            .split_once('>')
            .and_then(|(_, rest)| rest.split_once("</script>"));
        let (data, _) = data.ok_or("its data do not end")?;
        serde_json::from_str::<Value>(data).map_err(|error| error.to_string())?;
        found += 1;
    }
    if found > 0 {
        Ok(())
    } else {
        Err("has no data".to_owned())
    }
}

/// Whether Graphviz is installed.
pub(crate) fn has_dot() -> bool {
    Command::new("dot")
        .arg("-V")
        .stderr(Stdio::null())
        .status()
        .is_ok_and(|status| status.success())
}

fn dot(text: &str) -> Result<(), String> {
    let mut child = Command::new("dot")
        .arg("-Tcanon")
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .map_err(|error| error.to_string())?;
    if let Some(mut stdin) = child.stdin.take() {
        stdin
            .write_all(text.as_bytes())
            .map_err(|error| error.to_string())?;
    }
    let done = child
        .wait_with_output()
        .map_err(|error| error.to_string())?;
    let complaints = String::from_utf8_lossy(&done.stderr);
    if done.status.success() && complaints.is_empty() {
        Ok(())
    } else {
        Err(complaints.into_owned())
    }
}

fn xml(text: &str) -> Result<(), String> {
    let read = roxmltree::Document::parse(text);
    read.map(drop).map_err(|error| error.to_string())
}
