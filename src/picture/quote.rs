//! Text in DOT and Mermaid: every id and every label goes through here, so that no text can break out of its place, and
//! is shown as it was written.

use crate::words::is_obeyed;

/// Writes a text as a quoted string of DOT, as an id or as a label.
///
/// Graphviz reads a label three times: as a quoted string, where `\"` is a quote; for escapes such as `\N`, the name of
/// the node, so that a backslash must be doubled; and for entities such as `&amp;`. An id is read the first time only:
/// ids of a graph hold nothing that the other two would change.
///
/// ```
/// let mut dot = String::new();
/// demarche::picture::quote::dot(&mut dot, "\"R&D\" \\N");
/// assert_eq!(dot, r#""\"R&amp;D\" \\N""#);
/// ```
pub fn dot(out: &mut String, text: &str) {
    out.push('"');
    dot_inside(out, text);
    out.push('"');
}

/// Writes lines as a label of DOT.
pub fn dot_lines(out: &mut String, lines: &[String]) {
    out.push('"');
    for (nth, line) in lines.iter().enumerate() {
        if nth > 0 {
            out.push_str("\\n");
        }
        dot_inside(out, line);
    }
    out.push('"');
}

/// Writes lines that begin at the left as a label of DOT.
pub fn dot_left_lines(out: &mut String, lines: &[String]) {
    out.push('"');
    for line in lines {
        dot_inside(out, line);
        out.push_str("\\l");
    }
    out.push('"');
}

/// Writes lines as a tooltip of DOT.
///
/// Graphviz reads escapes in a tooltip once or twice, as its version has it: with something of no width behind it, a
/// backslash is one to both.
pub fn dot_tooltip(out: &mut String, lines: &[String]) {
    dot(out, &lines.join("\n").replace('\\', "\\\u{200B}"));
}

/// A text as it stands between quotes; the one place where DOT is escaped.
fn dot_inside(out: &mut String, text: &str) {
    let mut plain = 0;
    for (at, c) in text.char_indices() {
        let escaped = match c {
            '"' => "\\\"",
            '\\' => "\\\\",
            '&' => "&amp;",
            '\n' => "&#10;",
            '\r' | '\t' => " ",
            c if is_obeyed(c) => "\u{FFFD}",
            _ => continue,
        };
        out.push_str(&text[plain..at]);
        out.push_str(escaped);
        plain = at + c.len_utf8();
    }
    out.push_str(&text[plain..]);
}

/// Writes lines as a quoted label of a Mermaid flowchart.
///
/// Mermaid finds directives, links, Markdown and HTML in labels, and that in several passes; so everything but letters,
/// digits, blanks and a few harmless marks is written as the number of its character.
///
/// ```
/// let mut label = String::new();
/// demarche::picture::quote::mermaid(&mut label, &["<b>".to_owned(), "R&D".to_owned()]);
/// assert_eq!(label, "\"#60;b#62;<br/>R#38;D\"");
/// ```
pub fn mermaid(out: &mut String, lines: &[String]) {
    out.push('"');
    for (nth, line) in lines.iter().enumerate() {
        if nth > 0 {
            out.push_str("<br/>");
        }
        for c in line.chars() {
            match c {
                c if is_obeyed(c) && c != '\n' && c != '\t' => out.push('\u{FFFD}'),
                c if c.is_whitespace() => out.push(' '),
                c if !c.is_ascii() || c.is_ascii_alphanumeric() || c == ',' => out.push(c),
                c => out.push_str(&format!("#{};", c as u32)),
            }
        }
    }
    out.push('"');
}

/// Writes a text as the title of a Mermaid diagram: a string of YAML in its front matter, where only letters, digits
/// and blanks stand for themselves.
pub fn mermaid_title(out: &mut String, text: &str) {
    out.push('"');
    for c in text.chars() {
        match c {
            c if c.is_whitespace() => out.push(' '),
            c if is_obeyed(c) => out.push('\u{FFFD}'),
            c if !c.is_ascii() || c.is_ascii_alphanumeric() => out.push(c),
            c => out.push_str(&format!("\\u{:04X}", c as u32)),
        }
    }
    out.push('"');
}
