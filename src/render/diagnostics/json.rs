//! Findings as JSON, for editors and scripts.

use serde::Serialize;

use super::lines::Sources;
use crate::diagnostic::{Diagnostic, Severity};
use crate::render::printable;
use crate::text::{Place, Text};
use crate::words::{LineColumn, Unit};

#[derive(Serialize)]
struct Finding<'d> {
    code: &'static str,
    severity: Severity,
    message: &'d str,
    silenced: bool,
    #[serde(flatten)]
    at: Location<'d>,
    labels: Vec<Label<'d>>,
    help: &'d [String],
    fix: Option<Fix<'d>>,
    proposals: Vec<Fix<'d>>,
}

#[derive(Serialize)]
struct Location<'d> {
    file: &'d str,
    start: Position,
    end: Position,
}

#[derive(Serialize)]
struct Position {
    line: usize,
    column: usize,
}

#[derive(Serialize)]
struct Label<'d> {
    #[serde(flatten)]
    at: Location<'d>,
    text: &'d str,
}

#[derive(Serialize)]
struct Fix<'d> {
    #[serde(flatten)]
    at: Location<'d>,
    replacement: &'d str,
}

/// Returns findings as a JSON array of `{code, severity, message, silenced, file, start: {line,
/// column}, end, labels, help, fix, proposals}`. Lines and columns count from 1, columns in
/// characters; an end is just past the last character. The first label is at the finding's own
/// location. `fix` is `{file, start, end, replacement}` or null, and `proposals` is a list of such
/// edits, from which a person must choose. Findings silenced by `allow` come last.
pub fn json(diagnostics: &[Diagnostic], silenced: &[Diagnostic], texts: &[Text]) -> String {
    let sources = Sources::new(texts);
    let findings: Vec<Finding<'_>> = diagnostics
        .iter()
        .map(|diagnostic| finding(diagnostic, false, &sources))
        .chain(
            silenced
                .iter()
                .map(|diagnostic| finding(diagnostic, true, &sources)),
        )
        .collect();
    // Serializing strings and numbers can't fail.
    printable(&serde_json::to_string_pretty(&findings).unwrap_or_default()).into_owned() + "\n"
}

fn finding<'d>(diagnostic: &'d Diagnostic, silenced: bool, sources: &Sources<'d>) -> Finding<'d> {
    let label = |label: &'d crate::diagnostic::Label| Label {
        at: location(label.place, sources),
        text: &label.text,
    };
    let fix = |fix: &'d crate::diagnostic::Fix| Fix {
        at: location(fix.place, sources),
        replacement: &fix.replacement,
    };
    Finding {
        code: diagnostic.code,
        severity: diagnostic.severity,
        message: &diagnostic.message,
        silenced,
        at: location(diagnostic.place(), sources),
        labels: diagnostic.labels.iter().map(label).collect(),
        help: &diagnostic.help,
        fix: diagnostic.fix.as_ref().map(fix),
        proposals: diagnostic.proposals.iter().map(fix).collect(),
    }
}

fn location<'d>(place: Place, sources: &Sources<'d>) -> Location<'d> {
    let (start, end) = sources.ends(place, Unit::Characters);
    let position = |at: LineColumn| Position {
        line: at.line,
        column: at.column,
    };
    Location {
        file: sources.name(place.file),
        start: position(start),
        end: position(end),
    }
}
