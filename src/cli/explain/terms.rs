//! The words of answers, in `words.md`: a heading with all that a word is called, and what it means.
//! A column that has no entry there is explained by its description.

use std::fmt::Write;

use crate::query::SHAPES;
use crate::words::{folded, indented, several_nearest};

const WORDS: &str = include_str!("words.md");
/// The rules of the format, each by its code.
const CONTRACT: &str = include_str!("contract.md");

/// An entry of `words.md`: the names, and the text.
fn entries() -> impl Iterator<Item = (&'static str, &'static str)> {
    entries_of(WORDS)
}

fn entries_of(text: &'static str) -> impl Iterator<Item = (&'static str, &'static str)> {
    let entries = text.trim_start_matches("# ").split("\n\n# ");
    entries.filter_map(|entry| entry.split_once("\n\n"))
}

/// Returns the codes of the rules of the format.
pub(super) fn rules() -> impl Iterator<Item = &'static str> {
    entries_of(CONTRACT).map(|(code, _)| code)
}

/// Returns the first name of each entry.
pub(super) fn names() -> impl Iterator<Item = &'static str> {
    entries().filter_map(|(names, _)| names.split(", ").next())
}

/// Returns what a word of an answer means, or `None` if no answer uses it.
pub(super) fn explained(written: &str) -> Option<String> {
    // `[2/1,14d,B2]`, as copied from an answer.
    let written = match written.starts_with('[') && written.contains('/') {
        true => "brackets",
        false => written,
    };
    let word = folded(&written.replace(['_', '-', ','], " "));
    let is_named = |names: &str| names.split(", ").any(|name| folded(name) == word);
    let entry = |(names, text): (&'static str, &'static str)| {
        let name = names.split(", ").next().unwrap_or(names);
        format!("# {name}\n\n{}\n", filled(text))
    };
    let named = entries().find(|(names, _)| is_named(names)).map(entry);
    named
        .or_else(|| of_code(written))
        .or_else(|| of_columns(&word))
}

/// Returns what a rule of the format says, or a grade: some codes are both.
fn of_code(written: &str) -> Option<String> {
    let code = written.trim().to_uppercase();
    let mut rules = entries_of(CONTRACT);
    let rule = rules.find(|(known, _)| *known == code);
    let rule = rule.map(|(_, text)| format!("A rule of the format. {}", text.trim_end()));
    let rule = rule.map(|text| filled(&text));
    let both = rule
        .into_iter()
        .chain(of_grade(&code))
        .collect::<Vec<String>>();
    (!both.is_empty()).then(|| format!("# {code}\n\n{}\n", both.join("\n\nAs a grade:\n\n")))
}

/// Returns what a grade such as `F6` says, part by part.
fn of_grade(grade: &str) -> Option<String> {
    let (letter, digit) = grade.split_at_checked(usize::from(grade.starts_with(LETTERS)))?;
    let is_digit = digit.is_empty() || digit.len() == 1 && digit.starts_with(DIGITS);
    if grade.is_empty() || !is_digit {
        return None;
    }
    let parts = [(letter, "reliability"), (digit, "credibility")];
    let given = parts.iter().filter(|(part, _)| !part.is_empty());
    let meanings = given.map(|(_, name)| *name).chain(["grade"]).map(meaning);
    let meanings: Option<Vec<String>> = meanings.collect();
    Some(meanings?.join("\n\n"))
}

const LETTERS: [char; 6] = ['A', 'B', 'C', 'D', 'E', 'F'];
const DIGITS: [char; 6] = ['1', '2', '3', '4', '5', '6'];

fn meaning(name: &str) -> Option<String> {
    let named = |(names, _): &(&str, &str)| names.split(", ").any(|other| other == name);
    entries().find(named).map(|(_, text)| filled(text))
}

/// Breaks a paragraph into lines as wide as those of the pages of rules.
fn filled(text: &str) -> String {
    indented(text.trim_end(), Some(80), 0)
}

/// Returns what the columns with this heading hold, each description once.
fn of_columns(word: &str) -> Option<String> {
    let mut page = String::new();
    for shape in SHAPES {
        for table in shape.tables {
            let columns = table.columns.unwrap_or_default().iter();
            let called = |heading: &str| folded(&heading.replace('_', " ")) == word;
            for column in columns.filter(|column| called(column.key) || called(column.heading)) {
                if !page.contains(column.doc) {
                    let _ = writeln!(page, "- {} ({})", column.doc, shape.name);
                }
            }
        }
    }
    (!page.is_empty()).then(|| format!("# {word}\n\nA column of answers.\n\n{page}"))
}

/// Returns the names of words that are nearly written so.
pub(super) fn near(written: &str) -> Vec<&'static str> {
    let names = entries().flat_map(|(names, _)| names.split(", "));
    several_nearest(written, names, 3)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::graph::{Fate, Side, Verdict};
    use crate::model::{Likelihood, MeetingStatus, Position};
    use crate::query::{Combined, rows::Doubt};

    #[test]
    fn every_word_is_explained_once() {
        let mut seen = BTreeSet::new();
        for name in entries().flat_map(|(names, _)| names.split(", ")) {
            assert!(seen.insert(folded(name)), "{name}");
        }
        assert_eq!(entries().count(), WORDS.matches("\n# ").count() + 1);
        assert!(WORDS.starts_with("# "));
    }

    #[test]
    fn words_of_answers() {
        for word in [
            Verdict::Unknown,
            Verdict::Contested,
            Verdict::Stands(Position::Mixed),
        ] {
            let page = explained(&word.word());
            assert!(page.is_some(), "{}", word.word());
        }
        for word in [
            "brackets",
            "offer",
            "perhaps_not_in_office",
            "Betweenness",
            "voiced by",
            "reaches",
        ] {
            assert!(explained(word).is_some(), "{word}");
        }
        assert_eq!(explained("nosuch"), None);
    }

    /// Words of fixed lists, as people and programs read them, and headings of columns.
    #[test]
    fn every_word_of_an_answer() {
        let mut words: BTreeSet<String> = BTreeSet::new();
        let mut add = |pairs: &[(&str, &str)]| {
            let both = pairs.iter().flat_map(|(key, word)| [key, word]);
            words.extend(both.map(|word| (*word).to_owned()));
        };
        add(&Fate::ALL
            .iter()
            .map(|one| (one.key(), one.word()))
            .collect::<Vec<_>>());
        add(&Side::ALL
            .iter()
            .map(|one| (one.key(), one.word()))
            .collect::<Vec<_>>());
        add(&Doubt::ALL
            .iter()
            .map(|one| (one.key(), one.word()))
            .collect::<Vec<_>>());
        add(&Combined::ALL
            .iter()
            .map(|one| (one.key(), one.word()))
            .collect::<Vec<_>>());
        let likely = Likelihood::ALL.iter().map(|one| one.word().to_lowercase());
        let statuses = MeetingStatus::ALL
            .iter()
            .map(|one| one.word().to_lowercase());
        words.extend(likely.chain(statuses));
        let others = [
            "first known",
            "said again",
            "another voice, another strength",
            "known again",
            "no longer in force",
            "contested in another way",
            "becomes contested",
            "settled",
            "moves",
            "no source",
            "one source",
            "old",
            "quote not found",
            "quote not checked",
            "at odds",
            "[1/1,1d,F6]",
        ];
        words.extend(others.map(str::to_owned));
        for shape in SHAPES {
            for column in shape
                .tables
                .iter()
                .flat_map(|table| table.columns.unwrap_or_default())
            {
                words.insert(column.key.to_owned());
                words.insert(column.heading.to_owned());
            }
        }
        words.remove("");
        let missing: Vec<&String> = words
            .iter()
            // A fate with a remark is explained by the word before the colon.
            .filter(|word| explained(word.split(':').next().unwrap_or(word)).is_none())
            .collect();
        assert!(missing.is_empty(), "{missing:?}");
    }

    #[test]
    fn grades() {
        let page = explained("f6").unwrap();
        assert!(
            page.starts_with("# F6\n\nHow far a source can be trusted"),
            "{page}"
        );
        assert!(page.contains("How far a claim"), "{page}");
        assert!(!explained("B").unwrap().contains("How far a claim"));
    }
}
