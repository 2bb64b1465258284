//! Leaves fields out of a graph before it is read, so that no answer can show them.

use crate::edit;
use crate::model::RecordKind;
use crate::syntax::{Tape, Value, comment_end};
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
/// where it is. A record that can't be read is left out as a whole.
pub(super) fn hide(text: &str, hidden: &[Hidden]) -> String {
    let mut spans = Vec::new();
    match Tape::read(text, FileId::default()) {
        Ok(tape) => fields(tape.value(), RecordKind::Graph, hidden, &mut spans),
        Err(_) => {
            for record in edit::records(text, FileId::default()) {
                let start = record.place.span.start as usize;
                match Tape::read_part(text, FileId::default(), start) {
                    Ok(tape) => fields(tape.value(), record.kind, hidden, &mut spans),
                    Err(_) => spans.push(record.place.span),
                }
            }
        }
    }
    let mut bytes = text.as_bytes().to_vec();
    for span in spans {
        let end = after_comma(text, span.end as usize);
        for byte in bytes.get_mut(span.start as usize..end).unwrap_or_default() {
            if *byte != b'\n' {
                *byte = b' ';
            }
        }
    }
    // Whole characters were replaced.
    String::from_utf8(bytes).unwrap_or_default()
}

/// Collects the spans of the hidden fields of a record, and of the records in it.
fn fields(record: Value<'_>, kind: RecordKind, hidden: &[Hidden], spans: &mut Vec<Span>) {
    use crate::model::Holds;
    for part in record.unwrapped().parts() {
        let Some(name) = part.name() else { continue };
        if hidden.iter().any(|hidden| hidden.hides(kind, &name)) {
            spans.push(part.entry());
            continue;
        }
        match kind.field(&name).map(|field| field.holds) {
            Some(Holds::Records(inner)) => {
                for record in part.unwrapped().parts() {
                    fields(record, inner, hidden, spans);
                }
            }
            Some(Holds::Record(inner)) => fields(part, inner, hidden, spans),
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
        let text = "Graph(facts: {\"a\": (text: \"stays\", note: \"secret\"), \"b\": (text: \"x\", note: \"secret\" oops)}, stances: [(actor: \"a\", issue: \"i\", quote: \"secret\")]";
        let left = hide(text, &[Hidden::Note, Hidden::Quote]);
        assert!(left.contains("stays") && !left.contains("secret"), "{left}");
    }
}
