//! An answer as JSON: an object with a list for each section, whose items have a field for each column, their place and
//! the records behind them. The shape is stable; FORMAT and `demarche help` describe it.

use serde_json::{Map, Value, json};

use crate::graph::{Entity, Fate, Graph, Verdict};
use crate::model::Position;
use crate::query::{self, Answer, Cell, Evidence, Figure, Matrix, Row, Section, Stand, words};
use crate::render::Places;
use crate::render::cells::{Records, Told, position_words};
use crate::text::{Place, is_obeyed};

/// The answer as JSON.
pub fn json(graph: &Graph, answer: &Answer) -> String {
    let (places, records) = (Places::new(graph), Records::new(graph));
    let mut object = Map::new();
    object.insert("title".to_owned(), json!(answer.title));
    for section in &answer.sections {
        if let Some(matrix) = &section.matrix {
            object.insert(section.key.to_owned(), matrix_object(graph, matrix));
            continue;
        }
        let rows: Vec<Value> = section
            .rows
            .iter()
            .map(|row| row_object(graph, &places, &records, section, row))
            .collect();
        object.insert(section.key.to_owned(), json!(rows));
    }
    object.insert("notes".to_owned(), json!(answer.notes));
    printable(serde_json::to_string_pretty(&Value::Object(object)).unwrap_or_default()) + "\n"
}

/// JSON with everything escaped that is not seen.
pub(crate) fn printable(json: String) -> String {
    // Outside strings JSON has no other character that is obeyed.
    let is_escaped = |c: char| c != '\n' && is_obeyed(c);
    if !json.contains(is_escaped) {
        return json;
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
    printable
}

fn matrix_object(graph: &Graph, matrix: &Matrix) -> Value {
    let ids = |things: &[Entity]| things.iter().map(|id| graph.id(*id)).collect::<Vec<_>>();
    let table = |cell: &(dyn Fn(Figure) -> Value + Sync)| -> Vec<Vec<Value>> {
        matrix.lines(|line| {
            (0..matrix.columns.len())
                .map(|column| line.figure(column).map_or(Value::Null, cell))
                .collect()
        })
    };
    let told = |figure: Figure| match figure.value {
        query::Value::Number(number) => self::number(number),
        query::Value::Word(word) => json!(word),
    };
    let unit = format!("{}s", matrix.unit);
    let sides = |figure: Figure| figure.sides.unwrap_or_default();
    let mut object = json!({
        "rows": ids(&matrix.rows),
        "columns": ids(&matrix.columns),
        if matrix.is_net() { "net" } else { "values" }: table(&told),
        unit: table(&|figure| json!(figure.on)),
    });
    if matrix.is_net() {
        object["same"] = json!(table(&|figure| json!(sides(figure).0)));
        object["opposite"] = json!(table(&|figure| json!(sides(figure).1)));
    }
    object
}

fn row_object(
    graph: &Graph,
    places: &Places<'_>,
    records: &Records<'_>,
    section: &Section,
    row: &Row,
) -> Value {
    let mut object = Map::new();
    for (column, cell) in section.columns.iter().zip(&row.cells) {
        object.insert(column.key.clone(), value(graph, places, cell));
    }
    if let Some(place) = row.place {
        object.insert("place".to_owned(), place_object(places, place));
    }
    if !row.evidence.is_empty() {
        let evidence: Vec<Value> = row
            .evidence
            .iter()
            .map(|evidence| evidence_object(graph, places, *evidence, &records.told(*evidence)))
            .collect();
        object.insert("evidence".to_owned(), json!(evidence));
    }
    Value::Object(object)
}

fn place_object(places: &Places<'_>, place: Place) -> Value {
    let start = places.start(place);
    json!({ "file": places.file(place), "line": start.line, "column": start.column })
}

fn thing(graph: &Graph, entity: Entity) -> Value {
    json!({ "id": graph.id(entity), "name": graph.name(entity) })
}

fn value(graph: &Graph, places: &Places<'_>, cell: &Cell) -> Value {
    match cell {
        Cell::Nothing => Value::Null,
        Cell::Text(text) => json!(text),
        Cell::Number(number) => self::number(*number),
        Cell::Date(date) => json!(date.to_string()),
        Cell::Thing(entity) => thing(graph, *entity),
        Cell::Things(things) => things.iter().map(|entity| thing(graph, *entity)).collect(),
        Cell::Stands(stand) => stand_object(stand),
        Cell::Places(several) => several
            .iter()
            .map(|place| place_object(places, *place))
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

fn stand_object(stand: &Stand) -> Value {
    let mut object = match stand.verdict {
        Verdict::Unknown => json!({ "verdict": "unknown" }),
        Verdict::Stands(position) => {
            json!({ "verdict": "stands", "position": position_words(position) })
        }
        Verdict::Contested => {
            let positions: Vec<String> = stand
                .said
                .iter()
                .map(|position| position_words(*position))
                .collect();
            json!({ "verdict": "contested", "positions": positions })
        }
    };
    if let Verdict::Stands(Position::At(number)) = stand.verdict {
        object["number"] = json!(number);
    }
    if let Some(basis) = stand.basis {
        object["statements"] = json!(basis.statements);
        object["independent_sources"] = json!(basis.independent);
        object["newest"] = json!(basis.newest.map(|date| date.to_string()));
        object["age_days"] = json!(basis.age);
        object["grade"] = json!(basis.grade.map(|grade| grade.to_string()));
    }
    object
}

fn evidence_object(graph: &Graph, places: &Places<'_>, evidence: Evidence, told: &Told) -> Value {
    let (record, id) = match evidence {
        Evidence::Stance(..) => ("stance", Value::Null),
        Evidence::Tie(_) => ("tie", Value::Null),
        Evidence::Thing(entity) => (
            entity.noun().split_once(' ').map_or("", |(_, noun)| noun),
            json!(graph.id(entity)),
        ),
    };
    let text = |text: &str| {
        if text.is_empty() {
            Value::Null
        } else {
            json!(text)
        }
    };
    json!({
        "record": record,
        "id": id,
        "summary": text(&told.summary),
        "quote": text(&told.quote),
        "said_by": told.said_by.map(|by| thing(graph, by)),
        "date": told.date.map(|date| date.to_string()),
        "sources": told.sources.iter().map(|id| graph.sources[id.index()].id.to_string()).collect::<Vec<_>>(),
        "at": text(&told.at),
        "note": text(&told.note),
        "status": match evidence {
            Evidence::Stance(_, fate) => json!(fate_key(fate)),
            _ => Value::Null,
        },
        "place": place_object(places, evidence.place(graph)),
    })
}

fn fate_key(fate: Fate) -> String {
    words(&format!("{fate:?}")).replace(' ', "_")
}
