//! Leaves fields out of a graph before it is read, so that no answer can show them.

use std::ops::ControlFlow;

use crate::model::{Holds, RecordKind, SECTIONS};
use crate::syntax::{Event, Tape, TokenKind, Value, comment_end, walk};
use crate::text::{FileId, Span};

/// What can be left out of everything that is sent, by the name of its field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hidden {
    /// The notes of all records, and of the graph.
    Note,
    /// The words of sources that records quote.
    Quote,
    /// The texts of sources.
    Text,
    /// Where meetings take place.
    Place,
}

impl Hidden {
    fn hides(self, record: RecordKind, field: &str) -> bool {
        match self {
            Hidden::Note => field == "note",
            Hidden::Quote => field == "quote",
            Hidden::Text => field == "text" && record == RecordKind::Source,
            Hidden::Place => field == "place" && record == RecordKind::Meeting,
        }
    }
}

/// Returns the text of a graph's file with spaces in place of hidden fields, so that every line stays
/// where it is. In a text that is not RON, the fields stay, with spaces in their strings.
pub(super) fn hide(text: &str, hidden: &[Hidden]) -> String {
    let mut spans = Vec::new();
    match Tape::read(text, FileId::default()) {
        Ok(tape) => fields(text, tape.value(), RecordKind::Graph, hidden, &mut spans),
        Err(_) => strings(text, hidden, &mut spans),
    }
    let mut bytes = text.as_bytes().to_vec();
    for span in spans {
        for byte in bytes.get_mut(span.range()).unwrap_or_default() {
            if *byte != b'\n' {
                *byte = b' ';
            }
        }
    }
    // Whole characters were replaced.
    String::from_utf8(bytes).unwrap_or_default()
}

/// Collects the spans of what is within the strings of hidden fields, in a text with mistakes.
fn strings(text: &str, hidden: &[Hidden], spans: &mut Vec<Span>) {
    walk(text, SECTIONS, &mut |frames, event| {
        let Event::Token(TokenKind::Text, span) = event else {
            return ControlFlow::Continue(());
        };
        let section = frames.first().and_then(|graph| graph.field);
        let kind = section.and_then(RecordKind::of_section);
        let mut records = frames.iter().rev();
        let field = records.find_map(|frame| frame.field.filter(|_| frame.name != Some("Some")));
        let kind = kind.unwrap_or(RecordKind::Graph);
        if field.is_some_and(|field| hidden.iter().any(|hidden| hidden.hides(kind, field))) {
            let string = &text[span.range()];
            let start = string.find('"').map_or(0, |quote| quote + 1);
            let end = string.rfind('"').filter(|end| *end >= start);
            let from = span.start as usize;
            spans.push(Span::new(from + start, from + end.unwrap_or(string.len())));
        }
        ControlFlow::Continue(())
    });
}

/// Collects the spans of the hidden fields of a record, and of the records in it.
fn fields(
    text: &str,
    record: Value<'_>,
    kind: RecordKind,
    hidden: &[Hidden],
    spans: &mut Vec<Span>,
) {
    for part in record.unwrapped().parts() {
        let Some(name) = part.name() else { continue };
        if hidden.iter().any(|hidden| hidden.hides(kind, &name)) {
            let Span { start, end } = part.entry();
            spans.push(Span::new(start as usize, after_comma(text, end as usize)));
            continue;
        }
        match kind.field(&name).map(|field| field.holds) {
            Some(Holds::Records(inner)) => {
                for record in part.unwrapped().parts() {
                    fields(text, record, inner, hidden, spans);
                }
            }
            Some(Holds::Record(inner)) => fields(text, part, inner, hidden, spans),
            _ => {}
        }
    }
}

/// Returns the offset behind the comma that follows a value, or the value's end if none does.
fn after_comma(text: &str, end: usize) -> usize {
    let mut at = end;
    loop {
        at += text[at..].len() - text[at..].trim_start().len();
        match text.as_bytes().get(at) {
            Some(b',') => return at + 1,
            Some(b'/') => match comment_end(text, at) {
                Some(end) if end > at => at = end,
                _ => return end,
            },
            _ => return end,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hidden_fields_become_spaces() {
        let text = "Graph(note: \"secret\", meetings: {\n  \"m\": (title: \"M\", place: r#\"se\ncret\"#, status: Held /* , */ , note: Some(\"secret\"), earlier: [(status: Planned, quote: \"secret ü\")]),\n})";
        let all = [Hidden::Note, Hidden::Quote, Hidden::Text, Hidden::Place];
        let left = hide(text, &all);
        assert!(!left.contains("cret") && !left.contains('ü'), "{left}");
        assert_eq!(left.len(), text.len());
        assert_eq!(left.lines().count(), text.lines().count());
        let (graph, found) = crate::resolve::read("x.ron", &left);
        assert!(graph.is_whole() && found.is_empty(), "{found:?}\n{left}");
        assert_eq!(hide(text, &[]), text);
    }

    #[test]
    fn a_file_with_a_mistake_shows_nothing_hidden() {
        let text = "Graph(note: \"secret\", sources: {\"s\": (title: \"stays\", text: \"secret\")}, facts: {\"a\": (text: \"stays\", note: Some(\"secret\")), \"b\": (text: \"stays\", note: r#\"secret\"# oops)}, stances: [(actor: \"stays\", quote: \"secret\")]";
        let left = hide(text, &[Hidden::Note, Hidden::Quote, Hidden::Text]);
        assert_eq!(
            (left.matches("stays").count(), left.len()),
            (4, text.len()),
            "{left}"
        );
        assert!(!left.contains("secret"), "{left}");
        let left = hide("Graph(stances: [(note: \"secret", &[Hidden::Note]);
        assert!(!left.contains("secret"), "{left}");
    }
}
