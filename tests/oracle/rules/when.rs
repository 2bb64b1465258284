//! When: the days of statements and ties, and periods.

use demarche::model::{Date, Stance, Tie};
use demarche::syntax::OneOrMany;

use crate::days::{Days, earliest, latest};
use crate::rules::Asked;
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

/// T4: "the graph is first cut to statements, meetings and facts of which some day lies in the period (ties: that hold on some
/// day) … A meeting's days include those of its `earlier` entries. Statements, meetings and facts without a date have their
/// source's; with neither they are left out".
pub(crate) fn t4_cut<'a>(mut graph: Graph<'a>, asked: &Asked) -> Graph<'a> {
    let Some((since, until)) = asked.period else {
        return graph;
    };
    let period = Days::span(since, until);
    let whole = graph.clone();
    let days = |date: Option<Date>, sources: &OneOrMany<'_>| {
        let date = date.or_else(|| earliest_source(&whole, sources));
        date.map_or_else(Days::default, |date| Days::of(date.period()))
    };
    let within = |days: &Days| !days.and(&period).is_empty();
    graph
        .stances
        .retain(|(_, record)| within(&days(record.date, &record.source)));
    graph
        .withdrawn
        .retain(|(_, record)| within(&days(record.date, &record.source)));
    graph
        .facts
        .retain(|_, record| within(&days(record.date, &record.source)));
    graph.ties.retain(|(_, tie)| within(&r3_tie_holds(tie)));
    graph.meetings.retain(|_, met| {
        let record = &met.record;
        let own = days(record.date, &record.source);
        let set = days(record.on.or(record.date), &record.source);
        let own = own.or(&set);
        let mut all = if met.present { own } else { Days::default() };
        for entry in &record.earlier {
            all = all.or(&days(entry.date.or(entry.on), &entry.source));
            all = all.or(&days(entry.on.or(entry.date), &entry.source));
        }
        within(&all)
    });
    graph
}
