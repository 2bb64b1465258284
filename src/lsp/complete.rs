//! Completion of sections, fields, words of the format, and ids, which are also found by name and
//! alias.

use gen_lsp_types as lsp;
use lsp::{
    CompletionItem, CompletionItemKind as Kind, CompletionItemTextEdit, InsertTextFormat, Range,
    TextEdit,
};

use crate::graph::{Entity, Graph};
use crate::lsp::Refusal;
use crate::lsp::cursor::{Cursor, Spot};
use crate::lsp::hover;
use crate::lsp::state::{Here, State};
use crate::model::{Field, Holds, RecordKind};
use crate::syntax::TokenKind;
use crate::text::Span;
use crate::words;

/// The most items returned: nobody reads more, and typing on narrows them down.
const MOST: usize = 100;

/// Answers `textDocument/completion`.
pub(super) fn complete(
    state: &State,
    params: lsp::CompletionParams,
) -> Result<Option<lsp::CompletionResponse>, Refusal> {
    let at = params.text_document_position_params;
    let Some(here) = state.here(&at.text_document.uri) else {
        return Ok(None);
    };
    let offset = here.offset(at.position);
    let cursor = here.cursor(at.position);
    let items = match cursor.spot {
        Spot::Name(record) => names(&here, &cursor, record, offset),
        Spot::Value(_, field) => values(&here, &cursor, field, offset),
        Spot::Id(_) | Spot::Nothing => Vec::new(),
    };
    // The next letters may be those of a name, so the client must ask again.
    let is_incomplete = items.iter().any(|item| item.data.is_some());
    let list = lsp::CompletionList {
        is_incomplete,
        item_defaults: None,
        apply_kind: None,
        items,
    };
    Ok(Some(list.into()))
}

/// Answers `completionItem/resolve`: adds the card of the record.
pub(super) fn resolve(state: &State, mut item: CompletionItem) -> Result<CompletionItem, Refusal> {
    let id = item.data.as_ref().and_then(|data| data.as_str());
    let found = id.and_then(|id| {
        state
            .loaded()
            .find_map(|loaded| Some((&loaded.graph, loaded.graph.entity(id)?)))
    });
    if let Some((graph, entity)) = found {
        let card = hover::card(graph, state.lens(), entity);
        item.documentation = Some(
            lsp::MarkupContent {
                kind: lsp::MarkupKind::Markdown,
                value: card,
            }
            .into(),
        );
    }
    Ok(item)
}

/// Returns the range to replace: the word being typed.
fn typed(here: &Here<'_>, cursor: &Cursor<'_>, offset: usize) -> Range {
    let word = cursor
        .token
        .filter(|(kind, _)| matches!(kind, TokenKind::Word | TokenKind::Field))
        .map(|(_, span)| span);
    here.range(word.unwrap_or(Span::new(offset, offset)))
}

fn item(label: &str, kind: Kind, detail: String, range: Range, new_text: String) -> CompletionItem {
    let snippet = new_text.contains("$0").then_some(InsertTextFormat::Snippet);
    CompletionItem {
        label: label.to_owned(),
        kind: Some(kind),
        detail: Some(detail),
        insert_text_format: snippet,
        text_edit: Some(CompletionItemTextEdit::TextEdit(TextEdit {
            range,
            new_text,
        })),
        ..CompletionItem::default()
    }
}

/// Completes the names of fields that a record of this kind can have but doesn't yet.
fn names(
    here: &Here<'_>,
    cursor: &Cursor<'_>,
    record: RecordKind,
    offset: usize,
) -> Vec<CompletionItem> {
    let given = cursor.given(here.text);
    let range = typed(here, cursor, offset);
    let renames = matches!(cursor.token, Some((TokenKind::Field, _)));
    let own = cursor
        .token
        .map_or("", |(_, span)| &here.text[span.range()]);
    let open = |field: &Field| !given.contains(&field.name) || field.name == own;
    let items = record
        .fields()
        .filter(open)
        .enumerate()
        .map(|(nth, field)| {
            let value = if here.state.snippets {
                snippet(field.holds)
            } else {
                ""
            };
            let text = if renames {
                field.name.to_owned()
            } else {
                format!("{}: {value}", field.name)
            };
            CompletionItem {
                sort_text: Some(format!("{nth:02}")),
                ..item(field.name, Kind::Field, field.doc.to_owned(), range, text)
            }
        });
    items.collect()
}

/// Returns what follows a field's name, with `$0` for the cursor.
fn snippet(holds: Holds) -> &'static str {
    match holds {
        Holds::Text | Holds::Date | Holds::Id(_) | Holds::IdOrIds(_) => "\"$0\"",
        Holds::Texts | Holds::Ids(_) => "[\"$0\"]",
        Holds::Number | Holds::Word(_) => "$0",
        Holds::Records(RecordKind::Stance | RecordKind::Tie | RecordKind::Earlier) => {
            "[\n\t($0),\n]"
        }
        Holds::Records(_) => "{\n\t$0\n}",
        Holds::Record(_) => "($0)",
        Holds::Marks => "{$0}",
    }
}

fn values(
    here: &Here<'_>,
    cursor: &Cursor<'_>,
    field: Field,
    offset: usize,
) -> Vec<CompletionItem> {
    match field.holds {
        Holds::Word(vocabulary) => {
            let range = typed(here, cursor, offset);
            let items = vocabulary.each().enumerate().map(|(nth, (word, doc))| {
                let payload = match word {
                    "At" if here.state.snippets => "At($0)",
                    "Other" if here.state.snippets => "Other(\"$0\")",
                    word => word,
                };
                let item = item(
                    word,
                    Kind::EnumMember,
                    doc.to_owned(),
                    range,
                    payload.to_owned(),
                );
                CompletionItem {
                    sort_text: Some(format!("{nth:02}")),
                    ..item
                }
            });
            items.collect()
        }
        Holds::Id(kinds) | Holds::Ids(kinds) | Holds::IdOrIds(kinds) => {
            ids(here, cursor, kinds, offset)
        }
        _ => Vec::new(),
    }
}

/// Returns the span of a string without its quotes; one that is not closed ends at the cursor.
fn within_quotes(here: &Here<'_>, string: Span, cursor: usize) -> Span {
    let (start, end) = (string.start as usize + 1, string.end as usize);
    let is_closed = end > start && here.text[string.range()].ends_with('"');
    let end = if is_closed {
        (end - 1).max(cursor)
    } else {
        cursor
    };
    Span::new(start, end.max(start))
}

/// Completes the ids of records that could be meant, the best matches first.
fn ids(
    here: &Here<'_>,
    cursor: &Cursor<'_>,
    kinds: &[RecordKind],
    offset: usize,
) -> Vec<CompletionItem> {
    let graph = here.graph();
    let string = cursor
        .token
        .filter(|(kind, _)| *kind == TokenKind::Text)
        .map(|(_, span)| span);
    let inside = string.map_or(Span::new(offset, offset), |string| {
        within_quotes(here, string, offset)
    });
    let written = here.text.get(inside.start as usize..offset);
    let written = written.unwrap_or_default();
    let range = here.range(inside);
    let by = |key: fn(&str) -> String| {
        let wanted = key(written);
        let of_kind = graph
            .entities()
            .filter(|entity| kinds.contains(&entity.kind()));
        let found = of_kind.filter_map(|entity| {
            best_match(graph, entity, &wanted, key).map(|(rank, name)| (rank, name, entity))
        });
        (found.collect::<Vec<(u8, String, Entity)>>(), wanted)
    };
    let (mut found, mut wanted) = by(words::folded);
    if found.is_empty() {
        (found, wanted) = by(words::written_out);
    }
    found.sort();
    found.truncate(MOST);
    let items = found
        .into_iter()
        .enumerate()
        .map(|(nth, (_, name, entity))| {
            let id = graph.id(entity);
            let text = if string.is_some() {
                id.to_owned()
            } else {
                format!("\"{id}\"")
            };
            CompletionItem {
                // Clients compare this with the typed text, so it begins with that and continues as
                // the matching name does.
                filter_text: Some(format!(
                    "{written}{}",
                    name.get(wanted.len()..).unwrap_or_default()
                )),
                sort_text: Some(format!("{nth:03}")),
                data: Some(id.into()),
                ..item(
                    id,
                    symbol(entity),
                    graph.name(entity).to_owned(),
                    range,
                    text,
                )
            }
        });
    items.collect()
}

/// Returns the rank of the best match, 0 being best, and the matching name from the match on;
/// `None` if nothing matches.
fn best_match(
    graph: &Graph,
    entity: Entity,
    wanted: &str,
    key: fn(&str) -> String,
) -> Option<(u8, String)> {
    let names = std::iter::once(graph.id(entity)).chain(graph.names(entity));
    let fits = names.enumerate().filter_map(|(nth, name)| {
        let name = key(name);
        let at = name.find(wanted)?;
        let begins_word = name[..at]
            .chars()
            .next_back()
            .is_none_or(|c| !c.is_alphanumeric());
        let rank = match (at, begins_word) {
            (0, _) if nth == 0 => 0,
            (0, _) => 1,
            (_, true) => 2,
            _ => 3,
        };
        // The name from the match on.
        Some((rank, name[at..].to_owned()))
    });
    fits.min()
}

fn symbol(entity: Entity) -> Kind {
    match entity {
        Entity::Source(_) => Kind::Reference,
        Entity::Actor(_) => Kind::Class,
        Entity::Issue(_) => Kind::Interface,
        Entity::Meeting(_) => Kind::Event,
        Entity::Fact(_) => Kind::Constant,
    }
}
