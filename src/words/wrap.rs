//! Line filling and wrapping, whatever the unit of width.

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// The minimum number of columns of a line, however narrow the terminal and deep the indent.
const NARROWEST: usize = 20;
/// Words of up to this many columns are not broken, even on narrower lines.
pub(crate) const WIDEST_WORD: usize = 30;

/// Returns the number of columns that a text takes on a terminal.
pub fn width(text: &str) -> usize {
    if text.is_ascii() {
        text.len()
    } else {
        text.width()
    }
}

/// The width available for lines and words.
#[derive(Clone, Copy, Debug)]
pub struct Room {
    /// The widest line.
    pub line: f64,
    /// The widest word to keep whole. A wider one is broken between characters; others stay whole
    /// even if wider than a line.
    pub word: f64,
}

/// Fills lines one after the other, each with as much as fits.
///
/// `breaks` are the byte offsets at which a line may end; the last is the end of the text. `width`
/// measures a part of the text.
pub fn filled(
    text: &str,
    breaks: impl IntoIterator<Item = usize>,
    room: Room,
    width: impl Fn(&str) -> f64,
) -> Vec<&str> {
    let mut lines = Vec::new();
    let (mut start, mut end) = (0, 0);
    let mut reached = 0.0;
    for next in breaks {
        let word = &text[end..next];
        let drawn = width(word.trim_end_matches(' '));
        if start < end && reached + drawn > room.line {
            lines.push(text[start..end].trim_end_matches(' '));
            (start, reached) = (end, 0.0);
        }
        if drawn > room.line.max(room.word) {
            let rest = broken(&text[start..next], room.line, &width, &mut lines);
            start = next - rest.len();
            reached = width(rest);
        } else {
            reached += width(word);
        }
        end = next;
    }
    let rest = text[start..].trim_end_matches(' ');
    if !rest.is_empty() {
        lines.push(rest);
    }
    lines
}

/// Breaks a word between characters, never before one that joins the previous one. Returns what is
/// left of the word.
fn broken<'t>(
    mut word: &'t str,
    most: f64,
    width: impl Fn(&str) -> f64,
    lines: &mut Vec<&'t str>,
) -> &'t str {
    loop {
        let (mut reached, mut fits, mut joined) = (0.0, 0, true);
        for (at, c) in word.char_indices() {
            let joins = c.width().unwrap_or(0) == 0
                || matches!(c, '\u{1F3FB}'..='\u{1F3FF}' | '\u{1F1E6}'..='\u{1F1FF}');
            if !joins && !joined {
                fits = at;
            }
            reached += width(&word[at..at + c.len_utf8()]);
            if reached > most && fits > 0 {
                break;
            }
            joined = c == '\u{200D}' || at == 0 && joins;
        }
        if reached <= most || fits == 0 {
            return word;
        }
        lines.push(&word[..fits]);
        word = &word[fits..];
    }
}

/// Wraps a text at whitespace into lines of at most `most` columns, keeping its own line breaks. A
/// word of over 30 columns that fits on no line (a script without whitespace, a URL) is broken too.
///
/// ```
/// assert_eq!(demarche::words::wrapped("Areas of cooperation", 10), ["Areas of", "cooperation"]);
/// ```
pub fn wrapped(text: &str, most: usize) -> Vec<String> {
    wrapped_to(text, most, WIDEST_WORD)
}

/// Wraps like [`wrapped`], but breaks words that fit on no line and have more than `word` columns.
///
/// ```
/// assert_eq!(demarche::words::wrapped_to("Areas of cooperation", 8, 8), ["Areas of", "cooperat", "ion"]);
/// ```
pub fn wrapped_to(text: &str, most: usize, word: usize) -> Vec<String> {
    let room = Room {
        line: most as f64,
        word: word as f64,
    };
    let mut lines = Vec::new();
    for paragraph in text.lines() {
        let words: Vec<&str> = paragraph
            .split([' ', '\t'])
            .filter(|word| !word.is_empty())
            .collect();
        let paragraph = words.join(" ");
        let ends = paragraph
            .match_indices(' ')
            .map(|(at, _)| at + 1)
            .chain([paragraph.len()]);
        let filled = filled(&paragraph, ends, room, |part| width(part) as f64);
        lines.extend(filled.into_iter().map(str::to_owned));
    }
    lines
}

/// Wraps a text and indents all its lines; those of a list item (`- …`) align after its mark. Words
/// that fit on no line are broken as in [`wrapped`]. Without a width, the text stays on one line.
pub fn indented(text: &str, width: Option<usize>, indent: usize) -> String {
    let (mark, rest) = match text.strip_prefix("- ") {
        Some(rest) => ("- ", rest),
        None => ("", text),
    };
    let taken = indent + mark.len();
    let room = width.map_or(usize::MAX, |width| {
        width.saturating_sub(taken).max(NARROWEST - mark.len())
    });
    let lines = wrapped(rest, room);
    let between = format!("\n{:taken$}", "");
    format!("{:indent$}{mark}{}", "", lines.join(&between))
}
