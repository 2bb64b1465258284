//! Putting a part into a group, a record into a section, a field into a record, an item into a list, and taking one out: no
//! byte changes that need not.

use crate::edit::format::laid_out;
use crate::edit::own::{Behind, Own, behind, next_line};
use crate::edit::splice::Splice;
use crate::syntax::{Tape, Value};
use crate::text::{FileId, Span, Text};
use crate::words::line_start;

/// A text and which it is.
#[derive(Clone, Copy)]
pub(super) struct In<'t> {
    pub(super) text: &'t str,
    pub(super) file: FileId,
}

impl<'t> In<'t> {
    pub(super) fn of(texts: &'t [Text], file: FileId) -> In<'t> {
        In {
            text: texts
                .get(file.0 as usize)
                .map_or("", |text| text.text.as_str()),
            file,
        }
    }
}

/// How a new part is to stand where its group is empty.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Empty {
    /// On a line of its own.
    Open,
    /// Between the brackets.
    Flat,
}

/// The brackets of a group and the bytes of its parts.
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

    /// Whether the parts stand on lines of their own.
    fn is_open(&self, text: &str) -> bool {
        self.parts
            .first()
            .is_some_and(|first| text[self.open..first.start as usize].contains('\n'))
    }
}

/// A part as it is to be written.
pub(super) struct New {
    /// The part, and comments above it.
    pub(super) text: String,
    /// What stands behind its comma on its line.
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
    /// Without a comma behind it, in a row with others.
    pub(super) fn in_row(self, newline: &str) -> String {
        let end = if self.behind.contains("//") {
            newline
        } else {
            ""
        };
        format!("{}{}{end}", self.text, self.behind)
    }
}

/// Puts a part into a group before the nth, or behind the last. `part` writes it: given its indent, where it is to have a
/// line of its own, else on one line.
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
    let splice = |at: usize, new: String| Splice::new(file, at, at, new);
    if group.parts.is_empty() {
        let inside = &text[group.open + 1..group.close];
        if empty == Empty::Flat && inside.trim().is_empty() {
            return vec![Splice::new(
                file,
                group.open + 1,
                group.close,
                part(None).in_row(newline(text)),
            )];
        }
        let outer = indentation(text, group.open);
        let inner = deeper(outer);
        let New { text: new, behind } = part(Some(&inner));
        let new = format!(
            "{newline}{inner}{new},{behind}{newline}{outer}",
            newline = newline(text)
        );
        // Comments stay above it.
        return vec![Splice::new(
            file,
            group.open + 1 + inside.trim_end().len(),
            group.close,
            new,
        )];
    }
    let nth = nth.min(group.parts.len());
    if !group.is_open(text) {
        return match nth {
            0 => vec![splice(
                group.parts[0].start as usize,
                format!("{}, ", part(None).in_row(newline(text))),
            )],
            _ => vec![splice(
                group.parts[nth - 1].end as usize,
                format!(", {}", part(None).in_row(newline(text))),
            )],
        };
    }
    let indent = indentation(text, group.parts[nth.saturating_sub(1)].start as usize);
    let New {
        text: new,
        behind: comments,
    } = part(Some(indent));
    // One that wants an empty line before it begins with a line break.
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

/// Takes the nth part out of a group, with its lines where it has them for itself.
pub(super) fn remove(within: In<'_>, group: Value<'_>, nth: usize) -> Option<Splice> {
    remove_from(within, &Group::of(group)?, nth)
}

/// The same of a group that is at hand.
pub(super) fn remove_from(within: In<'_>, group: &Group, nth: usize) -> Option<Splice> {
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
            && !has_comment(group.parts[nth - 1].end as usize, start) =>
        {
            Splice::new(file, group.parts[nth - 1].end as usize, end, "")
        }
        // What stands between it and its comma stays.
        _ => Splice::new(
            file,
            start,
            comma.map_or(end, |comma| comma + 1),
            &text[end..comma.unwrap_or(end)],
        ),
    })
}

/// Takes out the lines that a part has for itself.
fn remove_lines(In { text, file }: In<'_>, group: &Group, own: &Own) -> Splice {
    let (mut from, mut to) = (own.start, next_line(text, own.end));
    let is_empty = |at: usize| at < text.len() && text[at..next_line(text, at)].trim().is_empty();
    let before = from
        .checked_sub(1)
        .map(|end| line_start(text, end))
        .filter(|before| is_empty(*before));
    match before {
        // One of two empty lines that would meet.
        Some(_) if is_empty(to) => to = next_line(text, to),
        // An empty line that would stand before the closing bracket.
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

/// The blanks that a line starts with.
pub(super) fn indentation(text: &str, at: usize) -> &str {
    let line = &text[line_start(text, at)..];
    &line[..line.len() - line.trim_start_matches([' ', '\t']).len()]
}

/// One step further in than an indentation.
pub(super) fn deeper(indent: &str) -> String {
    if indent.ends_with('\t') {
        format!("{indent}\t")
    } else {
        format!("{indent}    ")
    }
}

/// The line break of a text.
pub(super) fn newline(text: &str) -> &'static str {
    if text.find('\n').is_some_and(|at| text[..at].ends_with('\r')) {
        "\r\n"
    } else {
        "\n"
    }
}

/// A value as it stands behind `name` on a line with this indent, laid out as the formatter does it.
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

/// The tape of the record that starts at an offset.
pub(super) fn tape(within: In<'_>, start: usize) -> Option<Tape<'_>> {
    Tape::read_part(within.text, within.file, start).ok()
}
