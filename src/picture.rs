//! Drawings, laid out and written, with nothing installed. SVG, PNG, PDF and HTML are made of a [`Scene`], which a view
//! lays out; DOT and Mermaid of a [`Diagram`](crate::diagram::Diagram) as it is, and views in characters of their data. None
//! of them decides what is shown, or what a line looks like.
//!
//! Coordinates are in CSS pixels, from the left and the top. They come of additions, multiplications and square roots
//! alone, which are the same on every machine, so that the bytes are.
//!
//! Without the feature `pictures` there is no scene, and what is made of one.

mod characters;
mod columns;
mod dot;
mod draw;
pub mod matrix;
mod mermaid;
pub mod quote;
pub mod scope;
pub mod sign;
pub mod spectrum;
pub mod timeline;
mod written;

#[cfg(feature = "pictures")]
mod cell;
#[cfg(feature = "pictures")]
mod font;
#[cfg(feature = "pictures")]
mod fonts;
#[cfg(feature = "pictures")]
mod frame;
#[cfg(feature = "pictures")]
mod html;
#[cfg(feature = "pictures")]
mod layout;
#[cfg(feature = "pictures")]
mod map;
#[cfg(feature = "pictures")]
mod marks;
#[cfg(feature = "pictures")]
mod network;
#[cfg(feature = "pictures")]
mod order;
#[cfg(feature = "pictures")]
mod pdf;
#[cfg(feature = "pictures")]
mod png;
#[cfg(feature = "pictures")]
mod random;
#[cfg(feature = "pictures")]
mod rows;
#[cfg(feature = "pictures")]
mod scene;
#[cfg(feature = "pictures")]
mod stack;
#[cfg(feature = "pictures")]
mod strands;
#[cfg(feature = "pictures")]
mod svg;
#[cfg(feature = "pictures")]
mod tree;

pub use characters::characters;
pub use dot::dot;
pub use draw::{Drawing, Format, View, draw};
#[cfg(feature = "cli")]
pub(crate) use draw::{diagram, shown};
#[cfg(all(feature = "cli", feature = "pictures"))]
pub(crate) use draw::{page, scene};
pub use mermaid::mermaid;

#[cfg(feature = "pictures")]
pub use self::{
    font::{Weight, breaks, covers, line_height, plain, reach, width, wrap},
    fonts::Fonts,
    frame::{Body, Caption, Entry, framed},
    html::html,
    map::{MOST as MOST_ON_A_MAP, map},
    marks::mark,
    network::{MOST as MOST_IN_A_NETWORK, network},
    pdf::pdf,
    png::png,
    scene::{
        Anchor, Bounds, Form, Group, Item, Point, Run, Scene, Shape, Step, Stroke, Text, Word,
    },
    svg::{FONTS, svg},
};

pub use crate::diagram::{Color, Dash, Mark, Theme};

use std::fmt;

use crate::error::Error;
use crate::query::MANY_STATEMENTS;

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
    /// Nothing that was said or happened in the period joins what is asked for.
    Bare,
    /// Only a map and a network have a diagram.
    NoGraph,
    /// A map and a network have no characters.
    NoText,
    /// Only a map and a network can be a page.
    NoPage,
    /// There are more statements than a page can hold.
    LongPage,
}

impl From<Refusal> for Error {
    fn from(refusal: Refusal) -> Error {
        Error::Picture(refusal.to_string())
    }
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
            Refusal::Bare => out.write_str(
                "nothing is left to draw: no statement, meeting or tie of that time joins what is asked for",
            ),
            Refusal::NoGraph => {
                out.write_str("only a map and a network can be written as DOT or Mermaid")
            }
            Refusal::NoText => {
                out.write_str("a map and a network can't be written in characters")
            }
            Refusal::NoPage => {
                out.write_str("only a map and a network can be a page to click through")
            }
            Refusal::LongPage => write!(
                out,
                "more than {MANY_STATEMENTS} statements are more than a page can hold"
            ),
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
#[cfg(feature = "pictures")]
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
