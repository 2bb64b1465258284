//! Offices: `Singapore's foreign minister`, `the foreign ministers of Norland and Sudland`.

use std::ops::Range;

use super::lists;
use super::names::{Mention, Names, NewKind, Who};
use super::text::Word;
use crate::model::ActorKind;

impl Names<'_> {
    /// Returns the length in words of the longest office that starts at a word.
    pub(super) fn role_at(&self, stems: &[String], at: usize) -> Option<usize> {
        let roles = self
            .roles
            .iter()
            .filter(|role| stems[at..].starts_with(role));
        roles.map(Vec::len).max()
    }

    /// Adds the holders of offices to the mentions: `Chinese President Xi Jinping` is one person,
    /// and so is `Singapore's foreign minister`.
    pub(super) fn offices_in(&self, words: &[Word], found: &mut Vec<Mention>, seen: &[Who]) {
        let stems: Vec<String> = words.iter().map(|word| word.stem.clone()).collect();
        let mut at = 0;
        while at < words.len() {
            let counterpart = words[at].stem == lists::stem("counterpart")
                || words[at].stem == lists::stem("counterparts");
            let Some(length) = self.role_at(&stems, at).or(counterpart.then_some(1)) else {
                at += 1;
                continue;
            };
            let end = at + length;
            let inside = found
                .iter()
                .any(|mention| mention.words.start < at && mention.words.end >= end);
            let country = self.country_beside(words, found, at, end);
            let named = found
                .iter()
                .any(|mention| mention.words.start == end && self.is_person(&mention.who));
            if named || counterpart {
                // The name itself identifies the person; the country before it only describes.
                if let (Some(nth), true) = (country, named) {
                    found.remove(nth);
                }
            } else if !inside && is_plural(&words[at..end]) {
                self.several_in(words, at..end, found);
            } else if !inside {
                let state = country.map(|nth| found[nth].clone());
                if let Some(who) = self.holder(
                    &stems[at..end],
                    state.as_ref().map(|mention| &mention.who),
                    seen,
                ) {
                    let range = state.as_ref().map_or(at..end, |state| {
                        state.words.start.min(at)..state.words.end.max(end)
                    });
                    if let Some(nth) = country {
                        found.remove(nth);
                    }
                    let is_possessive = words[range.end - 1].is_possessive;
                    found.push(Mention {
                        words: range,
                        who,
                        is_place: false,
                        is_adjective: false,
                        is_possessive,
                    });
                    found.sort_by_key(|mention| mention.words.start);
                }
            }
            at = end;
        }
    }

    /// Adds the holders of an office in the plural: one for each of the countries after it, none
    /// without countries.
    fn several_in(&self, words: &[Word], role: Range<usize>, found: &mut [Mention]) {
        let stems: Vec<String> = words[role.clone()]
            .iter()
            .map(|word| word.stem.clone())
            .collect();
        if !words
            .get(role.end)
            .is_some_and(|word| matches!(word.folded.as_str(), "of" | "from"))
        {
            return;
        }
        let mut end = role.end + 1;
        let is_near = |from: usize, to: usize| {
            from <= to
                && words[from..to]
                    .iter()
                    .all(|word| matches!(word.folded.as_str(), "and" | "the" | "both"))
        };
        for mention in found
            .iter_mut()
            .filter(|mention| mention.words.start > role.end)
        {
            if !is_near(end, mention.words.start)
                || mention.is_adjective
                || self.is_person(&mention.who)
            {
                break;
            }
            end = mention.words.end;
            if let Some(who) = self.holder(&stems, Some(&mention.who), &[]) {
                (mention.who, mention.is_place) = (who, false);
            }
        }
    }

    /// Returns the index of the mention of an office's country, just before it or, with `of`, just
    /// after it.
    fn country_beside(
        &self,
        words: &[Word],
        found: &[Mention],
        start: usize,
        end: usize,
    ) -> Option<usize> {
        found.iter().position(|mention| {
            let before = mention.words.end == start;
            let behind = words
                .get(end)
                .is_some_and(|word| matches!(word.folded.as_str(), "of" | "from"))
                && (mention.words.start == end + 1
                    || mention.words.start == end + 2 && words[end + 1].folded == "the");
            (before || behind) && !self.is_person(&mention.who)
        })
    }

    fn is_person(&self, who: &Who) -> bool {
        match who {
            Who::Known(id) => self.graph[*id].kind == Some(ActorKind::Person),
            Who::New(_, kind) => *kind == NewKind::Person,
        }
    }

    /// Returns the holder of an office: that of the country if one is named, else the last one
    /// named before.
    fn holder(&self, role: &[String], country: Option<&Who>, seen: &[Who]) -> Option<Who> {
        let holds = |office: &[String]| role.iter().all(|word| office.contains(word));
        match country {
            Some(Who::Known(state)) => {
                let of_state = self
                    .offices
                    .iter()
                    .find(|(_, office, states)| states.contains(state) && holds(office));
                let title = || format!("{} of {}", title(role), self.graph[*state].name);
                Some(of_state.map_or_else(
                    || Who::New(title(), NewKind::Person),
                    |(id, ..)| Who::Known(*id),
                ))
            }
            Some(Who::New(name, _)) => Some(Who::New(
                format!("{} of {name}", title(role)),
                NewKind::Person,
            )),
            None => {
                let holder = |who: &&Who| {
                    self.offices
                        .iter()
                        .any(|(id, office, _)| **who == Who::Known(*id) && holds(office))
                };
                seen.iter().rev().find(holder).cloned()
            }
        }
    }
}

/// Returns whether the words are an office of several people: `foreign ministers`.
fn is_plural(role: &[Word]) -> bool {
    let written = role
        .iter()
        .map(|word| word.folded.as_str())
        .collect::<Vec<_>>()
        .join(" ");
    !lists::roles().any(|known| known == written)
}

/// Returns an office with a capital first letter.
fn title(role: &[String]) -> String {
    let known = lists::roles().find(|known| {
        known
            .split_whitespace()
            .map(lists::stem)
            .eq(role.iter().cloned())
    });
    let mut chars = known.unwrap_or("holder of the office").chars();
    chars
        .next()
        .map(|first| first.to_uppercase().chain(chars).collect())
        .unwrap_or_default()
}
