//! Turns a tape into a laid-out text: each group on one line if it fits, else one part per line.

use crate::edit::format::Layout;
use crate::edit::format::sort::Fields;
use crate::syntax::tape::{FORCED, Node, Role, columns, key_end, open, value_start};
use crate::syntax::{Kind, Tape, is_word_at, name_end};

/// The indent of a group's parts, in columns.
pub(super) const INDENT: usize = 4;

pub(super) struct Printer<'t> {
    pub(super) text: &'t str,
    tape: &'t Tape<'t>,
    width: usize,
    newline: &'static str,
    pub(super) out: String,
    /// The offset in `out` at which the current line starts.
    line: usize,
}

/// A part of a group, with the bounds of the gaps around it.
#[derive(Clone, Copy)]
pub(super) struct Slot {
    /// The index of its node; for an entry with a composite key, that of the key.
    index: usize,
    pub(super) start: usize,
    pub(super) end: usize,
    /// The end of the previous part, or of the opening bracket.
    pub(super) before: usize,
    /// The start of the next part, or of the closing bracket.
    pub(super) behind: usize,
    /// Whether the opening bracket comes directly before it in the text.
    pub(super) first: bool,
    /// Whether the closing bracket comes directly after it.
    pub(super) last: bool,
}

impl<'t> Printer<'t> {
    pub(super) fn new(tape: &'t Tape<'t>, layout: Layout) -> Printer<'t> {
        let text = tape.text;
        let out = String::with_capacity(text.len() + text.len() / 16 + 64);
        Printer {
            text,
            tape,
            width: layout.width,
            newline: line_break(text),
            out,
            line: 0,
        }
    }

    /// Returns the laid-out text: the attributes and the value, each on a line as if they were
    /// parts of a group.
    pub(super) fn print(mut self, fields: Fields) -> String {
        let root = self.node(0);
        let mut places = self.tape.attributes.clone();
        places.push((root.start as usize, root.end as usize));
        let mut before = 0;
        if self.text.starts_with('\u{FEFF}') {
            before = '\u{FEFF}'.len_utf8();
            self.out.push('\u{FEFF}');
            self.line = before;
        }
        let last = places.len() - 1;
        for (nth, &(start, end)) in places.iter().enumerate() {
            let behind = places.get(nth + 1).map_or(self.text.len(), |next| next.0);
            let slot = Slot {
                index: 0,
                start,
                end,
                before,
                behind,
                first: nth == 0,
                last: nth == last,
            };
            self.lead(slot, 0, nth == 0);
            match nth == last {
                true => self.value(0, 0, 0, fields),
                false => self.token(start, end),
            }
            self.trail(slot, 0, None);
            before = end;
        }
        self.out
    }

    /// Returns the value alone, after a name on a line with this indent.
    pub(super) fn print_value(
        mut self,
        name: &str,
        indent: usize,
        newline: &'static str,
    ) -> String {
        self.newline = newline;
        self.indent(indent);
        self.copy(name);
        self.value(0, indent, 1, Fields::Unknown);
        self.out.split_off(indent)
    }

    fn node(&self, index: usize) -> Node {
        self.tape.nodes[index]
    }

    #[inline]
    pub(super) fn indent(&mut self, indent: usize) {
        const BLANKS: &str = "                                                                ";
        match BLANKS.get(..indent) {
            Some(blanks) => self.out.push_str(blanks),
            None => self.out.extend(std::iter::repeat_n(' ', indent)),
        }
    }

    #[inline]
    pub(super) fn end_line(&mut self) {
        self.out.push_str(self.newline);
        self.line = self.out.len();
    }

    /// Copies text verbatim, which may span several lines.
    #[inline]
    pub(super) fn copy(&mut self, piece: &str) {
        self.out.push_str(piece);
        if let Some(newline) = memchr::memrchr(b'\n', piece.as_bytes()) {
            self.line = self.out.len() - (piece.len() - newline - 1);
        }
    }

    #[inline]
    fn token(&mut self, start: usize, end: usize) {
        self.copy(&self.text[start..end]);
    }

    /// Writes a value without its key; `reserved` columns must stay free after it on its line.
    fn value(&mut self, index: usize, indent: usize, reserved: usize, fields: Fields) {
        let node = self.node(index);
        let start = value_start(self.text, &node);
        match node.kind {
            Kind::Atom | Kind::String => self.token(start, node.end as usize),
            Kind::Bare => {
                let some = start + "Some".len();
                self.token(start, some);
                let indent = self.between(some, self.node(index + 1).start as usize, None, indent);
                self.value(index + 1, indent, reserved, fields);
            }
            _ => {
                let fits = || {
                    node.flat != FORCED
                        && columns(&self.out[self.line..]) + usize::from(node.flat) + reserved
                            <= self.width
                };
                match self.is_empty(index, start)
                    || !self.stands_open(index, start, fields) && fits()
                {
                    true => self.flat_group(index, start, fields),
                    false => self.open_group(index, start, indent, reserved, fields),
                }
            }
        }
    }

    /// Returns whether a group contains nothing, not even a comment.
    fn is_empty(&self, index: usize, start: usize) -> bool {
        let Node { next, end, .. } = self.node(index);
        next as usize == index + 1 && !self.text[open(self.text, start)..end as usize].contains('/')
    }

    /// Returns whether a value is laid out part by part however short it is: a graph, or a section
    /// of records.
    fn stands_open(&self, index: usize, start: usize, fields: Fields) -> bool {
        let Node { kind, next, .. } = self.node(index);
        if index + 1 >= next as usize {
            return false;
        }
        match (fields, kind) {
            (Fields::Graph(_), Kind::Struct) => is_word_at(self.text, start, "Graph"),
            (Fields::Section(_), Kind::List | Kind::Map) => {
                matches!(self.node(index + 1).kind, Kind::Struct | Kind::Tuple)
            }
            _ => false,
        }
    }

    /// Returns the parts of a group, in the order of the text.
    fn slots(&self, index: usize, open: usize) -> impl Iterator<Item = Slot> + use<'t> {
        let (tape, group) = (self.tape, self.node(index));
        let (close, end) = (group.end as usize - 1, group.next as usize);
        let (mut before, mut at) = (open + 1, index + 1);
        std::iter::from_fn(move || {
            let part = tape.nodes.get(at).filter(|_| at < end)?;
            let value = if part.role == Role::Key {
                &tape.nodes[part.next as usize]
            } else {
                part
            };
            let next = value.next as usize;
            let behind = if next < end {
                tape.nodes[next].start as usize
            } else {
                close
            };
            let (first, last) = (at == index + 1, next >= end);
            let slot = Slot {
                index: at,
                start: part.start as usize,
                end: value.end as usize,
                before,
                behind,
                first,
                last,
            };
            (before, at) = (slot.end, next);
            Some(slot)
        })
    }

    /// Returns the parts of a group in the order of its fields, or `None` if it isn't sorted.
    fn in_order(&self, index: usize, open: usize, fields: Fields) -> Option<Vec<Slot>> {
        let order = fields.order()?;
        let name = |slot: &Slot| &self.text[slot.start..key_end(self.text, slot.start)];
        let mut slots: Vec<Slot> = self.slots(index, open).collect();
        slots.sort_by_key(|slot| {
            order
                .iter()
                .position(|known| *known == name(slot))
                .unwrap_or(order.len())
        });
        Some(slots)
    }

    /// Writes the name of a group, and its opening bracket.
    fn opening(&mut self, start: usize, open: usize, indent: usize) {
        if open > start {
            let end = name_end(self.text, start);
            self.token(start, end);
            if self.text[end..open].contains('/') {
                self.between(end, open, None, indent);
            }
        }
        self.token(open, open + 1);
    }

    fn flat_group(&mut self, index: usize, start: usize, fields: Fields) {
        let (node, open) = (self.node(index), open(self.text, start));
        let close = node.end as usize - 1;
        self.opening(start, open, 0);
        match self.in_order(index, open, fields) {
            Some(slots) => {
                for (nth, slot) in slots.into_iter().enumerate() {
                    self.flat_slot(nth, slot, node.kind, fields);
                }
            }
            None => {
                for (nth, slot) in self.slots(index, open).enumerate() {
                    self.flat_slot(nth, slot, node.kind, fields);
                }
            }
        }
        if node.next as usize == index + 1 {
            // Where any type is allowed, `ron` reads `()` as a unit and `( )` as an empty list.
            match node.kind == Kind::Tuple
                && start == open
                && close > open + 1
                && self.is_empty(index, start)
            {
                true => self.out.push(' '),
                false => self.flat_comments(open + 1, close),
            }
        }
        self.token(close, close + 1);
    }

    fn flat_slot(&mut self, nth: usize, slot: Slot, kind: Kind, fields: Fields) {
        if nth > 0 {
            self.out.push_str(", ");
        }
        self.flat_lead(slot);
        self.part(slot.index, 0, 0, fields);
        let has_comma = self.flat_trail(slot);
        if slot.first && slot.last && kind == Kind::Tuple && has_comma {
            self.out.push(',');
        }
    }

    /// Writes a group, one part per line.
    fn open_group(
        &mut self,
        index: usize,
        start: usize,
        indent: usize,
        reserved: usize,
        fields: Fields,
    ) {
        let (node, open) = (self.node(index), open(self.text, start));
        let (close, inner) = (node.end as usize - 1, indent + INDENT);
        self.opening(start, open, indent);
        if self.is_only_value(index, open) {
            self.part(index + 1, indent, reserved + 1, fields);
            return self.token(close, close + 1);
        }
        if node.next as usize == index + 1 {
            self.comments_inside(open + 1, close, inner);
        } else if let Some(slots) = self.in_order(index, open, fields) {
            self.lines_in_order(&slots, inner, fields);
        } else {
            for slot in self.slots(index, open) {
                if slot.first {
                    self.behind_bracket(slot);
                }
                self.line(slot, node.kind, inner, fields, slot.first);
            }
        }
        self.indent(indent);
        self.token(close, close + 1);
    }

    /// Writes the fields of a record in another order than the text's.
    fn lines_in_order(&mut self, slots: &[Slot], indent: usize, fields: Fields) {
        // The first field had no empty line before it; if it moves down and others have one, it
        // gets one.
        let spread = slots
            .iter()
            .any(|slot| !slot.first && self.has_empty_line(slot.before, slot.start));
        // The comment after the bracket stays there, whatever comes first.
        for slot in slots.iter().filter(|slot| slot.first) {
            self.behind_bracket(*slot);
        }
        for (nth, slot) in slots.iter().enumerate() {
            if nth > 0 && slot.first && spread {
                self.end_line();
            }
            self.line(*slot, Kind::Struct, indent, fields, nth == 0);
        }
    }

    /// Returns whether a group is a single value in a word's parentheses, with nothing else in
    /// them: then only that value is laid out.
    fn is_only_value(&self, index: usize, open: usize) -> bool {
        let (node, first) = (self.node(index), index + 1);
        if node.kind != Kind::Tuple
            || first >= node.next as usize
            || self.node(first).next != node.next
        {
            return false;
        }
        let inner = self.node(first);
        let around = [
            (open + 1, inner.start as usize),
            (inner.end as usize, node.end as usize - 1),
        ];
        around
            .iter()
            .all(|&(from, to)| !self.text[from..to].contains(['/', ',']))
    }

    /// Writes a part on a line of its own, with the comments around it.
    fn line(
        &mut self,
        slot: Slot,
        kind: Kind,
        indent: usize,
        fields: Fields,
        nothing_before: bool,
    ) {
        self.lead(slot, indent, nothing_before);
        self.part(slot.index, indent, 1, fields);
        // `(x)` and `(x,)` are different values.
        let bare = slot.first && slot.last && kind == Kind::Tuple && !self.has_comma(slot);
        self.trail(slot, indent, (!bare).then_some(','));
    }

    /// Writes a part with its key.
    fn part(&mut self, index: usize, indent: usize, reserved: usize, fields: Fields) {
        let node = self.node(index);
        let start = node.start as usize;
        match node.role {
            Role::Plain => self.value(index, indent, reserved, fields.of_part("")),
            Role::Keyed => {
                let end = key_end(self.text, start);
                self.token(start, end);
                let indent = self.between(end, value_start(self.text, &node), Some(':'), indent);
                self.value(
                    index,
                    indent,
                    reserved,
                    fields.of_part(&self.text[start..end]),
                );
            }
            Role::Key => {
                let next = node.next as usize;
                self.value(index, indent, 1, Fields::Unknown);
                let indent = self.between(
                    node.end as usize,
                    self.node(next).start as usize,
                    Some(':'),
                    indent,
                );
                self.value(next, indent, reserved, Fields::Unknown);
            }
        }
    }
}

/// Returns the line break of a text: the one at its end, else the first.
fn line_break(text: &str) -> &'static str {
    let at = if text.ends_with('\n') {
        Some(text.len() - 1)
    } else {
        memchr::memchr(b'\n', text.as_bytes())
    };
    match at {
        Some(at) if text[..at].ends_with('\r') => "\r\n",
        _ => "\n",
    }
}
