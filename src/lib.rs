//! Plain-text stakeholder position graphs: who stands where on what, on whose word, and who met whom.
//!
//! # The walk of the data
//! A file is read by [`disk`] and becomes a [`text::Text`]. [`syntax`] reads its RON in one pass, past every mistake, into
//! the records of [`model`]: names are still names. [`resolve`] follows the includes, declares every id once, looks every
//! reference up, and hands over a [`graph::Graph`], in which a reference is the id of a record that exists. What was wrong
//! on the way is a list of [`diagnostic::Diagnostic`]s, to which [`check`] adds what is worth a warning, and the quotes that
//! are not in the texts of their sources: these are read for that alone ([`disk::read_copies`]). [`query`] asks the graph and
//! gives an [`query::Answer`], a struct of its own for each question, whose tables have typed rows; [`render`] makes text, JSON, CSV
//! or Markdown of it. What a drawing shows is a [`diagram`] first; [`picture`] lays it out and writes it. [`cli`] prints that.
//!
//! ```
//! use demarche::graph::Lens;
//! use demarche::model::Day;
//! use demarche::query::{self, Kind};
//!
//! let (graph, mistakes) = demarche::resolve::read("pact.ron", r#"Graph(
//!     sources: { "note": (title: "A note", date: "2024-05-01") },
//!     actors: { "north": (name: "Northland", kind: State) },
//!     issues: { "pact": (name: "A fishing pact", question: "Should there be one?") },
//!     stances: [ (actor: "north", issue: "pact", position: Supports, source: "note") ],
//! )"#);
//! assert!(mistakes.is_empty());
//!
//! let lens = Lens::as_of(Day::of(2024, 6, 1));
//! let pact = query::lookup(&graph, Kind::Any, "fishing").map(|named| named.entity()).unwrap();
//! let answer = query::show(&graph, lens, pact);
//! assert_eq!(answer.title(), "A fishing pact");
//! ```
//!
//! # The modules
//! A module uses only those above it; a test reads the imports and says so when one does not.
//!
//! | module | its job |
//! | --- | --- |
//! | [`words`] | how things are said: names compared, lists, counts, lines and columns, wrapping, what a terminal obeys |
//! | [`text`] | a text with a name, spans |
//! | [`diagnostic`] | a finding, as data |
//! | `spread` | work on all cores |
//! | `deal` | lists sorted by numbered groups |
//! | [`syntax`] | RON as people write it: exact places, every mistake, records in one pass |
//! | [`model`] | what a file says, record by record: plain data |
//! | [`graph`] | the resolved graph, positions at a date, who speaks for whom, the petgraph |
//! | [`resolve`] | from records to the graph: ids, references, includes |
//! | [`disk`] | files and folders |
//! | [`check`] | warnings, one rule a file; a page for each rule |
//! | [`measure`] | measures on plain numbers: agreement, camps, brokers, balance, forecasts |
//! | [`query`] | questions, one a file; answers are data |
//! | [`render`] | answers and findings as text for people and programs |
//! | [`diagram`] | what a drawing shows, as data; the one table of how lines look |
//! | [`picture`] | layouts and views, as SVG, PNG, PDF, HTML, DOT, Mermaid and characters |
//! | [`edit`] | changes to the text as splices: the formatter, edits, drafts |
//! | [`lsp`] | the language server |
//! | [`cli`] | arguments, input and output, exit codes |
//!
//! # What always holds
//! - Bad data is never an `Err`: what can be read is returned with what was wrong; one bad record hides no other.
//! - In a [`graph::Graph`] no reference dangles, and every record knows its file and bytes.
//! - Unknown, neutral, mixed and contested are four different things; no answer claims more than its statements do.
//! - The order of records and files never changes an answer, and the same input gives the same bytes.
//! - Only [`disk`] and [`cli`] touch files; only [`cli`] touches the clock, the environment and processes.
#![cfg_attr(
    test,
    allow(
        clippy::unwrap_used,
        clippy::expect_used,
        clippy::panic,
        reason = "a test that fails may panic"
    )
)]

pub mod check;
#[cfg(feature = "cli")]
#[doc(hidden)]
pub mod cli;
mod deal;
pub mod diagnostic;
#[doc(hidden)]
pub mod diagram;
#[doc(hidden)]
pub mod disk;
#[doc(hidden)]
pub mod edit;
mod error;
pub mod graph;
#[cfg(feature = "lsp")]
#[doc(hidden)]
pub mod lsp;
pub mod measure;
pub mod model;
mod open;
pub mod picture;
pub mod query;
pub mod render;
#[doc(hidden)]
pub mod resolve;
mod spread;
#[doc(hidden)]
pub mod syntax;
pub mod text;
#[doc(hidden)]
pub mod words;

pub use error::Error;
#[doc(inline)]
pub use graph::Graph;
pub use petgraph;
