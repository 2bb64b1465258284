//! Lists statements, changes of position, meetings, ties and facts in the order of time.

mod events;

use crate::graph::{Entity, Graph, Lens, SourceId};
use crate::model::{Date, Period};
use crate::query::rows;
use crate::query::{Behind, Notes, Table, Word, answer, table};
use crate::words::joined;

/// What a timeline lists. A field left out does not narrow it.
#[derive(Clone, Debug, Default)]
pub struct TimelineFilter {
    /// The things that an event must involve, all of them; it must rest on those that are sources.
    pub names: Vec<Entity>,
    /// The period an event must be in; the graph must be restricted to it too.
    pub period: Option<Period>,
}

/// Something that happened.
struct Event {
    date: Option<Date>,
    kind: &'static str,
    /// What happened, in words.
    what: String,
    /// The things it is about, as the column for programs.
    about: Vec<Entity>,
    sources: Vec<SourceId>,
    behind: Behind,
    /// Whether it is a statement that does not count for all its actors, because who voiced it does
    /// not speak for them.
    is_attribution: bool,
}

impl Event {
    fn key(&self) -> Option<(Period, &'static str)> {
        self.date.map(|date| (date.period(), self.kind))
    }

    fn into_row(self) -> EventRow {
        EventRow {
            date: self.date,
            kind: self.kind.into(),
            what: self.what,
            about: self.about,
            sources: self.sources,
            behind: self.behind,
        }
    }
}

answer! {
    /// What happened, in the order of time.
    pub struct Timeline = "timeline" {
        /// Events with a date.
        events: Table<EventRow>,
        /// Events without a date.
        undated: Table<EventRow>,
    }
}

table! {
    /// Something that happened.
    pub struct EventRow of "event" {
        /// Its date.
        date: Option<Date>,
        /// The kind of event: `statement`, `change`, `meeting`, `in_writing`, `tie` or `fact`.
        kind: Word,
        /// What happened, in words.
        what: String,
        /// The things it is about.
        about for programs: Vec<Entity>,
        /// Its sources.
        sources: Vec<SourceId>,
    }
}

/// Lists what happened, in the order of time.
pub fn timeline(graph: &Graph, lens: Lens, filter: &TimelineFilter) -> Timeline {
    let (sources, names): (Vec<Entity>, Vec<Entity>) = filter
        .names
        .iter()
        .partition(|name| matches!(name, Entity::Source(_)));
    let mut events = events::all(graph, lens, &names);
    events.retain(|event| {
        let rests_on = |source: &Entity| {
            event
                .sources
                .iter()
                .any(|id| Entity::Source(*id) == *source)
        };
        sources.iter().all(rests_on)
    });
    if let Some(period) = filter.period {
        // A record with one event in the period may have other events outside it.
        events.retain(|event| event.date.is_none_or(|date| date.period().touch(period)));
    }
    events.sort_by_key(Event::key);
    let mut notes = Notes::default();
    let attributions = events.iter().filter(|event| event.is_attribution).count();
    let undated = events
        .iter()
        .take_while(|event| event.date.is_none())
        .count();
    let dated = events.split_off(undated);
    let table = |heading: &str, events: Vec<Event>| {
        Table::new(heading, events.into_iter().map(Event::into_row))
    };
    let asked: Vec<&str> = filter
        .names
        .iter()
        .map(|entity| graph.name(*entity))
        .collect();
    let title = if asked.is_empty() {
        "Timeline".to_owned()
    } else {
        format!("Timeline of {}", joined(&asked))
    };
    notes.extend(rows::not_counted(attributions));
    notes.extend(events::offices(graph, lens, &names));
    Timeline {
        title,
        events: table("", dated).or_else("Nothing with a date is recorded about that."),
        undated: table("Without a date", events),
        notes,
    }
}
