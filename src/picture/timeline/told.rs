//! What is told by letter: meetings and ties, below the lanes or beside them.

use crate::diagram::Color;
use crate::graph::Graph;
use crate::picture::frame::Body;
use crate::picture::scene::{Anchor, Group, Item, Point, Text, Word};
use crate::picture::timeline::lanes::{Mark, WIDTH};
use crate::picture::timeline::{Timeline, dates, text::sentence};

const TOLD: Word = Word::regular(12.0, Color::Ink);
/// The space between two columns of what is told by letter, and that of a letter before its text.
const COLUMNS_APART: f64 = 24.0;
const LETTER: f64 = 26.0;

/// How many times as high as wide a timeline may be with its list below.
const HIGH: f64 = 1.3;
/// The width from which on a list below has several columns.
const NARROW: f64 = 640.0;
/// The widths of a column of a list beside a timeline.
const BESIDE: [f64; 4] = [300.0, 360.0, 420.0, 480.0];

/// Lists meetings and ties by letter: below, in two or three columns, whichever are
/// lower, or in one if it is narrow, or beside a timeline that would become too high.
pub(super) fn told(graph: &Graph, timeline: &Timeline, marks: &[Mark<'_>], body: &mut Body) {
    let keyed = marks.iter().filter(|mark| mark.event.what.is_told());
    let told = keyed.map(|mark| {
        let event = mark.event;
        let date = dates::words(event.date);
        let text = format!("{date}, {}", sentence(graph, timeline, event));
        (mark.key.as_str(), text)
    });
    let told: Vec<(&str, String)> = told.collect();
    let counts = match body.width {
        width if width < NARROW => 1..=1,
        _ => 2..=3,
    };
    let columns = counts.map(|count| {
        let each = (body.width + COLUMNS_APART) / f64::from(count);
        told_in(&told, count as usize, each)
    });
    let lower = columns.min_by(|one, other| one.height.total_cmp(&other.height));
    let Some(lower) = lower else { return };
    if body.height + lower.height > HIGH * WIDTH {
        let widths = |count: u32| BESIDE.into_iter().map(move |each| (count, each));
        let mut tried = (1..=6).flat_map(widths).map(|(count, each)| {
            let wide = f64::from(count) * each;
            (wide, told_in(&told, count as usize, each))
        });
        if let Some((wide, beside)) = tried.find(|(_, beside)| beside.height <= body.height) {
            let left = body.width + COLUMNS_APART;
            body.width = left + wide - COLUMNS_APART;
            body.items.push(Item::Group(Group {
                at: Point::new(left, 0.0),
                items: beside.items,
                ..Group::default()
            }));
            return;
        }
    }
    body.items.push(Item::Group(Group {
        at: Point::new(0.0, body.height),
        items: lower.items,
        ..Group::default()
    }));
    body.height += lower.height + 4.0;
}

/// Writes texts with their letters in columns of about the same height, each this wide with the space
/// beside it.
fn told_in(told: &[(&str, String)], columns: usize, width: f64) -> Body {
    let wrapped = told.iter().map(|(key, text)| {
        let lines = TOLD.wrap(text, width - COLUMNS_APART - LETTER);
        let height = lines.len() as f64 * TOLD.line_height() + 3.0;
        (*key, lines, height)
    });
    let wrapped: Vec<(&str, Vec<String>, f64)> = wrapped.collect();
    let each = wrapped.iter().map(|(.., height)| height).sum::<f64>() / columns as f64;
    let mut body = Body::default();
    let (mut column, mut y) = (0, 0.0);
    for (key, lines, height) in &wrapped {
        let x = column as f64 * width;
        let at = Point::new(x + LETTER - 8.0, y + TOLD.size * 1.02);
        let bold = Word::bold(TOLD.size, Color::Ink);
        body.items
            .push(Item::Text(Text::new(at, Anchor::End, bold, *key)));
        let text = Item::lines(lines, x + LETTER, y, Anchor::Start, TOLD);
        body.items.extend(text);
        y += height;
        body.height = body.height.max(y);
        if y >= each && column + 1 < columns {
            (column, y) = (column + 1, 0.0);
        }
    }
    body
}
