//! An order of statements and ties, which have no ids, that does not depend on their order in the
//! files.

use std::cmp::Ordering;

use crate::graph::{Graph, Stance, StanceId, Tie};
use crate::model::{Date, Day, Period, Position};

/// Returns a sort key for a date; undated records come first.
fn when(date: Option<Date>) -> Option<(Day, Day)> {
    let Period { from, to } = date?.period();
    Some((from, to))
}

fn number(one: Option<f64>, other: Option<f64>) -> Ordering {
    let [one, other] = [one, other].map(|number| number.unwrap_or(f64::NEG_INFINITY));
    one.total_cmp(&other)
}

fn positions(one: Option<Position>, other: Option<Position>) -> Ordering {
    let word = |position: Option<Position>| position.map(|position| position.written());
    let on_scale = |position| match position {
        Some(Position::At(number)) => Some(number),
        _ => None,
    };
    word(one)
        .cmp(&word(other))
        .then_with(|| number(on_scale(one), on_scale(other)))
}

impl Graph {
    /// Compares two statements by actors, issue, date and content. Their places decide only between
    /// copies.
    pub(crate) fn statement_order(&self, one: StanceId, other: StanceId) -> Ordering {
        let [one, other] = [one, other].map(|id| &self[id]);
        let who = |stance: &Stance| (stance.issue, self.stance_date(stance));
        let actors = one.actors.as_slice().cmp(other.actors.as_slice());
        let (on_one, on_other) = (who(one), who(other));
        actors
            .then_with(|| on_one.0.cmp(&on_other.0))
            .then_with(|| when(on_one.1).cmp(&when(on_other.1)))
            .then_with(|| positions(one.position, other.position))
            .then_with(|| one.sources.as_slice().cmp(other.sources.as_slice()))
            .then_with(|| one.said_by().cmp(&other.said_by()))
            .then_with(|| when(one.until()).cmp(&when(other.until())))
            .then_with(|| one.toward().cmp(other.toward()))
            .then_with(|| self.slice(one.place).cmp(self.slice(other.place)))
            .then_with(|| one.place.cmp(&other.place))
    }

    /// Returns all statements in this order.
    pub(crate) fn statements_in_order(&self) -> Vec<StanceId> {
        self.in_order(StanceId::all(self))
    }

    /// Returns these statements in this order, without duplicates.
    pub(crate) fn in_order(&self, some: impl Iterator<Item = StanceId>) -> Vec<StanceId> {
        let mut ids: Vec<StanceId> = some.collect();
        ids.sort_unstable_by(|one, other| self.statement_order(*one, *other));
        ids.dedup();
        ids
    }
}

/// Compares two ties by the actors they join, dates, kind and content; `text` returns the text of a
/// record.
pub(crate) fn tie_order<'t>(one: &Tie, other: &Tie, text: impl Fn(&Tie) -> &'t str) -> Ordering {
    let key = |tie: &Tie| (tie.from, tie.to, when(tie.since), when(tie.until));
    key(one)
        .cmp(&key(other))
        .then_with(|| one.kind.written().cmp(other.kind.written()))
        .then_with(|| one.over.cmp(&other.over))
        .then_with(|| one.sources.cmp(&other.sources))
        .then_with(|| one.said_by.cmp(&other.said_by))
        .then_with(|| text(one).cmp(text(other)))
        .then_with(|| one.place.cmp(&other.place))
}
