//! An answer as CSV: one table. Of an answer with several sections, each row says which it is of.

use crate::graph::Graph;
use crate::query::{Answer, Cell, Row, Section};
use crate::render::Places;
use crate::render::cells::words_of;

/// The answer as CSV (RFC 4180, with a header).
pub fn csv(graph: &Graph, answer: &Answer) -> String {
    let places = Places::new(graph);
    let mut out = String::new();
    let sections: Vec<&Section> = answer.sections.iter().filter(|section| !section.rows.is_empty()).collect();
    let shown = match sections[..] {
        [] => answer.sections.iter().take(1).collect(),
        _ => sections,
    };
    for (nth, section) in shown.iter().enumerate() {
        if nth > 0 {
            out.push('\n');
        }
        out.push_str(&table(graph, &places, section));
    }
    out
}

fn table(graph: &Graph, places: &Places<'_>, section: &Section) -> String {
    let mut writer = csv::Writer::from_writer(Vec::new());
    let keys = section.columns.iter().map(|column| column.key.as_str());
    // Writing to memory can't fail.
    let _ = writer.write_record(std::iter::once("section").chain(keys).chain(["file", "line"]));
    for row in &section.rows {
        let _ = writer.write_record(record(graph, places, section, row));
    }
    writer.into_inner().ok().and_then(|bytes| String::from_utf8(bytes).ok()).unwrap_or_default()
}

fn record(graph: &Graph, places: &Places<'_>, section: &Section, row: &Row) -> Vec<String> {
    let cells = row.cells.iter().map(|cell| match cell {
        Cell::Thing(entity) => graph.id(*entity).to_owned(),
        Cell::Things(things) => things.iter().map(|entity| graph.id(*entity)).collect::<Vec<_>>().join(" "),
        Cell::Text(text) => text.clone(),
        Cell::Date(date) => date.to_string(),
        cell => words_of(graph, cell, usize::MAX),
    });
    let place = row
        .place
        .map_or((String::new(), String::new()), |place| (places.file(place).to_owned(), places.start(place).line.to_string()));
    std::iter::once(section.key.to_owned()).chain(cells).chain([place.0, place.1]).collect()
}
