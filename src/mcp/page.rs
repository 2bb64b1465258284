//! A page of an answer: some rows of each table, whole, with the next offset.

use std::borrow::Cow;
use std::ops::Range;

use serde_json::{Value, json};

use crate::query::{Answer, Behind, Cell, Column, Form, Notes, Rows, Section};

/// The most cells of a matrix that are sent; the rest is named cell by cell.
const MOST_CELLS: usize = 900;

/// Which part of an answer is wanted.
#[derive(Clone, Debug)]
pub(super) struct Wanted {
    /// The most lines of each table.
    pub(super) limit: usize,
    /// How many lines of each table to pass over.
    pub(super) offset: usize,
    /// The only table wanted.
    pub(super) section: Option<String>,
    /// The most records behind each row.
    pub(super) records: usize,
}

/// An answer, with some of its rows.
pub(super) struct Page<'a> {
    answer: &'a dyn Answer,
    parts: Vec<Part<'a>>,
}

/// Some rows of a table.
struct Part<'a> {
    section: Section<'a>,
    /// The index of the first row.
    first: usize,
    /// The records behind each row, at most as many as wanted.
    behind: Vec<Behind>,
    /// The lines of the whole table, those passed over, and those shown.
    lines: [usize; 3],
    /// How many records behind the rows are left out.
    left_out: usize,
}

impl<'a> Page<'a> {
    pub(super) fn of(answer: &'a dyn Answer, wanted: &Wanted) -> Page<'a> {
        let sections = answer.sections().into_iter();
        let is_wanted = |key: &str| wanted.section.as_deref().is_none_or(|only| only == key);
        // Tables that are not wanted are empty: an answer always has all of its keys.
        let parts = sections.map(|section| match is_wanted(section.key) {
            true => Part::of(section, wanted),
            false => Part::nothing(section),
        });
        Page {
            answer,
            parts: parts.collect(),
        }
    }

    /// Returns which rows of a table are not shown, in words.
    pub(super) fn rest(&self, key: &str) -> Option<String> {
        let part = self.parts.iter().find(|part| part.section.key == key)?;
        let records = (part.left_out > 0).then(|| {
            format!(
                "{} more records behind these rows: ask for fewer rows, or `show` one",
                part.left_out
            )
        });
        let several = self
            .parts
            .iter()
            .filter(|part| part.next().is_some())
            .count()
            > 1;
        let lines = part.next().map(|next| match several {
            true => format!(
                "{} more: offset {next}, section `{key}`",
                part.lines[0] - next
            ),
            false => format!("{} more: offset {next}", part.lines[0] - next),
        });
        let rest: Vec<String> = records.into_iter().chain(lines).collect();
        (!rest.is_empty()).then(|| rest.join("\n"))
    }

    /// Returns what is shown of each table, for programs.
    pub(super) fn value(&self) -> Value {
        let tables = self.parts.iter().filter(|part| part.lines[0] > 0);
        let tables = tables.map(|part| {
            let [all, offset, shown] = part.lines;
            json!({
                "table": part.section.key,
                "rows": all,
                "offset": offset,
                "shown": shown,
                "next": part.next(),
                "records_left_out": part.left_out,
            })
        });
        tables.collect()
    }
}

/// Returns the schema of [`Page::value`].
pub(super) fn schema() -> Value {
    let count = json!({ "type": "integer", "minimum": 0 });
    let next = json!({ "type": ["integer", "null"], "minimum": 0 });
    json!({
        "type": "array",
        "description": "What is shown of each table; `next` is the `offset` of the rows that follow.",
        "items": {
            "type": "object",
            "required": ["table", "rows", "offset", "shown", "next", "records_left_out"],
            "additionalProperties": false,
            "properties": {
                "table": { "type": "string" },
                "rows": count,
                "offset": count,
                "shown": count,
                "next": next,
                "records_left_out": count,
            },
        },
    })
}

impl<'a> Part<'a> {
    fn of(section: Section<'a>, wanted: &Wanted) -> Part<'a> {
        let starts = starts(&section);
        let all = starts.len();
        let (offset, shown) = match section.form {
            // A record is what the answer is about: it is on every page.
            Form::Record => (0, all),
            _ => {
                let offset = wanted.offset.min(all);
                (offset, wanted.limit.min(all - offset))
            }
        };
        let start = |line: usize| starts.get(line).copied().unwrap_or(section.rows.count());
        let rows = start(offset)..start(offset + shown);
        let mut left_out = 0;
        let mut trimmed = |row: usize| {
            let mut behind = section.rows.behind(row).into_owned();
            left_out += behind.evidence.len().saturating_sub(wanted.records);
            behind.evidence.truncate(wanted.records);
            behind
        };
        let behind = rows.clone().map(&mut trimmed).collect();
        Part {
            first: rows.start,
            behind,
            lines: [all, offset, shown],
            left_out,
            section,
        }
    }

    fn nothing(section: Section<'a>) -> Part<'a> {
        Part {
            section: Section {
                matrix: None,
                empty: "",
                ..section
            },
            first: 0,
            behind: Vec::new(),
            lines: [0; 3],
            left_out: 0,
        }
    }

    /// Returns the offset of the lines that follow, if any do.
    fn next(&self) -> Option<usize> {
        let [all, offset, shown] = self.lines;
        (offset + shown < all).then_some(offset + shown)
    }
}

/// Returns the index of the row at which each line starts. A line of a cross table has several rows.
fn starts(section: &Section<'_>) -> Vec<usize> {
    let rows = section.rows;
    let Form::Across { by, of } = section.form else {
        return (0..rows.count()).collect();
    };
    let columns = rows.columns();
    let shared = |row: usize| -> Vec<Cell> {
        let cells = columns.iter().zip(rows.cells(row));
        let shared = cells
            .filter(|(column, _)| column.key != by && column.key != of && !column.for_programs);
        shared.map(|(_, cell)| cell).collect()
    };
    let mut before: Option<Vec<Cell>> = None;
    let mut starts = Vec::new();
    for row in 0..rows.count() {
        let now = shared(row);
        if before.as_ref() != Some(&now) {
            starts.push(row);
        }
        before = Some(now);
    }
    starts
}

impl Rows for Part<'_> {
    fn columns(&self) -> &[Column] {
        self.section.rows.columns()
    }
    fn count(&self) -> usize {
        self.behind.len()
    }
    fn each(&self, range: Range<usize>, give: &mut dyn FnMut(Vec<Cell>, Cow<'_, Behind>)) {
        let mut trimmed = self.behind[range.clone()].iter();
        let rows = self.first + range.start..self.first + range.end;
        self.section.rows.each(rows, &mut |cells, own| {
            give(cells, trimmed.next().map_or(own, Cow::Borrowed));
        });
    }
}

impl Answer for Page<'_> {
    fn name(&self) -> &'static str {
        self.answer.name()
    }
    fn title(&self) -> &str {
        self.answer.title()
    }
    fn sections(&self) -> Vec<Section<'_>> {
        let small = |section: &Section<'_>| {
            section
                .matrix
                .is_none_or(|matrix| matrix.rows.len() * matrix.columns.len() <= MOST_CELLS)
        };
        let sections = self.parts.iter().map(|part| Section {
            key: part.section.key,
            heading: part.section.heading,
            empty: match part.lines[0] {
                0 => part.section.empty,
                _ => "no row from this offset on",
            },
            form: part.section.form,
            hidden: part.section.hidden,
            first: part.section.first,
            // The page itself says how many there are.
            noun: "",
            once: false,
            all: None,
            rows: part,
            matrix: part.section.matrix.filter(|_| small(&part.section)),
        });
        sections.collect()
    }
    fn notes(&self) -> &Notes {
        self.answer.notes()
    }
}
