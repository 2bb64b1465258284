//! Writes texts as strings of RON.

use crate::words::is_obeyed;
use std::fmt::Write;

/// Returns a text as a RON string that reads back as the same text, whatever it contains.
///
/// ```
/// assert_eq!(demarche::edit::quoted("a \"b\"\n\\"), r#""a \"b\"\n\\""#);
/// ```
pub fn quoted(text: &str) -> String {
    let mut quoted = String::with_capacity(text.len() + 2);
    quoted.push('"');
    for c in text.chars() {
        match c {
            '"' => quoted.push_str("\\\""),
            '\\' => quoted.push_str("\\\\"),
            '\n' => quoted.push_str("\\n"),
            '\r' => quoted.push_str("\\r"),
            '\t' => quoted.push_str("\\t"),
            // A character that an editor or a terminal would not show literally.
            c if is_obeyed(c) => {
                let _ = write!(quoted, "\\u{{{:x}}}", c as u32);
            }
            c => quoted.push(c),
        }
    }
    quoted.push('"');
    quoted
}
