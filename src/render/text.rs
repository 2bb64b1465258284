//! An answer as text for a terminal: headings, tables that fit, and under them, if asked, the statements behind each row.

use std::fmt::Write;

use anstyle::{AnsiColor, Style};
use comfy_table::{Cell as TableCell, ColumnConstraint, ContentArrangement, Table, Width};

use crate::graph::Graph;
use crate::query::{Answer, Evidence, Row, Section};
use crate::render::cells::{fate_words, one_line, told, words_of};
use crate::render::{Places, Why};

/// Whether the text has colours. They never say what words don't.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Paint {
    /// None.
    #[default]
    Plain,
    /// The sixteen colours of a terminal.
    Coloured,
}

/// What the text must fit.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Shape {
    /// The width in columns; none for as wide as it gets.
    pub width: Option<usize>,
    /// Its colours.
    pub paint: Paint,
}

/// So many things are named in one cell.
const MOST: usize = 40;

/// The answer as text.
pub fn text(graph: &Graph, answer: &Answer, why: Why, shape: Shape) -> String {
    let writer = Writer { graph, places: Places::new(graph), shape };
    let mut out = String::new();
    let _ = writeln!(out, "{}", writer.painted(&one_line(&answer.title), Style::new().bold()));
    for section in &answer.sections {
        writer.section(&mut out, section, why);
    }
    for note in &answer.notes {
        let _ = writeln!(out, "\n{}", wrapped(note, shape.width, 0));
    }
    out
}

struct Writer<'g> {
    graph: &'g Graph,
    places: Places<'g>,
    shape: Shape,
}

impl Writer<'_> {
    fn painted(&self, text: &str, style: Style) -> String {
        match self.shape.paint {
            Paint::Plain => text.to_owned(),
            Paint::Coloured => format!("{style}{text}{style:#}"),
        }
    }

    fn section(&self, out: &mut String, section: &Section, why: Why) {
        if section.rows.is_empty() && section.empty.is_empty() {
            return;
        }
        let heading = one_line(&section.heading);
        if !heading.is_empty() {
            let _ = write!(out, "\n{}\n", self.painted(&heading, Style::new().bold().fg_color(Some(AnsiColor::Cyan.into()))));
        } else {
            out.push('\n');
        }
        if section.rows.is_empty() {
            let _ = writeln!(out, "{}", wrapped(&section.empty, self.shape.width, 0));
            return;
        }
        out.push_str(&self.table(section));
        if why == Why::Shown {
            self.why(out, section);
        }
    }

    fn table(&self, section: &Section) -> String {
        let mut table = Table::new();
        table.load_style(comfy_table::presets::NOTHING).set_content_arrangement(ContentArrangement::Disabled);
        let places = section.rows.iter().any(|row| row.place.is_some());
        let used: Vec<usize> = (0..section.columns.len())
            .filter(|nth| section.rows.iter().any(|row| row.cells.get(*nth).is_some_and(|cell| *cell != Default::default())))
            .collect();
        let fields = section.columns.first().is_some_and(|column| column.key == "field");
        if !fields {
            let headings =
                used.iter().map(|nth| one_line(&section.columns[*nth].heading)).chain(places.then(|| "where".to_owned()));
            table.set_header(headings.map(|heading| TableCell::new(self.painted(&heading, Style::new().underline()))));
        }
        for row in &section.rows {
            let cells = used.iter().map(|nth| words_of(self.graph, &row.cells[*nth], MOST));
            let place = places.then(|| row.place.map_or(String::new(), |place| self.places.short(place)));
            table.add_row(cells.chain(place));
        }
        if !self.fit(&mut table) {
            return self.blocks(section, &used);
        }
        let lines = table.lines().map(|line| line.trim_end().to_owned() + "\n");
        lines.collect()
    }

    /// Makes the table as narrow as the terminal, if it can be without breaking words: a date or a place stays in one piece.
    fn fit(&self, table: &mut Table) -> bool {
        let Some(width) = self.shape.width else { return true };
        table.set_content_arrangement(ContentArrangement::Dynamic).set_width(width.clamp(20, u16::MAX.into()) as u16);
        let columns = table.column_count().max(1);
        let mut longest = vec![0; columns];
        for cells in table.row_iter().map(|row| row.cell_iter()).chain(table.header().map(|row| row.cell_iter())) {
            for (nth, cell) in cells.enumerate() {
                let content = cell.content();
                let words = content.split_whitespace().map(unicode_width::UnicodeWidthStr::width);
                longest[nth] = longest[nth].max(words.max().unwrap_or(0));
            }
        }
        if longest.iter().map(|word| word + 2).sum::<usize>() > width {
            return false;
        }
        for (column, word) in table.column_iter_mut().zip(longest) {
            column.set_constraint(ColumnConstraint::LowerBoundary(Width::Fixed((word + 2) as u16)));
        }
        true
    }

    /// Rows that are too wide for a table: one under the other, a line for each column.
    fn blocks(&self, section: &Section, used: &[usize]) -> String {
        let mut out = String::new();
        let name = |nth: usize| one_line(&section.columns[nth].heading);
        let widest = used.iter().map(|nth| unicode_width::UnicodeWidthStr::width(name(*nth).as_str())).max().unwrap_or(0).max(5);
        for row in &section.rows {
            let place = row.place.map(|place| ("where".to_owned(), self.places.short(place)));
            let cells = used.iter().map(|nth| (name(*nth), words_of(self.graph, &row.cells[*nth], MOST)));
            for (nth, (name, words)) in cells.chain(place).filter(|(_, words)| !words.is_empty()).enumerate() {
                let lead = format!("{}{name:widest$}  ", if nth == 0 { " - " } else { "   " });
                let indent = unicode_width::UnicodeWidthStr::width(lead.as_str());
                let text = wrapped(&words, self.shape.width, indent);
                let _ = writeln!(out, "{lead}{}", text.trim_start());
            }
        }
        out
    }

    fn why(&self, out: &mut String, section: &Section) {
        for row in section.rows.iter().filter(|row| !row.evidence.is_empty()) {
            let label: Vec<String> =
                row.cells.iter().take(3).map(|cell| words_of(self.graph, cell, 3)).filter(|words| !words.is_empty()).collect();
            let _ = writeln!(out, "\n  {}", self.painted(&format!("why: {}", label.join(", ")), Style::new().dimmed()));
            for evidence in &row.evidence {
                self.evidence(out, row, *evidence);
            }
        }
    }

    fn evidence(&self, out: &mut String, _row: &Row, evidence: Evidence) {
        let told = told(self.graph, evidence);
        let mut line = format!("- {}", told.summary);
        if !told.quote.is_empty() {
            let _ = write!(line, " “{}”", told.quote);
        }
        if let Some(by) = told.said_by {
            let _ = write!(line, ", said by {}", one_line(self.graph.name(by)));
        }
        let ids = told.sources.iter().map(|id| self.graph.sources[id.index()].id.to_string());
        let sources: Vec<String> = ids.collect();
        let mut origin: Vec<String> = Vec::new();
        origin.extend(Some(told.date).filter(|date| !date.is_empty()));
        origin.push(if sources.is_empty() { "no source".to_owned() } else { sources.join(", ") });
        origin.extend(Some(told.at).filter(|at| !at.is_empty()));
        origin.push(self.places.full(evidence.place(self.graph)));
        origin.extend(told.fate.map(|fate| fate_words(fate).to_owned()));
        let _ = write!(line, " ({})", origin.join("; "));
        let _ = writeln!(out, "{}", wrapped(&line, self.shape.width, 4));
    }
}

/// Text wrapped by words, all lines indented.
fn wrapped(text: &str, width: Option<usize>, indent: usize) -> String {
    let room = width.map_or(usize::MAX, |width| width.saturating_sub(indent).max(20));
    let mut lines: Vec<String> = vec![String::new()];
    for word in text.split(' ') {
        let line = lines.last_mut();
        match line {
            Some(line) if line.is_empty() => line.push_str(word),
            Some(line)
                if unicode_width::UnicodeWidthStr::width(line.as_str()) + unicode_width::UnicodeWidthStr::width(word) < room =>
            {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    let hanging = if text.starts_with("- ") { 2 } else { 0 };
    let indented =
        lines.iter().enumerate().map(|(nth, line)| format!("{:1$}{line}", "", indent + if nth > 0 { hanging } else { 0 }));
    indented.collect::<Vec<_>>().join("\n")
}
