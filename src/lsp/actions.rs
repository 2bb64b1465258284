//! Findings as the protocol has them, what mends them, and the formatter.

use std::collections::BTreeMap;
use std::path::Path;

use gen_lsp_types as lsp;

use crate::diagnostic::{Diagnostic, Severity};
use crate::lsp::Refusal;
use crate::lsp::convert::Lines;
use crate::lsp::state::{Here, Loaded, State};
use crate::text::Place;

/// The findings about a graph, by the names of the texts they are in.
pub(super) fn diagnostics<'l>(state: &State, loaded: &'l Loaded) -> Vec<(&'l str, Vec<lsp::Diagnostic>)> {
    let texts = &loaded.graph.texts;
    let mut lines: BTreeMap<u32, Lines<'_>> = BTreeMap::new();
    let labels = loaded.diagnostics.iter().flat_map(|found| &found.labels).map(|label| label.place.file.0);
    for file in labels {
        if let Some(text) = texts.get(file as usize) {
            lines.entry(file).or_insert_with(|| state.lines(text));
        }
    }
    let location = |place: Place| {
        let (text, lines) = (texts.get(place.file.0 as usize)?, lines.get(&place.file.0)?);
        Some(lsp::Location { uri: state.uri(Path::new(&text.name)), range: lines.range(place.span) })
    };
    let mut told: BTreeMap<u32, Vec<lsp::Diagnostic>> = BTreeMap::new();
    for found in &loaded.diagnostics {
        if let Some(at) = location(found.place()) {
            told.entry(found.place().file.0).or_default().push(diagnostic(found, at, location));
        }
    }
    told.into_iter().map(|(file, told)| (texts[file as usize].name.as_str(), told)).collect()
}

fn diagnostic(found: &Diagnostic, at: lsp::Location, location: impl Fn(Place) -> Option<lsp::Location>) -> lsp::Diagnostic {
    let mut message = found.message.clone();
    let first = found.labels.first().map(|label| label.text.as_str()).filter(|text| !text.is_empty());
    message.extend(first.map(|text| format!(": {text}")));
    message.extend(found.help.iter().map(|help| format!("\nhelp: {help}")));
    let related = found.labels.iter().skip(1).filter_map(|label| {
        Some(lsp::DiagnosticRelatedInformation { location: location(label.place)?, message: label.text.clone() })
    });
    let related: Vec<lsp::DiagnosticRelatedInformation> = related.collect();
    lsp::Diagnostic {
        range: at.range,
        severity: Some(match found.severity {
            Severity::Error => lsp::DiagnosticSeverity::Error,
            Severity::Warning => lsp::DiagnosticSeverity::Warning,
        }),
        code: Some(found.code.to_owned().into()),
        code_description: None,
        source: Some("demarche".to_owned()),
        message: message.into(),
        tags: None,
        related_information: Some(related).filter(|related| !related.is_empty()),
        data: None,
    }
}

/// Answers `textDocument/codeAction`: the mends of the findings there.
pub(super) fn actions(state: &State, params: lsp::CodeActionParams) -> Result<Option<Vec<lsp::CodeActionResponse>>, Refusal> {
    let Some(here) = state.here(&params.text_document.uri) else { return Ok(None) };
    let wanted = state.encoding.span(here.text, params.range);
    let mut found = Vec::new();
    for diagnostic in &here.loaded.diagnostics {
        let place = diagnostic.place();
        let stands_here = here.graph().texts.get(place.file.0 as usize).is_some_and(|text| Path::new(&text.name) == here.path);
        if stands_here && place.span.start <= wanted.end && place.span.end >= wanted.start {
            found.extend(mends(&here, diagnostic));
        }
    }
    Ok(Some(found.into_iter().map(Into::into).collect()))
}

fn mends(here: &Here<'_>, diagnostic: &Diagnostic) -> Vec<lsp::CodeAction> {
    let mut found = Vec::new();
    if let Some(fix) = &diagnostic.fix
        && let Some(text) = here.graph().texts.get(fix.place.file.0 as usize)
    {
        let help = diagnostic.help.first().map_or_else(|| format!("write `{}`", fix.replacement), Clone::clone);
        let title =
            help.strip_prefix("did you mean ").map_or(help.clone(), |near| format!("change to {}", near.trim_end_matches('?')));
        let location = here.state.location(text, fix.place.span);
        found.push(action(title, vec![(location, fix.replacement.clone())], true));
    }
    found
}

fn action(title: String, edits: Vec<(lsp::Location, String)>, is_preferred: bool) -> lsp::CodeAction {
    let mut changes: std::collections::HashMap<lsp::Uri, Vec<lsp::TextEdit>> = std::collections::HashMap::new();
    for (location, new_text) in edits {
        changes.entry(location.uri).or_default().push(lsp::TextEdit { range: location.range, new_text });
    }
    let edit = lsp::WorkspaceEdit { changes: Some(changes), ..lsp::WorkspaceEdit::default() };
    lsp::CodeAction {
        title,
        kind: Some(lsp::CodeActionKind::QuickFix),
        is_preferred: Some(is_preferred),
        edit: Some(edit),
        ..lsp::CodeAction::default()
    }
}

/// Answers `textDocument/formatting`.
pub(super) fn format(_: &State, _: lsp::DocumentFormattingParams) -> Result<Option<Vec<lsp::TextEdit>>, Refusal> {
    Ok(None)
}

/// Answers `textDocument/rangeFormatting`.
pub(super) fn format_range(_: &State, _: lsp::DocumentRangeFormattingParams) -> Result<Option<Vec<lsp::TextEdit>>, Refusal> {
    Ok(None)
}
