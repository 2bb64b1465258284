//! The records of a row: which parts of the map make one, and which is there already.

use std::collections::HashSet;
use std::collections::hash_map::DefaultHasher;
use std::hash::{BuildHasherDefault, Hash, Hasher};

use serde::Serialize;

use crate::exchange::finding::Spot;
use crate::exchange::import::named::{Mention, NO_PART};
use crate::exchange::import::row::{Bound, Row, Slots};
use crate::exchange::import::said::About;
use crate::exchange::import::{Got, Import, Not};
use crate::exchange::map::{Map, SourceOf, SourcePart};
use crate::exchange::ron;
use crate::model::RecordKind;

impl Import<'_> {
    /// Makes all records of a row.
    pub(super) fn records(&mut self, row: &Row<'_>) {
        let map = row.map;
        let mut is_silent = true;
        // What the map declares is of no row.
        self.settle(true);
        for part in map.stances.iter().filter(|part| row.is(&part.filter)) {
            let made = self.stance(part, row);
            is_silent &= self.settled(made);
        }
        for part in map.meetings.iter().filter(|part| row.is(&part.filter)) {
            let made = self.meeting(part, row);
            is_silent &= self.settled(made);
        }
        for part in map.ties.iter().filter(|part| row.is(&part.filter)) {
            let made = self.tie(part, row);
            is_silent &= self.settled(made);
        }
        for part in map.facts.iter().filter(|part| row.is(&part.filter)) {
            let made = self.fact(part, row);
            is_silent &= self.settled(made);
        }
        if own_sources(map).next().is_none() {
            // A table of actors, issues or sources alone.
            let made = self.nodes(row);
            is_silent = self.settled(made);
        }
        self.tally.silent += usize::from(is_silent);
    }

    /// Counts a record that was left out. Returns whether the row says nothing.
    fn settled(&mut self, made: Got<bool>) -> bool {
        match made {
            Ok(made) => {
                self.settle(made);
                !made
            }
            Err(Not::Reported) => {
                self.settle(false);
                false
            }
            Err(Not::Skipped) => {
                self.settle(false);
                self.tally.skipped += 1;
                false
            }
        }
    }

    /// Ends a record. What only one that is left out names is left out, too.
    fn settle(&mut self, is_made: bool) {
        for register in [&mut self.actors, &mut self.issues, &mut self.sources] {
            register.settle(is_made);
        }
    }

    /// Makes what a table of actors, issues or sources describes: those that `of` names, else the first
    /// column of the name.
    fn nodes(&mut self, row: &Row<'_>) -> Got<bool> {
        let mut made = false;
        for kind in [RecordKind::Source, RecordKind::Actor, RecordKind::Issue] {
            for described in row.map.all_described(kind) {
                let first = described.name.column().or(described.id.column());
                let first = first.filter(|_| described.of.is_empty());
                let named = described.of.iter().filter_map(|name| row.slots.find(name));
                for slot in named.chain(first.map(|column| column.slot)) {
                    for cell in row.names(slot) {
                        self.meant(row, kind, slot, cell)?;
                        made = true;
                    }
                }
            }
        }
        Ok(made)
    }

    /// Declares the source that all rows have.
    pub(super) fn declare_source(&mut self, map: &Map, bound: &Bound) {
        match &map.source {
            SourceOf::Nothing if own_sources(map).any(|has_own| !has_own) => {
                let help = "add `source: (id: \"…\", title: \"…\")`, or `source: Id(\"…\")` of a graph that `-g` names";
                let message = "the map does not say where its tables come from";
                self.mistake_with(map.span, message, "no `source`", help.to_owned());
            }
            SourceOf::New(part) => self.declare_new_source(map, part, bound),
            SourceOf::Id(id, place) => self.check_id(RecordKind::Source, id, *place),
            SourceOf::Nothing | SourceOf::Of(_) => {}
        }
    }

    fn declare_new_source(&mut self, map: &Map, part: &SourcePart, bound: &Bound) {
        let row = Row {
            map,
            line: &Default::default(),
            table: &Spot::default(),
            slots: &Slots::new(Vec::new()),
            bound,
            joined: Vec::new(),
        };
        let id = row.text(&part.id, "").unwrap_or_default();
        let title = row.text(&part.title, &id).unwrap_or_else(|| id.clone());
        if id.is_empty() {
            self.mistake(part.span, "the source has no `id`", "add `id: \"…\"`");
        } else if self
            .known
            .others
            .is_some_and(|others| others.entity(&id).is_some())
        {
            let message = format!("`{id}` is the id of another record");
            let help = format!(
                "`source: Id(\"{id}\")` is the source of the graph; give another one an `id` of its own"
            );
            self.mistake_with(part.span, message, "the graph has it", help);
        } else {
            let known = self.places.get(&*id).copied();
            let place = match known {
                None => self.new_source(&id, &title),
                Some((_, nth)) => {
                    let known = self.document.sources.0.get(nth);
                    if known.is_some_and(|(_, known)| known.title != title) {
                        let message = format!("`{id}` has another `title` in another map");
                        let help = "give one of the two sources another `id`".to_owned();
                        self.mistake_with(part.span, message, "said otherwise", help);
                    }
                    id.as_str().into()
                }
            };
            let at = self.places.get(&place).map_or(0, |(_, at)| *at);
            let mention = Mention {
                kind: RecordKind::Source,
                nth: NO_PART,
                slot: 0,
                cell: &id,
                is_beside: false,
            };
            let part_of = mention.part_of(map);
            self.sources.remember(part_of, &id, &place);
            self.sources.name_by_id(&place);
            let about = About {
                row: &row,
                mention,
                id: &place,
                at,
                declared: Some(part.span),
            };
            // What is wrong is a mistake of the map.
            let _ = self.describe_source(about, part);
        }
    }

    /// Reports that a cell is wrong.
    pub(super) fn wrong(
        &mut self,
        row: &Row<'_>,
        slot: usize,
        message: &str,
        help: Option<String>,
    ) -> Not {
        self.report(row.spot(slot), message, help);
        Not::Reported
    }

    /// Reports that a cell is wrong. Help that is slow to find is looked for once.
    pub(super) fn wrong_with(
        &mut self,
        row: &Row<'_>,
        slot: usize,
        message: &str,
        help: impl FnOnce(&mut Self) -> String,
    ) -> Not {
        let spot = row.spot(slot);
        let help = match self.found.has(&spot, message) {
            true => None,
            false => Some(help(self)),
        };
        self.report(spot, message, help);
        Not::Reported
    }

    /// Returns whether a record is there already, and remembers it. One that another row says otherwise,
    /// with the same key, is reported.
    pub(super) fn is_repeated(&mut self, row: &Row<'_>, identity: &str) -> Got<bool> {
        let key = row.text(&row.map.key, "");
        let known = key.as_deref().unwrap_or_default();
        let is_new = self.seen.insert(sum(&format!("{identity}|{known}")));
        self.tally.repeated += usize::from(!is_new);
        let Some(key) = key.filter(|_| is_new) else {
            return Ok(!is_new);
        };
        let row_of_all = (self.tally.rows as u32, row.line.line as u32);
        // Each map of a list has keys of its own.
        let key_of_all = sum(&format!("{}|{key}", row.map.span.span.start)) as u64;
        let (first, line) = *self.keys.entry(key_of_all).or_insert(row_of_all);
        if first == row_of_all.0 {
            return Ok(false);
        }
        let slot = row.map.key.column().map_or(0, |column| column.slot);
        let message = format!("row {line} has the key `{key}`, too, and says otherwise");
        let help = "correct one of the rows, or add what tells them apart to the `key` of the map";
        Err(self.wrong(row, slot, &message, Some(help.to_owned())))
    }

    /// Writes a record on one line, and reports one that can't be written. Every record of this crate
    /// can be.
    pub(super) fn written(&mut self, record: &impl Serialize) -> Got<String> {
        ron::line(record).map_err(|error| {
            self.report(Spot::default(), &error.to_string(), None);
            Not::Reported
        })
    }
}

/// Says of each part that makes records with a source whether it has one of its own.
fn own_sources(map: &Map) -> impl Iterator<Item = bool> {
    let stances = map.stances.iter().map(|part| &part.source);
    let meetings = map.meetings.iter().map(|part| &part.source);
    let ties = map.ties.iter().map(|part| &part.source);
    let facts = map.facts.iter().map(|part| &part.source);
    let all = stances.chain(meetings).chain(ties).chain(facts);
    all.map(|source| !source.all.is_empty())
}

/// The sums of what identifies records. They need no hash: they are one.
pub(super) type Sums = HashSet<u128, BuildHasherDefault<Half>>;

/// Takes the half of a sum for its hash.
#[derive(Default)]
pub(super) struct Half(u64);

impl Hasher for Half {
    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = self.0 << 8 | u64::from(*byte);
        }
    }

    fn write_u128(&mut self, sum: u128) {
        self.0 = sum as u64;
    }

    fn finish(&self) -> u64 {
        self.0
    }
}

/// Returns a sum of what identifies a record: of so many bits that two records have the same one by
/// no chance.
pub(super) fn sum(identity: &str) -> u128 {
    let of = |salt: u8| {
        let mut hasher = DefaultHasher::new();
        (salt, identity).hash(&mut hasher);
        u128::from(hasher.finish())
    };
    of(0) << 64 | of(1)
}
