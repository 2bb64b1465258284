//! Which folders are watched, and which changes in them concern the graph.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use notify::{RecommendedWatcher, RecursiveMode, Watcher};

/// The folders of a graph's files. Folders are watched rather than files, because many editors save
/// by replacing the file.
pub(super) struct Folders {
    watcher: RecommendedWatcher,
    /// The paths named on the command line.
    named: Vec<PathBuf>,
    /// The file that is drawn, which must not count as a change.
    output: Option<PathBuf>,
    /// The files that the graph consists of now.
    files: Vec<PathBuf>,
    /// The folders to watch, each with whether it is watched now.
    folders: BTreeMap<PathBuf, (RecursiveMode, bool)>,
}

impl Folders {
    pub(super) fn new(
        watcher: RecommendedWatcher,
        named: &[PathBuf],
        output: Option<&Path>,
    ) -> Folders {
        let named: Vec<PathBuf> = named.iter().map(|path| absolute(path)).collect();
        let output = output.map(absolute);
        let mut folders = Folders {
            watcher,
            named,
            output,
            files: Vec::new(),
            folders: BTreeMap::new(),
        };
        folders.follow(Vec::new());
        folders
    }

    /// Watches the folders of these files, and below the named ones: files may appear there that
    /// the graph includes.
    pub(super) fn follow(&mut self, files: Vec<PathBuf>) {
        if !files.is_empty() {
            self.files = files.iter().map(|path| absolute(path)).collect();
        }
        // A graph of one file needs only its own folder; one that includes others needs the folders
        // below as well.
        let mode = if self.files.len() > self.named.len() {
            RecursiveMode::Recursive
        } else {
            RecursiveMode::NonRecursive
        };
        for path in self.named.clone() {
            match path.is_dir() {
                true => self.want(&path, RecursiveMode::Recursive),
                false => {
                    if let Some(folder) = path.parent() {
                        self.want(folder, mode);
                    }
                }
            }
        }
        for file in self.files.clone() {
            if let Some(folder) = file.parent() {
                self.want(folder, RecursiveMode::NonRecursive);
            }
        }
        self.watch();
    }

    fn want(&mut self, folder: &Path, mode: RecursiveMode) {
        let wanted = self
            .folders
            .entry(folder.to_owned())
            .or_insert((mode, false));
        if wanted.0 == RecursiveMode::NonRecursive && mode == RecursiveMode::Recursive {
            *wanted = (mode, false);
        }
    }

    /// Watches folders that aren't watched yet; returns whether any were added.
    fn watch(&mut self) -> bool {
        let mut is_any = false;
        for (folder, (mode, is_watched)) in &mut self.folders {
            // A watch ends when its folder is deleted.
            *is_watched &= folder.is_dir();
            if !*is_watched && self.watcher.watch(folder, *mode).is_ok() {
                (*is_watched, is_any) = (true, true);
            }
        }
        is_any
    }

    /// Watches folders that exist again; returns whether there were any.
    pub(super) fn came_back(&mut self) -> bool {
        self.watch()
    }

    /// Returns whether a change to this path may change the graph.
    pub(super) fn concern(&self, path: &Path) -> bool {
        let is_output = self.output.as_ref().is_some_and(|output| {
            // The temporary file that is written first has a name derived from the output's.
            let name = |path: &Path| {
                path.file_name()
                    .map(|name| name.to_string_lossy().into_owned())
                    .unwrap_or_default()
            };
            path == output
                || path.parent() == output.parent()
                    && name(path).starts_with(&format!(".{}.", name(output)))
        });
        let is_graph = path.extension().is_some_and(|ending| ending == "ron");
        !is_output
            && (is_graph
                || self
                    .files
                    .iter()
                    .chain(&self.named)
                    .any(|file| file.starts_with(path)))
    }
}

/// Returns the path as the system reports it in events. For a missing file, that is its canonical
/// folder and its name.
fn absolute(path: &Path) -> PathBuf {
    let whole = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    match (
        whole.parent().and_then(|folder| folder.canonicalize().ok()),
        whole.file_name(),
    ) {
        _ if whole.is_dir() => whole.canonicalize().unwrap_or(whole),
        (Some(folder), Some(name)) => folder.join(name),
        _ => whole,
    }
}
