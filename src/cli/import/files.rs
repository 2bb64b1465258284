//! The files that an import reads, bit by bit, with progress on a terminal.

use std::cell::Cell;
use std::io::{self, IsTerminal, Read, Write};
use std::path::{Path, PathBuf};
use std::rc::Rc;
use std::time::{Duration, Instant};

use crate::disk;
use crate::exchange::import::Files;

/// Opens the tables of a map: those that the map names lie beside it.
pub(super) struct Tables {
    folder: PathBuf,
    progress: Rc<Progress>,
    /// The tables that the command line names.
    named: Vec<(String, PathBuf)>,
    /// The files opened so far.
    pub(super) opened: Vec<PathBuf>,
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
        }
    }

    /// Returns the name of a table that the command line names: from the working folder, not that of
    /// the map.
    pub(super) fn name(&mut self, path: &Path) -> String {
        let name = disk::name(path);
        self.named.push((name.clone(), path.to_owned()));
        name
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
            None => self.folder.join(disk::path(name)),
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
