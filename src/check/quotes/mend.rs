//! The replacement proposed for a misquote: the passage as the text has it. None is proposed if a
//! word of the quote has no counterpart in the text, or if a word that can change the meaning (a
//! negation, a number, an opposite) is in only one of the two, or if the text has another word in
//! its place.

use std::ops::Range;

use super::boundaries::tokens;
use crate::words;

/// The likeness below which a passage may be a different one.
const LIKE: f64 = 2.0 / 3.0;

/// The most words that are named as other words.
const FEW: usize = 3;

/// The outcome of mending a misquote.
#[derive(Clone, Debug, PartialEq)]
pub enum Mend {
    /// The words to quote instead.
    Words(String),
    /// The passage may say something else. Holds the words that can change the meaning, or else the
    /// other words: those that only the quote has, then those that only the text has.
    Turned(Vec<String>, Vec<String>),
    /// No replacement can be proposed.
    None,
}

/// Returns the quote with the words of the text where the two differ.
pub(super) fn mend(quote: &str, differences: &[(Range<usize>, String)], likeness: f64) -> Mend {
    let mut words = String::with_capacity(quote.len());
    let mut at = 0;
    for (range, there) in differences {
        words.push_str(&quote[at..range.start]);
        // The text may have punctuation between two words, which takes no space before it.
        if there.starts_with([',', ';', ':', '.', '!', '?', ')']) {
            words.truncate(words.trim_end().len());
        }
        if range.is_empty() && there.starts_with(char::is_alphanumeric) {
            words.push(' ');
        }
        words.push_str(there);
        at = range.end;
    }
    words.push_str(&quote[at..]);
    let (only_quote, only_text) = turning(quote, &words);
    let drops = |(range, there): &(Range<usize>, String)| there.is_empty() && !range.is_empty();
    if !only_quote.is_empty() || !only_text.is_empty() {
        Mend::Turned(only_quote, only_text)
    } else if likeness < LIKE
        || differences.iter().any(drops)
        || differences.iter().any(|difference| cuts(quote, difference))
    {
        Mend::None
    } else {
        match unlike(quote, &words) {
            (ours, _) if ours.is_empty() => Mend::Words(words.trim().to_owned()),
            // Another word may be of another meaning.
            (ours, theirs) if ours.len().max(theirs.len()) <= FEW => Mend::Turned(ours, theirs),
            _ => Mend::None,
        }
    }
}

/// Returns whether a difference at the start or end of the quote replaces its words by dissimilar
/// ones: the passage may then extend further.
fn cuts(quote: &str, (range, there): &(Range<usize>, String)) -> bool {
    let ends = |rest: &str| !rest.contains(char::is_alphanumeric);
    let at_an_end = ends(&quote[..range.start]) || ends(&quote[range.end..]);
    at_an_end && words::nearest(&quote[range.clone()], [there.as_str()]).is_none()
}

/// Returns the words of two texts that are no slips of words of the other: those of `one`, then
/// those of `other`.
fn unlike(one: &str, other: &str) -> (Vec<String>, Vec<String>) {
    apart_where(one, other, |word, others| {
        let is_slip = |other: &String| words::is_slip(word, other) || words::is_slip(other, word);
        word.contains(char::is_alphanumeric) && !others.iter().any(is_slip)
    })
}

/// Returns the words that can change the meaning and are in only one of two texts: those only in
/// `one`, then those only in `other`.
fn turning(one: &str, other: &str) -> (Vec<String>, Vec<String>) {
    apart_where(one, other, |word, others| {
        turns(word) || APART.contains(&word) || others.iter().any(|other| opposes(word, other))
    })
}

/// Returns the words that are in only one of two texts and pass a test, which is also given the words
/// that only the other text has: first those only in `one`, then those only in `other`.
fn apart_where(
    one: &str,
    other: &str,
    test: impl Fn(&str, &[String]) -> bool,
) -> (Vec<String>, Vec<String>) {
    let (ours, theirs) = apart(words(one), words(other));
    let passing = |all: &[String], others: &[String]| {
        let passing = all.iter().filter(|word| test(word, others));
        passing.cloned().collect()
    };
    (passing(&ours, &theirs), passing(&theirs, &ours))
}

/// Splits a text into lower-case words, taking `don't` as one.
fn words(text: &str) -> Vec<String> {
    let text = text.to_lowercase().replace('’', "'");
    let mut words: Vec<String> = Vec::new();
    let mut end = 0;
    for range in tokens(&text) {
        let word = &text[range.clone()];
        match words.last_mut() {
            Some(last) if range.start == end && (word == "'" || last.ends_with('\'')) => {
                last.push_str(word);
            }
            _ => words.push(word.to_owned()),
        }
        end = range.end;
    }
    words
}

/// Returns what only the first list has, and what only the second has.
fn apart(one: Vec<String>, mut other: Vec<String>) -> (Vec<String>, Vec<String>) {
    let mut only = Vec::new();
    for word in one {
        match other.iter().position(|other| *other == word) {
            Some(nth) => drop(other.remove(nth)),
            None => only.push(word),
        }
    }
    (only, other)
}

fn turns(word: &str) -> bool {
    word.contains(char::is_numeric) || word.ends_with("n't") || TURNING.contains(&word)
}

/// Returns whether one of two words is the other with a prefix that reverses its meaning.
fn opposes(one: &str, other: &str) -> bool {
    let of = |long: &str, short: &str| {
        long.strip_suffix(short)
            .is_some_and(|turn| OPPOSITE.contains(&turn))
    };
    of(one, other) || of(other, one)
}

/// Prefixes that turn a word even if a hyphen sets them apart: `anti-war`.
const APART: &[&str] = &[
    "anti", "non", "un", "de", "counter", "pseudo", "ex", "pre", "post",
];

const OPPOSITE: &[&str] = &[
    "un", "de", "dis", "counter", "non", "anti", "mis", "im", "in", "il", "ir", "a", "ab", "ent",
    "miß", "не",
];

/// Negations, numbers and opposites, in languages common among sources.
const TURNING: &[&str] = &[
    "not",
    "no",
    "never",
    "none",
    "nobody",
    "nothing",
    "nowhere",
    "neither",
    "nor",
    "cannot",
    "without",
    "hardly",
    "barely",
    "scarcely",
    "seldom",
    "rarely",
    "few",
    "only",
    "except",
    "unless",
    "against",
    "yes",
    "oppose",
    "opposes",
    "opposed",
    "opposing",
    "support",
    "supports",
    "supported",
    "supporting",
    "accept",
    "accepts",
    "accepted",
    "reject",
    "rejects",
    "rejected",
    "refuse",
    "refuses",
    "refused",
    "deny",
    "denies",
    "denied",
    "fail",
    "fails",
    "failed",
    "more",
    "less",
    "fewer",
    "most",
    "least",
    "increase",
    "increases",
    "increased",
    "decrease",
    "decreases",
    "decreased",
    "raise",
    "raises",
    "raised",
    "lower",
    "lowers",
    "lowered",
    "higher",
    "before",
    "after",
    "always",
    "kein",
    "keine",
    "keinen",
    "keiner",
    "nicht",
    "nie",
    "niemals",
    "nichts",
    "niemand",
    "ohne",
    "weder",
    "noch",
    "gegen",
    "ne",
    "pas",
    "jamais",
    "rien",
    "aucun",
    "aucune",
    "sans",
    "ni",
    "contre",
    "nunca",
    "jamás",
    "sin",
    "nada",
    "ningún",
    "ninguna",
    "tampoco",
    "non",
    "mai",
    "senza",
    "né",
    "niente",
    "contro",
    "não",
    "sem",
    "nem",
    "niet",
    "geen",
    "nooit",
    "zonder",
    "nigdy",
    "bez",
    "inte",
    "ingen",
    "inget",
    "aldrig",
    "utan",
    "ikke",
    "intet",
    "aldri",
    "uten",
    "uden",
    "değil",
    "не",
    "нет",
    "ни",
    "никогда",
    "без",
    "против",
    "ніколи",
    "不",
    "没",
    "沒",
    "无",
    "無",
    "未",
    "非",
    "反",
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
    "twenty",
    "thirty",
    "forty",
    "fifty",
    "sixty",
    "seventy",
    "eighty",
    "ninety",
    "hundred",
    "hundreds",
    "thousand",
    "thousands",
    "million",
    "millions",
    "billion",
    "billions",
    "trillion",
    "dozen",
    "dozens",
    "half",
    "third",
    "quarter",
    "double",
    "twice",
    "once",
    "first",
    "second",
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
    "eins",
    "zwei",
    "drei",
    "vier",
    "fünf",
    "sechs",
    "sieben",
    "acht",
    "neun",
    "zehn",
    "elf",
    "zwölf",
    "hundert",
    "tausend",
    "milliarden",
    "deux",
    "trois",
    "quatre",
    "cinq",
    "sept",
    "huit",
    "neuf",
    "dix",
    "cent",
    "mille",
    "milliards",
    "dos",
    "tres",
    "cuatro",
    "cinco",
    "seis",
    "siete",
    "ocho",
    "nueve",
    "diez",
    "cien",
    "ciento",
    "mil",
    "millones",
];

#[cfg(test)]
mod tests {
    use super::*;

    fn mended(quote: &str, differences: &[(&str, &str)]) -> Mend {
        let at = |(ours, theirs): &(&str, &str)| {
            let start = match ours.strip_prefix('|') {
                Some(before) => quote.find(before).unwrap() + before.len(),
                None => quote.find(ours).unwrap(),
            };
            let length = if ours.starts_with('|') { 0 } else { ours.len() };
            (start..start + length, (*theirs).to_owned())
        };
        mend(quote, &differences.iter().map(at).collect::<Vec<_>>(), 0.9)
    }

    #[test]
    fn a_slip_is_mended_whole() {
        let words = |text: &str| Mend::Words(text.to_owned());
        let slip = mended("we shall be mvoed by it", &[("mvoed", "moved")]);
        assert_eq!(slip, words("we shall be moved by it"));
        let two = mended(
            "the pact is signd to-day",
            &[("|pact", "of May"), ("signd", "signed")],
        );
        assert_eq!(two, Mend::Turned(vec![], vec!["may".to_owned()]));
        let two = mended(
            "the pact is signd",
            &[("|pact", ", they say,"), ("signd", "signed")],
        );
        assert_eq!(two, words("the pact, they say, is signed"));
    }

    #[test]
    fn nothing_that_may_turn_the_meaning_is_mended() {
        let turned = [
            ("I do support it", ("|I do", "not")),
            ("they do support it", ("do", "don’t")),
            ("they don't support it", ("don't", "do")),
            ("they have agreed", ("|have", "never")),
            ("I support it", ("support", "oppose")),
            ("we have 40 ships", ("40", "400")),
            ("we have five ships", ("five", "fifty")),
            ("they agree", ("agree", "disagree")),
            ("they spoke of war", ("|of", "anti-")),
            ("they want regulation", ("regulation", "deregulation")),
            ("talks with the US went on", ("US", "UN")),
            ("trade with Iran grew", ("Iran", "Iraq")),
            ("the majority was for it", ("majority", "minority")),
            ("prices rose by much", ("rose", "fell")),
            ("a likely end", ("likely", "unlikely")),
            ("signed on 5 June", ("June", "July")),
            ("mit uns", ("mit", "ohne")),
            ("это наше", ("|это", "не")),
        ];
        for (quote, difference) in turned {
            let mend = mended(quote, &[difference]);
            assert!(matches!(mend, Mend::Turned(..)), "{quote}: {mend:?}");
        }
    }

    #[test]
    fn a_word_that_the_text_lacks_is_not_dropped() {
        assert_eq!(mended("we surely agree", &[("surely", "")]), Mend::None);
        assert_eq!(mended("have agreed", &[("have", "principle")]), Mend::None);
    }
}
