//! What an edit under way says of itself in the file [`JOURNAL`] of its folder: to whoever would edit too, and to whoever only
//! reads. The edit holds a lock on it; without one, it was killed.

use std::fs::{self, File, TryLockError};
use std::hash::{DefaultHasher, Hasher};
use std::io::{self, Read, Seek};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use serde::{Deserialize, Serialize};

use crate::disk::write::{put_in_place, remove};
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
    pub(super) file: PathBuf,
    /// Where its new text is written first.
    pub(super) part: PathBuf,
    /// A sum of the old text; none where there was none.
    pub(super) before: Option<u64>,
}

/// A number that differs, as good as always, where texts do.
pub(super) fn sum(text: &[u8]) -> u64 {
    let mut hasher = DefaultHasher::new();
    hasher.write(text);
    hasher.finish()
}

/// The edit that a journal tells of, and whether it was ready; none where it had not begun.
fn planned(journal: &str) -> Option<(Plan, bool)> {
    let (line, rest) = journal.split_once('\n')?;
    Some((ron::from_str(line).ok()?, rest == READY))
}

/// Brings an edit to its end that was killed, and empties its journal; says what became of it.
pub(super) fn recover(mut lock: &File) -> io::Result<Vec<String>> {
    let mut journal = String::new();
    lock.read_to_string(&mut journal)?;
    let mut said = Vec::new();
    if let Some((Plan { edit, files }, ready)) = planned(&journal) {
        let finished: Vec<&Planned> = files.iter().filter(|planned| planned.part.exists()).collect();
        for planned in &finished {
            let now = fs::read(&planned.file).ok().as_deref().map(sum);
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
            said.push(format!("`{edit}` was interrupted before it changed anything: do it again if it is still wanted"));
        } else if said.is_empty() && !finished.is_empty() {
            said.push(format!("`{edit}` was interrupted: it is finished now"));
        }
    }
    lock.set_len(0)?;
    lock.rewind()?;
    Ok(said)
}

/// The edits that were killed in the folders of these files, in words: for whoever only reads.
pub fn unfinished<P: AsRef<Path>>(files: &[P]) -> Vec<String> {
    journals(files.iter().map(AsRef::as_ref)).iter().filter_map(|journal| unfinished_in(journal)).collect()
}

/// The journals of the folders of files, and of folders, each once.
fn journals<'p>(paths: impl Iterator<Item = &'p Path>) -> Vec<PathBuf> {
    let mut found: Vec<PathBuf> = Vec::new();
    for path in paths {
        let is_file = path.extension().is_some_and(|extension| extension == "ron");
        let journal = if is_file { path.with_file_name(JOURNAL) } else { path.join(JOURNAL) };
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
    let journals = if texts.len() > 1 { journals(texts.iter().map(|text| Path::new(&text.name))) } else { Vec::new() };
    let waited = journals.iter().filter(|journal| is_being_finished(journal)).count() > 0;
    // A new name in a folder is a change of the folder; the clock of file systems goes in steps.
    let changed = |journal: &PathBuf| {
        let folder = journal.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let modified = fs::metadata(folder).and_then(|folder| folder.modified());
        modified.is_ok_and(|modified| modified.elapsed().is_ok_and(|age| age < read + STEP))
    };
    waited || journals.iter().any(changed)
}

/// The steps in which the clock of a file system goes.
const STEP: Duration = Duration::from_millis(20);
/// How long a reader waits for an edit.
const PATIENCE: Duration = Duration::from_secs(2);

/// Whether an edit is putting new texts in their places; waits until it is done.
fn is_being_finished(journal: &Path) -> bool {
    let give_up = Instant::now() + PATIENCE;
    let mut found = false;
    while let Ok(file) = File::open(journal) {
        let held = matches!(file.try_lock_shared(), Err(TryLockError::WouldBlock));
        let ready = fs::read(journal).is_ok_and(|text| text.ends_with(READY.as_bytes()));
        if !held || !ready || Instant::now() > give_up {
            break;
        }
        found = true;
        std::thread::sleep(Duration::from_millis(1));
    }
    found
}

fn unfinished_in(journal: &Path) -> Option<String> {
    let mut file = File::open(journal).ok()?;
    // Held by an edit that is under way.
    file.try_lock_shared().ok()?;
    let mut text = String::new();
    file.read_to_string(&mut text).ok()?;
    let (Plan { edit, files }, ready) = planned(&text)?;
    if !ready {
        return Some(format!("`{edit}` was interrupted before it changed anything; the next edit clears up after it"));
    }
    let old: Vec<String> = files
        .iter()
        .filter(|planned| planned.part.exists())
        .map(|planned| planned.file.file_name().unwrap_or_default().to_string_lossy().into_owned())
        .collect();
    if old.is_empty() {
        return None;
    }
    let old = crate::near::listed(old.iter().map(String::as_str));
    Some(format!("`{edit}` was interrupted: {old} still to be written; the next edit, or `demarche fmt`, finishes it"))
}
