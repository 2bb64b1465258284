//! Other formats in and out: the tables that a graph can be written as and read back from. Bytes in,
//! records and findings out; `disk` and `cli` read and write the files.
//!
//! - [`tables`] says once what tables there are and what each column means. A format writes rows of
//!   cells, whatever the table; its head says how to add one.
//! - [`rows`](rows()) makes the rows of a view, [`records`] makes records of rows.

mod out;
pub mod tables;

#[cfg(feature = "cli")]
pub mod csv;

pub use out::{Left, rows};
