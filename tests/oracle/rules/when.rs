//! When: the days of statements and ties. (T4, periods, goes here.)

use demarche::model::{Date, Stance, Tie};
use demarche::syntax::OneOrMany;

use crate::days::{Days, earliest, latest};
use crate::rules::records::{Graph, ids};

/// The earliest of the dates that these sources have.
pub(crate) fn earliest_source(graph: &Graph<'_>, sources: &OneOrMany<'_>) -> Option<Date> {
    ids(sources)
        .into_iter()
        .filter_map(|id| graph.sources.get(id)?.date)
        .min_by_key(|date| (earliest(*date), latest(*date)))
}

/// T1: "A statement's date is its own, else its (earliest) source's, else none".
pub(crate) fn t1_date(graph: &Graph<'_>, stance: &Stance<'_>) -> Option<Date> {
    stance
        .date
        .or_else(|| earliest_source(graph, &stance.source))
}

/// T1: "one statement is newer than another only if it starts after the other ends"; without a date it "is older than all".
pub(crate) fn t1_newer(one: Option<Date>, other: Option<Date>) -> bool {
    match (one, other) {
        (None, _) => false,
        (Some(_), None) => true,
        (Some(one), Some(other)) => earliest(one) > latest(other),
    }
}

/// W4: "the days on which it may have been made (no later than the day asked for …)". Nothing where it is later: "As of a
/// day, a statement counts from its earliest day on" (T1).
pub(crate) fn days_made(graph: &Graph<'_>, stance: &Stance<'_>, day: i64) -> Days {
    let days = t1_date(graph, stance).map_or_else(Days::all, |date| Days::of(date.period()));
    days.and(&Days::span(i64::MIN / 2, day))
}

/// T2: "`until` is inclusive."
pub(crate) fn t2_ended(stance: &Stance<'_>, day: i64) -> bool {
    stance.until.is_some_and(|until| latest(until) < day)
}

/// R3: "A tie without `since` has held for as long as anybody asks; without `until` it holds still"; W4: "from the earliest
/// day of `since` to the latest of `until`".
pub(crate) fn r3_tie_holds(tie: &Tie<'_>) -> Days {
    let from = tie.since.map_or(i64::MIN / 2, earliest);
    let to = tie.until.map_or(i64::MAX / 2, latest);
    Days::span(from, to)
}
