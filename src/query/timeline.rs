//! Statements, changes of position, meetings, ties and facts in the order of time.

mod events;

use crate::graph::{Entity, Graph, Lens};
use crate::model::{Date, Period};
use crate::query::rows::{self, within};
use crate::query::{Answer, Cell, Row, Section};
use crate::words::joined;

/// What a timeline tells of; what is not given does not narrow.
#[derive(Clone, Debug, Default)]
pub struct TimelineFilter {
    /// Only what involves all of these.
    pub names: Vec<Entity>,
    /// From this day on.
    pub since: Option<Date>,
    /// Up to this day.
    pub until: Option<Date>,
}

/// Something that happened.
struct Event {
    date: Option<Date>,
    kind: &'static str,
    /// What, in words.
    what: String,
    /// Whom and what it is about: the columns for programs.
    about: Vec<Entity>,
    sources: Cell,
    row: Row,
    /// Whether it is a statement that does not count for all its actors, since who voiced it does not speak for them.
    is_attribution: bool,
}

impl Event {
    fn key(&self) -> Option<(Period, &'static str)> {
        self.date.map(|date| (date.period(), self.kind))
    }

    fn into_row(self) -> Row {
        let cells = [
            Cell::date(self.date),
            Cell::text(self.kind),
            Cell::text(self.what),
            Cell::things(self.about),
            self.sources,
        ];
        Row {
            cells: cells.into(),
            ..self.row
        }
    }
}

/// Tells what happened, in order.
pub fn timeline(graph: &Graph, lens: Lens, filter: &TimelineFilter) -> Answer {
    let mut events = events::all(graph, lens, &filter.names);
    events.retain(|event| within(event.date, filter.since, filter.until));
    events.sort_by_key(Event::key);
    let notes = rows::partly_within(
        events.iter().filter_map(|event| event.date),
        filter.since,
        filter.until,
    );
    let attributions = events.iter().filter(|event| event.is_attribution).count();
    let undated = events
        .iter()
        .take_while(|event| event.date.is_none())
        .count();
    let dated = events.split_off(undated);
    let section = |key, heading: &str, events: Vec<Event>| {
        let columns = ["date", "kind", "what", "about", "sources"];
        Section::new(key, heading, &columns)
            .for_programs(&["about"])
            .with(events.into_iter().map(Event::into_row))
    };
    let names: Vec<&str> = filter
        .names
        .iter()
        .map(|entity| graph.name(*entity))
        .collect();
    let title = if names.is_empty() {
        "Timeline".to_owned()
    } else {
        format!("Timeline of {}", joined(&names))
    };
    let sections = vec![
        section("events", "", dated).or_else("Nothing dated is recorded of that."),
        section("undated", "Without a date", events),
    ];
    Answer {
        title,
        sections,
        notes: notes
            .into_iter()
            .chain(rows::not_counted(attributions))
            .chain(events::offices(graph, lens, &filter.names))
            .collect(),
    }
}
