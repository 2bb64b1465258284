//! Collects what one text says: stances and meetings with their references as names, other records
//! as they are.

use std::iter;
use std::mem::take;

use crate::diagnostic::Severity;
use crate::graph::{Earlier, Ids, Meeting, MeetingMore, Stance, StanceMore, Told};
use crate::model::{self, Chunk, Entry, Record, Str};
use crate::resolve::names::{Name, Names, Of, Written};
use crate::resolve::value::{self, Read};
use crate::syntax::{Locator, OneOrMany, Rare, Step};
use crate::text::{FileId, Place, Span};

/// A record of a section that has ids, with its location.
#[derive(Debug)]
pub(crate) struct Declared<'t, T> {
    pub(crate) id: Str<'t>,
    pub(crate) place: Place,
    pub(crate) faulty: bool,
    pub(crate) read: Read,
    /// `None` if the record could not be read.
    pub(crate) record: Option<T>,
}

impl<'t, T> Declared<'t, T> {
    fn unreadable(id: Str<'t>, place: Place, read: Read) -> Declared<'t, T> {
        Declared {
            id,
            place,
            faulty: true,
            read,
            record: None,
        }
    }

    /// Adds what was read of the record, and whether it has a mistake.
    fn with(self, record: &mut T, faulty: bool) -> Declared<'t, T>
    where
        T: Default,
    {
        Declared {
            record: Some(take(record)),
            faulty,
            ..self
        }
    }
}

impl Declared<'_, model::Fact<'_>> {
    /// Returns whether the fact has a text; without one it says nothing.
    pub(super) fn says_something(&self) -> bool {
        self.record.is_some() && !self.read.has_lost(model::Fact::FIELDS, "text")
    }
}

/// The records of one part of a text.
#[derive(Debug, Default)]
pub(crate) struct Draft<'t> {
    pub(crate) chunk: Chunk<'t>,
    pub(crate) names: Names<'t>,
    pub(crate) sources: Vec<Declared<'t, model::Source<'t>>>,
    pub(crate) actors: Vec<Declared<'t, model::Actor<'t>>>,
    pub(crate) issues: Vec<Declared<'t, model::Issue<'t>>>,
    pub(crate) facts: Vec<Declared<'t, model::Fact<'t>>>,
    pub(crate) meetings: Vec<Meeting<Written>>,
    /// The ids of the meetings, as written in the text.
    pub(crate) meeting_ids: Vec<Str<'t>>,
    pub(crate) ties: Vec<(Place, model::Tie<'t>)>,
    pub(crate) stances: Vec<Stance<Written>>,
    /// The ids and locations of facts that could not be read.
    pub(crate) unreadable: Vec<(Str<'t>, Place)>,
    /// Records without a required id: their sections and locations. References to them lead
    /// nowhere.
    pub(crate) keyless: Vec<(&'static str, Place)>,
    /// The locations, in order, of stances, meetings, ties and facts with mistakes: they are
    /// checked, but not used.
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
            if has_gap(entry.place.span) {
                entry.faulty = true;
                // The fields that it lacks may be in the gap.
                entry.unread |= !entry.seen;
            }
            draft.add(text, entry);
        },
        Vec::push,
    );
    iter::zip(drafts, chunks)
        .map(|(draft, chunk)| draft.beside(text, chunk))
        .collect()
}

impl<'t> Draft<'t> {
    fn beside(mut self, text: &str, mut chunk: Chunk<'t>) -> Draft<'t> {
        chunk.diagnostics.append(&mut self.chunk.diagnostics);
        self.chunk = chunk;
        self.mark_earlier(text);
        self
    }

    /// Marks as faulty the earlier statuses of meetings that have errors in them.
    fn mark_earlier(&mut self, text: &str) {
        let findings = self.chunk.diagnostics.iter();
        let mut errors: Vec<Span> = findings
            .filter(|finding| finding.severity == Severity::Error)
            .map(|finding| finding.place().span)
            .collect();
        errors.sort_unstable();
        let mut places = Locator::default();
        for meeting in &mut self.meetings {
            if self.faulty.binary_search(&meeting.place).is_err() {
                continue;
            }
            let start = meeting.place.span.start;
            let earlier = meeting.more.iter_mut().flat_map(|more| &mut more.earlier);
            for earlier in earlier {
                let path = [Step::Field("earlier"), Step::Item(earlier.nth as usize)];
                let entry = places.locate(text, start, &path);
                let first = errors.partition_point(|error| error.start < entry.start);
                let mut there = errors[first..]
                    .iter()
                    .take_while(|error| error.start <= entry.end);
                earlier.faulty = there.any(|error| error.end <= entry.end);
            }
        }
    }

    fn add(&mut self, text: &str, entry: &mut Entry<'t>) {
        let found = &mut self.chunk.diagnostics;
        let Entry {
            place,
            id,
            faulty,
            seen,
            unread,
            record,
            ..
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
            seen: *seen,
            unread: *unread,
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
            Record::Source(record) => {
                let unread = Declared::unreadable(id, place, read);
                self.sources.push(unread.with(record, faulty));
            }
            Record::Actor(record) => {
                let unread = Declared::unreadable(id, place, read);
                self.actors.push(unread.with(record, faulty));
            }
            Record::Issue(record) => {
                let unread = Declared::unreadable(id, place, read);
                self.issues.push(unread.with(record, faulty));
            }
            Record::Fact(record) => {
                let unread = Declared::unreadable(id, place, read);
                self.facts.push(unread.with(record, faulty));
            }
            Record::Tie(record) => self.ties.push((place, take(record))),
            Record::Stance(record) => {
                let stance = self.stance(place, record);
                self.stances.push(stance);
            }
            Record::Meeting(record) => {
                self.meeting_ids.push(id.clone());
                let meeting = self.meeting(place, id, read, record);
                self.meetings.push(meeting);
            }
            Record::Unreadable(section) => self.unreadable(section, id, place, read),
        }
    }

    /// Adds a record that can't be read. It stays known by its id, so that what refers to it is not
    /// lost too. A fact is left out, since it says nothing without its text.
    fn unreadable(&mut self, section: &str, id: Str<'t>, place: Place, read: Read) {
        match section {
            "sources" => self.sources.push(Declared::unreadable(id, place, read)),
            "actors" => self.actors.push(Declared::unreadable(id, place, read)),
            "issues" => self.issues.push(Declared::unreadable(id, place, read)),
            "meetings" => {
                self.faulty.push(place);
                self.meeting_ids.push(id.clone());
                let meeting = self.meeting(place, id, read, &mut model::Meeting::default());
                self.meetings.push(meeting);
            }
            "facts" => {
                self.left_out += 1;
                self.unreadable.push((id, place));
            }
            _ => self.left_out += 1,
        }
    }

    #[inline]
    fn stance(&mut self, place: Place, record: &model::Stance<'t>) -> Stance<Written> {
        Stance {
            place,
            issue: self.names.intern(Of::Issue, &record.issue),
            actors: self.several(Of::Other, &record.actor),
            sources: self.several(Of::Source, &record.source),
            position: record.position,
            date: record.date,
            more: boxed(StanceMore {
                toward: self.several(Of::Other, &record.toward),
                said_by: self.maybe(record.said_by.as_option()),
                until: record.until,
                salience: record.salience,
                power: record.power,
                credibility: record.credibility,
                condition: record.condition.as_deref().map(Into::into),
                depends_on: self.list(&record.depends_on),
                withdrawn_in: self.source(&record.withdrawn_in),
            }),
        }
    }

    fn meeting(
        &mut self,
        place: Place,
        id: Str<'t>,
        read: Read,
        record: &mut model::Meeting<'t>,
    ) -> Meeting<Written> {
        let has_lost = |field| read.has_lost(model::Meeting::FIELDS, field);
        let title = match record.title.trim().is_empty() {
            true => id.clone(),
            false => take(&mut record.title),
        };
        Meeting {
            place,
            id: id.into(),
            title: title.into(),
            kind: record.kind,
            status: (!has_lost("status")).then_some(record.status),
            date: record.date,
            participants: self.list(&record.participants),
            topics: self.list(&record.topics),
            more: boxed(MeetingMore {
                host: self.maybe(record.host.as_ref()),
                invited: self.list(&record.invited),
                declined: self.list(&record.declined),
                part_of: self.maybe(record.part_of.as_ref()),
                earlier: record
                    .earlier
                    .iter()
                    .enumerate()
                    .map(|(nth, earlier)| self.earlier(nth, earlier))
                    .collect(),
                on: record.on.and_then(value::closed),
                lost_on: has_lost("on") || record.on.is_some_and(|on| on.is_open()),
                because: self.maybe(record.because.as_option()),
                likelihood: record.likelihood,
                said_by: self.maybe(record.said_by.as_option()),
                sources: self.several(Of::Source, &record.source),
                withdrawn_in: self.source(&record.withdrawn_in),
                withdrawn: Box::default(),
                told: Told::Present,
                same_as: record.same_as.iter().map(|id| id.as_ref().into()).collect(),
                lost_date: has_lost("date"),
            }),
        }
    }

    fn earlier(&mut self, nth: usize, record: &model::Earlier<'t>) -> Earlier<Written> {
        Earlier {
            nth: nth as u32,
            faulty: false,
            date: record.date,
            status: record.status,
            on: record.on,
            because: self.maybe(record.because.as_option()),
            said_by: self.maybe(record.said_by.as_option()),
            sources: self.several(Of::Source, &record.source),
            withdrawn_in: self.source(&record.withdrawn_in),
        }
    }

    fn source(&mut self, name: &Rare<'t>) -> Option<Name> {
        name.as_option()
            .map(|name| self.names.intern(Of::Source, name))
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

/// Boxes the rare fields of a record, if any of them says something.
fn boxed<T: Default + PartialEq>(more: T) -> Option<Box<T>> {
    (more != T::default()).then(|| Box::new(more))
}
