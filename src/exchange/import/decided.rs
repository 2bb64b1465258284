//! What the names table decides that names mean.

use std::collections::HashMap;
use std::rc::Rc;

use crate::exchange::names::{NameLine, slug};
use crate::words::folded;

/// The ids that a person has given to names.
#[derive(Debug)]
pub(super) struct Decisions {
    /// By folded name.
    by_name: HashMap<String, Rc<str>>,
    /// By the id that the name would have if nothing were decided.
    by_id: HashMap<String, Rc<str>>,
}

impl Decisions {
    pub(super) fn of(lines: &[NameLine]) -> Decisions {
        let decided = lines.iter().filter(|line| !line.id.is_empty());
        let mut decisions = Decisions {
            by_name: HashMap::new(),
            by_id: HashMap::new(),
        };
        for line in decided {
            let id: Rc<str> = line.id.as_str().into();
            decisions
                .by_id
                .entry(slug(&line.written))
                .or_insert(id.clone());
            decisions.by_name.insert(folded(&line.written), id);
        }
        decisions
    }

    /// Returns whether something is decided about a name.
    pub(super) fn has(&self, name: &str) -> bool {
        !self.by_name.is_empty() && self.by_name.contains_key(&folded(name))
    }

    /// Returns the id that a name means. Decisions lead on: `c` may be `b`, and `b` be `a`. They end at an
    /// id that is one of a record.
    pub(super) fn meant(&self, name: &str, is_record: impl Fn(&str) -> bool) -> Option<Rc<str>> {
        let mut id = self.by_name.get(&folded(name))?;
        // A circle of decisions ends somewhere on it, at an id that nothing has.
        for _ in 0..self.by_id.len() {
            match self.by_id.get(&**id) {
                Some(next) if next != id && !is_record(id) => id = next,
                _ => break,
            }
        }
        Some(id.clone())
    }
}
