//! Finds the passage of a text that is closest to words that are not in it, and where the two
//! differ, word by word.
//!
//! Short pieces of the words are looked up in the text. Where many of them occur at the same
//! distances as in the words, the passage is aligned with the words (edit distance over words).
//! Both steps are bounded.

use std::collections::BTreeMap;
use std::ops::Range;

use hashbrown::HashSet;

use super::boundaries::{tokens, whole_word_around};
use super::search;

/// The length of a piece, in bytes.
const PIECE: usize = 5;
/// The maximum number of pieces looked up, spread evenly over the words.
const PIECES: usize = 64;
/// A piece that occurs more often than this in the text is ignored if there are rarer ones.
const COMMON: usize = 128;
/// The maximum number of passages tried.
const CANDIDATES: usize = 3;
/// The maximum number of sought words that are aligned.
const LONGEST: usize = 1500;
/// The maximum number of word pairs compared for all that is sought in a text: at most a second of
/// work.
const BUDGET: usize = 100_000_000;
/// The minimum likeness of a close passage.
const CLOSE: f64 = 0.5;
/// The likeness from which a passage is accepted without trying others.
const CLOSE_ENOUGH: f64 = 0.85;

/// A passage close to what was sought.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Close {
    /// The bytes of the passage in the text.
    pub(super) range: Range<usize>,
    /// The differences, in order: bytes of what was sought, and bytes of the text. One of the two
    /// may be empty.
    pub(super) differences: Vec<(Range<usize>, Range<usize>)>,
    /// The share of the words that is the same, from 0 to 1.
    pub(super) likeness: f64,
}

/// Returns the closest passage of a text for each of the sought phrases, or `None` where there is
/// none. All are in normal form.
pub(super) fn closest(text: &str, sought: &[&str]) -> Vec<Option<Close>> {
    let pieces: Vec<Vec<(usize, &[u8])>> = sought.iter().map(|words| pieces(words)).collect();
    let all: HashSet<&[u8]> = pieces.iter().flatten().map(|(_, piece)| *piece).collect();
    let places = search::pieces(text, &all, PIECE, COMMON);
    let mut budget = BUDGET;
    let close = |(words, pieces): (&&str, &Vec<(usize, &[u8])>)| {
        let mut best: Option<Close> = None;
        for start in candidates(words.len(), pieces, &places) {
            let found = aligned(text, words, start, &mut budget);
            let better = |found: &Close| {
                best.as_ref()
                    .is_none_or(|best| found.likeness > best.likeness)
            };
            best = found.filter(better).or(best);
            if best
                .as_ref()
                .is_some_and(|best| best.likeness >= CLOSE_ENOUGH)
            {
                break;
            }
        }
        best
    };
    sought.iter().zip(&pieces).map(close).collect()
}

/// Returns pieces at the starts and ends of words, with their offsets.
fn pieces(words: &str) -> Vec<(usize, &[u8])> {
    let ends = tokens(words).flat_map(|token| [Some(token.start), token.end.checked_sub(PIECE)]);
    let mut starts: Vec<usize> = ends
        .flatten()
        .filter(|start| start + PIECE <= words.len())
        .collect();
    starts.sort_unstable();
    starts.dedup();
    let apart = starts.len().div_ceil(PIECES).max(1);
    starts
        .into_iter()
        .step_by(apart)
        .map(|start| (start, &words.as_bytes()[start..start + PIECE]))
        .collect()
}

/// Returns where in the text the words may start, likeliest first.
fn candidates<'p>(
    length: usize,
    pieces: &[(usize, &'p [u8])],
    places: &hashbrown::HashMap<&'p [u8], Vec<usize>>,
) -> Vec<usize> {
    let rare = |places: &Vec<usize>| places.len() <= COMMON;
    let any_rare = pieces
        .iter()
        .filter_map(|(_, piece)| places.get(piece))
        .any(rare);
    let width = 48 + length / 4;
    // For each stretch of the text: its votes, and the earliest start that was voted for.
    let mut votes: BTreeMap<usize, (usize, usize)> = BTreeMap::new();
    for (offset, piece) in pieces {
        let Some(places) = places.get(piece).filter(|places| !any_rare || rare(places)) else {
            continue;
        };
        let weight = COMMON / places.len().max(1) + 1;
        for place in places {
            let start = place.saturating_sub(*offset);
            for stretch in [start / width, (start / width).saturating_sub(1)] {
                let (votes, first) = votes.entry(stretch).or_insert((0, start));
                (*votes, *first) = (*votes + weight, (*first).min(start));
            }
        }
    }
    let mut ranked: Vec<(usize, usize)> = votes.into_values().collect();
    ranked.sort_by_key(|(votes, start)| (std::cmp::Reverse(*votes), *start));
    let mut starts: Vec<usize> = Vec::new();
    for (_, start) in ranked {
        if starts.iter().all(|known| known.abs_diff(start) > width / 2) {
            starts.push(start);
        }
        if starts.len() == CANDIDATES {
            break;
        }
    }
    starts
}

/// A step of the alignment, which turns the sought words into the passage word by word.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Step {
    Same,
    Other,
    OnlySought,
    OnlyText,
}

fn aligned(text: &str, words: &str, start: usize, budget: &mut usize) -> Option<Close> {
    let slack = 32 + words.len() / 4;
    let from = whole_word_around(text, start.saturating_sub(slack)).start;
    let to = whole_word_around(text, (start + words.len() + 2 * slack).min(text.len())).end;
    let sought: Vec<Range<usize>> = tokens(words).take(LONGEST).collect();
    let there: Vec<Range<usize>> = tokens(&text[from..to])
        .map(|token| token.start + from..token.end + from)
        .collect();
    *budget = budget.checked_sub((sought.len() + 1) * (there.len() + 1))?;
    let (steps, first) = alignment(
        &sought
            .iter()
            .map(|token| &words[token.clone()])
            .collect::<Vec<_>>(),
        &there
            .iter()
            .map(|token| &text[token.clone()])
            .collect::<Vec<_>>(),
    );
    let (mut s, mut t) = (0, first);
    let mut same = 0;
    let mut differences: Vec<(Range<usize>, Range<usize>)> = Vec::new();
    let mut open = false;
    for step in &steps {
        let before = |tokens: &[Range<usize>], nth: usize| {
            nth.checked_sub(1).map_or(0, |last| tokens[last].end)
        };
        if *step == Step::Same {
            same += sought[s].len();
        } else {
            let start = (before(&sought, s), before(&there, t));
            if !open {
                differences.push((start.0..start.0, start.1..start.1));
            }
            if let Some((in_sought, in_text)) = differences.last_mut() {
                widen(
                    in_sought,
                    (*step != Step::OnlyText).then(|| sought[s].clone()),
                );
                widen(
                    in_text,
                    (*step != Step::OnlySought).then(|| there[t].clone()),
                );
            }
        }
        open = *step != Step::Same;
        s += usize::from(*step != Step::OnlyText);
        t += usize::from(*step != Step::OnlySought);
    }
    let length: usize = sought.iter().map(ExactSizeIterator::len).sum();
    let likeness = same as f64 / length.max(1) as f64;
    let range = there.get(first)?.start..there.get(t.checked_sub(1)?)?.end;
    (likeness >= CLOSE && !range.is_empty()).then_some(Close {
        range,
        differences,
        likeness,
    })
}

/// Extends a range to cover another; an empty range becomes the other.
fn widen(range: &mut Range<usize>, other: Option<Range<usize>>) {
    if let Some(other) = other {
        *range = if range.start == range.end {
            other
        } else {
            range.start..other.end
        };
    }
}

/// Returns the cheapest alignment of all of `sought` with some stretch of `there`: its steps, and
/// the index at which the stretch begins.
fn alignment(sought: &[&str], there: &[&str]) -> (Vec<Step>, usize) {
    let columns = there.len() + 1;
    let mut steps = vec![Step::OnlyText; (sought.len() + 1) * columns];
    let mut costs: Vec<u32> = vec![0; columns];
    let length = |word: &str| word.len() as u32;
    for (s, word) in sought.iter().enumerate() {
        let mut diagonal = costs[0];
        costs[0] += 2 * length(word);
        steps[(s + 1) * columns] = Step::OnlySought;
        for (t, other) in there.iter().enumerate() {
            let same = word == other;
            let change = diagonal + if same { 0 } else { change(word, other) };
            // Dropping a sought word costs double, so that the stretch extends to that word
            // instead.
            let (gone, added) = (costs[t + 1] + 2 * length(word), costs[t] + length(other));
            let (cost, step) = [
                (change, if same { Step::Same } else { Step::Other }),
                (gone, Step::OnlySought),
                (added, Step::OnlyText),
            ]
            .into_iter()
            .min_by_key(|(cost, _)| *cost)
            .unwrap_or((change, Step::Other));
            diagonal = costs[t + 1];
            costs[t + 1] = cost;
            steps[(s + 1) * columns + t + 1] = step;
        }
    }
    let mut t = (0..columns).rev().min_by_key(|t| costs[*t]).unwrap_or(0);
    let mut s = sought.len();
    let mut way = Vec::new();
    while s > 0 {
        let step = steps[s * columns + t];
        way.push(step);
        s -= usize::from(step != Step::OnlyText);
        t -= usize::from(step != Step::OnlySought);
    }
    way.reverse();
    (way, t)
}

/// Returns the cost of replacing one word by another: lower if they begin alike, otherwise more
/// than the length of either.
fn change(word: &str, other: &str) -> u32 {
    let common = word
        .bytes()
        .zip(other.bytes())
        .take_while(|(a, b)| a == b)
        .count();
    if common == 0 {
        return word.len().max(other.len()) as u32 + 1;
    }
    let end = u32::from(word.as_bytes().last() == other.as_bytes().last());
    ((word.len().max(other.len()) - common) as u32)
        .saturating_sub(end)
        .max(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str, words: &str) -> (String, Vec<(String, String)>) {
        let close = closest(text, &[words]).remove(0).unwrap();
        let differences = close
            .differences
            .iter()
            .map(|(s, t)| (words[s.clone()].to_owned(), text[t.clone()].to_owned()));
        (text[close.range.clone()].to_owned(), differences.collect())
    }

    const TEXT: &str = "The minister spoke at length. We will not accept the tariffs, said the minister, and we shall not be moved by \
                        threats of any kind. The session was closed.";

    #[test]
    fn what_differs_is_told() {
        let pair = |s: &str, t: &str| vec![(s.to_owned(), t.to_owned())];
        let (passage, differences) = found(TEXT, "We will never accept the tariffs");
        assert_eq!(
            (passage.as_str(), differences),
            ("We will not accept the tariffs", pair("never", "not"))
        );
        let (_, differences) = found(TEXT, "We will accept the tariffs, said the minister");
        assert_eq!(differences, pair("", "not"));
        let (_, differences) = found(TEXT, "we shall surely not be moved by threats");
        assert_eq!(differences, pair("surely", ""));
        let (_, differences) = found(TEXT, "we shall not be movad by threats of any kind");
        assert_eq!(differences, pair("movad", "moved"));
    }

    #[test]
    fn nothing_is_close_to_other_words() {
        assert_eq!(
            closest(
                TEXT,
                &["an altogether different sentence about fish", "no", ""]
            ),
            [None, None, None]
        );
    }

    #[test]
    fn common_words_alone_do_not_hide_the_place() {
        let text = format!(
            "{}{TEXT}",
            "We will see about the tariffs of the minister. ".repeat(2000)
        );
        let (passage, _) = found(&text, "We will never accept the tariffs, said the minister");
        assert_eq!(passage, "We will not accept the tariffs, said the minister");
    }
}
