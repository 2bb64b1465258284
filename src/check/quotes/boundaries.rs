//! Finds where words begin and end, in languages that put spaces between them and in those that
//! don't.

use std::ops::Range;

/// Yields the words of a text, and each character that belongs to no word, except whitespace.
pub(super) fn tokens(text: &str) -> impl Iterator<Item = Range<usize>> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let start = at + text[at..].find(|c: char| !c.is_whitespace())?;
        let mut chars = text[start..].chars();
        let first = chars.next()?;
        at = start + first.len_utf8();
        if is_of_word(first) {
            at += chars
                .take_while(|c| is_of_word(*c))
                .map(char::len_utf8)
                .sum::<usize>();
        }
        Some(start..at)
    })
}

/// Returns whether a range cuts no word at either end.
pub(super) fn is_whole(text: &str, range: Range<usize>) -> bool {
    !cuts(text, range.start) && !cuts(text, range.end)
}

fn cuts(text: &str, at: usize) -> bool {
    let (before, after) = (text[..at].chars().next_back(), text[at..].chars().next());
    before.is_some_and(is_of_word) && after.is_some_and(is_of_word)
}

/// The assumed maximum length of a word, in bytes.
const LONGEST: usize = 200;

/// Returns the smallest range around a byte that cuts no word.
pub(super) fn whole_word_around(text: &str, at: usize) -> Range<usize> {
    let (mut start, mut end) = (text.floor_char_boundary(at), text.ceil_char_boundary(at));
    while cuts(text, start) && at - start < LONGEST {
        start = text.floor_char_boundary(start - 1);
    }
    while cuts(text, end) && end - at < LONGEST {
        end = text.ceil_char_boundary(end + 1);
    }
    start..end
}

/// Returns whether a character forms words with its neighbours. Han, Kana, Hangul, Thai, Lao, Khmer
/// and Burmese put no spaces between words, or attach other words to them, so each of their
/// characters counts as a word.
fn is_of_word(c: char) -> bool {
    c.is_alphanumeric()
        && !matches!(c, '\u{0E00}'..='\u{0EFF}' | '\u{1000}'..='\u{109F}' | '\u{1780}'..='\u{17FF}'
            | '\u{3040}'..='\u{30FF}' | '\u{3400}'..='\u{9FFF}' | '\u{AC00}'..='\u{D7A3}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{3FFFF}')
}
