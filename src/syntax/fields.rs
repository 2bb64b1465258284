//! Reads records and lists: fields and items, what separates them, and mistakes in them.

use super::lex;
use super::read::{Lost, Reader};
use super::recover::{self, Shape};
use crate::diagnostic::Diagnostic;
use crate::text::Place;

#[derive(Clone, Copy)]
pub(super) enum Separated {
    Fields,
    Strings,
    Entries(Shape),
}

/// The most fields that a record may have.
const MOST_FIELDS: usize = 32;

impl<'a> Reader<'a> {
    /// Reads a record `(field: value, …)`. Passes each known field to `each` by its index in
    /// `known`, which `index` finds faster than a search. Keeps track of the fields present,
    /// including those that are misspelt or unreadable.
    #[inline]
    pub(crate) fn fields(
        &mut self,
        name: &'static str,
        known: &'static [&'static str],
        index: fn(&str) -> Option<usize>,
        mut each: impl FnMut(&mut Self, usize) -> Result<(), Lost>,
    ) -> Result<(), Lost> {
        let open = self.at;
        let unwrapped = std::mem::take(&mut self.unwrapped);
        if !unwrapped && !self.unopened(known) {
            self.record_name(name)?;
            if !self.eat(b'(') {
                return Err(self.wrong_type("a record `(…)`"));
            }
        }
        let mut seen = [0_u32; MOST_FIELDS];
        debug_assert!(known.len() <= MOST_FIELDS);
        let (mut has, mut unread) = (0, 0);
        loop {
            self.blank()?;
            if self.peek() == b')' {
                self.at += usize::from(!unwrapped);
                (self.seen, self.unread) = (has, unread);
                return Ok(());
            }
            let start = self.at;
            let Some(field) = self.ident() else {
                return Err(self.not_a_field(name, open));
            };
            let field_end = self.at;
            self.colon(field)?;
            match index(field) {
                Some(index) => {
                    has |= 1 << index;
                    match seen.get_mut(index) {
                        Some(first) if *first == 0 => *first = start as u32 + 1,
                        Some(first) => {
                            unread |= 1 << index;
                            let first =
                                self.place(*first as usize - 1, *first as usize - 1 + field.len());
                            self.duplicate_field(field, self.place(start, field_end), first);
                        }
                        None => {}
                    }
                    let lost = std::mem::take(&mut self.lost);
                    let read = each(self, index);
                    // A nested record that lacks a required field is of no use.
                    unread |= u32::from(self.lost) << index;
                    self.lost |= lost;
                    match read {
                        Ok(()) => {}
                        Err(Lost::Value) => unread |= 1 << index,
                        Err(Lost::Place) => return Err(Lost::Place),
                    }
                }
                None => {
                    // A field that is given already is not meant.
                    let is_given =
                        |known: &str| index(known).is_some_and(|nth| has & 1 << nth != 0);
                    let place = self.place(start, field_end);
                    let near = self.unknown_field(name, field, known, &is_given, place);
                    let meant = near.iter().filter_map(|near| index(near));
                    let meant = meant.fold(0, |meant, nth| meant | 1 << nth);
                    (has, unread) = (has | meant, unread | meant);
                    self.skip_value()?;
                }
            }
            self.separator(Separated::Fields, b')', open)?;
        }
    }

    /// Reads the name before a record's parentheses, if there is one.
    pub(super) fn record_name(&mut self, name: &'static str) -> Result<(), Lost> {
        let start = self.at;
        match self.ident() {
            Some(found) if found == name => self.blank(),
            Some(_) if self.peek_after_blank() == b'(' => {
                let place = self.place(start, self.at);
                let message = format!("expected `{name}`, found `{}`", &self.text[start..self.at]);
                self.report(
                    Diagnostic::error(
                        "wrong-type",
                        message,
                        place,
                        format!("this record is a `{name}`"),
                    )
                    .help(format!("write `{name}(…)`, or leave the name out: `(…)`"))
                    .fix(place, name),
                );
                self.blank()
            }
            Some(_) => {
                self.at = start;
                Err(self
                    .wrong_type(&format!("a record `({name} …)`").replace(&format!("{name} "), "")))
            }
            None if self.extensions.explicit_struct_names && self.peek() == b'(' => {
                let place = self.place(start, start + 1);
                self.report(
                    Diagnostic::error(
                        "syntax",
                        format!("expected `{name}(`"),
                        place,
                        "the record's name is missing",
                    )
                    .help("this file enables `explicit_struct_names`")
                    .fix(self.place(start, start), name),
                );
                Ok(())
            }
            None => Ok(()),
        }
    }

    /// Reports an entry that starts with a field instead of a parenthesis. Returns whether it does.
    pub(super) fn unopened(&mut self, known: &[&str]) -> bool {
        if self.at != self.entry_start || self.peek() == b'(' {
            return false;
        }
        let Some((word, end)) =
            lex::ident(self.text, self.at).filter(|(word, _)| known.contains(word))
        else {
            return false;
        };
        if !lex::blank(self.text, end).is_ok_and(|colon| lex::byte(self.text, colon) == b':') {
            return false;
        }
        let (field, before) = (self.place(self.at, end), self.place(self.at, self.at));
        let message = format!("expected `(` before `{word}`");
        self.report(
            Diagnostic::error("syntax", message, field, "a record starts here")
                .help("add the missing `(`")
                .fix(before, "("),
        );
        true
    }

    #[inline]
    pub(super) fn colon(&mut self, field: &str) -> Result<(), Lost> {
        match lex::neat(self.text, b':', self.at) {
            Some(end) => self.at = end,
            None => self.any_colon(field)?,
        }
        Ok(())
    }

    fn any_colon(&mut self, field: &str) -> Result<(), Lost> {
        let behind = self.at;
        self.blank()?;
        if !self.eat(b':') {
            if self.mistaken(b'=', ":") {
                return self.blank();
            }
            if matches!(self.peek(), b',' | b')' | b'}' | b']' | 0)
                || self.unclosed_string("`:`").is_some()
            {
                return Err(self.unexpected(&format!("`:` and a value after `{field}`")));
            }
            let place = self.place(behind, behind);
            let colon = if self.at > behind { ":" } else { ": " };
            let message = format!("expected `:` after `{field}`");
            let finding = Diagnostic::error("syntax", message, place, "a colon is missing here");
            self.report(finding.help("add a colon").fix(place, colon));
        }
        self.blank()
    }

    /// Reads a list `[item, …]`, or a list in other brackets.
    pub(super) fn items(
        &mut self,
        open: usize,
        close: u8,
        mut each: impl FnMut(&mut Self) -> Result<(), Lost>,
    ) -> Result<(), Lost> {
        loop {
            self.blank()?;
            if self.eat(close) {
                return Ok(());
            }
            if matches!(self.peek(), b')' | b']' | b'}' | b':' | b',') || self.at >= self.text.len()
            {
                return Err(self.mismatch(open, close));
            }
            if each(self) == Err(Lost::Place) {
                return Err(Lost::Place);
            }
            self.separator(Separated::Strings, close, open)?;
        }
    }

    /// Reads the comma between two fields or items. Reports a missing one, and reading continues.
    #[inline]
    pub(super) fn separator(
        &mut self,
        what: Separated,
        close: u8,
        open: usize,
    ) -> Result<(), Lost> {
        match lex::neat(self.text, b',', self.at) {
            Some(end) => self.at = end,
            // After the last field of a record comes the parenthesis.
            None if self.peek() == close => {}
            None => self.any_separator(what, close, open)?,
        }
        Ok(())
    }

    fn any_separator(&mut self, what: Separated, close: u8, open: usize) -> Result<(), Lost> {
        let behind = self.at;
        if self.comma()? || self.peek() == close || self.mistaken(b';', ",") {
            return Ok(());
        }
        let next = match what {
            Separated::Fields => recover::is_field(&self.text[self.at..]),
            Separated::Strings => {
                lex::is_string(self.text, self.at) && self.runaway_string().is_none()
            }
            Separated::Entries(shape) => recover::is_entry(self.text, self.at, shape),
        };
        if next && self.at < self.text.len() && self.runaway_string().is_none() {
            self.missing_comma(behind);
            return Ok(());
        }
        if self.at >= self.text.len() || matches!(self.peek(), b')' | b']' | b'}') {
            return Err(self.mismatch(open, close));
        }
        Err(self.unexpected(&format!("`,` or `{}`", char::from(close))))
    }

    pub(super) fn missing_comma(&mut self, behind: usize) {
        let place = self.place(behind, behind);
        self.report(
            Diagnostic::error("syntax", "expected `,`", place, "a comma is missing here")
                .help("add a comma")
                .fix(place, ","),
        );
    }

    pub(super) fn not_a_field(&mut self, name: &str, open: usize) -> Lost {
        let is_whole = !self.landmarks.is_empty() && name == "Graph";
        let next_entry = self.peek() == b'(' || recover::is_entry(self.text, self.at, Shape::Map);
        if self.at >= self.text.len()
            || matches!(self.peek(), b']' | b'}')
            || (next_entry && !is_whole)
        {
            return self.mismatch(open, b')');
        }
        self.unexpected("a field or `)`")
    }

    pub(crate) fn duplicate_field(&mut self, field: &str, place: Place, first: Place) {
        self.report(given_twice(field, place, first));
    }

    /// Reports an unknown field, and returns the fields that may be meant: of those known, any that is
    /// not given already.
    pub(crate) fn unknown_field(
        &mut self,
        name: &str,
        field: &str,
        known: &[&'static str],
        is_given: &dyn Fn(&str) -> bool,
        place: Place,
    ) -> Vec<&'static str> {
        let left = known.iter().copied().filter(|known| !is_given(known));
        let left: Vec<&'static str> = left.collect();
        let message = format!("`{name}` has no field `{field}`");
        let mut diagnostic = Diagnostic::error("unknown-field", message, place, "unknown field");
        let near = crate::words::equally_near(field, left.iter().copied());
        let other = match left.len() == known.len() {
            true => "",
            false => "other ",
        };
        diagnostic = match near[..] {
            [] => diagnostic.help(format!(
                "its {other}fields are {}",
                crate::words::listed(left.iter())
            )),
            _ => diagnostic.did_you_mean(place, field, &near, str::to_owned),
        };
        self.report(diagnostic);
        near
    }

    /// Notes that a record lacks a required field. Reports it, unless a mistake in it has already
    /// been reported. The value in its place means nothing.
    pub(crate) fn lost_field(&mut self, name: &str, field: &str, index: usize, start: usize) {
        self.lost = true;
        self.unread |= 1 << index;
        if self.seen & 1 << index != 0 {
            return;
        }
        let line = self.text[start..self.at]
            .find(['\n', '\r'])
            .map_or(self.at, |length| start + length);
        let place = self.place(start, line);
        self.report(
            Diagnostic::error(
                "missing-field",
                format!("this `{name}` has no `{field}`"),
                place,
                format!("`{field}` is missing"),
            )
            .help(format!("add `{field}: …`")),
        );
    }
}

/// Returns an error about a field or section that is given twice.
pub(crate) fn given_twice(field: &str, place: Place, first: Place) -> Diagnostic {
    Diagnostic::error(
        "duplicate-field",
        format!("field `{field}` is given twice"),
        place,
        "given again here",
    )
    .label(first, "first given here")
    .help("keep one of the two")
}
