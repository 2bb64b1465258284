//! Makes, opens, renames and removes files beside a graph. Only this module does, always by name,
//! in a folder that was opened once, and never through a link.

use std::ffi::OsStr;
use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

/// An open folder. On Unix it stays valid whatever happens to its path.
#[derive(Debug)]
pub(super) struct Folder {
    path: PathBuf,
    #[cfg(unix)]
    dir: std::os::fd::OwnedFd,
}

/// What a file is opened for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Access {
    Read,
    Write,
}

impl Folder {
    /// Returns the path by which the folder was opened.
    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// Reads a whole file, or returns `None` if there is none of that name.
    pub(super) fn read(&self, name: &OsStr) -> io::Result<Option<Vec<u8>>> {
        let Some(mut file) = self.plain(name)? else {
            return Ok(None);
        };
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes).map(|_| Some(bytes))
    }

    /// Opens a regular file for reading, or returns `None` if the name is free. Anything else of
    /// that name is an error.
    pub(super) fn plain(&self, name: &OsStr) -> io::Result<Option<File>> {
        self.open_plain(name, Access::Read)
    }

    /// Opens a regular file for reading and writing. A file with hard links is an error, because
    /// writing would change it under its other names too.
    pub(super) fn plain_to_write(&self, name: &OsStr) -> io::Result<Option<File>> {
        self.open_plain(name, Access::Write)
    }
}

/// Creates the error for a name taken by something that this program will not touch.
pub(super) fn in_the_way(what: &str) -> io::Error {
    io::Error::new(io::ErrorKind::AlreadyExists, what.to_owned())
}

#[cfg(unix)]
mod system {
    use std::os::unix::fs::MetadataExt;

    use rustix::fs::{AtFlags, CWD, Mode, OFlags};
    use rustix::io::Errno;

    use super::{Access, File, Folder, OsStr, Path, in_the_way, io};

    impl Folder {
        pub(in crate::disk) fn open(path: &Path) -> io::Result<Folder> {
            let flags = OFlags::RDONLY | OFlags::DIRECTORY | OFlags::CLOEXEC;
            Ok(Folder {
                path: path.to_owned(),
                dir: rustix::fs::openat(CWD, path, flags, Mode::empty())?,
            })
        }

        /// Creates a file; it is an error if the name is taken.
        pub(in crate::disk) fn create(&self, name: &OsStr, mode: u32) -> io::Result<File> {
            let flags =
                OFlags::RDWR | OFlags::CREATE | OFlags::EXCL | OFlags::NOFOLLOW | OFlags::CLOEXEC;
            // The width of a mode differs between systems.
            let mode = Mode::from_bits_truncate(mode as rustix::fs::RawMode);
            let file = rustix::fs::openat(&self.dir, name, flags, mode);
            Ok(File::from(file?))
        }

        pub(super) fn open_plain(&self, name: &OsStr, access: Access) -> io::Result<Option<File>> {
            let mode = match access {
                Access::Read => OFlags::RDONLY,
                Access::Write => OFlags::RDWR,
            };
            // Opening a pipe would block.
            let flags = mode | OFlags::NOFOLLOW | OFlags::NONBLOCK | OFlags::CLOEXEC;
            let file = match rustix::fs::openat(&self.dir, name, flags, Mode::empty()) {
                Ok(file) => File::from(file),
                Err(Errno::NOENT) => return Ok(None),
                Err(Errno::LOOP | Errno::MLINK) => return Err(in_the_way("it is a link")),
                Err(Errno::ISDIR) => return Err(in_the_way("it is a folder")),
                Err(Errno::NXIO) => return Err(in_the_way("it is no plain file")),
                Err(error) => return Err(error.into()),
            };
            let metadata = file.metadata()?;
            if !metadata.is_file() {
                return Err(in_the_way("it is no plain file"));
            }
            if access == Access::Write && metadata.nlink() > 1 {
                return Err(in_the_way("it is a hard link to another file"));
            }
            Ok(Some(file))
        }

        pub(in crate::disk) fn rename(&self, from: &OsStr, to: &OsStr) -> io::Result<()> {
            Ok(rustix::fs::renameat(&self.dir, from, &self.dir, to)?)
        }

        pub(in crate::disk) fn remove(&self, name: &OsStr) -> io::Result<()> {
            Ok(rustix::fs::unlinkat(&self.dir, name, AtFlags::empty())?)
        }

        /// Flushes the folder, which puts new names in it on the disk. Errors are ignored, because
        /// the files themselves are already written.
        pub(in crate::disk) fn sync(&self) {
            let _ = rustix::fs::fsync(&self.dir);
        }
    }
}

#[cfg(not(unix))]
mod system {
    use std::fs::{self, OpenOptions};

    use super::{Access, File, Folder, OsStr, Path, in_the_way, io};

    impl Folder {
        pub(in crate::disk) fn open(path: &Path) -> io::Result<Folder> {
            fs::read_dir(path)?;
            Ok(Folder {
                path: path.to_owned(),
            })
        }

        /// Creates a file; it is an error if the name is taken, so no link is followed.
        pub(in crate::disk) fn create(&self, name: &OsStr, _: u32) -> io::Result<File> {
            let mut options = OpenOptions::new();
            options.read(true).write(true).create_new(true);
            options.open(self.path.join(name))
        }

        pub(super) fn open_plain(&self, name: &OsStr, access: Access) -> io::Result<Option<File>> {
            let path = self.path.join(name);
            match fs::symlink_metadata(&path) {
                Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
                Err(error) => return Err(error),
                Ok(there) if there.is_symlink() => return Err(in_the_way("it is a link")),
                Ok(there) if !there.is_file() => return Err(in_the_way("it is no plain file")),
                Ok(_) => {}
            }
            OpenOptions::new()
                .read(true)
                .write(access == Access::Write)
                .open(path)
                .map(Some)
        }

        pub(in crate::disk) fn rename(&self, from: &OsStr, to: &OsStr) -> io::Result<()> {
            fs::rename(self.path.join(from), self.path.join(to))
        }

        pub(in crate::disk) fn remove(&self, name: &OsStr) -> io::Result<()> {
            fs::remove_file(self.path.join(name))
        }

        pub(in crate::disk) fn sync(&self) {}
    }
}
