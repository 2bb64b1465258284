//! The rows of a section as people see them: the visible columns, their headings and the layout.

use crate::graph::Graph;
use crate::query::{Cell, Evidence, Form, Matrix, Section};
use crate::text::Place;

/// What people see of a section.
pub(super) enum Content<'s> {
    /// A matrix that is small enough to read.
    Matrix(&'s Matrix),
    /// Its rows.
    Rows(Grid),
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
        (!grid.lines.is_empty()).then(|| small.unwrap_or(Content::Rows(grid)))
    }
}

/// The rows of a section, laid out.
pub(super) struct Grid {
    /// A heading for each column; empty where the first cell of a line names what the second says.
    pub(super) headings: Vec<String>,
    /// The lines, each with one cell per column.
    pub(super) lines: Vec<Line>,
    /// The number of lines beyond the limit, which are left out.
    pub(super) more: usize,
}

/// A line: one row, a field of a record, or several rows side by side.
pub(super) struct Line {
    pub(super) cells: Vec<Cell>,
    /// The location of the record it shows.
    pub(super) place: Option<Place>,
    /// The records it rests on.
    pub(super) evidence: Vec<Evidence>,
}

impl Grid {
    /// Lays out the rows of a section as at most `limit` lines. Drops columns that are empty in
    /// every line.
    pub(super) fn of(graph: &Graph, section: &Section<'_>, limit: usize) -> Grid {
        match section.form {
            Form::List | Form::Matrix => list(section, limit).used(),
            Form::Record => record(section),
            Form::Across { by, of } => across(graph, section, by, of).cut(limit).used(),
        }
    }

    /// Leaves out the lines beyond the limit.
    fn cut(mut self, limit: usize) -> Grid {
        self.more = self.lines.len().saturating_sub(limit);
        self.lines.truncate(limit);
        self
    }

    /// Returns whether any line shows a record.
    pub(super) fn has_places(&self) -> bool {
        self.lines.iter().any(|line| line.place.is_some())
    }

    /// Returns how many lines are left out, and how to see them.
    pub(super) fn rest(&self) -> Option<String> {
        (self.more > 0).then(|| format!("{} more: `--limit 0` shows all", self.more))
    }

    fn used(mut self) -> Grid {
        let is_used = |nth: usize| self.lines.iter().any(|line| !line.cells[nth].is_empty());
        let used: Vec<bool> = (0..self.headings.len()).map(is_used).collect();
        keep(&mut self.headings, &used);
        for line in &mut self.lines {
            keep(&mut line.cells, &used);
        }
        self
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

fn heading(section: &Section<'_>, nth: usize) -> String {
    let column = section.rows.columns()[nth];
    match column.heading {
        "" => column.key.replace('_', " "),
        heading => heading.to_owned(),
    }
}

fn list(section: &Section<'_>, limit: usize) -> Grid {
    let shown = shown(section);
    let line = |row: usize| {
        let mut cells = section.rows.cells(row);
        let behind = section.rows.behind(row);
        Line {
            cells: shown
                .iter()
                .map(|nth| std::mem::take(&mut cells[*nth]))
                .collect(),
            place: behind.place,
            evidence: behind.evidence.clone(),
        }
    };
    Grid {
        headings: shown.iter().map(|nth| heading(section, *nth)).collect(),
        lines: (0..section.rows.count().min(limit)).map(line).collect(),
        more: section.rows.count().saturating_sub(limit),
    }
}

/// Lays out each field of a record on its own line; the first line carries the record's location.
fn record(section: &Section<'_>) -> Grid {
    let mut lines = Vec::new();
    for row in 0..section.rows.count() {
        let cells = section.rows.cells(row);
        let behind = section.rows.behind(row);
        let of_record = |nth: usize| Line {
            cells: vec![Cell::Text(heading(section, nth)), cells[nth].clone()],
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
    Grid {
        headings: Vec::new(),
        lines,
        more: 0,
    }
}

/// Puts rows that agree in all but two columns on one line: the things in column `by` become
/// headings above the cells of column `of`.
fn across(graph: &Graph, section: &Section<'_>, by: &str, of: &str) -> Grid {
    let Grid {
        headings,
        lines,
        more,
    } = list(section, usize::MAX);
    let nth = |key: &str| {
        headings
            .iter()
            .position(|heading| heading.replace(' ', "_") == *key)
    };
    let (Some(by), Some(of)) = (nth(by), nth(of)) else {
        return Grid {
            headings,
            lines,
            more,
        };
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
    let name = |cell: Cell| match cell {
        Cell::Thing(entity) => graph.name(entity).to_owned(),
        _ => String::new(),
    };
    let mut wide_headings = headings;
    wide_headings.remove(by);
    let at = of - usize::from(by < of);
    wide_headings
        .splice(at..=at, across.into_iter().map(name))
        .for_each(drop);
    Grid {
        headings: wide_headings,
        lines: wide,
        more,
    }
}
