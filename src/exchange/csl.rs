//! Sources out of a list of references in CSL-JSON, as Zotero and others export it.

use std::collections::HashSet;

use serde_json::Value;

use crate::edit::Free;
use crate::exchange::finding::Findings;
use crate::exchange::json::{date, id, items, report, text};
use crate::model::{Date, Document, Source, Str};
use crate::syntax::Rare;
use crate::words::joined;

/// Makes a source of each reference. Authors go into the note, unless nothing else says who published
/// it.
pub fn document(bytes: &[u8], name: &str, found: &mut Findings) -> Document<'static> {
    let mut document = Document {
        version: Some(1),
        ..Document::default()
    };
    let mut taken: HashSet<String> = HashSet::new();
    let mut free = Free::default();
    for (item, line) in items(bytes, name, found) {
        let elsewhere = text(&item, "citation-key").or_else(|| text(&item, "id"));
        // Of a file that is one line, the line alone finds nothing.
        let which = match &elsewhere {
            Some(id) => format!("the reference `{id}`"),
            None => "a reference".to_owned(),
        };
        let Some(title) = text(&item, "title").or_else(|| text(&item, "shortTitle")) else {
            report(found, name, line, &format!("{which} has no `title`"), None);
            continue;
        };
        let issued = match issued(&item) {
            Ok(issued) => issued,
            Err(written) => {
                let message = format!("`issued` of {which} is not a date: `{written}`");
                let help = "correct it where the references are kept, and export them again";
                report(found, name, line, &message, Some(help.to_owned()));
                continue;
            }
        };
        let elsewhere = elsewhere.unwrap_or_else(|| title.clone());
        let id = free.id(id(&elsewhere), |id| taken.contains(id));
        taken.insert(id.clone());
        let authors = authors(&item);
        let publisher = text(&item, "container-title").or_else(|| text(&item, "publisher"));
        let notes = [
            authors
                .clone()
                .filter(|_| publisher.is_some())
                .map(|authors| format!("By {authors}.")),
            text(&item, "note").map(Str::into_owned),
        ];
        let notes: Vec<String> = notes.into_iter().flatten().collect();
        let elsewhere = [("doi", "DOI"), ("isbn", "ISBN"), ("issn", "ISSN")];
        let same_as = elsewhere.iter().filter_map(|(scheme, field)| {
            Some(
                format!(
                    "{scheme}:{}",
                    text(&item, field)?.split_whitespace().next()?
                )
                .into(),
            )
        });
        let source = Source {
            title,
            publisher: publisher.or(authors.map(Into::into)),
            date: issued,
            url: text(&item, "URL"),
            same_as: same_as.take(1).collect(),
            note: Rare::of((!notes.is_empty()).then(|| notes.join("\n"))),
            tags: text(&item, "type").into_iter().collect(),
            ..Source::default()
        };
        document.sources.0.push((id.into(), source));
    }
    document.sources.0.sort_by(|one, other| one.0.cmp(&other.0));
    document
}

/// Returns the authors, or the editors, as one text.
fn authors(item: &Value) -> Option<String> {
    let people = item.get("author").or_else(|| item.get("editor"))?;
    let names = people.as_array()?.iter().filter_map(|person| {
        let part = |field| text(person, field).map(Str::into_owned);
        part("literal").or_else(|| {
            let parts: Vec<String> = ["given", "non-dropping-particle", "family"]
                .into_iter()
                .filter_map(part)
                .collect();
            (!parts.is_empty()).then(|| parts.join(" "))
        })
    });
    let names: Vec<String> = names.collect();
    (!names.is_empty()).then(|| joined(names))
}

/// What stands for a date where there is none.
const UNDATED: [&str; 6] = ["n.d.", "n. d.", "no date", "s.d.", "o.j.", "o. j."];

/// Returns when a reference was published, or what is written there if it is no date.
fn issued(item: &Value) -> Result<Option<Date>, String> {
    let Some(issued) = item.get("issued") else {
        return Ok(None);
    };
    let is_undated = |written: &str| UNDATED.contains(&written.trim().to_lowercase().as_str());
    let raw = |written: &str| match is_undated(written) {
        true => Ok(None),
        false => date(written).map(Some).ok_or_else(|| written.to_owned()),
    };
    if let Some(parts) = issued.get("date-parts").and_then(Value::as_array) {
        let ends: Vec<String> = parts
            .iter()
            .filter_map(Value::as_array)
            .map(|part| moment(part))
            .collect();
        return match &ends[..] {
            [] => Ok(None),
            [one] if one.is_empty() => Ok(None),
            [one] if is_about(issued) => raw(&format!("{one}~")),
            [one] => raw(one),
            [one, other, ..] => raw(&format!("{one}/{other}")),
        };
    }
    match text(issued, "raw").or_else(|| text(issued, "literal")) {
        Some(written) => raw(&written),
        None => issued.as_str().map_or(Ok(None), raw),
    }
}

/// Returns whether a date is said to be about right only.
fn is_about(issued: &Value) -> bool {
    match issued.get("circa") {
        None | Some(Value::Null | Value::Bool(false)) => false,
        Some(circa) => circa.as_u64() != Some(0) && circa.as_str() != Some(""),
    }
}

fn moment(parts: &[Value]) -> String {
    let number = |value: &Value| match value {
        Value::String(text) => text.trim().parse::<i64>().ok(),
        value => value.as_i64(),
    };
    let numbers: Vec<i64> = parts.iter().filter_map(number).collect();
    let parts = numbers.iter().enumerate().map(|(nth, number)| match nth {
        0 => format!("{number:04}"),
        _ => format!("{number:02}"),
    });
    parts.collect::<Vec<_>>().join("-")
}
