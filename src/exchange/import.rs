//! Makes a graph file of tables and a map. Rows are read one by one; what is wrong in one is reported at
//! its cell, and the record is left out.

mod decided;
mod join;
mod made;
mod meeting;
mod named;
mod nodes;
mod open;
mod records;
mod row;
mod said;
mod stance;
mod tie;
mod unused;
mod value;

use std::collections::{HashMap, HashSet};
use std::io::Read;
use std::mem::take;
use std::rc::Rc;

use crate::diagnostic::Diagnostic;
use crate::edit::Free;
use crate::exchange::finding::{Finding, Findings, Spot};
use crate::exchange::import::decided::Decisions;
use crate::exchange::import::join::Joined;
use crate::exchange::import::named::MadeBy;
use crate::exchange::import::open::SharedHash;
use crate::exchange::import::records::Sums;
use crate::exchange::import::row::{Bound, Row, Slots};
use crate::exchange::import::said::Field;
use crate::exchange::import::stance::Voiced;
use crate::exchange::input::{Encoding, Line, Rows};
use crate::exchange::made::Ingredient;
use crate::exchange::map::{Described, Map, Part, Texts};
use crate::exchange::names::{NameLine, Others, PartOf, Register};
use crate::exchange::ron::{self, Entries};
use crate::model::{Document, RecordKind};
use crate::resolve;
use crate::text::Place;
use crate::words::{counted, either, equally_near, listed};

pub use made::Made;

/// What an import knows besides its tables and its map.
#[derive(Debug, Default)]
pub struct Known<'g> {
    /// The graph whose names are looked up.
    pub others: Option<Others<'g>>,
    /// What a person has decided about names, and the name of that file.
    pub names: Vec<NameLine>,
    /// The name of that file.
    pub names_file: String,
    /// Whether one map reads several tables.
    pub has_several: bool,
    /// The kinds of records of which none may be new.
    pub no_new: Vec<RecordKind>,
    /// The folder, beside the file that is made, for the texts of sources.
    pub texts: String,
    /// The most bytes that may be made; that of a graph file, if left out.
    pub most: Option<u64>,
}

/// A graph file has less than 4 GiB.
const LARGEST: u64 = u32::MAX as u64 - 1;

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

/// What is made of a cell, or why nothing is.
type Got<T> = Result<T, Not>;

/// Why a record is not made: it was reported, or nothing is wrong.
enum Not {
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

/// Why an import makes nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unmade {
    /// A table can't be read, or not to its end.
    Unread,
    /// The table of names decides for an id that no record has.
    Names,
    /// It would be more than a file may hold.
    TooLarge,
}

/// An import on its way.
pub struct Import<'k> {
    known: Known<'k>,
    document: Document<'static>,
    /// The statements and ties, as text: there may be millions.
    stances: Entries,
    ties: Entries,
    actors: Register,
    issues: Register,
    sources: Register,
    /// The actors, issues, sources, meetings and facts in the document: their kinds and numbers.
    places: HashMap<Rc<str>, (RecordKind, usize)>,
    /// What the names table says.
    decided: Decisions,
    /// Names that are aliases of records which are perhaps not made yet.
    aliases: Vec<(RecordKind, Rc<str>, String)>,
    free: Free,
    /// The ids that names would have which mean other records.
    reserved: HashSet<String>,
    /// What is said of records, by their ids.
    said: HashMap<Rc<str>, Vec<Field>>,
    /// The parts of maps and the slots by which records were made, by their ids.
    made_by: HashMap<Rc<str>, MadeBy>,
    /// Whether a map makes statements, meetings, ties or facts.
    makes_statements: bool,
    /// A sum of the cells that last said something of a record, with the part of the map.
    described: HashMap<Rc<str>, (PartOf, u64)>,
    /// The records that are being described, which may name one another.
    describing: Vec<(Rc<str>, PartOf)>,
    /// The records of the graph of which a row says something.
    of_graph: HashSet<Rc<str>>,
    /// The names of the files for texts, by source, and in lower case.
    text_names: HashMap<Rc<str>, String>,
    text_files: HashSet<String>,
    /// The actors that columns of two kinds name. The first kind counts.
    of_two_kinds: HashSet<Rc<str>>,
    /// Decisions about names for ids of another kind, and the names of which decisions were used.
    misused: Vec<(RecordKind, Rc<str>, String)>,
    used: HashSet<String>,
    /// What identifies the records made so far.
    seen: Sums,
    /// The first row with each `key`, by the sum of the key: its number among all rows, and its line.
    keys: HashMap<u64, (u32, u32)>,
    /// The numbers of statements by who voiced them and for whom.
    voiced: HashMap<Voiced, usize>,
    /// The numbers of meetings and the rows that made them, by id or group.
    first_rows: HashMap<String, (usize, usize)>,
    texts: Vec<(String, String)>,
    ingredients: Vec<Ingredient>,
    found: Findings,
    mistakes: Vec<Diagnostic>,
    /// Why nothing is to be written. The rest is then not read.
    unmade: Option<Unmade>,
    tally: Tally,
}

impl<'k> Import<'k> {
    /// Begins an import.
    pub fn new(known: Known<'k>) -> Import<'k> {
        let register = |kind| Register::of(known.others, kind);
        Import {
            actors: register(RecordKind::Actor),
            issues: register(RecordKind::Issue),
            sources: register(RecordKind::Source),
            decided: Decisions::of(&known.names),
            known,
            document: Document {
                version: Some(1),
                ..Document::default()
            },
            stances: Entries::default(),
            ties: Entries::default(),
            places: HashMap::new(),
            aliases: Vec::new(),
            free: Free::default(),
            reserved: HashSet::new(),
            said: HashMap::new(),
            made_by: HashMap::new(),
            makes_statements: false,
            described: HashMap::new(),
            describing: Vec::new(),
            of_graph: HashSet::new(),
            text_names: HashMap::new(),
            text_files: HashSet::new(),
            of_two_kinds: HashSet::new(),
            misused: Vec::new(),
            used: HashSet::new(),
            seen: Sums::default(),
            keys: HashMap::new(),
            voiced: HashMap::new(),
            first_rows: HashMap::new(),
            texts: Vec::new(),
            ingredients: Vec::new(),
            found: Findings::default(),
            mistakes: Vec::new(),
            unmade: None,
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
        let mut rows = self.open((&name, map.sheet.first()), map, files, &hash)?;
        if self.unmade.is_some() {
            return Ok(());
        }
        let headings = match map.columns.all.clone() {
            none if none.is_empty() => self.headings(&mut *rows)?,
            known => known,
        };
        let joins = match self.unmade {
            Some(_) => Vec::new(),
            None => self.joins(map, &headings, files)?,
        };
        // Without its headings a table says nothing.
        if self.unmade.is_some() {
            return Ok(());
        }
        let mut slots = Slots::new(headings);
        for (name, join) in &joins {
            slots.add(name, &join.headings);
        }
        self.bind(map, &slots);
        if !self.mistakes.is_empty() {
            return Ok(());
        }
        let mut bound = self.bound(map, &slots);
        if rows.has_dates() {
            bound.forms.also_of_format();
        }
        bound.of_file = self.known.has_several;
        self.declare_source(map, &bound);
        self.declare_graph(map);
        let parts = map.stances.len() + map.meetings.len() + map.ties.len() + map.facts.len();
        self.makes_statements |= parts > 0;
        self.rows(map, &mut *rows, &slots, &bound, &joins)?;
        if hash.is_used() {
            self.ingredient("table", &name, hash.finish());
        }
        Ok(())
    }

    /// Takes what a map says of the graph as a whole.
    fn declare_graph(&mut self, map: &Map) {
        let text = |texts: &Texts| texts.first().map(|text| text.to_owned().into());
        self.document.title = text(&map.title).or(self.document.title.take());
        self.document.note = text(&map.note).or(self.document.note.take());
    }

    /// Makes the records of all rows.
    fn rows(
        &mut self,
        map: &Map,
        rows: &mut dyn Rows,
        slots: &Slots,
        bound: &Bound,
        joins: &[(String, Joined)],
    ) -> Result<(), String> {
        let table = rows.spot();
        // A table without a header may have rows that end early.
        let is_short = |line: &Line| !line.is_broken && line.cells.len() <= map.columns.all.len();
        let mut line = Line::default();
        loop {
            let before = self.found.count;
            self.outgrows((self.stances.len() + self.ties.len()) as u64);
            if self.unmade.is_some() || !self.next(rows, &mut line)? {
                return Ok(());
            }
            self.tally.rows += 1;
            let mut row = Row {
                map,
                line: &line,
                table: &table,
                slots,
                bound,
                joined: Vec::new(),
            };
            let (of_join, own): (Vec<_>, Vec<_>) = map
                .filter
                .iter()
                .partition(|condition| condition.is_of_join());
            if !line.is_broken && !row.is(own) {
                self.tally.filtered += 1;
                continue;
            }
            let is_whole = is_short(&line) || self.is_whole(&line, slots.width(), &table);
            if is_whole && self.join(&mut row, joins) {
                match row.is(of_join) {
                    true => self.records(&row),
                    false => self.tally.filtered += 1,
                }
            }
            self.tally.faulty += usize::from(self.found.count > before);
        }
    }

    /// Notes whether more is made than a file may hold.
    fn outgrows(&mut self, made: u64) {
        if made > self.known.most.unwrap_or(LARGEST) {
            self.unmade = self.unmade.or(Some(Unmade::TooLarge));
        }
    }

    /// Reads the next row of a table.
    fn next(&mut self, rows: &mut dyn Rows, line: &mut Line) -> Result<bool, String> {
        let read = rows.next(line, &mut self.found);
        // Nobody knows how much of the table a quote that is never closed takes in.
        if line.is_endless {
            self.unmade = Some(Unmade::Unread);
        }
        read.map_err(|error| format!("can't read `{}`: {error}", rows.spot().table))
    }

    /// Reads the headings of a table, and reports what is wrong with them.
    fn headings(&mut self, rows: &mut dyn Rows) -> Result<Vec<String>, String> {
        let mut line = Line::default();
        if !self.next(rows, &mut line)? {
            self.report(rows.spot(), "the table has no header", None);
            self.unmade = Some(Unmade::Unread);
        }
        if line.is_broken {
            self.unmade = Some(Unmade::Unread);
        }
        let headings = line.cells.iter().map(|cell| cell.trim().to_owned());
        let headings: Vec<String> = headings.collect();
        for (nth, heading) in headings.iter().enumerate() {
            if !heading.is_empty() && headings[..nth].contains(heading) {
                let spot = Spot {
                    line: line.line,
                    column: nth + 1,
                    ..rows.spot()
                };
                self.report(spot, &format!("a second column `{heading}`"), None);
                self.unmade = Some(Unmade::Unread);
            }
        }
        Ok(headings)
    }

    /// Returns whether a row can be used. One that can't be read is reported already, one of another
    /// length than the header is reported here.
    fn is_whole(&mut self, line: &Line, width: usize, table: &Spot) -> bool {
        if line.is_broken || line.cells.len() == width {
            return !line.is_broken;
        }
        // The first cell that is too many, else the last there is.
        let spot = Spot {
            line: line.line,
            column: line.cells.len().min(width + 1),
            ..table.clone()
        };
        let columns = counted(line.cells.len(), "column");
        self.report(spot, &format!("a row of {columns}, not {width}"), None);
        false
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
        let mistake = Diagnostic::error("import-map", message, place, label);
        self.add_mistake(mistake);
    }

    fn mistake_with(
        &mut self,
        place: Place,
        message: impl Into<String>,
        label: &str,
        help: String,
    ) {
        let mistake = Diagnostic::error("import-map", message, place, label);
        self.add_mistake(mistake.help(help));
    }

    /// Adds a mistake, which each row may show again, once.
    fn add_mistake(&mut self, mistake: Diagnostic) {
        let is_it = |known: &Diagnostic| {
            known.place() == mistake.place() && known.message == mistake.message
        };
        if !self.mistakes.iter().any(is_it) {
            self.mistakes.push(mistake);
        }
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
            let Some(text) = texts.first() else { continue };
            if text.len() > 1 || field == "delimiter" && text.is_empty() {
                let message = format!("`{field}` is one character of ASCII");
                self.mistake(texts.place, message, "not one character");
            } else if matches!(text, "\n" | "\r") {
                let message = format!("`{field}` can't be what ends a row");
                self.mistake(texts.place, message, "a line break");
            }
        }
        let quote = map.quote.first().unwrap_or("\"");
        if map.delimiter.first() == Some(quote) {
            let message = format!("`{quote}` can't both separate cells and enclose them");
            self.mistake(map.delimiter.place, message, "the same as `quote`");
        }
        for join in &map.tables.0 {
            if map
                .split
                .0
                .iter()
                .any(|(column, _)| column.name == join.by.name)
            {
                let name = &join.by.name;
                let message =
                    format!("a cell of `{name}` is split into several names, and finds one row");
                self.mistake(join.by.place, message, "a column of `split`");
            }
        }
        for part in &map.issues {
            if let Some(levels) = part.levels
                && resolve::levels(levels).is_none()
            {
                let message = format!("an issue can't have {levels} levels");
                self.mistake(part.span, message, "2, 3 or 5");
            }
        }
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
        for kind in [RecordKind::Actor, RecordKind::Issue, RecordKind::Source] {
            let named = map.all_described(kind).flat_map(|part| {
                let place = part.place;
                part.of.iter().map(move |name| (name, place))
            });
            let lacking = named.filter(|(name, _)| slots.find(name).is_none());
            unknown.extend(lacking.map(|(name, place)| (name.clone(), place)));
        }
        unknown.dedup();
        for (name, place) in unknown {
            self.no_column(&name, place, slots);
        }
        self.check_of(map, slots);
    }

    /// Reports a part that takes cells of a row and is about all columns, of which there are several: the cells
    /// are those of one of them.
    fn check_of(&mut self, map: &Map, slots: &Slots) {
        for kind in [RecordKind::Actor, RecordKind::Issue, RecordKind::Source] {
            let of = |part: Described<'_>| -> Vec<usize> {
                part.of.iter().filter_map(|name| slots.find(name)).collect()
            };
            let apart: Vec<usize> = map.all_described(kind).flat_map(of).collect();
            let mut left: Vec<(usize, &str)> = Vec::new();
            for column in map.columns_naming(kind) {
                let is_known = left.iter().any(|(slot, _)| *slot == column.slot);
                if !is_known && !apart.contains(&column.slot) {
                    left.push((column.slot, &column.name));
                }
            }
            for (nth, part) in map.all_described(kind).enumerate() {
                let [cells, others] = map.cells_of(kind, nth);
                let about: Vec<&str> = match part.of {
                    [] => left.iter().map(|(_, name)| *name).collect(),
                    of => of.iter().map(String::as_str).collect(),
                };
                let taken = cells.iter().chain(&others).next();
                if let Some(taken) = taken.filter(|_| about.len() > 1) {
                    let message = format!(
                        "the columns {} name {}s, and `{}` is a cell of one of them",
                        listed(about.iter()),
                        kind.noun(),
                        taken.name
                    );
                    let help = "say which column this is about: `of: \"…\"`, in a list of parts with one for each".to_owned();
                    self.mistake_with(map.span_of(kind, nth), message, "about which?", help);
                }
            }
        }
    }

    fn no_column(&mut self, name: &str, place: Place, slots: &Slots) {
        let all = slots.names();
        let near = equally_near(name, all.iter().map(String::as_str));
        let message = format!("the table has no column `{name}`");
        let help = match near.is_empty() {
            true => format!("its columns are {}", listed(all.iter())),
            false => format!("did you mean {}?", either(near.iter())),
        };
        self.mistake_with(place, message, "no such column", help);
    }

    fn bound(&mut self, map: &Map, slots: &Slots) -> Bound {
        let (bound, wrong) = Bound::of(map, slots);
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
        self.count_attributed();
        self.leave_out_unused();
        self.sort();
        let near = self.near();
        let (stances, ties) = (take(&mut self.stances), take(&mut self.ties));
        let text = ron::file(&self.document, stances, ties)?;
        self.outgrows(text.iter().map(|part| part.len() as u64).sum());
        Ok(Made {
            text,
            texts: self.texts,
            found: self.found,
            mistakes: self.mistakes,
            unmade: self.unmade,
            tally: self.tally,
            near,
            of_graph: self.of_graph.len(),
            of_two_kinds: self.of_two_kinds.iter().min().map(|first| {
                let more = self.of_two_kinds.len() - 1;
                (first.to_string(), more)
            }),
            new: [
                self.document.sources.0.len(),
                self.document.actors.0.len(),
                self.document.issues.0.len(),
            ],
            makes_statements: self.makes_statements,
            sources_of_rows: self.sources.new.len(),
            meetings: self.document.meetings.0.len(),
            facts: self.document.facts.0.len(),
            ingredients: self.ingredients,
        })
    }
}
