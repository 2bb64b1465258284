//! What a list holds, counted: the one line above each list.

use std::collections::HashSet;

use crate::graph::{Entity, Verdict};
use crate::query::{Cell, Column, Holds, Section};
use crate::text::Place;
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
    /// The places of the records, where rows of one record are counted once.
    places: Option<HashSet<Place>>,
}

/// The things that rows are about.
struct Things {
    noun: &'static str,
    /// The indices of the columns that hold them.
    columns: Vec<usize>,
    found: HashSet<Entity>,
}

/// The columns that hold whom a row is about.
const ACTORS: [&str; 8] = [
    "actor",
    "actors",
    "one",
    "other",
    "from",
    "to",
    "participants",
    "host",
];
/// The columns that hold what a row is about.
const ISSUES: [&str; 3] = ["issue", "issues", "topics"];

impl Head {
    pub(super) fn new(section: &Section<'_>) -> Head {
        let columns = section.rows.columns();
        let place = |key: &&str, holds: &[Holds]| {
            let is_it = |column: &Column| column.key == *key && holds.contains(&column.holds);
            columns.iter().position(is_it)
        };
        let is_shown = |key: &&&str| !section.hidden.contains(*key);
        let things = |noun: &'static str, keys: &[&str]| Things {
            noun,
            columns: keys
                .iter()
                .filter(is_shown)
                .filter_map(|key| place(key, &[Holds::Thing, Holds::Things]))
                .collect(),
            found: HashSet::new(),
        };
        Head {
            noun: section.noun,
            all: section.all,
            actors: things("actor", &ACTORS),
            issues: things("issue", &ISSUES),
            contested: 0,
            stand: place(&"position", &[Holds::Stand]),
            places: section.once.then(HashSet::new),
        }
    }

    /// Returns whether it has to see every row.
    pub(super) fn reads_rows(&self) -> bool {
        let is_about_things = !self.actors.columns.is_empty() || !self.issues.columns.is_empty();
        let is_counted = !self.noun.is_empty() && self.all.is_none();
        is_counted && (is_about_things || self.stand.is_some() || self.places.is_some())
    }

    /// Counts what a row holds.
    pub(super) fn add(&mut self, cells: &[Cell], place: Option<Place>) {
        if !self.reads_rows() {
            return;
        }
        self.actors.add(cells);
        self.issues.add(cells);
        let stand = self.stand.map(|nth| &cells[nth]);
        self.contested += usize::from(
            matches!(stand, Some(Cell::Stands(stand)) if stand.verdict == Verdict::Contested),
        );
        if let Some(places) = &mut self.places {
            places.extend(place);
        }
    }

    /// Returns the heading with the counts. A single thing needs none.
    pub(super) fn words(&self, heading: &str, rows: usize) -> String {
        let count = self.all.unwrap_or_else(|| self.distinct(rows));
        if self.noun.is_empty() || count < 2 {
            return heading.to_owned();
        }
        let mut counts = counted(count, self.noun);
        match self.all {
            Some(all) if all > rows => counts = format!("{} of {counts}", thousands(rows)),
            _ => {
                for (joint, things) in [("of", &self.actors), ("on", &self.issues)] {
                    // A row that is the thing itself is counted already.
                    if things.found.len() > 1 && things.noun != self.noun {
                        counts += &format!(" {joint} {}", counted(things.found.len(), things.noun));
                    }
                }
                if self.contested > 0 {
                    counts += &format!(
                        "; {} {}",
                        thousands(self.contested),
                        Verdict::Contested.word()
                    );
                }
            }
        }
        match heading {
            "" => counts,
            heading => format!("{heading} ({counts})"),
        }
    }

    /// Returns how many things there are that rows are called.
    fn distinct(&self, rows: usize) -> usize {
        let called = [&self.actors, &self.issues];
        let called = called.iter().find(|things| things.noun == self.noun);
        match (&self.places, called) {
            (Some(places), _) if !places.is_empty() => places.len(),
            (_, Some(things)) if !things.found.is_empty() => things.found.len(),
            _ => rows,
        }
    }
}

impl Things {
    fn add(&mut self, cells: &[Cell]) {
        let noun = self.noun;
        let is_of = |thing: &&Entity| thing.kind().noun() == noun;
        for nth in &self.columns {
            match &cells[*nth] {
                Cell::Thing(thing) => self.found.extend(Some(thing).filter(is_of)),
                Cell::Things(things) => self.found.extend(things.iter().filter(is_of)),
                _ => {}
            }
        }
    }
}
