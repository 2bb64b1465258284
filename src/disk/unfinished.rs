//! What whoever only reads is told of edits: of those that were killed, and of those that are under way. Nothing is changed here.

use std::fs::TryLockError;
use std::io;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use crate::disk::author::Author;
use crate::disk::edit::folder_of;
use crate::disk::journal::{Entry, JOURNAL, PATIENCE, Plan, READY, entry, foreign, look, part_of};
use crate::disk::recover::{Stage, stage};

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
pub(super) fn edited_meanwhile(files: &[PathBuf], since: Instant) -> bool {
    let read = since.elapsed();
    let folders = folders(files.iter().map(PathBuf::as_path));
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
    let left = plan
        .files
        .iter()
        .filter(|planned| folder.join(part_of(&planned.file())).exists());
    let old: Vec<&str> = left.map(|planned| planned.name.as_str()).collect();
    if old.is_empty() {
        return None;
    }
    let old = crate::words::listed(old);
    Some(format!(
        "`{edit}` was interrupted: {old} still to be written; the next edit, or `demarche fmt`, finishes it"
    ))
}

/// What a journal says that nobody holds: the edit is not under way. An error where something else has its name.
fn abandoned(folder: &Path) -> io::Result<Option<String>> {
    match look(folder) {
        Ok(Some((file, text))) => Ok(file.try_lock_shared().is_ok().then_some(text)),
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Err(error),
        Ok(None) | Err(_) => Ok(None),
    }
}
