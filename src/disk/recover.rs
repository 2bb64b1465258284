//! Finishes or undoes an edit of the author's that was killed.
//!
//! In each folder, only files named in that folder's own journal are touched. A file is replaced
//! only if it is still what the edit found, only by what the edit wrote, and only if no file of the
//! edit was changed or taken back since, so that the whole edit gets finished. If some files are as
//! the edit made them and others were changed, nothing is done, and all edits are refused until a
//! person has resolved it.

use std::collections::BTreeSet;
use std::ffi::OsStr;
use std::fs::{File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use crate::disk::author::{Author, Secret};
use crate::disk::edit::{folder_of, is_in};
use crate::disk::failed::Failed;
use crate::disk::folder::Folder;
use crate::disk::journal::{
    Entry, JOURNAL, PATIENCE, Plan, Planned, empty, entry, look, part_of, text_of,
};
use crate::disk::names;
use crate::disk::write::{put_in_place, remove};
use crate::sum::sha256;
use crate::words;

/// How far a killed edit had come.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Stage {
    /// It has changed nothing.
    Begun,
    /// All new texts were on the disk.
    Ready,
    /// The journal that says so is gone or belongs to another edit.
    Unknown,
}

/// The state of one file of an edit.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum State {
    /// It is as the edit made it.
    Written,
    /// It is as it was before, and its new text is beside it.
    Pending,
    /// It is as it was before, and its new text is gone: somebody took the edit back.
    Restored,
    /// It, or its new text, was changed before the edit had replaced it.
    ChangedBefore,
    /// It was changed after the edit had replaced it, or by somebody who did the edit's work by
    /// hand.
    ChangedAfter,
    /// Its folder can't be opened.
    Unknown,
}

/// What to do about an edit that was killed.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Way {
    /// Put the new texts in place where that was not done yet.
    Finish,
    /// The edit changed nothing: remove the new texts that it wrote.
    Clear,
    /// No file is as the edit made it: remove its new texts.
    Drop,
    /// Some files are as the edit made them, others were changed since: a person must look.
    Leave,
}

/// A file of an edit and its state.
pub(super) struct Found {
    path: PathBuf,
    pub(super) state: State,
}

/// Determines the state of all files of an edit, those of this folder first.
pub(super) fn found(folder: &Folder, plan: &Plan) -> Result<Vec<Found>, Failed> {
    let own = plan.files.iter().map(|planned| {
        let path = folder.path().join(planned.file());
        Ok(Found {
            state: state(folder, &planned.file(), planned)?,
            path,
        })
    });
    let elsewhere = plan.elsewhere.iter().map(|planned| {
        let path = folder.path().join(planned.file());
        let name = path.file_name().unwrap_or_default();
        let Some(there) = folder_of(&path)
            .canonicalize()
            .ok()
            .and_then(|there| Folder::open(&there).ok())
        else {
            return Ok(Found {
                path,
                state: State::Unknown,
            });
        };
        Ok(Found {
            state: state(&there, name, planned)?,
            path: there.path().join(name),
        })
    });
    own.chain(elsewhere).collect()
}

fn state(folder: &Folder, name: &OsStr, planned: &Planned) -> Result<State, Failed> {
    let sum_of = |name: &OsStr| {
        let text = folder
            .read(name)
            .map_err(|error| Failed::at(&folder.path().join(name), error))?;
        Ok(text.as_deref().map(sha256))
    };
    let (now, part) = (sum_of(name)?, sum_of(&part_of(name))?);
    Ok(match part {
        _ if now.as_ref() == Some(&planned.after) => State::Written,
        Some(part) if now == planned.before && part == planned.after => State::Pending,
        Some(_) => State::ChangedBefore,
        None if now == planned.before => State::Restored,
        None => State::ChangedAfter,
    })
}

/// Decides what to do from the states of all files.
pub(super) fn way(stage: Stage, found: &[Found]) -> Way {
    let all = |states: &[State]| found.iter().all(|found| states.contains(&found.state));
    match stage {
        Stage::Begun => Way::Clear,
        Stage::Ready if all(&[State::Written, State::Pending]) => Way::Finish,
        // Nothing is left to do.
        Stage::Ready | Stage::Unknown if all(&[State::Written, State::ChangedAfter]) => Way::Finish,
        Stage::Ready | Stage::Unknown
            if all(&[State::Pending, State::Restored, State::ChangedBefore]) =>
        {
            Way::Drop
        }
        Stage::Ready | Stage::Unknown => Way::Leave,
    }
}

/// Returns the files that are still to be written.
pub(super) fn pending(found: &[Found]) -> Vec<&Path> {
    let pending = found.iter().filter(|found| found.state == State::Pending);
    pending.map(|found| found.path.as_path()).collect()
}

/// Returns whether, as far as can be told, some files are as before the edit and others as after
/// it, so that the graph is incomplete.
pub(super) fn is_half(way: Way, found: &[Found]) -> bool {
    let pending = pending(found).len();
    match way {
        Way::Finish => (1..found.len()).contains(&pending),
        Way::Clear | Way::Drop => false,
        Way::Leave => true,
    }
}

/// An edit that was killed and is now finished or undone.
#[derive(Debug)]
pub struct Recovered {
    /// The description of the edit.
    pub edit: String,
    /// Whether the edit is completely done; otherwise it has changed nothing.
    pub is_done: bool,
    /// The outcome in words.
    pub said: String,
}

/// Finishes or undoes the edit that was killed in a folder, whose journal is locked, and empties
/// the journal. Returns the outcomes.
///
/// # Errors
/// If the journal is not by the author, or a person must look; the journal then stays as it is.
pub(super) fn recover(
    folder: &Folder,
    journal: &File,
    author: &Author,
) -> Result<Vec<Recovered>, Failed> {
    let failed = |error| Failed::Io(folder.path().join(JOURNAL), error);
    let text = text_of(journal).map_err(failed)?;
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
    let stage = stage(folder.path(), &plan, is_ready, secret.as_ref());
    let found = found(folder, &plan)?;
    let way = way(stage, &found);
    let Some(said) = became(&plan.edit, way) else {
        return Err(Failed::Half {
            edit: plan.edit,
            files: found.iter().map(left_as_it_is).collect(),
            journals: journals(&found),
        });
    };
    act(folder, &plan, way)?;
    for other in &plan.others {
        act_in_other(
            &folder.path().join(names::path(other)),
            &mark,
            way,
            secret.as_ref(),
        )?;
    }
    empty(journal).map_err(failed)?;
    let mut all = vec![Recovered {
        edit: plan.edit,
        is_done: way == Way::Finish,
        said,
    }];
    if let Some(first) = &plan.first {
        finish_first(&folder.path().join(&first.folder), author, &mut all);
    }
    Ok(all)
}

/// Describes the outcome of an edit, or returns `None` if a person must look.
fn became(edit: &str, way: Way) -> Option<String> {
    let edit = called(edit);
    match way {
        Way::Clear => Some(format!(
            "`{edit}` was interrupted before it changed anything: repeat it if it is still wanted"
        )),
        Way::Finish => Some(format!("`{edit}` was interrupted: it is now finished")),
        Way::Drop => Some(format!(
            "`{edit}` was interrupted, and no file has its changes: repeat it if it is still wanted"
        )),
        Way::Leave => None,
    }
}

/// How many characters of an edit's description are shown.
const SHOWN: usize = 70;

/// Shortens the description of an edit for messages.
pub(super) fn called(edit: &str) -> String {
    match edit.char_indices().nth(SHOWN) {
        Some((end, _)) => format!("{}…", edit[..end].trim_end()),
        None => edit.to_owned(),
    }
}

/// Describes a file as left by an edit that can't be finished.
fn left_as_it_is(found: &Found) -> String {
    let part = found
        .path
        .with_file_name(part_of(found.path.file_name().unwrap_or_default()));
    let (file, part) = (found.path.display(), part.display());
    match found.state {
        State::Written => format!("`{file}` has its changes"),
        State::Pending => {
            format!("`{file}` is as before, and its new text is in `{part}`")
        }
        State::ChangedBefore => {
            format!("`{file}` has changed, and what the edit made of it is in `{part}`")
        }
        State::Restored => format!("`{file}` is as before, and its new text is gone"),
        State::ChangedAfter => format!("`{file}` has changed since"),
        State::Unknown => format!("`{file}` can't be examined"),
    }
}

/// Returns the existing journals of an edit.
pub(super) fn journals(found: &[Found]) -> Vec<PathBuf> {
    journals_of(found.iter().map(|found| found.path.as_path()))
}

/// Returns the existing journals in the folders of some files.
pub(super) fn journals_of<'p>(files: impl Iterator<Item = &'p Path>) -> Vec<PathBuf> {
    let folders: BTreeSet<PathBuf> = files.map(folder_of).collect();
    let journals = folders.iter().map(|folder| folder.join(JOURNAL));
    journals.filter(|journal| journal.exists()).collect()
}

/// Says what a person can do about an edit that can't be finished.
pub(super) fn make_whole(journals: &[PathBuf]) -> String {
    let journals = journals.iter().map(|path| path.display().to_string());
    format!(
        "make the edit in each file, with the help of its `.NAME.edit`, and remove that; or undo it in all of them, with git; if they are right \
         as they are, remove {}",
        words::listed(journals)
    )
}

/// Carries out a decision in one folder.
fn act(folder: &Folder, plan: &Plan, way: Way) -> Result<(), Failed> {
    for planned in &plan.files {
        let name = planned.file();
        let part = part_of(&name);
        match way {
            Way::Finish if state(folder, &name, planned)? == State::Pending => {
                put_in_place(folder, &part, &name)
                    .map_err(|error| Failed::Io(folder.path().join(&name), error))?;
            }
            Way::Clear => remove(folder, &part),
            // A new text that somebody changed is no longer the edit's.
            Way::Drop
                if folder
                    .read(&part)
                    .is_ok_and(|part| part.is_some_and(|part| sha256(&part) == planned.after)) =>
            {
                remove(folder, &part);
            }
            Way::Drop | Way::Finish | Way::Leave => {}
        }
    }
    Ok(())
}

/// Recovers the rest of an edit from its first folder, unless somebody holds that. It does not wait
/// for the lock: the holder may be waiting for this folder.
fn finish_first(folder: &Path, author: &Author, all: &mut Vec<Recovered>) {
    let open = || {
        let folder = Folder::open(folder).ok()?;
        let journal = folder.plain_to_write(OsStr::new(JOURNAL)).ok()??;
        journal.try_lock().ok()?;
        is_in(&journal, &folder).then_some((folder, journal))
    };
    let Some((folder, journal)) = open() else {
        return;
    };
    // If this fails, the next edit of that folder retries or reports it.
    if let Ok(more) = recover(&folder, &journal, author) {
        remove(&folder, OsStr::new(JOURNAL));
        all.extend(more);
        all.dedup_by(|one, other| one.said == other.said);
    }
}

/// Returns how far an edit had come, given one folder's journal.
pub(super) fn stage(folder: &Path, plan: &Plan, is_ready: bool, secret: Option<&Secret>) -> Stage {
    let Some(first) = &plan.first else {
        return if is_ready { Stage::Ready } else { Stage::Begun };
    };
    let text = look(&folder.join(&first.folder))
        .ok()
        .flatten()
        .map(|(_, text)| text);
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

/// Carries out a decision in another folder of the edit, if its journal is still that of the edit.
/// Waits for whoever holds that folder: they recover the edit first, and wait for nothing
/// meanwhile.
fn act_in_other(path: &Path, mark: &str, way: Way, secret: Option<&Secret>) -> Result<(), Failed> {
    let failed = |error| Failed::Io(path.join(JOURNAL), error);
    let folder = match Folder::open(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        folder => folder.map_err(failed)?,
    };
    let give_up = Instant::now() + PATIENCE;
    loop {
        let journal = folder.plain_to_write(OsStr::new(JOURNAL));
        let Some(journal) = journal.map_err(failed)? else {
            return Ok(());
        };
        let locked = journal.try_lock();
        let text = text_of(&journal).map_err(failed)?;
        let plan = match entry(&text, secret) {
            Entry::Own { plan, .. }
                if plan.first.as_ref().is_some_and(|first| first.mark == mark) =>
            {
                plan
            }
            _ => return Ok(()),
        };
        match locked {
            Ok(()) => {
                act(&folder, &plan, way)?;
                empty(&journal).map_err(failed)?;
                remove(&folder, OsStr::new(JOURNAL));
                return Ok(());
            }
            Err(TryLockError::WouldBlock) if Instant::now() < give_up => {
                std::thread::sleep(Duration::from_millis(1))
            }
            Err(TryLockError::WouldBlock) => return Err(Failed::Busy(path.to_owned())),
            Err(TryLockError::Error(error)) => return Err(failed(error)),
        }
    }
}
