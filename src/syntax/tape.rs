//! A text as a flat tape of its values, whatever they mean: nothing is thrown away, since the text itself is the store of
//! names, commas, comments and blanks, and what lies between two values is read again where somebody asks ([`gap`]).
//! It accepts what `ron` accepts as some type; whether a number fits or a string's escapes are right is not its affair.

pub(crate) mod gap;
mod parse;
mod value;

use crate::diagnostic::Diagnostic;
use crate::text::FileId;

pub(crate) use parse::columns;
pub use value::Value;
pub(crate) use value::{key_end, open, value_start};

/// What a value is, by the look of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A number, a character, a word without parentheses.
    Atom,
    /// A string, plain, raw or of bytes.
    String,
    /// `(…)` or `Name(…)` whose parts have no names.
    Tuple,
    /// `(field: …)` or `Name(field: …)`.
    Struct,
    /// `[…]`
    List,
    /// `{key: …}`
    Map,
    /// `Some` and a value behind it, without parentheses.
    Bare,
}

/// How a value belongs to what holds it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Role {
    /// By its place; the value of a composite key too.
    Plain,
    /// By a key that is one token, with which the node starts.
    Keyed,
    /// It is itself the key of the value behind it.
    Key,
}

/// The flat width of a value that must not stand on one line.
pub(crate) const FORCED: u16 = u16::MAX;

/// A value on the tape: behind it come the values in it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Node {
    /// Where it starts, with its key.
    pub(crate) start: u32,
    /// Where it ends.
    pub(crate) end: u32,
    /// The node behind it and all in it.
    pub(crate) next: u32,
    /// Columns that the value, without its key, takes on one line; [`FORCED`] where it can't stand on one.
    pub(crate) flat: u16,
    pub(crate) kind: Kind,
    pub(crate) role: Role,
}

/// The values of a text, in the order of the text.
#[derive(Clone, Debug)]
pub struct Tape<'t> {
    pub(crate) text: &'t str,
    pub(crate) nodes: Vec<Node>,
    /// The bytes of each `#![…]` before the value.
    pub(crate) attributes: Vec<(usize, usize)>,
}

impl<'t> Tape<'t> {
    /// Reads a text whole: a byte order mark, attributes, one value.
    ///
    /// # Errors
    /// The first place at which it is no RON. It is for texts that are to be changed as a whole; what a broken text says all
    /// the same is for [`Reader`](crate::syntax::Reader).
    pub fn read(text: &'t str, file: FileId) -> Result<Tape<'t>, Box<Diagnostic>> {
        parse::text(text, file)
    }

    /// Reads the one value, or the entry `"key": value`, that starts at an offset.
    ///
    /// # Errors
    /// The first place at which it is no RON.
    pub fn read_part(text: &'t str, file: FileId, at: usize) -> Result<Tape<'t>, Box<Diagnostic>> {
        parse::part(text, file, at)
    }

    /// The value of the text.
    pub fn value(&self) -> Value<'_> {
        Value::new(self, 0)
    }
}
