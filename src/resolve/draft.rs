//! What one text says, collected: the references of stances and meetings as names, the other records as they are.

use std::iter;
use std::mem::take;

use crate::diagnostic::Severity;
use crate::graph::{Earlier, Ids, Meeting, MeetingMore, Stance, StanceMore};
use crate::model::{self, Chunk, Entry, Record, Str};
use crate::resolve::names::{Name, Names, Of, Written};
use crate::resolve::value;
use crate::syntax::OneOrMany;
use crate::text::{FileId, Place, Span};

/// A record of a section that has ids, and where it stands.
#[derive(Debug)]
pub(crate) struct Declared<'t, T> {
    pub(crate) id: Str<'t>,
    pub(crate) place: Place,
    pub(crate) faulty: bool,
    /// None where it could not be read.
    pub(crate) record: Option<T>,
}

/// A part of what one text says.
#[derive(Debug, Default)]
pub(crate) struct Draft<'t> {
    pub(crate) chunk: Chunk<'t>,
    pub(crate) names: Names<'t>,
    pub(crate) sources: Vec<Declared<'t, model::Source<'t>>>,
    pub(crate) actors: Vec<Declared<'t, model::Actor<'t>>>,
    pub(crate) issues: Vec<Declared<'t, model::Issue<'t>>>,
    pub(crate) facts: Vec<Declared<'t, model::Fact<'t>>>,
    pub(crate) meetings: Vec<Meeting<Written>>,
    /// The ids of the meetings, as they stand in the text.
    pub(crate) meeting_ids: Vec<Str<'t>>,
    pub(crate) ties: Vec<(Place, model::Tie<'t>)>,
    pub(crate) stances: Vec<Stance<Written>>,
    /// Ids of meetings and facts that could not be read.
    pub(crate) unreadable: Vec<(Str<'t>, Place)>,
    /// Records without an id where one must stand: their sections and places. References to them lead nowhere.
    pub(crate) keyless: Vec<(&'static str, Place)>,
    /// Where stances, meetings, ties and facts with mistakes in them stand, in order: they are looked at, but not used.
    pub(crate) faulty: Vec<Place>,
    pub(crate) left_out: usize,
}

/// Collects what a text says. A record with a gap in it is faulty.
pub(crate) fn collect<'t>(text: &'t str, file: FileId, gaps: &[Span]) -> Vec<Draft<'t>> {
    let has_gap = |record: Span| {
        gaps.iter()
            .any(|gap| record.start < gap.start && gap.end < record.end)
    };
    let (drafts, chunks) = model::read_parts(
        text,
        file,
        usize::MAX,
        |draft: &mut Draft<'t>, entry| {
            entry.faulty |= has_gap(entry.place.span);
            draft.add(text, entry);
        },
        Vec::push,
    );
    iter::zip(drafts, chunks)
        .map(|(draft, chunk)| draft.beside(chunk))
        .collect()
}

impl<'t> Draft<'t> {
    pub(super) fn is_faulty(&self, place: Place) -> bool {
        self.faulty.binary_search(&place).is_ok()
    }

    fn beside(mut self, mut chunk: Chunk<'t>) -> Draft<'t> {
        chunk.diagnostics.append(&mut self.chunk.diagnostics);
        self.chunk = chunk;
        self
    }

    fn add(&mut self, text: &str, entry: &mut Entry<'t>) {
        let found = &mut self.chunk.diagnostics;
        let Entry {
            place,
            id,
            faulty,
            lacking,
            seen,
            record,
        } = entry;
        let place = *place;
        if let (Record::Unreadable(section), None) = (&*record, &*id)
            && !matches!(*section, "stances" | "ties")
        {
            self.keyless.push((section, place));
            self.left_out += 1;
            return;
        }
        let id = take(id).unwrap_or_default();
        let mistakes = found.len();
        let read = value::Read {
            lacking: *lacking,
            seen: *seen,
        };
        value::check(text, place, &id, record, read, found);
        let faulty = *faulty
            || found[mistakes..]
                .iter()
                .any(|finding| finding.severity == Severity::Error);
        let statement = matches!(
            record,
            Record::Stance(_) | Record::Meeting(_) | Record::Tie(_) | Record::Fact(_)
        );
        if faulty && statement {
            self.faulty.push(place);
        }
        match record {
            Record::Source(record) => self.sources.push(Declared {
                id,
                place,
                faulty,
                record: Some(take(record)),
            }),
            Record::Actor(record) => self.actors.push(Declared {
                id,
                place,
                faulty,
                record: Some(take(record)),
            }),
            Record::Issue(record) => self.issues.push(Declared {
                id,
                place,
                faulty,
                record: Some(take(record)),
            }),
            Record::Fact(record) => self.facts.push(Declared {
                id,
                place,
                faulty,
                record: Some(take(record)),
            }),
            Record::Tie(record) => self.ties.push((place, take(record))),
            Record::Stance(record) => {
                let stance = self.stance(place, record);
                self.stances.push(stance);
            }
            Record::Meeting(record) => {
                self.meeting_ids.push(id.clone());
                let meeting = self.meeting(place, id, record);
                self.meetings.push(meeting);
            }
            Record::Unreadable(section) => self.unreadable(section, id, place),
        }
    }

    /// Sources, actors and issues that can't be read stay known by their ids, so that what refers to them is not lost too.
    fn unreadable(&mut self, section: &str, id: Str<'t>, place: Place) {
        match section {
            "sources" => self.sources.push(Declared {
                id,
                place,
                faulty: true,
                record: None,
            }),
            "actors" => self.actors.push(Declared {
                id,
                place,
                faulty: true,
                record: None,
            }),
            "issues" => self.issues.push(Declared {
                id,
                place,
                faulty: true,
                record: None,
            }),
            "meetings" | "facts" => {
                self.left_out += 1;
                self.unreadable.push((id, place));
            }
            _ => self.left_out += 1,
        }
    }

    #[inline]
    fn stance(&mut self, place: Place, record: &model::Stance<'t>) -> Stance<Written> {
        let bare = record.until.is_none()
            && record.said_by.is_none()
            && record.salience.is_none()
            && record.power.is_none()
            && record.toward.as_slice().is_empty();
        Stance {
            place,
            issue: self.names.intern(Of::Issue, &record.issue),
            actors: self.several(Of::Other, &record.actor),
            sources: self.several(Of::Source, &record.source),
            position: record.position,
            date: record.date,
            more: (!bare).then(|| {
                Box::new(StanceMore {
                    toward: self.several(Of::Other, &record.toward),
                    said_by: self.maybe(record.said_by.as_option()),
                    until: record.until,
                    salience: record.salience,
                    power: record.power,
                })
            }),
        }
    }

    fn meeting(
        &mut self,
        place: Place,
        id: Str<'t>,
        record: &mut model::Meeting<'t>,
    ) -> Meeting<Written> {
        let bare = record.host.is_none()
            && record.invited.is_empty()
            && record.declined.is_empty()
            && record.part_of.is_none()
            && record.earlier.is_empty()
            && record.on.is_none()
            && record.because.is_none()
            && record.likelihood.is_none()
            && record.said_by.is_none()
            && record.source.as_slice().is_empty();
        Meeting {
            place,
            id: id.into(),
            title: take(&mut record.title).into(),
            kind: record.kind,
            status: record.status,
            date: record.date,
            participants: self.list(&record.participants),
            topics: self.list(&record.topics),
            more: (!bare).then(|| {
                Box::new(MeetingMore {
                    host: self.maybe(record.host.as_ref()),
                    invited: self.list(&record.invited),
                    declined: self.list(&record.declined),
                    part_of: self.maybe(record.part_of.as_ref()),
                    earlier: record
                        .earlier
                        .iter()
                        .map(|earlier| self.earlier(earlier))
                        .collect(),
                    on: record.on,
                    because: self.maybe(record.because.as_option()),
                    likelihood: record.likelihood,
                    said_by: self.maybe(record.said_by.as_option()),
                    sources: self.several(Of::Source, &record.source),
                    stage: None,
                })
            }),
        }
    }

    fn earlier(&mut self, record: &model::Earlier<'t>) -> Earlier<Written> {
        Earlier {
            date: record.date,
            status: record.status,
            on: record.on,
            because: self.maybe(record.because.as_option()),
            said_by: self.maybe(record.said_by.as_option()),
            sources: self.several(Of::Source, &record.source),
        }
    }

    fn maybe(&mut self, name: Option<&Str<'t>>) -> Option<Name> {
        name.map(|name| self.names.intern(Of::Other, name))
    }

    fn list(&mut self, names: &[Str<'t>]) -> Box<[Name]> {
        names
            .iter()
            .map(|name| self.names.intern(Of::Other, name))
            .collect()
    }

    #[inline]
    fn several(&mut self, of: Of, names: &OneOrMany<'t>) -> Ids<Name> {
        match names {
            OneOrMany::One(one) => Ids::One(self.names.intern(of, one)),
            OneOrMany::Many(many) => many
                .iter()
                .map(|name| self.names.intern(of, name))
                .collect(),
        }
    }
}
