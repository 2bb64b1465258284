//! The records of texts as written there, and the mentions of an id in them.

use crate::model::{self, Field, Holds, Record, RecordKind, Split};
use crate::syntax::{Tape, Value};
use crate::text::{FileId, Place, Span, Text};

/// A record of a section.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Written {
    /// Its bytes, including the id.
    pub place: Place,
    /// The kind of record.
    pub kind: RecordKind,
    /// The id, in sections that have ids.
    pub id: Option<String>,
}

/// A string that is an id.
#[derive(Clone, Debug, PartialEq)]
pub struct Mention {
    /// The string, quotation marks included.
    pub place: Place,
    /// The field that refers to the record; `None` in its declaration.
    pub field: Option<Field>,
    /// The section's record that the string is in.
    pub record: Written,
}

/// Returns the records of a text, in order. Of an unreadable one, only the span, the kind and
/// perhaps the id are known.
pub fn records(text: &str, file: FileId) -> Vec<Written> {
    let mut records = Vec::new();
    model::read(text, file, Split::default(), |entry| {
        let kind = match entry.record {
            Record::Source(_) | Record::Unreadable("sources") => RecordKind::Source,
            Record::Actor(_) | Record::Unreadable("actors") => RecordKind::Actor,
            Record::Issue(_) | Record::Unreadable("issues") => RecordKind::Issue,
            Record::Stance(_) | Record::Unreadable("stances") => RecordKind::Stance,
            Record::Meeting(_) | Record::Unreadable("meetings") => RecordKind::Meeting,
            Record::Tie(_) | Record::Unreadable("ties") => RecordKind::Tie,
            Record::Fact(_) | Record::Unreadable(_) => RecordKind::Fact,
        };
        records.push(Written {
            place: entry.place,
            kind,
            id: entry.id.take().map(Into::into),
        });
    });
    records
}

/// Returns every mention of an id in the texts, in order. Records that aren't RON are skipped.
pub fn mentions(texts: &[Text], id: &str) -> Vec<Mention> {
    let mut found = Vec::new();
    for (nth, text) in texts.iter().enumerate() {
        // An id written with escapes isn't worth a search through every text.
        if memchr::memmem::find(text.text.as_bytes(), id.as_bytes()).is_none() {
            continue;
        }
        for record in records(&text.text, FileId(nth as u32)) {
            if memchr::memmem::find(text.slice(record.place.span).as_bytes(), id.as_bytes())
                .is_some()
            {
                mentions_in(&text.text, &record, id, &mut found);
            }
        }
    }
    found
}

fn mentions_in(text: &str, record: &Written, id: &str, found: &mut Vec<Mention>) {
    let Ok(tape) = Tape::read_part(text, record.place.file, record.place.span.start as usize)
    else {
        return;
    };
    let value = tape.value();
    let mut add = |span: Span, field: Option<Field>| {
        let place = Place {
            span,
            ..record.place
        };
        found.push(Mention {
            place,
            field,
            record: record.clone(),
        });
    };
    if let (Some(own), Some(key)) = (&record.id, value.key())
        && own == id
    {
        add(key, None);
    }
    references(value, record.kind, &mut |field, string| {
        if string.string().is_some_and(|string| string == id) {
            add(string.span(), Some(field));
        }
    });
}

/// Calls `each` with every string of a record that is a reference, and its field.
pub(super) fn references<'a>(
    record: Value<'a>,
    kind: RecordKind,
    each: &mut dyn FnMut(Field, Value<'a>),
) {
    for part in record.parts() {
        let Some(field) = part.name().and_then(|name| kind.field(&name)) else {
            continue;
        };
        match field.holds {
            Holds::Id(_) | Holds::Ids(_) | Holds::IdOrIds(_) => {
                for string in ids(part) {
                    each(field, string);
                }
            }
            Holds::Records(inner) => {
                for record in part.parts() {
                    references(record, inner, each);
                }
            }
            Holds::Record(inner) => references(part, inner, each),
            _ => {}
        }
    }
}

/// Returns the strings of a value that is a string or a list of strings.
pub(super) fn ids(value: Value<'_>) -> Vec<Value<'_>> {
    let value = value.unwrapped();
    if value.string().is_some() {
        vec![value]
    } else {
        value.parts().collect()
    }
}
