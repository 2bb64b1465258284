//! Walks over the tokens of a text that need not be complete, for what an editor shows while a
//! person types. Nothing is reported. After a missing quotation mark or bracket, the look of lines
//! tells where the next record or section begins.

use std::borrow::Cow;
use std::ops::ControlFlow;

use super::lex;
use super::recover::{self, Shape};
use crate::text::Span;
use crate::words::after_mark;

/// An open bracket, and what is being read in it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Frame<'t> {
    /// `(`, `[` or `{`.
    pub open: u8,
    /// The start of the value: the word before the bracket, the key of its entry, or the bracket.
    pub start: usize,
    /// The offset of the bracket.
    pub at: usize,
    /// The word before the bracket.
    pub name: Option<&'t str>,
    /// In `(`: the field whose value is being read, or has been read up to the next comma.
    pub field: Option<&'t str>,
    /// In `{`: the key of the entry being read.
    pub key: Option<Span>,
    /// The indentation of the first entry that starts a line.
    indent: Option<usize>,
}

/// The kind of a token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TokenKind {
    /// The name of a field, before its colon.
    Field,
    /// The key of an entry, before its colon.
    Key,
    /// A string that is a value.
    Text,
    /// A word that is a value, or a name that is being typed.
    Word,
    /// Anything else that is a value: a number, a character.
    Other,
    /// A comment.
    Comment,
}

/// An event on the walk over a text.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Event {
    /// A token.
    Token(TokenKind, Span),
    /// A bracket opens, and is now the last frame.
    Open,
    /// A comma at this offset, after which another field, entry or item comes.
    Comma(usize),
    /// The last frame ends, with this bracket, or, if the bracket is missing, with an empty span
    /// here.
    Close(Span),
}

/// Walks over a text and calls `visit` for each event, with the brackets that are open there,
/// outermost first. `sections` are the names of the top-level fields: a line that begins with one
/// begins that section, whatever is still open.
pub fn walk<'t>(
    text: &'t str,
    sections: &[&str],
    visit: &mut dyn FnMut(&[Frame<'t>], Event) -> ControlFlow<()>,
) {
    let mut walk = Walk {
        text,
        sections,
        visit,
        frames: Vec::new(),
        open: [0; 3],
        at: 0,
        word: None,
        waiting: None,
        unclosed: 0,
    };
    // A break only means that the visitor has seen enough.
    let _ = walk.run();
}

/// The maximum number of open brackets in a valid file.
pub const DEEPEST: usize = 16;

struct Walk<'w, 't> {
    text: &'t str,
    sections: &'w [&'w str],
    visit: &'w mut dyn FnMut(&[Frame<'t>], Event) -> ControlFlow<()>,
    frames: Vec<Frame<'t>>,
    /// The numbers of open `(`, `[` and `{`.
    open: [usize; 3],
    at: usize,
    /// The word just read, if a bracket may belong to it.
    word: Option<Span>,
    /// The start of a field or key whose value is still to come.
    waiting: Option<usize>,
    /// The number of strings met that are never closed.
    unclosed: usize,
}

impl Walk<'_, '_> {
    fn run(&mut self) -> ControlFlow<()> {
        self.at = after_mark(self.text);
        loop {
            let new_line = self.blanks()?;
            if self.at >= self.text.len() {
                return self.close_to(0, Span::new(self.text.len(), self.text.len()));
            }
            if new_line {
                self.resynchronise()?;
            }
            self.token()?;
        }
    }

    /// Skips whitespace and visits comments. Returns whether a line begins here.
    fn blanks(&mut self) -> ControlFlow<(), bool> {
        let mut new_line = self.at == 0;
        loop {
            match lex::byte(self.text, self.at) {
                b'\n' => {
                    new_line = true;
                    self.at += 1;
                }
                b'/' if matches!(lex::byte(self.text, self.at + 1), b'/' | b'*') => {
                    let end = lex::comment_end(self.text, self.at).unwrap_or(self.text.len());
                    (self.visit)(
                        &self.frames,
                        Event::Token(TokenKind::Comment, Span::new(self.at, end)),
                    )?;
                    self.at = end;
                }
                _ => match lex::char_at(self.text, self.at) {
                    Some(c) if c.is_whitespace() || matches!(c, '\u{200E}' | '\u{200F}') => {
                        self.at += c.len_utf8()
                    }
                    _ => return ControlFlow::Continue(new_line),
                },
            }
        }
    }

    /// Closes what is still open where a line looks like the beginning of a section or of the next
    /// record.
    fn resynchronise(&mut self) -> ControlFlow<()> {
        let indent = recover::indentation(self.text, self.at);
        if self.frames.len() > 1 && recover::is_section(self.text, self.at, self.sections) {
            let of_whole = self.frames[0].indent.is_none_or(|first| indent <= first);
            if of_whole {
                self.close_to(1, Span::new(self.at, self.at))?;
            }
        }
        for depth in 1..self.frames.len().min(DEEPEST) {
            let frame = &self.frames[depth];
            let shape = match frame.open {
                b'[' => Shape::List,
                b'{' => Shape::Map,
                _ => continue,
            };
            let begins = frame.indent.is_some_and(|first| indent <= first)
                && recover::is_entry(self.text, self.at, shape);
            if begins && depth + 1 < self.frames.len() {
                return self.close_to(depth + 1, Span::new(self.at, self.at));
            }
        }
        if let Some(frame) = self.frames.last_mut() {
            frame.indent.get_or_insert(indent);
        }
        ControlFlow::Continue(())
    }

    fn token(&mut self) -> ControlFlow<()> {
        let (text, at) = (self.text, self.at);
        match lex::byte(text, at) {
            open @ (b'(' | b'[' | b'{') => return self.open(open),
            close @ (b')' | b']' | b'}') => return self.close(close),
            b',' => {
                self.at += 1;
                (self.word, self.waiting) = (None, None);
                if let Some(frame) = self.frames.last_mut() {
                    (frame.field, frame.key) = (None, None);
                }
                return (self.visit)(&self.frames, Event::Comma(at));
            }
            b':' => {
                self.at += 1;
                return ControlFlow::Continue(());
            }
            _ => {}
        }
        if lex::is_string(text, at) {
            let end = self.string_end();
            return self.string(Span::new(at, end));
        }
        if let Some((word, end)) = lex::ident(text, at) {
            return self.word(word, Span::new(at, end));
        }
        let end = match (lex::byte(text, at), lex::char_literal(text, at)) {
            (b'\'', Some(end)) => end,
            _ => at + other_length(&text[at..]),
        };
        self.at = end;
        (self.visit)(
            &self.frames,
            Event::Token(TokenKind::Other, Span::new(at, end)),
        )
    }

    fn open(&mut self, open: u8) -> ControlFlow<()> {
        let word = self.word.take();
        let start = self
            .waiting
            .take()
            .or(word.map(|word| word.start as usize))
            .unwrap_or(self.at);
        let name = word.map(|word| &self.text[word.range()]);
        self.frames.push(Frame {
            open,
            start,
            at: self.at,
            name,
            field: None,
            key: None,
            indent: None,
        });
        self.open[nth(open)] += 1;
        self.at += 1;
        (self.visit)(&self.frames, Event::Open)
    }

    fn close(&mut self, close: u8) -> ControlFlow<()> {
        let open = match close {
            b')' => b'(',
            b']' => b'[',
            _ => b'{',
        };
        self.at += 1;
        if self.open[nth(open)] == 0 {
            return ControlFlow::Continue(());
        }
        let opened = self.frames.iter().rposition(|frame| frame.open == open);
        let depth = opened.unwrap_or(self.frames.len());
        self.close_to(depth, Span::new(self.at - 1, self.at))
    }

    /// Closes frames until only `depth` are open.
    fn close_to(&mut self, depth: usize, by: Span) -> ControlFlow<()> {
        (self.word, self.waiting) = (None, None);
        while self.frames.len() > depth {
            (self.visit)(&self.frames, Event::Close(by))?;
            if let Some(frame) = self.frames.pop() {
                self.open[nth(frame.open)] -= 1;
            }
        }
        ControlFlow::Continue(())
    }

    fn string(&mut self, span: Span) -> ControlFlow<()> {
        self.at = span.end as usize;
        self.word = None;
        let is_key =
            self.frames.last().is_some_and(|frame| frame.open == b'{') && self.before_colon();
        if let (true, Some(frame)) = (is_key, self.frames.last_mut()) {
            frame.key = Some(span);
            self.waiting = Some(span.start as usize);
        }
        let kind = if is_key {
            TokenKind::Key
        } else {
            TokenKind::Text
        };
        (self.visit)(&self.frames, Event::Token(kind, span))
    }

    fn word(&mut self, word: &str, span: Span) -> ControlFlow<()> {
        self.at = span.end as usize;
        let is_field =
            self.frames.last().is_some_and(|frame| frame.open == b'(') && self.before_colon();
        let kind = if is_field {
            TokenKind::Field
        } else {
            TokenKind::Word
        };
        self.word = (!is_field).then_some(span);
        if is_field {
            self.waiting = None;
            let name = &self.text[span.end as usize - word.len()..span.end as usize];
            if let Some(frame) = self.frames.last_mut() {
                frame.field = Some(name);
            }
        }
        (self.visit)(&self.frames, Event::Token(kind, span))
    }

    /// Returns the end of the string here. After many that are never closed, raw ones are taken to
    /// end with their lines.
    fn string_end(&mut self) -> usize {
        let (text, at) = (self.text, self.at);
        if self.unclosed >= lex::MOST_UNCLOSED && lex::byte(text, at) == b'r' {
            return line_end(text, at);
        }
        let lexed = lex::string(text, at);
        self.unclosed += usize::from(matches!(&lexed, Err(error) if error.is_unclosed));
        match lexed {
            Ok((_, end)) if !runs_away(text, at, end, self.sections) => end,
            _ => line_end(text, at),
        }
    }

    fn before_colon(&self) -> bool {
        lex::byte(self.text, lex::blank(self.text, self.at).unwrap_or(self.at)) == b':'
    }
}

/// Returns the index of an opening bracket among the three.
fn nth(open: u8) -> usize {
    match open {
        b'(' => 0,
        b'[' => 1,
        _ => 2,
    }
}

/// Returns the value of the string at a span, or `None` if it is not a complete string.
pub fn string_value(text: &str, span: Span) -> Option<Cow<'_, str>> {
    // The end of an unclosed string is not sought beyond the span.
    let text = text.get(..span.end as usize)?;
    let (value, end) = lex::string(text, span.start as usize).ok()?;
    (end == span.end as usize).then_some(value)
}

/// Returns the length of a token that is not a word, a string or a bracket.
fn other_length(rest: &str) -> usize {
    let ends = |c: char| {
        c.is_whitespace() || matches!(c, ',' | ':' | '(' | ')' | '[' | ']' | '{' | '}' | '"' | '/')
    };
    let first = rest.chars().next().map_or(1, char::len_utf8);
    rest[first..]
        .find(ends)
        .map_or(rest.len(), |length| first + length)
}

/// Returns the end of the line at an offset, without the whitespace before it.
fn line_end(text: &str, start: usize) -> usize {
    let line = text[start..].split('\n').next().unwrap_or_default();
    start + line.trim_end().len()
}

/// Returns whether a string in plain quotation marks lacks the closing one: a line within it looks
/// like the beginning of something else.
fn runs_away(text: &str, start: usize, end: usize, sections: &[&str]) -> bool {
    let begins = |(at, _): (usize, &str)| {
        let line = start + at + 1;
        let first = line + text[line..].len() - text[line..].trim_start_matches([' ', '\t']).len();
        let field = lex::ident(text, first).is_some_and(|(_, end)| text[end..].starts_with(':'));
        let closes = matches!(
            text[first..].lines().next().map(str::trim_end),
            Some(")" | ")," | "]" | "]," | "}" | "},")
        );
        field
            || closes
            || recover::is_section(text, first, sections)
            || [Shape::List, Shape::Map]
                .into_iter()
                .any(|shape| recover::is_entry(text, first, shape))
    };
    lex::byte(text, start) == b'"' && text[start..end].match_indices('\n').any(begins)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Returns the tokens of a text, each with the names that lead to it.
    fn paths(text: &str) -> Vec<String> {
        let mut found = Vec::new();
        walk(text, &["actors", "stances"], &mut |frames, event| {
            if let Event::Token(kind, span) = event
                && !matches!(kind, TokenKind::Field | TokenKind::Comment)
            {
                let path: Vec<&str> = frames.iter().filter_map(|frame| frame.field).collect();
                found.push(format!("{} {}", path.join("."), &text[span.range()]));
            }
            ControlFlow::Continue(())
        });
        found
    }

    #[test]
    fn whole_text() {
        let text = "Graph( // a\n actors: { \"us\": (name: \"US\", power: -1.5) },\n stances: [(position: At(4))])";
        let expected = [
            " Graph",
            "actors \"us\"",
            "actors.name \"US\"",
            "actors.power -1.5",
            "stances.position At",
            "stances.position 4",
        ];
        assert_eq!(paths(text), expected);
    }

    #[test]
    fn what_is_not_closed_ends_where_the_next_begins() {
        let text = "Graph(\n  stances: [\n    (actor: \"us\", issue: \"tai\n    (actor: \"china\", issue: [\"a\",\n  ],\n  actors: {\n    \"us\": (name: \"U\n      kind: State\n    \"uk\": (name: \"UK\n  }";
        let found = paths(text);
        for expected in [
            "stances.issue \"tai",
            "stances.actor \"china\"",
            "stances.issue \"a\"",
            "actors.kind State",
            "actors \"uk\"",
        ] {
            assert!(
                found.iter().any(|found| found == expected),
                "{expected}: {found:?}"
            );
        }
    }

    #[test]
    fn every_frame_is_closed() {
        for text in [
            "",
            "Graph(",
            "(((((",
            ")))",
            "Graph(a: [(b: {\"c\": (",
            "r#\"",
            "/*",
            "'",
            "\"",
            "é: ü",
            "Graph(\u{1F600})",
        ] {
            let (mut open, mut close) = (0, 0);
            walk(text, &[], &mut |_, event| {
                open += usize::from(event == Event::Open);
                close += usize::from(matches!(event, Event::Close(_)));
                ControlFlow::Continue(())
            });
            assert_eq!(open, close, "{text}");
        }
    }
}
