//! Where comments and empty lines go: they stay on the same side of the part next to them.

use crate::edit::format::print::{INDENT, Printer, Slot};
use crate::syntax::tape::gap::{Comment, Gap, gap};

/// What comes before a gap.
#[derive(Clone, Copy, PartialEq)]
enum Behind {
    Nothing,
    Bracket,
    Part,
    LastPart,
}

impl Printer<'_> {
    fn has_slash(&self, from: usize, to: usize) -> bool {
        memchr::memchr(b'/', &self.text.as_bytes()[from..to]).is_some()
    }

    pub(super) fn has_empty_line(&self, from: usize, to: usize) -> bool {
        let gap = gap(self.text, from, to);
        gap.ends_blank || gap.comments.iter().any(|comment| comment.after_blank_line)
    }

    /// Returns whether a comma follows a part.
    pub(super) fn has_comma(&self, slot: Slot) -> bool {
        gap(self.text, slot.end, slot.behind).separator
    }

    /// Writes the comments on the line of an opening bracket, and ends the line.
    pub(super) fn behind_bracket(&mut self, slot: Slot) {
        if self.has_slash(slot.before, slot.start) {
            let gap = gap(self.text, slot.before, slot.start);
            for comment in &gap.comments[..same_line(&gap, Behind::Bracket)] {
                self.out.push(' ');
                self.copy(comment.text);
            }
        }
        self.end_line();
    }

    /// Writes the comments and empty line before a part, and the comments before it on its own
    /// line.
    pub(super) fn lead(&mut self, slot: Slot, indent: usize, nothing_before: bool) {
        if !self.has_slash(slot.before, slot.start) {
            if !nothing_before && has_blank_line(&self.text.as_bytes()[slot.before..slot.start]) {
                self.end_line();
            }
            return self.indent(indent);
        }
        let gap = gap(self.text, slot.before, slot.start);
        let behind_bracket = self.text[..slot.before].ends_with(['(', '[', '{']);
        let from = same_line(
            &gap,
            match slot.first {
                true if behind_bracket => Behind::Bracket,
                true => Behind::Nothing,
                false => Behind::Part,
            },
        );
        let (own, inline) = gap.comments[from..].split_at(first_inline(&gap, from));
        self.own_lines(own, indent, nothing_before);
        let blank = inline
            .first()
            .map_or(gap.ends_blank, |comment| comment.after_blank_line);
        if blank && !(nothing_before && own.is_empty()) {
            self.end_line();
        }
        self.indent(indent);
        for comment in inline {
            self.copy(comment.text);
            self.out.push(' ');
        }
    }

    /// Writes the comma after a part and the comments on its line, and ends the line; after the
    /// last part, also the comments on their own lines.
    pub(super) fn trail(&mut self, slot: Slot, indent: usize, mut comma: Option<char>) {
        if !self.has_slash(slot.end, slot.behind) {
            self.out.extend(comma);
            return self.end_line();
        }
        let gap = gap(self.text, slot.end, slot.behind);
        let (here, below) = gap.comments.split_at(same_line(
            &gap,
            if slot.last {
                Behind::LastPart
            } else {
                Behind::Part
            },
        ));
        for comment in here {
            if comment.behind_separator || comment.is_line() {
                self.out.extend(comma.take());
            }
            self.out.push(' ');
            self.copy(comment.text);
        }
        self.out.extend(comma);
        self.end_line();
        if slot.last {
            self.own_lines(below, indent, false);
        }
    }

    /// Writes the comments of a group that contains nothing else, and ends the last line.
    pub(super) fn comments_inside(&mut self, from: usize, to: usize, indent: usize) {
        let gap = gap(self.text, from, to);
        let (here, below) = gap.comments.split_at(same_line(&gap, Behind::LastPart));
        for comment in here {
            self.out.push(' ');
            self.copy(comment.text);
        }
        self.end_line();
        self.own_lines(below, indent, true);
    }

    /// Writes comments that share no line with a part; comments on one line stay on one line.
    fn own_lines(&mut self, comments: &[Comment<'_>], indent: usize, nothing_before: bool) {
        for (nth, comment) in comments.iter().enumerate() {
            match nth {
                0 if comment.after_blank_line && !nothing_before => self.end_line(),
                0 => {}
                _ if comment.after_blank_line => {
                    self.end_line();
                    self.end_line();
                }
                _ if comment.on_new_line => self.end_line(),
                _ => {}
            }
            match nth == 0 || comment.on_new_line {
                true => self.indent(indent),
                false => self.out.push(' '),
            }
            self.copy(comment.text);
        }
        if !comments.is_empty() {
            self.end_line();
        }
    }

    /// Writes the colon or space, and any comments, between a name and what belongs to it. Returns
    /// the indent of what follows.
    pub(super) fn between(
        &mut self,
        from: usize,
        to: usize,
        mut colon: Option<char>,
        indent: usize,
    ) -> usize {
        if !self.has_slash(from, to) {
            self.out.extend(colon);
            self.out.push(' ');
            return indent;
        }
        let gap = gap(self.text, from, to);
        let mut inner = indent;
        for comment in &gap.comments {
            if comment.behind_separator || comment.is_line() {
                self.out.extend(colon.take());
            }
            match comment.on_new_line {
                true => inner = self.new_line(indent + INDENT),
                false => self.out.push(' '),
            }
            self.copy(comment.text);
        }
        self.out.extend(colon);
        match gap.ends_line || gap.comments.last().is_some_and(Comment::is_line) {
            true => inner = self.new_line(indent + INDENT),
            false => self.out.push(' '),
        }
        inner
    }

    fn new_line(&mut self, indent: usize) -> usize {
        self.end_line();
        self.indent(indent);
        indent
    }

    pub(super) fn flat_lead(&mut self, slot: Slot) {
        if self.has_slash(slot.before, slot.start) {
            let gap = gap(self.text, slot.before, slot.start);
            for comment in gap
                .comments
                .iter()
                .filter(|comment| slot.first || comment.behind_separator)
            {
                self.out.push_str(comment.text);
                self.out.push(' ');
            }
        }
    }

    /// Writes the comments after a part, up to the comma; returns whether there is a comma.
    pub(super) fn flat_trail(&mut self, slot: Slot) -> bool {
        if self.has_slash(slot.end, slot.behind) {
            let gap = gap(self.text, slot.end, slot.behind);
            for comment in gap
                .comments
                .iter()
                .filter(|comment| slot.last || !comment.behind_separator)
            {
                self.out.push(' ');
                self.out.push_str(comment.text);
            }
            return gap.separator;
        }
        memchr::memchr(b',', &self.text.as_bytes()[slot.end..slot.behind]).is_some()
    }

    pub(super) fn flat_comments(&mut self, from: usize, to: usize) {
        let comments: Vec<&str> = gap(self.text, from, to)
            .comments
            .iter()
            .map(|comment| comment.text)
            .collect();
        self.out.push_str(&comments.join(" "));
    }
}

/// Returns how many comments are on the line of what precedes the gap, and belong to it.
fn same_line(gap: &Gap<'_>, behind: Behind) -> usize {
    let count = gap
        .comments
        .iter()
        .take_while(|comment| !comment.on_new_line)
        .count();
    match behind {
        Behind::Nothing => 0,
        // Without a line break, a comment after the bracket or comma belongs to what follows.
        Behind::Bracket if count == gap.comments.len() && !gap.ends_line => 0,
        Behind::Part if count == gap.comments.len() && !gap.ends_line => gap
            .comments
            .iter()
            .take_while(|comment| !comment.behind_separator)
            .count(),
        _ => count,
    }
}

/// Returns which comment, counted from `from`, is the first on the line of what follows.
fn first_inline(gap: &Gap<'_>, from: usize) -> usize {
    let rest = &gap.comments[from..];
    if gap.ends_line {
        return rest.len();
    }
    rest.iter()
        .rposition(|comment| comment.on_new_line)
        .unwrap_or(0)
}

/// Returns whether whitespace and commas contain an empty line.
fn has_blank_line(blanks: &[u8]) -> bool {
    let mut lines = 0;
    blanks.iter().any(|b| {
        match b {
            b'\n' => lines += 1,
            b',' => lines = 0,
            _ => {}
        }
        lines > 1
    })
}
