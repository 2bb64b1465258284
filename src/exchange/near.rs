//! Names that may mean the same: what a person is asked about. Nothing is merged here.
//!
//! Names are compared only with those that share a key: their words sorted, without legal forms; the
//! part before an address; initials; one letter less. So a hundred thousand names take seconds.

use std::collections::{BTreeMap, HashMap};

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
    let mut by_key: HashMap<(Likeness, String), Vec<usize>> = HashMap::new();
    let keyed: Vec<Keyed> = names.iter().map(|name| Keyed::of(name)).collect();
    for (nth, keyed) in keyed.iter().enumerate() {
        for (likeness, key) in keyed.keys() {
            let group = by_key.entry((likeness, key)).or_default();
            if group.last() != Some(&nth) {
                group.push(nth);
            }
        }
    }
    let mut found: BTreeMap<(usize, usize), Likeness> = BTreeMap::new();
    for ((likeness, _), group) in &by_key {
        if group.len() > CROWD {
            continue;
        }
        for (at, one) in group.iter().enumerate() {
            for other in &group[at + 1..] {
                if is_like(*likeness, &keyed[*one], &keyed[*other]) {
                    let known = found.entry((*one, *other)).or_insert(*likeness);
                    *known = (*known).min(*likeness);
                }
            }
        }
    }
    let mut pairs: Vec<(usize, usize, Likeness)> = found
        .into_iter()
        .map(|((one, other), likeness)| (one, other, likeness))
        .collect();
    pairs.sort_by_key(|(one, other, likeness)| (*likeness, *one, *other));
    pairs
}

/// A name, as it is compared.
struct Keyed {
    /// Its words, folded, in order, without small words and legal forms.
    words: Vec<String>,
    /// The same of the part before an address or brackets, if there is any.
    head: Option<Vec<String>>,
    /// All its words, run together.
    letters: String,
}

impl Keyed {
    fn of(name: &str) -> Keyed {
        let folded = folded(name);
        let head = folded.split([',', '(', ';', '/']).next();
        let head = head.filter(|head| head.len() < folded.len()).map(words);
        let words = words(&folded);
        Keyed {
            letters: words.concat(),
            head: head.filter(|head| !head.is_empty() && *head != words),
            words,
        }
    }

    fn keys(&self) -> Vec<(Likeness, String)> {
        let sorted = |words: &[String]| {
            let mut words = words.to_vec();
            words.sort_unstable();
            words.join(" ")
        };
        let mut keys = vec![
            (Likeness::Words, sorted(&self.words)),
            (Likeness::Longer, sorted(&self.words)),
        ];
        keys.extend(
            self.head
                .iter()
                .map(|head| (Likeness::Longer, sorted(head))),
        );
        if let [first, .., last] = &self.words[..] {
            let initial: String = first.chars().take(1).collect();
            keys.push((Likeness::Initial, format!("{initial} {last}")));
        }
        if self.words.len() >= 3 {
            keys.push((Likeness::Initials, initials(&self.words)));
        }
        if let [word] = &self.words[..] {
            keys.push((Likeness::Initials, word.clone()));
        }
        let letters: Vec<char> = self.letters.chars().collect();
        if (SHORT..60).contains(&letters.len()) {
            keys.push((Likeness::Slip, self.letters.clone()));
            keys.extend((0..letters.len()).map(|left| {
                let kept = letters.iter().enumerate().filter(|(nth, _)| *nth != left);
                (Likeness::Slip, kept.map(|(_, c)| *c).collect())
            }));
        }
        keys
    }
}

fn words(folded: &str) -> Vec<String> {
    // `s.a.` and `e.v.` are single words.
    let folded = folded.replace('.', "");
    let all = folded.split(|c: char| !c.is_alphanumeric());
    let all: Vec<&str> = all.filter(|word| !word.is_empty()).collect();
    let tells = |word: &&&str| !SMALL.contains(*word) && !FORMS.contains(*word);
    let telling: Vec<&str> = all.iter().filter(tells).copied().collect();
    // A name of such words only is one all the same.
    let kept = if telling.is_empty() { all } else { telling };
    kept.into_iter().map(str::to_owned).collect()
}

fn initials(words: &[String]) -> String {
    words
        .iter()
        .filter_map(|word| word.chars().next())
        .collect()
}

/// Returns whether two names that share a key are alike in this way.
fn is_like(likeness: Likeness, one: &Keyed, other: &Keyed) -> bool {
    let is_single = |keyed: &Keyed| keyed.words.len() == 1;
    match likeness {
        Likeness::Words => true,
        Likeness::Longer => one.head.is_some() != other.head.is_some(),
        // `rc-1` is no slip of `rc-2`.
        Likeness::Slip => {
            same_numbers(&one.letters, &other.letters)
                && strsim::damerau_levenshtein(&one.letters, &other.letters) <= 1
        }
        Likeness::Initial => {
            let has_initial = |keyed: &Keyed| keyed.words[0].chars().count() == 1;
            one.words.len().abs_diff(other.words.len()) <= 1
                && has_initial(one) != has_initial(other)
        }
        Likeness::Initials => is_single(one) != is_single(other),
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
