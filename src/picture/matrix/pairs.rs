//! The agreement of every two actors as a picture: half a matrix, as both halves say the same. Equal
//! numbers look the same; a corner marks what is against, so that it is seen without colours.

use std::collections::BTreeSet;

use crate::diagram::Color;
use crate::graph::{Entity, Graph};
use crate::picture::cell::camp_mark;
use crate::picture::frame::{Body, Caption, Entry, framed_by_steps};
use crate::picture::matrix::agreement::{ALL_NEUTRAL, ALL_OPEN, MORE_OPEN};
use crate::picture::matrix::cells::{SAMPLE, SYMBOL, corner, filled, tone};
use crate::picture::matrix::scene::{TOLD, empty};
use crate::picture::matrix::stairs::Stairs;
use crate::picture::matrix::{Agreement, Pair};
use crate::picture::roster::Roster;
use crate::picture::scene::{Anchor, Bounds, Group, Item, Scene, Stroke, Text, Word};

/// The number of actors above which cells are narrow.
const MANY: usize = 9;

/// Draws the agreement of every two actors.
pub fn agreement_scene(graph: &Graph, roster: &Roster, agreement: &Agreement) -> Scene {
    let actors = agreement.actors.iter();
    let names: Vec<&str> = actors.map(|id| graph.name(Entity::Actor(*id))).collect();
    let symbol = |pair: Pair| match names.len() > MANY {
        true => pair.short(),
        false => pair.symbol(),
    };
    let wide = |pair: Pair| Word::bold(SYMBOL, Color::Ink).width(&symbol(pair)) + 10.0;
    let grid = Stairs::new(&names, &agreement.camps, |row, column| {
        agreement.cells[row][column].map_or(0.0, wide)
    });
    let mut items = grid.lines();
    items.extend(grid.names());
    let mut told: Vec<String> = Vec::new();
    for (row, cells) in agreement.cells.iter().enumerate() {
        for (column, pair) in cells[..row].iter().enumerate() {
            let Some(pair) = *pair else { continue };
            let words = format!("{} and {}: {}", names[column], names[row], pair.words());
            told.push(words.clone());
            let id = |nth: usize| graph.id(Entity::Actor(agreement.actors[nth])).to_owned();
            items.push(Item::Group(Group {
                class: "cell",
                data: vec![("from", id(column)), ("to", id(row))],
                tooltip: vec![words],
                items: agreed(grid.cell(row, column).grown(-1.5), pair, &symbol(pair)),
                ..Group::default()
            }));
        }
    }
    items.extend(grid.camps());
    let title = graph.title.clone();
    let caption = Caption {
        title: title.unwrap_or_else(|| "Who agrees with whom".to_owned()),
        subtitle: "How far every two actors agree".to_owned(),
        description: format!(
            "A matrix of {} actors. {}.",
            names.len(),
            told[..told.len().min(TOLD)].join("; ")
        ),
        legend: legend(agreement),
        notes: [agreement.notes(graph), roster.notes(graph)].concat(),
        source: roster.rests_on(graph),
    };
    let body = Body {
        width: grid.width(),
        height: grid.height(),
        items,
    };
    framed_by_steps(body, grid.steps(), caption)
}

/// Draws how far two agree: hollow where that says little.
fn agreed(bounds: Bounds, pair: Pair, symbol: &str) -> Vec<Item> {
    let lean = Lean::of(pair);
    if pair.says_little() {
        return hollow(bounds, lean, symbol);
    }
    let paint = tone(pair.share());
    let mut items = filled(bounds, paint, None, symbol);
    items.extend((lean == Lean::Apart).then(|| corner(bounds, paint.0)));
    items
}

/// Draws a cell that says little.
fn hollow(bounds: Bounds, lean: Lean, symbol: &str) -> Vec<Item> {
    let edge = Stroke::solid(lean.color(), 1.0);
    let mut items = filled(bounds, (Color::Page, Color::Muted), Some(edge), symbol);
    items.extend((lean == Lean::Apart).then(|| corner(bounds, Color::Page)));
    items
}

/// What two do more often: take the same side, or opposite ones.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Lean {
    Together,
    Even,
    Apart,
}

impl Lean {
    fn of(pair: Pair) -> Lean {
        match pair.same.cmp(&pair.opposite) {
            std::cmp::Ordering::Greater => Lean::Together,
            std::cmp::Ordering::Equal => Lean::Even,
            std::cmp::Ordering::Less => Lean::Apart,
        }
    }

    /// Returns the colour of its edge.
    fn color(self) -> Color {
        match self {
            Lean::Together => Color::Supports,
            Lean::Even => Color::Neutral,
            Lean::Apart => Color::Opposes,
        }
    }
}

/// The looks of cells with numbers that say something, in the order of the legend: which lean they have,
/// and whether they are in full colour.
const LOOKS: [(Lean, bool, &str); 5] = [
    (
        Lean::Together,
        true,
        "on the same side of all, or nearly all",
    ),
    (Lean::Together, false, MORE_TOGETHER),
    (Lean::Even, false, AS_MANY),
    (Lean::Apart, false, MORE_APART),
    (Lean::Apart, true, "on opposite sides of all, or nearly all"),
];
const MORE_TOGETHER: &str = "more on the same side than on opposite sides";
const AS_MANY: &str = "as many on the same side as on opposite sides";
const MORE_APART: &str = "more on opposite sides than on the same side";
/// The meaning of all hollow cells.
const LITTLE: &str = "hollow: fewer than 3 issues, which says little";

fn is_full(pair: Pair) -> bool {
    matches!(tone(pair.share()).0, Color::Supports | Color::Opposes)
}

/// Returns an entry that says what the numbers mean, and one for every sign that the cells show.
fn legend(agreement: &Agreement) -> Vec<Entry> {
    let entry = |sample: Vec<Item>, words: &str| Entry {
        sample,
        words: words.to_owned(),
    };
    let pairs = agreement.half().flatten();
    let (sided, bare): (Vec<Pair>, Vec<Pair>) = pairs.partition(|pair| pair.sided() > 0);
    let telling = agreement.telling();
    let telling = telling.map(|pair| entry(plain(&pair.short()), &pair.reading()));
    let mut legend: Vec<Entry> = telling.into_iter().collect();
    legend.extend(numbers(&sided));
    let open = sided.iter().find(|pair| pair.open > 0);
    legend.extend(open.map(|pair| entry(plain(&pair.short()), MORE_OPEN)));
    let (open, neutral): (Vec<Pair>, Vec<Pair>) = bare.into_iter().partition(|pair| pair.open > 0);
    for (pairs, words) in [(open, ALL_OPEN), (neutral, ALL_NEUTRAL)] {
        let sample = pairs
            .first()
            .map(|pair| agreed(SAMPLE, *pair, &pair.short()));
        legend.extend(sample.map(|sample| entry(sample, words)));
    }
    let is_empty = agreement.half().any(|cell| cell.is_none());
    legend.extend(is_empty.then(|| entry(vec![empty()], agreement.nothing())));
    legend.extend(marks(&agreement.camps, &agreement.names));
    legend
}

/// Returns the sample of a sign as it is written, without a cell.
fn plain(text: &str) -> Vec<Item> {
    let word = Word::bold(SYMBOL, Color::Muted);
    let text = Text::around(SAMPLE.center(), Anchor::Middle, word, text);
    vec![Item::Text(text)]
}

/// Returns an entry for each look of these cells. Hollow ones share one; those of a lean that no other
/// cell explains have another.
fn numbers(sided: &[Pair]) -> Vec<Entry> {
    let (little, clear): (Vec<Pair>, Vec<Pair>) = sided.iter().partition(|pair| pair.says_little());
    let entry = |pair: &Pair, words: &str| Entry {
        sample: agreed(SAMPLE, *pair, &pair.short()),
        words: words.to_owned(),
    };
    let plainest = |pairs: &[Pair], is_meant: &dyn Fn(&Pair) -> bool| {
        let meant = pairs.iter().copied().filter(is_meant);
        meant.min_by_key(|pair| (pair.open, pair.neutral))
    };
    let filled = LOOKS.into_iter().filter_map(|(lean, full, words)| {
        let alike = |pair: &Pair| Lean::of(*pair) == lean && is_full(*pair) == full;
        plainest(&clear, &alike).map(|pair| entry(&pair, words))
    });
    let mut entries: Vec<Entry> = filled.collect();
    let mut hollow: Vec<Lean> = Vec::new();
    let mut unexplained: Vec<Entry> = Vec::new();
    for (lean, words) in [
        (Lean::Together, MORE_TOGETHER),
        (Lean::Even, AS_MANY),
        (Lean::Apart, MORE_APART),
    ] {
        let alike = |pair: &Pair| Lean::of(*pair) == lean;
        let Some(pair) = plainest(&little, &alike) else {
            continue;
        };
        hollow.push(lean);
        if !clear.iter().any(alike) {
            unexplained.push(entry(&pair, words));
        }
    }
    entries.extend((!hollow.is_empty()).then(|| Entry {
        sample: frames(&hollow),
        words: LITTLE.to_owned(),
    }));
    entries.extend(unexplained);
    entries
}

/// Draws hollow cells of each of these leans side by side, in the room of one sample.
fn frames(leans: &[Lean]) -> Vec<Item> {
    let width = (SAMPLE.right - SAMPLE.left) / leans.len() as f64;
    let frame = |(nth, lean): (usize, &Lean)| {
        let left = SAMPLE.left + width * nth as f64;
        let bounds = Bounds::new(left, SAMPLE.top, width, SAMPLE.bottom - SAMPLE.top).grown(-0.75);
        hollow(bounds, *lean, "")
    };
    leans.iter().enumerate().flat_map(frame).collect()
}

/// Returns an entry for each camp or group that is marked.
pub(super) fn marks(marked: &[Option<u32>], names: &[String]) -> Vec<Entry> {
    let drawn: BTreeSet<u32> = marked.iter().flatten().copied().collect();
    let drawn = drawn.into_iter().filter_map(|number| {
        Some(Entry {
            sample: vec![camp_mark(number, SAMPLE.center())],
            words: names.get(number as usize - 1)?.clone(),
        })
    });
    drawn.collect()
}
