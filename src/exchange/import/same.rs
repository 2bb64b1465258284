//! What several rows say of one record has to be the same.

use std::collections::hash_map::DefaultHasher;
use std::hash::{Hash, Hasher};
use std::rc::Rc;

use crate::exchange::import::named::Mention;
use crate::exchange::import::row::Row;
use crate::exchange::import::{Got, Import};
use crate::exchange::map::{Choice, Number, Template};
use crate::model::RecordKind;

/// A field that a cell fills in: its name, the slot of the cell, its row, and a sum of what it says. A field without a
/// value is none: nothing is said of it.
#[derive(Debug)]
pub(super) struct Field {
    name: &'static str,
    slot: usize,
    line: usize,
    sum: u64,
}

impl Import<'_> {
    /// Reports a row that says of a record what another row says otherwise. Names are no such thing: a
    /// record may have several.
    pub(super) fn check_same(
        &mut self,
        row: &Row<'_>,
        mention: Mention<'_>,
        id: &Rc<str>,
    ) -> Got<()> {
        let fields = Fields::of(row, mention);
        // What a graph says of its own records wins.
        if fields.is_empty() || !self.places.contains_key(id) {
            return Ok(());
        }
        let known = self.said.entry((id.clone(), mention.nth)).or_default();
        for field in fields {
            let first = known.iter().find(|one| one.name == field.name);
            match first {
                None => known.push(field),
                Some(first) if first.sum == field.sum => {}
                Some(first) => {
                    let name = field.name;
                    let message = format!("`{id}` has another `{name}` in row {}", first.line);
                    let help = format!("correct one of the rows, or leave `{name}` out of the map");
                    return Err(self.wrong(row, field.slot, &message, Some(help)));
                }
            }
        }
        Ok(())
    }
}

/// Collects the fields of a record that other cells fill in than the one that names it.
struct Fields<'r> {
    row: &'r Row<'r>,
    mention: Mention<'r>,
    all: Vec<Field>,
}

impl<'r> Fields<'r> {
    fn of(row: &'r Row<'r>, mention: Mention<'r>) -> Vec<Field> {
        let mut fields = Fields {
            row,
            mention,
            all: Vec::new(),
        };
        fields.collect();
        fields.all
    }

    fn collect(&mut self) -> Option<()> {
        let (map, nth) = (self.row.map, self.mention.nth);
        match self.mention.kind {
            RecordKind::Issue => {
                let part = map.issues.get(nth)?;
                self.text("question", &part.question);
                self.number("scale.from", &part.scale.from);
                self.number("scale.to", &part.scale.to);
                self.number("status_quo", &part.status_quo);
                self.number("outcome", &part.outcome);
                self.text("decided", &part.decided);
                self.text("note", &part.note);
            }
            RecordKind::Source => {
                let part = map.sources.get(nth)?;
                self.text("publisher", &part.publisher);
                self.text("date", &part.date);
                self.text("url", &part.url);
                self.word("reliability", &part.reliability);
                self.text("text", &part.text);
                self.text("licence", &part.licence);
                self.text("note", &part.note);
            }
            _ => {
                let part = map.actors.get(nth)?;
                self.word("kind", &part.kind);
                self.text("role", &part.role);
                self.number("power", &part.power);
                self.text("note", &part.note);
            }
        }
        Some(())
    }

    fn text(&mut self, name: &'static str, template: &Template) {
        let Some(column) = template.column() else {
            return;
        };
        if let Some(text) = self.row.text(template, self.mention.cell) {
            self.add(name, column.slot, text);
        }
    }

    fn number(&mut self, name: &'static str, number: &Number) {
        if let Number::Of(column, _) = number {
            self.cell(name, column.slot);
        }
    }

    /// Adds a word. Two cells that mean the same word say the same.
    fn word<W: PartialEq>(&mut self, name: &'static str, choice: &Choice<W>) {
        let Choice::Values(column, values, _) = choice else {
            return;
        };
        let cell = self.row.cell(column.slot);
        let word = values.iter().find(|(value, _)| value == cell);
        let first = word.and_then(|(_, word)| values.iter().position(|(_, one)| one == word));
        match first {
            Some(first) => self.add(name, column.slot, first),
            None => self.cell(name, column.slot),
        }
    }

    fn cell(&mut self, name: &'static str, slot: usize) {
        let cell = self.row.cell(slot);
        if !cell.is_empty() {
            self.add(name, slot, cell);
        }
    }

    fn add(&mut self, name: &'static str, slot: usize, said: impl Hash) {
        if slot == self.mention.slot {
            return;
        }
        let mut hasher = DefaultHasher::new();
        said.hash(&mut hasher);
        self.all.push(Field {
            name,
            slot,
            line: self.row.line.line,
            sum: hasher.finish(),
        });
    }
}
