//! Text in lines: one way to fill them, whatever a width is measured in.

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// A line of text has at least so many columns, however narrow the terminal and deep the indent.
const NARROWEST: usize = 20;
/// A word of so many columns stays whole, even on narrower lines.
pub(crate) const WIDEST_WORD: usize = 30;

/// The columns that a text takes on a terminal.
pub fn width(text: &str) -> usize {
    if text.is_ascii() {
        text.len()
    } else {
        text.width()
    }
}

/// What fits on a line.
#[derive(Clone, Copy, Debug)]
pub struct Room {
    /// The widest line.
    pub line: f64,
    /// A word that is wider than this is broken between characters; one that is not stays whole, even if it is wider than a line.
    pub word: f64,
}

/// Fills lines one after the other: each takes what it has room for.
///
/// `breaks` are the byte offsets at which a line may end, the end of the text the last; `width` measures a part of the text.
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

/// Breaks a word between characters, never before one that joins the one before it. Returns what is left of it.
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

/// A text in lines of at most `most` columns, broken at whitespace. Its own line breaks stay. A word of over 30 columns that
/// fits on no line (a script without whitespace, an address) is broken as well.
///
/// ```
/// assert_eq!(demarche::words::wrapped("Areas of cooperation", 10), ["Areas of", "cooperation"]);
/// ```
pub fn wrapped(text: &str, most: usize) -> Vec<String> {
    wrapped_to(text, most, WIDEST_WORD)
}

/// The same, with words broken that fit on no line and have more than `word` columns.
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

/// A text in lines that are all indented, those of an item of a list (`- …`) behind its mark. A word that
/// fits on no line is broken as [`wrapped`] breaks it. Without a width it is one line.
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
