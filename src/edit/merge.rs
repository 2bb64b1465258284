//! Two ids turn out to be one: references, names and all that is said move to one record.

use std::ops::ControlFlow;

use crate::edit::ids::by_record;
use crate::edit::part::{self, In};
use crate::edit::quote::quoted;
use crate::edit::records::{laid_out_again, readable, set_in, take_all_out, with_comments};
use crate::edit::splice::{Refusal, Splice};
use crate::edit::written::{Mention, Written, ids, mentions};
use crate::model::{Holds, RecordKind};
use crate::near::folded;
use crate::syntax::{Event, TokenKind, Value, walk};
use crate::text::{Text, line_start};

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
    keep_comments(texts, &old, &new, &mut merged)?;
    merged.splices.extend(take_all_out(texts, std::slice::from_ref(&old))?);
    Ok(merged)
}

/// The references of a record to one id, made references to another; a list names no id twice.
fn moved(texts: &[Text], holder: &Written, mentions: &[Mention], into: &str) -> Result<Vec<Splice>, Refusal> {
    let within = In::of(texts, holder.place.file);
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

/// Writes the comments that go with a record above another.
fn keep_comments(texts: &[Text], old: &Written, new: &Written, merged: &mut Merged) -> Result<(), Refusal> {
    let span = with_comments(texts, old)?;
    let gone = &In::of(texts, old.place.file).text[span.range()];
    let text = In::of(texts, new.place.file).text;
    let start = new.place.span.start as usize;
    let line = line_start(text, start);
    let own_line = text[line..start].trim().is_empty();
    let (at, indent) = if own_line { (line, &text[line..start]) } else { (start, "") };
    walk(gone, &[], &mut |_, event| {
        if let Event::Token(TokenKind::Comment, span) = event {
            let comment = format!("{indent}{}{}", gone[span.range()].trim_end(), part::newline(text));
            merged.splices.push(Splice::new(new.place.file, at, at, comment));
        }
        ControlFlow::Continue(())
    });
    Ok(())
}

/// Takes over into a record what another says.
fn absorb(texts: &[Text], old: &Written, new: &Written, merged: &mut Merged) -> Result<(), Refusal> {
    let (from, to) = (In::of(texts, old.place.file), In::of(texts, new.place.file));
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
        if field.is_list() {
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
