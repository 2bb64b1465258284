//! Similar names: finds what a person may have meant.

use super::fold::folded;
use super::{either, listed};

/// The length in characters above which a name is not compared, because comparing long texts is
/// slow.
const LONGEST: usize = 200;

/// Returns the candidate nearest to what was written: a slip or two away, or equal but for case and
/// accents. Returns `None` if none is near.
///
/// ```
/// assert_eq!(demarche::words::nearest("chnia", ["china", "japan"]), Some("china"));
/// assert_eq!(demarche::words::nearest("brazil", ["china", "japan"]), None);
/// ```
pub fn nearest<'c>(
    written: &str,
    candidates: impl IntoIterator<Item = &'c str>,
) -> Option<&'c str> {
    several_nearest(written, candidates, 1).into_iter().next()
}

/// Returns a way out for what is none of the known words: the word nearest to it, else all of them
/// after `heading`.
///
/// ```
/// use demarche::words::way_out;
/// assert_eq!(way_out("chnia", &["china", "japan"], "there are"), "did you mean `china`?");
/// assert_eq!(way_out("brazil", &["china", "japan"], "there are"), "there are `china` and `japan`");
/// ```
pub fn way_out(written: &str, known: &[&str], heading: &str) -> String {
    let meant = meant(written, known.iter().copied());
    meant.unwrap_or_else(|| format!("{heading} {}", listed(known.iter())))
}

/// Asks whether the candidate nearest to what was written is meant; `None` if none is near.
pub fn meant<'c>(written: &str, candidates: impl IntoIterator<Item = &'c str>) -> Option<String> {
    let near = nearest(written, candidates)?;
    Some(format!("did you mean `{near}`?"))
}

/// Asks whether one of the candidates nearest to what was written is meant; `None` if none is near.
pub fn any_meant<'c>(
    written: &str,
    candidates: impl IntoIterator<Item = &'c str>,
) -> Option<String> {
    let near = equally_near(written, candidates);
    (!near.is_empty()).then(|| format!("did you mean {}?", either(near.iter())))
}

/// Returns at most `count` candidates near to what was written, nearest first, or none if it has
/// more than 200 characters.
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

/// Returns all candidates that share the smallest distance to what was written; empty if none is
/// near.
///
/// ```
/// assert_eq!(demarche::words::equally_near("un-4", ["un-1", "un-2", "who"]), ["un-1", "un-2"]);
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

/// Returns whether two names have the same digits: `un-1` is not `un-2` misspelt.
pub fn same_numbers(one: &str, other: &str) -> bool {
    let digits = |name: &str| -> Vec<char> { name.chars().filter(|c| c.is_numeric()).collect() };
    digits(one) == digits(other)
}

/// Returns whether `written` is so near to `meant` that it can hardly be another name. Either they
/// are the same but for case, accents and separators; or both have five letters or more and two
/// letters are exchanged, one is missing or one is doubled. A substituted letter makes another
/// name: `iran` is not `iraq` misspelt.
///
/// ```
/// use demarche::words::is_slip;
/// assert!(is_slip("New York", "new-york") && is_slip("chnia", "china") && is_slip("chinna", "china"));
/// assert!(is_slip("sttate", "state"));
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
    let (rest, others) = (&written[at..], &meant[at..]);
    let are_exchanged = matches!((rest, others), ([a, b, rest @ ..], [c, d, others @ ..])
        if (a, b) == (d, c) && rest == others);
    let is_missing = matches!(others, [forgotten, others @ ..]
        if forgotten.is_alphabetic() && rest == others);
    let is_doubled = matches!(rest, [doubled, rest @ ..]
        if doubled.is_alphabetic() && written[..at].last() == Some(doubled) && rest == others);
    are_exchanged || is_missing || is_doubled
}

/// Returns in how many letters two names may differ for one to be the other misspelt: in one, and
/// in one more for every five letters.
pub(crate) fn slips(written: &str) -> usize {
    1 + written.chars().count() / 5
}

fn by_distance<'c>(
    written: &str,
    candidates: impl IntoIterator<Item = &'c str>,
) -> Vec<(usize, &'c str)> {
    if written.chars().nth(LONGEST).is_some() {
        return Vec::new();
    }
    let written = folded(written);
    let slips = slips(&written);
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
