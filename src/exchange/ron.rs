//! Writes records as the text of a file, laid out as `demarche fmt` lays it out.

use std::convert::Infallible;
use std::fmt::Write;
use std::ops::Range;

use serde::Serialize;

use crate::edit::{WIDTH, laid_out, quoted};
use crate::error::Error;
use crate::model::Document;
use crate::spread::in_parts;

/// The columns by which records of a section are indented.
const INDENT: usize = 8;

/// Writes a document as the text of a file.
///
/// # Errors
/// [`Error::Unwritable`] where `ron` can't write it, which no record of this crate makes it do.
pub fn text(document: &Document<'_>) -> Result<String, Error> {
    let (mut stances, mut ties) = (Entries::default(), Entries::default());
    for stance in &document.stances {
        stances.add(line(stance)?);
    }
    for tie in &document.ties {
        ties.add(line(tie)?);
    }
    file(document, stances, ties).map(|parts| parts.concat())
}

/// Writes a file whose statements and ties are written already. It is in parts: there may be a gigabyte
/// of statements, which are not copied.
pub(crate) fn file(
    document: &Document<'_>,
    stances: Entries,
    ties: Entries,
) -> Result<Vec<String>, Error> {
    let mut parts = Vec::new();
    let mut text = Text(String::from("Graph(\n"));
    text.head(document)?;
    text.map("sources", &document.sources.0)?;
    text.map("actors", &document.actors.0)?;
    text.map("issues", &document.issues.0)?;
    text.list("stances", stances, &mut parts);
    text.map("meetings", &document.meetings.0)?;
    text.list("ties", ties, &mut parts);
    text.map("facts", &document.facts.0)?;
    text.0.push_str(")\n");
    parts.push(text.0);
    Ok(parts)
}

/// Entries of a list, which come one by one and are laid out on all cores.
#[derive(Default)]
pub(crate) struct Entries {
    parts: Vec<String>,
    /// Those that are not laid out yet, each on one line.
    waiting: Vec<String>,
    len: usize,
}

/// How many records are laid out at a time.
const ROUND: usize = 1 << 15;

impl Entries {
    /// Adds a record, as [`line`] writes it.
    pub(crate) fn add(&mut self, record: String) {
        self.len += record.len();
        self.waiting.push(record);
        if self.waiting.len() == ROUND {
            self.lay_out();
        }
    }

    /// Adds a record with one more field, a text.
    pub(crate) fn add_with(&mut self, mut record: String, name: &str, value: &str) {
        record.pop();
        let _ = write!(record, ", {name}: {})", quoted(value));
        self.add(record);
    }

    /// Returns about how many bytes they will have.
    pub(crate) fn len(&self) -> usize {
        self.len
    }

    fn lay_out(&mut self) {
        let make = |range: Range<usize>| {
            let mut text = String::new();
            for record in &self.waiting[range] {
                push_line(&mut text, "", record, INDENT);
            }
            text
        };
        let take = |text| {
            self.parts.push(text);
            Ok::<(), Infallible>(())
        };
        let Ok(()) = in_parts(0..self.waiting.len(), make, take);
        self.waiting.clear();
    }

    fn into_parts(mut self) -> Vec<String> {
        self.lay_out();
        self.parts
    }
}

struct Text(String);

impl Text {
    fn head(&mut self, document: &Document<'_>) -> Result<(), Error> {
        self.field("version", &document.version)?;
        self.field("title", &document.title)?;
        self.field("note", &document.note)?;
        self.field("as_of", &document.as_of)?;
        if !document.allow.as_slice().is_empty() {
            self.field("allow", &Some(&document.allow))?;
        }
        Ok(())
    }

    fn field(&mut self, name: &str, value: &Option<impl Serialize>) -> Result<(), Error> {
        match value {
            Some(value) => push(&mut self.0, &format!("{name}: "), value, INDENT / 2),
            None => Ok(()),
        }
    }

    fn map<S: AsRef<str>>(
        &mut self,
        section: &str,
        records: &[(S, impl Serialize)],
    ) -> Result<(), Error> {
        if records.is_empty() {
            return Ok(());
        }
        let _ = writeln!(self.0, "    {section}: {{");
        for (id, record) in records {
            push(
                &mut self.0,
                &format!("{}: ", line(&id.as_ref())?),
                record,
                INDENT,
            )?;
        }
        self.0.push_str("    },\n");
        Ok(())
    }

    /// Adds what is written so far, then the records of a list, to the parts of the file.
    fn list(&mut self, section: &str, records: Entries, parts: &mut Vec<String>) {
        if records.len() > 0 {
            let _ = writeln!(self.0, "    {section}: [");
            parts.push(std::mem::take(&mut self.0));
            parts.extend(records.into_parts());
            self.0.push_str("    ],\n");
        }
    }
}

/// Appends a value after its name, and a comma.
fn push(text: &mut String, key: &str, value: &impl Serialize, indent: usize) -> Result<(), Error> {
    push_line(text, key, &line(value)?, indent);
    Ok(())
}

fn push_line(text: &mut String, key: &str, value: &str, indent: usize) {
    let _ = write!(text, "{:indent$}", "");
    // Most records fit on a line, which is then laid out already.
    let is_short = indent + key.len() + value.len() < WIDTH;
    match is_short && !value.contains(['\n', '\r']) {
        true => {
            text.push_str(key);
            text.push_str(value);
        }
        false => text.push_str(&laid_out(key, value, indent, "\n")),
    }
    text.push_str(",\n");
}

/// Writes a value as RON on one line.
pub(crate) fn line(value: &impl Serialize) -> Result<String, Error> {
    let layout = ron::ser::PrettyConfig::new()
        .struct_names(false)
        .compact_structs(true)
        .compact_arrays(true)
        .compact_maps(true)
        .separate_tuple_members(false);
    ron::Options::default()
        .with_default_extension(ron::extensions::Extensions::IMPLICIT_SOME)
        .to_string_pretty(value, layout)
        .map_err(|error| Error::Unwritable(error.to_string()))
}
