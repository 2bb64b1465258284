//! Changes to the text of a graph: the formatter, edits, drafts. All are functions of texts; files are `cli`'s affair.

mod format;

pub use format::{Layout, Order, WIDTH, format};
