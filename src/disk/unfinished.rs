//! What whoever only reads is told of edits: of those that were killed, and of those that are under way. Nothing is changed here.

use std::fs::TryLockError;
use std::io;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use crate::disk::author::Author;
use crate::disk::edit::folder_of;
use crate::disk::folder::Folder;
use crate::disk::journal::{
    Entry, JOURNAL, PATIENCE, Plan, entry, foreign, look, part_of, says_ready,
};
use crate::disk::recover::{Found, State, Way, found, stage, way};

/// The edits that were killed and touch the folders of these files, in words: for whoever only reads.
pub fn unfinished<P: AsRef<Path>>(files: &[P], author: &Author) -> Vec<String> {
    let mut said: Vec<String> = Vec::new();
    for folder in folders(files.iter().map(AsRef::as_ref)) {
        said.extend(unfinished_in(&folder, author).filter(|edit| !said.contains(edit)));
    }
    said.extend(left_texts(files.iter().map(AsRef::as_ref)).iter().map(|part| {
        format!(
            "`{}` is what an interrupted edit made of a file that was changed meanwhile; take from it what you need, and remove it",
            part.display()
        )
    }));
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
        if !held || !is_ready(folder, &text) || Instant::now() > give_up {
            break;
        }
        found = true;
        std::thread::sleep(Duration::from_millis(1));
    }
    found
}

/// Whether an edit that is under way is ready, by what one of its journals says.
fn is_ready(folder: &Path, text: &str) -> bool {
    let first = || {
        let plan: Plan = ron::from_str(text.lines().next()?).ok()?;
        look(&folder.join(plan.first?.folder)).ok()?
    };
    says_ready(text) || first().is_some_and(|(_, text)| says_ready(&text))
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
    let stage = stage(folder, &plan, is_ready, secret.as_ref());
    let Ok(found) = Folder::open(folder)
        .map_err(drop)
        .and_then(|folder| found(&folder, &plan).map_err(drop))
    else {
        return Some(format!(
            "`{edit}` was interrupted, and its files can't be read"
        ));
    };
    match way(stage, &found) {
        Way::Clear => Some(format!(
            "`{edit}` was interrupted before it changed anything; the next edit clears up after it"
        )),
        Way::Drop => Some(format!(
            "`{edit}` was interrupted, and no file is as it made it; the next edit clears up after it"
        )),
        Way::Leave => Some(format!(
            "`{edit}` was interrupted, and files have changed since; the next edit says what is left of it"
        )),
        Way::Finish => {
            let own = plan.files.iter().zip(&found);
            let left = own.filter(|(_, found)| found.state == State::Pending);
            let old: Vec<&str> = left.map(|(planned, _)| planned.name.as_str()).collect();
            (!old.is_empty()).then(|| format!(
                "`{edit}` was interrupted: {} still to be written; the next edit, or `demarche fmt`, finishes it",
                crate::words::listed(old)
            ))
        }
    }
}

/// The edits of the author's of which some files of these folders are written and others are not: a graph between the two is half a
/// graph.
pub fn half_done<P: AsRef<Path>>(files: &[P], author: &Author) -> Vec<String> {
    let mut edits: Vec<String> = Vec::new();
    for folder in folders(files.iter().map(AsRef::as_ref)) {
        edits.extend(half_done_in(&folder, author).filter(|edit| !edits.contains(edit)));
    }
    edits
}

fn half_done_in(folder: &Path, author: &Author) -> Option<String> {
    let text = abandoned(folder).ok()?.filter(|text| !text.is_empty())?;
    let Entry::Own { plan, .. } = entry(&text, author.secret().as_ref()) else {
        return None;
    };
    let found = found(&Folder::open(folder).ok()?, &plan).ok()?;
    let is_new = |found: &Found| matches!(found.state, State::Written | State::ChangedAfter);
    (found.iter().any(is_new) && !found.iter().all(is_new)).then_some(plan.edit)
}

/// The new texts that a killed edit left beside these files, where no journal tells of them any more.
fn left_texts<'p>(files: impl Iterator<Item = &'p Path>) -> Vec<PathBuf> {
    let part = |file: &Path| Some(file.with_file_name(part_of(file.file_name()?)));
    let there: Vec<PathBuf> = files
        .filter_map(part)
        .filter(|part| part.symlink_metadata().is_ok())
        .collect();
    let told = |part: &PathBuf| look(&folder_of(part)).is_ok_and(|journal| journal.is_some());
    // An edit that was under way may be done by now.
    let mut left: Vec<PathBuf> = there.into_iter().filter(|part| !told(part)).collect();
    left.retain(|part| part.symlink_metadata().is_ok());
    left
}

/// What a journal says that nobody holds: the edit is not under way. An error where something else has its name.
fn abandoned(folder: &Path) -> io::Result<Option<String>> {
    match look(folder) {
        Ok(Some((file, text))) => Ok(file.try_lock_shared().is_ok().then_some(text)),
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Err(error),
        Ok(None) | Err(_) => Ok(None),
    }
}
