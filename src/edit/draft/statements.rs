//! Candidate statements: who is said to be for or against what.

use std::ops::Range;

use super::clauses::{Clause, Cues, clauses};
use super::lists::{self, Cue, Sense};
use super::names::{Mention, Who};
use super::stand::{Stand, stand};
use super::text::{Article, Sentence, Word};
use super::topics::{About, Own, Topics};
use super::voices::{addressees, attributed, quotation, quoting, subject};
use crate::graph::IssueId;

/// The share of an issue's words that a clause must have to be about it: in a report, and in a
/// speech, where less is enough because the speaker is known and stays with the subject.
const OF_A_REPORT: f64 = 0.45;
const OF_A_SPEECH: f64 = 0.4;

/// A candidate statement.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Statement {
    pub(super) actors: Vec<Who>,
    /// Who says so about them.
    pub(super) said_by: Option<Who>,
    pub(super) toward: Vec<Who>,
    pub(super) issue: IssueId,
    /// Whether the words are for it; `None` if that is unclear.
    pub(super) is_for: Option<bool>,
    /// The bytes of the text that say so.
    pub(super) bytes: Range<usize>,
    paragraph: usize,
}

/// A sentence that is searched for statements.
struct Reading<'a> {
    topics: &'a Topics,
    senses: &'a [Cue<Sense>],
    sentence: &'a Sentence,
    /// The speaker, if the text is a speech and this sentence can be part of it.
    speaker: Option<&'a Who>,
    /// What introduced the sentence, if it is an item of an enumeration.
    introduced: Option<Introduced>,
    /// Who says what is quoted in it.
    quoted: Option<Vec<Who>>,
    /// Who says all of it: `according to Norland`.
    voice: Vec<Who>,
}

/// The actors and addressees of an enumeration, and the stand that its introduction expresses on
/// its items.
#[derive(Clone)]
struct Introduced {
    actors: Vec<Who>,
    toward: Vec<Who>,
    stand: Option<Stand>,
}

/// What the earlier clauses of a sentence say: who acts, and which issues they are about.
#[derive(Default)]
struct Before {
    actors: Vec<Who>,
    about: Vec<About>,
}

/// Finds the candidate statements in sentences with their mentions. `speaker` is the speaker if the
/// text is a speech.
pub(super) fn find(
    article: &Article<'_>,
    mentions: &[Vec<Mention>],
    topics: &Topics,
    speaker: Option<&Who>,
) -> Vec<Statement> {
    let senses = lists::senses();
    let mut found: Vec<Statement> = Vec::new();
    let mut introduced: Option<Introduced> = None;
    for (sentence, mentions) in article.sentences.iter().zip(mentions) {
        let cues = cues(&sentence.words, &senses);
        let quotation = quotation(article, sentence);
        let (of, voice) = match quotation {
            Some(_) => (0..sentence.words.len(), Vec::new()),
            None => attributed(article, sentence, mentions, &cues),
        };
        let reading = Reading {
            topics,
            senses: &senses,
            sentence,
            speaker,
            introduced: introduced.take().filter(|_| sentence.is_item),
            quoted: quotation.map(|quotation| quoting(sentence, mentions, &quotation)),
            voice,
        };
        let clauses = clauses(article, sentence, mentions, &cues, of);
        let mut before = Before::default();
        let mut said: Vec<Statement> = clauses
            .iter()
            .flat_map(|clause| reading.clause(clause, &mut before))
            .collect();
        let whole = Clause::whole(sentence, mentions);
        if clauses.len() > 1 {
            // An issue that no single clause has enough words of, the whole sentence may still be
            // about; but the side is open.
            let issues: Vec<IssueId> = said.iter().map(|statement| statement.issue).collect();
            let more = reading.clause(&whole, &mut Before::default()).into_iter();
            let more = more.filter(|statement| !issues.contains(&statement.issue));
            said.extend(more.map(|statement| Statement {
                is_for: None,
                ..statement
            }));
        }
        introduced = reading.introduces(&whole);
        for statement in said {
            add(&mut found, statement);
        }
    }
    found
}

impl Reading<'_> {
    /// Returns what a clause says; `before` is what the clauses before it say.
    fn clause(&self, clause: &Clause, before: &mut Before) -> Vec<Statement> {
        let Clause {
            words, mentions, ..
        } = clause;
        let cues = cues(words, self.senses);
        let own = subject(words, mentions, &cues);
        let speaks = self.speaks(&own);
        let actors = self.actors(&own);
        let reporters = if clause.is_reported {
            &before.actors
        } else {
            &self.voice
        };
        let said_by = reporters
            .first()
            .filter(|who| actors == own && !actors.contains(who))
            .cloned();
        let is_given = self.introduced.is_some() || self.quoted.is_some();
        let toward = self.toward(clause, &actors);
        let mut said = Vec::new();
        if !actors.is_empty() && (is_given || !cues.is_empty()) {
            let first = cues.first().map_or(0, |(nth, _)| *nth);
            let from = if speaks || self.quoted.is_some() {
                0
            } else {
                first
            };
            let least = if speaks { OF_A_SPEECH } else { OF_A_REPORT };
            let mut about = self.topics.about(words, from, least);
            if about.is_empty() {
                about = self.topics.about(words, 0, least);
            }
            if about.is_empty() {
                about = self
                    .topics
                    .about(&clause.antecedent, 0, least)
                    .iter()
                    .map(About::apart)
                    .collect();
            }
            let refers = words[first..]
                .iter()
                .any(|word| matches!(word.folded.as_str(), "it" | "them"));
            if about.is_empty() && refers && before.about.len() == 1 {
                about = before.about.iter().map(About::apart).collect();
            }
            for about in &about {
                let introduced = self
                    .introduced
                    .as_ref()
                    .and_then(|introduced| introduced.stand);
                let stand = stand(words, mentions, &cues, &about.own, introduced);
                if stand.is_none() && !is_given {
                    continue;
                }
                said.push(Statement {
                    actors: actors.clone(),
                    said_by: said_by.clone(),
                    toward: toward.clone(),
                    issue: about.issue,
                    is_for: stand.and_then(Stand::side),
                    bytes: self.sentence.bytes.clone(),
                    paragraph: self.sentence.paragraph,
                });
            }
            before.about = about;
        }
        before.actors = actors;
        said
    }

    /// Returns whether a clause is in the speaker's own words.
    fn speaks(&self, own: &[Who]) -> bool {
        let first_person = || {
            self.sentence
                .words
                .iter()
                .any(|word| matches!(word.folded.as_str(), "i" | "we" | "our" | "my"))
        };
        self.speaker.is_some() && (own.is_empty() || first_person())
    }

    /// Returns whose position a clause with this subject states.
    fn actors(&self, own: &[Who]) -> Vec<Who> {
        match (
            self.speaker.filter(|_| self.speaks(own)),
            &self.introduced,
            &self.quoted,
        ) {
            (Some(speaker), ..) => vec![speaker.clone()],
            (None, Some(introduced), _) => introduced.actors.clone(),
            (None, None, Some(quoted)) => quoted.clone(),
            (None, None, None) if own.is_empty() => self.voice.clone(),
            (None, None, None) => own.to_vec(),
        }
    }

    fn toward(&self, clause: &Clause, actors: &[Who]) -> Vec<Who> {
        self.introduced.as_ref().map_or_else(
            || addressees(clause, actors),
            |introduced| introduced.toward.clone(),
        )
    }

    /// Returns what the sentence introduces, in case an enumeration follows or continues.
    fn introduces(&self, whole: &Clause) -> Option<Introduced> {
        let cues = cues(&whole.words, self.senses);
        let actors = self.actors(&subject(&whole.words, &whole.mentions, &cues));
        let own = || Introduced {
            toward: self.toward(whole, &actors),
            stand: stand(&whole.words, &whole.mentions, &cues, &Own::default(), None),
            actors: actors.clone(),
        };
        (!actors.is_empty()).then(|| self.introduced.clone().unwrap_or_else(own))
    }
}

/// Adds a statement. If it continues an earlier one by the same actors on the same issue, extends
/// that one.
fn add(found: &mut Vec<Statement>, statement: Statement) {
    let same = |known: &&mut Statement| {
        known.actors == statement.actors
            && known.issue == statement.issue
            && known.said_by == statement.said_by
            && (known.is_for == statement.is_for
                || known.is_for.is_none()
                || statement.is_for.is_none())
            && (known.paragraph == statement.paragraph || known.bytes == statement.bytes)
    };
    match found.iter_mut().rev().take(4).find(same) {
        Some(known) => {
            known.is_for = known.is_for.or(statement.is_for);
            known.bytes.end = statement.bytes.end;
        }
        None => found.push(statement),
    }
}

/// Returns the cues among some words, each with the index of its first word.
fn cues(words: &[Word], senses: &[Cue<Sense>]) -> Cues {
    let at = |nth: usize| {
        let fits = |cue: &&Cue<Sense>| {
            words.len() >= nth + cue.0.len()
                && cue
                    .0
                    .iter()
                    .zip(&words[nth..])
                    .all(|(stem, word)| *stem == word.stem)
        };
        senses
            .iter()
            .filter(fits)
            .max_by_key(|cue| cue.0.len())
            .map(|cue| (nth, cue.1))
    };
    (0..words.len()).filter_map(at).collect()
}
