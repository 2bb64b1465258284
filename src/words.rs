//! General text helpers: folding and comparing names, lists and counts in English, lines and
//! columns, wrapping, and the one filter for terminal control characters. This module knows no
//! types of the model; the words for a stance or a meeting are defined beside its type.

mod fold;
mod lines;
mod list;
mod near;
mod shown;
mod verdict;
mod vocabulary;
mod wrap;

pub use fold::{folded, holds, table, written_out};
pub use lines::{BYTE_ORDER_MARK, LineColumn, Lines, Unit, after_mark, line_of, line_start};
pub use list::{by_number, capital, clause, counted, either, joined, listed, spaced, thousands};
pub(crate) use list::{first_few, joined_by};
pub(crate) use near::slips;
pub use near::{
    any_meant, equally_near, is_slip, meant, nearest, same_numbers, several_nearest, way_out,
};
pub use shown::{is_obeyed, one_line, shown, shown_painted, stand_in};
pub(crate) use verdict::verdict_word;
pub(crate) use vocabulary::vocabulary;
#[cfg(feature = "cli")]
pub(crate) use wrap::WIDEST_WORD;
pub use wrap::{Room, filled, indented, width, wrapped, wrapped_to};
