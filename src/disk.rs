//! The graph on disk: which files belong to it, and their bytes. Apart from `cli`, no other module
//! touches files.

mod at_hand;
mod author;
mod edit;
mod failed;
mod folder;
mod include;
mod journal;
mod kept;
mod kind;
mod names;
mod open;
mod overlay;
mod reader;
mod recover;
mod stamp;
mod unfinished;
mod whole_folder;
mod write;

use std::collections::HashSet;
use std::fs;
use std::io;
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;
use std::time::Instant;

use crate::diagnostic::{self, Diagnostic};
use crate::graph::{Graph, Source};
use crate::model;
use crate::resolve::{self, Files, Included, ReadError};
use crate::text::{FileId, Place, Text};
use crate::words;

pub(crate) use at_hand::including;
pub use at_hand::{AtHand, at_hand, graph_of, includes};
pub use author::Author;
pub use edit::{Change, Hold, folder, folder_of, hold, make_folder};
pub use failed::{Failed, in_words};
#[cfg(feature = "cli")]
pub(crate) use include::NOT_UTF8;
pub use kind::{Kind, of_bytes};
pub use names::{name, name_of_bytes, path};
pub use overlay::{Overlay, entries, read_over};
pub use reader::is_unread;
pub use recover::Recovered;
pub use stamp::Stamp;
pub use unfinished::{left_behind, read_edits, unfinished};
pub use whole_folder::{MakeFile, write_folder};
#[cfg(feature = "cli")]
pub(crate) use write::remove_unfinished;
pub use write::write_whole;

/// The name of standard input.
pub const STDIN: &str = "-";

/// Reads a graph from files, folders (all their `.ron` files except those that are plainly
/// something else) and `-` (standard input), with all files they include. Together they are one
/// graph. Findings are sorted by file and position.
///
/// # Errors
/// If a path can't be read, or a folder holds no graph.
pub fn read<P: AsRef<Path>>(paths: &[P]) -> Result<(Graph, Vec<Diagnostic>), ReadError> {
    let mut before: Option<Arc<Vec<Text>>> = None;
    for _ in 0..READINGS {
        let since = Instant::now();
        let read = load(&Disk, paths)?;
        // Two identical readings in a row: nothing changed in between.
        if before.as_ref() == Some(&read.0.texts) || !edited_meanwhile(&read.0.texts, since) {
            return Ok(read);
        }
        before = Some(read.0.texts);
    }
    load(&Disk, paths)
}

/// Reads a graph once. Findings about files of a folder that were passed over or can't be read
/// point to the start of the first file.
fn load<F: Files, P: AsRef<Path>>(
    files: &F,
    paths: &[P],
) -> Result<(Graph, Vec<Diagnostic>), ReadError> {
    let GraphFiles {
        names,
        passed,
        unread,
    } = all_files(paths)?;
    let (mut graph, mut found) = resolve::load(files, &names)?;
    let (place, label) = (Place::default(), "in the folder of this graph");
    found.extend(resolve::pass_over(&mut graph, passed));
    for error in &unread {
        let said = resolve::unreadable(error, place, label);
        if found.iter().any(|known| known.message == said.message) {
            continue;
        }
        graph.missing.push(said.clone());
        found.push(said);
    }
    diagnostic::sort(&mut graph.missing);
    diagnostic::sort(&mut found);
    Ok((graph, found))
}

fn edited_meanwhile(texts: &[Text], since: Instant) -> bool {
    let files = texts.iter().map(|text| names::path(&text.name));
    texts.len() > 1 && unfinished::edited_meanwhile(&files.collect::<Vec<_>>(), since)
}

/// How many times a graph is reread while its files change.
const READINGS: usize = 20;

/// Returns the files of several paths together, each as in [`graph_files`].
fn all_files<P: AsRef<Path>>(paths: &[P]) -> Result<GraphFiles, ReadError> {
    let mut all = GraphFiles::default();
    for path in paths {
        let found = graph_files(path.as_ref())?;
        all.names.extend(found.names);
        all.passed.extend(found.passed);
        all.unread.extend(found.unread);
    }
    Ok(all)
}

/// Reads the local copies of the graph's sources, against which quotes are checked, into its texts.
pub fn read_copies(graph: &mut Graph) -> Vec<Diagnostic> {
    resolve::read_copies(&Disk, graph)
}

/// Returns the path of a source's local text, or `None` if it has none.
pub fn copy_of(graph: &Graph, source: &Source) -> Option<PathBuf> {
    let text = graph.written_source(source.place).text?;
    let file = source.place.file.of(&graph.texts)?;
    Some(folder_of(&names::path(&file.name)).join(names::path(&text)))
}

/// Reads a text file, plain or Markdown; `-` is standard input.
///
/// # Errors
/// If it can't be read or is not a text: what is wrong, and what to do about it.
pub fn read_text(path: &Path) -> Result<String, (String, String)> {
    let name = name(path);
    let bytes = Disk.read(&name).map_err(|error| {
        (
            error.to_string(),
            "correct the path, or the file's permissions".to_owned(),
        )
    })?;
    resolve::plain_text(bytes).map_err(|(message, help)| (format!("`{name}` {message}"), help))
}

/// Reads the bytes of a file by its name; `-` is standard input.
///
/// # Errors
/// If it is not a file, or can't be read.
pub fn read_bytes(name: &str) -> Result<Vec<u8>, ReadError> {
    Disk.read(name)
}

/// Opens a file to be read bit by bit.
///
/// # Errors
/// If it is not a file, or can't be read.
pub fn open_file(path: &Path) -> io::Result<fs::File> {
    open::open(path)
}

/// Loads the installed fonts, for scripts that the built-in font lacks.
#[cfg(feature = "pictures")]
pub fn installed_fonts() -> resvg::usvg::fontdb::Database {
    let mut fonts = resvg::usvg::fontdb::Database::new();
    fonts.load_system_fonts();
    fonts
}

/// The files of a path.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct GraphFiles {
    /// The names of the graph files.
    pub names: Vec<String>,
    /// Files of a folder that have the extension of a graph file but are something else, and what
    /// they are.
    pub passed: Vec<ReadError>,
    /// What can't be read in a folder but may belong to the graph, and why.
    pub unread: Vec<ReadError>,
}

/// Returns the graph files of a path: the file itself, or those of a folder, sorted.
///
/// # Errors
/// If a folder can't be read or holds no graph, or the path is a pipe or a device.
pub fn graph_files(path: &Path) -> Result<GraphFiles, ReadError> {
    let name = name(path);
    let kind = fs::metadata(path).map(|found| found.file_type());
    let is_folder = kind.as_ref().is_ok_and(fs::FileType::is_dir);
    if name == STDIN || !is_folder {
        if let Some(kind) = kind.ok().filter(|_| name != STDIN)
            && let Some(reason) = open::no_file(kind)
        {
            let way_out = match open::odd(kind) {
                Some(open::PIPE) => "; `-` reads what is piped in",
                _ => "",
            };
            let reason = format!("{reason}{way_out}");
            return Err(ReadError { name, reason });
        }
        return Ok(GraphFiles {
            names: vec![plain(path)],
            ..GraphFiles::default()
        });
    }
    let mut walk = Walk {
        top: path,
        found: GraphFiles::default(),
        seen: 0,
    };
    walk.collect(path)
        .map_err(|error| read_error(&name, &error))?;
    if walk.is_too_far() {
        let reason = format!(
            "this folder has more than {MOST_ENTRIES} files and folders: name the graph's own folder"
        );
        return Err(ReadError { name, reason });
    }
    let mut found = walk.found;
    found.names = each_once(found.names);
    for errors in [&mut found.passed, &mut found.unread] {
        errors.sort_by(|one, other| one.name.cmp(&other.name));
    }
    match (found.names.first(), found.unread.first()) {
        (Some(_), _) => Ok(found),
        (None, Some(unread)) => Err(unread.clone()),
        (None, None) => {
            let passed = found.passed.first();
            let passed = passed
                .map(|passed| format!("; `{}` was passed over: {}", passed.name, passed.reason));
            let reason = format!(
                "no `.ron` file in this folder begins with `Graph`{}",
                passed.unwrap_or_default()
            );
            Err(ReadError { name, reason })
        }
    }
}

/// Sorts file names and keeps each file once, preferring its own name to that of a link.
fn each_once(names: Vec<String>) -> Vec<String> {
    let (mut links, mut names): (Vec<String>, Vec<String>) = names
        .into_iter()
        .partition(|name| names::path(name).is_symlink());
    if !links.is_empty() {
        let mut known: HashSet<String> = names.iter().map(|name| Disk.real(name)).collect();
        links.sort();
        links.retain(|link| known.insert(Disk.real(link)));
        names.extend(links);
    }
    names.sort();
    names
}

/// Returns whether two paths lead to the same file. Paths to anything but a file are never the
/// same: comparing opens them, and opening a pipe blocks.
pub fn is_same_file(one: &Path, other: &Path) -> bool {
    let are_files = one.is_file() && other.is_file();
    are_files && same_file::is_same_file(one, other).is_ok_and(|same| same)
}

/// Returns the name of a file without redundant `./`, so that it has the same name whether named or
/// included.
fn plain(path: &Path) -> String {
    let parts: PathBuf = path
        .components()
        .filter(|part| *part != Component::CurDir)
        .collect();
    name(&parts)
}

/// The number of files and folders after which a walk stops: such a folder is not the graph's.
const MOST_ENTRIES: usize = 100_000;

/// A recursive walk through a folder.
struct Walk<'w> {
    top: &'w Path,
    found: GraphFiles,
    /// The number of files and folders seen.
    seen: usize,
}

impl Walk<'_> {
    fn is_too_far(&self) -> bool {
        self.seen > MOST_ENTRIES
    }

    /// Collects the graph files of a folder.
    fn collect(&mut self, folder: &Path) -> io::Result<()> {
        for entry in fs::read_dir(folder)? {
            let entry = entry?;
            self.seen += 1;
            if self.is_too_far() {
                return Ok(());
            }
            let path = entry.path();
            let hidden = path
                .file_name()
                .is_some_and(|name| name.as_encoded_bytes().starts_with(b"."));
            if hidden {
                continue;
            }
            // The folder entry has the type even where the file itself can't be examined.
            if !entry.file_type()?.is_dir() {
                if !path.is_dir() {
                    take_file(self.top, &path, &mut self.found);
                }
            } else if let Err(error) = self.collect(&path) {
                self.found.unread.push(read_error(&plain(&path), &error));
            }
        }
        Ok(())
    }
}

/// Sorts a file of a folder into `found` according to its kind.
fn take_file(top: &Path, path: &Path, found: &mut GraphFiles) {
    if !is_ron(path) {
        return;
    }
    let name = plain(path);
    let is_text = path.strip_prefix(top).unwrap_or(path).to_str().is_some();
    match kind::of_file(path) {
        Err(error) => found.unread.push(read_error(&name, &error)),
        Ok(Kind::Other(reason)) => found.passed.push(ReadError { name, reason }),
        Ok(_) if is_text => found.names.push(name),
        Ok(_) => found.passed.push(ReadError {
            name,
            reason: include::NOT_UTF8.to_owned(),
        }),
    }
}

fn is_ron(path: &Path) -> bool {
    path.extension().is_some_and(|extension| extension == "ron")
}

/// Returns whether a file that does not exist yet would belong to the graph: because it is in a
/// folder that is the graph, or because a text includes it.
pub fn would_be_read<P: AsRef<Path>>(paths: &[P], texts: &[Text], path: &Path) -> bool {
    let within = |folder: &Path| edit::folder(path).starts_with(edit::folder(folder));
    let included = |text: &Text| {
        let chunk = model::read(
            &text.text,
            FileId::default(),
            model::Split::default(),
            |_| {},
        );
        let base = edit::folder(&self::path(&text.name));
        let file = edit::folder(path).join(path.file_name().unwrap_or_default());
        let matches = |mut pattern: &str| {
            let mut base = base.clone();
            loop {
                if let Some(rest) = pattern.strip_prefix("./") {
                    pattern = rest;
                } else if let Some(rest) = pattern.strip_prefix("../") {
                    pattern = rest;
                    base.pop();
                } else {
                    break;
                }
            }
            glob::Pattern::new(pattern).is_ok_and(|pattern| {
                let options = glob::MatchOptions {
                    require_literal_separator: true,
                    require_literal_leading_dot: true,
                    ..Default::default()
                };
                file.strip_prefix(&base)
                    .is_ok_and(|file| pattern.matches_path_with(file, options))
            })
        };
        chunk
            .include
            .is_some_and(|include| include.as_slice().iter().any(|pattern| matches(pattern)))
    };
    is_ron(path)
        && (paths
            .iter()
            .any(|root| root.as_ref().is_dir() && within(root.as_ref()))
            || texts.iter().any(included))
}

fn read_error(name: &str, error: &io::Error) -> ReadError {
    let reason = match error.kind() {
        io::ErrorKind::NotFound if path(name).is_symlink() => {
            "it is a link that leads nowhere".to_owned()
        }
        io::ErrorKind::NotFound => {
            let meant = nearest_file(&path(name)).map(|near| format!("; did you mean `{near}`?"));
            format!("there is no such file{}", meant.unwrap_or_default())
        }
        io::ErrorKind::PermissionDenied => "permission denied".to_owned(),
        io::ErrorKind::IsADirectory => "it is a folder".to_owned(),
        io::ErrorKind::NotADirectory => "part of its path is a file, not a folder".to_owned(),
        _ => error.to_string(),
    };
    ReadError {
        name: name.to_owned(),
        reason,
    }
}

/// Returns the file or folder whose name is nearest to a missing one in the same folder.
pub(crate) fn nearest_file(missing: &Path) -> Option<String> {
    let folder = missing
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty());
    let entries = fs::read_dir(folder.unwrap_or(Path::new("."))).ok()?;
    let names: Vec<String> = entries
        .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
        .collect();
    let written = missing.file_name()?.to_str()?;
    let whole = names
        .iter()
        .find(|name| name.strip_suffix(".ron") == Some(written))
        .map(String::as_str);
    let near = whole.or_else(|| words::nearest(written, names.iter().map(String::as_str)))?;
    Some(folder.map_or(near.to_owned(), |folder| name(&folder.join(near))))
}

/// Returns the name of a file with all links resolved.
fn canonical(name: &str) -> String {
    let real = (name != STDIN).then(|| path(name).canonicalize().ok());
    real.flatten()
        .map_or_else(|| name.to_owned(), |real| self::name(&real))
}

/// Returns what identifies a file with several names (hard links), or `None` if it has only one.
#[cfg(unix)]
fn shared(name: &str) -> Option<String> {
    use std::os::unix::fs::MetadataExt;
    let there = (name != STDIN).then(|| fs::metadata(path(name)).ok())??;
    (there.nlink() > 1 && there.is_file()).then(|| format!("{}:{}", there.dev(), there.ino()))
}

/// Hard links are not detected on this system.
#[cfg(not(unix))]
fn shared(_: &str) -> Option<String> {
    None
}

/// Files read from the disk by their paths.
struct Disk;

impl Files for Disk {
    fn read(&self, name: &str) -> Result<Vec<u8>, ReadError> {
        let bytes = match name {
            STDIN => open::read_all(io::stdin().lock()),
            name => open::read_file(&path(name)),
        };
        bytes.map_err(|error| read_error(name, &error))
    }

    fn included(&self, root: &str, from: &str, pattern: &str) -> Included {
        include::included(&path(root), &path(from), pattern)
    }

    /// All hard links to a file have the same real name.
    fn real(&self, name: &str) -> String {
        shared(name).unwrap_or_else(|| canonical(name))
    }
}
