//! Escaping for DOT and Mermaid. Every id and label goes through here, so that no text can break
//! out of its quotes, and each is shown as it was written.

use crate::words::is_obeyed;

/// Writes a text as a quoted DOT string, for an id or a label.
///
/// Graphviz reads a label three times: as a quoted string, in which `\"` is a quote; for escapes
/// such as `\N`, the name of the node, so that a backslash must be doubled; and for entities such
/// as `&amp;`. It reads an id only the first way, but graph ids contain nothing that the other two
/// would change.
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

/// Writes lines as a DOT label.
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

/// Writes lines as a left-aligned DOT label.
pub fn dot_left_lines(out: &mut String, lines: &[String]) {
    out.push('"');
    for line in lines {
        dot_inside(out, line);
        out.push_str("\\l");
    }
    out.push('"');
}

/// Writes lines as a DOT tooltip.
///
/// Depending on its version, Graphviz reads escapes in a tooltip once or twice. A zero-width
/// character after each backslash makes it a single backslash either way.
pub fn dot_tooltip(out: &mut String, lines: &[String]) {
    dot(out, &lines.join("\n").replace('\\', "\\\u{200B}"));
}

/// Writes a text as it stands between quotes. This is the only place where DOT is escaped.
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
/// Mermaid looks for directives, links, Markdown and HTML in labels, in several passes. So
/// everything but letters, digits, spaces, commas and non-ASCII characters is written as a
/// character number.
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

/// Writes a text as the title of a Mermaid diagram: a YAML string in its front matter, in which
/// only letters, digits and spaces stand for themselves.
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
