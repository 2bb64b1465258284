//! Reads what lies between two values: comments, blank lines, a comma or a colon.

use crate::syntax::lex::{self, LexError};

/// A comment and its layout.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Comment<'t> {
    /// The offset of its start in the text.
    pub(crate) start: usize,
    /// The text of the comment, without whitespace at its end.
    pub(crate) text: &'t str,
    /// Whether a line break directly precedes it, after the value, comment, comma or colon before
    /// it.
    pub(crate) on_new_line: bool,
    /// Whether a blank line precedes it.
    pub(crate) after_blank_line: bool,
    /// Whether the comma or colon precedes it.
    pub(crate) behind_separator: bool,
}

impl Comment<'_> {
    pub(crate) fn is_line(&self) -> bool {
        self.text.starts_with("//")
    }
}

/// Everything between two values.
#[derive(Debug, Default)]
pub(crate) struct Gap<'t> {
    pub(crate) comments: Vec<Comment<'t>>,
    /// Whether the gap contains a comma or a colon.
    pub(crate) separator: bool,
    /// Whether a line break follows the last comment.
    pub(crate) ends_line: bool,
    /// Whether a blank line follows the last comment.
    pub(crate) ends_blank: bool,
}

/// Reads the gap `from..to`, which has been read without a mistake before.
#[inline]
pub(crate) fn gap(text: &str, from: usize, to: usize) -> Gap<'_> {
    let mut gap = Gap::default();
    let (mut at, mut lines) = (from, 0);
    while at < to {
        match text.as_bytes()[at] {
            b'\n' => {
                lines += 1;
                gap.ends_line = true;
                gap.ends_blank |= lines > 1;
                at += 1;
            }
            separator @ (b',' | b':') => {
                // A line break before the separator does not count, unless a comment has, or may
                // have, a line of its own.
                gap.ends_line &= gap
                    .comments
                    .last()
                    .is_some_and(|last| separator == b',' || last.is_line());
                (gap.separator, lines) = (true, 0);
                at += 1;
            }
            b'/' => {
                let end = lex::comment_end(text, at).unwrap_or(to);
                let written = text[at..end].trim_end();
                gap.comments.push(Comment {
                    start: at,
                    text: written,
                    on_new_line: gap.ends_line,
                    after_blank_line: gap.ends_blank,
                    behind_separator: gap.separator,
                });
                (gap.ends_line, gap.ends_blank, lines) = (false, false, 0);
                at = end;
            }
            _ => at += 1,
        }
    }
    gap
}

/// The effect of a gap without comma or colon on the layout of the value around it.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Blank {
    /// The offset of its end.
    pub(crate) end: usize,
    /// The columns that its comments take on one line, each with a space.
    pub(crate) width: usize,
    /// Whether one of its comments ends its line, spans several, or starts one.
    pub(crate) breaks: bool,
    /// Whether a line break follows the last of its comments.
    pub(crate) breaks_behind: bool,
    /// Whether it contains a blank line.
    pub(crate) empty_line: bool,
}

/// Reads the whitespace and comments at an offset.
#[inline]
pub(crate) fn blank(text: &str, start: usize) -> Result<Blank, LexError> {
    let bytes = text.as_bytes();
    let mut at = start;
    let mut lines = 0;
    while let Some(byte) = bytes.get(at) {
        match byte {
            b' ' => at += 1,
            b'\n' => {
                lines += 1;
                at += 1;
            }
            b'\t' | b'\r' => at += 1,
            b'/' | 0x0B | 0x0C | 0x80.. => return blank_with_comments(text, start),
            _ => break,
        }
    }
    Ok(Blank {
        end: at,
        empty_line: lines > 1,
        ..Blank::default()
    })
}

#[cold]
fn blank_with_comments(text: &str, start: usize) -> Result<Blank, LexError> {
    let end = lex::blank(text, start)?;
    let gap = gap(text, start, end);
    let mut found = Blank {
        end,
        empty_line: gap.ends_blank,
        ..Blank::default()
    };
    for comment in &gap.comments {
        found.width += super::parse::columns(comment.text) + 1;
        found.breaks |= comment.is_line() || comment.on_new_line || comment.text.contains('\n');
        found.empty_line |= comment.after_blank_line;
    }
    found.breaks_behind = !gap.comments.is_empty() && gap.ends_line;
    Ok(found)
}
