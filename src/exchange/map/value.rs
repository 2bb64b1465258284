//! The values of a map: texts with columns in them, names, numbers, words.

use std::borrow::Cow;

use crate::diagnostic::Diagnostic;
use crate::exchange::map::{Part, SourcePart};
use crate::model::{
    ActorKind, Likelihood, MeetingKind, MeetingStatus, Position, Reliability, TieKind,
};
use crate::syntax::{Lost, Read, Reader};
use crate::text::Place;

/// A column that a map names.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Column {
    /// Its heading, perhaps with the name of another table before it: `rc.date`.
    pub name: String,
    /// Where the map names it.
    pub place: Place,
    /// The number of its cell in a row, once the tables are known.
    pub slot: usize,
}

impl Column {
    /// Returns whether it is one of a table that belongs to the main one: those have slots after its own.
    fn is_of_join(&self) -> bool {
        self.slot >> 16 > 0
    }
}

/// What a proposed map has where something is to be filled in.
pub(crate) const TO_FILL_IN: &str = "…";

/// Reads a text, and where it stands. One that is still to be filled in is a mistake.
fn filled_in(reader: &mut Reader<'_>) -> Result<(String, Place), Lost> {
    let start = reader.at();
    let text = Cow::read(reader)?.into_owned();
    let place = reader.place(start, reader.at());
    check_filled_in(reader, &text, place);
    Ok((text, place))
}

fn check_filled_in(reader: &mut Reader<'_>, text: &str, place: Place) {
    if text != TO_FILL_IN {
        return;
    }
    let message = format!("`{TO_FILL_IN}` is still to be filled in");
    let finding = Diagnostic::error("import-map", message, place, "nothing is said here");
    reader.report(finding.help("write what it stands for, or leave the field out"));
}

impl Part for Column {
    fn of(reader: &mut Reader<'_>) -> Result<Self, Lost> {
        let (name, place) = filled_in(reader)?;
        Ok(Column {
            name,
            place,
            slot: 0,
        })
    }
    fn columns(&mut self, each: &mut dyn FnMut(&mut Column)) {
        each(self);
    }
}

/// Strings without columns: one, or a list.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Texts {
    /// The strings.
    pub all: Vec<String>,
    /// Where they stand in the map.
    pub place: Place,
}

impl Texts {
    /// Returns the first, or `None` if the field is left out.
    pub fn first(&self) -> Option<&str> {
        self.all.first().map(String::as_str)
    }
}

impl Part for Texts {
    fn of(reader: &mut Reader<'_>) -> Result<Self, Lost> {
        let start = reader.at();
        let mut all = Vec::new();
        reader.one_or_list(|reader| {
            all.push(filled_in(reader)?.0);
            Ok(())
        })?;
        let place = reader.place(start, reader.at());
        Ok(Texts { all, place })
    }
    fn columns(&mut self, _: &mut dyn FnMut(&mut Column)) {}
}

/// A piece of a template.
#[derive(Clone, Debug, PartialEq)]
pub enum Piece {
    /// Text as it is.
    Text(String),
    /// The cell of a column: `{name}`.
    Column(Column),
    /// The cell that names the record: `{}`.
    Cell,
    /// The number of the row: `{#}`.
    Row,
}

/// A text with cells in it: `{short} ({rcid})`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Template {
    /// Its pieces; none if the field is left out.
    pub pieces: Vec<Piece>,
    /// Where it stands in the map.
    pub place: Place,
}

impl Template {
    fn parsed(text: &str, place: Place) -> Result<Template, &'static str> {
        let mut pieces = Vec::new();
        let (mut rest, mut plain) = (text, String::new());
        while let Some(at) = rest.find(['{', '}']) {
            plain.push_str(&rest[..at]);
            let brace = &rest[at..at + 1];
            rest = &rest[at + 1..];
            if let Some(after) = rest.strip_prefix(brace) {
                // `{{` stands for a brace; `{}` is the cell.
                plain.push_str(brace);
                rest = after;
                continue;
            }
            let Some((name, after)) = rest.split_once('}').filter(|_| brace == "{") else {
                return Err("a brace has no other");
            };
            if !plain.is_empty() {
                pieces.push(Piece::Text(std::mem::take(&mut plain)));
            }
            pieces.push(match name {
                "" => Piece::Cell,
                "#" => Piece::Row,
                name => Piece::Column(Column {
                    name: name.to_owned(),
                    place,
                    slot: 0,
                }),
            });
            rest = after;
        }
        plain.push_str(rest);
        if !plain.is_empty() || pieces.is_empty() {
            pieces.push(Piece::Text(plain));
        }
        Ok(Template { pieces, place })
    }

    /// Returns whether the field is left out.
    pub fn is_none(&self) -> bool {
        self.pieces.is_empty()
    }

    /// Returns whether it is the same in each row.
    pub(crate) fn is_constant(&self) -> bool {
        let is_text = |piece: &Piece| matches!(piece, Piece::Text(_));
        self.pieces.iter().all(is_text)
    }

    /// Returns the first column it names.
    pub fn column(&self) -> Option<&Column> {
        self.pieces.iter().find_map(|piece| match piece {
            Piece::Column(column) => Some(column),
            _ => None,
        })
    }
}

impl Part for Template {
    fn of(reader: &mut Reader<'_>) -> Result<Self, Lost> {
        // `Of("column")` is the cell of a column here, too.
        if reader.is_at("Of") {
            let column: Column = reader_payload(reader)?;
            let place = column.place;
            let pieces = vec![Piece::Column(column)];
            return Ok(Template { pieces, place });
        }
        let (text, place) = filled_in(reader)?;
        Template::parsed(&text, place).map_err(|wrong| {
            let message = format!("{wrong} in `{text}`");
            let help = "write `{column}` for a cell, `{}` for the cell that names the record, `{#}` for the number of the row, `{{` and `}}` for braces";
            reader.report(
                Diagnostic::error("syntax", message, place, "not a template").help(help),
            );
            Lost::Value
        })
    }
    fn columns(&mut self, each: &mut dyn FnMut(&mut Column)) {
        for piece in &mut self.pieces {
            if let Piece::Column(column) = piece {
                each(column);
            }
        }
    }
}

/// Who or what is meant: the names in a column, or a record by its id.
#[derive(Clone, Debug, PartialEq)]
pub enum Named {
    /// `Of("country")`
    Of(Column),
    /// `Id("un")`
    Id(String, Place),
}

/// Several of these.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Names {
    /// Each of them; none if the field is left out.
    pub all: Vec<Named>,
    /// Where they stand in the map.
    pub place: Place,
}

impl Part for Names {
    fn of(reader: &mut Reader<'_>) -> Result<Self, Lost> {
        let start = reader.at();
        let mut all = Vec::new();
        reader.one_or_list(|reader| {
            all.push(named(reader)?);
            Ok(())
        })?;
        let place = reader.place(start, reader.at());
        Ok(Names { all, place })
    }
    fn columns(&mut self, each: &mut dyn FnMut(&mut Column)) {
        for named in &mut self.all {
            if let Named::Of(column) = named {
                each(column);
            }
        }
    }
}

fn named(reader: &mut Reader<'_>) -> Result<Named, Lost> {
    if reader.is_at("Of") {
        return reader_payload(reader).map(Named::Of);
    }
    if reader.is_at("Id") {
        let column: Column = reader_payload(reader)?;
        return Ok(Named::Id(column.name, column.place));
    }
    Err(reader.wrong_type("a name: `Of(\"column\")`, or `Id(\"id\")`"))
}

/// Reads the one value of the word that comes next.
fn reader_payload<P: Part>(reader: &mut Reader<'_>) -> Result<P, Lost> {
    reader.open_variant()?;
    let value = P::of(reader)?;
    reader.close_variant()?;
    Ok(value)
}

/// A number.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Number {
    /// The field is left out.
    #[default]
    Nothing,
    /// The same in each row.
    Always(f64),
    /// The number in a column, divided by this: `Share("salience", 100)`.
    Of(Column, f64),
}

impl Part for Number {
    fn of(reader: &mut Reader<'_>) -> Result<Self, Lost> {
        if reader.is_at("Of") {
            return reader_payload(reader).map(|column| Number::Of(column, 1.0));
        }
        if reader.is_at("Share") {
            reader.open_variant()?;
            let column = Column::of(reader)?;
            reader.next_value("the number that stands for 1")?;
            let whole = f64::read(reader)?;
            reader.close_variant()?;
            return Ok(Number::Of(column, whole));
        }
        if !reader.is_at_number() {
            return Err(reader.wrong_type("a number, `Of(\"column\")` or `Share(\"column\", 100)`"));
        }
        f64::read(reader).map(Number::Always)
    }
    fn columns(&mut self, each: &mut dyn FnMut(&mut Column)) {
        if let Number::Of(column, _) = self {
            each(column);
        }
    }
}

/// A word of the format.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Choice<W> {
    /// The field is left out.
    #[default]
    Nothing,
    /// The same in each row.
    Always(W),
    /// What the value of a column means, and what any other does; `None` leaves the record out, or is
    /// an error.
    Values(Column, Vec<(String, Option<W>)>, Option<W>),
    /// A number in a column: `At("position")`.
    Number(Column),
}

/// A type whose values are words of the format.
pub(crate) trait Word: Clone + Sized {
    fn of(reader: &mut Reader<'_>) -> Result<Self, Lost>;
}

macro_rules! word_types {
    ($($type:ty),*) => {$(
        impl Word for $type {
            fn of(reader: &mut Reader<'_>) -> Result<Self, Lost> {
                <$type>::read(reader)
            }
        }
    )*};
}

word_types!(
    ActorKind,
    MeetingKind,
    MeetingStatus,
    Likelihood,
    Reliability,
    Position
);

impl Word for TieKind<'static> {
    fn of(reader: &mut Reader<'_>) -> Result<Self, Lost> {
        let start = reader.at();
        let kind = TieKind::read(reader).map(TieKind::into_owned)?;
        if let TieKind::Other(word) = &kind {
            let place = reader.place(start, reader.at());
            check_filled_in(reader, word, place);
            if word.contains(['{', '}']) {
                let message = format!("`{word}` is the same for each row here");
                let finding = Diagnostic::error("import-map", message, place, "not a template");
                reader.report(finding.help("`kind: Of(\"column\")` takes the words of a cell"));
            }
        }
        Ok(kind)
    }
}

impl<W: Word> Part for Choice<W> {
    fn of(reader: &mut Reader<'_>) -> Result<Self, Lost> {
        if reader.is_at("Values") {
            reader.open_variant()?;
            let column = Column::of(reader)?;
            reader.next_value("what its values mean: `{\"yes\": Supports, \"absent\": Skip}`")?;
            let mut values = Vec::new();
            reader.map(|reader, value| {
                let value = value.trim().to_owned();
                let place = reader.place(reader.at(), reader.at());
                check_filled_in(reader, &value, place);
                let word = match reader.is_at("Skip") {
                    true => {
                        reader.skip_word();
                        None
                    }
                    false => Some(W::of(reader)?),
                };
                values.push((value, word));
                Ok(())
            })?;
            let mut other = None;
            if reader.comma()? && !reader.is_closing() {
                other = Some(W::of(reader)?);
            }
            reader.close_variant()?;
            return Ok(Choice::Values(column, values, other));
        }
        if reader.is_at("Of") {
            return reader_payload(reader).map(Choice::Number);
        }
        W::of(reader).map(Choice::Always)
    }
    fn columns(&mut self, each: &mut dyn FnMut(&mut Column)) {
        if let Choice::Values(column, ..) | Choice::Number(column) = self {
            each(column);
        }
    }
}

/// Which rows are meant.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Condition {
    /// All.
    #[default]
    Always,
    /// Those in which a column has one of these values: `Is("type", "visit")`.
    Is(Column, Vec<String>),
    /// Those in which it has none of them: `Not("vote", "")`.
    Not(Column, Vec<String>),
}

impl Condition {
    /// Returns whether it is about a column of a table that belongs to the main one.
    pub(crate) fn is_of_join(&self) -> bool {
        match self {
            Condition::Always => false,
            Condition::Is(column, _) | Condition::Not(column, _) => column.is_of_join(),
        }
    }
}

impl Part for Condition {
    fn of(reader: &mut Reader<'_>) -> Result<Self, Lost> {
        let words = ["Is", "Not"];
        let is = reader.is_at("Is");
        if !is && !reader.is_at("Not") {
            let (word, start) = reader.word("condition", &words)?;
            return Err(reader.unknown_word("condition", word, &words, start));
        }
        reader.open_variant()?;
        let column = Column::of(reader)?;
        reader.next_value("a value, or a list of them")?;
        let values = Texts::of(reader)?.all;
        reader.close_variant()?;
        Ok(match is {
            true => Condition::Is(column, values),
            false => Condition::Not(column, values),
        })
    }
    fn columns(&mut self, each: &mut dyn FnMut(&mut Column)) {
        match self {
            Condition::Always => {}
            Condition::Is(column, _) | Condition::Not(column, _) => each(column),
        }
    }
}

/// Something said of columns: `{"lobbyists": ";"}`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Columns(pub Vec<(Column, Vec<String>)>);

impl Part for Columns {
    fn of(reader: &mut Reader<'_>) -> Result<Self, Lost> {
        let mut all = Vec::new();
        let start = reader.at();
        reader.map(|reader, name| {
            let column = Column {
                name: name.into_owned(),
                place: reader.place(start, start + 1),
                slot: 0,
            };
            all.push((column, Texts::of(reader)?.all));
            Ok(())
        })?;
        Ok(Columns(all))
    }
    fn columns(&mut self, each: &mut dyn FnMut(&mut Column)) {
        for (column, _) in &mut self.0 {
            each(column);
        }
    }
}

/// A table whose rows belong to those of another: `"rc": (file: "roll_calls.csv", by: "rcid")`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Join {
    /// What the map calls it.
    pub name: String,
    /// Its file, beside the map.
    pub file: Texts,
    /// The sheet of a workbook.
    pub sheet: Texts,
    /// The column of the other table that says which row belongs to it.
    pub by: Column,
    /// The column of this table with the same value; that of the same name if left out.
    pub on: Texts,
    /// Whether a row of the other table may have no partner.
    pub optional: Option<bool>,
    /// Where it stands in the map.
    pub place: Place,
}

/// The tables that belong to one.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Joins(pub Vec<Join>);

impl Part for Joins {
    // Which columns its tables have is known only once they are read.
    fn columns(&mut self, _: &mut dyn FnMut(&mut Column)) {}

    fn of(reader: &mut Reader<'_>) -> Result<Self, Lost> {
        const FIELDS: &[&str] = &["file", "by", "on", "optional", "sheet"];
        let mut all = Vec::new();
        reader.map(|reader, name| {
            let start = reader.at();
            let mut join = Join {
                name: name.into_owned(),
                ..Join::default()
            };
            let index = |field: &str| FIELDS.iter().position(|known| *known == field);
            reader.fields("Table", FIELDS, index, |reader, index| {
                match index {
                    0 => join.file = Texts::of(reader)?,
                    1 => join.by = Column::of(reader)?,
                    2 => join.on = Texts::of(reader)?,
                    4 => join.sheet = Texts::of(reader)?,
                    _ => join.optional = Part::of(reader)?,
                }
                Ok(())
            })?;
            join.place = reader.place(start, reader.at());
            all.push(join);
            Ok(())
        })?;
        Ok(Joins(all))
    }
}

/// Where all records come from.
#[derive(Clone, Debug, Default)]
pub enum SourceOf {
    /// The field is left out.
    #[default]
    Nothing,
    /// A source that exists, by its id.
    Id(String, Place),
    /// The source in a column.
    Of(Column),
    /// A source that is declared here.
    New(Box<SourcePart>),
}

impl Part for SourceOf {
    fn of(reader: &mut Reader<'_>) -> Result<Self, Lost> {
        if reader.is_at("Id") || reader.is_at("Of") {
            return Ok(match named(reader)? {
                Named::Of(column) => SourceOf::Of(column),
                Named::Id(id, place) => SourceOf::Id(id, place),
            });
        }
        SourcePart::of(reader).map(|source| SourceOf::New(Box::new(source)))
    }
    fn columns(&mut self, each: &mut dyn FnMut(&mut Column)) {
        match self {
            SourceOf::Nothing | SourceOf::Id(..) => {}
            SourceOf::Of(column) => each(column),
            SourceOf::New(source) => source.columns(each),
        }
    }
}
