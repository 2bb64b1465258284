//! The files that an import reads, bit by bit, with progress on a terminal.

use std::cell::Cell;
use std::io::{self, IsTerminal, Read, Write};
use std::path::{Path, PathBuf};
use std::rc::Rc;
use std::time::{Duration, Instant};

use crate::disk;
use crate::exchange::import::Files;
use crate::exchange::input::Rows;

/// Opens the tables of a map: those that the map names lie beside it.
pub(super) struct Tables {
    folder: PathBuf,
    progress: Rc<Progress>,
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
            progress: Rc::new(Progress {
                started: Instant::now(),
                shown: Cell::new(None),
                bytes: Cell::new(0),
                is_shown: io::stderr().is_terminal(),
            }),
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

    /// Removes what was shown of the progress.
    pub(super) fn done(&self) {
        if self.progress.shown.get().is_some() {
            // There is nowhere left to report a failure to.
            let _ = write!(io::stderr().lock(), "\r\u{1b}[K");
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
        let file = disk::open_file(&path).map_err(|error| {
            format!(
                "can't read `{}`: {}",
                path.display(),
                disk::in_words(&error)
            )
        })?;
        self.opened.push(path);
        Ok(Box::new(Counted {
            file,
            progress: self.progress.clone(),
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
        let rows = crate::exchange::sheets::rows(bytes, name, sheet)?;
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

/// How far an import is.
struct Progress {
    started: Instant,
    shown: Cell<Option<Instant>>,
    bytes: Cell<usize>,
    is_shown: bool,
}

/// How long an import takes before it shows its progress.
const PATIENCE: Duration = Duration::from_secs(1);
/// How long the same progress is shown.
const PAUSE: Duration = Duration::from_millis(200);

impl Progress {
    fn add(&self, bytes: usize) {
        self.bytes.set(self.bytes.get() + bytes);
        let since = self.shown.get().unwrap_or(self.started);
        let pause = self.shown.get().map_or(PATIENCE, |_| PAUSE);
        if self.is_shown && since.elapsed() >= pause {
            self.shown.set(Some(Instant::now()));
            let read = self.bytes.get() / 1_000_000;
            // There is nowhere left to report a failure to.
            let _ = write!(io::stderr().lock(), "\rread {read} MB");
        }
    }
}

struct Counted {
    file: std::fs::File,
    progress: Rc<Progress>,
}

impl Read for Counted {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let read = self.file.read(into)?;
        self.progress.add(read);
        Ok(read)
    }
}
