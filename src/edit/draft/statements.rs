//! Candidate statements: who is said to be for or against what.

use std::collections::BTreeSet;
use std::ops::Range;

use super::lists::{self, Cue, Sense};
use super::names::{Mention, Who};
use super::text::{Article, Sentence, Word};
use super::topics::{About, Topics};
use crate::graph::IssueId;

/// The share of an issue's words that a sentence of a report must have to be about it; in a speech, whose speaker is known
/// and which stays with its subject, less will do.
const OF_A_REPORT: f64 = 0.45;
const OF_A_SPEECH: f64 = 0.4;

/// A candidate statement.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Statement {
    pub(super) actors: Vec<Who>,
    pub(super) toward: Vec<Who>,
    pub(super) issue: IssueId,
    /// Whether the words are for it; else against.
    pub(super) is_for: bool,
    /// What of the text says so.
    pub(super) bytes: Range<usize>,
    paragraph: usize,
}

/// Finds the candidate statements of sentences with who is named in them. `speaker` holds the speech that the text is.
pub(super) fn find(article: &Article<'_>, mentions: &[Vec<Mention>], topics: &Topics, speaker: Option<&Who>) -> Vec<Statement> {
    let senses = lists::senses();
    let mut found: Vec<Statement> = Vec::new();
    // Whose words an enumeration goes on with, and to whom they are addressed.
    let mut before: Option<(Vec<Who>, Vec<Who>)> = None;
    for (sentence, mentions) in article.sentences.iter().zip(mentions) {
        let cues = cues(&sentence.words, &senses);
        let quoted = quoted(article, sentence);
        let carried = before.take().filter(|_| sentence.is_item);
        let own = subject(sentence, mentions, &cues, quoted.as_ref());
        let speaks = speaker.filter(|_| own.is_empty() || first_person(&sentence.words));
        let actors = match (&carried, speaks) {
            (_, Some(speaker)) => vec![speaker.clone()],
            (Some((actors, _)), None) => actors.clone(),
            (None, None) => own,
        };
        let toward = carried.as_ref().map_or_else(|| addressees(sentence, mentions, &actors), |(_, toward)| toward.clone());
        let has_cue = !cues.is_empty() || carried.is_some() || quoted.is_some();
        if !actors.is_empty() && has_cue {
            let from = clause(&cues, speaks.is_some() || quoted.is_some());
            let least = if speaks.is_some() { OF_A_SPEECH } else { OF_A_REPORT };
            let about = topics.about(&sentence.words, from, least);
            let about = if about.is_empty() { topics.about(&sentence.words, 0, least) } else { about };
            for about in about {
                let (told, is_for) = side(&sentence.words, mentions, &cues, &about);
                if !told && carried.is_none() && quoted.is_none() {
                    continue;
                }
                let (issue, bytes, paragraph) = (about.issue, sentence.bytes.clone(), sentence.paragraph);
                add(&mut found, Statement { actors: actors.clone(), toward: toward.clone(), issue, is_for, bytes, paragraph });
            }
        }
        before = (!actors.is_empty()).then_some((actors, toward));
    }
    found
}

/// Adds a statement; one that goes on with the last of its actors and issue makes that longer.
fn add(found: &mut Vec<Statement>, statement: Statement) {
    let same = |known: &&mut Statement| {
        known.actors == statement.actors
            && known.issue == statement.issue
            && known.is_for == statement.is_for
            && (known.paragraph == statement.paragraph || known.bytes == statement.bytes)
    };
    match found.iter_mut().rev().take(4).find(same) {
        Some(known) => known.bytes.end = statement.bytes.end,
        None => found.push(statement),
    }
}

/// The cues of a sentence, with the number of their first word.
fn cues(words: &[Word], senses: &[Cue<Sense>]) -> Vec<(usize, Sense)> {
    let at = |nth: usize| {
        let fits = |cue: &&Cue<Sense>| {
            words.len() >= nth + cue.0.len() && cue.0.iter().zip(&words[nth..]).all(|(stem, word)| *stem == word.stem)
        };
        senses.iter().filter(fits).max_by_key(|cue| cue.0.len()).map(|cue| (nth, cue.1))
    };
    (0..words.len()).filter_map(at).collect()
}

/// Whether the cues of a sentence tell anything of an issue, and whether that is for it. What is part of the issue's own name
/// tells no side: to be for a `Trawling ban` is to be for it. To do it does: `banned trawling`.
fn side(words: &[Word], mentions: &[Mention], cues: &[(usize, Sense)], about: &About) -> (bool, bool) {
    let denial = |nth: usize| (nth.saturating_sub(2)..nth).find(|before| lists::denies(&words[*before]));
    let mut denials: BTreeSet<usize> = BTreeSet::new();
    // Of each cue that tells something: where it is, and whether it is against the issue.
    let mut told: Vec<(usize, bool)> = Vec::new();
    for &(nth, sense) in cues {
        let denied = denial(nth).inspect(|denial| _ = denials.insert(*denial)).is_some();
        let is_own = matches!(sense, Sense::Against | Sense::Ends) && about.own.contains(&nth);
        let against = match sense {
            Sense::Says => false,
            Sense::For => denied,
            _ if is_own && !is_done(words, mentions, nth) => continue,
            _ if is_own => denied != about.denies,
            Sense::Against | Sense::Ends => !denied,
        };
        // `refuses to lift`: to be against an end is not to be against.
        let refused = told.last().is_some_and(|(last, against)| *against && governs(words, *last, nth));
        let cancels = sense == Sense::Ends && against && refused;
        if cancels {
            told.pop();
        }
        told.push((nth, against && !cancels));
    }
    let against = told.iter().any(|(_, against)| *against);
    // A denial counts once, and not where it is part of the name.
    let denied = about.own.iter().filter_map(|nth| denial(*nth)).any(|denial| !denials.contains(&denial));
    (!told.is_empty(), against == (denied && !about.denies))
}

/// Whether one word has another as its object: `refuses to lift`, `against an end to`.
fn governs(words: &[Word], verb: usize, object: usize) -> bool {
    let small = ["to", "a", "an", "any", "the", "all", "every", "its", "their"];
    object - verb <= 3 && words[verb + 1..object].iter().all(|word| small.contains(&word.folded.as_str()))
}

/// Whether a word that can be a noun is a verb where it stands: `Norland banned`, `will ban`, but neither `a ban` nor `the EU
/// ban on`.
fn is_done(words: &[Word], mentions: &[Mention], nth: usize) -> bool {
    let is = |nth: usize, some: &[&str]| words.get(nth).is_some_and(|word| some.contains(&word.folded.as_str()));
    let is_adverb = |nth: &usize| is(*nth, &["not", "never", "also", "now", "again"]) || words[*nth].folded.ends_with("ly");
    let Some(before) = (0..nth).rev().find(|nth| !is_adverb(nth)) else { return false };
    if words[nth].folded.ends_with("ed") {
        return !is(before, &["a", "an", "the", "this", "its", "their"]);
    }
    let helpers =
        ["will", "would", "shall", "should", "must", "may", "might", "can", "could", "cannot", "to", "do", "does", "did"];
    let who = mentions.iter().any(|mention| mention.words.end == before + 1 && !mention.is_possessive);
    is(before, &helpers) || who && !is(nth + 1, &["on", "of", "in", "against", "to", "for"])
}

/// The first quotation of a sentence, quotation marks left out.
fn quoted(article: &Article<'_>, sentence: &Sentence) -> Option<Range<usize>> {
    let text = &article.text[sentence.bytes.clone()];
    let start = text.find(['“', '"'])?;
    let open = start + text[start..].chars().next().map_or(1, char::len_utf8);
    let length = text[open..].find(['”', '"'])?;
    let many = text[open..open + length].split_whitespace().count() >= 3;
    many.then_some(sentence.bytes.start + open..sentence.bytes.start + open + length)
}

/// Who speaks or wants: of a quotation who is named outside it, else who is named before the first cue.
fn subject(sentence: &Sentence, mentions: &[Mention], cues: &[(usize, Sense)], quoted: Option<&Range<usize>>) -> Vec<Who> {
    let outside = |mention: &&Mention| {
        let bytes = &sentence.words[mention.words.start].bytes;
        !mention.is_place && quoted.is_none_or(|quoted| bytes.end <= quoted.start || bytes.start >= quoted.end)
    };
    if let Some(quoted) = quoted {
        let behind =
            mentions.iter().filter(outside).find(|mention| sentence.words[mention.words.start].bytes.start >= quoted.end);
        let before = mentions.iter().filter(outside).find(|mention| !mention.is_possessive);
        return behind.or(before).map(|mention| vec![mention.who.clone()]).unwrap_or_default();
    }
    let pronouns = ["he", "she", "it", "they", "this", "these", "that"];
    if sentence.words.first().is_some_and(|word| pronouns.contains(&word.folded.as_str())) {
        return Vec::new();
    }
    let first_cue = cues.first().map_or(0, |(nth, _)| *nth);
    let mut group: Vec<&Mention> = Vec::new();
    for mention in mentions.iter().filter(outside).filter(|mention| mention.words.end <= first_cue) {
        let joined = group.last().is_none_or(|last| {
            let between = &sentence.words[last.words.end..mention.words.start];
            between.len() <= 2 && between.iter().all(|word| matches!(word.folded.as_str(), "and" | "the" | "both" | "or"))
        });
        if !joined {
            break;
        }
        group.push(mention);
    }
    group.into_iter().map(|mention| mention.who.clone()).collect::<BTreeSet<_>>().into_iter().collect()
}

/// To whom it is said: `from the US`, `urged China to`.
fn addressees(sentence: &Sentence, mentions: &[Mention], actors: &[Who]) -> Vec<Who> {
    let asks = ["urg", "ask", "press", "call", "demand", "seek", "request", "warn", "tell", "told"];
    let is_asked = |mention: &&Mention| {
        let before = sentence.words[..mention.words.start].iter().rev().find(|word| word.folded != "the");
        let after_from = before.is_some_and(|word| word.folded == "from");
        let after_verb = before
            .is_some_and(|word| matches!(word.folded.as_str(), "urges" | "urged" | "urge" | "asked" | "asks" | "warned" | "on"));
        let asks = sentence.words[..mention.words.start].iter().any(|word| asks.contains(&word.stem.as_str()));
        asks && (after_from || after_verb) && !actors.contains(&mention.who)
    };
    mentions.iter().filter(is_asked).map(|mention| mention.who.clone()).collect()
}

/// Where what is wanted begins.
fn clause(cues: &[(usize, Sense)], whole: bool) -> usize {
    if whole { 0 } else { cues.first().map_or(0, |(nth, _)| *nth) }
}

fn first_person(words: &[Word]) -> bool {
    words.iter().any(|word| matches!(word.folded.as_str(), "i" | "we" | "our" | "my"))
}
