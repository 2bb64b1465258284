//! Resources: the format, the graph at a glance, and the texts of sources, which are words of others.

use serde_json::{Map, Value, json};

use crate::graph::Graph;
use crate::mcp::coding::{admit_texts, text_of, with_texts, within};
use crate::mcp::message::{Code, Failed};
use crate::mcp::page::{Page, Wanted};
use crate::mcp::served::Served;
use crate::mcp::tools::{MOST_BYTES, ROWS};
use crate::mcp::{Hidden, Settings, findings};
use crate::render;

/// How graphs are written.
const FORMAT: &str = include_str!("../../graphs/FORMAT.md");

const FORMAT_URI: &str = "demarche://format";
const GRAPH_URI: &str = "demarche://graph";
const TEXT_URI: &str = "demarche://text/";

/// How many texts are listed at once.
const LISTED: usize = 100;

/// Lists the resources. If the graph can't be read, no texts are listed.
///
/// # Errors
/// If the cursor is not one of ours.
pub(super) fn list(served: &mut Served, cursor: Option<&Value>) -> Result<Value, Failed> {
    let from = match cursor {
        None | Some(Value::Null) => 0,
        Some(cursor) => {
            let number = cursor
                .as_str()
                .and_then(|cursor| cursor.parse::<usize>().ok());
            number
                .ok_or_else(|| Failed::new(Code::Params, "this `cursor` comes from another list"))?
        }
    };
    let mut resources = Vec::new();
    if from == 0 {
        resources.push(resource(
            FORMAT_URI,
            "format",
            "The format",
            "How records are written, with all their fields",
            "text/markdown",
        ));
        resources.push(resource(
            GRAPH_URI,
            "graph",
            "The graph at a glance",
            "What is in it, what is disputed, what is planned next",
            "text/plain",
        ));
    }
    let mut next = None;
    if !served.hides(Hidden::Text)
        && let Ok(graph) = served.graph()
    {
        let texts: Vec<Value> = with_texts(graph)
            .skip(from)
            .take(LISTED + 1)
            .map(|id| {
                let source = &graph[id];
                let uri = format!("{TEXT_URI}{}", encoded(&source.id));
                resource(
                    &uri,
                    &source.id,
                    &source.title,
                    "The text of a source: data written by other people",
                    "text/plain",
                )
            })
            .collect();
        next = (texts.len() > LISTED).then(|| (from + LISTED).to_string());
        resources.extend(texts.into_iter().take(LISTED));
    }
    let mut result = json!({ "resources": resources });
    if let Some(next) = next {
        result["nextCursor"] = json!(next);
    }
    Ok(result)
}

fn resource(uri: &str, name: &str, title: &str, about: &str, kind: &str) -> Value {
    json!({ "uri": uri, "name": name, "title": title, "description": about, "mimeType": kind })
}

/// Lists the templates of resources: a text by the id of its source.
pub(super) fn templates(settings: &Settings) -> Vec<Value> {
    let texts = (!settings.without.contains(&Hidden::Text)).then(|| {
        json!({
            "uriTemplate": format!("{TEXT_URI}{{source}}"),
            "name": "text",
            "title": "The text of a source",
            "description": "Data written by other people",
            "mimeType": "text/plain",
        })
    });
    texts.into_iter().collect()
}

/// Reads a resource.
///
/// # Errors
/// If there is none, or the graph can't be read.
pub(super) fn read(served: &mut Served, uri: &str) -> Result<Value, Failed> {
    let missing = |reason: String| Failed::new(Code::Resource, reason).with(json!({ "uri": uri }));
    let (text, kind) = match uri {
        FORMAT_URI => (FORMAT.to_owned(), "text/markdown"),
        GRAPH_URI => (glance(served).map_err(missing)?, "text/plain"),
        _ => match uri.strip_prefix(TEXT_URI).and_then(decoded) {
            Some(source) => (source_text(served, &source).map_err(missing)?, "text/plain"),
            None => return Err(missing(format!("there is no resource `{uri}`"))),
        },
    };
    Ok(json!({ "contents": [{ "uri": uri, "mimeType": kind, "text": text }] }))
}

fn glance(served: &mut Served) -> Result<String, String> {
    let wanted = Wanted {
        limit: ROWS,
        offset: 0,
        section: None,
        records: 0,
    };
    let mut text = String::new();
    let asked = served.ask("list", &Map::new(), &mut |view, answer| {
        text = render::plain(&view.graph, &Page::of(answer, &wanted), &|_| None);
    });
    asked.map_err(|error| findings::reason(&error))?;
    Ok(text)
}

fn source_text(served: &mut Served, source: &str) -> Result<String, String> {
    admit_texts(served).map_err(|error| findings::reason(&error))?;
    let graph: &Graph = served.graph().map_err(|error| findings::reason(&error))?;
    let (_, text) = text_of(graph, source).map_err(|error| findings::reason(&error))?;
    let lines = within(text.lines(), MOST_BYTES - 1000);
    let all = text.lines().count();
    let rest = match lines.len() < all {
        true => format!(
            "\n\n[`read_source` reads on from line {} of {all}]",
            lines.len() + 1
        ),
        false => String::new(),
    };
    Ok(lines.join("\n") + &rest)
}

/// Returns an id as it is written in an address.
fn encoded(id: &str) -> String {
    let mut encoded = String::new();
    for byte in id.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' => {
                encoded.push(char::from(byte))
            }
            byte => encoded += &format!("%{byte:02X}"),
        }
    }
    encoded
}

/// Returns an id from an address; `None` if it is not written as one.
fn decoded(address: &str) -> Option<String> {
    let mut parts = address.split('%');
    let mut bytes = parts.next()?.as_bytes().to_vec();
    for part in parts {
        let (digits, rest) = part.split_at_checked(2)?;
        bytes.push(u8::from_str_radix(digits, 16).ok()?);
        bytes.extend(rest.as_bytes());
    }
    String::from_utf8(bytes).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_come_back_from_addresses() {
        for id in ["report", "a b/c%", "Łódź ?#", ""] {
            let address = encoded(id);
            assert!(
                address
                    .bytes()
                    .all(|byte| byte.is_ascii_alphanumeric() || b"%-_.".contains(&byte))
            );
            assert_eq!(decoded(&address).as_deref(), Some(id));
        }
        assert_eq!(decoded("%zz"), None);
        assert_eq!(decoded("%ff"), None);
    }
}
