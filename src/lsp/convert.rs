//! Between the places of a text and those of the protocol: offsets and positions, paths and addresses.

use std::path::{Path, PathBuf};

use gen_lsp_types::{Position, Range, Uri};

use crate::disk;
use crate::text::Span;

/// In what the client counts the columns of a line.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Encoding {
    /// Bytes.
    Utf8,
    /// Units of UTF-16, of which an emoji has two.
    #[default]
    Utf16,
}

impl Encoding {
    fn length(self, c: char) -> usize {
        match self {
            Encoding::Utf8 => c.len_utf8(),
            Encoding::Utf16 => c.len_utf16(),
        }
    }

    /// How many units these bytes of a text begin: a character counts with its first byte.
    fn units(self, bytes: &[u8]) -> usize {
        let of = |byte: &u8| match (self, byte) {
            (Encoding::Utf8, _) => 1,
            (Encoding::Utf16, 0x80..=0xBF) => 0,
            (Encoding::Utf16, 0xF0..) => 2,
            (Encoding::Utf16, _) => 1,
        };
        bytes.iter().map(of).sum()
    }

    /// The offset of a position; the end of its line, or of the text, where it lies behind that.
    pub(super) fn offset(self, text: &str, position: Position) -> usize {
        let mut start = 0;
        for _ in 0..position.line {
            match text[start..].find('\n') {
                Some(length) => start += length + 1,
                None => return text.len(),
            }
        }
        let line = text[start..].split(['\n', '\r']).next().unwrap_or_default();
        let mut column = 0;
        for (at, c) in line.char_indices() {
            if column >= position.character as usize {
                return start + at;
            }
            column += self.length(c);
        }
        start + line.len()
    }

    /// The span of a range.
    pub(super) fn span(self, text: &str, range: Range) -> Span {
        Span::new(self.offset(text, range.start), self.offset(text, range.end))
    }
}

/// Where the lines of a text start, and how many units stand before each block of it: for many positions in one text, however
/// long its lines.
#[derive(Debug)]
pub(super) struct Lines<'t> {
    text: &'t str,
    encoding: Encoding,
    starts: Vec<usize>,
    before: Vec<usize>,
}

/// Bytes of a block.
const BLOCK: usize = 256;

impl<'t> Lines<'t> {
    pub(super) fn new(text: &'t str, encoding: Encoding) -> Lines<'t> {
        let breaks = memchr::memchr_iter(b'\n', text.as_bytes()).map(|at| at + 1);
        let blocks = text.as_bytes().chunks(BLOCK).scan(0, |units, block| {
            *units += encoding.units(block);
            Some(*units)
        });
        Lines {
            text,
            encoding,
            starts: std::iter::once(0).chain(breaks).collect(),
            before: std::iter::once(0).chain(blocks).collect(),
        }
    }

    /// The position of an offset.
    pub(super) fn position(&self, offset: usize) -> Position {
        let offset = self.text.floor_char_boundary(offset);
        let line = self.starts.partition_point(|start| *start <= offset) - 1;
        let character = self.units_before(offset) - self.units_before(self.starts[line]);
        Position {
            line: line as u32,
            character: character as u32,
        }
    }

    fn units_before(&self, offset: usize) -> usize {
        let block = offset / BLOCK;
        let rest = &self.text.as_bytes()[block * BLOCK..offset];
        self.before[block] + self.encoding.units(rest)
    }

    /// The range of a span.
    pub(super) fn range(&self, span: Span) -> Range {
        Range {
            start: self.position(span.start as usize),
            end: self.position(span.end as usize),
        }
    }
}

/// The file that an address names; none where it is no file.
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
    // `/C:/graphs` is `C:/graphs`.
    let drive = name.as_bytes().get(2) == Some(&b':') && name.as_bytes()[1].is_ascii_alphabetic();
    Some(disk::path(&name[usize::from(drive)..]))
}

/// The address of a file.
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
        let long = text.replace("\r\n", "").repeat(3 * BLOCK / 7);
        for (text, offset) in [0, 1, 5, 7, 9, 10]
            .map(|offset| (text, offset))
            .into_iter()
            .chain(long.char_indices().map(|(offset, _)| (&*long, offset)))
        {
            for encoding in [Encoding::Utf8, Encoding::Utf16] {
                assert_eq!(
                    encoding.offset(text, Lines::new(text, encoding).position(offset)),
                    offset
                );
            }
        }
        assert_eq!(
            Lines::new(text, Encoding::Utf16).position(5),
            Position {
                line: 0,
                character: 3
            }
        );
        assert_eq!(
            Encoding::Utf8.offset(
                text,
                Position {
                    line: 0,
                    character: 99
                }
            ),
            7
        );
        assert_eq!(
            Encoding::Utf8.offset(
                text,
                Position {
                    line: 9,
                    character: 0
                }
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
