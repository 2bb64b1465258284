//! Decides which files of a folder belong to its graph: every `.ron` file that may be one, even
//! with a mistake at its very beginning. A file that is plainly something else is passed over with
//! a message.

use std::fs;
use std::io::{self, Read};
use std::path::Path;

use super::open;
use crate::syntax::{self, Kind as Shape, Tape};
use crate::text::FileId;
use crate::words;

/// What a file is, judged by its beginning.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kind {
    /// It begins with `Graph`.
    Graph,
    /// It may be a graph with mistakes.
    Unclear,
    /// It is something else; says what, in words.
    Other(String),
}

/// The number of bytes examined first.
const START: usize = 1 << 16;

/// The name that a graph begins with.
const GRAPH: &str = "Graph";

/// Names before a bracket that occur inside a graph: a graph whose head is missing can begin with
/// them.
const WITHIN: [&str; 3] = ["At", "Other", "Some"];

/// The sections of a graph that hold records.
const RECORDS: [&str; 7] = [
    "sources", "actors", "issues", "stances", "meetings", "ties", "facts",
];

/// Determines the kind of a file.
///
/// # Errors
/// If it can't be read.
pub(super) fn of_file(path: &Path) -> io::Result<Kind> {
    if let Some(reason) = open::no_file(fs::metadata(path)?.file_type()) {
        return Ok(Kind::Other(reason));
    }
    let start = start(path)?;
    match of_bytes(&start) {
        // The rest of the file can settle it.
        Kind::Unclear if start.len() == START => open::read_file(path).map(|all| of_bytes(&all)),
        kind => Ok(kind),
    }
}

/// Reads the first bytes of a file.
pub(super) fn start(path: &Path) -> io::Result<Vec<u8>> {
    let mut start = Vec::new();
    open::open(path)?
        .take(START as u64)
        .read_to_end(&mut start)?;
    Ok(start)
}

/// Determines the kind of a file from its bytes. Whatever holds records like a graph's may be one,
/// whatever its name. With a name similar to `Graph`, so may a file that holds a section, or
/// nothing yet. A nameless file is something else only if it parses completely, because otherwise
/// it may be the rest of a graph.
pub fn of_bytes(bytes: &[u8]) -> Kind {
    let text = String::from_utf8_lossy(bytes);
    if syntax::begins_with(&text, GRAPH) {
        return Kind::Graph;
    }
    let sections: Vec<Section> = sections(&text).collect();
    let has_records = |section: &Section| section.holds == Holds::Records;
    let is_one = |section: &Section| section.is_exact && has_records(section);
    let whole = || Tape::read(&text, FileId::default());
    let may_be = |unclear: bool, what: &str| match unclear {
        true => Kind::Unclear,
        false => Kind::Other(format!("it is {what}, not a `{GRAPH}`")),
    };
    if let Some(name) = syntax::first_name(&text) {
        let is_slip = GRAPH.ends_with(name) || words::nearest(name, [GRAPH]).is_some();
        let unclear = if is_slip {
            !sections.is_empty() || !text.contains(':')
        } else if WITHIN.contains(&name) {
            sections.iter().any(has_records) || whole().is_err()
        } else {
            sections.iter().any(is_one)
        };
        return may_be(unclear, &format!("a `{name}`"));
    }
    let Ok(tape) = whole() else {
        return Kind::Unclear;
    };
    let is_empty = |section: &Section| section.is_exact && section.holds == Holds::Nothing;
    let may_be_one = |section: &Section| has_records(section) || is_empty(section);
    match tape.value().kind() {
        Shape::Struct | Shape::Tuple => {
            may_be(sections.iter().any(may_be_one), "a struct without a name")
        }
        Shape::Map => may_be(sections.iter().any(has_records), "a map"),
        Shape::List => may_be(false, "a list"),
        Shape::String => may_be(false, "a string"),
        Shape::Atom | Shape::Bare => may_be(false, "a single value"),
    }
}

/// A field named like a section of a graph, or nearly so.
struct Section {
    is_exact: bool,
    holds: Holds,
}

#[derive(PartialEq)]
enum Holds {
    /// An opening bracket with nothing after it, or an empty pair.
    Nothing,
    /// Records: a list of structs, or a map with string keys.
    Records,
    /// Anything else.
    Other,
}

/// Finds the fields of a text that are named like a graph's sections, or nearly so. The text may be
/// malformed.
fn sections(text: &str) -> impl Iterator<Item = Section> {
    memchr::memchr_iter(b':', text.as_bytes()).filter_map(|at| {
        let before = text[..at].trim_end().trim_end_matches('"');
        let is_part = |c: char| c.is_ascii_alphanumeric() || c == '_';
        let name = &before[before.trim_end_matches(is_part).len()..];
        let is_exact = RECORDS.contains(&name);
        if !is_exact && words::nearest(name, RECORDS).is_none() {
            return None;
        }
        let behind = text[at + 1..].trim_start();
        let inside = behind.strip_prefix(['[', '{'])?.trim_start();
        let is_list = behind.starts_with('[');
        let holds = match inside.chars().next() {
            None | Some(']' | '}') => Holds::Nothing,
            Some('(') if is_list => Holds::Records,
            Some('"') if !is_list => Holds::Records,
            Some(_) => Holds::Other,
        };
        Some(Section { is_exact, holds })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_may_be_a_graph_is_no_other_thing() {
        let graph = [
            "Graph()",
            "// A graph.\n#![enable(implicit_some)]\nGraph(",
            "\u{FEFF}Graph(stances: [",
        ];
        for text in graph {
            assert_eq!(of_bytes(text.as_bytes()), Kind::Graph, "{text}");
        }
        let unclear = [
            "",
            " \n",
            "// only a word",
            "/* not closed",
            "Grpah(actors: {})",
            "graph(",
            "ph(actors: {})",
            "(stances: [])",
            "(stance: [(actor: \"n\")])",
            "Config(stances: [(actor: \"n\")])",
            "{\"stances\": [(actor: \"n\")]}",
            "{actors: {\"n\": (name: \"N\")}}",
            "Grpah()",
            "(actors: {}, issues:",
            "stances: [], ties: [])",
            "At(40), salience: 1), (actor: \"n\")])",
            "[(actor: \"n\")], ties: [])",
            "{\"n\": (name: \"N\")}, issues: {})",
            "<<<<<<< ours\nConfig()\n=======\nGraph()\n>>>>>>> theirs",
            "\0\0\0\0",
            "G\0r\0a\0p\0h\0(\0)\0",
        ];
        for text in unclear {
            assert_eq!(of_bytes(text.as_bytes()), Kind::Unclear, "{text}");
        }
        assert_eq!(of_bytes(b"\xFFGraph()"), Kind::Unclear);
        let is = |text: &str, what: &str| {
            let reason = format!("it is {what}, not a `Graph`");
            assert_eq!(of_bytes(text.as_bytes()), Kind::Other(reason), "{text}");
        };
        is("Config(actors: {", "a `Config`");
        is("/* ours */ Scene (\n", "a `Scene`");
        is("(width: 800, title: \"x\")", "a struct without a name");
        is("[1, 2]", "a list");
        is("{\"actors\": 1}", "a map");
        is("\"Graph\"", "a string");
        is("Fast", "a single value");
        is("Graphics(quality: High)", "a `Graphics`");
        is("Some(Config(a: 1))", "a `Some`");
        is(
            "(sources: [\"a.png\"], scale: 2)",
            "a struct without a name",
        );
        is(
            "(title: \"app\", include: [\"x\"])",
            "a struct without a name",
        );
        is("Config(sources: [\"a.png\"])", "a `Config`");
    }
}
