//! Writing a file: whole or not at all, so that whoever reads it at any time, or after a crash, sees the old text or the new.

use std::ffi::OsString;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// Writes a file whole or not at all: beside it first, flushed to the disk, and then in its place. Permissions stay, and a
/// symbolic link goes on leading to the file. What can't be replaced (a terminal, a pipe) is written to as it is.
///
/// # Errors
/// What `write` returned, or why the file can't be written: its folder is missing or not writable, it is read-only, the
/// disk is full. Nothing has changed then.
pub fn write_whole(
    path: &Path,
    write: impl FnOnce(&mut dyn Write) -> io::Result<()>,
) -> io::Result<()> {
    // The links that lead to a pipe are no paths: it is asked about before they are followed.
    if path.exists() && !path.is_file() {
        return write(&mut OpenOptions::new().write(true).open(path)?);
    }
    let path = target(path);
    let part = write_beside(&path, write)?;
    put_in_place(&part, &path).inspect_err(|_| remove(&part))
}

/// The file that a path leads to, through links, whether it is there or not.
pub(super) fn target(path: &Path) -> PathBuf {
    let mut path = path.to_owned();
    // More links than this go in a circle.
    for _ in 0..40 {
        let Ok(leads_to) = fs::read_link(&path) else {
            break;
        };
        path = path.parent().unwrap_or(Path::new("")).join(leads_to);
    }
    fs::canonicalize(&path).unwrap_or(path)
}

/// Writes the new text of a file into a hidden file beside it that nobody else is writing.
fn write_beside(
    path: &Path,
    write: impl FnOnce(&mut dyn Write) -> io::Result<()>,
) -> io::Result<PathBuf> {
    let (part, file) = create_beside(path)?;
    drop(file);
    write_part(&part, path, write).map(|()| part)
}

/// Writes the new text of a file into another, which has its permissions and is on the disk afterwards; removes that one
/// where it fails.
pub(super) fn write_part(
    part: &Path,
    path: &Path,
    write: impl FnOnce(&mut dyn Write) -> io::Result<()>,
) -> io::Result<()> {
    let replaced = fs::metadata(path).ok();
    let written = match &replaced {
        Some(replaced) if replaced.permissions().readonly() => Err(io::Error::new(
            io::ErrorKind::PermissionDenied,
            "it is read-only",
        )),
        _ => write_new(part, replaced.as_ref(), write),
    };
    // The first mistake is the one to tell of.
    written.inspect_err(|_| remove(part))
}

fn write_new(
    part: &Path,
    replaced: Option<&fs::Metadata>,
    write: impl FnOnce(&mut dyn Write) -> io::Result<()>,
) -> io::Result<()> {
    let mut file = File::create(part)?;
    write(&mut file)?;
    file.flush()?;
    if let Some(replaced) = replaced {
        keep_permissions(&file, replaced)?;
    }
    file.sync_all()
}

/// A new hidden file beside another, called like none that somebody else is writing.
fn create_beside(path: &Path) -> io::Result<(PathBuf, File)> {
    let name = path.file_name().ok_or(io::ErrorKind::IsADirectory)?;
    let mut number = 0;
    loop {
        let mut hidden = OsString::from(".");
        hidden.push(name);
        hidden.push(if number == 0 {
            ".part".to_owned()
        } else {
            format!(".{number}.part")
        });
        let part = path.with_file_name(hidden);
        match OpenOptions::new().write(true).create_new(true).open(&part) {
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists && number < 1000 => {
                number += 1
            }
            created => return created.map(|file| (part, file)),
        }
    }
}

#[cfg(unix)]
fn keep_permissions(file: &File, replaced: &fs::Metadata) -> io::Result<()> {
    use std::os::unix::fs::{MetadataExt, fchown};
    let own = file.metadata()?;
    if (own.uid(), own.gid()) != (replaced.uid(), replaced.gid()) {
        // Only the superuser may give a file away; for all others the file is theirs from now on.
        let _ = fchown(file, Some(replaced.uid()), Some(replaced.gid()));
    }
    file.set_permissions(replaced.permissions())
}

#[cfg(not(unix))]
fn keep_permissions(file: &File, replaced: &fs::Metadata) -> io::Result<()> {
    file.set_permissions(replaced.permissions())
}

/// Puts what was written beside a file in its place.
pub(super) fn put_in_place(part: &Path, path: &Path) -> io::Result<()> {
    fs::rename(part, path)?;
    sync_folder(path.parent().unwrap_or(Path::new("")));
    Ok(())
}

/// Flushes a folder: a new name in it is on the disk only when the folder is. One that can't be flushed is no reason to say
/// that nothing was written.
pub(super) fn sync_folder(folder: &Path) {
    if cfg!(unix) {
        let folder = if folder.as_os_str().is_empty() {
            Path::new(".")
        } else {
            folder
        };
        let _ = File::open(folder).and_then(|folder| folder.sync_all());
    }
}

/// Removes a file that is of no use any more; one that can't be removed does no harm.
pub(super) fn remove(part: &Path) {
    let _ = fs::remove_file(part);
}

#[cfg(test)]
mod tests {
    use super::write_whole;
    use std::{fs, io};

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
    fn permissions_and_links_stay() {
        use std::os::unix::fs::{PermissionsExt, symlink};
        let folder = tempfile::tempdir().unwrap();
        let (path, link) = (folder.path().join("a.ron"), folder.path().join("link.ron"));
        fs::create_dir(folder.path().join("in")).unwrap();
        symlink("in/../a.ron", &link).unwrap();
        // Leads nowhere yet.
        write_whole(&link, |out| out.write_all(b"one")).unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(0o640)).unwrap();
        write_whole(&link, |out| out.write_all(b"two")).unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"two");
        assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
        assert_eq!(
            fs::metadata(&path).unwrap().permissions().mode() & 0o7777,
            0o640
        );
        fs::set_permissions(&path, fs::Permissions::from_mode(0o440)).unwrap();
        let refused = write_whole(&path, |out| out.write_all(b"three")).unwrap_err();
        assert_eq!(refused.to_string(), "it is read-only");
        assert_eq!(fs::read(&path).unwrap(), b"two");
    }
}
