//! What an answer consists of. It is data about one graph; `render` makes text, JSON, CSV or Markdown of it.

use crate::graph::{ActorId, Basis, Entity, Fate, Graph, StanceId, TieId, Verdict};
use crate::model::{Date, Position};
use crate::query::Matrix;
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
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Section {
    /// Its name in JSON and CSV, in snake case.
    pub key: &'static str,
    /// Its heading in text and Markdown.
    pub heading: String,
    /// The columns.
    pub columns: Vec<Column>,
    /// The rows, in the order they are shown; each has a cell for every column.
    pub rows: Vec<Row>,
    /// What to say where there is no row; where it is empty too, text and Markdown leave the section out.
    pub empty: String,
    /// In place of rows: a matrix. An answer that has one is that matrix as CSV, and nothing else.
    pub matrix: Option<Box<Matrix>>,
}

/// A column of a section.
#[derive(Clone, Debug, PartialEq)]
pub struct Column {
    /// Its name in JSON and CSV, in snake case, or the id of what it is about.
    pub key: String,
    /// Its heading in text and Markdown; without one, the column is for programs only.
    pub heading: String,
}

/// A row: what it says, and what that rests on.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Row {
    /// A cell for every column.
    pub cells: Vec<Cell>,
    /// The record that the row shows, or the newest that it rests on.
    pub place: Option<Place>,
    /// The records behind it.
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
    /// A date.
    Date(Date),
    /// Something that has an id: shown by its name; id and name in JSON.
    Thing(Entity),
    /// Several of them.
    Things(Vec<Entity>),
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

impl Answer {
    /// Whether it says of a position what that rests on.
    pub fn shows_basis(&self) -> bool {
        let mut cells = self
            .sections
            .iter()
            .flat_map(|section| &section.rows)
            .flat_map(|row| &row.cells);
        cells.any(|cell| matches!(cell, Cell::Stands(Stand { basis: Some(_), .. })))
    }
}

impl Section {
    /// A section without rows yet; columns are named by their keys.
    pub fn new(key: &'static str, heading: impl Into<String>, columns: &[&str]) -> Section {
        let columns = columns
            .iter()
            .map(|key| Column {
                key: (*key).to_owned(),
                heading: key.replace('_', " "),
            })
            .collect();
        Section {
            key,
            heading: heading.into(),
            columns,
            ..Section::default()
        }
    }

    /// The same, with some columns that only programs see: those of this key.
    pub fn for_programs(mut self, keys: &[&str]) -> Section {
        self.columns
            .iter_mut()
            .filter(|column| keys.contains(&column.key.as_str()))
            .for_each(|column| column.heading.clear());
        self
    }

    /// The columns that people see: those with a heading of which some row has a cell.
    pub fn shown(&self) -> Vec<usize> {
        let is_used = |nth: &usize| {
            self.rows.iter().any(|row| {
                row.cells
                    .get(*nth)
                    .is_some_and(|cell| *cell != Cell::Nothing)
            })
        };
        (0..self.columns.len())
            .filter(|nth| !self.columns[*nth].heading.is_empty())
            .filter(is_used)
            .collect()
    }

    /// The same, with what to say where there is no row.
    pub fn or_else(mut self, empty: impl Into<String>) -> Section {
        self.empty = empty.into();
        self
    }

    /// The same, with these rows.
    pub fn with(mut self, rows: impl IntoIterator<Item = Row>) -> Section {
        self.rows.extend(rows);
        self
    }
}

impl Row {
    /// A row of cells.
    pub fn new(cells: impl IntoIterator<Item = Cell>) -> Row {
        Row {
            cells: cells.into_iter().collect(),
            ..Row::default()
        }
    }

    /// The same, showing the record at this place.
    pub fn at(mut self, place: Place) -> Row {
        self.place = Some(place);
        self
    }

    /// The same, resting on these records.
    pub fn because(mut self, evidence: impl IntoIterator<Item = Evidence>) -> Row {
        self.evidence.extend(evidence);
        self
    }
}

impl Cell {
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
        Cell::Stands(Stand {
            verdict: position.map_or(Verdict::Unknown, Verdict::Stands),
            said: Vec::new(),
            basis: None,
        })
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

    /// Places, or nothing.
    pub fn places(places: impl IntoIterator<Item = Place>) -> Cell {
        let places: Vec<Place> = places.into_iter().collect();
        if places.is_empty() {
            Cell::Nothing
        } else {
            Cell::Places(places)
        }
    }

    /// Actors, or nothing.
    pub fn actors<'a>(actors: impl IntoIterator<Item = &'a ActorId>) -> Cell {
        Cell::things(actors.into_iter().map(|id| Entity::Actor(*id)))
    }
}

impl Evidence {
    /// Where the record stands.
    pub fn place(self, graph: &Graph) -> Place {
        match self {
            Evidence::Stance(id, _) => graph.stances[id.index()].place,
            Evidence::Tie(id) => graph.ties[id.index()].place,
            Evidence::Thing(entity) => graph.place(entity),
        }
    }
}
