//! Inserting and removing parts of a group (a record of a section, a field of a record, an item of
//! a list) without changing any other byte.

use std::collections::HashSet;

use crate::edit::format::laid_out;
use crate::edit::own::{Behind, Own, behind, next_line};
use crate::edit::splice::Splice;
use crate::syntax::{Tape, Value};
use crate::text::{FileId, Span, Text};
use crate::words::line_start;

/// A text and its file id.
#[derive(Clone, Copy)]
pub(super) struct In<'t> {
    pub(super) text: &'t str,
    pub(super) file: FileId,
}

impl<'t> In<'t> {
    pub(super) fn of(texts: &'t [Text], file: FileId) -> In<'t> {
        In {
            text: file.of(texts).map_or("", |text| text.text.as_str()),
            file,
        }
    }
}

/// How a new part is placed in an empty group.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Empty {
    /// On a line of its own.
    Open,
    /// Between the brackets.
    Flat,
}

/// The brackets of a group and the spans of its parts.
pub(super) struct Group {
    pub(super) open: usize,
    pub(super) close: usize,
    pub(super) parts: Vec<Span>,
}

impl Group {
    pub(super) fn of(value: Value<'_>) -> Option<Group> {
        let value = value.unwrapped();
        let (open, close) = (value.open()?, value.span().end as usize - 1);
        Some(Group {
            open,
            close,
            parts: value.parts().map(Value::entry).collect(),
        })
    }

    /// Returns whether the parts are on lines of their own.
    fn is_open(&self, text: &str) -> bool {
        self.parts
            .first()
            .is_some_and(|first| text[self.open..first.start as usize].contains('\n'))
    }
}

/// A part to be written.
pub(super) struct New {
    /// The part, and comments above it.
    pub(super) text: String,
    /// What follows its comma on its line.
    pub(super) behind: String,
}

impl From<String> for New {
    fn from(text: String) -> New {
        New {
            text,
            behind: String::new(),
        }
    }
}

impl New {
    /// Returns the part without a trailing comma, for a row with others.
    pub(super) fn in_row(self, newline: &str) -> String {
        let end = if self.behind.contains("//") {
            newline
        } else {
            ""
        };
        format!("{}{}{end}", self.text, self.behind)
    }
}

/// Inserts a part before the nth of a group, or after the last. `part` writes it: with an indent if
/// it gets its own line, else on one line.
pub(super) fn insert(
    within: In<'_>,
    group: Value<'_>,
    nth: usize,
    empty: Empty,
    part: &dyn Fn(Option<&str>) -> New,
) -> Vec<Splice> {
    let In { text, file } = within;
    let Some(group) = Group::of(group) else {
        return Vec::new();
    };
    let nth = nth.min(group.parts.len());
    if group.parts.is_empty() {
        vec![insert_into_empty(within, &group, empty, part)]
    } else if group.is_open(text) {
        insert_line(within, &group, nth, part)
    } else {
        let new = part(None).in_row(newline(text));
        let (at, new) = match nth {
            0 => (group.parts[0].start, format!("{new}, ")),
            _ => (group.parts[nth - 1].end, format!(", {new}")),
        };
        vec![Splice::new(file, at as usize, at as usize, new)]
    }
}

/// Inserts the first part of a group. Comments stay above it.
fn insert_into_empty(
    In { text, file }: In<'_>,
    group: &Group,
    empty: Empty,
    part: &dyn Fn(Option<&str>) -> New,
) -> Splice {
    let inside = &text[group.open + 1..group.close];
    if empty == Empty::Flat && inside.trim().is_empty() {
        let new = part(None).in_row(newline(text));
        return Splice::new(file, group.open + 1, group.close, new);
    }
    let outer = indentation(text, group.open);
    let inner = deeper(outer);
    let New { text: new, behind } = part(Some(&inner));
    let new = format!(
        "{newline}{inner}{new},{behind}{newline}{outer}",
        newline = newline(text)
    );
    let comments = group.open + 1 + inside.trim_end().len();
    Splice::new(file, comments, group.close, new)
}

/// Inserts a part on a line of its own, behind the comments of the one before.
fn insert_line(
    In { text, file }: In<'_>,
    group: &Group,
    nth: usize,
    part: &dyn Fn(Option<&str>) -> New,
) -> Vec<Splice> {
    let splice = |at: usize, new: String| Splice::new(file, at, at, new);
    let indent = indentation(text, group.parts[nth.saturating_sub(1)].start as usize);
    let New {
        text: new,
        behind: comments,
    } = part(Some(indent));
    // A part that wants an empty line before it begins with a line break.
    let indented = if new.starts_with(newline(text)) {
        ""
    } else {
        indent
    };
    let line = format!("{}{indented}{new},{comments}", newline(text));
    let Some(before) = nth
        .checked_sub(1)
        .map(|before| group.parts[before].end as usize)
    else {
        let behind = behind(text, group.open + 1, group.parts[0].start as usize);
        return vec![splice(behind.line_end, line)];
    };
    let next = group
        .parts
        .get(nth)
        .map_or(group.close, |next| next.start as usize);
    let Behind {
        comma,
        mut line_end,
        mut ends_line,
    } = behind(text, before, next);
    if let Some(comma) = comma.filter(|comma| *comma >= line_end) {
        Behind {
            line_end,
            ends_line,
            ..
        } = behind(text, comma + 1, next);
    }
    let line = match nth == group.parts.len() && !ends_line {
        true => format!("{line}{}{}", newline(text), indentation(text, group.open)),
        false => line,
    };
    match comma {
        Some(_) => vec![splice(line_end, line)],
        None => vec![splice(before, ",".to_owned()), splice(line_end, line)],
    }
}

/// Removes the nth part of a group, with its lines if it has them to itself.
pub(super) fn remove(within: In<'_>, group: Value<'_>, nth: usize) -> Option<Splice> {
    remove_from(within, &Group::of(group)?, nth, false)
}

/// Removes these parts of a group, each by a splice of its own, in their order.
pub(super) fn remove_all(within: In<'_>, group: &Group, all: &[usize]) -> Vec<Splice> {
    let gone: HashSet<usize> = all.iter().copied().collect();
    let remove = |nth: &usize| {
        let is_last_of_several = *nth > 0 && gone.contains(&(nth - 1));
        remove_from(within, group, *nth, is_last_of_several)
    };
    all.iter().filter_map(remove).collect()
}

/// Like [`remove`], for a group that is already at hand. Where the part before it is removed too, the
/// comma before both stays.
fn remove_from(
    within: In<'_>,
    group: &Group,
    nth: usize,
    is_last_of_several: bool,
) -> Option<Splice> {
    let In { text, file } = within;
    let part = *group.parts.get(nth)?;
    if let Some(own) = Own::of(text, group, nth) {
        return Some(remove_lines(within, group, &own));
    }
    let (start, end) = (part.start as usize, part.end as usize);
    let next = group
        .parts
        .get(nth + 1)
        .map_or(group.close, |next| next.start as usize);
    let comma = behind(text, end, next).comma;
    let has_comment = |from: usize, to: usize| text[from..to].contains('/');
    Some(match nth {
        _ if nth + 1 < group.parts.len() && !has_comment(end, next) => {
            Splice::new(file, start, next, "")
        }
        _ if nth > 0
            && nth + 1 == group.parts.len()
            && !is_last_of_several
            && !has_comment(group.parts[nth - 1].end as usize, start) =>
        {
            Splice::new(file, group.parts[nth - 1].end as usize, end, "")
        }
        // What comes between the part and its comma stays.
        _ => Splice::new(
            file,
            start,
            comma.map_or(end, |comma| comma + 1),
            &text[end..comma.unwrap_or(end)],
        ),
    })
}

/// Removes the lines that a part has to itself.
fn remove_lines(In { text, file }: In<'_>, group: &Group, own: &Own) -> Splice {
    let (mut from, mut to) = (own.start, next_line(text, own.end));
    let is_empty = |at: usize| at < text.len() && text[at..next_line(text, at)].trim().is_empty();
    let before = from
        .checked_sub(1)
        .map(|end| line_start(text, end))
        .filter(|before| is_empty(*before));
    match before {
        // Removes one of two empty lines that would meet.
        Some(_) if is_empty(to) => to = next_line(text, to),
        // Removes an empty line that would precede the closing bracket.
        Some(before) if text[to..group.close.max(to)].trim().is_empty() => from = before,
        _ => {}
    }
    let rest_is_blank = group.parts.len() == 1
        && text[group.open + 1..from].trim().is_empty()
        && text[to.min(group.close)..group.close].trim().is_empty();
    match rest_is_blank {
        true => Splice::new(file, group.open + 1, group.close, ""),
        false => Splice::new(file, from, to, ""),
    }
}

/// Returns the whitespace that a line starts with.
pub(super) fn indentation(text: &str, at: usize) -> &str {
    let line = &text[line_start(text, at)..];
    &line[..line.len() - line.trim_start_matches([' ', '\t']).len()]
}

/// Returns an indent one level deeper.
pub(super) fn deeper(indent: &str) -> String {
    if indent.ends_with('\t') {
        format!("{indent}\t")
    } else {
        format!("{indent}    ")
    }
}

/// Returns the line break of a text.
pub(super) fn newline(text: &str) -> &'static str {
    if text.find('\n').is_some_and(|at| text[..at].ends_with('\r')) {
        "\r\n"
    } else {
        "\n"
    }
}

/// Lays out a value after `name` on a line with this indent, as the formatter does.
pub(super) fn at_indent(text: &str, name: &str, value: &str, indent: Option<&str>) -> String {
    let Some(indent) = indent else {
        return format!("{name}{value}");
    };
    let tabs = indent.matches('\t').count();
    let laid_out = laid_out(name, value, indent.len() + 3 * tabs, newline(text));
    if tabs == 0 {
        return laid_out;
    }
    let mut out = String::with_capacity(laid_out.len());
    for (nth, line) in laid_out.split_inclusive('\n').enumerate() {
        let inner = if nth == 0 {
            line
        } else {
            line.trim_start_matches(' ')
        };
        out.push_str(&"\t".repeat((line.len() - inner.len()) / 4));
        out.push_str(inner);
    }
    out
}

/// Reads the record that starts at an offset.
pub(super) fn tape(within: In<'_>, start: usize) -> Option<Tape<'_>> {
    Tape::read_part(within.text, within.file, start).ok()
}
