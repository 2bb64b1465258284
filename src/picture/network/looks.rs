//! How what joins and surrounds actors looks: on the picture and in its legend.

use crate::picture::cell;
use crate::picture::marks::{Mark, mark};
use crate::picture::network::hull::filled;
use crate::picture::network::plan::Joint;
use crate::picture::scene::{Anchor, Bounds, Form, Item, Point, Stroke, Text, Word};
use crate::picture::strands::Strand;
use crate::picture::theme::{Color, Dash};
use crate::render::dot::look::Look;

/// What stands at a line.
pub(super) const LABEL: Word = Word::regular(9.5, Color::Muted);

/// The strand of a joint: how it is drawn, and the badge on it.
pub(super) fn strand(joint: &Joint, count: usize) -> Strand {
    match joint {
        Joint::Met => {
            let strand = Strand::of(Look::TakesPart);
            let width = 1.4 + 0.7 * (count.min(6) - 1) as f64;
            Strand {
                name: "met",
                mark: Mark::None,
                stroke: Stroke {
                    width,
                    ..strand.stroke
                },
                ..strand
            }
        }
        Joint::ToMeet => Strand {
            name: "are to meet",
            mark: Mark::None,
            ..Strand::of(Look::IsToTakePart)
        },
        Joint::WereToMeet => Strand {
            name: "were to meet: put off, called off or refused",
            mark: Mark::None,
            ..Strand::of(Look::WasToTakePart)
        },
        Joint::Tie(look, _) => Strand::of(*look),
    }
}

/// What a page calls it; ties as it calls their records.
pub(super) fn kind(joint: &Joint) -> String {
    let word = match joint {
        Joint::Met => "met",
        Joint::ToMeet => "to meet",
        Joint::WereToMeet => "were to meet",
        Joint::Tie(_, Some((words, _))) => return words.clone(),
        Joint::Tie(Look::Ally, None) => "ally",
        Joint::Tie(Look::Partner, None) => "partner",
        Joint::Tie(Look::Agreement, None) => "agreement",
        Joint::Tie(Look::Rival, None) => "rival",
        Joint::Tie(_, None) => "hostile",
    };
    word.to_owned()
}

/// The sign of a tie.
pub(super) fn sign(joint: &Joint) -> Option<Mark> {
    match joint {
        Joint::Tie(Look::Ally | Look::Partner | Look::Agreement, _) => Some(Mark::Plus),
        Joint::Tie(Look::Rival | Look::Hostile, _) => Some(Mark::Minus),
        _ => None,
    }
}

/// The edge of a hull: groups are told from houses.
pub(super) fn edge(is_group: bool) -> Stroke {
    let dash = if is_group { Dash::Dashed } else { Dash::Solid };
    Stroke {
        color: Color::Neutral,
        width: 0.9,
        dash,
    }
}

/// A sample of a strand for the legend.
pub(super) fn sample(joint: &Joint) -> Vec<Item> {
    let strand = strand(joint, 1);
    let line = |y: f64, stroke: Stroke| {
        Item::line(
            Point::new(1.0, y),
            Point::new(35.0 - strand.mark.length(), y),
            Stroke {
                width: stroke.width.min(1.8),
                ..stroke
            },
        )
    };
    let mut items = match strand.second {
        None => vec![line(8.0, strand.stroke)],
        Some(second) => vec![line(6.5, strand.stroke), line(9.5, second)],
    };
    items.extend(mark(
        strand.mark,
        Point::new(35.0, 8.0),
        Point::new(1.0, 0.0),
        strand.stroke.color,
    ));
    if let Some(sign) = sign(joint) {
        items.extend(mark(
            sign,
            Point::new(24.0, 8.0),
            Point::new(1.0, 0.0),
            strand.stroke.color,
        ));
    }
    items
}

/// A sample of a hull for the legend.
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

/// A sample of a camp for the legend.
pub(super) fn camp_sample(camp: u32) -> Vec<Item> {
    let muted = Stroke::solid(Color::Muted, 1.0);
    let ground = Item::shape(
        Form::Rect(Bounds::new(4.0, 0.5, 28.0, 15.0), 2.0),
        Some(Color::Camp(cell::shade(camp))),
        Some(muted),
    );
    vec![ground, cell::camp_mark(camp, Point::new(18.0, 8.0))]
}

/// A sample of how often two met.
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
