//! Pictures that need nothing installed: layouts and views. A view is data first, a [`Scene`]; SVG, PNG, PDF and HTML are
//! made of that, and none of them decides what is shown or where.
//!
//! Coordinates are in CSS pixels, from the left and the top. They come of additions, multiplications and square roots
//! alone, which are the same on every machine, so that the bytes are.

mod font;
mod frame;
mod marks;
mod scene;
mod svg;
mod theme;

pub use font::{Weight, breaks, covers, line_height, plain, reach, width, wrap};
pub use frame::{Body, Caption, Entry, framed, not_shown, rests_on};
pub use marks::{Mark, mark};
pub use scene::{Anchor, Bounds, Form, Group, Item, Point, Scene, Shape, Step, Stroke, Text, Word};
pub use svg::{FONTS, svg};
pub use theme::{Color, Dash, Theme};
