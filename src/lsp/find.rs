//! Which graph an open file belongs to.

use std::path::{Path, PathBuf};

use crate::disk::{self, Overlay};
use crate::lsp::Settings;

/// Returns the files and folders that make up a file's graph: the served ones if the file belongs
/// to them, else the graph that the command line would use.
pub(super) fn graph_of(file: &Path, settings: &Settings, texts: &Overlay) -> Vec<PathBuf> {
    let holds = |root: &PathBuf| {
        if root.is_dir() {
            file.starts_with(root)
        } else {
            disk::includes(root, file, texts)
        }
    };
    if settings.graph.iter().any(holds) {
        return settings.graph.clone();
    }
    vec![disk::graph_of(file, settings.home.as_deref(), texts)]
}
