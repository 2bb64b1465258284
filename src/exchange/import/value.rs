//! What the cells of a row hold: dates, numbers and words.

use crate::exchange::import::row::Row;
use crate::exchange::import::{Got, Import, Not};
use crate::exchange::map::{Choice, Column, Number, Template};
use crate::model::{Date, GREATEST, Position, Scale, Str};
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
        let date = row.bound.forms.read(written.trim());
        date.map(Some).map_err(|(message, help)| {
            let slot = template.column().map_or(0, |column| column.slot);
            self.wrong(row, slot, &message, help)
        })
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
            decimal => cell.replace(decimal, ".").parse(),
        };
        let Some(read) = read.ok().filter(|number| number.is_finite()) else {
            let message = format!("`{cell}` is no number");
            return Err(self.wrong(row, column.slot, &message, None));
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
        choice: &Choice<Position>,
        issue: &str,
    ) -> Got<Option<Position>> {
        let Choice::Number(column) = choice else {
            return self.choice(row, choice);
        };
        let Some(number) = self.number_in(row, column, 1.0, Range::Any)? else {
            return Ok(None);
        };
        if self.scale(issue).is_some_and(|scale| !scale.holds(number)) {
            let message = format!("`{number}` is not on the scale of `{issue}`");
            return Err(self.wrong(row, column.slot, &message, None));
        }
        Ok(Some(Position::At(number)))
    }

    /// Returns the scale of an issue that is made here.
    fn scale(&self, issue: &str) -> Option<&Scale<'static>> {
        let nth = self.places.get(issue)?;
        let (id, record) = self.document.issues.0.get(*nth)?;
        record.scale.as_ref().filter(|_| id == issue)
    }
}

impl Row<'_> {
    pub(super) fn string(&self, template: &Template, cell: &str) -> Option<Str<'static>> {
        self.text(template, cell).map(Into::into)
    }

    pub(super) fn rare(&self, template: &Template, cell: &str) -> Rare<'static> {
        Rare::of(self.text(template, cell))
    }

    pub(super) fn strings(&self, templates: &[Template], cell: &str) -> Vec<Str<'static>> {
        let texts = templates.iter().filter_map(|one| self.string(one, cell));
        texts.collect()
    }

    /// Returns the place of the row in its source.
    pub(super) fn at(&self, own: &Template) -> String {
        let at = self.text(own, "").or_else(|| self.text(&self.map.key, ""));
        at.unwrap_or_else(|| format!("row {}", self.line.line))
    }
}
