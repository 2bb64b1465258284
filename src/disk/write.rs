//! Writes a file whole or not at all: at any time, even after a crash, readers see the old text or
//! the new.

use std::ffi::{OsStr, OsString};
use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use crate::disk::edit::folder_of;
use crate::disk::folder::{Folder, in_the_way};
use crate::disk::kept;

/// Writes a file whole or not at all: first to a file beside it, flushed to the disk, then renamed
/// into place. Permissions are kept, and whatever else the system allows; `say` is called with what
/// can't be kept before the file is replaced. A link to a file is refused. What can't be replaced
/// (a terminal, a pipe) is written to directly.
///
/// # Errors
/// What `write` returned, or why the file can't be written: its folder is missing or not writable,
/// it is read-only or a link, the disk is full. Nothing has changed.
pub fn write_whole(
    path: &Path,
    say: &mut dyn FnMut(&str),
    write: impl FnOnce(&mut dyn Write) -> io::Result<()>,
) -> io::Result<()> {
    if fs::metadata(path).is_ok_and(|there| !there.is_file()) {
        return write(&mut OpenOptions::new().write(true).open(path)?);
    }
    if let Ok(leads_to) = fs::read_link(path) {
        return Err(in_the_way(&format!(
            "it is a link to `{}`: name the file itself",
            leads_to.display()
        )));
    }
    let name = path.file_name().ok_or(io::ErrorKind::IsADirectory)?;
    let folder = Folder::open(&folder_of(path))?;
    let (part, file) = create_beside(&folder, name)?;
    let _unfinished = Unfinished::new(folder.path().join(&part));
    fill(&folder, file, name, write)
        .and_then(|lost| {
            for lost in &lost {
                say(lost);
            }
            put_in_place(&folder, &part, name)
        })
        .inspect_err(|_| remove(&folder, &part))
}

/// The files and folders that are being written.
static UNFINISHED: Mutex<Vec<PathBuf>> = Mutex::new(Vec::new());

/// A file or a folder that is being written, until this is dropped.
pub(super) struct Unfinished(PathBuf);

impl Unfinished {
    pub(super) fn new(path: PathBuf) -> Unfinished {
        unfinished().push(path.clone());
        Unfinished(path)
    }
}

impl Drop for Unfinished {
    fn drop(&mut self) {
        unfinished().retain(|path| *path != self.0);
    }
}

fn unfinished() -> MutexGuard<'static, Vec<PathBuf>> {
    UNFINISHED.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Removes the files and folders that are being written, for a process that is about to end. Those that they
/// were to replace stay as they are.
#[cfg(feature = "cli")]
pub(crate) fn remove_unfinished() {
    for path in unfinished().drain(..) {
        // What is left does no harm.
        let _ = match path.is_dir() {
            true => fs::remove_dir_all(path),
            false => fs::remove_file(path),
        };
    }
}

/// Creates a hidden file beside another, with an unused name.
fn create_beside(folder: &Folder, name: &OsStr) -> io::Result<(OsString, File)> {
    let mut number = 0;
    loop {
        let mut part = OsString::from(".");
        part.push(name);
        part.push(if number == 0 {
            ".part".to_owned()
        } else {
            format!(".{number}.part")
        });
        match create_part(folder, &part, name) {
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists && number < 1000 => {
                number += 1
            }
            created => return created.map(|file| (part, file)),
        }
    }
}

/// Creates the file to which the new text of another is first written. If it replaces a file,
/// nobody else may read it until it has that file's permissions.
pub(super) fn create_part(folder: &Folder, part: &OsStr, name: &OsStr) -> io::Result<File> {
    let mode = if folder.plain(name)?.is_some() {
        0o600
    } else {
        0o666
    };
    folder.create(part, mode)
}

/// Writes a file's new text to the hidden file beside it, copies the permissions, and flushes it to
/// the disk. Returns messages about what could not be kept.
pub(super) fn fill(
    folder: &Folder,
    mut part: File,
    name: &OsStr,
    write: impl FnOnce(&mut dyn Write) -> io::Result<()>,
) -> io::Result<Vec<String>> {
    let replaced = folder.plain(name)?;
    if let Some(replaced) = &replaced
        && replaced.metadata()?.permissions().readonly()
    {
        return Err(io::Error::new(
            io::ErrorKind::PermissionDenied,
            "it is read-only",
        ));
    }
    write(&mut part)?;
    part.flush()?;
    let lost = match &replaced {
        Some(replaced) => kept::keep(&part, replaced, &folder.path().join(name))?,
        None => Vec::new(),
    };
    part.sync_all()?;
    Ok(lost)
}

/// Renames a new text into place.
pub(super) fn put_in_place(folder: &Folder, part: &OsStr, name: &OsStr) -> io::Result<()> {
    folder.rename(part, name)?;
    folder.sync();
    Ok(())
}

/// Removes a file that is no longer needed. Errors are ignored, because the file does no harm.
pub(super) fn remove(folder: &Folder, name: &OsStr) {
    let _ = folder.remove(name);
}

#[cfg(test)]
mod tests {
    use std::path::Path;
    use std::{fs, io};

    fn write_whole(
        path: &Path,
        write: impl FnOnce(&mut dyn io::Write) -> io::Result<()>,
    ) -> io::Result<()> {
        super::write_whole(path, &mut |said| panic!("{said}"), write)
    }

    #[test]
    fn a_file_is_written_whole_or_not_at_all() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.dot");
        write_whole(&path, |out| out.write_all(b"whole")).unwrap();
        let failed = write_whole(&path, |out| {
            out.write_all(b"half").and(Err(io::Error::other("full")))
        });
        assert_eq!(failed.unwrap_err().to_string(), "full");
        assert_eq!(fs::read(&path).unwrap(), b"whole");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[cfg(unix)]
    #[test]
    fn permissions_stay() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.dot");
        write_whole(&path, |out| out.write_all(b"one")).unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(0o640)).unwrap();
        write_whole(&path, |out| out.write_all(b"two")).unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"two");
        assert_eq!(
            fs::metadata(&path).unwrap().permissions().mode() & 0o7777,
            0o640
        );
        fs::set_permissions(&path, fs::Permissions::from_mode(0o440)).unwrap();
        let refused = write_whole(&path, |out| out.write_all(b"three")).unwrap_err();
        assert_eq!(refused.to_string(), "it is read-only");
        assert_eq!(fs::read(&path).unwrap(), b"two");
    }

    /// A link may have come with a clone.
    #[cfg(unix)]
    #[test]
    fn links_are_not_followed() {
        let folder = tempfile::tempdir().unwrap();
        let path = |name: &str| folder.path().join(name);
        fs::create_dir(path("in")).unwrap();
        fs::write(path("victim"), "mine").unwrap();
        for (link, leads_to) in [
            ("in/there.svg", "../victim"),
            ("in/nowhere.svg", "../new"),
            // The hidden file beside a picture.
            ("in/.a.svg.part", "../victim"),
        ] {
            std::os::unix::fs::symlink(leads_to, path(link)).unwrap();
        }
        for link in ["in/there.svg", "in/nowhere.svg"] {
            let refused = write_whole(&path(link), |out| out.write_all(b"a picture")).unwrap_err();
            assert!(refused.to_string().starts_with("it is a link"), "{refused}");
        }
        write_whole(&path("in/a.svg"), |out| out.write_all(b"a picture")).unwrap();
        assert_eq!(fs::read(path("victim")).unwrap(), b"mine");
        assert_eq!(fs::read(path("in/a.svg")).unwrap(), b"a picture");
        assert!(!path("new").exists());
    }
}
