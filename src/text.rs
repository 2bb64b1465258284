//! A text with a name, and places in it. It never reads a file.

/// A half-open range of bytes, `start..end`, in one text. Texts are at most 4 GiB.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// Offset of the first byte.
    pub start: u32,
    /// Offset just past the last byte.
    pub end: u32,
}

impl Span {
    /// The span of the bytes `start..end`.
    pub fn new(start: usize, end: usize) -> Span {
        let offset = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        Span {
            start: offset(start),
            end: offset(end),
        }
    }

    /// The same range, to slice a text with.
    pub fn range(self) -> std::ops::Range<usize> {
        self.start as usize..self.end as usize
    }
}

/// Which of the texts of a graph: an index into its list of texts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FileId(pub u32);

/// Some bytes of one of the texts of a graph.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place {
    /// The text.
    pub file: FileId,
    /// The bytes in it.
    pub span: Span,
}

/// A text and the name that messages call it by, as a rule its path as the person wrote it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Text {
    /// What messages call it.
    pub name: String,
    /// All of it, as read: nothing is normalised.
    pub text: String,
}

impl Text {
    /// The bytes of a span; empty where it does not lie in the text.
    pub fn slice(&self, span: Span) -> &str {
        self.text.get(span.range()).unwrap_or_default()
    }
}

/// Why a file could not be read, or is not, in words that fit behind its name.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct ReadError {
    /// The file.
    pub name: String,
    /// What is wrong with it.
    pub reason: String,
}

impl std::fmt::Display for ReadError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "can't read `{}`: {}", self.name, self.reason)
    }
}

impl std::error::Error for ReadError {}
