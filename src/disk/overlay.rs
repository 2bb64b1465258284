//! Texts that replace files, such as an editor's unsaved buffers.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::Disk;
use crate::diagnostic::Diagnostic;
use crate::graph::Graph;
use crate::resolve::{Files, Included, ReadError};

/// Texts by the names of the files that they replace; all other files are read from the disk.
#[derive(Clone, Debug, Default)]
pub struct Overlay(pub BTreeMap<String, Arc<str>>);

impl Overlay {
    /// Returns the first bytes of a file on disk, or the whole of a replaced one. Empty if the file
    /// can't be read.
    pub fn beginning(&self, name: &str) -> Vec<u8> {
        self.0.get(name).map_or_else(
            || super::kind::start(&super::path(name)).unwrap_or_default(),
            |text| Vec::from(text.as_bytes()),
        )
    }
}

impl Files for Overlay {
    fn read(&self, name: &str) -> Result<Vec<u8>, ReadError> {
        self.0
            .get(name)
            .map_or_else(|| Disk.read(name), |text| Ok(Vec::from(text.as_bytes())))
    }

    fn included(&self, root: &str, from: &str, pattern: &str) -> Included {
        Disk.included(root, from, pattern)
    }

    /// A replaced text belongs to one name only, even if the file has hard links, because saving
    /// replaces the file.
    fn real(&self, name: &str) -> String {
        match self.0.contains_key(name) {
            true => super::canonical(name),
            false => Disk.real(name),
        }
    }
}

/// Reads a graph like [`disk::read`](super::read), with some texts instead of files.
///
/// # Errors
/// If a path can't be read, or a folder holds no graph.
pub fn read_over<P: AsRef<Path>>(
    paths: &[P],
    texts: &Overlay,
) -> Result<(Graph, Vec<Diagnostic>), ReadError> {
    super::load(texts, paths)
}

/// Lists a folder, sorted; empty if it can't be read.
pub fn entries(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder)
        .map(|entries| entries.filter_map(|entry| entry.ok().map(|entry| entry.path())));
    let mut found: Vec<PathBuf> = entries.map(Iterator::collect).unwrap_or_default();
    found.sort();
    found
}
