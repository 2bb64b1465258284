//! Reads sections and the whole file entry by entry, and finds where to continue after a mistake
//! that lost the position.

use std::borrow::Cow;

use super::fields::Separated;
use super::lex;
use super::read::{Lost, Reader};
use super::recover::{self, Resume, Shape};
use crate::diagnostic::Diagnostic;
use crate::text::Span;

/// A callback for an entry. It gets the key, if there is one (in a map it may be missing, which is
/// reported), and the start of the entry.
pub(crate) type EachEntry<'f, 'a> =
    dyn FnMut(&mut Reader<'a>, Option<Cow<'a, str>>, usize) -> Result<(), Lost> + 'f;

/// Where reading starts: at the beginning of the text, or inside a section.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Start {
    Document,
    Inside,
}

/// How a section ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Ended {
    /// By its closing bracket.
    Closed,
    /// By a mistake; the reader is positioned at the next section.
    AtSection,
    /// Because the reader was told to stop.
    Stopped,
}

impl<'a> Reader<'a> {
    /// Reads a section: passes each entry of a list or a map to `each`, with its key's string
    /// (`None` in a list) and its start. After a mistake that lost the position, continues at the
    /// next line that looks like an entry. Returns `Lost::Place` if the section's own end could not
    /// be found either. Asks `stop` before each entry of a list.
    pub(crate) fn entries(
        &mut self,
        shape: Shape,
        stop: &mut dyn FnMut(usize) -> bool,
        each: &mut EachEntry<'_, 'a>,
    ) -> Result<Ended, Lost> {
        let (open_bracket, close) = shape.brackets();
        let open = self.at;
        if !self.eat(open_bracket) {
            let found = if open_bracket == b'[' {
                "a list `[ (…), … ]`"
            } else {
                "a map `{ \"id\": (…), … }`"
            };
            return Err(self.wrong_type(found));
        }
        self.entries_from(shape, open, close, stop, each)
    }

    /// Reads a section like [`Self::entries`], but beginning with an entry inside it.
    pub(crate) fn entries_from(
        &mut self,
        shape: Shape,
        open: usize,
        close: u8,
        stop: &mut dyn FnMut(usize) -> bool,
        each: &mut EachEntry<'_, 'a>,
    ) -> Result<Ended, Lost> {
        loop {
            match self.entry(shape, open, close, stop, each) {
                Ok(Some(ended)) => return Ok(ended),
                Ok(None) | Err(Lost::Value) => {}
                Err(Lost::Place) => match recover::resume(
                    self.text,
                    self.lost_at,
                    self.entry_start,
                    Some(shape),
                    self.landmarks,
                ) {
                    Some(Resume::Entry(at)) => self.at = at,
                    Some(Resume::Close(at)) => self.at = at,
                    Some(Resume::Section(at)) => {
                        self.at = at;
                        return Ok(Ended::AtSection);
                    }
                    None => {
                        self.at = self.text.len();
                        return Err(Lost::Place);
                    }
                },
            }
        }
    }

    pub(super) fn entry(
        &mut self,
        shape: Shape,
        open: usize,
        close: u8,
        stop: &mut dyn FnMut(usize) -> bool,
        each: &mut EachEntry<'_, 'a>,
    ) -> Result<Option<Ended>, Lost> {
        self.blank()?;
        if self.eat(close) {
            return Ok(Some(Ended::Closed));
        }
        let start = self.at;
        self.entry_start = start;
        if shape == Shape::List && stop(start) {
            return Ok(Some(Ended::Stopped));
        }
        if self.at >= self.text.len() || matches!(self.peek(), b')' | b']' | b'}') {
            return Err(self.stray_bracket(open, close));
        }
        if recover::is_section(self.text, start, self.landmarks) {
            return Err(self.mismatch(open, close));
        }
        let key = match shape {
            Shape::List => None,
            Shape::Map if self.peek() == b'(' => {
                self.keyless();
                None
            }
            Shape::Map => Some(self.key()?),
        };
        if each(self, key, start) == Err(Lost::Place) {
            return Err(Lost::Place);
        }
        self.separator(Separated::Entries(shape), close, open)?;
        Ok(None)
    }

    /// Reports and skips a superfluous closing bracket. Anything else out of place loses the
    /// position.
    pub(super) fn stray_bracket(&mut self, open: usize, close: u8) -> Lost {
        let behind = self.text.get(self.at + 1..).unwrap_or_default();
        let behind = behind.trim_start_matches([' ', ',', '\r']);
        let alone = behind.is_empty() || behind.starts_with('\n');
        let at_line_start = self.text[..self.at]
            .trim_end_matches([' ', '\t'])
            .ends_with('\n');
        if self.at < self.text.len() && !(alone && at_line_start) {
            let place = self.place(self.at, self.at + 1);
            let message = format!("unexpected `{}`", char::from(self.peek()));
            self.report(
                Diagnostic::error(
                    "syntax",
                    message,
                    place,
                    "nothing is open here for this to close",
                )
                .fix(place, ""),
            );
            self.at += 1;
            return match self.comma() {
                Ok(_) => Lost::Value,
                Err(lost) => lost,
            };
        }
        self.mismatch(open, close)
    }

    /// Reports that a record of a map begins without its id.
    fn keyless(&mut self) {
        let place = self.place(self.at, self.at + 1);
        self.report(
            Diagnostic::error(
                "syntax",
                "expected an id in quotes, found a record",
                place,
                "its id is missing before this",
            )
            .help("records of this section have ids: `\"id\": (…)`"),
        );
    }

    /// Reads the key of a map entry and the colon after it.
    pub(super) fn key(&mut self) -> Result<Cow<'a, str>, Lost> {
        if !lex::is_string(self.text, self.at) {
            let (start, rest) = (self.at, &self.text[self.at..]);
            let length = rest
                .find(|c: char| !c.is_alphanumeric() && !matches!(c, '-' | '_' | '.'))
                .unwrap_or(rest.len());
            // Only the opening quotation mark may be missing.
            let end = start + length + usize::from(lex::byte(rest, length) == b'"');
            if length == 0
                || !lex::blank(self.text, end)
                    .is_ok_and(|colon| lex::byte(self.text, colon) == b':')
            {
                return Err(self.unexpected("an id in quotes"));
            }
            self.at = end;
            let place = self.place(start, end);
            let (found, word) = (&self.text[start..end], &rest[..length]);
            let quoted = format!("\"{word}\"");
            self.report(
                Diagnostic::error(
                    "syntax",
                    format!("expected an id in quotes, found `{found}`"),
                    place,
                    "an id is a string",
                )
                .help(format!("put it in quotes: `{quoted}`"))
                .fix(place, quoted),
            );
            self.colon(word)?;
            return Ok(Cow::Borrowed(word));
        }
        let key = self.string()?;
        self.colon(&key)?;
        Ok(key)
    }

    /// Looks for the next top-level field after the position was lost. Returns whether there is
    /// one.
    pub(crate) fn resume_at_section(&mut self) -> bool {
        match recover::resume(
            self.text,
            self.lost_at,
            self.entry_start,
            None,
            self.landmarks,
        ) {
            Some(Resume::Section(at) | Resume::Close(at) | Resume::Entry(at)) => {
                self.at = at;
                true
            }
            None => {
                self.at = self.text.len();
                false
            }
        }
    }

    /// Reads the top-level fields, `Graph(…)`, or continues among them. `each` returns how a
    /// section ended.
    pub(crate) fn whole(
        &mut self,
        name: &'static str,
        start: Start,
        mut each: impl FnMut(&mut Self, &'a str, Span) -> Result<Ended, Lost>,
    ) -> Ended {
        let open = self.at;
        if start == Start::Document
            && let Err(lost) = self.open_whole(name)
            && (lost == Lost::Value || !self.resume_at_section())
        {
            return Ended::Closed;
        }
        loop {
            match self.field_of_whole(open, &mut each) {
                Ok(Some(ended)) => return ended,
                Ok(None) | Err(Lost::Value) => {}
                Err(Lost::Place) if self.resume_at_section() => {}
                Err(Lost::Place) => return Ended::Closed,
            }
        }
    }

    pub(super) fn open_whole(&mut self, name: &'static str) -> Result<(), Lost> {
        self.record_name(name)?;
        if self.eat(b'(') {
            return Ok(());
        }
        Err(match self.at >= self.text.len() {
            true => {
                let place = self.place(self.at, self.at);
                self.report(Diagnostic::error(
                    "syntax",
                    format!("expected `{name}(`, found the end of the file"),
                    place,
                    "",
                ));
                Lost::Value
            }
            false => self.unexpected(&format!("`{name}(`")),
        })
    }

    pub(super) fn field_of_whole(
        &mut self,
        open: usize,
        each: &mut impl FnMut(&mut Self, &'a str, Span) -> Result<Ended, Lost>,
    ) -> Result<Option<Ended>, Lost> {
        self.blank()?;
        if self.eat(b')') {
            self.end()?;
            return Ok(Some(Ended::Closed));
        }
        let start = self.at;
        self.entry_start = start;
        let Some(field) = self.ident() else {
            return Err(self.not_a_field("Graph", open));
        };
        let name = Span::new(start, self.at);
        self.colon(field)?;
        match each(self, field, name) {
            Ok(Ended::Closed) | Err(Lost::Value) => {}
            Ok(Ended::AtSection) => return Ok(None),
            Ok(Ended::Stopped) => return Ok(Some(Ended::Stopped)),
            Err(Lost::Place) => return Err(Lost::Place),
        }
        self.after_field(open)?;
        Ok(None)
    }

    /// Reads the comma after a top-level field.
    pub(crate) fn after_field(&mut self, open: usize) -> Result<(), Lost> {
        let behind = self.at;
        if self.comma()? || self.peek() == b')' {
            return Ok(());
        }
        if lex::ident(self.text, self.at).is_some_and(|(word, _)| self.landmarks.contains(&word))
            && self.runaway_string().is_none()
        {
            self.missing_comma(behind);
            return Ok(());
        }
        if self.at >= self.text.len() || matches!(self.peek(), b']' | b'}') {
            return Err(self.mismatch(open, b')'));
        }
        Err(self.unexpected("`,` or `)`"))
    }

    pub(super) fn end(&mut self) -> Result<(), Lost> {
        self.blank()?;
        if self.at < self.text.len() {
            let character = self.at + lex::char_at(self.text, self.at).map_or(0, char::len_utf8);
            let place = self.place(
                self.at,
                lex::ident(self.text, self.at).map_or(character, |(_, end)| end),
            );
            self.report(
                Diagnostic::error(
                    "syntax",
                    format!("expected the end of the file, found {}", self.found()),
                    place,
                    "",
                )
                .help("a file holds one `Graph(…)`, and nothing after it"),
            );
        }
        Ok(())
    }
}
