//! A matrix in characters, with symbols in a grid. Columns have names where there is room, else
//! numbers with a key below. If the issues don't fit side by side but the actors do, the issues
//! become the rows; else there are several grids.

use std::collections::BTreeSet;
use std::fmt::Write;

use crate::graph::{ActorId, Graph};
use crate::model::Position;
use crate::picture::columns::{centred, hanging, lines, listed, padded};
use crate::picture::matrix::agreement::{ALL_NEUTRAL, ALL_OPEN, MORE_OPEN};
use crate::picture::matrix::{Agreement, Matrix, NO_KNOWN, Pair};
use crate::picture::sign::{self, NO_POSITION, OFFERED, Offered, Sign, symbol};
use crate::words::width;

/// The minimum width to which row names are narrowed to fit the grid.
const SHORT: usize = 14;
/// The minimum width of a column with a name.
const NAMED: usize = 9;

/// Writes a matrix for a terminal `at_most` columns wide.
pub fn text(graph: &Graph, matrix: &Matrix, at_most: usize) -> String {
    if matrix.actors.is_empty() || matrix.issues.is_empty() {
        return format!("{NO_POSITION}\n");
    }
    let actors = marked(graph, &matrix.actors, &matrix.members);
    let actors: Vec<&str> = actors.iter().map(String::as_str).collect();
    let issues: Vec<&str> = matrix
        .issues
        .iter()
        .map(|issue| graph[*issue].name.as_ref())
        .collect();
    let symbol = |actor: usize, issue: usize| {
        let sign = matrix.cells[actor][issue].as_ref();
        sign.map_or(String::new(), Sign::symbol) + &Offered::symbols(matrix.offers(actor, issue))
    };
    let upright = Grid::new(&actors, &issues, at_most, symbol);
    let turned = Grid::new(&issues, &actors, at_most, |row, column| symbol(column, row));
    let is_better = !upright.fits() && turned.fits()
        || upright.fits() && !upright.is_named() && turned.is_named();
    let mut out = String::new();
    if is_better {
        turned.write(&mut out)
    } else {
        upright.write(&mut out)
    }
    let samples = sign::samples(matrix.cells.iter().flatten().flatten());
    let mut legend: Vec<String> = samples
        .into_iter()
        .map(|(sign, words)| format!("{} {words}", sign.symbol()))
        .collect();
    legend.extend((!matrix.offers.is_empty()).then(|| format!("(): {OFFERED}")));
    legend.extend(group_legend(&matrix.members, &matrix.groups));
    legend.extend(
        matrix
            .has_empty()
            .then(|| format!("empty: {NO_KNOWN}{}", matrix.or_voiced())),
    );
    let _ = writeln!(out, "{}", listed(&legend, at_most));
    out
}

/// Writes the agreement of every two actors for a terminal `at_most` columns wide.
pub fn agreement_text(graph: &Graph, agreement: &Agreement, at_most: usize) -> String {
    if agreement.actors.is_empty() {
        return "No two actors are known to take sides on the same issue.\n".to_owned();
    }
    let actors = marked(graph, &agreement.actors, &agreement.camps);
    let actors: Vec<&str> = actors.iter().map(String::as_str).collect();
    let symbol = |row: usize, column: usize| match agreement.cells[row][column] {
        _ if row == column => "\\".to_owned(),
        _ if row < column => String::new(),
        pair => pair.map_or(String::new(), Pair::short),
    };
    let mut out = String::new();
    let named = Grid::new(&actors, &actors, at_most, symbol);
    if named.is_named() {
        named.write(&mut out);
    } else {
        // The rows explain the column numbers.
        let wide = actors.len().to_string().len();
        let numbered: Vec<String> = actors
            .iter()
            .zip(1..)
            .map(|(name, nth)| format!("{nth:>wide$} {name}"))
            .collect();
        let numbered: Vec<&str> = numbered.iter().map(String::as_str).collect();
        Grid::new(&numbered, &actors, at_most, symbol).write_numbered(&mut out);
    }
    let _ = writeln!(out, "{}", listed(&agreement_legend(agreement), at_most));
    out
}

/// Explains every sign that the cells show.
fn agreement_legend(agreement: &Agreement) -> Vec<String> {
    let telling = agreement.telling();
    let telling = telling.map(|pair| format!("{}: {}", pair.short(), pair.reading()));
    let has = |wanted: fn(&Pair) -> bool| agreement.half().flatten().any(|pair| wanted(&pair));
    let neutral = symbol(Position::Neutral);
    let signs = [
        (
            has(|pair| pair.open > 0 && pair.sided() > 0),
            format!("?: {MORE_OPEN}"),
        ),
        (
            has(|pair| pair.open > 0 && pair.sided() == 0),
            format!("? alone: {ALL_OPEN}"),
        ),
        (
            has(|pair| pair.open + pair.sided() == 0),
            format!("{neutral}: {ALL_NEUTRAL}"),
        ),
    ];
    let signs = signs.into_iter().filter(|(is_shown, _)| *is_shown);
    let is_empty = agreement.half().any(|cell| cell.is_none());
    let empty = is_empty.then(|| format!("empty below \\: {}", agreement.nothing()));
    let mut legend: Vec<String> = telling.into_iter().collect();
    legend.extend(signs.map(|(_, words)| words));
    legend.extend(group_legend(&agreement.camps, &agreement.names));
    legend.extend(empty);
    legend
}

/// Returns the names of actors, each with the number of its camp or group.
fn marked(graph: &Graph, actors: &[ActorId], camps: &[Option<u32>]) -> Vec<String> {
    let named = actors.iter().zip(camps);
    let named = named.map(|(actor, camp)| {
        let camp = camp.map_or(String::new(), |camp| format!(" [{camp}]"));
        format!("{}{camp}", graph[*actor].name)
    });
    named.collect()
}

/// Explains these numbers.
fn group_legend(marked: &[Option<u32>], names: &[String]) -> Vec<String> {
    let numbers: BTreeSet<u32> = marked.iter().flatten().copied().collect();
    let named = numbers.into_iter().filter_map(|number| {
        let name = names.get(number as usize - 1)?;
        Some(format!("[{number}]: {name}"))
    });
    named.collect()
}

struct Grid<'m> {
    rows: &'m [&'m str],
    columns: &'m [&'m str],
    /// The cells, row by row.
    cells: Vec<Vec<String>>,
    at_most: usize,
    /// The width of the row names.
    names: usize,
    /// The minimum width of a column, by its symbols and number.
    least: usize,
}

impl<'m> Grid<'m> {
    fn new(
        rows: &'m [&'m str],
        columns: &'m [&'m str],
        at_most: usize,
        symbol: impl Fn(usize, usize) -> String,
    ) -> Grid<'m> {
        let cells: Vec<Vec<String>> = (0..rows.len())
            .map(|row| {
                (0..columns.len())
                    .map(|column| symbol(row, column))
                    .collect()
            })
            .collect();
        let names = rows
            .iter()
            .map(|name| width(name))
            .max()
            .unwrap_or(0)
            .min((at_most / 3).max(10));
        let widest = cells
            .iter()
            .flatten()
            .map(|cell| width(cell))
            .max()
            .unwrap_or(1);
        let least = widest.max(columns.len().to_string().len()) + 2;
        // Names are wrapped before the grid is broken up.
        let room = at_most.saturating_sub(2 + columns.len() * (least + 1));
        let names = if room >= SHORT {
            names.min(room)
        } else {
            names
        };
        Grid {
            rows,
            columns,
            cells,
            at_most,
            names,
            least,
        }
    }

    /// Returns how many columns of this width fit side by side.
    fn side_by_side(&self, cell: usize) -> usize {
        (self.at_most.saturating_sub(self.names + 2) / (cell + 1)).max(1)
    }

    fn fits(&self) -> bool {
        self.side_by_side(self.least) >= self.columns.len()
    }

    fn is_named(&self) -> bool {
        self.side_by_side(self.least.max(NAMED)) >= self.columns.len()
    }

    fn write(&self, out: &mut String) {
        if self.is_named() {
            let room = self.at_most.saturating_sub(self.names + 2) / self.columns.len().max(1);
            let longest = self
                .columns
                .iter()
                .map(|name| width(name))
                .max()
                .unwrap_or(0)
                + 2;
            let cell = room
                .saturating_sub(1)
                .min(longest)
                .clamp(self.least.max(NAMED), 24);
            let heads: Vec<Vec<String>> = self
                .columns
                .iter()
                .map(|name| lines(name, cell - 1))
                .collect();
            let tallest = heads.iter().map(Vec::len).max().unwrap_or(0);
            for line in 0..tallest {
                // Names end just above the grid, however many lines they have.
                let part = |head: &Vec<String>| {
                    (line + head.len())
                        .checked_sub(tallest)
                        .map_or("", |at| &head[at])
                        .to_owned()
                };
                let heads = heads.iter().map(|head| centred(&part(head), cell));
                self.line(out, "", heads, ' ');
            }
            self.body(out, 0..self.columns.len(), cell);
            return;
        }
        self.write_numbered(out);
        let number = self.columns.len().to_string().len();
        for (column, name) in self.columns.iter().enumerate() {
            let _ = writeln!(
                out,
                "{:>number$}  {}",
                column + 1,
                hanging(name, self.at_most, number + 2)
            );
        }
        out.push('\n');
    }

    /// Writes the grid with numbers as column headings.
    fn write_numbered(&self, out: &mut String) {
        // Split the columns about evenly over the grids.
        let grids = self
            .columns
            .len()
            .div_ceil(self.side_by_side(self.least))
            .max(1);
        let fit = self.columns.len().div_ceil(grids).max(1);
        for start in (0..self.columns.len()).step_by(fit) {
            let columns = start..self.columns.len().min(start + fit);
            self.line(
                out,
                "",
                columns
                    .clone()
                    .map(|column| centred(&(column + 1).to_string(), self.least)),
                ' ',
            );
            self.body(out, columns, self.least);
        }
    }

    fn body(&self, out: &mut String, columns: std::ops::Range<usize>, cell: usize) {
        for (row, name) in self.rows.iter().enumerate() {
            for (nth, name) in lines(name, self.names).iter().enumerate() {
                let symbol = |column: usize| {
                    if nth == 0 {
                        self.cells[row][column].as_str()
                    } else {
                        ""
                    }
                };
                self.line(
                    out,
                    name,
                    columns.clone().map(|column| centred(symbol(column), cell)),
                    '│',
                );
            }
        }
        out.push('\n');
    }

    fn line(
        &self,
        out: &mut String,
        name: &str,
        cells: impl Iterator<Item = String>,
        between: char,
    ) {
        let mut line = format!("{} {between}", padded(name, self.names));
        for cell in cells {
            line.push_str(&cell);
            line.push(between);
        }
        let _ = writeln!(out, "{}", line.trim_end());
    }
}
