//! What the words of a clause amount to: for something, against it, or unclear.

use std::collections::BTreeSet;

use super::clauses::Cues;
use super::lists::{self, Sense};
use super::names::Mention;
use super::text::Word;
use super::topics::Own;

/// The stand that some words express.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stand {
    For,
    Against,
    /// For the end of it.
    Ending,
    /// No side is taken, or it is unclear which.
    Unclear,
}

impl Stand {
    /// Returns whether the stand is for something, or `None` if that is unclear.
    pub(super) fn side(self) -> Option<bool> {
        match self {
            Stand::For => Some(true),
            Stand::Against | Stand::Ending => Some(false),
            Stand::Unclear => None,
        }
    }

    /// Combines a stand with the stand it is about: refusing to lift a ban is being for it; not
    /// rejecting it needn't be.
    fn on(self, inner: Stand) -> Stand {
        match (self, inner) {
            (Stand::For, inner) => inner,
            (Stand::Against | Stand::Ending, Stand::For) => self,
            (Stand::Against, Stand::Ending) => Stand::For,
            _ => Stand::Unclear,
        }
    }

    /// Combines two stands joined by `and`, `or` or `nor`.
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

/// Returns the stand that the cues of a clause express on an issue, or `None` if they express none;
/// `before` is the stand that introduces it. Words of the issue's own name express no side: to be
/// for a `Trawling ban` is to be for it. The same words as a verb do: `banned trawling`.
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
        // A negation counts once, for what it precedes and what is joined to that: `does not accept
        // or endorse`.
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
    // A negation before the issue's own words counts too, unless it is part of the name.
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

/// Returns the cues that say what somebody wants of an issue, the outermost first. They come before
/// the issue, or are passives (`was rejected`); other cues after it only describe it, unless there
/// are no others.
fn governing(words: &[Word], mentions: &[Mention], cues: &Cues, own: &Own) -> Cues {
    let deciding = |(nth, sense): &(usize, Sense)| {
        !is_own(*sense, *nth, own) || is_done(words, mentions, *nth)
    };
    let deciding: Cues = cues.iter().copied().filter(deciding).collect();
    let last = own.words.last().copied().unwrap_or(words.len());
    let (before, behind): (Cues, Cues) = deciding.iter().partition(|cue| cue.0 <= last);
    let passive: Cues = behind
        .into_iter()
        .filter(|cue| is_passive(words, cue.0))
        .collect();
    if before.is_empty() && passive.is_empty() {
        deciding
    } else {
        [passive, before].concat()
    }
}

/// Returns whether a cue is part of the issue's own name.
fn is_own(sense: Sense, nth: usize, own: &Own) -> bool {
    matches!(sense, Sense::Against | Sense::Ends) && own.words.contains(&nth)
}

/// Returns whether something is done to what precedes the word: `was rejected`.
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

/// Returns the index of the word before another, skipping adverbs.
fn before_adverbs(words: &[Word], nth: usize) -> Option<usize> {
    let is_adverb = |nth: &usize| {
        is(words, *nth, &["not", "never", "also", "now", "again"])
            || words[*nth].folded.ends_with("ly")
    };
    (0..nth).rev().find(|nth| !is_adverb(nth))
}

/// Returns whether a word is a past participle.
pub(super) fn is_participle(word: &Word) -> bool {
    word.folded.ends_with("ed") || matches!(word.folded.as_str(), "said" | "told" | "sought")
}

/// Returns whether the nth word is one of the given ones.
pub(super) fn is(words: &[Word], nth: usize, some: &[&str]) -> bool {
    words
        .get(nth)
        .is_some_and(|word| some.contains(&word.folded.as_str()))
}

/// Returns the index of the word that negates another: one of the two before it, or the subject:
/// `neither Norland nor Sudland`.
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

/// Returns whether the words before a cue leave open whether it is so: `had Norland supported it`,
/// `would have supported`, `hardly supports`, `stopped supporting`.
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

/// Returns whether a word that can be a noun is a verb here: `Norland banned`, `will ban`, but
/// neither `a ban` nor `the EU ban on`.
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
