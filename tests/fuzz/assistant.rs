//! The server for assistants: whatever a client asks of whatever graph, each request is answered once, and no answer is a bug.

use std::collections::BTreeMap;
use std::io::Cursor;

use demarche::cli::{ask, described};
use demarche::mcp::{Settings, serve};
use demarche::model::Day;
use serde_json::{Map, Value, json};

use super::made::{Tape, graph};

const TOOLS: &[&str] = &[
    "list",
    "find",
    "show",
    "brief",
    "positions",
    "compare",
    "common",
    "meetings",
    "path",
    "history",
    "timeline",
    "evidence",
    "camps",
    "matrix",
    "forecast",
    "check",
    "read_source",
    "draft",
    "propose",
    "nothing",
];
const VALUES: &[&str] = &[
    "a0",
    "a1",
    "i0",
    "i1",
    "s0",
    "m0",
    "f0",
    "dam",
    "2023",
    "2023-06-18",
    "supports",
    "\u{202e}",
    "",
];
/// A text to draft from, and records to check.
const TEXT: &str = "The minister said on Monday: “We will build the dam.” The two met in June.";
const RECORDS: &[&str] = &[
    "stances: [(actor: \"a0\", issue: \"i0\", position: Supports, quote: \"no\")]",
    "actors: {\"n\": (name: \"New\", kind: State)}",
    "stances: [(",
    "",
];

pub fn run(bytes: &[u8]) {
    let (asked, made) = bytes.split_at(bytes.len() / 2);
    let tape = &mut Tape(asked);
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("graph.ron");
    std::fs::write(&file, graph(&mut Tape(made))).unwrap();
    let hello = json!({"protocolVersion": "2025-06-18", "capabilities": {}, "clientInfo": {"name": "x", "version": "1"}});
    let mut lines = vec![
        request(0, "initialize", &hello),
        json!({"jsonrpc": "2.0", "method": "notifications/initialized"}).to_string(),
    ];
    let mut last = 0;
    while last < 12 && !tape.is_over() {
        last += 1;
        lines.push(match tape.below(8) {
            0 => request(last, "tools/list", &json!({})),
            1 => request(last, "resources/list", &json!({})),
            2 => request(last, "resources/read", &json!({"uri": tape.one_of(VALUES)})),
            _ => {
                let tool = tape.one_of(TOOLS);
                let call = json!({"name": tool, "arguments": arguments(tape, tool)});
                request(last, "tools/call", &call)
            }
        });
    }
    let settings = Settings {
        graph: vec![file],
        today: || Day::of(2024, 1, 1),
        author: demarche::disk::Author::default(),
        without: Vec::new(),
        ask,
        described,
    };
    let mut out = Vec::new();
    serve(Cursor::new(lines.join("\n") + "\n"), &mut out, settings);
    let mut answered: BTreeMap<u64, usize> = BTreeMap::new();
    for line in String::from_utf8(out).unwrap().lines() {
        let answer: Value = serde_json::from_str(line).unwrap();
        assert_ne!(
            answer["error"]["code"],
            -32603,
            "{line}\n{}",
            lines.join("\n")
        );
        *answered.entry(answer["id"].as_u64().unwrap()).or_default() += 1;
    }
    let expected = (0..=last).map(|id| (id, 1)).collect();
    assert_eq!(answered, expected, "{}", lines.join("\n"));
}

fn request(id: u64, method: &str, params: &Value) -> String {
    json!({"jsonrpc": "2.0", "id": id, "method": method, "params": params}).to_string()
}

/// Some arguments of a tool, most of them of the right type.
fn arguments(tape: &mut Tape<'_>, tool: &str) -> Map<String, Value> {
    let known = described(tool).map_or(json!({}), |(_, schema)| schema["properties"].clone());
    let known: Vec<(&String, &Value)> = known.as_object().into_iter().flatten().collect();
    let mut arguments = Map::new();
    for _ in 0..tape.below(4) {
        let text = tape.one_of(VALUES);
        match tape.below(12) {
            0 => arguments.insert("limit".to_owned(), json!(1 + tape.below(30))),
            1 => arguments.insert("source".to_owned(), json!(text)),
            2 => arguments.insert("text".to_owned(), json!(TEXT)),
            3 => arguments.insert("ron".to_owned(), json!(tape.one_of(RECORDS))),
            _ if known.is_empty() => arguments.insert("name".to_owned(), json!(text)),
            _ => {
                let (name, schema) = known[tape.below(known.len())];
                let value = value(tape, schema, text);
                arguments.insert(name.clone(), value)
            }
        };
    }
    arguments
}

fn value(tape: &mut Tape<'_>, schema: &Value, text: &str) -> Value {
    if let Some(words) = schema["enum"].as_array() {
        return words[tape.below(words.len())].clone();
    }
    match schema["type"].as_str() {
        Some("array") => {
            let several = (0..1 + tape.below(2)).map(|_| tape.one_of(VALUES));
            several.collect()
        }
        Some("boolean") => json!(tape.below(2) == 0),
        Some("integer" | "number") => json!(tape.below(5)),
        _ => json!(text),
    }
}
