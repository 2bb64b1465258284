//! The way back: records of the tables that an export wrote. A graph is read whole or not at all: a
//! row left out could turn what the others say into its opposite.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::hash::Hash;

use crate::exchange::finding::{Finding, Findings, Spot};
use crate::exchange::tables::{
    ActorAliasRow, ActorRow, FactAboutRow, FactRow, GraphRow, IssueAliasRow, IssueMarkRow,
    IssueRow, MeetingActorRow, MeetingHistoryRow, MeetingRow, MeetingTopicRow, MemberRow,
    RecordSourceRow, RecordTagRow, Row, SameAsRow, SourceRow, SourceViaRow, StanceActorRow,
    StanceDependsRow, StanceRow, StanceSourceRow, StanceTowardRow, Table, TieOverRow, TieRow,
    VoiceRow,
};
use crate::model::{
    Actor, ActorKind, Date, Document, Earlier, Fact, Issue, Likelihood, Marks, Meeting,
    MeetingKind, MeetingStatus, Position, Records, Reliability, Scale, Source, Stance, Str, Tie,
    TieKind,
};
use crate::syntax::{OneOrMany, Rare};
use crate::words::{either, equally_near, listed};

/// Reads tables row by row.
pub trait Tables {
    /// Returns the rows of a table, each with its line in its file; none if there is no such table.
    /// Rows that can't be read are reported.
    fn rows<R: Row<'static>>(&mut self, found: &mut Findings) -> Vec<(R, usize)>;

    /// Returns the name of a table's file.
    fn name(&self, table: Table) -> String;
}

/// Makes the records of tables. What is wrong is added to `found`; the document then lacks something.
pub fn document(tables: &mut impl Tables, found: &mut Findings) -> Document<'static> {
    let mut back = Back {
        tables,
        found,
        ids: HashMap::new(),
        lacks_ids: false,
    };
    let mut document = Document {
        version: Some(1),
        ..Document::default()
    };
    back.graph(&mut document);
    // Rows first, so that all ids are known when references are looked up.
    let sources = back.rows::<SourceRow<'_>>(|row| Some(&row.source));
    let actors = back.rows::<ActorRow<'_>>(|row| Some(&row.actor));
    let issues = back.rows::<IssueRow<'_>>(|row| Some(&row.issue));
    let meetings = back.rows::<MeetingRow<'_>>(|row| Some(&row.meeting));
    let facts = back.rows::<FactRow<'_>>(|row| Some(&row.fact));
    let stances = back.rows::<StanceRow<'_>>(|_| None);
    let ties = back.rows::<TieRow<'_>>(|_| None);
    back.lacks_ids = !back.found.is_empty();
    let histories = back.rows::<MeetingHistoryRow<'_>>(|_| None);
    let mut tags = back.lists::<RecordTagRow<'_>, _, _>(None, |row| {
        (((row.kind, row.record), row.nth, row.tag), None)
    });
    let mut same_as = back.lists::<SameAsRow<'_>, _, _>(None, |row| {
        (((row.kind, row.record), row.nth, row.same_as), None)
    });
    let of_sources = Some(("source", SOURCES));
    let mut record_sources = back.lists::<RecordSourceRow<'_>, _, _>(of_sources, |row| {
        let source = row.source.clone();
        (((row.kind, row.record), row.nth, row.source), Some(source))
    });
    let mut shared = Shared {
        tags: &mut tags,
        same_as: &mut same_as,
        sources: &mut record_sources,
    };
    document.sources = back.sources(sources, &mut shared);
    document.actors = back.actors(actors, &mut shared);
    document.issues = back.issues(issues, &mut shared);
    document.stances = back.stances(stances, &mut shared);
    document.meetings = back.meetings(meetings, histories, &mut shared);
    document.ties = back.ties(ties, &mut shared);
    document.facts = back.facts(facts, &mut shared);
    back.orphans(Table::RecordTag, &tags);
    back.orphans(Table::SameAs, &same_as);
    back.orphans(Table::RecordSource, &record_sources);
    document
}

/// Lists that rows of one table add to records of another, by what identifies the record: for each
/// item its number in the list, the value and the line.
type Lists<K, V> = HashMap<K, Vec<(i64, V, usize)>>;

/// Lists that a table adds to records of several kinds, by the kind and the id of the record.
type OfAnyKind = Lists<(Str<'static>, Str<'static>), Str<'static>>;

/// Lists that a table adds to records of one kind, by id.
type ById = Lists<Str<'static>, Str<'static>>;

/// The lists that records of all kinds have.
struct Shared<'s> {
    tags: &'s mut OfAnyKind,
    same_as: &'s mut OfAnyKind,
    sources: &'s mut OfAnyKind,
}

/// The tables whose records a reference may name.
type Kinds = &'static [Table];

const SOURCES: Kinds = &[Table::Source];
const ACTORS: Kinds = &[Table::Actor];
const ISSUES: Kinds = &[Table::Issue];
const MEETINGS: Kinds = &[Table::Meeting];
const REASONS: Kinds = &[Table::Fact, Table::Issue, Table::Meeting];
const ANY: Kinds = &[
    Table::Actor,
    Table::Issue,
    Table::Meeting,
    Table::Source,
    Table::Fact,
];

/// The line of a row, in its table.
#[derive(Clone, Copy)]
struct At {
    table: Table,
    line: usize,
}

struct Back<'b, T> {
    tables: &'b mut T,
    found: &'b mut Findings,
    /// The records with ids, by table.
    ids: HashMap<Table, HashSet<Str<'static>>>,
    /// Whether some of them may be unknown, because their rows can't be read.
    lacks_ids: bool,
}

/// What a row of a list adds to a record: what names the record, the number in the list, and the value.
type Item<K, V> = (K, i64, V);

impl<T: Tables> Back<'_, T> {
    fn report(&mut self, at: At, column: &str, message: String, help: Option<String>) {
        let nth = at.table.columns().iter().position(|one| one.name == column);
        self.found.add(Finding {
            spot: Spot {
                table: self.tables.name(at.table),
                line: at.line,
                column: nth.map_or(0, |nth| nth + 1),
                heading: nth.map(|_| column.to_owned()),
                ..Spot::default()
            },
            message,
            help,
        });
    }

    /// Reads a table whose rows are records; `id` returns the id of those that have one.
    fn rows<R: Row<'static>>(&mut self, id: impl Fn(&R) -> Option<&Str<'static>>) -> Vec<(R, At)> {
        let rows = self.tables.rows::<R>(self.found);
        let table = R::TABLE;
        let rows = rows.into_iter();
        let rows: Vec<(R, At)> = rows.map(|(row, line)| (row, At { table, line })).collect();
        let column = table.columns()[0].name;
        for (row, at) in &rows {
            let Some(id) = id(row) else { continue };
            if let Err(refusal) = crate::edit::check_id(id) {
                self.report(
                    *at,
                    column,
                    refusal.message,
                    refusal.help.into_iter().next(),
                );
            }
            if self.ids.values().any(|known| known.contains(id)) {
                let help = "an id is declared once in the whole graph";
                let message = format!("there is another record `{id}`");
                self.report(*at, column, message, Some(help.to_owned()));
            }
            self.ids.entry(table).or_default().insert(id.clone());
        }
        rows
    }

    /// Reads a table that adds to the lists of records in others.
    fn lists<R: Row<'static>, K: Eq + Hash, V>(
        &mut self,
        refers: Option<(&'static str, Kinds)>,
        of: impl Fn(R) -> (Item<K, V>, Option<Str<'static>>),
    ) -> Lists<K, V> {
        let mut lists: Lists<K, V> = HashMap::new();
        for (row, line) in self.tables.rows::<R>(self.found) {
            let ((record, nth, value), named) = of(row);
            if let (Some((column, kinds)), Some(named)) = (refers, named) {
                self.refer(
                    At {
                        table: R::TABLE,
                        line,
                    },
                    column,
                    kinds,
                    &named,
                );
            }
            lists.entry(record).or_default().push((nth, value, line));
        }
        lists
    }

    /// Reports rows of a list that belong to no record of a table.
    fn left_over<V>(&mut self, table: Table, lists: &Lists<Str<'static>, V>) {
        let column = table.columns()[0].name;
        self.lost(table, column, lists, |record| {
            format!("there is no {column} `{record}`")
        });
    }

    /// Reports rows of a list that belong to no record of any kind.
    fn orphans(&mut self, table: Table, lists: &OfAnyKind) {
        self.lost(table, "record", lists, |(kind, record)| {
            format!("there is no {kind} `{record}`")
        });
    }

    fn lost<K, V>(
        &mut self,
        table: Table,
        column: &str,
        lists: &Lists<K, V>,
        message: impl Fn(&K) -> String,
    ) {
        if self.lacks_ids {
            return;
        }
        let mut lost: Vec<(usize, &K)> = Vec::new();
        for (record, list) in lists {
            lost.extend(list.iter().map(|(.., line)| (*line, record)));
        }
        lost.sort_unstable_by_key(|(line, _)| *line);
        for (line, record) in lost {
            self.report(At { table, line }, column, message(record), None);
        }
    }

    /// Reports a reference to a record that does not exist.
    fn refer(&mut self, at: At, column: &str, kinds: Kinds, id: &str) {
        let known = |table: &Table| self.ids.get(table).is_some_and(|ids| ids.contains(id));
        // What a row that can't be read declares is not missing as well.
        if self.lacks_ids || kinds.iter().any(known) {
            return;
        }
        let all = kinds.iter().filter_map(|table| self.ids.get(table));
        let all = all.flatten().map(AsRef::as_ref);
        let near = equally_near(id, all);
        let help = (!near.is_empty()).then(|| format!("did you mean {}?", either(near.iter())));
        let nouns: Vec<&str> = kinds.iter().map(|table| table.name()).collect();
        let noun = match nouns[..] {
            [.., _, _, _, _] => "record".to_owned(),
            _ => nouns.join(" or "),
        };
        let message = format!("there is no {noun} `{id}`");
        self.report(at, column, message, help);
    }

    fn refer_to(&mut self, at: At, column: &str, kinds: Kinds, id: &Option<Str<'static>>) {
        if let Some(id) = id {
            self.refer(at, column, kinds, id);
        }
    }

    fn required(&mut self, at: At, column: &str, text: Option<Str<'static>>) -> Str<'static> {
        text.filter(|text| !text.is_empty()).unwrap_or_else(|| {
            self.report(at, column, format!("no `{column}`"), None);
            Cow::Borrowed("")
        })
    }

    fn date(&mut self, at: At, column: &str, text: &Option<Str<'static>>) -> Option<Date> {
        let text = text.as_ref()?;
        let date: Result<Date, _> = text.parse();
        if let Err(error) = &date {
            self.report(at, column, error.to_string(), None);
        }
        date.ok()
    }

    /// Returns the value of a word of the format.
    fn word<W: Copy>(
        &mut self,
        at: At,
        column: &str,
        text: &Option<Str<'static>>,
        (all, words): (&[W], &[&str]),
    ) -> Option<W> {
        let text = text.as_ref()?;
        let nth = words.iter().position(|word| word == text);
        if nth.is_none() {
            self.not_a_word(at, column, text, words);
        }
        nth.and_then(|nth| all.get(nth).copied())
    }

    fn not_a_word(&mut self, at: At, column: &str, text: &str, words: &[&str]) {
        let near = equally_near(text, words.iter().copied());
        let help = match near.is_empty() {
            true => format!("it is one of {}", listed(words.iter())),
            false => format!("did you mean {}?", either(near.iter())),
        };
        self.report(at, column, format!("unknown {column} `{text}`"), Some(help));
    }

    fn whole(&mut self, at: At, column: &str, number: Option<i64>) -> Option<u32> {
        let number = number?;
        let whole = u32::try_from(number);
        if whole.is_err() {
            self.report(at, column, format!("`{number}` is out of range"), None);
        }
        whole.ok()
    }

    fn graph(&mut self, document: &mut Document<'static>) {
        let rows = self.rows::<GraphRow<'_>>(|_| None);
        if let Some((_, at)) = rows.get(1) {
            self.report(*at, "title", "a graph has one row".to_owned(), None);
        }
        let Some((row, _)) = rows.into_iter().next() else {
            return;
        };
        document.title = row.title;
        document.note = row.note;
        document.as_of = row.as_of.and_then(crate::model::Day::date);
        let codes = row.allow.unwrap_or_default();
        let codes: Vec<Str<'static>> = codes
            .split(' ')
            .map(|code| code.to_owned().into())
            .collect();
        if codes.iter().any(|code| !code.is_empty()) {
            document.allow = OneOrMany::Many(codes.into());
        }
    }

    fn sources(
        &mut self,
        rows: Vec<(SourceRow<'static>, At)>,
        shared: &mut Shared<'_>,
    ) -> Records<'static, Source<'static>> {
        let mut via = self.lists::<SourceViaRow<'_>, _, _>(Some(("via", SOURCES)), |row| {
            ((row.source, row.nth, row.via.clone()), Some(row.via))
        });
        let mut records = Records::default();
        for (row, at) in rows {
            self.refer_to(at, "withdrawn_in", SOURCES, &row.withdrawn_in);
            let id = row.source;
            let source = Source {
                title: self.required(at, "title", row.title),
                publisher: row.publisher,
                date: self.date(at, "date", &row.date),
                url: row.url,
                via: one_or_many(via.remove(&id)),
                reliability: self.word(
                    at,
                    "reliability",
                    &row.reliability,
                    (Reliability::ALL, Reliability::WORDS),
                ),
                text: row.text,
                withdrawn_in: Rare::of(row.withdrawn_in),
                same_as: shared.same_as("source", &id),
                note: Rare::of(row.note),
                tags: shared.tags("source", &id),
            };
            records.0.push((id, source));
        }
        self.left_over(Table::SourceVia, &via);
        records
    }

    fn actors(
        &mut self,
        rows: Vec<(ActorRow<'static>, At)>,
        shared: &mut Shared<'_>,
    ) -> Records<'static, Actor<'static>> {
        let mut aliases = self
            .lists::<ActorAliasRow<'_>, _, _>(None, |row| ((row.actor, row.nth, row.alias), None));
        // Rows of ties are in the table of ties.
        let mut voices = self.lists::<VoiceRow<'_>, _, _>(Some(("principal", ACTORS)), |row| {
            let nth = row.nth.filter(|_| row.tie.is_none()).unwrap_or(-1);
            (
                (row.speaker, nth, row.principal.clone()),
                Some(row.principal),
            )
        });
        let mut members = self.lists::<MemberRow<'_>, _, _>(Some(("member", ACTORS)), |row| {
            let nth = row.nth.filter(|_| row.tie.is_none()).unwrap_or(-1);
            ((row.whole, nth, row.member.clone()), Some(row.member))
        });
        let own = |list: Option<Vec<(i64, Str<'static>, usize)>>| {
            let mut list = list.unwrap_or_default();
            list.retain(|(nth, ..)| *nth >= 0);
            Some(list)
        };
        let mut records = Records::default();
        for (row, at) in rows {
            let id = row.actor;
            let kind = self.word(at, "kind", &row.kind, (ActorKind::ALL, ActorKind::WORDS));
            if row.kind.is_none() {
                self.report(at, "kind", "no `kind`".to_owned(), None);
            }
            let actor = Actor {
                name: self.required(at, "name", row.name),
                kind: kind.unwrap_or_default(),
                aliases: sorted(aliases.remove(&id)),
                role: row.role,
                speaks_for: one_or_many(own(voices.remove(&id))),
                members: sorted(own(members.remove(&id))),
                power: row.power,
                same_as: shared.same_as("actor", &id),
                note: Rare::of(row.note),
                tags: shared.tags("actor", &id),
            };
            records.0.push((id, actor));
        }
        self.left_over(Table::ActorAlias, &aliases);
        self.left_over(Table::Voice, &voices);
        self.left_over(Table::Member, &members);
        records
    }

    fn issues(
        &mut self,
        rows: Vec<(IssueRow<'static>, At)>,
        shared: &mut Shared<'_>,
    ) -> Records<'static, Issue<'static>> {
        let mut aliases = self
            .lists::<IssueAliasRow<'_>, _, _>(None, |row| ((row.issue, row.nth, row.alias), None));
        let mut marks = self.lists::<IssueMarkRow<'_>, _, _>(None, |row| {
            ((row.issue, row.nth, (row.number, row.meaning)), None)
        });
        let mut records = Records::default();
        for (row, at) in rows {
            self.refer_to(at, "part_of", ISSUES, &row.part_of);
            let id = row.issue;
            let marks = Marks(sorted(marks.remove(&id)));
            let scale = match (row.scale_from, row.scale_to) {
                (Some(from), Some(to)) => Some(Scale { from, to, marks }),
                (None, None) => None,
                (from, _) => {
                    let column = if from.is_some() {
                        "scale_to"
                    } else {
                        "scale_from"
                    };
                    self.report(at, column, "a scale has two ends".to_owned(), None);
                    None
                }
            };
            let issue = Issue {
                name: self.required(at, "name", row.name),
                question: row.question,
                aliases: sorted(aliases.remove(&id)),
                part_of: row.part_of,
                levels: self.whole(at, "levels", row.levels),
                scale,
                status_quo: row.status_quo,
                outcome: row.outcome,
                decided: self.date(at, "decided", &row.decided),
                same_as: shared.same_as("issue", &id),
                note: Rare::of(row.note),
                tags: shared.tags("issue", &id),
            };
            records.0.push((id, issue));
        }
        self.left_over(Table::IssueAlias, &aliases);
        self.left_over(Table::IssueMark, &marks);
        records
    }

    fn position(
        &mut self,
        at: At,
        word: &Option<Str<'static>>,
        number: Option<f64>,
    ) -> Option<Position> {
        let word = word.as_deref()?;
        match (Position::plain(word), number) {
            (Some(position), None) => return Some(position),
            (Some(_), Some(_)) => {
                let message = format!("only a position `At` has a number, not `{word}`");
                self.report(at, "number", message, None);
            }
            (None, Some(number)) if word == "At" => return Some(Position::At(number)),
            (None, None) if word == "At" => {
                let message = "a position `At` has a number".to_owned();
                self.report(at, "number", message, None);
            }
            (None, _) => self.not_a_word(at, "position", word, Position::WORDS),
        }
        None
    }

    fn stances(
        &mut self,
        rows: Vec<(StanceRow<'static>, At)>,
        shared: &mut Shared<'_>,
    ) -> Vec<Stance<'static>> {
        let mut actors = self.lists::<StanceActorRow<'_>, _, _>(Some(("actor", ACTORS)), |row| {
            ((row.stance, row.nth, row.actor.clone()), Some(row.actor))
        });
        let mut sources = self
            .lists::<StanceSourceRow<'_>, _, _>(Some(("source", SOURCES)), |row| {
                ((row.stance, row.nth, row.source.clone()), Some(row.source))
            });
        let mut toward = self.lists::<StanceTowardRow<'_>, _, _>(Some(("actor", ACTORS)), |row| {
            ((row.stance, row.nth, row.actor.clone()), Some(row.actor))
        });
        let mut depends = self.lists::<StanceDependsRow<'_>, _, _>(
            Some(("record", &[Table::Actor, Table::Issue])),
            |row| ((row.stance, row.nth, row.record.clone()), Some(row.record)),
        );
        let mut stances = Vec::with_capacity(rows.len());
        for (row, at) in rows {
            let name = row.stance;
            self.refer(at, "issue", ISSUES, &row.issue);
            self.refer_to(at, "said_by", ACTORS, &row.said_by);
            self.refer_to(at, "withdrawn_in", SOURCES, &row.withdrawn_in);
            let actor = one_or_many(actors.remove(&name));
            if actor.as_slice().is_empty() {
                let help = "its actors are in the table `stance_actor`".to_owned();
                self.report(at, "stance", format!("`{name}` has no actor"), Some(help));
            }
            stances.push(Stance {
                actor,
                issue: row.issue,
                position: self.position(at, &row.position, row.number),
                condition: Rare::of(row.condition),
                depends_on: sorted(depends.remove(&name)),
                toward: one_or_many(toward.remove(&name)),
                salience: row.salience,
                power: row.power,
                summary: row.summary,
                quote: Rare::of(row.quote),
                said_by: Rare::of(row.said_by),
                date: self.date(at, "date", &row.date),
                until: self.date(at, "until", &row.until),
                source: one_or_many(sources.remove(&name)),
                at: Rare::of(row.passage),
                credibility: self.whole(at, "credibility", row.credibility),
                withdrawn_in: Rare::of(row.withdrawn_in),
                note: Rare::of(row.note),
                tags: shared.tags("stance", &name),
            });
        }
        self.left_over(Table::StanceActor, &actors);
        self.left_over(Table::StanceSource, &sources);
        self.left_over(Table::StanceToward, &toward);
        self.left_over(Table::StanceDepends, &depends);
        stances
    }

    fn meetings(
        &mut self,
        rows: Vec<(MeetingRow<'static>, At)>,
        histories: Vec<(MeetingHistoryRow<'static>, At)>,
        shared: &mut Shared<'_>,
    ) -> Records<'static, Meeting<'static>> {
        let mut parts = self.parts_in_meetings();
        let mut topics = self.lists::<MeetingTopicRow<'_>, _, _>(Some(("issue", ISSUES)), |row| {
            ((row.meeting, row.nth, row.issue.clone()), Some(row.issue))
        });
        let mut earlier = self.earlier(histories, shared);
        let mut records = Records::default();
        for (row, at) in rows {
            self.refer_to(at, "part_of", MEETINGS, &row.part_of);
            self.refer_to(at, "because", REASONS, &row.because);
            self.refer_to(at, "said_by", ACTORS, &row.said_by);
            self.refer_to(at, "withdrawn_in", SOURCES, &row.withdrawn_in);
            let id = row.meeting;
            let [participants, invited, declined, host] =
                parts.each_mut().map(|part| sorted(part.remove(&id)));
            if let Some(second) = host.get(1) {
                self.report(at, "host", format!("`{second}` is a second host"), None);
            }
            let status = (MeetingStatus::ALL, MeetingStatus::WORDS);
            let status = self.word(at, "status", &row.status, status);
            if row.status.is_none() {
                self.report(at, "status", "no `status`".to_owned(), None);
            }
            let likely = (Likelihood::ALL, Likelihood::WORDS);
            let meeting = Meeting {
                title: self.required(at, "title", row.title),
                kind: self.word(
                    at,
                    "kind",
                    &row.kind,
                    (MeetingKind::ALL, MeetingKind::WORDS),
                ),
                status: status.unwrap_or_default(),
                date: self.date(at, "date", &row.date),
                place: row.place,
                host: host.into_iter().next(),
                participants,
                invited,
                declined,
                topics: sorted(topics.remove(&id)),
                part_of: row.part_of,
                earlier: sorted(earlier.remove(&id)),
                on: self.date(at, "set_on", &row.set_on),
                because: Rare::of(row.because),
                likelihood: self.word(at, "likelihood", &row.likelihood, likely),
                outcome: Rare::of(row.outcome),
                quote: Rare::of(row.quote),
                said_by: Rare::of(row.said_by),
                source: shared.sources("meeting", &id),
                at: Rare::of(row.passage),
                credibility: self.whole(at, "credibility", row.credibility),
                withdrawn_in: Rare::of(row.withdrawn_in),
                same_as: shared.same_as("meeting", &id),
                note: Rare::of(row.note),
                tags: shared.tags("meeting", &id),
            };
            records.0.push((id, meeting));
        }
        for part in &parts {
            self.left_over(Table::MeetingActor, part);
        }
        self.left_over(Table::MeetingTopic, &topics);
        self.left_over(Table::MeetingHistory, &earlier);
        records
    }

    /// Reads which actors take part in meetings, are invited, declined or are hosts, in this order.
    fn parts_in_meetings(&mut self) -> [ById; 4] {
        const PARTS: [&str; 4] = ["participant", "invited", "declined", "host"];
        let mut parts: [ById; 4] = Default::default();
        for (row, line) in self.tables.rows::<MeetingActorRow<'_>>(self.found) {
            let at = At {
                table: Table::MeetingActor,
                line,
            };
            self.refer(at, "actor", ACTORS, &row.actor);
            match PARTS.iter().position(|part| *part == row.part) {
                Some(nth) => {
                    let list = parts[nth].entry(row.meeting).or_default();
                    list.push((row.nth, row.actor, line));
                }
                None => self.not_a_word(at, "part", &row.part, &PARTS),
            }
        }
        parts
    }

    /// Returns the earlier statuses by meeting.
    fn earlier(
        &mut self,
        rows: Vec<(MeetingHistoryRow<'static>, At)>,
        shared: &mut Shared<'_>,
    ) -> Lists<Str<'static>, Earlier<'static>> {
        let mut earlier: Lists<_, _> = HashMap::new();
        for (row, at) in rows {
            let (meeting, nth) = (row.meeting.clone(), row.nth);
            let status = self.earlier_status(row, at, shared);
            let list = earlier.entry(meeting).or_default();
            list.push((nth, status, at.line));
        }
        earlier
    }

    fn earlier_status(
        &mut self,
        row: MeetingHistoryRow<'static>,
        at: At,
        shared: &mut Shared<'_>,
    ) -> Earlier<'static> {
        self.refer_to(at, "because", REASONS, &row.because);
        self.refer_to(at, "said_by", ACTORS, &row.said_by);
        self.refer_to(at, "withdrawn_in", SOURCES, &row.withdrawn_in);
        let status = (MeetingStatus::ALL, MeetingStatus::WORDS);
        Earlier {
            date: self.date(at, "date", &row.date),
            status: self
                .word(at, "status", &Some(row.status), status)
                .unwrap_or_default(),
            on: self.date(at, "set_on", &row.set_on),
            because: Rare::of(row.because),
            quote: Rare::of(row.quote),
            said_by: Rare::of(row.said_by),
            source: shared.sources("history", &row.history),
            at: Rare::of(row.passage),
            credibility: self.whole(at, "credibility", row.credibility),
            withdrawn_in: Rare::of(row.withdrawn_in),
            note: Rare::of(row.note),
            tags: shared.tags("history", &row.history),
        }
    }

    fn tie_kind(&mut self, at: At, kind: &str, other: Option<Str<'static>>) -> TieKind<'static> {
        match (TieKind::plain(kind), other) {
            (Some(kind), None) => return kind,
            (Some(_), Some(_)) => {
                let message = format!("only a tie of kind `Other` has a word, not `{kind}`");
                self.report(at, "other", message, None);
            }
            (None, Some(word)) if kind == "Other" => return TieKind::Other(word),
            (None, None) if kind == "Other" => {
                let message = "a tie of kind `Other` has a word".to_owned();
                self.report(at, "other", message, None);
            }
            (None, _) => self.not_a_word(at, "kind", kind, TieKind::WORDS),
        }
        TieKind::default()
    }

    fn ties(
        &mut self,
        rows: Vec<(TieRow<'static>, At)>,
        shared: &mut Shared<'_>,
    ) -> Vec<Tie<'static>> {
        let mut over = self.lists::<TieOverRow<'_>, _, _>(Some(("issue", ISSUES)), |row| {
            ((row.tie, row.nth, row.issue.clone()), Some(row.issue))
        });
        let mut ties = Vec::with_capacity(rows.len());
        for (row, at) in rows {
            self.refer(at, "from_actor", ACTORS, &row.from_actor);
            self.refer(at, "to_actor", ACTORS, &row.to_actor);
            self.refer_to(at, "said_by", ACTORS, &row.said_by);
            self.refer_to(at, "withdrawn_in", SOURCES, &row.withdrawn_in);
            ties.push(Tie {
                from: row.from_actor,
                to: row.to_actor,
                kind: self.tie_kind(at, &row.kind, row.other),
                since: self.date(at, "since", &row.since),
                until: self.date(at, "until", &row.until),
                over: sorted(over.remove(&row.tie)),
                quote: Rare::of(row.quote),
                said_by: Rare::of(row.said_by),
                source: shared.sources("tie", &row.tie),
                at: Rare::of(row.passage),
                credibility: self.whole(at, "credibility", row.credibility),
                withdrawn_in: Rare::of(row.withdrawn_in),
                note: Rare::of(row.note),
                tags: shared.tags("tie", &row.tie),
            });
        }
        self.left_over(Table::TieOver, &over);
        ties
    }

    fn facts(
        &mut self,
        rows: Vec<(FactRow<'static>, At)>,
        shared: &mut Shared<'_>,
    ) -> Records<'static, Fact<'static>> {
        let mut about = self.lists::<FactAboutRow<'_>, _, _>(Some(("record", ANY)), |row| {
            ((row.fact, row.nth, row.record.clone()), Some(row.record))
        });
        let mut records = Records::default();
        for (row, at) in rows {
            self.refer_to(at, "said_by", ACTORS, &row.said_by);
            self.refer_to(at, "withdrawn_in", SOURCES, &row.withdrawn_in);
            let id = row.fact;
            let fact = Fact {
                text: self.required(at, "text", row.text),
                about: sorted(about.remove(&id)),
                date: self.date(at, "date", &row.date),
                quote: Rare::of(row.quote),
                said_by: Rare::of(row.said_by),
                source: shared.sources("fact", &id),
                at: Rare::of(row.passage),
                credibility: self.whole(at, "credibility", row.credibility),
                withdrawn_in: Rare::of(row.withdrawn_in),
                note: Rare::of(row.note),
                tags: shared.tags("fact", &id),
            };
            records.0.push((id, fact));
        }
        self.left_over(Table::FactAbout, &about);
        records
    }
}

impl Shared<'_> {
    fn tags(&mut self, kind: &'static str, id: &Str<'static>) -> Vec<Str<'static>> {
        sorted(self.tags.remove(&(kind.into(), id.clone())))
    }

    fn same_as(&mut self, kind: &'static str, id: &Str<'static>) -> Vec<Str<'static>> {
        sorted(self.same_as.remove(&(kind.into(), id.clone())))
    }

    fn sources(&mut self, kind: &'static str, id: &Str<'static>) -> OneOrMany<'static> {
        one_or_many(self.sources.remove(&(kind.into(), id.clone())))
    }
}

/// Returns the values of a list in their order.
fn sorted<V>(list: Option<Vec<(i64, V, usize)>>) -> Vec<V> {
    let mut list = list.unwrap_or_default();
    list.sort_by_key(|(nth, ..)| *nth);
    list.into_iter().map(|(_, value, _)| value).collect()
}

fn one_or_many(list: Option<Vec<(i64, Str<'static>, usize)>>) -> OneOrMany<'static> {
    OneOrMany::of(sorted(list))
}
