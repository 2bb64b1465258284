//! The author of an edit. An edit's journal is marked with a secret that only this person's
//! programs know, so that files that came from somebody else are never taken for the remains of a
//! killed edit.

use std::ffi::OsStr;
use std::fs;
use std::io::{self, Write};
use std::path::PathBuf;

use crate::disk::folder::Folder;
use crate::sum;

/// Who edits.
#[derive(Clone, Debug, Default)]
pub struct Author {
    /// The name, for display only.
    pub name: String,
    /// The author's own folder, where the secret is kept. Without one, the remains of a killed edit
    /// are never followed.
    pub state: Option<PathBuf>,
}

/// The key that only the author's programs know.
pub(super) struct Secret([u8; SECRET]);

const SECRET: usize = 32;
/// The name of the secret's file.
const NAME: &str = "secret";

impl Secret {
    /// Returns the HMAC-SHA256 of a text in hexadecimal. It proves that whoever wrote the text knew
    /// the secret.
    pub(super) fn mark(&self, text: &str) -> String {
        sum::mark(&self.0, text)
    }
}

impl Author {
    /// Reads the secret. Returns `None` if there is none yet, if others may read it, or if it
    /// belongs to somebody else.
    pub(super) fn secret(&self) -> Option<Secret> {
        let folder = Folder::open(self.state.as_ref()?).ok()?;
        let file = folder.plain(OsStr::new(NAME)).ok()??;
        let is_own = is_own(&file).is_ok_and(|own| own);
        let bytes = folder.read(OsStr::new(NAME)).ok()??;
        bytes.try_into().ok().filter(|_| is_own).map(Secret)
    }

    /// Reads the secret, making one first if needed. Returns `None` if it can't be kept.
    pub(super) fn secret_or_new(&self) -> Option<Secret> {
        self.secret().or_else(|| {
            // Another program may have been faster: ignore the error.
            let _ = self.make_secret();
            self.secret()
        })
    }

    /// Makes a secret if there is none, whole or not at all.
    fn make_secret(&self) -> io::Result<()> {
        let path = self.state.as_ref().ok_or(io::ErrorKind::NotFound)?;
        make_own_folder(path)?;
        let folder = Folder::open(path)?;
        let mut bytes = [0; SECRET];
        getrandom::fill(&mut bytes).map_err(io::Error::other)?;
        let part = format!(
            ".{NAME}.{:016x}.part",
            getrandom::u64().map_err(io::Error::other)?
        );
        let mut file = folder.create(part.as_ref(), 0o600)?;
        file.write_all(&bytes)?;
        file.sync_all()?;
        let linked = fs::hard_link(path.join(&part), path.join(NAME));
        folder.remove(part.as_ref())?;
        linked
    }
}

#[cfg(unix)]
fn make_own_folder(path: &std::path::Path) -> io::Result<()> {
    use std::os::unix::fs::DirBuilderExt;
    fs::DirBuilder::new()
        .recursive(true)
        .mode(0o700)
        .create(path)
}

#[cfg(not(unix))]
fn make_own_folder(path: &std::path::Path) -> io::Result<()> {
    fs::create_dir_all(path)
}

#[cfg(unix)]
fn is_own(file: &fs::File) -> io::Result<bool> {
    use std::os::unix::fs::MetadataExt;
    let metadata = file.metadata()?;
    let own = rustix::process::geteuid().as_raw() == metadata.uid();
    Ok(own && metadata.mode() & 0o077 == 0)
}

/// On systems without file owners, the folder's permissions keep others out.
#[cfg(not(unix))]
fn is_own(_: &fs::File) -> io::Result<bool> {
    Ok(true)
}
