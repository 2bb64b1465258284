//! Proposed records: checked as a part of the graph, and laid out for a person to paste. Nothing is
//! written.

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

use crate::check::{self, Checked, Instead, Miss, Quoting};
use crate::diagnostic::{Diagnostic, Severity};
use crate::edit::{self, Layout, Order, Refusal};
use crate::error::Error;
use crate::graph::{Entity, Graph};
use crate::mcp::served::Served;
use crate::mcp::tools::{MOST_BYTES, Reply, findings_schema, fits, only, refused};
use crate::mcp::{findings, records};
use crate::model::{Holds, RecordKind};
use crate::syntax::{Tape, Value as Tree};
use crate::text::{FileId, Place, Text};
use crate::words::{line_of, one_line};

/// The name of the file that the records would be in; another is taken if the graph has it.
const FILE: &str = "proposal";

/// The most statements of the graph that are shown as known already.
const MOST_KNOWN: usize = 20;

/// The most passages shown for a quote.
const MOST_PASSAGES: usize = 3;

pub(super) fn output_schema() -> Value {
    let text = || json!({ "type": "string" });
    let several = |properties: Value| json!({ "type": "array", "items": { "type": "object", "properties": properties } });
    json!({
        "type": "object",
        "required": ["accepted", "findings", "elsewhere", "quotes", "known", "near", "records", "ron"],
        "additionalProperties": false,
        "properties": {
            "accepted": { "type": "boolean", "description": "Whether the graph would have no new error" },
            "findings": findings_schema(),
            "elsewhere": findings_schema(),
            "quotes": several(json!({
                "record": text(),
                "quote": text(),
                "verdict": { "enum": ["found", "not_found", "not_checked", "empty"] },
                "where": { "type": "array", "items": text() },
                "closest": { "type": ["object", "null"], "description": "The passage of the text that is most like it" },
            })),
            "known": { "type": "array", "items": { "type": "object" }, "description": "Statements in force of the same actors on the same issues, as `positions` has them" },
            "near": several(json!({ "new": text(), "id": text(), "name": text(), "same": { "type": "boolean" } })),
            "records": several(json!({ "section": text(), "ron": text() })),
            "ron": text(),
        },
    })
}

/// Says whether records fit the graph, and lists what was found, under headings.
fn in_words(accepted: bool, lists: [(&str, Vec<String>); 5]) -> String {
    let verdict = match accepted {
        true => "These records fit the graph. Nothing was written: a person pastes them.\n",
        false => "These records do not fit the graph yet. Nothing was written.\n",
    };
    let lists = lists.iter().filter(|(_, lines)| !lines.is_empty());
    let lists = lists.map(|(heading, lines)| format!("\n{heading}\n- {}\n", lines.join("\n- ")));
    verdict.to_owned() + &lists.collect::<String>()
}

/// Checks proposed records.
pub(super) fn propose(served: &mut Served, arguments: &Map<String, Value>) -> Result<Reply, Error> {
    only(arguments, &["records", "ron"])?;
    let written = written(arguments)?;
    let layout = Layout {
        order: Order::OfFormat,
        ..Layout::default()
    };
    let laid_out = match edit::format(&written, layout) {
        Ok(laid_out) => laid_out,
        Err(found) => return Ok(unreadable(written, &found)),
    };
    admit(&laid_out)?;
    let today = served.today();
    let base = served.graph()?.clone();
    let name = free_name(&base);
    let graph = served.with(&name, &laid_out)?;
    let Some(file) = graph.texts.iter().position(|text| text.name == name) else {
        return Err(refused("the records could not be read"));
    };
    let file = FileId(file as u32);
    let is_own = |place: Place| place.file == file;
    let found = check::report(&graph, graph.found.clone(), today).findings;
    let before = check::report(&base, base.found.clone(), today).findings;
    let is_new = |finding: &&Diagnostic| {
        !before
            .iter()
            .any(|old| old.code == finding.code && old.message == finding.message)
    };
    let (own, others): (Vec<&Diagnostic>, Vec<&Diagnostic>) =
        found.iter().partition(|finding| is_own(finding.place()));
    let own: Vec<Diagnostic> = own.into_iter().cloned().collect();
    let others: Vec<Diagnostic> = others.into_iter().filter(is_new).cloned().collect();
    let accepted = !own
        .iter()
        .chain(&others)
        .any(|finding| finding.severity == Severity::Error);
    let quotes = quotes(served, &name, &laid_out)?;
    let accepted = accepted
        && !quotes
            .iter()
            .any(|quote| text(quote, "verdict") == "not_found");
    let near = near(&base, &graph, file);
    let known = known(served, &graph, file)?;
    let parts = parts(&laid_out);
    let shown = |found: &[Diagnostic]| {
        found
            .iter()
            .map(|finding| findings::line(finding, &graph.texts))
            .collect()
    };
    let mut said = in_words(
        accepted,
        [
            ("Findings", shown(&own)),
            ("New findings elsewhere", shown(&others)),
            ("Quotes", quotes.iter().map(quote_line).collect()),
            ("Known already", known.iter().map(known_line).collect()),
            ("Names that are near", near.iter().map(near_line).collect()),
        ],
    );
    said += &format!("\nThe records, laid out ({name}):\n{laid_out}");
    let value = json!({
        "accepted": accepted,
        "findings": findings::values(&own, &graph.texts),
        "elsewhere": findings::values(&others, &graph.texts),
        "quotes": quotes,
        "known": known,
        "near": near,
        "records": parts,
        "ron": laid_out,
    });
    let reply = Reply { text: said, value };
    match fits(&reply) {
        true => Ok(reply),
        false => Err(refused(format!(
            "the report on these records has more than {MOST_BYTES} bytes: propose fewer records at a time"
        ))),
    }
}

/// Returns the proposed records as a graph in RON.
fn written(arguments: &Map<String, Value>) -> Result<String, Error> {
    let of_refusal = |Refusal {
                          message: reason,
                          help,
                          ..
                      }: Refusal| Error::Question { reason, help };
    let ron = match (arguments.get("records"), arguments.get("ron")) {
        (Some(Value::Object(sections)), None | Some(Value::Null)) => {
            return records::graph(sections).map_err(of_refusal);
        }
        (None | Some(Value::Null), Some(Value::String(ron))) => ron.trim(),
        _ => {
            return Err(refused(
                "give `records`, an object of sections, or `ron`, a text",
            ));
        }
    };
    if ron.starts_with('{')
        && let Ok(Value::Object(sections)) = serde_json::from_str(ron)
    {
        return records::graph(&sections).map_err(of_refusal);
    }
    match ron.starts_with(['(', '[', '{']) {
        true => Err(Error::Question {
            reason: "these records are in no section".to_owned(),
            help: vec![
                "name it: `stances: [(actor: \"us\", …)]`, `actors: {\"us\": (…)}`".to_owned(),
            ],
        }),
        false if ron.starts_with("Graph") || ron.starts_with("#!") => Ok(format!("{ron}\n")),
        false => Ok(format!("Graph(\n{ron}\n)\n")),
    }
}

/// Says what is wrong with a text that is not RON.
fn unreadable(written: String, found: &[Diagnostic]) -> Reply {
    let texts = [Text {
        name: format!("{FILE}.ron"),
        text: written,
    }];
    let lines: Vec<String> = found
        .iter()
        .map(|finding| findings::line(finding, &texts))
        .collect();
    let text = format!(
        "This is not RON. Nothing was written.\n\nFindings\n- {}\n",
        lines.join("\n- ")
    );
    let value = json!({
        "accepted": false,
        "findings": findings::values(found, &texts),
        "elsewhere": [], "quotes": [], "known": [], "near": [], "records": [], "ron": "",
    });
    Reply { text, value }
}

/// Refuses what would read other files, or silence warnings.
fn admit(laid_out: &str) -> Result<(), Error> {
    let tape = Tape::read(laid_out, FileId::default());
    let has = |name: &str| {
        tape.as_ref()
            .is_ok_and(|tape| tape.value().field(name).is_some())
    };
    match (has("include"), has("allow")) {
        (true, _) => Err(refused("proposed records can't `include` files")),
        (_, true) => Err(refused("proposed records can't `allow` warnings")),
        _ => Ok(()),
    }
}

/// Returns the name of a file in the folder of the graph that is none of its files.
fn free_name(graph: &Graph) -> String {
    let folder = graph.folder();
    let is_free = |name: &String| !graph.texts.iter().any(|text| text.name == *name);
    let names = (1..).map(|nth| match nth {
        1 => format!("{folder}{FILE}.ron"),
        nth => format!("{folder}{FILE}-{nth}.ron"),
    });
    let mut free = names.filter(is_free);
    free.next().unwrap_or_default()
}

/// A quote of a proposed record.
struct Quoted {
    words: String,
    sources: Vec<String>,
    /// The line of its record.
    line: usize,
}

/// Collects the quotes of the proposed records, and those within them.
fn collect(record: Tree<'_>, kind: RecordKind, line: usize, found: &mut Vec<Quoted>) {
    let record = record.unwrapped();
    if let Some(words) = record
        .field("quote")
        .and_then(|quote| quote.unwrapped().string())
    {
        let source = record.field("source").map(Tree::unwrapped);
        let sources = source.into_iter().flat_map(|source| match source.string() {
            Some(id) => vec![id.into_owned()],
            None => source
                .parts()
                .filter_map(|id| Some(id.string()?.into_owned()))
                .collect(),
        });
        found.push(Quoted {
            words: words.into_owned(),
            sources: sources.collect(),
            line,
        });
    }
    for part in record.parts() {
        let field = part.name().and_then(|name| kind.field(&name));
        if let Some(Holds::Records(inner)) = field.map(|field| field.holds) {
            for record in part.unwrapped().parts() {
                collect(record, inner, line, found);
            }
        }
    }
}

/// Says of each quote whether it stands in the text of a source, and where. Quotes are looked for by
/// themselves, so that a mistake elsewhere in their records hides nothing: as quotes of facts, beside
/// the proposed sources.
fn quotes(served: &Served, name: &str, laid_out: &str) -> Result<Vec<Value>, Error> {
    let mut quoted = Vec::new();
    for record in edit::records(laid_out, FileId::default()) {
        let start = record.place.span.start as usize;
        if let Ok(tape) = Tape::read_part(laid_out, FileId::default(), start) {
            collect(
                tape.value(),
                record.kind,
                line_of(laid_out.as_bytes(), start),
                &mut quoted,
            );
        }
    }
    if quoted.is_empty() {
        return Ok(Vec::new());
    }
    let tape = Tape::read(laid_out, FileId::default()).ok();
    let sources = tape.as_ref().and_then(|tape| tape.value().field("sources"));
    let sources = sources.and_then(|sources| laid_out.get(sources.entry().range()));
    let facts = quoted.iter().enumerate().map(|(nth, quote)| {
        let from: Vec<String> = quote.sources.iter().map(|id| edit::quoted(id)).collect();
        format!(
            "\"{QUOTE}{nth}\": (text: \"-\", quote: {}, source: [{}])",
            edit::quoted(&quote.words),
            from.join(", ")
        )
    });
    let facts: Vec<String> = facts.collect();
    let beside = format!(
        "Graph({}facts: {{{}}})",
        sources.map_or(String::new(), |sources| format!("{sources}, ")),
        facts.join(", ")
    );
    let graph = served.with(name, &beside)?;
    let checked = check::quotes(&graph);
    let found = quoted.iter().enumerate().map(|(nth, quote)| {
        let is_it = |by: Quoting| matches!(by, Quoting::Fact(id) if *graph[id].id == *format!("{QUOTE}{nth}"));
        let found = checked.iter().find(|found| is_it(found.by));
        let passages = found.iter().flat_map(|found| &found.passages);
        let passages: Vec<String> = passages.take(MOST_PASSAGES).map(|(_, place)| at(&graph, *place)).collect();
        let verdict = match found.map(|found| &found.verdict) {
            Some(Checked::Found) => "found",
            Some(Checked::NotFound(_)) => "not_found",
            Some(Checked::Empty) => "empty",
            Some(Checked::Unchecked) | None => "not_checked",
        };
        let closest = match found.map(|found| &found.verdict) {
            Some(Checked::NotFound(Miss { instead: Instead::Passage(close), .. })) => {
                let words = one_line(graph.slice(close.place));
                json!({ "words": words, "where": at(&graph, close.place) })
            }
            _ => Value::Null,
        };
        json!({
            "record": format!("{name}:{}", quote.line),
            "quote": quote.words,
            "verdict": verdict,
            "where": passages,
            "closest": closest,
        })
    });
    Ok(found.collect())
}

/// How the ids begin under which quotes are looked for.
const QUOTE: &str = "demarche-proposed-quote-";

/// Returns the file and line of a place.
fn at(graph: &Graph, place: Place) -> String {
    place
        .file
        .of(&graph.texts)
        .map_or_else(String::new, |text| {
            format!(
                "{}:{}",
                text.name,
                line_of(text.text.as_bytes(), place.span.start as usize)
            )
        })
}

fn text<'v>(value: &'v Value, key: &str) -> &'v str {
    value[key].as_str().unwrap_or_default()
}

fn quote_line(quote: &Value) -> String {
    let places: Vec<&str> = quote["where"]
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(Value::as_str)
        .collect();
    let verdict = match text(quote, "verdict") {
        "found" => format!("found at {}", places.join(", ")),
        "not_found" => match &quote["closest"] {
            Value::Null => "NOT in the text of its source, nor anything like it".to_owned(),
            close => format!(
                "NOT in the text of its source; the closest passage is “{}” at {}",
                text(close, "words"),
                text(close, "where")
            ),
        },
        "not_checked" => "not checked: no source of it has a text here".to_owned(),
        _ => "has no words".to_owned(),
    };
    format!(
        "{}: “{}”: {verdict}",
        text(quote, "record"),
        one_line(text(quote, "quote"))
    )
}

/// Returns records of the graph that may be the same as proposed ones.
fn near(base: &Graph, graph: &Graph, file: FileId) -> Vec<Value> {
    let own = graph
        .entities()
        .filter(|entity| graph.place(*entity).file == file);
    let named = own.filter(|entity| {
        matches!(
            entity.kind(),
            RecordKind::Actor | RecordKind::Issue | RecordKind::Source | RecordKind::Meeting
        )
    });
    let mut near = Vec::new();
    for entity in named {
        let names: Vec<&str> = graph.names(entity).chain([graph.id(entity)]).collect();
        for alike in edit::alike(base, entity.kind(), &names) {
            near.push(json!({
                "new": graph.id(entity),
                "id": base.id(alike.entity),
                "name": alike.name,
                "same": alike.exact,
            }));
        }
    }
    near
}

fn near_line(near: &Value) -> String {
    let how = if near["same"] == json!(true) {
        "is already"
    } else {
        "may be"
    };
    format!(
        "`{}` {how} `{}` ({})",
        text(near, "new"),
        text(near, "id"),
        one_line(text(near, "name"))
    )
}

/// Returns the statements in force of the same actors on the same issues.
fn known(served: &mut Served, graph: &Graph, file: FileId) -> Result<Vec<Value>, Error> {
    let own = graph
        .stances()
        .filter(|(_, stance)| stance.place.file == file);
    let pairs: BTreeSet<(&str, &str)> = own
        .flat_map(|(_, stance)| {
            stance
                .actors
                .as_slice()
                .iter()
                .map(|actor| (&*graph[*actor].id, &*graph[stance.issue].id))
        })
        .collect();
    let base = served.graph()?;
    let is_there = |id: &str| {
        base.entity(id)
            .is_some_and(|entity| matches!(entity, Entity::Actor(_) | Entity::Issue(_)))
    };
    let pairs: BTreeSet<(&str, &str)> = pairs
        .into_iter()
        .filter(|(actor, issue)| is_there(actor) && is_there(issue))
        .collect();
    if pairs.is_empty() {
        return Ok(Vec::new());
    }
    let mut arguments = Map::new();
    arguments.insert(
        "actor".to_owned(),
        pairs.iter().map(|(actor, _)| json!(actor)).collect(),
    );
    arguments.insert(
        "issue".to_owned(),
        pairs.iter().map(|(_, issue)| json!(issue)).collect(),
    );
    let mut answer = Value::Null;
    served.ask("positions", &arguments, &mut |view, reply| {
        answer = crate::render::value(&view.graph, reply);
    })?;
    let rows = answer["positions"].as_array().into_iter().flatten();
    let is_one = |row: &&Value| {
        let id = |key: &str| row[key]["id"].as_str().unwrap_or_default();
        pairs.contains(&(id("actor"), id("issue")))
    };
    Ok(rows.filter(is_one).take(MOST_KNOWN).cloned().collect())
}

fn known_line(row: &Value) -> String {
    let says = row["says"]["position"]
        .as_str()
        .unwrap_or_default()
        .replace('_', " ");
    let date = row["date"].as_str().unwrap_or("no date");
    let place = format!("{}:{}", text(&row["where"], "file"), row["where"]["line"]);
    let (actor, issue) = (text(&row["actor"], "id"), text(&row["issue"], "id"));
    format!("`{actor}` on `{issue}`: {says} ({date}; {place})")
}

/// Returns each record as laid out.
fn parts(laid_out: &str) -> Vec<Value> {
    let records = edit::records(laid_out, FileId::default()).into_iter();
    let parts = records.map(|record| {
        json!({
            "section": record.kind.section(),
            "ron": laid_out.get(record.place.span.range()).unwrap_or_default(),
        })
    });
    parts.collect()
}
