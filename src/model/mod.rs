//! What a file says, record by record, as plain data: nothing is looked up, nothing is checked against another record.
//!
//! Each record is one struct, read by [`crate::syntax`] and, for library users, by `serde` (with the `ron` crate, whose
//! extension `implicit_some` lets options be bare). A [`Document`] is a whole file; [`read`] hands over its records one by one.

mod date;
mod document;
mod records;
mod words;

use std::borrow::Cow;
use std::marker::PhantomData;

pub use date::{Date, DateError, Day, Moment, Period, Qualifier};
pub use document::{Chunk, Document, Entry, Record, Records, SECTIONS, Split, likely_split, read};
pub use records::{Actor, Earlier, Fact, Issue, Marks, Meeting, Scale, Source, Stance, Tie};
pub use words::{ActorKind, Likelihood, MeetingKind, MeetingStatus, Position, Reliability, TieKind};

/// A string of a record: a slice of its text, or owned where it holds escapes or was made in code.
pub type Str<'a> = Cow<'a, str>;

/// Reads a field that may be left out, bare or in `Some(…)`, and is empty then.
pub(crate) fn optional<'de, D: serde::Deserializer<'de>, T: serde::Deserialize<'de> + Default>(
    deserializer: D,
) -> Result<T, D::Error> {
    <Option<T> as serde::Deserialize>::deserialize(deserializer).map(Option::unwrap_or_default)
}

/// Reads a map as the list of its entries: nothing is reordered, and no two keys become one.
pub(crate) fn entries<'de, D, K, V>(deserializer: D) -> Result<Vec<(K, V)>, D::Error>
where
    D: serde::Deserializer<'de>,
    K: serde::Deserialize<'de>,
    V: serde::Deserialize<'de>,
{
    struct Entries<K, V>(PhantomData<(K, V)>);

    impl<'de, K: serde::Deserialize<'de>, V: serde::Deserialize<'de>> serde::de::Visitor<'de> for Entries<K, V> {
        type Value = Vec<(K, V)>;

        fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
            f.write_str("a map")
        }

        fn visit_map<A: serde::de::MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
            let mut entries = Vec::new();
            while let Some(entry) = map.next_entry()? {
                entries.push(entry);
            }
            Ok(entries)
        }
    }

    deserializer.deserialize_map(Entries(PhantomData))
}

pub(crate) fn is_default<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}
