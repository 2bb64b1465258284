//! Writes answers and findings as text for people and programs. Nothing is looked up or decided
//! here.

mod cells;
#[cfg(feature = "cli")]
mod csv;
pub mod diagnostics;
#[cfg(feature = "cli")]
mod diff;
mod grid;
mod json;
mod markdown;
mod places;
mod schema;
#[cfg(feature = "cli")]
mod text;

#[cfg(feature = "cli")]
pub use csv::{Spreadsheet, csv, is_header};
#[cfg(feature = "cli")]
pub use diff::unified_diff;
pub(crate) use json::printable;
pub use json::{SCHEMA, json};
pub use markdown::{card, markdown};
pub use places::Places;
pub use schema::schema;
#[cfg(feature = "cli")]
pub use text::{Paint, Shape, text};

/// Whether the statements behind an answer are shown with it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Why {
    /// The answer with dates, sources and locations.
    #[default]
    Brief,
    /// The answer with the statements behind each row.
    Shown,
}
