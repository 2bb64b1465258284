//! Makes a graph file of tables and a map. Rows are read one by one; what is wrong in one is reported at
//! its cell, and the record is left out.

mod made;
mod records;
mod row;

use std::collections::{HashMap, HashSet};
use std::io::{self, Read};
use std::rc::Rc;

use hmac_sha256::Hash;

use crate::diagnostic::Diagnostic;
use crate::exchange::delimited::Dialect;
use crate::exchange::finding::{Finding, Findings, Spot};
use crate::exchange::input::{CsvRows, Decoded, Encoding, Rows};
use crate::exchange::made::Ingredient;
use crate::exchange::map::{Join, Map, Part, Texts};
use crate::exchange::names::{NameLine, Register};
use crate::exchange::ron;
use crate::graph::Graph;
use crate::model::{Document, RecordKind};
use crate::text::Place;
use crate::words::{either, equally_near, listed};

pub use made::Made;
use row::{Bound, Row, Slots};

/// What an import knows besides its tables and its map.
#[derive(Debug, Default)]
pub struct Known<'g> {
    /// The graph whose names are looked up.
    pub graph: Option<&'g Graph>,
    /// What a person has decided about names, and the name of that file.
    pub names: Vec<NameLine>,
    /// The name of that file.
    pub names_file: String,
    /// The kinds of records of which none may be new.
    pub no_new: Vec<RecordKind>,
    /// The folder, beside the file that is made, for the texts of sources.
    pub texts: String,
}

/// Opens the files that a map names.
pub trait Files {
    /// Opens a table.
    ///
    /// # Errors
    /// Returns why it can't be read, in words.
    fn open(&mut self, name: &str) -> Result<Box<dyn Read>, String>;

    /// Opens a sheet of a workbook, if the file is one.
    ///
    /// # Errors
    /// Returns why it can't be read, in words.
    fn sheet(&mut self, name: &str, sheet: Option<&str>) -> Result<Option<Box<dyn Rows>>, String> {
        let _ = (name, sheet);
        Ok(None)
    }
}

/// Why a record is not made: it was reported, or nothing is wrong.
pub(crate) enum Not {
    /// A cell is wrong.
    Reported,
    /// The map leaves it out.
    Skipped,
}

/// What was read and made.
#[derive(Debug, Default)]
pub struct Tally {
    /// The rows read.
    pub rows: usize,
    /// The rows left out because something in them is wrong.
    pub faulty: usize,
    /// The rows that `where` leaves out.
    pub filtered: usize,
    /// The records that a value leaves out.
    pub skipped: usize,
    /// The rows that say nothing.
    pub silent: usize,
    /// The records that are there already.
    pub repeated: usize,
    /// The statements that will not count, because whoever voiced them does not speak for the actor.
    pub attributed: usize,
    /// The statements.
    pub stances: usize,
    /// The ties.
    pub ties: usize,
}

/// An import on its way.
pub struct Import<'k> {
    known: Known<'k>,
    document: Document<'static>,
    /// The statements and ties, as text: there may be millions.
    stances: String,
    ties: String,
    actors: Register,
    issues: Register,
    sources: Register,
    /// The numbers of actors, issues, sources, meetings and facts in the document.
    places: HashMap<Rc<str>, usize>,
    /// The ids that the names table gives to folded names.
    decided: HashMap<String, Rc<str>>,
    /// Names that are aliases of records which are perhaps not made yet.
    aliases: Vec<(RecordKind, Rc<str>, String)>,
    /// What identifies the records made so far.
    seen: HashSet<u128>,
    /// The numbers of meetings and the rows that made them, by id or group.
    first_rows: HashMap<String, (usize, usize)>,
    texts: Vec<(String, String)>,
    ingredients: Vec<Ingredient>,
    found: Findings,
    mistakes: Vec<Diagnostic>,
    /// Whether a table can't be read at all.
    is_unread: bool,
    tally: Tally,
}

impl<'k> Import<'k> {
    /// Begins an import.
    pub fn new(known: Known<'k>) -> Import<'k> {
        let register = |kind| Register::of(known.graph, kind);
        let decided = known.names.iter().filter(|line| !line.id.is_empty());
        Import {
            actors: register(RecordKind::Actor),
            issues: register(RecordKind::Issue),
            sources: register(RecordKind::Source),
            decided: decided
                .map(|line| (crate::words::folded(&line.written), line.id.as_str().into()))
                .collect(),
            known,
            document: Document {
                version: Some(1),
                ..Document::default()
            },
            stances: String::new(),
            ties: String::new(),
            places: HashMap::new(),
            aliases: Vec::new(),
            seen: HashSet::new(),
            first_rows: HashMap::new(),
            texts: Vec::new(),
            ingredients: Vec::new(),
            found: Findings::default(),
            mistakes: Vec::new(),
            is_unread: false,
            tally: Tally::default(),
        }
    }

    /// Reads the tables of a map. `named` is the table that the command line names in place of the
    /// map's. Mistakes of the map are in what is made; a file that can't be read ends the import.
    ///
    /// # Errors
    /// Returns which file can't be read, and why.
    pub fn read(
        &mut self,
        map: &mut Map,
        named: Option<&str>,
        files: &mut dyn Files,
    ) -> Result<(), String> {
        self.check(map);
        let Some(name) = named.or(map.table.first()).map(str::to_owned) else {
            self.mistake(map.span, "the map names no table", "no `table`");
            return Ok(());
        };
        let hash = SharedHash::default();
        let mut rows = self.open(&name, map, files, &hash)?;
        let unreadable = |error: io::Error| format!("can't read `{name}`: {error}");
        let mut line = Default::default();
        let mut headings = map.columns.all.clone();
        if headings.is_empty() {
            if !rows.next(&mut line, &mut self.found).map_err(unreadable)? {
                self.report(rows.spot(), "the table has no header", None);
                self.is_unread = true;
                return Ok(());
            }
            headings = line
                .cells
                .iter()
                .map(|cell| cell.trim().to_owned())
                .collect();
            self.check_headings(&headings, rows.spot());
        }
        if self.is_unread {
            return Ok(());
        }
        let joins = self.joins(map, &headings, files)?;
        let mut slots = Slots::new(headings);
        for (name, join) in &joins {
            slots.add(name, &join.headings);
        }
        // Without its headings a table says nothing.
        if self.is_unread {
            return Ok(());
        }
        self.bind(map, &slots);
        if !self.mistakes.is_empty() {
            return Ok(());
        }
        let mut bound = self.bound(map);
        if rows.has_dates() {
            bound.forms.also_of_format();
        }
        self.declare_source(map, &bound);
        let text = |texts: &Texts| texts.first().map(|text| text.to_owned().into());
        self.document.title = text(&map.title).or(self.document.title.take());
        self.document.note = text(&map.note).or(self.document.note.take());
        let width = slots.width();
        let table = rows.spot();
        while rows.next(&mut line, &mut self.found).map_err(unreadable)? {
            self.tally.rows += 1;
            if line.is_broken {
                self.tally.faulty += 1;
                continue;
            }
            let mut row = Row {
                line: &line,
                table: &table,
                slots: &slots,
                bound: &bound,
                joined: Vec::new(),
            };
            if !row.is(&map.filter) {
                self.tally.filtered += 1;
                continue;
            }
            if line.cells.len() != width && map.columns.all.len() < line.cells.len() {
                let mut spot = table.clone();
                (spot.line, spot.column) = (line.line, line.cells.len().min(width));
                let message = format!(
                    "a row of {}, not {width}",
                    crate::words::counted(line.cells.len(), "column")
                );
                self.report(spot, &message, None);
                self.tally.faulty += 1;
                continue;
            }
            let before = self.found.count;
            if self.join(&mut row, &joins) {
                self.records(map, &row);
            }
            self.tally.faulty += usize::from(self.found.count > before);
        }
        if hash.is_used() {
            self.ingredient("table", &name, hash.finish());
        }
        Ok(())
    }

    /// Notes a file that the import rests on.
    pub fn ingredient(&mut self, what: &'static str, name: &str, sum: String) {
        let name = name.rsplit(['/', '\\']).next().unwrap_or(name).to_owned();
        let ingredient = Ingredient { what, name, sum };
        if !self.ingredients.contains(&ingredient) {
            self.ingredients.push(ingredient);
        }
    }

    fn report(&mut self, spot: Spot, message: &str, help: Option<String>) {
        self.found.add(Finding {
            spot,
            message: message.to_owned(),
            help,
        });
    }

    fn mistake(&mut self, place: Place, message: impl Into<String>, label: &str) {
        self.mistakes
            .push(Diagnostic::error("import-map", message, place, label));
    }

    /// Checks what a map says that depends on no table.
    fn check(&mut self, map: &Map) {
        match map.version {
            Some(1) => {}
            None => self.mistake(map.span, "the map has no `version`", "add `version: 1`"),
            Some(other) => {
                let message = format!("this program reads maps of version 1, not {other}");
                self.mistake(map.span, message, "another version");
            }
        }
        if let Some(name) = map.encoding.first()
            && !Encoding::NAMES.iter().any(|(known, _)| *known == name)
        {
            let known = Encoding::NAMES.iter().map(|(known, _)| *known);
            let message = format!("unknown encoding `{name}`: it is {}", either(known));
            self.mistake(map.encoding.place, message, "unknown encoding");
        }
        for (field, texts) in [("delimiter", &map.delimiter), ("quote", &map.quote)] {
            if texts.first().is_some_and(|text| text.len() > 1) {
                let message = format!("`{field}` is one character of ASCII");
                self.mistake(texts.place, message, "not one character");
            }
        }
    }

    fn open(
        &mut self,
        table: &str,
        map: &Map,
        files: &mut dyn Files,
        hash: &SharedHash,
    ) -> Result<Box<dyn Rows>, String> {
        if let Some(sheet) = files.sheet(table, map.sheet.first())? {
            return Ok(sheet);
        }
        let bytes = files.open(table)?;
        let is_tsv = table.to_ascii_lowercase().ends_with(".tsv");
        let delimiter = map.delimiter.first().and_then(|text| text.bytes().next());
        let dialect = Dialect {
            delimiter: delimiter.unwrap_or(if is_tsv { b'\t' } else { b',' }),
            quote: match map.quote.first() {
                None => Some(b'"'),
                Some(text) => text.bytes().next(),
            },
        };
        let encoding = map.encoding.first().and_then(|name| {
            let known = Encoding::NAMES.iter().find(|(known, _)| *known == name);
            known.map(|(_, encoding)| *encoding)
        });
        let hashed = Hashed {
            from: bytes,
            hash: hash.clone(),
        };
        let mut decoded = Decoded::new(hashed, encoding.unwrap_or(Encoding::Utf8));
        let mut start = [0; 2];
        let unreadable = |error: io::Error| format!("can't read `{table}`: {error}");
        let mut read = 0;
        while read < 2 {
            match decoded.read(&mut start[read..]).map_err(unreadable)? {
                0 => break,
                more => read += more,
            }
        }
        if encoding.is_none() && matches!(start, [0xff, 0xfe] | [0xfe, 0xff]) {
            let help = "state it in the map: `encoding: \"utf-16\"`".to_owned();
            let spot = Spot {
                line: 1,
                ..Spot::table(table)
            };
            self.report(spot, "the table is in UTF-16", Some(help));
            self.is_unread = true;
        }
        let whole = io::Cursor::new(start[..read].to_vec()).chain(decoded);
        let rows = CsvRows::new(whole, dialect, table.to_owned());
        Ok(Box::new(rows.map_err(unreadable)?))
    }

    /// Reports headings that are there twice.
    fn check_headings(&mut self, headings: &[String], spot: Spot) {
        for (nth, heading) in headings.iter().enumerate() {
            if !heading.is_empty() && headings[..nth].contains(heading) {
                let spot = Spot {
                    line: 1,
                    column: nth + 1,
                    ..spot.clone()
                };
                self.report(spot, &format!("a second column `{heading}`"), None);
                self.is_unread = true;
            }
        }
    }

    /// Reads the tables that belong to the main one, each after those that it depends on.
    fn joins(
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

    fn joined(&mut self, join: &Join, map: &Map, files: &mut dyn Files) -> Result<Joined, String> {
        let mut joined = Joined::default();
        let Some(file) = join.file.first() else {
            self.mistake(join.place, "this table has no `file`", "no `file`");
            return Ok(joined);
        };
        let hash = SharedHash::default();
        let mut rows = self.open(file, map, files, &hash)?;
        let unreadable = |error: io::Error| format!("can't read `{file}`: {error}");
        let mut line = Default::default();
        if !rows.next(&mut line, &mut self.found).map_err(unreadable)? {
            self.report(rows.spot(), "the table has no header", None);
            self.is_unread = true;
            return Ok(joined);
        }
        joined.headings = line
            .cells
            .iter()
            .map(|cell| cell.trim().to_owned())
            .collect();
        self.check_headings(&joined.headings, rows.spot());
        joined.table = rows.spot();
        let on = join.on.first().unwrap_or(&join.by.name);
        let on = on.rsplit_once('.').map_or(on, |(_, name)| name);
        let Some(key) = joined.headings.iter().position(|heading| heading == on) else {
            let slots = Slots::new(joined.headings.clone());
            self.no_column(on, join.place, &slots);
            return Ok(joined);
        };
        joined.key = key;
        while rows.next(&mut line, &mut self.found).map_err(unreadable)? {
            let mut spot = rows.spot();
            spot.line = line.line;
            if line.cells.len() != joined.headings.len() {
                spot.column = line.cells.len().min(joined.headings.len());
                let message = format!(
                    "a row of {}, not {}",
                    crate::words::counted(line.cells.len(), "column"),
                    joined.headings.len()
                );
                self.report(spot, &message, None);
                continue;
            }
            let cells = (line.line, line.cells.clone());
            let key_cell = line.cells[key].trim().to_owned();
            if let Some((first, known)) = joined.rows.get(&key_cell) {
                // A row repeated says nothing new.
                if *known != line.cells {
                    spot.column = key + 1;
                    spot.heading = Some(joined.headings[key].clone());
                    let message = format!("`{key_cell}` is in line {first} too, with other cells");
                    self.report(spot, &message, None);
                    joined.ambiguous.insert(key_cell);
                }
                continue;
            }
            joined.rows.insert(key_cell, cells);
        }
        if hash.is_used() {
            self.ingredient("table", file, hash.finish());
        }
        Ok(joined)
    }

    /// Finds the partners of a row. Returns whether it has all it needs.
    fn join<'r>(&mut self, row: &mut Row<'r>, joins: &'r [(String, Joined)]) -> bool {
        for (name, joined) in joins {
            let key = row.cell(joined.by);
            let found = joined.rows.get(key);
            let is_ambiguous = joined.ambiguous.contains(key);
            if is_ambiguous || found.is_none() && !joined.optional {
                let message = match is_ambiguous {
                    true => format!("`{key}` has several rows in `{name}`"),
                    false => format!("`{key}` has no row in `{name}`"),
                };
                let help = "correct the cell, or say that it may be missing: `optional: true`";
                self.report(row.spot(joined.by), &message, Some(help.to_owned()));
                return false;
            }
            row.joined.push((found, &joined.table));
        }
        true
    }

    /// Looks up every column that a map names.
    fn bind(&mut self, map: &mut Map, slots: &Slots) {
        let mut unknown = Vec::new();
        map.columns(&mut |column| match slots.find(&column.name) {
            Some(slot) => column.slot = slot,
            // `missing` may be about all columns.
            None if column.name == "*" => column.slot = usize::MAX,
            None => unknown.push((column.name.clone(), column.place)),
        });
        unknown.dedup();
        for (name, place) in unknown {
            self.no_column(&name, place, slots);
        }
    }

    fn no_column(&mut self, name: &str, place: Place, slots: &Slots) {
        let all = slots.names();
        let near = equally_near(name, all.iter().map(String::as_str));
        let message = format!("the table has no column `{name}`");
        let mut mistake = Diagnostic::error("import-map", message, place, "no such column");
        mistake = match near.is_empty() {
            true => mistake.help(format!("its columns are {}", listed(all.iter()))),
            false => mistake.help(format!("did you mean {}?", either(near.iter()))),
        };
        self.mistakes.push(mistake);
    }

    fn bound(&mut self, map: &Map) -> Bound {
        let (bound, wrong) = Bound::of(map);
        for (place, message) in wrong {
            self.mistake(place, message, "");
        }
        bound
    }

    /// Ends the import.
    ///
    /// # Errors
    /// If a record can't be written, which no record of this crate makes happen.
    pub fn finish(mut self) -> Result<Made, crate::error::Error> {
        self.add_aliases();
        self.sort();
        let text = ron::file(&self.document, &self.stances, &self.ties)?;
        let near = self.near();
        Ok(Made {
            text,
            texts: self.texts,
            found: self.found,
            mistakes: self.mistakes,
            is_unread: self.is_unread,
            tally: self.tally,
            near,
            new: [
                self.document.sources.0.len(),
                self.document.actors.0.len(),
                self.document.issues.0.len(),
            ],
            meetings: self.document.meetings.0.len(),
            facts: self.document.facts.0.len(),
            ingredients: self.ingredients,
        })
    }
}

/// A table whose rows belong to those of another.
#[derive(Debug, Default)]
pub(crate) struct Joined {
    headings: Vec<String>,
    /// The rows, with their lines, by the cell that identifies them.
    rows: HashMap<String, (usize, Vec<String>)>,
    /// The cells that identify several rows.
    ambiguous: HashSet<String>,
    key: usize,
    /// The cell of the other table that says which row belongs to it.
    by: usize,
    optional: bool,
    table: Spot,
}

/// The sum of what is read.
#[derive(Clone, Default)]
struct SharedHash(Rc<std::cell::RefCell<(Hash, bool)>>);

impl SharedHash {
    /// Returns whether anything was read; a sheet is summed by whoever opens it.
    fn is_used(&self) -> bool {
        self.0.borrow().1
    }

    fn finish(&self) -> String {
        let sum = self.0.borrow().0.finalize();
        sum.iter().map(|byte| format!("{byte:02x}")).collect()
    }
}

struct Hashed<R> {
    from: R,
    hash: SharedHash,
}

impl<R: Read> Read for Hashed<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let read = self.from.read(into)?;
        let mut hash = self.hash.0.borrow_mut();
        hash.0.update(&into[..read]);
        hash.1 = true;
        Ok(read)
    }
}
