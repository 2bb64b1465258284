//! What is wrong with a table that is read, and in which cell.

use std::collections::HashMap;
use std::fmt::Write;

use crate::words::counted;

/// Where in a table something is wrong.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Spot {
    /// The name of the file, or of a sheet of it: `votes.csv`, `book.xlsx`.
    pub table: String,
    /// The sheet of a workbook.
    pub sheet: Option<String>,
    /// The line of a file, or the row of a sheet, from 1; 0 for the file as a whole.
    pub line: usize,
    /// The number of the column, from 1; 0 for the row as a whole.
    pub column: usize,
    /// The heading of the column.
    pub heading: Option<String>,
}

impl Spot {
    /// Names a table as a whole.
    pub fn table(table: &str) -> Spot {
        Spot {
            table: table.to_owned(),
            ..Spot::default()
        }
    }

    /// Returns it in words: ``votes.csv:14, column 3 `vote` ``, ``book.xlsx, Sheet1!C14 `vote` ``.
    pub fn words(&self) -> String {
        let mut words = self.table.clone();
        match (&self.sheet, self.line, self.column) {
            (_, 0, _) => {}
            (Some(sheet), line, 0) => {
                let _ = write!(words, ", {sheet}!{line}:{line}");
            }
            (Some(sheet), line, column) => {
                let _ = write!(words, ", {sheet}!{}{line}", letters(column));
            }
            (None, line, 0) => {
                let _ = write!(words, ":{line}");
            }
            (None, line, column) => {
                let _ = write!(words, ":{line}, column {column}");
            }
        }
        if let Some(heading) = &self.heading {
            let _ = write!(words, " `{heading}`");
        }
        words
    }
}

/// Returns the letters of a column of a spreadsheet: 1 is `A`, 27 is `AA`.
pub fn letters(column: usize) -> String {
    let mut letters = Vec::new();
    let mut left = column;
    while left > 0 {
        letters.push(b'A' + ((left - 1) % 26) as u8);
        left = (left - 1) / 26;
    }
    letters.reverse();
    String::from_utf8(letters).unwrap_or_default()
}

/// A mistake in a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// Where.
    pub spot: Spot,
    /// What is wrong: lower case, names in backticks, no full stop.
    pub message: String,
    /// What to do about it.
    pub help: Option<String>,
}

/// What alike mistakes have in common: the table, its sheet, the column and the message.
type Key = (String, Option<String>, usize, String);

fn key(spot: &Spot, message: &str) -> Key {
    let (table, sheet) = (spot.table.clone(), spot.sheet.clone());
    (table, sheet, spot.column, message.to_owned())
}

/// The mistakes of one run, alike ones summed up.
#[derive(Debug, Default)]
pub struct Findings {
    all: Vec<(Finding, usize)>,
    /// The index of each, by its table, column and message.
    known: HashMap<Key, usize>,
    /// How many there are, each of the alike ones counted.
    pub count: usize,
}

impl Findings {
    /// Adds a mistake. One like an earlier one, in the same column, only adds to its number.
    pub fn add(&mut self, finding: Finding) {
        self.count += 1;
        let key = key(&finding.spot, &finding.message);
        let nth = *self.known.entry(key).or_insert(self.all.len());
        match self.all.get_mut(nth) {
            Some((_, count)) => *count += 1,
            None => self.all.push((finding, 1)),
        }
    }

    /// Returns whether a mistake is like an earlier one: its help need not be looked for again.
    pub fn has(&self, spot: &Spot, message: &str) -> bool {
        self.known.contains_key(&key(spot, message))
    }

    /// Returns whether there are none.
    pub fn is_empty(&self) -> bool {
        self.all.is_empty()
    }

    /// Iterates over them in the order in which they were found, each with how many are alike.
    pub fn iter(&self) -> impl Iterator<Item = &(Finding, usize)> {
        self.all.iter()
    }

    /// Writes them as text, one below the other.
    pub fn text(&self) -> String {
        let mut text = String::new();
        for (finding, count) in &self.all {
            let _ = writeln!(text, "error: {}", finding.message);
            let more = match count {
                1 => String::new(),
                count => format!(", the first of {}", counted(*count, "cell")),
            };
            let _ = writeln!(text, "  --> {}{more}", finding.spot.words());
            if let Some(help) = &finding.help {
                let _ = writeln!(text, "  help: {help}");
            }
        }
        text
    }
}

#[cfg(test)]
mod tests {
    use super::letters;

    #[test]
    fn columns_of_spreadsheets() {
        let named = [1, 26, 27, 52, 703].map(letters);
        assert_eq!(named, ["A", "Z", "AA", "AZ", "AAA"]);
    }
}
