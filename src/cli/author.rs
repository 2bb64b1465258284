//! The author of an edit, from the environment.

use std::env;
use std::path::PathBuf;

use crate::disk::Author;

/// Returns the user's name and the folder for program state.
pub(super) fn author() -> Author {
    let name = ["USER", "LOGNAME", "USERNAME"].iter().find_map(env::var_os);
    Author {
        name: name.unwrap_or_default().to_string_lossy().into_owned(),
        state: state().map(|folder| folder.join("demarche")),
    }
}

/// Returns the state folder. By the XDG specification a relative path counts as unset.
fn state() -> Option<PathBuf> {
    let folder = |name: &str| {
        let path = env::var_os(name).map(PathBuf::from);
        path.filter(|path| path.is_absolute())
    };
    folder("XDG_STATE_HOME").or_else(|| match env::consts::OS {
        "windows" => folder("LOCALAPPDATA"),
        "macos" => Some(folder("HOME")?.join("Library/Application Support")),
        _ => Some(folder("HOME")?.join(".local/state")),
    })
}
