//! The one filter for terminal output. It replaces each character that a terminal obeys instead of
//! displaying, or that is invisible, by a visible one.

use std::borrow::Cow;

/// Returns whether a terminal obeys a character instead of displaying it, or displays nothing:
/// control characters, bidirectional marks, line separators, and format characters that no script
/// needs.
///
/// Excluded are the characters that join and separate letters in Persian or Khmer, parts of emoji,
/// and syllables of a word.
pub fn is_obeyed(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{61C}' | '\u{180E}' | '\u{200E}' | '\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2060}'..='\u{206F}'
            | '\u{3164}' | '\u{FEFF}' | '\u{FFA0}' | '\u{FFF9}'..='\u{FFFB}' | '\u{FFFE}' | '\u{FFFF}')
        || is_tag(c)
}

/// Returns whether a character is an invisible tag letter. After a black flag, tag letters form a
/// regional flag such as Scotland's.
fn is_tag(c: char) -> bool {
    matches!(c, '\u{E0000}'..='\u{E007F}')
}

/// Returns whether a character invisibly joins or separates letters. No script or emoji needs one
/// after an ASCII character.
fn is_joiner(c: char) -> bool {
    matches!(c, '\u{200B}'..='\u{200D}')
}

/// Makes every character visible: a control character becomes its picture, such as `␛`; any other
/// that is obeyed becomes `�`. Line breaks and tabs are kept.
///
/// ```
/// use demarche::words::shown;
/// assert_eq!(shown("a\u{1b}[2J\n\u{202E}b\u{85}"), "a␛[2J\n�b�");
/// assert_eq!(shown("ad\u{200B}min می\u{200C}شود 👩\u{200D}👧"), "ad�min می\u{200C}شود 👩\u{200D}👧");
/// ```
pub fn shown(text: &str) -> Cow<'_, str> {
    let is_plain = |b: u8| matches!(b, b' '..=b'~' | b'\n' | b'\t');
    if text.bytes().all(is_plain) {
        return Cow::Borrowed(text);
    }
    let mut shown = String::with_capacity(text.len());
    let (mut before, mut flag) = ('\0', false);
    for c in text.chars() {
        flag = c == '\u{1F3F4}' || flag && is_tag(c);
        let is_seen = match c {
            '\n' | '\t' => true,
            c if is_joiner(c) => !before.is_ascii(),
            c => flag || !is_obeyed(c),
        };
        shown.push(if is_seen { c } else { stand_in(c) });
        before = c;
    }
    Cow::Owned(shown)
}

/// Puts a text on one line: each run of whitespace becomes one space, and every character is made
/// visible.
pub fn one_line(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match shown(&line) {
        Cow::Borrowed(_) => line,
        Cow::Owned(shown) => shown,
    }
}

/// Returns the visible replacement for a character that is obeyed.
pub fn stand_in(c: char) -> char {
    match c {
        '\0'..='\x1F' => char::from_u32(0x2400 + u32::from(c)).unwrap_or('\u{FFFD}'),
        '\x7F' => '\u{2421}',
        _ => '\u{FFFD}',
    }
}

/// Makes every character of a styled text visible, except the escape codes for the colours and
/// weights that this program uses.
///
/// ```
/// use demarche::words::shown_painted;
/// assert_eq!(shown_painted("\u{1b}[1mbold\u{1b}[0m \u{1b}[8mhidden"), "\u{1b}[1mbold\u{1b}[0m ␛[8mhidden");
/// ```
pub fn shown_painted(text: &str) -> String {
    let mut parts = text.split('\u{1b}');
    let mut painted = shown(parts.next().unwrap_or_default()).into_owned();
    for part in parts {
        match part.strip_prefix('[').and_then(|rest| rest.split_once('m')) {
            Some((codes, rest)) if codes.split(';').all(is_ours) => {
                painted.push_str("\u{1b}[");
                painted.push_str(codes);
                painted.push('m');
                painted.push_str(&shown(rest));
            }
            _ => {
                painted.push(stand_in('\u{1b}'));
                painted.push_str(&shown(part));
            }
        }
    }
    painted
}

/// Returns whether this program uses a style code: reset, bold, faint, underlined, and red, green,
/// yellow, blue and cyan in both shades.
fn is_ours(code: &str) -> bool {
    matches!(
        code.parse(),
        Ok(0_u8 | 1 | 2 | 4 | 31..=34 | 36 | 91..=94 | 96)
    )
}

#[cfg(test)]
mod tests {
    use super::{is_obeyed, shown, shown_painted};

    #[test]
    fn nothing_that_is_obeyed_is_left() {
        for c in (0..=0x10_FFFF)
            .filter_map(char::from_u32)
            .filter(|c| is_obeyed(*c))
        {
            let text = format!("a{c}b{c}");
            let left = |text: &str| text.contains(|c| is_obeyed(c) && !matches!(c, '\n' | '\t'));
            assert!(
                !left(&shown(&text)) && !left(&shown_painted(&text)),
                "{c:?}"
            );
        }
    }

    #[test]
    fn what_scripts_and_emoji_need_stays() {
        let scotland = "🏴\u{E0067}\u{E0062}\u{E0073}\u{E0063}\u{E0074}\u{E007F}";
        for text in [
            scotland,
            "👩\u{200D}❤\u{FE0F}\u{200D}👩",
            "می\u{200C}خواهم",
            "ស្អែក\u{200B}នេះ",
            "क्\u{200D}ष",
            "e\u{301} soft\u{AD}hyphen\ttab\nline",
        ] {
            assert_eq!(shown(text), text);
        }
        assert_eq!(shown("a\u{E0061}\u{E007F}"), "a��");
        assert_eq!(shown("a\u{200D}b\u{3164}\u{2060}"), "a�b��");
    }
}
