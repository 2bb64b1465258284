//! Edits of records: adding one, setting or removing a field, removing one, moving one to another
//! file.

use std::collections::hash_map::Entry;
use std::collections::{BTreeMap, HashMap};

use crate::edit::format::{Layout, WIDTH, format};
use crate::edit::grown::texts_of;
use crate::edit::moved::Moved;
use crate::edit::own::{Above, Own};
use crate::edit::part::{self, Empty, Group, In, New, at_indent, indentation};
use crate::edit::splice::{Refusal, Splice, spliced};
use crate::edit::written::{Mention, Written, mentions};
use crate::model::{Field, RecordKind, SECTIONS};
use crate::syntax::{Kind, Tape, Value};
use crate::text::{FileId, Span, Text};
use crate::words::{by_number, counted, line_start};

/// A record to be written.
#[derive(Clone, Debug, PartialEq)]
pub struct NewRecord {
    /// The kind of record.
    pub kind: RecordKind,
    /// Its id, if records of its kind have one.
    pub id: Option<String>,
    /// Its fields with their values as RON.
    pub fields: Vec<(&'static str, String)>,
}

impl NewRecord {
    fn value(&self) -> String {
        let fields: Vec<String> = self
            .fields
            .iter()
            .map(|(name, value)| format!("{name}: {value}"))
            .collect();
        format!("({})", fields.join(", "))
    }
}

/// Adds a new record to a file, after the last of its section.
///
/// # Errors
/// Fails if the file isn't a graph, or its section holds no records.
pub fn add(texts: &[Text], file: FileId, record: &NewRecord) -> Result<Vec<Splice>, Refusal> {
    let key = record
        .id
        .as_ref()
        .map(|id| format!("{}: ", crate::edit::quoted(id)))
        .unwrap_or_default();
    let within = In::of(texts, file);
    put(within, texts, record.kind, &|indent| {
        at_indent(within.text, &key, &record.value(), indent).into()
    })
}

/// Inserts the record that `new` writes at an indent after the last of its section.
fn put(
    within: In<'_>,
    texts: &[Text],
    kind: RecordKind,
    new: &dyn Fn(Option<&str>) -> New,
) -> Result<Vec<Splice>, Refusal> {
    let In { text, file } = within;
    let name = || file.of(texts).map_or("", |text| text.name.as_str());
    let broken = |reason: &str| {
        Refusal::new(format!(
            "can't find where a record would go in `{}`: {reason}",
            name()
        ))
        .help("`demarche check` shows what is wrong; or name another file with `--file`")
    };
    let tape = Tape::read(text, file).map_err(|mistake| broken(&mistake.message))?;
    let whole = tape.value();
    let section = kind.section().unwrap_or_default();
    if !matches!(whole.kind(), Kind::Struct | Kind::Tuple)
        || !crate::syntax::begins_with(text, "Graph")
    {
        return Err(broken("it is not a `Graph(…)`"));
    }
    match whole.field(section).map(Value::unwrapped) {
        Some(records) if matches!(records.kind(), Kind::List | Kind::Map) => {
            let end = records.parts().count();
            Ok(part::insert(within, records, end, Empty::Open, new))
        }
        Some(_) => Err(broken(&format!("`{section}` holds no records"))),
        None => Ok(new_section(within, whole, section, !kind.has_id(), new)),
    }
}

/// Inserts a missing section with its first record, according to the order of the format.
fn new_section(
    within: In<'_>,
    whole: Value<'_>,
    section: &str,
    listed: bool,
    record: &dyn Fn(Option<&str>) -> New,
) -> Vec<Splice> {
    let nth = rank_before(whole, SECTIONS, section);
    let (open, close) = if listed { ('[', ']') } else { ('{', '}') };
    let newline = part::newline(within.text);
    let alone = whole.parts().next().is_none();
    part::insert(within, whole, nth, Empty::Open, &|indent| match indent {
        None => format!("{section}: {open}{}{close}", record(None).in_row(newline)).into(),
        Some(indent) => {
            let inner = part::deeper(indent);
            let gap = if alone || nth == 0 {
                String::new()
            } else {
                format!("{newline}{indent}")
            };
            let New { text, behind } = record(Some(&inner));
            format!("{gap}{section}: {open}{newline}{inner}{text},{behind}{newline}{indent}{close}")
                .into()
        }
    })
}

/// Returns how many fields of a record precede the position of this one.
fn rank_before(record: Value<'_>, order: &[&str], name: &str) -> usize {
    let rank = |name: &str| {
        order
            .iter()
            .position(|known| *known == name)
            .unwrap_or(order.len())
    };
    let wanted = rank(name);
    let behind = record
        .parts()
        .position(|part| part.name().is_some_and(|name| rank(&name) > wanted));
    behind.unwrap_or_else(|| record.parts().count())
}

/// Sets a field of a record to a value, given as RON.
///
/// # Errors
/// Fails if the record can't be read.
pub fn set(
    texts: &[Text],
    record: &Written,
    field: Field,
    value: &str,
) -> Result<Vec<Splice>, Refusal> {
    let within = In::of(texts, record.place.file);
    let tape = readable(within, record)?;
    let whole = tape.value().unwrapped();
    let splices = set_in(within, whole, record.kind, field, value);
    Ok(laid_out_again(texts, within, record, splices))
}

pub(super) fn set_in(
    within: In<'_>,
    record: Value<'_>,
    kind: RecordKind,
    field: Field,
    value: &str,
) -> Vec<Splice> {
    let text = within.text;
    if let Some(known) = record.field(field.name) {
        let (span, line) = (known.span(), known.entry().start as usize);
        let own_line = text[..line].trim_end_matches([' ', '\t']).ends_with('\n');
        let new = match own_line {
            true => {
                let name = &text[line..span.start as usize];
                let indent = indentation(text, line);
                at_indent(text, name, value, Some(indent)).split_off(name.len())
            }
            false => value.to_owned(),
        };
        return vec![Splice::new(
            within.file,
            span.start as usize,
            span.end as usize,
            new,
        )];
    }
    let order: Vec<&str> = kind.fields().map(|field| field.name).collect();
    let nth = rank_before(record, &order, field.name);
    let name = format!("{}: ", field.name);
    part::insert(within, record, nth, Empty::Flat, &|indent| {
        at_indent(text, &name, value, indent).into()
    })
}

/// Reformats a record that was on one line and has become too long for it.
pub(super) fn laid_out_again(
    texts: &[Text],
    within: In<'_>,
    record: &Written,
    splices: Vec<Splice>,
) -> Vec<Splice> {
    let (start, end) = (
        record.place.span.start as usize,
        record.place.span.end as usize,
    );
    let before = &within.text[start..end];
    let grown: usize = splices.iter().map(|splice| splice.text.len()).sum();
    let removed: usize = splices
        .iter()
        .map(|splice| splice.place.span.range().len())
        .sum();
    let column = start - line_start(within.text, start);
    let own_line = within.text[..start]
        .trim_end_matches([' ', '\t'])
        .ends_with('\n');
    if before.contains('\n')
        || !own_line
        || column + before.len() + grown - removed < WIDTH
        || splices.iter().any(|s| s.text.contains('\n'))
    {
        return splices;
    }
    let Some(new) = spliced(texts, &splices).remove(&within.file) else {
        return splices;
    };
    let new = &new[start..end + grown - removed];
    let key = record.id.as_ref().and_then(|_| new.find('(')).unwrap_or(0);
    let (name, value) = new.split_at(key);
    let new = at_indent(
        within.text,
        name,
        value,
        Some(indentation(within.text, start)),
    );
    vec![Splice::new(within.file, start, end, new)]
}

/// Returns the texts that a field of a record holds, one or a list; empty if the field is missing.
///
/// # Errors
/// Fails if the record can't be read.
pub fn held(texts: &[Text], record: &Written, name: &str) -> Result<Vec<String>, Refusal> {
    let tape = readable(In::of(texts, record.place.file), record)?;
    Ok(texts_of(tape.value().unwrapped(), name))
}

/// Returns the text of a new file with a single record.
pub fn new_file(record: &NewRecord) -> String {
    let text = Text {
        name: String::new(),
        text: "Graph(version: 1)".to_owned(),
    };
    let added = add(std::slice::from_ref(&text), FileId(0), record).unwrap_or_default();
    let text = spliced(&[text], &added)
        .remove(&FileId(0))
        .unwrap_or_default();
    format(&text, Layout::default()).unwrap_or(text)
}

/// Removes a field from a record.
///
/// # Errors
/// Fails if the record can't be read, or has no such field.
pub fn unset(texts: &[Text], record: &Written, name: &str) -> Result<Vec<Splice>, Refusal> {
    let within = In::of(texts, record.place.file);
    let tape = readable(within, record)?;
    let whole = tape.value().unwrapped();
    let nth = whole
        .parts()
        .position(|part| part.name().is_some_and(|found| found == name));
    let splice = nth.and_then(|nth| part::remove(within, whole, nth));
    splice
        .map(|splice| vec![splice])
        .ok_or_else(|| Refusal::new(format!("this {} has no `{name}`", record.kind.noun())))
}

pub(super) fn readable<'t>(within: In<'t>, record: &Written) -> Result<Tape<'t>, Refusal> {
    part::tape(within, record.place.span.start as usize).ok_or_else(|| Refusal {
        message: "this record can't be read".to_owned(),
        places: vec![record.place],
        help: vec!["`demarche check` shows what is wrong with it".to_owned()],
    })
}

/// Calls `look` with the section of a record and its index there.
fn in_section<T>(
    texts: &[Text],
    record: &Written,
    look: impl FnOnce(In<'_>, Value<'_>, usize) -> Option<T>,
) -> Result<T, Refusal> {
    let within = In::of(texts, record.place.file);
    let tape = Tape::read(within.text, within.file).map_err(|_| broken())?;
    let section = section(&tape, record.kind)?;
    let nth = section
        .parts()
        .position(|part| part.entry().start == record.place.span.start)
        .ok_or_else(broken)?;
    look(within, section, nth).ok_or_else(broken)
}

fn section<'t>(tape: &'t Tape<'_>, kind: RecordKind) -> Result<Value<'t>, Refusal> {
    let section = kind.section();
    let section = section.and_then(|section| tape.value().field(section));
    section.ok_or_else(broken)
}

fn broken() -> Refusal {
    Refusal::new("the file can't be read").help("`demarche check` shows what is wrong with it")
}

/// Returns whose the comments directly above a record are.
///
/// # Errors
/// Fails if the file isn't RON.
pub fn above(texts: &[Text], record: &Written) -> Result<Above, Refusal> {
    in_section(texts, record, |within, section, nth| {
        let own = Own::of(within.text, &Group::of(section)?, nth);
        Some(own.map_or(Above::Nothing, |own| own.above))
    })
}

/// Returns the bytes of a record, with the comments that move with it.
pub(super) fn with_comments(texts: &[Text], record: &Written) -> Result<Span, Refusal> {
    in_section(texts, record, |within, section, nth| {
        let own = Own::of(within.text, &Group::of(section)?, nth);
        Some(own.map_or(record.place.span, |own| Span::new(own.start, own.end)))
    })
}

/// Removes records with the comments that belong to them, regardless of references to them; reads
/// each file once.
///
/// # Errors
/// Fails if a file isn't RON.
pub fn take_out(texts: &[Text], records: &[Written]) -> Result<Vec<Splice>, Refusal> {
    let mut groups: HashMap<(FileId, RecordKind), Group> = HashMap::new();
    for record in records {
        let (file, kind) = (record.place.file, record.kind);
        if let Entry::Vacant(free) = groups.entry((file, kind)) {
            let tape = Tape::read(In::of(texts, file).text, file).map_err(|_| broken())?;
            let group = Group::of(section(&tape, kind)?).ok_or_else(broken)?;
            free.insert(group);
        }
    }
    let mut gone: BTreeMap<(FileId, RecordKind), Vec<usize>> = BTreeMap::new();
    for record in records {
        let key = (record.place.file, record.kind);
        let start = record.place.span.start;
        let parts = &groups.get(&key).ok_or_else(broken)?.parts;
        let nth = parts.binary_search_by_key(&start, |part| part.start);
        gone.entry(key)
            .or_default()
            .push(nth.map_err(|_| broken())?);
    }
    let splices = gone.iter().flat_map(|((file, kind), gone)| {
        let group = groups.get(&(*file, *kind));
        let splices = group.map(|group| part::remove_all(In::of(texts, *file), group, gone));
        splices.unwrap_or_default()
    });
    Ok(splices.collect())
}

/// Moves a record unchanged to another file, with the comments that belong to it.
///
/// # Errors
/// Fails if one of the files can't be read, or if the record is in that file already.
pub fn move_to(texts: &[Text], record: &Written, file: FileId) -> Result<Vec<Splice>, Refusal> {
    if record.place.file == file {
        return Err(Refusal::new("it is already in that file"));
    }
    in_section(texts, record, |from, section, nth| {
        let to = In::of(texts, file);
        let moved = Moved::of(from, section, nth)?;
        let put = put(to, texts, record.kind, &|indent| moved.at(to.text, indent));
        Some(put.map(|mut splices| {
            splices.extend(part::remove(from, section, nth));
            splices
        }))
    })?
}

/// Moves a record to a new file: returns the changes to the existing files, and the new file's
/// text.
///
/// # Errors
/// Fails if the record's file can't be read.
pub fn move_to_new(texts: &[Text], record: &Written) -> Result<(Vec<Splice>, String), Refusal> {
    let file = FileId(texts.len() as u32);
    let empty = Text {
        name: String::new(),
        text: "Graph(\n    version: 1,\n)\n".to_owned(),
    };
    let texts = [texts, &[empty]].concat();
    let (new, others): (Vec<Splice>, Vec<Splice>) = move_to(&texts, record, file)?
        .into_iter()
        .partition(|splice| splice.place.file == file);
    Ok((
        others,
        spliced(&texts, &new).remove(&file).unwrap_or_default(),
    ))
}

/// Removes a record; refused while others refer to its id.
///
/// # Errors
/// Fails if other records refer to it, or a file can't be read.
pub fn remove(texts: &[Text], record: &Written) -> Result<Vec<Splice>, Refusal> {
    if let Some(id) = &record.id {
        let others: Vec<Mention> = mentions(texts, id)
            .into_iter()
            .filter(|mention| mention.record != *record)
            .collect();
        if !others.is_empty() {
            let mut places: Vec<_> = others.iter().map(|mention| mention.record.place).collect();
            places.dedup();
            let count = counted(places.len(), "record");
            let verb = by_number(places.len(), "refers", "refer");
            return Err(Refusal { message: format!("{count} {verb} to `{id}`"), places, help: Vec::new() }.help(
                "`--with-references` also removes these references, and the stances and ties that can't exist without it; \
                       `demarche merge` moves them to another record",
            ));
        }
    }
    take_out(texts, std::slice::from_ref(record))
}
