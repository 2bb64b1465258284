//! JSON schemas of the answers, generated from the columns of their tables.

use serde_json::{Map, Value, json};

use crate::query::{Column, Holds, Shape, TableShape};
use crate::render::SCHEMA;

/// Returns the JSON schema of an answer (draft 2020-12).
pub fn schema(shape: &Shape) -> Value {
    let mut fields = Map::new();
    fields.insert("schema".to_owned(), json!({ "const": SCHEMA }));
    fields.insert("answer".to_owned(), json!({ "const": shape.name }));
    fields.insert(
        "title".to_owned(),
        json!({ "type": "string", "description": "What was asked, in words." }),
    );
    for table in shape.tables {
        fields.insert(table.key.to_owned(), of_table(table));
    }
    let notes = json!({
        "type": "array",
        "description": "What the answer does not claim, takes for granted or leaves out.",
        "items": { "$ref": "#/$defs/note" },
    });
    fields.insert("notes".to_owned(), notes);
    let mut schema = json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": shape.name,
        "description": shape.doc,
        "$defs": definitions(),
    });
    if let (Some(all), Value::Object(object)) = (schema.as_object_mut(), closed(fields)) {
        all.extend(object);
    }
    schema
}

/// Returns the schema of an object with exactly these fields.
fn closed(fields: Map<String, Value>) -> Value {
    let required: Vec<&String> = fields.keys().collect();
    json!({
        "type": "object",
        "required": required,
        "additionalProperties": false,
        "properties": fields,
    })
}

fn object(fields: &[(&str, Value)]) -> Value {
    let fields = fields
        .iter()
        .map(|(key, value)| ((*key).to_owned(), value.clone()));
    closed(fields.collect())
}

fn of_table(table: &TableShape) -> Value {
    let Some(columns) = table.columns else {
        return described(reference("matrix"), table.doc);
    };
    let mut fields: Map<String, Value> = columns.iter().map(of_column).collect();
    fields.insert("where".to_owned(), nullable(reference("place")));
    let evidence = json!({ "type": "array", "items": reference("record") });
    fields.insert("evidence".to_owned(), evidence);
    let row = closed(fields);
    match table.is_record {
        true => described(row, table.doc),
        false => json!({ "type": "array", "description": table.doc, "items": row }),
    }
}

fn of_column(column: &Column) -> (String, Value) {
    let value = match column.holds {
        Holds::Text => json!({ "type": "string" }),
        Holds::Word => word(),
        Holds::Words => json!({ "type": "array", "items": word() }),
        Holds::Number => json!({ "type": "number" }),
        Holds::Date => reference("date"),
        Holds::Thing => reference("thing"),
        Holds::Things => json!({ "type": "array", "items": reference("thing") }),
        Holds::Said => reference("said"),
        Holds::Stand => reference("stand"),
        Holds::Places => json!({ "type": "array", "items": reference("place") }),
        Holds::Any => json!({}),
    };
    let value = match column.optional && column.holds != Holds::Any {
        true => nullable(value),
        false => value,
    };
    (column.key.to_owned(), described(value, column.doc))
}

fn word() -> Value {
    json!({ "type": "string", "pattern": "^[a-z_]+$" })
}

fn reference(name: &str) -> Value {
    json!({ "$ref": format!("#/$defs/{name}") })
}

fn nullable(value: Value) -> Value {
    json!({ "anyOf": [value, { "type": "null" }] })
}

fn described(mut value: Value, doc: &str) -> Value {
    value["description"] = json!(doc);
    value
}

fn definitions() -> Value {
    let text = || json!({ "type": ["string", "null"] });
    let count = || json!({ "type": ["integer", "null"] });
    let number = || json!({ "type": ["number", "null"] });
    let numbers = || json!({ "type": "array", "items": { "type": "array", "items": number() } });
    let things = || json!({ "type": "array", "items": reference("thing") });
    let said = [
        ("position", word()),
        ("number", number()),
        ("condition", text()),
    ];
    let position = [("position", word()), ("number", number())];
    let offer = [
        ("position", word()),
        ("number", number()),
        ("condition", json!({ "type": "string" })),
        ("depends_on", things()),
    ];
    let stand = [
        ("position", word()),
        ("number", number()),
        (
            "said",
            json!({ "type": "array", "items": reference("position") }),
        ),
        (
            "offers",
            json!({ "type": "array", "items": reference("offer") }),
        ),
        ("statements", count()),
        ("independent_sources", count()),
        ("newest", nullable(reference("date"))),
        ("age_days", count()),
        ("grade", text()),
    ];
    let record = [
        ("record", word()),
        ("id", text()),
        ("summary", text()),
        ("quote", text()),
        ("said_by", nullable(reference("thing"))),
        ("date", nullable(reference("date"))),
        (
            "sources",
            json!({ "type": "array", "items": { "type": "string" } }),
        ),
        ("at", text()),
        ("note", text()),
        ("status", nullable(word())),
        (
            "withdrawn_in",
            json!({ "type": "array", "items": { "type": "string" } }),
        ),
        ("where", reference("place")),
    ];
    let place = [
        ("file", json!({ "type": "string" })),
        ("line", json!({ "type": "integer", "minimum": 1 })),
        ("column", json!({ "type": "integer", "minimum": 1 })),
    ];
    let matrix = json!({
        "type": ["object", "null"],
        "required": ["rows", "columns", "unit", "rests_on"],
        "additionalProperties": false,
        "properties": {
            "rows": things(),
            "columns": things(),
            "unit": word(),
            "rests_on": numbers(),
            "net": numbers(),
            "same": numbers(),
            "opposite": numbers(),
            "values": { "type": "array", "items": { "type": "array", "items": { "type": ["number", "string", "null"] } } },
        },
    });
    let thing = [
        ("id", json!({ "type": "string" })),
        ("name", json!({ "type": "string" })),
    ];
    let note = [
        ("note", word()),
        ("text", json!({ "type": "string" })),
        ("count", count()),
        ("about", things()),
    ];
    let described = |value: Value, doc: &str| described(value, doc);
    json!({
        "thing": described(object(&thing), "Something that has an id: an actor, an issue, a meeting, a source, a fact."),
        "date": { "type": "string", "description": "A date, an interval or an uncertain date, as EDTF." },
        "position": described(object(&position), "A position."),
        "said": described(object(&said), "What one statement says; `unknown` where it says only how much something matters. With a `condition` it is an offer."),
        "offer": described(object(&offer), "What an actor would do if something happened first, and the actors and issues that this depends on."),
        "stand": described(object(&stand), "Where an actor stands, by all its statements, and what that rests on: `unknown`, `contested` (with all that is said), or a position; beside it, what it offers on a condition."),
        "place": described(object(&place), "Where a record is: a file, relative to the folder of the graph; line and column counted from 1."),
        "record": described(object(&record), "A record behind a row."),
        "matrix": described(matrix, "Cells by row and column; `null` where nothing is known. For the measure net `net`, `same` and `opposite`, otherwise `values`."),
        "note": described(object(&note), "A note: its kind, a sentence, how many things it is about, and which."),
    })
}
