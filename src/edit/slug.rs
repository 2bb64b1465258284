//! Ids that are made of names.

use std::collections::HashMap;

use crate::words::folded;

/// Makes an id of a name: its words, folded, joined by hyphens, as many as fit into `longest`
/// characters. It is empty if the name has neither letters nor digits.
pub(crate) fn slug(name: &str, longest: usize) -> String {
    let folded = folded(name);
    let words = folded.split(|c: char| !c.is_alphanumeric());
    let mut slug = String::new();
    let mut length = 0;
    for word in words.filter(|word| !word.is_empty()) {
        let more = word.chars().count() + usize::from(length > 0);
        if length > 0 && length + more > longest {
            break;
        }
        if length > 0 {
            slug.push('-');
        }
        slug.extend(word.chars().take(longest));
        length += more;
    }
    slug
}

/// Ids that nobody has. It remembers which numbers were taken: a thousand records of one name take a
/// thousand steps.
#[derive(Debug, Default)]
pub(crate) struct Free {
    /// The number that is tried next, by the id without a number.
    next: HashMap<String, usize>,
}

impl Free {
    /// Returns the first of `wanted`, `wanted-2`, `wanted-3` and so on that is not taken.
    pub(crate) fn id(&mut self, wanted: String, is_taken: impl Fn(&str) -> bool) -> String {
        if !is_taken(&wanted) {
            return wanted;
        }
        let from = self.next.get(&wanted).copied().unwrap_or(2);
        let mut number = from;
        let mut id = format!("{wanted}-{number}");
        while is_taken(&id) {
            number += 1;
            id = format!("{wanted}-{number}");
        }
        self.next.insert(wanted, number);
        id
    }
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use super::{Free, slug};

    #[test]
    fn ids_of_names() {
        assert_eq!(
            slug("Ministère de l’Économie", 60),
            "ministere-de-l-economie"
        );
        assert_eq!(slug("one two three", 8), "one-two");
        assert_eq!(slug("abcdefgh ij", 4), "abcd");
        assert_eq!(slug("…", 60), "");
    }

    #[test]
    fn numbers_are_tried_once() {
        let mut free = Free::default();
        let mut taken = std::collections::HashSet::new();
        let tries = Cell::new(0);
        for _ in 0..1000 {
            let id = free.id("a".to_owned(), |id| {
                tries.set(tries.get() + 1);
                taken.contains(id)
            });
            assert!(taken.insert(id));
        }
        assert!(taken.contains("a-1000") && tries.get() < 4000);
        assert_eq!(free.id("b".to_owned(), |_| false), "b");
    }
}
