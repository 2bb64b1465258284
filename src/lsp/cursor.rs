//! What is at an offset of a possibly half-written text, and what could be there.

use std::borrow::Cow;
use std::ops::ControlFlow;

use crate::graph::{Entity, Graph};
use crate::model::{Field, Holds, RecordKind, SECTIONS};
use crate::syntax::{DEEPEST, Event, Frame, TokenKind, string_value, walk};
use crate::text::Span;

/// What could be at an offset.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Spot {
    /// The name of a field of a record of this kind.
    Name(RecordKind),
    /// A value of this field of a record of this kind.
    Value(RecordKind, Field),
    /// The id of a new record of this kind.
    Id(RecordKind),
    /// Nothing known.
    Nothing,
}

/// The surroundings of an offset in a text.
#[derive(Clone, Debug)]
pub(super) struct Cursor<'t> {
    /// The open brackets, outermost first.
    pub(super) frames: Vec<Frame<'t>>,
    /// The token that it is in or touches.
    pub(super) token: Option<(TokenKind, Span)>,
    /// What could be there.
    pub(super) spot: Spot,
}

/// A string that is an id: in a declaration of a record, or in a reference to one.
#[derive(Clone, Debug)]
pub(super) struct Mention<'t> {
    /// The span of the string, quotation marks included.
    pub(super) span: Span,
    /// The id that the string stands for, without escapes.
    pub(super) id: Cow<'t, str>,
    /// The field that refers to the record; `None` if this declares it.
    pub(super) field: Option<Field>,
    /// The offset at which the section's record that contains it starts.
    pub(super) record: usize,
}

/// Returns the cursor at an offset.
pub(super) fn at(text: &str, offset: usize) -> Cursor<'_> {
    let mut cursor = Cursor {
        frames: Vec::new(),
        token: None,
        spot: Spot::Nothing,
    };
    let mut behind_value = false;
    walk(text, SECTIONS, &mut |frames, event| {
        let (start, end) = match event {
            Event::Token(_, span) => (span.start as usize, span.end as usize),
            Event::Open => (frames.last().map_or(0, |frame| frame.at), 0),
            Event::Comma(at) => (at, 0),
            Event::Close(by) => (by.start as usize, 0),
        };
        if let Event::Token(kind, span) = event
            && (start..=end).contains(&offset)
        {
            cursor.token = Some((kind, span));
            cursor.follow(frames);
            return ControlFlow::Break(());
        }
        if start >= offset {
            return ControlFlow::Break(());
        }
        cursor.follow(frames);
        if matches!(event, Event::Close(_)) {
            cursor.frames.pop();
        }
        let is_value = matches!(
            event,
            Event::Token(TokenKind::Text | TokenKind::Word | TokenKind::Other, _)
        );
        behind_value = is_value || matches!(event, Event::Close(_));
        ControlFlow::Continue(())
    });
    cursor.spot = spot(
        &cursor.frames,
        cursor.token.map(|(kind, _)| kind),
        behind_value,
    );
    cursor
}

fn spot(frames: &[Frame<'_>], token: Option<TokenKind>, behind_value: bool) -> Spot {
    let Some(last) = frames.last() else {
        return Spot::Nothing;
    };
    match (last.open, record_of(frames)) {
        _ if token == Some(TokenKind::Comment) => Spot::Nothing,
        (b'(', Some(record)) => {
            let field = last
                .field
                .filter(|_| token != Some(TokenKind::Field) && (token.is_some() || !behind_value));
            match field {
                None => Spot::Name(record),
                Some(name) => record
                    .field(name)
                    .map_or(Spot::Nothing, |field| Spot::Value(record, field)),
            }
        }
        (b'{', _) => match held(frames) {
            Some((
                _,
                Field {
                    holds: Holds::Records(record),
                    ..
                },
            )) => Spot::Id(record),
            _ => Spot::Nothing,
        },
        _ => match held(frames) {
            Some((
                _,
                Field {
                    holds: Holds::Records(_),
                    ..
                },
            ))
            | None => Spot::Nothing,
            Some((record, field)) => Spot::Value(record, field),
        },
    }
}

/// Returns the kind of record that the last bracket opens, or `None` if it opens none.
pub(super) fn record_of(frames: &[Frame<'_>]) -> Option<RecordKind> {
    let (last, outer) = last_of(frames)?;
    let Some(holder) = outer.last() else {
        return (last.open == b'(' && last.name.is_none_or(|name| name == "Graph"))
            .then_some(RecordKind::Graph);
    };
    match (last.open, holder.open) {
        (b'(', b'(') if is_some(holder) => record_of(outer),
        (b'(', b'(') => match record_of(outer)?.field(holder.field?)?.holds {
            Holds::Record(kind) => Some(kind),
            _ => None,
        },
        (b'(', _) => match held(outer)? {
            (
                _,
                Field {
                    holds: Holds::Records(kind),
                    ..
                },
            ) => Some(kind),
            _ => None,
        },
        _ => None,
    }
}

/// Splits off the last bracket from those around it; `None` if more are open than a record can
/// have.
fn last_of<'f, 't>(frames: &'f [Frame<'t>]) -> Option<(&'f Frame<'t>, &'f [Frame<'t>])> {
    frames.split_last().filter(|_| frames.len() <= DEEPEST)
}

/// Returns the field whose value the last bracket opens, and the kind of record that has it.
fn held(frames: &[Frame<'_>]) -> Option<(RecordKind, Field)> {
    let (_, outer) = last_of(frames)?;
    let holder = outer.last()?;
    match record_of(outer) {
        Some(record) => Some((record, record.field(holder.field?)?)),
        None if is_some(holder) => held(outer),
        None => None,
    }
}

fn is_some(frame: &Frame<'_>) -> bool {
    frame.open == b'(' && frame.name == Some("Some")
}

impl<'c> Cursor<'c> {
    /// Returns the kind and start of the section's record that the cursor is in.
    pub(super) fn record(&self) -> Option<(RecordKind, usize)> {
        let frame = self.frames.get(2)?;
        Some((record_of(&self.frames[..3])?, frame.start))
    }

    /// Copies the open brackets; from one event to the next only the innermost change.
    fn follow(&mut self, frames: &[Frame<'c>]) {
        let kept = frames.len().saturating_sub(2).min(self.frames.len());
        self.frames.truncate(kept);
        self.frames.extend_from_slice(&frames[kept..]);
    }

    /// Returns the names of the fields that the innermost record has.
    pub(super) fn given<'t>(&self, text: &'t str) -> Vec<&'t str> {
        let Some(record) = self.frames.last() else {
            return Vec::new();
        };
        let mut given = Vec::new();
        walk(
            text,
            SECTIONS,
            &mut |frames, event| match (frames.last(), event) {
                (Some(last), Event::Token(TokenKind::Field, span)) if last.at == record.at => {
                    given.push(&text[span.range()]);
                    ControlFlow::Continue(())
                }
                (Some(last), Event::Close(_)) if last.at == record.at => ControlFlow::Break(()),
                _ => ControlFlow::Continue(()),
            },
        );
        given
    }

    /// Returns the record that the id under the cursor refers to, with the id's span.
    pub(super) fn entity(&self, text: &str, graph: &Graph) -> Option<(Entity, Span)> {
        let (kind, span) = self.token?;
        let is_id = match (kind, self.spot) {
            (TokenKind::Key, Spot::Id(_)) => true,
            (TokenKind::Text, Spot::Value(_, field)) => field.holds.is_reference(),
            _ => false,
        };
        is_id
            .then(|| {
                graph
                    .entity(&string_value(text, span)?)
                    .map(|entity| (entity, span))
            })
            .flatten()
    }
}

/// Calls `each` with every id of a text, in order; `wanted` selects the strings to consider.
pub(super) fn mentions<'t>(
    text: &'t str,
    wanted: &dyn Fn(&str) -> bool,
    each: &mut dyn FnMut(Mention<'t>),
) {
    walk(text, SECTIONS, &mut |frames, event| {
        let (Event::Token(kind @ (TokenKind::Key | TokenKind::Text), span), Some(record)) =
            (event, frames.get(1))
        else {
            return ControlFlow::Continue(());
        };
        let Some(id) = string_value(text, span).filter(|id| wanted(id)) else {
            return ControlFlow::Continue(());
        };
        let record = frames.get(2).map_or(record.start, |record| record.start);
        match spot(frames, Some(kind), false) {
            Spot::Id(_) if kind == TokenKind::Key => {
                each(Mention {
                    span,
                    id,
                    field: None,
                    record: span.start as usize,
                });
            }
            Spot::Value(_, field) if field.holds.is_reference() => each(Mention {
                span,
                id,
                field: Some(field),
                record,
            }),
            _ => {}
        }
        ControlFlow::Continue(())
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Returns what could be at the `|`.
    fn spot_of(marked: &str) -> String {
        let offset = marked.find('|').unwrap();
        let text = marked.replacen('|', "", 1);
        match at(&text, offset).spot {
            Spot::Name(record) => format!("field of {}", record.noun()),
            Spot::Value(record, field) => format!("{} of {}", field.name, record.noun()),
            Spot::Id(record) => format!("id of {}", record.noun()),
            Spot::Nothing => "nothing".to_owned(),
        }
    }

    #[test]
    fn spots() {
        for (marked, expected) in [
            ("|", "nothing"),
            ("Graph(|", "field of graph"),
            ("Graph( act|", "field of graph"),
            ("Graph( actors: { |", "id of actor"),
            ("Graph( actors: { \"a|", "id of actor"),
            ("Graph( actors: { \"a\": (|", "field of actor"),
            (
                "Graph( actors: { \"a\": (name: \"A\", kind: |",
                "kind of actor",
            ),
            (
                "Graph( actors: { \"a\": (name: \"A\", kind: St|)",
                "kind of actor",
            ),
            ("Graph( actors: { \"a\": (name: \"A\", |)", "field of actor"),
            (
                "Graph( stances: [ (actor: \"us\", issue: \"|",
                "issue of stance",
            ),
            (
                "Graph( stances: [ (actor: [\"us\", \"|\"], issue: \"x\"",
                "actor of stance",
            ),
            ("Graph( stances: [ (actor: Some(\"|\")", "actor of stance"),
            (
                "Graph(\n stances: [\n  (actor: \"us\", |\n  (actor: \"x\"),\n ])",
                "field of stance",
            ),
            (
                "Graph(\n stances: [\n  (actor: \"us\", issue: \"tai|\n  (actor: \"x\"),\n ])",
                "issue of stance",
            ),
            (
                "Graph( issues: { \"a\": (scale: (from: 0, |",
                "field of scale",
            ),
            (
                "Graph( issues: { \"a\": (scale: Some((from: 0, |",
                "field of scale",
            ),
            (
                "Graph( meetings: { \"m\": (earlier: [ (status: |",
                "status of earlier status",
            ),
            ("Graph( meetings: { \"m\": (earlier: [ |", "nothing"),
            ("Graph( meetings: { \"m\": (because: // wh|y\n", "nothing"),
            ("Graph( ties: [ (from: \"a\" |", "field of tie"),
        ] {
            assert_eq!(spot_of(marked), expected, "{marked}");
        }
    }
}
