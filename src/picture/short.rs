//! Names shortened to a width, so that no two different ones become alike.

use std::collections::BTreeMap;

use crate::picture::scene::Word;

/// Shortens names to a width at their ends, those that would then be alike in their middles; what
/// would be alike even so stays whole.
pub(crate) fn shortened(names: &[String], word: Word, most: f64) -> Vec<String> {
    let ways: [fn(&str, Word, f64) -> String; 3] = [at_end, in_middle, whole];
    let mut short: Vec<String> = names.iter().map(|name| at_end(name, word, most)).collect();
    for way in ways {
        let mut meant: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for (short, name) in short.iter().zip(names) {
            let meant = meant.entry(short).or_default();
            if !meant.contains(&name.as_str()) {
                meant.push(name);
            }
        }
        let is_alike = |short: &String| meant[short.as_str()].len() > 1;
        let clearer = |(short, name): (&String, &String)| match is_alike(short) {
            true => way(name, word, most),
            false => short.clone(),
        };
        short = short.iter().zip(names).map(clearer).collect();
    }
    short
}

fn whole(name: &str, _: Word, _: f64) -> String {
    name.to_owned()
}

/// Cuts a text to a width at its end.
pub(crate) fn at_end(text: &str, word: Word, most: f64) -> String {
    kept(text, word, most, |kept| (kept, 0))
}

/// Cuts a text to a width in its middle.
fn in_middle(text: &str, word: Word, most: f64) -> String {
    kept(text, word, most, |kept| (kept.div_ceil(2), kept / 2))
}

/// Keeps as many letters of a text as have room, so many at its start and so many at its end.
fn kept(text: &str, word: Word, most: f64, ends: impl Fn(usize) -> (usize, usize)) -> String {
    if word.width(text) <= most {
        return text.to_owned();
    }
    let letters: Vec<char> = text.chars().collect();
    let shown = |kept: usize| {
        let (first, last) = ends(kept);
        let first: String = letters[..first].iter().collect();
        let last: String = letters[letters.len() - last..].iter().collect();
        format!("{}…{}", first.trim_end(), last.trim_start())
    };
    // The most that have room lie between these two.
    let (mut fits, mut is_wide) = (1, letters.len());
    while is_wide.saturating_sub(fits) > 1 {
        let middle = fits.midpoint(is_wide);
        match word.width(&shown(middle)) > most {
            true => is_wide = middle,
            false => fits = middle,
        }
    }
    shown(fits)
}

#[cfg(test)]
mod tests {
    use super::shortened;
    use crate::diagram::Color;
    use crate::picture::scene::Word;

    #[test]
    fn no_two_names_become_alike() {
        let word = Word::regular(10.0, Color::Ink);
        let names = [
            "The Ministry of Foreign Affairs of Lower Saxony",
            "The Ministry of Foreign Affairs of Upper Austria",
            "The Ministry of Foreign Affairs of Upper Austria",
            "The Committee on Trade of the House of Lords, the elder part",
            "The Committee on Trade of the House of Lords, another, elder part",
            "Short",
        ];
        let short = shortened(&names.map(str::to_owned), word, 110.0);
        assert_eq!(
            (short[1].as_str(), short[5].as_str()),
            (short[2].as_str(), "Short")
        );
        let differ = [(0, 1), (3, 4), (0, 3)];
        assert!(
            differ.iter().all(|(a, b)| short[*a] != short[*b]),
            "{short:?}"
        );
        assert!(
            word.width(&short[0]) <= 110.0 && short[0].ends_with("Saxony"),
            "{short:?}"
        );
    }
}
