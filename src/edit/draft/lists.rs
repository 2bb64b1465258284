//! The word lists, one entry per line, and the stems that words are compared by.

use std::collections::HashMap;
use std::sync::LazyLock;

use rust_stemmers::{Algorithm, Stemmer};

use super::text::Word;

static STEMMER: LazyLock<Stemmer> = LazyLock::new(|| Stemmer::create(Algorithm::English));

/// Returns the stem of a word (M. F. Porter's English stemmer), the same for British and American
/// spelling.
pub(super) fn stem(folded: &str) -> String {
    let american = folded
        .replace("our", "or")
        .replace("isation", "ization")
        .replace("ise", "ize")
        .replace("defence", "defense");
    STEMMER.stem(&american).into_owned()
}

/// Returns the lines of a list, without comments.
fn lines(list: &'static str) -> impl Iterator<Item = &'static str> {
    list.lines()
        .map(str::trim)
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
}

/// Returns the fields of a line.
fn fields(line: &'static str) -> Vec<&'static str> {
    line.split('|').map(str::trim).collect()
}

/// Returns the parts of a field.
pub(super) fn parts(field: &'static str) -> impl Iterator<Item = &'static str> {
    field
        .split(',')
        .map(str::trim)
        .filter(|part| !part.is_empty())
}

/// Returns words whose full stop ends no sentence, in lower case.
pub(super) fn abbreviations() -> impl Iterator<Item = &'static str> {
    lines(include_str!("words/abbreviations.txt"))
}

/// A country: its names, adjectives and capitals.
pub(super) struct Country {
    pub(super) names: Vec<&'static str>,
    pub(super) adjectives: Vec<&'static str>,
    pub(super) capitals: Vec<&'static str>,
}

/// Returns all countries.
pub(super) fn countries() -> Vec<Country> {
    let country = |line| {
        let fields = fields(line);
        let part = |nth: usize| parts(fields.get(nth).copied().unwrap_or_default()).collect();
        Country {
            names: part(0),
            adjectives: part(1),
            capitals: part(2),
        }
    };
    lines(include_str!("words/countries.txt"))
        .map(country)
        .collect()
}

/// Returns offices, in lower case.
pub(super) fn roles() -> impl Iterator<Item = &'static str> {
    lines(include_str!("words/roles.txt"))
}

/// Returns words for people by what they are, in lower case and the singular.
pub(super) fn groups() -> impl Iterator<Item = &'static str> {
    lines(include_str!("words/groups.txt"))
}

/// Returns what can be met without being a meeting, in lower case.
pub(super) fn goals() -> impl Iterator<Item = &'static str> {
    lines(include_str!("words/goals.txt"))
}

static RELATED: LazyLock<HashMap<String, String>> = LazyLock::new(|| {
    let groups = lines(include_str!("words/related.txt"))
        .map(|line| parts(line).map(stem).collect::<Vec<_>>());
    groups
        .flat_map(|group| {
            group
                .clone()
                .into_iter()
                .map(move |word| (word, group[0].clone()))
        })
        .collect()
});

/// Returns the stem that represents all stems of nearly the same meaning as this one.
pub(super) fn related(stem: &str) -> String {
    RELATED
        .get(stem)
        .cloned()
        .unwrap_or_else(|| stem.to_owned())
}

/// Returns words that say nothing about the subject of a text.
pub(super) fn stop() -> impl Iterator<Item = &'static str> {
    lines(include_str!("words/stop.txt"))
}

/// Returns whether a word negates what comes after it.
pub(super) fn denies(word: &Word) -> bool {
    matches!(
        word.folded.as_str(),
        "not" | "never" | "no" | "cannot" | "nothing" | "without" | "nor" | "neither" | "nobody"
    ) || word.folded.ends_with("n't")
        || word.folded.ends_with("n’t")
}

/// Returns the names of each month, in order.
pub(super) fn months() -> impl Iterator<Item = Vec<&'static str>> {
    lines(include_str!("words/months.txt")).map(|line| parts(line).collect())
}

/// What a word says about the position of its user.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sense {
    /// For something.
    For,
    /// Against something.
    Against,
    /// For the end of something.
    Ends,
    /// Only that something is said.
    Says,
    /// A position that its user needn't hold: `whether`, `fears that`.
    Unclear,
}

/// One or more words as stems, and their meaning.
pub(super) type Cue<T> = (Vec<String>, T);

fn stems(words: &str) -> Vec<String> {
    words.split_whitespace().map(stem).collect()
}

/// Returns verbs, nouns and adjectives that express a position.
pub(super) fn senses() -> Vec<Cue<Sense>> {
    let sense = |line: &'static str| {
        let (mark, words) = line.split_at(1);
        let sense = match mark {
            "+" => Sense::For,
            "-" => Sense::Against,
            "~" => Sense::Ends,
            "?" => Sense::Unclear,
            _ => Sense::Says,
        };
        (stems(words), sense)
    };
    lines(include_str!("words/cues.txt")).map(sense).collect()
}

/// Returns words for meetings: the kind, and whether it takes two participants.
pub(super) fn meetings() -> Vec<Cue<(&'static str, bool)>> {
    let meeting = |line| {
        let fields = fields(line);
        (
            stems(fields[0]),
            (
                fields.get(1).copied().unwrap_or("Talks"),
                fields.get(2) == Some(&"two"),
            ),
        )
    };
    lines(include_str!("words/meetings.txt"))
        .map(meeting)
        .collect()
}

/// Returns words for the status of a meeting.
pub(super) fn statuses() -> Vec<Cue<&'static str>> {
    let status = |line| {
        let fields = fields(line);
        (
            stems(fields[0]),
            fields.get(1).copied().unwrap_or("Planned"),
        )
    };
    lines(include_str!("words/status.txt"))
        .map(status)
        .collect()
}
