//! The actors, issues and sources that cells name.

use std::rc::Rc;

use crate::exchange::import::named::Mention;
use crate::exchange::import::row::Row;
use crate::exchange::import::{Got, Import, Not};
use crate::model::{Actor, Issue, RecordKind, Source, Str};
use crate::words::folded;

impl Import<'_> {
    /// Notes that a record is made, the nth of its kind.
    pub(super) fn place(&mut self, id: &str, kind: RecordKind, nth: usize) -> Rc<str> {
        let id: Rc<str> = id.into();
        self.places.insert(id.clone(), (kind, nth));
        id
    }

    /// Makes an actor with its name and kind. What else is known of it is said by
    /// [`describe`](Import::describe).
    pub(super) fn new_actor(
        &mut self,
        row: &Row<'_>,
        mention: Mention<'_>,
        id: &str,
        name: &str,
    ) -> Got<Rc<str>> {
        let Some(part) = row.map.actors.get(mention.nth) else {
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
            aliases: alias(id, name, mention.cell),
            ..Actor::default()
        };
        let nth = self.document.actors.0.len();
        self.document.actors.0.push((id.to_owned().into(), actor));
        Ok(self.place(id, RecordKind::Actor, nth))
    }

    /// Makes an issue with its name.
    pub(super) fn new_issue(&mut self, mention: Mention<'_>, id: &str, name: &str) -> Rc<str> {
        let issue = Issue {
            name: name.to_owned().into(),
            aliases: alias(id, name, mention.cell),
            ..Issue::default()
        };
        let nth = self.document.issues.0.len();
        self.document.issues.0.push((id.to_owned().into(), issue));
        self.place(id, RecordKind::Issue, nth)
    }

    /// Makes a source with its title.
    pub(super) fn new_source(&mut self, id: &str, title: &str) -> Rc<str> {
        let source = Source {
            title: title.to_owned().into(),
            ..Source::default()
        };
        let nth = self.document.sources.0.len();
        self.document.sources.0.push((id.to_owned().into(), source));
        let place = self.place(id, RecordKind::Source, nth);
        self.sources.name(title, &place);
        place
    }

    /// Returns the name of the file for the text of a source: another one for each, on every system.
    pub(super) fn text_name(&mut self, id: &Rc<str>) -> String {
        if let Some(known) = self.text_names.get(id) {
            return known.clone();
        }
        let base = id.replace(':', "_");
        let base = match DEVICES.contains(&base.to_lowercase().as_str()) {
            true => format!("{base}_"),
            false => base,
        };
        let numbered = (2..).map(|nth| format!("{base}-{nth}.txt"));
        let mut names = std::iter::once(format!("{base}.txt")).chain(numbered);
        // There is always one more number.
        let name = names.find(|name| self.text_files.insert(name.to_lowercase()));
        let name = name.unwrap_or_default();
        self.text_names.insert(id.clone(), name.clone());
        name
    }
}

/// Names that some systems keep for devices.
const DEVICES: [&str; 4] = ["con", "prn", "aux", "nul"];

/// Returns the cell that names a record as another name of it, if it is one.
fn alias(id: &str, name: &str, cell: &str) -> Vec<Str<'static>> {
    let is_another = folded(cell) != folded(name) && !id.contains(cell);
    let alias = is_another.then(|| cell.to_owned().into());
    alias.into_iter().collect()
}
