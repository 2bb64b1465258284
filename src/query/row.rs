//! What a typed row is: a struct whose fields are the columns of a table. [`table!`] makes the struct, its columns and its
//! cells out of one definition, so that no format can disagree with another about them.

use std::borrow::Cow;

use crate::graph::{ActorId, Entity, FactId, Fate, Graph, IssueId, MeetingId, SourceId};
use crate::model::{Date, Position};
use crate::query::{Cell, Evidence, Stand};
use crate::text::Place;

/// What a column holds. Its columns in CSV and its type in the JSON schema follow from it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Holds {
    /// Words of the graph, or of the answer.
    Text,
    /// One word of a fixed list: its key for programs.
    Word,
    /// Several of them.
    Words,
    /// A count or a measure.
    Number,
    /// A date, as EDTF.
    Date,
    /// Something that has an id.
    Thing,
    /// Several of them.
    Things,
    /// What one statement says.
    Said,
    /// Where an actor stands, and what that rests on.
    Stand,
    /// Places in files.
    Places,
    /// Whatever a field of a record holds.
    Any,
}

/// A column of a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Column {
    /// Its name in JSON and CSV, of `[a-z_]`.
    pub key: &'static str,
    /// Its heading for people; the key, with blanks, where it is empty.
    pub heading: &'static str,
    /// Whether only programs see it.
    pub for_programs: bool,
    /// What it holds.
    pub holds: Holds,
    /// Whether a row may have nothing there.
    pub optional: bool,
    /// What it means, in a sentence.
    pub doc: &'static str,
}

/// The records behind a row.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Behind {
    /// The record that the row shows, or the newest that it rests on.
    pub place: Option<Place>,
    /// What it rests on.
    pub evidence: Vec<Evidence>,
}

impl Behind {
    /// A row that shows the record at a place.
    pub fn at(place: Place) -> Behind {
        Behind {
            place: Some(place),
            evidence: Vec::new(),
        }
    }

    /// The same, resting on these records.
    pub fn because(mut self, evidence: impl IntoIterator<Item = Evidence>) -> Behind {
        self.evidence.extend(evidence);
        self
    }

    /// A row that rests on these records, and shows the first of them.
    pub fn first_of(graph: &Graph, evidence: Vec<Evidence>) -> Behind {
        Behind {
            place: evidence.first().map(|first| first.place(graph)),
            evidence,
        }
    }

    /// A row that shows something that has an id, and rests on it.
    pub fn thing(graph: &Graph, entity: Entity) -> Behind {
        Behind::at(graph.place(entity)).because([Evidence::Thing(entity)])
    }
}

/// A row of a table; `table!` writes it.
pub trait Row {
    /// The columns, in the order of the fields.
    const COLUMNS: &'static [Column];
    /// The cells, one for each column.
    fn cells(&self) -> Vec<Cell>;
    /// What it rests on.
    fn behind(&self) -> &Behind;
}

/// The type of a field of a row.
pub trait Field {
    /// What the column holds.
    const HOLDS: Holds;
    /// Whether there may be nothing in it.
    const OPTIONAL: bool = false;
    /// The cell.
    fn cell(&self) -> Cell;
}

impl<T: Field> Field for Option<T> {
    const HOLDS: Holds = T::HOLDS;
    const OPTIONAL: bool = true;
    fn cell(&self) -> Cell {
        self.as_ref().map_or(Cell::Nothing, T::cell)
    }
}

/// A word of a fixed list: its key for programs, and what people read.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Word {
    /// What programs read: letters of `[a-z_]`.
    pub key: Cow<'static, str>,
    /// What people read.
    pub words: Cow<'static, str>,
}

impl Word {
    /// A word whose key is said beside it.
    pub fn new(key: &'static str, words: impl Into<Cow<'static, str>>) -> Word {
        Word {
            key: key.into(),
            words: words.into(),
        }
    }
}

/// A word whose key has the same letters, and `_` between its words.
impl From<&'static str> for Word {
    fn from(words: &'static str) -> Word {
        let is_key = words.bytes().all(|c| c.is_ascii_lowercase());
        Word {
            key: match is_key {
                true => words.into(),
                false => {
                    let parts = words.split(|c: char| !c.is_ascii_alphabetic());
                    let parts: Vec<&str> = parts.filter(|part| !part.is_empty()).collect();
                    parts.join("_").to_ascii_lowercase().into()
                }
            },
            words: words.into(),
        }
    }
}

/// A count of which people need not see that it is 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Count(pub usize);

/// A number that is known, or else taken to be this one.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Known {
    /// What is known.
    pub known: Option<f64>,
    /// What it is taken to be where nothing is.
    pub taken: f64,
}

/// What one statement says; nothing where it says only how much something matters.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Said(pub Option<Position>);

/// Defines what the types of fields hold.
macro_rules! fields {
    ($($type:ty: $holds:ident, $optional:literal, $value:ident => $cell:expr;)*) => {$(
        impl Field for $type {
            const HOLDS: Holds = Holds::$holds;
            const OPTIONAL: bool = $optional;
            fn cell(&self) -> Cell {
                let $value = self;
                $cell
            }
        }
    )*};
}
fields! {
    ActorId: Thing, false, id => Cell::Thing(Entity::Actor(*id));
    IssueId: Thing, false, id => Cell::Thing(Entity::Issue(*id));
    MeetingId: Thing, false, id => Cell::Thing(Entity::Meeting(*id));
    SourceId: Thing, false, id => Cell::Thing(Entity::Source(*id));
    FactId: Thing, false, id => Cell::Thing(Entity::Fact(*id));
    Entity: Thing, false, entity => Cell::Thing(*entity);
    Vec<ActorId>: Things, false, ids => Cell::Things(ids.iter().map(|id| Entity::Actor(*id)).collect());
    Vec<IssueId>: Things, false, ids => Cell::Things(ids.iter().map(|id| Entity::Issue(*id)).collect());
    Vec<SourceId>: Things, false, ids => Cell::Things(ids.iter().map(|id| Entity::Source(*id)).collect());
    Vec<Entity>: Things, false, things => Cell::Things(things.clone());
    Vec<Place>: Places, false, places => Cell::Places(places.clone());
    Date: Date, false, date => Cell::Date(*date);
    String: Text, true, text => Cell::text(text.as_str());
    Known: Number, true, number => match number.known {
        Some(known) => Cell::Number(known),
        None => Cell::Assumed(number.taken),
    };
    Count: Number, false, count => match count.0 {
        0 => Cell::Zero,
        count => Cell::count(count),
    };
    f64: Number, false, number => Cell::Number(*number);
    usize: Number, false, count => Cell::count(*count);
    Said: Said, false, said => Cell::Said(*said);
    Stand: Stand, false, stand => Cell::Stands(stand.clone());
    Word: Word, false, word => Cell::Word(word.clone());
    Vec<Word>: Words, false, words => Cell::Words(words.clone());
    Fate: Word, false, fate => Cell::Word(Word::new(fate.key(), fate.word()));
    Cell: Any, true, cell => cell.clone();
}

/// Defines the types of rows of tables: the struct, its columns and its cells. `key as "heading"` is what people read in
/// place of the key, and `key for programs` is not shown to them.
macro_rules! table {
    ($($(#[doc = $about:literal])* pub struct $name:ident { $($(#[doc = $doc:literal])* $field:ident $(as $heading:literal)? $(for $programs:ident)?: $type:ty,)* })*) => {$(
        $(#[doc = $about])*
        #[derive(Clone, Debug, PartialEq)]
        pub struct $name {
            $($(#[doc = $doc])* pub $field: $type,)*
            /// The records behind it.
            pub behind: $crate::query::Behind,
        }

        impl $crate::query::Row for $name {
            const COLUMNS: &'static [$crate::query::Column] = &[$($crate::query::Column {
                key: stringify!($field),
                heading: [$($heading,)? ""][0],
                for_programs: [$($crate::query::row::is_for!($programs),)? false][0],
                holds: <$type as $crate::query::Field>::HOLDS,
                optional: <$type as $crate::query::Field>::OPTIONAL,
                doc: concat!($($doc),*).trim_ascii_start(),
            }),*];
            fn cells(&self) -> Vec<$crate::query::Cell> {
                vec![$($crate::query::Field::cell(&self.$field)),*]
            }
            fn behind(&self) -> &$crate::query::Behind {
                &self.behind
            }
        }
    )*};
}
pub(crate) use table;

/// Who sees a column that is not for everybody.
macro_rules! is_for {
    (programs) => {
        true
    };
}
pub(crate) use is_for;
