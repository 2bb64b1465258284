//! Finds where reading resumes after a mistake that makes the text unreadable. It judges by the
//! look of lines alone, since quotation marks and brackets can't be trusted there.

use super::lex;
use crate::words::line_start;

/// What the line at which reading resumes looks like, with its offset.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Resume {
    /// A record of the section being read.
    Entry(usize),
    /// A section or another top-level field.
    Section(usize),
    /// The bracket that closes the section being read.
    Close(usize),
}

/// The shape of a section: whether its entries have keys.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Shape {
    /// `[ (…), (…) ]`
    List,
    /// `{ "id": (…), "id": (…) }`
    Map,
}

impl Shape {
    pub(crate) fn brackets(self) -> (u8, u8) {
        match self {
            Shape::List => (b'[', b']'),
            Shape::Map => (b'{', b'}'),
        }
    }
}

/// Returns the first line after an offset at which reading can resume; the line of the offset
/// itself counts if only whitespace precedes it there. `entry_start` is where the broken record
/// starts: another one starts after it, and a closing bracket counts only if it is less indented.
pub(crate) fn resume(
    text: &str,
    from: usize,
    entry_start: usize,
    shape: Option<Shape>,
    sections: &[&str],
) -> Option<Resume> {
    let mut line = line_start(text, from);
    if text[line..from].bytes().any(|b| b != b' ' && b != b'\t') {
        line = next_line(text, line)?;
    }
    let indent = indentation(text, entry_start);
    loop {
        let first = line + text[line..].len() - text[line..].trim_start_matches([' ', '\t']).len();
        let close = shape.map_or(b')', |shape| shape.brackets().1);
        if first > entry_start && shape.is_some_and(|shape| is_entry(text, first, shape)) {
            return Some(Resume::Entry(first));
        } else if is_section(text, first, sections) {
            return Some(Resume::Section(first));
        } else if lex::byte(text, first) == close && first - line < indent {
            return Some(Resume::Close(first));
        } else {
            line = next_line(text, line)?;
        }
    }
}

fn next_line(text: &str, at: usize) -> Option<usize> {
    text[at..].find('\n').map(|length| at + length + 1)
}

pub(super) fn indentation(text: &str, at: usize) -> usize {
    let line = &text[line_start(text, at)..];
    line.len() - line.trim_start_matches([' ', '\t']).len()
}

/// Returns whether the line looks like `(field:` or `"id": (`. Looks at no more of a long line than
/// this takes.
pub(crate) fn is_entry(text: &str, at: usize, shape: Shape) -> bool {
    let line = &text[at..];
    match shape {
        Shape::List => line.strip_prefix('(').is_some_and(is_field),
        Shape::Map => {
            let rest = line.strip_prefix('"').and_then(|key| {
                let end = key.find(['"', '\n'])?;
                key[end..].strip_prefix('"')
            });
            let value = rest.and_then(|rest| skip_blanks(rest).strip_prefix(':'));
            value.is_some_and(|value| skip_blanks(value).starts_with('('))
        }
    }
}

/// Returns whether a line continues like `field:`, or ends.
pub(super) fn is_field(line: &str) -> bool {
    let line = skip_blanks(line);
    let named = lex::ident(line, 0);
    line.is_empty()
        || line.starts_with('\n')
        || named.is_some_and(|(_, end)| skip_blanks(&line[end..]).starts_with(':'))
}

/// Returns what follows the whitespace at the start of a line.
fn skip_blanks(line: &str) -> &str {
    line.trim_start_matches(|c: char| c.is_whitespace() && c != '\n')
}

pub(super) fn is_section(text: &str, at: usize, sections: &[&str]) -> bool {
    let word = lex::ident(text, at).filter(|(word, _)| sections.contains(word));
    word.is_some_and(|(_, end)| text[end..].trim_start().starts_with(':'))
}
