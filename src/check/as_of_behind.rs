//! `as-of-behind`: a record is dated after the day that the graph's `as_of` sets.

use crate::diagnostic::Diagnostic;
use crate::graph::Graph;
use crate::model::{Date, Day, MeetingStatus};
use crate::syntax::Step;
use crate::text::Place;

pub(super) fn find(graph: &Graph, found: &mut Vec<Diagnostic>) {
    let Some(&(day, set)) = graph.as_of.first() else {
        return;
    };
    // Two different days are an error of their own, since nobody knows which is meant.
    if graph.as_of.iter().any(|(other, _)| *other != day) {
        return;
    }
    let mut add = |what: &str, record: Place, field: Option<&str>, date: Option<Date>| {
        if let Some(date) = date.filter(|date| date.period().from > day) {
            found.push(finding(graph, (day, set), what, (record, field), date));
        }
    };
    for stance in &graph.stances {
        let date = graph.statement_date(stance.date, stance.sources.as_slice());
        let field = stance.date.map(|_| "date");
        add("this stance", stance.place, field, date);
    }
    for meeting in &graph.meetings {
        let held = meeting.status == Some(MeetingStatus::Held);
        let what = format!("`{}`", meeting.id);
        let on = meeting.more.as_ref().and_then(|more| more.on);
        match on {
            Some(_) => add(&what, meeting.place, Some("on"), on),
            None if held => add(&what, meeting.place, Some("date"), meeting.date),
            None => {}
        }
    }
    for tie in &graph.ties {
        add("this tie", tie.place, Some("since"), tie.since);
    }
    for fact in &graph.facts {
        let what = format!("`{}`", fact.id);
        let date = graph.fact_date(fact);
        add(&what, fact.place, fact.date.map(|_| "date"), date);
    }
}

fn finding(
    graph: &Graph,
    (day, set): (Day, Place),
    what: &str,
    (record, field): (Place, Option<&str>),
    date: Date,
) -> Diagnostic {
    let path: Vec<Step<'_>> = field.into_iter().map(Step::Field).collect();
    Diagnostic::warning(
        "as-of-behind",
        format!("{what} is dated {date}, and questions are asked as of {day}"),
        super::part(graph, record, &path),
        "does not count then",
    )
    .label(set, "as of this day")
    .help("set `as_of` to a later day, or remove it to ask as of today; `--as-of` does so for one question")
}
