//! An answer as plain lines, for a reader that pays by the word: no column is padded, positions say in
//! full what they rest on, and each row is followed by the statements behind it.

use std::fmt::Write;

use crate::graph::{Basis, Graph, Verdict};
use crate::query::{Answer, Cell, Matrix, Section, Stand};
use crate::render::Places;
use crate::render::cells::{MOST, Records, stands, with_basis, words_of};
use crate::render::grid::{Content, Grid};
use crate::words::{counted, one_line};

/// Returns the answer as lines. `rest` says, by the key of a table, which rows of it are not shown.
pub(crate) fn plain(
    graph: &Graph,
    answer: &dyn Answer,
    rest: &dyn Fn(&str) -> Option<String>,
) -> String {
    let writer = Writer {
        graph,
        places: Places::new(graph),
        records: Records::new(graph),
    };
    let mut out = format!("{}\n", one_line(answer.title()));
    for section in answer.sections() {
        writer.section(&mut out, &section);
        if let Some(rest) = rest(section.key) {
            let _ = writeln!(out, "{rest}");
        }
    }
    for note in answer.notes().iter() {
        let _ = write!(out, "\n{}\n", one_line(&note.text));
    }
    out
}

struct Writer<'g> {
    graph: &'g Graph,
    places: Places<'g>,
    records: Records<'g>,
}

impl Writer<'_> {
    fn section(&self, out: &mut String, section: &Section<'_>) {
        let Some(content) = Content::of(self.graph, section, None) else {
            return;
        };
        let heading = content.heading(section);
        let _ = write!(out, "\n{}", one_line(heading));
        if !heading.is_empty() {
            out.push('\n');
        }
        match content {
            Content::Matrix(matrix) => self.matrix(out, matrix),
            Content::Rows(grid) => self.rows(out, &grid),
            Content::Empty(why) => {
                let _ = writeln!(out, "{}", one_line(why));
            }
        }
    }

    fn rows(&self, out: &mut String, grid: &Grid<'_>) {
        let placed = grid.has_places;
        if !grid.columns.is_empty() {
            let headings = grid.columns.iter().map(|column| one_line(&column.words));
            let place = placed.then(|| "where".to_owned());
            let headings: Vec<String> = headings.chain(place).collect();
            let _ = writeln!(out, "{}", headings.join(" | "));
        }
        for line in grid.lines() {
            let mut cells: Vec<String> = line.cells.iter().map(|cell| self.cell(cell)).collect();
            if let Some(place) = line.place.filter(|_| placed) {
                cells.push(one_line(&self.places.line(place)));
            }
            let _ = writeln!(out, "- {}", cells.join(" | "));
            for evidence in &line.evidence {
                let place = self.places.line(evidence.place(self.graph));
                let record = self.records.line(*evidence, Some(place));
                let _ = writeln!(out, "    {}", one_line(&record));
            }
        }
    }

    fn cell(&self, cell: &Cell) -> String {
        let words = match cell {
            Cell::Stands(stand) => self.stand(stand),
            cell => words_of(self.graph, &self.places, cell, MOST),
        };
        words.replace('|', "¦")
    }

    fn stand(&self, stand: &Stand) -> String {
        let mut words = match stand.verdict {
            Verdict::Unknown => format!("{}: no statement", Verdict::Unknown.word()),
            _ => stands(stand),
        };
        if let Some(basis) = stand.basis {
            let _ = write!(words, " ({})", basis_in_full(basis));
        }
        for offer in &stand.offers {
            let _ = write!(words, "; {}", offer.words());
        }
        one_line(&words)
    }

    fn matrix(&self, out: &mut String, matrix: &Matrix) {
        let ids: Vec<&str> = matrix.columns.iter().map(|id| self.graph.id(*id)).collect();
        let _ = writeln!(out, "| {}", ids.join(" | "));
        let lines = matrix.lines(|line| {
            let figures = (0..matrix.columns.len()).map(|column| line.figure(column));
            let figures = figures.map(|figure| figure.map_or(String::new(), with_basis));
            let figures: Vec<String> = figures.collect();
            let row = self.graph.id(matrix.rows[line.row]);
            format!("{row} | {}\n", figures.join(" | "))
        });
        out.extend(lines.iter().map(|line| one_line(line) + "\n"));
    }
}

/// Returns what a position rests on: `2 statements, 1 independent source, newest 2023-06-18, grade B2`.
fn basis_in_full(basis: Basis) -> String {
    let statements = counted(basis.statements, "statement");
    let sources = counted(basis.independent, "independent source");
    let newest = basis.newest.map(|date| format!("newest {date}"));
    let grade = basis.grade.map(|grade| format!("grade {grade}"));
    let parts = [Some(statements), Some(sources), newest, grade];
    parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
}
