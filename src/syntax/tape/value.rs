//! Navigates a tape: values, their keys and what they contain.

use super::{Kind, Node, Role, Tape};
use crate::syntax::lex;
use crate::text::Span;

/// A value on a tape.
#[derive(Clone, Copy, Debug)]
pub struct Value<'a> {
    tape: &'a Tape<'a>,
    index: usize,
}

impl<'a> Value<'a> {
    pub(super) fn new(tape: &'a Tape<'a>, index: usize) -> Value<'a> {
        Value { tape, index }
    }

    fn node(self) -> &'a Node {
        &self.tape.nodes[self.index]
    }

    /// Returns the kind of this value.
    pub fn kind(self) -> Kind {
        self.node().kind
    }

    /// Returns the span of this value with its key.
    pub fn entry(self) -> Span {
        Span {
            start: self.node().start,
            end: self.node().end,
        }
    }

    /// Returns the span of the key, or `None` if there is none that is a single token.
    pub fn key(self) -> Option<Span> {
        let Node { start, role, .. } = *self.node();
        (role == Role::Keyed)
            .then(|| Span::new(start as usize, key_end(self.tape.text, start as usize)))
    }

    /// Returns the text of the key: the name of a field, or the value of the key's string.
    pub fn name(self) -> Option<std::borrow::Cow<'a, str>> {
        let key = self.key()?;
        match lex::is_string(self.tape.text, key.start as usize) {
            true => lex::string(self.tape.text, key.start as usize)
                .ok()
                .map(|(name, _)| name),
            false => Some(self.tape.text[key.range()].trim_start_matches("r#").into()),
        }
    }

    /// Returns the span of this value without its key.
    pub fn span(self) -> Span {
        Span {
            start: value_start(self.tape.text, self.node()) as u32,
            end: self.node().end,
        }
    }

    /// Returns the value of the string, or `None` if this is not a string.
    pub fn string(self) -> Option<std::borrow::Cow<'a, str>> {
        let start = self.span().start as usize;
        lex::is_string(self.tape.text, start).then(|| {
            lex::string(self.tape.text, start)
                .ok()
                .map(|(string, _)| string)
        })?
    }

    /// Yields the values in this one, in the order of the text. For `Some(…)`, yields those of the
    /// value in it, as if it were bare.
    pub fn parts(self) -> impl Iterator<Item = Value<'a>> {
        let value = self.unwrapped();
        let (tape, end) = (value.tape, value.node().next as usize);
        let first = value.index + 1;
        std::iter::successors((first < end).then_some(first), move |&index| {
            let next = tape.nodes[index].next as usize;
            (next < end).then_some(next)
        })
        .map(move |index| Value::new(tape, index))
    }

    /// Returns the value of a field, or `None` if there is no such field.
    pub fn field(self, name: &str) -> Option<Value<'a>> {
        self.parts()
            .find(|part| part.name().is_some_and(|found| found == name))
    }

    /// Returns the value in `Some(…)`, or this value itself if it is bare.
    pub fn unwrapped(self) -> Value<'a> {
        let is_some = || lex::is_word(self.tape.text, self.span().start as usize, "Some");
        let holds_one = matches!(self.kind(), Kind::Tuple | Kind::Bare)
            && self.index + 1 < self.node().next as usize;
        if holds_one && is_some() {
            Value::new(self.tape, self.index + 1).unwrapped()
        } else {
            self
        }
    }

    /// Returns the offset of the opening bracket, or `None` if there is none.
    pub fn open(self) -> Option<usize> {
        match self.kind() {
            Kind::Atom | Kind::String | Kind::Bare => None,
            _ => Some(open(self.tape.text, self.span().start as usize)),
        }
    }
}

/// Returns the end of the key that starts at an offset.
#[inline]
pub(crate) fn key_end(text: &str, start: usize) -> usize {
    let end = match text.as_bytes()[start] {
        b'"' => lex::string(text, start).ok().map(|(_, end)| end),
        b'\'' => lex::char_literal(text, start),
        b'0'..=b'9' | b'+' | b'-' | b'.' => None,
        _ => lex::ident(text, start).map(|(_, end)| end),
    };
    // For any rare kind of key: the last byte before the whitespace and comments before the colon.
    end.unwrap_or_else(|| {
        let bytes = text.as_bytes();
        let mut at = start;
        while at < bytes.len() {
            if lex::is_string(text, at) {
                at = lex::string(text, at).map_or(bytes.len(), |(_, end)| end);
            } else if bytes[at] == b':' || bytes[at].is_ascii_whitespace() || bytes[at] == b'/' {
                break;
            } else if bytes[at] == b'\'' {
                at = lex::char_literal(text, at).unwrap_or(at + 1);
            } else {
                at += 1;
            }
        }
        at
    })
}

/// Returns where the value of a node starts, after its key.
#[inline]
pub(crate) fn value_start(text: &str, node: &Node) -> usize {
    let start = node.start as usize;
    if node.role != Role::Keyed {
        return start;
    }
    let colon = lex::blank(text, key_end(text, start)).unwrap_or(start);
    lex::blank(text, colon + 1).unwrap_or(start)
}

/// Returns the offset of the opening bracket of the group that starts at an offset, past its name.
pub(crate) fn open(text: &str, start: usize) -> usize {
    match lex::ident(text, start) {
        Some((_, end)) => lex::blank(text, end).unwrap_or(end),
        None => start,
    }
}
