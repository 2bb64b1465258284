//! Candidate meetings: who is said to meet, when, and whether that has happened.

use std::collections::HashMap;
use std::ops::Range;

use super::groups::{self, Group};
use super::lists::{self, Cue};
use super::names::{Mention, Names, Who};
use super::text::{Article, Sentence, Word};
use crate::model::Date;

/// A candidate meeting.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Meeting {
    pub(super) kind: &'static str,
    pub(super) status: &'static str,
    pub(super) participants: Vec<Who>,
    /// Participants that the text doesn't name.
    pub(super) unnamed: Option<Group>,
    pub(super) place: Option<String>,
    /// The date as EDTF, with `~` if its year isn't in the text.
    pub(super) date: Option<String>,
    pub(super) bytes: Range<usize>,
}

/// Finds the candidate meetings; `year` is that of the text, if known.
pub(super) fn find(
    article: &Article<'_>,
    mentions: &[Vec<Mention>],
    names: &Names<'_>,
    year: Option<u16>,
) -> Vec<Meeting> {
    let (kinds, statuses) = (lists::meetings(), lists::statuses());
    let mut found: Vec<Meeting> = Vec::new();
    for (sentence, mentions) in article.sentences.iter().zip(mentions) {
        let Some((at, (kind, needs_two))) = first(&sentence.words, &kinds) else {
            continue;
        };
        if reaches_a_goal(&sentence.words, &at) {
            continue;
        }
        let status = first(&sentence.words, &statuses).map_or("Held", |(_, status)| status);
        let taking_part =
            |mention: &&Mention| !mention.is_place && !only_owns(mention, at.start, kind);
        let mut participants = distinct(mentions.iter().filter(taking_part));
        let mut unnamed = None;
        if participants.is_empty() || needs_two && participants.len() < 2 {
            let Some(group) = groups::at(article, sentence, mentions, names, at.clone()) else {
                continue;
            };
            // Actors on the other side of the word meet the group; those on the same side only speak
            // of it.
            let other = |mention: &&Mention| {
                (mention.words.start >= at.end) == (group.words.end <= at.start)
            };
            participants = distinct(mentions.iter().filter(taking_part).filter(other));
            unnamed = Some(group);
        }
        let place = place(article, sentence, mentions);
        let date = date(&sentence.words, year);
        let meeting = Meeting {
            kind,
            status,
            participants,
            unnamed,
            place,
            date,
            bytes: sentence.bytes.clone(),
        };
        match separate(&sentence.words) {
            true if meeting.unnamed.is_none() => found.extend(apart(&meeting)),
            _ => found.push(meeting),
        }
    }
    // Keeps each meeting where it is first mentioned; one sentence can mention several similar ones.
    let mut known: HashMap<String, Range<usize>> = HashMap::new();
    found.retain(|meeting| {
        let first = known.entry(key(meeting)).or_insert(meeting.bytes.clone());
        *first == meeting.bytes
    });
    found
}

/// Returns a key of what distinguishes a meeting from others, in whatever sentence.
fn key(meeting: &Meeting) -> String {
    let unnamed = meeting.unnamed.as_ref();
    let of_unnamed = unnamed.map(|group| (&group.phrase, &meeting.place, &meeting.date));
    let (kind, status) = (meeting.kind, meeting.status);
    format!("{:?}", (kind, status, &meeting.participants, of_unnamed))
}

/// Returns the actors of the mentions, each once.
fn distinct<'m>(mentions: impl Iterator<Item = &'m Mention>) -> Vec<Who> {
    let mut found: Vec<Who> = Vec::new();
    for mention in mentions {
        if !found.contains(&mention.who) {
            found.push(mention.who.clone());
        }
    }
    found
}

/// Returns the first cue of a sentence: the range of its words, and its meaning.
fn first<T: Copy>(words: &[Word], cues: &[Cue<T>]) -> Option<(Range<usize>, T)> {
    let fits = |nth: usize, cue: &Cue<T>| {
        words.len() >= nth + cue.0.len()
            && cue
                .0
                .iter()
                .zip(&words[nth..])
                .all(|(stem, word)| *stem == word.stem)
    };
    let longest = |nth: usize| {
        cues.iter()
            .filter(|cue| fits(nth, cue))
            .max_by_key(|cue| cue.0.len())
    };
    (0..words.len()).find_map(|nth| longest(nth).map(|cue| (nth..nth + cue.0.len(), cue.1)))
}

/// Returns whether the object of `met` isn't a person: `met the deadline`.
fn reaches_a_goal(words: &[Word], cue: &Range<usize>) -> bool {
    let meets = matches!(words[cue.start].stem.as_str(), "meet" | "met");
    meets
        && words[cue.end..]
            .iter()
            .take(3)
            .any(|word| lists::goals().any(|goal| goal == word.folded))
}

/// Returns whether a mention is only the owner of something else: `China's neighbours met`. A visit
/// belongs to its owner.
fn only_owns(mention: &Mention, cue: usize, kind: &str) -> bool {
    mention.is_possessive && !(mention.words.end <= cue && kind == "Visit")
}

fn separate(words: &[Word]) -> bool {
    words
        .iter()
        .any(|word| matches!(word.folded.as_str(), "separate" | "separately"))
}

/// Splits a meeting into separate ones of the first participant with each of the others.
fn apart(meeting: &Meeting) -> Vec<Meeting> {
    let Some((first, others)) = meeting.participants.split_first() else {
        return Vec::new();
    };
    let with = |other: &Who| Meeting {
        participants: vec![first.clone(), other.clone()],
        ..meeting.clone()
    };
    others.iter().map(with).collect()
}

/// Returns the first place named.
fn place(article: &Article<'_>, sentence: &Sentence, mentions: &[Mention]) -> Option<String> {
    let mention = mentions.iter().find(|mention| mention.is_place)?;
    let (first, last) = (
        &sentence.words[mention.words.start],
        &sentence.words[mention.words.end - 1],
    );
    Some(article.quote(first.bytes.start..last.bytes.end))
}

/// Returns the first date of a sentence: an EDTF date, or a month with its day and year if given.
pub(super) fn date(words: &[Word], year: Option<u16>) -> Option<String> {
    let months: Vec<Vec<&str>> = lists::months().collect();
    let month_of = |word: &Word| {
        months
            .iter()
            .position(|names| names.contains(&word.folded.as_str()))
            .filter(|_| word.is_capital)
    };
    let number = |nth: Option<usize>| {
        nth.and_then(|nth| words.get(nth)).and_then(|word| {
            word.folded
                .trim_end_matches(|c: char| c.is_alphabetic())
                .parse::<u16>()
                .ok()
        })
    };
    for (nth, word) in words.iter().enumerate() {
        if let Ok(Date::Single(_)) = word.folded.parse::<Date>()
            && word.folded.len() > 4
        {
            return Some(word.folded.clone());
        }
        let Some(month) = month_of(word) else {
            continue;
        };
        let day = [number(Some(nth + 1)), number(nth.checked_sub(1))]
            .into_iter()
            .flatten()
            .find(|day| (1..=31).contains(day));
        let written = [number(Some(nth + 1)), number(Some(nth + 2))]
            .into_iter()
            .flatten()
            .find(|year| (1000..=9999).contains(year));
        let year = written.or(year)?;
        let sure = if written.is_some() { "" } else { "~" };
        let text = match day {
            Some(day) => format!("{year}-{:02}-{day:02}{sure}", month + 1),
            None => format!("{year}-{:02}{sure}", month + 1),
        };
        return text.parse::<Date>().is_ok().then_some(text);
    }
    None
}
