//! Edits of ids, in all texts of a graph: another id, no such id any more.

use std::collections::BTreeMap;

use crate::edit::part::{self, In};
use crate::edit::quote::quoted;
use crate::edit::records::{readable, take_all_out};
use crate::edit::splice::{Refusal, Splice};
use crate::edit::written::{Mention, Written, ids, mentions};
use crate::model::{Holds, RecordKind};
use crate::syntax::Value;
use crate::text::{Place, Text};

/// Gives a record another id, wherever it is mentioned.
///
/// # Errors
/// When there is no such id, or the new one can't be had.
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
        .help(format!("if the two are one, `demarche merge {old} {new}`")));
    }
    Ok(found
        .iter()
        .map(|mention| Splice {
            place: mention.place,
            text: quoted(new),
        })
        .collect())
}

/// Says why a word can't be an id.
///
/// # Errors
/// When it can't.
pub fn check_id(id: &str) -> Result<(), Refusal> {
    if !id.is_empty()
        && id
            .chars()
            .all(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | '.' | ':'))
    {
        return Ok(());
    }
    Err(Refusal::new(format!("`{id}` is no id"))
        .help("ids are letters, digits, `-`, `_`, `.` and `:`"))
}

/// Whether a record of this kind can't be without this field.
fn is_required(kind: RecordKind, field: &str) -> bool {
    matches!(
        (kind, field),
        (RecordKind::Stance, "actor" | "issue") | (RecordKind::Tie, "from" | "to")
    )
}

/// Mentions of an id by the record they stand in, the declaration left out.
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

/// Takes a record out, and every reference to it: from lists the item, else the field, and the stances and ties that can't be
/// without it. Gives the records that go with it, too.
///
/// # Errors
/// When a file can't be read.
pub fn remove_with_references(
    texts: &[Text],
    record: &Written,
) -> Result<(Vec<Splice>, Vec<Written>), Refusal> {
    let Some(id) = &record.id else {
        return Ok((
            take_all_out(texts, std::slice::from_ref(record))?,
            Vec::new(),
        ));
    };
    let (mut gone, mut splices) = (Vec::new(), Vec::new());
    for (holder, _) in by_record(mentions(texts, id)) {
        if holder == *record {
            continue;
        }
        let within = In::of(texts, holder.place.file);
        let tape = readable(within, &holder)?;
        let mut drops = Vec::new();
        match drop_references(within, tape.value(), holder.kind, id, &mut drops) {
            Whole::Stays => splices.extend(drops),
            Whole::Goes => gone.push(holder),
        }
    }
    splices.extend(take_all_out(texts, &gone)?);
    splices.extend(take_all_out(texts, std::slice::from_ref(record))?);
    Ok((splices, gone))
}

/// Whether a record can be without what is taken out of it.
#[derive(PartialEq)]
enum Whole {
    Stays,
    Goes,
}

fn drop_references(
    within: In<'_>,
    record: Value<'_>,
    kind: RecordKind,
    id: &str,
    drops: &mut Vec<Splice>,
) -> Whole {
    let is_it = |value: &Value<'_>| value.string().is_some_and(|string| string == id);
    for (nth, part) in record.parts().enumerate() {
        let Some(field) = part.name().and_then(|name| kind.field(&name)) else {
            continue;
        };
        match field.holds {
            Holds::Records(inner) => {
                for record in part.parts() {
                    drop_references(within, record, inner, id, drops);
                }
            }
            Holds::Id(_) | Holds::Ids(_) | Holds::IdOrIds(_) => {
                let items = ids(part);
                let dropped = items.iter().filter(|item| is_it(item)).count();
                if dropped == 0 {
                    continue;
                }
                if dropped < items.len() {
                    let list = part.unwrapped();
                    drops.extend(
                        (0..items.len())
                            .filter(|nth| is_it(&items[*nth]))
                            .filter_map(|nth| part::remove(within, list, nth)),
                    );
                } else if is_required(kind, field.name) {
                    return Whole::Goes;
                } else {
                    drops.extend(part::remove(within, record, nth));
                }
            }
            _ => {}
        }
    }
    Whole::Stays
}
