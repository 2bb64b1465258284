//! A record to which several changes are made one after the other; the result is one splice.

use crate::edit::part::{self, Empty, In};
use crate::edit::quote::quoted;
use crate::edit::records::{laid_out_again, readable, set_in};
use crate::edit::splice::{Refusal, Splice, one_spliced};
use crate::edit::written::{Written, ids};
use crate::model::{Field, Holds};
use crate::syntax::Value;
use crate::text::{Place, Text};
use crate::words::folded;

/// A record as it is in the text, and as changed so far.
pub(super) struct Grown<'t> {
    texts: &'t [Text],
    written: &'t Written,
    /// The record's file as changed so far.
    text: String,
    /// The text removed from it so far.
    pub(super) gone: String,
}

impl<'t> Grown<'t> {
    /// Starts with the record unchanged.
    ///
    /// # Errors
    /// Fails if the record can't be read.
    pub(super) fn of(texts: &'t [Text], written: &'t Written) -> Result<Grown<'t>, Refusal> {
        let within = In::of(texts, written.place.file);
        readable(within, written)?;
        Ok(Grown {
            texts,
            written,
            text: within.text.to_owned(),
            gone: String::new(),
        })
    }

    /// Passes the record as changed so far to `change`, and applies the splices it returns.
    fn change(&mut self, change: impl FnOnce(In<'_>, Value<'_>) -> Vec<Splice>) {
        let within = In {
            text: &self.text,
            file: self.written.place.file,
        };
        let Ok(tape) = readable(within, self.written) else {
            return;
        };
        let splices = change(within, tape.value().unwrapped());
        self.gone.extend(
            splices
                .iter()
                .filter(|splice| splice.text.is_empty())
                .map(|splice| &self.text[splice.place.span.range()]),
        );
        self.text = one_spliced(&self.text, splices.iter().collect());
    }

    /// Returns the RON of a field as changed so far.
    pub(super) fn value(&self, field: Field) -> Option<String> {
        let within = In {
            text: &self.text,
            file: self.written.place.file,
        };
        let tape = readable(within, self.written).ok()?;
        tape.value()
            .unwrapped()
            .field(field.name)
            .map(|value| self.text[value.span().range()].to_owned())
    }

    /// Sets a field to a value, given as RON.
    pub(super) fn set(&mut self, field: Field, value: &str) {
        let kind = self.written.kind;
        self.change(|within, record| set_in(within, record, kind, field, value));
    }

    /// Removes an id from a field, and the field with its last id. Returns where the id was.
    pub(super) fn take_out(&mut self, field: Field, id: &str) -> Option<Place> {
        let tape = readable(In::of(self.texts, self.written.place.file), self.written).ok()?;
        let items = tape.value().unwrapped().field(field.name).map(ids)?;
        let is_it = |item: &Value<'_>| item.string().is_some_and(|string| string == id);
        let first = items.iter().find(|item| is_it(item))?;
        let left = items.iter().filter(|item| !is_it(item)).count();
        for _ in left..items.len() {
            self.change(|within, record| {
                let is_field =
                    |part: &Value<'_>| part.name().is_some_and(|name| name == field.name);
                let Some((nth, value)) =
                    record.parts().enumerate().find(|(_, part)| is_field(part))
                else {
                    return Vec::new();
                };
                let splice = match ids(value).iter().position(is_it) {
                    Some(item) if left > 0 => part::remove(within, value.unwrapped(), item),
                    _ => part::remove(within, record, nth),
                };
                splice.into_iter().collect()
            });
        }
        Some(Place {
            span: first.span(),
            ..self.written.place
        })
    }

    /// Adds an item to a list field unless it is there already; names are compared regardless of
    /// case.
    pub(super) fn add(&mut self, field: Field, item: &str) {
        let kind = self.written.kind;
        self.change(|within, record| {
            let held = texts_of(record, field.name);
            let alike = |other: &String| match field.holds {
                Holds::Texts => folded(other) == folded(item),
                _ => other == item,
            };
            let is_name = field.name == "aliases" && texts_of(record, "name").iter().any(alike);
            match record.field(field.name).map(Value::unwrapped) {
                _ if is_name || held.iter().any(alike) => Vec::new(),
                Some(list) if list.string().is_none() => {
                    part::insert(within, list, held.len(), Empty::Flat, &|_| {
                        quoted(item).into()
                    })
                }
                None if matches!(field.holds, Holds::IdOrIds(_)) => {
                    set_in(within, record, kind, field, &quoted(item))
                }
                _ => {
                    let all: Vec<String> = held
                        .iter()
                        .map(String::as_str)
                        .chain([item])
                        .map(quoted)
                        .collect();
                    set_in(
                        within,
                        record,
                        kind,
                        field,
                        &format!("[{}]", all.join(", ")),
                    )
                }
            }
        });
    }

    /// Returns the splices that turn the old record into the new one.
    pub(super) fn splices(self) -> Vec<Splice> {
        let (texts, place) = (self.texts, self.written.place);
        let before = In::of(texts, place.file);
        let (start, end) = (place.span.start as usize, place.span.end as usize);
        let new = &self.text[start..end + self.text.len() - before.text.len()];
        if *new == before.text[start..end] {
            return Vec::new();
        }
        laid_out_again(
            texts,
            before,
            self.written,
            vec![Splice::new(place.file, start, end, new)],
        )
    }
}

/// Returns the texts that a field of a record holds, whether one or a list.
pub(super) fn texts_of(record: Value<'_>, field: &str) -> Vec<String> {
    let held = record.field(field).map(ids).unwrap_or_default();
    held.into_iter()
        .filter_map(|text| text.string().map(Into::into))
        .collect()
}
