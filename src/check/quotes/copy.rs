//! The local copy of a source. Finds which of many quotes are in it, where they are, and what comes
//! closest to those that are not.

use std::cell::OnceCell;
use std::ops::Range;

use hashbrown::HashMap;

use super::mend::{Mend, mend};
use super::normal::{Hyphens, Markup, Normal, normal};
use super::sought::{Sought, stands};
use super::{Close, Instead, near, search};
use crate::graph::Graph;
use crate::text::{FileId, Place, Span};

/// The maximum number of passages reported for one quote.
const PASSAGES: usize = 16;

/// The text of a source, prepared for finding quotes in it.
pub(super) struct LocalCopy<'g> {
    file: FileId,
    text: &'g str,
    markup: Markup,
    normal: Normal,
    /// The normal form without hyphens between words, some of which may only break a line. Made
    /// when first needed.
    unbroken: OnceCell<Normal>,
}

impl<'g> LocalCopy<'g> {
    pub(super) fn new(graph: &'g Graph, file: FileId) -> LocalCopy<'g> {
        let (name, text) = file
            .of(&graph.texts)
            .map_or(("", ""), |text| (&text.name, &text.text));
        let markdown = [".md", ".markdown", ".mdown"]
            .iter()
            .any(|ending| name.to_lowercase().ends_with(ending));
        let markup = if markdown {
            Markup::Markdown
        } else {
            Markup::Plain
        };
        LocalCopy {
            file,
            text,
            markup,
            normal: normal(text, markup, Hyphens::Kept),
            unbroken: OnceCell::new(),
        }
    }

    /// Returns the places where each quote occurs, at most [`PASSAGES`] for each.
    pub(super) fn passages(&self, quotes: &[&str]) -> Vec<Vec<Place>> {
        let mut found = self.look(quotes, &self.normal, Markup::Plain, Hyphens::Kept);
        self.again(quotes, &mut found, |left| {
            self.look(left, self.unbroken(), Markup::Plain, Hyphens::Apart)
        });
        if self.markup == Markup::Markdown {
            // The quote may have been copied with its asterisks.
            self.again(quotes, &mut found, |left| {
                self.look(left, &self.normal, Markup::Markdown, Hyphens::Kept)
            });
        }
        found
    }

    /// Runs another search, `look`, for the quotes that have not been found yet.
    fn again(
        &self,
        quotes: &[&str],
        found: &mut [Vec<Place>],
        look: impl FnOnce(&[&str]) -> Vec<Vec<Place>>,
    ) {
        let left: Vec<usize> = (0..quotes.len())
            .filter(|nth| found[*nth].is_empty())
            .collect();
        if left.is_empty() {
            return;
        }
        let places = look(&left.iter().map(|nth| quotes[*nth]).collect::<Vec<_>>());
        for (nth, places) in left.into_iter().zip(places) {
            found[nth] = places;
        }
    }

    fn unbroken(&self) -> &Normal {
        self.unbroken
            .get_or_init(|| normal(self.text, self.markup, Hyphens::Apart))
    }

    fn look(
        &self,
        quotes: &[&str],
        text: &Normal,
        markup: Markup,
        hyphens: Hyphens,
    ) -> Vec<Vec<Place>> {
        if hyphens == Hyphens::Apart && !text.hyphens.iter().any(|hyphen| hyphen.breaks_line) {
            return vec![Vec::new(); quotes.len()];
        }
        let sought: Vec<Sought> = quotes
            .iter()
            .map(|quote| Sought::new(quote, markup, hyphens))
            .collect();
        let mut phrases = Phrases::default();
        let numbers = sought.iter().map(|sought| {
            let longest = sought.longest();
            (
                phrases.number(&sought.whole.text),
                longest.map(|nth| (nth, phrases.number(&sought.parts[nth].1.text))),
            )
        });
        let numbers: Vec<_> = numbers.collect();
        let places = search::places(&text.text, &phrases.all);
        let each = sought
            .iter()
            .zip(numbers)
            .map(|(sought, (whole, longest))| {
                let length = sought.whole.text.len();
                let as_one = places[whole]
                    .iter()
                    .map(|at| *at..at + length)
                    .filter(|range| stands(text, range.clone(), &sought.whole));
                let in_parts = longest.into_iter().flat_map(|(nth, phrase)| {
                    places[phrase]
                        .iter()
                        .filter_map(move |at| sought.around(text, nth, *at))
                });
                let mut ranges: Vec<Range<usize>> = as_one.chain(in_parts).take(PASSAGES).collect();
                ranges.dedup();
                ranges
                    .into_iter()
                    .map(|range| self.place(text, range))
                    .collect()
            });
        each.collect()
    }

    /// Returns the closest match for each of these quotes, none of which is in the text.
    pub(super) fn instead(&self, quotes: &[&str]) -> Vec<Instead> {
        if quotes.is_empty() {
            return Vec::new();
        }
        let text = normal(self.text, self.markup, Hyphens::Joined);
        let sought: Vec<Sought> = quotes
            .iter()
            .map(|quote| Sought::new(quote, Markup::Plain, Hyphens::Joined))
            .collect();
        let parts = first_places(&text, &sought);
        // For a quote in parts, the first part that is missing.
        let missing: Vec<(usize, &Normal)> = sought
            .iter()
            .zip(&parts)
            .map(|(sought, places)| {
                let absent = sought
                    .parts
                    .iter()
                    .zip(places)
                    .find(|(_, place)| place.is_none());
                absent.map_or((0, &sought.whole), |((range, part), _)| (range.start, part))
            })
            .collect();
        let closest = near::closest(
            &text.text,
            &missing
                .iter()
                .map(|(_, words)| words.text.as_str())
                .collect::<Vec<_>>(),
        );
        let each = quotes
            .iter()
            .zip(parts)
            .zip(missing.into_iter().zip(closest))
            .map(|((quote, parts), (missing, close))| {
                match (
                    parts.into_iter().collect::<Option<Vec<Range<usize>>>>(),
                    close,
                ) {
                    (Some(parts), _) if !parts.is_empty() => Instead::Parts(
                        parts
                            .into_iter()
                            .map(|range| self.place(&text, range))
                            .collect(),
                    ),
                    (_, Some(close)) => Instead::Passage(self.close(&text, quote, missing, close)),
                    (_, None) => Instead::Nothing,
                }
            });
        let mut found: Vec<Instead> = each.collect();
        self.unmend(&mut found);
        found
    }

    /// Withdraws replacements whose words are not found in the text.
    fn unmend(&self, found: &mut [Instead]) {
        let mut proposed: Vec<&mut Mend> = found
            .iter_mut()
            .filter_map(|instead| match instead {
                Instead::Passage(close) if matches!(close.mend, Mend::Words(_)) => {
                    Some(&mut close.mend)
                }
                _ => None,
            })
            .collect();
        let words: Vec<String> = proposed
            .iter()
            .filter_map(|mend| match mend {
                Mend::Words(words) => Some(words.clone()),
                _ => None,
            })
            .collect();
        if words.is_empty() {
            return;
        }
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        let places = self.passages(&words);
        for (mend, places) in proposed.iter_mut().zip(places) {
            if places.is_empty() {
                **mend = Mend::None;
            }
        }
    }

    /// Converts a close passage to byte ranges of the quote and the text as written.
    fn close(
        &self,
        text: &Normal,
        quote: &str,
        (start, words): (usize, &Normal),
        close: near::Close,
    ) -> Close {
        let differences = close.differences.into_iter().map(|(sought, there)| {
            let sought = words.origin(&quote[start..], sought);
            (
                sought.start + start..sought.end + start,
                self.place(text, there),
            )
        });
        let differences: Vec<(Range<usize>, Place)> = differences.collect();
        let there = |place: Place| {
            let words = self.text[place.span.range()].split_whitespace();
            words.collect::<Vec<_>>().join(" ")
        };
        let changes: Vec<(Range<usize>, String)> = differences
            .iter()
            .map(|(range, place)| (range.clone(), there(*place)))
            .collect();
        let mend = mend(quote, &changes, close.likeness);
        Close {
            mend,
            place: self.place(text, close.range),
            differences,
            likeness: close.likeness,
        }
    }

    fn place(&self, text: &Normal, range: Range<usize>) -> Place {
        let bytes = text.origin(self.text, range);
        Place {
            file: self.file,
            span: Span::new(bytes.start, bytes.end),
        }
    }
}

/// Returns where each part of each quote first occurs.
fn first_places(text: &Normal, sought: &[Sought]) -> Vec<Vec<Option<Range<usize>>>> {
    let mut phrases = Phrases::default();
    let numbers: Vec<Vec<usize>> = sought
        .iter()
        .map(|sought| {
            sought
                .parts
                .iter()
                .map(|(_, part)| phrases.number(&part.text))
                .collect()
        })
        .collect();
    let places = search::places(&text.text, &phrases.all);
    let first = |phrase: usize, part: &Normal| {
        places[phrase]
            .iter()
            .map(|at| *at..at + part.text.len())
            .find(|range| stands(text, range.clone(), part))
    };
    let of = |(sought, numbers): (&Sought, &Vec<usize>)| {
        sought
            .parts
            .iter()
            .zip(numbers)
            .map(|((_, part), phrase)| first(*phrase, part))
            .collect()
    };
    sought.iter().zip(&numbers).map(of).collect()
}

/// Distinct phrases, numbered in order of first appearance.
#[derive(Default)]
struct Phrases<'p> {
    all: Vec<&'p str>,
    numbers: HashMap<&'p str, usize>,
}

impl<'p> Phrases<'p> {
    fn number(&mut self, phrase: &'p str) -> usize {
        *self.numbers.entry(phrase).or_insert_with(|| {
            self.all.push(phrase);
            self.all.len() - 1
        })
    }
}
