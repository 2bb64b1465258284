//! A matrix as a picture: each cell is a position, whose colour shows the side and is full for a
//! strong one, with its symbol. A contested cell is split; an unknown one stays empty.

use std::collections::BTreeSet;

use crate::diagram::Color;
use crate::diagram::Words;
use crate::graph::{Entity, Graph, Verdict};
use crate::picture::cell::camp_mark;
use crate::picture::frame::{Body, Caption, Entry, framed};
use crate::picture::matrix::agreement::{
    EVEN, LITTLE, MEANING, MORE_OPEN, NOTHING, OPPOSITE, SAME,
};
use crate::picture::matrix::cells::{SAMPLE, SYMBOL, cell, filled, least_width, sample, tone};
use crate::picture::matrix::grid::Grid;
use crate::picture::matrix::stairs::Stairs;
use crate::picture::matrix::{Agreement, Matrix, Pair};
use crate::picture::roster::Roster;
use crate::picture::scene::{Bounds, Form, Group, Item, Scene, Stroke, Word};
use crate::picture::sign::{self, OFFERED, Sign};

/// Draws a matrix.
pub fn scene(graph: &Graph, roster: &Roster, matrix: &Matrix) -> Scene {
    let actors: Vec<Entity> = matrix.actors.iter().map(|id| Entity::Actor(*id)).collect();
    let issues: Vec<Entity> = matrix.issues.iter().map(|id| Entity::Issue(*id)).collect();
    // Names are easier to read beside rows than above columns, so the longer side becomes the rows.
    let turned = issues.len() > actors.len();
    let (rows, columns) = if turned {
        (&issues, &actors)
    } else {
        (&actors, &issues)
    };
    let sign = |row: usize, column: usize| {
        let (actor, issue) = if turned { (column, row) } else { (row, column) };
        matrix.cells[actor][issue].as_ref()
    };
    let offers = |row: usize, column: usize| match turned {
        true => matrix.offers(column, row),
        false => matrix.offers(row, column),
    };
    let mut words = Words::new(graph);
    let lines = roster.by_pair();
    let mut told = |row: usize, column: usize| {
        let (actor, issue) = if turned { (column, row) } else { (row, column) };
        let (actor, issue) = (matrix.actors[actor], matrix.issues[issue]);
        let line = lines.get(&(actor, issue));
        line.map_or_else(Vec::new, |line| words.line_tooltip(line))
    };
    let names = |entities: &[Entity]| {
        entities
            .iter()
            .map(|entity| graph.name(*entity))
            .collect::<Vec<_>>()
    };
    let grid = Grid::new(&names(rows), &names(columns), |row, column| {
        least_width(sign(row, column), offers(row, column))
    });
    let mut items = grid.lines();
    items.extend(grid.names());
    for (row, across) in rows.iter().enumerate() {
        for (column, down) in columns.iter().enumerate() {
            let (sign, offers) = (sign(row, column), offers(row, column));
            if sign.is_none() && offers.is_empty() {
                continue;
            }
            let (actor, issue) = if turned {
                (*down, *across)
            } else {
                (*across, *down)
            };
            let data = vec![
                ("actor", graph.id(actor).to_owned()),
                ("issue", graph.id(issue).to_owned()),
            ];
            let items_of_cell = cell(sign, offers, grid.cell(row, column).grown(-1.5));
            items.push(Item::Group(Group {
                class: "cell",
                data,
                tooltip: told(row, column),
                items: items_of_cell,
                ..Group::default()
            }));
        }
    }
    let caption = Caption {
        title: graph
            .title
            .clone()
            .unwrap_or_else(|| "Who stands where".to_owned()),
        subtitle: if turned {
            "Issues by actors"
        } else {
            "Actors by issues"
        }
        .to_owned(),
        description: description(graph, matrix),
        legend: legend(matrix),
        notes: roster.notes(graph),
        source: roster.rests_on(graph),
    };
    framed(
        Body {
            width: grid.width(),
            height: grid.height(),
            items,
        },
        caption,
    )
}

/// Draws the agreement of every two actors: half the matrix, as both halves say the same.
pub fn agreement_scene(graph: &Graph, roster: &Roster, agreement: &Agreement) -> Scene {
    let names: Vec<&str> = agreement
        .actors
        .iter()
        .map(|id| graph.name(Entity::Actor(*id)))
        .collect();
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
            let bounds = grid.cell(row, column).grown(-1.5);
            let words = format!("{} and {}: {}", names[column], names[row], pair.words());
            told.push(words.clone());
            let id = |nth: usize| graph.id(Entity::Actor(agreement.actors[nth])).to_owned();
            items.push(Item::Group(Group {
                class: "cell",
                data: vec![("from", id(column)), ("to", id(row))],
                tooltip: vec![words],
                items: agreed(bounds, pair, &symbol(pair)),
                ..Group::default()
            }));
        }
    }
    items.extend(grid.camps());
    let caption = Caption {
        title: graph
            .title
            .clone()
            .unwrap_or_else(|| "Who agrees with whom".to_owned()),
        subtitle: "How far every two actors agree".to_owned(),
        description: format!(
            "A matrix of {} actors. {}.",
            names.len(),
            told[..told.len().min(TOLD)].join("; ")
        ),
        legend: agreement_legend(agreement),
        notes: agreement
            .note()
            .into_iter()
            .chain(roster.notes(graph))
            .collect(),
        source: roster.rests_on(graph),
    };
    framed(
        Body {
            width: grid.width(),
            height: grid.height(),
            items,
        },
        caption,
    )
}

/// The number of actors above which cells are narrow.
const MANY: usize = 9;

/// Draws how far two agree: pale where they share few issues.
fn agreed(bounds: Bounds, pair: Pair, symbol: &str) -> Vec<Item> {
    let share = pair.share();
    if !pair.says_little() {
        return filled(bounds, tone(share), None, symbol);
    }
    // Half of a share is never in full colour.
    let (edge, _) = tone(share / 2.0);
    let edge = Stroke::solid(edge, 2.0);
    filled(bounds, (Color::Page, Color::Muted), Some(edge), symbol)
}

/// Returns an entry for every sign that the cells show, and one that says what the numbers mean.
fn agreement_legend(agreement: &Agreement) -> Vec<Entry> {
    let pairs = || agreement.half().flatten();
    let entry = |pair: Pair, words: &str| Entry {
        sample: agreed(SAMPLE, pair, &pair.short()),
        words: words.to_owned(),
    };
    let clear = |same: usize, opposite: usize| Pair {
        same,
        opposite,
        shared: same + opposite,
        open: 0,
    };
    let said = || pairs().filter(|pair| !pair.says_little());
    let scale = [
        (clear(4, 0), SAME),
        (clear(4, 1), MEANING),
        (clear(2, 2), EVEN),
        (clear(1, 4), "more on opposite sides than on the same"),
        (clear(0, 4), OPPOSITE),
    ];
    let is_shown = |sample: &Pair| {
        let alike = |pair: Pair| tone(pair.share()) == tone(sample.share());
        *sample == clear(4, 1) || said().any(alike)
    };
    let scale = scale.into_iter().filter(|(pair, _)| is_shown(pair));
    let mut legend: Vec<Entry> = scale.map(|(pair, words)| entry(pair, words)).collect();
    let open = pairs().find(|pair| pair.open > 0);
    legend.extend(open.map(|pair| entry(pair, &format!("?: {MORE_OPEN}"))));
    let little = pairs().find(|pair| pair.says_little() && pair.shared > 0);
    let little = little.map(|pair| Pair { open: 0, ..pair });
    legend.extend(little.map(|pair| entry(pair, LITTLE)));
    let is_empty = agreement.half().any(|cell| cell.is_none());
    legend.extend(is_empty.then(|| Entry {
        sample: vec![empty()],
        words: NOTHING.to_owned(),
    }));
    let camps: BTreeSet<u32> = agreement.camps.iter().flatten().copied().collect();
    legend.extend(camps.into_iter().map(|camp| Entry {
        sample: vec![camp_mark(camp, SAMPLE.center())],
        words: format!("camp {camp}"),
    }));
    legend
}

/// Draws the sample of an empty cell.
fn empty() -> Item {
    Item::shape(
        Form::Rect(Bounds::new(0.5, 0.75, 35.0, 14.5), 0.0),
        None,
        Some(Stroke::solid(Color::Faint, 0.75)),
    )
}

fn legend(matrix: &Matrix) -> Vec<Entry> {
    let samples = sign::samples(matrix.cells.iter().flatten().flatten());
    let mut legend: Vec<Entry> = samples
        .into_iter()
        .map(|(sign, words)| sample(&sign, words, || cell(Some(&sign), &[], SAMPLE)))
        .collect();
    legend.extend(matrix.offers.values().next().map(|offers| Entry {
        sample: cell(None, offers, SAMPLE),
        words: OFFERED.to_owned(),
    }));
    legend.push(Entry {
        sample: vec![empty()],
        words: format!(
            "{}: neither neutral nor consent{}",
            Verdict::Unknown.word(),
            matrix.or_voiced()
        ),
    });
    legend
}

/// The most positions listed in the description for people who can't see the picture.
const TOLD: usize = 60;

fn description(graph: &Graph, matrix: &Matrix) -> String {
    let known: Vec<String> = matrix
        .actors
        .iter()
        .zip(&matrix.cells)
        .flat_map(|(actor, row)| {
            row.iter()
                .zip(&matrix.issues)
                .map(move |(cell, issue)| (actor, issue, cell))
        })
        .filter_map(|(actor, issue, cell)| {
            let offers = matrix.offers.get(&(*actor, *issue)).into_iter().flatten();
            let sign = cell.as_ref().map(Sign::words);
            let said = sign
                .into_iter()
                .chain(offers.map(|offer| offer.words.clone()));
            let said: Vec<String> = said.collect();
            (!said.is_empty()).then(|| {
                format!(
                    "{} on {}: {}",
                    graph.name(Entity::Actor(*actor)),
                    graph.name(Entity::Issue(*issue)),
                    said.join(", ")
                )
            })
        })
        .collect();
    let mut text = format!(
        "A matrix of {} actors by {} issues. ",
        matrix.actors.len(),
        matrix.issues.len()
    );
    text.push_str(&known[..known.len().min(TOLD)].join("; "));
    if known.len() > TOLD {
        text.push_str(&format!("; and {} more positions", known.len() - TOLD));
    }
    text.push_str(". All else is unknown.");
    text
}
