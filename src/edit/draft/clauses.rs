//! Splits a sentence into clauses: what one says, and whose position it states, says nothing about
//! another. A clause that leaves out its subject gets the words of the clause before that name it.

use std::ops::Range;

use super::lists::{self, Sense};
use super::names::Mention;
use super::text::{Article, Sentence, Word};

/// The cues among some words: the index of the first word of each, and its sense.
pub(super) type Cues = Vec<(usize, Sense)>;

/// The words of a clause, with the actors it mentions.
#[derive(Clone, Debug)]
pub(super) struct Clause {
    pub(super) words: Vec<Word>,
    /// The mentions in it, with indices into its words.
    pub(super) mentions: Vec<Mention>,
    /// Whether it is reported by whoever acts in the clause before.
    pub(super) is_reported: bool,
    /// What a relative clause refers to: `the toll` of `the toll, which Norland rejects`.
    pub(super) antecedent: Vec<Word>,
}

impl Clause {
    /// Makes a single clause of a sentence.
    pub(super) fn whole(sentence: &Sentence, mentions: &[Mention]) -> Clause {
        Clause {
            words: sentence.words.clone(),
            mentions: mentions.to_vec(),
            is_reported: false,
            antecedent: Vec::new(),
        }
    }
}

/// A clause, as indices of words in the sentence.
#[derive(Default)]
struct Part {
    words: Vec<usize>,
    is_reported: bool,
    antecedent: Vec<usize>,
}

/// A sentence that is split word by word.
struct Splitter<'s> {
    article: &'s Article<'s>,
    words: &'s [Word],
    mentions: &'s [Mention],
    cues: &'s Cues,
}

/// Splits some words of a sentence into clauses, in the order in which they end.
pub(super) fn clauses(
    article: &Article<'_>,
    sentence: &Sentence,
    mentions: &[Mention],
    cues: &Cues,
    of: Range<usize>,
) -> Vec<Clause> {
    let splitter = Splitter {
        article,
        words: &sentence.words,
        mentions,
        cues,
    };
    let mut done: Vec<Part> = Vec::new();
    let mut open = Part::default();
    // The clause that another interrupts.
    let mut held: Option<Part> = None;
    for nth in of {
        let comma = splitter.is_parted(nth);
        if comma && let Some(main) = held.take() {
            done.push(std::mem::replace(&mut open, main));
        }
        if let Some(next) = splitter
            .relative(&open, nth)
            .filter(|_| comma && held.is_none())
        {
            held = Some(std::mem::replace(&mut open, next));
        } else if let Some(next) = splitter.next(&open, nth) {
            done.push(std::mem::replace(&mut open, next));
        }
        open.words.push(nth);
    }
    done.push(open);
    done.extend(held);
    done.iter().map(|part| splitter.clause(part)).collect()
}

impl Splitter<'_> {
    fn is(&self, nth: usize, some: &[&str]) -> bool {
        self.words
            .get(nth)
            .is_some_and(|word| some.contains(&word.folded.as_str()))
    }

    /// Returns whether a comma or the like precedes a word.
    fn is_parted(&self, nth: usize) -> bool {
        nth > 0 && self.between(nth).contains([',', ';', '(', ')', '–', '—'])
    }

    fn between(&self, nth: usize) -> &str {
        self.article.between(self.words, nth)
    }

    fn sense(&self, nth: usize) -> Option<Sense> {
        self.cues.iter().find(|cue| cue.0 == nth).map(|cue| cue.1)
    }

    /// Returns the index of the verb that is a cue here, after auxiliaries and adverbs, or `None`.
    fn verb(&self, nth: usize) -> Option<usize> {
        let helps = |nth: &usize| {
            self.is(*nth, &HELPERS)
                || self
                    .words
                    .get(*nth)
                    .is_some_and(|word| word.folded.ends_with("ly"))
        };
        let verb = (nth..nth + 5).find(|nth| !helps(nth))?;
        self.sense(verb).is_some().then_some(verb)
    }

    /// Returns the index after a mention that starts here, or `None`.
    fn behind_name(&self, nth: usize) -> Option<usize> {
        let start = if self.is(nth, &["the"]) { nth + 1 } else { nth };
        self.mentions
            .iter()
            .find(|mention| mention.words.start == start)
            .map(|mention| mention.words.end)
    }

    /// Returns the relative clause that begins here, about who or what is named before it, or
    /// `None`.
    fn relative(&self, open: &Part, nth: usize) -> Option<Part> {
        let participle = self.words[nth].folded.ends_with("ed")
            && self.sense(nth).is_some()
            && self.is(nth + 1, &["by"]);
        let who = self
            .mentions
            .iter()
            .find(|mention| mention.words.end == nth);
        let describes = who.is_some() && self.is(nth, &["a", "an"]);
        if !participle && !describes && !self.is(nth, &["which", "who", "whose", "whom"]) {
            return None;
        }
        let acts =
            describes || self.is(nth, &["which", "who"]) && self.behind_name(nth + 1).is_none();
        let who = who.filter(|_| acts);
        let words = who
            .map(|who| who.words.clone().collect())
            .unwrap_or_default();
        Some(Part {
            words,
            is_reported: false,
            antecedent: open.words.clone(),
        })
    }

    /// Returns the clause that begins at a word, with what it shares with the open one, or `None`
    /// if that continues.
    fn next(&self, open: &Part, nth: usize) -> Option<Part> {
        let has_cue = |of: &Part| of.words.iter().any(|word| self.sense(*word).is_some());
        let goes_on = self
            .cues
            .iter()
            .any(|cue| cue.0 >= nth && cue.1 != Sense::Says);
        if self.is(nth, &["because", "if", "unless"]) && !open.words.is_empty() {
            return Some(Part::default());
        }
        let is_joined = self.is(nth, &["and", "nor"]) && self.is(nth + 1, &["to"]);
        if !(goes_on || is_joined) || open.words.is_empty() || !has_cue(open) {
            return None;
        }
        let alone = || Some(Part::default());
        let shared = |verb| {
            Some(Part {
                words: self.shared(open, nth, verb),
                ..Part::default()
            })
        };
        let pronoun = |nth| self.is(nth, &["it", "he", "she", "they"]);
        let joins = self.is(
            nth,
            &["but", "while", "whereas", "although", "though", "yet"],
        );
        if joins || self.between(nth).contains(';') {
            let start = nth + usize::from(joins);
            return if self.behind_name(start).is_some() {
                alone()
            } else {
                shared(nth)
            };
        }
        if self.is(nth, &["and", "nor"]) {
            return self.joined(open, nth);
        }
        // After a clause that began with `although`.
        let first = open.words[0];
        if self.is_parted(nth)
            && self.is(
                first,
                &[
                    "although", "though", "while", "whereas", "because", "since", "as", "if",
                ],
            )
        {
            return match self.behind_name(nth) {
                Some(_) => alone(),
                None if pronoun(nth) => shared(nth),
                None => None,
            };
        }
        let says = |nth: usize| self.sense(nth) == Some(Sense::Says);
        let that = self.is(nth - 1, &["that"]) && open.words.iter().any(|nth| says(*nth));
        let reported = (that || says(nth - 1)) && self.acts(nth);
        reported.then(|| Part {
            is_reported: true,
            ..Part::default()
        })
    }

    /// Returns whether an actor is named here who does something.
    fn acts(&self, nth: usize) -> bool {
        self.behind_name(nth)
            .and_then(|behind| self.verb(behind))
            .is_some_and(|verb| !self.is(verb, &MODALS))
    }

    /// Returns the clause that `and` begins, or `None` if it joins mere words.
    fn joined(&self, open: &Part, nth: usize) -> Option<Part> {
        // `refused to lift it | and to admit observers`.
        let governor = open
            .words
            .iter()
            .position(|nth| self.is(*nth, &["to"]))
            .filter(|_| self.is(nth + 1, &["to"]));
        let governor = governor.map_or(&[][..], |to| &open.words[..to]);
        if governor.iter().any(|nth| self.sense(*nth).is_some()) {
            return Some(Part {
                words: governor.to_vec(),
                ..Part::default()
            });
        }
        match self.verb(nth + 1) {
            Some(verb) => Some(Part {
                words: self.shared(open, nth, verb),
                ..Part::default()
            }),
            None => self.acts(nth + 1).then(Part::default),
        }
    }

    /// Returns what a clause that begins at a word takes from the open one: its subject; before a
    /// bare verb also what governs both: `refuses to lift the ban and | accept the toll`.
    fn shared(&self, open: &Part, start: usize, verb: usize) -> Vec<usize> {
        let bare = verb == start + 1 && !self.words[verb].folded.ends_with(['s', 'd']);
        let first = open
            .words
            .iter()
            .position(|nth| self.sense(*nth).is_some())
            .unwrap_or(open.words.len());
        let to = open
            .words
            .iter()
            .rposition(|nth| self.is(*nth, &["to"]))
            .filter(|to| bare && *to > first);
        let denies = |nth: &usize| lists::denies(&self.words[*nth]);
        open.words[..to.map_or(first, |to| to + 1)]
            .iter()
            .copied()
            .filter(|nth| bare || !denies(nth))
            .collect()
    }

    fn clause(&self, part: &Part) -> Clause {
        let place = |nth: usize| part.words.iter().position(|word| *word == nth);
        let mentions = self.mentions.iter().filter_map(|mention| {
            let (start, last) = (place(mention.words.start)?, place(mention.words.end - 1)?);
            Some(Mention {
                words: start..last + 1,
                ..mention.clone()
            })
        });
        let words =
            |numbers: &[usize]| numbers.iter().map(|nth| self.words[*nth].clone()).collect();
        Clause {
            words: words(&part.words),
            mentions: mentions.collect(),
            is_reported: part.is_reported,
            antecedent: words(&part.antecedent),
        }
    }
}

/// Words before a verb that don't affect who is for what.
const HELPERS: [&str; 20] = [
    "will", "would", "has", "have", "had", "is", "was", "are", "were", "be", "been", "also",
    "then", "not", "never", "now", "again", "still", "since", "already",
];

/// Words that express the wish of the speaker, not of the subject.
pub(super) const MODALS: [&str; 4] = ["must", "should", "ought", "need"];
