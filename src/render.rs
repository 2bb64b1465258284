//! Writes answers and findings as text for people and programs. Nothing is looked up or decided
//! here.

mod cells;
#[cfg(feature = "cli")]
mod csv;
pub mod diagnostics;
#[cfg(feature = "cli")]
mod diff;
#[cfg(feature = "cli")]
#[doc(hidden)]
pub mod fields;
mod grid;
mod json;
mod lined;
mod markdown;
mod places;
#[cfg(feature = "mcp")]
mod plain;
mod schema;
#[cfg(feature = "cli")]
mod text;

#[cfg(feature = "cli")]
pub use csv::{Spreadsheet, csv};
pub use json::json;
pub(crate) use json::printable;
pub use markdown::markdown;
#[cfg(feature = "cli")]
pub use text::{Paint, Shape, text};
#[cfg(feature = "cli")]
pub(crate) use {
    csv::write_csv, json::write_json, lined::Lined, markdown::write_markdown, text::write_text,
};
#[cfg(feature = "mcp")]
pub(crate) use {json::value, plain::plain};

#[cfg(feature = "cli")]
#[doc(hidden)]
pub use {csv::is_header, diff::unified_diff};
#[doc(hidden)]
pub use {json::SCHEMA, markdown::card, places::Places, schema::schema};

/// Whether the statements behind an answer are shown with it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Why {
    /// The answer with dates, sources and locations.
    #[default]
    Brief,
    /// The answer with the statements behind each row.
    Shown,
}
