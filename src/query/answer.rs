//! What an answer is: a struct of its own for each question, with a field for each table. [`answer!`] makes the struct and
//! what the writers in `render` see of it.

use crate::graph::{Basis, Entity, Fate, Graph, StanceId, TieId, Verdict};
use crate::model::{Date, Position};
use crate::query::{Behind, Column, Holds, Matrix, Row, Said, Word};
use crate::text::Place;

/// An answer, as its writers see it.
pub trait Answer {
    /// What it is called in `docs/schema`.
    fn name(&self) -> &'static str;
    /// What was asked, in words: a heading.
    fn title(&self) -> &str;
    /// The tables, in the order they are shown.
    fn sections(&self) -> Vec<Section<'_>>;
    /// What it does not claim, or takes for granted.
    fn notes(&self) -> &Notes;
    /// Whether it depends on which ties hold on the day.
    fn ties(&self) -> TieUse {
        TieUse::Used
    }
}

/// Whether an answer depends on which ties hold on the day. (Who speaks for whom depends on the day of a statement.)
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TieUse {
    /// It shows ties, or follows them.
    Used,
    /// It does neither.
    Unused,
}

/// An answer that notes can be added to.
pub trait Noted: Answer {
    /// Its notes.
    fn notes_mut(&mut self) -> &mut Notes;
}

/// The table that is meant where one is asked for and none is named: the first that is not a single record.
pub fn main_table(sections: &[Section<'_>]) -> Option<usize> {
    let is_list = |section: &Section<'_>| section.form != Form::Record;
    let first = sections.iter().position(is_list);
    first.or((!sections.is_empty()).then_some(0))
}

/// Whether no table of an answer has a row.
pub fn is_empty(answer: &dyn Answer) -> bool {
    let sections = answer.sections();
    let is_empty = |section: &Section<'_>| section.rows.count() == 0 && section.filled().is_none();
    sections.iter().all(is_empty)
}

/// Whether an answer says of a position what that rests on.
pub fn shows_basis(answer: &dyn Answer) -> bool {
    let has_basis = |cell: &Cell| matches!(cell, Cell::Stands(Stand { basis: Some(_), .. }));
    answer.sections().iter().any(|section| {
        let holds = |column: &Column| column.holds == Holds::Stand;
        section.rows.columns().iter().any(holds)
            && (0..section.rows.count()).any(|nth| section.rows.cells(nth).iter().any(has_basis))
    })
}

/// A part of an answer, as its writers see it.
pub struct Section<'a> {
    /// Its name in JSON and CSV.
    pub key: &'static str,
    /// Its heading in text and Markdown.
    pub heading: &'a str,
    /// What to say where there is no row; where it is empty too, text and Markdown leave the section out.
    pub empty: &'a str,
    /// How the rows are laid out for people.
    pub form: Form,
    /// The columns that people do not see.
    pub hidden: &'a [&'static str],
    /// The column that people see first, if not in the order of the fields.
    pub first: &'static str,
    /// The rows.
    pub rows: &'a dyn Rows,
    /// In place of rows: a matrix.
    pub matrix: Option<&'a Matrix>,
}

impl<'a> Section<'a> {
    /// The matrix, if there is anything in it.
    pub fn filled(&self) -> Option<&'a Matrix> {
        self.matrix.filter(|matrix| !matrix.rows.is_empty())
    }
}

/// How rows are laid out for people. Programs get every row with all its columns.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Form {
    /// A line for each row.
    #[default]
    List,
    /// One row, a line for each of its columns; an object for programs.
    Record,
    /// A matrix, in place of rows.
    Matrix,
    /// A column for each thing in column `by`, of rows that are alike in all others: its cells are those of column `of`.
    Across {
        /// Whose things become columns.
        by: &'static str,
        /// What is in them.
        of: &'static str,
    },
}

/// Rows of any type.
pub trait Rows {
    /// Their columns.
    fn columns(&self) -> &[Column];
    /// How many they are.
    fn count(&self) -> usize;
    /// The cells of one.
    fn cells(&self, nth: usize) -> Vec<Cell>;
    /// What one rests on.
    fn behind(&self, nth: usize) -> &Behind;
}

impl<R: Row> Rows for Vec<R> {
    fn columns(&self) -> &[Column] {
        R::COLUMNS
    }
    fn count(&self) -> usize {
        self.len()
    }
    fn cells(&self, nth: usize) -> Vec<Cell> {
        self[nth].cells()
    }
    fn behind(&self, nth: usize) -> &Behind {
        self[nth].behind()
    }
}

/// A list of rows, and how people are shown it.
#[derive(Clone, Debug, PartialEq)]
pub struct Table<R> {
    /// Its heading in text and Markdown.
    pub heading: String,
    /// What to say where there is no row.
    pub empty: String,
    /// The columns that people do not see, since the heading or the title says what they would.
    pub hidden: Vec<&'static str>,
    /// The column that people see first, if not in the order of the fields.
    pub first: &'static str,
    /// How people see it.
    pub form: Form,
    /// The rows, in the order they are shown.
    pub rows: Vec<R>,
}

impl<R> Table<R> {
    /// Rows under a heading.
    pub fn new(heading: impl Into<String>, rows: impl IntoIterator<Item = R>) -> Table<R> {
        Table {
            heading: heading.into(),
            empty: String::new(),
            hidden: Vec::new(),
            first: "",
            form: Form::List,
            rows: rows.into_iter().collect(),
        }
    }

    /// The same, with what to say where there is no row.
    pub fn or_else(self, empty: impl Into<String>) -> Table<R> {
        Table {
            empty: empty.into(),
            ..self
        }
    }

    /// The same, with more rows.
    pub fn with(mut self, rows: impl IntoIterator<Item = R>) -> Table<R> {
        self.rows.extend(rows);
        self
    }

    /// The same, of which people do not see these columns.
    pub fn hiding(mut self, hidden: &[&'static str]) -> Table<R> {
        self.hidden.extend(hidden);
        self
    }

    /// The same, of which people see this column first.
    pub fn led_by(self, first: &'static str) -> Table<R> {
        Table { first, ..self }
    }

    /// The same, with a column for each thing in one column, that holds what is in another.
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
    /// This record.
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
            rows: &self.0,
            matrix: None,
        }
    }
}

/// A field of an answer.
pub trait Body {
    /// The columns; none of a matrix.
    const COLUMNS: Option<&'static [Column]>;
    /// Whether it is one record: an object for programs.
    const IS_RECORD: bool = false;
    /// How writers see it.
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
            rows: &self.rows,
            matrix: None,
        }
    }
}

/// What an answer looks like to programs: its name and its tables. The JSON schemas are made of it.
#[derive(Clone, Copy, Debug)]
pub struct Shape {
    /// The name of the answer.
    pub name: &'static str,
    /// What it is, in a sentence.
    pub doc: &'static str,
    /// Its tables.
    pub tables: &'static [TableShape],
}

/// What a table looks like to programs.
#[derive(Clone, Copy, Debug)]
pub struct TableShape {
    /// Its key.
    pub key: &'static str,
    /// What it holds, in a sentence.
    pub doc: &'static str,
    /// Its columns; none of a matrix.
    pub columns: Option<&'static [Column]>,
    /// Whether it is one record: an object for programs.
    pub is_record: bool,
}

/// Defines an answer: its name for programs, and a field for each table; with `ties: Unused` where it neither shows ties nor
/// follows them.
macro_rules! answer {
    ($(#[doc = $about:literal])* pub struct $type:ident = $name:literal $(, ties: $ties:ident)? { $($(#[doc = $doc:literal])* $field:ident: $part:ty,)* }) => {
        $(#[doc = $about])*
        #[derive(Clone, Debug, PartialEq)]
        pub struct $type {
            /// What was asked, in words.
            pub title: String,
            $($(#[doc = $doc])* pub $field: $part,)*
            /// What it does not claim, or takes for granted.
            pub notes: $crate::query::Notes,
        }

        impl $type {
            /// What it looks like to programs.
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

/// What an answer does not claim, takes for granted or leaves out: a sentence for people, and what it is about for programs.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Note {
    /// Which kind of note it is: a word of `[a-z_]` that stays the same.
    pub kind: &'static str,
    /// The sentence.
    pub text: String,
    /// How many there are of what it speaks of.
    pub count: Option<usize>,
    /// What it speaks of.
    pub about: Vec<Entity>,
}

impl Note {
    /// A note of a kind.
    pub fn new(kind: &'static str, text: impl Into<String>) -> Note {
        Note {
            kind,
            text: text.into(),
            ..Note::default()
        }
    }

    /// The same, of so many.
    pub fn of(self, count: usize) -> Note {
        Note {
            count: Some(count),
            ..self
        }
    }

    /// The same, about these.
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
    /// One more.
    pub fn push(&mut self, note: impl Into<Note>) {
        self.0.push(note.into());
    }

    /// More of them.
    pub fn extend<N: Into<Note>>(&mut self, notes: impl IntoIterator<Item = N>) {
        self.0.extend(notes.into_iter().map(N::into));
    }
}

crate::query::table! {
    /// A note, as a row.
    pub struct NoteRow {
        /// Which kind of note it is.
        note: String,
        /// The sentence.
        text: String,
        /// How many there are of what it speaks of.
        count: Option<usize>,
        /// What it speaks of.
        about: Vec<Entity>,
    }
}

impl Notes {
    /// The notes as a table.
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
    /// Not given: an empty cell, `null` in JSON.
    #[default]
    Nothing,
    /// Words.
    Text(String),
    /// A word of a fixed list.
    Word(Word),
    /// Several of them.
    Words(Vec<Word>),
    /// A count or a measure.
    Number(f64),
    /// None of something: 0 for programs, and nothing to look at for people.
    Zero,
    /// A number that is not known, and taken to be this one: nothing for programs.
    Assumed(f64),
    /// A date.
    Date(Date),
    /// Something that has an id: shown by its name; id and name for programs.
    Thing(Entity),
    /// Several of them.
    Things(Vec<Entity>),
    /// What one statement says.
    Said(Said),
    /// Where an actor stands.
    Stands(Stand),
    /// Places in texts.
    Places(Vec<Place>),
}

/// Where an actor stands, and what that rests on.
#[derive(Clone, Debug, PartialEq)]
pub struct Stand {
    /// Where.
    pub verdict: Verdict,
    /// All that is said where that is contested.
    pub said: Vec<Position>,
    /// What it rests on; none of what a single statement says, and where nothing is known.
    pub basis: Option<Basis>,
}

impl Stand {
    /// Nothing is known.
    pub fn unknown() -> Stand {
        Stand {
            verdict: Verdict::Unknown,
            said: Vec::new(),
            basis: None,
        }
    }
}

/// A record that a row rests on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Evidence {
    /// A statement, and what becomes of it in the answer.
    Stance(StanceId, Fate),
    /// A tie.
    Tie(TieId),
    /// Anything that has an id: a meeting, a fact, an actor's own record.
    Thing(Entity),
}

impl Cell {
    /// Whether it has nothing to show.
    pub fn is_empty(&self) -> bool {
        match self {
            Cell::Nothing | Cell::Zero => true,
            Cell::Things(things) => things.is_empty(),
            Cell::Words(words) => words.is_empty(),
            Cell::Places(places) => places.is_empty(),
            _ => false,
        }
    }

    /// Words, or nothing.
    pub fn text(text: impl Into<String>) -> Cell {
        let text = text.into();
        if text.is_empty() {
            Cell::Nothing
        } else {
            Cell::Text(text)
        }
    }

    /// A count.
    pub fn count(count: usize) -> Cell {
        Cell::Number(count as f64)
    }

    /// What one statement says.
    pub fn said(position: Option<Position>) -> Cell {
        Cell::Said(Said(position))
    }

    /// A date, or nothing.
    pub fn date(date: Option<Date>) -> Cell {
        date.map_or(Cell::Nothing, Cell::Date)
    }

    /// Things, or nothing.
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
    /// What kind of record it is: `stance`, `tie`, `meeting` …
    pub fn kind(self) -> &'static str {
        match self {
            Evidence::Stance(..) => "stance",
            Evidence::Tie(_) => "tie",
            Evidence::Thing(entity) => entity.kind().noun(),
        }
    }

    /// Whether the record claims something, so that a source is missing where none is given.
    pub fn is_claim(self) -> bool {
        match self {
            Evidence::Stance(..) | Evidence::Tie(_) => true,
            Evidence::Thing(entity) => matches!(entity, Entity::Meeting(_) | Entity::Fact(_)),
        }
    }

    /// Where the record stands.
    pub fn place(self, graph: &Graph) -> Place {
        match self {
            Evidence::Stance(id, _) => graph[id].place,
            Evidence::Tie(id) => graph[id].place,
            Evidence::Thing(entity) => graph.place(entity),
        }
    }
}
