//! Tables for what a page repeats, so that it is stored once: wordings, lines of files, and looks
//! of lines.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::diagram::Look;
use crate::picture::html::side_of;
use crate::picture::marks::mark;
use crate::picture::scene::{Item, Point, Stroke};
use crate::picture::strands::Strand;

/// Texts that recur, each with its number.
#[derive(Default)]
pub(super) struct Table {
    numbers: BTreeMap<String, u32>,
    pub(super) texts: Vec<String>,
}

impl Table {
    pub(super) fn number(&mut self, text: String) -> u32 {
        let next = self.texts.len() as u32;
        *self.numbers.entry(text).or_insert_with_key(|text| {
            self.texts.push(text.clone());
            next
        })
    }
}

/// A line of a file; the line number alone if it is in the first file.
#[derive(Debug, Serialize)]
#[serde(untagged)]
pub(super) enum Spot {
    OfFirst(u32),
    Of(u32, u32),
}

/// The look of a line.
#[derive(Debug, Serialize)]
pub(super) struct Drawn {
    /// `supports`, `opposes`, `neutral`, `number`, `mixed`, `contested` or `unknown`; empty if the
    /// line is not a position.
    side: &'static str,
    /// Its name in the legend.
    name: &'static str,
    /// The colour of each line of the strand, with its dashes when thin and when thick.
    strokes: Vec<(String, String, String)>,
    /// The length of line its mark takes up, in pixels.
    length: f64,
    /// The mark, with its tip at (0, 0).
    #[serde(skip)]
    pub(super) mark: Vec<Item>,
}

impl Drawn {
    pub(super) fn of(look: Look) -> Drawn {
        let strand = Strand::of(look);
        let dashes = |stroke: Stroke| {
            let lengths = |width: f64| {
                let lengths = stroke.dash.lengths(width).iter();
                lengths.map(f64::to_string).collect::<Vec<_>>().join(" ")
            };
            let color = format!("var(--{})", stroke.color.name());
            (color, lengths(1.0), lengths(4.0))
        };
        let (tip, along) = (Point::default(), Point::new(1.0, 0.0));
        let strokes = [Some(strand.stroke), strand.second].into_iter().flatten();
        let side = look.is_position().then(|| side_of(strand.mark_color));
        Drawn {
            side: side.flatten().unwrap_or_default(),
            name: strand.name,
            strokes: strokes.map(dashes).collect(),
            length: strand.mark.length(),
            mark: mark(strand.mark, tip, along, strand.mark_color),
        }
    }
}
