//! The graph on disk: which files make it, and their bytes. With `cli` the only module that touches files.

mod at_hand;
mod edit;
mod journal;
mod overlay;
mod write;

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Component, Path, PathBuf};
use std::time::Instant;

use crate::diagnostic::Diagnostic;
use crate::graph::Graph;
use crate::model;
use crate::near;
use crate::resolve::{self, Files, Included, ReadError};
use crate::text::{FileId, Text};

pub use at_hand::{AtHand, at_hand, graph_of, includes};
pub use edit::{Change, Failed, Hold, folder, folder_of, hold, make_folder};
pub use journal::{left_behind, unfinished};
pub use overlay::{Overlay, entries, read_over};
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
        let read = resolve::load(&Disk, &graph_names(paths)?)?;
        // What is read twice alike was not changed in between.
        if before.as_ref() == Some(&read.0.texts)
            || !journal::edited_meanwhile(&read.0.texts, since)
        {
            return Ok(read);
        }
        before = Some(read.0.texts);
    }
    resolve::load(&Disk, &graph_names(paths)?)
}

/// So often a graph is read anew while its files change.
const READINGS: usize = 20;

/// The files that paths stand for, each once.
fn graph_names<P: AsRef<Path>>(paths: &[P]) -> Result<Vec<String>, ReadError> {
    let mut names: Vec<String> = Vec::new();
    for path in paths {
        for name in graph_files(path.as_ref())? {
            if !names.contains(&name) {
                names.push(name);
            }
        }
    }
    Ok(names)
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
    let name = path.to_string_lossy();
    let bytes = Disk.read(&name).map_err(|error| {
        (
            error.to_string(),
            "correct the path, or the file's permissions".to_owned(),
        )
    })?;
    resolve::plain_text(bytes).map_err(|(message, help)| (format!("`{name}` {message}"), help))
}

/// The fonts that are installed, for scripts that the font of the program lacks.
#[cfg(feature = "pictures")]
pub fn installed_fonts() -> resvg::usvg::fontdb::Database {
    let mut fonts = resvg::usvg::fontdb::Database::new();
    fonts.load_system_fonts();
    fonts
}

/// The files that a path stands for: itself, or the graph files of the folder, sorted.
///
/// # Errors
/// When a folder can't be read, or holds no graph.
pub fn graph_files(path: &Path) -> Result<Vec<String>, ReadError> {
    let name = path.to_string_lossy().into_owned();
    if name == STDIN || !path.is_dir() {
        return Ok(vec![plain(path)]);
    }
    let mut found = Vec::new();
    collect_graphs(path, &mut found).map_err(|error| read_error(&name, &error))?;
    found.sort();
    if found.is_empty() {
        return Err(ReadError {
            name,
            reason: "no `.ron` file in this folder begins with `Graph`".to_owned(),
        });
    }
    Ok(found)
}

/// The name of a file, without the `./` that stand for nothing: one file has one name, named or included.
fn plain(path: &Path) -> String {
    let parts: PathBuf = path
        .components()
        .filter(|part| *part != Component::CurDir)
        .collect();
    parts.to_string_lossy().into_owned()
}

fn collect_graphs(folder: &Path, found: &mut Vec<String>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        let hidden = path
            .file_name()
            .is_some_and(|name| name.to_string_lossy().starts_with('.'));
        if hidden {
            continue;
        }
        if path.is_dir() && !path.is_symlink() {
            collect_graphs(&path, found)?;
        } else if is_graph(&path) {
            found.push(plain(&path));
        }
    }
    Ok(())
}

/// Whether a file that is not there yet would be one of the graph: in a folder that is the graph, or included by a text.
pub fn would_be_read<P: AsRef<Path>>(paths: &[P], texts: &[Text], path: &Path) -> bool {
    let within = |folder: &Path| edit::folder(path).starts_with(edit::folder(folder));
    let is_ron = path.extension().is_some_and(|extension| extension == "ron");
    let included = |text: &Text| {
        let chunk = model::read(
            &text.text,
            FileId::default(),
            model::Split::default(),
            |_| {},
        );
        let base = edit::folder(Path::new(&text.name));
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
    is_ron
        && (paths
            .iter()
            .any(|root| root.as_ref().is_dir() && within(root.as_ref()))
            || texts.iter().any(included))
}

/// Whether a file is called `.ron` and begins with `Graph`, behind blanks, comments and attributes.
pub fn is_graph(path: &Path) -> bool {
    if path.extension().is_none_or(|extension| extension != "ron") {
        return false;
    }
    crate::syntax::begins_with(&String::from_utf8_lossy(&beginning(path)), "Graph")
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
    let read = File::open(path).and_then(|file| file.take(1 << 16).read_to_end(&mut start));
    if read.is_ok() { start } else { Vec::new() }
}

fn read_error(name: &str, error: &io::Error) -> ReadError {
    let reason = match error.kind() {
        io::ErrorKind::NotFound => {
            let meant =
                nearest_file(Path::new(name)).map(|near| format!("; did you mean `{near}`?"));
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
    Some(folder.map_or(near.to_owned(), |folder| {
        folder.join(near).to_string_lossy().into_owned()
    }))
}

/// Files by their paths.
struct Disk;

impl Files for Disk {
    fn read(&self, name: &str) -> Result<Vec<u8>, ReadError> {
        let bytes = match name {
            STDIN => {
                let mut bytes = Vec::new();
                io::stdin().lock().read_to_end(&mut bytes).map(|_| bytes)
            }
            name => read_file(Path::new(name)),
        };
        bytes.map_err(|error| read_error(name, &error))
    }

    fn included(&self, root: &str, from: &str, pattern: &str) -> Included {
        // That of standard input is the current one.
        let folder = |name: &str| folder_of(Path::new(name));
        let base = folder(from);
        let full = format!(
            "{}/{pattern}",
            glob::Pattern::escape(&base.to_string_lossy())
        );
        let options = glob::MatchOptions {
            require_literal_leading_dot: true,
            ..glob::MatchOptions::new()
        };
        let matches = match glob::glob_with(&full, options) {
            Ok(matches) => matches,
            Err(error) => return Included::BadPattern(error.msg.to_owned()),
        };
        let Ok(home) = folder(root).canonicalize() else {
            return Included::Files(Vec::new());
        };
        let mut files = Vec::new();
        for path in matches.filter_map(Result::ok).filter(|path| path.is_file()) {
            let Ok(real) = path.canonicalize() else {
                continue;
            };
            match real.strip_prefix(&home) {
                // One file has one name, by whatever way it is reached.
                Ok(inside) if folder(root) == Path::new(".") => {
                    files.push(inside.to_string_lossy().into_owned())
                }
                Ok(inside) => files.push(folder(root).join(inside).to_string_lossy().into_owned()),
                Err(_) => return Included::Outside(path.to_string_lossy().into_owned()),
            }
        }
        let absolute_or_up =
            Path::new(pattern).is_absolute() || pattern.split('/').any(|part| part == "..");
        if files.is_empty() && absolute_or_up {
            Included::Outside(pattern.to_owned())
        } else {
            Included::Files(files)
        }
    }

    fn is_same(&self, one: &str, other: &str) -> bool {
        // Names that begin alike are of one file only if they are the same.
        let begins = |name| {
            Path::new(name)
                .components()
                .next()
                .filter(|first| !matches!(first, Component::Normal(_)))
        };
        let real = |name| Path::new(name).canonicalize().ok();
        let may_be = Path::new(one).file_name() == Path::new(other).file_name()
            && begins(one) != begins(other);
        one == other || may_be && real(one).is_some_and(|path| Some(path) == real(other))
    }
}

/// A file smaller than this is read in one go.
#[cfg(unix)]
const WORTH_SPLITTING: u64 = 1 << 22;

/// Reads a file. Fresh memory costs more than the reading itself, so two threads share that for a large one.
#[cfg(unix)]
fn read_file(path: &Path) -> io::Result<Vec<u8>> {
    use std::os::unix::fs::FileExt;

    let file = File::open(path)?;
    let metadata = file.metadata()?;
    if !metadata.is_file() || metadata.len() < WORTH_SPLITTING {
        return fs::read(path);
    }
    let mut bytes = vec![0; usize::try_from(metadata.len()).map_err(io::Error::other)?];
    let half = bytes.len() / 2;
    let (first, second) = bytes.split_at_mut(half);
    let (one, two) = std::thread::scope(|scope| {
        let second = scope.spawn(|| file.read_exact_at(second, half as u64));
        let first = file.read_exact_at(first, 0);
        (
            first,
            second
                .join()
                .unwrap_or_else(|_| Err(io::Error::other("reading failed"))),
        )
    });
    match one.and(two) {
        Ok(()) => Ok(bytes),
        // It changed while it was read.
        Err(_) => fs::read(path),
    }
}

/// Reads a file.
#[cfg(not(unix))]
fn read_file(path: &Path) -> io::Result<Vec<u8>> {
    fs::read(path)
}
