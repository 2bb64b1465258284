//! A table of an answer as CSV (RFC 4180, with a header): ids and names, in columns that don't
//! depend on what the rows hold.

use std::io::{self, Write};

use crate::graph::{Entity, Graph, Offer, Verdict};
use crate::measure::agreement::Half;
use crate::progress::step;
use crate::query::{Behind, Cell, Column, Evidence, Holds, Matrix, Section, Stand, Value};
use crate::render::cells::Records;
use crate::render::lined::WRITING;
use crate::render::lined::collected;
use crate::render::{Places, Why};

/// The kind of spreadsheet program the CSV is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Spreadsheet {
    /// Separates columns by commas.
    Comma,
    /// Separates columns by semicolons, and writes numbers with a decimal comma.
    Semicolon,
}

/// Writes a table as CSV; with [`Why::Shown`], one line per record behind each row. For a
/// spreadsheet, adds a byte order mark, and an apostrophe before text that it would run as a
/// formula.
pub fn csv(
    graph: &Graph,
    section: &Section<'_>,
    why: Why,
    spreadsheet: Option<Spreadsheet>,
) -> String {
    collected(|out| write_csv(out, graph, section, why, spreadsheet))
}

/// Like [`csv`], but writes the table row by row.
pub(crate) fn write_csv(
    out: &mut dyn Write,
    graph: &Graph,
    section: &Section<'_>,
    why: Why,
    spreadsheet: Option<Spreadsheet>,
) -> io::Result<()> {
    let style = Style(spreadsheet);
    if spreadsheet.is_some() {
        out.write_all("\u{feff}".as_bytes())?;
    }
    match section.matrix {
        Some(matrix) => matrix_table(out, graph, matrix, style),
        None => table(out, graph, section, why, style),
    }
}

/// Writes numbers and text for the chosen spreadsheet, if any.
#[derive(Clone, Copy)]
struct Style(Option<Spreadsheet>);

impl Style {
    fn delimiter(self) -> u8 {
        match self.0 {
            Some(Spreadsheet::Semicolon) => b';',
            Some(Spreadsheet::Comma) | None => b',',
        }
    }

    fn number(self, number: f64) -> String {
        match self.0 {
            Some(Spreadsheet::Semicolon) => number.to_string().replace('.', ","),
            Some(Spreadsheet::Comma) | None => number.to_string(),
        }
    }

    /// Escapes text that a spreadsheet would run with an apostrophe. Text that already starts with
    /// apostrophes before such a character gets one more, so that removing one restores the
    /// original.
    fn text(self, text: &str) -> String {
        let is_run = text
            .trim_start_matches('\'')
            .starts_with(['=', '+', '-', '@', '\t', '\r']);
        match self.0 {
            Some(_) if is_run => format!("'{text}"),
            _ => text.to_owned(),
        }
    }

    fn writer<W: Write>(self, to: W) -> csv::Writer<W> {
        csv::WriterBuilder::new()
            .delimiter(self.delimiter())
            .from_writer(to)
    }
}

/// Returns the header of a table.
fn columns(columns: &[Column], why: Why) -> Vec<String> {
    let of = |column: &Column| {
        let key = column.key;
        parts(column.holds)
            .iter()
            .map(move |part| format!("{key}{part}"))
    };
    let mut header: Vec<String> = columns.iter().flat_map(of).collect();
    header.extend(["file", "line"].map(str::to_owned));
    if why == Why::Shown {
        // A row may have a column of the same name as a field of the record behind it.
        let behind = BEHIND
            .iter()
            .map(|key| match header.iter().any(|other| other == key) {
                true => format!("record_{key}"),
                false => (*key).to_owned(),
            });
        let behind: Vec<String> = behind.collect();
        header.extend(behind);
    }
    header
}

/// Returns whether a line is the header of a table with these columns or, if `of` is `None`, of a
/// matrix, for any spreadsheet.
pub fn is_header(line: &str, of: Option<&[Column]>) -> bool {
    let keys = line.trim_start_matches('\u{feff}').trim_end();
    let keys: Vec<&str> = keys.split([',', ';']).collect();
    match of {
        Some(of) => {
            let columns = columns(of, Why::Brief);
            keys.len() >= columns.len() && columns.iter().zip(&keys).all(|(one, key)| one == key)
        }
        None => keys.first() == Some(&"actor"),
    }
}

/// Returns the suffixes that turn a column's key into the names of its CSV columns.
fn parts(holds: Holds) -> &'static [&'static str] {
    match holds {
        Holds::Thing => &["", "_name"],
        Holds::Things => &["", "_names"],
        Holds::Said => &["", "_number", "_condition"],
        Holds::Stand => &[
            "",
            "_number",
            "_said",
            "_offers",
            "_statements",
            "_independent_sources",
            "_newest",
            "_age_days",
            "_grade",
        ],
        Holds::Text
        | Holds::Word
        | Holds::Words
        | Holds::Number
        | Holds::Date
        | Holds::Places
        | Holds::Any => &[""],
    }
}

/// The columns for a record behind a row.
const BEHIND: [&str; 11] = [
    "record",
    "id",
    "summary",
    "quote",
    "said_by",
    "said_by_name",
    "said_on",
    "said_in",
    "at",
    "status",
    "where",
];

fn table(
    out: &mut dyn Write,
    graph: &Graph,
    section: &Section<'_>,
    why: Why,
    style: Style,
) -> io::Result<()> {
    let (places, records) = (Places::new(graph), Records::new(graph));
    let cells = Cells {
        graph,
        places: &places,
        style,
    };
    let mut writer = style.writer(out);
    let columns = section.rows.columns();
    writer.write_record(self::columns(columns, why))?;
    let progress = step(WRITING, section.rows.count());
    for nth in 0..section.rows.count() {
        progress.advance();
        let behind = section.rows.behind(nth);
        let row: Vec<String> = columns
            .iter()
            .zip(section.rows.cells(nth))
            .flat_map(|(column, cell)| cells.of(column.holds, &cell))
            .chain(cells.place(&behind))
            .collect();
        match why {
            Why::Shown if behind.evidence.is_empty() => {
                let nothing = BEHIND.iter().map(|_| String::new());
                writer.write_record(row.into_iter().chain(nothing))?;
            }
            Why::Shown => {
                for evidence in &behind.evidence {
                    let record = cells.record(&records, *evidence);
                    writer.write_record(row.iter().chain(&record))?;
                }
            }
            Why::Brief => writer.write_record(row)?,
        }
    }
    writer.flush()
}

/// Formats cells as CSV fields.
struct Cells<'c> {
    graph: &'c Graph,
    places: &'c Places<'c>,
    style: Style,
}

impl Cells<'_> {
    /// Returns the fields of a cell, one for each of its CSV columns.
    fn of(&self, holds: Holds, cell: &Cell) -> Vec<String> {
        let mut fields = match cell {
            Cell::Nothing | Cell::Assumed(_) => Vec::new(),
            Cell::Zero => vec!["0".to_owned()],
            Cell::Text(text) => vec![self.style.text(text)],
            Cell::Word(word) => vec![word.key.to_string()],
            Cell::Words(words) => {
                let keys: Vec<&str> = words.iter().map(|word| word.key.as_ref()).collect();
                vec![keys.join(" ")]
            }
            Cell::Number(number) => vec![self.style.number(*number)],
            Cell::Date(date) => vec![date.to_string()],
            Cell::Thing(entity) => vec![self.id(*entity), self.name(*entity)],
            Cell::Things(things) => {
                let ids: Vec<&str> = things.iter().map(|entity| self.graph.id(*entity)).collect();
                let names: Vec<&str> = things
                    .iter()
                    .map(|entity| self.graph.name(*entity))
                    .collect();
                [ids.join(" "), names.join("; ")]
                    .map(|text| self.style.text(&text))
                    .to_vec()
            }
            Cell::Said(said) => {
                let verdict = said.position.map_or(Verdict::Unknown, Verdict::Stands);
                let mut fields = self.verdict(verdict).to_vec();
                let condition = said.condition.as_deref().unwrap_or_default();
                fields.push(self.style.text(condition));
                fields
            }
            Cell::Stands(stand) => self.stand(stand),
            Cell::Places(several) => {
                let places: Vec<String> = several
                    .iter()
                    .map(|place| self.places.line(*place))
                    .collect();
                vec![self.style.text(&places.join(" "))]
            }
        };
        fields.resize(parts(holds).len(), String::new());
        fields
    }

    fn id(&self, entity: Entity) -> String {
        self.style.text(self.graph.id(entity))
    }

    fn name(&self, entity: Entity) -> String {
        self.style.text(self.graph.name(entity))
    }

    fn verdict(&self, verdict: Verdict) -> [String; 2] {
        let number = verdict.number().map(|number| self.style.number(number));
        [verdict.key().to_owned(), number.unwrap_or_default()]
    }

    fn stand(&self, stand: &Stand) -> Vec<String> {
        let said: Vec<String> = stand
            .said
            .iter()
            .map(|position| match position.number() {
                Some(number) => self.style.number(number),
                None => position.key().to_owned(),
            })
            .collect();
        let mut fields = self.verdict(stand.verdict).to_vec();
        fields.push(said.join(" "));
        let offers: Vec<String> = stand.offers.iter().map(Offer::words).collect();
        fields.push(self.style.text(&offers.join("; ")));
        if let Some(basis) = stand.basis {
            fields.extend([
                basis.statements.to_string(),
                basis.independent.to_string(),
                basis.newest.map_or(String::new(), |date| date.to_string()),
                basis.age.map_or(String::new(), |days| days.to_string()),
                basis.grade.map_or(String::new(), |grade| grade.to_string()),
            ]);
        }
        fields
    }

    fn place(&self, behind: &Behind) -> [String; 2] {
        match behind.place {
            Some(place) => [
                self.style.text(self.places.file(place)),
                self.places.start(place).line.to_string(),
            ],
            None => Default::default(),
        }
    }

    /// Returns the fields of a record behind a row, in the order of `BEHIND`.
    fn record(&self, records: &Records<'_>, evidence: Evidence) -> [String; BEHIND.len()] {
        let told = records.told(evidence);
        let id = match evidence {
            Evidence::Thing(entity) => self.id(entity),
            Evidence::Stance(..) | Evidence::Tie(_) => String::new(),
        };
        let sources: Vec<&str> = told
            .sources
            .iter()
            .map(|id| self.graph[*id].id.as_ref())
            .collect();
        let status = match evidence {
            Evidence::Stance(_, fate) => fate.key(),
            Evidence::Tie(_) | Evidence::Thing(_) => "",
        };
        [
            evidence.kind().to_owned(),
            id,
            self.style.text(&told.summary),
            self.style.text(&told.quote),
            told.said_by.map_or(String::new(), |by| self.id(by)),
            told.said_by.map_or(String::new(), |by| self.name(by)),
            told.date.map_or(String::new(), |date| date.to_string()),
            self.style.text(&sources.join(" ")),
            self.style.text(&told.at),
            status.to_owned(),
            self.style
                .text(&self.places.line(evidence.place(self.graph))),
        ]
    }
}

/// Writes a matrix, one line per non-empty cell; a symmetric one lists each pair once. Names would
/// make the table four times as long, so only a spreadsheet gets them beside the ids.
fn matrix_table(
    out: &mut dyn Write,
    graph: &Graph,
    matrix: &Matrix,
    style: Style,
) -> io::Result<()> {
    let figures: &[&str] = if matrix.is_net() {
        &["net", "same", "opposite"]
    } else {
        &["value", "word", "rests_on"]
    };
    let other = if matrix.is_symmetric() {
        "other"
    } else {
        "issue"
    };
    let sides = ["actor", other]
        .into_iter()
        .flat_map(|side| [side.to_owned(), format!("{side}_name")]);
    let mut header = style.writer(&mut *out);
    header.write_record(sides.chain(figures.iter().map(|key| (*key).to_owned())))?;
    header.flush()?;
    drop(header);
    let half = if matrix.is_symmetric() {
        Half::Before
    } else {
        Half::Both
    };
    let delimiter = style.delimiter();
    // Quote each name once, not again in each of its cells.
    let named = |things: &[Entity]| -> Vec<Vec<u8>> {
        let quoted = |entity: &Entity| {
            let mut writer = style.writer(Vec::new());
            let _ = writer.write_record(
                [graph.id(*entity), graph.name(*entity)].map(|text| style.text(text)),
            );
            let mut quoted = writer.into_inner().unwrap_or_default();
            quoted.pop();
            quoted.push(delimiter);
            quoted
        };
        things.iter().map(quoted).collect()
    };
    let (rows, columns) = (named(&matrix.rows), named(&matrix.columns));
    let lines = matrix.fold(half, Vec::new, |lines: &mut Vec<u8>, line| {
        line.each(|column, figure| {
            // List the lesser of a pair first.
            let (first, second) = match half {
                Half::Before => (&rows[column], &rows[line.row]),
                Half::Both => (&rows[line.row], &columns[column]),
            };
            lines.extend_from_slice(first);
            lines.extend_from_slice(second);
            match (figure.sides, figure.value) {
                (Some((same, opposite)), _) => {
                    push_whole(lines, same as i32 - opposite as i32);
                    lines.push(delimiter);
                    push_whole(lines, same as i32);
                    lines.push(delimiter);
                    push_whole(lines, opposite as i32);
                }
                (None, Value::Number(number)) => {
                    // Most numbers are small and whole. Writing to memory can't fail.
                    if f64::from(number as i32) == number {
                        push_whole(lines, number as i32);
                    } else {
                        let _ = write!(lines, "{}", style.number(number));
                    }
                    lines.extend([delimiter, delimiter]);
                    push_whole(lines, figure.on as i32);
                }
                (None, Value::Word(word)) => {
                    lines.push(delimiter);
                    lines.extend_from_slice(word.key().as_bytes());
                    lines.push(delimiter);
                    push_whole(lines, figure.on as i32);
                }
            }
            lines.push(b'\n');
        });
    });
    lines.iter().try_for_each(|lines| out.write_all(lines))
}

fn push_whole(out: &mut Vec<u8>, number: i32) {
    if number < 0 {
        out.push(b'-');
    }
    let (mut digits, mut left) = ([b'0'; 10], number.unsigned_abs());
    if left < 10 {
        return out.push(b'0' + left as u8);
    }
    let mut at = digits.len() - 1;
    while left >= 10 {
        digits[at] += (left % 10) as u8;
        (at, left) = (at - 1, left / 10);
    }
    digits[at] += left as u8;
    out.extend_from_slice(&digits[at..]);
}
