//! What an edit under way says of itself in the file [`JOURNAL`] of its folder: to whoever would edit too, and to whoever only
//! reads. The edit holds a lock on it; without one, it was killed. In the other folders that it touches, that file says
//! where the journal is.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::hash::{DefaultHasher, Hasher};
use std::io::{self, Read, Seek};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use serde::{Deserialize, Serialize};

use crate::disk::edit::{folder, folder_of};
use crate::disk::names::{self, as_text};
use crate::disk::open::{open, read_file, read_text};
use crate::disk::write::{put_in_place, remove, target};
use crate::text::Text;

/// The file that holds the lock and says what an edit is about to do.
pub(super) const JOURNAL: &str = ".demarche-edit";
/// The last line of the journal of an edit whose new texts are all on the disk.
pub(super) const READY: &str = "ready\n";

/// An edit as its journal has it.
#[derive(Serialize, Deserialize)]
pub(super) struct Plan {
    pub(super) edit: String,
    pub(super) files: Vec<Planned>,
}

/// One of its files.
#[derive(Serialize, Deserialize)]
pub(super) struct Planned {
    #[serde(with = "as_text")]
    pub(super) file: PathBuf,
    /// Where its new text is written first.
    #[serde(with = "as_text")]
    pub(super) part: PathBuf,
    /// A sum of the old text; none where there was none.
    pub(super) before: Option<u64>,
}

/// What the file says in the other folders of an edit.
#[derive(Serialize, Deserialize)]
pub(super) struct Pointer {
    /// The journal of the edit.
    #[serde(with = "as_text")]
    pub(super) see: PathBuf,
}

/// A number that differs, as good as always, where texts do.
pub(super) fn sum(text: &[u8]) -> u64 {
    let mut hasher = DefaultHasher::new();
    hasher.write(text);
    hasher.finish()
}

/// Where the new text of a file is written first.
pub(super) fn part_of(file: &Path) -> Option<PathBuf> {
    let mut name = std::ffi::OsString::from(".");
    name.push(file.file_name()?);
    name.push(".edit");
    Some(file.with_file_name(name))
}

/// The edit that a journal tells of, and whether it was ready; none where it had not begun.
fn planned(journal: &str) -> Option<(Plan, bool)> {
    let (line, rest) = journal.split_once('\n')?;
    let plan: Plan = ron::from_str(line).ok()?;
    // Nothing else is ever renamed, whoever wrote the journal.
    let is_ours = plan
        .files
        .iter()
        .all(|planned| part_of(&planned.file).as_ref() == Some(&planned.part));
    is_ours.then_some((plan, rest == READY))
}

/// The journal that the file of another folder tells of.
fn elsewhere(text: &str) -> Option<PathBuf> {
    let Pointer { see } = ron::from_str(text.trim_end()).ok()?;
    see.ends_with(JOURNAL).then_some(see)
}

/// Whether a journal, or the one that it tells of, is that of an edit that must be brought to its end.
pub(super) fn is_ready(journal: &Path) -> bool {
    let Ok(text) = read_text(journal) else {
        return false;
    };
    let text = elsewhere(&text)
        .and_then(|journal| read_text(&journal).ok())
        .unwrap_or(text);
    text.ends_with(READY)
}

/// Brings an edit to its end that was killed, and empties its journal, which is locked; says what became of it.
pub(super) fn recover(mut lock: &File, journal: &Path) -> io::Result<Vec<String>> {
    let mut text = String::new();
    lock.read_to_string(&mut text)?;
    let said = match elsewhere(&text) {
        Some(other) => recover_elsewhere(&other)?,
        None => finish(&text, journal)?,
    };
    lock.set_len(0)?;
    lock.rewind()?;
    Ok(said)
}

/// Brings an edit to its end that has its journal in another folder, or waits until somebody else has. Whoever holds that
/// folder and is past that may be waiting for this one.
fn recover_elsewhere(journal: &Path) -> io::Result<Vec<String>> {
    let give_up = Instant::now() + PATIENCE;
    let mut first_seen = None;
    while let Ok(mut lock) = OpenOptions::new().read(true).write(true).open(journal) {
        match lock.try_lock() {
            Ok(()) => {
                let mut text = String::new();
                lock.read_to_string(&mut text)?;
                let said = finish(&text, journal)?;
                remove(journal);
                return Ok(said);
            }
            Err(TryLockError::Error(error)) => return Err(error),
            Err(TryLockError::WouldBlock) => {
                let seen = read_file(journal).unwrap_or_default();
                let is_at_it =
                    first_seen.get_or_insert_with(|| seen.clone()) == &seen && !seen.is_empty();
                if !is_at_it || Instant::now() > give_up {
                    break;
                }
                std::thread::sleep(Duration::from_millis(1));
            }
        }
    }
    Ok(Vec::new())
}

/// Does what is left of the edit that a journal tells of; says what became of it.
fn finish(text: &str, journal: &Path) -> io::Result<Vec<String>> {
    let mut said = Vec::new();
    let Some((Plan { edit, files }, ready)) = planned(text) else {
        return Ok(said);
    };
    let finished: Vec<&Planned> = files
        .iter()
        .filter(|planned| planned.part.exists())
        .collect();
    for planned in &finished {
        let now = read_file(&planned.file).ok().as_deref().map(sum);
        match ready && now == planned.before {
            true => put_in_place(&planned.part, &planned.file)?,
            false if ready => said.push(format!(
                "`{}` has changed since `{edit}` was interrupted: what that made of it is in `{}`",
                planned.file.display(),
                planned.part.display()
            )),
            false => remove(&planned.part),
        }
    }
    if !ready {
        said.push(format!(
            "`{edit}` was interrupted before it changed anything: do it again if it is still wanted"
        ));
    } else if said.is_empty() && !finished.is_empty() {
        said.push(format!("`{edit}` was interrupted: it is finished now"));
    }
    forget(&files, journal);
    Ok(said)
}

/// Removes what the other folders of an edit say of it.
fn forget(files: &[Planned], journal: &Path) {
    for pointer in journals(files.iter().map(|planned| planned.file.as_path())) {
        let told = read_text(&pointer)
            .is_ok_and(|text| elsewhere(&text).is_some_and(|see| see == journal));
        // Whoever holds that folder removes it himself.
        if told && open(&pointer).is_ok_and(|file| file.try_lock().is_ok()) {
            remove(&pointer);
        }
    }
}

/// The edits that were killed and touch the folders of these files, in words: for whoever only reads.
pub fn unfinished<P: AsRef<Path>>(files: &[P]) -> Vec<String> {
    let mut said: Vec<String> = Vec::new();
    for journal in journals(files.iter().map(AsRef::as_ref)) {
        said.extend(unfinished_in(&journal).filter(|edit| !said.contains(edit)));
    }
    said
}

/// The folders of these files in which a killed edit has left its file, whatever that says.
pub fn left_behind<P: AsRef<Path>>(files: &[P]) -> Vec<PathBuf> {
    let journals = journals(files.iter().map(AsRef::as_ref))
        .into_iter()
        .filter(|journal| abandoned(journal).is_some());
    journals
        .filter_map(|journal| Some(folder(journal.parent()?)))
        .collect()
}

/// The journals of the folders of files, and of folders, each once.
fn journals<'p>(paths: impl Iterator<Item = &'p Path>) -> Vec<PathBuf> {
    let mut found: Vec<PathBuf> = Vec::new();
    for path in paths {
        // An edit of a file that is reached by a link is in the folder that the link leads to.
        let path = if fs::read_link(path).is_ok() {
            target(path)
        } else {
            path.to_owned()
        };
        let is_file = path.extension().is_some_and(|extension| extension == "ron");
        let journal = if is_file {
            path.with_file_name(JOURNAL)
        } else {
            path.join(JOURNAL)
        };
        if !found.contains(&journal) {
            found.push(journal);
        }
    }
    found
}

/// Whether an edit may have changed some files of a graph while they were read, from `since` on, so that some are read as
/// they were before it and some as they are after it. Waits while one puts new texts in their places.
pub(super) fn edited_meanwhile(texts: &[Text], since: Instant) -> bool {
    let read = since.elapsed();
    let journals = if texts.len() > 1 {
        let files: Vec<PathBuf> = texts.iter().map(|text| names::path(&text.name)).collect();
        journals(files.iter().map(PathBuf::as_path))
    } else {
        Vec::new()
    };
    let waited = journals
        .iter()
        .filter(|journal| is_being_finished(journal))
        .count()
        > 0;
    // A new name in a folder is a change of the folder; the clock of file systems goes in steps.
    let changed = |journal: &PathBuf| {
        let modified = fs::metadata(folder_of(journal)).and_then(|folder| folder.modified());
        modified.is_ok_and(|modified| modified.elapsed().is_ok_and(|age| age < read + STEP))
    };
    waited || journals.iter().any(changed)
}

/// The steps in which the clock of a file system goes.
const STEP: Duration = Duration::from_millis(20);
/// How long one waits for an edit that somebody brings to its end.
const PATIENCE: Duration = Duration::from_secs(2);

/// Whether an edit is putting new texts in their places; waits until it is done.
fn is_being_finished(journal: &Path) -> bool {
    let give_up = Instant::now() + PATIENCE;
    let mut found = false;
    while let Ok(file) = open(journal) {
        let held = matches!(file.try_lock_shared(), Err(TryLockError::WouldBlock));
        if !held || !is_ready(journal) || Instant::now() > give_up {
            break;
        }
        found = true;
        std::thread::sleep(Duration::from_millis(1));
    }
    found
}

fn unfinished_in(journal: &Path) -> Option<String> {
    let text = abandoned(journal)?;
    let text = elsewhere(&text).map_or(Some(text), |journal| abandoned(&journal))?;
    let (Plan { edit, files }, ready) = planned(&text)?;
    if !ready {
        return Some(format!(
            "`{edit}` was interrupted before it changed anything; the next edit clears up after it"
        ));
    }
    let old: Vec<String> = files
        .iter()
        .filter(|planned| planned.part.exists())
        .map(|planned| {
            planned
                .file
                .file_name()
                .unwrap_or_default()
                .to_string_lossy()
                .into_owned()
        })
        .collect();
    if old.is_empty() {
        return None;
    }
    let old = crate::near::listed(old.iter().map(String::as_str));
    Some(format!(
        "`{edit}` was interrupted: {old} still to be written; the next edit, or `demarche fmt`, finishes it"
    ))
}

/// What a journal says that nobody holds: the edit is not under way.
fn abandoned(journal: &Path) -> Option<String> {
    let mut file = open(journal).ok()?;
    file.try_lock_shared().ok()?;
    let mut text = String::new();
    file.read_to_string(&mut text).ok()?;
    Some(text)
}
