//! Candidate meetings: who is said to come together, when, and whether that has happened.

use std::ops::Range;

use super::lists::{self, Cue};
use super::names::{Mention, Who};
use super::text::{Article, Sentence, Word};
use crate::model::Date;

/// A candidate meeting.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Meeting {
    pub(super) kind: &'static str,
    pub(super) status: &'static str,
    pub(super) participants: Vec<Who>,
    pub(super) place: Option<String>,
    /// As the text has it.
    pub(super) date: Option<String>,
    pub(super) bytes: Range<usize>,
}

/// Finds the candidate meetings; `year` is that of the text, where it is known.
pub(super) fn find(article: &Article<'_>, mentions: &[Vec<Mention>], year: Option<u16>) -> Vec<Meeting> {
    let (kinds, statuses) = (lists::meetings(), lists::statuses());
    let mut found: Vec<Meeting> = Vec::new();
    for (sentence, mentions) in article.sentences.iter().zip(mentions) {
        let Some((at, (kind, needs_two))) = first(&sentence.words, &kinds) else { continue };
        let status = first(&sentence.words, &statuses).map_or("Held", |(_, status)| status);
        let mut participants: Vec<Who> = Vec::new();
        for mention in mentions.iter().filter(|mention| !mention.is_place && !only_owns(mention, at, kind)) {
            if !participants.contains(&mention.who) {
                participants.push(mention.who.clone());
            }
        }
        if participants.is_empty() || needs_two && participants.len() < 2 {
            continue;
        }
        let place = place(article, sentence, mentions);
        let date = date(&sentence.words, year);
        let meeting = Meeting { kind, status, participants, place, date, bytes: sentence.bytes.clone() };
        match separate(&sentence.words) {
            true => found.extend(apart(&meeting)),
            false => found.push(meeting),
        }
    }
    let mut kept: Vec<Meeting> = Vec::new();
    for meeting in found {
        let same = |known: &Meeting| {
            known.kind == meeting.kind
                && known.status == meeting.status
                && known.participants == meeting.participants
                && known.bytes != meeting.bytes
        };
        if !kept.iter().any(same) {
            kept.push(meeting);
        }
    }
    kept
}

fn first<T: Copy>(words: &[Word], cues: &[Cue<T>]) -> Option<(usize, T)> {
    let fits = |nth: usize, cue: &Cue<T>| {
        words.len() >= nth + cue.0.len() && cue.0.iter().zip(&words[nth..]).all(|(stem, word)| *stem == word.stem)
    };
    (0..words.len())
        .find_map(|nth| cues.iter().filter(|cue| fits(nth, cue)).max_by_key(|cue| cue.0.len()).map(|cue| (nth, cue.1)))
}

/// Whether somebody is named only as the owner of something else: `China's neighbours met`. A visit is its owner's.
fn only_owns(mention: &Mention, cue: usize, kind: &str) -> bool {
    mention.is_possessive && !(mention.words.end <= cue && kind == "Visit")
}

fn separate(words: &[Word]) -> bool {
    words.iter().any(|word| matches!(word.folded.as_str(), "separate" | "separately"))
}

/// Separate meetings of the first with each of the others.
fn apart(meeting: &Meeting) -> Vec<Meeting> {
    let Some((first, others)) = meeting.participants.split_first() else { return Vec::new() };
    let with = |other: &Who| Meeting { participants: vec![first.clone(), other.clone()], ..meeting.clone() };
    others.iter().map(with).collect()
}

/// Where: the first place named.
fn place(article: &Article<'_>, sentence: &Sentence, mentions: &[Mention]) -> Option<String> {
    let mention = mentions.iter().find(|mention| mention.is_place)?;
    let (first, last) = (&sentence.words[mention.words.start], &sentence.words[mention.words.end - 1]);
    Some(article.quote(first.bytes.start..last.bytes.end))
}

/// The first date of a sentence: a month and, where they are there, its day and year.
pub(super) fn date(words: &[Word], year: Option<u16>) -> Option<String> {
    let months: Vec<Vec<&str>> = lists::months().collect();
    let month_of =
        |word: &Word| months.iter().position(|names| names.contains(&word.folded.as_str())).filter(|_| word.is_capital);
    let number = |nth: Option<usize>| {
        nth.and_then(|nth| words.get(nth))
            .and_then(|word| word.folded.trim_end_matches(|c: char| c.is_alphabetic()).parse::<u16>().ok())
    };
    for (nth, word) in words.iter().enumerate() {
        if let Ok(Date::Single(_)) = word.folded.parse::<Date>()
            && word.folded.len() > 4
        {
            return Some(word.folded.clone());
        }
        let Some(month) = month_of(word) else { continue };
        let day = [number(Some(nth + 1)), number(nth.checked_sub(1))].into_iter().flatten().find(|day| (1..=31).contains(day));
        let written =
            [number(Some(nth + 1)), number(Some(nth + 2))].into_iter().flatten().find(|year| (1000..=9999).contains(year));
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
