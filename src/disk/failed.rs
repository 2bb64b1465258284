//! The reasons why an edit was not made, in words.

use std::io;
use std::path::{Path, PathBuf};

use crate::disk::journal::foreign;
use crate::disk::recover::{called, journals_of, make_whole};

/// The reason why an edit was not made. No file has changed, except with [`Failed::Halfway`] and
/// [`Failed::Overtaken`].
#[derive(Debug)]
pub enum Failed {
    /// A file, or its folder, can't be written.
    Io(PathBuf, io::Error),
    /// The name of a file to be created is taken, or a file is not a regular one.
    InTheWay(PathBuf, String),
    /// A link leads out of the folder that it is in.
    Outside(PathBuf, PathBuf),
    /// A journal was not written by an edit of the author's; with its author by its own account.
    Foreign(PathBuf, Option<String>),
    /// An edit of the author's was killed halfway, and some of its files were changed since.
    Half {
        /// The description of the edit.
        edit: String,
        /// The state of each of its files, in words.
        files: Vec<String>,
        /// Its journals: while they exist, the graph counts as incomplete.
        journals: Vec<PathBuf>,
    },
    /// Somebody else has changed the file since it was read.
    Changed(PathBuf),
    /// Another edit holds the folder and does not end.
    Busy(PathBuf),
    /// The new texts are all written, but this one can't be put in place.
    Halfway(PathBuf, io::Error),
    /// Somebody else changed these files while others were being replaced; with the paths of their
    /// new texts.
    Overtaken(Vec<(PathBuf, PathBuf)>),
}

impl Failed {
    /// Creates the error for a file, distinguishing a taken name from other errors.
    pub(super) fn at(path: &Path, error: io::Error) -> Failed {
        if error.kind() != io::ErrorKind::AlreadyExists {
            return Failed::Io(path.to_owned(), error);
        }
        let what = match error.raw_os_error() {
            Some(_) => "it is there already".to_owned(),
            None => error.to_string(),
        };
        Failed::InTheWay(path.to_owned(), what)
    }

    /// Returns what to do about it, if there is advice.
    pub fn help(&self) -> Option<String> {
        let said = match self {
            Failed::Half { journals, .. } => return Some(make_whole(journals)),
            Failed::Overtaken(files) => {
                let parts = files.iter().map(|(_, part)| part.as_path());
                return Some(make_whole(&journals_of(parts)));
            }
            Failed::InTheWay(..) => {
                "look at what it is, and move or remove it: an edit makes its hidden files new and touches none that it finds"
            }
            Failed::Outside(..) => "name the file itself, not the link",
            Failed::Foreign(..) => {
                "where nobody else's edit was interrupted, remove it, and files called `.NAME.edit` beside it"
            }
            _ => return None,
        };
        Some(said.to_owned())
    }
}

impl std::fmt::Display for Failed {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Failed::Io(path, error) => write!(
                f,
                "can't write `{}`: {}; nothing was changed",
                path.display(),
                in_words(error)
            ),
            Failed::InTheWay(path, what) => write!(
                f,
                "`{}` is in the way: {what}; nothing was changed",
                path.display()
            ),
            Failed::Outside(path, real) => write!(
                f,
                "`{}` is a link that leads out of its folder, to `{}`; nothing was changed",
                path.display(),
                real.display()
            ),
            Failed::Foreign(path, by) => write!(
                f,
                "`{}` is not followed: {}; nothing was changed",
                path.display(),
                foreign(by.as_deref())
            ),
            Failed::Half { edit, files, .. } => write!(
                f,
                "`{}` was interrupted between files that have changed since; nothing was changed\n  {}",
                called(edit),
                files.join("\n  ")
            ),
            Failed::Changed(path) => write!(
                f,
                "`{}` has changed since it was read; nothing was written",
                path.display()
            ),
            Failed::Busy(path) => write!(
                f,
                "another edit of the graph in `{}` is under way",
                path.display()
            ),
            Failed::Halfway(path, error) => write!(
                f,
                "can't put the new `{}` in its place: {}; the next edit will try again",
                path.display(),
                in_words(error)
            ),
            Failed::Overtaken(files) => {
                let each = files.iter().map(|(path, part)| {
                    let (path, part) = (path.display(), part.display());
                    format!("`{path}` was changed by somebody else while other files were written, and stays as it is: what the edit makes of it is in `{part}`")
                });
                f.write_str(&each.collect::<Vec<_>>().join("; "))
            }
        }
    }
}

impl std::error::Error for Failed {}

/// Describes an error of a file in words.
pub fn in_words(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::PermissionDenied if error.raw_os_error().is_some() => {
            "permission denied".to_owned()
        }
        io::ErrorKind::NotFound => "there is no such folder".to_owned(),
        io::ErrorKind::ReadOnlyFilesystem => "its file system is read-only".to_owned(),
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => "the disk is full".to_owned(),
        _ => error.to_string(),
    }
}
