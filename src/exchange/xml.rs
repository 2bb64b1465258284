//! Text in XML: one function that escapes it, for every format that is XML.

use std::io::{self, Write};

/// Writes a text so that every XML reader gives it back unchanged, as content or within quotes.
///
/// # Errors
/// If it has a character that no XML can hold, such as NUL; or if it can't be written.
pub(super) fn escape(out: &mut dyn Write, text: &str) -> io::Result<()> {
    let mut plain = 0;
    for (at, c) in text.char_indices() {
        let Some(written) = in_place_of(c) else {
            continue;
        };
        if written.is_empty() {
            return Err(no_xml(c));
        }
        out.write_all(&text.as_bytes()[plain..at])?;
        out.write_all(written.as_bytes())?;
        plain = at + c.len_utf8();
    }
    out.write_all(&text.as_bytes()[plain..])
}

/// Returns what is written in place of a character, or `None` if it stands for itself. Nothing can be
/// written in place of what XML can't hold.
fn in_place_of(c: char) -> Option<&'static str> {
    Some(match c {
        '&' => "&amp;",
        '<' => "&lt;",
        '>' => "&gt;",
        '"' => "&quot;",
        // Readers turn these into spaces and line feeds, unless they are written as numbers.
        '\t' => "&#9;",
        '\n' => "&#10;",
        '\r' => "&#13;",
        '\0'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => "",
        _ => return None,
    })
}

fn no_xml(c: char) -> io::Error {
    let message = format!(
        "it has the character U+{:04X}, which XML can't hold",
        u32::from(c)
    );
    io::Error::new(io::ErrorKind::InvalidData, message)
}
