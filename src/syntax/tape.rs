//! Represents a text as a flat tape of its values, whatever they mean. Nothing is discarded: names,
//! commas, comments and whitespace stay in the text, and what lies between two values is read again
//! on request ([`gap`]). The tape accepts what `ron` accepts as some type. It does not check
//! whether a number is in range or the escapes of a string are valid.

pub(crate) mod gap;
mod parse;
mod value;

use crate::diagnostic::Diagnostic;
use crate::text::FileId;

pub(crate) use parse::columns;
pub use value::Value;
pub(crate) use value::{key_end, open, value_start};

/// The kind of a value, by its syntax.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A number, a character, or a word without parentheses.
    Atom,
    /// A string: plain, raw or of bytes.
    String,
    /// `(…)` or `Name(…)` whose parts have no names.
    Tuple,
    /// `(field: …)` or `Name(field: …)`.
    Struct,
    /// `[…]`
    List,
    /// `{key: …}`
    Map,
    /// `Some` followed by a value without parentheses.
    Bare,
}

/// How a value belongs to the value that contains it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Role {
    /// By its position. Also the value of a composite key.
    Plain,
    /// By a key that is a single token, with which the node starts.
    Keyed,
    /// It is itself the key of the value after it.
    Key,
}

/// The flat width of a value that must not be on one line.
pub(crate) const FORCED: u16 = u16::MAX;

/// A value on the tape, followed by the values in it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Node {
    /// The offset of its start, including its key.
    pub(crate) start: u32,
    /// The offset of its end.
    pub(crate) end: u32,
    /// The index of the node after this one and all that it contains.
    pub(crate) next: u32,
    /// The columns that the value, without its key, takes on one line, or [`FORCED`] if it can't be
    /// on one.
    pub(crate) flat: u16,
    pub(crate) kind: Kind,
    pub(crate) role: Role,
}

/// The values of a text, in the order of the text.
#[derive(Clone, Debug)]
pub struct Tape<'t> {
    pub(crate) text: &'t str,
    pub(crate) nodes: Vec<Node>,
    /// The byte range of each `#![…]` before the value.
    pub(crate) attributes: Vec<(usize, usize)>,
}

impl<'t> Tape<'t> {
    /// Reads a whole text: a byte order mark, attributes and one value. This is for texts that are
    /// to be changed as a whole; what a broken text still says can be read with
    /// [`Reader`](crate::syntax::Reader).
    ///
    /// # Errors
    /// Returns the first position at which the text is not RON.
    pub fn read(text: &'t str, file: FileId) -> Result<Tape<'t>, Box<Diagnostic>> {
        parse::text(text, file)
    }

    /// Reads the one value, or the entry `"key": value`, that starts at an offset.
    ///
    /// # Errors
    /// Returns the first position at which the text is not RON.
    pub fn read_part(text: &'t str, file: FileId, at: usize) -> Result<Tape<'t>, Box<Diagnostic>> {
        parse::part(text, file, at)
    }

    /// Returns the value of the text.
    pub fn value(&self) -> Value<'_> {
        Value::new(self, 0)
    }
}
