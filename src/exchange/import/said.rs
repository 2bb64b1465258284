//! What rows say of a record that they name. Each row may add to what others say; an empty cell says
//! nothing, and two rows may not say different things.

use std::collections::hash_map::DefaultHasher;
use std::fmt::Debug;
use std::hash::{Hash, Hasher};
use std::rc::Rc;

use crate::exchange::import::named::Mention;
use crate::exchange::import::row::Row;
use crate::exchange::import::value::Range;
use crate::exchange::import::{Got, Import, Not};
use crate::exchange::map::{
    ActorPart, Choice, IssuePart, Named, Names, Number, Piece, Recorded, ScalePart, SourcePart,
    Template,
};
use crate::model::{Date, Marks, Record, RecordKind, Scale, Str};
use crate::syntax::{OneOrMany, Rare};
use crate::text::Place;
use crate::words::folded;

/// A field of a record that something is said of.
#[derive(Debug)]
pub(super) struct Field {
    name: &'static str,
    /// The line of the first row that says so.
    line: usize,
    /// A sum of the cells, and of what they mean.
    sums: [u64; 2],
}

/// A record that a row says something of.
#[derive(Clone, Copy)]
pub(super) struct About<'a, 'r> {
    pub(super) row: &'a Row<'r>,
    pub(super) mention: Mention<'a>,
    pub(super) id: &'a Rc<str>,
    /// Its number among the records of its kind.
    pub(super) at: usize,
    /// Where the map declares it, if no row names it.
    pub(super) declared: Option<Place>,
}

/// Cells, as far as they say something of a field.
struct Cells {
    /// The slot of the first.
    slot: Option<usize>,
    /// What they hold, or `None` if nothing.
    held: Option<String>,
    /// Whether only the first row counts: what is made of the name may be spelt in several ways.
    is_of_name: bool,
}

impl Cells {
    fn of_template(about: About<'_, '_>, template: &Template) -> Cells {
        let has_name = template.pieces.contains(&Piece::Cell);
        let column = template.column();
        Cells {
            slot: column.map(|column| column.slot),
            held: about.row.text(template, about.mention.cell),
            is_of_name: has_name && column.is_none(),
        }
    }

    fn of_number(about: About<'_, '_>, number: &Number) -> Cells {
        let (slot, held) = match number {
            Number::Nothing => (None, None),
            Number::Always(number) => (None, Some(number.to_string())),
            Number::Of(column, _) => {
                let cell = about.row.cell(column.slot);
                let held = Some(cell.to_owned()).filter(|cell| !cell.is_empty());
                (Some(column.slot), held)
            }
        };
        Cells {
            slot,
            held,
            is_of_name: false,
        }
    }

    fn of_word<W>(about: About<'_, '_>, choice: &Choice<W>) -> Cells {
        let (slot, held) = match choice {
            Choice::Nothing => (None, None),
            Choice::Always(_) => (None, Some(String::new())),
            Choice::Number(column) => (Some(column.slot), Some(String::new())),
            Choice::Values(column, values, _) => {
                let cell = about.row.cell(column.slot);
                let is_known = values.iter().any(|(value, _)| value == cell);
                let held = Some(cell.to_owned()).filter(|_| is_known || !cell.is_empty());
                (Some(column.slot), held)
            }
        };
        Cells {
            slot,
            held,
            is_of_name: false,
        }
    }
}

fn sum_of(said: impl Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    said.hash(&mut hasher);
    hasher.finish()
}

/// Returns the name that a record is to have, if another than now, and what is one more name of it: the cell
/// if it had no other name, else a name that another row gives it.
fn named(said: Option<String>, known: &str, cell: &str) -> (Option<String>, Option<Str<'static>>) {
    match said {
        Some(said) if folded(&said) == folded(known) => (None, None),
        Some(said) if folded(known) == folded(cell) => (Some(said), Some(known.to_owned().into())),
        said => (None, said.map(Into::into)),
    }
}

/// Returns the texts that a list does not have yet.
fn lacking(list: &[Str<'static>], texts: Vec<Str<'static>>) -> Vec<Str<'static>> {
    let mut more: Vec<Str<'static>> = Vec::new();
    for text in texts {
        if !list.contains(&text) && !more.contains(&text) {
            more.push(text);
        }
    }
    more
}

/// The names, ids elsewhere and tags of an actor or an issue.
struct Called<'c> {
    name: &'c mut Str<'static>,
    aliases: &'c mut Vec<Str<'static>>,
    same_as: &'c mut Vec<Str<'static>>,
    tags: &'c mut Vec<Str<'static>>,
}

/// The templates of the same in a part of a map.
struct Calling<'p> {
    name: &'p Template,
    aliases: &'p [Template],
    same_as: &'p [Template],
    tags: &'p [Template],
}

/// Adds to a list what it does not have yet.
fn extend(list: &mut Vec<Str<'static>>, texts: Vec<Str<'static>>) {
    let more = lacking(list, texts);
    list.extend(more);
}

/// Adds to a list of one or many what it does not have yet.
fn extend_many(list: &mut OneOrMany<'static>, texts: Vec<Str<'static>>) {
    let mut all = list.as_slice().to_vec();
    extend(&mut all, texts);
    *list = OneOrMany::of(all);
}

impl Import<'_> {
    /// Adds what a row says of a record that it names.
    pub(super) fn describe(
        &mut self,
        row: &Row<'_>,
        mention: Mention<'_>,
        id: &Rc<str>,
    ) -> Got<()> {
        let made = self.places.get(id).copied();
        let Some((_, at)) = made.filter(|(kind, _)| *kind == mention.kind) else {
            // What a graph says of its own records wins.
            if row.bound.taken.contains_key(&(mention.kind, mention.nth)) {
                self.of_graph.insert(id.clone());
            }
            return Ok(());
        };
        if mention.is_beside {
            return Ok(());
        }
        let part = mention.part_of(row.map);
        let taken = row.bound.taken.get(&(mention.kind, mention.nth));
        let mut hasher = DefaultHasher::new();
        mention.cell.hash(&mut hasher);
        for slot in taken.into_iter().flatten() {
            row.cell(*slot).hash(&mut hasher);
        }
        let sum = hasher.finish();
        // Mostly a row says of a record what another one said.
        if self.described.get(id) == Some(&(part, sum)) {
            return Ok(());
        }
        let key = (id.clone(), part);
        // Two records of a row may name each other.
        if self.describing.contains(&key) {
            return Ok(());
        }
        self.describing.push(key);
        let described = self.describe_made(row, mention, id, at);
        self.describing.pop();
        if described.is_ok() {
            self.described.insert(id.clone(), (part, sum));
        }
        described
    }

    fn describe_made(
        &mut self,
        row: &Row<'_>,
        mention: Mention<'_>,
        id: &Rc<str>,
        at: usize,
    ) -> Got<()> {
        let about = About {
            row,
            mention,
            id,
            at,
            declared: None,
        };
        let (map, nth) = (row.map, mention.nth);
        match mention.kind {
            RecordKind::Issue => match map.issues.get(nth) {
                Some(part) => self.describe_issue(about, part),
                None => Ok(()),
            },
            RecordKind::Source => match map.sources.get(nth) {
                Some(part) => self.describe_source(about, part),
                None => Ok(()),
            },
            _ => match map.actors.get(nth) {
                Some(part) => self.describe_actor(about, part),
                None => Ok(()),
            },
        }
    }

    fn describe_actor(&mut self, about: About<'_, '_>, part: &ActorPart) -> Got<()> {
        let known = self.document.actors.0[about.at].1.clone();
        let mut actor = known.clone();
        match &part.kind {
            // One name may be in columns of two kinds: whoever speaks for itself, such as an expert.
            Choice::Always(kind) if *kind != known.kind => {
                self.of_two_kinds.insert(about.id.clone());
            }
            Choice::Always(_) => {}
            choice => {
                let kind = self.said_word(about, "kind", choice)?;
                actor.kind = kind.unwrap_or(actor.kind);
            }
        }
        let role = self.said_text(about, "role", &part.role)?;
        actor.role = role.map(Str::from).or(actor.role);
        let power = self.said_number(about, "power", &part.power, Range::Positive)?;
        actor.power = power.or(actor.power);
        let note = self.said_text(about, "note", &part.note)?;
        actor.note = note.map_or(actor.note, Rare::from);
        let calling = Calling {
            name: &part.name,
            aliases: &part.aliases,
            same_as: &part.same_as,
            tags: &part.tags,
        };
        let called = Called {
            name: &mut actor.name,
            aliases: &mut actor.aliases,
            same_as: &mut actor.same_as,
            tags: &mut actor.tags,
        };
        self.said_names(about, &calling, called)?;
        if actor != known {
            let text = self.written(&actor)?;
            let record = Record::Actor(actor);
            self.check_said(about, (&record, &text), part)?;
            if let Record::Actor(actor) = record {
                self.document.actors.0[about.at].1 = actor;
            }
        }
        let speaks_for = self.others(about, &part.speaks_for)?;
        let members = self.others(about, &part.members)?;
        let actor = &mut self.document.actors.0[about.at].1;
        extend_many(&mut actor.speaks_for, speaks_for);
        extend(&mut actor.members, members);
        Ok(())
    }

    fn describe_issue(&mut self, about: About<'_, '_>, part: &IssuePart) -> Got<()> {
        let known = self.document.issues.0[about.at].1.clone();
        let mut issue = known.clone();
        let question = self.said_text(about, "question", &part.question)?;
        issue.question = question.map(Str::from).or(issue.question);
        issue.scale = self.said_scale(about, &part.scale)?.or(issue.scale);
        issue.levels = issue.levels.or(part.levels);
        let status_quo = self.said_number(about, "status_quo", &part.status_quo, Range::Any)?;
        issue.status_quo = status_quo.or(issue.status_quo);
        let outcome = self.said_number(about, "outcome", &part.outcome, Range::Any)?;
        issue.outcome = outcome.or(issue.outcome);
        let decided = self.said_date(about, "decided", &part.decided)?;
        issue.decided = decided.or(issue.decided);
        let note = self.said_text(about, "note", &part.note)?;
        issue.note = note.map_or(issue.note, Rare::from);
        let calling = Calling {
            name: &part.name,
            aliases: &part.aliases,
            same_as: &part.same_as,
            tags: &part.tags,
        };
        let called = Called {
            name: &mut issue.name,
            aliases: &mut issue.aliases,
            same_as: &mut issue.same_as,
            tags: &mut issue.tags,
        };
        self.said_names(about, &calling, called)?;
        if issue != known {
            let text = self.written(&issue)?;
            let record = Record::Issue(issue);
            self.check_said(about, (&record, &text), part)?;
            if let Record::Issue(issue) = record {
                self.document.issues.0[about.at].1 = issue;
            }
        }
        let wider = self.others(about, &part.part_of)?;
        let known = self.document.issues.0[about.at].1.part_of.clone();
        let mut all: Vec<Str<'static>> = known.into_iter().collect();
        extend(&mut all, wider);
        if let [first, other, ..] = &all[..] {
            let message = format!("`{}` is part of `{first}`, and here of `{other}`", about.id);
            let column = part.column_of("part_of");
            return Err(self.at_odds(about, column.map(|column| column.slot), message));
        }
        self.document.issues.0[about.at].1.part_of = all.pop();
        Ok(())
    }

    pub(super) fn describe_source(&mut self, about: About<'_, '_>, part: &SourcePart) -> Got<()> {
        let (row, cell) = (about.row, about.mention.cell);
        let known = self.document.sources.0[about.at].1.clone();
        let mut source = known.clone();
        if part
            .title
            .column()
            .is_some_and(|column| column.slot != about.mention.slot)
        {
            let title = self.said_text(about, "title", &part.title)?;
            source.title = title.map_or(source.title, Str::from);
        }
        let publisher = self.said_text(about, "publisher", &part.publisher)?;
        source.publisher = publisher.map(Str::from).or(source.publisher);
        source.date = self.said_date(about, "date", &part.date)?.or(source.date);
        let url = self.said_text(about, "url", &part.url)?;
        source.url = url.map(Str::from).or(source.url);
        let reliability = self.said_word(about, "reliability", &part.reliability)?;
        source.reliability = reliability.or(source.reliability);
        let copy = self.said_text(about, "text", &part.text)?;
        let copy = copy.map(|copy| (self.text_name(about.id), copy));
        if let Some((file, _)) = &copy {
            source.text = Some(format!("{}/{file}", self.known.texts).into());
        }
        // The licence goes into the note, where every format keeps it.
        let licence = self.said_text(about, "licence", &part.licence)?;
        let licence = licence.map(|licence| format!("Licence: {licence}"));
        let note = self.said_text(about, "note", &part.note)?;
        let notes = [
            source.note.into_option().map(Str::into_owned),
            note,
            licence,
        ];
        let notes: Vec<String> = notes.into_iter().flatten().collect();
        source.note = Rare::of((!notes.is_empty()).then(|| notes.join("\n")));
        extend(&mut source.same_as, row.strings(&part.same_as, cell));
        extend(&mut source.tags, row.strings(&part.tags, cell));
        if source != known {
            let text = self.written(&source)?;
            let record = Record::Source(source);
            self.check_said(about, (&record, &text), part)?;
            if let Record::Source(source) = record {
                self.document.sources.0[about.at].1 = source;
            }
            self.texts.extend(copy);
        }
        let via = self.others(about, &part.via)?;
        extend_many(&mut self.document.sources.0[about.at].1.via, via);
        Ok(())
    }

    /// Adds the names, ids elsewhere and tags that a row gives an actor or an issue.
    fn said_names(
        &mut self,
        about: About<'_, '_>,
        part: &Calling<'_>,
        called: Called<'_>,
    ) -> Got<()> {
        let (row, cell) = (about.row, about.mention.cell);
        let said = self.said_name(about, part.name)?;
        let (name, other) = named(said, called.name, cell);
        if let Some(name) = name {
            *called.name = name.into();
        }
        let mut aliases = row.strings(part.aliases, cell);
        aliases.extend(other);
        let aliases = lacking(called.aliases, aliases);
        let own = self.own_names(about, aliases, called.name)?;
        called.aliases.extend(own);
        extend(called.same_as, row.strings(part.same_as, cell));
        extend(called.tags, row.strings(part.tags, cell));
        Ok(())
    }

    /// Returns the records of its kind that a row names beside one, but not that one itself.
    fn others(&mut self, about: About<'_, '_>, names: &Names) -> Got<Vec<Str<'static>>> {
        if names.all.is_empty() {
            return Ok(Vec::new());
        }
        let is_other = |named: &&Named| match named {
            Named::Of(column) => column.slot != about.mention.slot,
            Named::Id(..) => true,
        };
        let names = Names {
            all: names.all.iter().filter(is_other).cloned().collect(),
            place: names.place,
        };
        let mut ids = self.names(about.row, &names, about.mention.kind)?;
        ids.retain(|id| **id != **about.id);
        Ok(ids)
    }

    /// Returns the name that a row gives a record, other than the cell. Of a name made of the cell and others,
    /// there may be one: else it is of several records.
    fn said_name(&mut self, about: About<'_, '_>, template: &Template) -> Got<Option<String>> {
        let slot = about.mention.slot;
        let columns = template.pieces.iter().filter_map(|piece| match piece {
            Piece::Column(column) => Some(column.slot),
            _ => None,
        });
        let columns: Vec<usize> = columns.collect();
        if columns.iter().all(|column| *column == slot) {
            return Ok(None);
        }
        if columns.contains(&slot) || template.pieces.contains(&Piece::Cell) {
            return self.said_text(about, "name", template);
        }
        Ok(about.row.text(template, about.mention.cell))
    }

    /// Makes more names of a record known. One that is the name of another is reported.
    fn own_names(
        &mut self,
        about: About<'_, '_>,
        aliases: Vec<Str<'static>>,
        name: &str,
    ) -> Got<Vec<Str<'static>>> {
        let mut own = Vec::new();
        for alias in aliases {
            if folded(&alias) == folded(name) {
                self.register(about.mention.kind).name(&alias, about.id);
                continue;
            }
            let register = self.register(about.mention.kind);
            if let Some(other) = register.other(&alias, about.id) {
                let message = format!("`{alias}` is a name of `{other}` already");
                return Err(self.at_odds(about, None, message));
            }
            register.name(&alias, about.id);
            own.push(alias);
        }
        Ok(own)
    }

    /// Reports what is wrong with a record by itself, and forgets what the row says of it.
    fn check_said(
        &mut self,
        about: About<'_, '_>,
        record: (&Record<'_>, &str),
        part: &dyn Recorded,
    ) -> Got<()> {
        let checked = self.check_record(about.row, about.mention.kind, record, part);
        if checked.is_err()
            && let Some(said) = self.said.get_mut(about.id)
        {
            said.retain(|field| field.line != about.row.line.line);
        }
        checked
    }

    fn said_text(
        &mut self,
        about: About<'_, '_>,
        name: &'static str,
        template: &Template,
    ) -> Got<Option<String>> {
        let cells = Cells::of_template(about, template);
        let held = cells.held.clone();
        self.said(about, name, cells, |_| Ok(held))
    }

    fn said_date(
        &mut self,
        about: About<'_, '_>,
        name: &'static str,
        template: &Template,
    ) -> Got<Option<Date>> {
        let cells = Cells::of_template(about, template);
        self.said(about, name, cells, |import| {
            import.date(about.row, template, about.mention.cell)
        })
    }

    fn said_number(
        &mut self,
        about: About<'_, '_>,
        name: &'static str,
        number: &Number,
        range: Range,
    ) -> Got<Option<f64>> {
        let cells = Cells::of_number(about, number);
        self.said(about, name, cells, |import| {
            import.number(about.row, number, range)
        })
    }

    fn said_word<W: Clone + Debug>(
        &mut self,
        about: About<'_, '_>,
        name: &'static str,
        choice: &Choice<W>,
    ) -> Got<Option<W>> {
        let cells = Cells::of_word(about, choice);
        self.said(about, name, cells, |import| {
            import.choice(about.row, choice)
        })
    }

    fn said_scale(
        &mut self,
        about: About<'_, '_>,
        part: &ScalePart,
    ) -> Got<Option<Scale<'static>>> {
        let [from, to] = [&part.from, &part.to].map(|end| Cells::of_number(about, end));
        let held = from.held.zip(to.held);
        let cells = Cells {
            slot: from.slot.or(to.slot),
            held: held.map(|(from, to)| format!("{from} {to}")),
            is_of_name: false,
        };
        self.said(about, "scale", cells, |import| {
            let from = import.number(about.row, &part.from, Range::Any)?;
            let to = import.number(about.row, &part.to, Range::Any)?;
            Ok(from.zip(to).map(|(from, to)| Scale {
                from,
                to,
                marks: Marks::default(),
            }))
        })
    }

    /// Returns what cells say of a field that nothing is said of yet. What is said already, and otherwise, is
    /// reported.
    fn said<T: Debug>(
        &mut self,
        about: About<'_, '_>,
        name: &'static str,
        cells: Cells,
        read: impl FnOnce(&mut Self) -> Got<Option<T>>,
    ) -> Got<Option<T>> {
        let Some(held) = cells.held else {
            return Ok(None);
        };
        let known = self.said.get(about.id).into_iter().flatten();
        let known = known.clone().find(|field| field.name == name);
        let known = known.map(|field| (field.line, field.sums));
        // The words of another part may mean something else.
        let part = about.mention.part_of(about.row.map);
        let sum = sum_of((part, &held));
        if known.is_some_and(|(_, [cells, _])| cells == sum) {
            return Ok(None);
        }
        if known.is_some() && cells.is_of_name {
            return Ok(None);
        }
        let Some(value) = read(self)? else {
            return Ok(None);
        };
        let sums = [sum, sum_of(format!("{value:?}"))];
        let line = about.row.line.line;
        match known {
            None => {
                let said = self.said.entry(about.id.clone()).or_default();
                said.push(Field { name, line, sums });
                Ok(Some(value))
            }
            Some((_, [_, known])) if known == sums[1] => Ok(None),
            Some((first, _)) => {
                let of = match first {
                    0 => "in the map".to_owned(),
                    line => format!("in row {line}"),
                };
                let message = format!("`{}` has another `{name}` {of}", about.id);
                Err(self.at_odds(about, cells.slot, message))
            }
        }
    }

    /// Reports something that is said of a record in two ways.
    fn at_odds(&mut self, about: About<'_, '_>, slot: Option<usize>, message: String) -> Not {
        let help = "correct one of the two, or leave the field out of the map".to_owned();
        match about.declared {
            Some(place) => self.mistake_with(place, message, "said otherwise", help),
            None => {
                let slot = slot.unwrap_or(about.mention.slot);
                let _ = self.wrong(about.row, slot, &message, Some(help));
            }
        }
        Not::Reported
    }
}
