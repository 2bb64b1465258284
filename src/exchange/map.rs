//! The map of an import: which columns of a table make which records. It is RON, read by the reader of
//! graphs, so that its mistakes have places and near names. `docs/import.md` describes it.

mod part;
mod value;

use crate::diagnostic::Diagnostic;
use crate::model::{
    ActorKind, Likelihood, MeetingKind, MeetingStatus, Position, RecordKind, Reliability, TieKind,
};
use crate::syntax::{Lost, Reader, read_attributes};
use crate::text::{FileId, Place};

pub(crate) use part::{Part, Recorded, part};
pub use value::{
    Choice, Column, Columns, Condition, Join, Joins, Named, Names, Number, Piece, SourceOf,
    Template, Texts,
};

part! {
    /// How the tables of one import are read, and what records they make.
    pub struct Map = "Import" {
        /// The version of the map: 1.
        version: Option<u32> = "version",
        /// The file, beside the map, unless the command line names one.
        table: Texts = "table",
        /// The sheet of a workbook.
        sheet: Texts = "sheet",
        /// What separates columns.
        delimiter: Texts = "delimiter",
        /// What encloses fields.
        quote: Texts = "quote",
        /// The encoding of the bytes.
        encoding: Texts = "encoding",
        /// What separates the decimals of a number.
        decimal: Texts = "decimal",
        /// The headings of a table that has none.
        columns: Texts = "columns",
        /// The order of day, month and year.
        dates: Texts = "dates",
        /// Where a timestamp is which day: hours from Greenwich.
        zone: Texts = "zone",
        /// Cells that say that nothing is known.
        missing: Columns = "missing",
        /// The title of the graph.
        title: Texts = "title",
        /// Anything worth knowing about it.
        note: Texts = "note",
        /// Where everything comes from.
        source: SourceOf = "source",
        /// What identifies a row, for the place in the source.
        key: Template = "key",
        /// Tables whose rows belong to those of this one.
        tables: Joins = "tables",
        /// Columns that hold several names, and what separates them.
        split: Columns = "split",
        /// Which rows are read.
        filter: Vec<Condition> = "where",
        /// The actors that columns name.
        actors: Vec<ActorPart> = "actors",
        /// The issues that columns name.
        issues: Vec<IssuePart> = "issues",
        /// The sources that columns name.
        sources: Vec<SourcePart> = "sources",
        /// The statements of a row.
        stances: Vec<StancePart> = "stances",
        /// The meetings of a row.
        meetings: Vec<MeetingPart> = "meetings",
        /// The ties of a row.
        ties: Vec<TiePart> = "ties",
        /// The facts of a row.
        facts: Vec<FactPart> = "facts",
    }
}

part! {
    /// What is known of an actor that a column names.
    pub struct ActorPart = "Actor" {
        of: Texts = "of",
        id: Template = "id",
        name: Template = "name",
        kind: Choice<ActorKind> = "kind",
        aliases: Vec<Template> = "aliases",
        role: Template = "role",
        speaks_for: Names = "speaks_for",
        members: Names = "members",
        power: Number = "power",
        same_as: Vec<Template> = "same_as",
        note: Template = "note",
        tags: Vec<Template> = "tags",
    }
}

part! {
    /// What is known of an issue that a column names.
    pub struct IssuePart = "Issue" {
        of: Texts = "of",
        id: Template = "id",
        name: Template = "name",
        question: Template = "question",
        aliases: Vec<Template> = "aliases",
        part_of: Names = "part_of",
        levels: Option<u32> = "levels",
        scale: ScalePart = "scale",
        status_quo: Number = "status_quo",
        outcome: Number = "outcome",
        decided: Template = "decided",
        same_as: Vec<Template> = "same_as",
        note: Template = "note",
        tags: Vec<Template> = "tags",
    }
}

part! {
    /// The scale of an issue.
    pub struct ScalePart = "Scale" {
        from: Number = "from",
        to: Number = "to",
    }
}

part! {
    /// What is known of a source that a column names.
    pub struct SourcePart = "Source" {
        of: Texts = "of",
        id: Template = "id",
        title: Template = "title",
        publisher: Template = "publisher",
        date: Template = "date",
        url: Template = "url",
        via: Names = "via",
        reliability: Choice<Reliability> = "reliability",
        text: Template = "text",
        licence: Template = "licence",
        same_as: Vec<Template> = "same_as",
        note: Template = "note",
        tags: Vec<Template> = "tags",
    }
}

part! {
    /// A statement that a row makes.
    pub struct StancePart = "Stance" {
        filter: Vec<Condition> = "where",
        actor: Names = "actor",
        issue: Names = "issue",
        position: Choice<Position> = "position",
        condition: Template = "condition",
        depends_on: Names = "depends_on",
        toward: Names = "toward",
        salience: Number = "salience",
        power: Number = "power",
        summary: Template = "summary",
        quote: Template = "quote",
        said_by: Names = "said_by",
        speaks: Option<bool> = "speaks",
        date: Template = "date",
        until: Template = "until",
        source: Names = "source",
        at: Template = "at",
        credibility: Number = "credibility",
        note: Template = "note",
        tags: Vec<Template> = "tags",
    }
}

part! {
    /// A meeting that a row makes, or adds to.
    pub struct MeetingPart = "Meeting" {
        filter: Vec<Condition> = "where",
        id: Template = "id",
        group: Template = "group",
        title: Template = "title",
        kind: Choice<MeetingKind> = "kind",
        status: Choice<MeetingStatus> = "status",
        date: Template = "date",
        place: Template = "place",
        host: Names = "host",
        participants: Names = "participants",
        invited: Names = "invited",
        declined: Names = "declined",
        topics: Names = "topics",
        likelihood: Choice<Likelihood> = "likelihood",
        outcome: Template = "outcome",
        quote: Template = "quote",
        said_by: Names = "said_by",
        source: Names = "source",
        at: Template = "at",
        credibility: Number = "credibility",
        same_as: Vec<Template> = "same_as",
        note: Template = "note",
        tags: Vec<Template> = "tags",
    }
}

part! {
    /// A tie that a row makes.
    pub struct TiePart = "Tie" {
        filter: Vec<Condition> = "where",
        from: Names = "from",
        to: Names = "to",
        kind: Choice<TieKind<'static>> = "kind",
        since: Template = "since",
        until: Template = "until",
        over: Names = "over",
        quote: Template = "quote",
        said_by: Names = "said_by",
        source: Names = "source",
        at: Template = "at",
        credibility: Number = "credibility",
        note: Template = "note",
        tags: Vec<Template> = "tags",
    }
}

part! {
    /// A fact that a row states.
    pub struct FactPart = "Fact" {
        filter: Vec<Condition> = "where",
        id: Template = "id",
        text: Template = "text",
        about: Names = "about",
        date: Template = "date",
        quote: Template = "quote",
        said_by: Names = "said_by",
        source: Names = "source",
        at: Template = "at",
        credibility: Number = "credibility",
        note: Template = "note",
        tags: Vec<Template> = "tags",
    }
}

/// Reads a map, or a list of maps that make one file together. What is wrong has its place in the
/// text.
pub fn read(text: &str, file: FileId) -> (Vec<Map>, Vec<Diagnostic>) {
    let (extensions, start, mut found) = read_attributes(text, file);
    let mut reader = Reader::new(text, file, start, extensions, &[]);
    let mut maps = Vec::new();
    let read = reader.one_or_list(|reader| {
        maps.push(Map::of(reader)?);
        Ok(())
    });
    if read.is_ok() {
        // A mistake is reported to the reader.
        let _ = reader.at_end();
    }
    found.extend(reader.into_diagnostics());
    (maps, found)
}

/// What a map says of all records that a column names.
#[derive(Clone, Copy)]
pub(crate) struct Described<'m> {
    /// The columns that it is about; all that nothing else is about if it names none.
    pub(crate) of: &'m [String],
    /// Where it names them.
    pub(crate) place: Place,
    pub(crate) id: &'m Template,
    pub(crate) name: &'m Template,
}

impl Map {
    /// Returns what the map says of actors, issues or sources, in the nth part about them.
    pub(crate) fn described(&self, kind: RecordKind, nth: usize) -> Option<Described<'_>> {
        let (of, id, name) = match kind {
            RecordKind::Issue => {
                let part = self.issues.get(nth)?;
                (&part.of, &part.id, &part.name)
            }
            RecordKind::Source => {
                let part = self.sources.get(nth)?;
                (&part.of, &part.id, &part.title)
            }
            _ => {
                let part = self.actors.get(nth)?;
                (&part.of, &part.id, &part.name)
            }
        };
        let (of, place) = (&of.all, of.place);
        Some(Described {
            of,
            place,
            id,
            name,
        })
    }

    /// Iterates over all that the map says of actors, issues or sources.
    pub(crate) fn all_described(&self, kind: RecordKind) -> impl Iterator<Item = Described<'_>> {
        (0..).map_while(move |nth| self.described(kind, nth))
    }

    /// Returns the columns whose cells name records of a kind, but for those named beside others.
    pub(crate) fn columns_naming(&self, kind: RecordKind) -> Vec<&Column> {
        let mut names: Vec<&Names> = Vec::new();
        match kind {
            RecordKind::Issue => {
                names.extend(self.stances.iter().map(|part| &part.issue));
                names.extend(self.meetings.iter().map(|part| &part.topics));
                names.extend(self.ties.iter().map(|part| &part.over));
            }
            RecordKind::Source => {
                names.extend(self.stances.iter().map(|part| &part.source));
                names.extend(self.meetings.iter().map(|part| &part.source));
                names.extend(self.ties.iter().map(|part| &part.source));
                names.extend(self.facts.iter().map(|part| &part.source));
            }
            _ => {
                for part in &self.stances {
                    names.extend([&part.actor, &part.toward, &part.said_by]);
                }
                for part in &self.meetings {
                    names.extend([&part.host, &part.participants, &part.said_by]);
                    names.extend([&part.invited, &part.declined]);
                }
                for part in &self.ties {
                    names.extend([&part.from, &part.to, &part.said_by]);
                }
                for part in &self.facts {
                    names.extend([&part.about, &part.said_by]);
                }
            }
        }
        let all = names.into_iter().flat_map(|names| &names.all);
        let mut columns: Vec<&Column> = all
            .filter_map(|named| match named {
                Named::Of(column) => Some(column),
                Named::Id(..) => None,
            })
            .collect();
        match &self.source {
            SourceOf::Of(column) if kind == RecordKind::Source => columns.push(column),
            _ => {}
        }
        columns
    }

    /// Returns the columns whose cells the nth part about a kind of record takes: those that say something of
    /// it, and those that name others beside it.
    pub(crate) fn cells_of(&self, kind: RecordKind, nth: usize) -> [Vec<Column>; 2] {
        let part: Option<(&dyn Recorded, &[&str])> = match kind {
            RecordKind::Issue => self
                .issues
                .get(nth)
                .map(|part| (part as _, IssuePart::FIELDS)),
            RecordKind::Source => self
                .sources
                .get(nth)
                .map(|part| (part as _, SourcePart::FIELDS)),
            _ => self
                .actors
                .get(nth)
                .map(|part| (part as _, ActorPart::FIELDS)),
        };
        let Some((part, fields)) = part else {
            return [Vec::new(), Vec::new()];
        };
        let names_others =
            |field: &&&str| ["part_of", "members", "speaks_for", "via"].contains(*field);
        let (others, own): (Vec<&&str>, Vec<&&str>) = fields.iter().partition(names_others);
        [own, others].map(|fields| {
            let columns = fields.into_iter().filter_map(|field| part.column_of(field));
            columns.collect()
        })
    }

    /// Returns where the nth part about a kind of record stands.
    pub(crate) fn span_of(&self, kind: RecordKind, nth: usize) -> Place {
        let span = match kind {
            RecordKind::Issue => self.issues.get(nth).map(|part| part.span),
            RecordKind::Source => self.sources.get(nth).map(|part| part.span),
            _ => self.actors.get(nth).map(|part| part.span),
        };
        span.unwrap_or(self.span)
    }

    /// Returns the name of the file of its table.
    pub fn table_name(&self) -> Option<&str> {
        self.table.first()
    }
}
