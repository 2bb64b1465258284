//! Pictures that need nothing installed: layouts and views. A view is data first, a [`Scene`]; SVG, PNG, PDF and HTML are
//! made of that, and none of them decides what is shown or where.
//!
//! Coordinates are in CSS pixels, from the left and the top. They come of additions, multiplications and square roots
//! alone, which are the same on every machine, so that the bytes are.

mod characters;
mod columns;
mod font;
mod frame;
mod marks;
pub mod matrix;
mod scene;
pub mod scope;
pub mod sign;
pub mod spectrum;
mod svg;
mod theme;
pub mod timeline;

pub use characters::{View, characters};
pub use font::{Weight, breaks, covers, line_height, plain, reach, width, wrap};
pub use frame::{Body, Caption, Entry, framed, not_shown, rests_on};
pub use marks::{Mark, mark};
pub use scene::{Anchor, Bounds, Form, Group, Item, Point, Scene, Shape, Step, Stroke, Text, Word};
pub use svg::{FONTS, svg};
pub use theme::{Color, Dash, Theme};
