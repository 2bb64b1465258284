//! The formatter: one layout for a text, whoever wrote it. It moves blanks, line breaks and commas, and nothing else.
//!
//! What fits stands on one line; what does not stands one part a line, each with a comma behind it. In a graph the
//! whole and each section of records stand so always. A comment stays where it was: on a line of its own, at the end of
//! a line, between two words. One empty line between two parts stays, more become one. Strings are never touched.

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

/// The width that lines keep to where they can.
pub const WIDTH: usize = 100;

/// The order of sections and fields.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Order {
    /// As they were written.
    #[default]
    Kept,
    /// As the format lists them; what it does not know comes last. Records stay in their order.
    OfFormat,
}

/// How a text is laid out.
#[derive(Clone, Copy, Debug)]
pub struct Layout {
    /// Columns that a line keeps to where it can.
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

/// Lays a text out. It may be any RON; only what is a graph is taken for one. The same values come in the same order
/// (but for [`Order::OfFormat`]), every comment in its place; what is laid out already comes back as it is.
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
/// What makes it no RON: all that a reader of graphs finds, where it is one, else the first mistake.
pub fn format(text: &str, layout: Layout) -> Result<String, Vec<Diagnostic>> {
    let file = FileId::default();
    let tape = Tape::read(text, file).map_err(|mistake| mistakes(text, file, *mistake))?;
    Ok(Printer::new(&tape, layout).print(Fields::of(&tape, layout.order)))
}

/// A value behind a name, as it stands on a line with this indent, without the indent of its first line. What is no RON is
/// left as it is.
pub(crate) fn laid_out(name: &str, value: &str, indent: usize, newline: &'static str) -> String {
    match Tape::read(value, FileId::default()) {
        Ok(tape) => Printer::new(&tape, Layout::default()).print_value(name, indent, newline),
        Err(_) => format!("{name}{value}"),
    }
}

/// The mistakes of a text that is no RON: its merge conflicts, where it has any.
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
