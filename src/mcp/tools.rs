//! The tools: the questions of the command line, and what it takes to code a text.

use serde_json::{Map, Value, json};

use crate::check::{self, Report};
use crate::diagnostic::{Diagnostic, Severity};
use crate::error::Error;
use crate::graph::Graph;
use crate::mcp::message::{Code, Failed, make_visible};
use crate::mcp::page::{self, Page, Wanted};
use crate::mcp::served::Served;
use crate::mcp::{Settings, coding, findings, glossary};
use crate::query::{Noted, SHAPES};
use crate::render;
use crate::words::{counted, listed, way_out};

/// The most bytes of what a tool says, text and structured content together.
pub(super) const MOST_BYTES: usize = 60_000;
/// The rows of a page, unless another number is asked for.
pub(super) const ROWS: usize = 20;
/// The most rows of a page: more are never short enough.
const MOST_ROWS: usize = 1000;
/// The most records shown behind a row.
const RECORDS: usize = 10;

/// A question as a tool: its name, a title, and the shapes of its answers.
struct Question {
    name: &'static str,
    title: &'static str,
    answers: &'static [&'static str],
}

/// The questions, those that are asked first at the top.
const QUESTIONS: &[Question] = &[
    question(
        "list",
        "What is in the graph",
        &[
            "overview", "actors", "issues", "meetings", "sources", "ties", "stances", "facts",
        ],
    ),
    question("find", "Find a word", &["find"]),
    question(
        "show",
        "Everything about a record",
        &["actor", "issue", "meeting", "source", "fact", "gone"],
    ),
    question(
        "brief",
        "A page on an actor, an issue or a meeting",
        &["brief", "gone"],
    ),
    question("positions", "Who stands where", &["positions"]),
    question("compare", "Compare actors", &["compare"]),
    question("common", "Common ground", &["common"]),
    question("meetings", "Who meets whom", &["meetings"]),
    question("path", "How actors are connected", &["path"]),
    question("history", "Positions over time", &["history"]),
    question("timeline", "What happened, in order", &["timeline", "gone"]),
    question(
        "evidence",
        "What it rests on",
        &["evidence", "passages", "falls"],
    ),
    question(
        "camps",
        "Who stands together",
        &["camps", "sides", "camps_of_two", "cell"],
    ),
    question("matrix", "Agreement in numbers", &["matrix", "cell"]),
    question(
        "forecast",
        "Forecast an issue",
        &["forecast", "forecast_of"],
    ),
];

const fn question(
    name: &'static str,
    title: &'static str,
    answers: &'static [&'static str],
) -> Question {
    Question {
        name,
        title,
        answers,
    }
}

/// What a tool says: a text to read, and the same for programs.
pub(super) struct Reply {
    pub(super) text: String,
    pub(super) value: Value,
}

/// Returns a tool as the protocol lists it.
pub(super) fn tool(name: &str, title: &str, about: &str, input: Value, output: Value) -> Value {
    json!({
        "name": name,
        "title": title,
        "description": about,
        "inputSchema": input,
        "outputSchema": output,
        "annotations": {
            "title": title,
            "readOnlyHint": true,
            "destructiveHint": false,
            "idempotentHint": true,
            "openWorldHint": false,
        },
    })
}

/// Lists the tools.
pub(super) fn list(settings: &Settings) -> Vec<Value> {
    let questions = QUESTIONS.iter().filter_map(|question| {
        let (about, mut input) = (settings.described)(question.name)?;
        input["properties"]["section"] =
            json!({ "type": "string", "description": "Only this table of the answer, by its key" });
        with_page(&mut input);
        let output = output_schema(question.answers);
        Some(tool(question.name, question.title, &about, input, output))
    });
    questions
        .chain([check_tool()])
        .chain(coding::tools(settings))
        .collect()
}

/// Adds the arguments that choose a page.
pub(super) fn with_page(input: &mut Value) {
    let number =
        |least: u8, doc: &str| json!({ "type": "integer", "minimum": least, "description": doc });
    input["properties"]["limit"] = number(1, "At most this many rows of each table; default 20");
    input["properties"]["offset"] = number(0, "Pass over this many rows of each table");
}

/// Calls a tool. What it can't do is an answer with `isError`.
///
/// # Errors
/// If there is no such tool.
pub(super) fn call(
    served: &mut Served,
    name: &str,
    arguments: &Map<String, Value>,
) -> Result<Value, Failed> {
    let reply = match name {
        "check" => check(served, arguments),
        _ if QUESTIONS.iter().any(|question| question.name == name) => ask(served, name, arguments),
        _ => match coding::call(served, name, arguments) {
            Some(reply) => reply,
            None => return Err(unknown(name)),
        },
    };
    Ok(match reply {
        Ok(reply) => result(&reply),
        Err(error) => failed(&findings::reason(&error)),
    })
}

fn unknown(name: &str) -> Failed {
    let names = QUESTIONS.iter().map(|question| question.name);
    let names: Vec<&str> = names.chain(["check"]).chain(coding::NAMES).collect();
    let way_out = way_out(name, &names, "there are");
    Failed::new(
        Code::Params,
        format!("there is no tool `{name}`; {way_out}"),
    )
}

fn result(reply: &Reply) -> Value {
    json!({
        "content": [{ "type": "text", "text": reply.text }],
        "structuredContent": reply.value,
        "isError": false,
    })
}

fn failed(reason: &str) -> Value {
    let end = reason.floor_char_boundary(MOST_BYTES / 2);
    json!({
        "content": [{ "type": "text", "text": format!("error: {}", &reason[..end]) }],
        "isError": true,
    })
}

/// Returns whether what a tool says is short enough to be sent.
pub(super) fn fits(reply: &Reply) -> bool {
    let mut result = result(reply);
    make_visible(&mut result);
    result.to_string().len() <= MOST_BYTES
}

/// The largest number that an argument may be.
const MOST_NUMBER: f64 = 1e9;

/// Reads a number among the arguments.
///
/// # Errors
/// If it is not a whole number from `least` on.
pub(super) fn number(
    arguments: &Map<String, Value>,
    name: &str,
    least: usize,
    default: usize,
) -> Result<usize, Error> {
    let value = match arguments.get(name) {
        None | Some(Value::Null) => return Ok(default),
        Some(value) => value,
    };
    // Some clients write every number with a fraction.
    let whole = value.as_f64().filter(|number| number.fract() == 0.0);
    let number = whole.filter(|number| (least as f64..=MOST_NUMBER).contains(number));
    let number = number.map(|number| number as usize);
    number.ok_or_else(|| {
        refused(format!(
            "`{name}` is a whole number from {least} on, not {value}"
        ))
    })
}

/// Builds the error for a call that can't be answered as it is.
pub(super) fn refused(reason: impl Into<String>) -> Error {
    Error::Question {
        reason: reason.into(),
        help: Vec::new(),
    }
}

/// Asks a question, and gives a page of its answer that is short enough.
fn ask(
    served: &mut Served,
    question: &str,
    arguments: &Map<String, Value>,
) -> Result<Reply, Error> {
    let mut arguments = arguments.clone();
    let section = match arguments.remove("section") {
        None | Some(Value::Null) => None,
        Some(Value::String(section)) => Some(section),
        Some(other) => {
            return Err(refused(format!(
                "`section` is the key of a table, not {other}"
            )));
        }
    };
    let wanted = Wanted {
        limit: number(&arguments, "limit", 1, ROWS)?.min(MOST_ROWS),
        offset: number(&arguments, "offset", 0, 0)?,
        section,
        records: RECORDS,
    };
    arguments.retain(|name, _| name != "limit" && name != "offset");
    let mut reply = Err(refused("there is no answer"));
    served.ask(question, &arguments, &mut |view, answer| {
        reply = fitting(&view.graph, answer, wanted.clone());
    })?;
    reply
}

/// Returns a page of an answer that is short enough.
fn fitting(graph: &Graph, answer: &mut dyn Noted, mut wanted: Wanted) -> Result<Reply, Error> {
    if let Some(section) = &wanted.section {
        let sections = answer.sections();
        let keys: Vec<&str> = sections.iter().map(|section| section.key).collect();
        if !keys.contains(&section.as_str()) {
            let help = vec![format!("it has {}", listed(keys))];
            let reason = format!("the answer has no table `{section}`");
            return Err(Error::Question { reason, help });
        }
    }
    let meanings = glossary::explained(&reply(graph, answer, &wanted).value);
    answer.notes_mut().extend(meanings);
    loop {
        let reply = reply(graph, answer, &wanted);
        if fits(&reply) {
            return Ok(reply);
        }
        // Rows are left out whole, before the records behind them.
        match (wanted.limit, wanted.records) {
            (2.., _) => wanted.limit /= 2,
            (_, 1..) => wanted.records /= 2,
            _ => {
                return Err(Error::Question {
                    reason: format!("a single row has more than {MOST_BYTES} bytes"),
                    help: vec!["name a `section`, or read the file itself".to_owned()],
                });
            }
        }
    }
}

fn reply(graph: &Graph, answer: &dyn Noted, wanted: &Wanted) -> Reply {
    let page = Page::of(answer, wanted);
    let mut value = render::value(graph, &page);
    value["page"] = page.value();
    Reply {
        text: render::plain(graph, &page, &|key| page.rest(key)),
        value,
    }
}

/// Returns the schema of a tool's answers: one of these shapes, with its page. Rows that several tables
/// share are defined once; `docs/schema` explains the columns.
fn output_schema(names: &[&str]) -> Value {
    let shapes = names
        .iter()
        .filter_map(|name| SHAPES.iter().find(|shape| shape.name == *name));
    let (mut definitions, mut schemas) = (Map::new(), Vec::new());
    for shape in shapes {
        let mut schema = render::schema(shape);
        schema["properties"]["page"] = page::schema();
        if let Some(required) = schema["required"].as_array_mut() {
            required.push(json!("page"));
        }
        if let Some(fields) = schema.as_object_mut() {
            fields.remove("$schema");
            if let Some(Value::Object(shared)) = fields.remove("$defs") {
                definitions.extend(shared);
            }
        }
        undescribed(&mut schema["properties"]);
        for table in schema["properties"]
            .as_object_mut()
            .into_iter()
            .flat_map(Map::values_mut)
        {
            if table
                .get("items")
                .is_some_and(|row| row.get("properties").is_some())
            {
                table["items"] = defined(&mut definitions, table["items"].take());
            }
        }
        schemas.push(schema);
    }
    let mut schema = match schemas.len() {
        1 => schemas.remove(0),
        _ => json!({ "type": "object", "anyOf": schemas }),
    };
    schema["$defs"] = Value::Object(definitions);
    schema
}

/// Returns a reference to a schema, which is defined unless an equal one is.
fn defined(definitions: &mut Map<String, Value>, schema: Value) -> Value {
    let same = definitions.iter().find(|(_, known)| **known == schema);
    let name = match same {
        Some((name, _)) => name.clone(),
        None => {
            let name = format!("row_{}", definitions.len());
            definitions.insert(name.clone(), schema);
            name
        }
    };
    json!({ "$ref": format!("#/$defs/{name}") })
}

/// Removes the descriptions of a schema.
fn undescribed(schema: &mut Value) {
    match schema {
        Value::Object(fields) => {
            fields.retain(|key, value| key != "description" || !value.is_string());
            for value in fields.values_mut() {
                undescribed(value);
            }
        }
        Value::Array(several) => {
            for value in several {
                undescribed(value);
            }
        }
        _ => {}
    }
}

fn check_tool() -> Value {
    let mut input = json!({
        "type": "object",
        "properties": { "all": { "type": "boolean", "description": "Every warning, however many are alike" } },
        "additionalProperties": false,
    });
    with_page(&mut input);
    let output = json!({
        "type": "object",
        "required": ["findings", "errors", "warnings", "next"],
        "additionalProperties": false,
        "properties": {
            "findings": findings_schema(),
            "errors": { "type": "integer" },
            "warnings": { "type": "integer" },
            "next": { "type": ["integer", "null"] },
        },
    });
    let about = "Check the graph: every mistake in its files, and what is worth a look; each with its place and what to do";
    tool("check", "Check the graph", about, input, output)
}

/// Returns the schema of a list of findings.
pub(super) fn findings_schema() -> Value {
    json!({
        "type": "array",
        "description": "What is wrong, or worth a look",
        "items": {
            "type": "object",
            "required": ["code", "severity", "message", "file", "start", "help"],
            "properties": {
                "code": { "type": "string" },
                "severity": { "enum": ["error", "warning"] },
                "message": { "type": "string" },
                "file": { "type": "string" },
                "start": { "type": "object", "properties": { "line": { "type": "integer" }, "column": { "type": "integer" } } },
                "help": { "type": "array", "items": { "type": "string" } },
            },
        },
    })
}

fn check(served: &mut Served, arguments: &Map<String, Value>) -> Result<Reply, Error> {
    only(arguments, &["all", "limit", "offset"])?;
    let offset = number(arguments, "offset", 0, 0)?;
    let limit = number(arguments, "limit", 1, ROWS)?;
    let today = served.today();
    let graph = served.graph()?;
    let Report {
        findings: mut found,
        silenced,
        ..
    } = check::report(graph, graph.found.clone(), today);
    if arguments.get("all") != Some(&Value::Bool(true)) {
        found = check::summed_up(found);
    }
    let errors = found
        .iter()
        .filter(|finding| finding.severity == Severity::Error)
        .count();
    let counts = format!(
        "{}, {}",
        counted(errors, "error"),
        counted(found.len() - errors, "warning")
    );
    Ok(shortened(limit, |limit| {
        let from = offset.min(found.len());
        let to = (from + limit).min(found.len());
        let shown: &[Diagnostic] = &found[from..to];
        let next = (to < found.len()).then_some(to);
        let mut text = format!("{counts}\n");
        for finding in shown {
            text += &format!("{}\n", findings::line(finding, &graph.texts));
        }
        if let Some(next) = next {
            text += &format!("{} more: offset {next}\n", found.len() - next);
        }
        if !silenced.is_empty() {
            text += &format!(
                "{} silenced by `allow`\n",
                counted(silenced.len(), "finding")
            );
        }
        let value = json!({
            "findings": findings::values(shown, &graph.texts),
            "errors": errors,
            "warnings": found.len() - errors,
            "next": next,
        });
        Reply { text, value }
    }))
}

/// Says as much of something as fits: all up to the limit, else half of it, and so on.
pub(super) fn shortened(mut limit: usize, say: impl Fn(usize) -> Reply) -> Reply {
    loop {
        let reply = say(limit);
        if fits(&reply) || limit == 1 {
            return reply;
        }
        limit /= 2;
    }
}

/// Refuses an argument that a tool does not take.
pub(super) fn only(arguments: &Map<String, Value>, known: &[&str]) -> Result<(), Error> {
    match arguments.keys().find(|key| !known.contains(&key.as_str())) {
        None => Ok(()),
        Some(key) => Err(Error::Question {
            reason: format!("there is no argument `{key}`"),
            help: vec![way_out(key, known, "there are")],
        }),
    }
}
