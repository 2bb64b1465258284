//! Drafts: candidate statements and meetings from a text, found by rules and word lists, for a
//! person to decide on. Nothing enters a graph by itself. The same text and graph give the same
//! draft.

mod clauses;
mod groups;
mod lists;
mod meetings;
mod names;
mod offices;
mod stand;
mod statements;
mod text;
mod topics;
mod voices;
mod write;

use std::collections::HashSet;
use std::ops::Range;

use crate::graph::{ActorId, Graph, IssueId};
use crate::model::{Date, MeetingStatus, Moment, Position};
use names::{Mention, Names, Who};
use text::{Article, Sentence};
pub use write::{SourceOf, ron};

/// The largest text accepted, in bytes: nobody could read the proposals from a larger one.
pub const LARGEST: usize = 10_000_000;

/// The candidates found in a text.
#[derive(Clone, Debug, Default)]
pub struct Draft {
    /// The first line, if it is a title.
    pub title: Option<String>,
    /// The candidate statements, in the order of the text.
    pub statements: Vec<Statement>,
    /// The candidate meetings, in the order of the text.
    pub meetings: Vec<Meeting>,
    /// Names that the graph doesn't know and that no candidate uses, in the order of the text, each
    /// with its line.
    pub unknown: Vec<(String, usize)>,
}

/// An actor in a draft.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Somebody {
    /// An actor of the graph.
    Known(ActorId),
    /// The name of a country that the graph doesn't know.
    State(String),
    /// The name of an office holder whom the graph doesn't know.
    Person(String),
}

/// A candidate statement.
#[derive(Clone, Debug)]
pub struct Statement {
    /// The actors whose position it states.
    pub actors: Vec<Somebody>,
    /// Who says so, if that is somebody else.
    pub said_by: Option<Somebody>,
    /// The actors it is addressed to.
    pub toward: Vec<Somebody>,
    /// The issue it is about.
    pub issue: IssueId,
    /// A first guess, `Supports` or `Opposes`; `None` if the words don't show it.
    pub position: Option<Position>,
    /// The bytes of the text that say so.
    pub bytes: Range<usize>,
    /// Those bytes as a quote on one line.
    pub quote: String,
    /// The line, from 1.
    pub line: usize,
}

/// A candidate meeting.
#[derive(Clone, Debug)]
pub struct Meeting {
    /// Its kind, as a word of the format.
    pub kind: &'static str,
    /// A first guess.
    pub status: MeetingStatus,
    /// The participants that the text names.
    pub participants: Vec<Somebody>,
    /// Participants whom the text only describes.
    pub unnamed: Option<Unnamed>,
    /// The place, as the text has it.
    pub place: Option<String>,
    /// The date, as EDTF.
    pub date: Option<String>,
    /// The bytes of the text that say so.
    pub bytes: Range<usize>,
    /// Those bytes as a quote on one line.
    pub quote: String,
    /// The line, from 1.
    pub line: usize,
}

/// Participants that a text doesn't name: `fisheries ministers`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unnamed {
    /// What the text calls them.
    pub phrase: String,
    /// The people of the graph whose office the phrase can mean, in the order of the graph.
    pub can_be: Vec<ActorId>,
}

/// Returns the year of a text's date, for dates in it that have none.
pub fn year_of(date: Date) -> Option<u16> {
    match date {
        Date::Single(Moment { year, .. })
        | Date::Interval(Some(Moment { year, .. }), _)
        | Date::Interval(None, Some(Moment { year, .. })) => Some(year),
        Date::Interval(None, None) => None,
    }
}

/// Searches a text, plain or Markdown, for what the actors of a graph say on its issues and whom
/// they meet. `year` is the year of dates without one.
pub fn draft(text: &str, graph: &Graph, year: Option<u16>) -> Draft {
    let (article, names) = (text::read(text), Names::of(graph));
    let mut seen: Vec<Who> = Vec::new();
    let mut mentions: Vec<Vec<Mention>> = Vec::new();
    for sentence in &article.sentences {
        let found = names.mentions(&article, sentence, &seen);
        for mention in &found {
            // Keeps each once, where named last; only actors of the graph are looked up later.
            if matches!(mention.who, Who::Known(_)) {
                seen.retain(|who| *who != mention.who);
                seen.push(mention.who.clone());
            }
        }
        mentions.push(found);
    }
    let speaker = speaker(&article, &names);
    let statements = statements::find(
        &article,
        &mentions,
        &topics::Topics::of(graph),
        speaker.as_ref(),
    );
    let meetings = meetings::find(&article, &mentions, &names, year);
    Draft {
        title: article.title.clone().map(|title| {
            article
                .quote(title)
                .trim_start_matches('#')
                .trim()
                .to_owned()
        }),
        unknown: unknown(&article, &mentions),
        statements: statements
            .into_iter()
            .map(|found| statement(&article, found))
            .collect(),
        meetings: meetings
            .into_iter()
            .map(|found| meeting(&article, found))
            .collect(),
    }
}

fn statement(article: &text::Article<'_>, found: statements::Statement) -> Statement {
    Statement {
        actors: found.actors.iter().map(somebody).collect(),
        said_by: found.said_by.as_ref().map(somebody),
        toward: found.toward.iter().map(somebody).collect(),
        issue: found.issue,
        position: found.is_for.map(|is_for| match is_for {
            true => Position::Supports,
            false => Position::Opposes,
        }),
        quote: article.quote(found.bytes.clone()),
        line: article.line(found.bytes.start),
        bytes: found.bytes,
    }
}

fn meeting(article: &text::Article<'_>, found: meetings::Meeting) -> Meeting {
    let mut statuses = MeetingStatus::ALL.iter().copied();
    let status = statuses.find(|status| status.written() == found.status);
    Meeting {
        kind: found.kind,
        status: status.unwrap_or_default(),
        participants: found.participants.iter().map(somebody).collect(),
        unnamed: found.unnamed.map(|group| Unnamed {
            phrase: group.phrase,
            can_be: group.can_be,
        }),
        place: found.place,
        date: found.date,
        quote: article.quote(found.bytes.clone()),
        line: article.line(found.bytes.start),
        bytes: found.bytes,
    }
}

fn somebody(who: &Who) -> Somebody {
    match who {
        Who::Known(id) => Somebody::Known(*id),
        Who::New(name, names::NewKind::State) => Somebody::State(name.clone()),
        Who::New(name, names::NewKind::Person) => Somebody::Person(name.clone()),
    }
}

/// Returns the speaker if the text is a speech or testimony: `Statement of …`, `My name is …`.
fn speaker(article: &Article<'_>, names: &Names<'_>) -> Option<Who> {
    const BEGINNING: usize = 1500;
    let beginning = &article.text[..article.text.floor_char_boundary(BEGINNING)];
    let lower = beginning.to_ascii_lowercase();
    let at = [
        "my name is ",
        "statement of ",
        "testimony of ",
        "remarks by ",
        "remarks of ",
        "speech by ",
    ]
    .iter()
    .find_map(|start| lower.find(start).map(|at| at + start.len()))?;
    let end = beginning[at..]
        .find('\n')
        .map_or(beginning.len(), |length| at + length);
    let words = text::words(article.text, at..end);
    let capital = |word: text::Word| text::Word {
        is_capital: true,
        ..word
    };
    let sentence = Sentence {
        bytes: at..end,
        words: words.into_iter().map(capital).collect(),
        paragraph: 0,
        is_item: false,
    };
    names
        .mentions(article, &sentence, &[])
        .into_iter()
        .next()
        .map(|mention| mention.who)
}

/// Returns whether the words are an office: `US President`.
fn is_office(words: &[text::Word]) -> bool {
    let last = words
        .last()
        .map(|word| word.folded.as_str())
        .unwrap_or_default();
    lists::roles().any(|role| role.ends_with(last) && !last.is_empty())
}

/// Returns names of several words that belong to no known actor, and so could be new ones.
fn unknown(article: &Article<'_>, mentions: &[Vec<Mention>]) -> Vec<(String, usize)> {
    let mut found: Vec<(String, usize)> = Vec::new();
    let mut known: HashSet<String> = HashSet::new();
    for (sentence, mentions) in article.sentences.iter().zip(mentions) {
        let is_free = |nth: usize| !mentions.iter().any(|mention| mention.words.contains(&nth));
        let mut start = 0;
        while start < sentence.words.len() {
            let is_name = |nth: &usize| sentence.words[*nth].is_capital && is_free(*nth);
            let end = (start..sentence.words.len())
                .take_while(is_name)
                .last()
                .map_or(start, |last| last + 1);
            // The first word of a sentence is capitalized anyway.
            if end >= start + 2 && start > 0 {
                let bytes = sentence.words[start].bytes.start..sentence.words[end - 1].bytes.end;
                let (name, line) = (article.quote(bytes.clone()), article.line(bytes.start));
                let is_one = !article.text[bytes].contains([',', '\n', ';', ':'])
                    && !is_office(&sentence.words[start..end]);
                if is_one && known.insert(name.clone()) {
                    found.push((name, line));
                }
            }
            start = end.max(start + 1);
        }
    }
    found
}
