//! The rows of a section as people see them: the visible columns, their headings and the layout.

mod head;

use std::borrow::Cow;

use crate::graph::Graph;
use crate::progress::step;
use crate::query::{Behind, Cell, Evidence, Form, Holds, Matrix, Rows, Section, first_rows};
use crate::render::lined::WRITING;
use crate::text::Place;
use crate::words::thousands;
use head::Head;

/// What people see of a section.
pub(super) enum Content<'s> {
    /// A matrix that is small enough to read.
    Matrix(&'s Matrix),
    /// Its rows.
    Rows(Grid<'s>),
    /// Why there are none.
    Empty(&'s str),
}

impl<'s> Content<'s> {
    /// Returns what people see of a section, with at most `limit` lines, or `None` if they see
    /// nothing of it.
    pub(super) fn of(
        graph: &Graph,
        section: &Section<'s>,
        limit: Option<usize>,
    ) -> Option<Content<'s>> {
        let matrix = section.filled();
        let small = matrix
            .filter(|matrix| matrix.is_small())
            .map(Content::Matrix);
        if section.rows.count() == 0 {
            let empty = (matrix.is_none() && !section.empty.is_empty()).then_some(section.empty);
            return small.or(empty.map(Content::Empty));
        }
        let grid = Grid::of(graph, section, limit.unwrap_or(usize::MAX));
        (grid.count() > 0).then(|| small.unwrap_or(Content::Rows(grid)))
    }

    /// Returns what is above it.
    pub(super) fn heading<'h>(&'h self, section: &Section<'h>) -> &'h str {
        match self {
            Content::Rows(grid) => &grid.heading,
            Content::Matrix(_) | Content::Empty(_) => section.heading,
        }
    }
}

/// The rows of a section, laid out.
pub(super) struct Grid<'s> {
    /// What is above the rows: what they are, and how many.
    pub(super) heading: String,
    /// The columns; none where the first cell of a line names what the second says.
    pub(super) columns: Vec<Heading>,
    lines: Lines<'s>,
    /// The number of lines beyond the limit, which are left out.
    pub(super) more: usize,
    /// Whether any line shows a record.
    pub(super) has_places: bool,
}

/// A column that people see.
#[derive(Clone)]
pub(super) struct Heading {
    pub(super) words: String,
    /// Whether it holds what was asked: where actors stand. It is shown even where all rows say the
    /// same.
    #[cfg_attr(
        not(feature = "cli"),
        allow(dead_code, reason = "only text for people says once what all rows say")
    )]
    pub(super) is_asked: bool,
}

/// The lines of a grid.
enum Lines<'s> {
    /// The first rows, each made when it is needed, and the columns of them that are shown.
    Rows(&'s dyn Rows, Vec<usize>, usize),
    Made(Vec<Line>),
}

/// A line: one row, a field of a record, or several rows side by side.
#[derive(Clone)]
pub(super) struct Line {
    pub(super) cells: Vec<Cell>,
    /// The location of the record it shows.
    pub(super) place: Option<Place>,
    /// The records it rests on.
    pub(super) evidence: Vec<Evidence>,
}

impl<'s> Grid<'s> {
    /// Lays out the rows of a section as at most `limit` lines. Drops columns that are empty in
    /// every line.
    pub(super) fn of(graph: &Graph, section: &Section<'s>, limit: usize) -> Grid<'s> {
        match section.form {
            Form::List | Form::Matrix => list(section, limit),
            Form::Record => made(section, Vec::new(), record(section), usize::MAX),
            Form::Across { by, of } => {
                let (columns, lines) = across(graph, section, by, of);
                made(section, columns, lines, limit)
            }
        }
    }

    /// Returns the number of lines.
    pub(super) fn count(&self) -> usize {
        match &self.lines {
            Lines::Rows(_, _, count) => *count,
            Lines::Made(lines) => lines.len(),
        }
    }

    /// Returns the lines in order.
    pub(super) fn lines(&self) -> impl Iterator<Item = Cow<'_, Line>> {
        let progress = step(WRITING, self.count());
        let lines: Box<dyn Iterator<Item = Cow<'_, Line>>> = match &self.lines {
            Lines::Rows(rows, columns, count) => {
                Box::new(first_rows(*rows, *count).map(|row| Cow::Owned(line(row, columns))))
            }
            Lines::Made(lines) => Box::new(lines.iter().map(Cow::Borrowed)),
        };
        lines.inspect(move |_| progress.advance())
    }

    /// Returns how many lines are left out, and how to see them.
    pub(super) fn rest(&self) -> Option<String> {
        (self.more > 0).then(|| format!("{} more: `--limit 0` shows all", thousands(self.more)))
    }
}

/// Keeps the items whose flag in `used` is set.
fn keep<T>(items: &mut Vec<T>, used: &[bool]) {
    let mut used = used.iter();
    items.retain(|_| used.next().is_some_and(|used| *used));
}

/// Returns the indices of the columns that people see, the section's first column first.
fn shown(section: &Section<'_>) -> Vec<usize> {
    let columns = section.rows.columns();
    let is_shown = |nth: &usize| {
        let column = columns[*nth];
        !column.for_programs && !section.hidden.contains(&column.key)
    };
    let mut shown: Vec<usize> = (0..columns.len()).filter(is_shown).collect();
    shown.sort_by_key(|nth| columns[*nth].key != section.first);
    shown
}

fn heading(section: &Section<'_>, nth: usize) -> Heading {
    let column = section.rows.columns()[nth];
    Heading {
        words: match column.heading {
            "" => column.key.replace('_', " "),
            heading => heading.to_owned(),
        },
        is_asked: column.holds == Holds::Stand,
    }
}

fn line((mut cells, behind): (Vec<Cell>, Behind), columns: &[usize]) -> Line {
    Line {
        cells: columns
            .iter()
            .map(|nth| std::mem::take(&mut cells[*nth]))
            .collect(),
        place: behind.place,
        evidence: behind.evidence,
    }
}

/// Lays out one line per row.
fn list<'s>(section: &Section<'s>, limit: usize) -> Grid<'s> {
    let (rows, mut columns) = (section.rows, shown(section));
    let mut head = Head::new(section);
    let (mut used, mut has_places) = (vec![false; columns.len()], false);
    let count = match head.reads_rows() {
        true => rows.count(),
        false => rows.count().min(limit),
    };
    for (nth, (cells, behind)) in first_rows(rows, count).enumerate() {
        head.add(&cells, behind.place);
        if nth < limit {
            for (used, nth) in used.iter_mut().zip(&columns) {
                *used |= !cells[*nth].is_empty();
            }
            has_places |= behind.place.is_some();
        }
    }
    keep(&mut columns, &used);
    Grid {
        heading: head.words(section.heading, rows.count()),
        columns: columns.iter().map(|nth| heading(section, *nth)).collect(),
        lines: Lines::Rows(rows, columns, rows.count().min(limit)),
        more: rows.count().saturating_sub(limit),
        has_places,
    }
}

/// Makes a grid of lines that are laid out already.
fn made<'s>(
    section: &Section<'s>,
    mut columns: Vec<Heading>,
    mut lines: Vec<Line>,
    limit: usize,
) -> Grid<'s> {
    let heading = Head::new(section).words(section.heading, lines.len());
    let more = lines.len().saturating_sub(limit);
    lines.truncate(limit);
    let is_used = |nth: usize| lines.iter().any(|line| !line.cells[nth].is_empty());
    let used: Vec<bool> = (0..columns.len()).map(is_used).collect();
    if !columns.is_empty() {
        keep(&mut columns, &used);
        for line in &mut lines {
            keep(&mut line.cells, &used);
        }
    }
    Grid {
        heading,
        columns,
        has_places: lines.iter().any(|line| line.place.is_some()),
        lines: Lines::Made(lines),
        more,
    }
}

/// Lays out each field of a record on its own line; the first line carries the record's location.
fn record(section: &Section<'_>) -> Vec<Line> {
    let mut lines = Vec::new();
    for (cells, behind) in first_rows(section.rows, section.rows.count()) {
        let of_record = |nth: usize| Line {
            cells: vec![Cell::Text(heading(section, nth).words), cells[nth].clone()],
            place: None,
            evidence: Vec::new(),
        };
        let mut fields = shown(section)
            .into_iter()
            .filter(|nth| !cells[*nth].is_empty());
        lines.extend(fields.next().map(|first| Line {
            place: behind.place,
            evidence: behind.evidence.clone(),
            ..of_record(first)
        }));
        lines.extend(fields.map(of_record));
    }
    lines
}

/// Puts rows that agree in all but two columns on one line: the things in column `by` become
/// headings above the cells of column `of`.
fn across(graph: &Graph, section: &Section<'_>, by: &str, of: &str) -> (Vec<Heading>, Vec<Line>) {
    let columns = shown(section);
    let nth = |key: &str| {
        let is_it = |nth: &usize| section.rows.columns()[*nth].key == key;
        columns.iter().position(is_it)
    };
    let rows = first_rows(section.rows, section.rows.count());
    let lines: Vec<Line> = rows.map(|row| line(row, &columns)).collect();
    let mut headings: Vec<Heading> = columns.iter().map(|nth| heading(section, *nth)).collect();
    let (Some(by), Some(of)) = (nth(by), nth(of)) else {
        return (headings, lines);
    };
    let mut across: Vec<Cell> = Vec::new();
    for line in &lines {
        if !across.contains(&line.cells[by]) {
            across.push(line.cells[by].clone());
        }
    }
    let mut wide: Vec<Line> = Vec::new();
    let mut last: Option<Vec<Cell>> = None;
    for mut line in lines {
        let (thing, value) = (line.cells[by].clone(), std::mem::take(&mut line.cells[of]));
        line.cells.remove(by);
        if last.as_ref() != Some(&line.cells) {
            last = Some(line.cells.clone());
            let at = of - usize::from(by < of);
            let cells = line
                .cells
                .splice(at..=at, vec![Cell::Nothing; across.len()]);
            drop(cells);
            wide.push(Line {
                cells: line.cells,
                place: None,
                evidence: Vec::new(),
            });
        }
        let column = across.iter().position(|other| *other == thing);
        if let (Some(wide), Some(column)) = (wide.last_mut(), column) {
            wide.cells[of - usize::from(by < of) + column] = value;
            wide.place = wide.place.or(line.place);
            for evidence in line.evidence {
                if !wide.evidence.contains(&evidence) {
                    wide.evidence.push(evidence);
                }
            }
        }
    }
    let named = |cell: Cell| Heading {
        words: match cell {
            Cell::Thing(entity) => graph.name(entity).to_owned(),
            _ => String::new(),
        },
        is_asked: true,
    };
    headings.remove(by);
    let at = of - usize::from(by < of);
    headings
        .splice(at..=at, across.into_iter().map(named))
        .for_each(drop);
    (headings, wide)
}
