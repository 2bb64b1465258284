//! What a misquote may be replaced by: the passage as it stands. Not where a word of the quote has nothing in the text, nor where
//! a word that can turn what is said (a negation, a number, an opposite) stands in one of the two only.

use std::ops::Range;

use super::words::tokens;
use crate::words;

/// Less like the quote than that, a passage may be another one.
const LIKE: f64 = 2.0 / 3.0;

/// What comes of mending a misquote.
#[derive(Clone, Debug, PartialEq)]
pub enum Mend {
    /// The words to quote instead.
    Words(String),
    /// The passage may say another thing: words that only the quote has, and words that only the text has.
    Turned(Vec<String>, Vec<String>),
    /// Nobody can say.
    None,
}

/// The quote with the words of the text where the two differ.
pub(super) fn mend(quote: &str, differences: &[(Range<usize>, String)], likeness: f64) -> Mend {
    let mut words = String::with_capacity(quote.len());
    let mut at = 0;
    for (range, there) in differences {
        words.push_str(&quote[at..range.start]);
        // Between two words the text has a comma, say, before which no blank stands.
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
        Mend::Words(words.trim().to_owned())
    }
}

/// Whether the quote begins or ends with other words than the text has there: the passage may go on.
fn cuts(quote: &str, (range, there): &(Range<usize>, String)) -> bool {
    let ends = |rest: &str| !rest.contains(char::is_alphanumeric);
    let at_an_end = ends(&quote[..range.start]) || ends(&quote[range.end..]);
    at_an_end && words::nearest(&quote[range.clone()], [there.as_str()]).is_none()
}

/// The words that can turn what is said and stand in one of two texts only: in the one, in the other.
fn turning(one: &str, other: &str) -> (Vec<String>, Vec<String>) {
    let (ours, theirs) = apart(words(one), words(other));
    let turned = |(all, others): (&[String], &[String])| -> Vec<String> {
        let turns = |word: &&String| turns(word) || others.iter().any(|other| opposes(word, other));
        all.iter().filter(turns).cloned().collect()
    };
    (turned((&ours, &theirs)), turned((&theirs, &ours)))
}

/// The words of a text, `don't` as one.
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

/// What only one of two lists has, and what only the other has.
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

/// Whether one of two words is the other with a syllable before it that turns it to its opposite.
fn opposes(one: &str, other: &str) -> bool {
    let of = |long: &str, short: &str| {
        long.strip_suffix(short)
            .is_some_and(|turn| OPPOSITE.contains(&turn))
    };
    of(one, other) || of(other, one)
}

const OPPOSITE: &[&str] = &[
    "un", "dis", "non", "anti", "mis", "im", "in", "il", "ir", "a", "ab", "ent", "miß", "не",
];

/// Negations, numbers and opposites, in languages that sources are often in.
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
        let slip = mended("we shall be movad by it", &[("movad", "moved")]);
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
