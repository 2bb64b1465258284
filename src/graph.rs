//! The resolved graph, in which every reference is the id of a record that exists. It answers what
//! questions are made of: who speaks for whom, and where an actor stands on a day. [`Graph::net`]
//! is the same graph for petgraph. Only `resolve` builds graphs.

mod beside;
mod census;
mod counts;
mod evidence;
mod ids;
mod index;
pub(crate) mod names;
mod net;
mod offer;
pub(crate) mod order;
mod position;
mod records;
mod resting;
mod restrict;
mod select;
mod ties;
mod voice;
mod withdrawn;
mod without;
mod written;

use std::sync::{Arc, OnceLock};

pub use census::{Census, Placed};
pub use evidence::Basis;
pub use ids::{ActorId, Entity, FactId, Ids, IssueId, MeetingId, SourceId, StanceId, TieId};
pub use net::{Edge, Net, Node};
pub use offer::{Offer, Offers};
pub use position::{Fate, Footing, Lens, Side, Standing, Standings, Verdict, Words};
pub use records::{Actor, Earlier, Fact, Issue, Meeting, Source, Stance, Tie, Told};
pub use restrict::{Omitted, Over, Reason, Restriction, Withdrawn};
pub use select::{Scope, Selection};
pub use ties::{By, Joined};
pub use voice::{Office, Voice, Voices};

#[doc(hidden)]
pub use {
    beside::Shift,
    net::CROWD,
    records::{MeetingMore, Resolved, Stage, StanceMore},
};

pub(crate) use counts::{Counts, Folds, Never};
pub(crate) use position::{is_replaced, newest_start};
pub(crate) use voice::{all_days, during, made_on};
pub(crate) use withdrawn::Claim;

use crate::diagnostic::Diagnostic;
use crate::model::{Date, Day};
use crate::text::{FileId, Place, ReadError, Text};

/// Records that refer to one another, and the texts they were read from.
///
/// [`Graph::actors`], [`Graph::stances`] and their like iterate over its records, and `graph[id]` is
/// the record of an id. Only this crate can change a record, so that no reference ever dangles.
#[derive(Clone, Debug, Default)]
pub struct Graph {
    /// The texts it was read from, indexed by [`FileId`]; shared by copies of the graph, as they are
    /// large.
    pub(crate) texts: Arc<Vec<Text>>,
    /// For each file it was read from, the root file: includes and local copies of sources must
    /// stay in the folder of the root file.
    pub(crate) homes: Vec<FileId>,
    /// For each source, its local copy, which is one of the texts, or `None` if it has none. Empty
    /// until the copies are read ([`read_copies`](crate::resolve::read_copies)).
    pub(crate) copies: Vec<Option<FileId>>,
    /// The title.
    pub(crate) title: Option<String>,
    /// The note of the graph itself.
    pub(crate) note: Option<String>,
    /// The `as_of` days of its files, each with its place. Two different days are an error.
    pub(crate) as_of: Vec<(Day, Place)>,
    /// The codes of the warnings that its files allow, each with its place. A warning is silenced
    /// for the records of the same file.
    pub(crate) allow: Vec<(String, Place)>,
    /// The sources, sorted by id.
    pub(crate) sources: Vec<Source>,
    /// The actors, sorted by id.
    pub(crate) actors: Vec<Actor>,
    /// The issues, sorted by id.
    pub(crate) issues: Vec<Issue>,
    /// The stances, in the order of the files.
    pub(crate) stances: Vec<Stance>,
    /// The meetings, sorted by id.
    pub(crate) meetings: Vec<Meeting>,
    /// The ties, sorted by the actors they join.
    pub(crate) ties: Vec<Tie>,
    /// The facts, sorted by id.
    pub(crate) facts: Vec<Fact>,
    /// What can't be read at all, sorted by file and position. With any of these, this is half a
    /// graph.
    pub(crate) missing: Vec<Diagnostic>,
    /// Edits by other people that may be half done, so that this may be half a graph.
    pub(crate) doubts: Vec<Diagnostic>,
    /// The errors in single records, sorted by file and position. The faulty parts are left out.
    pub(crate) faults: Vec<Diagnostic>,
    /// The ids that are declared more than once with different content, sorted. None of these
    /// records is used.
    pub(crate) clashing: Vec<Box<str>>,
    /// The files in its folders that are not read, because they are clearly not graphs or their
    /// names can't be written; sorted by name.
    pub(crate) passed_over: Vec<ReadError>,
    /// The number of records left out because of mistakes.
    pub(crate) left_out: usize,
    /// The number of records used without a faulty part.
    pub(crate) read_in_part: usize,
    /// What precedes the path in the name of each text and is not a folder, such as `HEAD:` for a
    /// revision of git.
    pub(crate) origin: String,
    /// The maximum number of steps along which speakers are followed, or `None` if they are
    /// followed to the end.
    pub(crate) most_steps: Option<u32>,
    /// All findings of reading it, sorted by file and position.
    pub(crate) found: Vec<Diagnostic>,
    /// Whether the local copies of its sources can be read from the disk.
    pub(crate) read_from: ReadFrom,
    /// The actors and issues it is asked about; all, unless a view selects some.
    pub(crate) scope: Scope,
    index: OnceLock<index::Index>,
    pub(crate) net: OnceLock<Net>,
    pub(crate) voices: OnceLock<Voices>,
    pub(crate) withdrawals: withdrawn::Withdrawals,
}

/// Where a graph was read from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum ReadFrom {
    /// Texts in memory.
    #[default]
    Memory,
    /// Files.
    Disk,
}

impl Graph {
    /// Returns the title.
    pub fn title(&self) -> Option<&str> {
        self.title.as_deref()
    }

    /// Returns the note of the graph itself.
    pub fn note(&self) -> Option<&str> {
        self.note.as_deref()
    }

    /// Returns the texts it was read from, in the order of their [`FileId`]s.
    pub fn texts(&self) -> &[Text] {
        &self.texts
    }

    /// Returns what can't be read at all, sorted by file and position. With any of these, this is
    /// half a graph ([`Graph::is_whole`]).
    pub fn missing(&self) -> &[Diagnostic] {
        &self.missing
    }

    /// Returns the edits by other people that were interrupted and may be half done. Whether this is
    /// half a graph is then unknown; answers say so.
    pub fn doubts(&self) -> &[Diagnostic] {
        &self.doubts
    }

    /// Returns the errors in single records, sorted by file and position. The faulty parts are left
    /// out.
    pub fn faults(&self) -> &[Diagnostic] {
        &self.faults
    }

    /// Returns the number of records left out because of mistakes.
    pub fn left_out(&self) -> usize {
        self.left_out
    }

    /// Returns the number of records used without a faulty part.
    pub fn read_in_part(&self) -> usize {
        self.read_in_part
    }

    /// Drops the error that its files give different `as_of` days, since the question gives one.
    pub(crate) fn settle_day(&mut self) {
        self.missing.retain(|finding| finding.code != "two-days");
    }

    /// Returns whether everything except single faulty records could be read. Half a graph may say
    /// the opposite of the whole.
    ///
    /// ```
    /// let graph = demarche::Graph::read_partial("pact.ron", "Graph(stances: [");
    /// assert!(!graph.is_whole());
    /// assert_eq!(graph.missing()[0].code, "syntax");
    /// ```
    pub fn is_whole(&self) -> bool {
        self.missing.is_empty()
    }

    /// Returns the folder that contains all its texts, with a separator at the end; empty if there
    /// is none. Answers name files relative to it, so that they do not depend on where the graph
    /// lies.
    pub fn folder(&self) -> &str {
        // Returns where the last part of a name starts. Texts of a revision of git have names such
        // as `HEAD:pact.ron`.
        let last_part = |name: &str| {
            let behind = [name.rfind('/').map(|at| at + 1), Some(self.origin.len())];
            let behind = behind.into_iter().flatten();
            behind.filter(|at| *at <= name.len()).max().unwrap_or(0)
        };
        let Some(first) = self.texts.first() else {
            return "";
        };
        let mut folder = &first.name[..last_part(&first.name)];
        for text in self.texts.iter() {
            while !text.name.starts_with(folder) {
                folder = &folder[..last_part(&folder[..folder.len() - 1])];
            }
        }
        folder
    }

    /// Returns the day given by `as_of` in its files, or `None` if no file gives one or two files
    /// differ.
    pub fn asked_as_of(&self) -> Option<Day> {
        let (first, _) = self.as_of.first()?;
        let agree = self.as_of.iter().all(|(day, _)| day == first);
        agree.then_some(*first)
    }

    /// Returns the id of a record as written.
    pub fn id(&self, entity: Entity) -> &str {
        match entity {
            Entity::Source(id) => &self[id].id,
            Entity::Actor(id) => &self[id].id,
            Entity::Issue(id) => &self[id].id,
            Entity::Meeting(id) => &self[id].id,
            Entity::Fact(id) => &self[id].id,
        }
    }

    /// Returns where a record is declared.
    pub fn place(&self, entity: Entity) -> Place {
        match entity {
            Entity::Source(id) => self[id].place,
            Entity::Actor(id) => self[id].place,
            Entity::Issue(id) => self[id].place,
            Entity::Meeting(id) => self[id].place,
            Entity::Fact(id) => self[id].place,
        }
    }

    /// Returns the name or title of a record; for a fact, its id.
    pub fn name(&self, entity: Entity) -> &str {
        match entity {
            Entity::Source(id) => &self[id].title,
            Entity::Actor(id) => &self[id].name,
            Entity::Issue(id) => &self[id].name,
            Entity::Meeting(id) => &self[id].title,
            Entity::Fact(id) => &self[id].id,
        }
    }

    /// Returns a copy in which these records have other names or titles. A fact has none.
    #[cfg(feature = "pictures")]
    pub(crate) fn renamed(&self, names: &[(Entity, String)]) -> Graph {
        let mut graph = self.clone();
        for (entity, name) in names {
            let own = match entity {
                Entity::Source(id) => &mut graph.sources[id.index()].title,
                Entity::Actor(id) => &mut graph.actors[id.index()].name,
                Entity::Issue(id) => &mut graph.issues[id.index()].name,
                Entity::Meeting(id) => &mut graph.meetings[id.index()].title,
                Entity::Fact(_) => continue,
            };
            *own = name.as_str().into();
        }
        graph
    }

    /// Returns the local copy of a source, or `None` if it has none or it was not read.
    pub fn copy(&self, source: SourceId) -> Option<FileId> {
        self.copies.get(source.index()).copied().flatten()
    }

    /// Returns the text in a place; empty if there is no such place.
    pub fn slice(&self, place: Place) -> &str {
        place
            .file
            .of(&self.texts)
            .map_or("", |text| text.slice(place.span))
    }

    /// Returns the text of a file; empty if it is none of the graph's.
    pub(crate) fn text(&self, file: FileId) -> &str {
        file.of(&self.texts).map_or("", |text| text.text.as_str())
    }

    /// Returns the date of a statement: its own, else the earliest date of its sources. `None` if
    /// there is none, or if the date of a source can't be read.
    pub fn statement_date(&self, own: Option<Date>, sources: &[SourceId]) -> Option<Date> {
        if self.has_lost_date(own, sources) {
            return None;
        }
        own.or_else(|| {
            self.lending(sources)
                .filter_map(|id| self[id].date)
                .min_by_key(|date| date.period())
        })
    }

    /// Returns the date of a fact: its own, else the earliest date of its sources. `None` if there is
    /// none, or if it can't be read.
    pub fn fact_date(&self, fact: &Fact) -> Option<Date> {
        let dated = || self.statement_date(fact.date, &fact.sources);
        (!fact.lost_date).then(dated).flatten()
    }

    /// Returns whether a statement without a date of its own has a source whose date can't be read.
    /// It then has a date, but an unknown one.
    pub(crate) fn has_lost_date(&self, own: Option<Date>, sources: &[SourceId]) -> bool {
        own.is_none() && self.lending(sources).any(|id| self[id].lost_date)
    }
}
