//! What the words of a clause come to: for something, against it, or what can't be told.

use std::collections::BTreeSet;

use super::clauses::Cues;
use super::lists::{self, Sense};
use super::names::Mention;
use super::text::Word;
use super::topics::Own;

/// What some words tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stand {
    For,
    Against,
    /// For an end of it.
    Ending,
    /// Something that takes no side, or it can't be told which.
    Unclear,
}

impl Stand {
    /// Whether it is for something; none where that can't be told.
    pub(super) fn side(self) -> Option<bool> {
        match self {
            Stand::For => Some(true),
            Stand::Against | Stand::Ending => Some(false),
            Stand::Unclear => None,
        }
    }

    /// What a stand on a stand comes to: who refuses to lift a ban is for it; who does not reject it need not be.
    fn on(self, inner: Stand) -> Stand {
        match (self, inner) {
            (Stand::For, inner) => inner,
            (Stand::Against | Stand::Ending, Stand::For) => self,
            (Stand::Against, Stand::Ending) => Stand::For,
            _ => Stand::Unclear,
        }
    }

    /// What two that stand beside one another come to.
    fn beside(self, other: Stand) -> Stand {
        if self.side() == other.side() {
            self
        } else {
            Stand::Unclear
        }
    }

    fn denied(self) -> Stand {
        Stand::Against.on(self)
    }
}

/// What the cues of a clause come to for an issue, `before` being what introduces it; none where they tell nothing. What is
/// part of the issue's own name tells no side: to be for a `Trawling ban` is to be for it. To do it does: `banned trawling`.
pub(super) fn stand(
    words: &[Word],
    mentions: &[Mention],
    cues: &Cues,
    own: &Own,
    before: Option<Stand>,
) -> Option<Stand> {
    let mut denials: BTreeSet<usize> = BTreeSet::new();
    let mut told = before;
    let (mut says, mut was_denied) = (false, false);
    for (nth, sense) in governing(words, mentions, cues, own) {
        let is_beside = |some: &[&str]| {
            words[nth.saturating_sub(2)..nth]
                .iter()
                .any(|word| some.contains(&word.folded.as_str()))
        };
        // A denial counts once, for what it stands before, and what is joined to that: `does not accept or endorse`.
        let denied = denial(words, nth).is_some_and(|denial| denials.insert(denial))
            || was_denied && is_beside(&["or"]);
        was_denied = denied;
        let stand = match sense {
            _ if is_own(sense, nth, own) => {
                if own.denies {
                    Stand::Against
                } else {
                    Stand::For
                }
            }
            Sense::Says if denied => Stand::For,
            Sense::Says => {
                says = true;
                continue;
            }
            Sense::For => Stand::For,
            Sense::Against if told == Some(Stand::Against) && is(words, nth, &["against"]) => {
                continue;
            }
            Sense::Against => Stand::Against,
            Sense::Ends => Stand::Ending,
            Sense::Unclear => Stand::Unclear,
        };
        let stand = match denied {
            _ if is_open(words, nth) => Stand::Unclear,
            true => stand.denied(),
            false => stand,
        };
        told = Some(match told {
            None => stand,
            Some(before) if is_beside(&["and", "or", "nor"]) => before.beside(stand),
            Some(before) => before.on(stand),
        });
    }
    // Nor does it where it is part of the name.
    let denied = own
        .words
        .iter()
        .filter_map(|nth| denial(words, *nth))
        .any(|denial| !denials.contains(&denial));
    let told = told.or(says.then_some(Stand::Unclear))?;
    Some(if denied && !own.denies {
        told.denied()
    } else {
        told
    })
}

/// The cues that tell what somebody wants of an issue, the outermost first. They stand before it, or it is done to it
/// (`was rejected`); what else stands behind it only tells what it is, unless there is nothing else.
fn governing(words: &[Word], mentions: &[Mention], cues: &Cues, own: &Own) -> Cues {
    let telling = |(nth, sense): &(usize, Sense)| {
        !is_own(*sense, *nth, own) || is_done(words, mentions, *nth)
    };
    let telling: Cues = cues.iter().copied().filter(telling).collect();
    let last = own.words.last().copied().unwrap_or(words.len());
    let (before, behind): (Cues, Cues) = telling.iter().partition(|cue| cue.0 <= last);
    let passive: Cues = behind
        .into_iter()
        .filter(|cue| is_passive(words, cue.0))
        .collect();
    if before.is_empty() && passive.is_empty() {
        telling
    } else {
        [passive, before].concat()
    }
}

/// Whether a cue is part of what an issue is called.
fn is_own(sense: Sense, nth: usize, own: &Own) -> bool {
    matches!(sense, Sense::Against | Sense::Ends) && own.words.contains(&nth)
}

/// Whether something is done to what stands before a word: `was rejected`.
pub(super) fn is_passive(words: &[Word], nth: usize) -> bool {
    let is_done = before_adverbs(words, nth).is_some_and(|nth| {
        is(
            words,
            nth,
            &["is", "was", "are", "were", "be", "been", "being"],
        )
    });
    is_done
        && is_participle(&words[nth])
        && !is(
            words,
            nth,
            &["opposed", "committed", "concerned", "worried"],
        )
}

/// The word before another, the adverbs between them left out.
fn before_adverbs(words: &[Word], nth: usize) -> Option<usize> {
    let is_adverb = |nth: &usize| {
        is(words, *nth, &["not", "never", "also", "now", "again"])
            || words[*nth].folded.ends_with("ly")
    };
    (0..nth).rev().find(|nth| !is_adverb(nth))
}

/// Whether a word is the form of a verb in `is done`.
pub(super) fn is_participle(word: &Word) -> bool {
    word.folded.ends_with("ed") || matches!(word.folded.as_str(), "said" | "told" | "sought")
}

/// Whether a word is one of some.
pub(super) fn is(words: &[Word], nth: usize, some: &[&str]) -> bool {
    words
        .get(nth)
        .is_some_and(|word| some.contains(&word.folded.as_str()))
}

/// The word that denies another: one of the two before it, or who: `neither Norland nor Sudland`.
fn denial(words: &[Word], nth: usize) -> Option<usize> {
    let only = |nth: usize| {
        words
            .get(nth + 1)
            .is_some_and(|word| matches!(word.folded.as_str(), "only" | "just" | "merely"))
    };
    let first = words
        .first()
        .filter(|word| matches!(word.folded.as_str(), "neither" | "nobody"))
        .map(|_| 0);
    first
        .into_iter()
        .chain(nth.saturating_sub(2)..nth)
        .find(|before| lists::denies(&words[*before]) && !only(*before))
}

/// Whether the words before a cue leave open that it is so: `had Norland supported it`, `would have supported`, `hardly supports`,
/// `stopped supporting`.
fn is_open(words: &[Word], nth: usize) -> bool {
    let before = |back: usize, some: &[&str]| nth >= back && is(words, nth - back, some);
    let unreal = (2..4).any(|back| {
        before(back, &["would", "could", "might", "should"]) && before(back - 1, &["have"])
    });
    let stopped = words[nth].folded.ends_with("ing")
        && before(
            1,
            &[
                "stop", "stops", "stopped", "cease", "ceases", "ceased", "quit", "quits",
            ],
        );
    let hardly = &["hardly", "scarcely", "barely", "rarely", "seldom"];
    is(words, 0, &["had", "if", "unless"])
        || unreal
        || stopped
        || before(1, hardly)
        || before(2, hardly)
}

/// Whether a word that can be a noun is a verb where it stands: `Norland banned`, `will ban`, but neither `a ban` nor `the EU
/// ban on`.
fn is_done(words: &[Word], mentions: &[Mention], nth: usize) -> bool {
    let is = |nth: usize, some: &[&str]| is(words, nth, some);
    let Some(before) = before_adverbs(words, nth) else {
        return false;
    };
    if words[nth].folded.ends_with("ed") {
        return !is(before, &["a", "an", "the", "this", "its", "their"]);
    }
    let helpers = [
        "will", "would", "shall", "should", "must", "may", "might", "can", "could", "cannot", "to",
        "do", "does", "did",
    ];
    let who = mentions
        .iter()
        .any(|mention| mention.words.end == before + 1 && !mention.is_possessive);
    is(before, &helpers) || who && !is(nth + 1, &["on", "of", "in", "against", "to", "for"])
}
