//! The one filter for what goes to a terminal: a character that the terminal obeys rather than shows, or that nobody sees, is
//! replaced by one that is seen.

use std::borrow::Cow;

/// Whether a terminal obeys a character rather than shows it, or shows nothing where it stands: control characters, marks
/// that turn the direction of writing, separators of lines, and format characters that no script needs.
///
/// What joins and parts the letters of Persian or Khmer, emoji, and the syllables of a word is not among them.
pub fn is_obeyed(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{61C}' | '\u{180E}' | '\u{200E}' | '\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2060}'..='\u{206F}'
            | '\u{3164}' | '\u{FEFF}' | '\u{FFA0}' | '\u{FFF9}'..='\u{FFFB}' | '\u{FFFE}' | '\u{FFFF}')
        || is_tag(c)
}

/// Letters that are not seen. Behind a black flag they make the flag of a country, such as Scotland's.
fn is_tag(c: char) -> bool {
    matches!(c, '\u{E0000}'..='\u{E007F}')
}

/// What joins or parts letters without being seen: no script and no emoji needs it behind a character of ASCII.
fn is_joiner(c: char) -> bool {
    matches!(c, '\u{200B}'..='\u{200D}')
}

/// A text in which everything is seen: a control character is its picture, `␛`, another that is obeyed is `�`. Line breaks
/// and tabs stay.
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

/// Text of a file on one line: whitespace and line breaks become one blank, and everything in it is seen.
pub fn one_line(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match shown(&line) {
        Cow::Borrowed(_) => line,
        Cow::Owned(shown) => shown,
    }
}

/// What is seen in the place of a character that is obeyed.
pub fn stand_in(c: char) -> char {
    match c {
        '\0'..='\x1F' => char::from_u32(0x2400 + u32::from(c)).unwrap_or('\u{FFFD}'),
        '\x7F' => '\u{2421}',
        _ => '\u{FFFD}',
    }
}

/// A text that we painted, in which everything is seen but the colours and weights that we paint with.
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

/// Whether we paint with it: none, bold, faint, underlined, and red, green, yellow, blue and cyan in both shades.
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
