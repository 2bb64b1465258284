//! Plain-text graphs of stakeholder positions: who stands where on what, on whose word, and who met
//! whom.
//!
//! A graph is one or more RON files, written and reviewed by people. This library opens them,
//! checks them, and answers questions about them; the program `demarche` is its command line. Every
//! answer names the statements and sources that it rests on, and says what it leaves out.
//!
//! ```
//! use demarche::graph::Lens;
//! use demarche::model::Day;
//! use demarche::query::PositionFilter;
//! use demarche::{Error, Graph};
//!
//! fn main() -> Result<(), Error> {
//!     let graph = Graph::open("graphs/blinken-2023.ron")?;
//!     let china = graph.actor("PRC")?;
//!     let view = graph.view(Lens::as_of(Day::of(2023, 6, 19)));
//!     let of_china = PositionFilter { actor: Some(china), ..Default::default() };
//!     for row in &view.positions(&of_china).positions.rows {
//!         println!("{}: {}", view.graph[row.issue].name, row.position.verdict.word());
//!         for source in &row.sources {
//!             println!("    {}", view.graph[*source].title);
//!         }
//!     }
//!     Ok(())
//! }
//! ```
//!
//! # How to use it
//! - [`Graph::open`] opens a file or a folder, [`Graph::read`] reads text in memory. Both refuse
//!   half a graph; [`Graph::open_partial`] and [`Graph::read_partial`] take what can be read.
//! - [`Graph::check`] returns what `demarche check` finds.
//! - [`Graph::actor`], [`Graph::issue`], [`Graph::source`] and [`Graph::record`] find records by
//!   id, name or alias; [`Graph::actors`] and its like iterate over all of them. An id is an index:
//!   `graph[id]` is the record.
//! - [`Graph::view`] fixes the day and the evidence. The methods of [`View`](query::View) are the
//!   questions; each returns an answer with typed rows.
//! - [`render`] writes an answer as text, JSON, CSV or Markdown; findings as text, JSON or SARIF.
//!   [`picture::draw`] draws a view.
//! - [`measure`] has the measures on plain numbers, without a graph.
//! - Every failure is an [`Error`].
//!
//! # How the data flow
//! A file becomes a [`text::Text`]. Its RON is parsed in one pass, past every mistake, into the
//! records of [`model`], in which references are still names. The includes are followed, every id
//! is declared once, and every reference is looked up: the result is a [`Graph`], in which
//! references are ids of records that exist. Mistakes become [`diagnostic::Diagnostic`]s, to which
//! [`check`] adds its warnings. A [`query::View`] restricts the graph, each question gives a
//! [`query::Answer`], and [`render`] or [`picture`] writes it.
//!
//! # Glossary
//! - **Stance**, or **statement**: a record that says where actors stand on an issue, or how much
//!   it matters to them; on the word of a source.
//! - **Position**: a point on an issue, from *strongly opposes* to *strongly supports*, *mixed*, or
//!   a number on the scale of the issue.
//! - **Verdict**: where the statements leave an actor on an issue: at a position, *contested* if
//!   they disagree, or *unknown* if none is in force.
//! - **Standing**: a verdict with everything that it rests on.
//! - **Stand**: a standing as a row of an answer has it: the verdict, what was said if it is
//!   contested, and its basis.
//! - **Footing**: the part that one statement has in a standing.
//! - **Fate**: the status of a statement in a standing: in force, replaced, expired, attributed …
//! - **Offer**: what an actor would do on a condition. It stands beside its position and makes none.
//! - **Withdrawn**: of a claim: a source says that it was wrong, so that it counts on no day.
//! - **Voice**: the relation between an actor and one for which it speaks, on certain days.
//!   **Office** is whether it spoke for it on the day of a statement.
//! - **Folded**: of an actor: counted with the one for which it speaks, and not separately.
//! - **Basis**: how many statements and independent sources a standing rests on, how old and of
//!   which grade. Sources that only repeat others do not count.
//! - **Lens**: the day of a question, whose words count, and how many sources a position needs.
//! - **Restriction**: which records a question may use: by day, source or grade, and by its
//!   selection. A **view** is a graph with its lens and restriction.
//! - **Census**: the standings of all actors on all issues, in flat lists.
//! - **Selection**: whom and what a question is about: actors, issues, tags, kinds of meetings, a
//!   period. **Scope**: the actors and issues that it comes to in a graph. **Excerpt**: the part of a
//!   view that a picture shows.
//! - **Camp**: actors that agree with one another more than with others, over several issues. A
//!   **side** is for or against one issue.
//! - **Finding**: a mistake or a warning, with its place, what to do about it and, where one is
//!   right, a replacement.
//! - **Half a graph**: one of which a file or a section can't be read. It may say the opposite of
//!   the whole. A mistake in a single record leaves out this record alone.
//!
//! # The modules
//! A module uses only those above it; a test reads the imports and fails if one does not. Hidden
//! modules, in plain type here, and hidden items serve the program and its tests and change without
//! notice.
//!
//! | module | its job |
//! | --- | --- |
//! | `words` | wording: comparing names, lists, counts, lines and columns, wrapping, terminal escapes |
//! | [`text`] | texts with names, spans |
//! | [`diagnostic`] | findings, as data |
//! | `error` | [`Error`] |
//! | `progress` | what takes long, and how far it is |
//! | `spread` | work on all cores |
//! | `sum` | sums of texts, and marks made with a secret |
//! | `buckets` | a stable bucket sort |
//! | `syntax` | the RON parser: exact spans, every mistake, records in one pass |
//! | [`model`] | what a file says, record by record: plain data |
//! | [`graph`] | the resolved graph: standings on a day, who speaks for whom, the petgraph |
//! | `resolve` | from records to the graph: ids, references, includes |
//! | `disk` | files and folders |
//! | [`check`] | the rules: a file and a page for each |
//! | `open` | [`Graph::open`], [`Graph::read`], [`Graph::check`] |
//! | [`measure`] | measures on plain numbers: agreement, camps, brokers, balance, forecasts |
//! | [`query`] | questions and answers, a file for each |
//! | [`render`] | answers and findings as text, JSON, CSV, Markdown, SARIF |
//! | `diagram` | what a drawing shows, as data; the table of how lines look |
//! | [`picture`] | layouts and views, as SVG, PNG, PDF, HTML, DOT, Mermaid and characters |
//! | `edit` | edits of the text: the formatter, changes of records, drafts |
//! | `exchange` | other formats in and out: the tables of a graph, imports |
//! | `lsp` | the language server |
//! | `mcp` | the server for assistants |
//! | `cli` | arguments, input and output, exit codes |
//!
//! # What always holds
//! - Bad data is no error, short of half a graph: what can be read is returned with what is wrong,
//!   and one bad record hides no other.
//! - In a [`Graph`], no reference dangles, and every record knows its file and span.
//! - Unknown, neutral, mixed and contested are four different things. No answer claims more than
//!   its statements do.
//! - The order of records and files never changes an answer, and the same input gives the same
//!   bytes.
//! - Only `disk` and `cli` touch files; `disk` also finds the installed fonts for pictures. Only
//!   `cli` touches the clock, the environment and processes.
#![cfg_attr(
    test,
    allow(
        clippy::unwrap_used,
        clippy::expect_used,
        clippy::panic,
        reason = "a test that fails may panic"
    )
)]

mod buckets;
pub mod check;
#[cfg(feature = "cli")]
#[doc(hidden)]
pub mod cli;
pub mod diagnostic;
#[doc(hidden)]
pub mod diagram;
#[doc(hidden)]
pub mod disk;
#[doc(hidden)]
pub mod edit;
mod error;
#[doc(hidden)]
pub mod exchange;
pub mod graph;
#[cfg(feature = "lsp")]
#[doc(hidden)]
pub mod lsp;
#[cfg(feature = "mcp")]
#[doc(hidden)]
pub mod mcp;
pub mod measure;
pub mod model;
mod open;
pub mod picture;
#[cfg_attr(
    not(feature = "cli"),
    allow(dead_code, reason = "only the command line shows progress")
)]
mod progress;
pub mod query;
pub mod render;
#[doc(hidden)]
pub mod resolve;
mod spread;
mod sum;
#[doc(hidden)]
pub mod syntax;
pub mod text;
#[doc(hidden)]
pub mod words;

pub use error::Error;
#[doc(inline)]
pub use graph::Graph;
pub use petgraph;
