//! Existing records that may be one about to be added.

use crate::graph::{Entity, Graph};
use crate::model::RecordKind;
use crate::words;

/// An existing record that may be the one to be added.
pub struct Alike<'g> {
    /// The record.
    pub entity: Entity,
    /// The name that is alike.
    pub name: &'g str,
    /// Whether the names are equal but for case and accents.
    pub exact: bool,
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Likeness {
    Same,
    Near,
}

/// Compares two names. They are the same if they are equal but for case and accents, and near if
/// they are a typo apart, share the last word and the first letter, or one has all the words of the
/// other.
fn likeness(known: &str, new: &str) -> Option<Likeness> {
    let (known, new) = (words::folded(known), words::folded(new));
    if known == new {
        return Some(Likeness::Same);
    }
    let words = |name: &str| {
        name.split(|c: char| !c.is_alphanumeric())
            .filter(|word| word.len() > 3)
            .map(str::to_owned)
            .collect::<Vec<_>>()
    };
    let (known_words, new_words) = (words(&known), words(&new));
    let within = |few: &[String], many: &[String]| {
        !few.is_empty() && few.len() < many.len() && few.iter().all(|word| many.contains(word))
    };
    // Nobody mistypes the first letter. "V. Balakrishnan" is "Vivian Balakrishnan": the same last
    // word.
    let same_start = known.chars().next() == new.chars().next();
    let initials = same_start
        && known_words
            .last()
            .is_some_and(|last| new_words.last() == Some(last));
    let long = known.chars().count().min(new.chars().count()) >= 5;
    let slip = same_start && long && words::nearest(&new, [known.as_str()]).is_some();
    (initials || slip || within(&known_words, &new_words) || within(&new_words, &known_words))
        .then_some(Likeness::Near)
}

/// Returns records of a kind with one of these names or a similar one: same names first, at most
/// three.
pub fn alike<'g>(graph: &'g Graph, kind: RecordKind, names: &[&str]) -> Vec<Alike<'g>> {
    let likeness_of = |entity: Entity| {
        let called = graph.names(entity).chain([graph.id(entity)]);
        called
            .flat_map(|name| {
                names
                    .iter()
                    .filter_map(move |new| Some((likeness(name, new)?, name)))
            })
            .min()
    };
    let same_kind = graph.entities().filter(|entity| entity.kind() == kind);
    let mut found: Vec<Alike<'_>> = same_kind
        .filter_map(|entity| {
            let (likeness, name) = likeness_of(entity)?;
            Some(Alike {
                entity,
                name,
                exact: likeness == Likeness::Same,
            })
        })
        .collect();
    found.sort_by_key(|alike| !alike.exact);
    found.truncate(3);
    found
}

#[cfg(test)]
mod tests {
    use super::{Likeness, likeness};

    #[test]
    fn names_that_are_alike() {
        assert!(likeness("Vivian Balakrishnan", "vivian  balakrishnan") == Some(Likeness::Same));
        assert!(likeness("São Tomé", "Sao Tome") == Some(Likeness::Same));
        for new in ["Vivian Balakrishna", "V. Balakrishnan", "Balakrishnan"] {
            assert!(
                likeness("Vivian Balakrishnan", new) == Some(Likeness::Near),
                "{new}"
            );
        }
        for (known, new) in [
            ("US", "UK"),
            ("China", "Japan"),
            ("Qin Gang", "Xi Jinping"),
            ("North Korea", "South Korea"),
        ] {
            assert!(likeness(known, new).is_none(), "{known} {new}");
        }
    }
}
