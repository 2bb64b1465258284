//! Who speaks in a sentence, who acts in a clause, and whom it addresses.

use std::collections::BTreeSet;
use std::ops::Range;

use super::clauses::{Clause, Cues, MODALS};
use super::lists::Sense;
use super::names::{Mention, Who};
use super::stand::{is, is_participle, is_passive};
use super::text::{Article, Sentence, Word};

/// Returns the first quotation of a sentence, without quotation marks.
pub(super) fn quotation(article: &Article<'_>, sentence: &Sentence) -> Option<Range<usize>> {
    let text = &article.text[sentence.bytes.clone()];
    let start = text.find(['“', '"'])?;
    let open = start + text[start..].chars().next().map_or(1, char::len_utf8);
    let length = text[open..].find(['”', '"'])?;
    let many = text[open..open + length].split_whitespace().count() >= 3;
    many.then_some(sentence.bytes.start + open..sentence.bytes.start + open + length)
}

/// Returns who says a quotation: the first actor named after it, else the first before it.
pub(super) fn quoting(
    sentence: &Sentence,
    mentions: &[Mention],
    quotation: &Range<usize>,
) -> Vec<Who> {
    let start = |mention: &Mention| sentence.words[mention.words.start].bytes.start;
    let named = || mentions.iter().filter(|mention| !mention.is_place);
    let behind = named().find(|mention| start(mention) >= quotation.end);
    let before =
        || named().find(|mention| start(mention) < quotation.start && !mention.is_possessive);
    behind
        .or_else(before)
        .map(|mention| vec![mention.who.clone()])
        .unwrap_or_default()
}

/// Splits off an attribution such as `according to Norland, …` or `…, Norland said`. Returns the
/// other words of the sentence, and to whom it attributes them.
pub(super) fn attributed(
    article: &Article<'_>,
    sentence: &Sentence,
    mentions: &[Mention],
    cues: &Cues,
) -> (Range<usize>, Vec<Who>) {
    let words = &sentence.words;
    let is_parted = |nth: &usize| *nth > 0 && article.between(words, *nth).contains(',');
    let commas: Vec<usize> = (0..words.len()).filter(is_parted).collect();
    let says = |part: &Range<usize>| {
        let mut senses = cues
            .iter()
            .filter(|cue| part.contains(&cue.0))
            .map(|cue| cue.1)
            .peekable();
        part.len() <= 8 && senses.peek().is_some() && senses.all(|sense| sense == Sense::Says)
    };
    let who = |part: &Range<usize>| {
        let named = mentions
            .iter()
            .filter(|mention| part.contains(&mention.words.start));
        named
            .map(|mention| mention.who.clone())
            .take(1)
            .collect::<Vec<_>>()
    };
    let first = 0..commas.first().copied().unwrap_or(0);
    let last = commas.last().copied().unwrap_or(words.len())..words.len();
    let begins = words.first().is_some_and(|word| word.folded == "according");
    match [&first, &last].map(|part| says(part) && !who(part).is_empty()) {
        [true, _] if begins => (first.end..words.len(), who(&first)),
        [_, true] => (0..last.start, who(&last)),
        _ => (0..words.len(), Vec::new()),
    }
}

/// Returns who wants something: the agent after `by`, else the actors named before the first cue.
pub(super) fn subject(words: &[Word], mentions: &[Mention], cues: &Cues) -> Vec<Who> {
    let is = |nth: usize, some: &[&str]| is(words, nth, some);
    let named: Vec<&Mention> = mentions
        .iter()
        .filter(|mention| !mention.is_place)
        .collect();
    let by = |mention: &&&Mention| {
        let before = mention.words.start
            - usize::from(mention.words.start > 0 && is(mention.words.start - 1, &["the"]));
        let wished = |nth: usize| (nth.saturating_sub(3)..nth).any(|nth| is(nth, &MODALS));
        let does = |nth: usize| {
            nth < before && nth + 5 > before && is_participle(&words[nth]) && !wished(nth)
        };
        before > 0 && is(before - 1, &["by"]) && cues.iter().any(|cue| does(cue.0))
    };
    if let Some(agent) = named.iter().find(by) {
        return group(
            words,
            named
                .iter()
                .copied()
                .filter(|mention| mention.words.start >= agent.words.start),
        );
    }
    let first_cue = cues.first().map_or(0, |(nth, _)| *nth);
    // Actors named before a passive are those it is done to: `was urged`.
    if is_passive(words, first_cue) || is(0, &["he", "she", "it", "they", "this", "these", "that"])
    {
        return Vec::new();
    }
    group(
        words,
        named
            .into_iter()
            .filter(|mention| mention.words.end <= first_cue),
    )
}

/// Returns the first of the actors, with those joined to it by `and`.
fn group<'m>(words: &[Word], named: impl Iterator<Item = &'m Mention>) -> Vec<Who> {
    let mut group: Vec<&Mention> = Vec::new();
    for mention in named {
        let joined = group.last().is_none_or(|last| {
            let between = &words[last.words.end..mention.words.start];
            between.len() <= 2
                && between.iter().all(|word| {
                    matches!(word.folded.as_str(), "and" | "the" | "both" | "or" | "nor")
                })
        });
        if !joined {
            break;
        }
        group.push(mention);
    }
    group
        .into_iter()
        .map(|mention| mention.who.clone())
        .collect::<BTreeSet<_>>()
        .into_iter()
        .collect()
}

/// Returns the actors a clause addresses: `from the US`, `urged China to`.
pub(super) fn addressees(clause: &Clause, actors: &[Who]) -> Vec<Who> {
    let asks = [
        "urg", "ask", "press", "call", "demand", "seek", "request", "warn", "tell", "told",
    ];
    let is_asked = |mention: &&Mention| {
        let before = clause.words[..mention.words.start]
            .iter()
            .rev()
            .find(|word| word.folded != "the");
        let after_from = before.is_some_and(|word| word.folded == "from");
        let after_verb = before.is_some_and(|word| {
            matches!(
                word.folded.as_str(),
                "urges" | "urged" | "urge" | "asked" | "asks" | "warned" | "on"
            )
        });
        let asks = clause.words[..mention.words.start]
            .iter()
            .any(|word| asks.contains(&word.stem.as_str()));
        asks && (after_from || after_verb) && !actors.contains(&mention.who)
    };
    let Some(first) = clause.mentions.iter().find(is_asked) else {
        return Vec::new();
    };
    group(
        &clause.words,
        clause
            .mentions
            .iter()
            .filter(|mention| mention.words.start >= first.words.start),
    )
}
