//! Edits on disk: several files change together, no concurrent edit is lost, and a kill at any
//! moment leaves each file whole, old or new.
//!
//! While an edit is under way, each folder that it touches holds a file [`JOURNAL`], which says how
//! each file of that folder will change. The edit holds a lock on it, so that other edits wait. All
//! new texts are written beside the old ones and are on the disk before the first journal says
//! `ready`. Then they are renamed into place one by one, each after a last check of the file.
//!
//! A journal without a lock belongs to an edit that was killed. If that edit was ready, it is
//! finished; otherwise it has changed nothing.

use std::ffi::{OsStr, OsString};
use std::fs::{self, File, TryLockError};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use crate::disk::author::Author;
use crate::disk::failed::Failed;
use crate::disk::folder::{Folder, in_the_way};
use crate::disk::journal::{First, JOURNAL, Plan, Planned, empty, part_of, ready, way};
use crate::disk::names;
use crate::disk::recover::{Recovered, recover};
use crate::disk::write::{create_part, fill, put_in_place, remove};
use crate::spread::spread;
use crate::sum::sha256;

/// How long an edit waits for another one.
const PATIENCE: Duration = Duration::from_secs(10);

/// The change of one file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// The file.
    pub path: PathBuf,
    /// The text that was read; `None` for a new file.
    pub before: Option<Vec<u8>>,
    /// The new text.
    pub after: Vec<u8>,
}

/// A lock on a folder: no other edit changes it while this value lives.
#[derive(Debug)]
pub struct Hold {
    folder: Folder,
    lock: File,
    author: Author,
    /// The edits that were killed earlier and are now finished or undone.
    pub recovered: Vec<Recovered>,
}

impl Drop for Hold {
    fn drop(&mut self) {
        // Keep a journal that another edit must finish.
        if self.lock.metadata().is_ok_and(|journal| journal.len() == 0) {
            remove(&self.folder, OsStr::new(JOURNAL));
        }
        let _ = self.lock.unlock();
    }
}

/// Locks a folder (that of `path`, or `path` itself) before the graph in it is read for an edit.
/// Waits while another edit holds it, and finishes an edit of the author's that was killed there.
///
/// # Errors
/// If the folder can't be written, something else has the name of the journal, or the other edit
/// does not end.
pub fn hold(path: &Path, author: &Author) -> Result<Hold, Failed> {
    let path = folder(path);
    let journal = path.join(JOURNAL);
    let give_up = Instant::now() + PATIENCE;
    let failed = |error| Failed::at(&journal, error);
    let folder = Folder::open(&path).map_err(failed)?;
    loop {
        let lock = open_journal(&folder).map_err(failed)?;
        match lock.try_lock() {
            // The previous holder may have removed the journal when done.
            Ok(()) if is_in(&lock, &folder) => {
                let recovered = recover(&folder, &lock, author)?;
                return Ok(Hold {
                    folder,
                    lock,
                    author: author.clone(),
                    recovered,
                });
            }
            Ok(()) => {}
            Err(TryLockError::WouldBlock) if Instant::now() < give_up => {
                std::thread::sleep(Duration::from_millis(3))
            }
            Err(TryLockError::WouldBlock) => return Err(Failed::Busy(path)),
            Err(TryLockError::Error(error)) => return Err(failed(error)),
        }
    }
}

/// Creates the journal, or opens the existing one.
fn open_journal(folder: &Folder) -> io::Result<File> {
    let name = OsStr::new(JOURNAL);
    loop {
        match folder.create(name, 0o644) {
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
            made => return made,
        }
        // Whoever created it may have removed it since.
        if let Some(journal) = folder.plain_to_write(name)? {
            return Ok(journal);
        }
    }
}

/// Returns whether an opened journal is still the one in the folder.
pub(super) fn is_in(lock: &File, folder: &Folder) -> bool {
    let handle = same_file::Handle::from_file;
    let there = folder.plain(OsStr::new(JOURNAL)).ok().flatten();
    let own = lock.try_clone().and_then(handle);
    own.is_ok_and(|own| there.is_some_and(|there| handle(there).is_ok_and(|there| own == there)))
}

/// Returns the folder of a file, or a folder itself, with links resolved.
pub fn folder(path: &Path) -> PathBuf {
    let path = path.canonicalize().unwrap_or(path.to_owned());
    let folder = if path.is_dir() {
        path
    } else {
        folder_of(&path)
    };
    // The path of a new file can't be resolved, only its folder.
    folder.canonicalize().unwrap_or(folder)
}

/// Creates a folder and its missing parents.
///
/// # Errors
/// If it can't be created.
pub fn make_folder(path: &Path) -> io::Result<()> {
    fs::create_dir_all(path)
}

/// Returns the folder that a file is in, without resolving links.
pub fn folder_of(path: &Path) -> PathBuf {
    path.parent()
        .filter(|folder| !folder.as_os_str().is_empty())
        .unwrap_or(Path::new("."))
        .to_owned()
}

/// Resolves the file to change. A link is followed only within its folder, and the name of a new
/// file must be free.
fn real(change: &Change) -> Result<PathBuf, Failed> {
    let path = &change.path;
    let failed = |error| Failed::Io(path.clone(), error);
    let name = path
        .file_name()
        .ok_or_else(|| failed(io::ErrorKind::IsADirectory.into()))?;
    let folder = folder_of(path).canonicalize().map_err(failed)?;
    let is_link = path.is_symlink();
    if change.before.is_none() && (is_link || path.exists()) {
        let what = if is_link {
            "it is a link"
        } else {
            "it already exists"
        };
        return Err(Failed::at(path, in_the_way(what)));
    }
    if !is_link {
        return Ok(folder.join(name));
    }
    let real = path.canonicalize().map_err(failed)?;
    if real.starts_with(&folder) {
        Ok(real)
    } else {
        Err(Failed::Outside(path.clone(), real))
    }
}

/// A change, with its folder and the hidden file for the new text.
struct Step<'c> {
    folder: &'c Folder,
    name: OsString,
    part: OsString,
    change: &'c Change,
}

impl Step<'_> {
    fn path(&self) -> PathBuf {
        self.folder.path().join(&self.name)
    }

    /// Writes the new text beside the old one. Returns messages about what can't be kept.
    fn write(&self) -> Result<Vec<String>, Failed> {
        let part = self.folder.path().join(&self.part);
        let file = create_part(self.folder, &self.part, &self.name)
            .map_err(|error| Failed::at(&part, error))?;
        let after = &self.change.after;
        fill(self.folder, file, &self.name, |out| out.write_all(after)).map_err(|error| {
            remove(self.folder, &self.part);
            Failed::Io(self.path(), error)
        })
    }

    /// Returns whether the file still has the text that was read.
    fn is_as_read(&self) -> Result<bool, Failed> {
        let now = self.folder.read(&self.name);
        let now = now.map_err(|error| Failed::at(&self.path(), error))?;
        Ok(now == self.change.before)
    }
}

impl Hold {
    /// Returns the locked folder.
    pub fn folder(&self) -> PathBuf {
        self.folder.path().to_owned()
    }

    /// Returns whether an edit with this description was killed before and is now finished.
    pub fn has_done(&self, edit: &str) -> bool {
        let mut recovered = self.recovered.iter();
        recovered.any(|recovered| recovered.is_done && recovered.edit == edit)
    }

    /// Changes several files together. `edit` describes the edit in case it is killed. `say` is
    /// called with everything besides the text that can't be kept, before a file is replaced.
    ///
    /// # Errors
    /// What prevents the edit. No file has changed, except with [`Failed::Halfway`] and
    /// [`Failed::Overtaken`].
    pub fn write(
        &mut self,
        edit: &str,
        changes: &[Change],
        say: &mut dyn FnMut(&str),
    ) -> Result<(), Failed> {
        self.write_with(&mut [], edit, changes, say)
    }

    /// Changes several files together like [`Hold::write`], some of them in other held folders.
    ///
    /// # Errors
    /// What prevents the edit. No file has changed, except with [`Failed::Halfway`] and
    /// [`Failed::Overtaken`].
    pub fn write_with(
        &mut self,
        others: &mut [Hold],
        edit: &str,
        changes: &[Change],
        say: &mut dyn FnMut(&str),
    ) -> Result<(), Failed> {
        let holds: Vec<&Hold> = std::iter::once(&*self).chain(&*others).collect();
        let steps: Vec<Step<'_>> = changes
            .iter()
            .map(|change| step(&holds, change))
            .collect::<Result<_, _>>()?;
        let mut written = Vec::new();
        let begun = begin(&holds, edit, &steps)
            .and_then(|ready| prepare(&steps, &mut written).map(|lost| (ready, lost)))
            .and_then(|(ready, lost)| {
                for lost in &lost {
                    say(lost);
                }
                self.log(&ready)
            });
        let done = begun.and_then(|()| replace(&steps));
        match &done {
            // Keep the journals: the edit is half done.
            Err(Failed::Halfway(..) | Failed::Overtaken(..)) => return done,
            Ok(()) => {}
            Err(_) => {
                for step in &written {
                    remove(step.folder, &step.part);
                }
            }
        }
        // Empty the first journal last, because the others refer to it.
        for hold in holds.iter().rev() {
            let _ = empty(&hold.lock);
        }
        done
    }

    fn log(&self, text: &str) -> Result<(), Failed> {
        let mut journal = &self.lock;
        let written = journal
            .write_all(text.as_bytes())
            .and_then(|()| journal.sync_all());
        self.folder.sync();
        written.map_err(|error| Failed::Io(self.folder.path().join(JOURNAL), error))
    }
}

fn step<'c>(holds: &[&'c Hold], change: &'c Change) -> Result<Step<'c>, Failed> {
    let real = real(change)?;
    let folder = folder_of(&real);
    let hold = holds.iter().find(|hold| hold.folder.path() == folder);
    let failed = || Failed::Io(real.clone(), io::Error::other("its folder is not held"));
    let name = real.file_name().unwrap_or_default();
    Ok(Step {
        folder: &hold.ok_or_else(failed)?.folder,
        name: name.to_owned(),
        part: part_of(name),
        change,
    })
}

/// Describes the files for the journals. The hashes of large texts are computed on all cores.
fn planned(steps: &[Step<'_>]) -> Vec<Planned> {
    let texts: Vec<&[u8]> = steps
        .iter()
        .flat_map(|step| {
            [
                step.change.before.as_deref().unwrap_or_default(),
                &step.change.after,
            ]
        })
        .collect();
    let bytes: usize = texts.iter().map(|text| text.len()).sum();
    let sums = spread(
        texts.len(),
        bytes / texts.len().max(1),
        || (),
        |(), nth| sha256(texts[nth]),
    );
    let each = steps.iter().zip(sums.chunks(2));
    each.map(|(step, sums)| Planned {
        name: names::name(Path::new(&step.name)),
        before: step.change.before.as_ref().map(|_| sums[0].clone()),
        after: sums[1].clone(),
    })
    .collect()
}

/// Writes the journals, the first folder's last, because the others contain its mark. Returns the
/// line to append when the edit is ready.
fn begin(holds: &[&Hold], edit: &str, steps: &[Step<'_>]) -> Result<String, Failed> {
    let Some((first, others)) = holds.split_first() else {
        return Ok(String::new());
    };
    let failed = |error| Failed::Io(first.folder.path().join(JOURNAL), error);
    let planned = planned(steps);
    let secret = first.author.secret_or_new();
    let journal = |hold: &Hold, pointer: Option<First>, others: Vec<String>| {
        let (own, elsewhere): (Vec<_>, Vec<_>) = steps
            .iter()
            .zip(&planned)
            .partition(|(step, _)| step.folder.path() == hold.folder.path());
        let from_here = |(step, planned): (&Step<'_>, &Planned)| Planned {
            name: names::name(&way(hold.folder.path(), step.folder.path()).join(&step.name)),
            ..planned.clone()
        };
        let plan = Plan {
            by: hold.author.name.clone(),
            edit: edit.to_owned(),
            files: own
                .into_iter()
                .map(|(_, planned)| planned.clone())
                .collect(),
            elsewhere: elsewhere.into_iter().map(from_here).collect(),
            first: pointer,
            others,
        };
        let line = ron::to_string(&plan).map_err(io::Error::other)?;
        let mark = secret.as_ref().map(|secret| secret.mark(&line));
        let mark = mark.unwrap_or_default();
        let ready = ready(&line, secret.as_ref());
        Ok((format!("{line}\n{mark}\n"), mark, ready))
    };
    let touched: Vec<&&Hold> = others
        .iter()
        .filter(|hold| {
            steps
                .iter()
                .any(|step| step.folder.path() == hold.folder.path())
        })
        .collect();
    let paths = touched
        .iter()
        .map(|hold| names::name(&way(first.folder.path(), hold.folder.path())))
        .collect();
    let (text, mark, ready) = journal(first, None, paths).map_err(failed)?;
    for hold in touched {
        let pointer = First {
            folder: way(hold.folder.path(), first.folder.path()),
            mark: mark.clone(),
        };
        let (text, ..) = journal(hold, Some(pointer), Vec::new()).map_err(failed)?;
        hold.log(&text)?;
    }
    first.log(&text).map(|()| ready)
}

/// Does everything before the first rename: writes all new texts, then checks that the old ones are
/// still what was read. Returns messages about what can't be kept.
fn prepare<'s, 'c>(
    steps: &'s [Step<'c>],
    written: &mut Vec<&'s Step<'c>>,
) -> Result<Vec<String>, Failed> {
    let mut lost = Vec::new();
    for step in steps {
        lost.extend(step.write()?);
        written.push(step);
    }
    for step in steps {
        if !step.is_as_read()? {
            return Err(Failed::Changed(step.change.path.clone()));
        }
    }
    Ok(lost)
}

/// Renames the new texts into place, each after a last check. Files that somebody changed meanwhile
/// stay as they are.
fn replace(steps: &[Step<'_>]) -> Result<(), Failed> {
    let mut overtaken = Vec::new();
    for (nth, step) in steps.iter().enumerate() {
        match step.is_as_read() {
            Ok(true) => put_in_place(step.folder, &step.part, &step.name)
                .map_err(|error| Failed::Halfway(step.path(), error))?,
            Ok(false) if nth == 0 => return Err(Failed::Changed(step.change.path.clone())),
            Err(error) if nth == 0 => return Err(error),
            Ok(false) | Err(_) => {
                overtaken.push((step.path(), step.folder.path().join(&step.part)))
            }
        }
    }
    match overtaken.is_empty() {
        true => Ok(()),
        false => Err(Failed::Overtaken(overtaken)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::disk::unfinished;

    fn change(path: &Path, before: &str, after: &str) -> Change {
        Change {
            path: path.to_owned(),
            before: Some(before.into()),
            after: after.into(),
        }
    }

    #[test]
    fn several_files_change_together() {
        let folder = tempfile::tempdir().unwrap();
        let [a, b, c] = ["a.ron", "b.ron", "c.ron"].map(|name| folder.path().join(name));
        fs::write(&a, "a").unwrap();
        fs::write(&b, "b").unwrap();
        let mut held = hold(&a, &Author::default()).unwrap();
        let new = Change {
            path: c.clone(),
            before: None,
            after: b"C".to_vec(),
        };
        held.write(
            "test",
            &[change(&a, "a", "A"), change(&b, "b", "B"), new],
            &mut |_| (),
        )
        .unwrap();
        drop(held);
        assert_eq!(
            [a, b, c].map(|path| fs::read_to_string(path).unwrap()),
            ["A", "B", "C"]
        );
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 3);
    }

    #[test]
    fn what_somebody_else_has_changed_is_not_overwritten() {
        let folder = tempfile::tempdir().unwrap();
        let [a, b] = ["a.ron", "b.ron"].map(|name| folder.path().join(name));
        fs::write(&a, "a").unwrap();
        fs::write(&b, "other").unwrap();
        let mut held = hold(folder.path(), &Author::default()).unwrap();
        let failed = held
            .write(
                "test",
                &[change(&a, "a", "A"), change(&b, "b", "B")],
                &mut |_| (),
            )
            .unwrap_err();
        assert!(
            matches!(&failed, Failed::Changed(path) if *path == b),
            "{failed}"
        );
        let missing = folder.path().join("none/c.ron");
        let new = Change {
            path: missing,
            before: None,
            after: Vec::new(),
        };
        assert!(matches!(
            held.write("test", &[change(&a, "a", "A"), new], &mut |_| ()),
            Err(Failed::Io(..))
        ));
        drop(held);
        assert_eq!(
            [&a, &b].map(|path| fs::read_to_string(path).unwrap()),
            ["a", "other"]
        );
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 2);
    }

    /// Covers what a kill leaves behind, before and after the journal says `ready`.
    #[test]
    fn an_interrupted_edit_is_named_and_cleared_up() {
        let [folder, state] = [(); 2].map(|()| tempfile::tempdir().unwrap());
        let author = Author {
            name: "ann".into(),
            state: Some(state.path().into()),
        };
        let [a, b, c] = ["a.ron", "b.ron", "c.ron"].map(|name| folder.path().join(name));
        let part = |path: &Path| path.with_file_name(part_of(path.file_name().unwrap()));
        let planned = |name: &str, before: &str, after: &str| Planned {
            name: name.into(),
            before: Some(sha256(before.as_bytes())),
            after: sha256(after.as_bytes()),
        };
        let plan = Plan {
            by: "ann".into(),
            edit: "rename x y".into(),
            files: vec![
                planned("a.ron", "a", "A"),
                planned("b.ron", "b", "B"),
                planned("c.ron", "c", "C"),
            ],
            elsewhere: Vec::new(),
            first: None,
            others: Vec::new(),
        };
        let line = ron::to_string(&plan).unwrap();
        let mark = author.secret_or_new().unwrap().mark(&line);
        let journal = folder.path().join(JOURNAL);
        fs::write(&b, "b").unwrap();
        fs::write(&c, "changed").unwrap();
        fs::write(part(&b), "B").unwrap();
        fs::write(part(&c), "C").unwrap();
        for (path, text) in [(&a, "a"), (&part(&a), "half")] {
            fs::write(path, text).unwrap();
        }
        fs::write(&journal, format!("{line}\n{mark}\n")).unwrap();
        assert_eq!(
            unfinished(&[&a], &author)[0].message,
            "`rename x y` was interrupted before it changed anything"
        );
        let held = hold(&a, &author).unwrap();
        let recovered = &held.recovered[0];
        assert!(
            recovered.said.contains("before it changed anything") && !recovered.is_done,
            "{recovered:?}"
        );
        drop(held);
        assert_eq!(fs::read_to_string(&a).unwrap(), "a");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 3);
        assert!(unfinished(&[&a], &author).is_empty());

        // Per file: its text `+` the text beside it, before and after recovery; then what is
        // reported.
        let finished = &["`rename x y` was interrupted: it is now finished"][..];
        let dropped = &[
            "`rename x y` was interrupted, and no file has its changes: repeat it if it is still wanted",
        ][..];
        let cases = [
            (["A", "b+B", "c+C"], ["A", "B", "C"], finished),
            (["a+A", "b+B", "c+C"], ["A", "B", "C"], finished),
            (["A", "B", "C"], ["A", "B", "C"], finished),
            // All is done, and somebody has edited further or done the rest by hand.
            (["A", "other", "C"], ["A", "other", "C"], finished),
            // Taken back with git.
            (["a", "b+B", "c+C"], ["a", "b", "c"], dropped),
            (["a+A", "b+B", "other+C"], ["a", "b", "other"], dropped),
            // Partly taken back, or changed: nothing is done until a person has resolved it.
            (
                ["A", "b", "c+C"],
                ["A", "b", "c+C"],
                &[
                    "a.ron` has its changes",
                    "b.ron` is as before, and its new text is gone",
                    "c.ron` is as before, and its new text is in",
                ],
            ),
            (
                ["A", "b+B", "other+C"],
                ["A", "b+B", "other+C"],
                &["b.ron` is as before", "c.ron` has changed, and"],
            ),
            (
                ["other", "b+B", "C"],
                ["other", "b+B", "C"],
                &["a.ron` has changed since", "b.ron` is as before"],
            ),
            (
                ["A", "b+half", "C"],
                ["A", "b+half", "C"],
                &["b.ron` has changed, and what the edit made of it is in"],
            ),
        ];
        let ready = ready(&line, author.secret().as_ref());
        for (before, after, expected) in cases {
            for (path, text) in [&a, &b, &c].into_iter().zip(before) {
                let _ = fs::remove_file(part(path));
                let (now, beside) = text
                    .split_once('+')
                    .map_or((text, None), |(now, beside)| (now, Some(beside)));
                fs::write(path, now).unwrap();
                if let Some(beside) = beside {
                    fs::write(part(path), beside).unwrap();
                }
            }
            fs::write(&journal, format!("{line}\n{mark}\n{ready}")).unwrap();
            let is_left = expected != finished && expected != dropped;
            let is_half = is_left || before == ["A", "b+B", "c+C"];
            let codes: Vec<&str> = unfinished(&[&a], &author)
                .iter()
                .map(|edit| edit.code)
                .collect();
            let is_told = is_left || before.iter().any(|text| text.contains('+'));
            let code = if is_half {
                "half-an-edit"
            } else {
                "unfinished-edit"
            };
            assert_eq!(codes, Vec::from_iter(is_told.then_some(code)), "{before:?}");
            let (said, is_done) = match hold(&a, &author) {
                Ok(held) => (held.recovered[0].said.clone(), held.has_done("rename x y")),
                Err(failed @ Failed::Half { .. }) => {
                    let help = failed.help().unwrap();
                    assert!(help.contains(".demarche-edit`"), "{before:?}: {help}");
                    (failed.to_string(), false)
                }
                Err(failed) => panic!("{before:?}: {failed}"),
            };
            assert_eq!(is_done, expected == finished, "{before:?}: {said}");
            for expected in expected {
                assert!(said.contains(expected), "{before:?}: {said}");
            }
            let now = [&a, &b, &c].map(|path| {
                let beside = fs::read_to_string(part(path)).map(|beside| format!("+{beside}"));
                fs::read_to_string(path).unwrap() + &beside.unwrap_or_default()
            });
            assert_eq!(now, after, "{before:?}");
            assert_eq!(journal.exists(), is_left, "{before:?}");
            // If a person removes the journal, leftover new texts are reported as long as they
            // exist.
            let _ = fs::remove_file(&journal);
            let left = after.iter().filter(|text| text.contains('+')).count();
            assert_eq!(unfinished(&[&a, &b, &c], &author).len(), left, "{before:?}");
        }
    }

    /// A journal by somebody else is reported and never followed, whatever it says and whoever
    /// looks.
    #[test]
    fn a_journal_of_somebody_elses_is_not_followed() {
        let [folder, state, other] = [(); 3].map(|()| tempfile::tempdir().unwrap());
        let author = |state: Option<&Path>| Author {
            name: "ann".into(),
            state: state.map(Path::to_owned),
        };
        let path = |name: &str| folder.path().join(name);
        let plan = |name: &str| Plan {
            by: "bob\u{1b}[2J".into(),
            edit: "rename x y".into(),
            files: vec![Planned {
                name: name.into(),
                before: Some(sha256(b"a")),
                after: sha256(b"A"),
            }],
            elsewhere: Vec::new(),
            first: None,
            others: Vec::new(),
        };
        let journal = |plan: &Plan, author: &Author| {
            let line = ron::to_string(plan).unwrap();
            let secret = author.secret_or_new();
            let mark = secret.as_ref().map(|secret| secret.mark(&line));
            let ready = ready(&line, secret.as_ref());
            format!("{line}\n{}\n{ready}", mark.unwrap_or_default())
        };
        let own = author(Some(state.path()));
        let texts = [
            journal(&plan("a.ron"), &author(Some(other.path()))),
            journal(&plan("a.ron"), &author(None)),
            journal(&plan("../a.ron"), &own),
            journal(&plan(&path("a.ron").to_string_lossy()), &own),
            journal(&plan("a.ron"), &own).replacen("rename", "remove", 1),
            journal(&plan("a.ron"), &own)[1..].to_owned(),
            // The `ready` line is marked too.
            journal(&plan("a.ron"), &own) + "more\n",
            journal(&plan("a.ron"), &own).replacen("\nready ", "\nready  ", 1),
            "anything".to_owned(),
        ];
        for (author, text) in texts
            .iter()
            .map(|text| (&own, text))
            .chain([(&author(None), &journal(&plan("a.ron"), &own))])
        {
            fs::write(path("a.ron"), "a").unwrap();
            fs::write(path(".a.ron.edit"), "A").unwrap();
            fs::write(path(JOURNAL), text).unwrap();
            let found = unfinished(&[path("a.ron")], author).pop().unwrap();
            let said = found.in_a_line();
            assert!(
                said.contains("is not followed") && !said.contains('\u{1b}'),
                "{said}"
            );
            assert_eq!(found.code, "foreign-edit");
            for beside in [path("a.txt"), folder.path().to_owned()] {
                assert_eq!(unfinished(&[beside], author), std::slice::from_ref(&found));
            }
            let failed = hold(folder.path(), author).unwrap_err();
            assert!(matches!(failed, Failed::Foreign(..)), "{failed}");
            let now = ["a.ron", ".a.ron.edit", JOURNAL].map(|name| fs::read_to_string(path(name)));
            assert_eq!(now.map(Result::unwrap), ["a", "A", text]);
        }
        // The author's own journal is followed.
        fs::write(path(JOURNAL), journal(&plan("a.ron"), &own)).unwrap();
        assert!(hold(folder.path(), &own).unwrap().has_done("rename x y"));
        assert_eq!(fs::read_to_string(path("a.ron")).unwrap(), "A");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    /// A file saved while new texts are put in place is neither lost nor taken for the edit's.
    #[test]
    fn what_is_saved_at_the_last_moment_stays() {
        let folder = tempfile::tempdir().unwrap();
        let [a, b, c] = ["a.ron", "b.ron", "c.ron"].map(|name| folder.path().join(name));
        let texts = || [&a, &b, &c].map(|path| fs::read_to_string(path).unwrap());
        for saved in [&a, &b] {
            for (path, text) in [(&a, "a"), (&b, "b"), (&c, "c")] {
                fs::write(path, text).unwrap();
            }
            let changes = [
                change(&a, "a", "A"),
                change(&b, "b", "B"),
                change(&c, "c", "C"),
            ];
            let held = hold(&a, &Author::default()).unwrap();
            let steps = changes
                .each_ref()
                .map(|change| step(&[&held], change).unwrap());
            assert!(prepare(&steps, &mut Vec::new()).unwrap().is_empty());
            fs::write(saved, "saved").unwrap();
            let failed = replace(&steps).unwrap_err();
            if saved == &a {
                assert!(
                    matches!(&failed, Failed::Changed(path) if *path == a),
                    "{failed}"
                );
                assert_eq!(texts(), ["saved", "b", "c"]);
            } else {
                assert!(matches!(&failed, Failed::Overtaken(_)), "{failed}");
                assert_eq!(texts(), ["A", "saved", "C"]);
                assert_eq!(
                    fs::read_to_string(folder.path().join(".b.ron.edit")).unwrap(),
                    "B"
                );
            }
            for step in &steps {
                remove(step.folder, &step.part);
            }
        }
    }

    /// If somebody saves a file while others are written, the graph counts as incomplete until that
    /// is resolved.
    #[cfg(unix)]
    #[test]
    fn an_edit_that_is_overtaken_is_half_an_edit() {
        let [folder, state] = [(); 2].map(|()| tempfile::tempdir().unwrap());
        let author = Author {
            name: "ann".into(),
            state: Some(state.path().into()),
        };
        let [a, b] = ["a.ron", "b.ron"].map(|name| folder.path().join(name));
        fs::write(&a, "a").unwrap();
        fs::write(&b, "b").unwrap();
        // The message about the hard link comes after the check in `prepare` and before the last
        // one.
        fs::hard_link(&a, state.path().join("other")).unwrap();
        let mut held = hold(&a, &author).unwrap();
        let changes = [change(&a, "a", "A"), change(&b, "b", "B")];
        let mut save = |_: &str| fs::write(&b, "saved").unwrap();
        let failed = held.write("rename x y", &changes, &mut save).unwrap_err();
        assert!(matches!(failed, Failed::Overtaken(_)), "{failed}");
        assert!(failed.help().unwrap().contains(".demarche-edit"));
        drop(held);
        assert_eq!(unfinished(&[&a], &author)[0].code, "half-an-edit");
        assert!(matches!(hold(&a, &author), Err(Failed::Half { .. })));
        fs::write(&b, "saved, and B").unwrap();
        fs::remove_file(folder.path().join(".b.ron.edit")).unwrap();
        assert!(unfinished(&[&a, &b], &author).is_empty());
        assert!(hold(&a, &author).unwrap().has_done("rename x y"));
        assert_eq!(fs::read_to_string(&b).unwrap(), "saved, and B");
    }

    /// Readers of a graph of several files see it as it was before an edit or as it is after.
    #[test]
    fn nobody_reads_half_an_edit() {
        let folder = tempfile::tempdir().unwrap();
        let paths = ["graph.ron", "a.ron", "b.ron"].map(|name| folder.path().join(name));
        let texts = |id: u32| {
            let tie = format!("Graph(ties: [(from: \"a{id}\", to: \"b\", kind: Ally)])");
            let actors =
                format!("\"a{id}\": (name: \"A\", kind: State), \"b\": (name: \"B\", kind: State)");
            [
                format!("Graph(include: [\"a.ron\", \"b.ron\"], actors: {{{actors}}})"),
                tie.clone(),
                tie,
            ]
        };
        for (path, text) in paths.iter().zip(texts(0)) {
            fs::write(path, text).unwrap();
        }
        let done = std::sync::atomic::AtomicBool::new(false);
        std::thread::scope(|scope| {
            scope.spawn(|| {
                for id in 0..30 {
                    let both = texts(id).into_iter().zip(texts(id + 1));
                    let changes: Vec<Change> = paths
                        .iter()
                        .zip(both)
                        .map(|(path, (old, new))| change(path, &old, &new))
                        .collect();
                    hold(&paths[0], &Author::default())
                        .unwrap()
                        .write("rename", &changes, &mut |_| ())
                        .unwrap();
                }
                done.store(true, std::sync::atomic::Ordering::SeqCst);
            });
            while !done.load(std::sync::atomic::Ordering::SeqCst) {
                let (_, found) = crate::disk::read(&paths[..1]).unwrap();
                assert!(found.is_empty(), "{}", found[0].message);
            }
        });
    }

    #[test]
    fn edits_wait_for_one_another() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("count.ron");
        fs::write(&path, "0").unwrap();
        std::thread::scope(|scope| {
            for _ in 0..8 {
                scope.spawn(|| {
                    for _ in 0..5 {
                        let mut held = hold(&path, &Author::default()).unwrap();
                        let before = fs::read_to_string(&path).unwrap();
                        let after = (before.parse::<u32>().unwrap() + 1).to_string();
                        held.write("count", &[change(&path, &before, &after)], &mut |_| ())
                            .unwrap();
                    }
                });
            }
        });
        assert_eq!(fs::read_to_string(&path).unwrap(), "40");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }
}
