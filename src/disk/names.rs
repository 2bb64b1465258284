//! File names as text. Bytes that are not UTF-8 are written as `\xE9`, so that a message can show
//! the name and it still identifies the file.

use std::path::{Path, PathBuf};

/// Returns the name of a file as text; [`path`] converts it back.
#[cfg(unix)]
pub fn name(path: &Path) -> String {
    name_of_bytes(path.as_os_str().as_encoded_bytes())
}

/// Returns the name of a file as text; [`path`] converts it back.
#[cfg(not(unix))]
pub fn name(path: &Path) -> String {
    path.to_string_lossy().replace('\\', "/")
}

/// Returns the name of a file, given as bytes, as text.
pub fn name_of_bytes(bytes: &[u8]) -> String {
    let mut name = String::with_capacity(bytes.len());
    for chunk in bytes.utf8_chunks() {
        // A literal `\x` in a name has its backslash written as a byte too.
        match cfg!(unix) {
            true => name += &chunk.valid().replace("\\x", "\\x5Cx"),
            false => name += chunk.valid(),
        }
        for byte in chunk.invalid() {
            name += &format!("\\x{byte:02X}");
        }
    }
    name
}

/// Returns the path of a name.
#[cfg(unix)]
pub fn path(name: &str) -> PathBuf {
    use std::ffi::OsString;
    use std::os::unix::ffi::OsStringExt;

    let mut bytes = Vec::with_capacity(name.len());
    let mut parts = name.split("\\x");
    bytes.extend(parts.next().unwrap_or_default().as_bytes());
    for part in parts {
        let byte = part
            .get(..2)
            .and_then(|digits| u8::from_str_radix(digits, 16).ok());
        match byte {
            Some(byte) => {
                bytes.push(byte);
                bytes.extend(&part.as_bytes()[2..]);
            }
            None => {
                bytes.extend(b"\\x");
                bytes.extend(part.as_bytes());
            }
        }
    }
    PathBuf::from(OsString::from_vec(bytes))
}

/// Returns the path of a name.
#[cfg(not(unix))]
pub fn path(name: &str) -> PathBuf {
    PathBuf::from(name)
}

/// Serialises paths as text: `#[serde(with = "as_text")]`.
pub(super) mod as_text {
    use std::path::{Path, PathBuf};

    use serde::{Deserialize, Deserializer, Serializer};

    pub(in crate::disk) fn serialize<S: Serializer>(
        path: &Path,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&super::name(path))
    }

    pub(in crate::disk) fn deserialize<'de, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<PathBuf, D::Error> {
        String::deserialize(deserializer).map(|name| super::path(&name))
    }
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;

    #[test]
    fn a_name_leads_back_to_its_file() {
        let shown = [
            (&b"a/b.ron"[..], "a/b.ron"),
            (b"caf\xE9/d.ron", "caf\\xE9/d.ron"),
            (b"\\\xE9\xE8", "\\\\xE9\\xE8"),
            (b"caf\\xE9", "caf\\x5CxE9"),
            (b"\\x\\y", "\\x5Cx\\y"),
        ];
        for (bytes, expected) in shown {
            let file = Path::new(OsStr::from_bytes(bytes));
            assert_eq!(name(file), expected);
            assert_eq!(path(expected), file);
        }
        assert_eq!(path("\\xé"), Path::new("\\xé"));
    }
}
