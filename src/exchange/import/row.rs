//! A row of an import: its cells, those of the tables that belong to it, and what they mean.

use std::collections::{HashMap, HashSet};

use crate::exchange::dates::{Form, Forms, zone};
use crate::exchange::finding::Spot;
use crate::exchange::input::Line;
use crate::exchange::map::{Column, Condition, Map, Piece, Template};
use crate::model::RecordKind;
use crate::text::Place;

/// The bits of a slot that say which column of its table it is.
const COLUMN: usize = (1 << 16) - 1;

/// The cells that a row has: those of the main table, then those of the others.
#[derive(Clone, Debug)]
pub(crate) struct Slots {
    tables: Vec<(String, Vec<String>)>,
}

impl Slots {
    pub(crate) fn new(headings: Vec<String>) -> Slots {
        Slots {
            tables: vec![(String::new(), headings)],
        }
    }

    pub(crate) fn add(&mut self, name: &str, headings: &[String]) {
        self.tables.push((name.to_owned(), headings.to_vec()));
    }

    /// Returns the number of columns of the main table.
    pub(crate) fn width(&self) -> usize {
        self.tables[0].1.len()
    }

    /// Returns the slot of a column: of the first table that has it, or of the one before the dot.
    pub(crate) fn find(&self, name: &str) -> Option<usize> {
        let within = |nth: usize, name: &str| {
            let column = self.tables[nth].1.iter().position(|one| one == name)?;
            Some(nth << 16 | column)
        };
        let mut all = 0..self.tables.len();
        all.find_map(|nth| within(nth, name)).or_else(|| {
            let (table, name) = name.split_once('.')?;
            let nth = self.tables.iter().position(|(known, _)| known == table)?;
            within(nth, name)
        })
    }

    /// Iterates over all slots.
    fn all(&self) -> impl Iterator<Item = usize> {
        let tables = self.tables.iter().enumerate();
        tables.flat_map(|(nth, (_, headings))| {
            (0..headings.len()).map(move |column| nth << 16 | column)
        })
    }

    /// Returns the heading of a slot.
    pub(crate) fn heading(&self, slot: usize) -> Option<&str> {
        let (_, headings) = self.tables.get(slot >> 16)?;
        headings.get(slot & COLUMN).map(String::as_str)
    }

    /// Lists the names by which columns can be found.
    pub(crate) fn names(&self) -> Vec<String> {
        let of_table = |(table, headings): &(String, Vec<String>)| {
            let prefix = if table.is_empty() {
                String::new()
            } else {
                format!("{table}.")
            };
            headings
                .iter()
                .map(|heading| format!("{prefix}{heading}"))
                .collect::<Vec<_>>()
        };
        self.tables.iter().flat_map(of_table).collect()
    }
}

/// What a map says of the cells of all its tables.
#[derive(Debug)]
pub(crate) struct Bound {
    pub(crate) forms: Forms,
    pub(crate) decimal: char,
    /// The cells of each slot that say that nothing is known.
    missing: HashMap<usize, Vec<String>>,
    /// The same of all slots.
    missing_anywhere: Vec<String>,
    /// What separates the names in a slot.
    split: HashMap<usize, Vec<String>>,
    /// The slots of the cells that parts take, by the kind of their records and their number. Parts that say the
    /// same in each row are not among them.
    pub(crate) taken: HashMap<(RecordKind, usize), Vec<usize>>,
    /// The number of the part that describes what a slot names, by the kind of the record.
    parts: HashMap<(RecordKind, usize), usize>,
    /// The slots that a part without `of` names beside its records: it does not describe those.
    beside: HashSet<(RecordKind, usize)>,
    /// Whether a place in the source names the table: several are read by one map.
    pub(crate) of_file: bool,
}

impl Bound {
    /// Takes it from a map whose columns are looked up. Returns what is wrong, too.
    pub(crate) fn of(map: &Map, slots_of: &Slots) -> (Bound, Vec<(Place, String)>) {
        let mut wrong = Vec::new();
        let mut forms = Vec::new();
        for form in &map.dates.all {
            match form.as_str() {
                "EDTF" => {}
                form => match Form::parse(form) {
                    Ok(form) => forms.push(form),
                    Err(message) => wrong.push((map.dates.place, message)),
                },
            }
        }
        let there = map.zone.first();
        let zone = there.and_then(zone);
        if let Some(there) = there.filter(|_| zone.is_none()) {
            let message = format!("`{there}` is no zone: write `UTC`, or hours from it, `+02:00`");
            wrong.push((map.zone.place, message));
        }
        let all = map.missing.0.iter();
        let all = all.filter(|(column, _)| column.name == "*");
        let bound = Bound {
            forms: Forms { forms, zone },
            decimal: map
                .decimal
                .first()
                .and_then(|text| text.chars().next())
                .unwrap_or('.'),
            missing_anywhere: all.flat_map(|(_, cells)| cells).cloned().collect(),
            missing: slots(&map.missing.0),
            split: slots(&map.split.0),
            taken: taken(map),
            parts: parts(map, slots_of),
            beside: beside(map, slots_of),
            of_file: false,
        };
        (bound, wrong)
    }
}

impl Bound {
    /// Returns the number of the part that describes what a slot names.
    pub(crate) fn part(&self, kind: RecordKind, slot: usize) -> Option<usize> {
        self.parts.get(&(kind, slot)).copied()
    }

    /// Returns whether a slot names what stands beside the records of a part, which does not describe it.
    pub(crate) fn is_beside(&self, kind: RecordKind, slot: usize) -> bool {
        self.beside.contains(&(kind, slot))
    }
}

/// The kinds of records that columns name.
const KINDS: [RecordKind; 3] = [RecordKind::Actor, RecordKind::Issue, RecordKind::Source];

/// Returns for each slot the number of the part that describes what it names: one that names the column,
/// else the first that names none.
fn parts(map: &Map, all: &Slots) -> HashMap<(RecordKind, usize), usize> {
    let mut parts = HashMap::new();
    for kind in KINDS {
        for slot in all.all() {
            let mut any = None;
            for (nth, part) in map.all_described(kind).enumerate() {
                if part.of.iter().any(|name| all.find(name) == Some(slot)) {
                    parts.insert((kind, slot), nth);
                }
                if part.of.is_empty() {
                    any = any.or(Some(nth));
                }
            }
            if let Some(any) = any {
                parts.entry((kind, slot)).or_insert(any);
            }
        }
    }
    parts
}

fn beside(map: &Map, all: &Slots) -> HashSet<(RecordKind, usize)> {
    let mut beside = HashSet::new();
    for kind in KINDS {
        let named: Vec<usize> = map
            .columns_naming(kind)
            .iter()
            .map(|one| one.slot)
            .collect();
        let of = map.all_described(kind).flat_map(|part| part.of);
        let apart: Vec<usize> = of.filter_map(|name| all.find(name)).collect();
        for (nth, part) in map.all_described(kind).enumerate() {
            let [_, others] = map.cells_of(kind, nth);
            let others = others.iter().map(|column| column.slot);
            let is_only_there = |slot: &usize| !named.contains(slot) && !apart.contains(slot);
            if part.of.is_empty() {
                beside.extend(others.filter(is_only_there).map(|slot| (kind, slot)));
            }
        }
    }
    beside
}

/// Returns the slots of the cells that each part of a map takes, by the kind of its records and its number; but
/// none of a part whose fields no other column fills in than the one that names the record.
fn taken(map: &Map) -> HashMap<(RecordKind, usize), Vec<usize>> {
    let mut taken = HashMap::new();
    for kind in [RecordKind::Actor, RecordKind::Issue, RecordKind::Source] {
        let named = map.columns_naming(kind);
        for (nth, part) in map.all_described(kind).enumerate() {
            let about: Vec<&str> = match part.of {
                [] => named.iter().map(|column| column.name.as_str()).collect(),
                of => of.iter().map(String::as_str).collect(),
            };
            let own = part.id.column().map(|column| &column.name);
            let is_own = |column: &Column| {
                let is_all = !about.is_empty() && about.iter().all(|about| *about == column.name);
                own == Some(&column.name) || is_all
            };
            let [cells, others] = map.cells_of(kind, nth);
            if !others.is_empty() || !cells.iter().all(is_own) {
                let slots = cells.iter().chain(&others).map(|column| column.slot);
                taken.insert((kind, nth), slots.collect());
            }
        }
    }
    taken
}

fn slots(columns: &[(Column, Vec<String>)]) -> HashMap<usize, Vec<String>> {
    let named = columns.iter().filter(|(column, _)| column.name != "*");
    named
        .map(|(column, texts)| (column.slot, texts.clone()))
        .collect()
}

/// The cells of a row of another table, and its line.
pub(crate) type Numbered = (usize, Vec<String>);

/// A row, with the rows that belong to it.
pub(crate) struct Row<'r> {
    pub(crate) map: &'r Map,
    pub(crate) line: &'r Line,
    pub(crate) table: &'r Spot,
    pub(crate) slots: &'r Slots,
    pub(crate) bound: &'r Bound,
    /// The rows of the other tables with their lines, and those tables.
    pub(crate) joined: Vec<(Option<&'r Numbered>, &'r Spot)>,
}

impl Row<'_> {
    /// Returns a cell as it is; empty if it is not there, or says that nothing is known.
    pub(crate) fn cell(&self, slot: usize) -> &str {
        let cell = self.written(slot);
        if self.is_missing(slot, cell) {
            ""
        } else {
            cell
        }
    }

    /// Returns a cell as it is; empty if it is not there.
    fn written(&self, slot: usize) -> &str {
        let (table, column) = (slot >> 16, slot & COLUMN);
        let cells = match table {
            0 => Some(&self.line.cells),
            nth => self
                .joined
                .get(nth - 1)
                .and_then(|(row, _)| row.map(|(_, cells)| cells)),
        };
        let cell = cells.and_then(|cells| cells.get(column));
        cell.map_or("", |cell| cell.trim())
    }

    /// Returns whether a text in a cell says that nothing is known.
    fn is_missing(&self, slot: usize, text: &str) -> bool {
        let missing = self.bound.missing.get(&slot).into_iter().flatten();
        let mut missing = missing.chain(&self.bound.missing_anywhere);
        missing.any(|missing| missing == text)
    }

    /// Returns the place of a cell.
    pub(crate) fn spot(&self, slot: usize) -> Spot {
        let (table, column) = (slot >> 16, slot & COLUMN);
        let (spot, line) = match table.checked_sub(1).and_then(|nth| self.joined.get(nth)) {
            Some((row, spot)) => ((*spot).clone(), row.map_or(0, |(line, _)| *line)),
            None => {
                let line = self.line.lines.get(column).copied();
                (Spot::clone(self.table), line.unwrap_or(self.line.line))
            }
        };
        Spot {
            line,
            column: column + 1,
            heading: self.slots.heading(slot).map(str::to_owned),
            ..spot
        }
    }

    /// Returns whether the row meets all conditions.
    pub(crate) fn is<'c>(&self, conditions: impl IntoIterator<Item = &'c Condition>) -> bool {
        conditions.into_iter().all(|condition| match condition {
            Condition::Always => true,
            Condition::Is(column, values) => values.iter().any(|one| self.holds(column.slot, one)),
            Condition::Not(column, values) => {
                !values.iter().any(|one| self.holds(column.slot, one))
            }
        })
    }

    /// Returns whether a cell is a value, as it is written or as it is read.
    fn holds(&self, slot: usize, value: &str) -> bool {
        self.cell(slot) == value || self.written(slot) == value
    }

    /// Returns the names in a cell.
    pub(crate) fn names(&self, slot: usize) -> Vec<&str> {
        let cell = self.cell(slot);
        let Some(separators) = self.bound.split.get(&slot) else {
            return if cell.is_empty() {
                Vec::new()
            } else {
                vec![cell]
            };
        };
        let mut parts = vec![cell];
        for separator in separators.iter().filter(|one| !one.is_empty()) {
            parts = parts
                .into_iter()
                .flat_map(|part| part.split(&**separator))
                .collect();
        }
        let parts = parts.into_iter().map(str::trim);
        let is_known = |part: &&str| !part.is_empty() && !self.is_missing(slot, part);
        parts.filter(is_known).collect()
    }

    /// Returns a cell, or of one with several names that which names the record.
    fn piece<'c>(&'c self, slot: usize, cell: &'c str) -> &'c str {
        let is_split = self.bound.split.contains_key(&slot) && !cell.is_empty();
        match is_split && self.names(slot).contains(&cell) {
            true => cell,
            false => self.cell(slot),
        }
    }

    /// Fills in a template; `cell` is what names the record. `None` if the field is left out, or all
    /// its cells are empty.
    pub(crate) fn text(&self, template: &Template, cell: &str) -> Option<String> {
        let mut text = String::new();
        let (mut has_cells, mut has_any) = (false, false);
        for piece in &template.pieces {
            let part = match piece {
                Piece::Text(part) => {
                    text.push_str(part);
                    continue;
                }
                Piece::Column(column) => self.piece(column.slot, cell),
                Piece::Cell => cell,
                Piece::Row => {
                    text.push_str(&self.line.line.to_string());
                    (has_cells, has_any) = (true, true);
                    continue;
                }
            };
            has_cells = true;
            has_any |= !part.is_empty();
            text.push_str(part);
        }
        (!template.is_none() && (has_any || !has_cells)).then_some(text)
    }
}
