//! The contents of a file, record by record, as plain data: nothing is looked up or checked against
//! another record.
//!
//! Each record is one struct. [`crate::syntax`] reads it, and library users can read it with
//! `serde` (with the `ron` crate, whose extension `implicit_some` allows bare options). A
//! [`Document`] is a whole file; [`read`] passes on its records one by one.

mod date;
mod document;
mod grade;
mod misfit;
mod parts;
mod records;
mod schema;
mod words;

use std::borrow::Cow;

pub use date::{Date, Day, Moment, Period, Qualifier};
pub use document::{Document, Records};
pub use grade::Grade;
pub use records::{Actor, Earlier, Fact, Issue, Marks, Meeting, Scale, Source, Stance, Tie};
pub(crate) use records::{GREATEST, is_usable};
pub(crate) use schema::Bearing;
pub use schema::RecordKind;
pub use words::{
    ActorKind, Likelihood, MeetingKind, MeetingStatus, Position, Reliability, TieKind,
};

#[doc(hidden)]
pub use {
    document::{Chunk, Entry, Record, SECTIONS, Split, read},
    parts::read_parts,
    schema::{Field, Holds, Vocabulary},
};

/// A string of a record: a slice of its text, or owned if it contains escapes or was made in code.
pub type Str<'a> = Cow<'a, str>;
