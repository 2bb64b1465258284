//! x
mod cursor;
