//! Copies permissions, owner, group and extended attributes from a file to the one that replaces
//! it. Files are replaced rather than overwritten so that they are whole at any moment; other names
//! of a file (hard links) keep the old text.

use std::fs::File;
use std::io;
use std::path::Path;

/// Gives a new file the metadata of the one that it replaces. Returns messages about what can't be
/// kept.
#[cfg(unix)]
pub(super) fn keep(new: &File, old: &File, path: &Path) -> io::Result<Vec<String>> {
    use std::os::unix::fs::{MetadataExt, PermissionsExt, fchown};

    let (own, metadata) = (new.metadata()?, old.metadata()?);
    let mut lost = Vec::new();
    if metadata.nlink() > 1 {
        lost.push("it has another name (a hard link), and under that stays as it was".to_owned());
    }
    let mut mode = metadata.mode() & 0o7777;
    // Only the superuser may change the owner; other users may set only groups that they are in.
    if own.gid() != metadata.gid() && fchown(new, None, Some(metadata.gid())).is_err() {
        lost.push("its group can't be kept: it becomes yours, which may not read it".to_owned());
        mode &= !0o2070;
    }
    if own.uid() != metadata.uid() && fchown(new, Some(metadata.uid()), None).is_err() {
        lost.push("its owner can't be kept: it becomes yours".to_owned());
        mode &= !0o4000;
    }
    lost.extend(
        attributes_lost(new, old)
            .iter()
            .map(|name| format!("its attribute `{name}` can't be kept")),
    );
    // Set the mode last: until then nobody else may read the file, whatever its access control
    // list.
    new.set_permissions(std::fs::Permissions::from_mode(mode))?;
    let path = path.display();
    for lost in &mut lost {
        *lost = format!("`{path}`: {lost}");
    }
    Ok(lost)
}

#[cfg(not(unix))]
pub(super) fn keep(new: &File, old: &File, _: &Path) -> io::Result<Vec<String>> {
    new.set_permissions(old.metadata()?.permissions())?;
    Ok(Vec::new())
}

/// Copies the extended attributes of a file. Returns the names of those that can't be copied.
#[cfg(target_os = "linux")]
fn attributes_lost(new: &File, old: &File) -> Vec<String> {
    use rustix::fs::{XattrFlags, fgetxattr, flistxattr, fremovexattr, fsetxattr};

    // Remove an access control list inherited from the folder: the old file may not have it.
    let _ = fremovexattr(new, "system.posix_acl_access");
    let mut names = vec![0; LONGEST];
    let length = flistxattr(old, &mut names[..]).unwrap_or(0);
    let mut lost = Vec::new();
    for name in names[..length]
        .split(|byte| *byte == 0)
        .filter(|name| !name.is_empty())
    {
        let value = |file: &File| {
            let mut value = vec![0; LONGEST];
            let length = fgetxattr(file, name, &mut value[..]).ok()?;
            value.truncate(length);
            Some(value)
        };
        let is_kept = value(old).is_some_and(|old| {
            Some(&old) == value(new).as_ref()
                || fsetxattr(new, name, &old, XattrFlags::empty()).is_ok()
        });
        if !is_kept {
            lost.push(String::from_utf8_lossy(name).escape_debug().to_string());
        }
    }
    lost
}

/// The system's limit for the list of attribute names and for a value.
#[cfg(target_os = "linux")]
const LONGEST: usize = 1 << 16;

/// Extended attributes are not copied on this system.
#[cfg(all(unix, not(target_os = "linux")))]
fn attributes_lost(_: &File, _: &File) -> Vec<String> {
    Vec::new()
}
