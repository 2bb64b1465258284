//! Finding the bytes of a part of a record again. Records in memory carry only where they start; what a message
//! underlines is looked up when there is something to say.

use super::lex;
use crate::text::Span;

/// One step into a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step<'s> {
    /// The key of a map's entry, at whose start the record starts.
    Key,
    /// The value of a field.
    Field(&'s str),
    /// The name of a field.
    Name(&'s str),
    /// The item of a list, or the key of a map's entry; of a value that is neither, item 0 is the value.
    Item(usize),
}

/// The bytes of a part of the record that starts at an offset; those of the nearest whole around it where there is no
/// such part.
pub fn locate(text: &str, start: u32, path: &[Step<'_>]) -> Span {
    let at = start as usize;
    let whole = value_after_key(text, at).unwrap_or(at);
    let mut found = match value_end(text, whole) {
        Some(end) => Span::new(at, end),
        None => Span::new(
            at,
            text[at..]
                .find('\n')
                .map_or(text.len(), |length| at + length),
        ),
    };
    let mut value = whole;
    for step in path {
        let next = match step {
            Step::Key => lex::string(text, at)
                .ok()
                .map(|(_, end)| Span::new(at, end)),
            Step::Field(name) => field(text, value, name).map(|(_, value)| value),
            Step::Name(name) => field(text, value, name).map(|(name, _)| name),
            Step::Item(index) => item(text, value, *index),
        };
        match next {
            Some(span) => (found, value) = (span, span.start as usize),
            None => break,
        }
    }
    found
}

/// Where a part of a string's value stands in the text, by the place of its literal; the whole literal where the part is not
/// in it. An empty part is the character before it, so that there is something to see.
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

/// Where the value of an entry `"key": value` starts; none where no key stands.
fn value_after_key(text: &str, at: usize) -> Option<usize> {
    let (_, end) = lex::string(text, at).ok()?;
    let colon = lex::blank(text, end).ok()?;
    (lex::byte(text, colon) == b':').then_some(())?;
    lex::blank(text, colon + 1).ok()
}

/// The end of the value that starts at an offset: of its last token before the comma or closing bracket behind it.
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

/// Where the parts of the value at an offset stand between its brackets, past a word before them (`Some(`, `Stance(`).
fn inside(text: &str, at: usize) -> Option<usize> {
    let open = match lex::ident(text, at) {
        Some((_, end)) => lex::blank(text, end).ok()?,
        None => at,
    };
    matches!(lex::byte(text, open), b'(' | b'[' | b'{').then(|| lex::blank(text, open + 1).ok())?
}

fn next_part(text: &str, at: usize) -> Option<usize> {
    let mut comma = lex::blank(text, value_end(text, at)?).ok()?;
    if lex::byte(text, comma) == b':' {
        let value = lex::blank(text, comma + 1).ok()?;
        comma = lex::blank(text, value_end(text, value)?).ok()?;
    }
    (lex::byte(text, comma) == b',').then_some(())?;
    lex::blank(text, comma + 1).ok()
}

fn field(text: &str, record: usize, name: &str) -> Option<(Span, Span)> {
    let mut at = inside(text, record)?;
    if lex::is_word(text, record, "Some") && lex::byte(text, at) == b'(' {
        at = lex::blank(text, at + 1).ok()?;
    }
    loop {
        let (word, end) = lex::ident(text, at)?;
        let colon = lex::blank(text, end).ok()?;
        let value = lex::blank(text, colon + 1).ok()?;
        if word == name {
            return Some((
                Span::new(at, end),
                Span::new(value, value_end(text, value)?),
            ));
        }
        at = next_part(text, value)?;
    }
}

fn item(text: &str, list: usize, index: usize) -> Option<Span> {
    let Some(mut at) = inside(text, list) else {
        return (index == 0)
            .then(|| value_end(text, list))
            .flatten()
            .map(|end| Span::new(list, end));
    };
    for _ in 0..index {
        at = next_part(text, at)?;
    }
    Some(Span::new(at, value_end(text, at)?))
}
