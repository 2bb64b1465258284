//! The look of what joins and surrounds actors, in the picture and in its legend.

use crate::diagram::{Behind, Color, Dash, Edge, Look};
use crate::graph::Graph;
use crate::picture::cell;
use crate::picture::marks::mark;
use crate::picture::network::hull::filled;
use crate::picture::scene::{Anchor, Bounds, Form, Item, Point, Stroke, Text, Word};
use crate::picture::strands::Strand;

/// The style of line labels.
pub(super) const LABEL: Word = Word::regular(9.5, Color::Muted);

/// Returns the style of a line of this look; the more often two met, the wider it is.
pub(super) fn strand(look: Look, count: usize) -> Strand {
    let strand = Strand::of(look);
    if look != Look::Met {
        return strand;
    }
    let width = 1.4 + 0.7 * (count.min(6) - 1) as f64;
    let stroke = Stroke {
        width,
        ..strand.stroke
    };
    Strand { stroke, ..strand }
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
    let (strand, along) = (strand(look, 1), Point::new(1.0, 0.0));
    let mut items = strand.straight(Point::new(1.0, 8.0), Point::new(35.0, 8.0), along);
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

/// Draws a sample of a meeting count for the legend.
pub(super) fn count_sample() -> Vec<Item> {
    let line = Item::line(
        Point::new(1.0, 8.0),
        Point::new(35.0, 8.0),
        Stroke::solid(Color::Meeting, 2.8),
    );
    let text = Text::new(Point::new(18.0, 11.4), Anchor::Middle, LABEL, "3×");
    let around = Bounds::new(18.0 - text.width / 2.0 - 2.0, 2.0, text.width + 4.0, 12.0);
    vec![
        line,
        Item::shape(Form::Rect(around, 2.0), Some(Color::Page), None),
        Item::Text(text),
    ]
}
