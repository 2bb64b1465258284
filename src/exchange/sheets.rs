//! Sheets of workbooks: xlsx, xlsb, xls and ods. What a sheet shows may differ from what it
//! holds; where it may, the cell is reported.

mod ods;
mod size;

use std::collections::VecDeque;
use std::io::Cursor;

use calamine::{
    Data, Dimensions, Error, Ods, Reader, SheetVisible, Sheets, Xls, Xlsb, Xlsx,
    open_workbook_auto_from_rs, open_workbook_from_rs,
};

use crate::exchange::finding::{Spot, letters};
use crate::exchange::input::Listed;
use crate::words::{either, equally_near, listed};

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
    size::check(bytes).map_err(unread)?;
    let reach = ods::Reach::of(bytes).map_err(unread)?;
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
    rows.report_merged(merged(&mut book, &sheet, reach));
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
                check_count(&cells)?;
            }
        }
        Sheets::Xlsb(book) => {
            let mut reader = book.worksheet_cells_reader(sheet)?;
            while let Some(cell) = reader.next_cell()? {
                cells.push((cell.get_position(), cell.get_value().clone().into()));
                check_count(&cells)?;
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
                check_count(&cells)?;
            }
        }
        Sheets::Xlsb(book) => {
            let mut reader = book.worksheet_cells_reader(sheet)?;
            while let Some(cell) = reader.next_formula()? {
                cells.push((cell.get_position(), cell.get_value().clone()));
                check_count(&cells)?;
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

/// Stops reading where more cells come than a sheet may have.
fn check_count<T>(cells: &[T]) -> Result<(), Error> {
    match cells.len() > MOST_CELLS {
        true => Err(Error::Msg(TOO_MANY)),
        false => Ok(()),
    }
}

const TOO_MANY: &str = "it has more than 50 million cells: save the sheet as CSV";

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
    /// Takes the cells of a sheet, sorted by row and column. Every row is given as many cells as
    /// the heading row; the extra cells of a longer row are kept so that they can be reported.
    fn fill(&mut self, cells: Vec<Placed<Data>>) -> Result<(), String> {
        let mut rows: VecDeque<(usize, Vec<String>)> = VecDeque::new();
        let mut count = 0_usize;
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
            if let Some((_, cells)) = rows.back_mut() {
                count += column - cells.len();
                check_reach(1, count, column)?;
                cells.resize(column, String::new());
                cells[column - 1] = text;
            }
        }
        let width = rows.front().map_or(0, |(_, headings)| headings.len());
        check_reach(rows.len(), width, width)?;
        for (_, cells) in &mut rows {
            cells.resize(width.max(cells.len()), String::new());
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

/// Refuses a sheet with too many cells, empty ones between others among them.
fn check_reach(rows: usize, width: usize, column: usize) -> Result<(), String> {
    match rows.saturating_mul(width) > MOST_CELLS {
        true => Err(format!(
            "a cell in column {} makes it too wide: delete what stands far from the table, or save the sheet as CSV",
            letters(column)
        )),
        false => Ok(()),
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
                // A time by itself is on no day.
                _ if date.as_f64() < 1.0 => format!("{hours:02}:{minutes:02}:{seconds:02}"),
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

fn merged(book: &mut Book<'_>, sheet: &str, reach: ods::Reach) -> Vec<Dimensions> {
    match book {
        Sheets::Xlsx(book) => book.merge_cells_by_sheet_name(sheet).unwrap_or_default(),
        Sheets::Xls(book) => book.merge_cells_by_sheet_name(sheet).unwrap_or_default(),
        Sheets::Ods(_) => reach.merged(sheet),
        _ => Vec::new(),
    }
}

fn in_words(error: &Error) -> String {
    if let Error::Msg(said) = error {
        return (*said).to_owned();
    }
    let said = error.to_string();
    match said.to_ascii_lowercase().contains("password") {
        true => "it is protected by a password: save a copy without one".to_owned(),
        false => format!("it is damaged, or no workbook ({said})"),
    }
}
