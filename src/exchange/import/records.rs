//! The records of a row.

use std::collections::hash_map::DefaultHasher;
use std::hash::{Hash, Hasher};
use std::rc::Rc;

use crate::exchange::finding::Spot;
use crate::exchange::import::row::{Bound, Row};
use crate::exchange::import::{Import, Not};
use crate::exchange::map::{
    ActorPart, Choice, FactPart, IssuePart, Map, MeetingPart, Named, Names, Number, Piece,
    SourceOf, SourcePart, StancePart, Template, TiePart,
};
use crate::exchange::names::{Meant, Register, slug};
use crate::exchange::ron;
use crate::model::{
    Actor, Date, Fact, Issue, Marks, Meeting, Position, RecordKind, Scale, Source, Stance, Str,
    Tie, TieKind,
};
use crate::syntax::{OneOrMany, Rare};
use crate::text::Place;
use crate::words::{either, equally_near, folded, listed};

/// What is made of a cell, or why nothing is.
type Got<T> = Result<T, Not>;

/// The number of the template that is meant where a map has none for a column.
const NO_TEMPLATE: usize = usize::MAX;

impl Import<'_> {
    /// Makes all records of a row.
    pub(super) fn records(&mut self, map: &Map, row: &Row<'_>) {
        let mut is_silent = true;
        for part in map.stances.iter().filter(|part| row.is(&part.filter)) {
            let made = self.stance(map, part, row);
            is_silent &= self.settled(made);
        }
        for part in map.meetings.iter().filter(|part| row.is(&part.filter)) {
            let made = self.meeting(map, part, row);
            is_silent &= self.settled(made);
        }
        for part in map.ties.iter().filter(|part| row.is(&part.filter)) {
            let made = self.tie(map, part, row);
            is_silent &= self.settled(made);
        }
        for part in map.facts.iter().filter(|part| row.is(&part.filter)) {
            let made = self.fact(map, part, row);
            is_silent &= self.settled(made);
        }
        let has_records = !map.stances.is_empty()
            || !map.meetings.is_empty()
            || !map.ties.is_empty()
            || !map.facts.is_empty();
        if !has_records {
            // A table of actors, issues or sources alone.
            is_silent = self.nodes(map, row).is_ok_and(|made| !made);
        }
        self.tally.silent += usize::from(is_silent);
    }

    /// Counts a record that was left out. Returns whether the row says nothing.
    fn settled(&mut self, made: Got<bool>) -> bool {
        match made {
            Ok(made) => !made,
            Err(Not::Reported) => false,
            Err(Not::Skipped) => {
                self.tally.skipped += 1;
                false
            }
        }
    }

    /// Makes what a table of actors, issues or sources describes: those that `of` names, else the first
    /// column of the name.
    fn nodes(&mut self, map: &Map, row: &Row<'_>) -> Got<bool> {
        let mut all: Vec<(RecordKind, Vec<String>, Option<usize>)> = Vec::new();
        for part in &map.sources {
            let column = part.title.column().or(part.id.column());
            all.push((
                RecordKind::Source,
                part.of.all.clone(),
                column.map(|one| one.slot),
            ));
        }
        for part in &map.actors {
            let column = part.name.column().or(part.id.column());
            all.push((
                RecordKind::Actor,
                part.of.all.clone(),
                column.map(|one| one.slot),
            ));
        }
        for part in &map.issues {
            let column = part.name.column().or(part.id.column());
            all.push((
                RecordKind::Issue,
                part.of.all.clone(),
                column.map(|one| one.slot),
            ));
        }
        let mut made = false;
        for (kind, of, first) in all {
            let named = of.iter().filter_map(|name| row.slots.find(name));
            let slots: Vec<usize> = named.chain(first.filter(|_| of.is_empty())).collect();
            for slot in slots {
                for cell in row.names(slot) {
                    self.meant(map, row, kind, slot, cell)?;
                    made = true;
                }
            }
        }
        Ok(made)
    }

    /// Declares the source that all rows have.
    pub(super) fn declare_source(&mut self, map: &Map, bound: &Bound) {
        let needs = !map.stances.is_empty() || !map.meetings.is_empty() || !map.ties.is_empty();
        let has_own = map.stances.iter().all(|part| !part.source.all.is_empty())
            && map.meetings.iter().all(|part| !part.source.all.is_empty())
            && map.ties.iter().all(|part| !part.source.all.is_empty());
        match &map.source {
            SourceOf::Nothing if (needs || !map.facts.is_empty()) && !has_own => {
                let message = "the map does not say where its tables come from";
                let help = "add `source: (id: \"…\", title: \"…\")`, or `source: Id(\"…\")` of a graph that `-g` names";
                let mistake = crate::diagnostic::Diagnostic::error(
                    "import-map",
                    message,
                    map.span,
                    "no `source`",
                );
                self.mistakes.push(mistake.help(help));
            }
            SourceOf::New(part) => {
                let line = Default::default();
                let slots = crate::exchange::import::row::Slots::new(Vec::new());
                let row = Row {
                    line: &line,
                    table: &Spot::default(),
                    slots: &slots,
                    bound,
                    joined: Vec::new(),
                };
                let id = row.text(&part.id, "").unwrap_or_default();
                if self.places.contains_key(&*id) {
                    return;
                }
                match id.is_empty() {
                    true => {
                        let place = part.span;
                        self.mistake(place, "the source has no `id`", "add `id: \"…\"`");
                    }
                    false => {
                        // A cell can't be wrong: there is none.
                        let _ = self.new_source(map, &row, Some(part), &id);
                    }
                }
            }
            SourceOf::Nothing | SourceOf::Id(..) | SourceOf::Of(_) => {}
        }
        if let SourceOf::Id(id, place) = &map.source {
            self.check_id(RecordKind::Source, id, *place);
        }
    }

    /// Reports an id in a map that no record has.
    fn check_id(&mut self, kind: RecordKind, id: &str, place: Place) {
        let register = self.register(kind);
        if register.has(id) {
            return;
        }
        let near = equally_near(id, register.ids());
        let help = match near.is_empty() {
            true => "name the graph that has it with `-g`, or declare it in the map".to_owned(),
            false => format!("did you mean {}?", either(near.iter())),
        };
        let message = format!("there is no {} `{id}`", kind.noun());
        let label = "unknown id";
        let mistake = crate::diagnostic::Diagnostic::error("import-map", message, place, label);
        if !self.mistakes.iter().any(|known| known.place() == place) {
            self.mistakes.push(mistake.help(help));
        }
    }

    fn register(&mut self, kind: RecordKind) -> &mut Register {
        match kind {
            RecordKind::Issue => &mut self.issues,
            RecordKind::Source => &mut self.sources,
            _ => &mut self.actors,
        }
    }

    /// Returns the id of what a cell means, and makes the record if it is new.
    fn meant(
        &mut self,
        map: &Map,
        row: &Row<'_>,
        kind: RecordKind,
        slot: usize,
        cell: &str,
    ) -> Got<Rc<str>> {
        let heading = row.slots.heading(slot).unwrap_or_default();
        let template = template(map, kind, heading);
        // Where more than the cell makes the id, the same cell means another record in another row.
        if let Some(id) = composed(map, row, kind, template, slot, cell) {
            if let Some(id) = self.register(kind).before(template, &id) {
                return Ok(id);
            }
            let made = match self.register(kind).has(&id) {
                true => id.as_str().into(),
                false => self.new_record(map, row, kind, template, slot, cell)?,
            };
            self.register(kind).forget(cell, &made);
            self.register(kind).remember(template, &id, &made);
            return Ok(made);
        }
        if let Some(id) = self.register(kind).before(template, cell) {
            return Ok(id);
        }
        let id = self.looked_up(map, row, kind, template, slot, cell)?;
        self.register(kind).remember(template, cell, &id);
        Ok(id)
    }

    fn looked_up(
        &mut self,
        map: &Map,
        row: &Row<'_>,
        kind: RecordKind,
        template: usize,
        slot: usize,
        cell: &str,
    ) -> Got<Rc<str>> {
        match self.register(kind).meant(cell) {
            Meant::One(id) => return Ok(id),
            Meant::Several(ids) => {
                let message = format!("`{cell}` is a name of {}", listed(ids.iter()));
                let help = "write the id, or decide in the names table: `--names names.csv`";
                return Err(self.wrong(row, slot, &message, Some(help.to_owned())));
            }
            Meant::Nobody => {}
        }
        if let Some(id) = self.decided.get(&folded(cell)).cloned() {
            self.aliases.push((kind, id.clone(), cell.to_owned()));
            return Ok(id);
        }
        if self.known.no_new.contains(&kind) {
            let register = self.register(kind);
            let near = equally_near(&folded(cell), register.names()).join("`, `");
            let help = match near.is_empty() {
                true => {
                    "correct the cell, or decide in the names table: `--names names.csv`".to_owned()
                }
                false => format!("did you mean `{near}`?"),
            };
            let message = format!("there is no {} `{cell}`", kind.noun());
            return Err(self.wrong(row, slot, &message, Some(help)));
        }
        self.new_record(map, row, kind, template, slot, cell)
    }

    fn wrong(&mut self, row: &Row<'_>, slot: usize, message: &str, help: Option<String>) -> Not {
        self.report(row.spot(slot), message, help);
        Not::Reported
    }

    /// Makes the record that a cell names for the first time.
    fn new_record(
        &mut self,
        map: &Map,
        row: &Row<'_>,
        kind: RecordKind,
        template: usize,
        slot: usize,
        cell: &str,
    ) -> Got<Rc<str>> {
        let (id, name) = match kind {
            RecordKind::Actor => match map.actors.get(template) {
                Some(part) => (&part.id, &part.name),
                None => {
                    let message = format!(
                        "the map does not say what kind of actor `{}` names",
                        row.spot(slot).heading.unwrap_or_default()
                    );
                    self.mistake(map.span, message, "add `actors: (kind: …)`");
                    return Err(Not::Reported);
                }
            },
            RecordKind::Issue => match map.issues.get(template) {
                Some(part) => (&part.id, &part.name),
                None => (&EMPTY, &EMPTY),
            },
            _ => match map.sources.get(template) {
                Some(part) => (&part.id, &part.title),
                None => (&EMPTY, &EMPTY),
            },
        };
        let name = row.text(name, cell).unwrap_or_else(|| cell.to_owned());
        let named = self.register(kind).meant(&name);
        let id = match row.text(id, cell) {
            Some(id) => id,
            // Another cell has made this record, or the graph has it.
            None => match named {
                Meant::One(id) => return Ok(self.also(kind, id, cell)),
                _ => self.free_id(&name, kind),
            },
        };
        if let Err(refusal) = crate::edit::check_id(&id) {
            let help = refusal.help.into_iter().next();
            return Err(self.wrong(row, slot, &refusal.message, help));
        }
        if self.register(kind).has(&id) {
            return Ok(self.also(kind, id.as_str().into(), cell));
        }
        if self.is_taken(&id) {
            let message = format!("`{id}` is the id of another record");
            let help = "give the records of this kind another `id` in the map";
            return Err(self.wrong(row, slot, &message, Some(help.to_owned())));
        }
        // Declared before it is made: it may name itself.
        let made = match kind {
            RecordKind::Actor => self.new_actor(map, row, template, &id, &name, cell),
            RecordKind::Issue => self.new_issue(map, row, template, &id, &name, cell),
            _ => self
                .new_source(map, row, map.sources.get(template), &id)
                .map(|()| id.as_str().into()),
        };
        let id = made?;
        let register = self.register(kind);
        register.name(cell, &id);
        register.name(&name, &id);
        register.new.push((cell.to_owned(), id.clone()));
        Ok(id)
    }

    /// Notes that a cell is one more name of a record.
    fn also(&mut self, kind: RecordKind, id: Rc<str>, cell: &str) -> Rc<str> {
        self.register(kind).name(cell, &id);
        id
    }

    fn is_taken(&self, id: &str) -> bool {
        let in_graph = self
            .known
            .graph
            .is_some_and(|graph| graph.entity(id).is_some());
        in_graph || self.places.contains_key(id)
    }

    /// Makes an id of a name that no record has.
    fn free_id(&self, name: &str, kind: RecordKind) -> String {
        let slug = match slug(name) {
            slug if slug.is_empty() => kind.noun().replace(' ', "-"),
            slug => slug,
        };
        if !self.is_taken(&slug) {
            return slug;
        }
        let mut number = 2;
        while self.is_taken(&format!("{slug}-{number}")) {
            number += 1;
        }
        format!("{slug}-{number}")
    }

    fn place(&mut self, id: &str, nth: usize) -> Rc<str> {
        let id: Rc<str> = id.into();
        self.places.insert(id.clone(), nth);
        id
    }

    fn new_actor(
        &mut self,
        map: &Map,
        row: &Row<'_>,
        template: usize,
        id: &str,
        name: &str,
        cell: &str,
    ) -> Got<Rc<str>> {
        let Some(part) = map.actors.get(template) else {
            return Err(Not::Reported);
        };
        let ActorPart {
            aliases,
            role,
            speaks_for,
            members,
            power,
            same_as,
            note,
            tags,
            ..
        } = part;
        let kind = self.choice(row, &part.kind)?;
        let Some(kind) = kind else {
            self.mistake(
                part.span,
                "an actor has a `kind`",
                "add `kind: Organization`",
            );
            return Err(Not::Reported);
        };
        let power = self.number(row, power, Range::Positive)?;
        let mut aliases = texts(row, aliases, cell);
        let is_another = folded(cell) != folded(name) && !id.contains(cell);
        if is_another && !aliases.iter().any(|alias| alias == cell) {
            aliases.push(cell.to_owned().into());
        }
        let place = self.place(id, self.document.actors.0.len());
        let actor = Actor {
            name: name.to_owned().into(),
            kind,
            aliases,
            role: text(row, role, cell),
            speaks_for: OneOrMany::default(),
            members: Vec::new(),
            power,
            same_as: texts(row, same_as, cell),
            note: rare(row, note, cell),
            tags: texts(row, tags, cell),
        };
        let nth = self.document.actors.0.len();
        self.document.actors.0.push((id.to_owned().into(), actor));
        self.actors.name(cell, &place);
        let speaks_for = self.names(map, row, speaks_for, RecordKind::Actor)?;
        let members = self.names(map, row, members, RecordKind::Actor)?;
        if let Some((_, actor)) = self.document.actors.0.get_mut(nth) {
            actor.speaks_for = many(speaks_for);
            actor.members = members;
        }
        Ok(place)
    }

    fn new_issue(
        &mut self,
        map: &Map,
        row: &Row<'_>,
        template: usize,
        id: &str,
        name: &str,
        cell: &str,
    ) -> Got<Rc<str>> {
        let none = IssuePart::default();
        let part = map.issues.get(template).unwrap_or(&none);
        let mut scale = None;
        let from = self.number(row, &part.scale.from, Range::Any)?;
        let to = self.number(row, &part.scale.to, Range::Any)?;
        if let Some((from, to)) = from.zip(to) {
            scale = Some(Scale {
                from,
                to,
                marks: Marks::default(),
            });
        }
        let mut aliases = texts(row, &part.aliases, cell);
        let is_another = folded(cell) != folded(name) && !id.contains(cell);
        if is_another && !aliases.iter().any(|alias| alias == cell) {
            aliases.push(cell.to_owned().into());
        }
        let issue = Issue {
            name: name.to_owned().into(),
            question: text(row, &part.question, cell),
            aliases,
            part_of: None,
            levels: part.levels,
            status_quo: self.on_scale(row, &part.status_quo, scale.as_ref())?,
            outcome: self.on_scale(row, &part.outcome, scale.as_ref())?,
            scale,
            decided: self.date(row, &part.decided, cell)?,
            same_as: texts(row, &part.same_as, cell),
            note: rare(row, &part.note, cell),
            tags: texts(row, &part.tags, cell),
        };
        let nth = self.document.issues.0.len();
        let place = self.place(id, nth);
        self.document.issues.0.push((id.to_owned().into(), issue));
        self.issues.name(cell, &place);
        let part_of = self.names(map, row, &part.part_of, RecordKind::Issue)?;
        if let Some((_, issue)) = self.document.issues.0.get_mut(nth) {
            issue.part_of = part_of.into_iter().next();
        }
        Ok(place)
    }

    /// Reads a number that lies on a scale.
    fn on_scale(
        &mut self,
        row: &Row<'_>,
        number: &Number,
        scale: Option<&Scale<'_>>,
    ) -> Got<Option<f64>> {
        let value = self.number(row, number, Range::Any)?;
        let is_off = |value: f64| scale.is_none_or(|scale| !scale.holds(value));
        match (value, number) {
            (Some(value), Number::Of(column, _)) if is_off(value) => {
                let message = format!("`{value}` is not on the scale of the issue");
                Err(self.wrong(row, column.slot, &message, None))
            }
            _ => Ok(value),
        }
    }

    fn new_source(
        &mut self,
        map: &Map,
        row: &Row<'_>,
        part: Option<&SourcePart>,
        id: &str,
    ) -> Got<()> {
        let none = SourcePart::default();
        let part = part.unwrap_or(&none);
        let title = row.text(&part.title, id).unwrap_or_else(|| id.to_owned());
        let copy = row.text(&part.text, id).map(|copy| {
            let name = format!("{}.txt", id.replace(':', "_"));
            let path = format!("{}/{name}", self.known.texts);
            self.texts.push((name, copy));
            path.into()
        });
        // The licence is kept where every format keeps it.
        let licence = row.text(&part.licence, id);
        let notes = row.text(&part.note, id).into_iter();
        let notes = notes.chain(licence.map(|licence| format!("Licence: {licence}")));
        let notes: Vec<String> = notes.collect();
        let reliability = self.choice(row, &part.reliability)?;
        let source = Source {
            title: title.clone().into(),
            publisher: text(row, &part.publisher, id),
            date: self.date(row, &part.date, id)?,
            url: text(row, &part.url, id),
            via: OneOrMany::default(),
            reliability,
            text: copy,
            withdrawn_in: Rare::default(),
            same_as: texts(row, &part.same_as, id),
            note: match notes.is_empty() {
                true => Rare::default(),
                false => Rare::from(notes.join("\n")),
            },
            tags: texts(row, &part.tags, id),
        };
        let nth = self.document.sources.0.len();
        let place = self.place(id, nth);
        self.document.sources.0.push((id.to_owned().into(), source));
        self.sources.name(&title, &place);
        self.sources.name(id, &place);
        self.sources.remember(NO_TEMPLATE, id, &place);
        let via = self.names(map, row, &part.via, RecordKind::Source)?;
        if let Some((_, source)) = self.document.sources.0.get_mut(nth) {
            source.via = many(via);
        }
        Ok(())
    }

    /// Returns the ids of the names in a row.
    fn names(
        &mut self,
        map: &Map,
        row: &Row<'_>,
        names: &Names,
        kind: RecordKind,
    ) -> Got<Vec<Str<'static>>> {
        let mut ids: Vec<Str<'static>> = Vec::new();
        for named in &names.all {
            match named {
                Named::Id(id, place) => {
                    match declared(map, kind, id).filter(|_| !self.register(kind).has(id)) {
                        Some(template) => {
                            let id = self.new_record(map, row, kind, template, 0, id)?;
                            self.register(kind).remember(template, &id, &id);
                        }
                        None => self.check_id(kind, id, *place),
                    }
                    ids.push(id.clone().into());
                }
                Named::Of(column) => {
                    for cell in row.names(column.slot) {
                        let id = self.meant(map, row, kind, column.slot, cell)?;
                        ids.push(id.to_string().into());
                    }
                }
            }
        }
        let mut seen = std::collections::HashSet::new();
        ids.retain(|id| seen.insert(id.clone()));
        Ok(ids)
    }

    /// Returns the one name in a row that a record must have.
    fn required(
        &mut self,
        map: &Map,
        row: &Row<'_>,
        names: &Names,
        (kind, field): (RecordKind, &str),
        place: Place,
    ) -> Got<Vec<Str<'static>>> {
        let ids = self.names(map, row, names, kind)?;
        if !ids.is_empty() {
            return Ok(ids);
        }
        match names.all.first() {
            Some(Named::Of(column)) => {
                let message = format!("no {field}: the cell is empty");
                Err(self.wrong(row, column.slot, &message, None))
            }
            _ => {
                let message = format!("the record has no `{field}`");
                if !self.mistakes.iter().any(|known| known.message == message) {
                    self.mistake(place, message, "add it");
                }
                Err(Not::Reported)
            }
        }
    }

    fn source_of(&mut self, map: &Map, row: &Row<'_>, own: &Names) -> Got<OneOrMany<'static>> {
        if !own.all.is_empty() {
            return self.names(map, row, own, RecordKind::Source).map(many);
        }
        Ok(match &map.source {
            SourceOf::Nothing => OneOrMany::default(),
            SourceOf::Id(id, _) => OneOrMany::One(id.clone().into()),
            SourceOf::Of(column) => {
                let names = Names {
                    all: vec![Named::Of(column.clone())],
                    place: column.place,
                };
                many(self.names(map, row, &names, RecordKind::Source)?)
            }
            SourceOf::New(part) => {
                OneOrMany::One(row.text(&part.id, "").unwrap_or_default().into())
            }
        })
    }

    /// Returns the place of a row in its source.
    fn at(&self, map: &Map, row: &Row<'_>, own: &Template) -> Rare<'static> {
        let at = row.text(own, "").or_else(|| row.text(&map.key, ""));
        Rare::from(at.unwrap_or_else(|| format!("row {}", row.line.line)))
    }

    /// Returns whether a record is there already, and remembers it.
    fn is_repeated(&mut self, map: &Map, row: &Row<'_>, identity: &str) -> bool {
        let key = row.text(&map.key, "").unwrap_or_default();
        let identity = format!("{identity}|{key}");
        let is_new = self.seen.insert(sum(&identity));
        self.tally.repeated += usize::from(!is_new);
        !is_new
    }

    fn date(&mut self, row: &Row<'_>, template: &Template, cell: &str) -> Got<Option<Date>> {
        let Some(written) = row.text(template, cell) else {
            return Ok(None);
        };
        let date = row.bound.forms.read(written.trim());
        date.map(Some).map_err(|(message, help)| {
            let slot = template.column().map_or(0, |column| column.slot);
            self.wrong(row, slot, &message, help)
        })
    }

    fn number(&mut self, row: &Row<'_>, number: &Number, range: Range) -> Got<Option<f64>> {
        let (column, whole) = match number {
            Number::Nothing => return Ok(None),
            Number::Always(number) => return Ok(Some(*number)),
            Number::Of(column, whole) => (column, *whole),
        };
        let cell = row.cell(column.slot);
        if cell.is_empty() {
            return Ok(None);
        }
        let written = match row.bound.decimal {
            '.' => cell.to_owned(),
            decimal => cell.replace(decimal, "."),
        };
        let read = written
            .parse::<f64>()
            .ok()
            .filter(|number| number.is_finite());
        let Some(read) = read else {
            let message = format!("`{cell}` is no number");
            return Err(self.wrong(row, column.slot, &message, None));
        };
        let value = read / whole;
        match range.refuses(value) {
            Some(why) => {
                let message = format!("`{cell}` is out of range: {why}");
                let help = (range == Range::Share && whole == 1.0).then(|| {
                    format!(
                        "where {cell} of 100 is meant, write `Share(\"{}\", 100)`",
                        column.name
                    )
                });
                Err(self.wrong(row, column.slot, &message, help))
            }
            None => Ok(Some(value)),
        }
    }

    /// Returns the word that a row has, or `None` if the field is left out.
    fn choice<W: Clone>(&mut self, row: &Row<'_>, choice: &Choice<W>) -> Got<Option<W>> {
        match choice {
            Choice::Nothing => Ok(None),
            Choice::Always(word) => Ok(Some(word.clone())),
            Choice::Number(column) => {
                let message = format!("`{}` is a word of the format, not a cell", column.name);
                self.mistake(column.place, message, "write `Values(\"…\", {…})`");
                Err(Not::Reported)
            }
            Choice::Values(column, values, other) => {
                let cell = row.cell(column.slot);
                match values.iter().find(|(value, _)| value == cell) {
                    Some((_, Some(word))) => Ok(Some(word.clone())),
                    Some((_, None)) => Err(Not::Skipped),
                    // What is missing is not any other value.
                    None if other.is_some() && !cell.is_empty() => Ok(other.clone()),
                    None => {
                        let known = values.iter().map(|(value, _)| value.as_str());
                        let near = equally_near(cell, known);
                        let help = match near.is_empty() || cell.is_empty() {
                            true => {
                                "say in the map what it means, or leave it out: `Skip`".to_owned()
                            }
                            false => format!("did you mean {}?", either(near.iter())),
                        };
                        let message = format!("the map does not say what `{cell}` means");
                        Err(self.wrong(row, column.slot, &message, Some(help)))
                    }
                }
            }
        }
    }

    /// Returns the position that a row has; a number is one on the scale of the issue.
    fn position(
        &mut self,
        row: &Row<'_>,
        choice: &Choice<Position>,
        issue: &str,
    ) -> Got<Option<Position>> {
        let Choice::Number(column) = choice else {
            return self.choice(row, choice);
        };
        let number = self.number(row, &Number::Of(column.clone(), 1.0), Range::Any)?;
        let Some(number) = number else {
            return Ok(None);
        };
        let scale = self.scale(issue);
        if scale.as_ref().is_some_and(|scale| !scale.holds(number)) {
            let message = format!("`{number}` is not on the scale of `{issue}`");
            return Err(self.wrong(row, column.slot, &message, None));
        }
        Ok(Some(Position::At(number)))
    }

    /// Returns the scale of an issue that is made here.
    fn scale(&self, issue: &str) -> Option<Scale<'static>> {
        let nth = self.places.get(issue)?;
        let (id, record) = self.document.issues.0.get(*nth)?;
        record.scale.clone().filter(|_| id == issue)
    }

    fn stance(&mut self, map: &Map, part: &StancePart, row: &Row<'_>) -> Got<bool> {
        let issues = self.required(
            map,
            row,
            &part.issue,
            (RecordKind::Issue, "issue"),
            part.span,
        )?;
        let mut is_made = false;
        for issue in issues {
            is_made |= self.stance_on(map, part, row, issue)?;
        }
        Ok(is_made)
    }

    fn stance_on(
        &mut self,
        map: &Map,
        part: &StancePart,
        row: &Row<'_>,
        issue: Str<'static>,
    ) -> Got<bool> {
        let position = self.position(row, &part.position, &issue)?;
        let salience = self.number(row, &part.salience, Range::Share)?;
        if position.is_none() && salience.is_none() {
            return Ok(false);
        }
        let actor = self.required(
            map,
            row,
            &part.actor,
            (RecordKind::Actor, "actor"),
            part.span,
        )?;
        let toward = self.names(map, row, &part.toward, RecordKind::Actor)?;
        let said_by = self.names(map, row, &part.said_by, RecordKind::Actor)?;
        let said_by = said_by.into_iter().find(|by| !actor.contains(by));
        let condition = rare(row, &part.condition, "");
        let depends_on = self.names(map, row, &part.depends_on, RecordKind::Actor)?;
        let date = self.date(row, &part.date, "")?;
        let source = self.source_of(map, row, &part.source)?;
        let stance = Stance {
            issue,
            position,
            condition,
            depends_on,
            toward: many(toward),
            salience,
            power: self.number(row, &part.power, Range::Positive)?,
            summary: text(row, &part.summary, ""),
            quote: rare(row, &part.quote, ""),
            said_by: said_by.clone().map_or_else(Rare::default, Rare::from),
            date,
            until: self.date(row, &part.until, "")?,
            source: source.clone(),
            at: Rare::default(),
            credibility: self.credibility(row, &part.credibility)?,
            withdrawn_in: Rare::default(),
            note: rare(row, &part.note, ""),
            tags: texts(row, &part.tags, ""),
            actor: many(actor.clone()),
        };
        let Ok(text) = ron::line(&stance) else {
            return Err(Not::Reported);
        };
        if self.is_repeated(map, row, &text) {
            return Ok(true);
        }
        if let Some(by) = said_by {
            self.voiced(part, &by, &actor, source);
        }
        let at = self.at(map, row, &part.at);
        self.tally.stances += 1;
        // What comes after `at` is rare: most statements need not be written again.
        let is_last =
            stance.credibility.is_none() && stance.note.is_none() && stance.tags.is_empty();
        match is_last {
            true => ron::entry_with(
                &mut self.stances,
                text,
                "at",
                at.as_deref().unwrap_or_default(),
            ),
            false => {
                let stance = Stance { at, ..stance };
                self.write(|import| ron::entry(&mut import.stances, "", &stance));
            }
        }
        Ok(true)
    }

    /// Says that whoever voiced a statement speaks for its actors, if the map does; else counts the
    /// statement as one that will not count.
    fn voiced(
        &mut self,
        part: &StancePart,
        by: &Str<'static>,
        actors: &[Str<'static>],
        source: OneOrMany<'static>,
    ) {
        if part.speaks != Some(true) {
            let speaks = |actor: &Str<'static>| {
                let graph = self.known.graph?;
                let (by, actor) = (graph.entity(by)?.actor()?, graph.entity(actor)?.actor()?);
                graph
                    .voices()
                    .ever(by)
                    .any(|one| one == actor)
                    .then_some(())
            };
            let is_attributed = actors.iter().any(|actor| speaks(actor).is_none());
            self.tally.attributed += usize::from(is_attributed);
            return;
        }
        for actor in actors {
            let identity = format!("speaks|{by}|{actor}");
            if self.seen.insert(sum(&identity)) {
                let tie = Tie {
                    from: by.clone(),
                    to: actor.clone(),
                    kind: TieKind::SpeaksFor,
                    source: source.clone(),
                    ..Tie::default()
                };
                self.tally.ties += 1;
                self.write(|import| ron::entry(&mut import.ties, "", &tie));
            }
        }
    }

    /// Writes a record. Every record of this crate can be written.
    fn write(&mut self, write: impl FnOnce(&mut Self) -> Result<(), crate::error::Error>) {
        if let Err(error) = write(self) {
            self.report(Spot::default(), &error.to_string(), None);
        }
    }

    fn credibility(&mut self, row: &Row<'_>, number: &Number) -> Got<Option<u32>> {
        let number = self.number(row, number, Range::Grade)?;
        Ok(number.map(|number| number as u32))
    }

    fn meeting(&mut self, map: &Map, part: &MeetingPart, row: &Row<'_>) -> Got<bool> {
        let actors = RecordKind::Actor;
        let participants = self.names(map, row, &part.participants, actors)?;
        let host = self.names(map, row, &part.host, actors)?;
        let said_by = self.names(map, row, &part.said_by, actors)?;
        let Some(status) = self.choice(row, &part.status)? else {
            self.mistake(part.span, "a meeting has a `status`", "add `status: Held`");
            return Err(Not::Reported);
        };
        let title = row.text(&part.title, "");
        let id = row.text(&part.id, "");
        let Some(title) = title.or_else(|| id.clone()) else {
            let slot = part
                .title
                .column()
                .or(part.id.column())
                .map_or(0, |one| one.slot);
            return Err(self.wrong(row, slot, "no title: the cell is empty", None));
        };
        let meeting = Meeting {
            title: title.clone().into(),
            kind: self.choice(row, &part.kind)?,
            status,
            date: self.date(row, &part.date, "")?,
            place: text(row, &part.place, ""),
            host: host.into_iter().next(),
            participants,
            invited: self.names(map, row, &part.invited, actors)?,
            declined: self.names(map, row, &part.declined, actors)?,
            topics: self.names(map, row, &part.topics, RecordKind::Issue)?,
            likelihood: self.choice(row, &part.likelihood)?,
            outcome: rare(row, &part.outcome, ""),
            quote: rare(row, &part.quote, ""),
            said_by: said_by
                .into_iter()
                .next()
                .map_or_else(Rare::default, Rare::from),
            source: self.source_of(map, row, &part.source)?,
            credibility: self.credibility(row, &part.credibility)?,
            same_as: texts(row, &part.same_as, ""),
            note: rare(row, &part.note, ""),
            tags: texts(row, &part.tags, ""),
            ..Meeting::default()
        };
        self.add_meeting(map, part, row, id, meeting)
    }

    /// Adds a meeting, or what a row adds to one that is there.
    fn add_meeting(
        &mut self,
        map: &Map,
        part: &MeetingPart,
        row: &Row<'_>,
        id: Option<String>,
        meeting: Meeting<'static>,
    ) -> Got<bool> {
        let slot = part
            .id
            .column()
            .or(part.title.column())
            .map_or(0, |one| one.slot);
        let group = row.text(&part.group, "").or_else(|| id.clone());
        let known = group
            .as_ref()
            .and_then(|group| self.first_rows.get(&**group).copied());
        if let Some((nth, first)) = known {
            let there = self.document.meetings.0.get_mut(nth);
            let Some((_, there)) = there else {
                return Ok(false);
            };
            if there.title != meeting.title
                || there.date != meeting.date
                || there.status != meeting.status
            {
                let message = format!("another title, date or status than in row {first}");
                return Err(self.wrong(row, slot, &message, None));
            }
            for (list, more) in [
                (&mut there.participants, meeting.participants),
                (&mut there.invited, meeting.invited),
                (&mut there.declined, meeting.declined),
                (&mut there.topics, meeting.topics),
            ] {
                for id in more {
                    if !list.contains(&id) {
                        list.push(id);
                    }
                }
            }
            return Ok(true);
        }
        let mut who = meeting.participants.clone();
        who.sort_unstable();
        let identity = Meeting {
            participants: who,
            ..meeting.clone()
        };
        if self.is_repeated(map, row, &format!("{identity:?}")) {
            return Ok(true);
        }
        let id = match id {
            Some(id) => id,
            None => {
                let date = meeting
                    .date
                    .map_or(String::new(), |date| format!("-{}", date.period().from));
                self.free_id(
                    &format!("{}{date}", slug(&meeting.title)),
                    RecordKind::Meeting,
                )
            }
        };
        self.check_new(row, slot, &id)?;
        let meeting = Meeting {
            at: self.at(map, row, &part.at),
            ..meeting
        };
        let nth = self.document.meetings.0.len();
        self.place(&id, nth);
        if let Some(group) = group {
            self.first_rows.insert(group, (nth, row.line.line));
        }
        self.document.meetings.0.push((id.into(), meeting));
        Ok(true)
    }

    /// Reports an id that can't be one, or that another record has.
    fn check_new(&mut self, row: &Row<'_>, slot: usize, id: &str) -> Got<()> {
        if let Err(refusal) = crate::edit::check_id(id) {
            let help = refusal.help.into_iter().next();
            return Err(self.wrong(row, slot, &refusal.message, help));
        }
        match self.is_taken(id) {
            true => {
                let message = format!("`{id}` is the id of another record");
                Err(self.wrong(row, slot, &message, None))
            }
            false => Ok(()),
        }
    }

    fn tie(&mut self, map: &Map, part: &TiePart, row: &Row<'_>) -> Got<bool> {
        let actors = RecordKind::Actor;
        let from = self.required(map, row, &part.from, (actors, "from"), part.span)?;
        let to = self.required(map, row, &part.to, (actors, "to"), part.span)?;
        let Some(kind) = self.choice(row, &part.kind)? else {
            self.mistake(part.span, "a tie has a `kind`", "add `kind: Partner`");
            return Err(Not::Reported);
        };
        let said_by = self.names(map, row, &part.said_by, actors)?;
        let (Some(from), Some(to)) = (from.into_iter().next(), to.into_iter().next()) else {
            return Err(Not::Reported);
        };
        if from == to {
            let slot = match part.to.all.first() {
                Some(Named::Of(column)) => column.slot,
                _ => 0,
            };
            let message = format!("a tie of `{from}` to itself");
            return Err(self.wrong(row, slot, &message, None));
        }
        let tie = Tie {
            from,
            to,
            kind,
            since: self.date(row, &part.since, "")?,
            until: self.date(row, &part.until, "")?,
            over: self.names(map, row, &part.over, RecordKind::Issue)?,
            quote: rare(row, &part.quote, ""),
            said_by: said_by
                .into_iter()
                .next()
                .map_or_else(Rare::default, Rare::from),
            source: self.source_of(map, row, &part.source)?,
            credibility: self.credibility(row, &part.credibility)?,
            note: rare(row, &part.note, ""),
            tags: texts(row, &part.tags, ""),
            ..Tie::default()
        };
        // A mutual tie is the same from either side.
        let mut identity = tie.clone();
        if !identity.kind.is_directed() && identity.to < identity.from {
            std::mem::swap(&mut identity.from, &mut identity.to);
        }
        if self.is_repeated(map, row, &format!("{identity:?}")) {
            return Ok(true);
        }
        let tie = Tie {
            at: self.at(map, row, &part.at),
            ..tie
        };
        self.tally.ties += 1;
        self.write(|import| ron::entry(&mut import.ties, "", &tie));
        Ok(true)
    }

    fn fact(&mut self, map: &Map, part: &FactPart, row: &Row<'_>) -> Got<bool> {
        let Some(claim) = row.text(&part.text, "") else {
            return Ok(false);
        };
        let said_by = self.names(map, row, &part.said_by, RecordKind::Actor)?;
        let fact = Fact {
            text: claim.clone().into(),
            about: self.names(map, row, &part.about, RecordKind::Actor)?,
            date: self.date(row, &part.date, "")?,
            quote: rare(row, &part.quote, ""),
            said_by: said_by
                .into_iter()
                .next()
                .map_or_else(Rare::default, Rare::from),
            source: self.source_of(map, row, &part.source)?,
            credibility: self.credibility(row, &part.credibility)?,
            note: rare(row, &part.note, ""),
            tags: texts(row, &part.tags, ""),
            ..Fact::default()
        };
        if self.is_repeated(map, row, &format!("{fact:?}")) {
            return Ok(true);
        }
        let slot = part
            .id
            .column()
            .or(part.text.column())
            .map_or(0, |one| one.slot);
        let id = row.text(&part.id, "");
        let id = id.unwrap_or_else(|| self.free_id(&claim, RecordKind::Fact));
        self.check_new(row, slot, &id)?;
        let fact = Fact {
            at: self.at(map, row, &part.at),
            ..fact
        };
        self.place(&id, self.document.facts.0.len());
        self.document.facts.0.push((id.into(), fact));
        Ok(true)
    }
}

/// Returns a sum of what identifies a record: of so many bits that two records have the same one by
/// no chance.
fn sum(identity: &str) -> u128 {
    let of = |salt: u8| {
        let mut hasher = DefaultHasher::new();
        (salt, identity).hash(&mut hasher);
        u128::from(hasher.finish())
    };
    of(0) << 64 | of(1)
}

static EMPTY: Template = Template {
    pieces: Vec::new(),
    place: Place {
        file: crate::text::FileId(0),
        span: crate::text::Span { start: 0, end: 0 },
    },
};

/// The greatest number that the format takes.
const GREATEST: f64 = 1e15;

/// Which numbers a field may have.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Range {
    Any,
    /// 0 to 1.
    Share,
    /// 0 and up.
    Positive,
    /// 1 to 6.
    Grade,
}

impl Range {
    fn refuses(self, number: f64) -> Option<&'static str> {
        match self {
            Range::Share if !(0.0..=1.0).contains(&number) => Some("0 to 1"),
            Range::Positive if number < 0.0 => Some("0 or more"),
            _ if number.abs() > GREATEST => Some("up to 1e15"),
            Range::Grade if !(1.0..=6.0).contains(&number) || number.fract() != 0.0 => {
                Some("1 to 6")
            }
            _ => None,
        }
    }
}

/// Returns the number of the template for the names in a column: one that names the column, else the
/// first that names none.
fn template(map: &Map, kind: RecordKind, heading: &str) -> usize {
    fn of<'p>(parts: impl Iterator<Item = &'p [String]> + Clone, heading: &str) -> usize {
        let own = parts
            .clone()
            .position(|of| of.iter().any(|name| name == heading));
        let any = || parts.clone().position(<[String]>::is_empty);
        own.or_else(any).unwrap_or(NO_TEMPLATE)
    }
    match kind {
        RecordKind::Issue => of(map.issues.iter().map(|part| &part.of.all[..]), heading),
        RecordKind::Source => of(map.sources.iter().map(|part| &part.of.all[..]), heading),
        _ => of(map.actors.iter().map(|part| &part.of.all[..]), heading),
    }
}

/// Returns the id of the record that a cell names, if other cells of the row are part of it.
fn composed(
    map: &Map,
    row: &Row<'_>,
    kind: RecordKind,
    template: usize,
    slot: usize,
    cell: &str,
) -> Option<String> {
    let id = match kind {
        RecordKind::Issue => map.issues.get(template).map(|part| &part.id),
        RecordKind::Source => map.sources.get(template).map(|part| &part.id),
        _ => map.actors.get(template).map(|part| &part.id),
    }?;
    let is_other = |piece: &Piece| matches!(piece, Piece::Column(column) if column.slot != slot);
    let is_composed = id.pieces.iter().any(is_other);
    is_composed.then(|| row.text(id, cell)).flatten()
}

/// Returns the number of the template that declares a record of this id, the same in each row.
fn declared(map: &Map, kind: RecordKind, id: &str) -> Option<usize> {
    let is_it =
        |template: &Template| matches!(&template.pieces[..], [Piece::Text(text)] if text == id);
    match kind {
        RecordKind::Issue => map.issues.iter().position(|part| is_it(&part.id)),
        RecordKind::Source => map.sources.iter().position(|part| is_it(&part.id)),
        _ => map.actors.iter().position(|part| is_it(&part.id)),
    }
}

fn text(row: &Row<'_>, template: &Template, cell: &str) -> Option<Str<'static>> {
    row.text(template, cell).map(Into::into)
}

fn rare(row: &Row<'_>, template: &Template, cell: &str) -> Rare<'static> {
    text(row, template, cell).map_or_else(Rare::default, Rare::from)
}

fn texts(row: &Row<'_>, templates: &[Template], cell: &str) -> Vec<Str<'static>> {
    let texts = templates.iter().filter_map(|one| text(row, one, cell));
    texts.collect()
}

fn many(mut ids: Vec<Str<'static>>) -> OneOrMany<'static> {
    match ids.len() {
        1 => OneOrMany::One(ids.swap_remove(0)),
        _ => OneOrMany::Many(ids.into()),
    }
}
