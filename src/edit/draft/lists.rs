//! The lists of words, an entry a line, and the stems that words are compared by.

use std::collections::HashMap;
use std::sync::LazyLock;

use rust_stemmers::{Algorithm, Stemmer};

use super::text::Word;

static STEMMER: LazyLock<Stemmer> = LazyLock::new(|| Stemmer::create(Algorithm::English));

/// What is left of a word when its ending is taken off (M. F. Porter's English stemmer), British spelling or American.
pub(super) fn stem(folded: &str) -> String {
    let american = folded
        .replace("our", "or")
        .replace("isation", "ization")
        .replace("ise", "ize")
        .replace("defence", "defense");
    STEMMER.stem(&american).into_owned()
}

/// The lines of a list, without comments.
fn lines(list: &'static str) -> impl Iterator<Item = &'static str> {
    list.lines()
        .map(str::trim)
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
}

/// The fields of a line.
fn fields(line: &'static str) -> Vec<&'static str> {
    line.split('|').map(str::trim).collect()
}

/// The parts of a field.
pub(super) fn parts(field: &'static str) -> impl Iterator<Item = &'static str> {
    field
        .split(',')
        .map(str::trim)
        .filter(|part| !part.is_empty())
}

/// Words whose full stop ends no sentence, in lower case.
pub(super) fn abbreviations() -> impl Iterator<Item = &'static str> {
    lines(include_str!("words/abbreviations.txt"))
}

/// A country: its names, its adjectives, its capitals.
pub(super) struct Country {
    pub(super) names: Vec<&'static str>,
    pub(super) adjectives: Vec<&'static str>,
    pub(super) capitals: Vec<&'static str>,
}

/// The countries.
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

/// Offices, in lower case.
pub(super) fn roles() -> impl Iterator<Item = &'static str> {
    lines(include_str!("words/roles.txt"))
}

/// People by what they are, in lower case and the singular.
pub(super) fn groups() -> impl Iterator<Item = &'static str> {
    lines(include_str!("words/groups.txt"))
}

/// What is met and is no meeting, in lower case.
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

/// The stem that stands for all that come to much the same as this one.
pub(super) fn related(stem: &str) -> String {
    RELATED
        .get(stem)
        .cloned()
        .unwrap_or_else(|| stem.to_owned())
}

/// Words that tell nothing of what a text is about.
pub(super) fn stop() -> impl Iterator<Item = &'static str> {
    lines(include_str!("words/stop.txt"))
}

/// Whether a word denies what comes after it.
pub(super) fn denies(word: &Word) -> bool {
    matches!(
        word.folded.as_str(),
        "not" | "never" | "no" | "cannot" | "nothing" | "without" | "nor" | "neither" | "nobody"
    ) || word.folded.ends_with("n't")
        || word.folded.ends_with("n’t")
}

/// The months, in order: their names.
pub(super) fn months() -> impl Iterator<Item = Vec<&'static str>> {
    lines(include_str!("words/months.txt")).map(|line| parts(line).collect())
}

/// What a word says of the position of who uses it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sense {
    /// It is for something.
    For,
    /// It is against something.
    Against,
    /// It is for an end of something.
    Ends,
    /// It says something.
    Says,
    /// It names a position that need not be taken: `whether`, `fears that`.
    Unclear,
}

/// A word or some words as stems, and what they tell.
pub(super) type Cue<T> = (Vec<String>, T);

fn stems(words: &str) -> Vec<String> {
    words.split_whitespace().map(stem).collect()
}

/// Verbs, nouns and adjectives that tell a position.
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

/// Words that tell of a meeting: its kind, and whether it takes two participants to be one.
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

/// Words that tell what became of a meeting: its status.
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
