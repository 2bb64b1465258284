//! Writes a folder of files whole or not at all: at any time, readers see the old folder or the new.

use std::ffi::OsString;
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

use crate::disk::edit::folder_of;
use crate::disk::folder::in_the_way;
use crate::disk::write::Unfinished;

/// Creates a file of a folder, by its name.
pub type MakeFile<'f> = dyn FnMut(&str) -> io::Result<File> + 'f;

/// Writes a folder whole or not at all: first beside it, then renamed into place. A folder that is
/// there is replaced if `is_ours` says of each thing in it that it was written by the same command;
/// else nothing is touched.
///
/// # Errors
/// What `fill` returned, or why the folder can't be written: something else has its name or lies in
/// it, the disk is full. Nothing has changed.
pub fn write_folder(
    path: &Path,
    is_ours: &dyn Fn(&Path) -> bool,
    fill: &mut dyn FnMut(&mut MakeFile<'_>) -> io::Result<()>,
) -> io::Result<()> {
    let path: PathBuf = path.components().collect();
    may_be_replaced(&path, is_ours)?;
    let part = create_beside(&path)?;
    let _unfinished = Unfinished::new(part.clone());
    let mut made: Vec<File> = Vec::new();
    let mut make = |name: &str| {
        let file = File::create_new(part.join(name))?;
        made.push(file.try_clone()?);
        Ok(file)
    };
    let filled = fill(&mut make)
        .and_then(|()| made.iter().try_for_each(File::sync_all))
        .and_then(|()| may_be_replaced(&path, is_ours))
        .and_then(|()| put_in_place(&part, &path));
    if filled.is_err() {
        // What is left over does no harm.
        let _ = fs::remove_dir_all(&part);
    }
    filled
}

/// Refuses to replace anything but a folder with only files of the same command.
fn may_be_replaced(path: &Path, is_ours: &dyn Fn(&Path) -> bool) -> io::Result<()> {
    let kind = match fs::symlink_metadata(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        found => found?.file_type(),
    };
    if kind.is_symlink() {
        return Err(in_the_way("it is a link: name the folder itself"));
    }
    if !kind.is_dir() {
        return Err(in_the_way("it is a file, not a folder"));
    }
    for entry in fs::read_dir(path)? {
        let entry = entry?;
        if !entry.file_type()?.is_file() || !is_ours(&entry.path()) {
            let name = entry.file_name();
            return Err(in_the_way(&format!(
                "it holds `{}`, which was not written by this command",
                name.to_string_lossy()
            )));
        }
    }
    Ok(())
}

/// Creates a hidden folder beside another, with an unused name.
fn create_beside(path: &Path) -> io::Result<PathBuf> {
    let nameless = || in_the_way("the whole folder is replaced, so it can't be `.`, `..` or `/`");
    let name = path.file_name().ok_or_else(nameless)?;
    let mut number = 0;
    loop {
        let mut part = OsString::from(".");
        part.push(name);
        part.push(match number {
            0 => ".part".to_owned(),
            number => format!(".{number}.part"),
        });
        let part = folder_of(path).join(part);
        match fs::create_dir(&part) {
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists && number < 1000 => {
                number += 1
            }
            made => return made.map(|()| part),
        }
    }
}

/// Puts a folder in the place of another, which is removed.
fn put_in_place(part: &Path, path: &Path) -> io::Result<()> {
    if !path.exists() {
        return fs::rename(part, path);
    }
    #[cfg(target_os = "linux")]
    {
        use rustix::fs::{CWD, RenameFlags, renameat_with};
        if renameat_with(CWD, part, CWD, path, RenameFlags::EXCHANGE).is_ok() {
            return fs::remove_dir_all(part);
        }
    }
    // Not every system can exchange two folders: for a moment there is none of this name.
    let old = create_beside(path)?;
    fs::remove_dir(&old)?;
    fs::rename(path, &old)?;
    match fs::rename(part, path) {
        Ok(()) => fs::remove_dir_all(&old),
        Err(error) => fs::rename(&old, path).and(Err(error)),
    }
}
