//! The look of what joins and surrounds actors, in the picture and in its legend.

use crate::diagram::{Behind, Color, Dash, Edge, Look};
use crate::graph::Graph;
use crate::picture::cell;
use crate::picture::course::Course;
use crate::picture::marks::mark;
use crate::picture::network::hull::filled;
use crate::picture::network::plan::Bond;
use crate::picture::scene::{Anchor, Bounds, Form, Item, Point, Stroke, Text, Word};
use crate::picture::strands::Strand;

/// The style of line labels.
pub(super) const LABEL: Word = Word::regular(9.5, Color::Muted);

/// The number of joined pairs up to which each is told how often it met.
const FEW: usize = 25;

/// How much the width of a line says, and its strength.
#[derive(Clone, Copy, Debug)]
pub(super) struct Weigh {
    /// Whether there are so many lines that they are weighed against each other, without numbers.
    pub(super) is_dense: bool,
    /// Whether they run in bundles, inside a ring.
    pub(super) is_bundled: bool,
    /// How often those met who met most often.
    pub(super) most: usize,
}

impl Weigh {
    /// Weighs the lines of a network; `is_bundled` if they run in bundles.
    pub(super) fn of(bonds: &[Bond<'_>], is_bundled: bool) -> Weigh {
        let counts = bonds.iter().flat_map(|bond| &bond.edges);
        Weigh {
            is_dense: bonds.len() > FEW,
            is_bundled,
            most: counts.map(|edge| edge.count()).max().unwrap_or(1),
        }
    }

    /// Returns the style of a line: the more often two met, the wider it is.
    pub(super) fn strand(&self, edge: &Edge<'_>) -> Strand {
        let strand = Strand::of(edge.look);
        let width = match (edge.look, self.is_dense) {
            (Look::Met, false) => 1.4 + 0.7 * (edge.count().min(6) - 1) as f64,
            (Look::Met, true) if self.is_bundled => 0.7 + 2.0 * self.share(edge),
            (Look::Met, true) => 1.1 + self.widest() * self.share(edge),
            _ => return strand,
        };
        let stroke = Stroke {
            width,
            ..strand.stroke
        };
        Strand { stroke, ..strand }
    }

    /// Returns the strength of a line from 0 to 1: among many, those of two who met more often
    /// stand out; `None` for full strength.
    pub(super) fn opacity(&self, edge: &Edge<'_>) -> Option<f64> {
        self.is_dense.then(|| match edge.look {
            Look::Met if self.is_bundled => 0.4 + 0.5 * self.share(edge),
            Look::Met => 0.55 + 0.45 * self.share(edge),
            _ => 0.75,
        })
    }

    /// Returns whether a line has a label: among many, only ties do, in bundles none.
    pub(super) fn is_labelled(&self, edge: &Edge<'_>) -> bool {
        let is_tie = matches!(edge.behind, Behind::Ties(_));
        !self.is_bundled && (is_tie || !self.is_dense)
    }

    /// Returns how much wider the widest line is than the narrowest.
    fn widest(&self) -> f64 {
        (0.8 * (self.most.max(2) - 1) as f64).min(3.6)
    }

    /// Returns how often two met, from 0 for once to 1 for the most often of all.
    fn share(&self, edge: &Edge<'_>) -> f64 {
        (edge.count() - 1) as f64 / (self.most.max(2) - 1) as f64
    }
}

/// Returns the page's name for a kind of line; for a tie, the same as in its record.
pub(super) fn kind(graph: &Graph, edge: &Edge<'_>) -> String {
    match (&edge.behind, edge.look) {
        (Behind::Ties(ties), _) => {
            let words = ties.iter().map(|id| graph[*id].kind.word());
            words.take(1).collect()
        }
        (_, Look::ToMeet) => "to meet".to_owned(),
        (_, Look::WereToMeet) => "were to meet".to_owned(),
        (_, look) => look.style().name.to_owned(),
    }
}

/// Returns the edge of a hull, which distinguishes groups from actors with their speakers.
pub(super) fn edge(is_group: bool) -> Stroke {
    let dash = if is_group { Dash::Dashed } else { Dash::Solid };
    Stroke {
        color: Color::Neutral,
        width: 0.9,
        dash,
    }
}

/// Draws a sample of a line for the legend.
pub(super) fn sample(look: Look) -> Vec<Item> {
    let (strand, along) = (Strand::of(look), Point::new(1.0, 0.0));
    let course = Course::straight(Point::new(1.0, 8.0), Point::new(35.0, 8.0));
    let mut items = strand.along(&course);
    if let Some(badge) = strand.badge {
        items.extend(mark(badge, Point::new(24.0, 8.0), along, strand.mark_color));
    }
    items
}

/// Draws a sample of a hull for the legend.
pub(super) fn hull_sample(is_group: bool) -> Vec<Item> {
    let muted = Stroke::solid(Color::Muted, 1.0);
    let small = |x: f64| {
        Item::shape(
            Form::Rect(Bounds::new(x, 5.0, 9.0, 6.0), 2.0),
            Some(Color::Actor),
            Some(muted),
        )
    };
    let mut items = filled(
        vec![Form::Rect(Bounds::new(2.0, 1.0, 32.0, 14.0), 5.0)],
        edge(is_group),
    );
    items.extend([small(6.0), small(20.0)]);
    items
}

/// Draws a sample of a camp for the legend.
pub(super) fn camp_sample(camp: u32) -> Vec<Item> {
    let muted = Stroke::solid(Color::Muted, 1.0);
    let ground = Item::shape(
        Form::Rect(Bounds::new(4.0, 0.5, 28.0, 15.0), 2.0),
        Some(Color::Camp(cell::shade(camp))),
        Some(muted),
    );
    vec![ground, cell::camp_mark(camp, Point::new(18.0, 8.0))]
}

/// Draws a sample of a meeting count for the legend: with its number, or by width alone.
pub(super) fn count_sample(weigh: Weigh, count: usize) -> Vec<Item> {
    let line = |y: f64, width: f64| {
        let (from, to) = (Point::new(1.0, y), Point::new(35.0, y));
        Item::line(from, to, Stroke::solid(Color::Meeting, width))
    };
    if weigh.is_dense {
        return vec![line(4.0, 1.1), line(11.0, 4.5)];
    }
    let text = Text::new(
        Point::new(18.0, 11.4),
        Anchor::Middle,
        LABEL,
        format!("{count}×"),
    );
    let around = Bounds::new(18.0 - text.width / 2.0 - 2.0, 2.0, text.width + 4.0, 12.0);
    vec![
        line(8.0, 2.8),
        Item::shape(Form::Rect(around, 2.0), Some(Color::Page), None),
        Item::Text(text),
    ]
}
