//! A matrix that fits the terminal: with names as headings where there is room, else with numbers,
//! else in several parts, which show only the lower half of a symmetric matrix.

use std::fmt::Write;

use unicode_width::UnicodeWidthStr;

use crate::graph::Graph;
use crate::query::{Figure, Matrix};
use crate::render::cells::{figure_words, with_basis};
use crate::words::one_line;

/// The width in columns at which row labels are cut, if the width is limited.
const LABEL: usize = 24;
/// The space between two columns.
const GAP: usize = 2;

/// A way to write a matrix.
struct Style {
    labels: Vec<String>,
    headings: Vec<String>,
    /// Puts a cell into words.
    cell: fn(Figure) -> String,
    /// Whether a symmetric matrix is shown whole; otherwise only its lower half.
    whole: bool,
    /// Whether columns are headed by numbers.
    is_numbered: bool,
    /// The width in columns at which row labels are cut.
    label: usize,
}

/// Returns the matrix as lines of text.
pub(super) fn matrix(graph: &Graph, matrix: &Matrix, width: Option<usize>) -> String {
    let names = |things: &[crate::graph::Entity]| {
        things
            .iter()
            .map(|thing| one_line(graph.name(*thing)))
            .collect::<Vec<String>>()
    };
    let (rows, columns) = (names(&matrix.rows), names(&matrix.columns));
    let numbers: Vec<String> = (1..=columns.len()).map(|nth| nth.to_string()).collect();
    // Column numbers are explained by the row labels or, if rows and columns differ, by a legend
    // below.
    let numbered: Vec<String> = match matrix.is_symmetric() {
        true => rows
            .iter()
            .zip(&numbers)
            .map(|(name, number)| format!("{number} {name}"))
            .collect(),
        false => rows.clone(),
    };
    let by_name = Style {
        labels: rows,
        headings: columns.clone(),
        cell: with_basis,
        whole: true,
        is_numbered: false,
        label: width.map_or(usize::MAX, |_| LABEL),
    };
    let numbered = |cell: fn(Figure) -> String| Style {
        labels: numbered.clone(),
        headings: numbers.clone(),
        cell,
        whole: true,
        is_numbered: true,
        label: LABEL,
    };
    let (by_number, marked) = (numbered(with_basis), numbered(marked));
    let fits = |style: &Style| {
        width.is_none_or(|width| {
            label_width(style) + widths(matrix, style).iter().sum::<usize>() <= width
        })
    };
    let all: Vec<usize> = (0..columns.len()).collect();
    let at_once = |style: &Style| part(matrix, style, &widths(matrix, style), &all);
    let legend = |marks| legend(matrix, &columns, width, marks);
    if fits(&by_name) {
        at_once(&by_name)
    } else if fits(&by_number) {
        at_once(&by_number) + &legend("")
    } else if fits(&marked) {
        at_once(&marked) + &legend("*")
    } else {
        in_parts(
            matrix,
            &Style {
                whole: false,
                ..marked
            },
            width,
        ) + &legend("*")
    }
}

/// Explains the numbers and marks.
fn legend(matrix: &Matrix, columns: &[String], width: Option<usize>, mark: &str) -> String {
    let mut out = String::new();
    if !matrix.is_symmetric() {
        let mut line = String::new();
        for (nth, name) in columns.iter().enumerate() {
            let named = format!(
                "{} {name}{}",
                nth + 1,
                if nth + 1 < columns.len() { ", " } else { "" }
            );
            if width.is_some_and(|width| line.width() + named.trim_end().width() > width) {
                let _ = writeln!(out, "{}", line.trim_end());
                line.clear();
            }
            line += &named;
        }
        let _ = writeln!(out, "{line}");
    }
    if !mark.is_empty() && !matrix.is_net() {
        let _ = writeln!(out, "{mark} rests on one {}", matrix.unit);
    }
    out
}

fn label_width(style: &Style) -> usize {
    style
        .labels
        .iter()
        .map(|label| label.width())
        .max()
        .unwrap_or(0)
        .min(style.label)
        + 1
}

/// Returns the width of each column; under number headings all columns are equally wide.
fn widths(matrix: &Matrix, style: &Style) -> Vec<usize> {
    let widest = |column: usize| {
        let cells = (0..matrix.rows.len())
            .filter_map(|row| matrix.figure(row, column))
            .map(|figure| (style.cell)(figure).width());
        cells
            .chain([style.headings[column].width()])
            .max()
            .unwrap_or(0)
            + GAP
    };
    let widths: Vec<usize> = (0..matrix.columns.len()).map(widest).collect();
    match widths.iter().max() {
        Some(most) if style.is_numbered => vec![*most; widths.len()],
        _ => widths,
    }
}

/// Writes the matrix in parts of as many columns as fit.
fn in_parts(matrix: &Matrix, style: &Style, width: Option<usize>) -> String {
    let widths = widths(matrix, style);
    let room = width
        .unwrap_or(usize::MAX)
        .saturating_sub(label_width(style));
    let mut parts: Vec<String> = Vec::new();
    let mut columns: Vec<usize> = Vec::new();
    let last = if matrix.is_symmetric() {
        widths.len().saturating_sub(1)
    } else {
        widths.len()
    };
    for column in 0..last {
        let used: usize = columns.iter().map(|column| widths[*column]).sum();
        if !columns.is_empty() && used + widths[column] > room {
            parts.push(part(matrix, style, &widths, &columns));
            columns.clear();
        }
        columns.push(column);
    }
    parts.push(part(matrix, style, &widths, &columns));
    parts.join("\n")
}

fn part(matrix: &Matrix, style: &Style, widths: &[usize], columns: &[usize]) -> String {
    let label_width = label_width(style);
    let mut out = String::new();
    let mut line = " ".repeat(label_width);
    for column in columns {
        push_right(&mut line, &style.headings[*column], widths[*column]);
    }
    let _ = writeln!(out, "{}", line.trim_end());
    let half = matrix.is_symmetric() && !style.whole;
    for row in 0..matrix.rows.len() {
        if half && columns.first().is_some_and(|first| row < *first) {
            continue;
        }
        let mut line = format!(" {}", cut(&style.labels[row], label_width - 1));
        line.push_str(&" ".repeat(label_width.saturating_sub(line.width())));
        for column in columns {
            let words = match matrix.figure(row, *column) {
                _ if half && *column >= row => String::new(),
                Some(figure) => (style.cell)(figure),
                None if matrix.is_symmetric() && *column == row => String::new(),
                None => "·".to_owned(),
            };
            push_right(&mut line, &words, widths[*column]);
        }
        let _ = writeln!(out, "{}", line.trim_end());
    }
    out
}

fn push_right(line: &mut String, words: &str, width: usize) {
    line.push_str(&" ".repeat(width.saturating_sub(words.width())));
    line.push_str(words);
}

/// Cuts a label to `width` columns.
fn cut(label: &str, width: usize) -> String {
    if label.width() <= width {
        return label.to_owned();
    }
    let mut cut = String::new();
    for c in label.chars() {
        if cut.width() + 2 > width {
            break;
        }
        cut.push(c);
    }
    cut + "…"
}

/// Returns a cell in words, with a mark if it rests on a single record.
fn marked(figure: Figure) -> String {
    format!(
        "{}{}",
        figure_words(figure),
        if figure.on == 1 && figure.sides.is_none() {
            "*"
        } else {
            ""
        }
    )
}
