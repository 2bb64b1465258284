//! An answer as text for a terminal: headings, tables that fit and, if asked for, the statements
//! behind each row.

mod matrix;
mod table;

use std::borrow::Cow;
use std::io::{self, Write};

use crate::graph::Graph;
use crate::query::{Answer, Cell, Evidence, Section};
use crate::render::cells::{MOST, Records, brackets, words_of};
use crate::render::grid::{Content, Grid, Heading, Line};
use crate::render::lined::collected;
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
    collected(|out| write_text(out, graph, answer, why, shape))
}

/// Writes the answer as text, row by row.
pub(crate) fn write_text(
    out: &mut dyn Write,
    graph: &Graph,
    answer: &dyn Answer,
    why: Why,
    shape: Shape,
) -> io::Result<()> {
    let writer = Writer {
        graph,
        places: Places::new(graph),
        records: Records::new(graph),
        shape,
    };
    let title = indented(&one_line(answer.title()), shape.width, 0);
    writeln!(out, "{}", writer.painted(&title, Style::new().bold()))?;
    for section in answer.sections() {
        writer.section(out, &section, why)?;
    }
    let notes = answer.notes().iter().map(|note| note.text.clone());
    for note in brackets(answer).into_iter().chain(notes) {
        writeln!(out, "\n{}", indented(&one_line(&note), shape.width, 0))?;
    }
    Ok(())
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

    fn section(&self, out: &mut dyn Write, section: &Section<'_>, why: Why) -> io::Result<()> {
        let Some(content) = Content::of(self.graph, section, self.shape.limit) else {
            return Ok(());
        };
        let heading = indented(&one_line(content.heading(section)), self.shape.width, 0);
        writeln!(out)?;
        if !heading.is_empty() {
            let style = Style::new().bold().fg_color(Some(AnsiColor::Cyan.into()));
            writeln!(out, "{}", self.painted(&heading, style))?;
        }
        match content {
            Content::Matrix(matrix) => {
                let matrix = matrix::matrix(self.graph, matrix, self.shape.width);
                out.write_all(matrix.as_bytes())
            }
            Content::Rows(grid) => {
                self.table(out, &grid)?;
                if let Some(rest) = grid.rest() {
                    writeln!(out, " {rest}")?;
                }
                match why {
                    Why::Shown => self.why(out, &grid),
                    Why::Brief => Ok(()),
                }
            }
            Content::Empty(why) => {
                writeln!(out, "{}", indented(&one_line(why), self.shape.width, 0))
            }
        }
    }

    fn table(&self, out: &mut dyn Write, grid: &Grid<'_>) -> io::Result<()> {
        let words = |line: Cow<'_, Line>| -> Vec<String> {
            let cells = line.cells.iter();
            let cells = cells.map(|cell| words_of(self.graph, &self.places, cell, MOST));
            let place = grid.has_places.then(|| {
                line.place
                    .map_or(String::new(), |place| one_line(&self.places.line(place)))
            });
            cells.chain(place).collect()
        };
        let place = (grid.has_places && !grid.columns.is_empty()).then(|| Heading {
            words: "where".to_owned(),
            is_asked: false,
        });
        let headings = grid.columns.iter().map(|column| Heading {
            words: one_line(&column.words),
            ..*column
        });
        let rows =
            || -> Box<dyn Iterator<Item = Vec<String>> + '_> { Box::new(grid.lines().map(words)) };
        let words = table::Words::new(headings.chain(place).collect(), grid.count(), &rows);
        let underlined = |heading: &str| self.painted(heading, Style::new().underline());
        let each = match grid.rest() {
            Some(_) => "each shown",
            None => "each",
        };
        table::table(out, &words, self.shape.width, each, underlined)
    }

    fn why(&self, out: &mut dyn Write, grid: &Grid<'_>) -> io::Result<()> {
        for line in grid.lines().filter(|line| !line.evidence.is_empty()) {
            let words = line.cells.iter().zip(&grid.columns).map(|(cell, heading)| {
                let words = words_of(self.graph, &self.places, cell, 3);
                match cell {
                    // A number alone says nothing.
                    Cell::Number(_) | Cell::Assumed(_) => format!("{} {words}", heading.words),
                    _ => words,
                }
            });
            let words = words.filter(|words| !words.trim().is_empty());
            let label: Vec<String> = words.take(3).collect();
            let label = indented(&format!("why: {}", label.join(", ")), self.shape.width, 2);
            writeln!(out, "\n{}", self.painted(&label, Style::new().dimmed()))?;
            for evidence in &line.evidence {
                self.evidence(out, *evidence)?;
            }
        }
        Ok(())
    }

    fn evidence(&self, out: &mut dyn Write, evidence: Evidence) -> io::Result<()> {
        let place = self.places.line(evidence.place(self.graph));
        let line = self.records.line(evidence, Some(place));
        let line = indented(&format!("- {}", one_line(&line)), self.shape.width, 4);
        writeln!(out, "{line}")
    }
}
