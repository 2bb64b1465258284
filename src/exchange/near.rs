//! Names that may mean the same: what a person is asked about. Nothing is merged here.
//!
//! Names are compared only with those that share a key: their words sorted, without legal forms; the
//! part before an address; initials; one letter less. So a hundred thousand names take a second. Of a
//! key only a sum is kept.

use std::collections::BTreeMap;
use std::collections::hash_map::DefaultHasher;
use std::hash::{Hash, Hasher};

use crate::words::{folded, same_numbers};

/// How two names resemble each other, the surest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Likeness {
    /// The same words in another order, with other punctuation, or another legal form.
    Words,
    /// One continues with an address or something in brackets.
    Longer,
    /// A letter more, less or exchanged.
    Slip,
    /// One has an initial where the other has a first name.
    Initial,
    /// One consists of the initials of the other.
    Initials,
}

impl Likeness {
    /// Returns it in words.
    pub fn word(self) -> &'static str {
        match self {
            Likeness::Words => "same words",
            Likeness::Longer => "one is longer",
            Likeness::Slip => "a letter differs",
            Likeness::Initial => "an initial",
            Likeness::Initials => "initials",
        }
    }
}

/// Words that say nothing about who it is.
const SMALL: &[&str] = &[
    "a", "an", "and", "at", "de", "del", "der", "des", "di", "do", "du", "e", "et", "for", "fur",
    "in", "la", "le", "les", "of", "on", "the", "und", "van", "von", "y",
];

/// Legal forms.
const FORMS: &[&str] = &[
    "ab",
    "ag",
    "aisbl",
    "as",
    "asa",
    "asbl",
    "bv",
    "co",
    "company",
    "corp",
    "corporation",
    "ev",
    "gmbh",
    "inc",
    "incorporated",
    "ivzw",
    "kft",
    "kg",
    "limited",
    "llc",
    "llp",
    "lp",
    "ltd",
    "nv",
    "oy",
    "oyj",
    "plc",
    "pty",
    "sa",
    "sarl",
    "sas",
    "sce",
    "scrl",
    "se",
    "sl",
    "spa",
    "sprl",
    "srl",
    "srls",
    "vzw",
    "zoo",
];

/// Groups with more names than this share a key by chance, such as initials of two letters.
const CROWD: usize = 40;
/// Shorter names are not taken for slips of one another.
const SHORT: usize = 6;

/// Returns the pairs of names that resemble each other, by their numbers in the list, the surest first
/// and then in the order of the list.
pub fn pairs(names: &[&str]) -> Vec<(usize, usize, Likeness)> {
    let mut found = Found::default();
    let mut keys = Vec::new();
    let mut add = |nth: usize, name: &&str| {
        let (plain, of_name) = Plain::of(name);
        keys.extend(of_name.into_iter().map(|(like, key)| (like, key, nth)));
        plain
    };
    let all: Vec<Plain> = names
        .iter()
        .enumerate()
        .map(|(nth, name)| add(nth, name))
        .collect();
    found.add(&mut keys, &all);
    // There are as many keys for slips as letters: all at once would need more memory than the names.
    let letters: usize = all.iter().map(|plain| plain.words.len()).sum();
    let parts = 1 + letters as u64 / AT_ONCE;
    for part in 0..parts {
        keys.clear();
        for (nth, plain) in all.iter().enumerate() {
            plain.slips(|key| {
                if (key >> 32) % parts == part {
                    keys.push((Likeness::Slip, key, nth));
                }
            });
        }
        found.add(&mut keys, &all);
    }
    let pairs = found.0.into_iter();
    let mut pairs: Vec<_> = pairs
        .map(|((one, other), like)| (one, other, like))
        .collect();
    pairs.sort_by_key(|(one, other, likeness)| (*likeness, *one, *other));
    pairs
}

/// The most letters of names whose keys for slips are in memory at once.
const AT_ONCE: u64 = 1 << 23;

/// The sum of a key, what names that share it may be, and the number of the name that has it.
type Key = (Likeness, u64, usize);

/// The pairs found so far, each as the surest of what it is.
#[derive(Default)]
struct Found(BTreeMap<(usize, usize), Likeness>);

impl Found {
    /// Compares the names that share a key.
    fn add(&mut self, keys: &mut Vec<Key>, all: &[Plain]) {
        keys.sort_unstable();
        keys.dedup();
        for group in keys.chunk_by(|one, other| (one.0, one.1) == (other.0, other.1)) {
            if group.len() > CROWD {
                continue;
            }
            for (at, (likeness, _, one)) in group.iter().enumerate() {
                for (.., other) in &group[at + 1..] {
                    if is_like(*likeness, &all[*one], &all[*other]) {
                        let known = self.0.entry((*one, *other)).or_insert(*likeness);
                        *known = (*known).min(*likeness);
                    }
                }
            }
        }
    }
}

/// A name, as it is compared.
struct Plain {
    /// Its words, folded, in order, without small words and legal forms; a space between them.
    words: Box<str>,
    /// Whether there is an address, or something in brackets, after the name itself.
    is_longer: bool,
}

impl Plain {
    /// Takes a name apart. Returns the keys of its words, too.
    fn of(name: &str) -> (Plain, Vec<(Likeness, u64)>) {
        let folded = folded(name);
        let head = folded.split([',', '(', ';', '/']).next();
        let head = head.filter(|head| head.len() < folded.len()).map(words);
        let words = words(&folded);
        let head = head.filter(|head| !head.is_empty() && *head != words);
        let plain = Plain {
            words: words.join(" ").into(),
            is_longer: head.is_some(),
        };
        (plain, keys(words, head))
    }

    fn words(&self) -> impl Iterator<Item = &str> {
        self.words.split(' ')
    }

    /// Returns all its words, run together.
    fn letters(&self) -> String {
        self.words.replace(' ', "")
    }

    /// Gives a sum of its letters, and of what is left of them without one, for each of them.
    fn slips(&self, mut give: impl FnMut(u64)) {
        const BASE: u64 = 0x9E37_79B9_7F4A_7C15;
        let letters: Vec<u64> = self.letters().chars().map(|c| u64::from(c) + 1).collect();
        if !(SHORT..60).contains(&letters.len()) {
            return;
        }
        // The sum of the letters before each.
        let mut before = vec![0_u64];
        for letter in &letters {
            let sum = before.last().map_or(0, |sum| sum.wrapping_mul(BASE));
            before.push(sum.wrapping_add(*letter));
        }
        let (mut after, mut power) = (0_u64, 1_u64);
        for (letter, before) in letters.iter().zip(&before).rev() {
            give(before.wrapping_mul(power).wrapping_add(after));
            after = letter.wrapping_mul(power).wrapping_add(after);
            power = power.wrapping_mul(BASE);
        }
        give(after);
    }
}

/// Returns the keys of the words of a name, and of those before an address.
fn keys(mut words: Vec<String>, head: Option<Vec<String>>) -> Vec<(Likeness, u64)> {
    let mut keys = Vec::new();
    if let [first, .., last] = &words[..] {
        let initial: String = first.chars().take(1).collect();
        keys.push((Likeness::Initial, sum(&[&initial, last])));
    }
    match &words[..] {
        [] => return keys,
        [word] => keys.push((Likeness::Initials, sum(&[word]))),
        [_, _] => {}
        _ => keys.push((Likeness::Initials, sum(&[&initials(&words)]))),
    }
    words.sort_unstable();
    keys.push((Likeness::Words, sum(&words)));
    keys.push((Likeness::Longer, sum(&words)));
    if let Some(mut head) = head {
        head.sort_unstable();
        keys.push((Likeness::Longer, sum(&head)));
    }
    keys
}

/// Returns a sum of some words. Of a hundred thousand names no two have the same one by chance.
fn sum(words: &[impl Hash]) -> u64 {
    let mut hasher = DefaultHasher::new();
    words.hash(&mut hasher);
    hasher.finish()
}

fn words(folded: &str) -> Vec<String> {
    // `s.a.` and `e.v.` are single words.
    let folded = folded.replace('.', "");
    let all = folded.split(|c: char| !c.is_alphanumeric());
    let all: Vec<&str> = all.filter(|word| !word.is_empty()).collect();
    let says_something = |word: &&&str| !SMALL.contains(*word) && !FORMS.contains(*word);
    let distinctive: Vec<&str> = all.iter().filter(says_something).copied().collect();
    // A name of such words only is one all the same, and the letter that is left of `AT&T` is none.
    let is_letter = |word: &&str| word.chars().count() < 2;
    let kept = match distinctive.iter().all(is_letter) {
        true => all,
        false => distinctive,
    };
    kept.into_iter().map(str::to_owned).collect()
}

fn initials(words: &[String]) -> String {
    words
        .iter()
        .filter_map(|word| word.chars().next())
        .collect()
}

/// Returns whether two names that share a key are alike in this way.
fn is_like(likeness: Likeness, one: &Plain, other: &Plain) -> bool {
    let count = |plain: &Plain| plain.words().count();
    match likeness {
        Likeness::Words => true,
        Likeness::Longer => one.is_longer != other.is_longer,
        // `rc-1` is no slip of `rc-2`.
        Likeness::Slip => {
            same_numbers(&one.words, &other.words)
                && strsim::damerau_levenshtein(&one.letters(), &other.letters()) <= 1
        }
        Likeness::Initial => {
            let is_initial = |word: &str| word.chars().count() == 1;
            let has_initial = |plain: &Plain| plain.words().next().is_some_and(is_initial);
            count(one).abs_diff(count(other)) <= 1 && has_initial(one) != has_initial(other)
        }
        Likeness::Initials => (count(one) == 1) != (count(other) == 1),
    }
}

#[cfg(test)]
mod tests {
    use super::{Likeness, pairs};

    #[test]
    fn what_may_be_the_same() {
        for (one, other, likeness) in [
            (
                "Ministry of Defence",
                "Defence Ministry",
                Some(Likeness::Words),
            ),
            ("Terumo Europe N.V.", "Terumo Europe", Some(Likeness::Words)),
            ("Müller, Jörg", "Jorg Muller", Some(Likeness::Words)),
            ("Acme, 12 Rue X, Brussels", "Acme", Some(Likeness::Longer)),
            ("Greenpeace", "Greenpaece", Some(Likeness::Slip)),
            ("J. Bluestein", "Joel Bluestein", Some(Likeness::Initial)),
            (
                "UNHCR",
                "United Nations High Commissioner for Refugees",
                Some(Likeness::Initials),
            ),
            ("Iran", "Iraq", None),
            ("Group 1 of experts", "Group 2 of experts", None),
            ("Joel Bluestein", "Jane Bluestein", None),
            ("Germany", "France", None),
            ("Greenpeace", "reenpeaceG", None),
            ("AT&T", "T&E", None),
            ("?", "!", None),
        ] {
            let found: Vec<Likeness> = pairs(&[one, other]).iter().map(|pair| pair.2).collect();
            assert_eq!(
                found,
                likeness.into_iter().collect::<Vec<_>>(),
                "{one}, {other}"
            );
        }
    }
}
