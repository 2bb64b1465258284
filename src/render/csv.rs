//! An answer as CSV: one table. Of an answer with several sections, each row says which it is of.

use std::fmt::Write;

use crate::graph::Graph;
use crate::query::{Answer, Cell, Matrix, Row, Section, Stand, Value};
use crate::render::Places;
use crate::render::cells::{stands, words_of};

/// The answer as CSV (RFC 4180, with a header).
pub fn csv(graph: &Graph, answer: &Answer) -> String {
    if let Some(matrix) = answer.sections.iter().find_map(|section| section.matrix.as_ref()) {
        return matrix_table(graph, matrix);
    }
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

/// A matrix as other programs take it: ids along both sides, numbers at full precision, nothing where nothing is known.
fn matrix_table(graph: &Graph, matrix: &Matrix) -> String {
    let (mut out, in_words) = (String::from("actor"), matrix.is_in_words());
    let ids: Vec<&str> = matrix.columns.iter().map(|id| graph.id(*id)).collect();
    ids.iter().for_each(|id| out.extend([",", *id]));
    out.push('\n');
    for (row, id) in matrix.rows.iter().enumerate() {
        out.push_str(graph.id(*id));
        for column in 0..ids.len() {
            out.push(',');
            match matrix.figure(row, column).map(|figure| figure.value) {
                None => {}
                // A word among numbers would make a program take them all for words.
                Some(Value::Word(word)) => out.push_str(if in_words { word } else { "" }),
                // Most are small and whole.
                Some(Value::Number(number)) if number.fract() == 0.0 && number.abs() < 1e9 => push_whole(&mut out, number as i64),
                Some(Value::Number(number)) => {
                    let _ = write!(out, "{number}");
                }
            }
        }
        out.push('\n');
    }
    out
}

fn push_whole(out: &mut String, number: i64) {
    if number < 0 {
        out.push('-');
    }
    let number = number.unsigned_abs();
    if number >= 10 {
        let mut ten = 10;
        while number / ten >= 10 {
            ten *= 10;
        }
        while ten > 1 {
            out.push(char::from(b'0' + (number / ten % 10) as u8));
            ten /= 10;
        }
    }
    out.push(char::from(b'0' + (number % 10) as u8));
}

fn table(graph: &Graph, places: &Places<'_>, section: &Section) -> String {
    let mut writer = csv::Writer::from_writer(Vec::new());
    let resting: Vec<bool> =
        (0..section.columns.len()).map(|nth| section.rows.iter().any(|row| has_basis(&row.cells[nth]))).collect();
    let keys = section.columns.iter().zip(&resting).flat_map(|(column, rests)| {
        let basis = BASIS.iter().filter(|_| *rests).map(|name| format!("{}_{name}", column.key));
        std::iter::once(column.key.clone()).chain(basis)
    });
    let header = std::iter::once("section".to_owned()).chain(keys).chain(["file".to_owned(), "line".to_owned()]);
    // Writing to memory can't fail.
    let _ = writer.write_record(header);
    for row in &section.rows {
        let _ = writer.write_record(record(graph, places, section, row, &resting));
    }
    writer.into_inner().ok().and_then(|bytes| String::from_utf8(bytes).ok()).unwrap_or_default()
}

/// What follows the column of a position: what that rests on.
const BASIS: [&str; 5] = ["statements", "independent_sources", "newest", "age_days", "grade"];

fn has_basis(cell: &Cell) -> bool {
    matches!(cell, Cell::Stands(Stand { basis: Some(_), .. }))
}

fn basis(cell: &Cell) -> [String; 5] {
    let Cell::Stands(Stand { basis: Some(basis), .. }) = cell else { return Default::default() };
    [
        basis.statements.to_string(),
        basis.independent.to_string(),
        basis.newest.map_or(String::new(), |date| date.to_string()),
        basis.age.map_or(String::new(), |days| days.to_string()),
        basis.grade.map_or(String::new(), |grade| grade.to_string()),
    ]
}

fn record(graph: &Graph, places: &Places<'_>, section: &Section, row: &Row, resting: &[bool]) -> Vec<String> {
    let words = |cell: &Cell| match cell {
        Cell::Thing(entity) => graph.id(*entity).to_owned(),
        Cell::Things(things) => things.iter().map(|entity| graph.id(*entity)).collect::<Vec<_>>().join(" "),
        Cell::Text(text) => text.clone(),
        Cell::Number(number) => number.to_string(),
        Cell::Date(date) => date.to_string(),
        Cell::Stands(stand) => stands(stand),
        Cell::Places(several) => several.iter().map(|place| places.full(*place)).collect::<Vec<_>>().join(" "),
        cell => words_of(graph, places, cell, usize::MAX),
    };
    let cells = row
        .cells
        .iter()
        .zip(resting)
        .flat_map(|(cell, rests)| std::iter::once(words(cell)).chain(if *rests { basis(cell).to_vec() } else { Vec::new() }));
    let place = row
        .place
        .map_or((String::new(), String::new()), |place| (places.file(place).to_owned(), places.start(place).line.to_string()));
    std::iter::once(section.key.to_owned()).chain(cells).chain([place.0, place.1]).collect()
}
