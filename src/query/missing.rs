//! What is missing from every answer because it could not be read.

use crate::diagnostic::Diagnostic;
use crate::graph::Graph;
use crate::query::{Note, Notes};
use crate::words::{counted, first_few, line_of};

/// The number of locations named in a note.
const MOST: usize = 3;

/// Notes what is missing from every answer of a graph: what can't be read at all
/// ([`Graph::is_whole`]), what may be half an edit, single records with mistakes, and files that
/// were passed over. Empty if all is read.
pub fn missing(graph: &Graph) -> Notes {
    let mut notes = unread(graph);
    notes.extend(passed_over(graph));
    notes
}

/// Like [`missing`], without the files passed over, which are no part of the graph.
pub fn unread(graph: &Graph) -> Notes {
    let half = half(graph).map(|text| Note::new("half_a_graph", text).of(graph.missing.len()));
    let doubts = graph.doubts.iter().map(|doubt| {
        let text = format!("The graph may hold half an edit: {}.", doubt.message);
        Note::new("half_an_edit", text)
    });
    let mut notes: Vec<Note> = half.into_iter().chain(doubts).collect();
    notes.dedup();
    notes.extend(of_records(graph));
    Notes(notes)
}

/// Explains in one sentence that the graph is incomplete and what can't be read, or `None` if it is
/// whole.
pub fn half(graph: &Graph) -> Option<String> {
    let named = first_few(&graph.missing, MOST, |finding| located(graph, finding));
    (!named.is_empty()).then(|| {
        format!(
            "Half a graph; what can't be read is missing: {}.",
            named.join("; ")
        )
    })
}

fn of_records(graph: &Graph) -> Option<Note> {
    let parts = [
        (graph.left_out, "left out"),
        (graph.read_in_part, "read in part"),
    ];
    let said: Vec<String> = parts
        .iter()
        .filter(|(count, _)| *count > 0)
        .enumerate()
        .map(|(nth, (count, what))| match nth {
            0 => format!("{} {what}", counted(*count, "record")),
            _ => format!("{count} {what}"),
        })
        .collect();
    let why = match graph.faults.first() {
        Some(first) => format!(
            "because of mistakes, the first at {}",
            located(graph, first)
        ),
        None => "because of what is missing or can't be read".to_owned(),
    };
    (!said.is_empty()).then(|| {
        let text = format!("{} {why}.", said.join(", "));
        Note::new("mistakes", text).of(graph.left_out + graph.read_in_part)
    })
}

/// Notes the files next to those of the graph that are not read, each with the reason.
fn passed_over(graph: &Graph) -> Option<Note> {
    let folder = graph.folder();
    let named = first_few(&graph.passed_over, MOST, |passed| {
        let name = passed.name.strip_prefix(folder).unwrap_or(&passed.name);
        format!("`{name}` ({})", passed.reason)
    });
    (!named.is_empty()).then(|| {
        let text = format!("Files passed over: {}.", named.join("; "));
        Note::new("passed_over", text).of(graph.passed_over.len())
    })
}

/// Formats a finding: `pact.ron:3: unknown actor …`
fn located(graph: &Graph, finding: &Diagnostic) -> String {
    let place = finding.place();
    match place.file.of(&graph.texts) {
        Some(text) => {
            let line = line_of(text.text.as_bytes(), place.span.start as usize);
            let name = &text.name[graph.folder().len()..];
            format!("{name}:{line}: {}", finding.message)
        }
        None => finding.message.clone(),
    }
}
