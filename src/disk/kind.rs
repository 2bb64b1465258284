//! Which files of a folder are of its graph: every `.ron` file that may be one, also with a mistake at its very beginning. What
//! is plainly something else is passed over with a word.

use std::fs;
use std::io::{self, Read};
use std::path::Path;

use super::open;
use crate::model::SECTIONS;
use crate::syntax::{self, Kind as Shape, Tape, Value};
use crate::text::FileId;
use crate::words;

/// What a file is, by its beginning.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kind {
    /// It begins with `Graph`.
    Graph,
    /// It may be a graph: only what is wrong with it keeps it from being one.
    Unclear,
    /// It is something else: what, in words.
    Other(String),
}

/// So much of a file is looked at first.
const START: usize = 1 << 16;

/// The name that a graph begins with.
const GRAPH: &str = "Graph";

/// Names with a bracket behind them that stand within a graph: one whose head is missing can begin with them.
const WITHIN: [&str; 3] = ["At", "Other", "Some"];

/// Fields that a file of anybody's can have.
const OF_ANYBODY: [&str; 3] = ["version", "title", "note"];

/// What a file is.
///
/// # Errors
/// When it can't be read.
pub(super) fn of_file(path: &Path) -> io::Result<Kind> {
    if let Some(reason) = open::no_file(fs::metadata(path)?.file_type()) {
        return Ok(Kind::Other(reason));
    }
    let start = start(path)?;
    match of_bytes(&start) {
        // What comes later can tell more.
        Kind::Unclear if start.len() == START => open::read_file(path).map(|all| of_bytes(&all)),
        kind => Ok(kind),
    }
}

/// The first bytes of a file.
pub(super) fn start(path: &Path) -> io::Result<Vec<u8>> {
    let mut start = Vec::new();
    open::open(path)?
        .take(START as u64)
        .read_to_end(&mut start)?;
    Ok(start)
}

/// What the bytes of a file are. Another name with a bracket behind it is another thing's, whatever follows; a list, a map or
/// what has no name is something else only if it is whole, so that it can't be the rest of a graph.
pub fn of_bytes(bytes: &[u8]) -> Kind {
    let text = String::from_utf8_lossy(bytes);
    if syntax::begins_with(&text, GRAPH) {
        return Kind::Graph;
    }
    if let Some(name) = syntax::first_name(&text) {
        let is_slip = GRAPH.ends_with(name) || words::nearest(name, [GRAPH]).is_some();
        return match is_slip || WITHIN.contains(&name) {
            true => Kind::Unclear,
            false => Kind::Other(format!("it is a `{name}`, not a `{GRAPH}`")),
        };
    }
    let Ok(tape) = Tape::read(&text, FileId::default()) else {
        return Kind::Unclear;
    };
    let value = tape.value();
    let what = match value.kind() {
        Shape::Struct if has_section(value) => return Kind::Unclear,
        Shape::Struct | Shape::Tuple => "a struct without a name",
        Shape::List => "a list",
        Shape::Map => "a map",
        Shape::String => "a string",
        Shape::Atom | Shape::Bare => "a single value",
    };
    Kind::Other(format!("it is {what}, not a `{GRAPH}`"))
}

fn has_section(value: Value<'_>) -> bool {
    let mut sections = SECTIONS.iter().filter(|field| !OF_ANYBODY.contains(field));
    sections.any(|section| value.field(section).is_some())
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
    }
}
