//! The quotes of a source: where each is in its text, and which are not there.

use std::cmp::{Ordering, Reverse};

use crate::check::{Checked, Quote, Quoting};
use crate::graph::{Entity, Graph, SourceId};
use crate::query::{Behind, Evidence, Note, Notes, Table, Word, answer, rows, status, table};
use crate::text::Place;
use crate::words::{by_number, counted, joined};

/// The result of checking a quote against one of its sources, the worst first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Status {
    NotFound,
    Elsewhere,
    NotChecked,
    Found,
}

answer! {
    /// The quotes of a source, and where they are in its text.
    pub struct Passages = "passages", ties: Unused {
        /// The quotes: those not found first, then in the order of the text.
        passages: Table<PassageRow>,
    }
}

table! {
    /// A quote of a source.
    pub struct PassageRow of "quote" {
        /// Whether it is in the source's text, in another's, or unchecked.
        status: Word,
        /// Where it is in the text.
        passages: Vec<Place>,
        /// The quoted words.
        quote: String,
        /// The record it belongs to.
        of: String,
    }
}

/// Lists the quotes of a source with their passages: those not found first, then in the order of
/// its text.
pub fn passages(graph: &Graph, source: SourceId, quotes: &[Quote<'_>]) -> Passages {
    let mut listed: Vec<(Status, &Quote<'_>)> = quotes
        .iter()
        .filter(|quote| quote.sources.contains(&source))
        .map(|quote| (status(graph, source, quote), quote))
        .collect();
    let first = |quote: &Quote<'_>| places(source, quote).next().map(Reverse);
    listed.sort_by(|(status, quote), (other_status, other)| {
        let key = (status, Reverse(first(quote)));
        key.cmp(&(other_status, Reverse(first(other))))
            .then_with(|| in_order(graph, quote.by, other.by))
    });
    let count = |wanted: Status| {
        listed
            .iter()
            .filter(|(status, _)| *status == wanted)
            .count()
    };
    let (found, all) = (count(Status::Found), listed.len());
    let rows = listed
        .iter()
        .map(|(status, quote)| row(graph, source, *status, quote));
    let table =
        Table::new("Its quotes, and where they are", rows).or_else("Nothing is quoted from it.");
    let mut notes = Notes::default();
    if all > 0 {
        let text = format!("Found: {found} of {}.", counted(all, "quote"));
        notes.push(Note::new("quotes_found", text).of(found));
    }
    let mut statuses = listed.iter().map(|(status, _)| *status);
    if all == 0 || statuses.any(|status| status == Status::NotChecked) {
        notes.extend(no_text(graph, source));
    }
    let unquoted = claims(graph, source).saturating_sub(all);
    if unquoted > 0 {
        let rest = by_number(unquoted, "rests", "rest");
        let text = format!(
            "{} {rest} on it without a quote.",
            counted(unquoted, "claim")
        );
        notes.push(Note::new("without_quote", text).of(unquoted));
    }
    Passages {
        title: graph[source].title.to_string(),
        passages: table,
        notes,
    }
}

/// Compares two records, in an order that does not depend on where they stand.
fn in_order(graph: &Graph, one: Quoting, other: Quoting) -> Ordering {
    match (one, other) {
        (Quoting::Stance(one), Quoting::Stance(other)) => graph.statement_order(one, other),
        _ => one.cmp(&other),
    }
}

fn no_text(graph: &Graph, source: SourceId) -> Option<Note> {
    let id = &graph[source].id;
    match graph.written_source(graph[source].place).text {
        None => Some(Note::new(
            "no_text",
            format!("{id} has no `text`: its quotes are not checked."),
        )),
        Some(_) if graph.copy(source).is_none() => Some(Note::new(
            "unreadable_text",
            format!(
                "The text of {id} can't be read: its quotes are not checked, and `demarche check` says why."
            ),
        )),
        Some(_) => None,
    }
}

fn status(graph: &Graph, source: SourceId, quote: &Quote<'_>) -> Status {
    match quote.verdict {
        _ if places(source, quote).next().is_some() => Status::Found,
        Checked::NotFound(_) => Status::NotFound,
        _ if graph.copy(source).is_some() => Status::Elsewhere,
        _ => Status::NotChecked,
    }
}

fn places<'q>(source: SourceId, quote: &'q Quote<'_>) -> impl Iterator<Item = Place> + 'q {
    quote
        .passages
        .iter()
        .filter(move |(of, _)| *of == source)
        .map(|(_, place)| *place)
}

fn row(graph: &Graph, source: SourceId, status: Status, quote: &Quote<'_>) -> PassageRow {
    let others: Vec<&str> = quote
        .sources
        .iter()
        .filter(|other| **other != source)
        .map(|other| &*graph[*other].id)
        .collect();
    let found_in: Vec<&str> = rows::distinct(quote.passages.iter().map(|(of, _)| &*graph[*of].id));
    let status = match status {
        Status::NotFound => Word::from("not found"),
        Status::Found => Word::from("found"),
        Status::Elsewhere if quote.verdict == Checked::Empty => Word::from("no words"),
        Status::Elsewhere if found_in.is_empty() => {
            let words = format!("not here; {} not checked", joined(&others));
            Word::new("not_here", words)
        }
        Status::Elsewhere => {
            let words = format!("not here, but in {}", joined(&found_in));
            Word::new("elsewhere", words)
        }
        Status::NotChecked if found_in.is_empty() => Word::from("not checked"),
        Status::NotChecked => {
            let words = format!("not checked, found in {}", joined(&found_in));
            Word::new("not_checked", words)
        }
    };
    let (evidence, of) = record(graph, quote.by);
    PassageRow {
        status,
        passages: places(source, quote).collect(),
        quote: quote.words.to_string(),
        of,
        behind: Behind::at(evidence.place(graph)).because([evidence]),
    }
}

/// Returns the record that has a quote, and what it is called.
fn record(graph: &Graph, by: Quoting) -> (Evidence, String) {
    let actor = |id: crate::graph::ActorId| graph[id].name.as_ref();
    match by {
        Quoting::Stance(id) => {
            let stance = &graph[id];
            let actors: Vec<&str> = stance
                .actors
                .as_slice()
                .iter()
                .map(|id| actor(*id))
                .collect();
            let issue = &graph[stance.issue].name;
            (
                Evidence::Stance(id, status::fate_alone(graph, id)),
                format!("{} on {issue}", joined(&actors)),
            )
        }
        Quoting::Meeting(id) | Quoting::Earlier(id, _) => (
            Evidence::Thing(Entity::Meeting(id)),
            graph[id].title.to_string(),
        ),
        Quoting::Tie(id) => {
            let tie = &graph[id];
            let what = format!(
                "{} and {}: {}",
                actor(tie.from),
                actor(tie.to),
                tie.kind.word()
            );
            (Evidence::Tie(id), what)
        }
        Quoting::Fact(id) => (
            Evidence::Thing(Entity::Fact(id)),
            format!("fact {}", graph[id].id),
        ),
    }
}

/// Counts the claims that rest on a source.
fn claims(graph: &Graph, source: SourceId) -> usize {
    let stances = graph
        .stances
        .iter()
        .filter(|stance| stance.sources.contains(&source))
        .count();
    let meetings = graph.meetings.iter().flat_map(|meeting| {
        std::iter::once(meeting.sources()).chain(
            meeting
                .earlier()
                .iter()
                .map(|earlier| earlier.sources.as_slice()),
        )
    });
    let ties = graph
        .ties
        .iter()
        .filter(|tie| tie.sources.contains(&source))
        .count();
    let facts = graph
        .facts
        .iter()
        .filter(|fact| fact.sources.contains(&source))
        .count();
    stances + meetings.filter(|sources| sources.contains(&source)).count() + ties + facts
}
