//! Sheets of workbooks: xlsx, xlsb, xls and ods. What a sheet shows and what it holds may differ;
//! wherever they may, the cell is told.

use std::collections::VecDeque;
use std::io::Cursor;

use calamine::{
    Data, Dimensions, Error, Ods, Reader, SheetVisible, Sheets, Xls, Xlsb, Xlsx,
    open_workbook_auto_from_rs, open_workbook_from_rs,
};

use crate::exchange::finding::{Spot, letters};
use crate::exchange::input::Listed;
use crate::words::{either, equally_near, listed};

/// The most bytes that a workbook may have, packed and unpacked. A small file can hold terabytes of
/// nothing.
const LARGEST: (u64, u64) = (256 << 20, 2 << 30);

/// The most cells that the rows of a sheet may have, empty ones between others among them.
const MOST_CELLS: usize = 50_000_000;

/// A workbook in memory.
type Book<'b> = Sheets<Cursor<&'b [u8]>>;

/// What a cell holds, with its row and column, from 0.
type Placed<T> = ((u32, u32), T);

/// Reads a sheet: the one named, else the only one that is not hidden.
///
/// # Errors
/// Returns why it can't be read, in words.
pub fn rows(bytes: &[u8], name: &str, sheet: Option<&str>) -> Result<Listed, String> {
    let unread = |why: String| format!("can't read `{name}`: {why}");
    let unreadable = |error: Error| unread(in_words(&error));
    check_size(bytes).map_err(unread)?;
    let mut book = open(bytes, name).map_err(unreadable)?;
    let all: Vec<(String, bool)> = book
        .sheets_metadata()
        .iter()
        .map(|sheet| (sheet.name.clone(), sheet.visible == SheetVisible::Visible))
        .collect();
    let sheet = chosen(&all, sheet).map_err(|why| format!("`{name}`: {why}"))?;
    let mut rows = Listed {
        spot: Spot {
            sheet: Some(sheet.clone()),
            ..Spot::table(name)
        },
        has_dates: true,
        ..Listed::default()
    };
    let cells = cells(&mut book, &sheet).map_err(unreadable)?;
    rows.fill(cells).map_err(unread)?;
    rows.report_formulas(formulas(&mut book, &sheet).unwrap_or_default());
    rows.report_merged(merged(&mut book, &sheet));
    Ok(rows)
}

/// Opens a workbook, whatever format it has. Where it has none, the one that its name promises says why.
fn open<'b>(bytes: &'b [u8], name: &str) -> Result<Book<'b>, Error> {
    let bytes = Cursor::new(bytes);
    if let Ok(book) = open_workbook_auto_from_rs(bytes.clone()) {
        return Ok(book);
    }
    match name.rsplit('.').next().unwrap_or_default() {
        "xls" => open_workbook_from_rs::<Xls<_>, _>(bytes)
            .map(Sheets::Xls)
            .map_err(Error::Xls),
        "xlsb" => open_workbook_from_rs::<Xlsb<_>, _>(bytes)
            .map(Sheets::Xlsb)
            .map_err(Error::Xlsb),
        "ods" => open_workbook_from_rs::<Ods<_>, _>(bytes)
            .map(Sheets::Ods)
            .map_err(Error::Ods),
        _ => open_workbook_from_rs::<Xlsx<_>, _>(bytes)
            .map(Sheets::Xlsx)
            .map_err(Error::Xlsx),
    }
}

/// Returns the cells of a sheet that hold something, row by row. A large format is read cell by cell: one
/// cell far from the others must not make billions of empty ones.
fn cells(book: &mut Book<'_>, sheet: &str) -> Result<Vec<Placed<Data>>, Error> {
    let mut cells: Vec<Placed<Data>> = Vec::new();
    match book {
        Sheets::Xlsx(book) => {
            let mut reader = book.worksheet_cells_reader(sheet)?;
            while let Some(cell) = reader.next_cell()? {
                cells.push((cell.get_position(), cell.get_value().clone().into()));
            }
        }
        Sheets::Xlsb(book) => {
            let mut reader = book.worksheet_cells_reader(sheet)?;
            while let Some(cell) = reader.next_cell()? {
                cells.push((cell.get_position(), cell.get_value().clone().into()));
            }
        }
        book => {
            let range = book.worksheet_range(sheet)?;
            cells = placed(range.start(), range.used_cells());
        }
    }
    cells.retain(|(_, cell)| *cell != Data::Empty);
    cells.sort_by_key(|(place, _)| *place);
    Ok(cells)
}

/// Returns the formulas of a sheet.
fn formulas(book: &mut Book<'_>, sheet: &str) -> Result<Vec<Placed<String>>, Error> {
    let mut cells = Vec::new();
    match book {
        Sheets::Xlsx(book) => {
            let mut reader = book.worksheet_cells_reader(sheet)?;
            while let Some(cell) = reader.next_formula()? {
                cells.push((cell.get_position(), cell.get_value().clone()));
            }
        }
        Sheets::Xlsb(book) => {
            let mut reader = book.worksheet_cells_reader(sheet)?;
            while let Some(cell) = reader.next_formula()? {
                cells.push((cell.get_position(), cell.get_value().clone()));
            }
        }
        book => {
            let range = book.worksheet_formula(sheet)?;
            cells = placed(range.start(), range.used_cells());
        }
    }
    cells.retain(|(_, formula)| !formula.is_empty());
    Ok(cells)
}

/// Places the cells of a range, which counts from its own corner.
fn placed<'c, T: Clone + 'c>(
    corner: Option<(u32, u32)>,
    cells: impl Iterator<Item = (usize, usize, &'c T)>,
) -> Vec<Placed<T>> {
    let (top, left) = corner.unwrap_or_default();
    let place = |row: usize, column: usize| (top + row as u32, left + column as u32);
    cells
        .map(|(row, column, cell)| (place(row, column), cell.clone()))
        .collect()
}

impl Listed {
    /// Takes the cells of a sheet, sorted by row and column. Every row gets as many as the widest.
    fn fill(&mut self, cells: Vec<Placed<Data>>) -> Result<(), String> {
        let mut rows: VecDeque<(usize, Vec<String>)> = VecDeque::new();
        let mut width = 0;
        for ((row, column), cell) in cells {
            let (line, column) = (row as usize + 1, column as usize + 1);
            let text = text(&cell).unwrap_or_else(|message| {
                self.report(line, column, message, None);
                "#".to_owned()
            });
            if text.is_empty() {
                continue;
            }
            if rows.back().is_none_or(|(last, _)| *last != line) {
                rows.push_back((line, Vec::new()));
            }
            width = width.max(column);
            if rows.len().saturating_mul(width) > MOST_CELLS {
                let column = letters(width);
                return Err(format!(
                    "a cell in column {column} makes it too wide: delete what stands far from the table, or save the sheet as CSV"
                ));
            }
            if let Some((_, cells)) = rows.back_mut() {
                cells.resize(column, String::new());
                cells[column - 1] = text;
            }
        }
        for (_, cells) in &mut rows {
            cells.resize(width, String::new());
        }
        self.rows = rows;
        Ok(())
    }

    fn report_formulas(&mut self, formulas: Vec<Placed<String>>) {
        for ((row, column), formula) in formulas {
            let formula = shortened(&formula);
            let message = format!("a formula, `={formula}`: its value may be out of date");
            let help = "copy the column and paste its values";
            self.report(row as usize + 1, column as usize + 1, message, Some(help));
        }
    }

    fn report_merged(&mut self, merged: Vec<Dimensions>) {
        let cell =
            |(row, column): (u32, u32)| format!("{}{}", letters(column as usize + 1), row + 1);
        for Dimensions { start, end } in merged {
            let (from, to) = (cell(start), cell(end));
            let message = format!("the cells {from}:{to} are merged: only the first has a value");
            let help = "split them, and fill in each";
            let (row, column) = (start.0 as usize + 1, start.1 as usize + 1);
            self.report(row, column, message, Some(help));
        }
    }
}

/// Chooses a sheet.
fn chosen(all: &[(String, bool)], named: Option<&str>) -> Result<String, String> {
    let names = || all.iter().map(|(name, _)| name.as_str());
    if let Some(named) = named {
        return match all.iter().find(|(name, _)| name == named) {
            Some((_, true)) => Ok(named.to_owned()),
            Some((_, false)) => Err(format!(
                "the sheet `{named}` is hidden: show it, and look at it first"
            )),
            None => {
                let near = equally_near(named, names());
                let near = if near.is_empty() {
                    listed(names())
                } else {
                    either(near.iter())
                };
                Err(format!("there is no sheet `{named}`, but {near}"))
            }
        };
    }
    let visible: Vec<&str> = all
        .iter()
        .filter(|(_, shown)| *shown)
        .map(|(name, _)| name.as_str())
        .collect();
    match visible[..] {
        [one] => Ok(one.to_owned()),
        [] => Err("it has no sheet that is not hidden".to_owned()),
        _ => Err(format!(
            "it has several sheets: state in the map which one, `sheet: …`: {}",
            listed(visible)
        )),
    }
}

/// Returns the text of a cell, or what is wrong with it.
fn text(cell: &Data) -> Result<String, String> {
    Ok(match cell {
        Data::Empty => String::new(),
        Data::String(text) | Data::DateTimeIso(text) | Data::DurationIso(text) => {
            text.trim().to_owned()
        }
        Data::Float(number) => number.to_string(),
        Data::Int(number) => number.to_string(),
        Data::Bool(flag) => flag.to_string(),
        Data::DateTime(date) if date.is_duration() => date.as_f64().to_string(),
        Data::DateTime(date) => {
            let (year, month, day, hours, minutes, seconds, _) = date.to_ymd_hms_milli();
            let day = format!("{year:04}-{month:02}-{day:02}");
            match (hours, minutes, seconds) {
                (0, 0, 0) => day,
                _ => format!("{day}T{hours:02}:{minutes:02}:{seconds:02}"),
            }
        }
        Data::Error(error) => return Err(format!("the cell shows the error `{error}`")),
    })
}

fn shortened(formula: &str) -> String {
    match formula.char_indices().nth(30) {
        Some((at, _)) => format!("{}…", &formula[..at]),
        None => formula.to_owned(),
    }
}

fn merged(book: &mut Book<'_>, sheet: &str) -> Vec<Dimensions> {
    match book {
        Sheets::Xlsx(book) => book.merge_cells_by_sheet_name(sheet).unwrap_or_default(),
        _ => Vec::new(),
    }
}

fn in_words(error: &Error) -> String {
    let said = error.to_string();
    match said.to_ascii_lowercase().contains("password") {
        true => "it is protected by a password: save a copy without one".to_owned(),
        false => format!("it is damaged, or no workbook ({said})"),
    }
}

/// Refuses a workbook that is too large when unpacked, by the sizes in the directory of its archive.
fn check_size(bytes: &[u8]) -> Result<(), String> {
    if bytes.len() as u64 > LARGEST.0 {
        return Err(format!(
            "it is larger than {} MB: save the sheet as CSV",
            LARGEST.0 >> 20
        ));
    }
    let number = |at: usize| {
        let bytes = bytes.get(at..at + 4)?;
        Some(u64::from(u32::from_le_bytes(bytes.try_into().ok()?)))
    };
    let mut unpacked: u64 = 0;
    // An entry of the directory begins with these bytes; its unpacked size is at 24.
    for at in memchr::memmem::find_iter(bytes, b"PK\x01\x02") {
        unpacked = unpacked.saturating_add(number(at + 24).unwrap_or(0));
    }
    match unpacked > LARGEST.1 {
        true => Err(format!(
            "it is larger than {} MB when unpacked: save the sheet as CSV",
            LARGEST.1 >> 20
        )),
        false => Ok(()),
    }
}
