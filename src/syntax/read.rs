//! Reads values of known types from RON text in one pass, past every mistake.
//!
//! A mistake is reported where it is found. The error returned only tells how to continue:
//! [`Lost::Value`] if just this value is unusable and the reader is positioned after it,
//! [`Lost::Place`] if the text can't be followed any further and the section has to look for its
//! next record.
//!
//! This file reads tokens; records are read in `fields`, sections and the whole document in
//! `sections`, single values in `values`.

use std::borrow::Cow;

use super::lex::{self, LexError};
use super::mistakes::Unclosed;
use crate::diagnostic::{Diagnostic, Reach};
use crate::text::{FileId, Place, Span};

/// What a mistake cost. The mistake has already been reported.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lost {
    /// Only this value; reading continues after it.
    Value,
    /// The position: what follows can't be interpreted.
    Place,
}

/// A value that can be read from RON.
pub trait Read<'a>: Sized {
    /// Reads the value at the reader's position. Whitespace before it has already been skipped.
    ///
    /// # Errors
    /// Returns what a mistake cost, after reporting it to the reader.
    fn read(reader: &mut Reader<'a>) -> Result<Self, Lost>;
}

/// The extensions of RON that affect what is accepted. A file enables them with `#![enable(…)]`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Extensions {
    /// Accepts `Some(from: 0, to: 1)` for `Some((from: 0, to: 1))`.
    pub unwrap_variant_newtypes: bool,
    /// Requires every record to have its name: `Stance(…)`.
    pub explicit_struct_names: bool,
}

/// Reads values from one text, beginning at an offset.
#[derive(Debug)]
pub struct Reader<'a> {
    pub(super) text: &'a str,
    pub(super) file: FileId,
    pub(super) at: usize,
    pub(super) extensions: Extensions,
    /// The names of the top-level fields. Where one starts a line, reading can resume after a
    /// mistake.
    pub(super) landmarks: &'static [&'static str],
    /// The last string read, which is to blame if what follows makes no sense.
    pub(super) last_string: Span,
    /// Whether the reader is inside a `Some(` that replaces the parentheses within.
    pub(super) unwrapped: bool,
    /// Where the entry being read starts.
    pub(super) entry_start: usize,
    /// Where the last mistake that lost the position was.
    pub(super) lost_at: usize,
    /// The fields that the last record read has, one bit each.
    pub(super) seen: u32,
    /// The fields, among these and the required ones, that can't be read.
    pub(super) unread: u32,
    /// Whether a record lacks a required field.
    pub(super) lost: bool,
    /// The ranges in which other kinds of quotation marks were sought in vain.
    pub(super) unclosed: Unclosed,
    /// The number of strings and comments met that are never closed.
    unclosed_tokens: usize,
    pub(super) diagnostics: Vec<Diagnostic>,
}

impl<'a> Reader<'a> {
    /// Creates a reader of a text from an offset on. `landmarks` are the names of the top-level
    /// fields.
    pub fn new(
        text: &'a str,
        file: FileId,
        at: usize,
        extensions: Extensions,
        landmarks: &'static [&'static str],
    ) -> Reader<'a> {
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
            seen: 0,
            unread: 0,
            lost: false,
            unclosed: Unclosed::default(),
            unclosed_tokens: 0,
            diagnostics: Vec::new(),
        }
    }

    /// Returns the mistakes found so far.
    pub fn into_diagnostics(self) -> Vec<Diagnostic> {
        self.diagnostics
    }

    /// Returns the number of mistakes found so far.
    pub fn mistakes(&self) -> usize {
        self.diagnostics.len()
    }

    /// Returns the fields that the last record read has and those that could not be read, one bit
    /// each in the order of the format, and whether any record since the last call lacks a required
    /// field.
    pub fn last_record(&mut self) -> (u32, u32, bool) {
        (self.seen, self.unread, std::mem::take(&mut self.lost))
    }

    /// Returns the offset of the reader in the text.
    pub fn at(&self) -> usize {
        self.at
    }

    /// Reports a mistake.
    pub fn report(&mut self, diagnostic: Diagnostic) {
        self.diagnostics.push(diagnostic.of_graph());
    }

    /// Marks the mistakes after the first `mistakes` as confined to one record. Reading continues
    /// after it, so they hide nothing else.
    pub(crate) fn within_record(&mut self, mistakes: usize) {
        for diagnostic in &mut self.diagnostics[mistakes..] {
            diagnostic.reach = Reach::Record;
        }
    }

    /// Returns the location of a range of bytes in this text.
    pub fn place(&self, start: usize, end: usize) -> Place {
        Place {
            file: self.file,
            span: Span::new(start, end),
        }
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

    pub(super) fn peek_after_blank(&self) -> u8 {
        lex::blank(self.text, self.at).map_or(0, |at| lex::byte(self.text, at))
    }

    pub(super) fn advance(&mut self, end: usize) {
        self.at = end;
    }

    /// Skips whitespace and comments.
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

    /// Reads one punctuation byte if it comes next, and returns whether it does.
    #[inline]
    pub(super) fn eat(&mut self, punctuation: u8) -> bool {
        let found = self.peek() == punctuation && self.at < self.text.len();
        self.at += usize::from(found);
        found
    }

    /// Skips a comma, if there is one, and the whitespace around it. Returns whether there is one.
    #[inline]
    pub(crate) fn comma(&mut self) -> Result<bool, Lost> {
        self.blank()?;
        let found = self.eat(b',');
        if found {
            self.blank()?;
        }
        Ok(found)
    }

    pub(super) fn lex_error(&mut self, error: LexError, at: usize) -> Lost {
        let place = Place {
            file: self.file,
            span: error.span,
        };
        let mut diagnostic = Diagnostic::error("syntax", error.message, place, "");
        diagnostic.help.extend(error.help.map(str::to_owned));
        self.lost_at = at;
        self.unclosed_tokens += usize::from(error.is_unclosed);
        if self.unclosed_tokens == lex::MOST_UNCLOSED {
            diagnostic =
                diagnostic.help("too many are never closed: nothing after this one is read");
            self.lost_at = self.text.len();
        }
        self.report(diagnostic);
        Lost::Place
    }

    /// Reads the string at this position.
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

    /// Reads the word at this position, if there is one.
    #[inline]
    pub(super) fn ident(&mut self) -> Option<&'a str> {
        let (word, end) = lex::ident(self.text, self.at)?;
        self.at = end;
        Some(word)
    }

    /// Reads a number with one of the functions of [`lex`].
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
                let place = Place {
                    file: self.file,
                    span: error.span,
                };
                let message = format!("expected {expected}, found {}", error.message);
                let mut diagnostic = Diagnostic::error("wrong-type", message, place, "");
                diagnostic.help.extend(error.help.map(str::to_owned));
                self.report(diagnostic);
                self.skip_value()?;
                Err(Lost::Value)
            }
        }
    }

    pub(super) fn is_number(&self) -> bool {
        matches!(self.peek(), b'0'..=b'9' | b'+' | b'-' | b'.')
            || ["inf", "NaN", "inff64", "NaNf64", "inff32", "NaNf32"]
                .iter()
                .any(|word| lex::is_word(self.text, self.at, word))
    }
}

/// A function that reads a token at an offset and returns its value and its end.
type Lex<T> = fn(&str, usize) -> Result<(T, usize), LexError>;
