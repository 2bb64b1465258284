//! Pictures that need nothing installed: layouts and views. A view is data first, a [`Scene`]; SVG, PNG, PDF and HTML are
//! made of that, and none of them decides what is shown or where.
//!
//! Coordinates are in CSS pixels, from the left and the top. They come of additions, multiplications and square roots
//! alone, which are the same on every machine, so that the bytes are.

mod cell;
mod characters;
mod columns;
mod font;
mod fonts;
mod frame;
mod html;
mod importance;
mod layout;
mod map;
mod marks;
pub mod matrix;
mod network;
mod order;
mod pdf;
mod png;
mod random;
mod rows;
mod scene;
pub mod scope;
pub mod sign;
pub mod spectrum;
mod stack;
mod strands;
mod svg;
mod theme;
mod thin;
pub mod timeline;
mod tree;

use std::fmt;

pub use characters::{View, characters};
pub use font::{Weight, breaks, covers, line_height, plain, reach, width, wrap};
pub use fonts::Fonts;
pub use frame::{Body, Caption, Entry, framed, not_shown};
pub use html::html;
pub use map::{MOST as MOST_ON_A_MAP, map};
pub use marks::{Mark, mark};
pub use network::{MOST as MOST_IN_A_NETWORK, network};
pub use pdf::pdf;
pub use png::png;
pub use scene::{
    Anchor, Bounds, Form, Group, Item, Point, Run, Scene, Shape, Step, Stroke, Text, Word,
};
pub use svg::{FONTS, svg};
pub use theme::{Color, Dash, Theme};
pub use thin::top;

/// Why there is no picture.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// There is nothing to show.
    Nothing,
    /// Nobody is known to stand anywhere.
    NoPosition,
    /// No two actors are known to stand on a side of the same issue.
    NoPair,
    /// Nothing has a date.
    NoDate,
    /// There is more than one can see.
    TooMuch {
        /// How many.
        count: usize,
        /// The most there may be.
        most: usize,
        /// Of what.
        what: &'static str,
        /// In which view.
        view: &'static str,
    },
}

impl fmt::Display for Refusal {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Refusal::Nothing => out.write_str("there is nothing to draw"),
            Refusal::NoPosition => out.write_str("there is no known position to draw"),
            Refusal::NoPair => {
                out.write_str("no two actors are known to stand on a side of the same issue")
            }
            Refusal::NoDate => out.write_str("there is nothing with a date to draw"),
            Refusal::TooMuch {
                count,
                most,
                what,
                view,
            } => {
                write!(
                    out,
                    "{count} {what} are more than a {view} can show: the most is {most}"
                )
            }
        }
    }
}

/// Whether so many can be shown.
fn reject(
    count: usize,
    most: usize,
    what: &'static str,
    view: &'static str,
) -> Result<(), Refusal> {
    match count {
        0 => Err(Refusal::Nothing),
        count if count > most => Err(Refusal::TooMuch {
            count,
            most,
            what,
            view,
        }),
        _ => Ok(()),
    }
}
