//! Findings as SARIF 2.1.0 (OASIS, 2020), the format that code hosts and review tools read.

use serde_json::{Value, json};

use super::lines::Sources;
use crate::check::{RULES, Rule};
use crate::diagnostic::{Diagnostic, Fix, Label, Severity};
use crate::render::printable;
use crate::text::{Place, Text};
use crate::words::{LineColumn, Unit};

/// Returns findings as one run of a SARIF log that lists all rules. Columns are UTF-16 code units
/// counted from 1, as SARIF requires. Findings silenced by `allow` come last, as suppressed in the
/// source.
pub fn sarif(diagnostics: &[Diagnostic], silenced: &[Diagnostic], texts: &[Text]) -> String {
    let sources = Sources::new(texts);
    let results: Vec<Value> = diagnostics
        .iter()
        .map(|diagnostic| result(diagnostic, &sources))
        .chain(silenced.iter().map(|diagnostic| {
            let mut result = result(diagnostic, &sources);
            result["suppressions"] = json!([{ "kind": "inSource" }]);
            result
        }))
        .collect();
    let log = json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "demarche",
                "version": env!("CARGO_PKG_VERSION"),
                "semanticVersion": env!("CARGO_PKG_VERSION"),
                "rules": RULES.iter().map(rule).collect::<Vec<_>>(),
            } },
            "columnKind": "utf16CodeUnits",
            "results": results,
        }],
    });
    // Serializing strings and numbers can't fail.
    printable(&serde_json::to_string_pretty(&log).unwrap_or_default()).into_owned() + "\n"
}

fn rule(rule: &Rule) -> Value {
    json!({
        "id": rule.code,
        "shortDescription": { "text": rule.short() },
        "fullDescription": { "text": rule.full() },
        "help": { "text": rule.full(), "markdown": rule.page },
        "defaultConfiguration": { "level": level(rule.severity) },
    })
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
    }
}

fn result(diagnostic: &Diagnostic, sources: &Sources<'_>) -> Value {
    let message = [std::slice::from_ref(&diagnostic.message), &diagnostic.help]
        .concat()
        .join("\n");
    let mut result = json!({
        "ruleId": diagnostic.code,
        "level": level(diagnostic.severity),
        "message": { "text": message },
        "locations": [{ "physicalLocation": physical(diagnostic.place(), sources) }],
    });
    if let Some(index) = RULES.iter().position(|rule| rule.code == diagnostic.code) {
        result["ruleIndex"] = json!(index);
    }
    let related: Vec<Value> = diagnostic
        .labels
        .iter()
        .skip(1)
        .enumerate()
        .map(|(nth, label)| related(nth, label, sources))
        .collect();
    if !related.is_empty() {
        result["relatedLocations"] = json!(related);
    }
    if let Some(fix) = &diagnostic.fix {
        result["fixes"] = json!([replacement(fix, diagnostic, sources)]);
    }
    result
}

fn related(nth: usize, label: &Label, sources: &Sources<'_>) -> Value {
    json!({ "id": nth + 1, "physicalLocation": physical(label.place, sources), "message": { "text": label.text } })
}

fn replacement(fix: &Fix, diagnostic: &Diagnostic, sources: &Sources<'_>) -> Value {
    let description = diagnostic.help.first().map_or("fix it", String::as_str);
    json!({
        "description": { "text": description },
        "artifactChanges": [{
            "artifactLocation": { "uri": uri(sources.name(fix.place.file)) },
            "replacements": [{
                "deletedRegion": region(fix.place, sources),
                "insertedContent": { "text": fix.replacement },
            }],
        }],
    })
}

fn physical(place: Place, sources: &Sources<'_>) -> Value {
    json!({ "artifactLocation": { "uri": uri(sources.name(place.file)) }, "region": region(place, sources) })
}

fn region(place: Place, sources: &Sources<'_>) -> Value {
    let (start, end) = sources.ends(place, Unit::Utf16);
    let LineColumn { line, column } = start;
    json!({ "startLine": line, "startColumn": column, "endLine": end.line, "endColumn": end.column })
}

/// Converts a path to a URI reference.
fn uri(path: &str) -> String {
    let mut uri = String::from(if path.starts_with('/') { "file://" } else { "" });
    for byte in path.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => {
                uri.push(char::from(byte))
            }
            b'\\' if cfg!(windows) => uri.push('/'),
            _ => uri.push_str(&format!("%{byte:02X}")),
        }
    }
    uri
}
