//! Opens a table of an import, in whatever encoding it is, and sums what is read of it.

use std::cell::RefCell;
use std::io::{self, Read};
use std::rc::Rc;

use crate::exchange::delimited::Dialect;
use crate::exchange::finding::Spot;
use crate::exchange::import::{Files, Import, Unmade};
use crate::exchange::input::{CsvRows, Decoded, Encoding, Rows};
use crate::exchange::map::Map;
use crate::sum::Sum;

impl Import<'_> {
    /// Opens a table.
    pub(super) fn open(
        &mut self,
        (table, sheet): (&str, Option<&str>),
        map: &Map,
        files: &mut dyn Files,
        hash: &SharedHash,
    ) -> Result<Box<dyn Rows>, String> {
        if let Some(sheet) = files.sheet(table, sheet)? {
            return Ok(sheet);
        }
        let bytes = files.open(table)?;
        let is_tsv = table.to_ascii_lowercase().ends_with(".tsv");
        let delimiter = map.delimiter.first().and_then(|text| text.bytes().next());
        let dialect = Dialect {
            delimiter: delimiter.unwrap_or(if is_tsv { b'\t' } else { b',' }),
            quote: match map.quote.first() {
                None => Some(b'"'),
                Some(text) => text.bytes().next(),
            },
        };
        let encoding = map.encoding.first().and_then(|name| {
            let known = Encoding::NAMES.iter().find(|(known, _)| *known == name);
            known.map(|(_, encoding)| *encoding)
        });
        let hashed = Hashed {
            from: bytes,
            hash: hash.clone(),
        };
        let mut decoded = Decoded::new(hashed, encoding.unwrap_or(Encoding::Utf8));
        let mut start = [0; 2];
        let unreadable = |error: io::Error| format!("can't read `{table}`: {error}");
        let mut read = 0;
        while read < 2 {
            match decoded.read(&mut start[read..]).map_err(unreadable)? {
                0 => break,
                more => read += more,
            }
        }
        if encoding.is_none() && matches!(start, [0xff, 0xfe] | [0xfe, 0xff]) {
            let help = "state it in the map: `encoding: \"utf-16\"`".to_owned();
            let spot = Spot {
                line: 1,
                ..Spot::table(table)
            };
            self.report(spot, "the table is in UTF-16", Some(help));
            self.unmade = Some(Unmade::Unread);
        }
        let whole = io::Cursor::new(start[..read].to_vec()).chain(decoded);
        let encoding = encoding.unwrap_or(Encoding::Utf8);
        let rows = CsvRows::new(whole, dialect, encoding, table.to_owned());
        Ok(Box::new(rows.map_err(unreadable)?))
    }
}

/// The sum of what is read.
#[derive(Clone, Default)]
pub(super) struct SharedHash(Rc<RefCell<(Sum, bool)>>);

impl SharedHash {
    /// Returns whether anything was read; a sheet is summed by whoever opens it.
    pub(super) fn is_used(&self) -> bool {
        self.0.borrow().1
    }

    pub(super) fn finish(&self) -> String {
        self.0.borrow().0.clone().whole()
    }
}

struct Hashed<R> {
    from: R,
    hash: SharedHash,
}

impl<R: Read> Read for Hashed<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let read = self.from.read(into)?;
        let mut hash = self.hash.0.borrow_mut();
        hash.0.add(&into[..read]);
        hash.1 = true;
        Ok(read)
    }
}
