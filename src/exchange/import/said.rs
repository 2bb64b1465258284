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
        if mention.is_beside {
            return Ok(());
        }
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
        let (row, cell) = (about.row, about.mention.cell);
        let kind = match &part.kind {
            // One name may be in columns of two kinds: whoever speaks for itself, such as an expert.
            Choice::Always(kind) => {
                if self.document.actors.0[about.at].1.kind != *kind {
                    self.of_two_kinds.insert(about.id.clone());
                }
                None
            }
            choice => self.said_word(about, "kind", choice)?,
        };
        let role = self.said_text(about, "role", &part.role)?;
        let power = self.said_number(about, "power", &part.power, Range::Positive)?;
        let note = self.said_text(about, "note", &part.note)?;
        let name = self.said_name(about, &part.name)?;
        let known = &self.document.actors.0[about.at].1;
        let mut aliases = row.strings(&part.aliases, cell);
        let (name, other) = named(name, &known.name, cell);
        aliases.extend(other);
        let aliases = lacking(&known.aliases, aliases);
        let same_as = lacking(&known.same_as, row.strings(&part.same_as, cell));
        let tags = lacking(&known.tags, row.strings(&part.tags, cell));
        let has_lists = [&aliases, &same_as, &tags]
            .iter()
            .any(|list| !list.is_empty());
        let has_texts = [&role, &note, &name].iter().any(|text| text.is_some());
        if has_lists || has_texts || kind.is_some() || power.is_some() {
            let mut actor = known.clone();
            actor.name = name.map_or(actor.name, Str::from);
            actor.kind = kind.unwrap_or(actor.kind);
            actor.role = role.map(Str::from).or(actor.role);
            actor.power = power.or(actor.power);
            actor.note = note.map_or(actor.note, Rare::from);
            actor
                .aliases
                .extend(self.own_names(about, aliases, &actor.name)?);
            actor.same_as.extend(same_as);
            actor.tags.extend(tags);
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
        let speaks_for = lacking(actor.speaks_for.as_slice(), speaks_for);
        if !speaks_for.is_empty() {
            let known = actor.speaks_for.as_slice().iter().cloned();
            actor.speaks_for = OneOrMany::of(known.chain(speaks_for).collect());
        }
        let members = lacking(&actor.members, members);
        actor.members.extend(members);
        Ok(())
    }

    fn describe_issue(&mut self, about: About<'_, '_>, part: &IssuePart) -> Got<()> {
        let (row, cell) = (about.row, about.mention.cell);
        let question = self.said_text(about, "question", &part.question)?;
        let scale = self.said_scale(about, &part.scale)?;
        let status_quo = self.said_number(about, "status_quo", &part.status_quo, Range::Any)?;
        let outcome = self.said_number(about, "outcome", &part.outcome, Range::Any)?;
        let decided = self.said_date(about, "decided", &part.decided)?;
        let note = self.said_text(about, "note", &part.note)?;
        let name = self.said_name(about, &part.name)?;
        let known = &self.document.issues.0[about.at].1;
        let levels = part.levels.filter(|_| known.levels.is_none());
        let mut aliases = row.strings(&part.aliases, cell);
        let (name, other) = named(name, &known.name, cell);
        aliases.extend(other);
        let aliases = lacking(&known.aliases, aliases);
        let same_as = lacking(&known.same_as, row.strings(&part.same_as, cell));
        let tags = lacking(&known.tags, row.strings(&part.tags, cell));
        let has_lists = [&aliases, &same_as, &tags]
            .iter()
            .any(|list| !list.is_empty());
        let has_numbers = status_quo.is_some() || outcome.is_some() || levels.is_some();
        let has_texts = [&question, &note, &name].iter().any(|text| text.is_some());
        if has_lists || has_numbers || has_texts || decided.is_some() || scale.is_some() {
            let mut issue = known.clone();
            issue.name = name.map_or(issue.name, Str::from);
            issue.question = question.map(Str::from).or(issue.question);
            issue.scale = scale.or(issue.scale);
            issue.levels = levels.or(issue.levels);
            issue.status_quo = status_quo.or(issue.status_quo);
            issue.outcome = outcome.or(issue.outcome);
            issue.decided = decided.or(issue.decided);
            issue.note = note.map_or(issue.note, Rare::from);
            issue
                .aliases
                .extend(self.own_names(about, aliases, &issue.name)?);
            issue.same_as.extend(same_as);
            issue.tags.extend(tags);
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
        all.extend(lacking(&all, wider));
        if let [first, other, ..] = &all[..] {
            let message = format!("`{}` is part of `{first}`, and here of `{other}`", about.id);
            return Err(self.at_odds(about, part.column_of("part_of").map(|c| c.slot), message));
        }
        self.document.issues.0[about.at].1.part_of = all.pop();
        Ok(())
    }

    pub(super) fn describe_source(&mut self, about: About<'_, '_>, part: &SourcePart) -> Got<()> {
        let (row, cell) = (about.row, about.mention.cell);
        let title = match part.title.column() {
            Some(column) if column.slot != about.mention.slot => {
                self.said_text(about, "title", &part.title)?
            }
            _ => None,
        };
        let publisher = self.said_text(about, "publisher", &part.publisher)?;
        let date = self.said_date(about, "date", &part.date)?;
        let url = self.said_text(about, "url", &part.url)?;
        let reliability = self.said_word(about, "reliability", &part.reliability)?;
        let copy = self.said_text(about, "text", &part.text)?;
        let licence = self.said_text(about, "licence", &part.licence)?;
        let note = self.said_text(about, "note", &part.note)?;
        let known = &self.document.sources.0[about.at].1;
        let same_as = lacking(&known.same_as, row.strings(&part.same_as, cell));
        let tags = lacking(&known.tags, row.strings(&part.tags, cell));
        let title = title.filter(|title| *title != known.title);
        let has_texts = [&publisher, &url, &copy, &licence, &note, &title]
            .iter()
            .any(|text| text.is_some());
        let has_lists = !same_as.is_empty() || !tags.is_empty();
        if has_texts || has_lists || date.is_some() || reliability.is_some() {
            let mut source = known.clone();
            source.title = title.map_or(source.title, Str::from);
            source.publisher = publisher.map(Str::from).or(source.publisher);
            source.date = date.or(source.date);
            source.url = url.map(Str::from).or(source.url);
            source.reliability = reliability.or(source.reliability);
            // The licence goes into the note, where every format keeps it.
            let licence = licence.map(|licence| format!("Licence: {licence}"));
            let notes = [source.note.as_deref().map(str::to_owned), note, licence];
            let notes: Vec<String> = notes.into_iter().flatten().collect();
            source.note = Rare::of((!notes.is_empty()).then(|| notes.join("\n")));
            source.same_as.extend(same_as);
            source.tags.extend(tags);
            let copy = copy.map(|copy| (self.text_name(about.id), copy));
            if let Some((file, _)) = &copy {
                source.text = Some(format!("{}/{file}", self.known.texts).into());
            }
            let text = self.written(&source)?;
            let record = Record::Source(source);
            self.check_said(about, (&record, &text), part)?;
            if let Record::Source(source) = record {
                self.document.sources.0[about.at].1 = source;
            }
            self.texts.extend(copy);
        }
        let via = self.others(about, &part.via)?;
        let source = &mut self.document.sources.0[about.at].1;
        let via = lacking(source.via.as_slice(), via);
        if !via.is_empty() {
            let known = source.via.as_slice().iter().cloned();
            source.via = OneOrMany::of(known.chain(via).collect());
        }
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
