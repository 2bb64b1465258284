//! Semantic tokens, and inlay hints with the names behind ids.

use std::ops::ControlFlow;

use gen_lsp_types as lsp;

use crate::lsp::Refusal;
use crate::lsp::convert;
use crate::lsp::cursor::{mentions, record_of};
use crate::lsp::state::State;
use crate::model::SECTIONS;
use crate::syntax::{Event, Frame, TokenKind, walk};
use crate::text::Span;

/// The token types, by the number the protocol knows them by.
const TYPES: [&str; 7] = [
    "property",
    "class",
    "variable",
    "enumMember",
    "string",
    "number",
    "comment",
];

/// Returns the legend of the numbers in the answers.
pub(super) fn legend() -> serde_json::Value {
    serde_json::json!({ "tokenTypes": TYPES, "tokenModifiers": [] })
}

/// Answers `textDocument/semanticTokens/full`.
pub(super) fn tokens(
    state: &State,
    params: lsp::SemanticTokensParams,
) -> Result<Option<lsp::SemanticTokens>, Refusal> {
    let Some(here) = state.here(&params.text_document.uri) else {
        return Ok(None);
    };
    let lines = here.lines();
    let (mut data, mut last) = (
        Vec::new(),
        lsp::Position {
            line: 0,
            character: 0,
        },
    );
    walk(here.text, SECTIONS, &mut |frames, event| {
        let Event::Token(kind, span) = event else {
            return ControlFlow::Continue(());
        };
        let kind = kind_of(frames, kind);
        // A token that spans several lines is sent line by line.
        let mut start = span.start as usize;
        for line in here.text[span.range()].split_inclusive('\n') {
            let length = line.trim_end_matches(['\n', '\r']).len();
            let range = lines.range(Span::new(start, start + length));
            start += line.len();
            if range.end == range.start {
                continue;
            }
            let delta_line = range.start.line - last.line;
            let delta_start =
                range.start.character - if delta_line == 0 { last.character } else { 0 };
            let length = range.end.character - range.start.character;
            data.push(lsp::SemanticToken {
                delta_line,
                delta_start,
                length,
                token_type: kind,
                token_modifiers_bitset: 0,
            });
            last = range.start;
        }
        ControlFlow::Continue(())
    });
    Ok(Some(lsp::SemanticTokens {
        result_id: None,
        data,
    }))
}

fn kind_of(frames: &[Frame<'_>], kind: TokenKind) -> u32 {
    let word = match kind {
        TokenKind::Field => "property",
        TokenKind::Key => "class",
        TokenKind::Word => "enumMember",
        TokenKind::Other => "number",
        TokenKind::Comment => "comment",
        TokenKind::Text => {
            let list = frames.len().saturating_sub(usize::from(
                frames.last().is_some_and(|frame| frame.open == b'['),
            ));
            let record = record_of(&frames[..list]);
            let field = frames[..list]
                .last()
                .and_then(|frame| record?.field(frame.field?));
            if field.is_some_and(|field| field.holds.is_reference()) {
                "variable"
            } else {
                "string"
            }
        }
    };
    TYPES.iter().position(|known| *known == word).unwrap_or(0) as u32
}

/// Answers `textDocument/inlayHint`: the names behind ids that differ from them.
pub(super) fn hints(
    state: &State,
    params: lsp::InlayHintParams,
) -> Result<Option<Vec<lsp::InlayHint>>, Refusal> {
    let Some(here) = state.here(&params.text_document.uri) else {
        return Ok(None);
    };
    let (lines, graph, mut found) = (here.lines(), here.graph(), Vec::new());
    let wanted = convert::span(here.text, params.range, state.unit);
    mentions(here.text, &|_| true, &mut |mention| {
        let inside = mention.field.is_some()
            && mention.span.end >= wanted.start
            && mention.span.start <= wanted.end;
        let Some(entity) = graph.entity(&mention.id).filter(|_| inside) else {
            return;
        };
        let name = graph.name(entity);
        if name.eq_ignore_ascii_case(&mention.id) {
            return;
        }
        found.push(lsp::InlayHint {
            position: lines.position(mention.span.end as usize),
            label: shortened(name).into(),
            kind: Some(lsp::InlayHintKind::Type),
            text_edits: None,
            tooltip: None,
            padding_left: Some(true),
            padding_right: None,
            data: None,
        });
    });
    Ok(Some(found))
}

/// Cuts a name to 30 characters, to leave room for its line.
fn shortened(name: &str) -> String {
    const LONGEST: usize = 30;
    if name.chars().count() <= LONGEST {
        name.to_owned()
    } else {
        name.chars().take(LONGEST - 1).chain(['…']).collect()
    }
}
