//! What an edit under way says of itself in the file [`JOURNAL`] of each folder that it touches: to whoever would edit too, and to
//! whoever only reads. The edit holds a lock on it; without one, it was killed.
//!
//! A journal has three lines: the [`Plan`], which names files of its own folder only; the mark of its author, without which
//! nothing that it says is followed; and `ready` when all new texts are on the disk. An edit of several folders is ready when the
//! journal of its first folder says so; that one is there until all others are done.

use std::ffi::{OsStr, OsString};
use std::fs::{File, TryLockError};
use std::io::{self, Read, Seek};
use std::path::{Component, Path, PathBuf};
use std::time::{Duration, Instant};

use serde::{Deserialize, Serialize};

use crate::disk::author::{Author, Secret, sum};
use crate::disk::edit::{Failed, folder_of};
use crate::disk::folder::Folder;
use crate::disk::write::{put_in_place, remove};

/// The file that holds the lock and says what an edit is about to do.
pub(super) const JOURNAL: &str = ".demarche-edit";
/// The last line of the journal of an edit whose new texts are all on the disk.
pub(super) const READY: &str = "ready\n";
/// No journal is larger.
const LARGEST: u64 = 1 << 24;
/// How long one waits for an edit that somebody brings to its end.
const PATIENCE: Duration = Duration::from_secs(2);

/// What an edit is about to do in one folder.
#[derive(Serialize, Deserialize)]
pub(super) struct Plan {
    /// Who edits, to be shown.
    pub(super) by: String,
    /// What the edit is called.
    pub(super) edit: String,
    pub(super) files: Vec<Planned>,
    /// The first folder of the edit, where it is another one.
    pub(super) first: Option<First>,
    /// The other folders, where this is the first.
    pub(super) others: Vec<PathBuf>,
}

/// One of its files. Its new text is written into [`part_of`] it first.
#[derive(Serialize, Deserialize)]
pub(super) struct Planned {
    pub(super) name: String,
    /// The sum of the old text; none where there was none.
    pub(super) before: Option<String>,
    /// That of the new text.
    pub(super) after: String,
}

/// The folder whose journal says whether the edit is ready, and the mark of that journal.
#[derive(Serialize, Deserialize)]
pub(super) struct First {
    pub(super) folder: PathBuf,
    pub(super) mark: String,
}

/// A journal as it was read.
enum Entry {
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

/// How far a killed edit had come.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Stage {
    /// It has changed nothing.
    Begun,
    /// All new texts were on the disk.
    Ready,
    /// The journal that said so is gone.
    Unknown,
}

/// Where the new text of a file is written first.
pub(super) fn part_of(name: &OsStr) -> OsString {
    let mut part = OsString::from(".");
    part.push(name);
    part.push(".edit");
    part
}

fn entry(text: &str, secret: Option<&Secret>) -> Entry {
    if text.is_empty() {
        return Entry::Nothing;
    }
    let mut lines = text.splitn(3, '\n');
    let [line, mark, rest] = [0; 3].map(|_| lines.next().unwrap_or_default());
    let plan = ron::from_str::<Plan>(line).ok();
    let is_own = secret.is_some_and(|secret| secret.mark(line) == mark);
    match plan {
        Some(plan) if is_own && plan.files.iter().all(Planned::is_in_its_folder) => Entry::Own {
            plan,
            mark: mark.to_owned(),
            is_ready: rest == READY,
        },
        plan => Entry::Foreign(plan.map(|plan| plan.by)),
    }
}

impl Planned {
    fn is_in_its_folder(&self) -> bool {
        let mut parts = Path::new(&self.name).components();
        matches!(parts.next(), Some(Component::Normal(name)) if name == self.name.as_str())
    }
}

/// The journal of a folder that can be opened, and what it says.
fn look(folder: &Path) -> io::Result<Option<(File, String)>> {
    let Some(file) = Folder::open(folder)?.plain(OsStr::new(JOURNAL))? else {
        return Ok(None);
    };
    let text = text_of(&file)?;
    Ok(Some((file, text)))
}

fn text_of(mut file: &File) -> io::Result<String> {
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

/// Brings an edit to its end that was killed in a folder, whose journal is locked, and empties that; says what became of it.
///
/// # Errors
/// Where the journal is not of the author's making, it stays as it is.
pub(super) fn recover(
    folder: &Folder,
    journal: &File,
    author: &Author,
) -> Result<Vec<String>, Failed> {
    let failed = |error| Failed::Io(folder.path().join(JOURNAL), error);
    let text = text_of(journal).map_err(failed)?;
    if text.is_empty() {
        return Ok(Vec::new());
    }
    let secret = author.secret();
    let (plan, mark, is_ready) = match entry(&text, secret.as_ref()) {
        Entry::Nothing => return Ok(Vec::new()),
        Entry::Foreign(by) => return Err(Failed::Foreign(folder.path().join(JOURNAL), by)),
        Entry::Own {
            plan,
            mark,
            is_ready,
        } => (plan, mark, is_ready),
    };
    let stage = stage(&plan, is_ready, secret.as_ref());
    let mut said = Vec::new();
    let mut left = finish(folder, &plan, stage, &mut said)?;
    for other in &plan.others {
        left += finish_other(other, &mark, stage, secret.as_ref(), &mut said)?;
    }
    empty(journal).map_err(failed)?;
    let edit = &plan.edit;
    if stage == Stage::Begun {
        said.push(format!(
            "`{edit}` was interrupted before it changed anything: do it again if it is still wanted"
        ));
    } else if said.is_empty() && left > 0 {
        said.push(format!("`{edit}` was interrupted: it is finished now"));
    }
    if let Some(first) = &plan.first {
        finish_first(&first.folder, author, &mut said);
    }
    Ok(said)
}

/// Brings the rest of an edit to its end where nobody else is at it: it is not waited for, since who holds the first folder may
/// wait for this one.
fn finish_first(folder: &Path, author: &Author, said: &mut Vec<String>) {
    let open = || {
        let folder = Folder::open(folder).ok()?;
        let journal = folder.plain_to_write(OsStr::new(JOURNAL)).ok()??;
        journal.try_lock().ok()?;
        Some((folder, journal))
    };
    let Some((folder, journal)) = open() else {
        return;
    };
    // What can't be done now is done, or said, when that folder is edited.
    if let Ok(more) = recover(&folder, &journal, author) {
        remove(&folder, OsStr::new(JOURNAL));
        let new = more.into_iter().filter(|more| !said.contains(more));
        let new: Vec<String> = new.collect();
        said.extend(new);
    }
}

/// How far an edit had come, of which one folder's journal was read.
fn stage(plan: &Plan, is_ready: bool, secret: Option<&Secret>) -> Stage {
    let Some(first) = &plan.first else {
        return if is_ready { Stage::Ready } else { Stage::Begun };
    };
    let text = look(&first.folder).ok().flatten().map(|(_, text)| text);
    match text.map(|text| entry(&text, secret)) {
        Some(Entry::Own { mark, is_ready, .. }) if mark == first.mark => {
            if is_ready {
                Stage::Ready
            } else {
                Stage::Begun
            }
        }
        _ => Stage::Unknown,
    }
}

/// Does what is left of an edit in one folder; gives how many files that were, and says what could not be done.
fn finish(
    folder: &Folder,
    plan: &Plan,
    stage: Stage,
    said: &mut Vec<String>,
) -> Result<usize, Failed> {
    let mut left = 0;
    for planned in &plan.files {
        let name = OsStr::new(&planned.name);
        let part = part_of(name);
        let at = |name: &OsStr| folder.path().join(name);
        let sum_of = |name: &OsStr| {
            let text = folder
                .read(name)
                .map_err(|error| Failed::at(&at(name), error))?;
            Ok(text.as_deref().map(sum))
        };
        let Some(written) = sum_of(&part)? else {
            continue;
        };
        left += 1;
        let is_whole = written == planned.after;
        match stage {
            Stage::Begun => remove(folder, &part),
            Stage::Ready if is_whole && sum_of(name)? == planned.before => {
                put_in_place(folder, &part, name).map_err(|error| Failed::Io(at(name), error))?
            }
            Stage::Ready | Stage::Unknown => {
                let (file, part) = (at(name), at(&part));
                let (edit, file, part) = (&plan.edit, file.display(), part.display());
                said.push(match stage {
                    Stage::Ready if is_whole => format!(
                        "`{file}` has changed since `{edit}` was interrupted: what that made of it is in `{part}`"
                    ),
                    Stage::Ready => format!(
                        "`{part}` is not as `{edit}` left it, which was interrupted: `{file}` stays as it is"
                    ),
                    _ => format!(
                        "`{edit}` was interrupted, and how far it had come is not known any more: what it made of `{file}` is in `{part}`"
                    ),
                });
            }
        }
    }
    Ok(left)
}

/// The same in another folder of an edit, if its journal is still that of the edit. Somebody who holds it does the same first of
/// all, and waits for nothing meanwhile: that is waited for.
fn finish_other(
    path: &Path,
    mark: &str,
    stage: Stage,
    secret: Option<&Secret>,
    said: &mut Vec<String>,
) -> Result<usize, Failed> {
    let failed = |error| Failed::Io(path.join(JOURNAL), error);
    let folder = match Folder::open(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(0),
        folder => folder.map_err(failed)?,
    };
    let give_up = Instant::now() + PATIENCE;
    loop {
        let journal = folder.plain_to_write(OsStr::new(JOURNAL));
        let Some(journal) = journal.map_err(failed)? else {
            return Ok(0);
        };
        let locked = journal.try_lock();
        let text = text_of(&journal).map_err(failed)?;
        let plan = match entry(&text, secret) {
            Entry::Own { plan, .. }
                if plan.first.as_ref().is_some_and(|first| first.mark == mark) =>
            {
                plan
            }
            _ => return Ok(0),
        };
        match locked {
            Ok(()) => {
                let left = finish(&folder, &plan, stage, said)?;
                empty(&journal).map_err(failed)?;
                remove(&folder, OsStr::new(JOURNAL));
                return Ok(left);
            }
            Err(TryLockError::WouldBlock) if Instant::now() < give_up => {
                std::thread::sleep(Duration::from_millis(1))
            }
            Err(TryLockError::WouldBlock) => return Err(Failed::Busy(path.to_owned())),
            Err(TryLockError::Error(error)) => return Err(failed(error)),
        }
    }
}

/// The edits that were killed and touch the folders of these files, in words: for whoever only reads.
pub fn unfinished<P: AsRef<Path>>(files: &[P], author: &Author) -> Vec<String> {
    let mut said: Vec<String> = Vec::new();
    for folder in folders(files.iter().map(AsRef::as_ref)) {
        said.extend(unfinished_in(&folder, author).filter(|edit| !said.contains(edit)));
    }
    said
}

/// The folders of these files in which a killed edit has left its file, whatever that says.
pub fn left_behind<P: AsRef<Path>>(files: &[P]) -> Vec<PathBuf> {
    let folders = folders(files.iter().map(AsRef::as_ref)).into_iter();
    let left = folders.filter(|folder| !matches!(abandoned(folder), Ok(None)));
    left.filter_map(|folder| folder.canonicalize().ok())
        .collect()
}

/// The folders of files, each once, where a link leads to; folders themselves.
fn folders<'p>(paths: impl Iterator<Item = &'p Path>) -> Vec<PathBuf> {
    let mut found: Vec<PathBuf> = Vec::new();
    for path in paths {
        let real = if path.is_symlink() {
            path.canonicalize().unwrap_or(path.to_owned())
        } else {
            path.to_owned()
        };
        let is_file = real.extension().is_some_and(|extension| extension == "ron");
        let folder = if is_file { folder_of(&real) } else { real };
        if !found.contains(&folder) {
            found.push(folder);
        }
    }
    found
}

/// Whether an edit may have changed some files of a graph while they were read, from `since` on, so that some are read as
/// they were before it and some as they are after it. Waits while one puts new texts in their places.
pub(super) fn edited_meanwhile<'p>(files: impl Iterator<Item = &'p Path>, since: Instant) -> bool {
    let read = since.elapsed();
    let folders = folders(files);
    let waited = folders
        .iter()
        .filter(|folder| is_being_finished(folder))
        .count()
        > 0;
    // A new name in a folder is a change of the folder; the clock of file systems goes in steps.
    let changed = |folder: &PathBuf| {
        let modified = std::fs::metadata(folder).and_then(|folder| folder.modified());
        modified.is_ok_and(|modified| modified.elapsed().is_ok_and(|age| age < read + STEP))
    };
    waited || folders.iter().any(changed)
}

/// The steps in which the clock of a file system goes.
const STEP: Duration = Duration::from_millis(20);

/// Whether an edit is putting new texts in their places; waits until it is done.
fn is_being_finished(folder: &Path) -> bool {
    let give_up = Instant::now() + PATIENCE;
    let mut found = false;
    while let Ok(Some((file, text))) = look(folder) {
        let held = matches!(file.try_lock_shared(), Err(TryLockError::WouldBlock));
        if !held || !is_ready(&text) || Instant::now() > give_up {
            break;
        }
        found = true;
        std::thread::sleep(Duration::from_millis(1));
    }
    found
}

/// Whether an edit that is under way is ready, by what one of its journals says.
fn is_ready(text: &str) -> bool {
    let first = || {
        let plan: Plan = ron::from_str(text.lines().next()?).ok()?;
        look(&plan.first?.folder).ok()?
    };
    text.ends_with(READY) || first().is_some_and(|(_, text)| text.ends_with(READY))
}

fn unfinished_in(folder: &Path, author: &Author) -> Option<String> {
    let not_followed = |why: &str| {
        let journal = folder.join(JOURNAL);
        Some(format!("`{}` is not followed: {why}", journal.display()))
    };
    let text = match abandoned(folder) {
        Ok(text) => text?,
        Err(error) => return not_followed(&error.to_string()),
    };
    let secret = Some(())
        .filter(|()| !text.is_empty())
        .and_then(|()| author.secret());
    let (plan, is_ready) = match entry(&text, secret.as_ref()) {
        Entry::Nothing => return None,
        Entry::Foreign(by) => return not_followed(&foreign(by.as_deref())),
        Entry::Own { plan, is_ready, .. } => (plan, is_ready),
    };
    let edit = &plan.edit;
    if stage(&plan, is_ready, secret.as_ref()) == Stage::Begun {
        return Some(format!(
            "`{edit}` was interrupted before it changed anything; the next edit clears up after it"
        ));
    }
    let old = plan.files.iter().map(|planned| planned.name.as_str());
    let old: Vec<&str> = old
        .filter(|name| folder.join(part_of(OsStr::new(name))).exists())
        .collect();
    if old.is_empty() {
        return None;
    }
    let old = crate::near::listed(old.into_iter());
    Some(format!(
        "`{edit}` was interrupted: {old} still to be written; the next edit, or `demarche fmt`, finishes it"
    ))
}

/// What is said of a journal that was not written by an edit of the author's.
pub(super) fn foreign(by: Option<&str>) -> String {
    let by = by.filter(|by| !by.is_empty()).map(|by| {
        let by: String = by.chars().take(40).collect();
        format!(" but, as it says, by `{}`", by.escape_debug())
    });
    format!(
        "it was not written by an edit of yours{}",
        by.unwrap_or_default()
    )
}

/// What a journal says that nobody holds: the edit is not under way. An error where something else has its name.
fn abandoned(folder: &Path) -> io::Result<Option<String>> {
    match look(folder) {
        Ok(Some((file, text))) => Ok(file.try_lock_shared().is_ok().then_some(text)),
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Err(error),
        Ok(None) | Err(_) => Ok(None),
    }
}
