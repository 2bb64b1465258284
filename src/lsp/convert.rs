//! Conversion between a text's offsets and paths and the protocol's positions and URIs.

use std::path::{Path, PathBuf};

use gen_lsp_types::{Position, Range, Uri};

use crate::disk;
use crate::text::Span;
use crate::words::{self, Unit};

/// Returns the byte offset of a position; the end of the line, or of the text, if it lies beyond
/// that.
pub(super) fn offset(text: &str, position: Position, unit: Unit) -> usize {
    let mut breaks = memchr::memchr_iter(b'\n', text.as_bytes());
    let start = match position.line {
        0 => 0,
        line => match breaks.nth(line as usize - 1) {
            Some(at) => at + 1,
            None => return text.len(),
        },
    };
    let line = text[start..].split(['\n', '\r']).next().unwrap_or_default();
    let mut column = 0;
    for (at, c) in line.char_indices() {
        if column >= position.character as usize {
            return start + at;
        }
        column += unit.length(c);
    }
    start + line.len()
}

/// Converts a range to a span.
pub(super) fn span(text: &str, range: Range, unit: Unit) -> Span {
    Span::new(
        offset(text, range.start, unit),
        offset(text, range.end, unit),
    )
}

/// The lines of a text with columns in the client's unit, for converting many positions.
#[derive(Debug)]
pub(super) struct Lines<'t> {
    lines: words::Lines<'t>,
    unit: Unit,
}

impl<'t> Lines<'t> {
    pub(super) fn new(text: &'t str, unit: Unit) -> Lines<'t> {
        Lines {
            lines: words::Lines::new(text),
            unit,
        }
    }

    /// Converts a byte offset to a position.
    pub(super) fn position(&self, offset: usize) -> Position {
        let offset = self.lines.boundary(offset);
        Position {
            line: self.lines.line(offset) as u32,
            character: self.lines.column(offset, self.unit) as u32,
        }
    }

    /// Converts a span to a range.
    pub(super) fn range(&self, span: Span) -> Range {
        Range {
            start: self.position(span.start as usize),
            end: self.position(span.end as usize),
        }
    }
}

/// Returns the file path of a URI, or `None` if it isn't a file.
pub(super) fn path(uri: &Uri) -> Option<PathBuf> {
    let rest = uri.0.strip_prefix("file://")?;
    let rest = &rest[rest.find('/')?..];
    let mut bytes = Vec::with_capacity(rest.len());
    let mut left = rest.bytes();
    while let Some(byte) = left.next() {
        let digit = |byte: Option<u8>| char::from(byte?).to_digit(16);
        bytes.push(match byte {
            b'%' => (digit(left.next())? * 16 + digit(left.next())?) as u8,
            byte => byte,
        });
    }
    let name = disk::name_of_bytes(&bytes);
    // `/C:/graphs` becomes `C:/graphs`.
    let drive = name.as_bytes().get(2) == Some(&b':') && name.as_bytes()[1].is_ascii_alphabetic();
    Some(disk::path(&name[usize::from(drive)..]))
}

/// Returns the URI of a file.
pub(super) fn uri(path: &Path) -> Uri {
    let name = path.as_os_str().as_encoded_bytes();
    let mut uri = String::from(if name.starts_with(b"/") {
        "file://"
    } else {
        "file:///"
    });
    for byte in name {
        match byte {
            b'\\' if cfg!(windows) => uri.push('/'),
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'/' | b'-' | b'_' | b'.' | b'~' => {
                uri.push(char::from(*byte))
            }
            byte => uri.push_str(&format!("%{byte:02X}")),
        }
    }
    Uri(uri)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_and_back() {
        let text = "a\u{1F600}é\r\nb";
        for offset in [0, 1, 5, 7, 9, 10] {
            for unit in [Unit::Bytes, Unit::Utf16] {
                assert_eq!(
                    super::offset(text, Lines::new(text, unit).position(offset), unit),
                    offset
                );
            }
        }
        assert_eq!(
            Lines::new(text, Unit::Utf16).position(5),
            Position {
                line: 0,
                character: 3
            }
        );
        assert_eq!(
            super::offset(
                text,
                Position {
                    line: 0,
                    character: 99
                },
                Unit::Bytes
            ),
            7
        );
        assert_eq!(
            super::offset(
                text,
                Position {
                    line: 9,
                    character: 0
                },
                Unit::Bytes
            ),
            text.len()
        );
    }

    #[test]
    fn addresses() {
        let name = Path::new("/a b/é%.ron");
        assert_eq!(uri(name).0, "file:///a%20b/%C3%A9%25.ron");
        assert_eq!(path(&uri(name)).as_deref(), Some(name));
        assert_eq!(
            path(&Uri("file:///c%3A/x.ron".to_owned())),
            Some(PathBuf::from("c:/x.ron"))
        );
        assert_eq!(path(&Uri("untitled:1".to_owned())), None);
        assert_eq!(path(&Uri("file:///%".to_owned())), None);
    }
}
