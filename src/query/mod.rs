//! Questions, one a file. An answer is plain data: sections of rows, each row with what it rests on.

mod answer;

pub use answer::{Answer, Cell, Evidence, Row, Section};
