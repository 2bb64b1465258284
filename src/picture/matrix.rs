//! The matrix: actors by issues, each cell a position. Rows and columns are ordered so that blocks
//! show. A cell without a sign is unknown, which means neither neutral nor consenting.

mod agreement;
#[cfg(feature = "pictures")]
mod cells;
#[cfg(feature = "pictures")]
mod grid;
mod groups;
#[cfg(feature = "pictures")]
mod names;
mod order;
#[cfg(feature = "pictures")]
mod pairs;
#[cfg(feature = "pictures")]
mod scene;
#[cfg(feature = "pictures")]
mod stairs;
mod text;

#[cfg(feature = "pictures")]
pub(crate) use cells::{edge, minus, paint, sample};

pub use agreement::{Agreement, Pair, agreement, agreement_of};
pub use text::{agreement_text, text};
#[cfg(feature = "pictures")]
pub use {pairs::agreement_scene, scene::scene};

use std::collections::BTreeMap;

use crate::graph::{ActorId, Graph, IssueId};
use crate::picture::Refusal;
use crate::picture::matrix::groups::Groups;
use crate::picture::roster::Roster;
use crate::picture::sign::{Offered, Sign};

/// The meaning of an empty cell.
const NO_KNOWN: &str = "no position known, which is neither neutral nor consent";

/// The most rows and columns, unless the user asks for more.
pub const MOST_ROWS: usize = 150;

/// A matrix of actors by issues.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Matrix {
    /// The rows, in display order.
    pub actors: Vec<ActorId>,
    /// The columns, in display order.
    pub issues: Vec<IssueId>,
    /// A row of cells for each actor; `None` where the position is unknown.
    pub cells: Vec<Vec<Option<Sign>>>,
    /// The offers of an actor on an issue, where it makes any.
    pub offers: BTreeMap<(ActorId, IssueId), Vec<Offered>>,
    /// The names of the groups that most of the actors belong to, whose members stand together; else
    /// empty.
    pub groups: Vec<String>,
    /// The group of each actor, counted from 1.
    pub members: Vec<Option<u32>>,
    /// Whether statements of some of these actors are drawn at those they speak for.
    pub is_voiced: bool,
}

impl Matrix {
    /// Returns the matrix if it has a cell.
    ///
    /// # Errors
    ///
    /// Returns a refusal if no position is known.
    pub fn or_refuse(self) -> Result<Matrix, Refusal> {
        if self.actors.is_empty() || self.issues.is_empty() {
            return Err(Refusal::NoPosition);
        }
        Ok(self)
    }

    /// Returns the offers in a cell.
    fn offers(&self, actor: usize, issue: usize) -> &[Offered] {
        let offers = self.offers.get(&(self.actors[actor], self.issues[issue]));
        offers.map_or(&[], Vec::as_slice)
    }

    /// Returns whether a cell is empty.
    fn has_empty(&self) -> bool {
        let mut cells = (0..self.actors.len())
            .flat_map(|actor| (0..self.issues.len()).map(move |issue| (actor, issue)));
        cells.any(|(actor, issue)| {
            self.cells[actor][issue].is_none() && self.offers(actor, issue).is_empty()
        })
    }

    /// Returns what an empty cell may mean other than unknown, for the legend.
    fn or_voiced(&self) -> &'static str {
        if self.is_voiced {
            "; or counted with those the actor speaks for"
        } else {
            ""
        }
    }
}

/// Makes the matrix of a roster.
pub fn matrix(graph: &Graph, roster: &Roster) -> Matrix {
    let lines = roster.lines();
    let marks: BTreeMap<(ActorId, IssueId), Sign> = lines
        .filter_map(|line| Some(((line.actor, line.issue), Sign::of_line(graph, line)?)))
        .collect();
    let (mut actors, mut issues) = (roster.actors.clone(), roster.issues.clone());
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
    last_who_says_little(&mut actors, |actor| {
        issues
            .iter()
            .filter(|issue| sign(*actor, **issue).is_some())
            .count()
    });
    let groups = match issues.len() > actors.len() {
        true => Groups::default(),
        false => Groups::of(graph, roster),
    };
    let member = |actor: &ActorId| groups.of.get(actor.index()).copied().flatten();
    actors.sort_by_key(|actor| member(actor).unwrap_or(u32::MAX));
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
        members: actors.iter().map(member).collect(),
        groups: groups.names(graph),
        actors,
        issues,
        cells,
        offers: roster
            .offered(graph)
            .map(|(line, offers)| ((line.actor, line.issue), offers))
            .collect(),
        is_voiced: roster.extract.left_out.folded_beside,
    }
}

/// Returns how different two rows or columns are, from 0 to 1: by the distance of scores, and a
/// penalty where only one of the two is known.
fn unlike<'m>(pairs: impl Iterator<Item = (Option<&'m Sign>, Option<&'m Sign>)>) -> f64 {
    let (mut sum, mut count) = (0.0, 0.0);
    for pair in pairs {
        sum += match pair {
            (None, None) => continue,
            (Some(a), Some(b)) => match (a.score, b.score) {
                (Some(a), Some(b)) => f64::abs(a - b) / 2.0,
                (None, None) => 0.0,
                // Mixed and contested positions lie between the sides.
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

/// Puts those last that have at most a quarter of the positions that others have, in the same order.
fn last_who_says_little(actors: &mut [ActorId], positions: impl Fn(&ActorId) -> usize) {
    let most = actors.iter().map(&positions).max().unwrap_or(0);
    actors.sort_by_key(|actor| positions(actor) * 4 <= most);
}

/// Reverses an order, if needed, so that the better-known and more favourable end comes first.
fn turn<T>(items: &mut [T], weight: impl Fn(&T) -> f64) {
    let half = items.len() / 2;
    let sum = |items: &[T]| items.iter().map(&weight).sum::<f64>();
    if sum(&items[..half]) < sum(&items[items.len() - half..]) {
        items.reverse();
    }
}
