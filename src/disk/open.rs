//! Opens only regular files: reading a pipe may block, and a device may never end.

use std::fs::{self, File, FileType};
use std::io::{self, Read};
use std::path::Path;

/// The size from which files are not read, because spans have 32-bit offsets.
const LARGEST: u64 = u32::MAX as u64;

/// The term for a FIFO.
pub(super) const PIPE: &str = "a pipe";

/// Returns what something is that is neither a file nor a folder, or `None` for those.
pub(super) fn odd(kind: FileType) -> Option<&'static str> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::FileTypeExt;
        if kind.is_fifo() {
            return Some(PIPE);
        }
        if kind.is_socket() {
            return Some("a socket");
        }
        if kind.is_char_device() || kind.is_block_device() {
            return Some("a device");
        }
    }
    (!kind.is_file() && !kind.is_dir() && !kind.is_symlink()).then_some("something else")
}

/// Returns why something can't be read as a file, or `None` for a file or folder.
pub(super) fn no_file(kind: FileType) -> Option<String> {
    odd(kind).map(|what| format!("it is {what}, not a file"))
}

/// Opens a regular file for reading.
///
/// # Errors
/// If it is something else, or can't be opened.
pub(super) fn open(path: &Path) -> io::Result<File> {
    let kind = fs::metadata(path)?.file_type();
    if kind.is_dir() {
        let unreadable = fs::read_dir(path).err();
        return Err(unreadable.unwrap_or(io::ErrorKind::IsADirectory.into()));
    }
    match no_file(kind) {
        Some(reason) => Err(io::Error::other(reason)),
        None => File::open(path),
    }
}

/// Reads everything from a reader, up to the maximum size.
///
/// # Errors
/// If it is too large, or can't be read.
pub(super) fn read_all(from: impl Read) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    from.take(LARGEST).read_to_end(&mut bytes)?;
    if bytes.len() as u64 == LARGEST {
        return Err(too_large());
    }
    Ok(bytes)
}

fn too_large() -> io::Error {
    io::Error::new(io::ErrorKind::FileTooLarge, "it is larger than 4 GiB")
}

/// The size from which two threads read a file.
#[cfg(unix)]
const WORTH_SPLITTING: u64 = 1 << 22;

/// Reads a file. Two threads share the work for a large one, because touching fresh memory takes
/// longer than the reading itself.
///
/// # Errors
/// If it is not a file, is too large, or can't be read.
pub(super) fn read_file(path: &Path) -> io::Result<Vec<u8>> {
    let file = open(path)?;
    let size = file.metadata()?.len();
    if size >= LARGEST {
        return Err(too_large());
    }
    #[cfg(unix)]
    if size >= WORTH_SPLITTING {
        // Reading fails if the file changed meanwhile: read it again.
        return read_split(&file, size).or_else(|_| read_all(open(path)?));
    }
    let mut bytes = Vec::with_capacity(usize::try_from(size).map_err(io::Error::other)?);
    file.take(LARGEST).read_to_end(&mut bytes)?;
    Ok(bytes)
}

#[cfg(unix)]
fn read_split(file: &File, size: u64) -> io::Result<Vec<u8>> {
    use std::os::unix::fs::FileExt;

    let mut bytes = vec![0; usize::try_from(size).map_err(io::Error::other)?];
    let half = bytes.len() / 2;
    let (first, second) = bytes.split_at_mut(half);
    let (one, two) = std::thread::scope(|scope| {
        let second = scope.spawn(|| file.read_exact_at(second, half as u64));
        let first = file.read_exact_at(first, 0);
        (
            first,
            second
                .join()
                .unwrap_or_else(|_| Err(io::Error::other("reading failed"))),
        )
    });
    one.and(two).map(|()| bytes)
}
