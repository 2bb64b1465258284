//! Writes records as the text of a file, laid out as `demarche fmt` lays it out.

use std::fmt::Write;

use serde::Serialize;

use crate::edit::{WIDTH, laid_out};
use crate::error::Error;
use crate::model::Document;

/// The columns by which records of a section are indented.
const INDENT: usize = 8;

/// Writes a document as the text of a file.
///
/// # Errors
/// [`Error::Unwritable`] where `ron` can't write it, which no record of this crate makes it do.
pub fn text(document: &Document<'_>) -> Result<String, Error> {
    let mut text = Text("Graph(\n".to_owned());
    text.head(document)?;
    text.map("sources", &document.sources.0)?;
    text.map("actors", &document.actors.0)?;
    text.map("issues", &document.issues.0)?;
    text.list("stances", &document.stances)?;
    text.map("meetings", &document.meetings.0)?;
    text.list("ties", &document.ties)?;
    text.map("facts", &document.facts.0)?;
    text.0.push_str(")\n");
    Ok(text.0)
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
            Some(value) => self.entry(&format!("{name}: "), value, INDENT / 2),
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
            self.entry(&format!("{}: ", line(&id.as_ref())?), record, INDENT)?;
        }
        self.0.push_str("    },\n");
        Ok(())
    }

    fn list(&mut self, section: &str, records: &[impl Serialize]) -> Result<(), Error> {
        if records.is_empty() {
            return Ok(());
        }
        let _ = writeln!(self.0, "    {section}: [");
        for record in records {
            self.entry("", record, INDENT)?;
        }
        self.0.push_str("    ],\n");
        Ok(())
    }

    fn entry(&mut self, key: &str, value: &impl Serialize, indent: usize) -> Result<(), Error> {
        let value = line(value)?;
        let _ = write!(self.0, "{:indent$}", "");
        // Most records fit on a line, which is then laid out already.
        let is_short = indent + key.len() + value.len() < WIDTH;
        match is_short && !value.contains(['\n', '\r']) {
            true => {
                self.0.push_str(key);
                self.0.push_str(&value);
            }
            false => self.0.push_str(&laid_out(key, &value, indent, "\n")),
        }
        self.0.push_str(",\n");
        Ok(())
    }
}

/// Writes a value as RON on one line.
fn line(value: &impl Serialize) -> Result<String, Error> {
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
