//! Who is meant by a cell: the names that are known, those that a person has decided about, and those
//! that are new.

use std::collections::{HashMap, HashSet};
use std::rc::Rc;

use crate::edit;
use crate::exchange::delimited::{Delimited, Dialect};
use crate::exchange::finding::{Finding, Findings, Spot};
use crate::graph::{Entity, Graph};
use crate::model::RecordKind;
use crate::text::FileId;
use crate::words::{folded, written_out};

/// The graph whose names are looked up, but for the records of a file that is made anew: what that file
/// says now is no reason to leave it out.
#[derive(Clone, Copy, Debug)]
pub struct Others<'g> {
    /// The graph.
    pub graph: &'g Graph,
    /// The file that is made anew, if it is part of the graph.
    pub replaced: Option<FileId>,
}

impl<'g> Others<'g> {
    fn has(self, entity: Entity) -> bool {
        self.replaced != Some(self.graph.place(entity).file)
    }

    /// Finds the record with an id.
    pub(crate) fn entity(self, id: &str) -> Option<Entity> {
        self.graph.entity(id).filter(|entity| self.has(*entity))
    }

    /// Iterates over the records of one kind.
    pub(crate) fn of_kind(self, kind: RecordKind) -> impl Iterator<Item = Entity> + use<'g> {
        let of_kind = move |entity: &Entity| entity.kind() == kind && self.has(*entity);
        self.graph.entities().filter(of_kind)
    }
}

/// The names of records of one kind.
#[derive(Debug)]
pub(crate) struct Register {
    /// The ids that folded names mean; several if a name is ambiguous.
    by_name: HashMap<String, Vec<Rc<str>>>,
    /// The same of names of the graph with their letters written out: ö as oe.
    written_out: HashMap<String, Vec<Rc<str>>>,
    /// The ids themselves.
    ids: HashMap<Rc<str>, usize>,
    /// The ids by which cells may name records: those of the graph and of the map, not those made of names.
    known_ids: HashSet<Rc<str>>,
    /// What cells mean, as written, by the part of the map that says what they are.
    cells: HashMap<PartOf, HashMap<String, Rc<str>>>,
    /// The names that are not in the graph, as first written, with their ids.
    pub(crate) new: Vec<(String, Rc<str>)>,
    /// The ids of the cells of the record that is being made.
    recent: Vec<Rc<str>>,
}

/// A part of a map: where the map stands, and the number of the part.
pub(crate) type PartOf = (u32, usize);

/// What a cell means.
pub(crate) enum Meant {
    /// A record.
    One(Rc<str>),
    /// No record that is known.
    Nobody,
    /// Several.
    Several(Vec<Rc<str>>),
}

impl Register {
    /// Makes a register with the names of a graph.
    pub(crate) fn of(others: Option<Others<'_>>, kind: RecordKind) -> Register {
        let mut register = Register {
            by_name: HashMap::new(),
            written_out: HashMap::new(),
            known_ids: HashSet::new(),
            ids: HashMap::new(),
            cells: HashMap::new(),
            new: Vec::new(),
            recent: Vec::new(),
        };
        let Some(others) = others else {
            return register;
        };
        for entity in others.of_kind(kind) {
            let id: Rc<str> = others.graph.id(entity).into();
            for name in others.graph.names(entity).chain([&*id]) {
                register.name(name, &id);
                add(&mut register.written_out, written_out(name), &id);
            }
            register.known_ids.insert(id.clone());
            register.ids.insert(id, 0);
        }
        register
    }

    /// Returns what a cell means, by id or by name.
    pub(crate) fn meant(&self, cell: &str) -> Meant {
        if let Some(id) = self.known_ids.get(cell) {
            return Meant::One(id.clone());
        }
        let named = self
            .by_name
            .get(&folded(cell))
            .filter(|ids| !ids.is_empty());
        let named = named.or_else(|| self.written_out.get(&written_out(cell)));
        match named.map(Vec::as_slice) {
            None | Some([]) => Meant::Nobody,
            Some([id]) => Meant::One(id.clone()),
            Some(several) => Meant::Several(several.to_vec()),
        }
    }

    /// Lets cells name a record by its id.
    pub(crate) fn name_by_id(&mut self, id: &Rc<str>) {
        self.known_ids.insert(id.clone());
    }

    /// Returns another record that has this name.
    pub(crate) fn other(&self, name: &str, id: &str) -> Option<Rc<str>> {
        let ids = self.by_name.get(&folded(name))?;
        ids.iter().find(|other| ***other != *id).cloned()
    }

    /// Returns what the same cell meant before.
    pub(crate) fn before(&mut self, part: PartOf, cell: &str) -> Option<Rc<str>> {
        let id = self.cells.get(&part)?.get(cell)?.clone();
        self.count(&id);
        Some(id)
    }

    /// Remembers what a cell means.
    pub(crate) fn remember(&mut self, part: PartOf, cell: &str, id: &Rc<str>) {
        let cells = self.cells.entry(part).or_default();
        cells.insert(cell.to_owned(), id.clone());
        self.count(id);
    }

    fn count(&mut self, id: &Rc<str>) {
        match self.ids.get_mut(id) {
            Some(count) => *count += 1,
            None => {
                self.ids.insert(id.clone(), 1);
            }
        }
        self.recent.push(id.clone());
    }

    /// Counts one more cell that means a record. Returns whether there is such a record.
    pub(crate) fn count_one(&mut self, id: &str) -> bool {
        let known = self.ids.get_key_value(id).map(|(id, _)| id.clone());
        let Some(known) = known else {
            return false;
        };
        self.count(&known);
        true
    }

    /// Ends a record. The cells of one that is left out don't count.
    pub(crate) fn settle(&mut self, is_made: bool) {
        for id in self.recent.drain(..).filter(|_| !is_made) {
            if let Some(count) = self.ids.get_mut(&id) {
                *count -= 1;
            }
        }
    }

    /// Adds a name of a record.
    pub(crate) fn name(&mut self, name: &str, id: &Rc<str>) {
        add(&mut self.by_name, folded(name), id);
    }

    /// Forgets that a record is called so.
    pub(crate) fn forget(&mut self, name: &str, id: &Rc<str>) {
        if let Some(ids) = self.by_name.get_mut(&folded(name)) {
            ids.retain(|known| known != id);
        }
    }

    /// Returns whether a record has this id.
    pub(crate) fn has(&self, id: &str) -> bool {
        self.ids.contains_key(id)
    }

    /// Returns how many cells mean this record.
    pub(crate) fn rows(&self, id: &str) -> usize {
        self.ids.get(id).copied().unwrap_or(0)
    }

    /// Iterates over the folded names of all records.
    pub(crate) fn names(&self) -> impl Iterator<Item = &str> {
        self.by_name.keys().map(String::as_str)
    }

    /// Iterates over the ids of all records.
    pub(crate) fn ids(&self) -> impl Iterator<Item = &str> {
        self.ids.keys().map(|id| &**id)
    }
}

/// Adds an id to those of a name.
fn add(names: &mut HashMap<String, Vec<Rc<str>>>, name: String, id: &Rc<str>) {
    let ids = names.entry(name).or_default();
    if !ids.contains(id) {
        ids.push(id.clone());
    }
}

/// A line of the names table: what a person has decided, or is to decide.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NameLine {
    /// The name as a table has it.
    pub written: String,
    /// The id that it means; empty while nobody has decided.
    pub id: String,
    /// What it resembles.
    pub near: String,
    /// How many cells hold it.
    pub rows: String,
    /// Its line in the file.
    pub line: usize,
    /// What other columns hold, each with its heading.
    pub more: Vec<(String, String)>,
}

/// Reads the names table: `written, id, near, rows`, of which the last two are for the reader.
pub fn read_names(bytes: &[u8], name: &str, found: &mut Findings) -> Vec<NameLine> {
    let mut lines = Vec::new();
    let dialect = Dialect {
        delimiter: b',',
        quote: Some(b'"'),
    };
    let Ok(mut table) = Delimited::new(bytes, dialect) else {
        return lines;
    };
    let mut report = |line: usize, column: usize, message: String| {
        found.add(Finding {
            spot: Spot {
                line,
                column,
                ..Spot::table(name)
            },
            message,
            help: None,
        });
    };
    let mut columns: Option<[usize; 4]> = None;
    let mut headings: Vec<String> = Vec::new();
    let mut decided: HashMap<String, (usize, String)> = HashMap::new();
    while let Ok(true) = table.advance() {
        if table.is_empty() {
            continue;
        }
        let line = table.line();
        if let Some((nth, broken)) = table.broken() {
            report(table.line_of(nth), nth + 1, broken.words().to_owned());
            return lines;
        }
        let mut cells = Vec::new();
        for nth in 0..table.len() {
            match table.text(nth) {
                Ok(text) => cells.push(text.into_owned()),
                Err(byte) => {
                    report(line, nth + 1, format!("the byte {byte:#04X} is not UTF-8"));
                    cells.push(String::new());
                }
            }
        }
        let Some(columns) = columns else {
            columns = columns_of(&cells);
            if columns.is_none() {
                let missing = "the columns `written` and `id` are missing";
                report(line, 0, missing.to_owned());
                return lines;
            }
            headings = cells;
            continue;
        };
        let [written, id, near, rows] =
            columns.map(|nth| cells.get(nth).map_or("", |cell| cell.trim()).to_owned());
        if !id.is_empty() {
            let (first, known) = decided
                .entry(folded(&written))
                .or_insert((line, id.clone()));
            if *known != id {
                let message = format!("`{written}` is in line {first} too, with another `id`");
                report(line, columns[0] + 1, message);
            }
        }
        let others = headings.iter().zip(&cells).enumerate();
        let others = others.filter(|(nth, _)| !columns.contains(nth));
        lines.push(NameLine {
            written,
            id,
            near,
            rows,
            line,
            more: others
                .map(|(_, (heading, cell))| (heading.clone(), cell.clone()))
                .collect(),
        });
    }
    lines
}

/// Returns the columns `written`, `id`, `near` and `rows` by their headings; without the first two,
/// `None`. The others may be missing.
fn columns_of(headings: &[String]) -> Option<[usize; 4]> {
    let nth = |heading: &str| headings.iter().position(|cell| cell.trim() == heading);
    let or_none = |nth: Option<usize>| nth.unwrap_or(usize::MAX);
    Some([
        nth("written")?,
        nth("id")?,
        or_none(nth("near")),
        or_none(nth("rows")),
    ])
}

/// Writes the names table, with the columns that somebody has added.
pub fn write_names(lines: &[NameLine]) -> String {
    let added = lines.iter().flat_map(|line| &line.more);
    let mut more: Vec<&str> = Vec::new();
    for (heading, _) in added {
        if !more.contains(&heading.as_str()) {
            more.push(heading);
        }
    }
    let headings = ["written", "id", "near", "rows"]
        .into_iter()
        .chain(more.clone());
    let mut text = row_of(headings);
    for line in lines {
        let own = [&line.written, &line.id, &line.near, &line.rows];
        let of = |heading: &&str| {
            let found = line.more.iter().find(|(known, _)| known == heading);
            found.map_or("", |(_, cell)| cell.as_str())
        };
        text += &row_of(
            own.into_iter()
                .map(String::as_str)
                .chain(more.iter().map(of)),
        );
    }
    text
}

/// Returns a row of CSV.
fn row_of<'f>(fields: impl Iterator<Item = &'f str>) -> String {
    let fields: Vec<String> = fields.map(quoted).collect();
    fields.join(",") + "\n"
}

/// Returns a field of CSV.
fn quoted(field: &str) -> String {
    match field.contains([',', '"', '\n', '\r']) {
        true => format!("\"{}\"", field.replace('"', "\"\"")),
        false => field.to_owned(),
    }
}

/// Makes an id of a name.
pub(crate) fn slug(name: &str) -> String {
    edit::slug(name, LONGEST)
}

/// The most characters of an id that is made of a name.
const LONGEST: usize = 60;
