//! What the words of an answer mean, for a reader that might take them for something else.

use serde_json::Value;

use crate::query::Note;

/// What an answer has as JSON, and what that does not mean.
const MEANINGS: &[(&str, &str)] = &[
    (
        r#""position":"unknown""#,
        "unknown: no statement in force gives a position; this is neither neutral nor consent.",
    ),
    (
        r#""position":"neutral""#,
        "neutral: the actor said that it takes no side, which is not the same as unknown.",
    ),
    (
        r#""position":"contested""#,
        "contested: the statements in force disagree, and none is newer than the others.",
    ),
    (
        r#""condition":""#,
        "would … if …: an offer, made on a condition; it stands beside the position and makes none.",
    ),
    (
        r#"":"withdrawn""#,
        "withdrawn: a source says that this was wrong; it counts on no day.",
    ),
    (
        r#""possibly_later""#,
        "possibly later: by its date it may have been made after the day asked about.",
    ),
    (
        r#"":"attributed""#,
        "attributed: somebody else said it of the actor; it is shown, and makes no position.",
    ),
];

/// Returns notes on the words that an answer has.
pub(super) fn explained(answer: &Value) -> Vec<Note> {
    let answer = answer.to_string();
    let used = MEANINGS.iter().filter(|(word, _)| answer.contains(word));
    used.map(|(_, meaning)| Note::new("word", *meaning))
        .collect()
}
