//! What the sheets of an OpenDocument workbook hold that its reader does not pass on: which cells are
//! merged, and how far a few bytes reach, where a cell is repeated a million times.

use std::collections::HashMap;
use std::io::{BufReader, Cursor};

use ::zip::ZipArchive;
use calamine::Dimensions;
use quick_xml::events::{BytesStart, Event};
use quick_xml::name::QName;
use quick_xml::{Reader, XmlVersion};

use crate::exchange::sheets::check_reach;

/// The merged cells of each sheet.
#[derive(Default)]
pub(super) struct Reach {
    merged: HashMap<String, Vec<Dimensions>>,
}

impl Reach {
    /// Reads it. Of what is no such workbook, or a damaged one, it is empty.
    ///
    /// # Errors
    /// Returns in words that a sheet has too many cells.
    pub(super) fn of(bytes: &[u8]) -> Result<Reach, String> {
        let mut walk = Walk::default();
        let Ok(mut archive) = ZipArchive::new(Cursor::new(bytes)) else {
            return Ok(walk.reach);
        };
        let Ok(content) = archive.by_name("content.xml") else {
            return Ok(walk.reach);
        };
        let mut reader = Reader::from_reader(BufReader::new(content));
        // A reader of workbooks goes on behind such a mistake.
        reader.config_mut().check_end_names = false;
        let mut buffer = Vec::new();
        // Other mistakes in the XML are reported by the reader of the workbook.
        while let Ok(event) = reader.read_event_into(&mut buffer) {
            match event {
                Event::Start(tag) => walk.start(&tag, true),
                Event::Empty(tag) => {
                    walk.start(&tag, false);
                    walk.end(tag.name());
                }
                Event::End(tag) => walk.end(tag.name()),
                Event::Eof => break,
                _ => {}
            }
            check_reach(walk.rows, walk.width, walk.width)?;
            if walk.spaces > MOST_SPACES {
                return Err(format!(
                    "a cell of `{}` has millions of spaces: delete them",
                    walk.sheet
                ));
            }
            buffer.clear();
        }
        Ok(walk.reach)
    }

    /// Returns the merged cells of a sheet.
    pub(super) fn merged(mut self, sheet: &str) -> Vec<Dimensions> {
        self.merged.remove(sheet).unwrap_or_default()
    }
}

/// The most spaces that cells may have in a row: one tag stands for any number.
const MOST_SPACES: usize = 1 << 20;

/// Where in a workbook its reader is.
#[derive(Default)]
struct Walk {
    sheet: String,
    /// The row and the column of the next cell, from 0.
    row: usize,
    column: usize,
    /// How often the row is repeated.
    repeated: usize,
    /// Whether the row has a cell that is not empty.
    is_filled: bool,
    /// How far the cells of the sheet reach that are not empty.
    rows: usize,
    width: usize,
    /// The most spaces that one tag stands for.
    spaces: usize,
    reach: Reach,
}

impl Walk {
    fn start(&mut self, tag: &BytesStart<'_>, has_content: bool) {
        match tag.name().as_ref() {
            "table:table" => {
                let reach = std::mem::take(&mut self.reach);
                *self = Walk {
                    sheet: attribute(tag, "table:name").unwrap_or_default(),
                    reach,
                    ..Walk::default()
                };
            }
            "table:table-row" => {
                self.repeated = number(tag, "table:number-rows-repeated");
                (self.column, self.is_filled) = (0, false);
            }
            "table:table-cell" | "table:covered-table-cell" => self.cell(tag, has_content),
            "text:s" => self.spaces = self.spaces.max(number(tag, "text:c")),
            _ => {}
        }
    }

    fn cell(&mut self, tag: &BytesStart<'_>, has_content: bool) {
        let at = (self.row, self.column);
        self.column = self
            .column
            .saturating_add(number(tag, "table:number-columns-repeated"));
        if has_content || attribute(tag, "office:value-type").is_some() {
            self.is_filled = true;
            self.width = self.width.max(self.column);
        }
        let rows = number(tag, "table:number-rows-spanned");
        let columns = number(tag, "table:number-columns-spanned");
        if rows.max(columns) > 1 {
            let corner = |row: usize, column: usize| (row as u32, column as u32);
            let end = (
                at.0.saturating_add(rows - 1),
                at.1.saturating_add(columns - 1),
            );
            self.reach
                .merged
                .entry(self.sheet.clone())
                .or_default()
                .push(Dimensions {
                    start: corner(at.0, at.1),
                    end: corner(end.0, end.1),
                });
        }
    }

    fn end(&mut self, name: QName<'_>) {
        if name.as_ref() == "table:table-row" {
            self.row = self.row.saturating_add(self.repeated);
            if self.is_filled {
                self.rows = self.row;
            }
        }
    }
}

fn attribute(tag: &BytesStart<'_>, name: &str) -> Option<String> {
    let attribute = tag.try_get_attribute(name).ok().flatten()?;
    let value = attribute.normalized_value(XmlVersion::Implicit1_0).ok()?;
    Some(value.into_owned())
}

/// Returns an attribute that says how many; 1 if it is not there.
fn number(tag: &BytesStart<'_>, name: &str) -> usize {
    let written = attribute(tag, name).and_then(|value| value.parse().ok());
    written.unwrap_or(1).max(1)
}
