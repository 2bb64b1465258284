//! A matrix as a picture: each cell is a position, whose colour shows the side and is full for a
//! strong one, with its symbol. A contested cell is split; an unknown one stays empty.

use crate::diagram::Color;
use crate::diagram::Words;
use crate::graph::{Entity, Graph, Verdict};
use crate::picture::frame::{Body, Caption, Entry, framed};
use crate::picture::matrix::agreement::{EVEN, MEANING};
use crate::picture::matrix::cells::{SAMPLE, SYMBOL, cell, filled, least_width, sample, tone};
use crate::picture::matrix::grid::Grid;
use crate::picture::matrix::{Agreement, Matrix, Pair};
use crate::picture::scene::{Bounds, Form, Group, Item, Scene, Stroke, Word};
use crate::picture::scope::Scope;
use crate::picture::sign::{self, OFFERED, Sign};

/// Draws a matrix.
pub fn scene(graph: &Graph, scope: &Scope, matrix: &Matrix) -> Scene {
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
    let lines = scope.by_pair();
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
        notes: scope.notes(graph),
        source: scope.rests_on(graph),
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

/// Draws the agreement of every two actors.
pub fn agreement_scene(graph: &Graph, scope: &Scope, agreement: &Agreement) -> Scene {
    let names: Vec<&str> = agreement
        .actors
        .iter()
        .map(|id| graph.name(Entity::Actor(*id)))
        .collect();
    let wide = |pair: Pair| Word::bold(SYMBOL, Color::Ink).width(&pair.symbol()) + 10.0;
    let grid = Grid::new(&names, &names, |row, column| {
        agreement.cells[row][column].map_or(0.0, wide)
    });
    let mut items = grid.lines();
    items.extend(grid.names());
    let mut told: Vec<String> = Vec::new();
    for (row, cells) in agreement.cells.iter().enumerate() {
        let own = grid.cell(row, row).grown(-1.5);
        items.push(Item::shape(Form::Rect(own, 0.0), Some(Color::Panel), None));
        for (column, pair) in cells.iter().enumerate() {
            let Some(pair) = *pair else { continue };
            let bounds = grid.cell(row, column).grown(-1.5);
            let words = format!("{} and {}: {}", names[row], names[column], pair.words());
            told.extend((row < column).then(|| words.clone()));
            let items_of_cell = filled(bounds, tone(pair.share()), None, &pair.symbol());
            items.push(Item::Group(Group {
                class: "cell",
                tooltip: vec![words],
                items: items_of_cell,
                ..Group::default()
            }));
        }
    }
    let sample = |net: i32| {
        filled(
            SAMPLE,
            tone(f64::from(net) / 4.0),
            None,
            &Pair { net, shared: 4 }.symbol(),
        )
    };
    let entry = |sample: Vec<Item>, words: &str| Entry {
        sample,
        words: words.to_owned(),
    };
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
        legend: vec![
            entry(sample(3), MEANING),
            entry(sample(0), EVEN),
            entry(sample(-2), "2 more on opposite sides"),
            entry(
                vec![empty()],
                "they share no issue: that is no disagreement",
            ),
        ],
        notes: agreement
            .note()
            .into_iter()
            .chain(scope.notes(graph))
            .collect(),
        source: scope.rests_on(graph),
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
