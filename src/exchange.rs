//! Other formats in and out: the tables that a graph can be written as and read back from. Bytes in,
//! records and findings out; `disk` and `cli` read and write the files.
//!
//! - [`tables`] says once what tables there are and what each column means. A format writes rows of
//!   cells, whatever the table; its head says how to add one.
//! - [`rows`](rows()) makes the rows of a view, [`document`] makes records of rows, and [`text`]
//!   writes records as the text of a file.

mod back;
pub mod csl;
pub mod dates;
pub mod delimited;
#[cfg(feature = "dna")]
pub mod dna;
pub mod finding;
pub mod ftm;
pub mod gexf;
pub mod graphml;
pub mod import;
pub mod input;
mod json;
pub mod made;
pub mod map;
pub mod names;
pub mod near;
pub mod network;
mod out;
#[cfg(feature = "parquet")]
pub mod parquet;
pub mod propose;
mod ron;
#[cfg(feature = "sheets")]
pub mod sheets;
pub mod sql;
#[cfg(feature = "sqlite")]
pub mod sqlite;
pub mod tables;
pub mod turtle;
pub mod twins;
mod xml;

#[cfg(feature = "cli")]
pub mod csv;

pub use crate::query::Left;
pub use back::{Tables, document};
pub use out::rows;
pub use ron::text;
