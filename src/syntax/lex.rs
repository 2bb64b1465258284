//! Recognizes whitespace, strings, numbers and identifiers of RON. Each function takes a text and
//! an offset and returns where the token ends. None keeps state, and none allocates unless a string
//! has escapes.

use std::borrow::Cow;

use unicode_ident::{is_xid_continue, is_xid_start};

use crate::text::Span;

/// Why a token is invalid: the span to blame, what is wrong with it, and what to do.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct LexError {
    pub(crate) span: Span,
    pub(crate) message: &'static str,
    pub(crate) help: Option<&'static str>,
    /// Whether the search for its end reached the end of the text.
    pub(crate) is_unclosed: bool,
}

impl LexError {
    fn new(start: usize, end: usize, message: &'static str) -> LexError {
        LexError {
            span: Span::new(start, end),
            message,
            help: None,
            is_unclosed: false,
        }
    }

    fn unclosed(start: usize, end: usize, message: &'static str) -> LexError {
        LexError {
            is_unclosed: true,
            ..LexError::new(start, end, message)
        }
    }

    fn help(mut self, help: &'static str) -> LexError {
        self.help = Some(help);
        self
    }
}

/// The maximum number of unclosed strings and comments whose ends are sought, since each search
/// goes through the whole rest of the text.
pub(crate) const MOST_UNCLOSED: usize = 20;

/// Returns the byte at an offset, or 0 past the end. (A NUL in a text is no token either, so the
/// two need not be distinguished.)
#[inline]
pub(crate) fn byte(text: &str, at: usize) -> u8 {
    text.as_bytes().get(at).copied().unwrap_or(0)
}

/// Returns the character at an offset.
pub(crate) fn char_at(text: &str, at: usize) -> Option<char> {
    text.get(at..).and_then(|rest| rest.chars().next())
}

fn is_blank_char(c: char) -> bool {
    matches!(
        c,
        ' ' | '\t'
            | '\n'
            | '\r'
            | '\x0B'
            | '\x0C'
            | '\u{85}'
            | '\u{200E}'
            | '\u{200F}'
            | '\u{2028}'
            | '\u{2029}'
    )
}

/// Returns the end of the whitespace and comments that start at an offset.
#[inline]
pub(crate) fn blank(text: &str, mut at: usize) -> Result<usize, LexError> {
    loop {
        match byte(text, at) {
            b' ' | b'\n' | b'\t' | b'\r' | 0x0B | 0x0C => at += 1,
            b'/' => at = comment(text, at)?,
            0x80.. => match char_at(text, at) {
                Some(c) if is_blank_char(c) => at += c.len_utf8(),
                _ => return Ok(at),
            },
            _ => return Ok(at),
        }
    }
}

/// Returns the end of this punctuation byte and the space after it if they are written as nearly
/// everybody does: `: ` and `, ` before something that is plainly not whitespace. Otherwise returns
/// `None`.
#[inline]
pub(crate) fn neat(text: &str, punctuation: u8, at: usize) -> Option<usize> {
    match text.as_bytes().get(at..at + 3) {
        Some(
            &[
                found,
                b' ',
                b'"' | b'(' | b'0'..=b'9' | b'A'..=b'Z' | b'a'..=b'z',
            ],
        ) if found == punctuation => Some(at + 2),
        _ => None,
    }
}

/// Returns the end of the comment that starts at an offset, or `None` if it is never closed.
pub(crate) fn comment_end(text: &str, start: usize) -> Option<usize> {
    comment(text, start).ok()
}

fn comment(text: &str, start: usize) -> Result<usize, LexError> {
    match byte(text, start + 1) {
        b'/' => Ok(text[start..]
            .find('\n')
            .map_or(text.len(), |length| start + length)),
        b'*' => block_comment(text, start),
        _ => Err(LexError::new(start, start + 1, "unexpected `/`")
            .help("a comment starts with `//` or `/*`")),
    }
}

fn block_comment(text: &str, start: usize) -> Result<usize, LexError> {
    let bytes = text.as_bytes();
    let (mut at, mut depth) = (start + 2, 1_usize);
    while at < bytes.len() {
        match (bytes[at], byte(text, at + 1)) {
            (b'/', b'*') => (at, depth) = (at + 2, depth + 1),
            (b'*', b'/') => (at, depth) = (at + 2, depth - 1),
            _ => at += 1,
        }
        if depth == 0 {
            return Ok(at);
        }
    }
    Err(
        LexError::unclosed(start, start + 2, "this block comment is never closed")
            .help("close it with `*/`; comments nest, so each `/*` needs its own"),
    )
}

/// Returns whether a string, plain or raw, starts at an offset.
#[inline]
pub(crate) fn is_string(text: &str, at: usize) -> bool {
    match byte(text, at) {
        b'"' => true,
        b'r' => raw_string_hashes(text, at).is_some(),
        _ => false,
    }
}

/// Returns the number of hashes of the raw string that starts at an offset, or `None` if none does.
fn raw_string_hashes(text: &str, at: usize) -> Option<usize> {
    let hashes = text
        .as_bytes()
        .get(at + 1..)?
        .iter()
        .take_while(|&&b| b == b'#')
        .count();
    (byte(text, at + 1 + hashes) == b'"').then_some(hashes)
}

/// Returns the value of the string that starts at an offset, and its end.
#[inline]
pub(crate) fn string(text: &str, start: usize) -> Result<(Cow<'_, str>, usize), LexError> {
    if byte(text, start) != b'"' {
        return raw_string(text, start);
    }
    match closing(text, start + 1) {
        Some(end) if byte(text, end) == b'"' => Ok((Cow::Borrowed(&text[start + 1..end]), end + 1)),
        Some(escape) => escaped_string(text, start, escape),
        None => Err(unclosed_string(start)),
    }
}

/// Returns the offset of the next quotation mark or backslash, at or after an offset.
#[inline]
fn closing(text: &str, from: usize) -> Option<usize> {
    text.as_bytes()[from..]
        .iter()
        .position(|&b| b == b'"' || b == b'\\')
        .map(|length| from + length)
}

fn unclosed_string(start: usize) -> LexError {
    LexError::unclosed(start, start + 1, "this string is never closed")
        .help("add the missing `\"` at its end")
}

fn raw_string(text: &str, start: usize) -> Result<(Cow<'_, str>, usize), LexError> {
    let Some(hashes) = raw_string_hashes(text, start) else {
        return Err(LexError::new(start, start + 1, "expected a string"));
    };
    let body = start + hashes + 2;
    let closing = format!("\"{}", "#".repeat(hashes));
    match text[body..].find(&closing) {
        Some(length) => Ok((
            Cow::Borrowed(&text[body..body + length]),
            body + length + closing.len(),
        )),
        None => Err(
            LexError::unclosed(start, body, "this raw string is never closed")
                .help("it ends with `\"` and as many `#` as it began with"),
        ),
    }
}

fn escaped_string(
    text: &str,
    start: usize,
    first: usize,
) -> Result<(Cow<'_, str>, usize), LexError> {
    let mut value = String::from(&text[start + 1..first]);
    let mut escape = first;
    loop {
        let after = match string_continuation(text, escape + 1) {
            Some(after) => after,
            None => {
                let (c, after) = escaped_char(text, escape, Several::Allowed)?;
                value.push(c);
                after
            }
        };
        let next = closing(text, after).ok_or_else(|| unclosed_string(start))?;
        value.push_str(&text[after..next]);
        if byte(text, next) == b'"' {
            return Ok((Cow::Owned(value), next + 1));
        }
        escape = next;
    }
}

/// Returns the characters of the string that starts at an offset, each with the span that it is
/// written with, or `None` if no complete string starts there.
pub(crate) fn string_chars(text: &str, start: usize) -> Option<Vec<(char, Span)>> {
    let (_, end) = string(text, start).ok()?;
    let as_written = |from: usize, to: usize| {
        text[from..to]
            .char_indices()
            .map(move |(at, c)| (c, Span::new(from + at, from + at + c.len_utf8())))
    };
    if byte(text, start) != b'"' {
        let hashes = raw_string_hashes(text, start)?;
        return Some(as_written(start + hashes + 2, end - hashes - 1).collect());
    }
    let mut chars = Vec::new();
    let mut at = start + 1;
    while at < end - 1 {
        let next = text.as_bytes()[at..end - 1]
            .iter()
            .position(|b| *b == b'\\')
            .map_or(end - 1, |length| at + length);
        chars.extend(as_written(at, next));
        at = next;
        if at < end - 1 {
            match string_continuation(text, at + 1) {
                Some(after) => at = after,
                None => {
                    let (c, after) = escaped_char(text, at, Several::Allowed).ok()?;
                    chars.push((c, Span::new(at, after)));
                    at = after;
                }
            }
        }
    }
    Some(chars)
}

/// Returns the end of the line break and the whitespace that a backslash just before an offset
/// swallows, or `None` if no line break follows the backslash.
fn string_continuation(text: &str, at: usize) -> Option<usize> {
    let rest = &text[at..];
    let rest = rest
        .strip_prefix("\r\n")
        .or_else(|| rest.strip_prefix('\n'))?;
    Some(text.len() - rest.trim_start_matches([' ', '\t', '\n', '\r']).len())
}

/// Whether several `\x` may form one character together: in strings they may, in character literals
/// not.
#[derive(Clone, Copy, PartialEq)]
enum Several {
    Allowed,
    Refused,
}

/// Returns the character of the escape whose backslash is at an offset, and its end.
fn escaped_char(text: &str, start: usize, several: Several) -> Result<(char, usize), LexError> {
    let end = start + 2;
    let c = match byte(text, start + 1) {
        c @ (b'\'' | b'"' | b'\\') => char::from(c),
        b'n' => '\n',
        b'r' => '\r',
        b't' => '\t',
        b'0' => '\0',
        b'x' => return byte_escapes(text, start, several),
        b'u' => return unicode_escape(text, start),
        _ => {
            let end = start + 1 + char_at(text, start + 1).map_or(0, char::len_utf8);
            return Err(LexError::new(start, end, "unknown escape")
                .help("write `\\\\` for a backslash, or use a raw string: r\"C:\\new\""));
        }
    };
    Ok((c, end))
}

fn byte_escapes(text: &str, start: usize, several: Several) -> Result<(char, usize), LexError> {
    let mut bytes = Vec::with_capacity(4);
    let mut at = start;
    let bad = |at: usize| {
        LexError::new(start, at, "not a character").help("write it as `\\u{…}` instead")
    };
    while bytes.len() < 4 && text[at..].starts_with("\\x") {
        let digits = text
            .as_bytes()
            .get(at + 2..at + 4)
            .ok_or_else(|| bad(text.len()))?;
        let [Some(high), Some(low)] = [hex(digits[0]), hex(digits[1])] else {
            return Err(bad(at + 2));
        };
        bytes.push((high << 4 | low) as u8);
        at += 4;
        if let Some(c) = std::str::from_utf8(&bytes)
            .ok()
            .and_then(|s| s.chars().next())
        {
            return Ok((c, at));
        }
        if several == Several::Refused {
            break;
        }
    }
    Err(bad(at))
}

fn unicode_escape(text: &str, start: usize) -> Result<(char, usize), LexError> {
    let mut at = start + 3;
    let mut code = 0_u32;
    while at < start + 9
        && let Some(digit) = hex(byte(text, at))
    {
        code = code << 4 | digit;
        at += 1;
    }
    let whole = byte(text, start + 2) == b'{' && byte(text, at) == b'}' && at > start + 3;
    match char::from_u32(code) {
        Some(c) if whole => Ok((c, at + 1)),
        _ => Err(LexError::new(start, start + 2, "not a character")
            .help("write `\\u{…}` with one to six hex digits")),
    }
}

fn hex(digit: u8) -> Option<u32> {
    char::from(digit).to_digit(16)
}

/// Returns the end of the character or byte literal whose quotation mark is at an offset, or `None`
/// if it is not one.
pub(crate) fn char_literal(text: &str, start: usize) -> Option<usize> {
    let end = match char_at(text, start + 1)? {
        '\\' => escaped_char(text, start + 1, Several::Refused).ok()?.1,
        c => start + 1 + c.len_utf8(),
    };
    (byte(text, end) == b'\'').then_some(end + 1)
}

fn is_raw_ident_char(c: char) -> bool {
    matches!(c, '.' | '+' | '-') || is_xid_continue(c)
}

/// Returns whether the character at an offset could continue an identifier.
#[inline]
pub(crate) fn continues_ident(text: &str, at: usize) -> bool {
    match byte(text, at) {
        b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'_' => true,
        0x80.. => char_at(text, at).is_some_and(is_xid_continue),
        _ => false,
    }
}

/// Returns the identifier that starts at an offset, without its `r#`, and its end. A word that
/// would need `r#` is not an identifier.
#[inline]
pub(crate) fn ident(text: &str, start: usize) -> Option<(&str, usize)> {
    let end = ident_end(text, start)?;
    match byte(text, end) {
        // One of these follows nearly every word, which then is not the prefix of a literal.
        b':' | b',' | b')' | b' ' | b'(' => Some((&text[start..end], end)),
        b'.' | b'+' | b'-' => None,
        b'#' if &text[start..end] == "r" => raw_ident(text, start),
        _ if is_string(text, start) => None,
        b'"' | b'\'' if &text[start..end] == "b" => None,
        b'"' | b'#' if &text[start..end] == "br" => None,
        _ => Some((&text[start..end], end)),
    }
}

/// The ASCII bytes that a word may contain.
static IN_WORDS: [bool; 256] = {
    let mut in_words = [false; 256];
    let mut byte = 0;
    while byte < 128 {
        in_words[byte] = (byte as u8).is_ascii_alphanumeric() || byte as u8 == b'_';
        byte += 1;
    }
    in_words
};

#[inline]
fn ident_end(text: &str, start: usize) -> Option<usize> {
    match byte(text, start) {
        b'a'..=b'z' | b'A'..=b'Z' | b'_' => {}
        0x80.. if char_at(text, start).is_some_and(is_xid_start) => {}
        _ => return None,
    }
    let bytes = &text.as_bytes()[start..];
    let mut at = start
        + bytes
            .iter()
            .position(|byte| !IN_WORDS[usize::from(*byte)])
            .unwrap_or(bytes.len());
    if byte(text, at) >= 0x80 {
        while continues_ident(text, at) {
            at += char_at(text, at).map_or(1, char::len_utf8);
        }
    }
    Some(at)
}

fn raw_ident(text: &str, start: usize) -> Option<(&str, usize)> {
    let name = &text[start + 2..];
    let length = name.find(|c| !is_raw_ident_char(c)).unwrap_or(name.len());
    (length > 0 && !name.starts_with('#')).then(|| (&name[..length], start + 2 + length))
}

/// Returns whether exactly this word starts at an offset.
#[inline]
pub(crate) fn is_word(text: &str, at: usize, word: &str) -> bool {
    text.as_bytes()[at..].starts_with(word.as_bytes()) && !continues_ident(text, at + word.len())
}

/// Returns the number at an offset, read as `ron` reads an `f64`, and its end.
pub(crate) fn float(text: &str, start: usize) -> Result<(f64, usize), LexError> {
    if let Some(found) = special_float(text, start) {
        return Ok(found);
    }
    let rest = &text[start..];
    let run = rest
        .find(|c: char| !matches!(c, '0'..='9' | 'e' | 'E' | '.' | '+' | '-' | '_'))
        .unwrap_or(rest.len());
    let run = rest[..run].find("..").unwrap_or(run);
    let end = start + run;
    let bad = || LexError::new(start, end.max(start + 1), "not a number");
    let mut digits = String::with_capacity(run);
    let mut underscore_allowed = false;
    for c in rest[..run].chars() {
        match c {
            '_' if underscore_allowed => continue,
            '_' => return Err(bad()),
            '.' => underscore_allowed = false,
            '+' | '-' => {}
            _ => underscore_allowed = true,
        }
        digits.push(c);
    }
    let value = digits.parse().map_err(|_| bad())?;
    if is_word(text, end, "f64") {
        Ok((value, end + 3))
    } else if is_word(text, end, "f32") {
        Err(LexError::new(start, end + 3, "a 32-bit number").help("leave out `f32`"))
    } else {
        Ok((value, end))
    }
}

fn special_float(text: &str, start: usize) -> Option<(f64, usize)> {
    let (sign, at) = match byte(text, start) {
        b'+' => (1.0, start + 1),
        b'-' => (-1.0, start + 1),
        b'i' | b'N' => (1.0, start),
        _ => return None,
    };
    [
        ("inf", f64::INFINITY),
        ("NaN", f64::NAN),
        ("inff64", f64::INFINITY),
        ("NaNf64", f64::NAN),
    ]
    .into_iter()
    .find(|(word, _)| is_word(text, at, word))
    .map(|(word, value)| (sign * value, at + word.len()))
}

/// Returns the whole number at an offset, read as `ron` reads a `u32`, and its end.
pub(crate) fn integer(text: &str, start: usize) -> Result<(u32, usize), LexError> {
    let unsigned = start + usize::from(matches!(byte(text, start), b'+' | b'-'));
    let (base, first) = match &text.as_bytes()[unsigned..] {
        [b'0', b'b', ..] => (2, unsigned + 2),
        [b'0', b'o', ..] => (8, unsigned + 2),
        [b'0', b'x', ..] => (16, unsigned + 2),
        _ => (10, unsigned),
    };
    let rest = &text[first..];
    let end = first
        + rest
            .find(|c: char| !c.is_ascii_hexdigit() && c != '_')
            .unwrap_or(rest.len());
    let bad = |message| LexError::new(start, end.max(start + 1), message);
    let digits = &text[first..end];
    if digits.is_empty() || digits.starts_with('_') {
        return Err(bad("not a whole number"));
    }
    let value = u32::from_str_radix(&digits.replace('_', ""), base)
        .map_err(|_| bad("not a whole number in range"))?;
    if byte(text, start) == b'-' && value > 0 {
        return Err(bad("a number below zero"));
    }
    let other_size = ["i8", "i16", "i32", "i64", "u8", "u16", "u64"]
        .iter()
        .any(|size| is_word(text, end, size));
    if is_word(text, end, "u32") {
        Ok((value, end + 3))
    } else if other_size {
        Err(bad("a number of another size").help("leave out the suffix"))
    } else {
        Ok((value, end))
    }
}
