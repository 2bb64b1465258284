//! A section as a table that fits the terminal without breaking any word that fits on a line. Where
//! it is too wide, what all rows have in common is said once above it, long cells wrap, and rows
//! still too wide are written one under the other.

use std::borrow::Cow;
use std::io::{self, Write};

use crate::render::grid::Heading;
use crate::words::{WIDEST_WORD, indented, wrapped_to};
use comfy_table::{
    Cell as TableCell, ColumnConstraint, ContentArrangement, Row as TableRow, Table, Width,
};
use unicode_width::UnicodeWidthStr;

/// The words of a table.
pub(super) struct Words<'t> {
    /// The columns; if there are none, the first cell of a row names what the second says.
    headings: Vec<Heading>,
    rows: Rows<'t>,
}

/// The cells, row by row.
enum Rows<'t> {
    /// All rows, if they are few.
    Kept(Vec<Vec<String>>),
    /// Makes the rows anew each time: their words may take more room than the graph.
    Made(&'t dyn Fn() -> Made<'t>),
}

/// Rows as they are made.
pub(super) type Made<'t> = Box<dyn Iterator<Item = Vec<String>> + 't>;

/// The number of rows up to which their words are kept.
const FEW: usize = 1_000;

impl<'t> Words<'t> {
    /// Makes a table of `count` rows, which `rows` makes.
    pub(super) fn new(
        headings: Vec<Heading>,
        count: usize,
        rows: &'t dyn Fn() -> Made<'t>,
    ) -> Words<'t> {
        let rows = match count <= FEW {
            true => Rows::Kept(rows().collect()),
            false => Rows::Made(rows),
        };
        Words { headings, rows }
    }

    fn rows(&self) -> Box<dyn Iterator<Item = Cow<'_, [String]>> + '_> {
        match &self.rows {
            Rows::Kept(rows) => Box::new(rows.iter().map(|row| Cow::Borrowed(&row[..]))),
            Rows::Made(rows) => Box::new(rows().map(Cow::Owned)),
        }
    }

    /// Returns the rows, with the cells of these columns only.
    fn cells<'c>(&'c self, columns: &'c [Column]) -> impl Iterator<Item = Vec<String>> + 'c {
        let cells = |row: Cow<'_, [String]>| match row {
            Cow::Borrowed(row) => columns
                .iter()
                .map(|column| row[column.nth].clone())
                .collect(),
            Cow::Owned(mut row) => columns
                .iter()
                .map(|column| std::mem::take(&mut row[column.nth]))
                .collect(),
        };
        self.rows().map(cells)
    }
}

/// The space between two columns.
const GAP: usize = 2;

/// Writes the table as lines of text; `heading` adds the emphasis to a heading. What all rows say is
/// written once, after the word `each`.
pub(super) fn table(
    out: &mut dyn Write,
    words: &Words<'_>,
    width: Option<usize>,
    each: &str,
    heading: impl Fn(&str) -> String,
) -> io::Result<()> {
    let mut columns = columns(words, width);
    let total = |columns: &[Column], size: fn(&Column) -> usize| columns.iter().map(size).sum();
    let natural: usize = total(&columns, |column| column.natural);
    if let Some(width) = width.filter(|width| natural > *width) {
        out.write_all(hoisted(&mut columns, width, each).as_bytes())?;
    }
    let headings: Vec<String> = match words.headings.is_empty() {
        true => Vec::new(),
        false => columns
            .iter()
            .map(|column| column.heading.to_owned())
            .collect(),
    };
    let rows = words.cells(&columns);
    let Some(width) = width else {
        let lay_out = |rows: &[Vec<String>]| padded(rows, &columns);
        return drawn(out, &headings, rows, lay_out, heading);
    };
    if total(&columns, |column| column.least) > width {
        return rows
            .map(|row| written_out(&headings, &row, width))
            .try_for_each(|row| out.write_all(row.as_bytes()));
    }
    let widths = fitted(words, &columns, width);
    let lay_out = |rows: &[Vec<String>]| laid_out(rows, &widths);
    drawn(out, &headings, rows, lay_out, heading)
}

/// What is known of a column before any row is written.
struct Column<'w> {
    /// Its index among the cells of a row.
    nth: usize,
    heading: &'w str,
    /// Whether it stays even where all rows say the same: the first one, which names what the rows
    /// are about, and what was asked for.
    stays: bool,
    /// The width of its longest cell, with the gap.
    natural: usize,
    /// Its minimum width: its longest word, or part of a word that fits on no line.
    least: usize,
    /// What all rows say, if that is the same and there are several.
    common: Option<String>,
}

impl Column<'_> {
    fn measure(&mut self, text: &str, width: Option<usize>) {
        let least = |word: &str| match word.width() {
            long if width.is_some_and(|width| long > width) => WIDEST_WORD,
            short => short,
        };
        let longest = text.split(' ').map(least).max().unwrap_or(0);
        self.natural = self.natural.max(text.width() + GAP);
        self.least = self.least.max(longest + GAP);
    }
}

/// Measures the columns.
fn columns<'w>(words: &'w Words<'_>, width: Option<usize>) -> Vec<Column<'w>> {
    let column = |nth: usize, heading: Option<&'w Heading>| Column {
        nth,
        heading: heading.map_or("", |heading| &heading.words),
        stays: nth == 0 || heading.is_none_or(|heading| heading.is_asked),
        natural: 0,
        least: 0,
        common: None,
    };
    let mut columns: Vec<Column> = (0..)
        .zip(&words.headings)
        .map(|(nth, heading)| column(nth, Some(heading)))
        .collect();
    for column in &mut columns {
        column.measure(column.heading, width);
    }
    let mut count = 0;
    for row in words.rows() {
        columns.extend((columns.len()..row.len()).map(|nth| column(nth, None)));
        for (column, text) in columns.iter_mut().zip(&*row) {
            column.measure(text, width);
            if count == 0 {
                column.common = Some(text.clone());
            } else if column.common.as_ref() != Some(text) {
                column.common = None;
            }
        }
        count += 1;
    }
    if count < 2 {
        for column in &mut columns {
            column.common = None;
        }
    }
    columns
}

/// Narrows columns until all fit, each time the one that lengthens the table least.
fn fitted(words: &Words<'_>, columns: &[Column<'_>], width: usize) -> Vec<usize> {
    let mut widths: Vec<usize> = columns
        .iter()
        .map(|column| column.natural.min(width))
        .collect();
    let size = |text: &String| text.width() + GAP;
    let sizes: Vec<Vec<usize>> = words
        .cells(columns)
        .take(TRIED)
        .map(|row| row.iter().map(size).collect())
        .collect();
    while let Some(excess) = widths
        .iter()
        .sum::<usize>()
        .checked_sub(width)
        .filter(|excess| *excess > 0)
    {
        let step = (excess / 16).max(1);
        let narrowed = |nth: usize| {
            let mut tried = widths.clone();
            tried[nth] = widths[nth].saturating_sub(step).max(columns[nth].least);
            tried
        };
        let candidates = (0..widths.len()).filter(|nth| widths[*nth] > columns[*nth].least);
        let Some(best) = candidates
            .min_by_key(|nth| (height(&sizes, &narrowed(*nth)), usize::MAX - widths[*nth]))
        else {
            break;
        };
        widths = narrowed(best);
    }
    widths
}

/// The number of rows examined to find good widths.
const TRIED: usize = 50;

/// Estimates how many lines the rows take.
fn height(sizes: &[Vec<usize>], widths: &[usize]) -> usize {
    let lines = |row: &Vec<usize>| {
        row.iter()
            .zip(widths)
            .map(|(size, width)| size.div_ceil((*width).max(1)))
            .max()
            .unwrap_or(1)
    };
    sizes.iter().map(lines).sum()
}

/// Writes the table, some rows at a time. Headings are painted after layout, because the emphasis
/// codes take no columns.
fn drawn(
    out: &mut dyn Write,
    headings: &Vec<String>,
    mut rows: impl Iterator<Item = Vec<String>>,
    lay_out: impl Fn(&[Vec<String>]) -> Vec<String>,
    heading: impl Fn(&str) -> String,
) -> io::Result<()> {
    for line in lay_out(std::slice::from_ref(headings)) {
        out.write_all(painted(&line, &heading).as_bytes())?;
    }
    loop {
        let some: Vec<Vec<String>> = rows.by_ref().take(AT_ONCE).collect();
        if some.is_empty() {
            return Ok(());
        }
        for line in lay_out(&some) {
            out.write_all(line.as_bytes())?;
        }
    }
}

/// The number of rows that are laid out together.
const AT_ONCE: usize = 1_000;

/// Lays out rows one to a line, however long. A very long cell pushes the rest of its own line to
/// the right, and no other.
fn padded(rows: &[Vec<String>], columns: &[Column<'_>]) -> Vec<String> {
    let line = |row: &Vec<String>| {
        let mut line = String::new();
        for (text, column) in row.iter().zip(columns) {
            let space = column
                .natural
                .min(WIDEST_PADDED)
                .saturating_sub(text.width());
            line += &format!(" {text}{}", " ".repeat(space.max(GAP) - 1));
        }
        line.truncate(line.trim_end().len());
        line + "\n"
    };
    let is_shown = |row: &&Vec<String>| !row.is_empty();
    rows.iter().filter(is_shown).map(line).collect()
}

/// The widest column that shorter cells are padded to.
const WIDEST_PADDED: usize = 120;

/// Emphasizes each heading of a line. Headings are separated by at least a gap and contain none.
fn painted(line: &str, heading: impl Fn(&str) -> String) -> String {
    let gap = " ".repeat(GAP);
    let mut out = String::new();
    for (nth, words) in line.split(&gap).enumerate() {
        if nth > 0 {
            out.push_str(&gap);
        }
        let start = words.len() - words.trim_start().len();
        let end = words.trim_end().len().max(start);
        out.push_str(&words[..start]);
        if start < end {
            out.push_str(&heading(&words[start..end]));
        }
        out.push_str(&words[end..]);
    }
    out
}

/// Lays out rows in columns of these widths, as lines.
fn laid_out(rows: &[Vec<String>], widths: &[usize]) -> Vec<String> {
    if rows.iter().all(Vec::is_empty) {
        return Vec::new();
    }
    let mut table = Table::new();
    table
        .load_style(comfy_table::presets::NOTHING)
        .set_content_arrangement(ContentArrangement::Dynamic);
    table.set_width(widths.iter().sum::<usize>().min(u16::MAX.into()) as u16);
    let cell = |(text, width): (&String, &usize)| TableCell::new(broken(text, *width - GAP));
    let row = |cells: &Vec<String>| TableRow::from(cells.iter().zip(widths).map(cell));
    table.add_rows(rows.iter().map(row));
    for (column, width) in table.column_iter_mut().zip(widths) {
        column.set_constraint(ColumnConstraint::Absolute(Width::Fixed(
            (*width).min(u16::MAX.into()) as u16,
        )));
    }
    table
        .lines()
        .map(|line| line.trim_end().to_owned() + "\n")
        .collect()
}

/// Breaks a cell that has a word wider than its column into lines. The table would break it too, but
/// in a time that grows with the square of the word.
fn broken(text: &str, width: usize) -> Cow<'_, str> {
    let is_wide = |word: &str| word.len() > width && word.width() > width;
    match text.split(' ').any(is_wide) {
        true => Cow::Owned(wrapped_to(text, width, width).join("\n")),
        false => Cow::Borrowed(text),
    }
}

/// Removes columns that hold the same in every row, and returns a line that says it once.
fn hoisted(columns: &mut Vec<Column<'_>>, width: usize, each: &str) -> String {
    let mut said: Vec<String> = Vec::new();
    columns.retain(|column| match &column.common {
        Some(common) if !column.stays => {
            said.push(format!("{} {common}", column.heading));
            false
        }
        _ => true,
    });
    match said.is_empty() {
        true => String::new(),
        false => indented(&format!(" {each}: {}", said.join("; ")), Some(width), 0) + "\n",
    }
}

/// Writes a row that is too wide: the first cell, then each other cell after its heading.
fn written_out(headings: &[String], row: &[String], width: usize) -> String {
    let mut parts = Vec::new();
    for (nth, text) in row.iter().enumerate().filter(|(_, text)| !text.is_empty()) {
        let heading = headings.get(nth).filter(|heading| {
            nth > 0 && !["where", "date", "position"].contains(&heading.as_str())
        });
        parts.push(heading.map_or_else(|| text.clone(), |heading| format!("{heading} {text}")));
    }
    // Without headings, the first cell names what the second says.
    let line = match &parts[..] {
        [name, rest @ ..] if headings.is_empty() && !rest.is_empty() => {
            format!("{name}: {}", rest.join("; "))
        }
        parts => parts.join("; "),
    };
    indented(&format!("- {line}"), Some(width), 1) + "\n"
}
