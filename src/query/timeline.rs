//! Lists statements, changes of position, meetings, ties and facts in the order of time.

mod events;

use std::sync::Arc;

use crate::graph::{Entity, Graph, Lens, SourceId, StanceId};
use crate::model::{Date, Period};
use crate::query::made::Made;
use crate::query::rows;
use crate::query::timeline::events::About;
use crate::query::{Answer, Noted, Notes, Section, Table, Word, answer, table};
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
    what: What,
}

enum What {
    /// Somebody made this statement.
    Said(StanceId),
    /// Anything else.
    Row(Box<EventRow>),
}

impl Event {
    /// Returns what events are sorted by: the date, then the word for their kind. Those without a date
    /// come first, in the order of the files.
    fn key(&self) -> Option<(Period, &str)> {
        let kind = match &self.what {
            What::Said(_) => SAID,
            What::Row(row) => &row.kind.words,
        };
        Some((self.date?.period(), kind))
    }

    fn sources<'e>(&'e self, graph: &'e Graph) -> &'e [SourceId] {
        match &self.what {
            What::Said(id) => graph[*id].sources.as_slice(),
            What::Row(row) => &row.sources,
        }
    }
}

/// The word for a statement.
const SAID: &str = "statement";

impl From<EventRow> for Event {
    fn from(row: EventRow) -> Event {
        Event {
            date: row.date,
            what: What::Row(Box::new(row)),
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
    let Happened {
        title,
        dated,
        undated,
        notes,
    } = happened(graph, lens, filter);
    Timeline {
        title,
        events: Table::new("", dated.rows()).or_else(NOTHING),
        undated: Table::new(UNDATED, undated.rows()),
        notes,
    }
}

const NOTHING: &str = "Nothing with a date is recorded about that.";
const UNDATED: &str = "Without a date";

/// The answer [`Timeline`] before its rows are made.
#[must_use]
pub struct Happened<'g> {
    title: String,
    dated: Made<'g, Event, EventRow>,
    undated: Made<'g, Event, EventRow>,
    notes: Notes,
}

/// Finds what happened, in the order of time.
pub fn happened<'g>(graph: &'g Graph, lens: Lens, filter: &TimelineFilter) -> Happened<'g> {
    let (sources, names): (Vec<Entity>, Vec<Entity>) = filter
        .names
        .iter()
        .partition(|name| matches!(name, Entity::Source(_)));
    let about = Arc::new(About::new(graph, lens, names));
    let mut events = about.all();
    events.retain(|event| {
        let rests_on = |source: &Entity| {
            let mut sources = event.sources(graph).iter();
            sources.any(|id| Entity::Source(*id) == *source)
        };
        sources.iter().all(rests_on)
    });
    if let Some(period) = filter.period {
        // A record with one event in the period may have other events outside it.
        events.retain(|event| event.date.is_none_or(|date| date.period().touch(period)));
    }
    events.sort_by(|one, other| one.key().cmp(&other.key()));
    let mut notes = Notes::default();
    let attributions = events.iter().filter(|event| about.is_attribution(event));
    notes.extend(rows::not_counted(attributions.count()));
    notes.extend(about.offices());
    let undated = events.iter().take_while(|event| event.date.is_none());
    let dated = events.split_off(undated.count());
    let made = |events| {
        let about = Arc::clone(&about);
        Made::of(events, move |event: &Event, (): &mut ()| about.row(event))
    };
    let asked = filter.names.iter().map(|entity| graph.name(*entity));
    let asked: Vec<&str> = asked.collect();
    Happened {
        title: match asked.is_empty() {
            true => "Timeline".to_owned(),
            false => format!("Timeline of {}", joined(&asked)),
        },
        dated: made(dated),
        undated: made(events),
        notes,
    }
}

impl Answer for Happened<'_> {
    fn name(&self) -> &'static str {
        Timeline::SHAPE.name
    }
    fn title(&self) -> &str {
        &self.title
    }
    fn sections(&self) -> Vec<Section<'_>> {
        vec![
            self.dated.section("events", "", NOTHING),
            self.undated.section("undated", UNDATED, ""),
        ]
    }
    fn notes(&self) -> &Notes {
        &self.notes
    }
}

impl Noted for Happened<'_> {
    fn notes_mut(&mut self) -> &mut Notes {
        &mut self.notes
    }
}
