//! The files that an import reads, bit by bit.

use std::io::{self, Read};
use std::path::{Path, PathBuf};

use crate::disk;
use crate::exchange::import::Files;
use crate::exchange::input::Rows;
use crate::progress::{Step, step};

/// Opens the tables of a map: those that the map names lie beside it.
pub(super) struct Tables {
    folder: PathBuf,
    /// The tables that the command line names.
    named: Vec<(String, PathBuf)>,
    /// The files opened so far.
    pub(super) opened: Vec<PathBuf>,
    /// The workbooks read so far, and their sums.
    pub(super) books: Vec<(String, String)>,
}

impl Tables {
    pub(super) fn new(map: &Path) -> Tables {
        Tables {
            folder: disk::folder_of(map),
            named: Vec::new(),
            opened: Vec::new(),
            books: Vec::new(),
        }
    }

    /// Returns the name of a table that the command line names: from the working folder, not that of
    /// the map.
    pub(super) fn name(&mut self, path: &Path) -> String {
        let name = disk::name(path);
        self.named.push((name.clone(), path.to_owned()));
        name
    }

    /// Returns where a table lies that only the map names: beside it, else beside a table that the
    /// command line names.
    fn beside(&self, name: &str) -> PathBuf {
        let own = self.folder.join(disk::path(name));
        let others = self.named.iter();
        let mut others = others.map(|(_, table)| disk::folder_of(table).join(disk::path(name)));
        match own.exists() {
            true => own,
            false => others.find(|other| other.exists()).unwrap_or(own),
        }
    }
}

impl Files for Tables {
    fn open(&mut self, name: &str) -> Result<Box<dyn Read>, String> {
        let named = self.named.iter().find(|(known, _)| known == name);
        let path = match named {
            Some((_, path)) => path.clone(),
            None => self.beside(name),
        };
        let unreadable = |error: io::Error| {
            let why = match error.kind() {
                io::ErrorKind::NotFound => "there is no such file".to_owned(),
                _ => disk::in_words(&error),
            };
            format!("can't read `{}`: {why}", path.display())
        };
        let file = disk::open_file(&path).map_err(unreadable)?;
        let size = file.metadata().map_err(unreadable)?.len();
        self.opened.push(path);
        Ok(Box::new(Counted {
            file,
            bytes: 0,
            step: step("reading a table, in megabytes", (size >> MEGABYTE) as usize),
        }))
    }

    fn sheet(&mut self, name: &str, sheet: Option<&str>) -> Result<Option<Box<dyn Rows>>, String> {
        let ending = Path::new(name)
            .extension()
            .unwrap_or_default()
            .to_ascii_lowercase();
        if !BOOKS.iter().any(|book| ending == *book) {
            return Ok(None);
        }
        self.workbook(name, sheet)
    }
}

/// The endings of workbooks.
const BOOKS: [&str; 5] = ["xlsx", "xlsm", "xlsb", "xls", "ods"];

/// The bits of a number of bytes below a megabyte.
const MEGABYTE: u32 = 20;

impl Tables {
    #[cfg(feature = "sheets")]
    fn workbook(
        &mut self,
        name: &str,
        sheet: Option<&str>,
    ) -> Result<Option<Box<dyn Rows>>, String> {
        let mut bytes = Vec::new();
        self.open(name)?
            .read_to_end(&mut bytes)
            .map_err(|error| format!("can't read `{name}`: {}", disk::in_words(&error)))?;
        let sum = crate::exchange::made::sha256(&bytes);
        let rows = crate::exchange::sheets::rows(&bytes, name, sheet)?;
        self.books.push((name.to_owned(), sum));
        Ok(Some(Box::new(rows)))
    }

    #[cfg(not(feature = "sheets"))]
    fn workbook(&mut self, name: &str, _: Option<&str>) -> Result<Option<Box<dyn Rows>>, String> {
        Err(format!(
            "can't read `{name}`: this program was built without workbooks; save the sheet as CSV"
        ))
    }
}

/// A file that says how much of it was read.
struct Counted {
    file: std::fs::File,
    bytes: u64,
    step: Step,
}

impl Read for Counted {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let read = self.file.read(into)?;
        let before = self.bytes;
        self.bytes += read as u64;
        if before >> MEGABYTE < self.bytes >> MEGABYTE {
            self.step.advance();
        }
        Ok(read)
    }
}
