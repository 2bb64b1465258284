//! The tables whose rows belong to those of the main one.

use std::collections::{HashMap, HashSet};

use crate::exchange::finding::Spot;
use crate::exchange::import::open::SharedHash;
use crate::exchange::import::row::{Numbered, Row, Slots};
use crate::exchange::import::{Files, Import};
use crate::exchange::input::Line;
use crate::exchange::map::{Join, Map};
use crate::words::listed;

impl Import<'_> {
    /// Reads the tables that belong to the main one, each after those that it depends on.
    pub(super) fn joins(
        &mut self,
        map: &mut Map,
        headings: &[String],
        files: &mut dyn Files,
    ) -> Result<Vec<(String, Joined)>, String> {
        let mut left: Vec<Join> = map.tables.0.clone();
        let mut read = Vec::new();
        for join in &left {
            read.push((join.name.clone(), self.joined(join, map, files)?));
        }
        if self.unmade.is_some() {
            return Ok(Vec::new());
        }
        let mut slots = Slots::new(headings.to_vec());
        let mut ordered = Vec::new();
        while !left.is_empty() {
            let can = |join: &Join| slots.find(&join.by.name).is_some();
            let Some(nth) = left.iter().position(can) else {
                self.cannot_join(&left, &slots, &read);
                return Ok(ordered);
            };
            let join = left.remove(nth);
            let at = read.iter().position(|(name, _)| *name == join.name);
            let Some((name, mut joined)) = at.map(|at| read.remove(at)) else {
                continue;
            };
            joined.by = slots.find(&join.by.name).unwrap_or_default();
            joined.optional = join.optional == Some(true);
            slots.add(&name, &joined.headings);
            ordered.push((name, joined));
        }
        Ok(ordered)
    }

    /// Reports tables that depend on one another, or on a column that does not exist.
    fn cannot_join(&mut self, left: &[Join], slots: &Slots, read: &[(String, Joined)]) {
        let mut all = slots.clone();
        for (name, joined) in read {
            all.add(name, &joined.headings);
        }
        let unknown = left.iter().find(|join| all.find(&join.by.name).is_none());
        match unknown {
            Some(join) => self.no_column(&join.by.name, join.by.place, &all),
            None => {
                let names = listed(left.iter().map(|join| &join.name));
                let message = format!("the tables {names} need one another");
                self.mistake(left[0].place, message, "no row of it can be found first");
            }
        }
    }

    /// Reads such a table.
    fn joined(&mut self, join: &Join, map: &Map, files: &mut dyn Files) -> Result<Joined, String> {
        let mut joined = Joined::default();
        let Some(file) = join.file.first() else {
            self.mistake(join.place, "this table has no `file`", "no `file`");
            return Ok(joined);
        };
        let hash = SharedHash::default();
        let mut rows = self.open((file, join.sheet.first()), map, files, &hash)?;
        if self.unmade.is_some() {
            return Ok(joined);
        }
        joined.headings = self.headings(&mut *rows)?;
        joined.table = rows.spot();
        if self.unmade.is_some() {
            return Ok(joined);
        }
        let on = join.on.first().unwrap_or(&join.by.name);
        let on = on.rsplit_once('.').map_or(on, |(_, name)| name);
        let Some(key) = joined.headings.iter().position(|heading| heading == on) else {
            let slots = Slots::new(joined.headings.clone());
            self.no_column(on, join.place, &slots);
            return Ok(joined);
        };
        let mut line = Line::default();
        while self.next(&mut *rows, &mut line)? {
            if self.is_whole(&line, joined.headings.len(), &joined.table) {
                self.keep(&mut joined, key, &line);
            }
        }
        if hash.is_used() {
            self.ingredient("table", file, hash.finish());
        }
        Ok(joined)
    }

    /// Keeps a row, and reports one that its key can't tell from another. A row repeated says nothing new.
    fn keep(&mut self, joined: &mut Joined, key: usize, line: &Line) {
        let cell = line.cells[key].trim();
        let Some((first, known)) = joined.rows.get(cell) else {
            let row = (line.line, line.cells.clone());
            joined.rows.insert(cell.to_owned(), row);
            return;
        };
        if *known != line.cells {
            let spot = Spot {
                line: line.line,
                column: key + 1,
                heading: Some(joined.headings[key].clone()),
                ..joined.table.clone()
            };
            let message = format!("`{cell}` is in line {first} too, with other cells");
            self.report(spot, &message, None);
            joined.ambiguous.insert(cell.to_owned());
        }
    }

    /// Finds the partners of a row. Returns whether it has all it needs.
    pub(super) fn join<'r>(&mut self, row: &mut Row<'r>, joins: &'r [(String, Joined)]) -> bool {
        for (name, joined) in joins {
            let key = row.cell(joined.by);
            let found = joined.rows.get(key);
            let is_ambiguous = joined.ambiguous.contains(key);
            if is_ambiguous || found.is_none() && !joined.optional {
                let (message, help) = match is_ambiguous {
                    true => (
                        format!("`{key}` has several rows in `{name}`"),
                        "correct that table: its rows are told above",
                    ),
                    false => (
                        format!("`{key}` has no row in `{name}`"),
                        "correct the cell, or say that it may be missing: `optional: true`",
                    ),
                };
                self.report(row.spot(joined.by), &message, Some(help.to_owned()));
                return false;
            }
            row.joined.push((found, &joined.table));
        }
        true
    }
}

/// A table whose rows belong to those of another.
#[derive(Debug, Default)]
pub(crate) struct Joined {
    pub(super) headings: Vec<String>,
    /// The rows, with their lines, by the cell that identifies them.
    rows: HashMap<String, Numbered>,
    /// The cells that identify several rows.
    ambiguous: HashSet<String>,
    /// The cell of the other table that says which row belongs to it.
    by: usize,
    optional: bool,
    table: Spot,
}
