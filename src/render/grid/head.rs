//! What a list holds, counted: the one line above each list.

use std::collections::HashSet;

use crate::graph::{Entity, Verdict};
use crate::query::{Cell, Section};
use crate::words::{counted, thousands};

/// The counts above a list.
pub(super) struct Head {
    /// What a row is; empty where rows are not counted.
    noun: &'static str,
    /// How many rows there are in all, if these are only the first.
    all: Option<usize>,
    actors: Things,
    issues: Things,
    contested: usize,
    /// The index of the column that says where an actor stands.
    stand: Option<usize>,
}

/// The things that rows are about.
struct Things {
    noun: &'static str,
    /// The indices of the columns that hold them.
    columns: Vec<usize>,
    found: HashSet<Entity>,
}

/// The columns that hold whom a row is about.
const ACTORS: [&str; 7] = [
    "actor",
    "actors",
    "one",
    "other",
    "from",
    "to",
    "participants",
];
/// The columns that hold what a row is about.
const ISSUES: [&str; 3] = ["issue", "issues", "topics"];

impl Head {
    pub(super) fn new(section: &Section<'_>) -> Head {
        let noun = section.noun;
        let columns = section.rows.columns();
        let place = |key: &&str| columns.iter().position(|column| column.key == *key);
        let things = |of: &'static str, keys: &[&str]| Things {
            noun: of,
            // A row that is the thing itself is counted as a row.
            columns: match noun == of {
                true => Vec::new(),
                false => keys.iter().filter_map(place).collect(),
            },
            found: HashSet::new(),
        };
        Head {
            noun,
            all: section.all,
            actors: things("actor", &ACTORS),
            issues: things("issue", &ISSUES),
            contested: 0,
            stand: place(&"position"),
        }
    }

    /// Returns whether rows are counted at all.
    pub(super) fn is_counted(&self) -> bool {
        !self.noun.is_empty()
    }

    /// Counts what a row holds.
    pub(super) fn add(&mut self, cells: &[Cell]) {
        if !self.is_counted() {
            return;
        }
        self.actors.add(cells);
        self.issues.add(cells);
        let stand = self.stand.map(|nth| &cells[nth]);
        self.contested += usize::from(
            matches!(stand, Some(Cell::Stands(stand)) if stand.verdict == Verdict::Contested),
        );
    }

    /// Returns the heading with the counts. A single row needs none.
    pub(super) fn words(&self, heading: &str, rows: usize) -> String {
        let all = self.all.unwrap_or(rows);
        if !self.is_counted() || all < 2 {
            return heading.to_owned();
        }
        let mut counts = counted(all, self.noun);
        if all > rows {
            counts = format!("{} of {counts}", thousands(rows));
        }
        for (joint, things) in [("of", &self.actors), ("on", &self.issues)] {
            if things.found.len() > 1 && all == rows {
                counts += &format!(" {joint} {}", counted(things.found.len(), things.noun));
            }
        }
        if self.contested > 0 {
            counts += &format!("; {} contested", thousands(self.contested));
        }
        match heading {
            "" => counts,
            heading => format!("{heading} ({counts})"),
        }
    }
}

impl Things {
    fn add(&mut self, cells: &[Cell]) {
        for nth in &self.columns {
            match &cells[*nth] {
                Cell::Thing(thing) => drop(self.found.insert(*thing)),
                Cell::Things(things) => self.found.extend(things),
                _ => {}
            }
        }
    }
}
