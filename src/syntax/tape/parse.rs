//! Builds the tape in one pass over the bytes.

use unicode_width::UnicodeWidthStr;

use super::gap::{self, Blank};
use super::{FORCED, Kind, Node, Role, Tape};
use crate::diagnostic::Diagnostic;
use crate::syntax::lex::{self, LexError};
use crate::text::{FileId, Place, Span};
use crate::words::after_mark;

/// The maximum depth of nested values; `ron` goes to 128.
const DEEPEST: usize = 256;

type Result<T> = std::result::Result<T, Box<Diagnostic>>;

/// Returns the width of a piece of text on a terminal, in columns.
#[inline]
pub(crate) fn columns(piece: &str) -> usize {
    if piece.is_ascii() {
        piece.len()
    } else {
        piece.width()
    }
}

/// The columns that a value takes on one line, and whether it can't be on one.
#[derive(Clone, Copy, Default)]
struct Flat {
    columns: usize,
    forced: bool,
}

impl Flat {
    fn of(token: &str) -> Flat {
        Flat {
            columns: columns(token),
            forced: memchr::memchr(b'\n', token.as_bytes()).is_some(),
        }
    }

    fn add(&mut self, other: Flat) {
        self.columns += other.columns;
        self.forced |= other.forced;
    }

    fn stored(self) -> u16 {
        if self.forced {
            FORCED
        } else {
            u16::try_from(self.columns)
                .unwrap_or(FORCED)
                .min(FORCED - 1)
        }
    }
}

pub(super) fn text(text: &str, file: FileId) -> Result<Tape<'_>> {
    let start = after_mark(text);
    let mut parse = Parse::new(text, file, start);
    // Each value but the first follows a comma or an opening bracket.
    let values = memchr::memchr3_iter(b',', b'(', b'[', text.as_bytes()).count();
    parse.nodes.reserve(values + 16);
    parse.blank()?;
    let mut attributes = Vec::new();
    while lex::byte(text, parse.at) == b'#' {
        let from = parse.at;
        let end = attribute_end(text, from);
        let attribute = &text[from..end.unwrap_or(text.len())];
        let (_, _, mistakes) = super::super::read_attributes(attribute, file);
        if !mistakes.is_empty() {
            return Err(parse.unexpected("`#![enable(…)]`, `#![type = \"…\"]` or a value"));
        }
        parse.at = end.ok_or_else(|| parse.unexpected("`]`"))?;
        attributes.push((from, parse.at));
        parse.blank()?;
    }
    parse.value(parse.at, Role::Plain, 0)?;
    parse.blank()?;
    if parse.at < text.len() {
        return Err(parse.unexpected("the end of the file"));
    }
    Ok(Tape {
        text,
        nodes: parse.nodes,
        attributes,
    })
}

pub(super) fn part(text: &str, file: FileId, at: usize) -> Result<Tape<'_>> {
    let mut parse = Parse::new(text, file, at);
    match parse.key_end(at)? {
        Some(key) if lex::is_string(text, at) => parse.keyed(at, key, 0)?,
        _ => parse.value(at, Role::Plain, 0)?,
    };
    Ok(Tape {
        text,
        nodes: parse.nodes,
        attributes: Vec::new(),
    })
}

/// Returns the end of `#![…]`, in which strings may contain brackets.
fn attribute_end(text: &str, start: usize) -> Option<usize> {
    let mut at = lex::blank(text, start).ok()?;
    loop {
        match lex::byte(text, at) {
            b']' => return Some(at + 1),
            _ if lex::is_string(text, at) => at = lex::string(text, at).ok()?.1,
            _ => at += lex::char_at(text, at)?.len_utf8(),
        }
        at = lex::blank(text, at).ok()?;
    }
}

struct Parse<'t> {
    text: &'t str,
    file: FileId,
    at: usize,
    nodes: Vec<Node>,
}

impl<'t> Parse<'t> {
    fn new(text: &'t str, file: FileId, at: usize) -> Parse<'t> {
        Parse {
            text,
            file,
            at,
            nodes: Vec::new(),
        }
    }

    #[inline]
    fn blank(&mut self) -> Result<Blank> {
        match gap::blank(self.text, self.at) {
            Ok(blank) => {
                self.at = blank.end;
                Ok(blank)
            }
            Err(error) => Err(self.lex_error(error)),
        }
    }

    #[inline]
    fn peek(&self) -> u8 {
        lex::byte(self.text, self.at)
    }

    fn place(&self, start: usize, end: usize) -> Place {
        Place {
            file: self.file,
            span: Span::new(start, end),
        }
    }

    #[cold]
    fn lex_error(&self, error: LexError) -> Box<Diagnostic> {
        let place = Place {
            file: self.file,
            span: error.span,
        };
        let mut diagnostic = Diagnostic::error("syntax", error.message, place, "");
        diagnostic.help.extend(error.help.map(str::to_owned));
        Box::new(diagnostic)
    }

    #[cold]
    fn unexpected(&self, expected: &str) -> Box<Diagnostic> {
        let end = self.at + lex::char_at(self.text, self.at).map_or(0, char::len_utf8);
        let end = lex::ident(self.text, self.at).map_or(end, |(_, end)| end);
        let found = match &self.text[self.at..end] {
            "" => "the end of the file".to_owned(),
            found => format!("`{}`", found.escape_debug()),
        };
        let message = format!("expected {expected}, found {found}");
        Box::new(Diagnostic::error(
            "syntax",
            message,
            self.place(self.at, end),
            format!("expected {expected}"),
        ))
    }

    #[cold]
    fn unclosed(&self, open: usize, close: u8) -> Box<Diagnostic> {
        let expected = format!("`,` or `{}`", char::from(close));
        let diagnostic = self.unexpected(&expected);
        Box::new((*diagnostic).label(self.place(open, open + 1), "to continue this, or close it"))
    }

    /// Reads the value here. `start` is where its key starts, or the value itself.
    fn value(&mut self, start: usize, role: Role, depth: usize) -> Result<Flat> {
        let at = self.at;
        match self.peek() {
            b'(' | b'[' | b'{' => return self.group(start, role, Flat::default(), depth),
            b'"' => {
                let end = self.string_end(at)?;
                return Ok(self.token(start, end, Kind::String, role));
            }
            b'\'' => {
                let end = lex::char_literal(self.text, at)
                    .ok_or_else(|| self.unexpected("a character in `'…'`"))?;
                return Ok(self.token(start, end, Kind::Atom, role));
            }
            b'0'..=b'9' | b'+' | b'-' | b'.' => {
                let end = self.number_end(at)?;
                return Ok(self.token(start, end, Kind::Atom, role));
            }
            _ => {}
        }
        if let Some((end, kind)) = self.prefixed_literal(at)? {
            return Ok(self.token(start, end, kind, role));
        }
        let Some((word, end)) = lex::ident(self.text, at) else {
            return Err(self.unexpected("a value"));
        };
        self.at = end;
        let before = self.blank()?;
        let mut name = Flat::of(&self.text[at..end]);
        let behind = self.peek();
        if behind == b'(' {
            name.add(Flat {
                columns: before.width + usize::from(before.width > 0),
                forced: before.breaks || before.breaks_behind,
            });
            return self.group(start, role, name, depth);
        }
        if word == "Some"
            && self.at < self.text.len()
            && !matches!(behind, b',' | b')' | b']' | b'}' | b':')
        {
            return self.bare(start, role, before, depth);
        }
        self.at = at;
        Ok(self.token(start, end, Kind::Atom, role))
    }

    /// Reads `Some` and a value without parentheses.
    #[cold]
    fn bare(&mut self, start: usize, role: Role, before: Blank, depth: usize) -> Result<Flat> {
        let index = self.push(start, Kind::Bare, role);
        self.deeper(depth)?;
        let mut flat = Flat {
            columns: "Some ".len() + before.width,
            forced: before.breaks || before.breaks_behind,
        };
        flat.add(self.value(self.at, Role::Plain, depth + 1)?);
        self.close(index, flat);
        Ok(flat)
    }

    fn deeper(&self, depth: usize) -> Result<()> {
        if depth < DEEPEST {
            return Ok(());
        }
        let place = self.place(self.at, self.at + 1);
        Err(Box::new(Diagnostic::error(
            "syntax",
            format!("values are nested more than {DEEPEST} deep"),
            place,
            "the innermost",
        )))
    }

    #[inline]
    fn token(&mut self, start: usize, end: usize, kind: Kind, role: Role) -> Flat {
        let flat = Flat::of(&self.text[self.at..end]);
        let next = self.nodes.len() as u32 + 1;
        self.nodes.push(Node {
            start: start as u32,
            end: end as u32,
            next,
            flat: flat.stored(),
            kind,
            role,
        });
        self.at = end;
        flat
    }

    fn push(&mut self, start: usize, kind: Kind, role: Role) -> usize {
        self.nodes.push(Node {
            start: start as u32,
            end: 0,
            next: 0,
            flat: FORCED,
            kind,
            role,
        });
        self.nodes.len() - 1
    }

    fn close(&mut self, index: usize, flat: Flat) {
        let next = self.nodes.len() as u32;
        let node = &mut self.nodes[index];
        (node.end, node.next, node.flat) = (self.at as u32, next, flat.stored());
    }

    /// Reads a group in brackets, from the opening one on.
    fn group(&mut self, start: usize, role: Role, name: Flat, depth: usize) -> Result<Flat> {
        self.deeper(depth)?;
        let open = self.at;
        let (mut kind, close) = match self.peek() {
            b'(' => (Kind::Tuple, b')'),
            b'[' => (Kind::List, b']'),
            _ => (Kind::Map, b'}'),
        };
        let index = self.push(start, kind, role);
        let mut flat = name;
        flat.columns += 2;
        self.at += 1;
        let mut before = self.blank()?;
        let mut items = 0_usize;
        let mut comma = false;
        // A comment on the line of the bracket, or of the comma, stays there.
        flat.forced |= before.breaks || before.breaks_behind;
        while self.peek() != close || self.at >= self.text.len() {
            if items > 0 && !comma {
                return Err(self.unclosed(open, close));
            }
            flat.forced |= items > 0 && before.empty_line;
            flat.columns += before.width + if items > 0 { 2 } else { 0 };
            let (item_kind, item) = self.item(kind, items, open, depth)?;
            (kind, items) = (item_kind, items + 1);
            flat.add(item);
            before = self.blank()?;
            flat.add(Flat {
                columns: before.width,
                forced: before.breaks,
            });
            let empty_line = before.empty_line;
            comma = self.peek() == b',';
            if comma {
                self.at += 1;
                before = self.blank()?;
                before.empty_line |= empty_line;
                flat.forced |= before.breaks || before.breaks_behind;
            } else {
                before.width = 0;
            }
        }
        // A tuple of one keeps its comma, or its lack of one; `(/* … */)` has no space after the
        // comment.
        flat.columns += before.width + usize::from(kind == Kind::Tuple && items == 1 && comma);
        flat.columns -= usize::from(items == 0 && before.width > 0);
        self.at += 1;
        self.nodes[index].kind = kind;
        self.close(index, flat);
        Ok(flat)
    }

    /// Reads one part of a group. Returns the kind of group that this makes, and the width of the
    /// part.
    #[inline]
    fn item(
        &mut self,
        kind: Kind,
        items: usize,
        open: usize,
        depth: usize,
    ) -> Result<(Kind, Flat)> {
        let start = self.at;
        match kind {
            Kind::Tuple | Kind::Struct => {
                let field = match (kind, items) {
                    (Kind::Struct, _) | (_, 0) => self.field_end(start)?,
                    _ => None,
                };
                match field {
                    Some(key) => self
                        .keyed(start, key, depth + 1)
                        .map(|flat| (Kind::Struct, flat)),
                    None if kind == Kind::Struct => Err(self.unexpected("a field and `:`")),
                    None => self
                        .value(start, Role::Plain, depth + 1)
                        .map(|flat| (Kind::Tuple, flat)),
                }
            }
            Kind::Map => {
                let flat = match self.key_end(start)? {
                    Some(key) => self.keyed(start, key, depth + 1)?,
                    None => {
                        let mut flat = self.value(start, Role::Key, depth + 1)?;
                        flat.add(self.colon()?);
                        flat.add(self.value(self.at, Role::Plain, depth + 1)?);
                        flat
                    }
                };
                Ok((kind, flat))
            }
            _ => match self.peek() {
                b')' | b']' | b'}' => Err(self.unclosed(open, b']')),
                _ => self
                    .value(start, Role::Plain, depth + 1)
                    .map(|flat| (kind, flat)),
            },
        }
    }

    /// Returns the end of the field name here, or `None` if there is no name with a colon.
    #[inline]
    fn field_end(&self, start: usize) -> Result<Option<usize>> {
        let Some((_, end)) = lex::ident(self.text, start) else {
            return Ok(None);
        };
        if lex::byte(self.text, end) == b':' {
            return Ok(Some(end));
        }
        let colon = lex::blank(self.text, end).map_err(|error| self.lex_error(error))?;
        Ok((lex::byte(self.text, colon) == b':').then_some(end))
    }

    /// Returns the end of a map key that is a single token with a colon after it, or `None`.
    fn key_end(&self, at: usize) -> Result<Option<usize>> {
        let end = match lex::byte(self.text, at) {
            b'"' => self.string_end(at)?,
            b'0'..=b'9' | b'+' | b'-' | b'.' => self.number_end(at)?,
            b'(' | b'[' | b'{' => return Ok(None),
            b'\'' => match lex::char_literal(self.text, at) {
                Some(end) => end,
                None => return Ok(None),
            },
            _ => match (self.prefixed_literal(at)?, lex::ident(self.text, at)) {
                (Some((end, _)), _) | (None, Some((_, end))) => end,
                (None, None) => return Ok(None),
            },
        };
        let colon = lex::blank(self.text, end).map_err(|error| self.lex_error(error))?;
        Ok((lex::byte(self.text, colon) == b':').then_some(end))
    }

    #[inline]
    fn keyed(&mut self, start: usize, key: usize, depth: usize) -> Result<Flat> {
        let mut flat = Flat::of(&self.text[start..key]);
        self.at = key;
        flat.add(self.colon()?);
        flat.add(self.value(start, Role::Keyed, depth)?);
        Ok(flat)
    }

    /// Reads a colon and the whitespace around it.
    #[inline]
    fn colon(&mut self) -> Result<Flat> {
        let before = self.blank()?;
        if self.peek() != b':' {
            return Err(self.unexpected("`:` and a value"));
        }
        self.at += 1;
        let after = self.blank()?;
        let breaks = before.breaks || after.breaks || after.breaks_behind;
        Ok(Flat {
            columns: ": ".len() + before.width + after.width,
            forced: breaks,
        })
    }

    #[inline]
    fn string_end(&self, start: usize) -> Result<usize> {
        let bytes = self.text.as_bytes();
        match memchr::memchr2(b'"', b'\\', &bytes[start + 1..]) {
            Some(length) if bytes[start + 1 + length] == b'"' => Ok(start + length + 2),
            _ => lex::string(self.text, start)
                .map(|(_, end)| end)
                .map_err(|error| self.lex_error(error)),
        }
    }

    fn number_end(&self, start: usize) -> Result<usize> {
        let rest = &self.text.as_bytes()[start..];
        let length = rest
            .iter()
            .position(|b| !(b.is_ascii_alphanumeric() || matches!(b, b'+' | b'-' | b'.' | b'_')));
        let end = start + length.unwrap_or(rest.len());
        let number = &self.text[start..end];
        let is_number = number.bytes().any(|b| b.is_ascii_digit())
            || number.contains("inf")
            || number.contains("NaN");
        if is_number {
            Ok(end)
        } else {
            Err(self.unexpected("a value"))
        }
    }

    /// Returns the end and the kind of the literal here that has a letter before its quotation
    /// mark: `r"…"`, `b"…"`, `br"…"`, `b'…'`.
    #[inline]
    fn prefixed_literal(&self, at: usize) -> Result<Option<(usize, Kind)>> {
        let bytes = &self.text.as_bytes()[at.min(self.text.len())..];
        let string = |end| Ok(Some((end, Kind::String)));
        match bytes {
            [b'r', b'"' | b'#', ..] if lex::is_string(self.text, at) => lex::string(self.text, at)
                .map_err(|error| self.lex_error(error))
                .and_then(|(_, end)| string(end)),
            [b'b', b'r', b'"' | b'#', ..] if lex::is_string(self.text, at + 1) => {
                lex::string(self.text, at + 1)
                    .map_err(|error| self.lex_error(error))
                    .and_then(|(_, end)| string(end))
            }
            [b'b', b'"', ..] => self.bytes_end(at).map(|end| Some((end, Kind::String))),
            [b'b', b'\'', ..] => Ok(lex::char_literal(self.text, at + 1)
                .map(|end| (end, Kind::Atom))
                .or(byte_end(self.text, at))),
            _ => Ok(None),
        }
    }

    /// Returns the end of `b"…"`, whose escapes need not be UTF-8.
    fn bytes_end(&self, start: usize) -> Result<usize> {
        let bytes = self.text.as_bytes();
        let mut at = start + 2;
        while let Some(length) = memchr::memchr2(b'"', b'\\', bytes.get(at..).unwrap_or_default()) {
            match bytes[at + length] {
                b'"' => return Ok(at + length + 1),
                _ => at += length + 2,
            }
        }
        Err(self.lex_error(LexError {
            span: Span::new(start, start + 2),
            message: "this string is never closed",
            help: None,
            is_unclosed: true,
        }))
    }
}

/// Returns the end of `b'\xFF'`, which is not a character.
fn byte_end(text: &str, at: usize) -> Option<(usize, Kind)> {
    let rest = text.get(at + 2..at + 7)?;
    (rest.starts_with("\\x") && rest.ends_with('\'')).then_some((at + 7, Kind::Atom))
}
