//! The structure of a text: sections and records as symbols, folding ranges, links.

use std::ops::ControlFlow;

use gen_lsp_types as lsp;
use lsp::SymbolKind;

use crate::graph::Entity;
use crate::lsp::Refusal;
use crate::lsp::convert;
use crate::lsp::cursor::record_of;
use crate::lsp::state::{Here, State};
use crate::model::{RecordKind, SECTIONS};
use crate::syntax::{Event, Frame, Step, TokenKind, locate, string_value, walk};
use crate::text::Span;
use crate::words;

/// A section, or a record in one.
#[derive(Debug)]
pub(super) struct Symbol {
    pub(super) name: String,
    pub(super) detail: String,
    pub(super) kind: SymbolKind,
    pub(super) span: Span,
    pub(super) name_span: Span,
    children: Vec<Symbol>,
}

/// Returns the sections of a text with their records; `only` selects the record that starts there.
fn sections(text: &str, only: Option<usize>) -> Vec<Symbol> {
    let mut sections: Vec<Symbol> = Vec::new();
    let mut record: Option<Parts> = None;
    walk(text, SECTIONS, &mut |frames, event| {
        match (frames.len(), event) {
            (1, Event::Token(TokenKind::Field, span)) => {
                let name = text[span.range()].to_owned();
                let kind = SymbolKind::Namespace;
                sections.push(Symbol {
                    name,
                    detail: String::new(),
                    kind,
                    span,
                    name_span: span,
                    children: Vec::new(),
                });
            }
            (1, Event::Token(_, span)) if frames[0].field.is_some() => {
                extend(sections.last_mut(), span.end)
            }
            (2, Event::Close(by)) => extend(sections.last_mut(), by.end),
            (3, Event::Open) if only.is_none_or(|start| frames[2].start == start) => {
                record = record_of(frames).map(|kind| Parts {
                    kind,
                    key: frames[1].key,
                    ..Parts::default()
                });
            }
            (3 | 4, Event::Token(kind, span)) => {
                if let Some(record) = &mut record {
                    record.note(text, frames, kind, span);
                }
            }
            (3, Event::Close(by)) => {
                let done = record.take().map(|record| {
                    record.symbol(
                        text,
                        Span {
                            start: frames[2].start as u32,
                            end: by.end,
                        },
                    )
                });
                let found = done.is_some();
                if let (Some(section), Some(done)) = (sections.last_mut(), done) {
                    section.children.push(done);
                }
                if found && only.is_some() {
                    return ControlFlow::Break(());
                }
            }
            _ => {}
        }
        ControlFlow::Continue(())
    });
    sections
}

fn extend(section: Option<&mut Symbol>, end: u32) {
    if let Some(section) = section {
        section.span.end = section.span.end.max(end);
    }
}

/// Returns the record that starts at an offset.
pub(super) fn record(text: &str, start: usize) -> Option<Symbol> {
    sections(text, Some(start)).pop()?.children.pop()
}

/// The parts of a record that make up its symbol.
struct Parts {
    kind: RecordKind,
    key: Option<Span>,
    from: Vec<String>,
    to: Vec<String>,
    detail: String,
}

impl Default for Parts {
    fn default() -> Self {
        Parts {
            kind: RecordKind::Graph,
            key: None,
            from: Vec::new(),
            to: Vec::new(),
            detail: String::new(),
        }
    }
}

impl Parts {
    fn note(&mut self, text: &str, frames: &[Frame<'_>], kind: TokenKind, span: Span) {
        let list = frames.len() == 3 || frames[3].open == b'[';
        if !list || matches!(kind, TokenKind::Field | TokenKind::Comment | TokenKind::Key) {
            return;
        }
        let value = string_value(text, span)
            .map_or_else(|| text[span.range()].to_owned(), |value| value.into_owned());
        match (self.kind, frames[2].field) {
            (RecordKind::Stance, Some("actor")) | (RecordKind::Tie, Some("from")) => {
                self.from.push(value)
            }
            (RecordKind::Stance, Some("issue")) | (RecordKind::Tie, Some("to")) => {
                self.to.push(value)
            }
            (RecordKind::Stance, Some("position")) | (RecordKind::Tie, Some("kind"))
                if self.detail.is_empty() =>
            {
                self.detail = value;
            }
            (RecordKind::Stance | RecordKind::Tie, _) => {}
            (_, Some("name" | "title" | "text")) => self.detail = value,
            _ => {}
        }
    }

    fn symbol(self, text: &str, span: Span) -> Symbol {
        let name = match self.key {
            Some(key) => string_value(text, key).unwrap_or_default().into_owned(),
            None => format!("{} → {}", self.from.join(", "), self.to.join(", ")),
        };
        let name = if name.trim().is_empty() {
            "?".to_owned()
        } else {
            name
        };
        let name_span = self.key.unwrap_or(Span {
            start: span.start,
            end: span.start + 1,
        });
        Symbol {
            name,
            detail: self.detail,
            kind: symbol(self.kind),
            span,
            name_span,
            children: Vec::new(),
        }
    }
}

/// Returns the symbol that an editor shows for a kind of record.
fn symbol(kind: RecordKind) -> SymbolKind {
    match kind {
        RecordKind::Source => SymbolKind::File,
        RecordKind::Actor => SymbolKind::Class,
        RecordKind::Issue => SymbolKind::Interface,
        RecordKind::Meeting => SymbolKind::Event,
        RecordKind::Tie => SymbolKind::Operator,
        RecordKind::Fact => SymbolKind::Constant,
        _ => SymbolKind::Field,
    }
}

/// Answers `textDocument/documentSymbol`.
pub(super) fn symbols(
    state: &State,
    params: lsp::DocumentSymbolParams,
) -> Result<Option<lsp::DocumentSymbolResponse>, Refusal> {
    let Some(here) = state.here(&params.text_document.uri) else {
        return Ok(None);
    };
    let lines = here.lines();
    let shown: Vec<lsp::DocumentSymbol> = sections(here.text, None)
        .into_iter()
        .map(|symbol| shown(&lines, symbol))
        .collect();
    Ok(Some(shown.into()))
}

fn shown(lines: &convert::Lines<'_>, symbol: Symbol) -> lsp::DocumentSymbol {
    let children: Vec<lsp::DocumentSymbol> = symbol
        .children
        .into_iter()
        .map(|child| shown(lines, child))
        .collect();
    #[expect(deprecated, reason = "the field is part of the type")]
    lsp::DocumentSymbol {
        name: symbol.name,
        detail: Some(symbol.detail).filter(|detail| !detail.is_empty()),
        kind: symbol.kind,
        tags: None,
        deprecated: None,
        range: lines.range(symbol.span),
        selection_range: lines.range(symbol.name_span),
        children: Some(children).filter(|children| !children.is_empty()),
    }
}

/// Answers `workspace/symbol`: every record with an id, searched by id, name and alias.
pub(super) fn workspace_symbols(
    state: &State,
    params: lsp::WorkspaceSymbolParams,
) -> Result<Option<lsp::WorkspaceSymbolResponse>, Refusal> {
    const MOST: usize = 200;
    let mut found = Vec::new();
    for loaded in state.loaded() {
        let graph = &loaded.graph;
        let fits = |entity: &Entity| {
            std::iter::once(graph.id(*entity))
                .chain(graph.names(*entity))
                .any(|name| words::holds(name, &params.query))
        };
        for entity in graph.entities().filter(fits).take(MOST) {
            let place = graph.place(entity);
            let Some(text) = place.file.of(&graph.texts) else {
                continue;
            };
            let location = state.location(text, locate(&text.text, place.span.start, &[Step::Key]));
            let name = format!("{} ({})", graph.name(entity), graph.id(entity));
            let base_symbol_information = lsp::BaseSymbolInformation {
                name,
                kind: symbol(entity.kind()),
                tags: None,
                container_name: None,
            };
            let location = lsp::WorkspaceSymbolLocation::Location(location);
            found.push(lsp::WorkspaceSymbol {
                location,
                data: None,
                base_symbol_information,
            });
        }
    }
    Ok(Some(found.into()))
}

/// Answers `textDocument/foldingRange`: brackets spanning several lines, and comments.
pub(super) fn folds(
    state: &State,
    params: lsp::FoldingRangeParams,
) -> Result<Option<Vec<lsp::FoldingRange>>, Refusal> {
    let Some(here) = state.here(&params.text_document.uri) else {
        return Ok(None);
    };
    let lines = here.lines();
    let line = |offset: usize| lines.position(offset).line;
    let fold = |from: u32, to: u32, kind: Option<lsp::FoldingRangeKind>| lsp::FoldingRange {
        start_line: from,
        start_character: None,
        end_line: to,
        end_character: None,
        kind,
        collapsed_text: None,
    };
    let mut found = Vec::new();
    let mut comment: Option<(u32, u32)> = None;
    walk(here.text, SECTIONS, &mut |frames, event| {
        match (event, frames.last()) {
            (Event::Close(by), Some(frame)) => {
                // The closing bracket stays visible.
                let (from, to) = (line(frame.at), line(by.start as usize).saturating_sub(1));
                if to > from {
                    found.push(fold(from, to, None));
                }
            }
            (Event::Token(TokenKind::Comment, span), _) => {
                let (from, to) = (line(span.start as usize), line(span.end as usize));
                let first = comment
                    .filter(|(_, last)| *last + 1 == from)
                    .map_or(from, |(first, _)| first);
                if first != from {
                    found.pop_if(|last| {
                        last.kind == Some(lsp::FoldingRangeKind::Comment)
                            && last.start_line == first
                    });
                }
                if to > first {
                    found.push(fold(first, to, Some(lsp::FoldingRangeKind::Comment)));
                }
                comment = Some((first, to));
            }
            _ => {}
        }
        ControlFlow::Continue(())
    });
    Ok(Some(found))
}

/// Answers `textDocument/documentLink`.
pub(super) fn links(
    state: &State,
    params: lsp::DocumentLinkParams,
) -> Result<Option<Vec<lsp::DocumentLink>>, Refusal> {
    let Some(here) = state.here(&params.text_document.uri) else {
        return Ok(None);
    };
    let lines = here.lines();
    let link = |(span, uri): (Span, lsp::Uri)| lsp::DocumentLink {
        range: lines.range(Span {
            start: span.start + 1,
            end: span.end - 1,
        }),
        target: Some(uri),
        tooltip: None,
        data: None,
    };
    Ok(Some(targets(&here).into_iter().map(link).collect()))
}

/// Returns what a text links to: the URLs and texts of sources, and included files.
pub(super) fn targets(here: &Here<'_>) -> Vec<(Span, lsp::Uri)> {
    let mut found = Vec::new();
    let folder = here.path.parent();
    walk(here.text, SECTIONS, &mut |frames, event| {
        let Event::Token(TokenKind::Text, span) = event else {
            return ControlFlow::Continue(());
        };
        let Some(value) = string_value(here.text, span).filter(|value| !value.is_empty()) else {
            return ControlFlow::Continue(());
        };
        let field = frames.last().and_then(|frame| frame.field);
        let is_file = match (record_of(frames), field) {
            (Some(RecordKind::Source), Some("text")) => true,
            (Some(RecordKind::Source), Some("url"))
                if value.starts_with("http://") || value.starts_with("https://") =>
            {
                found.push((span, lsp::Uri(value.into_owned())));
                return ControlFlow::Continue(());
            }
            _ => {
                frames
                    .first()
                    .is_some_and(|whole| whole.field == Some("include"))
                    && !value.contains(['*', '?'])
            }
        };
        if let Some(folder) = folder.filter(|_| is_file) {
            found.push((span, here.state.uri(&folder.join(value.as_ref()))));
        }
        ControlFlow::Continue(())
    });
    found
}
