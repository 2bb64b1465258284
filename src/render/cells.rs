//! Words for a cell, and for the records an answer rests on.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use crate::graph::{Actor, ActorId, Basis, Claim, Entity, Fate, Graph, SourceId, Stance, Verdict};
use crate::model::Date;
use crate::query::{Answer, Cell, Evidence, Figure, Stand, Value, first_basis};
use crate::render::Places;
use crate::syntax::Rare;
use crate::words::{counted, first_few, one_line};

/// The most things named in one cell or in the summary of a record.
pub(super) const MOST: usize = 40;

/// Returns a cell in words, naming at most `most` of several things.
pub(super) fn words_of(graph: &Graph, places: &Places<'_>, cell: &Cell, most: usize) -> String {
    match cell {
        Cell::Nothing | Cell::Zero => String::new(),
        Cell::Text(text) => one_line(text),
        Cell::Word(word) => one_line(&word.words),
        Cell::Words(words) => {
            let words: Vec<&str> = words.iter().map(|word| word.words.as_ref()).collect();
            one_line(&words.join(", "))
        }
        Cell::Number(number) => rounded(*number),
        Cell::Assumed(number) => format!("{} (not known)", rounded(*number)),
        Cell::Date(date) => date.words(),
        Cell::Thing(entity) => one_line(called(graph, *entity)),
        Cell::Things(things) => names_of(graph, things, most),
        Cell::Said(said) => one_line(&said.words()),
        Cell::Stands(stand) => {
            let basis = stand.basis.map(|basis| format!(" {}", basis_words(basis)));
            let offers = stand
                .offers
                .iter()
                .map(|offer| format!("; {}", offer.words()));
            let words = stands(stand) + &basis.unwrap_or_default();
            one_line(&(words + &offers.collect::<String>()))
        }
        Cell::Places(several) => {
            let lines = first_few(several, most, |place| places.line(*place));
            one_line(&lines.join(", "))
        }
    }
}

/// Joins the names of things, at most `most` of them.
fn names_of(graph: &Graph, things: &[Entity], most: usize) -> String {
    first_few(things, most, |entity| one_line(called(graph, *entity))).join(", ")
}

/// Formats a number for people: at most three decimals, and a huge one with its power of ten.
pub(super) fn rounded(number: f64) -> String {
    if number.abs() >= 1e15 {
        return format!("{number:e}");
    }
    let text = format!("{number:.3}");
    let text = text.trim_end_matches('0').trim_end_matches('.');
    if text == "-0" {
        "0".to_owned()
    } else {
        text.to_owned()
    }
}

/// Returns a matrix cell in words.
pub(super) fn figure_words(figure: Figure) -> String {
    match (figure.value, figure.sides) {
        (_, Some((same, opposite))) => format!("{same} : {opposite}"),
        (Value::Number(number), None) => rounded(number),
        (Value::Word(word), None) => word.word().to_owned(),
    }
}

/// Returns a matrix cell in words, with the number of records it rests on.
pub(super) fn with_basis(figure: Figure) -> String {
    match figure.sides {
        Some(_) => figure_words(figure),
        None => format!("{} ({})", figure_words(figure), figure.on),
    }
}

/// Returns what answers call a thing: its name, or the id of a source or fact, whose titles are
/// long.
fn called(graph: &Graph, entity: Entity) -> &str {
    match entity {
        Entity::Source(_) | Entity::Fact(_) => graph.id(entity),
        _ => graph.name(entity),
    }
}

/// Explains [`basis_words`] at the foot of an answer, by the first that it shows: `In brackets, as in
/// [2/1,14d,B2]: 2 statements, 1 independent source, the newest 14 days old, the best graded B2.`
pub(super) fn brackets(answer: &dyn Answer) -> Option<String> {
    let basis = first_basis(answer)?;
    let mut parts = vec![
        counted(basis.statements, "statement"),
        counted(basis.independent, "independent source"),
    ];
    parts.extend(basis.age.map(|days| match age(days) {
        (0, _) => "the newest made on the day asked about".to_owned(),
        (count, unit) => format!("the newest {} old", counted(count as usize, unit)),
    }));
    parts.extend(basis.grade.map(|grade| format!("the best graded {grade}")));
    Some(format!(
        "In brackets, as in {}: {}.",
        basis_words(basis),
        parts.join(", ")
    ))
}

/// Returns the basis of a position in its shortest form: `[2/1,3y,B2]`.
fn basis_words(basis: Basis) -> String {
    let age = basis
        .age
        .map(|days| format!(",{}", age_words(days)))
        .unwrap_or_default();
    let grade = basis
        .grade
        .map(|grade| format!(",{grade}"))
        .unwrap_or_default();
    format!("[{}/{}{age}{grade}]", basis.statements, basis.independent)
}

/// Formats an age: `3d`, `5mo`, `3y`.
fn age_words(days: u32) -> String {
    let (count, unit) = age(days);
    let unit = match unit {
        "month" => "mo",
        unit => &unit[..1],
    };
    format!("{count}{unit}")
}

/// Returns an age in days, months or years, whichever still tells ages apart.
fn age(days: u32) -> (u64, &'static str) {
    let days = u64::from(days);
    match days {
        0..60 => (days, "day"),
        60..730 => (days * 12 / 365, "month"),
        _ => (days * 100 / 36_525, "year"),
    }
}

/// Returns a verdict in words; a contested one lists the positions stated.
pub(super) fn stands(stand: &Stand) -> String {
    match stand.verdict {
        Verdict::Contested => {
            let said: Vec<String> = stand.said.iter().map(|position| position.word()).collect();
            format!("{}: {}", stand.verdict.word(), said.join(" / "))
        }
        verdict => verdict.word(),
    }
}

/// The content of a record behind an answer. Quotes, passages and notes keep their line breaks.
#[derive(Debug, Default)]
pub(super) struct Record {
    /// The statement in the analyst's words.
    pub(super) summary: String,
    /// The statement in the source's words.
    pub(super) quote: String,
    /// Who said it, where that is recorded.
    pub(super) said_by: Option<Entity>,
    /// When it was said, or what a meeting's or tie's date is.
    pub(super) date: Option<Date>,
    /// The sources it is found in.
    pub(super) sources: Vec<SourceId>,
    /// The passage in the source.
    pub(super) at: String,
    /// The status of a statement, or `None` if it is in force.
    pub(super) fate: Option<Fate>,
    /// Whom and what an offer depends on.
    pub(super) depends_on: Vec<Entity>,
    /// The sources that withdrew it.
    pub(super) withdrawn_in: Vec<SourceId>,
    /// The same with their dates, in words; empty if it stands.
    pub(super) withdrawn: String,
    /// The analyst's note.
    pub(super) note: String,
}

impl Record {
    /// Returns what records of every kind say: by whom, in which sources, and in which words, the
    /// quote, the passage and the note.
    fn of(
        graph: &Graph,
        claim: Claim<'_>,
        said_by: Option<ActorId>,
        words: [Rare<'_>; 3],
    ) -> Record {
        let [quote, at, note] = words.map(|text| text.as_deref().unwrap_or_default().to_owned());
        Record {
            quote,
            said_by: said_by.map(Entity::Actor),
            sources: claim.sources.to_vec(),
            at,
            withdrawn_in: graph.withdrawn_by(claim),
            withdrawn: graph.withdrawal_words(claim),
            note,
            ..Record::default()
        }
    }
}

/// Reads the records behind answers; keeps long ones, which many rows may rest on.
#[derive(Debug)]
pub(super) struct Records<'g> {
    graph: &'g Graph,
    long: Mutex<HashMap<Evidence, Arc<Record>>>,
}

/// The length in bytes from which a record is kept; shorter ones are read again faster.
const LONG: u32 = 2000;

impl<'g> Records<'g> {
    pub(super) fn new(graph: &'g Graph) -> Records<'g> {
        Records {
            graph,
            long: Mutex::default(),
        }
    }

    /// Returns the content of a record, from the cache if it is long.
    pub(super) fn read(&self, evidence: Evidence) -> Arc<Record> {
        let read = || Arc::new(read(self.graph, evidence));
        let span = evidence.place(self.graph).span;
        if span.end - span.start < LONG {
            return read();
        }
        // What a thread that panicked left is whole.
        let mut long = self.long.lock().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(long.entry(evidence).or_insert_with(read))
    }

    /// Returns a record in a line: what it says, and in brackets its date, sources, passage, place
    /// and status.
    pub(super) fn line(&self, evidence: Evidence, place: Option<String>) -> String {
        let record = self.read(evidence);
        let mut line = record.summary.clone();
        if !record.quote.is_empty() {
            line += &format!(": “{}”", record.quote);
        }
        if let Some(by) = record.said_by {
            line += &format!(", said by {}", self.graph.name(by));
        }
        let sources: Vec<&str> = record
            .sources
            .iter()
            .map(|id| self.graph[*id].id.as_ref())
            .collect();
        let sources = match sources.is_empty() {
            true if evidence.is_claim() => Some("no source".to_owned()),
            true => None,
            false => Some(sources.join(", ")),
        };
        let at = Some(record.at.clone()).filter(|at| !at.is_empty());
        let depends = names_of(self.graph, &record.depends_on, MOST);
        let depends = (!depends.is_empty()).then(|| format!("depends on {depends}"));
        let fate = match record.withdrawn.is_empty() {
            true => record.fate.map(|fate| fate.word().to_owned()),
            false => Some(record.withdrawn.clone()),
        };
        let origin = [
            record.date.map(Date::words),
            sources,
            at,
            place,
            depends,
            fate,
        ];
        let origin: Vec<String> = origin.into_iter().flatten().collect();
        match origin.is_empty() {
            true => line,
            false => format!("{line} ({})", origin.join("; ")),
        }
    }
}

/// Reads the content of a record.
fn read(graph: &Graph, evidence: Evidence) -> Record {
    match evidence {
        Evidence::Stance(id, fate) => {
            let stance = &graph[id];
            let written = graph.written_stance(stance.place);
            let words = [written.quote, written.at, written.note];
            let summary = match written.summary {
                Some(summary) => one_line(&summary).trim().to_owned(),
                None => stance_words(graph, stance),
            };
            Record {
                summary,
                date: graph.stance_date(stance),
                fate: Some(fate).filter(|fate| *fate != Fate::InForce),
                depends_on: stance.depends_on().to_vec(),
                ..Record::of(graph, stance.claim(), stance.said_by(), words)
            }
        }
        Evidence::Tie(id) => {
            let tie = &graph[id];
            let written = graph.written_tie(tie.place);
            let words = [written.quote, written.at, written.note];
            let name = |actor: ActorId| one_line(&graph[actor].name);
            Record {
                summary: format!("{} – {}: {}", name(tie.from), name(tie.to), tie.kind.word()),
                date: tie.since,
                ..Record::of(graph, tie.claim(), tie.said_by, words)
            }
        }
        Evidence::Thing(Entity::Meeting(id)) => {
            let meeting = &graph[id];
            let written = graph.written_meeting_as_told(meeting);
            let words = [written.quote, written.at, written.note];
            let (title, status) = (one_line(&meeting.title), meeting.status_words());
            let outcome = written.outcome.into_option();
            let outcome = outcome.map(|outcome| format!(": {}", one_line(&outcome)));
            let said_by = meeting.more.as_ref().and_then(|more| more.said_by);
            Record {
                summary: format!("{title} ({status}){}", outcome.unwrap_or_default()),
                date: meeting.date,
                ..Record::of(graph, meeting.claim(), said_by, words)
            }
        }
        Evidence::Thing(Entity::Fact(id)) => {
            let fact = &graph[id];
            let written = graph.written_fact(fact.place);
            let words = [written.quote, written.at, written.note];
            Record {
                summary: one_line(&written.text),
                date: graph.fact_date(fact),
                ..Record::of(graph, fact.claim(), fact.said_by, words)
            }
        }
        Evidence::Thing(entity) => Record {
            summary: declared(graph, entity),
            ..Record::default()
        },
    }
}

/// Returns what a stance says, in words made of its position and its issue.
fn stance_words(graph: &Graph, stance: &Stance) -> String {
    let issue = &graph[stance.issue].name;
    match (stance.position, stance.condition()) {
        (None, _) => format!("{} {issue}", Verdict::Unknown.word()),
        (Some(position), None) => format!("{} {issue}", position.word()),
        (Some(position), Some(condition)) => {
            format!("{issue}: {}", one_line(&position.would(condition)))
        }
    }
}

/// Summarizes the record of an actor, an issue or a source.
fn declared(graph: &Graph, entity: Entity) -> String {
    let mut summary = format!("{} as declared", one_line(graph.name(entity)));
    if let Entity::Actor(id) = entity {
        let names = |actors: &[ActorId]| {
            let things: Vec<Entity> = actors.iter().map(|id| Entity::Actor(*id)).collect();
            names_of(graph, &things, MOST)
        };
        let Actor {
            speaks_for,
            members,
            ..
        } = &graph[id];
        if !speaks_for.is_empty() {
            summary += &format!(": speaks for {}", names(speaks_for));
        }
        if !members.is_empty() {
            summary += &format!(": its members are {}", names(members));
        }
    }
    summary
}
