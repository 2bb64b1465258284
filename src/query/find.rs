//! Finds every record that holds a text, in any field that the schema says holds words.

use std::borrow::Cow;
use std::cmp::Ordering;
use std::collections::BTreeMap;

use crate::graph::{ActorId, Entity, Fate, Graph, Lens, StanceId, TieId, Told};
use crate::model::{Holds, RecordKind, TieKind};
use crate::query::status::{self, Statuses};
use crate::query::{Behind, Evidence, Notes, Table, Word, answer, rows, scope, table};
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
    pub struct FoundRow of "mention" {
        /// The kind of record.
        record: Word,
        /// The id of the record.
        id: String,
        /// The field.
        field: String,
        /// The whole text of the field.
        text: String,
        /// The status of a statement; if its actors differ in it, that of those for whom it counts
        /// most. Of another record, whether it was withdrawn.
        status: Option<Word>,
        /// Every status that a statement has for one of its actors, and every status of a meeting
        /// that was withdrawn.
        statuses for programs: Vec<Word>,
    }
}

/// Finds a text, ignoring case and accents.
pub fn find(graph: &Graph, lens: Lens, text: &str) -> Found {
    let mut hits = by_key(graph, lens, text, words::folded);
    if hits.is_empty() {
        // Letters may be spelt out in either text: ö as oe.
        hits = by_key(graph, lens, text, words::written_out);
    }
    let stances = hits.iter().filter_map(|hit| hit.holder.stance());
    let statuses = status::statuses(graph, lens, stances);
    let rows = hits.iter().map(|hit| row(graph, lens, hit, &statuses));
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

impl Holder {
    fn stance(self) -> Option<StanceId> {
        match self {
            Holder::Stance(id) => Some(id),
            Holder::Thing(_) | Holder::Tie(_) | Holder::Graph => None,
        }
    }
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
        if let Holder::Thing(Entity::Actor(id)) = holder {
            let is_of_kind = |kind: &TieKind| key(kind.written()).contains(&wanted);
            fields.extend(short_forms(graph, id, is_of_kind));
        }
        hits.extend(fields.into_iter().map(|(field, text)| Hit {
            holder,
            place: Some(place),
            field,
            text,
        }));
    }
    // Few statements are found, so only those are put in order.
    let stance = |hit: &Hit| hit.holder.stance();
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
    let meeting = &graph[id];
    matches!(
        meeting.told(),
        Told::Present | Told::Later(_) | Told::Withdrawn(_)
    ) || meeting.lost_its_present()
        || !["outcome", "quote", "at", "note"].contains(&field)
}

/// Returns the fields by which an actor has ties of some kinds, each with the names of the others.
fn short_forms(
    graph: &Graph,
    id: ActorId,
    is_of_kind: impl Fn(&TieKind) -> bool,
) -> impl Iterator<Item = (String, String)> {
    let actor = &graph[id];
    let fields = [
        ("speaks_for", TieKind::SpeaksFor, &actor.speaks_for),
        ("members", TieKind::Member, &actor.members),
    ];
    let has = move |(_, kind, others): &(_, TieKind, &Vec<ActorId>)| {
        !others.is_empty() && is_of_kind(kind)
    };
    let fields = fields.into_iter().filter(has);
    fields.map(|(field, _, others)| {
        let names: Vec<&str> = others.iter().map(|id| graph[*id].name.as_ref()).collect();
        (field.to_owned(), names.join(", "))
    })
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

fn row(graph: &Graph, lens: Lens, hit: &Hit, statuses: &BTreeMap<StanceId, Statuses>) -> FoundRow {
    let (record, id, evidence) = match hit.holder {
        Holder::Thing(entity) => (
            entity.kind().noun(),
            graph.id(entity),
            Some(Evidence::Thing(entity)),
        ),
        Holder::Tie(id) => ("tie", "", Some(Evidence::Tie(id))),
        Holder::Graph => ("graph", "", None),
        Holder::Stance(id) => {
            let fate = statuses.get(&id).map(|of| of.fate(graph));
            let fate = fate.unwrap_or_else(|| status::fate_alone(graph, id));
            ("stance", "", Some(Evidence::Stance(id, fate)))
        }
    };
    let (status, statuses) = status_of(graph, lens, hit.holder, statuses);
    FoundRow {
        record: record.into(),
        id: id.to_owned(),
        field: hit.field.clone(),
        text: hit.text.clone(),
        status,
        statuses,
        behind: Behind {
            place: hit.place,
            evidence: evidence.into_iter().collect(),
        },
    }
}

/// Returns the status of a record in words, and for programs.
fn status_of(
    graph: &Graph,
    lens: Lens,
    holder: Holder,
    statuses: &BTreeMap<StanceId, Statuses>,
) -> (Option<Word>, Vec<Word>) {
    let claim = match holder {
        Holder::Stance(id) => {
            let status = statuses.get(&id);
            return (
                status.and_then(|of| of.words(graph)),
                status.map_or(Vec::new(), Statuses::each),
            );
        }
        Holder::Thing(Entity::Meeting(id)) => {
            let withdrawn = status::withdrawn_statuses(graph, &graph[id]);
            let words: Vec<&str> = withdrawn.iter().map(|word| word.words.as_ref()).collect();
            let status =
                (!words.is_empty()).then(|| Word::new(Fate::Withdrawn.key(), words.join("; ")));
            let later = || matches!(graph[id].told(), Told::Later(_)).then(|| Word::from("later"));
            return (status.or_else(later), withdrawn);
        }
        Holder::Thing(Entity::Source(id)) => graph[id].claim(),
        Holder::Thing(Entity::Fact(id)) => {
            return (rows::fact_as_of(graph, id, lens.day).status, Vec::new());
        }
        Holder::Thing(Entity::Actor(_) | Entity::Issue(_)) | Holder::Graph => {
            return (None, Vec::new());
        }
        Holder::Tie(id) => {
            let (tie, day) = (&graph[id], lens.day);
            let status = status::on_day(graph, tie.claim(), tie.during(), day);
            return (status, Vec::new());
        }
    };
    (status::withdrawn(graph, claim), Vec::new())
}
