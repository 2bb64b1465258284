//! What is told again and again in a page, so that it is told once: words, lines of files, and how lines of a picture look.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::diagram::Theme;
use crate::picture::marks::mark;
use crate::picture::scene::{Point, Stroke};
use crate::picture::strands::Strand;
use crate::picture::svg::fragment;

/// Texts that are told again and again, each with its number.
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

/// A line of a file: its number alone where it is in the first.
#[derive(Debug, Serialize)]
#[serde(untagged)]
pub(super) enum Spot {
    OfFirst(u32),
    Of(u32, u32),
}

/// How a line looks.
#[derive(Debug, Serialize)]
pub(super) struct Look {
    /// `supports`, `opposes`, `neutral`, `mixed`, `contested` or `unknown`; empty for a part in a meeting.
    side: &'static str,
    /// What the legend calls it.
    name: &'static str,
    /// Its colour, and its dashes where it is thin and where it is thick; of two lines beside one another where there are two.
    strokes: Vec<(&'static str, String, String)>,
    /// How much of the end of the line its mark takes, in pixels.
    length: f64,
    /// The mark, whose tip is at 0, 0, as SVG.
    #[serde(skip)]
    pub(super) mark: String,
}

/// Looks of lines and fates of statements, each with its number.
#[derive(Default)]
pub(super) struct Looks {
    theme: Theme,
    /// By side and name.
    names: Vec<(&'static str, &'static str)>,
    pub(super) looks: Vec<Look>,
    pub(super) fates: Vec<&'static str>,
}

impl Looks {
    /// In the colours of a theme; none is known yet.
    pub(super) fn of(theme: Theme) -> Looks {
        Looks {
            theme,
            ..Looks::default()
        }
    }

    /// The number of a look.
    pub(super) fn look(&mut self, side: &'static str, strand: Strand) -> u32 {
        let name = (side, strand.name);
        let known = self.names.iter().position(|known| *known == name);
        known.unwrap_or_else(|| {
            let strokes = [Some(strand.stroke), strand.second].into_iter().flatten();
            let dashes = |stroke: Stroke| {
                let lengths = |width: f64| {
                    stroke
                        .dash
                        .lengths(width)
                        .iter()
                        .map(f64::to_string)
                        .collect::<Vec<_>>()
                        .join(" ")
                };
                (self.theme.hex(stroke.color), lengths(1.0), lengths(4.0))
            };
            let drawn = mark(
                strand.mark,
                Point::default(),
                Point::new(1.0, 0.0),
                strand.mark_color,
            );
            let look = Look {
                side,
                name: strand.name,
                strokes: strokes.map(dashes).collect(),
                length: strand.mark.length(),
                mark: fragment(&drawn, self.theme),
            };
            self.names.push(name);
            self.looks.push(look);
            self.looks.len() - 1
        }) as u32
    }

    pub(super) fn fate(&mut self, fate: &'static str) -> u32 {
        let known = self.fates.iter().position(|known| *known == fate);
        known.unwrap_or_else(|| {
            self.fates.push(fate);
            self.fates.len() - 1
        }) as u32
    }
}
