//! The matrix: actors by issues, each cell a position. Both sides are put in an order in which blocks show. A cell without
//! a sign is unknown, which is neither neutral nor consent.

mod agreement;
#[cfg(feature = "pictures")]
mod cells;
#[cfg(feature = "pictures")]
mod grid;
mod order;
#[cfg(feature = "pictures")]
mod scene;
mod text;

#[cfg(feature = "pictures")]
pub(crate) use cells::{minus, paint, sample};

pub use agreement::{Agreement, Pair, agreement};
#[cfg(feature = "pictures")]
pub use scene::{agreement_scene, scene};
pub use text::{agreement_text, text};

use std::collections::BTreeMap;

use crate::graph::{ActorId, Graph, IssueId};
use crate::picture::Refusal;
use crate::picture::scope::Scope;
use crate::picture::sign::Sign;

/// So many rows and columns at most where nothing else is asked for.
pub const MOST_ROWS: usize = 150;

/// Actors by issues.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Matrix {
    /// The rows, in the order shown.
    pub actors: Vec<ActorId>,
    /// The columns, in the order shown.
    pub issues: Vec<IssueId>,
    /// A row of cells for each actor; a cell without a sign is unknown.
    pub cells: Vec<Vec<Option<Sign>>>,
    /// Whether what some of these actors say is drawn at those for whom they speak.
    pub is_voiced: bool,
}

impl Matrix {
    /// It, if it has a cell.
    ///
    /// # Errors
    /// Where nobody is known to stand anywhere.
    pub fn or_refuse(self) -> Result<Matrix, Refusal> {
        if self.actors.is_empty() || self.issues.is_empty() {
            return Err(Refusal::NoPosition);
        }
        Ok(self)
    }

    /// What an empty cell can be other than unknown.
    fn or_voiced(&self) -> &'static str {
        if self.is_voiced {
            "; or counted with those for whom the actor speaks"
        } else {
            ""
        }
    }
}

/// The matrix of what a scope holds.
pub fn matrix(graph: &Graph, scope: &Scope) -> Matrix {
    let lines = scope.lines();
    let marks: BTreeMap<(ActorId, IssueId), Sign> = lines
        .filter_map(|line| {
            Some((
                (line.actor, line.issue),
                Sign::of(graph, line.issue, &line.standing)?,
            ))
        })
        .collect();
    let (mut actors, mut issues) = (scope.actors.clone(), scope.issues.clone());
    actors.sort_unstable();
    issues.sort_unstable();
    let sign = |actor: ActorId, issue: IssueId| marks.get(&(actor, issue));
    let rows = order::seriate(actors.len(), |a, b| {
        unlike(
            issues
                .iter()
                .map(|issue| (sign(actors[a], *issue), sign(actors[b], *issue))),
        )
    });
    let columns = order::seriate(issues.len(), |a, b| {
        unlike(
            actors
                .iter()
                .map(|actor| (sign(*actor, issues[a]), sign(*actor, issues[b]))),
        )
    });
    let mut actors: Vec<ActorId> = rows.into_iter().map(|row| actors[row]).collect();
    let mut issues: Vec<IssueId> = columns.into_iter().map(|column| issues[column]).collect();
    turn(&mut actors, |actor| {
        issues.iter().map(|issue| known(sign(*actor, *issue))).sum()
    });
    turn(&mut issues, |issue| {
        actors.iter().map(|actor| known(sign(*actor, *issue))).sum()
    });
    let cells = actors
        .iter()
        .map(|actor| {
            issues
                .iter()
                .map(|issue| sign(*actor, *issue).cloned())
                .collect()
        })
        .collect();
    Matrix {
        actors,
        issues,
        cells,
        is_voiced: scope.extract.left_out.voiced_beside > 0,
    }
}

/// How unlike two rows or columns are, 0 to 1: scores that differ, and what is known of only one of them.
fn unlike<'m>(pairs: impl Iterator<Item = (Option<&'m Sign>, Option<&'m Sign>)>) -> f64 {
    let (mut sum, mut count) = (0.0, 0.0);
    for pair in pairs {
        sum += match pair {
            (None, None) => continue,
            (Some(a), Some(b)) => match (a.score, b.score) {
                (Some(a), Some(b)) => f64::abs(a - b) / 2.0,
                (None, None) => 0.0,
                // Mixed and contested stand between the sides.
                (score, other) => f64::abs(score.or(other).unwrap_or(0.0)) / 2.0,
            },
            _ => 0.6,
        };
        count += 1.0;
    }
    if count == 0.0 { 1.0 } else { sum / count }
}

fn known(sign: Option<&Sign>) -> f64 {
    sign.map_or(0.0, |sign| 1.0 + sign.score.unwrap_or(0.0))
}

/// An order can be read from either end: what is known best, and in favour, comes first.
fn turn<T>(items: &mut [T], weight: impl Fn(&T) -> f64) {
    let half = items.len() / 2;
    let sum = |items: &[T]| items.iter().map(&weight).sum::<f64>();
    if sum(&items[..half]) < sum(&items[items.len() - half..]) {
        items.reverse();
    }
}
