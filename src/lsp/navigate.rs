//! Definitions, references, renames and the call hierarchy of ids.

use std::collections::BTreeMap;

use gen_lsp_types as lsp;

use crate::disk;
use crate::edit;
use crate::graph::Entity;
use crate::lsp::Refusal;
use crate::lsp::convert;
use crate::lsp::cursor::{self, Mention};
use crate::lsp::outline;
use crate::lsp::state::{Here, State};
use crate::query;
use crate::syntax::{Step, locate};
use crate::text::{Span, Text};

/// Returns every mention of an id in a graph, text by text, each with its location without the
/// quotation marks.
fn all<'g>(here: &Here<'g>, id: &str) -> Vec<(&'g Text, Vec<(Mention<'g>, lsp::Location)>)> {
    let texts = here
        .graph()
        .texts
        .iter()
        .filter(|text| text.text.contains(id));
    let found = texts.map(|text| {
        let (lines, uri, mut found) = (
            here.state.lines(text),
            here.state.uri(&disk::path(&text.name)),
            Vec::new(),
        );
        cursor::mentions(&text.text, &|string| string == id, &mut |mention| {
            let range = lines.range(bare(&text.text, mention.span));
            found.push((
                mention,
                lsp::Location {
                    uri: uri.clone(),
                    range,
                },
            ));
        });
        (text, found)
    });
    found.collect()
}

/// Returns the span of an id inside its quotation marks.
fn bare(text: &str, span: Span) -> Span {
    let quoted = &text[span.range()];
    let (before, after) = (
        quoted.find('"').map_or(0, |at| at + 1),
        quoted.rfind('"').map_or(0, |at| quoted.len() - at),
    );
    Span::new(
        span.start as usize + before,
        (span.end as usize).saturating_sub(after),
    )
}

/// Returns the location of the id in a record's declaration.
fn declaration(here: &Here<'_>, entity: Entity) -> Option<lsp::Location> {
    let place = here.graph().place(entity);
    let text = place.file.of(&here.graph().texts)?;
    Some(
        here.state
            .location(text, locate(&text.text, place.span.start, &[Step::Key])),
    )
}

/// Answers `textDocument/definition`.
pub(super) fn definition(
    state: &State,
    params: lsp::DefinitionParams,
) -> Result<Option<lsp::DefinitionResponse>, Refusal> {
    let at = params.text_document_position_params;
    let Some(here) = state.here(&at.text_document.uri) else {
        return Ok(None);
    };
    if let Some((entity, _)) = here.entity(at.position) {
        return Ok(
            declaration(&here, entity).map(|location| lsp::Definition::from(location).into())
        );
    }
    let offset = here.offset(at.position);
    let link = outline::targets(&here)
        .into_iter()
        .find(|(span, _)| (span.start as usize..=span.end as usize).contains(&offset));
    let zero = lsp::Position {
        line: 0,
        character: 0,
    };
    Ok(link
        .filter(|(_, uri)| uri.0.starts_with("file:"))
        .map(|(_, uri)| {
            lsp::Definition::from(lsp::Location {
                uri,
                range: lsp::Range {
                    start: zero,
                    end: zero,
                },
            })
            .into()
        }))
}

/// Answers `textDocument/references`.
pub(super) fn references(
    state: &State,
    params: lsp::ReferenceParams,
) -> Result<Option<Vec<lsp::Location>>, Refusal> {
    let at = params.text_document_position_params;
    let Some(here) = state.here(&at.text_document.uri) else {
        return Ok(None);
    };
    let Some((entity, _)) = here.entity(at.position) else {
        return Ok(None);
    };
    let mentions = all(&here, here.graph().id(entity))
        .into_iter()
        .flat_map(|(_, found)| found);
    let wanted = mentions
        .filter(|(mention, _)| params.context.include_declaration || mention.field.is_some());
    Ok(Some(wanted.map(|(_, location)| location).collect()))
}

/// Answers `textDocument/documentHighlight`.
pub(super) fn highlights(
    state: &State,
    params: lsp::DocumentHighlightParams,
) -> Result<Option<Vec<lsp::DocumentHighlight>>, Refusal> {
    let at = params.text_document_position_params;
    let Some(here) = state.here(&at.text_document.uri) else {
        return Ok(None);
    };
    let Some((entity, _)) = here.entity(at.position) else {
        return Ok(None);
    };
    let (lines, mut found) = (here.lines(), Vec::new());
    cursor::mentions(
        here.text,
        &|string| string == here.graph().id(entity),
        &mut |mention| {
            let kind = if mention.field.is_none() {
                lsp::DocumentHighlightKind::Write
            } else {
                lsp::DocumentHighlightKind::Read
            };
            found.push(lsp::DocumentHighlight {
                range: lines.range(bare(here.text, mention.span)),
                kind: Some(kind),
            });
        },
    );
    Ok(Some(found))
}

/// Returns the id to rename. Refused in half a graph: references to it may lie where nothing can be
/// read.
fn renamed(here: &Here<'_>, at: lsp::Position) -> Result<(Entity, Span), Refusal> {
    match query::half(here.graph()) {
        Some(half) => Err(format!("ids are renamed in whole graphs only: {half}")),
        None => here
            .entity(at)
            .ok_or_else(|| "only ids can be renamed: put the cursor on one".to_owned()),
    }
}

/// Answers `textDocument/prepareRename`.
pub(super) fn prepare_rename(
    state: &State,
    params: lsp::PrepareRenameParams,
) -> Result<Option<lsp::PrepareRenameResult>, Refusal> {
    let at = params.text_document_position_params;
    let Some(here) = state.here(&at.text_document.uri) else {
        return Ok(None);
    };
    let (entity, span) = renamed(&here, at.position)?;
    let (range, placeholder) = (
        here.range(bare(here.text, span)),
        here.graph().id(entity).to_owned(),
    );
    Ok(Some(
        lsp::PrepareRenamePlaceholder { range, placeholder }.into(),
    ))
}

/// Answers `textDocument/rename`.
pub(super) fn rename(
    state: &State,
    params: lsp::RenameParams,
) -> Result<Option<lsp::WorkspaceEdit>, Refusal> {
    let at = params.text_document_position_params;
    let Some(here) = state.here(&at.text_document.uri) else {
        return Ok(None);
    };
    let (entity, _) = renamed(&here, at.position)?;
    let (graph, new) = (here.graph(), params.new_name.as_str());
    if let Some(taken) = graph.entity(new).filter(|taken| *taken != entity) {
        let name = graph.name(taken);
        return Err(format!(
            "`{new}` is already the id of {} ({name})",
            taken.noun()
        ));
    }
    edit::check_id(new)
        .map_err(|refusal| format!("{}: {}", refusal.message, refusal.help.join("; ")))?;
    let text_edit = |(_, location): (Mention<'_>, lsp::Location)| lsp::TextEdit {
        range: location.range,
        new_text: new.to_owned(),
    };
    let changes = all(&here, graph.id(entity))
        .into_iter()
        .map(|(text, found)| {
            (
                state.uri(&disk::path(&text.name)),
                found.into_iter().map(text_edit).collect(),
            )
        });
    let changes = changes.collect();
    Ok(Some(lsp::WorkspaceEdit {
        changes: Some(changes),
        ..lsp::WorkspaceEdit::default()
    }))
}

/// Makes a record an item of the call hierarchy, in which references are calls.
fn hierarchy_item(here: &Here<'_>, text: &Text, start: usize) -> Option<lsp::CallHierarchyItem> {
    let symbol = outline::record(&text.text, start)?;
    let (uri, lines) = (
        here.state.uri(&disk::path(&text.name)),
        here.state.lines(text),
    );
    let (range, selection_range) = (lines.range(symbol.span), lines.range(symbol.name_span));
    let (name, detail) = (
        symbol.name,
        Some(symbol.detail).filter(|detail| !detail.is_empty()),
    );
    Some(lsp::CallHierarchyItem {
        name,
        kind: symbol.kind,
        tags: None,
        detail,
        uri,
        range,
        selection_range,
        data: None,
    })
}

/// Answers `textDocument/prepareCallHierarchy`: the record whose id is there, else the record
/// around it.
pub(super) fn hierarchy(
    state: &State,
    params: lsp::CallHierarchyPrepareParams,
) -> Result<Option<Vec<lsp::CallHierarchyItem>>, Refusal> {
    let at = params.text_document_position_params;
    let Some(here) = state.here(&at.text_document.uri) else {
        return Ok(None);
    };
    let graph = here.graph();
    let item = match here.entity(at.position) {
        Some((entity, _)) => {
            let place = graph.place(entity);
            let text = place.file.of(&graph.texts);
            text.and_then(|text| hierarchy_item(&here, text, place.span.start as usize))
        }
        None => {
            let text = here.loaded_text();
            let record = here.cursor(at.position).record();
            text.zip(record)
                .and_then(|(text, (_, start))| hierarchy_item(&here, text, start))
        }
    };
    Ok(item.map(|item| vec![item]))
}

/// Answers `callHierarchy/incomingCalls`: the records that refer to this one.
pub(super) fn incoming(
    state: &State,
    params: lsp::CallHierarchyIncomingCallsParams,
) -> Result<Option<Vec<lsp::CallHierarchyIncomingCall>>, Refusal> {
    let Some(here) = state.here_or_any(&params.item.uri) else {
        return Ok(None);
    };
    let Some((entity, _)) = entity_of(&here, &params.item) else {
        return Ok(None);
    };
    let mut calls = Vec::new();
    for (text, mentions) in all(&here, here.graph().id(entity)) {
        let mut by_record: BTreeMap<usize, Vec<lsp::Range>> = BTreeMap::new();
        for (mention, location) in mentions
            .into_iter()
            .filter(|(mention, _)| mention.field.is_some())
        {
            by_record
                .entry(mention.record)
                .or_default()
                .push(location.range);
        }
        for (record, from_ranges) in by_record {
            let from = hierarchy_item(&here, text, record);
            calls.extend(from.map(|from| lsp::CallHierarchyIncomingCall { from, from_ranges }));
        }
    }
    Ok(Some(calls))
}

/// Answers `callHierarchy/outgoingCalls`: the records that this one refers to.
pub(super) fn outgoing(
    state: &State,
    params: lsp::CallHierarchyOutgoingCallsParams,
) -> Result<Option<Vec<lsp::CallHierarchyOutgoingCall>>, Refusal> {
    let Some(here) = state.here_or_any(&params.item.uri) else {
        return Ok(None);
    };
    let graph = here.graph();
    let Some(text) = text_of(&here, &params.item.uri) else {
        return Ok(None);
    };
    let lines = state.lines(text);
    let record = convert::span(&text.text, params.item.range, here.state.unit);
    let mut calls: Vec<(Entity, lsp::CallHierarchyOutgoingCall)> = Vec::new();
    cursor::mentions(&text.text, &|_| true, &mut |mention| {
        let inside =
            mention.field.is_some() && (record.start..record.end).contains(&mention.span.start);
        let Some(entity) = graph.entity(&mention.id).filter(|_| inside) else {
            return;
        };
        let range = lines.range(bare(&text.text, mention.span));
        if let Some((_, call)) = calls.iter_mut().find(|(known, _)| *known == entity) {
            call.from_ranges.push(range);
            return;
        }
        let place = graph.place(entity);
        let target = place.file.of(&graph.texts);
        if let Some(to) =
            target.and_then(|target| hierarchy_item(&here, target, place.span.start as usize))
        {
            calls.push((
                entity,
                lsp::CallHierarchyOutgoingCall {
                    to,
                    from_ranges: vec![range],
                },
            ));
        }
    });
    Ok(Some(calls.into_iter().map(|(_, call)| call).collect()))
}

/// Returns the record of a hierarchy item.
fn entity_of(here: &Here<'_>, item: &lsp::CallHierarchyItem) -> Option<(Entity, Span)> {
    let graph = here.graph();
    let text = text_of(here, &item.uri)?;
    let offset = convert::offset(&text.text, item.selection_range.start, here.state.unit);
    cursor::at(&text.text, offset).entity(&text.text, graph)
}

/// Returns the graph's text with this URI.
fn text_of<'g>(here: &Here<'g>, uri: &lsp::Uri) -> Option<&'g Text> {
    here.graph()
        .texts
        .iter()
        .find(|text| here.state.uri(&disk::path(&text.name)) == *uri)
}
