//! What a file says, record by record, as plain data: nothing is looked up, nothing is checked against another record.
//!
//! Each record is one struct, read by [`crate::syntax`] and, for library users, by `serde` (with the `ron` crate, whose
//! extension `implicit_some` lets options be bare). A [`Document`] is a whole file; [`read`] hands over its records one by one.

mod date;
mod document;
mod grade;
mod parts;
mod records;
mod schema;
mod words;

use std::borrow::Cow;

pub use date::{Date, DateError, Day, Moment, Period, Qualifier};
pub use document::{Chunk, Document, Entry, Record, Records, SECTIONS, Split, read};
pub use grade::{Grade, GradeError};
pub use parts::read_parts;
pub use records::{Actor, Earlier, Fact, Issue, Marks, Meeting, Scale, Source, Stance, Tie};
pub use schema::{Field, Holds, RecordKind, Vocabulary};
pub use words::{
    ActorKind, Likelihood, MeetingKind, MeetingStatus, Position, Reliability, TieKind,
};

/// A string of a record: a slice of its text, or owned where it holds escapes or was made in code.
pub type Str<'a> = Cow<'a, str>;
