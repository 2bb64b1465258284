//! Records written as JSON, as RON. Which fields there are, and what they hold, says the table of the
//! format.

use std::fmt::Display;

use serde_json::{Map, Value, json};

use crate::edit::{Refusal, field_value, quoted};
use crate::model::{Field, Holds, RecordKind};
use crate::words::way_out;

/// Returns a graph as RON with the records of some sections: an object by id, or a list in sections
/// whose records have no ids.
///
/// # Errors
/// If a section, a field or a value is not one of the format.
pub(super) fn graph(sections: &Map<String, Value>) -> Result<String, Refusal> {
    let mut text = String::from("Graph(\n");
    for (name, records) in sections {
        let Some(kind) = RecordKind::of_section(name) else {
            let known = RecordKind::IN_SECTIONS.iter();
            let known: Vec<&str> = known.filter_map(|kind| kind.section()).collect();
            return Err(unknown("section", name, &known));
        };
        let (open, close) = if kind.has_id() {
            ('{', '}')
        } else {
            ('[', ']')
        };
        text += &format!("{name}: {open}\n");
        match (records, kind.has_id()) {
            (Value::Object(records), true) => {
                for (id, value) in records {
                    let record = record(kind, value).map_err(|one| of_record(one, name, id))?;
                    text += &format!("{}: {record},\n", quoted(id));
                }
            }
            (Value::Array(records), false) => {
                for (nth, value) in records.iter().enumerate() {
                    let record =
                        record(kind, value).map_err(|one| of_record(one, name, nth + 1))?;
                    text += &format!("{record},\n");
                }
            }
            (_, true) => {
                return Err(Refusal::new(format!(
                    "`{name}` is an object: records by their ids"
                )));
            }
            (_, false) => return Err(Refusal::new(format!("`{name}` is a list of records"))),
        }
        text += &format!("{close},\n");
    }
    Ok(text + ")\n")
}

/// Says which record a refusal is of.
fn of_record(refusal: Refusal, section: &str, which: impl Display) -> Refusal {
    Refusal {
        message: format!("record {which} of `{section}`: {}", refusal.message),
        ..refusal
    }
}

fn unknown(what: &str, name: &str, known: &[&str]) -> Refusal {
    let way_out = way_out(name, known, "there are");
    Refusal::new(format!("there is no {what} `{name}`")).help(way_out)
}

fn record(kind: RecordKind, value: &Value) -> Result<String, Refusal> {
    let Value::Object(given) = value else {
        return Err(Refusal::new(format!(
            "{} is an object, not {value}",
            kind.a_noun()
        )));
    };
    let mut fields = Vec::new();
    for (name, value) in given.iter().filter(|(_, value)| !value.is_null()) {
        let Some(field) = kind.field(name) else {
            let known: Vec<&str> = kind.fields().map(|field| field.name).collect();
            return Err(unknown(
                &format!("field of {}", kind.a_noun()),
                name,
                &known,
            ));
        };
        fields.push(format!("{name}: {}", field_of(field, value)?));
    }
    Ok(format!("({})", fields.join(", ")))
}

fn field_of(field: Field, value: &Value) -> Result<String, Refusal> {
    let wrong =
        |expected: &str| Refusal::new(format!("`{}` is {expected}, not {value}", field.name));
    match (field.holds, value) {
        (Holds::Records(inner), Value::Array(several)) => {
            let several: Result<Vec<String>, Refusal> =
                several.iter().map(|value| record(inner, value)).collect();
            Ok(format!("[{}]", several?.join(", ")))
        }
        (Holds::Record(inner), value) => record(inner, value),
        (Holds::Marks, Value::Object(marks)) => {
            let marks = marks.iter().map(|(number, meaning)| {
                let number = number
                    .parse::<f64>()
                    .map_err(|_| wrong("an object by numbers"))?;
                let meaning = meaning
                    .as_str()
                    .ok_or_else(|| wrong("an object of texts"))?;
                Ok(format!("{number}: {}", quoted(meaning)))
            });
            let marks: Result<Vec<String>, Refusal> = marks.collect();
            Ok(format!("{{{}}}", marks?.join(", ")))
        }
        (Holds::Records(_), _) => Err(wrong("a list of records")),
        (Holds::Marks, _) => Err(wrong("an object by numbers")),
        (_, Value::Array(several)) if field.is_list() => {
            let typed = several
                .iter()
                .map(|value| word(value).ok_or_else(|| wrong("a list of texts")));
            field_value(field, &typed.collect::<Result<Vec<String>, Refusal>>()?)
        }
        _ => field_value(
            field,
            &[word(value).ok_or_else(|| wrong("a text or a number"))?],
        ),
    }
}

/// Returns a text or a number as it would be typed.
fn word(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

/// Returns the JSON schema of the sections of a graph.
pub(super) fn schema() -> Value {
    let sections = RecordKind::IN_SECTIONS.into_iter().filter_map(|kind| {
        let of_record = schema_of(kind);
        let schema = match kind.has_id() {
            true => json!({ "type": "object", "description": "By id", "additionalProperties": of_record }),
            false => json!({ "type": "array", "items": of_record }),
        };
        Some((kind.section()?.to_owned(), schema))
    });
    let sections: Map<String, Value> = sections.collect();
    json!({ "type": "object", "additionalProperties": false, "properties": sections })
}

fn schema_of(kind: RecordKind) -> Value {
    let fields = kind.fields().map(|field| {
        let mut schema = match field.holds {
            Holds::Text | Holds::Id(_) | Holds::Date => json!({ "type": "string" }),
            Holds::Texts | Holds::Ids(_) | Holds::IdOrIds(_) => {
                json!({ "type": "array", "items": { "type": "string" } })
            }
            Holds::Number => json!({ "type": "number" }),
            // `At` and `Other` take a value: `At(30)`.
            Holds::Word(words)
                if words
                    .words
                    .iter()
                    .any(|word| ["At", "Other"].contains(word)) =>
            {
                json!({ "type": "string" })
            }
            Holds::Word(words) => json!({ "type": "string", "enum": words.words }),
            Holds::Records(inner) => json!({ "type": "array", "items": schema_of(inner) }),
            Holds::Record(inner) => schema_of(inner),
            Holds::Marks => {
                json!({ "type": "object", "additionalProperties": { "type": "string" } })
            }
        };
        let words = match field.holds {
            Holds::Word(words) if schema.get("enum").is_none() => {
                format!(" One of {}.", words.words.join(", "))
            }
            Holds::Date => " EDTF, such as `2023-06-18`, `2023-06~` or `2023`.".to_owned(),
            _ => String::new(),
        };
        schema["description"] = json!(format!("{}{words}", field.doc));
        (field.name.to_owned(), schema)
    });
    let fields: Map<String, Value> = fields.collect();
    json!({ "type": "object", "additionalProperties": false, "properties": fields })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(value: &Value) -> Result<String, String> {
        let Value::Object(sections) = value else {
            return Err(String::new());
        };
        graph(sections)
            .map_err(|refusal| format!("{}; {}", refusal.message, refusal.help.join("; ")))
    }

    #[test]
    fn json_becomes_a_graph_without_mistakes() {
        let value = json!({
            "sources": { "s": { "title": "S", "date": "2023", "tags": ["a", "b"] } },
            "actors": { "us": { "name": "US \"A\"", "kind": "state", "power": 3 } },
            "issues": { "i": { "name": "I", "question": "I?", "scale": { "from": 0, "to": 100, "marks": { "0": "none" } } } },
            "stances": [{ "actor": "us", "issue": "i", "position": "At(40)", "source": ["s"], "quote": "a\nb", "credibility": 2, "note": null }],
            "meetings": { "m": { "title": "M", "status": "held", "date": "2023-06", "participants": ["us"], "earlier": [{ "status": "Planned" }] } },
            "ties": [{ "from": "us", "to": "us", "kind": "Other(\"twin\")" }],
        });
        let (graph, found) = crate::resolve::read("x.ron", &written(&value).unwrap());
        let syntax = found.iter().find(|found| {
            found.code != "bad-value" && !["self-tie", "same-ends"].contains(&found.code)
        });
        assert!(graph.is_whole(), "{found:?}");
        assert_eq!(graph.stances().count(), 1, "{syntax:?}");
    }

    #[test]
    fn what_is_not_of_the_format_is_refused() {
        let cases = [
            (
                json!({ "stance": [] }),
                "there is no section `stance`; did you mean `stances`?",
            ),
            (json!({ "stances": {} }), "`stances` is a list of records"),
            (
                json!({ "actors": [] }),
                "`actors` is an object: records by their ids",
            ),
            (
                json!({ "stances": [{ "isue": "x" }] }),
                "there is no field of a stance `isue`; did you mean `issue`?",
            ),
            (
                json!({ "stances": [{ "position": "suports" }] }),
                "did you mean `Supports`?",
            ),
            (json!({ "stances": [{ "date": "soon" }] }), "`soon`"),
            (
                json!({ "stances": [{ "quote": ["a"] }] }),
                "`quote` is a text or a number",
            ),
        ];
        for (value, expected) in cases {
            let said = written(&value).unwrap_err();
            assert!(said.contains(expected), "{value}: {said}");
        }
    }

    #[test]
    fn the_schema_has_every_section_and_field() {
        let schema = schema();
        for kind in RecordKind::IN_SECTIONS {
            let section = &schema["properties"][kind.section().unwrap()];
            let record = if kind.has_id() {
                &section["additionalProperties"]
            } else {
                &section["items"]
            };
            for field in kind.fields() {
                assert!(
                    record["properties"][field.name]["description"].is_string(),
                    "{}",
                    field.name
                );
            }
        }
    }
}
