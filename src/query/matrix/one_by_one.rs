//! Cells of a matrix one by one, with the statements behind them.

use crate::graph::{ActorId, Entity, IssueId};
use crate::measure::agreement::{self, Measure, Normalise, Tally};
use crate::query::counted::Counted;
use crate::query::rows;
use crate::query::{
    Behind, Evidence, Figure, Matrix, MatrixQuestion, Mode, Note, Notes, Stand, Table, Value, Word,
};
use crate::words::joined;

use super::{ByIssueRow, CellRow, IssuePositionRow};

/// The number of cells listed one by one at most.
const MOST_CELLS: usize = 500;

/// A matrix with what was counted and asked, from which its cells are described.
pub(super) struct Context<'t> {
    pub(super) counted: &'t Counted<'t>,
    pub(super) matrix: &'t Matrix,
    pub(super) asked: &'t MatrixQuestion,
}

impl Context<'_> {
    /// Lists the cells one by one, with the statements behind each.
    pub(super) fn all_cells(&self, notes: &mut Notes) -> Table<CellRow> {
        let cells = self.matrix.cells().take(MOST_CELLS + 1);
        let mut rows: Vec<CellRow> = cells
            .map(|(row, column, figure)| self.cell_row(row, column, figure))
            .collect();
        if rows.len() > MOST_CELLS {
            rows.truncate(MOST_CELLS);
            let text = format!(
                "Only the first {MOST_CELLS} cells are shown one by one; `--cell A,B` shows any."
            );
            notes.push(Note::new("first_cells", text).of(MOST_CELLS));
        }
        Table::new("Cell by cell", rows)
    }

    pub(super) fn cell_row(&self, row: usize, column: usize, figure: Figure) -> CellRow {
        let (row, column) = (self.matrix.rows[row], self.matrix.columns[column]);
        let (value, word) = match figure.value {
            Value::Number(number) => (Some(number), None),
            Value::Word(word) => (None, Some(Word::new(word.key(), word.word()))),
        };
        let behind = self.behind(row, column).into_iter();
        let statements = behind.flat_map(|(_, statements)| statements);
        let on = Some(figure.on as usize);
        let is_pair = matches!(self.asked.of, Mode::Actors(..));
        CellRow {
            actor: row,
            other: is_pair.then_some(column),
            issue: (!is_pair).then_some(column),
            value,
            word,
            same: figure.sides.map(|(same, _)| same as usize),
            opposite: figure.sides.map(|(_, opposite)| opposite as usize),
            issues: on.filter(|_| is_pair),
            statements: on.filter(|_| !is_pair),
            behind: Behind::default().because(rows::distinct(statements)),
        }
    }

    /// Returns the statements behind a cell, by issue.
    pub(super) fn behind(&self, row: Entity, column: Entity) -> Vec<(IssueId, Vec<Evidence>)> {
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

    pub(super) fn measure(&self) -> Measure {
        if let Mode::Actors(measure, _) = self.asked.of {
            measure
        } else {
            Measure::Subtract
        }
    }

    /// Returns one cell with its value. The statements are listed beside it, issue by issue.
    pub(super) fn one_cell(&self, row: Entity, column: Entity) -> Table<CellRow> {
        let place =
            |things: &[Entity], thing: Entity| things.iter().position(|other| *other == thing);
        let at = place(&self.matrix.rows, row).zip(place(&self.matrix.columns, column));
        let figure =
            at.and_then(|(row, column)| Some((row, column, self.matrix.figure(row, column)?)));
        let value = figure.map(|(row, column, figure)| CellRow {
            behind: Behind::default(),
            ..self.cell_row(row, column, figure)
        });
        Table::new("", value).or_else(self.no_cell(row, column))
    }

    /// Lists how the agreement of two comes about: where both stand on each issue, and what that
    /// adds to the measure before it is normalised.
    pub(super) fn by_issue(&self, a: Entity, b: Entity, parts: ByIssue) -> Table<ByIssueRow> {
        let actors: Vec<ActorId> = [a, b].into_iter().filter_map(Entity::actor).collect();
        let parts = parts
            .into_iter()
            .filter(|(_, statements)| !statements.is_empty());
        let rows = parts.flat_map(|(issue, statements)| {
            let adds = self.adds(&actors, issue);
            let row = move |actor: ActorId| ByIssueRow {
                issue,
                actor,
                position: self.position(actor, issue),
                adds,
                behind: Behind::default().because(self.of(actor, &statements)),
            };
            actors.clone().into_iter().map(row).collect::<Vec<_>>()
        });
        Table::new("Issue by issue", rows).across("actor", "position")
    }

    /// Keeps the statements that are about an actor, itself or through those who speak for it.
    fn of(&self, actor: ActorId, statements: &[Evidence]) -> Vec<Evidence> {
        let graph = self.counted.graph;
        let is_of = |evidence: &&Evidence| match evidence {
            Evidence::Stance(id, _) => {
                let issue = graph[*id].issue;
                self.counted.evidence(actor, issue).contains(evidence)
            }
            _ => false,
        };
        statements.iter().filter(is_of).copied().collect()
    }

    /// Returns the position behind a cell of an actor and an issue.
    pub(super) fn position_row(&self, row: Entity, parts: ByIssue) -> Table<IssuePositionRow> {
        let parts = parts
            .into_iter()
            .filter(|(_, statements)| !statements.is_empty());
        let rows = parts.map(|(issue, statements)| IssuePositionRow {
            issue,
            position: Entity::actor(row)
                .map_or_else(Stand::unknown, |actor| self.position(actor, issue)),
            behind: Behind::default().because(statements),
        });
        Table::new("The position", rows)
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
                "There is no issue on which both say something that counts: no number can be given."
                    .to_owned()
            }
            (Mode::Issues(_), _) => {
                "No statement of the actor on the issue counts: its position is unknown.".to_owned()
            }
        }
    }

    /// Explains that an actor has no cell on an issue because what it says counts for one it speaks
    /// for; `None` if that is not so.
    fn counted_with_another(&self, row: Entity, column: Entity) -> Option<String> {
        let (Entity::Actor(actor), Entity::Issue(issue)) = (row, column) else {
            return None;
        };
        let graph = self.counted.graph;
        let principal = self.counted.census.at(actor, issue)?.folded?;
        Some(format!(
            "What {0} says on {1} counts for {2}, so {0} has no cell there.",
            graph.name(row),
            graph.name(column),
            graph.name(Entity::Actor(principal))
        ))
    }

    /// Returns what an issue adds to the measure of two actors, before it is normalised.
    fn adds(&self, actors: &[ActorId], issue: IssueId) -> f64 {
        let said: Vec<Vec<f64>> = actors
            .iter()
            .map(|actor| self.counted.said(*actor, issue, self.measure()))
            .collect();
        let both = said
            .iter()
            .zip(0..)
            .flat_map(|(scores, nth)| scores.iter().map(move |score| (nth, 0, *score)));
        let tally = Tally::new(2, 1, both.collect());
        agreement::pairs(tally, self.measure(), Normalise::None).value(0, 1)
    }

    fn position(&self, actor: ActorId, issue: IssueId) -> Stand {
        let counted = self.counted;
        let standing = counted
            .census
            .at(actor, issue)
            .map(|cell| counted.census.standing(cell, counted.lens));
        rows::stands_if_known(counted.graph, standing.as_ref())
    }
}

/// The statements behind a cell, by issue.
type ByIssue = Vec<(IssueId, Vec<Evidence>)>;

/// Notes which of the actors or issues asked about have no statement that counts.
pub(super) fn nothing_said(counted: &Counted<'_>, asked: [Entity; 2], on: &[IssueId]) -> Notes {
    let graph = counted.graph;
    let issues: Vec<&str> = on.iter().map(|id| graph[*id].name.as_ref()).collect();
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
            "No statement on {} counts: all positions on it are unknown.",
            graph.name(entity)
        ),
        _ => format!(
            "No statement of {}{on} counts: its positions are unknown.",
            graph.name(entity)
        ),
    };
    let silent = asked.into_iter().filter(silent);
    silent
        .map(|entity| Note::new("nothing_said", words(entity)).about([entity]))
        .collect()
}
