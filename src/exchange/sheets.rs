//! Sheets of workbooks: xlsx, xlsb, xls and ods. What a sheet shows and what it holds may differ;
//! wherever they may, the cell is told.

use std::collections::VecDeque;
use std::io::Cursor;

use calamine::{Data, Dimensions, Reader, SheetVisible, Sheets, open_workbook_auto_from_rs};

use crate::exchange::finding::{Spot, letters};
use crate::exchange::input::Listed;
use crate::words::{either, equally_near, listed};

/// The most bytes that a workbook may have, packed and unpacked. A small file can hold terabytes of
/// nothing.
const LARGEST: (u64, u64) = (256 << 20, 2 << 30);

/// Reads a sheet: the one named, else the only one that is not hidden.
///
/// # Errors
/// Returns why it can't be read, in words.
pub fn rows(bytes: Vec<u8>, name: &str, sheet: Option<&str>) -> Result<Listed, String> {
    check_size(&bytes).map_err(|why| format!("can't read `{name}`: {why}"))?;
    let unreadable = |error: calamine::Error| format!("can't read `{name}`: {}", in_words(&error));
    let mut book = open_workbook_auto_from_rs(Cursor::new(bytes)).map_err(unreadable)?;
    let all: Vec<(String, bool)> = book
        .sheets_metadata()
        .iter()
        .map(|sheet| (sheet.name.clone(), sheet.visible == SheetVisible::Visible))
        .collect();
    let sheet = chosen(&all, sheet).map_err(|why| format!("`{name}`: {why}"))?;
    let range = book.worksheet_range(&sheet).map_err(unreadable)?;
    let mut rows = Listed {
        spot: Spot {
            sheet: Some(sheet.clone()),
            ..Spot::table(name)
        },
        has_dates: true,
        ..Listed::default()
    };
    let (top, left) = range
        .start()
        .map_or((0, 0), |(row, column)| (row as usize, column as usize));
    let mut all = VecDeque::new();
    for (nth, row) in range.rows().enumerate() {
        let line = top + nth + 1;
        let mut cells = vec![String::new(); left];
        for (column, cell) in row.iter().enumerate() {
            match text(cell) {
                Ok(text) => cells.push(text),
                Err(message) => {
                    rows.report(line, left + column + 1, message, None);
                    cells.push(String::new());
                }
            }
        }
        if cells.iter().any(|cell| !cell.is_empty()) {
            all.push_back((line, cells));
        }
    }
    rows.rows = all;
    if let Ok(formulas) = book.worksheet_formula(&sheet) {
        let (top, left) = formulas.start().unwrap_or_default();
        for (row, column, formula) in formulas.used_cells().filter(|(.., text)| !text.is_empty()) {
            let message = format!(
                "a formula, `={}`: its value may be out of date",
                shortened(formula)
            );
            let help = "copy the column and paste its values";
            rows.report(
                top as usize + row + 1,
                left as usize + column + 1,
                message,
                Some(help),
            );
        }
    }
    for merged in merged(&mut book, &sheet) {
        let Dimensions { start, end } = merged;
        let cell =
            |(row, column): (u32, u32)| format!("{}{}", letters(column as usize + 1), row + 1);
        let message = format!(
            "the cells {}:{} are merged: only the first has a value",
            cell(start),
            cell(end)
        );
        let help = "split them, and fill in each";
        rows.report(
            start.0 as usize + 1,
            start.1 as usize + 1,
            message,
            Some(help),
        );
    }
    Ok(rows)
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

fn merged(book: &mut Sheets<Cursor<Vec<u8>>>, sheet: &str) -> Vec<Dimensions> {
    match book {
        Sheets::Xlsx(book) => book.merge_cells_by_sheet_name(sheet).unwrap_or_default(),
        _ => Vec::new(),
    }
}

fn in_words(error: &calamine::Error) -> String {
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
