//! Detects whether the files of a graph have changed, without reading them.

use std::collections::BTreeSet;
use std::fs::{self, Metadata};
use std::path::{Path, PathBuf};
use std::time::Duration;

use crate::disk;
use crate::graph::Graph;

/// How old a file must be for its time to tell one change from the next.
const SETTLED: Duration = Duration::from_secs(2);

/// The files and folders of a graph, with their sizes and times.
#[derive(Debug)]
pub struct Stamp {
    paths: Vec<(PathBuf, Option<Metadata>)>,
    /// Whether a file was changed so recently that another change may have the same time.
    is_young: bool,
}

impl Stamp {
    /// Takes the stamp of a graph that was just read from these paths. Folders are part of it: a new
    /// file in them may belong to the graph.
    pub fn of(graph: &Graph, paths: &[PathBuf]) -> Stamp {
        let texts = graph.texts.iter().map(|text| disk::path(&text.name));
        let copies = graph
            .sources
            .iter()
            .filter_map(|source| disk::copy_of(graph, source));
        let files: BTreeSet<PathBuf> = texts.chain(copies).chain(paths.iter().cloned()).collect();
        let top = &disk::path(graph.folder());
        let above = |file: &'_ PathBuf| {
            let folders = file.ancestors().skip(1);
            let folders = folders.take_while(|folder| folder.starts_with(top));
            folders.map(Path::to_owned).collect::<Vec<_>>()
        };
        let folders: BTreeSet<PathBuf> = files.iter().flat_map(above).collect();
        let known = files.into_iter().chain(folders);
        let known = known.map(|path| {
            let found = look(&path);
            (path, found)
        });
        let paths: Vec<_> = known.collect();
        let is_young = paths
            .iter()
            .any(|(_, found)| found.as_ref().is_some_and(is_young));
        Stamp { paths, is_young }
    }

    /// Returns whether a file was changed, added or removed, or may have been.
    pub fn has_changed(&self) -> bool {
        let stamp = |found: &Metadata| (found.len(), found.modified().ok());
        let is_same = |(path, before): &(PathBuf, Option<Metadata>)| {
            before.as_ref().map(stamp) == look(path).as_ref().map(stamp)
        };
        self.is_young || !self.paths.iter().all(is_same)
    }
}

/// Returns what the system says of a file; of the working folder for an empty path.
fn look(path: &Path) -> Option<Metadata> {
    let is_here = path.as_os_str().is_empty();
    fs::metadata(if is_here { Path::new(".") } else { path }).ok()
}

fn is_young(found: &Metadata) -> bool {
    let age = found.modified().ok().and_then(|time| time.elapsed().ok());
    age.is_none_or(|age| age < SETTLED)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn aged(path: &Path) {
        let old = std::time::SystemTime::now() - Duration::from_secs(60);
        fs::File::open(path).unwrap().set_modified(old).unwrap();
    }

    #[test]
    fn a_change_is_seen() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("graph.ron");
        let text = "Graph(sources: {\"a\": (title: \"A\", text: \"a.txt\")})";
        let taken = || {
            for path in [&file, folder.path()] {
                aged(path);
            }
            let (graph, _) = disk::read(&[&file]).unwrap();
            Stamp::of(&graph, std::slice::from_ref(&file))
        };
        fs::write(&file, text).unwrap();
        assert!(!taken().has_changed());
        // Longer, with a new file beside it, with the text of a source.
        let changes: [&dyn Fn(); 3] = [
            &|| fs::write(&file, format!("{text} ")).unwrap(),
            &|| fs::write(folder.path().join("new.ron"), "").unwrap(),
            &|| fs::write(folder.path().join("a.txt"), "words").unwrap(),
        ];
        for change in changes {
            let stamp = taken();
            change();
            assert!(stamp.has_changed());
        }
        // What was written just now may be written again within the same tick.
        fs::write(&file, text).unwrap();
        let (graph, _) = disk::read(&[&file]).unwrap();
        assert!(Stamp::of(&graph, std::slice::from_ref(&file)).has_changed());
    }
}
