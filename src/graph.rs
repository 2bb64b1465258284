//! The resolved graph: every reference is an id of a record that exists. It answers what questions are made of (who
//! speaks for whom, where an actor stands at a date) and offers itself as a petgraph. It is built by `resolve` alone.

mod beside;
mod census;
mod evidence;
mod ids;
mod index;
pub(crate) mod names;
mod net;
pub(crate) mod order;
mod position;
mod records;
mod restrict;
mod ties;
mod voice;
mod without;
mod written;

use std::sync::OnceLock;

pub use census::{Census, Placed};
pub use evidence::Basis;
pub use ids::{ActorId, Entity, FactId, Ids, IssueId, MeetingId, SourceId, StanceId, TieId};
pub use net::{Edge, Net, Node};
pub use position::{Fate, Footing, Lens, Positions, Side, Standing, Verdict, Words};
pub use records::{Actor, Earlier, Fact, Issue, Meeting, Source, Stance, Tie, Told};
pub use restrict::{Omitted, Over, Reason, Restriction};
pub use ties::{By, Joined};
pub use voice::{Office, Voice, Voices};

#[doc(hidden)]
pub use {
    beside::Shift,
    net::CROWD,
    records::{MeetingMore, Resolved, Stage, StanceMore},
};

pub(crate) use position::{is_replaced, newest_start};
pub(crate) use voice::{all_days, during, made_on};

use crate::diagnostic::Diagnostic;
use crate::model::{Date, Day};
use crate::text::{FileId, Place, ReadError, Text};

/// A graph: records that refer to one another, and the texts they stand in.
#[derive(Clone, Debug, Default)]
pub struct Graph {
    /// The texts it was read from; a [`FileId`] is an index.
    pub(crate) texts: Vec<Text>,
    /// For each file that it was read from, the first one, whose folder includes and copies of sources must not leave.
    pub(crate) homes: Vec<FileId>,
    /// For each source its local copy, which is one of the texts; none where it has none, and empty until they are read
    /// ([`read_copies`](crate::resolve::read_copies)).
    pub(crate) copies: Vec<Option<FileId>>,
    /// What it is called.
    pub(crate) title: Option<String>,
    /// Anything worth knowing about it.
    pub(crate) note: Option<String>,
    /// The days that its files want questions asked as of, and where each says so; two different ones contradict each other.
    pub(crate) as_of: Vec<(Day, Place)>,
    /// The codes of warnings that its files allow: each is not printed for the records of the file it stands in.
    pub(crate) allow: Vec<(String, Place)>,
    /// Where claims come from.
    pub(crate) sources: Vec<Source>,
    /// Who.
    pub(crate) actors: Vec<Actor>,
    /// On what.
    pub(crate) issues: Vec<Issue>,
    /// Who stands where.
    pub(crate) stances: Vec<Stance>,
    /// Who met whom.
    pub(crate) meetings: Vec<Meeting>,
    /// Lasting relations.
    pub(crate) ties: Vec<Tie>,
    /// Claims that are none of these.
    pub(crate) facts: Vec<Fact>,
    /// What can't be read at all, sorted by file and place: with any of these it is half a graph ([`is_whole`](Graph::is_whole)).
    pub(crate) missing: Vec<Diagnostic>,
    /// What may make it half a graph: edits of somebody else's that may be half done.
    pub(crate) doubts: Vec<Diagnostic>,
    /// The errors in single records, sorted by file and place: of these, what is wrong is left out.
    pub(crate) faults: Vec<Diagnostic>,
    /// The ids that are declared more than once with different content, sorted: none of these records is used.
    pub(crate) clashing: Vec<Box<str>>,
    /// What lies among its files and is not read, because it is plainly no graph or its name can't be written; sorted by name.
    pub(crate) passed_over: Vec<ReadError>,
    /// How many records could not be used because of mistakes in them.
    pub(crate) left_out: usize,
    /// How many records are used although something in them had to be ignored.
    pub(crate) read_in_part: usize,
    /// What stands before the path in the name of each of its texts, and is no folder: of a revision of git, `HEAD:`.
    pub(crate) origin: String,
    /// Through how many steps those who speak for one another are followed; none where they are to the end.
    pub(crate) most_steps: Option<u32>,
    /// What was found while it was read: what `demarche check` says of its texts alone.
    pub(crate) found: Vec<Diagnostic>,
    /// Whether the files of its sources can be read, too.
    pub(crate) read_from: ReadFrom,
    index: OnceLock<index::Index>,
    pub(crate) net: OnceLock<Net>,
    pub(crate) voices: OnceLock<Voices>,
}

/// What a graph was read from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum ReadFrom {
    /// Texts in memory.
    #[default]
    Memory,
    /// Files, beside which those of its sources may be.
    Disk,
}

impl Graph {
    /// Returns its title.
    pub fn title(&self) -> Option<&str> {
        self.title.as_deref()
    }

    /// Returns its note: anything worth knowing about it.
    pub fn note(&self) -> Option<&str> {
        self.note.as_deref()
    }

    /// Returns the texts it was read from, in the order of their [`FileId`]s.
    pub fn texts(&self) -> &[Text] {
        &self.texts
    }

    /// Returns what can't be read at all, sorted by file and position. If there is anything, this is
    /// half a graph ([`Graph::is_whole`]).
    pub fn missing(&self) -> &[Diagnostic] {
        &self.missing
    }

    /// Returns the errors in single records, sorted by file and position. These records, or the
    /// faulty parts of them, are left out.
    pub fn faults(&self) -> &[Diagnostic] {
        &self.faults
    }

    /// Returns the number of records that are left out because of mistakes.
    pub fn left_out(&self) -> usize {
        self.left_out
    }

    /// Returns the number of records of which a part is left out because of mistakes.
    pub fn read_in_part(&self) -> usize {
        self.read_in_part
    }

    /// Forgets that its files name different days for questions: a day is given.
    pub(crate) fn settle_day(&mut self) {
        self.missing.retain(|finding| finding.code != "two-days");
    }

    /// Whether all that belongs to it could be read, single bad records apart: half a graph may say the opposite of the whole.
    ///
    /// ```
    /// let graph = demarche::Graph::read_partial("pact.ron", "Graph(stances: [");
    /// assert!(!graph.is_whole());
    /// assert_eq!(graph.missing()[0].code, "syntax");
    /// ```
    pub fn is_whole(&self) -> bool {
        self.missing.is_empty()
    }

    /// The folder that all its texts lie in, with the separator behind it: answers name files from there on, so that they are
    /// the same wherever the graph lies. Empty where there is none.
    pub fn folder(&self) -> &str {
        // Where the last part of a name begins; a revision of git names its texts `HEAD:pact.ron`.
        let last_part = |name: &str| {
            let behind = [name.rfind('/').map(|at| at + 1), Some(self.origin.len())];
            let behind = behind.into_iter().flatten();
            behind.filter(|at| *at <= name.len()).max().unwrap_or(0)
        };
        let Some(first) = self.texts.first() else {
            return "";
        };
        let mut folder = &first.name[..last_part(&first.name)];
        for text in &self.texts {
            while !text.name.starts_with(folder) {
                folder = &folder[..last_part(&folder[..folder.len() - 1])];
            }
        }
        folder
    }

    /// The day that its files want questions asked as of; none where none does, or two want different ones.
    pub fn asked_as_of(&self) -> Option<Day> {
        let (first, _) = self.as_of.first()?;
        let agree = self.as_of.iter().all(|(day, _)| day == first);
        agree.then_some(*first)
    }

    /// The id of anything that has one.
    pub fn id(&self, entity: Entity) -> &str {
        match entity {
            Entity::Source(id) => &self[id].id,
            Entity::Actor(id) => &self[id].id,
            Entity::Issue(id) => &self[id].id,
            Entity::Meeting(id) => &self[id].id,
            Entity::Fact(id) => &self[id].id,
        }
    }

    /// Where anything that has an id is declared.
    pub fn place(&self, entity: Entity) -> Place {
        match entity {
            Entity::Source(id) => self[id].place,
            Entity::Actor(id) => self[id].place,
            Entity::Issue(id) => self[id].place,
            Entity::Meeting(id) => self[id].place,
            Entity::Fact(id) => self[id].place,
        }
    }

    /// What anything that has an id is called: its name or title; of a fact, its id.
    pub fn name(&self, entity: Entity) -> &str {
        match entity {
            Entity::Source(id) => &self[id].title,
            Entity::Actor(id) => &self[id].name,
            Entity::Issue(id) => &self[id].name,
            Entity::Meeting(id) => &self[id].title,
            Entity::Fact(id) => &self[id].id,
        }
    }

    /// The local copy of a source, where it has one and it was read.
    pub fn copy(&self, source: SourceId) -> Option<FileId> {
        self.copies.get(source.index()).copied().flatten()
    }

    /// The text of a place.
    pub fn slice(&self, place: Place) -> &str {
        self.texts
            .get(place.file.0 as usize)
            .map_or("", |text| text.slice(place.span))
    }

    /// The date of a statement: its own, else the earliest of its sources; none where one of these can't be read.
    pub fn statement_date(&self, own: Option<Date>, sources: &[SourceId]) -> Option<Date> {
        if self.has_lost_date(own, sources) {
            return None;
        }
        own.or_else(|| {
            sources
                .iter()
                .filter_map(|id| self[*id].date)
                .min_by_key(|date| date.period())
        })
    }

    /// Whether a statement takes its date from sources of which one has a date that can't be read: it has one, but nobody
    /// knows which.
    pub(crate) fn has_lost_date(&self, own: Option<Date>, sources: &[SourceId]) -> bool {
        let is_lost = |id: &SourceId| self[*id].lost_date;
        own.is_none() && sources.iter().any(is_lost)
    }
}
