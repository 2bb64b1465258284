//! Names shortened to a width, so that no two different ones become alike.

use std::collections::{BTreeMap, BTreeSet};

use crate::picture::scene::Word;

/// The most lines of a name.
const LINES: usize = 3;

/// Shortens names to a width at their ends, those that would then be alike in their middles or, if need
/// be, at their starts; what would be alike even so stays whole.
pub(crate) fn shortened(names: &[String], word: Word, most: f64) -> Vec<String> {
    let ways: [Way<'_, String>; 4] = [
        &|name, _| at_end(name, word, most),
        &|name, _| in_middle(name, word, most),
        &|name, common| at_end(&from(name, common), word, most),
        &|name, _| name.to_owned(),
    ];
    told_apart(names, &ways)
}

/// Wraps names into lines of at most this width. Of those with more than three lines, words in the
/// middle are left out or, if they would then be alike, the words with which they begin alike.
pub(crate) fn wrapped(names: &[&str], word: Word, most: f64) -> Vec<Vec<String>> {
    let ways: [Way<'_, Vec<String>>; 3] = [
        &|name, _| word.wrap_name(name, most),
        &|name, common| word.wrap_name(&from(name, common), most),
        &|name, _| word.wrap(name, most),
    ];
    told_apart(names, &ways)
}

/// A way to shorten a name, which is told how many bytes the names that are alike begin with.
type Way<'w, S> = &'w dyn Fn(&str, usize) -> S;

/// Shortens each name in the first of these ways, those that would then be alike in the next, and so on.
fn told_apart<N: AsRef<str>, S: Ord + Clone>(names: &[N], ways: &[Way<'_, S>]) -> Vec<S> {
    let Some((first, others)) = ways.split_first() else {
        return Vec::new();
    };
    let mut short: Vec<S> = names.iter().map(|name| first(name.as_ref(), 0)).collect();
    for way in others {
        let mut meant: BTreeMap<&S, BTreeSet<&str>> = BTreeMap::new();
        for (short, name) in short.iter().zip(names) {
            meant.entry(short).or_default().insert(name.as_ref());
        }
        let clearer = |(short, name): (&S, &N)| match &meant[short] {
            alike if alike.len() > 1 => way(name.as_ref(), common(alike)),
            _ => short.clone(),
        };
        short = short.iter().zip(names).map(clearer).collect();
    }
    short
}

/// Returns how many bytes of whole words all of these begin with. They are sorted, so that the first and
/// the last have least in common.
fn common(names: &BTreeSet<&str>) -> usize {
    let (Some(first), Some(last)) = (names.first(), names.last()) else {
        return 0;
    };
    let letters = first.char_indices().zip(last.chars());
    let alike = letters.take_while(|((_, one), other)| one == other);
    let spaces = alike.filter(|((_, letter), _)| *letter == ' ');
    spaces.last().map_or(0, |((at, _), _)| at + 1)
}

/// Leaves out the start of a name.
fn from(name: &str, at: usize) -> String {
    match at {
        0 => name.to_owned(),
        at => format!("… {}", &name[at..]),
    }
}

/// Returns a text without so many words in its middle; `None` if it has too few.
fn without(text: &str, out: usize) -> Option<String> {
    let words: Vec<&str> = text.split_whitespace().collect();
    if out + 2 > words.len() {
        return None;
    }
    let first = (words.len() - out).div_ceil(2);
    let (first, last) = (&words[..first], &words[first + out..]);
    Some(format!("{} … {}", first.join(" "), last.join(" ")))
}

impl Word {
    /// Wraps a name as [`Word::wrap`] does. Words in its middle are left out if it would have more than
    /// three lines: names that are long are often alike at their starts.
    pub(crate) fn wrap_name(&self, name: &str, most: f64) -> Vec<String> {
        let shorter = (1..).map_while(|out| without(name, out));
        // What has too few words to leave any out is cut within them.
        let rooms = std::iter::successors(Some(most * LINES as f64), |room| Some(room * 0.95));
        let cut = rooms.take(60).map(|room| in_middle(name, *self, room));
        std::iter::once(name.to_owned())
            .chain(shorter)
            .chain(cut)
            .map(|name| self.wrap(&name, most))
            .find(|lines| lines.len() <= LINES)
            .unwrap_or_default()
    }
}

/// Cuts a text to a width at its end, behind a whole word if that keeps most of it.
pub(crate) fn at_end(text: &str, word: Word, most: f64) -> String {
    let cut = kept(text, word, most, |kept| (kept, 0));
    let Some(start) = cut.strip_suffix('…').filter(|_| cut != text) else {
        return cut;
    };
    let is_within = text[start.len()..].starts_with(|next: char| !next.is_whitespace());
    match start.rfind(' ').filter(|_| is_within) {
        Some(space) if space * 2 > start.len() => {
            let whole = start[..space].trim_end_matches([' ', ',', ';', '-', '–']);
            format!("{whole} …")
        }
        _ => cut,
    }
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
    use super::{at_end, shortened, wrapped};
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

    #[test]
    fn names_are_cut_behind_a_word() {
        let word = Word::regular(10.0, Color::Ink);
        let name = "Like-Minded Developing Countries";
        let whole = word.width(name);
        assert_eq!(at_end(name, word, whole), name);
        assert_eq!(at_end(name, word, whole - 8.0), "Like-Minded Developing …");
    }

    #[test]
    fn no_two_names_become_alike_in_three_lines() {
        let word = Word::regular(10.0, Color::Ink);
        let about = [
            "Agriculture",
            "Fisheries",
            "Small and Medium-Sized Enterprises",
        ];
        let name = |about: &str| {
            format!(
                "The Standing Committee of the Federation of Independent Associations for the Advancement of {about} in the Northern and Eastern Provinces"
            )
        };
        let names = about.map(name);
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        let lines = wrapped(&names, word, 110.0);
        for (lines, about) in lines.iter().zip(about) {
            assert!(lines.len() <= 3, "{lines:?}");
            let first = about.split(' ').next().unwrap();
            assert!(lines.concat().contains(first), "{lines:?}");
        }
        let long = word.wrap_name(&"Donaudampfschifffahrt".repeat(9), 90.0);
        assert!(
            (1..=3).contains(&long.len()) && long.concat().contains('…'),
            "{long:?}"
        );
    }
}
