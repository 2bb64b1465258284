//! An answer as JSON: an object with a list for each table. Each item has a field for each column,
//! its location and the records behind it. The shape is stable and is published in `docs/schema`,
//! which is generated from the columns.

use std::borrow::Cow;
use std::io::{self, Write};

use serde::ser::{Serialize, SerializeMap, Serializer};
use serde_json::{Value, json};

use crate::graph::{Entity, Graph, Offer, Verdict};
use crate::model::Position;
use crate::progress::step;
use crate::query::{
    self, Answer, Behind, Cell, Column, Evidence, Figure, Form, Matrix, Said, Section, Stand,
    first_rows,
};
use crate::render::Places;
use crate::render::cells::{Record, Records};
use crate::render::lined::{Lined, WRITING, collected};
use crate::text::Place;
use crate::words::is_obeyed;

/// The version of the JSON shape of answers.
pub const SCHEMA: u32 = 2;

/// Returns the answer as JSON.
pub fn json(graph: &Graph, answer: &dyn Answer) -> String {
    collected(|out| write_json(out, graph, answer))
}

/// Writes the answer as JSON, row by row.
pub(crate) fn write_json(
    out: &mut dyn Write,
    graph: &Graph,
    answer: &dyn Answer,
) -> io::Result<()> {
    let writer = Writer::new(graph);
    // No string of JSON goes over the end of a line.
    let mut lines = Lined::new(out, &printable);
    serde_json::to_writer_pretty(&mut lines, &In(&writer, answer))?;
    lines.write_all(b"\n")?;
    lines.finish()
}

/// Returns the answer as a value of JSON.
#[cfg(feature = "mcp")]
pub(crate) fn value(graph: &Graph, answer: &dyn Answer) -> Value {
    // Answers hold nothing that JSON can't.
    serde_json::to_value(In(&Writer::new(graph), answer)).unwrap_or_default()
}

/// The lookups needed while writing.
struct Writer<'g> {
    graph: &'g Graph,
    places: Places<'g>,
    records: Records<'g>,
}

impl<'g> Writer<'g> {
    fn new(graph: &'g Graph) -> Writer<'g> {
        Writer {
            graph,
            places: Places::new(graph),
            records: Records::new(graph),
        }
    }
}

/// A part of an answer, together with the graph that resolves its ids.
struct In<'w, T>(&'w Writer<'w>, T);

impl Serialize for In<'_, &dyn Answer> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        let In(writer, answer) = self;
        let mut map = to.serialize_map(None)?;
        map.serialize_entry("schema", &SCHEMA)?;
        map.serialize_entry("answer", answer.name())?;
        map.serialize_entry("title", answer.title())?;
        for section in answer.sections() {
            match (section.filled(), section.form) {
                (matrix, Form::Matrix) => {
                    let matrix = matrix.map(|matrix| matrix_object(writer.graph, matrix));
                    map.serialize_entry(section.key, &matrix)?;
                }
                (_, Form::Record) => {
                    let rows = section.rows;
                    let row = first_rows(rows, rows.count().min(1)).next();
                    let row = row.map(|row| In(writer, (rows.columns(), row)));
                    map.serialize_entry(section.key, &row)?;
                }
                (_, Form::List | Form::Across { .. }) => {
                    map.serialize_entry(section.key, &In(writer, &section))?
                }
            }
        }
        let notes = answer.notes().iter().map(|note| {
            let about = note.about.iter().map(|entity| thing(writer.graph, *entity));
            json!({
                "note": note.kind,
                "text": note.text,
                "count": note.count,
                "about": about.collect::<Vec<_>>(),
            })
        });
        map.serialize_entry("notes", &notes.collect::<Vec<_>>())?;
        map.end()
    }
}

impl Serialize for In<'_, &Section<'_>> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        let rows = self.1.rows;
        let progress = step(WRITING, rows.count());
        to.collect_seq(first_rows(rows, rows.count()).map(|row| {
            progress.advance();
            In(self.0, (rows.columns(), row))
        }))
    }
}

impl Serialize for In<'_, (&[Column], (Vec<Cell>, Behind))> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        let In(writer, (columns, (cells, behind))) = self;
        let mut map = to.serialize_map(None)?;
        for (column, cell) in columns.iter().zip(cells) {
            map.serialize_entry(column.key, &cell_value(writer, cell))?;
        }
        let place = behind
            .place
            .map(|place| place_object(&writer.places, place));
        map.serialize_entry("where", &place)?;
        let evidence = behind
            .evidence
            .iter()
            .map(|evidence| evidence_object(writer, *evidence, &writer.records.read(*evidence)));
        map.serialize_entry("evidence", &evidence.collect::<Vec<_>>())?;
        map.end()
    }
}

/// Escapes all characters in JSON that are invisible or control a terminal.
pub(crate) fn printable(json: &str) -> Cow<'_, str> {
    // Outside strings, JSON contains no such character but the line break.
    let is_escaped = |c: char| c != '\n' && is_obeyed(c);
    if !json.contains(is_escaped) {
        return Cow::Borrowed(json);
    }
    let mut printable = String::with_capacity(json.len());
    for c in json.chars() {
        if is_escaped(c) {
            let mut units = [0; 2];
            for unit in c.encode_utf16(&mut units) {
                printable.push_str(&format!("\\u{unit:04x}"));
            }
        } else {
            printable.push(c);
        }
    }
    Cow::Owned(printable)
}

fn matrix_object(graph: &Graph, matrix: &Matrix) -> Value {
    let things = |things: &[Entity]| -> Value {
        things.iter().map(|entity| thing(graph, *entity)).collect()
    };
    let table = |cell: &(dyn Fn(Figure) -> Value + Sync)| -> Vec<Vec<Value>> {
        matrix.lines(|line| {
            (0..matrix.columns.len())
                .map(|column| line.figure(column).map_or(Value::Null, cell))
                .collect()
        })
    };
    let value = |figure: Figure| match figure.value {
        query::Value::Number(number) => self::number(number),
        query::Value::Word(word) => json!(word.key()),
    };
    let sides = |figure: Figure| figure.sides.unwrap_or_default();
    let mut object = json!({
        "rows": things(&matrix.rows),
        "columns": things(&matrix.columns),
        "unit": matrix.unit,
        if matrix.is_net() { "net" } else { "values" }: table(&value),
        "rests_on": table(&|figure| json!(figure.on)),
    });
    if matrix.is_net() {
        object["same"] = json!(table(&|figure| json!(sides(figure).0)));
        object["opposite"] = json!(table(&|figure| json!(sides(figure).1)));
    }
    object
}

fn place_object(places: &Places<'_>, place: Place) -> Value {
    let start = places.start(place);
    json!({ "file": places.file(place), "line": start.line, "column": start.column })
}

fn thing(graph: &Graph, entity: Entity) -> Value {
    json!({ "id": graph.id(entity), "name": graph.name(entity) })
}

fn cell_value(writer: &Writer<'_>, cell: &Cell) -> Value {
    let graph = writer.graph;
    match cell {
        Cell::Word(word) => json!(word.key),
        Cell::Words(words) => words.iter().map(|word| json!(word.key)).collect(),
        Cell::Said(said) => said_object(said),
        Cell::Nothing | Cell::Assumed(_) => Value::Null,
        Cell::Zero => json!(0),
        Cell::Text(text) => json!(text),
        Cell::Number(number) => self::number(*number),
        Cell::Date(date) => json!(date.to_string()),
        Cell::Thing(entity) => thing(graph, *entity),
        Cell::Things(things) => things.iter().map(|entity| thing(graph, *entity)).collect(),
        Cell::Stands(stand) => stand_object(graph, stand),
        Cell::Places(several) => several
            .iter()
            .map(|place| place_object(&writer.places, *place))
            .collect(),
    }
}

fn number(number: f64) -> Value {
    if number.fract() == 0.0 && number.abs() < 1e15 {
        json!(number as i64)
    } else {
        json!(number)
    }
}

fn said_object(said: &Said) -> Value {
    let mut object = position_object(said.position);
    object["condition"] = json!(said.condition);
    object
}

fn position_object(position: Option<Position>) -> Value {
    let verdict = position.map_or(Verdict::Unknown, Verdict::Stands);
    json!({ "position": verdict.key(), "number": verdict.number().map(number) })
}

fn offer_object(graph: &Graph, offer: &Offer) -> Value {
    let depends_on = offer.depends_on.iter().map(|entity| thing(graph, *entity));
    let mut object = position_object(Some(offer.position));
    object["condition"] = json!(offer.condition);
    object["depends_on"] = depends_on.collect();
    object
}

fn stand_object(graph: &Graph, stand: &Stand) -> Value {
    let said = stand
        .said
        .iter()
        .map(|position| position_object(Some(*position)));
    let basis = stand.basis.as_ref();
    json!({
        "position": stand.verdict.key(),
        "number": stand.verdict.number().map(number),
        "said": said.collect::<Vec<_>>(),
        "offers": stand.offers.iter().map(|offer| offer_object(graph, offer)).collect::<Vec<_>>(),
        "statements": basis.map(|basis| basis.statements),
        "independent_sources": basis.map(|basis| basis.independent),
        "newest": basis.and_then(|basis| basis.newest).map(|date| date.to_string()),
        "age_days": basis.and_then(|basis| basis.age),
        "grade": basis.and_then(|basis| basis.grade).map(|grade| grade.to_string()),
    })
}

fn evidence_object(writer: &Writer<'_>, evidence: Evidence, record: &Record) -> Value {
    let (graph, places) = (writer.graph, &writer.places);
    let id = match evidence {
        Evidence::Stance(..) | Evidence::Tie(_) => Value::Null,
        Evidence::Thing(entity) => json!(graph.id(entity)),
    };
    let text = |text: &str| {
        if text.is_empty() {
            Value::Null
        } else {
            json!(text)
        }
    };
    json!({
        "record": evidence.kind(),
        "id": id,
        "summary": text(&record.summary),
        "quote": text(&record.quote),
        "said_by": record.said_by.map(|by| thing(graph, by)),
        "date": record.date.map(|date| date.to_string()),
        "sources": record.sources.iter().map(|id| graph[*id].id.to_string()).collect::<Vec<_>>(),
        "at": text(&record.at),
        "note": text(&record.note),
        "status": match evidence {
            Evidence::Stance(_, fate) => json!(fate.key()),
            _ => Value::Null,
        },
        "withdrawn_in": record.withdrawn_in.iter().map(|id| graph[*id].id.to_string()).collect::<Vec<_>>(),
        "where": place_object(places, evidence.place(graph)),
    })
}
