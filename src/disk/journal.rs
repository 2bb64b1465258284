//! The journal of an edit: the file [`JOURNAL`] in each folder that the edit touches. It tells
//! other editors and readers what the edit is doing. The edit holds a lock on it; a journal without
//! a lock belongs to an edit that was killed.
//!
//! A journal has three lines: the [`Plan`], which changes files of its own folder only; the
//! author's mark, without which the journal is not followed; and `ready`, with a mark of its own,
//! once all new texts are on the disk.
//!
//! An edit of several folders is ready when the journal of its first folder says so; that journal
//! stays until all others are done. Folders refer to each other by relative paths, so that a graph
//! can be moved as a whole.

use std::ffi::{OsStr, OsString};
use std::fs::File;
use std::io::{self, Read, Seek};
use std::path::{Component, Path, PathBuf};
use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::disk::author::Secret;
use crate::disk::folder::Folder;
use crate::disk::names::{self, as_text};

/// The file that holds the lock and says what an edit is about to do.
pub(super) const JOURNAL: &str = ".demarche-edit";
/// The start of a journal's last line once all new texts are on the disk.
const READY: &str = "ready";
/// The maximum size of a journal in bytes.
const LARGEST: u64 = 1 << 24;
/// How long to wait for an edit that somebody else is finishing.
pub(super) const PATIENCE: Duration = Duration::from_secs(2);

/// What an edit is about to do in one folder.
#[derive(Serialize, Deserialize)]
pub(super) struct Plan {
    /// Who edits, for display.
    pub(super) by: String,
    /// What the edit is called.
    pub(super) edit: String,
    pub(super) files: Vec<Planned>,
    /// The edit's files in other folders, by relative path. They are examined to find out how far
    /// the edit came.
    #[serde(default)]
    pub(super) elsewhere: Vec<Planned>,
    /// The first folder of the edit; `None` if this is the first.
    pub(super) first: Option<First>,
    /// The relative paths to the other folders, if this is the first.
    pub(super) others: Vec<String>,
}

/// One file of an edit. Its new text is first written to the file [`part_of`] it.
#[derive(Clone, Serialize, Deserialize)]
pub(super) struct Planned {
    /// The file's name as text (see [`names`]).
    pub(super) name: String,
    /// The SHA-256 of the old text; `None` for a new file.
    pub(super) before: Option<String>,
    /// The SHA-256 of the new text.
    pub(super) after: String,
}

/// The folder whose journal says whether the edit is ready, and that journal's mark.
#[derive(Serialize, Deserialize)]
pub(super) struct First {
    #[serde(with = "as_text")]
    pub(super) folder: PathBuf,
    pub(super) mark: String,
}

/// A journal as read.
pub(super) enum Entry {
    /// An empty journal: no edit has begun.
    Nothing,
    /// An edit of the author's.
    Own {
        plan: Plan,
        mark: String,
        is_ready: bool,
    },
    /// Anything else, with its author by its own account.
    Foreign(Option<String>),
}

/// Returns the name of the hidden file to which a file's new text is first written.
pub(super) fn part_of(name: &OsStr) -> OsString {
    let mut part = OsString::from(".");
    part.push(name);
    part.push(".edit");
    part
}

/// Reads the text of a journal and verifies it with the secret.
pub(super) fn entry(text: &str, secret: Option<&Secret>) -> Entry {
    if text.is_empty() {
        return Entry::Nothing;
    }
    let mut lines = text.splitn(3, '\n');
    let [line, mark, rest] = [0; 3].map(|_| lines.next().unwrap_or_default());
    let plan = ron::from_str::<Plan>(line).ok();
    let ready = ready(line, secret);
    // The last line may be truncated if the edit was killed.
    let is_own = secret.is_some_and(|secret| secret.mark(line) == mark) && ready.starts_with(rest);
    match plan {
        Some(plan) if is_own && plan.files.iter().all(Planned::is_in_its_folder) => Entry::Own {
            plan,
            mark: mark.to_owned(),
            is_ready: rest == ready,
        },
        plan => Entry::Foreign(plan.map(|plan| plan.by)),
    }
}

/// Returns the last line of the journal that has this first line.
pub(super) fn ready(line: &str, secret: Option<&Secret>) -> String {
    let mark = secret.map(|secret| secret.mark(&format!("{line}\n{READY}")));
    format!("{READY} {}\n", mark.unwrap_or_default())
}

/// Returns whether a journal says that all new texts are on the disk, whoever wrote it.
pub(super) fn says_ready(text: &str) -> bool {
    text.ends_with('\n')
        && text
            .lines()
            .nth(2)
            .is_some_and(|last| last.starts_with(READY))
}

/// Returns the relative path from one folder to another.
pub(super) fn way(from: &Path, to: &Path) -> PathBuf {
    let both = from.components().zip(to.components());
    let shared = both.take_while(|(from, to)| from == to).count();
    if shared == 0 {
        return to.to_owned();
    }
    let up = from.components().skip(shared).map(|_| Component::ParentDir);
    let way: PathBuf = up.chain(to.components().skip(shared)).collect();
    if way.as_os_str().is_empty() {
        PathBuf::from(".")
    } else {
        way
    }
}

impl Planned {
    /// Returns the file name as the system has it.
    pub(super) fn file(&self) -> OsString {
        names::path(&self.name).into_os_string()
    }

    fn is_in_its_folder(&self) -> bool {
        let file = self.file();
        let mut parts = Path::new(&file).components();
        matches!(parts.next(), Some(Component::Normal(name)) if name == file)
    }
}

/// Opens and reads the journal of a folder, or returns `None` if there is none.
pub(super) fn look(folder: &Path) -> io::Result<Option<(File, String)>> {
    let Some(file) = Folder::open(folder)?.plain(OsStr::new(JOURNAL))? else {
        return Ok(None);
    };
    let text = text_of(&file)?;
    Ok(Some((file, text)))
}

/// Reads the whole text of a journal.
pub(super) fn text_of(mut file: &File) -> io::Result<String> {
    let mut bytes = Vec::new();
    file.rewind()?;
    file.take(LARGEST).read_to_end(&mut bytes)?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

/// Empties a journal, which is the same as having none.
pub(super) fn empty(mut journal: &File) -> io::Result<()> {
    journal.set_len(0)?;
    journal.rewind()
}

/// Says, in words, that a journal is not known to come from an edit of the author's.
pub(super) fn foreign(by: Option<&str>) -> String {
    let by = by.filter(|by| !by.is_empty()).map(|by| {
        let by: String = by.chars().take(40).collect();
        format!("; by its own account `{}` did", by.escape_debug())
    });
    let by = by.unwrap_or_default();
    format!("nothing proves that an edit of yours wrote it{by}")
}
