//! How things are said, whatever they are: names folded and compared, lists and counts in English, lines and columns, text
//! wrapped, and the one filter for what a terminal obeys. It knows no type of ours: what a stance or a meeting is called stands
//! beside its type.

mod fold;
mod lines;
mod list;
mod near;
mod shown;
mod vocabulary;
mod wrap;

pub use fold::{folded, holds, table, written_out};
pub use lines::{BYTE_ORDER_MARK, LineColumn, Lines, Unit, line_of, line_start};
pub use list::{by_number, capital, clause, counted, either, joined, listed, spaced};
pub use near::{equally_near, is_slip, nearest, same_numbers, several_nearest};
pub use shown::{is_obeyed, one_line, shown, shown_painted, stand_in};
pub(crate) use vocabulary::vocabulary;
#[cfg(feature = "cli")]
pub(crate) use wrap::WIDEST_WORD;
pub use wrap::{Room, filled, indented, width, wrapped, wrapped_to};
