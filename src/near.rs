//! Names that are near one another: what a person may have meant; and lists and counts of what there is, in words.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// What people type for letters and marks that have no accent to leave out. The page to click through has the same table
/// ([`table`]).
const PLAIN: [(char, &str); 32] = [
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

/// How some letters are written out where the keyboard has none of them.
const WRITTEN_OUT: [(char, &str); 5] = [
    ('ä', "ae"),
    ('ö', "oe"),
    ('ü', "ue"),
    ('ø', "oe"),
    ('å', "aa"),
];

/// A name as it is compared: lower case, without accents, as people type it, white space folded.
///
/// ```
/// assert_eq!(demarche::near::folded("  São   Tomé "), "sao tome");
/// assert_eq!(demarche::near::folded("Lech Wałęsa, Côte d’Ivoire"), "lech walesa, cote d'ivoire");
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
            // The capital of some ends in a mark of its own.
            _ if is_combining_mark(c) => {}
            Some((_, typed)) => plain.push_str(typed),
            None => plain.push(c),
        }
    }
    joined_words(&plain)
}

/// A name with its letters written out (ö as oe, å as aa), folded: a second key, for names that the first does not find.
///
/// ```
/// assert_eq!(demarche::near::written_out("Jörg Müller"), "joerg mueller");
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

/// Whether a name holds what was typed, by the first key or the second.
pub fn holds(name: &str, typed: &str) -> bool {
    folded(name).contains(&folded(typed)) || written_out(name).contains(&written_out(typed))
}

fn joined_words(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The two tables of letters, for a page whose script folds names as this does: `[plain, written out]`.
pub fn table() -> [&'static [(char, &'static str)]; 2] {
    [&PLAIN, &WRITTEN_OUT]
}

/// A name of more characters is no slip of another: comparing long texts takes long.
const LONGEST: usize = 200;

/// The candidate nearest to what was written, if any is near: a slip or two away, or the same but for case and accents.
///
/// ```
/// assert_eq!(demarche::near::nearest("chnia", ["china", "japan"]), Some("china"));
/// assert_eq!(demarche::near::nearest("brazil", ["china", "japan"]), None);
/// ```
pub fn nearest<'c>(
    written: &str,
    candidates: impl IntoIterator<Item = &'c str>,
) -> Option<&'c str> {
    several_nearest(written, candidates, 1).into_iter().next()
}

/// The candidates near to what was written, nearest first, at most `count`; none where that has more than 200 characters.
pub fn several_nearest<'c>(
    written: &str,
    candidates: impl IntoIterator<Item = &'c str>,
    count: usize,
) -> Vec<&'c str> {
    let near = by_distance(written, candidates);
    near.into_iter()
        .take(count)
        .map(|(_, candidate)| candidate)
        .collect()
}

/// All candidates that are nearest to what was written, none nearer than the others; none where none is near.
///
/// ```
/// assert_eq!(demarche::near::equally_near("un-4", ["un-1", "un-2", "who"]), ["un-1", "un-2"]);
/// ```
pub fn equally_near<'c>(
    written: &str,
    candidates: impl IntoIterator<Item = &'c str>,
) -> Vec<&'c str> {
    let near = by_distance(written, candidates);
    let least = near.first().map(|(distance, _)| *distance);
    near.into_iter()
        .take_while(|(distance, _)| Some(*distance) == least)
        .map(|(_, candidate)| candidate)
        .collect()
}

/// Whether two names have the same digits: `un-1` is not `un-2` misspelt.
pub fn same_numbers(one: &str, other: &str) -> bool {
    let digits = |name: &str| -> Vec<char> { name.chars().filter(|c| c.is_numeric()).collect() };
    digits(one) == digits(other)
}

/// Whether a name is so near to another that it can hardly be a third one's: the same but for case, accents and what
/// separates its parts; or, of five letters and more, with two letters exchanged, one forgotten or one doubled. Another letter
/// in the place of one makes another name: `iran` is not `iraq` misspelt.
///
/// ```
/// use demarche::near::is_slip;
/// assert!(is_slip("New York", "new-york") && is_slip("chnia", "china") && is_slip("chinna", "china"));
/// assert!(!is_slip("iran", "iraq") && !is_slip("austria", "austria-2") && !is_slip("mali", "mal"));
/// ```
pub fn is_slip(written: &str, meant: &str) -> bool {
    let letters = |name: &str| -> Vec<char> {
        let folded = folded(name);
        folded.chars().filter(|c| c.is_alphanumeric()).collect()
    };
    let (written, meant) = (letters(written), letters(meant));
    let behind = || {
        written
            .iter()
            .zip(&meant)
            .take_while(|(a, b)| a == b)
            .count()
    };
    let is_long = written.len().min(meant.len()) >= 5;
    if written == meant || !is_long {
        return written == meant;
    }
    let at = behind();
    match (written.get(at..), meant.get(at..)) {
        (Some([a, b, rest @ ..]), Some([c, d, others @ ..])) if (a, b) == (d, c) => rest == others,
        (Some(rest), Some([forgotten, others @ ..])) if rest == others => forgotten.is_alphabetic(),
        (Some([doubled, rest @ ..]), Some(others)) if rest == others => {
            doubled.is_alphabetic() && at > 0 && written[at - 1] == *doubled
        }
        _ => false,
    }
}

fn by_distance<'c>(
    written: &str,
    candidates: impl IntoIterator<Item = &'c str>,
) -> Vec<(usize, &'c str)> {
    if written.chars().nth(LONGEST).is_some() {
        return Vec::new();
    }
    let written = folded(written);
    let slips = 1 + written.chars().count() / 4;
    let mut near: Vec<(usize, &str)> = candidates
        .into_iter()
        .filter(|candidate| candidate.len().abs_diff(written.len()) <= slips * 4)
        .map(|candidate| {
            (
                strsim::damerau_levenshtein(&written, &folded(candidate)),
                candidate,
            )
        })
        .filter(|(distance, _)| *distance <= slips)
        .collect();
    near.sort();
    near.dedup();
    near
}

/// `1 step`, `2 steps`
///
/// ```
/// assert_eq!(demarche::near::counted(1, "step") + " of " + &demarche::near::counted(2, "step"), "1 step of 2 steps");
/// ```
pub fn counted(count: usize, noun: &str) -> String {
    format!("{count} {noun}{}", if count == 1 { "" } else { "s" })
}

/// `` `a`, `b` and `c` ``
pub fn listed<'c>(names: impl IntoIterator<Item = &'c str>) -> String {
    joined(names, "and")
}

/// `` `a`, `b` or `c` ``
pub fn either<'c>(names: impl IntoIterator<Item = &'c str>) -> String {
    joined(names, "or")
}

fn joined<'c>(names: impl IntoIterator<Item = &'c str>, word: &str) -> String {
    let quoted: Vec<String> = names.into_iter().map(|name| format!("`{name}`")).collect();
    match quoted.split_last() {
        Some((last, [])) => last.clone(),
        Some((last, others)) => format!("{} {word} {last}", others.join(", ")),
        None => String::new(),
    }
}

/// A sentence of a clause: its first letter is a capital.
pub fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or(String::new(), |first| {
        first.to_uppercase().chain(chars).collect()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_a_long_text_no_name_is_a_slip() {
        let [name, longer] = ["x".repeat(LONGEST), "x".repeat(LONGEST + 1)];
        assert_eq!(nearest(&name, [&*longer]), Some(&*longer));
        assert_eq!(nearest(&longer, [&*name]), None);
    }
}
