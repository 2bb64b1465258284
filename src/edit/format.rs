//! The formatter: one layout for every text, whoever wrote it. It changes whitespace, line breaks
//! and commas, and nothing else.
//!
//! A group goes on one line if it fits; otherwise each part goes on a line of its own, followed by
//! a comma. In a graph, the whole and each section of records is always laid out part by part. A
//! comment stays where it was: on a line of its own, at the end of a line, between two words. One
//! empty line between two parts stays; more become one. Strings are never touched.

mod comments;
mod print;
mod sort;

use crate::diagnostic::Diagnostic;
use crate::edit::format::print::Printer;
use crate::edit::format::sort::Fields;
use crate::model;
use crate::resolve;
use crate::syntax::Tape;
use crate::text::FileId;

/// The default line width in columns.
pub const WIDTH: usize = 100;

/// The order of sections and fields.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Order {
    /// The order in the text.
    #[default]
    Kept,
    /// The order of the format; unknown names come last. Records keep their order.
    OfFormat,
}

/// How a text is laid out.
#[derive(Clone, Copy, Debug)]
pub struct Layout {
    /// The width in columns that lines keep to if possible.
    pub width: usize,
    /// The order of sections and fields.
    pub order: Order,
}

impl Default for Layout {
    fn default() -> Self {
        Layout {
            width: WIDTH,
            order: Order::Kept,
        }
    }
}

/// Lays out a text, which may be any RON, not only a graph. Values keep their order (except with
/// [`Order::OfFormat`]) and comments their position; a text already laid out is returned unchanged.
///
/// ```
/// use demarche::edit::{Layout, format};
///
/// let laid_out = format("Graph(actors:{\"us\":(name:\"US\",kind:State,) /* who */})", Layout::default());
/// assert_eq!(laid_out.unwrap(), r#"Graph(
///     actors: {
///         "us": (name: "US", kind: State) /* who */,
///     },
/// )
/// "#);
/// ```
///
/// # Errors
/// Returns why the text isn't RON: every syntax error that the graph reader finds if it is a graph,
/// else the first error.
pub fn format(text: &str, layout: Layout) -> Result<String, Vec<Diagnostic>> {
    let file = FileId::default();
    let tape = Tape::read(text, file).map_err(|mistake| mistakes(text, file, *mistake))?;
    Ok(Printer::new(&tape, layout).print(Fields::of(&tape, layout.order)))
}

/// Lays out a value after a name, for a line with this indent; the first line comes without its
/// indent. A value that isn't RON is left as it is.
pub(crate) fn laid_out(name: &str, value: &str, indent: usize, newline: &'static str) -> String {
    match Tape::read(value, FileId::default()) {
        Ok(tape) => Printer::new(&tape, Layout::default()).print_value(name, indent, newline),
        Err(_) => format!("{name}{value}"),
    }
}

/// Returns the errors of a text that isn't RON: its merge conflicts, if it has any.
fn mistakes(text: &str, file: FileId, first: Diagnostic) -> Vec<Diagnostic> {
    let conflicts = resolve::merge_conflicts(text, file);
    if !conflicts.is_empty() {
        return conflicts;
    }
    if !crate::syntax::begins_with(text, "Graph") {
        return vec![first];
    }
    let read = model::read(text, file, model::Split::default(), |_| {});
    let found: Vec<Diagnostic> = read
        .diagnostics
        .into_iter()
        .filter(|diagnostic| diagnostic.code == "syntax")
        .collect();
    if found.is_empty() { vec![first] } else { found }
}
