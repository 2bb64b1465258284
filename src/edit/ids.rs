//! Edits of ids, in all texts of a graph: another id, no such id any more, two ids become one.

use std::collections::BTreeMap;

use crate::edit::part::{self, In};
use crate::edit::quote::quoted;
use crate::edit::records::{laid_out_again, readable, set_in, take_all_out};
use crate::edit::splice::{Refusal, Splice};
use crate::edit::written::{Mention, Written, ids, mentions};
use crate::model::{Holds, RecordKind};
use crate::near::folded;
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
    if let Some(taken) = mentions(texts, new).iter().find(|mention| mention.field.is_none()) {
        let message = format!("`{new}` is already the id of another {}", taken.record.kind.noun());
        return Err(Refusal { places: vec![taken.record.place], ..Refusal::new(message) }
            .help(format!("if the two are one, `demarche merge {old} {new}`")));
    }
    Ok(found.iter().map(|mention| Splice { place: mention.place, text: quoted(new) }).collect())
}

/// Says why a word can't be an id.
///
/// # Errors
/// When it can't.
pub fn check_id(id: &str) -> Result<(), Refusal> {
    if !id.is_empty() && id.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | '.' | ':')) {
        return Ok(());
    }
    Err(Refusal::new(format!("`{id}` is no id")).help("ids are letters, digits, `-`, `_`, `.` and `:`"))
}

fn within(texts: &[Text], place: Place) -> In<'_> {
    In { text: texts.get(place.file.0 as usize).map_or("", |text| text.text.as_str()), file: place.file }
}

/// Whether a record of this kind can't be without this field.
fn is_required(kind: RecordKind, field: &str) -> bool {
    matches!((kind, field), (RecordKind::Stance, "actor" | "issue") | (RecordKind::Tie, "from" | "to"))
}

/// Mentions of an id by the record they stand in, the declaration left out.
fn by_record(mentions: Vec<Mention>) -> Vec<(Written, Vec<Mention>)> {
    let mut found: BTreeMap<Place, (Written, Vec<Mention>)> = BTreeMap::new();
    for mention in mentions.into_iter().filter(|mention| mention.field.is_some()) {
        found.entry(mention.record.place).or_insert_with(|| (mention.record.clone(), Vec::new())).1.push(mention);
    }
    found.into_values().collect()
}

/// Takes a record out, and every reference to it: from lists the item, else the field, and the stances and ties that can't be
/// without it. Gives the records that go with it, too.
///
/// # Errors
/// When a file can't be read.
pub fn remove_with_references(texts: &[Text], record: &Written) -> Result<(Vec<Splice>, Vec<Written>), Refusal> {
    let Some(id) = &record.id else { return Ok((take_all_out(texts, std::slice::from_ref(record))?, Vec::new())) };
    let (mut gone, mut splices) = (Vec::new(), Vec::new());
    for (holder, _) in by_record(mentions(texts, id)) {
        if holder == *record {
            continue;
        }
        let within = within(texts, holder.place);
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

fn drop_references(within: In<'_>, record: Value<'_>, kind: RecordKind, id: &str, drops: &mut Vec<Splice>) -> Whole {
    let is_it = |value: &Value<'_>| value.string().is_some_and(|string| string == id);
    for (nth, part) in record.parts().enumerate() {
        let Some(field) = part.name().and_then(|name| kind.field(&name)) else { continue };
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
                        (0..items.len()).filter(|nth| is_it(&items[*nth])).filter_map(|nth| part::remove(within, list, nth)),
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

/// What a merge makes of two records.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Merged {
    /// The changes.
    pub splices: Vec<Splice>,
    /// What the duplicate said and the other record says otherwise: fields with their values, as written.
    pub dropped: Vec<(String, String)>,
}

/// Makes two records one: references to the duplicate are moved to the other, its names become aliases, what only it says is
/// taken over, its lists are joined.
///
/// # Errors
/// When one of them is not there, or they are of different kinds.
pub fn merge(texts: &[Text], duplicate: &str, into: &str) -> Result<Merged, Refusal> {
    let found = mentions(texts, duplicate);
    let declared = |id: &str, found: &[Mention]| {
        let declaration = found.iter().find(|mention| mention.field.is_none()).map(|mention| mention.record.clone());
        declaration.ok_or_else(|| Refusal::new(format!("there is no record `{id}`")))
    };
    let (old, new) = (declared(duplicate, &found)?, declared(into, &mentions(texts, into))?);
    if old.kind != new.kind || duplicate == into {
        let what = if duplicate == into {
            "the same record".to_owned()
        } else {
            format!("{} and {}", old.kind.a_noun(), new.kind.a_noun())
        };
        return Err(Refusal {
            places: vec![old.place, new.place],
            ..Refusal::new(format!("`{duplicate}` and `{into}` are {what}"))
        });
    }
    let mut merged = Merged::default();
    for (holder, mentions) in by_record(found) {
        if holder == old || holder == new {
            continue;
        }
        merged.splices.extend(moved(texts, &holder, &mentions, into)?);
    }
    absorb(texts, &old, &new, &mut merged)?;
    merged.splices.extend(take_all_out(texts, std::slice::from_ref(&old))?);
    Ok(merged)
}

/// The references of a record to one id, made references to another; a list names no id twice.
fn moved(texts: &[Text], holder: &Written, mentions: &[Mention], into: &str) -> Result<Vec<Splice>, Refusal> {
    let within = within(texts, holder.place);
    let tape = readable(within, holder)?;
    let mut lists: Vec<Value<'_>> = Vec::new();
    collect_lists(tape.value(), holder.kind, &mut lists);
    let mut splices = Vec::new();
    for mention in mentions {
        let doubled = lists.iter().find_map(|list| {
            let items = ids(*list);
            let nth = items.iter().position(|item| item.span() == mention.place.span)?;
            let first = items.iter().take(nth).any(|item| mentions.iter().any(|other| other.place.span == item.span()));
            let there = items.iter().any(|item| item.string().is_some_and(|string| string == into));
            (there || first).then(|| part::remove(within, *list, nth)).flatten()
        });
        splices.push(doubled.unwrap_or_else(|| Splice { place: mention.place, text: quoted(into) }));
    }
    Ok(splices)
}

fn collect_lists<'a>(record: Value<'a>, kind: RecordKind, lists: &mut Vec<Value<'a>>) {
    for part in record.parts() {
        match part.name().and_then(|name| kind.field(&name)).map(|field| field.holds) {
            Some(Holds::Records(inner)) => part.parts().for_each(|record| collect_lists(record, inner, lists)),
            Some(Holds::Ids(_) | Holds::IdOrIds(_)) if part.unwrapped().string().is_none() => lists.push(part.unwrapped()),
            _ => {}
        }
    }
}

/// Takes over into a record what another says.
fn absorb(texts: &[Text], old: &Written, new: &Written, merged: &mut Merged) -> Result<(), Refusal> {
    let (from, to) = (within(texts, old.place), within(texts, new.place));
    let (old_tape, new_tape) = (readable(from, old)?, readable(to, new)?);
    let (old_value, new_value) = (old_tape.value().unwrapped(), new_tape.value().unwrapped());
    let (old_id, new_id) = (old.id.as_deref().unwrap_or_default(), new.id.as_deref().unwrap_or_default());
    let written = |within: In<'_>, value: Value<'_>| within.text[value.span().range()].to_owned();
    let mut splices = Vec::new();
    let names: Vec<String> = ["name", "aliases"]
        .iter()
        .filter_map(|field| old_value.field(field))
        .flat_map(|value| ids(value).into_iter().filter_map(|name| name.string().map(Into::into)))
        .collect();
    for field in new.kind.fields() {
        let has_aliases = new.kind.field("aliases").is_some();
        let (theirs, ours) = (old_value.field(field.name), new_value.field(field.name));
        let is_list = matches!(field.holds, Holds::Texts | Holds::Ids(_) | Holds::IdOrIds(_));
        if is_list {
            let own: Vec<String> = ours.map(texts_of).unwrap_or_default();
            let added: Vec<String> =
                if field.name == "aliases" { names.clone() } else { theirs.map(texts_of).unwrap_or_default() };
            let called = |name: &str| {
                let name = folded(name);
                own.iter().any(|own| folded(own) == name)
                    || (field.name == "aliases"
                        && new_value.field("name").is_some_and(|own| texts_of(own).iter().any(|own| folded(own) == name)))
            };
            let mut all: Vec<String> = own.iter().filter(|id| *id != old_id).cloned().collect();
            for name in added.iter().filter(|name| !called(name) && *name != new_id && *name != old_id) {
                if !all.contains(name) {
                    all.push(name.clone());
                }
            }
            if all != own && !all.is_empty() {
                let list: Vec<String> = all.iter().map(|text| quoted(text)).collect();
                let one = matches!(field.holds, Holds::IdOrIds(_)) && list.len() == 1;
                let value = if one { list[0].clone() } else { format!("[{}]", list.join(", ")) };
                splices.extend(set_in(to, new_value, new.kind, field, &value));
            }
        } else if let Some(theirs) = theirs.filter(|_| !(field.name == "name" && has_aliases)) {
            match ours {
                None if theirs.string().is_some_and(|id| id == new_id) => {}
                None => splices.extend(set_in(to, new_value, new.kind, field, &written(from, theirs))),
                Some(ours) if written(to, ours) == written(from, theirs) => {}
                Some(_) => merged.dropped.push((field.name.to_owned(), written(from, theirs))),
            }
        }
    }
    merged.splices.extend(laid_out_again(texts, to, new, splices));
    Ok(())
}

fn texts_of(value: Value<'_>) -> Vec<String> {
    ids(value).into_iter().filter_map(|text| text.string().map(Into::into)).collect()
}
