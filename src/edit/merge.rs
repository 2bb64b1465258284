//! Merging two records that turn out to be one: references, names and all that is said move to one
//! of them.

use std::collections::{HashMap, HashSet};
use std::ops::ControlFlow;

use crate::edit::grown::{Grown, texts_of};
use crate::edit::ids::by_record;
use crate::edit::part::{self, Group, In};
use crate::edit::quote::quoted;
use crate::edit::records::{readable, take_out, with_comments};
use crate::edit::splice::{Refusal, Splice};
use crate::edit::written::{Mention, Written, ids, mentions};
use crate::model::{Bearing, Field, Holds, RecordKind};
use crate::syntax::{Event, TokenKind, Value, walk};
use crate::text::{Place, Text};
use crate::words::{line_start, listed};

/// The result of a merge.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Merged {
    /// The replacements that carry the merge out.
    pub splices: Vec<Splice>,
    /// What is not kept: where it was, and a note about it.
    pub lost: Vec<(Place, String)>,
    /// Records that stay but now say something else, with a note about each.
    pub changed: Vec<(Place, String)>,
}

/// The fields of a record that name different actors: if a merge makes two of them one, that is
/// reported.
const APART: [(RecordKind, &[&str]); 3] = [
    (RecordKind::Tie, &["from", "to"]),
    (RecordKind::Stance, &["actor", "toward", "said_by"]),
    (
        RecordKind::Meeting,
        &["participants", "invited", "declined"],
    ),
];

/// Merges two records: references to the duplicate move to the other, its names become aliases,
/// fields that only it has are taken over, lists are joined.
///
/// # Errors
/// Fails if either record doesn't exist, or they are of different kinds.
pub fn merge(texts: &[Text], duplicate: &str, into: &str) -> Result<Merged, Refusal> {
    let found = mentions(texts, duplicate);
    let declared = |id: &str, found: &[Mention]| {
        let declaration = found
            .iter()
            .find(|mention| mention.field.is_none())
            .map(|mention| mention.record.clone());
        declaration.ok_or_else(|| Refusal::new(format!("there is no record `{id}`")))
    };
    let (old, new) = (
        declared(duplicate, &found)?,
        declared(into, &mentions(texts, into))?,
    );
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
        let moved = moved(texts, &holder, &mentions, into)?;
        for gone in moved.iter().filter(|splice| splice.text.is_empty()) {
            put_above(
                texts,
                &holder,
                &In::of(texts, gone.place.file).text[gone.place.span.range()],
                &mut merged,
            );
        }
        merged.splices.extend(moved);
        merged.changed.extend(
            no_longer_apart(texts, &holder, duplicate, into)?.map(|note| (holder.place, note)),
        );
    }
    absorb(texts, &old, &new, &mut merged)?;
    merged.lost.sort_by_key(|(place, _)| *place);
    keep_comments(texts, &old, &new, &mut merged)?;
    merged
        .splices
        .extend(take_out(texts, std::slice::from_ref(&old))?);
    Ok(merged)
}

/// Redirects a record's references from one id to another; no list gets an id twice.
fn moved(
    texts: &[Text],
    holder: &Written,
    mentions: &[Mention],
    into: &str,
) -> Result<Vec<Splice>, Refusal> {
    let within = In::of(texts, holder.place.file);
    let tape = readable(within, holder)?;
    let mut lists: Vec<Value<'_>> = Vec::new();
    collect_lists(tape.value(), holder.kind, &mut lists);
    let mentioned: HashSet<u32> = mentions.iter().map(|one| one.place.span.start).collect();
    let mut doubled: HashMap<u32, Splice> = HashMap::new();
    for list in lists {
        let Some(group) = Group::of(list) else {
            continue;
        };
        let items = ids(list);
        let is_there = |item: &Value<'_>| item.string().is_some_and(|string| string == into);
        let mut there = items.iter().any(is_there);
        let mut gone = Vec::new();
        for (nth, item) in items.iter().enumerate() {
            if mentioned.contains(&item.span().start) {
                gone.extend(there.then_some(nth));
                there = true;
            }
        }
        let starts = gone.iter().map(|nth| items[*nth].span().start);
        doubled.extend(starts.zip(part::remove_all(within, &group, &gone)));
    }
    let splices = mentions.iter().map(|mention| {
        let gone = doubled.remove(&mention.place.span.start);
        gone.unwrap_or_else(|| Splice {
            place: mention.place,
            text: quoted(into),
        })
    });
    Ok(splices.collect())
}

fn collect_lists<'a>(record: Value<'a>, kind: RecordKind, lists: &mut Vec<Value<'a>>) {
    for part in record.parts() {
        match part
            .name()
            .and_then(|name| kind.field(&name))
            .map(|field| field.holds)
        {
            Some(Holds::Records(inner)) => {
                for record in part.parts() {
                    collect_lists(record, inner, lists);
                }
            }
            Some(Holds::Ids(_) | Holds::IdOrIds(_)) if part.unwrapped().string().is_none() => {
                lists.push(part.unwrapped())
            }
            _ => {}
        }
    }
}

/// Moves the comments of the old record above the new one.
fn keep_comments(
    texts: &[Text],
    old: &Written,
    new: &Written,
    merged: &mut Merged,
) -> Result<(), Refusal> {
    let span = with_comments(texts, old)?;
    put_above(
        texts,
        new,
        &In::of(texts, old.place.file).text[span.range()],
        merged,
    );
    Ok(())
}

/// Writes the comments in a removed piece of text above a record.
fn put_above(texts: &[Text], new: &Written, gone: &str, merged: &mut Merged) {
    let text = In::of(texts, new.place.file).text;
    let start = new.place.span.start as usize;
    let line = line_start(text, start);
    let own_line = text[line..start].trim().is_empty();
    let (at, indent) = if own_line {
        (line, &text[line..start])
    } else {
        (start, "")
    };
    walk(gone, &[], &mut |_, event| {
        if let Event::Token(TokenKind::Comment, span) = event {
            let comment = format!(
                "{indent}{}{}",
                gone[span.range()].trim_end(),
                part::newline(text)
            );
            merged
                .splices
                .push(Splice::new(new.place.file, at, at, comment));
        }
        ControlFlow::Continue(())
    });
}

/// Returns a note if a record told the two merged records apart, or reports a meeting of just these
/// two.
fn no_longer_apart(
    texts: &[Text],
    holder: &Written,
    duplicate: &str,
    into: &str,
) -> Result<Option<String>, Refusal> {
    let within = In::of(texts, holder.place.file);
    let tape = readable(within, holder)?;
    let names = |field: &str, id: &str| texts_of(tape.value(), field).iter().any(|name| name == id);
    let fields = APART
        .iter()
        .find(|(kind, _)| *kind == holder.kind)
        .map_or(&[][..], |(_, fields)| *fields);
    let named: Vec<&str> = fields
        .iter()
        .copied()
        .filter(|field| names(field, duplicate) || names(field, into))
        .collect();
    let both = |id: &str| named.iter().any(|field| names(field, id));
    if named.len() > 1 && both(duplicate) && both(into) {
        let noun = holder.kind.noun();
        return Ok(Some(format!(
            "this {noun} told the two apart, in {}: both are now `{into}`",
            listed(named)
        )));
    }
    let participants = texts_of(tape.value(), "participants");
    let met = [duplicate, into]
        .iter()
        .all(|id| participants.iter().any(|name| name == id));
    let of_two = holder.kind == RecordKind::Meeting
        && met
        && participants.iter().all(|id| id == duplicate || id == into);
    Ok(of_two
        .then(|| format!("this meeting was between the two: `{into}` is now its only participant")))
}

/// Takes over into the new record what the old one says.
fn absorb(
    texts: &[Text],
    old: &Written,
    new: &Written,
    merged: &mut Merged,
) -> Result<(), Refusal> {
    let from = In::of(texts, old.place.file);
    let old_tape = readable(from, old)?;
    let old_value = old_tape.value().unwrapped();
    let mut record = Grown::of(texts, new)?;
    let (old_id, new_id) = (
        old.id.as_deref().unwrap_or_default(),
        new.id.as_deref().unwrap_or_default(),
    );
    for field in new.kind.fields().filter(|field| field.holds.is_reference()) {
        if let Some(place) = record.take_out(field, old_id) {
            merged.lost.push((place, to_itself(new_id, field, old_id)));
        }
    }
    // The old record's name becomes an alias.
    let has_aliases = new.kind.field("aliases").is_some();
    let fields = new.kind.fields();
    let mut taken: Vec<String> = Vec::new();
    for field in fields.filter(|field| !has_aliases || field.name != "name") {
        let value = old_value.field(field.name);
        let place = value.map_or(old.place, |value| Place {
            span: value.entry(),
            ..old.place
        });
        let mut lost = |why: String| merged.lost.push((place, why));
        let theirs = texts_of(old_value, field.name);
        if field.holds.is_reference() && theirs.iter().any(|id| id == new_id) {
            lost(to_itself(old_id, field, new_id));
            if !field.is_list() {
                continue;
            }
        }
        let written = value.map(|value| &from.text[value.span().range()]);
        match outcome(new.kind, field, written, record.value(field)) {
            Outcome::Same => {}
            Outcome::Joined => {
                for item in items(old_value, field, [old_id, new_id]) {
                    record.add(field, &item);
                }
            }
            Outcome::Taken(written) => {
                record.set(field, written);
                let counts = new.kind.bearing(field) == Bearing::Counts;
                taken.extend(counts.then(|| format!("{}: {written}", field.name)));
            }
            Outcome::Lost(written, why) => lost(format!(
                "`{old_id}` said `{}: {written}`, which is not kept: {}",
                field.name,
                why.words(new_id)
            )),
            Outcome::NowUnder(ours) => merged.changed.push((
                new.place,
                format!(
                    "what was said of `{old_id}` is now under `{}: {ours}` of `{new_id}`",
                    field.name
                ),
            )),
        }
    }
    if !taken.is_empty() {
        let taken = listed(taken.iter().map(String::as_str));
        let note = format!(
            "`{new_id}` now has {taken} of `{old_id}`, which counts for all that is said of it"
        );
        merged.changed.push((new.place, note));
    }
    put_above(texts, new, &record.gone, merged);
    merged.splices.extend(record.splices());
    Ok(())
}

/// What becomes of a field of two records when they are merged; with its value in the old record
/// where that matters.
enum Outcome<'t> {
    /// Both say the same, or the old record says nothing.
    Same,
    /// The lists of both are joined.
    Joined,
    /// The new record takes it over.
    Taken(&'t str),
    /// It is not kept.
    Lost(&'t str, Why),
    /// Only the new record has it, with this value, and what was said of the old one now means
    /// something else.
    NowUnder(String),
}

/// Why a value is not kept.
enum Why {
    /// It would change what statements about the new record mean.
    Changes,
    /// The new record says something else.
    Differs,
}

impl Why {
    fn words(self, new_id: &str) -> String {
        match self {
            Why::Changes => {
                format!("without it, what is said of `{new_id}` means something else")
            }
            Why::Differs => format!("`{new_id}` says something else"),
        }
    }
}

/// Returns what becomes of a field, from its values in the two records.
fn outcome(kind: RecordKind, field: Field, old: Option<&str>, new: Option<String>) -> Outcome<'_> {
    let defines = kind.bearing(field) == Bearing::Defines;
    match (old, new) {
        _ if field.is_list() => Outcome::Joined,
        (None, Some(new)) if defines => Outcome::NowUnder(new),
        (None, _) => Outcome::Same,
        (Some(old), None) if defines => Outcome::Lost(old, Why::Changes),
        (Some(old), None) => Outcome::Taken(old),
        (Some(old), Some(new)) if old == new => Outcome::Same,
        (Some(old), Some(_)) => Outcome::Lost(old, Why::Differs),
    }
}

/// Returns what a list of the old record adds to that of the new one: no reference of either to
/// itself.
fn items(old: Value<'_>, field: Field, merged: [&str; 2]) -> Vec<String> {
    let mut items = texts_of(old, field.name);
    if field.name == "aliases" {
        items.splice(..0, texts_of(old, "name"));
    } else if field.holds.is_reference() {
        items.retain(|id| !merged.contains(&id.as_str()));
    }
    items
}

fn to_itself(id: &str, field: Field, other: &str) -> String {
    format!(
        "`{id}` named `{other}` in `{}`, which is not kept: it would name itself",
        field.name
    )
}
