//! A named text and ranges in it. This module never reads a file.

/// A half-open byte range, `start..end`, in one text. Texts are at most 4 GiB.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// Offset of the first byte.
    pub start: u32,
    /// Offset just past the last byte.
    pub end: u32,
}

impl Span {
    /// Creates the span of the bytes `start..end`.
    pub fn new(start: usize, end: usize) -> Span {
        let offset = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        Span {
            start: offset(start),
            end: offset(end),
        }
    }

    /// Returns the same range, for slicing a text.
    pub fn range(self) -> std::ops::Range<usize> {
        self.start as usize..self.end as usize
    }
}

/// The index of a text in a graph's list of texts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FileId(pub u32);

impl FileId {
    /// Returns what a list by file holds for this one, such as its text among a graph's texts.
    pub(crate) fn of<T>(self, files: &[T]) -> Option<&T> {
        files.get(self.0 as usize)
    }
}

/// A range in one of a graph's texts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place {
    /// The text.
    pub file: FileId,
    /// The bytes in it.
    pub span: Span,
}

/// A text and its name in messages, normally its path as the user wrote it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Text {
    /// The name used in messages.
    pub name: String,
    /// The whole text as read: nothing is normalised.
    pub text: String,
}

impl Text {
    /// Returns the text of a span, or an empty string if the span is not in the text.
    pub fn slice(&self, span: Span) -> &str {
        self.text.get(span.range()).unwrap_or_default()
    }
}

/// The reason why a file could not be, or was not, read, in words that fit after its name.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct ReadError {
    /// The file's name.
    pub name: String,
    /// What is wrong with the file.
    pub reason: String,
}

impl std::fmt::Display for ReadError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "can't read `{}`: {}", self.name, self.reason)
    }
}

impl std::error::Error for ReadError {}
