//! What an answer consists of. It is data about one graph; `render` makes text, JSON, CSV or Markdown of it.

use crate::graph::{Entity, Fate, StanceId, TieId, Verdict};
use crate::model::{Date, Position};
use crate::text::Place;

/// An answer.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Answer {
    /// What was asked, in words: a heading.
    pub title: String,
    /// The parts, in the order they are shown.
    pub sections: Vec<Section>,
    /// What the answer does not claim, or takes for granted.
    pub notes: Vec<String>,
}

/// A part of an answer: a table.
#[derive(Clone, Debug, PartialEq)]
pub struct Section {
    /// Its name in JSON and CSV, in snake case.
    pub key: &'static str,
    /// Its heading in text and Markdown.
    pub heading: String,
    /// The names of the columns, in snake case; text shows them with blanks.
    pub columns: &'static [&'static str],
    /// The rows, in the order they are shown; each has a cell for every column.
    pub rows: Vec<Row>,
    /// What to say where there is no row; where it is empty too, the section is not shown in text.
    pub empty: String,
}

/// A row: what it says, and what that rests on.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Row {
    /// A cell for every column.
    pub cells: Vec<Cell>,
    /// The record that the row shows, where it is one.
    pub place: Option<Place>,
    /// The statements behind it.
    pub evidence: Vec<Evidence>,
}

/// A value in a row.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Cell {
    /// Not given: an empty cell, `null` in JSON.
    #[default]
    Nothing,
    /// Words.
    Text(String),
    /// A count or a measure.
    Number(f64),
    /// Yes or no.
    Flag(bool),
    /// A date.
    Date(Date),
    /// Something that has an id: shown by its name; id and name in JSON.
    Thing(Entity),
    /// Several of them.
    Things(Vec<Entity>),
    /// Where an actor stands; of a contested position, all that is said.
    Stands(Verdict, Vec<Position>),
}

/// A record that a row rests on.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Evidence {
    /// A statement, and what becomes of it in the answer.
    Stance(StanceId, Fate),
    /// A tie.
    Tie(TieId),
    /// Anything that has an id: a meeting, a fact, an actor's own record.
    Thing(Entity),
}
