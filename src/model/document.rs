//! A whole file: its header fields, and the records one by one.

use std::mem::take;

use crate::diagnostic::Diagnostic;
use crate::error::Error;
use crate::model::{Actor, Date, Fact, Issue, Meeting, Source, Stance, Str, Tie, read_parts};
use crate::syntax::{
    EachEntry, Ended, Lost, OneOrMany, Read, Reader, Shape, Start, read_attributes,
};
use crate::text::{FileId, Place, Span};

/// The fields of a file, in the order of the format.
pub const SECTIONS: &[&str] = &[
    "version", "title", "note", "as_of", "allow", "include", "sources", "actors", "issues",
    "stances", "meetings", "ties", "facts",
];

/// The entries of a section that is a map, in the order of the file.
#[derive(Clone, Debug, PartialEq)]
pub struct Records<'a, T>(pub Vec<(Str<'a>, T)>);

impl<T> Default for Records<'_, T> {
    fn default() -> Self {
        Records(Vec::new())
    }
}

impl<T: serde::Serialize> serde::Serialize for Records<'_, T> {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(id, record)| (id, record)))
    }
}

impl<'de, T: serde::Deserialize<'de>> serde::Deserialize<'de> for Records<'_, T> {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        crate::syntax::entries(deserializer).map(Records)
    }
}

/// The size in bytes of the parts in which a document is read. Small parts limit how much is held
/// twice while they are joined.
const PART: usize = 1 << 20;

/// A file as plain data, to read with `serde`, or to build in code and write.
#[derive(Clone, Debug, Default, PartialEq, serde::Serialize, serde::Deserialize)]
#[serde(rename = "Graph", deny_unknown_fields)]
pub struct Document<'a> {
    /// The version of the format: 1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub version: Option<u32>,
    /// The graph's title.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<Str<'a>>,
    /// Anything worth knowing about the graph.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<Str<'a>>,
    /// The date as of which questions are answered by default.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub as_of: Option<Date>,
    /// Codes of warnings that are not printed for the records of this file.
    #[serde(
        default,
        deserialize_with = "crate::syntax::optional",
        skip_serializing_if = "crate::syntax::is_default"
    )]
    pub allow: OneOrMany<'a>,
    /// Files that belong to the graph, relative to this one; `*` and `**` as in a shell.
    #[serde(
        default,
        deserialize_with = "crate::syntax::optional",
        skip_serializing_if = "crate::syntax::is_default"
    )]
    pub include: OneOrMany<'a>,
    /// The sources of claims.
    #[serde(
        default,
        deserialize_with = "crate::syntax::optional",
        skip_serializing_if = "crate::syntax::is_default"
    )]
    pub sources: Records<'a, Source<'a>>,
    /// The actors.
    #[serde(
        default,
        deserialize_with = "crate::syntax::optional",
        skip_serializing_if = "crate::syntax::is_default"
    )]
    pub actors: Records<'a, Actor<'a>>,
    /// The issues.
    #[serde(
        default,
        deserialize_with = "crate::syntax::optional",
        skip_serializing_if = "crate::syntax::is_default"
    )]
    pub issues: Records<'a, Issue<'a>>,
    /// The stances: who stands where on what.
    #[serde(
        default,
        deserialize_with = "crate::syntax::optional",
        skip_serializing_if = "crate::syntax::is_default"
    )]
    pub stances: Vec<Stance<'a>>,
    /// The meetings: who met whom.
    #[serde(
        default,
        deserialize_with = "crate::syntax::optional",
        skip_serializing_if = "crate::syntax::is_default"
    )]
    pub meetings: Records<'a, Meeting<'a>>,
    /// Lasting relations between actors.
    #[serde(
        default,
        deserialize_with = "crate::syntax::optional",
        skip_serializing_if = "crate::syntax::is_default"
    )]
    pub ties: Vec<Tie<'a>>,
    /// Claims that are no stance, meeting or tie.
    #[serde(
        default,
        deserialize_with = "crate::syntax::optional",
        skip_serializing_if = "crate::syntax::is_default"
    )]
    pub facts: Records<'a, Fact<'a>>,
}

impl Document<'_> {
    /// Formats the document as the text of a file, laid out for people.
    ///
    /// # Errors
    /// [`Error::Unwritable`] where `ron` can't write it, which no record of this crate makes it do.
    pub fn to_ron(&self) -> Result<String, Error> {
        let layout = ron::ser::PrettyConfig::new()
            .struct_names(false)
            .compact_structs(false)
            .depth_limit(3);
        Ok(format!(
            "Graph{}\n",
            ron::Options::default()
                .with_default_extension(ron::extensions::Extensions::IMPLICIT_SOME)
                .to_string_pretty(self, layout)
                .map_err(|error| Error::Unwritable(error.to_string()))?
        ))
    }

    /// Reads a whole text, a large one on several threads. Records whose required fields are
    /// missing or unreadable are left out; every mistake is reported.
    pub fn read(text: &str, file: FileId) -> (Document<'_>, Vec<Diagnostic>) {
        let (mut document, chunks) = read_parts(text, file, PART, Document::add, Document::append);
        let mut diagnostics = Vec::new();
        for mut chunk in chunks {
            diagnostics.append(&mut chunk.diagnostics);
            document.version = chunk.version.or(document.version);
            document.title = chunk.title.or(document.title);
            document.note = chunk.note.or(document.note);
            document.as_of = chunk.as_of.or(document.as_of);
            document.allow = chunk.allow.unwrap_or(document.allow);
            document.include = chunk.include.unwrap_or(document.include);
        }
        (document, diagnostics)
    }
}

impl<'a> Document<'a> {
    /// Adds the records of the next part of the same text.
    fn append(&mut self, part: Document<'a>) {
        fn all<T>(known: &mut Vec<T>, mut more: Vec<T>) {
            // A section that lies in one part, as all but stances do, need not be copied.
            if known.is_empty() {
                *known = more;
            } else {
                known.append(&mut more);
            }
        }
        all(&mut self.sources.0, part.sources.0);
        all(&mut self.actors.0, part.actors.0);
        all(&mut self.issues.0, part.issues.0);
        all(&mut self.stances, part.stances);
        all(&mut self.meetings.0, part.meetings.0);
        all(&mut self.ties, part.ties);
        all(&mut self.facts.0, part.facts.0);
    }

    fn add(&mut self, entry: &mut Entry<'a>) {
        if entry.lacking {
            return;
        }
        let id = take(&mut entry.id).unwrap_or_default();
        match &mut entry.record {
            Record::Source(record) => self.sources.0.push((id, take(record))),
            Record::Actor(record) => self.actors.0.push((id, take(record))),
            Record::Issue(record) => self.issues.0.push((id, take(record))),
            Record::Stance(record) => self.stances.push(take(record)),
            Record::Meeting(record) => self.meetings.0.push((id, take(record))),
            Record::Tie(record) => self.ties.push(take(record)),
            Record::Fact(record) => self.facts.0.push((id, take(record))),
            Record::Unreadable(_) => {}
        }
    }
}

/// A record of any section.
#[derive(Clone, Debug, PartialEq)]
pub enum Record<'a> {
    /// An entry of `sources`.
    Source(Source<'a>),
    /// An entry of `actors`.
    Actor(Actor<'a>),
    /// An entry of `issues`.
    Issue(Issue<'a>),
    /// An entry of `stances`.
    Stance(Stance<'a>),
    /// An entry of `meetings`.
    Meeting(Meeting<'a>),
    /// An entry of `ties`.
    Tie(Tie<'a>),
    /// An entry of `facts`.
    Fact(Fact<'a>),
    /// An entry of the named section, so broken that at most its id is known.
    Unreadable(&'static str),
}

/// A record as read from a file.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry<'a> {
    /// Its range, including the key.
    pub place: Place,
    /// Its id, in sections that have ids.
    pub id: Option<Str<'a>>,
    /// Whether a mistake in it was reported.
    pub faulty: bool,
    /// Whether a required field is missing or unreadable; `record` then holds a meaningless default
    /// for it.
    pub lacking: bool,
    /// The fields present, one bit each in the order of the format, including misspelt and
    /// unreadable ones.
    pub seen: u32,
    /// The fields that are present or required but could not be read, one bit each.
    pub unread: u32,
    /// The contents.
    pub record: Record<'a>,
}

/// The part of a text to read: all of it, or one of several parts read in parallel.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Split {
    /// Start here, at a stance in the middle of `stances`, rather than at the beginning.
    pub from: Option<usize>,
    /// Stop at a stance that starts exactly here, where another part continues.
    pub to: Option<usize>,
}

/// What was read besides the records.
#[derive(Debug, Default)]
pub struct Chunk<'a> {
    /// The version of the format.
    pub version: Option<u32>,
    /// The graph's title.
    pub title: Option<Str<'a>>,
    /// Anything worth knowing about the graph.
    pub note: Option<Str<'a>>,
    /// The date as of which questions are answered by default.
    pub as_of: Option<Date>,
    /// Codes of warnings that are not printed; `None` if the field is absent.
    pub allow: Option<OneOrMany<'a>>,
    /// Files that belong to the graph; `None` if the field is absent.
    pub include: Option<OneOrMany<'a>>,
    /// The fields read, and the ranges of their names.
    pub sections: Vec<(&'static str, Place)>,
    /// Whether it stopped where [`Split::to`] says, so that another part continues it.
    pub stopped: bool,
    /// The mistakes found.
    pub diagnostics: Vec<Diagnostic>,
}

/// Reads a text, or a part of it, and passes its records to `each` in order. Records are large, so
/// `each` gets a mutable reference and can take out what it keeps without moving the whole.
pub fn read<'a>(
    text: &'a str,
    file: FileId,
    split: Split,
    mut each: impl FnMut(&mut Entry<'a>),
) -> Chunk<'a> {
    let (extensions, start, mut diagnostics) = read_attributes(text, file);
    let mut chunk = Chunk::default();
    let at = split.from.unwrap_or(start);
    if split.from.is_some() {
        diagnostics.clear();
    }
    let mut reader = Reader::new(text, file, at, extensions, SECTIONS);
    let mut sections = Sections {
        chunk: &mut chunk,
        each: &mut each,
        stop: split.to,
    };
    sections.read(&mut reader, split.from);
    diagnostics.extend(reader.into_diagnostics());
    chunk.diagnostics = diagnostics;
    chunk
}

struct Sections<'r, 'a> {
    chunk: &'r mut Chunk<'a>,
    each: &'r mut dyn FnMut(&mut Entry<'a>),
    stop: Option<usize>,
}

impl<'a> Sections<'_, 'a> {
    fn read(&mut self, reader: &mut Reader<'a>, from: Option<usize>) {
        let start = match from {
            None => Start::Document,
            Some(_) => Start::Inside,
        };
        if from.is_some() && !self.rest_of_stances(reader) {
            return;
        }
        let ended = reader.whole("Graph", start, |reader, field, name| {
            self.section(reader, field, name)
        });
        self.chunk.stopped |= ended == Ended::Stopped;
    }

    /// Continues in the middle of `stances`. Returns whether more sections may follow.
    fn rest_of_stances(&mut self, reader: &mut Reader<'a>) -> bool {
        let open = reader.at();
        match self.stances(reader, |reader, stop, each| {
            reader.entries_from(Shape::List, open, b']', stop, each)
        }) {
            Ok(Ended::Closed) => reader.after_field(open).is_ok() || reader.resume_at_section(),
            Ok(Ended::AtSection) => true,
            Ok(Ended::Stopped) => {
                self.chunk.stopped = true;
                false
            }
            Err(_) => false,
        }
    }

    fn section(&mut self, reader: &mut Reader<'a>, field: &str, name: Span) -> Result<Ended, Lost> {
        let place = reader.place(name.start as usize, name.end as usize);
        let Some(section) = SECTIONS.iter().find(|section| **section == field) else {
            reader.unknown_field("Graph", field, SECTIONS, &|_| false, place);
            return reader.skip_value().map(|()| Ended::Closed);
        };
        match self
            .chunk
            .sections
            .iter()
            .find(|(known, _)| known == section)
        {
            Some((_, first)) => reader.duplicate_field(field, place, *first),
            None => self.chunk.sections.push((section, place)),
        }
        let closed = Ok(Ended::Closed);
        match *section {
            "version" => Option::read(reader)
                .map(|version| self.chunk.version = version)
                .and(closed),
            "title" => Option::read(reader)
                .map(|title| self.chunk.title = title)
                .and(closed),
            "note" => Option::read(reader)
                .map(|note| self.chunk.note = note)
                .and(closed),
            "as_of" => Option::read(reader)
                .map(|as_of| self.chunk.as_of = as_of)
                .and(closed),
            "allow" => Option::read(reader)
                .map(|allow| self.chunk.allow = allow)
                .and(closed),
            "include" => Option::read(reader)
                .map(|include| self.chunk.include = include)
                .and(closed),
            "stances" => reader.bare(|reader| {
                self.stances(reader, |reader, stop, each| {
                    reader.entries(Shape::List, stop, each)
                })
            }),
            "ties" => reader.bare(|reader| self.records(reader, Shape::List, "ties", Record::Tie)),
            "sources" => {
                reader.bare(|reader| self.records(reader, Shape::Map, "sources", Record::Source))
            }
            "actors" => {
                reader.bare(|reader| self.records(reader, Shape::Map, "actors", Record::Actor))
            }
            "issues" => {
                reader.bare(|reader| self.records(reader, Shape::Map, "issues", Record::Issue))
            }
            "meetings" => {
                reader.bare(|reader| self.records(reader, Shape::Map, "meetings", Record::Meeting))
            }
            _ => reader.bare(|reader| self.records(reader, Shape::Map, "facts", Record::Fact)),
        }
    }

    fn stances(
        &mut self,
        reader: &mut Reader<'a>,
        entries: impl FnOnce(
            &mut Reader<'a>,
            &mut dyn FnMut(usize) -> bool,
            &mut EachEntry<'_, 'a>,
        ) -> Result<Ended, Lost>,
    ) -> Result<Ended, Lost> {
        let target = self.stop;
        let each = &mut *self.each;
        entries(
            reader,
            &mut |at| Some(at) == target,
            &mut |reader, id, start| entry(reader, id, start, "stances", Record::Stance, each),
        )
    }

    fn records<T: Read<'a>>(
        &mut self,
        reader: &mut Reader<'a>,
        shape: Shape,
        section: &'static str,
        wrap: impl Fn(T) -> Record<'a>,
    ) -> Result<Ended, Lost> {
        let each = &mut *self.each;
        reader.entries(shape, &mut |_| false, &mut |reader, id, start| {
            if shape == Shape::Map && id.is_none() {
                // Its mistakes are reported, but without an id it is not a record.
                let lost = T::read(reader).err();
                let place = reader.place(start, reader.at());
                each(&mut Entry {
                    place,
                    id,
                    faulty: true,
                    lacking: true,
                    seen: 0,
                    unread: u32::MAX,
                    record: Record::Unreadable(section),
                });
                return lost.map_or(Ok(()), Err);
            }
            entry(reader, id, start, section, &wrap, each)
        })
    }
}

#[inline]
fn entry<'a, T: Read<'a>>(
    reader: &mut Reader<'a>,
    id: Option<Str<'a>>,
    start: usize,
    section: &'static str,
    wrap: impl Fn(T) -> Record<'a>,
    each: &mut dyn FnMut(&mut Entry<'a>),
) -> Result<(), Lost> {
    let mistakes = reader.mistakes();
    let read = T::read(reader);
    let place = reader.place(start, reader.at());
    let faulty = reader.mistakes() > mistakes;
    let (seen, unread, lacking) = reader.last_record();
    if faulty && !matches!(read, Err(Lost::Place)) {
        reader.within_record(mistakes);
    }
    match read {
        Ok(record) => {
            each(&mut Entry {
                place,
                id,
                faulty,
                lacking,
                seen,
                unread,
                record: wrap(record),
            });
            Ok(())
        }
        Err(lost) => {
            each(&mut Entry {
                place,
                id,
                faulty: true,
                lacking: true,
                seen,
                unread: u32::MAX,
                record: Record::Unreadable(section),
            });
            Err(lost)
        }
    }
}
