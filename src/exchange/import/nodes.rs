//! The actors, issues and sources that cells name.

use std::rc::Rc;

use crate::exchange::import::row::Row;
use crate::exchange::import::value::Range;
use crate::exchange::import::{Got, Import, Not};
use crate::exchange::map::{IssuePart, SourcePart, Template};
use crate::model::{Actor, Issue, Marks, Record, RecordKind, Scale, Source, Str};
use crate::syntax::{OneOrMany, Rare};
use crate::words::folded;

impl Import<'_> {
    /// Notes that a record is made, the nth of its kind.
    pub(super) fn place(&mut self, id: &str, kind: RecordKind, nth: usize) -> Rc<str> {
        let id: Rc<str> = id.into();
        self.places.insert(id.clone(), (kind, nth));
        id
    }

    pub(super) fn new_actor(
        &mut self,
        row: &Row<'_>,
        nth: usize,
        id: &str,
        name: &str,
        cell: &str,
    ) -> Got<Rc<str>> {
        let Some(part) = row.map.actors.get(nth) else {
            return Err(Not::Reported);
        };
        let Some(kind) = self.choice(row, &part.kind)? else {
            let label = "add `kind: Organization`";
            self.mistake(part.span, "an actor has a `kind`", label);
            return Err(Not::Reported);
        };
        let actor = Actor {
            name: name.to_owned().into(),
            kind,
            aliases: aliases(row, &part.aliases, id, name, cell),
            role: row.string(&part.role, cell),
            speaks_for: OneOrMany::default(),
            members: Vec::new(),
            power: self.number(row, &part.power, Range::Positive)?,
            same_as: row.strings(&part.same_as, cell),
            note: row.rare(&part.note, cell),
            tags: row.strings(&part.tags, cell),
        };
        let text = self.written(&actor)?;
        let record = Record::Actor(actor);
        self.check_record(row, RecordKind::Actor, (&record, &text), part)?;
        let Record::Actor(actor) = record else {
            return Err(Not::Reported);
        };
        let nth = self.document.actors.0.len();
        let place = self.place(id, RecordKind::Actor, nth);
        self.document.actors.0.push((id.to_owned().into(), actor));
        self.actors.name(cell, &place);
        let speaks_for = self.names(row, &part.speaks_for, RecordKind::Actor)?;
        let members = self.names(row, &part.members, RecordKind::Actor)?;
        if let Some((_, actor)) = self.document.actors.0.get_mut(nth) {
            actor.speaks_for = OneOrMany::of(speaks_for);
            actor.members = members;
        }
        Ok(place)
    }

    pub(super) fn new_issue(
        &mut self,
        row: &Row<'_>,
        nth: usize,
        id: &str,
        name: &str,
        cell: &str,
    ) -> Got<Rc<str>> {
        let none = IssuePart::default();
        let part = row.map.issues.get(nth).unwrap_or(&none);
        let from = self.number(row, &part.scale.from, Range::Any)?;
        let to = self.number(row, &part.scale.to, Range::Any)?;
        let scale = from.zip(to).map(|(from, to)| Scale {
            from,
            to,
            marks: Marks::default(),
        });
        let issue = Issue {
            name: name.to_owned().into(),
            question: row.string(&part.question, cell),
            aliases: aliases(row, &part.aliases, id, name, cell),
            part_of: None,
            levels: part.levels,
            status_quo: self.number(row, &part.status_quo, Range::Any)?,
            outcome: self.number(row, &part.outcome, Range::Any)?,
            scale,
            decided: self.date(row, &part.decided, cell)?,
            same_as: row.strings(&part.same_as, cell),
            note: row.rare(&part.note, cell),
            tags: row.strings(&part.tags, cell),
        };
        let text = self.written(&issue)?;
        let record = Record::Issue(issue);
        self.check_record(row, RecordKind::Issue, (&record, &text), part)?;
        let Record::Issue(issue) = record else {
            return Err(Not::Reported);
        };
        let nth = self.document.issues.0.len();
        let place = self.place(id, RecordKind::Issue, nth);
        self.document.issues.0.push((id.to_owned().into(), issue));
        self.issues.name(cell, &place);
        let part_of = self.name(row, &part.part_of, (RecordKind::Issue, "part_of"))?;
        if let Some((_, issue)) = self.document.issues.0.get_mut(nth) {
            issue.part_of = part_of;
        }
        Ok(place)
    }

    pub(super) fn new_source(
        &mut self,
        row: &Row<'_>,
        part: Option<&SourcePart>,
        id: &str,
    ) -> Got<Rc<str>> {
        let none = SourcePart::default();
        let part = part.unwrap_or(&none);
        let title = row.text(&part.title, id).unwrap_or_else(|| id.to_owned());
        let reliability = self.choice(row, &part.reliability)?;
        let date = self.date(row, &part.date, id)?;
        let source = Source {
            title: title.clone().into(),
            publisher: row.string(&part.publisher, id),
            date,
            url: row.string(&part.url, id),
            via: OneOrMany::default(),
            reliability,
            text: self.copy(row, part, id),
            withdrawn_in: Rare::default(),
            same_as: row.strings(&part.same_as, id),
            note: note(row, part, id),
            tags: row.strings(&part.tags, id),
        };
        let written = self.written(&source)?;
        let record = Record::Source(source);
        self.check_record(row, RecordKind::Source, (&record, &written), part)?;
        let Record::Source(source) = record else {
            return Err(Not::Reported);
        };
        let nth = self.document.sources.0.len();
        let place = self.place(id, RecordKind::Source, nth);
        self.document.sources.0.push((id.to_owned().into(), source));
        self.sources.name(&title, &place);
        self.sources.name(id, &place);
        self.sources.remember(super::named::NO_PART, id, &place);
        let via = self.names(row, &part.via, RecordKind::Source)?;
        if let Some((_, source)) = self.document.sources.0.get_mut(nth) {
            source.via = OneOrMany::of(via);
        }
        Ok(place)
    }

    /// Keeps the text of a source, if the row has it, and returns the path of the file it goes into.
    fn copy(&mut self, row: &Row<'_>, part: &SourcePart, id: &str) -> Option<Str<'static>> {
        let text = row.text(&part.text, id)?;
        let name = text_name(id);
        let path = format!("{}/{name}", self.known.texts);
        self.texts.push((name, text));
        Some(path.into())
    }
}

/// Returns the name of the file for the text of a source.
pub(super) fn text_name(id: &str) -> String {
    format!("{}.txt", id.replace(':', "_"))
}

/// Returns the other names of a record: those that the map has, and the cell itself.
fn aliases(
    row: &Row<'_>,
    templates: &[Template],
    id: &str,
    name: &str,
    cell: &str,
) -> Vec<Str<'static>> {
    let mut aliases = row.strings(templates, cell);
    let is_another = folded(cell) != folded(name) && !id.contains(cell);
    if is_another && !aliases.iter().any(|alias| alias == cell) {
        aliases.push(cell.to_owned().into());
    }
    aliases
}

/// Returns the note of a source. It holds the licence too, where every format keeps it.
fn note(row: &Row<'_>, part: &SourcePart, id: &str) -> Rare<'static> {
    let licence = row.text(&part.licence, id);
    let notes = [
        row.text(&part.note, id),
        licence.map(|licence| format!("Licence: {licence}")),
    ];
    let notes: Vec<String> = notes.into_iter().flatten().collect();
    Rare::of((!notes.is_empty()).then(|| notes.join("\n")))
}
