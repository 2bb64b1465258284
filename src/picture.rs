//! Pictures, laid out and written without any installed tools. SVG, PNG, PDF and HTML are made from
//! a [`Scene`], which a view lays out. DOT and Mermaid are made directly from a
//! [`Diagram`](crate::diagram::Diagram), and character views from their own data. None of them
//! decides what is shown or what a line looks like.
//!
//! Coordinates are CSS pixels from the left and the top. They are computed with additions,
//! multiplications and square roots alone, which give the same result on every machine; so the
//! output is the same to the byte.
//!
//! Without the feature `pictures`, there are no scenes and none of the formats made from them.

mod characters;
mod columns;
pub(crate) mod dot;
mod draw;
mod headline;
#[doc(hidden)]
pub mod matrix;
mod mermaid;
mod paper;
#[doc(hidden)]
pub mod quote;
#[doc(hidden)]
pub mod roster;
#[doc(hidden)]
pub mod sign;
#[doc(hidden)]
pub mod spectrum;
#[doc(hidden)]
pub mod timeline;
mod written;

#[cfg(feature = "pictures")]
mod cell;
#[cfg(feature = "pictures")]
mod course;
#[cfg(feature = "pictures")]
mod embedded;
#[cfg(feature = "pictures")]
mod fit;
#[cfg(feature = "pictures")]
mod font;
#[cfg(feature = "pictures")]
mod fonts;
#[cfg(feature = "pictures")]
mod frame;
#[cfg(feature = "pictures")]
mod geometry;
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
mod short;
#[cfg(feature = "pictures")]
mod stack;
#[cfg(feature = "pictures")]
mod strands;
#[cfg(feature = "pictures")]
mod svg;
#[cfg(feature = "pictures")]
mod tree;

pub use draw::{Drawing, Format, View, draw};
#[cfg(feature = "cli")]
pub(crate) use draw::{diagram, drawn, shown};
#[doc(hidden)]
pub use {
    characters::characters, dot::dot, draw::Drawn, draw::Fitted, draw::Part, draw::Why,
    headline::headline, mermaid::mermaid, paper::Paper, paper::height,
};

#[cfg(feature = "pictures")]
#[doc(hidden)]
pub use self::{
    font::{Weight, breaks, covers, line_height, plain, reach, width, wrap},
    fonts::Fonts,
    frame::{Body, Caption, Entry, Framed, framed},
    html::{Sheet, html},
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

pub use crate::diagram::Theme;
#[doc(hidden)]
pub use crate::diagram::{Color, Dash, Mark};

use std::fmt;

use crate::error::Error;
use crate::query::MANY_STATEMENTS;

/// The reason why no picture can be drawn.
#[doc(hidden)]
#[derive(Clone, Debug, PartialEq)]
pub enum Refusal {
    /// There is nothing to show.
    Nothing,
    /// No position is known.
    NoPosition,
    /// No two actors are known to take a side on the same issue.
    NoPair,
    /// The same, though numbers on a scale are known.
    OnlyNumbers,
    /// Actors can be compared on one issue only.
    OneIssue,
    /// Hardly any two actors can be compared, and none on more than a few issues.
    WeakPairs,
    /// No meeting and no tie joins two actors.
    NoLink,
    /// Nothing has a date.
    NoDate,
    /// Everything on a timeline has one date.
    OneDate {
        /// The date in words.
        date: String,
        /// Whether there are only meetings and ties, and no statement.
        is_told: bool,
    },
    /// There is more than a viewer could make out.
    TooMuch {
        /// The number of things asked for.
        count: usize,
        /// The most that the view can show.
        most: usize,
        /// The kind of thing counted, in the plural.
        what: &'static str,
        /// The name of the view.
        view: &'static str,
    },
    /// Nothing that was said or happened in the period joins what is asked for.
    Bare,
    /// Only a map and a network have a diagram.
    NoGraph,
    /// A map and a network have no characters.
    NoText,
    /// There are more statements than a page can hold.
    LongPage,
    /// This build has no scenes.
    NotBuilt,
    /// Only SVG, PNG and PDF have a page of a given size.
    NoPaper,
    /// It has so many lines that hardly any can be followed, and so has every part worth drawing.
    Tangle(usize),
    /// Its text would be too small on the page.
    Small {
        /// The size of most of the text, in pixels.
        found: f64,
        /// The least size.
        least: f64,
        /// How many actors and issues could be read there, as with `top`; `None` if no number can.
        fits: Option<usize>,
        /// Whether it could be read on the page turned by a right angle.
        turned: bool,
    },
    /// The picture can't be written, for this reason.
    Failed(String),
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
                out.write_str("no two actors are known to take sides on the same issue")
            }
            Refusal::OnlyNumbers => out.write_str(
                "positions are numbers on a scale, and no two actors are known to take sides on the same issue",
            ),
            Refusal::OneIssue => {
                out.write_str("actors can be compared on one issue only, which is no agreement")
            }
            Refusal::WeakPairs => out.write_str(
                "hardly any two actors can be compared, and none of them on as many as three issues",
            ),
            Refusal::NoLink => out.write_str("no meeting and no tie joins two actors"),
            Refusal::NoDate => out.write_str("there is nothing with a date to draw"),
            Refusal::OneDate { date, .. } => write!(
                out,
                "everything to draw has one date, {date}: a timeline would show no order"
            ),
            Refusal::Bare => out.write_str(
                "nothing is left to draw: no statement, meeting or tie in that period connects what was asked for",
            ),
            Refusal::NoGraph => {
                out.write_str("only a map and a network can be written as DOT or Mermaid")
            }
            Refusal::NoText => {
                out.write_str("a map and a network can't be written in characters")
            }
            Refusal::NoPaper => {
                out.write_str("only SVG, PNG and PDF can be drawn on a page of a given size")
            }
            Refusal::Small { found, least, .. } => write!(
                out,
                "on that page most of the text would be {} high, where {} can be read",
                paper::height(*found, *least),
                paper::height(*least, *least),
            ),
            Refusal::Tangle(lines) => {
                write!(out, "{lines} lines are too many to follow")
            }
            Refusal::LongPage => write!(
                out,
                "a page can't hold more than {MANY_STATEMENTS} statements"
            ),
            Refusal::NotBuilt => {
                out.write_str("this `demarche` was built without the feature `pictures`")
            }
            Refusal::Failed(why) => out.write_str(why),
            Refusal::TooMuch {
                count,
                most,
                what,
                view,
            } => {
                write!(
                    out,
                    "{count} {what} are more than a {view} can show: at most {most}"
                )
            }
        }
    }
}

/// Returns an error if there is nothing to show or more than `most`.
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
