//! The reader: values of known types out of RON text, in one pass, past every mistake.
//!
//! A mistake is reported where it is found; what is returned tells only how to go on: [`Lost::Value`] when just this
//! value is unusable and the reader stands behind it, [`Lost::Place`] when the text can't be followed any further and
//! the section has to look for its next record.

use std::borrow::Cow;

use super::lex::{self, LexError};
use super::recover::{self, Resume, Shape};
use crate::diagnostic::Diagnostic;
use crate::text::{FileId, Place, Span};

/// What a mistake cost. It has been reported already.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lost {
    /// This value; reading goes on behind it.
    Value,
    /// The place: what follows can't be made sense of.
    Place,
}

/// A value that can be read from RON.
pub trait Read<'a>: Sized {
    /// Reads the value at the reader's place, blanks before it skipped already.
    ///
    /// # Errors
    /// What a mistake cost, once it has been reported to the reader.
    fn read(reader: &mut Reader<'a>) -> Result<Self, Lost>;
}

/// The extensions of RON that make a difference to what is accepted; a file switches them on by `#![enable(…)]`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Extensions {
    /// `Some(from: 0, to: 1)` for `Some((from: 0, to: 1))`.
    pub unwrap_variant_newtypes: bool,
    /// Every record must say its name: `Stance(…)`.
    pub explicit_struct_names: bool,
}

/// Reads values from one text, from a place in it onwards.
#[derive(Debug)]
pub struct Reader<'a> {
    text: &'a str,
    file: FileId,
    at: usize,
    extensions: Extensions,
    /// The names of the fields of the whole: where they start a line, reading can go on after a mistake.
    landmarks: &'static [&'static str],
    /// The last string read: the one to blame when what follows makes no sense.
    last_string: Span,
    /// Inside a `Some(` that takes the place of the parentheses within.
    pub(super) unwrapped: bool,
    /// Where the entry being read starts.
    entry_start: usize,
    /// Where the last mistake that lost the place was.
    lost_at: usize,
    diagnostics: Vec<Diagnostic>,
}

impl<'a> Reader<'a> {
    /// A reader of a text from an offset on; `landmarks` are the names of the fields of the whole.
    pub fn new(text: &'a str, file: FileId, at: usize, extensions: Extensions, landmarks: &'static [&'static str]) -> Reader<'a> {
        Reader {
            text,
            file,
            at,
            extensions,
            landmarks,
            last_string: Span::default(),
            unwrapped: false,
            entry_start: at,
            lost_at: at,
            diagnostics: Vec::new(),
        }
    }

    /// What was found wrong so far.
    pub fn into_diagnostics(self) -> Vec<Diagnostic> {
        self.diagnostics
    }

    /// How many mistakes were found so far.
    pub fn mistakes(&self) -> usize {
        self.diagnostics.len()
    }

    /// Where the reader stands.
    pub fn at(&self) -> usize {
        self.at
    }

    /// Reports a mistake.
    pub fn report(&mut self, diagnostic: Diagnostic) {
        self.diagnostics.push(diagnostic);
    }

    /// The place of some bytes of this text.
    pub fn place(&self, start: usize, end: usize) -> Place {
        Place { file: self.file, span: Span::new(start, end) }
    }

    pub(super) fn extensions(&self) -> Extensions {
        self.extensions
    }

    pub(super) fn text(&self) -> &'a str {
        self.text
    }

    #[inline]
    pub(super) fn peek(&self) -> u8 {
        lex::byte(self.text, self.at)
    }

    pub(super) fn advance(&mut self, end: usize) {
        self.at = end;
    }

    /// Skips white space and comments.
    #[inline]
    pub(super) fn blank(&mut self) -> Result<(), Lost> {
        self.at = match lex::blank(self.text, self.at) {
            Ok(end) => end,
            Err(error) => {
                let at = error.span.start as usize;
                return Err(self.lex_error(error, at));
            }
        };
        Ok(())
    }

    /// Reads one punctuation byte if it is there.
    #[inline]
    pub(super) fn eat(&mut self, punctuation: u8) -> bool {
        let found = self.peek() == punctuation && self.at < self.text.len();
        self.at += usize::from(found);
        found
    }

    /// Skips a comma if there is one, and the blanks around it.
    #[inline]
    pub(super) fn comma(&mut self) -> Result<bool, Lost> {
        self.blank()?;
        let found = self.eat(b',');
        if found {
            self.blank()?;
        }
        Ok(found)
    }

    fn lex_error(&mut self, error: LexError, at: usize) -> Lost {
        let place = Place { file: self.file, span: error.span };
        let mut diagnostic = Diagnostic::error("syntax", error.message, place, "");
        diagnostic.help.extend(error.help.map(str::to_owned));
        self.report(diagnostic);
        self.lost_at = at;
        Lost::Place
    }

    /// Reads the string here.
    #[inline]
    pub(super) fn string(&mut self) -> Result<Cow<'a, str>, Lost> {
        match lex::string(self.text, self.at) {
            Ok((value, end)) => {
                self.last_string = Span::new(self.at, end);
                self.at = end;
                Ok(value)
            }
            Err(error) => {
                let at = self.at;
                Err(self.lex_error(error, at))
            }
        }
    }

    /// Reads the word here, if one is.
    #[inline]
    pub(super) fn ident(&mut self) -> Option<&'a str> {
        let (word, end) = lex::ident(self.text, self.at)?;
        self.at = end;
        Some(word)
    }

    /// Reads a number by one of the functions of [`lex`].
    pub(super) fn number<T>(&mut self, expected: &str, lex: Lex<T>) -> Result<T, Lost> {
        if !self.is_number() {
            return Err(self.wrong_type(expected));
        }
        match lex(self.text, self.at) {
            Ok((value, end)) => {
                self.at = end;
                Ok(value)
            }
            Err(error) => {
                let place = Place { file: self.file, span: error.span };
                let message = format!("expected {expected}, found {}", error.message);
                let mut diagnostic = Diagnostic::error("wrong-type", message, place, "");
                diagnostic.help.extend(error.help.map(str::to_owned));
                self.report(diagnostic);
                self.skip_value()?;
                Err(Lost::Value)
            }
        }
    }

    fn is_number(&self) -> bool {
        matches!(self.peek(), b'0'..=b'9' | b'+' | b'-' | b'.')
            || ["inf", "NaN", "inff64", "NaNf64", "inff32", "NaNf32"].iter().any(|word| lex::is_word(self.text, self.at, word))
    }

    /// What stands here, in words.
    pub(super) fn found(&self) -> String {
        match self.peek() {
            0 if self.at >= self.text.len() => "the end of the file".to_owned(),
            b'(' => "a record".to_owned(),
            b'[' => "a list".to_owned(),
            b'{' => "a map".to_owned(),
            b'\'' => "a character".to_owned(),
            _ if lex::is_string(self.text, self.at) => "a string".to_owned(),
            _ if self.is_number() => "a number".to_owned(),
            _ => match (lex::ident(self.text, self.at), lex::char_at(self.text, self.at)) {
                (Some((word, _)), _) => format!("`{word}`"),
                (None, Some(c)) => format!("`{}`", c.escape_debug()),
                (None, None) => "the end of the file".to_owned(),
            },
        }
    }

    /// Reports that the value here is none of the expected kind, and skips it.
    pub(crate) fn wrong_type(&mut self, expected: &str) -> Lost {
        let (start, found) = (self.at, self.found());
        if matches!(self.peek(), b',' | b')' | b']' | b'}') || self.at >= self.text.len() {
            let place = self.place(start, start);
            self.report(Diagnostic::error(
                "syntax",
                format!("expected {expected}, found {found}"),
                place,
                "a value is missing here",
            ));
            return if self.at >= self.text.len() { self.lose(start) } else { Lost::Value };
        }
        let report = self.diagnostics.len();
        if self.skip_value().is_err() {
            return Lost::Place;
        }
        let place = self.place(start, self.at);
        let mut diagnostic =
            Diagnostic::error("wrong-type", format!("expected {expected}, found {found}"), place, format!("expected {expected}"));
        if expected.starts_with("a string") && found.starts_with('`') {
            let quoted = format!("\"{}\"", &self.text[start..self.at]);
            diagnostic = diagnostic.help(format!("put it in quotes: `{quoted}`")).fix(place, quoted);
        }
        if expected.starts_with("a list") && found == "a string" {
            let listed = format!("[{}]", &self.text[start..self.at]);
            diagnostic = diagnostic.help(format!("put it in brackets: `{listed}`")).fix(place, listed);
        }
        self.diagnostics.insert(report, diagnostic);
        Lost::Value
    }

    /// Reports that something else must stand here; the place is lost.
    pub(super) fn unexpected(&mut self, expected: &str) -> Lost {
        let at = self.at;
        let end = at + lex::char_at(self.text, at).map_or(0, char::len_utf8);
        let end = lex::ident(self.text, at).map_or(end, |(_, end)| end);
        let place = self.place(at, end);
        let mut diagnostic = Diagnostic::error(
            "syntax",
            format!("expected {expected}, found {}", self.found()),
            place,
            format!("expected {expected}"),
        );
        let lost_at = match self.runaway_string() {
            Some(string) => {
                let line_end =
                    self.text[string.range()].find(['\n', '\r']).map_or(string.end as usize, |n| string.start as usize + n);
                diagnostic = diagnostic.label(
                    self.place(string.start as usize, line_end),
                    "this string runs over the end of its line: is its closing `\"` missing?",
                );
                string.start as usize
            }
            None => at,
        };
        self.report(diagnostic);
        self.lose(lost_at)
    }

    /// The string just before this place, if it goes over several lines.
    fn runaway_string(&self) -> Option<Span> {
        let string = self.last_string;
        let gap = self.text.get(string.end as usize..self.at)?;
        let near = gap.len() <= 1 || gap.chars().all(|c| c.is_whitespace() || c == ',');
        (near && self.text[string.range()].contains('\n')).then_some(string)
    }

    fn lose(&mut self, at: usize) -> Lost {
        self.lost_at = at;
        Lost::Place
    }

    /// Skips one value of any kind: up to the comma or closing bracket behind it.
    pub(crate) fn skip_value(&mut self) -> Result<(), Lost> {
        let mut open: Vec<(usize, u8)> = Vec::new();
        loop {
            self.blank()?;
            let at = self.at;
            match self.peek() {
                b'(' => open.push((at, b')')),
                b'[' => open.push((at, b']')),
                b'{' => open.push((at, b'}')),
                b',' if open.is_empty() => return Ok(()),
                found @ (b')' | b']' | b'}') => match open.pop() {
                    None => return Ok(()),
                    Some((_, expected)) if expected == found => {}
                    Some((start, expected)) => return Err(self.mismatch(start, expected)),
                },
                0 if at >= self.text.len() => {
                    return match open.pop() {
                        None => Ok(()),
                        Some((start, expected)) => Err(self.mismatch(start, expected)),
                    };
                }
                b'\'' if let Some(end) = lex::char_literal(self.text, at) => {
                    self.at = end;
                    continue;
                }
                _ if lex::is_string(self.text, at) => {
                    self.string()?;
                    continue;
                }
                _ if let Some((_, end)) = lex::ident(self.text, at) => {
                    self.at = end;
                    continue;
                }
                _ => {}
            }
            self.at += lex::char_at(self.text, at).map_or(1, char::len_utf8);
        }
    }

    fn mismatch(&mut self, open: usize, expected: u8) -> Lost {
        let found = self.found();
        let place = self.place(self.at, self.at + usize::from(self.at < self.text.len()));
        let expected = char::from(expected);
        let opened = self.place(open, open + 1);
        self.report(
            Diagnostic::error("syntax", format!("expected `{expected}`, found {found}"), place, format!("expected `{expected}`"))
                .label(opened, "to close this"),
        );
        self.lose(self.at)
    }

    /// Reads the name before a record's parentheses, where there is one.
    fn record_name(&mut self, name: &'static str) -> Result<(), Lost> {
        let start = self.at;
        match self.ident() {
            Some(found) if found == name => self.blank(),
            Some(_) if self.peek_after_blank() == b'(' => {
                let place = self.place(start, self.at);
                let message = format!("expected `{name}`, found `{}`", &self.text[start..self.at]);
                self.report(
                    Diagnostic::error("wrong-type", message, place, format!("this record is a `{name}`"))
                        .help(format!("write `{name}(…)`, or leave the name out: `(…)`"))
                        .fix(place, name),
                );
                self.blank()
            }
            Some(_) => {
                self.at = start;
                Err(self.wrong_type(&format!("a record `({name} …)`").replace(&format!("{name} "), "")))
            }
            None if self.extensions.explicit_struct_names && self.peek() == b'(' => {
                let place = self.place(start, start + 1);
                self.report(
                    Diagnostic::error("syntax", format!("expected `{name}(`"), place, "the record's name is missing")
                        .help("this file enables `explicit_struct_names`")
                        .fix(self.place(start, start), name),
                );
                Ok(())
            }
            None => Ok(()),
        }
    }

    /// Reports an entry that starts with a field where its parenthesis should be.
    fn unopened(&mut self, known: &[&str]) -> bool {
        if self.at != self.entry_start || self.peek() == b'(' {
            return false;
        }
        let Some((word, end)) = lex::ident(self.text, self.at).filter(|(word, _)| known.contains(word)) else { return false };
        if !lex::blank(self.text, end).is_ok_and(|colon| lex::byte(self.text, colon) == b':') {
            return false;
        }
        let (field, before) = (self.place(self.at, end), self.place(self.at, self.at));
        let message = format!("expected `(` before `{word}`");
        self.report(
            Diagnostic::error("syntax", message, field, "a record starts here").help("add the missing `(`").fix(before, "("),
        );
        true
    }

    fn peek_after_blank(&self) -> u8 {
        lex::blank(self.text, self.at).map_or(0, |at| lex::byte(self.text, at))
    }

    /// Reads a record `(field: value, …)`, handing each field that it has to `each` by its index among `known`, which
    /// `index` knows faster than a search does.
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
        let mut seen = [0_u32; 24];
        loop {
            self.blank()?;
            if self.peek() == b')' {
                self.at += usize::from(!unwrapped);
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
                    match seen.get_mut(index) {
                        Some(first) if *first == 0 => *first = start as u32 + 1,
                        Some(first) => {
                            let first = self.place(*first as usize - 1, *first as usize - 1 + field.len());
                            self.duplicate_field(field, self.place(start, field_end), first);
                        }
                        None => {}
                    }
                    if each(self, index) == Err(Lost::Place) {
                        return Err(Lost::Place);
                    }
                }
                None => {
                    self.unknown_field(name, field, known, self.place(start, field_end));
                    self.skip_value()?;
                }
            }
            self.separator(Separated::Fields, b')', open)?;
        }
    }

    fn colon(&mut self, field: &str) -> Result<(), Lost> {
        self.blank()?;
        if !self.eat(b':') {
            if self.mistaken(b'=', ":") {
                return self.blank();
            }
            if matches!(self.peek(), b',' | b')' | b'}' | b']' | 0) {
                return Err(self.unexpected(&format!("`:` and a value after `{field}`")));
            }
            let place = self.place(self.at, self.at);
            self.report(Diagnostic::error("syntax", format!("expected `:` after `{field}`"), place, "").fix(place, ": "));
        }
        self.blank()
    }

    /// Reports and passes a mark that stands where another should.
    fn mistaken(&mut self, found: u8, wanted: &str) -> bool {
        let start = self.at;
        if !self.eat(found) {
            return false;
        }
        let place = self.place(start, self.at);
        let message = format!("expected `{wanted}`, found `{}`", char::from(found));
        let label = format!("expected `{wanted}`");
        self.report(Diagnostic::error("syntax", message, place, label).help(format!("write `{wanted}`")).fix(place, wanted));
        true
    }

    /// The comma between two fields or items. A forgotten one is reported, and reading goes on.
    fn separator(&mut self, what: Separated, close: u8, open: usize) -> Result<(), Lost> {
        let behind = self.at;
        if self.comma()? || self.peek() == close || self.mistaken(b';', ",") {
            return Ok(());
        }
        let next = match what {
            Separated::Fields => {
                recover::is_entry(&format!("({}", self.text[self.at..].lines().next().unwrap_or_default()), 0, Shape::List)
            }
            Separated::Strings => lex::is_string(self.text, self.at) && self.runaway_string().is_none(),
            Separated::Entries(shape) => recover::is_entry(self.text, self.at, shape),
        };
        if next && self.runaway_string().is_none() {
            let place = self.place(behind, behind);
            self.report(
                Diagnostic::error("syntax", "expected `,`", place, "a comma is missing here").help("add a comma").fix(place, ","),
            );
            return Ok(());
        }
        if self.at >= self.text.len() || matches!(self.peek(), b')' | b']' | b'}') {
            return Err(self.mismatch(open, close));
        }
        Err(self.unexpected(&format!("`,` or `{}`", char::from(close))))
    }

    fn not_a_field(&mut self, name: &str, open: usize) -> Lost {
        let is_whole = !self.landmarks.is_empty() && name == "Graph";
        let next_entry = self.peek() == b'(' || recover::is_entry(self.text, self.at, Shape::Map);
        if self.at >= self.text.len() || matches!(self.peek(), b']' | b'}') || (next_entry && !is_whole) {
            return self.mismatch(open, b')');
        }
        self.unexpected("a field or `)`")
    }

    pub(crate) fn duplicate_field(&mut self, field: &str, place: Place, first: Place) {
        let diagnostic =
            Diagnostic::error("duplicate-field", format!("field `{field}` is given twice"), place, "given again here")
                .label(first, "first given here")
                .help("keep one of the two");
        self.report(diagnostic);
    }

    pub(crate) fn unknown_field(&mut self, name: &str, field: &str, known: &[&str], place: Place) {
        let message = format!("`{name}` has no field `{field}`");
        let mut diagnostic = Diagnostic::error("unknown-field", message, place, "unknown field");
        diagnostic = match crate::near::nearest(field, known.iter().copied()) {
            Some(near) => diagnostic.help(format!("did you mean `{near}`?")).fix(place, near),
            None => diagnostic.help(format!("its fields are {}", crate::near::listed(known.iter().copied()))),
        };
        self.report(diagnostic);
    }

    /// Reports that a record lacks a field it must have.
    pub(crate) fn missing_field(&mut self, name: &str, field: &str, start: usize) -> Lost {
        let line = self.text[start..self.at].find(['\n', '\r']).map_or(self.at, |length| start + length);
        let place = self.place(start, line);
        self.report(
            Diagnostic::error("missing-field", format!("this `{name}` has no `{field}`"), place, format!("`{field}` is missing"))
                .help(format!("add `{field}: …`")),
        );
        Lost::Value
    }

    /// Reads a list `[item, …]`, or what stands for one between other brackets.
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
            if matches!(self.peek(), b')' | b']' | b'}' | b':' | b',') || self.at >= self.text.len() {
                return Err(self.mismatch(open, close));
            }
            if each(self) == Err(Lost::Place) {
                return Err(Lost::Place);
            }
            self.separator(Separated::Strings, close, open)?;
        }
    }

    /// Reads a section: the entries of a list or a map, each handed over with its key's string (none in a list) and its
    /// start. After a mistake that lost the place, goes on at the next line that looks like an entry; says so
    /// (`Lost::Place`) where the section's own end could not be found either. `stop` is asked before each entry of a list.
    pub(crate) fn entries(
        &mut self,
        shape: Shape,
        stop: &mut dyn FnMut(usize) -> bool,
        each: &mut EachEntry<'_, 'a>,
    ) -> Result<Ended, Lost> {
        let (open_bracket, close) = shape.brackets();
        let open = self.at;
        if !self.eat(open_bracket) {
            let found = if open_bracket == b'[' { "a list `[ (…), … ]`" } else { "a map `{ \"id\": (…), … }`" };
            return Err(self.wrong_type(found));
        }
        self.entries_from(shape, open, close, stop, each)
    }

    /// The same from the start of an entry in the midst of a section.
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
                Err(Lost::Place) => match recover::resume(self.text, self.lost_at, self.entry_start, Some(shape), self.landmarks)
                {
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

    fn entry(
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
            Shape::Map => Some(self.key()?),
        };
        if each(self, key, start) == Err(Lost::Place) {
            return Err(Lost::Place);
        }
        self.separator(Separated::Entries(shape), close, open)?;
        Ok(None)
    }

    /// A closing bracket too many is reported and skipped; other strays lose the place.
    fn stray_bracket(&mut self, open: usize, close: u8) -> Lost {
        let next_line = self.text[self.at..].find('\n').map_or(self.text.len(), |length| self.at + length);
        let alone = self.text[self.at..next_line].trim_end_matches([' ', ',', '\r']).len() == 1;
        let at_line_start = self.text[..self.at].trim_end_matches([' ', '\t']).ends_with('\n');
        if self.at < self.text.len() && !(alone && at_line_start) {
            let place = self.place(self.at, self.at + 1);
            let message = format!("unexpected `{}`", char::from(self.peek()));
            self.report(Diagnostic::error("syntax", message, place, "nothing is open here that this closes").fix(place, ""));
            self.at += 1;
            return match self.comma() {
                Ok(_) => Lost::Value,
                Err(lost) => lost,
            };
        }
        self.mismatch(open, close)
    }

    /// Reads the key of a map's entry and the colon behind it.
    pub(super) fn key(&mut self) -> Result<Cow<'a, str>, Lost> {
        if !lex::is_string(self.text, self.at) {
            let (start, rest) = (self.at, &self.text[self.at..]);
            let length = rest.find(|c: char| !c.is_alphanumeric() && !matches!(c, '-' | '_' | '.')).unwrap_or(rest.len());
            // Its opening quotation mark alone may be missing.
            let end = start + length + usize::from(lex::byte(rest, length) == b'"');
            if length == 0 || !lex::blank(self.text, end).is_ok_and(|colon| lex::byte(self.text, colon) == b':') {
                return Err(self.unexpected("an id in quotes"));
            }
            self.at = end;
            let place = self.place(start, end);
            let (found, word) = (&self.text[start..end], &rest[..length]);
            let quoted = format!("\"{word}\"");
            self.report(
                Diagnostic::error("syntax", format!("expected an id in quotes, found `{found}`"), place, "an id is a string")
                    .help(format!("put it in quotes: `{quoted}`"))
                    .fix(place, quoted),
            );
            self.colon("the id")?;
            return Ok(Cow::Borrowed(word));
        }
        let key = self.string()?;
        self.colon("the id")?;
        Ok(key)
    }

    /// Looks for the next field of the whole after its reading got lost; whether there is one.
    pub(crate) fn resume_at_section(&mut self) -> bool {
        match recover::resume(self.text, self.lost_at, self.entry_start, None, self.landmarks) {
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

    /// Reads the fields of the whole, `Graph(…)`, or goes on with them in their midst. `each` says where a section stopped.
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

    fn open_whole(&mut self, name: &'static str) -> Result<(), Lost> {
        self.record_name(name)?;
        if self.eat(b'(') {
            return Ok(());
        }
        Err(match self.at >= self.text.len() {
            true => {
                let place = self.place(self.at, self.at);
                self.report(Diagnostic::error("syntax", format!("expected `{name}(`, found the end of the file"), place, ""));
                Lost::Value
            }
            false => self.unexpected(&format!("`{name}(`")),
        })
    }

    fn field_of_whole(
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

    /// The comma behind a field of the whole.
    pub(crate) fn after_field(&mut self, open: usize) -> Result<(), Lost> {
        let behind = self.at;
        if self.comma()? || self.peek() == b')' {
            return Ok(());
        }
        if lex::ident(self.text, self.at).is_some_and(|(word, _)| self.landmarks.contains(&word))
            && self.runaway_string().is_none()
        {
            let place = self.place(behind, behind);
            self.report(
                Diagnostic::error("syntax", "expected `,`", place, "a comma is missing here").help("add a comma").fix(place, ","),
            );
            return Ok(());
        }
        if self.at >= self.text.len() || matches!(self.peek(), b']' | b'}') {
            return Err(self.mismatch(open, b')'));
        }
        Err(self.unexpected("`,` or `)`"))
    }

    fn end(&mut self) -> Result<(), Lost> {
        self.blank()?;
        if self.at < self.text.len() {
            let character = self.at + lex::char_at(self.text, self.at).map_or(0, char::len_utf8);
            let place = self.place(self.at, lex::ident(self.text, self.at).map_or(character, |(_, end)| end));
            self.report(
                Diagnostic::error("syntax", format!("expected the end of the file, found {}", self.found()), place, "")
                    .help("a file holds one `Graph(…)`, and nothing behind it"),
            );
        }
        Ok(())
    }

    /// Reports a word that is none of those expected, with the near one.
    pub(crate) fn unknown_word(&mut self, what: &str, found: &str, known: &[&str], start: usize) -> Lost {
        let place = self.place(start, self.at);
        let mut diagnostic =
            Diagnostic::error("unknown-variant", format!("unknown {what} `{found}`"), place, format!("not a {what}"));
        diagnostic = match crate::near::nearest(found, known.iter().copied()) {
            Some(near) => diagnostic.help(format!("did you mean `{near}`?")).fix(place, near),
            None => diagnostic.help(format!("it is one of {}", crate::near::listed(known.iter().copied()))),
        };
        self.report(diagnostic);
        match self.skip_value() {
            Ok(()) => Lost::Value,
            Err(lost) => lost,
        }
    }

    /// Reads the word of a value that is one of some words; a string instead of it is reported with its mend.
    pub(crate) fn word(&mut self, what: &str, known: &[&str]) -> Result<(&'a str, usize), Lost> {
        let start = self.at;
        if let Some(word) = self.ident() {
            return Ok((word, start));
        }
        if !lex::is_string(self.text, start) {
            return Err(self.wrong_type(&format!("a {what}")));
        }
        let found = self.string()?;
        let place = self.place(start, self.at);
        let word = known.iter().find(|known| **known == found).map_or(found.to_string(), |known| (*known).to_owned());
        self.report(
            Diagnostic::error("wrong-type", format!("expected a {what}, found a string"), place, format!("expected a {what}"))
                .help(format!("write it without quotes: `{word}`"))
                .fix(place, word),
        );
        Err(Lost::Value)
    }
}

/// What is done with an entry: its key, if it has one, and its start.
pub(crate) type EachEntry<'f, 'a> = dyn FnMut(&mut Reader<'a>, Option<Cow<'a, str>>, usize) -> Result<(), Lost> + 'f;

/// Reads a token at an offset and says where it ends.
type Lex<T> = fn(&str, usize) -> Result<(T, usize), LexError>;

/// Where reading starts: at the beginning, or in the midst of a section.
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
    /// By a mistake; the reader stands at the next section.
    AtSection,
    /// Because it was told to stop.
    Stopped,
}

#[derive(Clone, Copy)]
enum Separated {
    Fields,
    Strings,
    Entries(Shape),
}

/// Reads what may stand before the value of a text: a byte order mark, blanks, `#![enable(…)]` and the like.
/// Gives the extensions and where the value starts.
pub fn read_attributes(text: &str, file: FileId) -> (Extensions, usize, Vec<Diagnostic>) {
    let start = if text.starts_with('\u{FEFF}') { '\u{FEFF}'.len_utf8() } else { 0 };
    let mut reader = Reader::new(text, file, start, Extensions::default(), &[]);
    let mut extensions = Extensions::default();
    while reader.blank().is_ok() && reader.peek() == b'#' {
        if reader.attribute(&mut extensions).is_err() {
            let line = text[reader.at..].find('\n').map_or(text.len(), |length| reader.at + length);
            reader.at = line;
        }
    }
    (extensions, reader.at, reader.diagnostics)
}

impl Reader<'_> {
    fn attribute(&mut self, extensions: &mut Extensions) -> Result<(), Lost> {
        for punctuation in *b"#![" {
            self.expect(punctuation)?;
        }
        match self.ident() {
            Some("enable") => {
                self.blank()?;
                self.expect(b'(')?;
                self.extension(extensions)?;
                while self.comma()? && lex::continues_ident(self.text, self.at) {
                    self.extension(extensions)?;
                }
                self.blank()?;
                self.expect(b')')?;
            }
            Some("type" | "schema") => {
                self.blank()?;
                self.expect(b'=')?;
                if !lex::is_string(self.text, self.at) {
                    return Err(self.unexpected("a string"));
                }
                self.string()?;
                self.blank()?;
            }
            _ => return Err(self.unexpected("`enable`, `type` or `schema`")),
        }
        if self.eat(b']') { Ok(()) } else { Err(self.unexpected("`]`")) }
    }

    fn expect(&mut self, punctuation: u8) -> Result<(), Lost> {
        if !self.eat(punctuation) {
            return Err(self.unexpected(&format!("`{}`", char::from(punctuation))));
        }
        self.blank()
    }

    fn extension(&mut self, extensions: &mut Extensions) -> Result<(), Lost> {
        match self.ident() {
            Some("unwrap_variant_newtypes") => extensions.unwrap_variant_newtypes = true,
            Some("explicit_struct_names") => extensions.explicit_struct_names = true,
            Some("implicit_some" | "unwrap_newtypes") => {}
            _ => return Err(self.unexpected("the name of an extension")),
        }
        Ok(())
    }
}

/// Defines a record: the struct with its serde derives, and how it is read. A field is `required`, `optional` (an
/// `Option`) or `many` (empty when left out).
macro_rules! record {
    ($(#[$meta:meta])* pub struct $name:ident { $($(#[doc = $doc:literal])* $need:ident $field:ident: $type:ty,)* }) => {
        $crate::syntax::record!(@define [$(#[$meta])* $name] [] $($(#[doc = $doc])* $need $field: $type,)*);

        impl $name<'_> {
            /// The names of the fields, in the order of the format.
            pub const FIELDS: &'static [&'static str] = &[$(stringify!($field)),*];
            /// What each field means, in the same order.
            pub const DOCS: &'static [&'static str] = &[$(concat!($($doc),*)),*];

            #[inline]
            fn index(field: &str) -> Option<usize> {
                let mut next = 0;
                $(
                    if field == stringify!($field) {
                        return Some(next);
                    }
                    next += 1;
                )*
                let _ = next;
                None
            }
        }

        impl<'a> $crate::syntax::Read<'a> for $name<'a> {
            #[inline]
            fn read(reader: &mut $crate::syntax::Reader<'a>) -> Result<Self, $crate::syntax::Lost> {
                $(let mut $field = None;)*
                let (start, mistakes) = (reader.at(), reader.mistakes());
                reader.fields(stringify!($name), Self::FIELDS, Self::index, |reader, index| {
                    let mut next = 0;
                    $(
                        if index == next {
                            $field = Some($crate::syntax::record!(@read $need reader)?);
                            return Ok(());
                        }
                        next += 1;
                    )*
                    let _ = next;
                    Ok(())
                })?;
                let _ = (start, mistakes);
                Ok($name { $($field: $crate::syntax::record!(@take $need $name $field reader start mistakes),)* })
            }
        }
    };
    (@define [$(#[$meta:meta])* $name:ident] [$($done:tt)*]) => {
        $(#[$meta])*
        #[derive(Clone, Debug, Default, PartialEq, serde::Serialize, serde::Deserialize)]
        #[serde(deny_unknown_fields)]
        pub struct $name<'a> { $($done)* }
    };
    (@define $head:tt [$($done:tt)*] $(#[$meta:meta])* required $field:ident: $type:ty, $($rest:tt)*) => {
        $crate::syntax::record!(@define $head [$($done)* $(#[$meta])* pub $field: $type,] $($rest)*);
    };
    (@define $head:tt [$($done:tt)*] $(#[$meta:meta])* optional $field:ident: $type:ty, $($rest:tt)*) => {
        $crate::syntax::record!(@define $head [$($done)* $(#[$meta])*
            #[serde(default, skip_serializing_if = "Option::is_none")] pub $field: Option<$type>,] $($rest)*);
    };
    (@define $head:tt [$($done:tt)*] $(#[$meta:meta])* many $field:ident: $type:ty, $($rest:tt)*) => {
        $crate::syntax::record!(@define $head [$($done)* $(#[$meta])*
            #[serde(default, deserialize_with = "crate::syntax::optional", skip_serializing_if = "crate::syntax::is_default")]
            pub $field: $type,] $($rest)*);
    };
    (@read required $reader:ident) => { $crate::syntax::Read::read($reader) };
    (@read optional $reader:ident) => { <Option<_> as $crate::syntax::Read>::read($reader) };
    (@read many $reader:ident) => { <Option<_> as $crate::syntax::Read>::read($reader) };
    (@take required $name:ident $field:ident $reader:ident $start:ident $mistakes:ident) => {
        match $field {
            Some(value) => value,
            None if $reader.mistakes() > $mistakes => return Err($crate::syntax::Lost::Value),
            None => return Err($reader.missing_field(stringify!($name), stringify!($field), $start)),
        }
    };
    (@take optional $name:ident $field:ident $reader:ident $start:ident $mistakes:ident) => { $field.flatten() };
    (@take many $name:ident $field:ident $reader:ident $start:ident $mistakes:ident) => { $field.flatten().unwrap_or_default() };
}
pub(crate) use record;

/// Defines a type whose values are words, as the format writes them.
macro_rules! words {
    ($(#[$meta:meta])* pub enum $name:ident($what:literal) { $($(#[doc = $doc:literal])* $word:ident,)* }) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
        pub enum $name { #[default] $($(#[doc = $doc])* $word,)* }

        impl $name {
            /// All values, in the order of the format.
            pub const ALL: &'static [$name] = &[$($name::$word),*];
            /// The words, in the same order.
            pub const WORDS: &'static [&'static str] = &[$(stringify!($word)),*];
            /// What each word means, in the same order.
            pub const DOCS: &'static [&'static str] = &[$(concat!($($doc),*)),*];

            /// The word as a file has it.
            pub fn word(self) -> &'static str {
                Self::WORDS[self as usize]
            }
        }

        impl<'a> $crate::syntax::Read<'a> for $name {
            #[inline]
            fn read(reader: &mut $crate::syntax::Reader<'a>) -> Result<Self, $crate::syntax::Lost> {
                let (word, start) = reader.word($what, Self::WORDS)?;
                match word {
                    $(stringify!($word) => Ok($name::$word),)*
                    _ => Err(reader.unknown_word($what, word, Self::WORDS, start)),
                }
            }
        }
    };
}
pub(crate) use words;
