//! Files are opened only if they are files: a pipe keeps its reader waiting, a device may never end.

use std::fs::{self, File, FileType};
use std::io::{self, Read};
use std::path::Path;

/// Places in a text are counted in 32 bits: what is as large as this is not read.
const LARGEST: u64 = u32::MAX as u64;

/// What a FIFO is called.
pub(super) const PIPE: &str = "a pipe";

/// What something is that is neither a file nor a folder.
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

/// Why something can't be read as a file; none where it is a file, or a folder.
pub(super) fn no_file(kind: FileType) -> Option<String> {
    odd(kind).map(|what| format!("it is {what}, not a file"))
}

/// Opens a file to read it, if it is one.
///
/// # Errors
/// When it is something else, or can't be opened.
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

/// Reads all of a source of bytes, if that is not too much.
///
/// # Errors
/// When it is too large, or can't be read.
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

/// A file smaller than this is read in one go.
#[cfg(unix)]
const WORTH_SPLITTING: u64 = 1 << 22;

/// Reads a file. Fresh memory costs more than the reading itself, so two threads share that for a large one.
///
/// # Errors
/// When it is no file, too large, or can't be read.
pub(super) fn read_file(path: &Path) -> io::Result<Vec<u8>> {
    let file = open(path)?;
    let size = file.metadata()?.len();
    if size >= LARGEST {
        return Err(too_large());
    }
    #[cfg(unix)]
    if size >= WORTH_SPLITTING {
        // Where it changed while it was read, it is read again.
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
