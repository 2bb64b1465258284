//! A quote prepared for searching: split into parts where something is left out of it, each in
//! normal form.

use std::ops::Range;

use super::boundaries::is_whole;
use super::normal::{Hyphens, Markup, Normal, normal};

/// The maximum distance between two parts of a quote, in bytes: about a page. Words further apart
/// are two quotes.
pub(super) const FARTHEST: usize = 3000;
/// The maximum number of attempts to fit the parts of a quote together from one offset.
const TRIES: usize = 2000;

/// A quote to look for.
#[derive(Debug)]
pub(super) struct Sought {
    /// The quote as a whole, since a text may itself contain the `…`.
    pub(super) whole: Normal,
    /// What stands before, between and after the `…` or `[…]`: the bytes in the quote, and the
    /// normal form. Empty if nothing is left out.
    pub(super) parts: Vec<(Range<usize>, Normal)>,
}

impl Sought {
    pub(super) fn new(quote: &str, markup: Markup, hyphens: Hyphens) -> Sought {
        let whole = trimmed(normal(quote, markup, hyphens));
        let kept = kept(quote);
        let parts = match kept.as_slice() {
            [all] if *all == (0..quote.len()) => Vec::new(),
            kept => kept
                .iter()
                .map(|part| {
                    (
                        part.clone(),
                        trimmed(normal(&quote[part.clone()], markup, hyphens)),
                    )
                })
                .collect(),
        };
        Sought { whole, parts }
    }

    /// Returns whether a quote contains no words.
    pub(super) fn is_empty(quote: &str) -> bool {
        !kept(quote)
            .into_iter()
            .any(|part| quote[part].contains(char::is_alphanumeric))
    }

    /// Returns the index of the longest part, or `None` if the quote is not split.
    pub(super) fn longest(&self) -> Option<usize> {
        (0..self.parts.len()).max_by_key(|nth| self.parts[*nth].1.text.len())
    }

    /// Returns the range of the text in which the parts follow one another, given that part `nth`
    /// starts at byte `at`.
    pub(super) fn around(&self, text: &Normal, nth: usize, at: usize) -> Option<Range<usize>> {
        let here = at..at + self.parts[nth].1.text.len();
        let mut tries = TRIES;
        let start = self.before(text, nth, here.start, &mut tries)?;
        let end = self.behind(text, nth, here.end, &mut tries)?;
        stands(text, here, &self.parts[nth].1).then_some(start..end)
    }

    /// Returns where the parts before part `nth` start, nearest first.
    fn before(&self, text: &Normal, nth: usize, at: usize, tries: &mut usize) -> Option<usize> {
        let Some(nth) = nth.checked_sub(1) else {
            return Some(at);
        };
        let part = &self.parts[nth].1;
        let from = text
            .text
            .floor_char_boundary(at.saturating_sub(FARTHEST + part.text.len()));
        for (found, _) in text.text[from..at].rmatch_indices(&part.text) {
            *tries = tries.checked_sub(1)?;
            let start = from + found;
            if stands(text, start..start + part.text.len(), part)
                && let Some(first) = self.before(text, nth, start, tries)
            {
                return Some(first);
            }
        }
        None
    }

    /// Returns where the parts after part `nth` end, nearest first.
    fn behind(&self, text: &Normal, nth: usize, at: usize, tries: &mut usize) -> Option<usize> {
        let Some((_, part)) = self.parts.get(nth + 1) else {
            return Some(at);
        };
        let to = text
            .text
            .floor_char_boundary((at + FARTHEST + part.text.len()).min(text.text.len()));
        for (found, _) in text.text[at..to].match_indices(&part.text) {
            *tries = tries.checked_sub(1)?;
            let start = at + found;
            let end = start + part.text.len();
            if stands(text, start..end, part)
                && let Some(last) = self.behind(text, nth + 1, end, tries)
            {
                return Some(last);
            }
        }
        None
    }
}

/// Returns whether `words`, which equal this range of the text, occur there as whole words with the
/// same hyphens.
pub(super) fn stands(text: &Normal, range: Range<usize>, words: &Normal) -> bool {
    let between = text
        .hyphens
        .partition_point(|hyphen| hyphen.at < range.start);
    let hyphens = text.hyphens[between..]
        .iter()
        .take_while(|hyphen| hyphen.at <= range.end);
    let at_an_end = |at: usize| hyphens.clone().any(|hyphen| hyphen.at == at);
    let whole = |at: usize| at_an_end(at) || is_whole(&text.text, at..at);
    let within = || {
        hyphens
            .clone()
            .filter(|hyphen| range.start < hyphen.at && hyphen.at < range.end)
    };
    let wanted = |at: usize| {
        words
            .hyphens
            .iter()
            .any(|hyphen| hyphen.at + range.start == at)
    };
    whole(range.start)
        && whole(range.end)
        && within().all(|hyphen| hyphen.breaks_line || wanted(hyphen.at))
        && words
            .hyphens
            .iter()
            .all(|hyphen| within().any(|there| there.at == hyphen.at + range.start))
}

/// Removes the quotation marks and spaces around a normal form.
fn trimmed(mut normal: Normal) -> Normal {
    while normal.text.ends_with(['\'', ' ']) {
        normal.text.pop();
    }
    let start = normal.text.len() - normal.text.trim_start_matches(['\'', ' ']).len();
    if start > 0 {
        normal.drop_start(start);
    }
    normal
}

/// Returns the byte ranges of a quote that are somebody's words: without `…`, `...`, `[…]` and
/// `(...)`.
fn kept(quote: &str) -> Vec<Range<usize>> {
    let mut kept = Vec::new();
    let mut start = 0;
    let mut at = 0;
    while let Some(found) = quote[at..].find(['…', '.']) {
        let from = at + found;
        let dots = &quote[from..];
        let length = dots.len() - dots.trim_start_matches(['…', '.']).len();
        at = from + length;
        if length < 3 {
            continue;
        }
        let (from, to) = with_brackets(quote, from, at);
        kept.push(start..from);
        (start, at) = (to, to);
    }
    kept.push(start..quote.len());
    kept.retain(|part| quote[part.clone()].contains(char::is_alphanumeric));
    kept
}

/// Extends an omission to include the brackets around it.
fn with_brackets(quote: &str, from: usize, to: usize) -> (usize, usize) {
    let (before, behind) = (quote[..from].trim_end(), quote[to..].trim_start());
    let closed = [('[', ']'), ('(', ')')]
        .iter()
        .any(|(open, close)| before.ends_with(*open) && behind.starts_with(*close));
    if closed {
        (before.len() - 1, quote.len() - behind.len() + 1)
    } else {
        (from, to)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_left_out_parts_a_quote() {
        let parts = |quote: &'static str| -> Vec<&'static str> {
            kept(quote)
                .into_iter()
                .map(|part| quote[part].trim())
                .collect()
        };
        assert_eq!(
            parts("one … two [...] three ( … ) four....five. Six"),
            ["one", "two", "three", "four", "five. Six"]
        );
        assert_eq!(parts("… only this …"), ["only this"]);
        assert!(
            ["", "…", " [...] ", "–", "..."]
                .into_iter()
                .all(Sought::is_empty)
        );
        assert!(!Sought::is_empty("a…"));
    }

    fn found(text: &str, quote: &str) -> Option<String> {
        let text = normal(text, Markup::Plain, Hyphens::Apart);
        let sought = Sought::new(quote, Markup::Plain, Hyphens::Apart);
        let longest = sought.longest()?;
        let mut places = text
            .text
            .match_indices(&sought.parts[longest].1.text)
            .map(|(at, _)| at);
        places
            .find_map(|at| sought.around(&text, longest, at))
            .map(|range| text.text[range].to_owned())
    }

    #[test]
    fn parts_stand_in_order_and_near() {
        let text = "We shall, if need be, not yield. Not now.";
        assert_eq!(
            found(text, "We shall … not yield").as_deref(),
            Some("We shall, if need be, not yield")
        );
        assert_eq!(found(text, "not yield … We shall"), None);
        assert_eq!(found(text, "We sh … not yield"), None);
        let far = format!("We shall {} not yield", "so ".repeat(FARTHEST));
        assert_eq!(found(&far, "We shall … not yield"), None);
    }
}
