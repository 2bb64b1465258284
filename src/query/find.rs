//! Finds every record that holds a text, in any field that the schema says holds words.

use std::borrow::Cow;
use std::cmp::Ordering;
use std::collections::HashMap;

use crate::graph::{ActorId, Entity, Fate, Graph, IssueId, Lens, StanceId, TieId, Told};
use crate::model::{Holds, RecordKind};
use crate::query::rows::{self, distinct};
use crate::query::{Behind, Evidence, Notes, Table, Word, answer, scope, table};
use crate::syntax::{Tape, Value};
use crate::text::Place;
use crate::words;

answer! {
    /// The records that hold a text.
    pub struct Found = "find" {
        /// The fields that hold it.
        found: Table<FoundRow>,
    }
}

table! {
    /// A field that holds a text.
    pub struct FoundRow of "record" {
        /// The kind of record.
        record: Word,
        /// The id of the record.
        id: String,
        /// The field.
        field: String,
        /// The whole text of the field.
        text: String,
        /// The status of a statement; several if its actors differ in it.
        status: Vec<Word>,
    }
}

/// Finds a text, ignoring case and accents.
pub fn find(graph: &Graph, lens: Lens, text: &str) -> Found {
    let mut hits = by_key(graph, lens, text, words::folded);
    if hits.is_empty() {
        // Letters may be spelt out in either text: ö as oe.
        hits = by_key(graph, lens, text, words::written_out);
    }
    let fates = Fates::of(graph, lens, &hits);
    let rows = hits.iter().map(|hit| row(graph, hit, &fates));
    Found {
        title: format!("Records that contain “{text}”"),
        found: Table::new("", rows).or_else("No record contains this text."),
        notes: Notes::default(),
    }
}

/// The record that holds the text.
#[derive(Clone, Copy)]
enum Holder {
    Thing(Entity),
    Stance(StanceId),
    Tie(TieId),
    Graph,
}

/// A field that holds the text.
struct Hit {
    holder: Holder,
    place: Option<Place>,
    field: String,
    text: String,
}

fn by_key(graph: &Graph, lens: Lens, text: &str, key: fn(&str) -> String) -> Vec<Hit> {
    let wanted = key(text);
    let entities = graph.entities();
    let asked = entities.filter(|entity| scope::has_record(graph, lens, *entity));
    let things = asked.map(|entity| {
        let place = graph.place(entity);
        (Holder::Thing(entity), entity.kind(), place)
    });
    let stances = graph
        .stances()
        .filter(|(_, stance)| scope::has_statement(graph, lens, stance))
        .map(|(id, stance)| (Holder::Stance(id), RecordKind::Stance, stance.place));
    let ties = graph
        .ties()
        .filter(|(id, _)| scope::has_tie(graph, *id))
        .map(|(id, tie)| (Holder::Tie(id), RecordKind::Tie, tie.place));
    let mut hits = Vec::new();
    for (field, text) in [("title", &graph.title), ("note", &graph.note)] {
        if let Some(text) = text.as_ref().filter(|text| key(text).contains(&wanted)) {
            hits.push(Hit {
                holder: Holder::Graph,
                place: None,
                field: field.to_owned(),
                text: text.clone(),
            });
        }
    }
    for (holder, kind, place) in things.chain(stances).chain(ties) {
        let mut fields = written(graph, kind, place);
        if let Holder::Thing(entity) = holder {
            fields.retain(|(field, _)| is_told(graph, entity, field));
            fields.insert(0, ("id".to_owned(), graph.id(entity).to_owned()));
        }
        fields.retain(|(_, text)| key(text).contains(&wanted));
        hits.extend(fields.into_iter().map(|(field, text)| Hit {
            holder,
            place: Some(place),
            field,
            text,
        }));
    }
    // Few statements are found, so only those are put in order.
    let stance = |hit: &Hit| match hit.holder {
        Holder::Stance(id) => Some(id),
        Holder::Thing(_) | Holder::Tie(_) | Holder::Graph => None,
    };
    let first = hits.partition_point(|hit| matches!(hit.holder, Holder::Thing(_) | Holder::Graph));
    let found = hits[first..].partition_point(|hit| stance(hit).is_some());
    hits[first..first + found].sort_by(|one, other| match (stance(one), stance(other)) {
        (Some(one), Some(other)) => graph.statement_order(one, other),
        _ => Ordering::Equal,
    });
    hits
}

/// Returns whether a field is shown. As of a day on which a meeting had another status, its outcome
/// is not shown.
fn is_told(graph: &Graph, entity: Entity, field: &str) -> bool {
    let Entity::Meeting(id) = entity else {
        return true;
    };
    matches!(
        graph[id].told(),
        Told::Present | Told::Later(_) | Told::Withdrawn(_)
    ) || !["outcome", "quote", "at", "note"].contains(&field)
}

/// Returns the fields of a record that hold words, each with its text.
fn written(graph: &Graph, kind: RecordKind, place: Place) -> Vec<(String, String)> {
    let mut fields = Vec::new();
    let text = place.file.of(&graph.texts);
    if let Some(text) = text
        && let Ok(tape) = Tape::read_part(&text.text, place.file, place.span.start as usize)
    {
        let value = tape.value();
        collect(&text.text, kind, value, "", &mut fields);
    }
    fields
}

fn collect(
    text: &str,
    kind: RecordKind,
    record: Value<'_>,
    within: &str,
    fields: &mut Vec<(String, String)>,
) {
    for part in record.unwrapped().parts() {
        let Some(field) = part.name().and_then(|name| kind.field(&name)) else {
            continue;
        };
        let name = format!("{within}{}", field.name);
        let value = part.unwrapped();
        match field.holds {
            Holds::Text => fields.extend(value.string().map(|text| (name, text.into_owned()))),
            Holds::Texts => fields.push((name, strings(value).join(", "))),
            // The meanings of marks are the values behind the numbers that are their keys.
            Holds::Marks => fields.push((name, strings(value).join(", "))),
            Holds::Word(_) if kind == RecordKind::Tie => {
                fields.push((name, text[value.span().range()].to_owned()));
            }
            Holds::Record(inner) => {
                collect(text, inner, value, &format!("{name} "), fields);
            }
            Holds::Records(inner) => {
                for entry in value.parts() {
                    collect(text, inner, entry, &format!("{name} "), fields);
                }
            }
            Holds::Number
            | Holds::Date
            | Holds::Word(_)
            | Holds::Id(_)
            | Holds::Ids(_)
            | Holds::IdOrIds(_) => {}
        }
    }
}

fn strings(value: Value<'_>) -> Vec<Cow<'_, str>> {
    match value.string() {
        Some(one) => vec![one],
        None => value.parts().filter_map(|part| part.string()).collect(),
    }
}

/// The status of each statement found, for each of its actors.
struct Fates(HashMap<StanceId, Vec<(Fate, Word)>>);

impl Fates {
    fn of(graph: &Graph, lens: Lens, hits: &[Hit]) -> Fates {
        let found = |hit: &Hit| match hit.holder {
            Holder::Stance(id) => Some(id),
            _ => None,
        };
        let stances: Vec<StanceId> = distinct(hits.iter().filter_map(found));
        let mut asked: Vec<(ActorId, IssueId)> = Vec::new();
        for id in &stances {
            let stance = &graph[*id];
            asked.extend(
                stance
                    .actors
                    .as_slice()
                    .iter()
                    .map(|actor| (*actor, stance.issue)),
            );
        }
        asked.sort_unstable();
        asked.dedup();
        let positions = graph.positions(lens, |actor, issue| {
            asked.binary_search(&(actor, issue)).is_ok()
        });
        let mut fates: HashMap<StanceId, Vec<(Fate, Word)>> = HashMap::new();
        for id in stances {
            let stance = &graph[id];
            for actor in stance.actors.as_slice() {
                let standing = positions.get(&(*actor, stance.issue));
                let footing = standing.and_then(|standing| {
                    let mut footings = standing.footings.iter();
                    let footing = footings.find(|footing| footing.stance == id)?;
                    Some((footing.fate, rows::status(graph, footing, standing.verdict)))
                });
                fates.entry(id).or_default().extend(footing);
            }
            // What counts comes first, in whichever order the actors are named.
            if let Some(told) = fates.get_mut(&id) {
                told.sort_by_key(|(fate, _)| *fate);
            }
        }
        Fates(fates)
    }

    fn told(&self, id: StanceId) -> &[(Fate, Word)] {
        self.0.get(&id).map_or(&[], Vec::as_slice)
    }
}

fn row(graph: &Graph, hit: &Hit, fates: &Fates) -> FoundRow {
    let (record, id, evidence, status) = match hit.holder {
        Holder::Thing(entity) => (
            entity.kind().noun(),
            graph.id(entity),
            Some(Evidence::Thing(entity)),
            Vec::new(),
        ),
        Holder::Tie(id) => ("tie", "", Some(Evidence::Tie(id)), Vec::new()),
        Holder::Graph => ("graph", "", None, Vec::new()),
        Holder::Stance(id) => {
            let told = fates.told(id);
            let fate = told.first().map_or(Fate::InForce, |(fate, _)| *fate);
            let status = distinct(told.iter().map(|(_, word)| word.clone()));
            ("stance", "", Some(Evidence::Stance(id, fate)), status)
        }
    };
    FoundRow {
        record: record.into(),
        id: id.to_owned(),
        field: hit.field.clone(),
        text: hit.text.clone(),
        status,
        behind: Behind {
            place: hit.place,
            evidence: evidence.into_iter().collect(),
        },
    }
}
