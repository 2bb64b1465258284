//! Cells of a matrix one by one, with the statements behind them.

use crate::graph::{ActorId, Entity, Graph, IssueId};
use crate::measure::agreement::{self, Measure, Normalise, Tally};
use crate::query::counted::Counted;
use crate::query::rows;
use crate::query::{
    Cell, Column, Evidence, Figure, Matrix, MatrixQuestion, Mode, Row, Section, Value,
};
use crate::words::joined;

use super::actor_of;

/// So many cells are told one by one at most.
const MOST_CELLS: usize = 500;

/// A matrix as it is told.
pub(super) struct Told<'t> {
    pub(super) counted: &'t Counted<'t>,
    pub(super) matrix: &'t Matrix,
    pub(super) asked: &'t MatrixQuestion,
}

impl Told<'_> {
    /// The cells one by one, with the statements behind each.
    pub(super) fn all_cells(&self, notes: &mut Vec<String>) -> Section {
        let cells = self.matrix.cells().take(MOST_CELLS + 1);
        let mut rows: Vec<Row> = cells
            .map(|(row, column, figure)| self.cell_row(row, column, figure))
            .collect();
        if rows.len() > MOST_CELLS {
            rows.truncate(MOST_CELLS);
            notes.push(format!(
                "Only the first {MOST_CELLS} cells are told one by one; --cell A,B tells any."
            ));
        }
        self.section("cells", "Cell by cell").with(rows)
    }

    pub(super) fn section(&self, key: &'static str, heading: &str) -> Section {
        let is_pair = self.matrix.is_symmetric();
        let columns: &[&str] = if self.matrix.is_net() {
            &["actor", "other", "net", "same", "opposite", "issues"]
        } else if is_pair {
            &["actor", "other", "value", "issues"]
        } else {
            &["actor", "issue", "value", "statements"]
        };
        Section::new(key, heading, columns)
    }

    pub(super) fn cell_row(&self, row: usize, column: usize, figure: Figure) -> Row {
        let (row, column) = (self.matrix.rows[row], self.matrix.columns[column]);
        let value = match figure.value {
            Value::Number(number) => Cell::Number(number),
            Value::Word(word) => Cell::text(word),
        };
        let sides = figure.sides.map(|(same, opposite)| [same, opposite]);
        let sides = sides.into_iter().flatten();
        Row::new(
            [Cell::Thing(row), Cell::Thing(column), value]
                .into_iter()
                .chain(sides.map(|count| Cell::count(count as usize)))
                .chain([Cell::count(figure.on as usize)]),
        )
        .because(rows::distinct(
            self.behind(row, column)
                .into_iter()
                .flat_map(|(_, statements)| statements),
        ))
    }

    /// The statements behind a cell, by issue.
    fn behind(&self, row: Entity, column: Entity) -> Vec<(IssueId, Vec<Evidence>)> {
        let counted = self.counted;
        match (row, column) {
            (Entity::Actor(a), Entity::Actor(b)) => {
                let mut shared: Vec<IssueId> =
                    counted.census.of(a).iter().map(|cell| cell.issue).collect();
                shared.retain(|issue| {
                    [a, b]
                        .iter()
                        .all(|actor| !counted.said(*actor, *issue, self.measure()).is_empty())
                });
                let both = |issue: IssueId| {
                    rows::distinct(
                        [a, b]
                            .into_iter()
                            .flat_map(|actor| counted.evidence(actor, issue)),
                    )
                };
                shared
                    .into_iter()
                    .map(|issue| (issue, both(issue)))
                    .collect()
            }
            (Entity::Actor(actor), Entity::Issue(issue)) => {
                vec![(issue, counted.evidence(actor, issue))]
            }
            _ => Vec::new(),
        }
    }

    fn measure(&self) -> Measure {
        if let Mode::Actors(measure, _) = self.asked.of {
            measure
        } else {
            Measure::Subtract
        }
    }

    /// One cell: its value, and how it comes about.
    pub(super) fn one_cell(&self, row: Entity, column: Entity) -> Vec<Section> {
        let place =
            |things: &[Entity], thing: Entity| things.iter().position(|other| *other == thing);
        let at = place(&self.matrix.rows, row).zip(place(&self.matrix.columns, column));
        let figure =
            at.and_then(|(row, column)| Some((row, column, self.matrix.figure(row, column)?)));
        // The statements are told below, issue by issue.
        let value = figure.map(|(row, column, figure)| Row {
            evidence: Vec::new(),
            ..self.cell_row(row, column, figure)
        });
        let parts = self
            .behind(row, column)
            .into_iter()
            .filter(|(_, statements)| !statements.is_empty());
        let by_issue = match self.asked.of {
            Mode::Actors(..) => {
                let parts = parts.map(|(issue, statements)| {
                    self.by_issue(row, column, issue).because(statements)
                });
                let columns = by_issue_columns(self.counted.graph, row, column);
                Section {
                    columns,
                    ..Section::new("by_issue", "Issue by issue", &[])
                }
                .with(parts)
            }
            Mode::Issues(_) => {
                let row = |(issue, statements): (IssueId, Vec<Evidence>)| {
                    let standing = actor_of(row)
                        .map(|actor| self.position(actor, issue))
                        .unwrap_or_default();
                    Row::new([Cell::Thing(Entity::Issue(issue)), standing]).because(statements)
                };
                Section::new("position", "The position", &["issue", "position"])
                    .with(parts.map(row))
            }
        };
        vec![
            self.section("cell", "")
                .with(value)
                .or_else(self.no_cell(row, column)),
            by_issue,
        ]
    }

    fn no_cell(&self, row: Entity, column: Entity) -> String {
        if let Some(words) = self.counted_with_another(row, column) {
            return words;
        }
        match (self.asked.of, self.asked.least) {
            (_, least @ 2..) => format!(
                "It rests on fewer than {least} {}s, or on none: no number is given.",
                self.matrix.unit
            ),
            (Mode::Actors(..), _) => {
                "On no issue do both say something that counts: no number can be given.".to_owned()
            }
            (Mode::Issues(_), _) => {
                "No statement of the actor on the issue counts: its position is unknown.".to_owned()
            }
        }
    }

    /// That an actor's place on an issue has no cell, since what it says counts for one for whom it speaks.
    fn counted_with_another(&self, row: Entity, column: Entity) -> Option<String> {
        let (Entity::Actor(actor), Entity::Issue(issue)) = (row, column) else {
            return None;
        };
        let graph = self.counted.graph;
        let principal = self.counted.census.at(actor, issue)?.folded?;
        Some(format!(
            "What {0} says on {1} counts for {2}, so that {0} has no cell there.",
            graph.name(row),
            graph.name(column),
            graph.name(Entity::Actor(principal))
        ))
    }

    /// Where both stand on an issue, and what that adds to the measure before it is divided.
    fn by_issue(&self, a: Entity, b: Entity, issue: IssueId) -> Row {
        let actors: Vec<ActorId> = [a, b].into_iter().filter_map(actor_of).collect();
        let said: Vec<Vec<f64>> = actors
            .iter()
            .map(|actor| self.counted.said(*actor, issue, self.measure()))
            .collect();
        let both = said
            .iter()
            .zip(0..)
            .flat_map(|(scores, nth)| scores.iter().map(move |score| (nth, 0, *score)));
        let pair = agreement::pairs(
            Tally::new(2, 1, both.collect()),
            self.measure(),
            Normalise::None,
        );
        let positions = actors.iter().map(|actor| self.position(*actor, issue));
        Row::new(
            std::iter::once(Cell::Thing(Entity::Issue(issue)))
                .chain(positions)
                .chain([Cell::Number(pair.value(0, 1))]),
        )
    }

    fn position(&self, actor: ActorId, issue: IssueId) -> Cell {
        let counted = self.counted;
        let standing = counted
            .census
            .at(actor, issue)
            .map(|cell| counted.census.standing(cell, counted.lens));
        standing.map_or(Cell::said(None), |standing| {
            rows::stands(counted.graph, &standing)
        })
    }
}

fn by_issue_columns(graph: &Graph, a: Entity, b: Entity) -> Vec<Column> {
    let plain = |key: &str| Column {
        key: key.to_owned(),
        heading: key.to_owned(),
    };
    let of = |entity: Entity| Column {
        key: graph.id(entity).to_owned(),
        heading: graph.name(entity).to_owned(),
    };
    vec![plain("issue"), of(a), of(b), plain("adds")]
}

/// Who or what of these has no statement that counts.
pub(super) fn nothing_said(
    counted: &Counted<'_>,
    asked: [Entity; 2],
    on: &[IssueId],
) -> Vec<String> {
    let graph = counted.graph;
    let issues: Vec<&str> = on
        .iter()
        .map(|id| graph.issues[id.index()].name.as_ref())
        .collect();
    let on = if issues.is_empty() {
        String::new()
    } else {
        format!(" on {}", joined(&issues))
    };
    let silent = |entity: &Entity| match entity {
        Entity::Actor(id) => counted.actor(*id).is_none() && !counted.is_folded(*id),
        Entity::Issue(id) => counted.issue(*id).is_none(),
        _ => false,
    };
    let words = |entity: Entity| match entity {
        Entity::Issue(_) => format!(
            "Nobody's statement on {} counts: all positions on it are unknown.",
            graph.name(entity)
        ),
        _ => format!(
            "No statement of {}{on} counts: its positions are unknown.",
            graph.name(entity)
        ),
    };
    asked.into_iter().filter(silent).map(words).collect()
}
