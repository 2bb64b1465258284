//! Checks whether the quotes of a graph are in the local copies of their sources, and where.
//!
//! A text and a quote are compared in their normal form ([`normal`]); a quote is split into parts
//! where `…` leaves something out ([`sought`]). All quotes of a text are looked for at once
//! ([`copy`], [`search`]). For a quote that is not there, the closest passage is found ([`near`]),
//! and the words to quote instead ([`mend`](mod@mend)).

mod boundaries;
mod copy;
mod mend;
mod near;
mod normal;
mod search;
mod sought;

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ops::Range;

use crate::graph::{FactId, Graph, MeetingId, SourceId, StanceId, TieId};
use crate::syntax::OneOrMany;
use crate::text::{FileId, Place};

use copy::LocalCopy;
pub use mend::Mend;
use sought::Sought;

/// The likeness from which a passage must be the one meant, even if another source may have the
/// quote.
const MEANT: f64 = 0.8;

/// A record that has a quote.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Quoting {
    /// A stance.
    Stance(StanceId),
    /// A meeting.
    Meeting(MeetingId),
    /// An earlier status of a meeting, by its index in the file.
    Earlier(MeetingId, usize),
    /// A tie.
    Tie(TieId),
    /// A fact.
    Fact(FactId),
}

/// A quote and the result of looking for it.
#[derive(Clone, Debug)]
pub struct Quote<'g> {
    /// The record that has the quote.
    pub by: Quoting,
    /// The quoted words.
    pub words: Cow<'g, str>,
    /// The sources that are said to have the words.
    pub sources: Vec<SourceId>,
    /// Where the words were found: the source and the location in its text, by source and place.
    pub passages: Vec<(SourceId, Place)>,
    /// The result of the search.
    pub verdict: Checked,
}

/// The result of looking for a quote.
#[derive(Clone, Debug, PartialEq)]
pub enum Checked {
    /// The quote is in the text of at least one of its sources.
    Found,
    /// The quote is in none of the texts. A quote with several sources gets this verdict only if
    /// all of them have a text, or if a passage is so close that it must be the one meant.
    NotFound(Miss),
    /// No source has a text that could be read, or the texts that were read do not have the words
    /// and another source may.
    Unchecked,
    /// The quote contains no words.
    Empty,
}

/// A quote that was not found, and what a text has instead.
#[derive(Clone, Debug, PartialEq)]
pub struct Miss {
    /// The sources whose texts were searched.
    pub looked_in: Vec<SourceId>,
    /// The source whose text has the closest match.
    pub source: SourceId,
    /// The closest match.
    pub instead: Instead,
}

/// The closest match for a quote.
#[derive(Clone, Debug, PartialEq)]
pub enum Instead {
    /// Nothing similar.
    Nothing,
    /// All parts of the quote, but out of order or too far apart. Holds where each part first
    /// occurs.
    Parts(Vec<Place>),
    /// A passage.
    Passage(Close),
}

/// A passage that is close to a quote.
#[derive(Clone, Debug, PartialEq)]
pub struct Close {
    /// The location of the passage.
    pub place: Place,
    /// The differences: bytes of the quote, and the location in the text. One of the two may be
    /// empty, not both.
    pub differences: Vec<(Range<usize>, Place)>,
    /// The share of the words that is the same, from 0 to 1.
    pub likeness: f64,
    /// The proposed replacement.
    pub mend: Mend,
}

/// Which quotes to check.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Which {
    All,
    /// Those with a source whose text was read.
    Checkable,
}

/// Checks all quotes of a graph against the copies of its sources that were read. Returns them in
/// the order of the records.
pub fn quotes(graph: &Graph) -> Vec<Quote<'_>> {
    checked(graph, collect(graph, Which::All))
}

/// Checks the quotes that have a source whose copy was read.
pub(super) fn checkable(graph: &Graph) -> Vec<Quote<'_>> {
    if graph.copies.iter().all(Option::is_none) {
        return Vec::new();
    }
    checked(graph, collect(graph, Which::Checkable))
}

fn collect(graph: &Graph, which: Which) -> Vec<Quote<'_>> {
    let mut quotes = Vec::new();
    let has_copy = |source: &SourceId| graph.copy(*source).is_some();
    let wanted = |sources: &[SourceId]| which == Which::All || sources.iter().any(has_copy);
    let mut add = |by, words: Option<Cow<'_, str>>, sources: &[SourceId]| {
        if let Some(words) = words.filter(|_| wanted(sources)) {
            let verdict = if Sought::is_empty(&words) {
                Checked::Empty
            } else {
                Checked::Unchecked
            };
            let words = Cow::Owned(words.into_owned());
            quotes.push(Quote {
                by,
                words,
                sources: sources.to_vec(),
                passages: Vec::new(),
                verdict,
            });
        }
    };
    for (id, stance) in graph
        .stances()
        .filter(|(_, stance)| wanted(stance.sources.as_slice()))
    {
        add(
            Quoting::Stance(id),
            graph.written_stance(stance.place).quote.into_option(),
            stance.sources.as_slice(),
        );
    }
    for (id, meeting) in graph.meetings() {
        let written = graph.written_meeting(meeting.place);
        add(
            Quoting::Meeting(id),
            written.quote.into_option(),
            &named(graph, &written.source),
        );
        for (nth, earlier) in written.earlier.into_iter().enumerate() {
            add(
                Quoting::Earlier(id, nth),
                earlier.quote.into_option(),
                &named(graph, &earlier.source),
            );
        }
    }
    for (id, tie) in graph.ties().filter(|(_, tie)| wanted(&tie.sources)) {
        add(
            Quoting::Tie(id),
            graph.written_tie(tie.place).quote.into_option(),
            &tie.sources,
        );
    }
    for (id, fact) in graph.facts().filter(|(_, fact)| wanted(&fact.sources)) {
        add(
            Quoting::Fact(id),
            graph.written_fact(fact.place).quote.into_option(),
            &fact.sources,
        );
    }
    quotes
}

/// Returns the sources of a record as written. In a graph as of a day, a meeting may have those of
/// another status.
fn named(graph: &Graph, written: &OneOrMany<'_>) -> Vec<SourceId> {
    written
        .as_slice()
        .iter()
        .filter_map(|name| graph.entity(name)?.source())
        .collect()
}

fn checked<'g>(graph: &'g Graph, mut quotes: Vec<Quote<'g>>) -> Vec<Quote<'g>> {
    let mut wanted: BTreeMap<FileId, Vec<(usize, SourceId)>> = BTreeMap::new();
    for (nth, quote) in quotes
        .iter()
        .enumerate()
        .filter(|(_, quote)| quote.verdict != Checked::Empty)
    {
        for source in &quote.sources {
            if let Some(file) = graph.copy(*source) {
                wanted.entry(file).or_default().push((nth, *source));
            }
        }
    }
    let copies: Vec<(LocalCopy<'_>, Vec<(usize, SourceId)>)> = wanted
        .into_iter()
        .map(|(file, members)| (LocalCopy::new(graph, file), members))
        .collect();
    for (copy, members) in &copies {
        let words: Vec<&str> = members
            .iter()
            .map(|(nth, _)| &*quotes[*nth].words)
            .collect();
        for ((nth, source), places) in members.iter().zip(copy.passages(&words)) {
            quotes[*nth]
                .passages
                .extend(places.into_iter().map(|place| (*source, place)));
        }
    }
    let mut misses: BTreeMap<usize, Vec<(SourceId, Instead)>> = BTreeMap::new();
    for (copy, members) in &copies {
        let missing: Vec<_> = members
            .iter()
            .filter(|(nth, _)| quotes[*nth].passages.is_empty())
            .collect();
        let words: Vec<&str> = missing
            .iter()
            .map(|(nth, _)| &*quotes[*nth].words)
            .collect();
        for ((nth, source), instead) in missing.iter().zip(copy.instead(&words)) {
            misses.entry(*nth).or_default().push((*source, instead));
        }
    }
    for quote in quotes.iter_mut().filter(|quote| !quote.passages.is_empty()) {
        quote.verdict = Checked::Found;
    }
    for (nth, misses) in misses {
        let all = misses.len() == quotes[nth].sources.len();
        quotes[nth].verdict = missed(misses, all);
    }
    quotes
}

/// Returns the verdict on a quote that is in none of these sources. `all` says whether these are
/// all the sources it has.
fn missed(misses: Vec<(SourceId, Instead)>, all: bool) -> Checked {
    let looked_in = misses.iter().map(|(source, _)| *source).collect();
    let rank = |instead: &Instead| match instead {
        Instead::Nothing => 0.0,
        Instead::Parts(_) => 1.0,
        Instead::Passage(close) => close.likeness,
    };
    let best = misses.into_iter().reduce(|best, other| {
        if rank(&other.1) > rank(&best.1) {
            other
        } else {
            best
        }
    });
    match best {
        Some((source, instead)) if all || rank(&instead) >= MEANT => Checked::NotFound(Miss {
            looked_in,
            source,
            instead,
        }),
        _ => Checked::Unchecked,
    }
}
