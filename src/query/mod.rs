//! Questions, one a file. An answer is plain data: sections of rows, each row with what it rests on.

mod answer;
mod extract;

pub use answer::{Answer, Cell, Evidence, Row, Section};
pub use extract::{Extract, LeftOut, Line, Lines, MANY_PEOPLE, MANY_STATEMENTS, Met, Part, Selection, Spoken, extract};
