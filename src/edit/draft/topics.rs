//! What a sentence is about: the issues of the graph whose words it contains.

use std::collections::{BTreeMap, BTreeSet};

use super::lists;
use super::names::name_words;
use super::text::Word;
use crate::graph::{Entity, Graph, IssueId};

/// An issue, by its words.
struct Topic {
    issue: IssueId,
    /// The stems of its name, of each alias and of its id.
    names: Vec<BTreeSet<String>>,
    /// Whether its name is negative: `No first use`.
    denies: bool,
    /// The stems of its question.
    question: BTreeSet<String>,
    /// Stems of the question that belong to one of its answers rather than to the issue itself:
    /// `support or oppose`.
    answers: BTreeSet<String>,
}

/// The issues of a graph, by their words; words that many issues share weigh little.
pub(super) struct Topics {
    topics: Vec<Topic>,
    weights: BTreeMap<String, f64>,
}

/// An issue that some words are about.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct About {
    pub(super) issue: IssueId,
    /// The weighted share of its words that occur, 0 to 1.
    score: f64,
    pub(super) own: Own,
}

/// The words that are part of what an issue is called.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Own {
    /// Their indices.
    pub(super) words: BTreeSet<usize>,
    /// Whether the issue's name is negative.
    pub(super) denies: bool,
}

impl About {
    /// Returns the same issue without the indices of its words, which are elsewhere.
    pub(super) fn apart(&self) -> About {
        About {
            own: Own {
                words: BTreeSet::new(),
                ..self.own
            },
            ..*self
        }
    }
}

impl Topics {
    /// Collects the issues that one can be for or against.
    pub(super) fn of(graph: &Graph) -> Topics {
        let stop: BTreeSet<String> = lists::stop().map(lists::stem).collect();
        let actors: BTreeSet<String> = graph
            .actors()
            .flat_map(|(id, _)| {
                graph
                    .names(Entity::Actor(id))
                    .flat_map(name_words)
                    .collect::<Vec<_>>()
            })
            .filter(|word| word.is_capital)
            .map(|word| word.stem)
            .collect();
        let content = |text: &str| -> BTreeSet<String> {
            let all: BTreeSet<String> = name_words(text)
                .into_iter()
                .flat_map(|word| parts(&word))
                .filter(|stem| !stop.contains(stem))
                .collect();
            let own: BTreeSet<String> = all
                .iter()
                .filter(|stem| !actors.contains(*stem))
                .cloned()
                .collect();
            if own.is_empty() { all } else { own }
        };
        let askable = graph.issues().filter(|(_, issue)| !issue.topic_only);
        let topics: Vec<Topic> = askable
            .map(|(id, issue)| {
                let called = graph.names(Entity::Issue(id)).chain([issue.id.as_ref()]);
                let question = graph
                    .written_issue(issue.place)
                    .question
                    .unwrap_or_default();
                Topic {
                    issue: id,
                    names: called
                        .map(content)
                        .filter(|name| !name.is_empty())
                        .collect(),
                    denies: name_words(&issue.name).iter().any(lists::denies),
                    question: content(&question),
                    answers: beside_or(&question),
                }
            })
            .collect();
        let mut uses: BTreeMap<String, usize> = BTreeMap::new();
        for topic in &topics {
            let own: BTreeSet<&String> = topic
                .names
                .iter()
                .flatten()
                .chain(&topic.question)
                .collect();
            for stem in own {
                *uses.entry(stem.clone()).or_default() += 1;
            }
        }
        let total = topics.len() as f64;
        let weights = uses
            .into_iter()
            .map(|(stem, uses)| (stem, (1.0 + total / uses as f64).ln()))
            .collect();
        Topics { topics, weights }
    }

    fn weight(&self, stems: impl IntoIterator<Item = impl AsRef<str>>) -> f64 {
        stems
            .into_iter()
            .filter_map(|stem| self.weights.get(stem.as_ref()))
            .sum()
    }

    /// Returns up to three issues that the words from index `from` on are about, the best first;
    /// those far below the best are left out. `least` is the share of an issue's words that must
    /// occur.
    pub(super) fn about(&self, words: &[Word], from: usize, least: f64) -> Vec<About> {
        let mut there: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (nth, word) in words.iter().enumerate().skip(from) {
            for stem in parts(word) {
                there.entry(stem).or_default().push(nth);
            }
        }
        let mut found: Vec<About> = Vec::new();
        for topic in &self.topics {
            let share = |of: &BTreeSet<String>| {
                let whole = self.weight(of);
                if whole == 0.0 {
                    0.0
                } else {
                    self.weight(of.iter().filter(|stem| there.contains_key(*stem))) / whole
                }
            };
            let name = topic.names.iter().map(share).fold(0.0, f64::max);
            let score = 0.6 * name
                + 0.4
                    * share(&topic.question).max(if topic.question.is_empty() {
                        name
                    } else {
                        0.0
                    });
            let named = topic.names.iter().flatten();
            let last = |stem: &String| there.get(stem).and_then(|all| all.last());
            let several = named
                .clone()
                .chain(&topic.question)
                .filter_map(last)
                .collect::<BTreeSet<_>>()
                .len()
                >= 2;
            if name >= 0.99 || score >= least && several {
                let asked = topic.question.difference(&topic.answers);
                let words = named
                    .chain(asked)
                    .filter_map(|stem| there.get(stem))
                    .flat_map(|all| mentions(words, all))
                    .collect();
                let own = Own {
                    words,
                    denies: topic.denies,
                };
                found.push(About {
                    issue: topic.issue,
                    score,
                    own,
                });
            }
        }
        found.sort_by(|a, b| b.score.total_cmp(&a.score).then(a.issue.cmp(&b.issue)));
        let best = found.first().map_or(0.0, |first| first.score);
        found.retain(|about| about.score >= 0.7 * best);
        found.truncate(3);
        found
    }
}

/// Returns the indices at which a word is part of what an issue is called: the last one, and
/// earlier ones unless the word is a verb with an object: `vetoed the veto`.
fn mentions<'a>(words: &'a [Word], all: &'a [usize]) -> impl Iterator<Item = usize> {
    let has_object = |nth: usize| {
        let determiners = [
            "the", "a", "an", "any", "all", "every", "this", "that", "these", "those", "its",
            "their", "his", "her",
        ];
        words
            .get(nth + 1)
            .is_some_and(|word| determiners.contains(&word.folded.as_str()))
    };
    all.iter()
        .copied()
        .filter(move |nth| Some(nth) == all.last() || !has_object(*nth))
}

/// Returns the stems of the words on both sides of an `or`.
fn beside_or(question: &str) -> BTreeSet<String> {
    let words = name_words(question);
    let beside = |nth: usize| {
        [nth.checked_sub(1), Some(nth + 1)]
            .into_iter()
            .flatten()
            .filter_map(|nth| words.get(nth))
    };
    let ors = (0..words.len()).filter(|nth| words[*nth].folded == "or");
    ors.flat_map(beside).flat_map(parts).collect()
}

/// Returns the stem of a word, or those of its parts if it has a hyphen.
fn parts(word: &Word) -> Vec<String> {
    match word.folded.contains('-') {
        true => word
            .folded
            .split('-')
            .filter(|part| !part.is_empty())
            .map(|part| lists::related(&lists::stem(part)))
            .collect(),
        false => vec![lists::related(&word.stem)],
    }
}
