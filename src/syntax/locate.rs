//! Finds the span of a part of a record again. Records in memory store only where they start; what
//! a message underlines is looked up when it is needed.

use std::collections::BTreeMap;

use super::lex;
use crate::text::Span;

/// One step into a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step<'s> {
    /// The key of the map entry with which the record starts.
    Key,
    /// The value of a field.
    Field(&'s str),
    /// The name of a field.
    Name(&'s str),
    /// The item of a list, or the key of a map entry. In a value that is neither, item 0 is the
    /// value.
    Item(usize),
}

/// Returns the span of a part of the record that starts at an offset. If there is no such part,
/// returns that of the closest value around it.
pub fn locate(text: &str, start: u32, path: &[Step<'_>]) -> Span {
    Locator::default().locate(text, start, path)
}

/// Finds parts of records. For many parts of one record in a row, it goes through each list only
/// once.
#[derive(Debug, Default)]
pub struct Locator<'t> {
    text: &'t str,
    /// The start of the record last asked about.
    start: u32,
    /// The parts of values in this record, by the start of the value.
    parts: BTreeMap<usize, Vec<Part>>,
}

/// What stands between two commas.
#[derive(Clone, Copy, Debug)]
struct Part {
    /// The key, or the value itself if there is no key.
    key: Span,
    value: Span,
}

impl<'t> Locator<'t> {
    /// Returns the span of a part of the record that starts at an offset, as [`locate`] does.
    pub fn locate(&mut self, text: &'t str, start: u32, path: &[Step<'_>]) -> Span {
        if start != self.start || !std::ptr::eq(text, self.text) {
            *self = Locator {
                text,
                start,
                parts: BTreeMap::new(),
            };
        }
        let at = start as usize;
        let mut value = value_after_key(text, at).unwrap_or(at);
        let mut found = None;
        for step in path {
            let next = match step {
                Step::Key => lex::string(text, at)
                    .ok()
                    .map(|(_, end)| Span::new(at, end)),
                Step::Field(name) => self.field(value, name).map(|part| part.value),
                Step::Name(name) => self.field(value, name).map(|part| part.key),
                Step::Item(index) => self.item(value, *index),
            };
            match next {
                Some(span) => (found, value) = (next, span.start as usize),
                None => break,
            }
        }
        found.unwrap_or_else(|| whole(text, at))
    }

    fn field(&mut self, record: usize, name: &str) -> Option<Part> {
        let text = self.text;
        let first = inside(text, record)?;
        let in_some = lex::is_word(text, record, "Some") && lex::byte(text, first) == b'(';
        let record = if in_some { first } else { record };
        let named = |part: &&Part| {
            lex::ident(text, part.key.start as usize).is_some_and(|(word, _)| word == name)
        };
        self.parts(record)?.iter().find(named).copied()
    }

    fn item(&mut self, list: usize, index: usize) -> Option<Span> {
        if let Some(parts) = self.parts(list) {
            return parts.get(index).map(|part| part.key);
        }
        let end = value_end(self.text, list).filter(|_| index == 0)?;
        Some(Span::new(list, end))
    }

    /// Returns the parts of the value at an offset, as far as they can be read, or `None` if it has
    /// no brackets.
    fn parts(&mut self, value: usize) -> Option<&[Part]> {
        let first = inside(self.text, value)?;
        let text = self.text;
        let next = |before: &Part| next_part(text, before.value.end as usize);
        let parts = self.parts.entry(value).or_insert_with(|| {
            std::iter::successors(part(text, first), |before| part(text, next(before)?)).collect()
        });
        Some(parts)
    }
}

/// Returns the span of the record that starts at an offset, with its key. If it has no end, returns
/// the rest of its line.
fn whole(text: &str, at: usize) -> Span {
    let line = || {
        text[at..]
            .find('\n')
            .map_or(text.len(), |length| at + length)
    };
    let value = value_after_key(text, at).unwrap_or(at);
    Span::new(at, value_end(text, value).unwrap_or_else(line))
}

/// Returns the span of a part of a string's value, given the span of its literal. Returns the whole
/// literal if the part is not in it, and for an empty part the character before it, so that there
/// is something to see.
pub fn in_string(text: &str, literal: Span, part: std::ops::Range<usize>) -> Span {
    let places = lex::string_chars(&text[..literal.end as usize], literal.start as usize);
    let (mut value, mut span) = (0, None::<Span>);
    for (c, place) in places.into_iter().flatten() {
        let next = value + c.len_utf8();
        let wanted = if part.is_empty() {
            next >= part.start
        } else {
            next > part.start && value < part.end
        };
        if wanted {
            span = Some(span.map_or(place, |span| Span {
                end: place.end,
                ..span
            }));
        }
        if next >= part.end && span.is_some() {
            break;
        }
        value = next;
    }
    span.unwrap_or(literal)
}

/// Returns where the value of an entry `"key": value` starts, or `None` if there is no key.
fn value_after_key(text: &str, at: usize) -> Option<usize> {
    let (_, end) = lex::string(text, at).ok()?;
    let colon = lex::blank(text, end).ok()?;
    (lex::byte(text, colon) == b':').then_some(())?;
    lex::blank(text, colon + 1).ok()
}

/// Returns the end of the value that starts at an offset: the end of its last token before the
/// comma or closing bracket that follows.
fn value_end(text: &str, start: usize) -> Option<usize> {
    let (mut at, mut end, mut depth) = (start, start, 0_usize);
    while at < text.len() {
        match lex::byte(text, at) {
            b',' | b':' if depth == 0 => break,
            b')' | b']' | b'}' if depth == 0 => break,
            _ => {}
        }
        let closes = matches!(lex::byte(text, at), b')' | b']' | b'}');
        depth += usize::from(matches!(lex::byte(text, at), b'(' | b'[' | b'{'));
        depth -= usize::from(closes);
        end = token_end(text, at)?;
        at = lex::blank(text, end).ok()?;
    }
    (end > start).then_some(end)
}

fn token_end(text: &str, at: usize) -> Option<usize> {
    if lex::is_string(text, at) {
        return lex::string(text, at).ok().map(|(_, end)| end);
    }
    if let Some((_, end)) = lex::ident(text, at) {
        return Some(end);
    }
    match (lex::byte(text, at), lex::char_literal(text, at)) {
        (b'\'', Some(end)) => Some(end),
        _ => lex::char_at(text, at).map(|c| at + c.len_utf8()),
    }
}

/// Returns the offset of the first part inside the brackets of the value at an offset, past a word
/// before them (`Some(`, `Stance(`).
fn inside(text: &str, at: usize) -> Option<usize> {
    let open = match lex::ident(text, at) {
        Some((_, end)) => lex::blank(text, end).ok()?,
        None => at,
    };
    matches!(lex::byte(text, open), b'(' | b'[' | b'{').then(|| lex::blank(text, open + 1).ok())?
}

/// Reads the part that starts at an offset.
fn part(text: &str, at: usize) -> Option<Part> {
    let key = Span::new(at, value_end(text, at)?);
    let colon = lex::blank(text, key.end as usize).ok()?;
    if lex::byte(text, colon) != b':' {
        return Some(Part { key, value: key });
    }
    let start = lex::blank(text, colon + 1).ok()?;
    let value = Span::new(start, value_end(text, start)?);
    Some(Part { key, value })
}

/// Returns the start of the part after the one that ends at an offset.
fn next_part(text: &str, end: usize) -> Option<usize> {
    let comma = lex::blank(text, end).ok()?;
    (lex::byte(text, comma) == b',').then_some(())?;
    lex::blank(text, comma + 1).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A locator that has found parts before finds the same as a new one, in whatever order it is
    /// asked.
    #[test]
    fn what_was_found_before_changes_nothing() {
        let text =
            r#""a": (x: ["b", "c"], y: Some((z: 1)), w: {"k": 2}), "d": (x: "e", y: [3 "broken"#;
        let second = text.find("\"d\"").unwrap() as u32;
        let paths: [&[Step<'_>]; 9] = [
            &[],
            &[Step::Key],
            &[Step::Field("x"), Step::Item(1)],
            &[Step::Field("x"), Step::Item(0)],
            &[Step::Field("x"), Step::Item(7)],
            &[Step::Field("y"), Step::Field("z")],
            &[Step::Name("w")],
            &[Step::Field("w"), Step::Item(0)],
            &[Step::Field("y"), Step::Item(0)],
        ];
        let mut places = Locator::default();
        let mut found = Vec::new();
        for path in paths {
            for start in [0, second] {
                let place = places.locate(text, start, path);
                assert_eq!(place, locate(text, start, path), "{path:?}");
                found.push(&text[place.range()]);
            }
        }
        let first: Vec<&str> = found.iter().step_by(2).copied().collect();
        let parts = [
            "\"a\"",
            "\"c\"",
            "\"b\"",
            "[\"b\", \"c\"]",
            "1",
            "w",
            "\"k\"",
            "(z: 1)",
        ];
        assert_eq!(first[1..], parts);
    }
}
