//! Field values as typed on the command line; a reference may be typed by name.

use crate::cli::dates;
use crate::edit::{self, Refusal};
use crate::graph::Graph;
use crate::model::{Field, Holds, RecordKind};
use crate::query::{self, Kind, Named};
use crate::words;

/// Returns the kinds of records that a field may refer to, or `None` if it holds no references.
pub(super) fn named_by(field: Field) -> Option<&'static [RecordKind]> {
    match field.holds {
        Holds::Id(kinds) | Holds::Ids(kinds) | Holds::IdOrIds(kinds) => Some(kinds),
        _ => None,
    }
}

/// Splits `us, china` into two names where a field takes several, as prompts do. A name may itself have
/// a comma.
pub(super) fn apart(graph: &Graph, field: Field, typed: &[String]) -> Vec<String> {
    let takes_names = field.is_list() && named_by(field).is_some();
    let names = |value: &String| -> Vec<String> {
        // `wikidata:Q148,ofac:1` is two ids elsewhere.
        let are_ids = field.name == "same_as" && value.split(',').all(|id| id.contains(':'));
        match are_ids || takes_names && query::lookup(graph, Kind::Any, value).is_err() {
            true => {
                let names = value.split(',').map(str::trim);
                names.map(str::to_owned).collect()
            }
            false => vec![value.clone()],
        }
    };
    typed.iter().flat_map(names).collect()
}

/// Converts typed values to a field's RON.
///
/// # Errors
/// Fails if the field can't hold what was typed.
pub(super) fn value(graph: &Graph, field: Field, typed: &[String]) -> Result<String, Refusal> {
    let Some(kinds) = named_by(field) else {
        let way_out = || {
            typed
                .first()
                .filter(|_| field.holds == Holds::Date)
                .and_then(|typed| dates::way_out(typed))
        };
        return edit::field_value(field, typed).map_err(|refusal| match way_out() {
            Some(way_out) => Refusal {
                help: vec![way_out],
                ..refusal
            },
            None => refusal,
        });
    };
    let ids: Vec<String> = typed
        .iter()
        .map(|name| id_of(graph, kinds, name).unwrap_or_else(|| name.clone()))
        .collect();
    edit::field_value(field, &ids)
}

/// Returns a refusal for each reference to a record that the graph doesn't have.
pub(super) fn unknown(graph: &Graph, field: Field, typed: &[String]) -> Vec<Refusal> {
    let Some(kinds) = named_by(field) else {
        return Vec::new();
    };
    let unknown = typed
        .iter()
        .filter(|name| id_of(graph, kinds, name).is_none());
    let known: Vec<_> = graph
        .entities()
        .filter(|entity| kinds.contains(&entity.kind()))
        .collect();
    let noun = if let [kind] = kinds {
        kind.noun()
    } else {
        "record"
    };
    let refusal = |name: &String| {
        let meant = words::meant(
            name,
            known
                .iter()
                .flat_map(|entity| [graph.id(*entity), graph.name(*entity)]),
        );
        Refusal {
            message: format!("unknown {noun} `{name}`"),
            help: meant.into_iter().collect(),
            ..Refusal::default()
        }
    };
    unknown.map(refusal).collect()
}

/// Returns the id that a name refers to; an id refers to itself.
pub(super) fn id_of(graph: &Graph, kinds: &[RecordKind], name: &str) -> Option<String> {
    if graph
        .entity(name)
        .is_some_and(|entity| kinds.contains(&entity.kind()))
    {
        return Some(name.to_owned());
    }
    let kind = match kinds {
        [RecordKind::Actor] => Kind::Actor,
        [RecordKind::Issue] => Kind::Issue,
        [RecordKind::Source] => Kind::Source,
        _ => Kind::Any,
    };
    match query::lookup(graph, kind, name) {
        Ok(Named::Exactly(entity)) if kinds.contains(&entity.kind()) => {
            Some(graph.id(entity).to_owned())
        }
        _ => None,
    }
}
