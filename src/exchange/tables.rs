//! The tables of a graph: one schema for every format that is made of tables, and for the way back.
//!
//! Each table is a struct whose fields are its columns. The macro `tables!` makes of it the schema
//! ([`Table::columns`]), the cells of a row ([`Row::put`]) and the reader of a row
//! ([`Row::of_cells`]), so that these never disagree.
//!
//! # To add a format
//! Write a type that implements [`Sink`], and pass it to [`rows`](super::rows()). It is given row by
//! row: the table, and one [`Cell`] for each of [`Table::columns`], in order and of the type that the
//! column says, or [`Cell::Nothing`]. Rows of different tables alternate: the rows of a statement
//! come together. So a format opens all tables at first ([`Table::ALL`]), and keeps what is not
//! written yet per table. A table without rows is still a table: it has its columns. The rows are the
//! same on every run; so must be the bytes.
//!
//! # To add a column
//! Add a field here, fill it in `out.rs`, and raise [`VERSION`] if what is read back changes. Columns
//! that the way back needs are `stored`; what follows from others is for queries, and not read.

use std::borrow::Cow;
use std::io;

use crate::model::{Day, Str};

/// The version of the schema. It is in the table `schema`, and in the metadata of formats that have
/// any.
pub const VERSION: i64 = 1;

/// A value in a table.
#[derive(Clone, Debug, PartialEq)]
pub enum Cell<'a> {
    /// No value: unknown, or not given. Never the same as an empty text.
    Nothing,
    /// A text.
    Text(Cow<'a, str>),
    /// A whole number.
    Whole(i64),
    /// A number; always finite.
    Number(f64),
    /// A day.
    Day(Day),
    /// Yes or no.
    Flag(bool),
}

/// What the cells of a column hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Type {
    /// Text in UTF-8.
    Text,
    /// A whole number of 64 bits.
    Whole,
    /// A floating-point number of 64 bits.
    Number,
    /// A day of the Gregorian calendar.
    Day,
    /// True or false.
    Flag,
}

impl Type {
    /// Returns the word for it in the table `schema`.
    pub fn word(self) -> &'static str {
        match self {
            Type::Text => "text",
            Type::Whole => "integer",
            Type::Number => "number",
            Type::Day => "day",
            Type::Flag => "boolean",
        }
    }
}

/// A column of a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Column {
    /// Its name: lower case, no reserved word of SQL.
    pub name: &'static str,
    /// What its cells hold.
    pub holds: Type,
    /// Whether a cell may hold nothing.
    pub is_optional: bool,
    /// Its meaning, in a sentence.
    pub doc: &'static str,
}

impl Column {
    /// Returns whether it follows from other columns. It is written for queries, and not read.
    pub fn is_derived(&self) -> bool {
        const ENDS: &[&str] = &["_from", "_to"];
        const DERIVED: &[&str] = &["date_lost", "withdrawn", "lends", "score", "file", "line"];
        let is_end = ENDS.iter().any(|end| self.name.ends_with(end));
        is_end && self.holds == Type::Day || DERIVED.contains(&self.name)
    }
}

/// Takes the rows of all tables, and writes them in some format.
pub trait Sink {
    /// Takes the next row of a table: a cell for each of its columns.
    ///
    /// # Errors
    /// If it can't be written.
    fn row(&mut self, table: Table, cells: &[Cell<'_>]) -> io::Result<()>;
}

/// A row of a table, as a struct whose fields are its cells.
pub trait Row<'a>: Sized {
    /// The table.
    const TABLE: Table;

    /// Passes its cells to a sink.
    ///
    /// # Errors
    /// If the sink can't write them.
    fn put(&self, sink: &mut dyn Sink) -> io::Result<()>;

    /// Makes a row of cells. A missing column holds nothing.
    ///
    /// # Errors
    /// Returns the index of the first column whose cell is not of its type, or holds nothing although
    /// it must.
    fn of_cells(cells: Vec<Cell<'a>>) -> Result<Self, usize>;
}

/// A type that a field of a row may have.
trait Held<'a>: Sized {
    const TYPE: Type;
    const IS_OPTIONAL: bool = false;
    fn cell(&self) -> Cell<'_>;
    fn of(cell: Cell<'a>) -> Option<Self>;
}

macro_rules! held {
    ($($type:ty = $name:ident, $self:ident => $cell:expr;)*) => {$(
        impl<'a> Held<'a> for $type {
            const TYPE: Type = Type::$name;
            fn cell(&$self) -> Cell<'_> {
                Cell::$name($cell)
            }
            fn of(cell: Cell<'a>) -> Option<Self> {
                match cell {
                    Cell::$name(value) => Some(value),
                    _ => None,
                }
            }
        }
    )*};
}

held! {
    Str<'a> = Text, self => Cow::Borrowed(self);
    i64 = Whole, self => *self;
    f64 = Number, self => *self;
    Day = Day, self => *self;
    bool = Flag, self => *self;
}

impl<'a, T: Held<'a>> Held<'a> for Option<T> {
    const TYPE: Type = T::TYPE;
    const IS_OPTIONAL: bool = true;
    fn cell(&self) -> Cell<'_> {
        self.as_ref().map_or(Cell::Nothing, T::cell)
    }
    fn of(cell: Cell<'a>) -> Option<Self> {
        match cell {
            Cell::Nothing => Some(None),
            cell => T::of(cell).map(Some),
        }
    }
}

/// Defines the tables: for each a variant of [`Table`] and the struct of its rows.
macro_rules! tables {
    ($($(#[doc = $meaning:literal])* $table:ident, $row:ident = $name:literal {
        $($(#[doc = $doc:literal])* $field:ident: $type:ty,)*
    })*) => {
        /// A table.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Table {
            $($(#[doc = $meaning])* $table,)*
        }

        impl Table {
            /// All tables, in the order of the schema.
            pub const ALL: &'static [Table] = &[$(Table::$table),*];

            /// Returns its name.
            pub fn name(self) -> &'static str {
                match self {
                    $(Table::$table => $name,)*
                }
            }

            /// Returns its columns, in order.
            pub fn columns(self) -> &'static [Column] {
                match self {
                    $(Table::$table => $row::COLUMNS,)*
                }
            }
        }

        $(
            $(#[doc = $meaning])*
            #[derive(Clone, Debug, PartialEq)]
            pub struct $row<'a> {
                $($(#[doc = $doc])* pub $field: $type,)*
            }

            impl<'a> $row<'a> {
                const COLUMNS: &'static [Column] = &[$(Column {
                    name: stringify!($field),
                    holds: <$type as Held<'a>>::TYPE,
                    is_optional: <$type as Held<'a>>::IS_OPTIONAL,
                    doc: concat!($($doc),*).trim_ascii(),
                }),*];
            }

            impl<'a> Row<'a> for $row<'a> {
                const TABLE: Table = Table::$table;

                fn put(&self, sink: &mut dyn Sink) -> io::Result<()> {
                    sink.row(Table::$table, &[$(self.$field.cell()),*])
                }

                fn of_cells(cells: Vec<Cell<'a>>) -> Result<Self, usize> {
                    let mut cells = cells.into_iter();
                    let mut nth: usize = 0;
                    Ok($row {
                        $($field: {
                            nth += 1;
                            <$type as Held<'a>>::of(cells.next().unwrap_or(Cell::Nothing)).ok_or(nth - 1)?
                        },)*
                    })
                }
            }
        )*
    };
}

tables! {
    /// The columns of all tables: what this folder or file holds.
    Schema, SchemaRow = "schema" {
        /// The version of the schema.
        version: i64,
        /// The table.
        table_name: Str<'a>,
        /// The number of the column, from 1.
        nth: i64,
        /// The column.
        column_name: Str<'a>,
        /// What it holds: text, integer, number, day or boolean.
        type_name: Str<'a>,
        /// Whether a cell may hold nothing.
        is_optional: bool,
        /// What it means.
        meaning: Str<'a>,
    }
    /// The graph as a whole: one row.
    Graph, GraphRow = "graph" {
        /// What it is called.
        title: Option<Str<'a>>,
        /// Anything worth knowing about it.
        note: Option<Str<'a>>,
        /// The day that questions are asked as of if none is given.
        as_of: Option<Day>,
        /// The codes of the warnings that `check` does not print, separated by spaces.
        allow: Option<Str<'a>>,
    }
    /// Where claims come from.
    Source, SourceRow = "source" {
        /// Its id.
        source: Str<'a>,
        /// What it is called.
        title: Option<Str<'a>>,
        /// Who published it.
        publisher: Option<Str<'a>>,
        /// When it was published, as written (EDTF).
        date: Option<Str<'a>>,
        /// The first day of that date.
        date_from: Option<Day>,
        /// The last day of that date.
        date_to: Option<Day>,
        /// Whether it has a date that can't be read.
        date_lost: bool,
        /// Where it can be read.
        url: Option<Str<'a>>,
        /// The letter of its Admiralty grade, A to F.
        reliability: Option<Str<'a>>,
        /// The path of its local copy, as written.
        text: Option<Str<'a>>,
        /// The source that says that this whole source was wrong.
        withdrawn_in: Option<Str<'a>>,
        /// Whether it is withdrawn: by another source, which is not withdrawn itself.
        withdrawn: bool,
        /// Since when, or nothing if always.
        withdrawn_from: Option<Day>,
        /// Anything worth knowing.
        note: Option<Str<'a>>,
        /// The file it was written in, relative to the graph's folder.
        file: Option<Str<'a>>,
        /// The line in that file, from 1.
        line: Option<i64>,
    }
    /// The sources that a source repeats.
    SourceVia, SourceViaRow = "source_via" {
        /// The source.
        source: Str<'a>,
        /// Its place in the list, from 0.
        nth: i64,
        /// The source that it repeats.
        via: Str<'a>,
    }
    /// The sources at the end of `via`, from each source: those with a common root count as one.
    SourceRoot, SourceRootRow = "source_root" {
        /// The source.
        source: Str<'a>,
        /// The source at the end; itself, if it repeats none.
        root: Str<'a>,
    }
    /// What is left of a source that repeats others, without one of these: the same as in `source_root`.
    SourceWithout, SourceWithoutRow = "source_without" {
        /// The source.
        source: Str<'a>,
        /// The source that is left out, which it repeats, directly or not.
        without_source: Str<'a>,
        /// A source at the end of `via` that is still there; nothing if there is none, so that the
        /// source falls with the one that is left out.
        root: Option<Str<'a>>,
    }
    /// Who can hold positions and meet others.
    Actor, ActorRow = "actor" {
        /// Its id.
        actor: Str<'a>,
        /// What it is called.
        name: Option<Str<'a>>,
        /// State, Organization, Person or Group.
        kind: Option<Str<'a>>,
        /// A person's office.
        role: Option<Str<'a>>,
        /// Its weight, 0 or more.
        power: Option<f64>,
        /// Anything worth knowing.
        note: Option<Str<'a>>,
        /// The file it was written in, relative to the graph's folder.
        file: Option<Str<'a>>,
        /// The line in that file, from 1.
        line: Option<i64>,
    }
    /// The other names of actors.
    ActorAlias, ActorAliasRow = "actor_alias" {
        /// The actor.
        actor: Str<'a>,
        /// Its place in the list, from 0.
        nth: i64,
        /// The other name.
        alias: Str<'a>,
    }
    /// The ids elsewhere of sources, actors, issues and meetings.
    SameAs, SameAsRow = "same_as" {
        /// The kind of record: source, actor, issue or meeting.
        kind: Str<'a>,
        /// Its id.
        record: Str<'a>,
        /// Its place in the list, from 0.
        nth: i64,
        /// The id elsewhere, `scheme:id`.
        same_as: Str<'a>,
    }
    /// Who speaks for whom directly: by the actor's own record, or by a tie that was not withdrawn.
    Voice, VoiceRow = "voice" {
        /// Who speaks.
        speaker: Str<'a>,
        /// Its place in the list of the speaker's record, from 0; nothing for a tie.
        nth: Option<i64>,
        /// For whom.
        principal: Str<'a>,
        /// The first day, or nothing if always.
        holds_from: Option<Day>,
        /// The last day, or nothing if still.
        holds_to: Option<Day>,
        /// The tie, or nothing for the actor's own record.
        tie: Option<Str<'a>>,
    }
    /// Who belongs to what: by the group's own record, or by a tie that was not withdrawn.
    Member, MemberRow = "member" {
        /// The group.
        whole: Str<'a>,
        /// Its place in the list of the group's record, from 0; nothing for a tie.
        nth: Option<i64>,
        /// Who belongs to it.
        member: Str<'a>,
        /// The first day, or nothing if always.
        holds_from: Option<Day>,
        /// The last day, or nothing if still.
        holds_to: Option<Day>,
        /// The tie, or nothing for the group's own record.
        tie: Option<Str<'a>>,
    }
    /// What actors can be for or against.
    Issue, IssueRow = "issue" {
        /// Its id.
        issue: Str<'a>,
        /// What it is called.
        name: Option<Str<'a>>,
        /// The question that a supporter answers with yes; without one it is a topic only.
        question: Option<Str<'a>>,
        /// The wider issue.
        part_of: Option<Str<'a>>,
        /// How many levels positions have, 2, 3 or 5; nothing means 5.
        levels: Option<i64>,
        /// The end of its scale that scores -1.
        scale_from: Option<f64>,
        /// The end of its scale that scores 1.
        scale_to: Option<f64>,
        /// The value on its scale if nothing is decided.
        status_quo: Option<f64>,
        /// The value on its scale that was decided.
        outcome: Option<f64>,
        /// When it was decided, as written (EDTF).
        decided: Option<Str<'a>>,
        /// The first day of that date.
        decided_from: Option<Day>,
        /// The last day of that date.
        decided_to: Option<Day>,
        /// Anything worth knowing.
        note: Option<Str<'a>>,
        /// The file it was written in, relative to the graph's folder.
        file: Option<Str<'a>>,
        /// The line in that file, from 1.
        line: Option<i64>,
    }
    /// The other names of issues.
    IssueAlias, IssueAliasRow = "issue_alias" {
        /// The issue.
        issue: Str<'a>,
        /// Its place in the list, from 0.
        nth: i64,
        /// The other name.
        alias: Str<'a>,
    }
    /// What numbers on the scale of an issue mean.
    IssueMark, IssueMarkRow = "issue_mark" {
        /// The issue.
        issue: Str<'a>,
        /// Its place in the list, from 0.
        nth: i64,
        /// The number.
        number: f64,
        /// What it means.
        meaning: Str<'a>,
    }
    /// Who stands where on what, on whose word: one row for each statement.
    Stance, StanceRow = "stance" {
        /// Its number in this export: `s1`, `s2` …
        stance: Str<'a>,
        /// The issue.
        issue: Str<'a>,
        /// StronglySupports, Supports, Neutral, Opposes, StronglyOpposes, Mixed or At; nothing if
        /// only the salience is given.
        position: Option<Str<'a>>,
        /// The number on the issue's scale, of a position At.
        number: Option<f64>,
        /// The score of the position, -1 to 1; Mixed has none.
        score: Option<f64>,
        /// What has to happen before the position holds: an offer.
        condition: Option<Str<'a>>,
        /// How much it matters to the actor, 0 to 1.
        salience: Option<f64>,
        /// The actor's weight on this issue, 0 or more.
        power: Option<f64>,
        /// The statement in the writer's words.
        summary: Option<Str<'a>>,
        /// The statement in the source's words.
        quote: Option<Str<'a>>,
        /// Who voiced it, if not the actor.
        said_by: Option<Str<'a>>,
        /// When it was made, as written (EDTF).
        date: Option<Str<'a>>,
        /// The first day on which it may have been made: of its date, else of its earliest source.
        date_from: Option<Day>,
        /// The last such day.
        date_to: Option<Day>,
        /// Whether its date can't be read: it is then neither newer nor older than others.
        date_lost: bool,
        /// The last day on which it counts, as written (EDTF).
        until: Option<Str<'a>>,
        /// The first day of `until`.
        until_from: Option<Day>,
        /// The last day of `until`, on which it counts for the last time.
        until_to: Option<Day>,
        /// The place in the source.
        passage: Option<Str<'a>>,
        /// The digit of its Admiralty grade, 1 to 6.
        credibility: Option<i64>,
        /// The source that says that this was wrong.
        withdrawn_in: Option<Str<'a>>,
        /// Anything worth knowing.
        note: Option<Str<'a>>,
        /// The file it was written in, relative to the graph's folder.
        file: Option<Str<'a>>,
        /// The line in that file, from 1.
        line: Option<i64>,
    }
    /// Whose position a statement is.
    StanceActor, StanceActorRow = "stance_actor" {
        /// The statement.
        stance: Str<'a>,
        /// Its place in the list, from 0.
        nth: i64,
        /// The actor.
        actor: Str<'a>,
    }
    /// Where a statement is found.
    StanceSource, StanceSourceRow = "stance_source" {
        /// The statement.
        stance: Str<'a>,
        /// Its place in the list, from 0.
        nth: i64,
        /// The source.
        source: Str<'a>,
        /// Whether it lends the statement support: it is not withdrawn, or all of them are.
        lends: bool,
    }
    /// Whom a statement is addressed to.
    StanceToward, StanceTowardRow = "stance_toward" {
        /// The statement.
        stance: Str<'a>,
        /// Its place in the list, from 0.
        nth: i64,
        /// The actor.
        actor: Str<'a>,
    }
    /// What an offer depends on.
    StanceDepends, StanceDependsRow = "stance_depends" {
        /// The statement.
        stance: Str<'a>,
        /// Its place in the list, from 0.
        nth: i64,
        /// The kind of record: actor or issue.
        kind: Str<'a>,
        /// Its id.
        record: Str<'a>,
    }
    /// For whom a statement counts, and on which days it may be asked about: its own actors, and
    /// whoever these speak for.
    StanceCounts, StanceCountsRow = "stance_counts" {
        /// The statement.
        stance: Str<'a>,
        /// For whom.
        actor: Str<'a>,
        /// The actor of the statement that leads there; itself for its own.
        through: Str<'a>,
        /// The first day asked about on which it counts; nothing if it counts on the first of days,
        /// or never (`attributed`, `elsewhere`).
        counts_from: Option<Day>,
        /// The last such day, or nothing if it counts ever after. What it replaced does not revive.
        counts_to: Option<Day>,
        /// From which day asked about on it counts as *perhaps not in office*; nothing if never.
        perhaps_from: Option<Day>,
        /// Whether it never counts, because whoever voiced it does not speak for its actor.
        attributed: bool,
        /// Whether it never counts, because its speaker spoke for an unrelated actor too.
        elsewhere: bool,
        /// Whether it is withdrawn, and counts on no day.
        withdrawn: bool,
        /// Since when, or nothing if always.
        withdrawn_from: Option<Day>,
        /// Whether it is an offer, which makes no position.
        offer: bool,
    }
    /// Who is not counted by itself where a statement makes its position: whoever speaks for another
    /// for which the statement counts, and that has a position.
    StanceFolds, StanceFoldsRow = "stance_folds" {
        /// The statement.
        stance: Str<'a>,
        /// Who is not counted by itself.
        actor: Str<'a>,
        /// Whom it is counted with.
        principal: Str<'a>,
        /// The first day asked about on which this is so; nothing if on all.
        folds_from: Option<Day>,
    }
    /// Who met whom, or means to.
    Meeting, MeetingRow = "meeting" {
        /// Its id.
        meeting: Str<'a>,
        /// What it is called.
        title: Option<Str<'a>>,
        /// Visit, Talks, Summit, Call, Reception, Session or Letter.
        kind: Option<Str<'a>>,
        /// Planned, Invited, Held, Postponed, Cancelled or Refused.
        status: Option<Str<'a>>,
        /// When it is or was set for, as written (EDTF).
        date: Option<Str<'a>>,
        /// The first day of its date, else of its earliest source.
        date_from: Option<Day>,
        /// The last such day.
        date_to: Option<Day>,
        /// Whether its date can't be read: it then connects nobody.
        date_lost: bool,
        /// Where it takes place.
        place: Option<Str<'a>>,
        /// Who hosts it.
        host: Option<Str<'a>>,
        /// The meeting it belongs to.
        part_of: Option<Str<'a>>,
        /// When its present status was set, as written (EDTF).
        set_on: Option<Str<'a>>,
        /// The first day of that date.
        set_on_from: Option<Day>,
        /// The last day of that date.
        set_on_to: Option<Day>,
        /// Why it has its status: a fact, an issue or a meeting.
        because: Option<Str<'a>>,
        /// How likely it is to take place, in a word.
        likelihood: Option<Str<'a>>,
        /// What came of it.
        outcome: Option<Str<'a>>,
        /// What the source says.
        quote: Option<Str<'a>>,
        /// Who said it.
        said_by: Option<Str<'a>>,
        /// The place in the source.
        passage: Option<Str<'a>>,
        /// The digit of its Admiralty grade, 1 to 6.
        credibility: Option<i64>,
        /// The source that says that this was wrong.
        withdrawn_in: Option<Str<'a>>,
        /// Whether its present status is withdrawn, and counts on no day.
        withdrawn: bool,
        /// Anything worth knowing.
        note: Option<Str<'a>>,
        /// The file it was written in, relative to the graph's folder.
        file: Option<Str<'a>>,
        /// The line in that file, from 1.
        line: Option<i64>,
    }
    /// Who has a part in a meeting.
    MeetingActor, MeetingActorRow = "meeting_actor" {
        /// The meeting.
        meeting: Str<'a>,
        /// The part: participant, invited, declined or host.
        part: Str<'a>,
        /// Its place in the list, from 0.
        nth: i64,
        /// The actor.
        actor: Str<'a>,
    }
    /// What a meeting is about.
    MeetingTopic, MeetingTopicRow = "meeting_topic" {
        /// The meeting.
        meeting: Str<'a>,
        /// Its place in the list, from 0.
        nth: i64,
        /// The issue.
        issue: Str<'a>,
    }
    /// The days asked about on which a meeting connects its participants: it was held by then, and is
    /// no letter.
    MeetingHeld, MeetingHeldRow = "meeting_held" {
        /// The meeting.
        meeting: Str<'a>,
        /// The first day asked about on which it counts as held; nothing if on the first of days.
        counts_from: Option<Day>,
        /// The last such day; nothing if ever after.
        counts_to: Option<Day>,
        /// The first day on which it was held, as known on these days.
        date_from: Option<Day>,
        /// The last such day.
        date_to: Option<Day>,
    }
    /// The earlier statuses of a meeting, oldest first.
    MeetingHistory, MeetingHistoryRow = "meeting_history" {
        /// Its name in this export: the meeting, `#` and the number of the status from 1.
        history: Str<'a>,
        /// The meeting.
        meeting: Str<'a>,
        /// Its place in the list, from 0.
        nth: i64,
        /// When the meeting was then set for, as written (EDTF).
        date: Option<Str<'a>>,
        /// The first day of that date.
        date_from: Option<Day>,
        /// The last day of that date.
        date_to: Option<Day>,
        /// The status.
        status: Str<'a>,
        /// When that status was set, as written (EDTF).
        set_on: Option<Str<'a>>,
        /// The first day of that date.
        set_on_from: Option<Day>,
        /// The last day of that date.
        set_on_to: Option<Day>,
        /// Why: a fact, an issue or a meeting.
        because: Option<Str<'a>>,
        /// What the source says.
        quote: Option<Str<'a>>,
        /// Who said it.
        said_by: Option<Str<'a>>,
        /// The place in the source.
        passage: Option<Str<'a>>,
        /// The digit of its Admiralty grade, 1 to 6.
        credibility: Option<i64>,
        /// The source that says that this was wrong.
        withdrawn_in: Option<Str<'a>>,
        /// Whether it is withdrawn, and counts on no day.
        withdrawn: bool,
        /// Anything worth knowing.
        note: Option<Str<'a>>,
    }
    /// Lasting relations between actors.
    Tie, TieRow = "tie" {
        /// Its number in this export: `t1`, `t2` …
        tie: Str<'a>,
        /// One actor: of a directed tie the one it starts from.
        from_actor: Str<'a>,
        /// The other actor.
        to_actor: Str<'a>,
        /// Ally, Partner, Agreement, Rival, Hostile, Member, SpeaksFor or Other.
        kind: Str<'a>,
        /// The writer's own word, of a tie of kind Other.
        other: Option<Str<'a>>,
        /// When it began, as written (EDTF).
        since: Option<Str<'a>>,
        /// Its last day, as written (EDTF).
        until: Option<Str<'a>>,
        /// The first day on which it may hold, or nothing if always.
        holds_from: Option<Day>,
        /// The last day on which it may hold, or nothing if still.
        holds_to: Option<Day>,
        /// What the source says.
        quote: Option<Str<'a>>,
        /// Who said it.
        said_by: Option<Str<'a>>,
        /// The place in the source.
        passage: Option<Str<'a>>,
        /// The digit of its Admiralty grade, 1 to 6.
        credibility: Option<i64>,
        /// The source that says that this was wrong.
        withdrawn_in: Option<Str<'a>>,
        /// Whether it is withdrawn, and counts on no day.
        withdrawn: bool,
        /// Anything worth knowing.
        note: Option<Str<'a>>,
        /// The file it was written in, relative to the graph's folder.
        file: Option<Str<'a>>,
        /// The line in that file, from 1.
        line: Option<i64>,
    }
    /// The issues that a tie concerns.
    TieOver, TieOverRow = "tie_over" {
        /// The tie.
        tie: Str<'a>,
        /// Its place in the list, from 0.
        nth: i64,
        /// The issue.
        issue: Str<'a>,
    }
    /// Sourced claims other than statements, meetings and ties.
    Fact, FactRow = "fact" {
        /// Its id.
        fact: Str<'a>,
        /// The claim, in the writer's words.
        text: Option<Str<'a>>,
        /// When it was the case, as written (EDTF).
        date: Option<Str<'a>>,
        /// The first day of its date, else of its earliest source.
        date_from: Option<Day>,
        /// The last such day.
        date_to: Option<Day>,
        /// What the source says.
        quote: Option<Str<'a>>,
        /// Who said it.
        said_by: Option<Str<'a>>,
        /// The place in the source.
        passage: Option<Str<'a>>,
        /// The digit of its Admiralty grade, 1 to 6.
        credibility: Option<i64>,
        /// The source that says that this was wrong.
        withdrawn_in: Option<Str<'a>>,
        /// Whether it is withdrawn, and counts on no day.
        withdrawn: bool,
        /// Anything worth knowing.
        note: Option<Str<'a>>,
        /// The file it was written in, relative to the graph's folder.
        file: Option<Str<'a>>,
        /// The line in that file, from 1.
        line: Option<i64>,
    }
    /// What a fact is about.
    FactAbout, FactAboutRow = "fact_about" {
        /// The fact.
        fact: Str<'a>,
        /// Its place in the list, from 0.
        nth: i64,
        /// The kind of record: actor, issue, meeting, source or fact.
        kind: Str<'a>,
        /// Its id.
        record: Str<'a>,
    }
    /// Where meetings, their earlier statuses, ties and facts are found.
    RecordSource, RecordSourceRow = "record_source" {
        /// The kind of record: meeting, history, tie or fact.
        kind: Str<'a>,
        /// Its id.
        record: Str<'a>,
        /// Its place in the list, from 0.
        nth: i64,
        /// The source.
        source: Str<'a>,
        /// Whether it lends the record support: it is not withdrawn, or all of them are.
        lends: bool,
    }
    /// The tags of records.
    RecordTag, RecordTagRow = "record_tag" {
        /// The kind of record: source, actor, issue, stance, meeting, history, tie or fact.
        kind: Str<'a>,
        /// Its id.
        record: Str<'a>,
        /// Its place in the list, from 0.
        nth: i64,
        /// The tag.
        tag: Str<'a>,
    }
}

impl Table {
    /// Returns the name of its file in a folder of tables, with this ending.
    pub fn file_name(self, ending: &str) -> String {
        format!("{}.{ending}", self.name())
    }

    /// Returns whether it follows from the other tables. It is written for queries, and not read.
    pub fn is_closed(self) -> bool {
        matches!(
            self,
            Table::Schema
                | Table::SourceRoot
                | Table::SourceWithout
                | Table::StanceCounts
                | Table::StanceFolds
                | Table::MeetingHeld
        )
    }
}

/// Passes the rows of the table `schema` to a sink.
///
/// # Errors
/// If the sink can't write them.
pub fn put_schema(sink: &mut dyn Sink) -> io::Result<()> {
    for table in Table::ALL {
        for (nth, column) in (1..).zip(table.columns()) {
            SchemaRow {
                version: VERSION,
                table_name: table.name().into(),
                nth,
                column_name: column.name.into(),
                type_name: column.holds.word().into(),
                is_optional: column.is_optional,
                meaning: column.doc.into(),
            }
            .put(sink)?;
        }
    }
    Ok(())
}
