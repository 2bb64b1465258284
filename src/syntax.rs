//! Reads RON as people write it: in one pass, with exact locations, every mistake reported, nothing
//! discarded.
//!
//! `lex` recognizes whitespace, strings, numbers and identifiers. [`Reader`] reads values of known
//! types and recovers from mistakes. [`locate()`] finds the span of a part of a record again, so that
//! records need not store it. The `ron` crate is the authority on what is RON: a property test and
//! a fuzz target check this module against it. Nothing here knows what an actor or a stance is.

mod attributes;
mod bare;
mod define;
mod fields;
mod lex;
mod locate;
mod mistakes;
mod one_or_many;
mod quoted;
mod rare;
mod read;
mod recover;
mod sections;
pub(crate) mod tape;
mod values;
mod variant;
mod walk;

pub use attributes::read_attributes;
pub(crate) use bare::{entries, is_default, optional};
pub(crate) use define::{record, words};
pub(crate) use fields::given_twice;
pub(crate) use lex::{comment_end, is_word as is_word_at};
pub use locate::{Locator, Step, in_string, locate};
pub use one_or_many::OneOrMany;
pub use quoted::quoted;
pub use rare::Rare;
pub use read::{Extensions, Lost, Read, Reader};
pub(crate) use recover::Shape;
pub(crate) use sections::{EachEntry, Ended, Start};
pub use tape::{Kind, Tape, Value};
pub use walk::{DEEPEST, Event, Frame, TokenKind, string_value, walk};

/// Returns whether a literal is a string that is empty or only whitespace. Any other empty value
/// stands for one that is missing or can't be read.
pub(crate) fn is_blank_string(written: &str) -> bool {
    written.ends_with(['"', '#']) && written.trim_matches(['r', '#', '"']).trim().is_empty()
}

/// Returns the end of the name that starts at an offset, or the offset itself if none does.
pub(crate) fn name_end(text: &str, at: usize) -> usize {
    lex::ident(text, at).map_or(at, |(_, end)| end)
}

/// Returns the name with which the value of a text begins, if an opening parenthesis follows it.
pub(crate) fn first_name(text: &str) -> Option<&str> {
    let (_, at, _) = read_attributes(text, crate::text::FileId::default());
    let (name, end) = lex::ident(text, at)?;
    let behind = lex::blank(text, end).ok()?;
    (lex::byte(text, behind) == b'(').then_some(name)
}

/// Returns whether the value of a text begins with this name, after whitespace, comments and
/// attributes.
pub fn begins_with(text: &str, name: &str) -> bool {
    let (_, at, _) = read_attributes(text, crate::text::FileId::default());
    lex::is_word(text, at.min(text.len()), name)
}
