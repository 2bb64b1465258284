//! Brings an edit of the author's to its end that was killed. In each folder, only what that folder's own journal names is touched,
//! and a file is replaced only where it is what the edit found, by what the edit wrote.

use std::ffi::OsStr;
use std::fs::{File, TryLockError};
use std::io;
use std::path::Path;
use std::time::{Duration, Instant};

use crate::disk::author::{Author, Secret, sum};
use crate::disk::edit::is_in;
use crate::disk::failed::Failed;
use crate::disk::folder::Folder;
use crate::disk::journal::{Entry, JOURNAL, PATIENCE, Plan, empty, entry, look, part_of, text_of};
use crate::disk::names;
use crate::disk::write::{put_in_place, remove};

/// How far a killed edit had come.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Stage {
    /// It has changed nothing.
    Begun,
    /// All new texts were on the disk.
    Ready,
    /// The journal that said so is gone.
    Unknown,
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
        left += finish_other(
            &names::path(other),
            &mark,
            stage,
            secret.as_ref(),
            &mut said,
        )?;
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
        is_in(&journal, &folder).then_some((folder, journal))
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
pub(super) fn stage(plan: &Plan, is_ready: bool, secret: Option<&Secret>) -> Stage {
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
        let file = planned.file();
        let name = file.as_os_str();
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
