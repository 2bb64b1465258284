//! A section as a table that fits the terminal without breaking any word that fits on a line. Where
//! it is too wide, what all rows have in common is said once above it, long cells wrap, and rows
//! still too wide are written one under the other.

use std::borrow::Cow;
use std::fmt::Write;

use crate::words::{WIDEST_WORD, indented, wrapped_to};
use comfy_table::{
    Cell as TableCell, ColumnConstraint, ContentArrangement, Row as TableRow, Table, Width,
};
use unicode_width::UnicodeWidthStr;

/// The words of a table.
pub(super) struct Words {
    /// A heading for each column; if empty, the first column names what the second says.
    pub(super) headings: Vec<String>,
    /// The cells, row by row.
    pub(super) rows: Vec<Vec<String>>,
}

/// The space between two columns.
const GAP: usize = 2;

/// Returns the table as lines of text; `heading` adds the emphasis to a heading.
pub(super) fn table(
    mut words: Words,
    width: Option<usize>,
    heading: impl Fn(&str) -> String,
) -> String {
    let mut lead = String::new();
    let mut natural = measured(&words, |text| text.width() + GAP);
    if width.is_some_and(|width| natural.iter().sum::<usize>() > width) {
        lead = hoisted(&mut words, width);
        natural = measured(&words, |text| text.width() + GAP);
    }
    let least = narrowest(&words, width);
    match width {
        Some(width) if least.iter().sum::<usize>() > width => lead + &written_out(&words, width),
        Some(width) => {
            let widths = fitted(&words, natural, &least, width);
            lead + &drawn(&words, |rows| laid_out(rows, &widths), heading)
        }
        None => drawn(&words, |rows| padded(rows, &natural), heading),
    }
}

/// Returns the largest measure of the cells in each column.
fn measured(words: &Words, measure: impl Fn(&str) -> usize) -> Vec<usize> {
    let columns = words
        .headings
        .len()
        .max(words.rows.iter().map(Vec::len).max().unwrap_or(0));
    let widest = |nth: usize| {
        words
            .rows
            .iter()
            .chain([&words.headings])
            .filter_map(|cells| cells.get(nth))
            .map(|text| measure(text))
            .max()
    };
    (0..columns).map(|nth| widest(nth).unwrap_or(0)).collect()
}

/// Returns the minimum width of each column: its longest word, or part of a word that fits on no
/// line.
fn narrowest(words: &Words, width: Option<usize>) -> Vec<usize> {
    let least = |word: &str| match word.width() {
        long if width.is_some_and(|width| long > width) => WIDEST_WORD,
        short => short,
    };
    measured(words, |text| {
        text.split(' ').map(least).max().unwrap_or(0) + GAP
    })
}

/// Narrows columns until all fit, each time the one that lengthens the table least.
fn fitted(words: &Words, mut widths: Vec<usize>, least: &[usize], width: usize) -> Vec<usize> {
    for natural in &mut widths {
        *natural = (*natural).min(width);
    }
    let sizes: Vec<Vec<usize>> = words
        .rows
        .iter()
        .take(TRIED)
        .map(|row| row.iter().map(|text| text.width() + GAP).collect())
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
            tried[nth] = widths[nth].saturating_sub(step).max(least[nth]);
            tried
        };
        let candidates = (0..widths.len()).filter(|nth| widths[*nth] > least[*nth]);
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

/// Draws the table. Headings are painted after layout, because the emphasis codes take no columns.
fn drawn(
    words: &Words,
    lay_out: impl Fn(&[Vec<String>]) -> Vec<String>,
    heading: impl Fn(&str) -> String,
) -> String {
    let headings = lay_out(std::slice::from_ref(&words.headings));
    let painted = headings.iter().map(|line| painted(line, &heading));
    painted.chain(lay_out(&words.rows)).collect()
}

/// Lays out rows one to a line, however long. A very long cell pushes the rest of its own line to
/// the right, and no other.
fn padded(rows: &[Vec<String>], widths: &[usize]) -> Vec<String> {
    let line = |row: &Vec<String>| {
        let mut line = String::new();
        for (text, width) in row.iter().zip(widths) {
            let space = (*width).min(WIDEST_PADDED).saturating_sub(text.width());
            let _ = write!(line, " {text}{}", " ".repeat(space.max(GAP) - 1));
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
fn hoisted(words: &mut Words, width: Option<usize>) -> String {
    let Some((first, others)) = words.rows.split_first() else {
        return String::new();
    };
    if others.is_empty() {
        return String::new();
    }
    // The first column names what the rows are about, so it stays.
    let same = |nth: usize| nth > 0 && others.iter().all(|row| row.get(nth) == first.get(nth));
    let common: Vec<usize> = (0..words.headings.len()).filter(|nth| same(*nth)).collect();
    let said: Vec<String> = common
        .iter()
        .map(|nth| format!("{} {}", words.headings[*nth], first[*nth]))
        .collect();
    for nth in common.iter().rev() {
        words.headings.remove(*nth);
        for row in &mut words.rows {
            drop(row.remove(*nth));
        }
    }
    if said.is_empty() {
        String::new()
    } else {
        indented(&format!(" each: {}", said.join("; ")), width, 0) + "\n"
    }
}

/// Writes rows one under the other: the first cell, then each other cell after its heading.
fn written_out(words: &Words, width: usize) -> String {
    let mut out = String::new();
    for row in &words.rows {
        let mut parts = Vec::new();
        for (nth, text) in row.iter().enumerate().filter(|(_, text)| !text.is_empty()) {
            let heading = words.headings.get(nth).filter(|heading| {
                nth > 0 && !["where", "date", "position"].contains(&heading.as_str())
            });
            parts.push(heading.map_or_else(|| text.clone(), |heading| format!("{heading} {text}")));
        }
        // Without headings, the first cell names what the second says.
        let told = match &parts[..] {
            [name, told @ ..] if words.headings.is_empty() && !told.is_empty() => {
                format!("{name}: {}", told.join("; "))
            }
            parts => parts.join("; "),
        };
        out += &indented(&format!("- {told}"), Some(width), 1);
        out.push('\n');
    }
    out
}
