//! Words for a cell, and for the records an answer rests on.

use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

use crate::graph::{Actor, ActorId, Basis, Entity, Fate, Graph, SourceId, Verdict};
use crate::model::{Date, Str};
use crate::query::{Answer, Cell, Evidence, Figure, Stand, Value, first_basis};
use crate::render::Places;
use crate::words::{counted, one_line};

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
            let mut named: Vec<String> = several
                .iter()
                .take(most)
                .map(|place| places.line(*place))
                .collect();
            if several.len() > most {
                named.push(format!("and {} more", several.len() - most));
            }
            one_line(&named.join(", "))
        }
    }
}

/// Joins the names of things, at most `most` of them.
fn names_of(graph: &Graph, things: &[Entity], most: usize) -> String {
    let named = things.iter().take(most);
    let mut names: Vec<String> = named
        .map(|entity| one_line(called(graph, *entity)))
        .collect();
    if things.len() > most {
        names.push(format!("and {} more", things.len() - most));
    }
    names.join(", ")
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
    let mut told = vec![
        counted(basis.statements, "statement"),
        counted(basis.independent, "independent source"),
    ];
    told.extend(basis.age.map(|days| match age(days) {
        (0, _) => "the newest made on the day asked about".to_owned(),
        (count, unit) => format!("the newest {} old", counted(count as usize, unit)),
    }));
    told.extend(basis.grade.map(|grade| format!("the best graded {grade}")));
    Some(format!(
        "In brackets, as in {}: {}.",
        basis_words(basis),
        told.join(", ")
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
pub(super) struct Told {
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

/// Reads the records behind answers; keeps long ones, which many rows may rest on.
#[derive(Debug)]
pub(super) struct Records<'g> {
    graph: &'g Graph,
    long: RefCell<HashMap<Evidence, Rc<Told>>>,
}

/// The length in bytes from which a record is kept; shorter ones are read again faster.
const LONG: u32 = 2000;

impl<'g> Records<'g> {
    pub(super) fn new(graph: &'g Graph) -> Records<'g> {
        Records {
            graph,
            long: RefCell::default(),
        }
    }

    /// Returns the content of a record, from the cache if it is long.
    pub(super) fn told(&self, evidence: Evidence) -> Rc<Told> {
        let read = || Rc::new(told(self.graph, evidence));
        let span = evidence.place(self.graph).span;
        if span.end - span.start < LONG {
            return read();
        }
        Rc::clone(self.long.borrow_mut().entry(evidence).or_insert_with(read))
    }

    /// Returns a record in a line: what it says, and in brackets its date, sources, passage, place
    /// and status.
    pub(super) fn line(&self, evidence: Evidence, place: Option<String>) -> String {
        let told = self.told(evidence);
        let mut line = told.summary.clone();
        if !told.quote.is_empty() {
            line += &format!(": “{}”", told.quote);
        }
        if let Some(by) = told.said_by {
            line += &format!(", said by {}", self.graph.name(by));
        }
        let sources: Vec<&str> = told
            .sources
            .iter()
            .map(|id| self.graph[*id].id.as_ref())
            .collect();
        let sources = match sources.is_empty() {
            true if evidence.is_claim() => Some("no source".to_owned()),
            true => None,
            false => Some(sources.join(", ")),
        };
        let at = Some(told.at.clone()).filter(|at| !at.is_empty());
        let depends = names_of(self.graph, &told.depends_on, MOST);
        let depends = (!depends.is_empty()).then(|| format!("depends on {depends}"));
        let fate = match told.withdrawn.is_empty() {
            true => told.fate.map(|fate| fate.word().to_owned()),
            false => Some(told.withdrawn.clone()),
        };
        let origin = [
            told.date.map(Date::words),
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
fn told(graph: &Graph, evidence: Evidence) -> Told {
    let text = |text: Option<Str<'_>>| text.map(Str::into_owned).unwrap_or_default();
    match evidence {
        Evidence::Stance(id, fate) => {
            let stance = &graph[id];
            let written = graph.written_stance(stance.place);
            let issue = &graph[stance.issue].name;
            let plain = || match (stance.position, stance.condition()) {
                (None, _) => format!("{} {issue}", Verdict::Unknown.word()),
                (Some(position), None) => format!("{} {issue}", position.word()),
                (Some(position), Some(condition)) => {
                    format!("{issue}: {}", one_line(&position.would(condition)))
                }
            };
            let summary = written
                .summary
                .map_or_else(plain, |summary| one_line(&summary));
            Told {
                summary: summary.trim().to_owned(),
                quote: text(written.quote.into_option()),
                said_by: stance.said_by().map(Entity::Actor),
                date: graph.stance_date(stance),
                sources: stance.sources.as_slice().to_vec(),
                at: text(written.at.into_option()),
                fate: Some(fate).filter(|fate| *fate != Fate::InForce),
                depends_on: stance.depends_on().to_vec(),
                withdrawn: graph.withdrawal_words(stance.claim()),
                withdrawn_in: graph.withdrawn_by(stance.claim()),
                note: text(written.note.into_option()),
            }
        }
        Evidence::Tie(id) => {
            let tie = &graph[id];
            let written = graph.written_tie(tie.place);
            let name = |actor: crate::graph::ActorId| one_line(&graph[actor].name);
            Told {
                summary: format!("{} – {}: {}", name(tie.from), name(tie.to), tie.kind.word()),
                quote: text(written.quote.into_option()),
                said_by: tie.said_by.map(Entity::Actor),
                date: tie.since,
                sources: tie.sources.clone(),
                withdrawn: graph.withdrawal_words(tie.claim()),
                withdrawn_in: graph.withdrawn_by(tie.claim()),
                at: text(written.at.into_option()),
                note: text(written.note.into_option()),
                ..Told::default()
            }
        }
        Evidence::Thing(Entity::Meeting(id)) => {
            let meeting = &graph[id];
            let written = graph.written_meeting_as_told(meeting);
            let outcome = written
                .outcome
                .into_option()
                .map_or(String::new(), |outcome| format!(": {}", one_line(&outcome)));
            Told {
                summary: format!(
                    "{} ({}){outcome}",
                    one_line(&meeting.title),
                    meeting.status_words()
                ),
                quote: text(written.quote.into_option()),
                said_by: meeting
                    .more
                    .as_ref()
                    .and_then(|more| more.said_by)
                    .map(Entity::Actor),
                date: meeting.date,
                sources: meeting.sources().to_vec(),
                withdrawn: graph.withdrawal_words(meeting.claim()),
                withdrawn_in: graph.withdrawn_by(meeting.claim()),
                at: text(written.at.into_option()),
                note: text(written.note.into_option()),
                ..Told::default()
            }
        }
        Evidence::Thing(Entity::Fact(id)) => {
            let fact = &graph[id];
            let written = graph.written_fact(fact.place);
            Told {
                summary: one_line(&written.text),
                quote: text(written.quote.into_option()),
                said_by: fact.said_by.map(Entity::Actor),
                date: graph.fact_date(fact),
                sources: fact.sources.clone(),
                withdrawn: graph.withdrawal_words(fact.claim()),
                withdrawn_in: graph.withdrawn_by(fact.claim()),
                at: text(written.at.into_option()),
                note: text(written.note.into_option()),
                ..Told::default()
            }
        }
        Evidence::Thing(entity) => Told {
            summary: declared(graph, entity),
            ..Told::default()
        },
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
