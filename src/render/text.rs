//! An answer as text for a terminal: headings, tables that fit and, if asked for, the statements
//! behind each row.

mod matrix;
mod table;

use std::fmt::Write;

use crate::graph::Graph;
use crate::query::{Answer, Cell, Evidence, Section, shows_basis};
use crate::render::cells::{BASIS, MOST, Records, words_of};
use crate::render::grid::{Content, Grid};
use crate::render::{Places, Why};
use crate::words::{indented, one_line};
use anstyle::{AnsiColor, Style};

/// Whether the text is coloured. Colours never carry information that the words don't.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Paint {
    /// No colours.
    #[default]
    Plain,
    /// The sixteen colours of a terminal.
    Coloured,
}

/// The output's constraints.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Shape {
    /// The width in columns, or `None` for no limit.
    pub width: Option<usize>,
    /// The most lines of a table, or `None` for all.
    pub limit: Option<usize>,
    /// Whether to colour the text.
    pub paint: Paint,
}

/// Returns the answer as text.
pub fn text(graph: &Graph, answer: &dyn Answer, why: Why, shape: Shape) -> String {
    let writer = Writer {
        graph,
        places: Places::new(graph),
        records: Records::new(graph),
        shape,
    };
    let mut out = String::new();
    let _ = writeln!(
        out,
        "{}",
        writer.painted(
            &indented(&one_line(answer.title()), shape.width, 0),
            Style::new().bold()
        )
    );
    for section in answer.sections() {
        writer.section(&mut out, &section, why);
    }
    let brackets = shows_basis(answer).then_some(BASIS);
    for note in brackets
        .into_iter()
        .chain(answer.notes().iter().map(|note| note.text.as_str()))
    {
        let _ = writeln!(out, "\n{}", indented(&one_line(note), shape.width, 0));
    }
    out
}

struct Writer<'g> {
    graph: &'g Graph,
    places: Places<'g>,
    records: Records<'g>,
    shape: Shape,
}

impl Writer<'_> {
    fn painted(&self, text: &str, style: Style) -> String {
        match self.shape.paint {
            Paint::Plain => text.to_owned(),
            Paint::Coloured => format!("{style}{text}{style:#}"),
        }
    }

    fn section(&self, out: &mut String, section: &Section<'_>, why: Why) {
        let Some(content) = Content::of(self.graph, section, self.shape.limit) else {
            return;
        };
        let heading = indented(&one_line(section.heading), self.shape.width, 0);
        if !heading.is_empty() {
            let _ = write!(
                out,
                "\n{}\n",
                self.painted(
                    &heading,
                    Style::new().bold().fg_color(Some(AnsiColor::Cyan.into()))
                )
            );
        } else {
            out.push('\n');
        }
        match content {
            Content::Matrix(matrix) => {
                out.push_str(&matrix::matrix(self.graph, matrix, self.shape.width));
            }
            Content::Rows(grid) => {
                out.push_str(&self.table(&grid));
                if let Some(rest) = grid.rest() {
                    let _ = writeln!(out, " {rest}");
                }
                if why == Why::Shown {
                    self.why(out, &grid);
                }
            }
            Content::Empty(why) => {
                let _ = writeln!(out, "{}", indented(&one_line(why), self.shape.width, 0));
            }
        }
    }

    fn table(&self, grid: &Grid) -> String {
        let places = grid.has_places();
        let rows = grid.lines.iter().map(|line| {
            let cells = line
                .cells
                .iter()
                .map(|cell| words_of(self.graph, &self.places, cell, MOST));
            let place = places.then(|| {
                line.place
                    .map_or(String::new(), |place| one_line(&self.places.line(place)))
            });
            cells.chain(place).collect()
        });
        let place = (places && !grid.headings.is_empty()).then(|| "where".to_owned());
        let headings = grid.headings.iter().map(|heading| one_line(heading));
        let words = table::Words {
            headings: headings.chain(place).collect(),
            rows: rows.collect(),
        };
        table::table(words, self.shape.width, |heading| {
            self.painted(heading, Style::new().underline())
        })
    }

    fn why(&self, out: &mut String, grid: &Grid) {
        for line in grid.lines.iter().filter(|line| !line.evidence.is_empty()) {
            let words = line
                .cells
                .iter()
                .zip(&grid.headings)
                .map(|(cell, heading)| {
                    let words = words_of(self.graph, &self.places, cell, 3);
                    match cell {
                        // A number alone says nothing.
                        Cell::Number(_) | Cell::Assumed(_) => format!("{heading} {words}"),
                        _ => words,
                    }
                });
            let words = words.filter(|words| !words.trim().is_empty());
            let label: Vec<String> = words.take(3).collect();
            let label = indented(&format!("why: {}", label.join(", ")), self.shape.width, 2);
            let _ = writeln!(out, "\n{}", self.painted(&label, Style::new().dimmed()));
            for evidence in &line.evidence {
                self.evidence(out, *evidence);
            }
        }
    }

    fn evidence(&self, out: &mut String, evidence: Evidence) {
        let place = self.places.line(evidence.place(self.graph));
        let line = self.records.line(evidence, Some(place));
        let line = indented(&format!("- {}", one_line(&line)), self.shape.width, 4);
        let _ = writeln!(out, "{line}");
    }
}
