//! Folding names for comparison, by what people type for letters that their keyboard lacks.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// What people type for letters and marks that have no accent to drop. The interactive HTML page
/// uses the same table (see [`table`]).
const PLAIN: [(char, &str); 33] = [
    ('ł', "l"),
    ('ø', "o"),
    ('đ', "d"),
    ('ð', "d"),
    ('æ', "ae"),
    ('œ', "oe"),
    ('ß', "ss"),
    ('ẞ', "ss"),
    ('ı', "i"),
    ('þ', "th"),
    ('ħ', "h"),
    ('ŧ', "t"),
    ('ŋ', "n"),
    ('ə', "e"),
    ('ς', "σ"),
    ('ʼ', "'"),
    ('ʻ', "'"),
    ('‘', "'"),
    ('’', "'"),
    ('‚', "'"),
    ('‛', "'"),
    ('′', "'"),
    ('“', "\""),
    ('”', "\""),
    ('„', "\""),
    ('«', "\""),
    ('»', "\""),
    ('‐', "-"),
    ('‑', "-"),
    ('‒', "-"),
    ('–', "-"),
    ('—', "-"),
    ('−', "-"),
];

/// How some letters are written out on keyboards that lack them.
const WRITTEN_OUT: [(char, &str); 6] = [
    ('ä', "ae"),
    ('ö', "oe"),
    ('ü', "ue"),
    ('ø', "oe"),
    ('å', "aa"),
    ('đ', "dj"),
];

/// Folds a name for comparison: lower case, no accents, plain letters and punctuation, whitespace
/// collapsed.
///
/// ```
/// assert_eq!(demarche::words::folded("  São   Tomé "), "sao tome");
/// assert_eq!(demarche::words::folded("Lech Wałęsa, Côte d’Ivoire"), "lech walesa, cote d'ivoire");
/// assert_eq!(demarche::words::folded("Στουρνάρας"), demarche::words::folded("ΣΤΟΥΡΝΆΡΑΣ"));
/// ```
pub fn folded(name: &str) -> String {
    if name.is_ascii() {
        return joined_words(&name.to_ascii_lowercase());
    }
    let mut plain = String::with_capacity(name.len());
    for c in name
        .nfkd()
        .filter(|c| !is_combining_mark(*c))
        .flat_map(char::to_lowercase)
    {
        match PLAIN.iter().find(|(letter, _)| *letter == c) {
            // The lower case of some capitals ends in a combining mark.
            _ if is_combining_mark(c) => {}
            Some((_, typed)) => plain.push_str(typed),
            None => plain.push(c),
        }
    }
    joined_words(&plain)
}

/// Folds a name after writing out its letters (ö as oe, å as aa). This is a second key, for names
/// that the first does not find.
///
/// ```
/// assert_eq!(demarche::words::written_out("Jörg Müller"), "joerg mueller");
/// assert_eq!(demarche::words::written_out("Đoković"), "djokovic");
/// ```
pub fn written_out(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    for c in name.nfc().flat_map(char::to_lowercase) {
        match WRITTEN_OUT.iter().find(|(letter, _)| *letter == c) {
            Some((_, typed)) => out.push_str(typed),
            None => out.push(c),
        }
    }
    folded(&out)
}

/// Returns whether a name contains what was typed, by the first key or the second.
pub fn holds(name: &str, typed: &str) -> bool {
    folded(name).contains(&folded(typed)) || written_out(name).contains(&written_out(typed))
}

fn joined_words(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Returns the two letter tables, `[plain, written out]`, for the page whose script folds names the
/// same way.
pub fn table() -> [&'static [(char, &'static str)]; 2] {
    [&PLAIN, &WRITTEN_OUT]
}
