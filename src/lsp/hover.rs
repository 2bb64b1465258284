//! Hover text: the card of an id, the position that a stance sets, the days of a date, the meaning
//! of a word or field, and the rules of findings there.

use std::path::Path;

use gen_lsp_types as lsp;

use crate::check;
use crate::disk;
use crate::graph::{ActorId, Entity, Fate, Footing, Graph, Lens, Stance, StanceId};
use crate::lsp::Refusal;
use crate::lsp::cursor::{Cursor, Spot};
use crate::lsp::state::{Here, State};
use crate::model::{Date, Day, Holds, Qualifier, RecordKind};
use crate::query;
use crate::render::{self, Places};
use crate::syntax::{TokenKind, string_value};
use crate::text::Span;

/// How many rows fit on a card.
const ROWS: usize = 16;

/// Answers `textDocument/hover`.
pub(super) fn hover(
    state: &State,
    params: lsp::HoverParams,
) -> Result<Option<lsp::Hover>, Refusal> {
    let at = params.text_document_position_params;
    let Some(here) = state.here(&at.text_document.uri) else {
        return Ok(None);
    };
    let (cursor, offset) = (here.cursor(at.position), here.offset(at.position));
    let Some((kind, span)) = cursor.token else {
        return Ok(None);
    };
    let mut parts = Vec::new();
    let shown = match cursor.entity(here.text, here.graph()) {
        Some((entity, _)) => Some(card(here.graph(), state.lens(), entity)),
        None => {
            parts.extend(meaning(&here, &cursor, kind, span));
            stance(&here, &cursor)
        }
    };
    if let Some(shown) = shown {
        parts.push(shown);
        // The whole graph may say the opposite.
        parts.extend(query::half(here.graph()));
    }
    parts.extend(rules(&here, offset));
    if parts.is_empty() {
        return Ok(None);
    }
    let contents = lsp::MarkupContent {
        kind: lsp::MarkupKind::Markdown,
        value: parts.join("\n\n---\n\n"),
    };
    Ok(Some(lsp::Hover {
        contents: contents.into(),
        range: Some(here.range(span)),
    }))
}

/// Returns a short summary of what the graph knows about a record.
pub(super) fn card(graph: &Graph, lens: Lens, entity: Entity) -> String {
    render::card(graph, &*query::show(graph, lens, entity), ROWS)
}

/// Returns what a field, a word or a date means.
fn meaning(here: &Here<'_>, cursor: &Cursor<'_>, kind: TokenKind, span: Span) -> Option<String> {
    let written = &here.text[span.range()];
    match (kind, cursor.spot) {
        (TokenKind::Field, Spot::Name(record)) => {
            let field = record.field(written)?;
            let record = record.a_noun();
            Some(format!("`{written}` of {record}: {}", field.doc))
        }
        (TokenKind::Word, Spot::Value(_, field)) => match field.holds {
            Holds::Word(vocabulary) => {
                let (word, doc) = vocabulary.each().find(|(word, _)| *word == written)?;
                Some(format!("`{word}`: {doc}"))
            }
            _ => None,
        },
        (TokenKind::Text, Spot::Value(_, field)) if field.holds == Holds::Date => {
            let date = string_value(here.text, span)?;
            Some(
                date.parse::<Date>()
                    .map_or_else(|error| error.to_string(), date_words),
            )
        }
        _ => None,
    }
}

/// Describes the days that EDTF gives a date.
fn date_words(date: Date) -> String {
    let period = date.period();
    let qualifiers = match date {
        Date::Single(moment) => vec![moment.qualifier],
        Date::Interval(from, to) => from
            .into_iter()
            .chain(to)
            .map(|moment| moment.qualifier)
            .collect(),
    };
    let has = |wanted| qualifiers.contains(&wanted) || qualifiers.contains(&Qualifier::Both);
    let mut words = match (period.from, period.to) {
        (Day::FIRST, to) => format!("at any time up to {to}"),
        (from, Day::LAST) => format!("at any time from {from} on"),
        (from, to) if from == to => format!("the day {from}"),
        (from, to) => format!(
            "from {from} to {to}, {} days",
            i64::from(to.0) - i64::from(from.0) + 1
        ),
    };
    for (qualifier, word) in [
        (Qualifier::Approximate, "; approximately (`~`)"),
        (Qualifier::Uncertain, "; uncertain (`?`)"),
    ] {
        if has(qualifier) {
            words.push_str(word);
        }
    }
    words
}

/// Describes the stance under the cursor: for each of its actors, the position and the statements
/// it replaces.
fn stance(here: &Here<'_>, cursor: &Cursor<'_>) -> Option<String> {
    let (RecordKind::Stance, start) = cursor.record()? else {
        return None;
    };
    let graph = here.graph();
    let file = graph
        .texts
        .iter()
        .position(|text| disk::path(&text.name) == here.path)?;
    let stands = |stance: &Stance| {
        stance.place.file.0 as usize == file && stance.place.span.start as usize == start
    };
    let id = StanceId::all(graph).find(|id| stands(&graph[*id]))?;
    let notes = graph[id]
        .actors
        .as_slice()
        .iter()
        .map(|actor| position(graph, here.state.lens(), *actor, id));
    Some(notes.collect::<Vec<_>>().join("\n\n"))
}

fn position(graph: &Graph, lens: Lens, actor: ActorId, id: StanceId) -> String {
    let stance = &graph[id];
    let standing = graph.position(actor, stance.issue, lens);
    let names = (&graph[actor].name, &graph[stance.issue].name);
    let fate = standing
        .footings
        .iter()
        .find(|footing| footing.stance == id)
        .map(|footing| footing.fate);
    let places = Places::new(graph);
    let listed = |wanted: fn(&Footing) -> bool| {
        let footings = standing
            .footings
            .iter()
            .filter(|footing| footing.stance != id && wanted(footing));
        footings
            .map(|footing| format!("`{}`", places.line(graph[footing.stance].place)))
            .collect::<Vec<_>>()
            .join(", ")
    };
    let verdict = standing.verdict.word();
    let mut words = format!("**{}** on **{}**: {verdict}", names.0, names.1);
    let offers = graph.offers(&standing.footings);
    for offer in offers {
        words.push_str(&format!("; {}", offer.words()));
    }
    let withdrawn = graph.withdrawal_words(stance.claim());
    words.push_str("\n\nThis statement: ");
    words.push_str(match fate {
        Some(Fate::InForce) => "in force",
        Some(Fate::Offered) => "an offer, shown beside the position",
        Some(Fate::SetAside) => "set aside for an offer",
        Some(Fate::OfferEnded) => "an offer no longer made",
        Some(Fate::Withdrawn) => withdrawn.as_str(),
        Some(Fate::Replaced) => "replaced by a newer one",
        Some(Fate::Expired) => "over: its `until` has passed",
        Some(Fate::Later) => "not made yet",
        Some(Fate::Attributed) => {
            "an attribution: whoever voiced it does not speak for the actor, so it does not count"
        }
        Some(Fate::OtherOffice) => {
            "not counted: on its days whoever voiced it also spoke for another actor"
        }
        Some(Fate::SalienceOnly) => "says how much the issue matters, not where the actor stands",
        Some(Fate::FewSources) | None => "not counted",
    });
    if fate == Some(Fate::InForce) {
        let (beside, before) = (
            listed(|footing| footing.fate == Fate::InForce),
            listed(|footing| footing.fate == Fate::Replaced),
        );
        for (word, places) in [("beside", beside), ("replaces", before)] {
            if !places.is_empty() {
                words.push_str(&format!("; {word} {places}"));
            }
        }
    }
    words
}

/// Returns the texts of the rules behind the findings at an offset.
fn rules(here: &Here<'_>, offset: usize) -> Vec<String> {
    let here_stands = |name: &str| Path::new(name) == here.path;
    let mut codes: Vec<&str> = here
        .loaded
        .diagnostics
        .iter()
        .filter(|found| {
            let place = found.place();
            let named = place
                .file
                .of(&here.graph().texts)
                .is_some_and(|text| here_stands(&text.name));
            named && (place.span.start as usize..=place.span.end as usize).contains(&offset)
        })
        .map(|found| found.code)
        .collect();
    codes.sort_unstable();
    codes.dedup();
    codes
        .iter()
        .filter_map(|code| check::page(code))
        .map(|rule| format!("**{}**: {}", rule.code, rule.full()))
        .collect()
}
