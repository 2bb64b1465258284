//! Participants known only by what they are: `fisheries ministers`. Who exactly they are is not
//! guessed.

use std::collections::BTreeSet;
use std::ops::Range;

use super::lists::{self, Sense};
use super::names::{Mention, Names, Who};
use super::text::{Article, Sentence, Word};
use crate::graph::ActorId;

/// A group of people, by what they are.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Group {
    /// The indices of its words in the sentence.
    pub(super) words: Range<usize>,
    /// The phrase, as the text has it.
    pub(super) phrase: String,
    /// The people of the graph whose office these words can mean.
    pub(super) can_be: Vec<ActorId>,
}

/// How many words may separate a group from the word of the meeting: `ministers of the coastal
/// states are to meet`.
const BEFORE: usize = 8;
const BEHIND: usize = 4;

/// Lowers a capital that is only due to the start of the sentence.
fn within_a_sentence(phrase: String) -> String {
    let mut chars = phrase.chars();
    match (chars.next(), chars.clone().next()) {
        (Some(first), Some(second)) if second.is_lowercase() => {
            first.to_lowercase().chain(chars).collect()
        }
        _ => phrase,
    }
}

/// Returns the group that meets according to the words at `cue`: the one before them, else the one
/// after.
pub(super) fn at(
    article: &Article<'_>,
    sentence: &Sentence,
    mentions: &[Mention],
    names: &Names<'_>,
    cue: Range<usize>,
) -> Option<Group> {
    let words = &sentence.words;
    let plural = |nth: &usize| {
        let word = &words[*nth];
        word.folded.ends_with('s')
            && lists::groups().any(|group| lists::stem(group) == word.stem && group != word.folded)
    };
    let senses = lists::senses();
    let says = |word: &Word| {
        senses
            .iter()
            .any(|(stems, sense)| *sense == Sense::Says && *stems == [word.stem.clone()])
    };
    let free = |nth: &usize| {
        !mentions
            .iter()
            .any(|mention| !mention.is_adjective && mention.words.contains(nth))
    };
    let others = |nth: &usize| plural(nth) || !says(&words[*nth]);
    let before = (cue.start.saturating_sub(BEFORE)..cue.start)
        .rev()
        .take_while(others)
        .find(plural);
    let behind = || (cue.end..words.len().min(cue.end + BEHIND)).find(plural);
    let head = before.or_else(behind).filter(free)?;
    let from = if before.is_some() { 0 } else { cue.end };
    let begin = |head: usize| {
        (from..head)
            .rev()
            .take(4)
            .take_while(|nth| describes(article, words, *nth))
            .last()
            .unwrap_or(head)
    };
    // `senior officials of the coastal states`
    let is = |nth: usize, some: &[&str]| {
        words
            .get(nth)
            .is_some_and(|word| some.contains(&word.folded.as_str()))
    };
    let is_of = |nth: usize| is(nth, &["of", "from"]);
    let (mut first, mut last) = (head, head);
    let of = (from..begin(head)).rev().find(|nth| !is(*nth, &["the"]));
    if let Some(whose) = of
        .filter(|nth| is_of(*nth) && *nth > from)
        .map(|nth| nth - 1)
        .filter(plural)
    {
        first = whose;
    } else if is_of(head + 1) {
        last = (head + 2..words.len().min(head + 5))
            .find(plural)
            .filter(free)
            .unwrap_or(head);
    }
    let start = begin(first);
    let mut phrase = article.quote(words[start].bytes.start..words[last].bytes.end);
    if start == 0 && !names.knows(&words[0]) {
        phrase = within_a_sentence(phrase);
    }
    Some(Group {
        can_be: can_be(words, start..first + 1, mentions, names),
        words: start..last + 1,
        phrase,
    })
}

/// Returns whether a word and the next one belong to the same name of a group: `fisheries
/// ministers`, `both sides`.
fn describes(article: &Article<'_>, words: &[Word], nth: usize) -> bool {
    let (word, next) = (&words[nth], &words[nth + 1]);
    let between = &article.text[word.bytes.end..next.bytes.start];
    let parted = between.trim_start_matches(['\'', '’', 's']).trim() != "";
    let counts = ["both", "two", "all"].contains(&word.folded.as_str());
    let tells_when = ["yesterday", "meanwhile", "later", "earlier", "then", "once"]
        .contains(&word.folded.as_str())
        || word.is_capital && word.folded.ends_with("day");
    !parted && !tells_when && (counts || !lists::stop().any(|stop| stop == word.folded))
}

/// Returns the people of a graph whose office the words can mean; if these name a country, only its
/// people.
fn can_be(
    words: &[Word],
    group: Range<usize>,
    mentions: &[Mention],
    names: &Names<'_>,
) -> Vec<ActorId> {
    let whose: Vec<&Mention> = mentions
        .iter()
        .filter(|mention| group.contains(&mention.words.start))
        .collect();
    let is_whose = |nth: &usize| whose.iter().any(|mention| mention.words.contains(nth));
    let stop: BTreeSet<&str> = lists::stop().collect();
    let wanted = group
        .filter(|nth| !is_whose(nth))
        .map(|nth| &words[nth])
        .filter(|word| !stop.contains(word.folded.as_str()));
    let wanted: Vec<&str> = wanted.map(|word| word.stem.as_str()).collect();
    let of = |who: &Who, states: &[ActorId]| match who {
        Who::Known(id) => states
            .iter()
            .any(|state| state == id || names.graph[*id].members.contains(state)),
        Who::New(..) => false,
    };
    let holds = |office: &[String]| {
        wanted
            .iter()
            .all(|stem| office.iter().any(|own| own == stem))
    };
    let fits = |states: &[ActorId]| whose.iter().all(|mention| of(&mention.who, states));
    names
        .offices
        .iter()
        .filter(|(_, office, states)| holds(office) && fits(states))
        .map(|(id, ..)| *id)
        .collect()
}
