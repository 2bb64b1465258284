//! Reports killed edits and edits under way to readers. Nothing is changed here.

use std::fs::TryLockError;
use std::io;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use crate::diagnostic::{Diagnostic, Reach, Severity};
use crate::disk::author::Author;
use crate::disk::edit::folder_of;
use crate::disk::folder::Folder;
use crate::disk::is_ron;
use crate::disk::journal::{
    Entry, JOURNAL, PATIENCE, Plan, entry, foreign, look, part_of, remove_foreign, says_ready,
};
use crate::disk::names;
use crate::disk::recover::{
    Way, called, found, is_half, journals, make_whole, pending, stage, way,
};
use crate::graph::Graph;
use crate::text::Place;
use crate::words;

/// Looks for killed edits in the folders of a graph's files and returns findings for all. One that
/// is half done makes the graph incomplete; one by somebody else may do so.
pub fn read_edits(graph: &mut Graph, author: &Author) -> Vec<Diagnostic> {
    let files = graph.texts.iter().map(|text| names::path(&text.name));
    let found = unfinished(&files.collect::<Vec<_>>(), author);
    for edit in &found {
        match (edit.reach, edit.severity) {
            (Reach::Graph, _) => graph.missing.push(edit.clone()),
            (Reach::Record, Severity::Error) => graph.doubts.push(edit.clone()),
            (Reach::Record, Severity::Warning) => {}
        }
    }
    found
}

/// Returns findings for the killed edits that touch the folders of these files, for readers.
pub fn unfinished<P: AsRef<Path>>(files: &[P], author: &Author) -> Vec<Diagnostic> {
    let files = || files.iter().map(AsRef::as_ref);
    let mut found: Vec<Diagnostic> = Vec::new();
    for folder in folders(files()) {
        // Each folder of an edit reports the same.
        let edit = unfinished_in(&folder, author);
        found.extend(edit.filter(|edit| found.iter().all(|known| known.message != edit.message)));
    }
    let left = left_texts(files());
    found.extend(left.iter().map(|part| {
        let message = format!(
            "`{}` is what an interrupted edit made of a file that has changed since",
            part.display()
        );
        beside(message).help("take what you need from it, and remove it")
    }));
    found
}

/// Creates a warning about something beside the files of a graph.
fn beside(message: String) -> Diagnostic {
    Diagnostic::warning("unfinished-edit", message, Place::default(), HERE)
}

/// Creates the error for a half-done edit.
fn half(message: String) -> Diagnostic {
    let label = "some files of this graph are as before it, others as after it";
    Diagnostic::error("half-an-edit", message, Place::default(), label).of_graph()
}

const HERE: &str = "in a folder of this graph";

/// Returns the folders of these files in which a killed edit has left its journal, whatever that
/// says.
pub fn left_behind<P: AsRef<Path>>(files: &[P]) -> Vec<PathBuf> {
    let folders = folders(files.iter().map(AsRef::as_ref)).into_iter();
    let left = folders.filter(|folder| !matches!(abandoned(folder), Ok(None)));
    left.filter_map(|folder| folder.canonicalize().ok())
        .collect()
}

/// Returns the folders of some paths, each once, with links to files resolved; a folder stands for
/// itself.
fn folders<'p>(paths: impl Iterator<Item = &'p Path>) -> Vec<PathBuf> {
    let mut found: Vec<PathBuf> = Vec::new();
    for path in paths {
        let real = if path.is_symlink() {
            path.canonicalize().unwrap_or(path.to_owned())
        } else {
            path.to_owned()
        };
        let is_folder = !is_ron(&real) && real.is_dir();
        let folder = if is_folder { real } else { folder_of(&real) };
        if !found.contains(&folder) {
            found.push(folder);
        }
    }
    found
}

/// Returns whether an edit may have changed files of a graph while they were read, from `since` on,
/// so that some are old and some new. Waits while an edit puts new texts in place.
pub(super) fn edited_meanwhile(files: &[PathBuf], since: Instant) -> bool {
    let read = since.elapsed();
    let folders = folders(files.iter().map(PathBuf::as_path));
    let waited = folders
        .iter()
        .filter(|folder| is_being_finished(folder))
        .count()
        > 0;
    // A renamed file changes its folder. File systems have coarse clocks, so allow one step.
    let changed = |folder: &PathBuf| {
        let modified = std::fs::metadata(folder).and_then(|folder| folder.modified());
        modified.is_ok_and(|modified| modified.elapsed().is_ok_and(|age| age < read + STEP))
    };
    waited || folders.iter().any(changed)
}

/// The resolution of file system clocks.
const STEP: Duration = Duration::from_millis(20);

/// Waits while an edit is putting new texts in place. Returns whether there was one.
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

/// Returns whether an edit under way is ready, according to this journal or that of its first
/// folder.
fn is_ready(folder: &Path, text: &str) -> bool {
    let first = || {
        let plan: Plan = ron::from_str(text.lines().next()?).ok()?;
        look(&folder.join(plan.first?.folder)).ok()?
    };
    says_ready(text) || first().is_some_and(|(_, text)| says_ready(&text))
}

fn unfinished_in(folder: &Path, author: &Author) -> Option<Diagnostic> {
    let not_followed = |why: &str| {
        let message = format!("`{JOURNAL}` is not followed: {why}");
        let journal = folder.join(JOURNAL);
        Some(
            Diagnostic::error("foreign-edit", message, Place::default(), HERE)
                .help(remove_foreign(&format!("`{}`", journal.display()))),
        )
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
    let edit = called(&plan.edit);
    let stage = stage(folder, &plan, is_ready, secret.as_ref());
    let Ok(found) = Folder::open(folder)
        .map_err(drop)
        .and_then(|folder| found(&folder, &plan).map_err(drop))
    else {
        return Some(half(format!(
            "`{edit}` was interrupted, and its files can't be read"
        )));
    };
    let clears_up = "the next edit, or `demarche fmt`, clears up after it";
    let way = way(stage, &found);
    match way {
        Way::Clear => Some(
            beside(format!(
                "`{edit}` was interrupted before it changed anything"
            ))
            .help(clears_up),
        ),
        Way::Drop => Some(
            beside(format!(
                "`{edit}` was interrupted, and no file has its changes"
            ))
            .help(clears_up),
        ),
        Way::Leave => Some(
            half(format!(
                "`{edit}` was interrupted between files that have changed since"
            ))
            .help(make_whole(&journals(&found))),
        ),
        Way::Finish => {
            let mut names: Vec<String> = pending(&found)
                .iter()
                .filter_map(|path| Some(names::name(Path::new(path.file_name()?))))
                .collect();
            names.sort();
            let message = format!(
                "`{edit}` was interrupted: {} still to be written",
                words::listed(&names)
            );
            let kind = if is_half(way, &found) { half } else { beside };
            (!names.is_empty())
                .then(|| kind(message).help("the next edit, or `demarche fmt`, finishes it"))
        }
    }
}

/// Returns the new texts that a killed edit left beside these files without a journal.
fn left_texts<'p>(files: impl Iterator<Item = &'p Path>) -> Vec<PathBuf> {
    let part = |file: &Path| Some(file.with_file_name(part_of(file.file_name()?)));
    let there: Vec<PathBuf> = files
        .filter_map(part)
        .filter(|part| part.symlink_metadata().is_ok())
        .collect();
    let is_in_a_journal =
        |part: &PathBuf| look(&folder_of(part)).is_ok_and(|journal| journal.is_some());
    // An edit that was under way may be finished by now.
    let mut left: Vec<PathBuf> = there
        .into_iter()
        .filter(|part| !is_in_a_journal(part))
        .collect();
    left.retain(|part| part.symlink_metadata().is_ok());
    left
}

/// Returns the text of a journal that nobody holds. It is an error if something else has its name.
fn abandoned(folder: &Path) -> io::Result<Option<String>> {
    match look(folder) {
        Ok(Some((file, text))) => Ok(file.try_lock_shared().is_ok().then_some(text)),
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Err(error),
        Ok(None) | Err(_) => Ok(None),
    }
}
