//! What an edit under way says of itself in the file [`JOURNAL`] of each folder that it touches: to whoever would edit too, and to
//! whoever only reads. The edit holds a lock on it; without one, it was killed.
//!
//! A journal has three lines: the [`Plan`], which changes files of its own folder only; the mark of its author, without which
//! nothing that it says is followed; and `ready`, with a mark of its own, when all new texts are on the disk. An edit of several
//! folders is ready when the journal of its first folder says so; that one is there until all others are done. Other folders are
//! named by the way to them, so that a graph can be moved as a whole.

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
/// What the last line of the journal of an edit begins with whose new texts are all on the disk.
const READY: &str = "ready";
/// No journal is larger.
const LARGEST: u64 = 1 << 24;
/// How long one waits for an edit that somebody brings to its end.
pub(super) const PATIENCE: Duration = Duration::from_secs(2);

/// What an edit is about to do in one folder.
#[derive(Serialize, Deserialize)]
pub(super) struct Plan {
    /// Who edits, to be shown.
    pub(super) by: String,
    /// What the edit is called.
    pub(super) edit: String,
    pub(super) files: Vec<Planned>,
    /// Its files in other folders, by the way from this one: they are looked at, to know how far it had come.
    #[serde(default)]
    pub(super) elsewhere: Vec<Planned>,
    /// The first folder of the edit, where it is another one.
    pub(super) first: Option<First>,
    /// The ways to the other folders, where this is the first.
    pub(super) others: Vec<String>,
}

/// One of its files. Its new text is written into [`part_of`] it first.
#[derive(Clone, Serialize, Deserialize)]
pub(super) struct Planned {
    /// Its name as text ([`names`]).
    pub(super) name: String,
    /// The sum of the old text; none where there was none.
    pub(super) before: Option<String>,
    /// That of the new text.
    pub(super) after: String,
}

/// The folder whose journal says whether the edit is ready, and the mark of that journal.
#[derive(Serialize, Deserialize)]
pub(super) struct First {
    #[serde(with = "as_text")]
    pub(super) folder: PathBuf,
    pub(super) mark: String,
}

/// A journal as it was read.
pub(super) enum Entry {
    /// No edit has begun.
    Nothing,
    /// An edit of the author's.
    Own {
        plan: Plan,
        mark: String,
        is_ready: bool,
    },
    /// Whatever else it says; and who wrote it, by its own account.
    Foreign(Option<String>),
}

/// Where the new text of a file is written first.
pub(super) fn part_of(name: &OsStr) -> OsString {
    let mut part = OsString::from(".");
    part.push(name);
    part.push(".edit");
    part
}

/// What the text of a journal says to who knows a secret.
pub(super) fn entry(text: &str, secret: Option<&Secret>) -> Entry {
    if text.is_empty() {
        return Entry::Nothing;
    }
    let mut lines = text.splitn(3, '\n');
    let [line, mark, rest] = [0; 3].map(|_| lines.next().unwrap_or_default());
    let plan = ron::from_str::<Plan>(line).ok();
    let ready = ready(line, secret);
    // A line may be broken off where the edit was killed.
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

/// The last line of the journal with this first line.
pub(super) fn ready(line: &str, secret: Option<&Secret>) -> String {
    let mark = secret.map(|secret| secret.mark(&format!("{line}\n{READY}")));
    format!("{READY} {}\n", mark.unwrap_or_default())
}

/// Whether a journal says that all new texts are on the disk, whoever wrote it.
pub(super) fn says_ready(text: &str) -> bool {
    text.ends_with('\n')
        && text
            .lines()
            .nth(2)
            .is_some_and(|last| last.starts_with(READY))
}

/// The way from one folder to another.
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
    /// The name of the file as the system has it.
    pub(super) fn file(&self) -> OsString {
        names::path(&self.name).into_os_string()
    }

    fn is_in_its_folder(&self) -> bool {
        let file = self.file();
        let mut parts = Path::new(&file).components();
        matches!(parts.next(), Some(Component::Normal(name)) if name == file)
    }
}

/// The journal of a folder that can be opened, and what it says.
pub(super) fn look(folder: &Path) -> io::Result<Option<(File, String)>> {
    let Some(file) = Folder::open(folder)?.plain(OsStr::new(JOURNAL))? else {
        return Ok(None);
    };
    let text = text_of(&file)?;
    Ok(Some((file, text)))
}

/// All that a journal says.
pub(super) fn text_of(mut file: &File) -> io::Result<String> {
    let mut bytes = Vec::new();
    file.rewind()?;
    file.take(LARGEST).read_to_end(&mut bytes)?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

/// Forgets an edit: an empty journal is none.
pub(super) fn empty(mut journal: &File) -> io::Result<()> {
    journal.set_len(0)?;
    journal.rewind()
}

/// What is said of a journal that is not known to be of an edit of the author's.
pub(super) fn foreign(by: Option<&str>) -> String {
    let by = by.filter(|by| !by.is_empty()).map(|by| {
        let by: String = by.chars().take(40).collect();
        format!("; by its own account `{}` did", by.escape_debug())
    });
    let by = by.unwrap_or_default();
    format!("nothing proves that an edit of yours wrote it{by}")
}
