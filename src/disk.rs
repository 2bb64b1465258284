//! The graph on disk: which files make it, and their bytes. With `cli` the only module that touches files.

mod at_hand;
mod author;
mod edit;
mod failed;
mod folder;
mod include;
mod journal;
mod kept;
mod names;
mod open;
mod overlay;
mod recover;
mod unfinished;
mod write;

use std::fs;
use std::io::{self, Read};
use std::path::{Component, Path, PathBuf};
use std::time::Instant;

use crate::diagnostic::{self, Diagnostic};
use crate::graph::Graph;
use crate::model;
use crate::near;
use crate::resolve::{self, Files, Included, ReadError};
use crate::text::{FileId, Place, Text};

pub use at_hand::{AtHand, at_hand, graph_of, includes};
pub use author::Author;
pub use edit::{Change, Hold, folder, folder_of, hold, make_folder};
pub use failed::{Failed, in_words};
pub use names::{name, name_of_bytes, path};
pub use overlay::{Overlay, entries, read_over};
pub use unfinished::{half_done, left_behind, unfinished};
pub use write::write_whole;

/// The name that stands for standard input.
pub const STDIN: &str = "-";

/// Reads a graph from files, folders (all their `.ron` files that begin with `Graph`) and `-` (standard input), with all
/// that they include. All together are one graph. Findings come sorted by file and place.
///
/// # Errors
/// When a path can't be read, or a folder holds no graph.
pub fn read<P: AsRef<Path>>(paths: &[P]) -> Result<(Graph, Vec<Diagnostic>), ReadError> {
    let mut before: Option<Vec<Text>> = None;
    for _ in 0..READINGS {
        let since = Instant::now();
        let read = load(&Disk, paths)?;
        // What is read twice alike was not changed in between.
        if before.as_ref() == Some(&read.0.texts) || !edited_meanwhile(&read.0.texts, since) {
            return Ok(read);
        }
        before = Some(read.0.texts);
    }
    load(&Disk, paths)
}

/// Reads a graph once; what was passed over in folders is found at the beginning of the first file.
fn load<F: Files, P: AsRef<Path>>(
    files: &F,
    paths: &[P],
) -> Result<(Graph, Vec<Diagnostic>), ReadError> {
    let (names, passed) = graph_names(paths)?;
    let (graph, mut found) = resolve::load(files, &names)?;
    for passed in passed {
        let place = Place::default();
        let said = resolve::passed_over(&passed, place, "in the folder of this graph");
        if found.iter().all(|known| known.message != said.message) {
            found.push(said);
        }
    }
    diagnostic::sort(&mut found);
    Ok((graph, found))
}

fn edited_meanwhile(texts: &[Text], since: Instant) -> bool {
    let files = texts.iter().map(|text| names::path(&text.name));
    texts.len() > 1 && unfinished::edited_meanwhile(&files.collect::<Vec<_>>(), since)
}

/// So often a graph is read anew while its files change.
const READINGS: usize = 20;

/// The files that paths stand for, each once, and what was passed over in folders.
fn graph_names<P: AsRef<Path>>(paths: &[P]) -> Result<(Vec<String>, Vec<ReadError>), ReadError> {
    let (mut names, mut passed): (Vec<String>, Vec<ReadError>) = Default::default();
    for path in paths {
        let found = graph_files(path.as_ref())?;
        for name in found.names {
            if !names.contains(&name) {
                names.push(name);
            }
        }
        passed.extend(found.passed);
    }
    Ok((names, passed))
}

/// Reads the local copies of the graph's sources, against which quotes are checked, into its texts.
pub fn read_copies(graph: &mut Graph) -> Vec<Diagnostic> {
    resolve::read_copies(&Disk, graph)
}

/// The text of a file, plain or Markdown; `-` is standard input.
///
/// # Errors
/// When it can't be read or is no text, in words, and what to do.
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

/// The bytes of a file, by its name; `-` is standard input.
///
/// # Errors
/// When it is no file, or can't be read.
pub fn read_bytes(name: &str) -> Result<Vec<u8>, ReadError> {
    Disk.read(name)
}

/// The fonts that are installed, for scripts that the font of the program lacks.
#[cfg(feature = "pictures")]
pub fn installed_fonts() -> resvg::usvg::fontdb::Database {
    let mut fonts = resvg::usvg::fontdb::Database::new();
    fonts.load_system_fonts();
    fonts
}

/// The files that a path stands for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct GraphFiles {
    /// Their names.
    pub names: Vec<String>,
    /// What in a folder is called as a graph file, but is not read, and why.
    pub passed: Vec<ReadError>,
}

/// The files that a path stands for: itself, or the graph files of the folder, sorted.
///
/// # Errors
/// When a folder can't be read, or holds no graph, or the path is that of a pipe or a device.
pub fn graph_files(path: &Path) -> Result<GraphFiles, ReadError> {
    let name = name(path);
    let kind = fs::metadata(path).map(|found| found.file_type());
    let is_folder = kind.as_ref().is_ok_and(fs::FileType::is_dir);
    if name == STDIN || !is_folder {
        if let Some(kind) = kind.ok().filter(|_| name != STDIN)
            && let Some(reason) = open::no_file(kind)
        {
            let way_out = match open::odd(kind) {
                Some(open::PIPE) => "; what is piped in is read with `-`",
                _ => "",
            };
            let reason = format!("{reason}{way_out}");
            return Err(ReadError { name, reason });
        }
        return Ok(GraphFiles {
            names: vec![plain(path)],
            passed: Vec::new(),
        });
    }
    let mut found = GraphFiles::default();
    collect_graphs(path, path, &mut found).map_err(|error| read_error(&name, &error))?;
    found.names.sort();
    found.passed.sort_by(|one, other| one.name.cmp(&other.name));
    if found.names.is_empty() {
        let passed = found.passed.first();
        let passed =
            passed.map(|passed| format!("; `{}` was passed over: {}", passed.name, passed.reason));
        return Err(ReadError {
            name,
            reason: format!(
                "no `.ron` file in this folder begins with `Graph`{}",
                passed.unwrap_or_default()
            ),
        });
    }
    Ok(found)
}

/// Whether two paths lead to one file. To be compared they are opened, and a pipe would be waited for.
pub fn is_same_file(one: &Path, other: &Path) -> bool {
    let are_files = one.is_file() && other.is_file();
    are_files && same_file::is_same_file(one, other).is_ok_and(|same| same)
}

/// The name of a file, without the `./` that stand for nothing: one file has one name, named or included.
fn plain(path: &Path) -> String {
    let parts: PathBuf = path
        .components()
        .filter(|part| *part != Component::CurDir)
        .collect();
    name(&parts)
}

fn collect_graphs(top: &Path, folder: &Path, found: &mut GraphFiles) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        let hidden = path
            .file_name()
            .is_some_and(|name| name.as_encoded_bytes().starts_with(b"."));
        if hidden {
            continue;
        }
        if path.is_dir() {
            if !path.is_symlink() {
                collect_graphs(top, &path, found)?;
            }
        } else if let Some(reason) = odd_graph(top, &path) {
            let name = plain(&path);
            found.passed.push(ReadError { name, reason });
        } else if is_graph(&path) {
            found.names.push(plain(&path));
        }
    }
    Ok(())
}

/// Why something in a folder that is called as a graph file is not read.
fn odd_graph(top: &Path, path: &Path) -> Option<String> {
    if !is_ron(path) {
        return None;
    }
    let kind = fs::metadata(path).ok()?.file_type();
    open::no_file(kind).or_else(|| {
        let is_text = path.strip_prefix(top).unwrap_or(path).to_str().is_some();
        (!is_text && is_graph(path)).then(|| include::NOT_UTF8.to_owned())
    })
}

fn is_ron(path: &Path) -> bool {
    path.extension().is_some_and(|extension| extension == "ron")
}

/// Whether a file that is not there yet would be one of the graph: in a folder that is the graph, or included by a text.
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
        let matches = |pattern: &str| {
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

/// Whether a file is called `.ron` and begins with `Graph`, behind blanks, comments and attributes.
pub fn is_graph(path: &Path) -> bool {
    is_ron(path) && crate::syntax::begins_with(&String::from_utf8_lossy(&beginning(path)), "Graph")
}

/// Whether the bytes of a file begin with `Graph`, behind blanks, comments and attributes.
pub fn begins_as_graph(bytes: &[u8]) -> bool {
    let start = String::from_utf8_lossy(&bytes[..bytes.len().min(START)]);
    crate::syntax::begins_with(&start, "Graph")
}

/// So much of a file is looked at to tell what it is.
const START: usize = 1 << 16;

/// The first bytes of a file: enough to tell what it is; none where it can't be read.
fn beginning(path: &Path) -> Vec<u8> {
    let mut start = Vec::new();
    let read = open::open(path).and_then(|file| file.take(START as u64).read_to_end(&mut start));
    if read.is_ok() { start } else { Vec::new() }
}

fn read_error(name: &str, error: &io::Error) -> ReadError {
    let reason = match error.kind() {
        io::ErrorKind::NotFound => {
            let meant = nearest_file(&path(name)).map(|near| format!("; did you mean `{near}`?"));
            format!("there is no such file{}", meant.unwrap_or_default())
        }
        io::ErrorKind::PermissionDenied => "permission denied".to_owned(),
        io::ErrorKind::IsADirectory => "it is a folder".to_owned(),
        _ => error.to_string(),
    };
    ReadError {
        name: name.to_owned(),
        reason,
    }
}

/// The file or folder beside one that is not there whose name is nearest to it.
fn nearest_file(missing: &Path) -> Option<String> {
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
    let near = whole.or_else(|| near::nearest(written, names.iter().map(String::as_str)))?;
    Some(folder.map_or(near.to_owned(), |folder| name(&folder.join(near))))
}

/// Files by their paths.
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

    fn is_same(&self, one: &str, other: &str) -> bool {
        // Names that begin alike are of one file only if they are the same.
        let begins = |name| {
            Path::new(name)
                .components()
                .next()
                .filter(|first| !matches!(first, Component::Normal(_)))
        };
        let real = |name| path(name).canonicalize().ok();
        let may_be = Path::new(one).file_name() == Path::new(other).file_name()
            && begins(one) != begins(other);
        one == other || may_be && real(one).is_some_and(|path| Some(path) == real(other))
    }
}
