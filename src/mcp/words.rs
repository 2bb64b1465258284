//! What the words of an answer mean, for a reader that might take them for something else.

use crate::query::Note;

/// Words of answers, and what they do not mean.
const MEANINGS: &[(&str, &str)] = &[
    (
        "unknown",
        "unknown: no statement in force gives a position; this is neither neutral nor consent.",
    ),
    (
        "contested",
        "contested: statements in force disagree, and none of them settles it.",
    ),
    (
        "would ",
        "would …: an offer, made on a condition; it stands beside the position and makes none.",
    ),
    (
        "withdrawn",
        "withdrawn: a source says that this was wrong; it counts on no day.",
    ),
    (
        "possibly later",
        "possibly later: by its date it may have been made after the day asked about.",
    ),
    (
        "not counted",
        "not counted: it is shown, but makes no position.",
    ),
    (
        "neutral",
        "neutral: the actor said that it takes no side, which is not the same as unknown.",
    ),
];

/// Returns notes on the words that a text has.
pub(super) fn explained(text: &str) -> Vec<Note> {
    let used = MEANINGS.iter().filter(|(word, _)| text.contains(word));
    used.map(|(_, meaning)| Note::new("word", *meaning))
        .collect()
}
