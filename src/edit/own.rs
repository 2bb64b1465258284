//! The lines that a part of a group has to itself, with the comments that belong to it.

use crate::edit::part::Group;
use crate::syntax::comment_end;
use crate::syntax::tape::gap::{Gap, gap};
use crate::words::line_start;

/// The lines of a part that shares them with no other.
pub(super) struct Own {
    /// Where they start, including the comments above that belong to it.
    pub(super) start: usize,
    /// The end of the part's last line.
    pub(super) end: usize,
    /// The comma after it.
    pub(super) comma: Option<usize>,
    /// Whose the comments directly above it are.
    pub(super) above: Above,
}

/// Whose the comments directly above a part are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Above {
    /// There are no comments.
    Nothing,
    /// They belong to the part.
    Its,
    /// They head several parts that follow one another, so they may be about all of them.
    Heads,
}

impl Own {
    /// Returns the lines of the nth part, or `None` if it shares them.
    pub(super) fn of(text: &str, group: &Group, nth: usize) -> Option<Own> {
        let part = *group.parts.get(nth)?;
        let (start, end) = (part.start as usize, part.end as usize);
        let next = group
            .parts
            .get(nth + 1)
            .map_or(group.close, |next| next.start as usize);
        let Behind {
            comma,
            line_end,
            ends_line,
        } = behind(text, end, next);
        // Look for the start of the line last: a line of many parts is long.
        if !ends_line || comma.is_some_and(|comma| comma >= line_end) {
            return None;
        }
        let line = line_start(text, start);
        if !text[line..start].trim().is_empty() {
            return None;
        }
        let before = nth
            .checked_sub(1)
            .map_or(group.open + 1, |before| group.parts[before].end as usize);
        let (above, start) = match comments_above(text, &gap(text, before, start), nth == 0) {
            None => (Above::Nothing, line),
            Some((_, Heads::Maybe))
                if nth + 1 < group.parts.len() && follows_directly(&gap(text, end, next)) =>
            {
                (Above::Heads, line)
            }
            Some((above, _)) => (Above::Its, line_start(text, above)),
        };
        Some(Own {
            start,
            end: line_end,
            comma,
            above,
        })
    }
}

/// Whether comments may be about more than the part below them, which is possible if nothing is
/// directly above them.
#[derive(Clone, Copy)]
enum Heads {
    Maybe,
    No,
}

/// Returns where the comments on the lines directly above a part start.
fn comments_above(text: &str, gap: &Gap<'_>, first: bool) -> Option<(usize, Heads)> {
    if !gap.ends_line || gap.ends_blank {
        return None;
    }
    let mut found = None;
    for comment in gap.comments.iter().rev() {
        // A comment before the comma belongs to the previous part.
        if gap.separator && !comment.behind_separator {
            break;
        }
        if !text[line_start(text, comment.start)..comment.start]
            .trim()
            .is_empty()
        {
            continue;
        }
        found = Some((comment.start, Heads::No));
        if comment.after_blank_line {
            return Some((comment.start, Heads::Maybe));
        }
    }
    found.map(|(start, _)| (start, if first { Heads::Maybe } else { Heads::No }))
}

/// Returns whether the next part starts on the next line.
fn follows_directly(gap: &Gap<'_>) -> bool {
    gap.ends_line && !gap.ends_blank && !gap.comments.iter().any(|comment| comment.on_new_line)
}

/// What follows a part on its line.
pub(super) struct Behind {
    pub(super) comma: Option<usize>,
    /// The end of the line, or the start of what follows on it.
    pub(super) line_end: usize,
    /// Whether the line ends there.
    pub(super) ends_line: bool,
}

pub(super) fn behind(text: &str, from: usize, to: usize) -> Behind {
    let mut found = Behind {
        comma: None,
        line_end: to,
        ends_line: false,
    };
    let mut at = from;
    while at < to {
        match text.as_bytes()[at] {
            b'\n' if !found.ends_line => {
                (found.line_end, found.ends_line) =
                    (at - usize::from(text[..at].ends_with('\r')), true);
                at += 1;
            }
            b',' if found.comma.is_none() => {
                found.comma = Some(at);
                at += 1;
            }
            b'/' => at = comment_end(text, at).unwrap_or(to),
            _ => at += 1,
        }
    }
    found
}

pub(super) fn next_line(text: &str, at: usize) -> usize {
    text[at..]
        .find('\n')
        .map_or(text.len(), |length| at + length + 1)
}
