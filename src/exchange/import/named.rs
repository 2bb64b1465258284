//! Who or what is meant by a cell, and the record that is made of one that nobody knows.

use std::collections::HashMap;
use std::rc::Rc;

use crate::exchange::import::row::Row;
use crate::exchange::import::{Got, Import, Not};
use crate::exchange::map::{Column, Described, Map, Named, Names, Piece, SourceOf, Template};
use crate::exchange::names::{Meant, Others, PartOf, Register, slug};
use crate::model::{RecordKind, Str};
use crate::syntax::OneOrMany;
use crate::text::Place;
use crate::words::{any_meant, folded, listed};

/// The number of the part where a map has none for a column.
pub(super) const NO_PART: usize = usize::MAX;

/// What a record was made by: the part of the map, and the slot of the cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct MadeBy {
    part: PartOf,
    slot: usize,
    /// Whether the cell is a code: the name of the record is another.
    is_code: bool,
}

/// A cell that names a record.
#[derive(Clone, Copy)]
pub(super) struct Mention<'c> {
    pub(super) kind: RecordKind,
    /// The number of the part of the map that describes it.
    pub(super) nth: usize,
    pub(super) slot: usize,
    pub(super) cell: &'c str,
    /// Whether it stands beside the records of its part, so that the other cells of the row are not its own.
    pub(super) is_beside: bool,
}

impl<'c> Mention<'c> {
    fn of(row: &Row<'_>, kind: RecordKind, slot: usize, cell: &'c str) -> Mention<'c> {
        Mention {
            kind,
            nth: row.bound.part(kind, slot).unwrap_or(NO_PART),
            slot,
            cell,
            is_beside: row.bound.is_beside(kind, slot),
        }
    }

    /// Returns the part of the map that describes the record.
    pub(super) fn part_of(&self, map: &Map) -> PartOf {
        (map.span.span.start, self.nth)
    }

    fn described<'m>(&self, map: &'m Map) -> Option<Described<'m>> {
        map.described(self.kind, self.nth)
    }

    /// Returns the id that the map gives the record, if it does.
    fn id(&self, row: &Row<'_>) -> Option<String> {
        let described = self.described(row.map).filter(|_| !self.is_beside)?;
        row.text(described.id, self.cell)
    }

    /// Returns the name of the record: what the map makes of it, else the cell.
    fn name(&self, row: &Row<'_>) -> String {
        let described = self.described(row.map).filter(|_| !self.is_beside);
        let name = described.and_then(|described| row.text(described.name, self.cell));
        name.unwrap_or_else(|| self.cell.to_owned())
    }

    /// Returns the id of the record, if other cells of the row are part of it. The same cell then means
    /// another record in another row.
    fn composed(&self, row: &Row<'_>) -> Option<String> {
        let id = self.described(row.map).filter(|_| !self.is_beside)?.id;
        let is_other =
            |piece: &Piece| matches!(piece, Piece::Column(column) if column.slot != self.slot);
        let is_composed = id.pieces.iter().any(is_other);
        is_composed.then(|| row.text(id, self.cell)).flatten()
    }
}

impl Import<'_> {
    /// Reports an id in a map that no record has.
    pub(super) fn check_id(&mut self, kind: RecordKind, id: &str, place: Place) {
        let register = self.register(kind);
        if register.has(id) {
            return;
        }
        let help = any_meant(id, register.ids());
        let help = help.unwrap_or_else(|| {
            "name the graph that has it with `-g`, or declare it in the map".to_owned()
        });
        let message = format!("there is no {} `{id}`", kind.noun());
        self.mistake_with(place, message, "unknown id", help);
    }

    fn registers(&self, kind: RecordKind) -> &Register {
        match kind {
            RecordKind::Issue => &self.issues,
            RecordKind::Source => &self.sources,
            _ => &self.actors,
        }
    }

    pub(super) fn register(&mut self, kind: RecordKind) -> &mut Register {
        match kind {
            RecordKind::Issue => &mut self.issues,
            RecordKind::Source => &mut self.sources,
            _ => &mut self.actors,
        }
    }

    /// Returns the id of what a cell means, and makes the record if it is new.
    pub(super) fn meant(
        &mut self,
        row: &Row<'_>,
        kind: RecordKind,
        slot: usize,
        cell: &str,
    ) -> Got<Rc<str>> {
        let mention = Mention::of(row, kind, slot, cell);
        // What a person has decided about a name holds, whatever id the map would give it.
        let composed = match self.decided.has(cell) {
            true => None,
            false => mention.composed(row),
        };
        let key = composed.as_deref().unwrap_or(cell);
        if let Some(id) = self.register(kind).before(mention.part_of(row.map), key) {
            if row.bound.taken.contains_key(&(kind, mention.nth)) {
                self.describe(row, mention, &id)?;
            }
            return Ok(id);
        }
        let id = match &composed {
            Some(id) if self.is_made(kind, id) => id.as_str().into(),
            Some(_) => self.new_record(row, mention)?,
            None => self.looked_up(row, mention)?,
        };
        if composed.is_some() {
            self.register(kind).forget(cell, &id);
        }
        self.register(kind)
            .remember(mention.part_of(row.map), key, &id);
        self.describe(row, mention, &id)?;
        Ok(id)
    }

    fn looked_up(&mut self, row: &Row<'_>, mention: Mention<'_>) -> Got<Rc<str>> {
        let Mention {
            kind, slot, cell, ..
        } = mention;
        match self.register(kind).meant(cell) {
            // Cells whose ids the map makes differ if these do: `ab` and `AB`. So do two codes with names.
            Meant::One(id)
                if !self.has_other_id(row, mention, &id)
                    && !self.has_other_name(row, mention, &id) =>
            {
                return Ok(id);
            }
            Meant::One(_) => return self.new_record(row, mention),
            Meant::Several(ids) if ids.iter().all(|id| self.has_other_id(row, mention, id)) => {
                return self.new_record(row, mention);
            }
            Meant::Several(ids) => {
                let message = format!("`{cell}` is a name of {}", listed(ids.iter()));
                let help = "write the id, or decide in the names table: `--names names.csv`";
                return Err(self.wrong(row, slot, &message, Some(help.to_owned())));
            }
            Meant::Nobody => {}
        }
        let (others, places) = (self.known.others, &self.places);
        let decided = self
            .decided
            .meant(cell, |id| kind_of(others, places, id).is_some());
        // A name that an actor and an issue share is decided for one of them.
        let is_its = |id: &Rc<str>| kind_of(others, places, id).is_none_or(|one| one == kind);
        if let Some(id) = decided.clone().filter(|id| !is_its(id)) {
            self.misused.push((kind, id, cell.to_owned()));
        }
        let decided = decided.filter(is_its);
        if let Some(id) = decided.filter(|id| !self.keeps_own(row, mention, id)) {
            self.used.insert(folded(cell));
            self.aliases.push((kind, id.clone(), cell.to_owned()));
            return Ok(id);
        }
        if self.known.no_new.contains(&kind) {
            return Err(self.unknown(row, mention));
        }
        self.new_record(row, mention)
    }

    /// Returns whether a name that a person has decided about is a record of its own, by the id that it
    /// has anyway. Else that id is given to nobody: what is not decided keeps its own.
    fn keeps_own(&mut self, row: &Row<'_>, mention: Mention<'_>, id: &str) -> bool {
        let kind = mention.kind;
        let name = mention.name(row);
        if mention.id(row).is_some() || matches!(self.register(kind).meant(&name), Meant::One(_)) {
            return false;
        }
        let own = self.free_id(&name, kind);
        let keeps = own == id;
        if !keeps {
            self.reserved.insert(own);
        }
        keeps
    }

    /// Reports a name that nobody knows.
    fn unknown(&mut self, row: &Row<'_>, mention: Mention<'_>) -> Not {
        let Mention {
            kind, slot, cell, ..
        } = mention;
        let message = format!("there is no {} `{cell}`", kind.noun());
        self.wrong_with(row, slot, &message, |import| {
            let meant = any_meant(&folded(cell), import.register(kind).names());
            meant.unwrap_or_else(|| {
                "correct the cell, or decide in the names table: `--names names.csv`, with the columns `written` and `id`".to_owned()
            })
        })
    }

    /// Makes the record that a cell names for the first time.
    pub(super) fn new_record(&mut self, row: &Row<'_>, mention: Mention<'_>) -> Got<Rc<str>> {
        let Mention { kind, cell, .. } = mention;
        let described = mention.described(row.map);
        if kind == RecordKind::Actor && described.is_none() {
            let heading = row.spot(mention.slot).heading.unwrap_or_default();
            let message = format!("the map does not say what kind of actor `{heading}` names");
            self.mistake(row.map.span, message, "add `actors: (kind: …)`");
            return Err(Not::Reported);
        }
        let name = mention.name(row);
        let is_code = folded(cell) != folded(&name);
        let by = MadeBy {
            part: mention.part_of(row.map),
            slot: mention.slot,
            is_code,
        };
        let named = self.register(kind).meant(&name);
        // Two cells of one column are two records, though the map gives them one name.
        let is_alike =
            |known: &Rc<str>| is_code && self.made_by.get(known).is_some_and(|known| *known == by);
        let named = match named {
            Meant::One(known) if is_alike(&known) => Meant::Nobody,
            named => named,
        };
        let own = mention.id(row);
        let has_id = own.is_some();
        let id = match own {
            Some(id) => id,
            // Another cell has made this record, or the graph has it.
            None => match named {
                Meant::One(id) => return Ok(self.also(kind, id, cell)),
                _ => self.free_id(&name, kind),
            },
        };
        if self.is_made(kind, &id) {
            return Ok(self.also(kind, id.as_str().into(), cell));
        }
        self.check_new(row, mention.slot, &id)?;
        // Declared before it is made: it may name itself.
        let id = match kind {
            RecordKind::Actor => self.new_actor(row, mention, &id, &name)?,
            RecordKind::Issue => self.new_issue(mention, &id, &name),
            _ => self.new_source(&id, &name),
        };
        self.made_by.insert(id.clone(), by);
        if has_id {
            self.register(kind).name_by_id(&id);
        }
        let register = self.register(kind);
        register.name(cell, &id);
        register.name(&name, &id);
        register.new.push((cell.to_owned(), id.clone()));
        Ok(id)
    }

    /// Returns whether a record was made of another cell of this column, and the map gives this one another
    /// id.
    fn has_other_id(&self, row: &Row<'_>, mention: Mention<'_>, known: &str) -> bool {
        let own = mention.id(row);
        let part = mention.part_of(row.map);
        let is_its = |by: &MadeBy| by.part == part && by.slot == mention.slot;
        own.is_some_and(|own| own != known) && self.made_by.get(known).is_some_and(is_its)
    }

    /// Returns whether a record was made of another cell of this column, and the map gives both names of their
    /// own.
    fn has_other_name(&self, row: &Row<'_>, mention: Mention<'_>, known: &Rc<str>) -> bool {
        let part = mention.part_of(row.map);
        let is_its = |by: &MadeBy| by.is_code && by.part == part && by.slot == mention.slot;
        if !self.made_by.get(known).is_some_and(is_its) {
            return false;
        }
        let name = mention.name(row);
        let is_its_name = match self.registers(mention.kind).meant(&name) {
            Meant::One(other) => other == *known,
            Meant::Several(ids) => ids.contains(known),
            Meant::Nobody => false,
        };
        folded(&name) != folded(mention.cell) && !is_its_name
    }

    /// Notes that a cell is one more name of a record.
    fn also(&mut self, kind: RecordKind, id: Rc<str>, cell: &str) -> Rc<str> {
        self.register(kind).name(cell, &id);
        id
    }

    /// Returns whether there is a record of this id: one that was made, or one of the graph. A person may
    /// have decided for one that only a later row makes.
    fn is_made(&mut self, kind: RecordKind, id: &str) -> bool {
        self.register(kind).has(id) && kind_of(self.known.others, &self.places, id).is_some()
    }

    /// Makes an id of a name that no record has.
    pub(super) fn free_id(&mut self, name: &str, kind: RecordKind) -> String {
        let slug = match slug(name) {
            slug if slug.is_empty() => kind.noun().replace(' ', "-"),
            slug => slug,
        };
        let (others, places, reserved) = (self.known.others, &self.places, &self.reserved);
        let is_taken = |id: &str| reserved.contains(id) || kind_of(others, places, id).is_some();
        self.free.id(slug, is_taken)
    }

    /// Reports an id that can't be one, or that another record has.
    pub(super) fn check_new(&mut self, row: &Row<'_>, slot: usize, id: &str) -> Got<()> {
        if let Err(refusal) = crate::edit::check_id(id) {
            let help = refusal.help.into_iter().next();
            return Err(self.wrong(row, slot, &refusal.message, help));
        }
        match kind_of(self.known.others, &self.places, id).is_some() {
            true => {
                let message = format!("`{id}` is the id of another record");
                let help = "give the records of this kind another `id` in the map";
                Err(self.wrong(row, slot, &message, Some(help.to_owned())))
            }
            false => Ok(()),
        }
    }

    /// Returns the ids of the names in a row, each once.
    pub(super) fn names(
        &mut self,
        row: &Row<'_>,
        names: &Names,
        kind: RecordKind,
    ) -> Got<Vec<Str<'static>>> {
        self.names_of(row, names, |_, _| kind)
    }

    /// Returns the ids of the actors and issues in a row, each once. A name that nobody knows is an actor's.
    pub(super) fn actors_or_issues(
        &mut self,
        row: &Row<'_>,
        names: &Names,
    ) -> Got<Vec<Str<'static>>> {
        self.names_of(row, names, |import, name| {
            let is_issue = matches!(import.actors.meant(name), Meant::Nobody)
                && (matches!(import.issues.meant(name), Meant::One(_))
                    || declared(row.map, RecordKind::Issue, name).is_some());
            match is_issue {
                true => RecordKind::Issue,
                false => RecordKind::Actor,
            }
        })
    }

    /// Returns the ids of the names in a row, each once; `kind_of` says of what kind the record of a name is.
    fn names_of(
        &mut self,
        row: &Row<'_>,
        names: &Names,
        kind_of: impl Fn(&Self, &str) -> RecordKind,
    ) -> Got<Vec<Str<'static>>> {
        let mut ids: Vec<Str<'static>> = Vec::new();
        for named in &names.all {
            match named {
                Named::Id(id, place) => {
                    self.named(row, kind_of(self, id), id, *place)?;
                    if !ids.iter().any(|known| known == id) {
                        ids.push(id.clone().into());
                    }
                }
                Named::Of(column) => {
                    for cell in row.names(column.slot) {
                        let id = self.meant(row, kind_of(self, cell), column.slot, cell)?;
                        if !ids.iter().any(|known| **known == *id) {
                            ids.push(id.to_string().into());
                        }
                    }
                }
            }
        }
        Ok(ids)
    }

    /// Makes the record of an id in the map, if the map declares it.
    fn named(&mut self, row: &Row<'_>, kind: RecordKind, id: &str, place: Place) -> Got<()> {
        if self.register(kind).count_one(id) {
            return Ok(());
        }
        let Some(nth) = declared(row.map, kind, id) else {
            self.check_id(kind, id, place);
            return Ok(());
        };
        let mention = Mention {
            kind,
            nth,
            slot: 0,
            cell: id,
            is_beside: false,
        };
        let id = self.new_record(row, mention)?;
        self.register(kind)
            .remember(mention.part_of(row.map), &id, &id);
        self.describe(row, mention, &id)
    }

    /// Returns the name in a row that a record may have once.
    pub(super) fn name(
        &mut self,
        row: &Row<'_>,
        names: &Names,
        (kind, field): (RecordKind, &str),
    ) -> Got<Option<Str<'static>>> {
        let ids = self.names(row, names, kind)?;
        if ids.len() < 2 {
            return Ok(ids.into_iter().next());
        }
        let message = format!("{} are named, and `{field}` is one", listed(ids.iter()));
        match names.all.first() {
            Some(Named::Of(column)) => {
                let help = "correct the cell, or leave the column out of `split`";
                Err(self.wrong(row, column.slot, &message, Some(help.to_owned())))
            }
            _ => {
                self.mistake(names.place, message, "several names");
                Err(Not::Reported)
            }
        }
    }

    /// Returns the names in a row of which a record must have one.
    pub(super) fn required(
        &mut self,
        row: &Row<'_>,
        names: &Names,
        (kind, field): (RecordKind, &str),
        place: Place,
    ) -> Got<Vec<Str<'static>>> {
        let ids = self.names(row, names, kind)?;
        if !ids.is_empty() {
            return Ok(ids);
        }
        match names.all.first() {
            Some(Named::Of(column)) => Err(self.nobody(row, column, field)),
            _ => {
                self.mistake(place, format!("the record has no `{field}`"), "add it");
                Err(Not::Reported)
            }
        }
    }

    /// Reports an empty cell where a record needs one.
    pub(super) fn nobody(&mut self, row: &Row<'_>, column: &Column, field: &str) -> Not {
        let message = format!("no {field}: the cell is empty");
        let help = format!(
            "correct the cell, or leave such rows out: `where: Not(\"{}\", \"\")`",
            column.name
        );
        self.wrong(row, column.slot, &message, Some(help))
    }

    /// Returns the sources of a record: its own, else those that the map gives to all.
    pub(super) fn source_of(&mut self, row: &Row<'_>, own: &Names) -> Got<OneOrMany<'static>> {
        if !own.all.is_empty() {
            let source = (RecordKind::Source, "source");
            return self
                .required(row, own, source, own.place)
                .map(OneOrMany::of);
        }
        Ok(match &row.map.source {
            SourceOf::Nothing => OneOrMany::default(),
            SourceOf::Id(id, _) => OneOrMany::One(id.clone().into()),
            SourceOf::Of(column) => {
                let mut ids: Vec<Str<'static>> = Vec::new();
                for cell in row.names(column.slot) {
                    let id = self.meant(row, RecordKind::Source, column.slot, cell)?;
                    ids.push(id.to_string().into());
                }
                if ids.is_empty() {
                    return Err(self.nobody(row, column, "source"));
                }
                OneOrMany::of(ids)
            }
            SourceOf::New(part) => {
                OneOrMany::One(row.text(&part.id, "").unwrap_or_default().into())
            }
        })
    }
}

/// Returns the kind of the record with an id, be it of the graph or made; `None` if there is none.
pub(super) fn kind_of(
    others: Option<Others<'_>>,
    places: &HashMap<Rc<str>, (RecordKind, usize)>,
    id: &str,
) -> Option<RecordKind> {
    let made = places.get(id).map(|(kind, _)| *kind);
    made.or_else(|| Some(others?.entity(id)?.kind()))
}

/// Returns the number of the part that declares a record of this id, the same in each row.
fn declared(map: &Map, kind: RecordKind, id: &str) -> Option<usize> {
    let is_it =
        |template: &Template| matches!(&template.pieces[..], [Piece::Text(text)] if text == id);
    map.all_described(kind)
        .position(|described| is_it(described.id))
}
