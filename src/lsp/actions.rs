//! Findings as protocol diagnostics, their quick fixes, and formatting.

use std::collections::BTreeMap;

use gen_lsp_types as lsp;

use crate::diagnostic::{Diagnostic, Severity};
use crate::disk;
use crate::edit::{self, Layout, NewRecord, Splice};
use crate::graph::Source;
use crate::lsp::Refusal;
use crate::lsp::convert::{self, Lines};
use crate::lsp::cursor::{self, Spot};
use crate::lsp::state::{Here, Loaded, State};
use crate::model::{Field, Holds, RecordKind};
use crate::syntax::string_value;
use crate::text::{FileId, Place, Span};

/// Returns a graph's findings by the names of the texts they are in.
pub(super) fn diagnostics<'l>(
    state: &State,
    loaded: &'l Loaded,
) -> Vec<(&'l str, Vec<lsp::Diagnostic>)> {
    let texts = &loaded.graph.texts;
    let mut lines: BTreeMap<u32, Lines<'_>> = BTreeMap::new();
    let labels = loaded
        .diagnostics
        .iter()
        .flat_map(|found| &found.labels)
        .map(|label| label.place.file.0);
    for file in labels {
        if let Some(text) = texts.get(file as usize) {
            lines.entry(file).or_insert_with(|| state.lines(text));
        }
    }
    let location = |place: Place| {
        let (text, lines) = (place.file.of(texts)?, lines.get(&place.file.0)?);
        Some(lsp::Location {
            uri: state.uri(&disk::path(&text.name)),
            range: lines.range(place.span),
        })
    };
    let mut by_file: BTreeMap<u32, Vec<lsp::Diagnostic>> = BTreeMap::new();
    for found in &loaded.diagnostics {
        if let Some(at) = location(found.place()) {
            by_file
                .entry(found.place().file.0)
                .or_default()
                .push(diagnostic(found, at, location));
        }
    }
    by_file
        .into_iter()
        .map(|(file, found)| (texts[file as usize].name.as_str(), found))
        .collect()
}

fn diagnostic(
    found: &Diagnostic,
    at: lsp::Location,
    location: impl Fn(Place) -> Option<lsp::Location>,
) -> lsp::Diagnostic {
    let mut message = found.message.clone();
    let first = found
        .labels
        .first()
        .map(|label| label.text.as_str())
        .filter(|text| !text.is_empty());
    message.extend(first.map(|text| format!(": {text}")));
    message.extend(found.help.iter().map(|help| format!("\nhelp: {help}")));
    let related = found.labels.iter().skip(1).filter_map(|label| {
        Some(lsp::DiagnosticRelatedInformation {
            location: location(label.place)?,
            message: label.text.clone(),
        })
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

/// How many findings are offered quick fixes at a time: nobody reads a longer list.
const MOST_MENDED: usize = 20;

/// Answers `textDocument/codeAction`: the quick fixes of the first findings in the range.
pub(super) fn actions(
    state: &State,
    params: lsp::CodeActionParams,
) -> Result<Option<Vec<lsp::CodeActionResponse>>, Refusal> {
    let Some(here) = state.here(&params.text_document.uri) else {
        return Ok(None);
    };
    let wanted = convert::span(here.text, params.range, state.unit);
    let mut found = Vec::new();
    let stands_there = |diagnostic: &&Diagnostic| {
        let place = diagnostic.place();
        let text = place.file.of(&here.graph().texts);
        place.span.start <= wanted.end
            && place.span.end >= wanted.start
            && text.is_some_and(|text| disk::path(&text.name) == here.path)
    };
    let there = here.loaded.diagnostics.iter().filter(stands_there);
    for diagnostic in there.take(MOST_MENDED) {
        found.extend(mends(&here, diagnostic));
        found.extend(proposals(&here, diagnostic));
    }
    Ok(Some(found.into_iter().map(Into::into).collect()))
}

fn mends(here: &Here<'_>, diagnostic: &Diagnostic) -> Vec<lsp::CodeAction> {
    let mut found = Vec::new();
    if let Some(fix) = &diagnostic.fix
        && let Some(text) = fix.place.file.of(&here.graph().texts)
    {
        let help = diagnostic
            .help
            .first()
            .map_or_else(|| format!("write `{}`", fix.replacement), Clone::clone);
        let title = help
            .strip_prefix("did you mean ")
            .map_or(help.clone(), |near| {
                format!("change to {}", near.trim_end_matches('?'))
            });
        let location = here.state.location(text, fix.place.span);
        found.push(action(
            title,
            vec![(location, fix.replacement.clone())],
            true,
        ));
    }
    for proposal in &diagnostic.proposals {
        if let Some(text) = proposal.place.file.of(&here.graph().texts) {
            let location = here.state.location(text, proposal.place.span);
            let title = format!("write `{}`", proposal.replacement.trim_matches('"'));
            found.push(action(
                title,
                vec![(location, proposal.replacement.clone())],
                false,
            ));
        }
    }
    found
}

fn action(
    title: String,
    edits: Vec<(lsp::Location, String)>,
    is_preferred: bool,
) -> lsp::CodeAction {
    let mut changes: std::collections::HashMap<lsp::Uri, Vec<lsp::TextEdit>> =
        std::collections::HashMap::new();
    for (location, new_text) in edits {
        changes
            .entry(location.uri)
            .or_default()
            .push(lsp::TextEdit {
                range: location.range,
                new_text,
            });
    }
    let edit = lsp::WorkspaceEdit {
        changes: Some(changes),
        ..lsp::WorkspaceEdit::default()
    };
    lsp::CodeAction {
        title,
        kind: Some(lsp::CodeActionKind::QuickFix),
        is_preferred: Some(is_preferred),
        edit: Some(edit),
        ..lsp::CodeAction::default()
    }
}

/// Returns quick fixes beyond a finding's own: declaring a missing record, naming a source.
fn proposals(here: &Here<'_>, found: &Diagnostic) -> Vec<lsp::CodeAction> {
    match found.code {
        "unknown-id" => declarations(here, found.place()),
        "no-source" => sources(here, found.place()),
        _ => Vec::new(),
    }
}

/// Returns actions that declare the missing record, in the file that has others of its kind.
fn declarations(here: &Here<'_>, place: Place) -> Vec<lsp::CodeAction> {
    let texts = &here.graph().texts;
    let Some(text) = place.file.of(texts) else {
        return Vec::new();
    };
    let cursor = cursor::at(&text.text, place.span.start as usize + 1);
    let Spot::Value(
        _,
        Field {
            holds: Holds::Id(kinds) | Holds::Ids(kinds) | Holds::IdOrIds(kinds),
            ..
        },
    ) = cursor.spot
    else {
        return Vec::new();
    };
    let Some(id) = string_value(&text.text, place.span).filter(|id| edit::check_id(id).is_ok())
    else {
        return Vec::new();
    };
    let name = edit::quoted(&id);
    let mut records: Vec<(String, NewRecord)> = Vec::new();
    for kind in kinds {
        let noun = kind.noun();
        let mut declare = |what: String, fields: Vec<(&'static str, String)>| {
            let record = NewRecord {
                kind: *kind,
                id: Some(id.to_string()),
                fields,
            };
            records.push((format!("declare `{id}` as {what}"), record));
        };
        match kind {
            RecordKind::Actor => {
                for (word, what) in [
                    ("State", "a state"),
                    ("Organization", "an organization"),
                    ("Person", "a person"),
                    ("Group", "a group"),
                ] {
                    declare(
                        what.to_owned(),
                        vec![("name", name.clone()), ("kind", word.to_owned())],
                    );
                }
            }
            RecordKind::Issue => declare(format!("an {noun}"), vec![("name", name.clone())]),
            RecordKind::Source => declare(format!("a {noun}"), vec![("title", name.clone())]),
            RecordKind::Meeting => declare(
                format!("a {noun}"),
                vec![("title", name.clone()), ("status", "Planned".to_owned())],
            ),
            _ => declare(format!("a {noun}"), vec![("text", name.clone())]),
        }
    }
    let action = |(title, record): (String, NewRecord)| {
        let splices = edit::add(texts, home(here, record.kind, place.file), &record).ok()?;
        Some(action(title, located(here, &splices), false))
    };
    records.into_iter().filter_map(action).collect()
}

/// Returns the first file that declares records of a kind, or `other` if none does.
fn home(here: &Here<'_>, kind: RecordKind, other: FileId) -> FileId {
    let graph = here.graph();
    let declared = graph.entities().filter(|entity| entity.kind() == kind);
    declared
        .map(|entity| graph.place(entity).file)
        .min()
        .unwrap_or(other)
}

/// Returns actions that name a source for a statement without one.
fn sources(here: &Here<'_>, place: Place) -> Vec<lsp::CodeAction> {
    const MOST: usize = 5;
    let texts = &here.graph().texts;
    let Some(text) = place.file.of(texts) else {
        return Vec::new();
    };
    let records = edit::records(&text.text, place.file);
    let record = records.iter().find(|record| {
        record.place.span.start <= place.span.start && place.span.start < record.place.span.end
    });
    let Some((record, field)) =
        record.and_then(|record| Some((record, record.kind.field("source")?)))
    else {
        return Vec::new();
    };
    let action = |source: &Source| {
        let splices = edit::set(texts, record, field, &edit::quoted(&source.id)).ok()?;
        Some(action(
            format!("add the source `{}`: {}", source.id, source.title),
            located(here, &splices),
            false,
        ))
    };
    here.graph()
        .sources
        .iter()
        .take(MOST)
        .filter_map(action)
        .collect()
}

fn located(here: &Here<'_>, splices: &[Splice]) -> Vec<(lsp::Location, String)> {
    let texts = &here.graph().texts;
    let at = |splice: &Splice| {
        let text = splice.place.file.of(texts)?;
        Some((
            here.state.location(text, splice.place.span),
            splice.text.clone(),
        ))
    };
    splices.iter().filter_map(at).collect()
}

/// Answers `textDocument/formatting`.
pub(super) fn format(
    state: &State,
    params: lsp::DocumentFormattingParams,
) -> Result<Option<Vec<lsp::TextEdit>>, Refusal> {
    let Some(here) = state.here(&params.text_document.uri) else {
        return Ok(None);
    };
    laid_out(&here, |_| true).map(Some)
}

/// Answers `textDocument/rangeFormatting`: the formatter's changes within the range.
pub(super) fn format_range(
    state: &State,
    params: lsp::DocumentRangeFormattingParams,
) -> Result<Option<Vec<lsp::TextEdit>>, Refusal> {
    let Some(here) = state.here(&params.text_document.uri) else {
        return Ok(None);
    };
    let wanted = convert::span(here.text, params.range, state.unit);
    laid_out(&here, |span| {
        span.start < wanted.end.max(wanted.start + 1) && span.end >= wanted.start
    })
    .map(Some)
}

/// Returns the formatter's changes line by line, so that the cursor and folds stay where they are.
fn laid_out(here: &Here<'_>, wanted: impl Fn(Span) -> bool) -> Result<Vec<lsp::TextEdit>, Refusal> {
    let laid_out = edit::format(here.text, Layout::default()).map_err(|mistakes| {
        let first = mistakes
            .first()
            .map_or_else(String::new, |mistake| format!(": {}", mistake.message));
        format!("can't lay out what can't be read{first}")
    })?;
    let diff = similar::TextDiff::from_lines(here.text, laid_out.as_str());
    let starts = |slices: &[&str]| -> Vec<usize> {
        let ends = slices.iter().scan(0, |end, line| {
            *end += line.len();
            Some(*end)
        });
        std::iter::once(0).chain(ends).collect()
    };
    let (old, new) = (starts(diff.old_slices()), starts(diff.new_slices()));
    let lines = here.lines();
    let changes = diff
        .ops()
        .iter()
        .filter(|op| op.tag() != similar::DiffTag::Equal)
        .map(|op| {
            let (before, after) = (op.old_range(), op.new_range());
            (
                Span::new(old[before.start], old[before.end]),
                laid_out[new[after.start]..new[after.end]].to_owned(),
            )
        });
    Ok(changes
        .filter(|(span, _)| wanted(*span))
        .map(|(span, new_text)| lsp::TextEdit {
            range: lines.range(span),
            new_text,
        })
        .collect())
}
