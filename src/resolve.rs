//! Builds a graph from texts: follows files through their `include`s, collects records (`draft`),
//! declares each id once (`declare`), looks up references (`link`) and finds what a single record
//! may not say (`value`). Mistakes are reported as findings, never returned as an `Err`; a record
//! with a mistake is left out, and reading continues with the next one.

mod chains;
mod circles;
mod conflict;
mod copies;
mod cut;
mod cycle;
mod declare;
mod draft;
mod link;
mod load;
mod names;
mod nodes;
mod refer;
mod statements;
mod suggest;
mod value;

pub(crate) use conflict::merge_conflicts;
pub use copies::{plain_text, read_copies};
pub use load::{Files, Included, Memory, load};
pub(crate) use load::{pass_over, unreadable};
pub(crate) use value::{errors, levels};

use crate::diagnostic::Diagnostic;
use crate::graph::Graph;
pub use crate::text::ReadError;

/// Reads one text as a graph; it can't include others.
///
/// ```
/// let (graph, diagnostics) = demarche::resolve::read("blinken.ron", r#"Graph(
///     actors: { "us": (name: "United States", kind: State) },
///     issues: { "trade": (name: "Trade", question: "Should trade be freer?") },
///     stances: [(actor: "us", issue: "trade", position: Supports)],
/// )"#);
/// assert!(diagnostics.is_empty());
/// assert_eq!(graph.stances().len(), 1);
/// ```
pub fn read(name: &str, text: &str) -> (Graph, Vec<Diagnostic>) {
    let files = Memory::from_iter([(name.to_owned(), text.to_owned())]);
    // A text in memory can always be read.
    load(&files, &[name.to_owned()]).unwrap_or_default()
}
