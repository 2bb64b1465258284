//! An answer as CSV: one table. Of an answer with several sections, each row says which it is of.

use std::io::Write;

use crate::graph::Graph;
use crate::measure::agreement::Half;
use crate::query::{Answer, Cell, Matrix, Row, Section, Stand, Value};
use crate::render::Places;
use crate::render::cells::{stands, words_of};

/// The answer as CSV (RFC 4180, with a header).
pub fn csv(graph: &Graph, answer: &Answer) -> String {
    if let Some(matrix) = answer
        .sections
        .iter()
        .find_map(|section| section.matrix.as_ref())
    {
        return if matrix.is_net() {
            net_table(graph, matrix)
        } else {
            matrix_table(graph, matrix)
        };
    }
    let places = Places::new(graph);
    let mut out = String::new();
    let sections: Vec<&Section> = answer
        .sections
        .iter()
        .filter(|section| !section.rows.is_empty())
        .collect();
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

/// Every two actors that share an issue, each once: on how many they are on the same side, on how many on opposite ones, and
/// the former less the latter.
fn net_table(graph: &Graph, matrix: &Matrix) -> String {
    let lines = matrix.fold(Half::Before, Vec::new, |lines: &mut Vec<u8>, line| {
        line.each(|column, figure| {
            let (same, opposite) = figure.sides.unwrap_or_default();
            for id in [matrix.rows[column], matrix.rows[line.row]] {
                lines.extend_from_slice(graph.id(id).as_bytes());
                lines.push(b',');
            }
            let numbers = [same as i32 - opposite as i32, same as i32, opposite as i32];
            for (nth, number) in numbers.into_iter().enumerate() {
                if nth > 0 {
                    lines.push(b',');
                }
                push_whole(lines, number);
            }
            lines.push(b'\n');
        });
    });
    let header = b"actor,other,net,same,opposite\n".to_vec();
    let all = std::iter::once(header)
        .chain(lines)
        .collect::<Vec<_>>()
        .concat();
    String::from_utf8(all).unwrap_or_default()
}

/// A matrix as other programs take it: ids along both sides, numbers at full precision, nothing where nothing is known.
fn matrix_table(graph: &Graph, matrix: &Matrix) -> String {
    let in_words = matrix.is_in_words();
    let ids = matrix.columns.iter().flat_map(|id| [",", graph.id(*id)]);
    let header: String = std::iter::once("actor").chain(ids).chain(["\n"]).collect();
    let lines = matrix.fold(Half::Both, Vec::new, |lines: &mut Vec<u8>, line| {
        lines.extend_from_slice(graph.id(matrix.rows[line.row]).as_bytes());
        for column in 0..matrix.columns.len() {
            lines.push(b',');
            match line.figure(column).map(|figure| figure.value) {
                None => {}
                // A word among numbers would make a program take them all for words.
                Some(Value::Word(word)) => {
                    lines.extend_from_slice(if in_words { word.as_bytes() } else { b"" })
                }
                // Most are small and whole.
                Some(Value::Number(number)) if f64::from(number as i32) == number => {
                    push_whole(lines, number as i32)
                }
                Some(Value::Number(number)) => {
                    // Writing to memory can't fail.
                    let _ = write!(lines, "{number}");
                }
            }
        }
        lines.push(b'\n');
    });
    let all = std::iter::once(header.into_bytes())
        .chain(lines)
        .collect::<Vec<_>>()
        .concat();
    String::from_utf8(all).unwrap_or_default()
}

fn push_whole(out: &mut Vec<u8>, number: i32) {
    if number < 0 {
        out.push(b'-');
    }
    let (mut digits, mut left) = ([b'0'; 10], number.unsigned_abs());
    if left < 10 {
        return out.push(b'0' + left as u8);
    }
    let mut at = digits.len() - 1;
    while left >= 10 {
        digits[at] += (left % 10) as u8;
        (at, left) = (at - 1, left / 10);
    }
    digits[at] += left as u8;
    out.extend_from_slice(&digits[at..]);
}

fn table(graph: &Graph, places: &Places<'_>, section: &Section) -> String {
    let mut writer = csv::Writer::from_writer(Vec::new());
    let resting: Vec<bool> = (0..section.columns.len())
        .map(|nth| section.rows.iter().any(|row| has_basis(&row.cells[nth])))
        .collect();
    let keys = section
        .columns
        .iter()
        .zip(&resting)
        .flat_map(|(column, rests)| {
            let basis = BASIS
                .iter()
                .filter(|_| *rests)
                .map(|name| format!("{}_{name}", column.key));
            std::iter::once(column.key.clone()).chain(basis)
        });
    let header = std::iter::once("section".to_owned())
        .chain(keys)
        .chain(["file".to_owned(), "line".to_owned()]);
    // Writing to memory can't fail.
    let _ = writer.write_record(header);
    for row in &section.rows {
        let _ = writer.write_record(record(graph, places, section, row, &resting));
    }
    writer
        .into_inner()
        .ok()
        .and_then(|bytes| String::from_utf8(bytes).ok())
        .unwrap_or_default()
}

/// What follows the column of a position: what that rests on.
const BASIS: [&str; 5] = [
    "statements",
    "independent_sources",
    "newest",
    "age_days",
    "grade",
];

fn has_basis(cell: &Cell) -> bool {
    matches!(cell, Cell::Stands(Stand { basis: Some(_), .. }))
}

fn basis(cell: &Cell) -> [String; 5] {
    let Cell::Stands(Stand {
        basis: Some(basis), ..
    }) = cell
    else {
        return Default::default();
    };
    [
        basis.statements.to_string(),
        basis.independent.to_string(),
        basis.newest.map_or(String::new(), |date| date.to_string()),
        basis.age.map_or(String::new(), |days| days.to_string()),
        basis.grade.map_or(String::new(), |grade| grade.to_string()),
    ]
}

fn record(
    graph: &Graph,
    places: &Places<'_>,
    section: &Section,
    row: &Row,
    resting: &[bool],
) -> Vec<String> {
    let words = |cell: &Cell| match cell {
        Cell::Thing(entity) => graph.id(*entity).to_owned(),
        Cell::Things(things) => things
            .iter()
            .map(|entity| graph.id(*entity))
            .collect::<Vec<_>>()
            .join(" "),
        Cell::Text(text) => text.clone(),
        Cell::Number(number) => number.to_string(),
        Cell::Date(date) => date.to_string(),
        Cell::Stands(stand) => stands(stand),
        Cell::Places(several) => several
            .iter()
            .map(|place| places.full(*place))
            .collect::<Vec<_>>()
            .join(" "),
        cell => words_of(graph, places, cell, usize::MAX),
    };
    let cells = row.cells.iter().zip(resting).flat_map(|(cell, rests)| {
        std::iter::once(words(cell)).chain(if *rests {
            basis(cell).to_vec()
        } else {
            Vec::new()
        })
    });
    let place = row.place.map_or((String::new(), String::new()), |place| {
        (
            places.file(place).to_owned(),
            places.start(place).line.to_string(),
        )
    });
    std::iter::once(section.key.to_owned())
        .chain(cells)
        .chain([place.0, place.1])
        .collect()
}
