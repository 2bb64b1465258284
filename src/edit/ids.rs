//! Edits of ids in all texts of a graph: renaming and removing.

use std::collections::BTreeMap;

use crate::edit::grown::texts_of;
use crate::edit::part::{self, Group, In};
use crate::edit::quote::quoted;
use crate::edit::records::{held, readable, take_out};
use crate::edit::splice::{Refusal, Splice};
use crate::edit::written::{Mention, Written, ids, mentions};
use crate::model::{Field, Holds, RecordKind};
use crate::syntax::Value;
use crate::text::{Place, Text};
use crate::words::{counted, listed};

/// Renames a record's id wherever it is mentioned.
///
/// # Errors
/// Fails if no record has the old id, or the new one is invalid or taken.
pub fn rename(texts: &[Text], old: &str, new: &str) -> Result<Vec<Splice>, Refusal> {
    check_id(new)?;
    let found = mentions(texts, old);
    if !found.iter().any(|mention| mention.field.is_none()) {
        return Err(Refusal::new(format!("there is no record `{old}`")));
    }
    if let Some(taken) = mentions(texts, new)
        .iter()
        .find(|mention| mention.field.is_none())
    {
        let message = format!(
            "`{new}` is already the id of another {}",
            taken.record.kind.noun()
        );
        return Err(Refusal {
            places: vec![taken.record.place],
            ..Refusal::new(message)
        }
        .help(format!(
            "if they are the same, `demarche merge {old} {new}`"
        )));
    }
    Ok(found
        .iter()
        .map(|mention| Splice {
            place: mention.place,
            text: quoted(new),
        })
        .collect())
}

/// Checks that a word can be an id.
///
/// # Errors
/// Fails if it can't, and says which characters an id may have.
pub fn check_id(id: &str) -> Result<(), Refusal> {
    if !id.is_empty()
        && id
            .chars()
            .all(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | '.' | ':'))
    {
        return Ok(());
    }
    Err(Refusal::new(format!("`{id}` is not an id"))
        .help("ids are letters, digits, `-`, `_`, `.` and `:`"))
}

/// Decides whether a record can lose a field. It goes along with the field if it would otherwise
/// say something else: a statement without `said_by` would be the actor's own, one without `toward`
/// would be addressed to everybody, a claim without `withdrawn_in` would count, a tie without `over` would be about everything, and a record
/// without a date of its own has that of its source.
fn can_be_without(text: &str, kind: RecordKind, field: &str, record: Value<'_>) -> Whole {
    let has = |name: &str| record.field(name).is_some();
    let is_held = || {
        let status = record.field("status").map(Value::unwrapped);
        status.is_some_and(|status| &text[status.span().range()] == "Held")
    };
    let goes = match (kind, field) {
        (RecordKind::Stance, "actor" | "issue" | "toward") => true,
        (RecordKind::Tie, "from" | "to" | "over") => true,
        (_, "said_by") => true,
        // What was wrong would be true again.
        (RecordKind::Stance | RecordKind::Tie | RecordKind::Earlier, "withdrawn_in") => true,
        (RecordKind::Meeting | RecordKind::Fact, "withdrawn_in") => true,
        (RecordKind::Stance | RecordKind::Fact, "source") => !has("date"),
        (RecordKind::Meeting | RecordKind::Earlier, "source") => {
            !(has("on") || has("date") && is_held())
        }
        _ => false,
    };
    if goes { Whole::Goes } else { Whole::Stays }
}

/// Groups mentions of an id by the record they are in, leaving out the declaration.
pub(super) fn by_record(mentions: Vec<Mention>) -> Vec<(Written, Vec<Mention>)> {
    let mut found: BTreeMap<Place, (Written, Vec<Mention>)> = BTreeMap::new();
    for mention in mentions
        .into_iter()
        .filter(|mention| mention.field.is_some())
    {
        found
            .entry(mention.record.place)
            .or_insert_with(|| (mention.record.clone(), Vec::new()))
            .1
            .push(mention);
    }
    found.into_values().collect()
}

/// The effects of removing a record.
#[derive(Debug, Default)]
pub struct Removed {
    /// The replacements that carry the removal out.
    pub splices: Vec<Splice>,
    /// The stances and ties that go with it.
    pub gone: Vec<Written>,
    /// Records that stay, with a note about each.
    pub changed: Vec<(Place, String)>,
}

/// Removes a record and every reference to it: the item from a list, else the field. A stance or
/// tie that can't be without it, or would say something else, is removed too. A source that repeats
/// it then repeats what the removed source repeated.
///
/// # Errors
/// Fails if a file can't be read, or if a record that others may refer to would say something else.
pub fn remove_with_references(texts: &[Text], record: &Written) -> Result<Removed, Refusal> {
    let mut removed = Removed::default();
    if let Some(id) = &record.id {
        let mut against = Vec::new();
        let mut repeats = Vec::new();
        let roots = held(texts, record, "via")?;
        for (holder, mentions) in by_record(mentions(texts, id)) {
            if holder == *record {
                continue;
            }
            let within = In::of(texts, holder.place.file);
            let tape = readable(within, &holder)?;
            let via = |mention: &Mention| mention.field.is_some_and(|field| field.name == "via");
            if mentions.iter().any(via) {
                repeats.push(holder.place);
            }
            let mut drops = Vec::new();
            match drop_references(within, tape.value(), holder.kind, id, &roots, &mut drops) {
                Whole::Goes if holder.kind.has_id() => against.push(holder.place),
                Whole::Goes => removed.gone.push(holder),
                Whole::Stays => {
                    removed.splices.extend(drops);
                    let notes = notes(within.text, tape.value(), holder.kind, id, &roots);
                    removed
                        .changed
                        .extend(notes.into_iter().map(|note| (holder.place, note)));
                }
            }
        }
        refuse(id, against, &roots, repeats)?;
    }
    removed.splices.extend(take_out(texts, &removed.gone)?);
    removed
        .splices
        .extend(take_out(texts, std::slice::from_ref(record))?);
    Ok(removed)
}

/// Refuses an edit after which records would say something else.
fn refuse(
    id: &str,
    against: Vec<Place>,
    roots: &[String],
    repeats: Vec<Place>,
) -> Result<(), Refusal> {
    if !against.is_empty() {
        let records = counted(against.len(), "record");
        return Err(Refusal {
            places: against,
            ..Refusal::new(format!("without `{id}`, {records} would say something else"))
        }
        .help("first change or remove what is shown: it takes its date from this source, or rests on this actor's word"));
    }
    if roots.is_empty() && repeats.len() > 1 {
        let sources = counted(repeats.len(), "source");
        return Err(Refusal {
            places: repeats,
            ..Refusal::new(format!(
                "without `{id}`, {sources} that repeat it would count as independent of each other"
            ))
        }
        .help("`demarche merge` merges it with another source; or change their `via` first"));
    }
    Ok(())
}

/// Returns notes about a record that stays but loses its references to an id.
fn notes(
    text: &str,
    record: Value<'_>,
    kind: RecordKind,
    id: &str,
    roots: &[String],
) -> Vec<String> {
    let left = |field: &str| {
        let texts = texts_of(record, field);
        let left = texts.iter().filter(|text| *text != id).count();
        (left < texts.len()).then_some(left)
    };
    let mut notes = Vec::new();
    if left("via").is_some() && !roots.is_empty() {
        let roots = listed(roots.iter().map(String::as_str));
        notes.push(format!(
            "this source now repeats {roots}, which `{id}` repeated"
        ));
    }
    if left("source").is_some_and(|left| left > 0)
        && can_be_without(text, kind, "source", record) == Whole::Goes
    {
        notes.push(format!(
            "this {} now has its date from its other sources",
            kind.noun()
        ));
    }
    match left("participants") {
        Some(0) => notes.push("this meeting now has no participant".to_owned()),
        Some(1) => notes.push("this meeting now has one participant".to_owned()),
        _ => {}
    }
    notes
}

/// Whether a record survives the loss of its references.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Whole {
    Stays,
    Goes,
}

fn drop_references(
    within: In<'_>,
    record: Value<'_>,
    kind: RecordKind,
    id: &str,
    roots: &[String],
    drops: &mut Vec<Splice>,
) -> Whole {
    let is_it = |value: &Value<'_>| value.string().is_some_and(|string| string == id);
    let mut empty = Vec::new();
    for (nth, part) in record.parts().enumerate() {
        let Some(field) = part.name().and_then(|name| kind.field(&name)) else {
            continue;
        };
        match field.holds {
            Holds::Records(inner) => {
                for record in part.parts() {
                    if drop_references(within, record, inner, id, roots, drops) == Whole::Goes {
                        return Whole::Goes;
                    }
                }
            }
            Holds::Id(_) | Holds::Ids(_) | Holds::IdOrIds(_) => {
                let items = ids(part);
                let dropped = items.iter().filter(|item| is_it(item)).count();
                if dropped == 0 {
                    continue;
                }
                if let Some(via) = passed_on(record, field, id, roots) {
                    let span = part.span().range();
                    drops.push(Splice::new(within.file, span.start, span.end, via));
                } else if dropped < items.len() {
                    let gone = (0..items.len()).filter(|nth| is_it(&items[*nth]));
                    let list = Group::of(part);
                    let gone =
                        list.map(|list| part::remove_all(within, &list, &gone.collect::<Vec<_>>()));
                    drops.extend(gone.into_iter().flatten());
                } else if can_be_without(within.text, kind, field.name, record) == Whole::Goes {
                    return Whole::Goes;
                } else {
                    empty.push(nth);
                }
            }
            _ => {}
        }
    }
    if let Some(fields) = Group::of(record) {
        drops.extend(part::remove_all(within, &fields, &empty));
    }
    Whole::Stays
}

/// Returns what a source repeats once a source that it repeated is gone: what that one repeated, in
/// its place. `None` if there is nothing to repeat.
fn passed_on(record: Value<'_>, field: Field, id: &str, roots: &[String]) -> Option<String> {
    if field.name != "via" {
        return None;
    }
    let mut left: Vec<String> = Vec::new();
    for source in texts_of(record, "via") {
        let passed = if source == id { roots } else { &[source][..] };
        let new: Vec<String> = passed
            .iter()
            .filter(|source| !left.contains(source))
            .cloned()
            .collect();
        left.extend(new);
    }
    match left
        .iter()
        .map(|source| quoted(source))
        .collect::<Vec<_>>()
        .as_slice()
    {
        _ if roots.is_empty() => None,
        [one] => Some(one.clone()),
        several => Some(format!("[{}]", several.join(", "))),
    }
}
