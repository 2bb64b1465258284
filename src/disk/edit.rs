//! Edits on disk: several files change together, nobody else's edit gets lost, and a kill at any moment leaves each file
//! whole, old or new.
//!
//! While an edit is under way its folder holds a file [`JOURNAL`]. The edit holds a lock on it, so that others wait; it says
//! what is to become of which file. All new texts are written beside the old ones and are on the disk before the journal
//! says `ready`; then they are renamed into place one by one. Whoever finds a journal without a lock on it knows of an edit
//! that was killed: one that was ready is brought to its end, any other has changed nothing. An edit of several folders holds
//! them all; its journal is in the first, and the others tell where that is.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, Seek, Write};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use crate::disk::journal::{
    JOURNAL, Plan, Planned, Pointer, READY, is_ready, part_of, recover, sum,
};
use crate::disk::open::refuse_odd;
use crate::disk::write::{put_in_place, remove, sync_folder, target, write_part};

/// How long an edit waits for another one.
const PATIENCE: Duration = Duration::from_secs(10);

/// What is to become of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// The file.
    pub path: PathBuf,
    /// What was read; none where the file is a new one.
    pub before: Option<Vec<u8>>,
    /// What it will hold.
    pub after: Vec<u8>,
}

/// Why an edit was not made. No file has changed then, but for [`Failed::Halfway`].
#[derive(Debug)]
pub enum Failed {
    /// A file, or its folder, can't be written.
    Io(PathBuf, io::Error),
    /// Somebody else has changed the file since it was read.
    Changed(PathBuf),
    /// Another edit holds the folder, and does not end.
    Busy(PathBuf),
    /// The new texts are all there, but this one can't be put in its place.
    Halfway(PathBuf, io::Error),
}

impl std::fmt::Display for Failed {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Failed::Io(path, error) => write!(
                f,
                "can't write `{}`: {}; nothing was changed",
                path.display(),
                in_words(error)
            ),
            Failed::Changed(path) => write!(
                f,
                "`{}` has changed since it was read; nothing was written",
                path.display()
            ),
            Failed::Busy(path) => write!(
                f,
                "another edit of the graph in `{}` is under way",
                path.display()
            ),
            Failed::Halfway(path, error) => {
                write!(
                    f,
                    "can't put the new `{}` in its place: {}; the next edit will try again",
                    path.display(),
                    in_words(error)
                )
            }
        }
    }
}

impl std::error::Error for Failed {}

/// What went wrong with a file, in words.
pub fn in_words(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::PermissionDenied if error.raw_os_error().is_some() => {
            "permission denied".to_owned()
        }
        io::ErrorKind::NotFound => "there is no such folder".to_owned(),
        io::ErrorKind::ReadOnlyFilesystem => "its file system is read-only".to_owned(),
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => "the disk is full".to_owned(),
        _ => error.to_string(),
    }
}

/// A folder that no other edit changes as long as this lives.
#[derive(Debug)]
pub struct Hold {
    journal: PathBuf,
    lock: File,
    /// What became of an edit that was killed before, in words.
    pub recovered: Vec<String>,
}

impl Drop for Hold {
    fn drop(&mut self) {
        // What another edit must finish stays.
        if !is_ready(&self.journal) {
            remove(&self.journal);
        }
        let _ = self.lock.unlock();
    }
}

/// Takes hold of the folder of a file, or of a folder, before the graph in it is read for an edit, and brings an edit to its
/// end that was killed there. Waits while another edit holds it.
///
/// # Errors
/// When the folder can't be written, or the other edit does not end.
pub fn hold(path: &Path) -> Result<Hold, Failed> {
    let folder = folder(path);
    let journal = folder.join(JOURNAL);
    let give_up = Instant::now() + PATIENCE;
    let failed = |error| Failed::Io(journal.clone(), error);
    refuse_odd(&journal).map_err(failed)?;
    loop {
        let lock = OpenOptions::new()
            .read(true)
            .write(true)
            .create(true)
            .truncate(false)
            .open(&journal)
            .map_err(failed)?;
        match lock.try_lock() {
            // Whoever held it before may have removed it when done.
            Ok(()) if is_at(&lock, &journal) => {
                let recovered = recover(&lock, &journal).map_err(failed)?;
                return Ok(Hold {
                    journal,
                    lock,
                    recovered,
                });
            }
            Ok(()) => {}
            Err(TryLockError::WouldBlock) if Instant::now() < give_up => {
                std::thread::sleep(Duration::from_millis(3))
            }
            Err(TryLockError::WouldBlock) => return Err(Failed::Busy(folder)),
            Err(TryLockError::Error(error)) => return Err(failed(error)),
        }
    }
}

/// The folder of a file, through links; a folder itself.
pub fn folder(path: &Path) -> PathBuf {
    let path = target(path);
    let folder = if path.is_dir() {
        path
    } else {
        folder_of(&path)
    };
    // A new file has no folder through links of its own.
    folder.canonicalize().unwrap_or(folder)
}

/// Makes a folder, and those that it is in, where they are not there.
///
/// # Errors
/// When it can't be made.
pub fn make_folder(path: &Path) -> io::Result<()> {
    fs::create_dir_all(path)
}

/// The folder that a file is in.
pub fn folder_of(path: &Path) -> PathBuf {
    path.parent()
        .filter(|folder| !folder.as_os_str().is_empty())
        .unwrap_or(Path::new("."))
        .to_owned()
}

fn is_at(file: &File, path: &Path) -> bool {
    let own = file.try_clone().and_then(same_file::Handle::from_file);
    own.is_ok_and(|own| same_file::Handle::from_path(path).is_ok_and(|there| own == there))
}

impl Hold {
    /// The folder that is held.
    pub fn folder(&self) -> PathBuf {
        folder_of(&self.journal)
    }

    /// Changes some files together; `edit` is what the edit is called should it be killed.
    ///
    /// # Errors
    /// What is in the way. No file has changed then, but for [`Failed::Halfway`].
    pub fn write(&mut self, edit: &str, changes: &[Change]) -> Result<(), Failed> {
        self.write_with(&mut [], edit, changes)
    }

    /// The same where the files are in other folders too, which are held.
    ///
    /// # Errors
    /// What is in the way. No file has changed then, but for [`Failed::Halfway`].
    pub fn write_with(
        &mut self,
        others: &mut [Hold],
        edit: &str,
        changes: &[Change],
    ) -> Result<(), Failed> {
        let mut plan = Plan {
            edit: edit.to_owned(),
            files: Vec::new(),
        };
        for change in changes {
            let file = target(&change.path);
            let part = part_of(&file)
                .ok_or_else(|| Failed::Io(file.clone(), io::ErrorKind::IsADirectory.into()))?;
            plan.files.push(Planned {
                file,
                part,
                before: change.before.as_deref().map(sum),
            });
        }
        let prepared = self
            .point_to_this(others, &plan)
            .and_then(|()| self.prepare(&plan, changes));
        if prepared.is_err() {
            plan.files.iter().for_each(|planned| remove(&planned.part));
            self.done(others);
        }
        prepared?;
        for planned in &plan.files {
            put_in_place(&planned.part, &planned.file)
                .map_err(|error| Failed::Halfway(planned.file.clone(), error))?;
        }
        self.done(others);
        Ok(())
    }

    /// Tells whoever reads the other folders of a plan where its journal is.
    fn point_to_this(&self, others: &mut [Hold], plan: &Plan) -> Result<(), Failed> {
        for other in others {
            if plan
                .files
                .iter()
                .any(|planned| folder_of(&planned.file) == other.folder())
            {
                let failed = |error| Failed::Io(other.journal.clone(), error);
                let line = ron::to_string(&Pointer {
                    see: self.journal.clone(),
                });
                let line = line.map_err(|error| failed(io::Error::other(error)))?;
                other
                    .lock
                    .write_all(format!("{line}\n").as_bytes())
                    .and_then(|()| other.lock.sync_all())
                    .map_err(failed)?;
                sync_folder(&other.folder());
            }
        }
        Ok(())
    }

    /// Forgets the edit: an empty journal is none. As long as the other folders tell of it, it is there.
    fn done(&self, others: &[Hold]) {
        for mut lock in others.iter().chain([self]).map(|hold| &hold.lock) {
            let _ = lock.set_len(0).and_then(|()| lock.rewind());
        }
    }

    /// Everything up to the first rename.
    fn prepare(&mut self, plan: &Plan, changes: &[Change]) -> Result<(), Failed> {
        let journal = self.journal.clone();
        let failed = |error| Failed::Io(journal.clone(), error);
        let line = ron::to_string(plan).map_err(|error| failed(io::Error::other(error)))?;
        self.log(&format!("{line}\n")).map_err(failed)?;
        for (planned, change) in plan.files.iter().zip(changes) {
            write_part(&planned.part, &planned.file, |out| {
                out.write_all(&change.after)
            })
            .map_err(|error| Failed::Io(planned.file.clone(), error))?;
        }
        for (planned, change) in plan.files.iter().zip(changes) {
            let now = match fs::read(&planned.file) {
                Ok(text) => Some(text),
                Err(error) if error.kind() == io::ErrorKind::NotFound => None,
                Err(error) => return Err(Failed::Io(planned.file.clone(), error)),
            };
            if now != change.before {
                return Err(Failed::Changed(change.path.clone()));
            }
        }
        self.log(READY).map_err(failed)
    }

    fn log(&mut self, line: &str) -> io::Result<()> {
        self.lock.write_all(line.as_bytes())?;
        self.lock.sync_all()?;
        sync_folder(&folder_of(&self.journal));
        Ok(())
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
        let mut held = hold(&a).unwrap();
        let new = Change {
            path: c.clone(),
            before: None,
            after: b"C".to_vec(),
        };
        held.write("test", &[change(&a, "a", "A"), change(&b, "b", "B"), new])
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
        let mut held = hold(folder.path()).unwrap();
        let failed = held
            .write("test", &[change(&a, "a", "A"), change(&b, "b", "B")])
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
            held.write("test", &[change(&a, "a", "A"), new]),
            Err(Failed::Io(..))
        ));
        drop(held);
        assert_eq!(
            [&a, &b].map(|path| fs::read_to_string(path).unwrap()),
            ["a", "other"]
        );
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 2);
    }

    /// What a kill leaves behind, before and after the journal says `ready`.
    #[test]
    fn an_interrupted_edit_is_named_and_cleared_up() {
        let folder = tempfile::tempdir().unwrap();
        let [a, b, c] = ["a.ron", "b.ron", "c.ron"].map(|name| folder.path().join(name));
        let part = |path: &Path| {
            path.with_file_name(format!(
                ".{}.edit",
                path.file_name().unwrap().to_string_lossy()
            ))
        };
        let planned = |file: &Path, before: &str| Planned {
            file: file.to_owned(),
            part: part(file),
            before: Some(sum(before.as_bytes())),
        };
        let plan = Plan {
            edit: "rename x y".into(),
            files: vec![planned(&a, "a"), planned(&b, "b"), planned(&c, "c")],
        };
        let line = ron::to_string(&plan).unwrap();
        fs::write(&b, "b").unwrap();
        fs::write(&c, "changed").unwrap();
        fs::write(part(&b), "B").unwrap();
        fs::write(part(&c), "C").unwrap();
        for (path, text) in [(&a, "a"), (&part(&a), "half")] {
            fs::write(path, text).unwrap();
        }
        fs::write(folder.path().join(JOURNAL), format!("{line}\n")).unwrap();
        assert!(
            unfinished(&[&a])
                .pop()
                .unwrap()
                .starts_with("`rename x y` was interrupted before it changed anything")
        );
        let said = hold(&a).unwrap().recovered.clone();
        assert!(said[0].contains("before it changed anything"), "{said:?}");
        assert_eq!(fs::read_to_string(&a).unwrap(), "a");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 3);
        assert!(unfinished(&[&a]).is_empty());

        fs::write(&a, "A").unwrap();
        fs::write(part(&b), "B").unwrap();
        fs::write(part(&c), "C").unwrap();
        fs::write(folder.path().join(JOURNAL), format!("{line}\n{READY}")).unwrap();
        assert!(
            unfinished(&[&a])
                .pop()
                .unwrap()
                .contains("`b.ron` and `c.ron` still to be written")
        );
        let said = hold(&a).unwrap().recovered.clone();
        assert!(
            said.len() == 1 && said[0].contains("c.ron` has changed since"),
            "{said:?}"
        );
        assert_eq!(
            [&a, &b, &c].map(|path| fs::read_to_string(path).unwrap()),
            ["A", "B", "changed"]
        );
        assert_eq!(fs::read_to_string(part(&c)).unwrap(), "C");
    }

    /// Whoever reads a graph of several files sees it as it was before an edit, or as it is after it.
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
        paths
            .iter()
            .zip(texts(0))
            .for_each(|(path, text)| fs::write(path, text).unwrap());
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
                    hold(&paths[0]).unwrap().write("rename", &changes).unwrap();
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
                        let mut held = hold(&path).unwrap();
                        let before = fs::read_to_string(&path).unwrap();
                        let after = (before.parse::<u32>().unwrap() + 1).to_string();
                        held.write("count", &[change(&path, &before, &after)])
                            .unwrap();
                    }
                });
            }
        });
        assert_eq!(fs::read_to_string(&path).unwrap(), "40");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }
}
