//! Edits, one after another: a graph that could be read can still be read, and what was laid out stays so.

use demarche::diagnostic::Severity;
use demarche::edit::{self, Layout, NewRecord, Order, Splice, Written, spliced};
use demarche::model::{Field, Holds, RecordKind};
use demarche::resolve::{Memory, load};
use demarche::text::{FileId, Text};

use super::made::{Tape, graph};

const IDS: &[&str] = &[
    "a0", "a1", "a2", "i0", "i1", "s0", "s1", "m0", "f0", "nobody",
];

pub fn run(bytes: &[u8]) {
    let tape = &mut Tape(bytes);
    let texts = [("a.ron", graph(tape)), ("b.ron", String::from("Graph()\n"))];
    let mut texts: Vec<Text> = texts
        .map(|(name, text)| Text {
            name: name.to_owned(),
            text,
        })
        .into();
    for _ in 0..8 {
        if tape.is_over() {
            break;
        }
        let Some((what, splices)) = one(tape, &texts) else {
            continue;
        };
        for (file, text) in spliced(&texts, &splices) {
            texts[file.0 as usize].text = text;
        }
        let (_, found) = load(
            &Memory::from_iter(
                texts
                    .iter()
                    .map(|text| (text.name.clone(), text.text.clone())),
            ),
            &["a.ron".to_owned(), "b.ron".to_owned()],
        )
        .expect("texts in memory");
        let broken = found
            .iter()
            .find(|found| found.severity == Severity::Error && found.code == "syntax");
        assert_eq!(broken, None, "{what}\n{}\n{}", texts[0].text, texts[1].text);
    }
}

/// An edit: what it is, and its changes; none where it is refused.
fn one(tape: &mut Tape<'_>, texts: &[Text]) -> Option<(String, Vec<Splice>)> {
    let records: Vec<Written> = texts
        .iter()
        .zip(0..)
        .flat_map(|(text, nth)| edit::records(&text.text, FileId(nth)))
        .collect();
    let file = FileId(tape.below(2) as u32);
    let kind = tape.below(9);
    if kind == 0 {
        let record = new_record(tape);
        return Some((
            format!("add {record:?}"),
            edit::add(texts, file, &record).ok()?,
        ));
    }
    if kind == 1 {
        let (old, new) = (
            tape.one_of(IDS),
            tape.one_of(&["new", "a1", "é", "x y", ""]),
        );
        if edit::check_id(new).is_err()
            || texts
                .iter()
                .any(|text| text.text.contains(&format!("\"{new}\":")))
        {
            return None;
        }
        return Some((
            format!("rename {old} {new}"),
            edit::rename(texts, old, new).ok()?,
        ));
    }
    if kind == 2 {
        let (one, other) = (tape.one_of(IDS), tape.one_of(IDS));
        return Some((
            format!("merge {one} {other}"),
            edit::merge(texts, one, other).ok()?.splices,
        ));
    }
    if kind == 3 {
        return laid_out(tape, texts);
    }
    let record = records.get(tape.below(records.len().max(1)))?;
    let fields: Vec<Field> = record.kind.fields().collect();
    let field = fields[tape.below(fields.len())];
    let what = format!("{kind} {:?} {:?} {}", record.kind, record.id, field.name);
    let splices = match kind {
        4 => edit::set(texts, record, field, &value(tape, field)?).ok()?,
        5 => edit::unset(texts, record, field.name).ok()?,
        6 => edit::remove(texts, record).ok()?,
        7 => edit::move_to(texts, record, file).ok()?,
        _ => edit::remove_with_references(texts, record).ok()?.splices,
    };
    Some((what, splices))
}

/// The whole of a file laid out, which laid out again is the same.
fn laid_out(tape: &mut Tape<'_>, texts: &[Text]) -> Option<(String, Vec<Splice>)> {
    let layout = Layout {
        width: tape.one_of(&[20, 60, 100]),
        order: tape.one_of(&[Order::Kept, Order::OfFormat]),
    };
    for text in texts {
        let once = edit::format(&text.text, layout).expect("no syntax error");
        assert_eq!(
            edit::format(&once, layout).as_ref(),
            Ok(&once),
            "{}",
            text.text
        );
    }
    None
}

fn value(tape: &mut Tape<'_>, field: Field) -> Option<String> {
    let typed: Vec<String> = (0..1 + tape.below(2))
        .map(|_| {
            tape.one_of(&[
                "a0",
                "i0",
                "s0",
                "2024",
                "1",
                "x\"\\\u{202e}",
                "held",
                "state",
                "ally",
            ])
            .to_owned()
        })
        .collect();
    edit::field_value(field, &typed).ok()
}

fn new_record(tape: &mut Tape<'_>) -> NewRecord {
    let kind = tape.one_of(&RecordKind::IN_SECTIONS);
    let mut fields = Vec::new();
    for field in kind.fields() {
        if tape.below(3) != 0 && !matches!(field.holds, Holds::Records(_)) {
            fields.extend(value(tape, field).map(|value| (field.name, value)));
        }
    }
    NewRecord {
        kind,
        id: kind.has_id().then(|| format!("new{}", tape.below(200))),
        fields,
    }
}
