//! Files that the user names with `-o`.

use std::io;
use std::path::Path;
use std::process;

use crate::cli::Failure;
use crate::disk::{self, copy_of, is_same_file, write_whole};
use crate::error::Error;
use crate::graph::Graph;

/// Writes a file, refusing one that the graph is made of.
pub(super) fn write_beside(
    graph: &Graph,
    path: &Path,
    say: &mut dyn FnMut(&str),
    write: &dyn Fn(&mut dyn io::Write) -> io::Result<()>,
) -> Result<(), Failure> {
    refuse_input(graph, path)?;
    write_file(path, say, write)
}

fn refuse_input(graph: &Graph, path: &Path) -> Result<(), Failure> {
    if is_input(graph, path) {
        let what = format!(
            "`{}` is one of the files that this was made from",
            path.display()
        );
        return Err(Failure::new(what).help("name another file with `-o`"));
    }
    Ok(())
}

/// Writes a file for a program that has a graph in memory, whole or not at all. A file that the graph
/// is made of is refused. What Ctrl-C does is left to the program.
///
/// # Errors
/// [`Error::Question`] if it can't be written.
pub fn save(graph: &Graph, path: &Path, bytes: &[u8]) -> Result<(), Error> {
    let written = refuse_input(graph, path).and_then(|()| {
        let written = write_whole(path, &mut |_| (), |file| file.write_all(bytes));
        written.map_err(|error| unwritable(path, &error))
    });
    written.map_err(|failure| Error::Question {
        reason: failure.message,
        help: Vec::new(),
    })
}

/// Writes a file whole or not at all, even if Ctrl-C ends the process.
pub(super) fn write_file(
    path: &Path,
    say: &mut dyn FnMut(&str),
    write: impl FnOnce(&mut dyn io::Write) -> io::Result<()>,
) -> Result<(), Failure> {
    remove_when_stopped();
    match write_whole(path, say, write) {
        // The pipe was closed early: its reader has seen enough.
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        written => written.map_err(|error| unwritable(path, &error)),
    }
}

/// The way out where another folder can be named.
pub(super) const OTHER_FOLDER: &str =
    "name a new folder, or one that this command has written, which is replaced";

/// Writes a folder whole or not at all, even if Ctrl-C ends the process. `is_ours` says which files in
/// it may be replaced; `ways_out` is said where something else is in the way.
pub(super) fn write_folder(
    path: &Path,
    is_ours: &dyn Fn(&Path) -> bool,
    ways_out: &[&str],
    fill: &mut dyn FnMut(&mut disk::MakeFile<'_>) -> io::Result<()>,
) -> Result<(), Failure> {
    remove_when_stopped();
    disk::write_folder(path, is_ours, fill).map_err(|error| {
        let why = disk::in_words(&error);
        let failure = Failure::new(format!("can't write `{}`: {why}", path.display()));
        let is_in_the_way = error.kind() == io::ErrorKind::AlreadyExists;
        let ways_out = ways_out.iter().filter(|_| is_in_the_way);
        ways_out.fold(failure, |failure, way| failure.help(*way))
    })
}

/// Removes what is half written if Ctrl-C ends the process; the file that it was to replace stays.
/// A command with a handler of its own, such as `watch`, keeps that.
fn remove_when_stopped() {
    // Fails if this was done before.
    let _ = ctrlc::set_handler(|| {
        disk::remove_unfinished();
        process::exit(STOPPED);
    });
}

/// The exit code of a process that Ctrl-C has ended.
const STOPPED: i32 = 130;

/// Returns whether a path means standard output, by any of its names.
pub(super) fn is_stdout(path: &Path) -> bool {
    let names = ["-", "/dev/stdout", "/dev/fd/1", "/proc/self/fd/1"];
    names.iter().any(|name| path == Path::new(name))
}

/// Returns whether a file is part of the graph or the text of one of its sources, by whatever name.
fn is_input(graph: &Graph, path: &Path) -> bool {
    let copies = graph.sources.iter();
    let copies = copies.filter_map(|source| copy_of(graph, source));
    let texts = graph.texts.iter().map(|text| disk::path(&text.name));
    texts.chain(copies).any(|input| is_same_file(&input, path))
}

/// Explains why a file can't be written, and what to do about it.
fn unwritable(path: &Path, error: &io::Error) -> Failure {
    let folder = path
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty());
    match folder.filter(|folder| !folder.is_dir()) {
        _ if path.is_dir() => is_folder(path),
        Some(folder) => Failure::new(format!("can't write `{}`", path.display())).help(format!(
            "there is no folder `{}`: create it first",
            folder.display()
        )),
        None => Failure::new(format!(
            "can't write `{}`: {}",
            path.display(),
            disk::in_words(error)
        )),
    }
}

/// Builds the error for a file name that doesn't say what to write.
pub(super) fn formatless(path: &Path) -> Failure {
    Failure::new(format!("can't tell the format from `{}`", path.display()))
}

/// Builds the error for a folder that is named where a file is expected.
pub(super) fn is_folder(path: &Path) -> Failure {
    let inside = path.join("NAME");
    Failure::new(format!("can't write `{}`: it is a folder", path.display()))
        .help(format!("name a file in it: `-o {}`", inside.display()))
}
