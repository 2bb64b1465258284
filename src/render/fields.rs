//! The cells of a table as fields of columns that don't depend on what the rows hold: those of CSV.
//! Something that has an id fills two, its id and its name; where an actor stands fills nine.

use std::borrow::Cow;
use std::io;
use std::ops::Range;

use crate::graph::{Entity, Graph, Offer, Verdict};
use crate::model::{Date, Position};
use crate::progress::step;
use crate::query::{Behind, Cell, Column, Evidence, Holds, Matrix, Rows, Stand, Value};
use crate::render::cells::Records;
use crate::render::lined::WRITING;
use crate::render::{Places, Why};
use crate::spread;

/// A column of fields.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Heading {
    /// Its name, in letters of `[a-z_]`.
    pub name: String,
    /// What its fields hold.
    pub holds: Type,
}

/// What the fields of a column hold, if they hold anything.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Type {
    /// A text, a key, or several of them in one text.
    Text,
    /// A number.
    Number,
    /// A whole number.
    Whole,
    /// A date.
    Date,
}

/// A field of a line.
#[derive(Clone, Debug, PartialEq)]
pub enum Field<'f> {
    /// Empty.
    Nothing,
    /// A key for programs.
    Key(Cow<'f, str>),
    /// A text from the graph.
    Text(Cow<'f, str>),
    /// A number.
    Number(f64),
    /// A whole number.
    Whole(i64),
    /// A date.
    Date(Date),
    /// Every position that was stated.
    Positions(&'f [Position]),
}

impl Field<'_> {
    /// Returns the field as text, with numbers as `number` writes them; nothing is an empty text.
    pub fn written(&self, number: &dyn Fn(f64) -> String) -> Cow<'_, str> {
        let of_position = |position: &Position| match position.number() {
            Some(at) => number(at),
            None => position.key().to_owned(),
        };
        match self {
            Field::Nothing => "".into(),
            Field::Key(text) | Field::Text(text) => text.as_ref().into(),
            Field::Number(value) => number(*value).into(),
            Field::Whole(value) => value.to_string().into(),
            Field::Date(date) => date.to_string().into(),
            Field::Positions(said) => {
                let said: Vec<String> = said.iter().map(of_position).collect();
                said.join(" ").into()
            }
        }
    }
}

/// Returns the columns of a table.
pub fn headings(columns: &[Column], why: Why) -> Vec<Heading> {
    let of = |column: &Column| {
        let key = column.key;
        let parts = parts(column.holds).iter();
        parts.map(move |(part, holds)| heading(format!("{key}{part}"), *holds))
    };
    let mut headings: Vec<Heading> = columns.iter().flat_map(of).collect();
    headings.extend([heading("file", Type::Text), heading("line", Type::Whole)]);
    if why == Why::Shown {
        // A row may have a column of the same name as a field of the record behind it.
        let behind = BEHIND.iter().map(|(key, holds)| {
            match headings.iter().any(|other| other.name == *key) {
                true => heading(format!("record_{key}"), *holds),
                false => heading(*key, *holds),
            }
        });
        let behind: Vec<Heading> = behind.collect();
        headings.extend(behind);
    }
    headings
}

fn heading(name: impl Into<String>, holds: Type) -> Heading {
    Heading {
        name: name.into(),
        holds,
    }
}

/// Returns the suffixes that turn a column's key into the names of its fields, with what they hold.
fn parts(holds: Holds) -> &'static [(&'static str, Type)] {
    match holds {
        Holds::Thing => &[("", Type::Text), ("_name", Type::Text)],
        Holds::Things => &[("", Type::Text), ("_names", Type::Text)],
        Holds::Said => &[
            ("", Type::Text),
            ("_number", Type::Number),
            ("_condition", Type::Text),
        ],
        Holds::Stand => &[
            ("", Type::Text),
            ("_number", Type::Number),
            ("_said", Type::Text),
            ("_offers", Type::Text),
            ("_statements", Type::Whole),
            ("_independent_sources", Type::Whole),
            ("_newest", Type::Date),
            ("_age_days", Type::Whole),
            ("_grade", Type::Text),
        ],
        Holds::Number => &[("", Type::Number)],
        Holds::Date => &[("", Type::Date)],
        Holds::Text | Holds::Word | Holds::Words | Holds::Places | Holds::Any => {
            &[("", Type::Text)]
        }
    }
}

/// The columns for a record behind a row.
const BEHIND: [(&str, Type); 11] = [
    ("record", Type::Text),
    ("id", Type::Text),
    ("summary", Type::Text),
    ("quote", Type::Text),
    ("said_by", Type::Text),
    ("said_by_name", Type::Text),
    ("said_on", Type::Date),
    ("said_in", Type::Text),
    ("at", Type::Text),
    ("status", Type::Text),
    ("where", Type::Text),
];

/// Puts the lines of a table into parts, on all cores: `put` is called with a part that `new` began and
/// a field for each heading. `take` gets the parts in order. With [`Why::Shown`], there is a line for
/// each record behind a row.
///
/// # Errors
/// What `take` returns.
pub fn in_parts<P: Send>(
    graph: &Graph,
    rows: &dyn Rows,
    why: Why,
    new: impl Fn() -> P + Sync,
    put: impl Fn(&mut P, &[Field<'_>]) + Sync,
    take: impl FnMut(P) -> io::Result<()>,
) -> io::Result<()> {
    let (places, records) = (Places::new(graph), Records::new(graph));
    let lines = Lines {
        cells: Cells {
            graph,
            places: &places,
        },
        records: &records,
        columns: rows.columns(),
        fields: headings(rows.columns(), why).len(),
        why,
    };
    let progress = step(WRITING, rows.count());
    let make = |range: Range<usize>| {
        let mut part = new();
        rows.each(range, &mut |cells, behind| {
            progress.advance();
            lines.of(&cells, &behind, &mut |fields| put(&mut part, fields));
        });
        part
    };
    spread::in_parts(0..rows.count(), make, take)
}

/// Makes the lines of rows.
struct Lines<'c> {
    cells: Cells<'c>,
    records: &'c Records<'c>,
    columns: &'c [Column],
    /// How many fields a line has.
    fields: usize,
    why: Why,
}

impl Lines<'_> {
    /// Puts the lines of a row.
    fn of(&self, cells: &[Cell], behind: &Behind, put: &mut dyn FnMut(&[Field<'_>])) {
        let mut fields = Vec::with_capacity(self.fields);
        for (column, cell) in self.columns.iter().zip(cells) {
            self.cells.add(column.holds, cell, &mut fields);
        }
        fields.extend(self.cells.place(behind));
        match self.why {
            Why::Brief => put(&fields),
            Why::Shown if behind.evidence.is_empty() => {
                fields.resize(fields.len() + BEHIND.len(), Field::Nothing);
                put(&fields);
            }
            Why::Shown => {
                let own = fields.len();
                for evidence in &behind.evidence {
                    fields.truncate(own);
                    fields.extend(self.cells.record(self.records, *evidence));
                    put(&fields);
                }
            }
        }
    }
}

/// Returns the columns of a matrix, cell by cell.
pub fn matrix_headings(matrix: &Matrix) -> impl Iterator<Item = Heading> {
    let figures = match matrix.is_net() {
        true => ["net", "same", "opposite"].map(|key| heading(key, Type::Whole)),
        false => [
            heading("value", Type::Number),
            heading("word", Type::Text),
            heading("rests_on", Type::Whole),
        ],
    };
    let other = match matrix.is_symmetric() {
        true => "other",
        false => "issue",
    };
    let sides = ["actor", other].into_iter();
    let sides = sides.flat_map(|side| [side.to_owned(), format!("{side}_name")]);
    sides.map(|name| heading(name, Type::Text)).chain(figures)
}

/// Calls `put` with each cell of a matrix that is not empty: a field for each of its headings. A
/// symmetric one has each pair once.
pub fn each_cell(graph: &Graph, matrix: &Matrix, put: &mut dyn FnMut(&[Field<'_>])) {
    let named = |entity: Entity| [graph.id(entity), graph.name(entity)];
    let text = |text| Field::Text(Cow::Borrowed(text));
    for (row, column, figure) in matrix.cells() {
        let [first, second] = [named(matrix.rows[row]), named(matrix.columns[column])];
        let [one, two, three] = match (figure.sides, figure.value) {
            (Some((same, opposite)), _) => [
                Field::Whole(i64::from(same) - i64::from(opposite)),
                Field::Whole(same.into()),
                Field::Whole(opposite.into()),
            ],
            (None, Value::Number(number)) => [
                Field::Number(number),
                Field::Nothing,
                Field::Whole(figure.on.into()),
            ],
            (None, Value::Word(word)) => [
                Field::Nothing,
                Field::Key(word.key().into()),
                Field::Whole(figure.on.into()),
            ],
        };
        let [id, name] = first.map(text);
        let [other, other_name] = second.map(text);
        put(&[id, name, other, other_name, one, two, three]);
    }
}

/// Makes fields of cells.
struct Cells<'c> {
    graph: &'c Graph,
    places: &'c Places<'c>,
}

impl<'c> Cells<'c> {
    /// Adds the fields of a cell, as many as its column has.
    fn add<'f>(&self, holds: Holds, cell: &'f Cell, fields: &mut Vec<Field<'f>>)
    where
        'c: 'f,
    {
        let end = fields.len() + parts(holds).len();
        match cell {
            Cell::Nothing | Cell::Assumed(_) => {}
            Cell::Zero => fields.push(Field::Number(0.0)),
            Cell::Text(text) => fields.push(Field::Text(text.into())),
            Cell::Word(word) => fields.push(Field::Key(word.key.as_ref().into())),
            Cell::Words(words) => {
                let keys: Vec<&str> = words.iter().map(|word| word.key.as_ref()).collect();
                fields.push(Field::Key(keys.join(" ").into()));
            }
            Cell::Number(number) => fields.push(Field::Number(*number)),
            Cell::Date(date) => fields.push(Field::Date(*date)),
            Cell::Thing(entity) => fields.extend([self.id(*entity), self.name(*entity)]),
            Cell::Things(things) => {
                let ids = things.iter().map(|entity| self.graph.id(*entity));
                let names = things.iter().map(|entity| self.graph.name(*entity));
                fields.extend([joined(ids, " "), joined(names, "; ")]);
            }
            Cell::Said(said) => {
                fields.extend(verdict(
                    said.position.map_or(Verdict::Unknown, Verdict::Stands),
                ));
                let condition = said.condition.as_deref();
                fields.push(condition.map_or(Field::Nothing, |text| Field::Text(text.into())));
            }
            Cell::Stands(stand) => add_stand(stand, fields),
            Cell::Places(several) => {
                let places = several.iter().map(|place| self.places.line(*place));
                let places: Vec<String> = places.collect();
                fields.push(text(places.join(" ")));
            }
        }
        fields.resize(end, Field::Nothing);
    }

    fn id(&self, entity: Entity) -> Field<'c> {
        Field::Text(self.graph.id(entity).into())
    }

    fn name(&self, entity: Entity) -> Field<'c> {
        Field::Text(self.graph.name(entity).into())
    }

    fn place(&self, behind: &Behind) -> [Field<'c>; 2] {
        match behind.place {
            Some(place) => [
                Field::Text(self.places.file(place).into()),
                Field::Whole(self.places.line_number(place) as i64),
            ],
            None => [Field::Nothing, Field::Nothing],
        }
    }

    /// Returns the fields of a record behind a row, in the order of `BEHIND`.
    fn record(&self, records: &Records<'_>, evidence: Evidence) -> [Field<'c>; BEHIND.len()] {
        let record = records.read(evidence);
        let id = match evidence {
            Evidence::Thing(entity) => self.id(entity),
            Evidence::Stance(..) | Evidence::Tie(_) => Field::Nothing,
        };
        let sources = record.sources.iter().map(|id| self.graph[*id].id.as_ref());
        let status = match evidence {
            Evidence::Stance(_, fate) => Field::Key(fate.key().into()),
            Evidence::Tie(_) | Evidence::Thing(_) => Field::Nothing,
        };
        [
            Field::Key(evidence.kind().into()),
            id,
            text(record.summary.clone()),
            text(record.quote.clone()),
            record.said_by.map_or(Field::Nothing, |by| self.id(by)),
            record.said_by.map_or(Field::Nothing, |by| self.name(by)),
            record.date.map_or(Field::Nothing, Field::Date),
            joined(sources, " "),
            text(record.at.clone()),
            status,
            Field::Text(self.places.line(evidence.place(self.graph)).into()),
        ]
    }
}

/// Joins texts; a single one is not copied.
fn joined<'f>(mut texts: impl Iterator<Item = &'f str>, separator: &str) -> Field<'f> {
    let Some(first) = texts.next() else {
        return Field::Nothing;
    };
    let mut joined = Cow::Borrowed(first);
    for text in texts {
        let joined = joined.to_mut();
        joined.push_str(separator);
        joined.push_str(text);
    }
    Field::Text(joined)
}

/// Returns the field of a text; of an empty one, nothing.
fn text<'f>(text: impl Into<Cow<'f, str>>) -> Field<'f> {
    let text = text.into();
    match text.is_empty() {
        true => Field::Nothing,
        false => Field::Text(text),
    }
}

fn verdict(verdict: Verdict) -> [Field<'static>; 2] {
    let number = verdict.number().map(Field::Number);
    [
        Field::Key(verdict.key().into()),
        number.unwrap_or(Field::Nothing),
    ]
}

fn add_stand<'f>(stand: &'f Stand, fields: &mut Vec<Field<'f>>) {
    let offers: Vec<String> = stand.offers.iter().map(Offer::words).collect();
    fields.extend(verdict(stand.verdict));
    fields.extend([Field::Positions(&stand.said), text(offers.join("; "))]);
    if let Some(basis) = stand.basis {
        let count = |count: usize| Field::Whole(i64::try_from(count).unwrap_or(i64::MAX));
        fields.extend([
            count(basis.statements),
            count(basis.independent),
            basis.newest.map_or(Field::Nothing, Field::Date),
            basis
                .age
                .map_or(Field::Nothing, |days| Field::Whole(days.into())),
            basis.grade.map_or(Field::Nothing, |grade| {
                Field::Text(grade.to_string().into())
            }),
        ]);
    }
}
