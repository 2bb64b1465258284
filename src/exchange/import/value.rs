//! What the cells of a row hold: dates, numbers and words.

use crate::exchange::import::row::Row;
use crate::exchange::import::{Got, Import, Not};
use crate::exchange::map::{Choice, Column, Number, Piece, Recorded, StancePart, Template};
use crate::graph::Entity;
use crate::model::{Date, GREATEST, Position, Record, RecordKind, Str};
use crate::resolve::errors;
use crate::syntax::Rare;
use crate::words::any_meant;

/// Which numbers a field may have.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Range {
    Any,
    /// 0 to 1.
    Share,
    /// 0 and up.
    Positive,
    /// 1 to 6.
    Grade,
}

impl Range {
    fn refuses(self, number: f64) -> Option<&'static str> {
        match self {
            Range::Share if !(0.0..=1.0).contains(&number) => Some("0 to 1"),
            Range::Positive if number < 0.0 => Some("0 or more"),
            _ if number.abs() > GREATEST => Some("up to 1e15"),
            Range::Grade if !(1.0..=6.0).contains(&number) || number.fract() != 0.0 => {
                Some("1 to 6")
            }
            _ => None,
        }
    }
}

impl Import<'_> {
    pub(super) fn date(
        &mut self,
        row: &Row<'_>,
        template: &Template,
        cell: &str,
    ) -> Got<Option<Date>> {
        let Some(written) = row.text(template, cell) else {
            return Ok(None);
        };
        // What the map itself says may be written as in the format.
        let own: Option<Date> = written.parse().ok().filter(|_| template.is_constant());
        let date = own.map_or_else(|| row.bound.forms.read(written.trim()), Ok);
        date.map(Some).map_err(|(message, help)| {
            if template.is_constant() {
                let help = help.unwrap_or_else(|| "correct the map".to_owned());
                self.mistake_with(template.place, message, "no date", help);
                return Not::Reported;
            }
            let slot = template.column().map_or(0, |column| column.slot);
            self.wrong(row, slot, &message, help)
        })
    }

    /// Reports what is wrong with a record by itself, each at the cell that says so, else in the map.
    /// `text` is the record as a file has it, and `part` what the map says of it.
    pub(super) fn check_record(
        &mut self,
        row: &Row<'_>,
        kind: RecordKind,
        (record, text): (&Record<'_>, &str),
        part: &dyn Recorded,
    ) -> Got<()> {
        let errors = errors(text, kind, record);
        if errors.is_empty() {
            return Ok(());
        }
        for (field, error) in errors {
            let column = field.and_then(|field| part.column_of(field));
            let help = error.help.into_iter().next();
            match (column, help) {
                (Some(column), help) => {
                    self.wrong(row, column.slot, &error.message, help);
                }
                (None, Some(help)) => self.mistake_with(part.span(), error.message, "", help),
                (None, None) => self.mistake(part.span(), error.message, ""),
            }
        }
        Err(Not::Reported)
    }

    pub(super) fn number(
        &mut self,
        row: &Row<'_>,
        number: &Number,
        range: Range,
    ) -> Got<Option<f64>> {
        match number {
            Number::Nothing => Ok(None),
            Number::Always(number) => Ok(Some(*number)),
            Number::Of(column, whole) => self.number_in(row, column, *whole, range),
        }
    }

    /// Reads a number, a share of `whole`.
    fn number_in(
        &mut self,
        row: &Row<'_>,
        column: &Column,
        whole: f64,
        range: Range,
    ) -> Got<Option<f64>> {
        let cell = row.cell(column.slot);
        if cell.is_empty() {
            return Ok(None);
        }
        let read = match row.bound.decimal {
            '.' => cell.parse::<f64>(),
            // A point then separates thousands, or is another decimal: nobody can tell.
            _ if cell.contains('.') => "".parse(),
            decimal => cell.replace(decimal, ".").parse(),
        };
        let Some(read) = read.ok().filter(|number| number.is_finite()) else {
            let message = format!("`{cell}` is no number");
            let help = "write it without separators of thousands, and with decimals as `decimal` in the map says";
            let help = cell.contains(['.', ',']).then(|| help.to_owned());
            return Err(self.wrong(row, column.slot, &message, help));
        };
        let value = read / whole;
        let Some(why) = range.refuses(value) else {
            return Ok(Some(value));
        };
        let is_percent = range == Range::Share && whole == 1.0;
        let help = is_percent.then(|| {
            format!(
                "where {cell} of 100 is meant, write `Share(\"{}\", 100)`",
                column.name
            )
        });
        let message = format!("`{cell}` is out of range: {why}");
        Err(self.wrong(row, column.slot, &message, help))
    }

    pub(super) fn credibility(&mut self, row: &Row<'_>, number: &Number) -> Got<Option<u32>> {
        let number = self.number(row, number, Range::Grade)?;
        Ok(number.map(|number| number as u32))
    }

    /// Returns the word that a row has, or `None` if the field is left out.
    pub(super) fn choice<W: Clone>(&mut self, row: &Row<'_>, choice: &Choice<W>) -> Got<Option<W>> {
        let (column, values, other) = match choice {
            Choice::Nothing => return Ok(None),
            Choice::Always(word) => return Ok(Some(word.clone())),
            Choice::Number(column) => {
                let message = format!("`{}` is a word of the format, not a cell", column.name);
                self.mistake(column.place, message, "write `Values(\"…\", {…})`");
                return Err(Not::Reported);
            }
            Choice::Values(column, values, other) => (column, values, other),
        };
        let cell = row.cell(column.slot);
        match values.iter().find(|(value, _)| value == cell) {
            Some((_, Some(word))) => return Ok(Some(word.clone())),
            Some((_, None)) => return Err(Not::Skipped),
            // What is missing is not any other value.
            None if other.is_some() && !cell.is_empty() => return Ok(other.clone()),
            None => {}
        }
        let message = format!("the map does not say what `{cell}` means");
        Err(self.wrong_with(row, column.slot, &message, |_| {
            let values = values.iter().map(|(value, _)| value.as_str());
            let meant = any_meant(cell, values).filter(|_| !cell.is_empty());
            meant.unwrap_or_else(|| {
                "say in the map what it means, or leave it out: `Skip`".to_owned()
            })
        }))
    }

    /// Returns the position that a row has; a number is one on the scale of the issue.
    pub(super) fn position(
        &mut self,
        row: &Row<'_>,
        part: &StancePart,
        issue: &str,
    ) -> Got<Option<Position>> {
        let (position, column) = match &part.position {
            Choice::Number(column) => {
                let number = self.number_in(row, column, 1.0, Range::Any)?;
                (number.map(Position::At), Some(column))
            }
            choice @ Choice::Values(column, ..) => (self.choice(row, choice)?, Some(column)),
            choice => (self.choice(row, choice)?, None),
        };
        let (levels, scale) = self.measure(issue);
        let misfit = position.and_then(|position| position.misfit(issue, levels, scale));
        match (misfit, column) {
            (None, _) => Ok(position),
            (Some(misfit), Some(column)) => {
                Err(self.wrong(row, column.slot, &misfit.message, Some(misfit.help)))
            }
            (Some(misfit), None) => {
                self.mistake_with(part.span, misfit.message, misfit.label, misfit.help);
                Err(Not::Reported)
            }
        }
    }

    /// Returns the number of levels and the scale of an issue, be it made here or of the graph.
    fn measure(&self, issue: &str) -> (Option<u32>, Option<(f64, f64)>) {
        if let Some((RecordKind::Issue, nth)) = self.places.get(issue) {
            let made = self.document.issues.0.get(*nth);
            let scale = made.and_then(|(_, made)| made.scale.as_ref()?.ends());
            return (made.and_then(|(_, made)| made.levels), scale);
        }
        let of_graph = || {
            let others = self.known.others?;
            let Entity::Issue(issue) = others.entity(issue)? else {
                return None;
            };
            let issue = &others.graph[issue];
            Some((issue.levels.map(u32::from), issue.scale))
        };
        of_graph().unwrap_or_default()
    }
}

impl Row<'_> {
    pub(super) fn string(&self, template: &Template, cell: &str) -> Option<Str<'static>> {
        self.text(template, cell).map(Into::into)
    }

    pub(super) fn rare(&self, template: &Template, cell: &str) -> Rare<'static> {
        Rare::of(self.text(template, cell))
    }

    /// Returns the texts of a field that may hold several. A column by itself gives each that `split`
    /// finds in its cell.
    pub(super) fn strings(&self, templates: &[Template], cell: &str) -> Vec<Str<'static>> {
        let each = |template: &Template| -> Vec<Str<'static>> {
            match &template.pieces[..] {
                [Piece::Column(column)] => {
                    let parts = self.names(column.slot).into_iter();
                    parts.map(|part| part.to_owned().into()).collect()
                }
                _ => self.string(template, cell).into_iter().collect(),
            }
        };
        templates.iter().flat_map(each).collect()
    }

    /// Returns the place of the row in its source.
    pub(super) fn at(&self, own: &Template) -> String {
        let at = self.text(own, "").or_else(|| self.text(&self.map.key, ""));
        at.unwrap_or_else(|| match self.bound.of_file {
            true => format!("{}, row {}", self.table.table, self.line.line),
            false => format!("row {}", self.line.line),
        })
    }
}
