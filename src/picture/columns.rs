//! Text laid out in terminal columns. Widths are measured as displayed, including wide and
//! combining characters.

use crate::words::{one_line, width, wrapped_to};

/// Pads a text with spaces to a width.
pub(super) fn padded(text: &str, to: usize) -> String {
    format!("{text}{}", " ".repeat(to.saturating_sub(width(text))))
}

/// Centres a text within a width.
pub(super) fn centred(text: &str, of: usize) -> String {
    let blank = of.saturating_sub(width(text));
    format!(
        "{}{text}{}",
        " ".repeat(blank / 2),
        " ".repeat(blank - blank / 2)
    )
}

/// Wraps a text into lines of at most this width; a wider word is broken. Removes anything a
/// terminal would obey.
pub(super) fn lines(text: &str, at_most: usize) -> Vec<String> {
    let lines = wrapped_to(&one_line(text), at_most, at_most);
    if lines.is_empty() {
        vec![String::new()]
    } else {
        lines
    }
}

/// Wraps a text, indenting all lines but the first.
pub(super) fn hanging(text: &str, at_most: usize, indent: usize) -> String {
    let lines = lines(text, at_most.saturating_sub(indent).max(8));
    lines.join(&format!("\n{}", " ".repeat(indent)))
}

/// Lists things side by side, wrapping between them; only a thing wider than a line is broken.
pub(super) fn listed(things: &[String], at_most: usize) -> String {
    let mut text: Vec<String> = vec![String::new()];
    for thing in things {
        let last = text.len() - 1;
        if !text[last].is_empty() && width(&text[last]) + 3 + width(thing) > at_most {
            text.push(String::new());
        }
        let last = text.len() - 1;
        if !text[last].is_empty() {
            text[last].push_str("   ");
        }
        text[last].push_str(&if width(thing) > at_most {
            hanging(thing, at_most, 2)
        } else {
            thing.clone()
        });
    }
    text.join("\n")
}

/// A row of character cells to write on.
pub(super) struct Strip {
    cells: Vec<Option<char>>,
}

impl Strip {
    pub(super) fn new(width: usize) -> Strip {
        Strip {
            cells: vec![Some(' '); width],
        }
    }

    pub(super) fn width(&self) -> usize {
        self.cells.len()
    }

    /// Puts a one-column character at a position, if it is within the strip.
    pub(super) fn put(&mut self, at: usize, c: char) {
        if let Some(cell) = self.cells.get_mut(at) {
            *cell = Some(c);
        }
    }

    pub(super) fn get(&self, at: usize) -> char {
        self.cells.get(at).copied().flatten().unwrap_or(' ')
    }

    /// Writes a text if its cells and one on each side are free; returns whether it did.
    pub(super) fn fit(&mut self, at: usize, text: &str) -> bool {
        let wide = width(text);
        let end = at + wide;
        let free = |cell: usize| self.cells.get(cell).is_none_or(|c| *c == Some(' '));
        if end > self.cells.len() || !(at.saturating_sub(1)..=end).all(free) {
            return false;
        }
        let mut column = at;
        for c in text.chars() {
            let wide = unicode_width::UnicodeWidthChar::width(c).unwrap_or(0);
            if wide == 0 || column + wide > end {
                return true;
            }
            self.cells[column] = Some(c);
            for more in 1..wide {
                self.cells[column + more] = None;
            }
            column += wide;
        }
        true
    }
}

impl std::fmt::Display for Strip {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let text: String = self.cells.iter().filter_map(|cell| *cell).collect();
        f.write_str(text.trim_end())
    }
}
