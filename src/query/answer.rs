//! Defines answers: each question has its own answer struct, with one field per table. [`answer!`]
//! generates the struct and the view of it that the writers in `render` use.

use std::borrow::Cow;
use std::convert::Infallible;
use std::ops::Range;

use crate::graph::{Basis, Entity, Fate, Graph, Offer, StanceId, TieId, Verdict};
use crate::model::{Date, Position};
use crate::query::{Behind, Column, Holds, Matrix, Row, Said, Word};
use crate::spread::in_parts;
use crate::text::Place;

/// An answer, as the writers see it.
pub trait Answer {
    /// Returns the answer's name in `docs/schema`.
    fn name(&self) -> &'static str;
    /// Returns the heading: what was asked, in words.
    fn title(&self) -> &str;
    /// Returns the tables, in the order they are shown.
    fn sections(&self) -> Vec<Section<'_>>;
    /// Returns the notes: what the answer does not claim, or takes for granted.
    fn notes(&self) -> &Notes;
    /// Returns whether the answer depends on which ties hold on the day.
    fn ties(&self) -> TieUse {
        TieUse::Used
    }
}

/// Whether an answer depends on which ties hold on the day. (Who speaks for whom depends on the day
/// of a statement instead.)
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TieUse {
    /// The answer shows ties, or follows them.
    Used,
    /// The answer neither shows nor follows ties.
    Unused,
}

/// An answer that notes can be added to.
pub trait Noted: Answer {
    /// Returns its notes, to add to.
    fn notes_mut(&mut self) -> &mut Notes;
}

/// Returns the index of the default table, used where none is named: the first that is not a single
/// record.
pub fn main_table(sections: &[Section<'_>]) -> Option<usize> {
    let is_list = |section: &Section<'_>| section.form != Form::Record;
    let first = sections.iter().position(is_list);
    first.or((!sections.is_empty()).then_some(0))
}

/// Returns whether no table of an answer has a row.
pub fn is_empty(answer: &dyn Answer) -> bool {
    let sections = answer.sections();
    let is_empty = |section: &Section<'_>| section.rows.count() == 0 && section.filled().is_none();
    sections.iter().all(is_empty)
}

/// Returns the first basis of a position that an answer shows, or `None` if it shows none.
pub fn first_basis(answer: &dyn Answer) -> Option<Basis> {
    let basis = |cell: Cell| match cell {
        Cell::Stands(stand) => stand.basis,
        _ => None,
    };
    answer.sections().iter().find_map(|section| {
        let holds = |column: &Column| column.holds == Holds::Stand;
        let mut rows = match section.rows.columns().iter().any(holds) {
            true => 0..section.rows.count(),
            false => 0..0,
        };
        rows.find_map(|nth| section.rows.cells(nth).into_iter().find_map(basis))
    })
}

/// One part of an answer, as the writers see it.
pub struct Section<'a> {
    /// The name in JSON and CSV.
    pub key: &'static str,
    /// The heading in text and Markdown.
    pub heading: &'a str,
    /// What to say if there are no rows. If this is empty too, text and Markdown leave the section
    /// out.
    pub empty: &'a str,
    /// How the rows are laid out for people.
    pub form: Form,
    /// The columns hidden from people.
    pub hidden: &'a [&'static str],
    /// The column shown to people first; empty to keep the order of the fields.
    pub first: &'static str,
    /// What a row is, in a word; empty if people are not shown how many there are.
    pub noun: &'static str,
    /// Whether rows of one record are counted once.
    pub once: bool,
    /// How many rows there are in all, if these are only the first.
    pub all: Option<usize>,
    /// The rows.
    pub rows: &'a dyn Rows,
    /// The matrix, for a section that has one in place of rows.
    pub matrix: Option<&'a Matrix>,
}

impl<'a> Section<'a> {
    /// Returns the matrix, or `None` if it is absent or empty.
    pub fn filled(&self) -> Option<&'a Matrix> {
        self.matrix.filter(|matrix| !matrix.rows.is_empty())
    }
}

/// How rows are laid out for people. Programs always get every row with all its columns.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Form {
    /// One line per row.
    #[default]
    List,
    /// A single row, shown as one line per column; programs get an object.
    Record,
    /// A matrix in place of rows.
    Matrix,
    /// A cross table: one column for each thing in column `by`, with cells from column `of`. Rows
    /// that agree in all other columns are merged.
    Across {
        /// The column whose things become columns.
        by: &'static str,
        /// The column that supplies their cells.
        of: &'static str,
    },
}

/// Rows of any type.
pub trait Rows: Sync {
    /// Returns the columns.
    fn columns(&self) -> &[Column];
    /// Returns the number of rows.
    fn count(&self) -> usize;
    /// Gives the rows of a range, in order: the cells of each, and the records behind it.
    fn each(&self, range: Range<usize>, give: &mut dyn FnMut(Vec<Cell>, Cow<'_, Behind>));
    /// Returns the cells of the `nth` row.
    fn cells(&self, nth: usize) -> Vec<Cell> {
        let mut found = Vec::new();
        self.each(nth..nth + 1, &mut |cells, _| found = cells);
        found
    }
    /// Returns the records behind the `nth` row.
    fn behind(&self, nth: usize) -> Cow<'_, Behind> {
        let mut found = Behind::default();
        self.each(nth..nth + 1, &mut |_, behind| found = behind.into_owned());
        Cow::Owned(found)
    }
}

/// Returns the first rows, each with the records behind it. They are made on all cores, some thousands
/// at a time.
pub(crate) fn first_rows(
    rows: &dyn Rows,
    count: usize,
) -> impl Iterator<Item = (Vec<Cell>, Behind)> + '_ {
    const ROUND: usize = 1 << 15;
    (0..count).step_by(ROUND).flat_map(move |from| {
        let made = |part| {
            let mut made = Vec::new();
            rows.each(part, &mut |cells, behind| {
                made.push((cells, behind.into_owned()))
            });
            made
        };
        let mut round = Vec::new();
        let take = |made| {
            round.extend(made);
            Ok::<(), Infallible>(())
        };
        let Ok(()) = in_parts(from..count.min(from + ROUND), made, take);
        round
    })
}

impl<R: Row> Rows for Vec<R> {
    fn columns(&self) -> &[Column] {
        R::COLUMNS
    }
    fn count(&self) -> usize {
        self.len()
    }
    fn each(&self, range: Range<usize>, give: &mut dyn FnMut(Vec<Cell>, Cow<'_, Behind>)) {
        for row in &self[range] {
            give(row.cells(), Cow::Borrowed(row.behind()));
        }
    }
    fn cells(&self, nth: usize) -> Vec<Cell> {
        self[nth].cells()
    }
    fn behind(&self, nth: usize) -> Cow<'_, Behind> {
        Cow::Borrowed(self[nth].behind())
    }
}

/// A list of rows, and how people are shown it.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Table<R> {
    /// The heading in text and Markdown.
    pub heading: String,
    /// What to say if there are no rows.
    pub empty: String,
    /// The columns hidden from people, because the heading or the title already says what is in
    /// them.
    pub hidden: Vec<&'static str>,
    /// The column shown to people first; empty to keep the order of the fields.
    pub first: &'static str,
    /// How the rows are laid out for people.
    pub form: Form,
    /// What a row is here, in a word, if it is not what rows of this type are elsewhere.
    pub noun: Option<&'static str>,
    /// How many rows there are in all, if these are only the first.
    pub all: Option<usize>,
    /// The rows, in the order they are shown.
    pub rows: Vec<R>,
}

impl<R> Table<R> {
    /// Makes a list of rows under a heading.
    pub fn new(heading: impl Into<String>, rows: impl IntoIterator<Item = R>) -> Table<R> {
        Table {
            heading: heading.into(),
            empty: String::new(),
            hidden: Vec::new(),
            first: "",
            form: Form::List,
            noun: None,
            all: None,
            rows: rows.into_iter().collect(),
        }
    }

    /// Sets what to say if there are no rows.
    pub fn or_else(self, empty: impl Into<String>) -> Table<R> {
        Table {
            empty: empty.into(),
            ..self
        }
    }

    /// Adds rows.
    pub fn with(mut self, rows: impl IntoIterator<Item = R>) -> Table<R> {
        self.rows.extend(rows);
        self
    }

    /// Hides these columns from people.
    pub fn hiding(mut self, hidden: &[&'static str]) -> Table<R> {
        self.hidden.extend(hidden);
        self
    }

    /// Shows this column to people first.
    pub fn led_by(self, first: &'static str) -> Table<R> {
        Table { first, ..self }
    }

    /// Says what a row is here, in a word.
    pub fn of(self, noun: &'static str) -> Table<R> {
        Table {
            noun: Some(noun),
            ..self
        }
    }

    /// Says how many rows there are in all; these are the first of them.
    pub fn first_of(self, all: usize) -> Table<R> {
        Table {
            all: Some(all),
            ..self
        }
    }

    /// Lays the table out as [`Form::Across`]: a column for each thing in `by`, with cells from
    /// `of`.
    pub fn across(self, by: &'static str, of: &'static str) -> Table<R> {
        Table {
            form: Form::Across { by, of },
            ..self
        }
    }
}

/// A single record, shown field by field.
#[derive(Clone, Debug, PartialEq)]
pub struct Record<R>(pub Vec<R>);

impl<R> Record<R> {
    /// Makes a record of one row.
    pub fn of(row: R) -> Record<R> {
        Record(vec![row])
    }
}

impl<R: Row> Body for Record<R> {
    const COLUMNS: Option<&'static [Column]> = Some(R::COLUMNS);
    const IS_RECORD: bool = true;
    fn section(&self, key: &'static str) -> Section<'_> {
        Section {
            key,
            heading: "",
            empty: "",
            form: Form::Record,
            hidden: &[],
            first: "",
            noun: "",
            once: false,
            all: None,
            rows: &self.0,
            matrix: None,
        }
    }
}

/// The type of a field of an answer.
pub trait Body {
    /// The columns, or `None` for a matrix.
    const COLUMNS: Option<&'static [Column]>;
    /// Whether it is a single record, which programs get as an object.
    const IS_RECORD: bool = false;
    /// Returns the section that the writers see.
    fn section(&self, key: &'static str) -> Section<'_>;
}

impl<R: Row> Body for Table<R> {
    const COLUMNS: Option<&'static [Column]> = Some(R::COLUMNS);
    fn section(&self, key: &'static str) -> Section<'_> {
        Section {
            key,
            heading: &self.heading,
            empty: &self.empty,
            form: self.form,
            hidden: &self.hidden,
            first: self.first,
            noun: self.noun.unwrap_or(R::NOUN),
            once: R::ONCE,
            all: self.all,
            rows: &self.rows,
            matrix: None,
        }
    }
}

/// The shape of an answer as programs see it. The JSON schemas are generated from it.
#[derive(Clone, Copy, Debug)]
pub struct Shape {
    /// The name of the answer.
    pub name: &'static str,
    /// A one-sentence description.
    pub doc: &'static str,
    /// The tables.
    pub tables: &'static [TableShape],
}

/// The shape of a table as programs see it.
#[derive(Clone, Copy, Debug)]
pub struct TableShape {
    /// The table's key.
    pub key: &'static str,
    /// What the table holds, in one sentence.
    pub doc: &'static str,
    /// The columns, or `None` for a matrix.
    pub columns: Option<&'static [Column]>,
    /// Whether it is a single record, which programs get as an object.
    pub is_record: bool,
}

/// Defines an answer: its name for programs and a field for each table. An answer that neither
/// shows nor follows ties says `ties: Unused`.
macro_rules! answer {
    ($(#[doc = $about:literal])* pub struct $type:ident = $name:literal $(, ties: $ties:ident)? { $($(#[doc = $doc:literal])* $field:ident: $part:ty,)* }) => {
        $(#[doc = $about])*
        #[derive(Clone, Debug, PartialEq)]
        #[must_use]
        #[non_exhaustive]
        pub struct $type {
            /// What was asked, in words.
            pub title: String,
            $($(#[doc = $doc])* pub $field: $part,)*
            /// What the answer does not claim, or takes for granted.
            pub notes: $crate::query::Notes,
        }

        impl $type {
            /// What the answer looks like to programs.
            pub const SHAPE: $crate::query::Shape = $crate::query::Shape {
                name: $name,
                doc: concat!($($about),*).trim_ascii_start(),
                tables: &[$($crate::query::TableShape {
                    key: stringify!($field),
                    doc: concat!($($doc),*).trim_ascii_start(),
                    columns: <$part as $crate::query::Body>::COLUMNS,
                    is_record: <$part as $crate::query::Body>::IS_RECORD,
                }),*],
            };
        }

        impl $crate::query::Answer for $type {
            fn name(&self) -> &'static str {
                $name
            }
            fn title(&self) -> &str {
                &self.title
            }
            fn sections(&self) -> Vec<$crate::query::Section<'_>> {
                vec![$($crate::query::Body::section(&self.$field, stringify!($field))),*]
            }
            fn notes(&self) -> &$crate::query::Notes {
                &self.notes
            }
            $(fn ties(&self) -> $crate::query::TieUse {
                $crate::query::TieUse::$ties
            })?
        }

        impl $crate::query::Noted for $type {
            fn notes_mut(&mut self) -> &mut $crate::query::Notes {
                &mut self.notes
            }
        }
    };
}
pub(crate) use answer;

/// Something an answer does not claim, takes for granted or leaves out: a sentence for people, and
/// what it is about for programs.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct Note {
    /// The kind of note: a stable identifier of letters in `[a-z_]`.
    pub kind: &'static str,
    /// The sentence.
    pub text: String,
    /// The number of things it speaks of, where it counts any.
    pub count: Option<usize>,
    /// The things it speaks of.
    pub about: Vec<Entity>,
}

impl Note {
    /// Makes a note of a kind, with neither a count nor things it is about.
    pub fn new(kind: &'static str, text: impl Into<String>) -> Note {
        Note {
            kind,
            text: text.into(),
            ..Note::default()
        }
    }

    /// Sets the count.
    pub fn of(self, count: usize) -> Note {
        Note {
            count: Some(count),
            ..self
        }
    }

    /// Sets the things the note is about.
    pub fn about(self, things: impl IntoIterator<Item = Entity>) -> Note {
        Note {
            about: things.into_iter().collect(),
            ..self
        }
    }
}

impl<T: Into<String>> From<T> for Note {
    fn from(text: T) -> Note {
        Note::new("note", text)
    }
}

/// The notes of an answer.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Notes(pub Vec<Note>);

impl Notes {
    /// Adds a note.
    pub fn push(&mut self, note: impl Into<Note>) {
        self.0.push(note.into());
    }

    /// Adds several notes.
    pub fn extend<N: Into<Note>>(&mut self, notes: impl IntoIterator<Item = N>) {
        self.0.extend(notes.into_iter().map(N::into));
    }
}

crate::query::table! {
    /// A note, as a row.
    pub struct NoteRow {
        /// The kind of note.
        note: String,
        /// The sentence.
        text: String,
        /// The number of things it speaks of.
        count: Option<usize>,
        /// The things it speaks of.
        about: Vec<Entity>,
    }
}

impl Notes {
    /// Returns the notes as a table.
    pub fn table(&self) -> Table<NoteRow> {
        let row = |note: &Note| NoteRow {
            note: note.kind.to_owned(),
            text: note.text.clone(),
            count: note.count,
            about: note.about.clone(),
            behind: Behind::default(),
        };
        Table::new("Notes", self.0.iter().map(row))
    }
}

impl<N: Into<Note>> FromIterator<N> for Notes {
    fn from_iter<I: IntoIterator<Item = N>>(notes: I) -> Notes {
        Notes(notes.into_iter().map(N::into).collect())
    }
}

impl std::ops::Deref for Notes {
    type Target = Vec<Note>;
    fn deref(&self) -> &Vec<Note> {
        &self.0
    }
}

impl IntoIterator for Notes {
    type Item = Note;
    type IntoIter = std::vec::IntoIter<Note>;
    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

/// A value in a row.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Cell {
    /// No value: an empty cell, `null` in JSON.
    #[default]
    Nothing,
    /// Free text.
    Text(String),
    /// A word from a fixed list.
    Word(Word),
    /// Several words from a fixed list.
    Words(Vec<Word>),
    /// A count or a measure.
    Number(f64),
    /// A count of zero: 0 for programs, an empty cell for people.
    Zero,
    /// An unknown number with the value assumed for it; programs get no value.
    Assumed(f64),
    /// A date.
    Date(Date),
    /// Something that has an id: people see its name, programs its id and name.
    Thing(Entity),
    /// Several things that have ids.
    Things(Vec<Entity>),
    /// What one statement says.
    Said(Said),
    /// Where an actor stands; in a box, as it would make every cell twice as large.
    Stands(Box<Stand>),
    /// Locations in texts.
    Places(Vec<Place>),
}

/// Where an actor stands, and what that rests on.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Stand {
    /// The verdict.
    pub verdict: Verdict,
    /// Every position stated, if they are contested; otherwise empty.
    pub said: Vec<Position>,
    /// What the verdict rests on, or `None` for a single statement and where nothing is known.
    pub basis: Option<Basis>,
    /// What it offers on a condition, beside its position.
    pub offers: Vec<Offer>,
}

impl Stand {
    /// Makes the stand of an actor about which nothing is known.
    pub fn unknown() -> Stand {
        Stand {
            verdict: Verdict::Unknown,
            said: Vec::new(),
            basis: None,
            offers: Vec::new(),
        }
    }
}

/// A record that a row rests on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Evidence {
    /// A statement, and its status in the answer.
    Stance(StanceId, Fate),
    /// A tie.
    Tie(TieId),
    /// Anything that has an id: a meeting, a fact, an actor's own record.
    Thing(Entity),
}

impl Cell {
    /// Returns whether the cell has nothing to show.
    pub fn is_empty(&self) -> bool {
        match self {
            Cell::Nothing | Cell::Zero => true,
            Cell::Things(things) => things.is_empty(),
            Cell::Words(words) => words.is_empty(),
            Cell::Places(places) => places.is_empty(),
            _ => false,
        }
    }

    /// Makes a text cell, or an empty cell if the text is empty.
    pub fn text(text: impl Into<String>) -> Cell {
        let text = text.into();
        if text.is_empty() {
            Cell::Nothing
        } else {
            Cell::Text(text)
        }
    }

    /// Makes a cell that holds a count.
    pub fn count(count: usize) -> Cell {
        Cell::Number(count as f64)
    }

    /// Makes a date cell, or an empty cell if there is no date.
    pub fn date(date: Option<Date>) -> Cell {
        date.map_or(Cell::Nothing, Cell::Date)
    }

    /// Makes a cell of things, or an empty cell if there are none.
    pub fn things(things: impl IntoIterator<Item = Entity>) -> Cell {
        let things: Vec<Entity> = things.into_iter().collect();
        if things.is_empty() {
            Cell::Nothing
        } else {
            Cell::Things(things)
        }
    }
}

impl Evidence {
    /// Returns the kind of record: `stance`, `tie`, `meeting` …
    pub fn kind(self) -> &'static str {
        match self {
            Evidence::Stance(..) => "stance",
            Evidence::Tie(_) => "tie",
            Evidence::Thing(entity) => entity.kind().noun(),
        }
    }

    /// Returns whether the record makes a claim: without a source, it counts as unsourced.
    pub fn is_claim(self) -> bool {
        match self {
            Evidence::Stance(..) | Evidence::Tie(_) => true,
            Evidence::Thing(entity) => matches!(entity, Entity::Meeting(_) | Entity::Fact(_)),
        }
    }

    /// Returns the location of the record.
    pub fn place(self, graph: &Graph) -> Place {
        match self {
            Evidence::Stance(id, _) => graph[id].place,
            Evidence::Tie(id) => graph[id].place,
            Evidence::Thing(entity) => graph.place(entity),
        }
    }
}
