//! The sections of the answer beside the positions: record by record what came, went and became another.

use crate::graph::{Entity, Fate, Graph, Positions, Told};
use crate::model::ActorKind;
use crate::query::diff::Heads;
use crate::query::diff::fields::Reading;
use crate::query::diff::pairs::Pairs;
use crate::query::diff::statements::Fates;
use crate::query::{Cell, Evidence, Row, Section, rows};

/// A record that is not as it was.
pub(super) struct Changed {
    pub(super) before: Evidence,
    pub(super) after: Evidence,
    /// The fields that differ: what they held, what they hold.
    pub(super) fields: Vec<(&'static str, Cell, Cell)>,
}

/// What of a meeting is told to have changed where it is told at another stage of its history: the rest is evidence.
const OF_A_STAGE: &[&str] = &[
    "status",
    "date",
    "on",
    "because",
    "outcome",
    "likelihood",
    "source",
];

/// What differs between two records.
fn changed(reading: Reading<'_>, before: Evidence, after: Evidence) -> Changed {
    let fields = std::iter::zip(reading.fields(before), reading.fields(after));
    let differ = fields.filter(|((_, before), (_, after))| before != after);
    let mut fields: Vec<_> = differ
        .map(|((name, before), (_, after))| (name, before, after))
        .collect();
    if let (Evidence::Thing(Entity::Meeting(before)), Evidence::Thing(Entity::Meeting(after))) =
        (before, after)
    {
        let [then, now] = [before, after].map(|id| reading.graph.meetings[id.index()].told());
        if then != now {
            fields.retain(|(name, ..)| OF_A_STAGE.contains(name));
        }
        fields.sort_by_key(|(name, ..)| {
            OF_A_STAGE
                .iter()
                .position(|of| of == name)
                .unwrap_or(OF_A_STAGE.len())
        });
    }
    Changed {
        before,
        after,
        fields,
    }
}

/// The things that stayed, or were renamed, and are not as they were.
pub(super) fn things_changed(reading: Reading<'_>) -> Vec<Changed> {
    let graph = reading.graph;
    let stage = |entity: Entity| match entity {
        Entity::Meeting(id) => {
            let meeting = &graph.meetings[id.index()];
            (meeting.told(), meeting.earlier().len())
        }
        _ => (&Told::Present, 0),
    };
    let both = reading.pairs.stayed.iter().chain(&reading.pairs.renamed);
    // What reads the same byte by byte says the same; most does.
    let same = |old: Entity, new: Entity| {
        graph.slice(graph.place(old)) == graph.slice(graph.place(new)) && stage(old) == stage(new)
    };
    both.filter(|(old, new)| !same(*old, *new))
        .map(|(old, new)| changed(reading, Evidence::Thing(*old), Evidence::Thing(*new)))
        .filter(|changed| !changed.fields.is_empty())
        .collect()
}

/// A section of changed records, a row for each field; `what` makes the cells that tell which record it is.
fn fields_changed(
    graph: &Graph,
    section: Section,
    changed: &[Changed],
    what: impl Fn(&Changed) -> Vec<Cell>,
) -> Section {
    let rows = changed.iter().flat_map(|record| {
        let what = what(record);
        let (was, is) = (record.before.place(graph), record.after.place(graph));
        let row = move |(name, before, after): &(&str, Cell, Cell)| {
            let was = Cell::places((was != is).then_some(was));
            let cells =
                what.iter()
                    .cloned()
                    .chain([Cell::text(*name), before.clone(), after.clone(), was]);
            Row::new(cells)
                .at(is)
                .because([record.after, record.before])
        };
        record.fields.iter().map(row)
    });
    section.with(rows)
}

/// The columns that follow what a changed record is.
const FIELDS: [&str; 4] = ["field", "from", "to", "before_at"];

fn columns<'c>(what: &[&'c str]) -> Vec<&'c str> {
    what.iter().copied().chain(FIELDS).collect()
}

pub(super) fn meetings_changed(graph: &Graph, changed: &[Changed]) -> Section {
    let section = Section::new(
        "meetings_changed",
        "Meetings that changed",
        &columns(&["meeting"]),
    );
    fields_changed(graph, section, changed, |record| vec![thing(record)])
}

/// Actors, issues, sources and facts that are not as they were, and what the graphs say of themselves.
pub(super) fn changed_things(graph: &Graph, heads: Heads, changed: &[Changed]) -> Section {
    let section = Section::new("changed", "Changed", &columns(&["kind", "what"]));
    let heads =
        std::iter::zip(["title", "note"], heads).filter(|(_, (before, after))| before != after);
    let section = section.with(heads.map(|(name, (before, after))| {
        let text = |text: Option<String>| Cell::text(text.unwrap_or_default());
        Row::new([
            Cell::text("graph"),
            Cell::Nothing,
            Cell::text(name),
            text(before),
            text(after),
            Cell::Nothing,
        ])
    }));
    fields_changed(graph, section, changed, |record| match record.after {
        Evidence::Thing(entity) => vec![Cell::text(kind(entity)), Cell::Thing(entity)],
        _ => vec![Cell::Nothing, Cell::Nothing],
    })
}

fn thing(record: &Changed) -> Cell {
    match record.after {
        Evidence::Thing(entity) => Cell::Thing(entity),
        _ => Cell::Nothing,
    }
}

pub(super) fn statements_changed(reading: Reading<'_>, fates: &Fates) -> Section {
    let graph = reading.graph;
    let section = Section::new(
        "statements_changed",
        "Statements changed",
        &columns(&["actors", "issue"]),
    );
    fields_changed(
        graph,
        section,
        &records_changed(reading, fates),
        |record| match record.after {
            Evidence::Stance(id, _) => {
                let stance = &graph.stances[id.index()];
                vec![
                    Cell::actors(stance.actors.as_slice()),
                    Cell::Thing(Entity::Issue(stance.issue)),
                ]
            }
            _ => vec![Cell::Nothing, Cell::Nothing],
        },
    )
}

pub(super) fn ties_changed(reading: Reading<'_>, fates: &Fates) -> Section {
    let graph = reading.graph;
    let section = Section::new(
        "ties_changed",
        "Ties changed",
        &columns(&["actor", "kind", "other"]),
    );
    fields_changed(
        graph,
        section,
        &records_changed(reading, fates),
        |record| match record.after {
            Evidence::Tie(id) => rows::tie(graph, id).cells.into_iter().take(3).collect(),
            _ => vec![Cell::Nothing; 3],
        },
    )
}

/// Ties of one graph only.
pub(super) fn ties(graph: &Graph, key: &'static str, heading: &str, ties: &[Evidence]) -> Section {
    let ids = ties.iter().filter_map(|tie| match tie {
        Evidence::Tie(id) => Some(*id),
        _ => None,
    });
    Section::new(key, heading, rows::TIE).with(ids.map(|id| rows::tie(graph, id)))
}

/// How much of what changed.
pub(super) fn summary(
    pairs: &Pairs,
    moved: usize,
    things: &[Changed],
    [stances, ties]: [&Fates; 2],
) -> Section {
    let of_kind = |name: &'static str| {
        let is = move |entity: &Entity| kind(*entity) == name;
        let changed = things
            .iter()
            .filter(|changed| matches!(changed.after, Evidence::Thing(entity) if is(&entity)));
        let count = |entities: &[Entity]| entities.iter().filter(|entity| is(entity)).count();
        let renamed = pairs.renamed.iter().filter(|(_, new)| is(new)).count();
        [
            count(&pairs.added),
            count(&pairs.removed),
            changed.count(),
            renamed,
        ]
    };
    let of_section = |fates: &Fates| {
        [
            fates.added.len(),
            fates.removed.len(),
            fates.changed.len(),
            0,
        ]
    };
    let counts = [
        ("positions", [0, 0, moved, 0]),
        ("statements", of_section(stances)),
        ("meetings", of_kind("meeting")),
        ("ties", of_section(ties)),
        ("facts", of_kind("fact")),
        ("actors", of_kind("actor")),
        ("issues", of_kind("issue")),
        ("sources", of_kind("source")),
    ];
    let count = |count: usize| {
        if count == 0 {
            Cell::Nothing
        } else {
            Cell::count(count)
        }
    };
    let rows = counts.into_iter().filter(|(_, counts)| *counts != [0; 4]);
    let rows = rows
        .map(|(name, counts)| Row::new([Cell::text(name)].into_iter().chain(counts.map(count))));
    Section::new(
        "summary",
        "",
        &["what", "added", "removed", "changed", "renamed"],
    )
    .with(rows)
    .or_else("Nothing differs.")
}

/// `actor`, `issue` …
fn kind(entity: Entity) -> &'static str {
    entity.noun().split_once(' ').map_or("", |(_, noun)| noun)
}

/// Things of one graph only.
pub(super) fn things(
    graph: &Graph,
    key: &'static str,
    heading: &str,
    things: &[Entity],
) -> Section {
    let rows = things.iter().map(|entity| {
        let cells = [
            Cell::text(kind(*entity)),
            Cell::Thing(*entity),
            Cell::text(described(graph, *entity)),
        ];
        Row::new(cells)
            .at(graph.place(*entity))
            .because([Evidence::Thing(*entity)])
    });
    Section::new(key, heading, &["kind", "what", "description"]).with(rows)
}

/// What a thing is, in a few words, beside its name.
fn described(graph: &Graph, entity: Entity) -> String {
    let date =
        |date: Option<crate::model::Date>| date.map_or(String::new(), |date| format!(", {date}"));
    match entity {
        Entity::Source(id) => {
            let source = &graph.sources[id.index()];
            format!("{}{}", source.title, date(source.date))
        }
        Entity::Actor(id) => rows::words(ActorKind::word_of(graph.actors[id.index()].kind)),
        Entity::Issue(id) => graph
            .written_issue(graph.issues[id.index()].place)
            .question
            .unwrap_or_default()
            .into_owned(),
        Entity::Meeting(id) => {
            let meeting = &graph.meetings[id.index()];
            format!("{}{}", meeting.status_words(), date(meeting.date))
        }
        Entity::Fact(id) => graph
            .written_fact(graph.facts[id.index()].place)
            .text
            .into_owned(),
    }
}

/// Sources that are gone, and how much rested on them.
pub(super) fn withdrawn(graph: &Graph, sources: &[Entity]) -> Section {
    let sources = sources.iter().filter_map(|entity| match entity {
        Entity::Source(id) => Some(*id),
        _ => None,
    });
    let count = |rested: usize| {
        if rested == 0 {
            Cell::Nothing
        } else {
            Cell::count(rested)
        }
    };
    let rows = sources.map(|id| {
        let source = &graph.sources[id.index()];
        let cells = [
            Cell::Thing(Entity::Source(id)),
            Cell::text(source.title.as_ref()),
            Cell::date(source.date),
            count(
                graph
                    .stances
                    .iter()
                    .filter(|stance| stance.sources.contains(&id))
                    .count(),
            ),
            count(
                graph
                    .meetings
                    .iter()
                    .filter(|meeting| meeting.sources().contains(&id))
                    .count(),
            ),
            count(
                graph
                    .ties
                    .iter()
                    .filter(|tie| tie.sources.contains(&id))
                    .count(),
            ),
            count(
                graph
                    .facts
                    .iter()
                    .filter(|fact| fact.sources.contains(&id))
                    .count(),
            ),
        ];
        Row::new(cells)
            .at(source.place)
            .because([Evidence::Thing(Entity::Source(id))])
    });
    let columns = [
        "source",
        "title",
        "date",
        "statements",
        "meetings",
        "ties",
        "facts",
    ];
    Section::new(
        "sources_withdrawn",
        "Sources withdrawn, and what rested on them",
        &columns,
    )
    .with(rows)
}

/// Things that have another id.
pub(super) fn renamed(graph: &Graph, renamed: &[(Entity, Entity)]) -> Section {
    let rows = renamed.iter().map(|(old, new)| {
        let cells = [
            Cell::text(kind(*new)),
            Cell::Thing(*new),
            Cell::text(graph.id(*old)),
            Cell::text(graph.id(*new)),
            Cell::places(vec![graph.place(*old)]),
        ];
        Row::new(cells)
            .at(graph.place(*new))
            .because([Evidence::Thing(*new), Evidence::Thing(*old)])
    });
    Section::new(
        "renamed",
        "Renamed",
        &["kind", "what", "from", "to", "before_at"],
    )
    .with(rows)
}

/// Statements of one graph only, with what they came to there.
pub(super) fn statements(
    graph: &Graph,
    key: &'static str,
    heading: &str,
    stances: &[Evidence],
    positions: &Positions,
) -> Section {
    let ids = stances.iter().filter_map(|stance| match stance {
        Evidence::Stance(id, _) => Some(*id),
        _ => None,
    });
    let rows = ids.map(|id| {
        let stance = &graph.stances[id.index()];
        let first = stance.actors.as_slice().first();
        let standing = first.and_then(|actor| positions.get(&(*actor, stance.issue)));
        let footing = standing.and_then(|standing| {
            standing
                .footings
                .iter()
                .find(|footing| footing.stance == id)
        });
        let evidence = Evidence::Stance(id, footing.map_or(Fate::InForce, |footing| footing.fate));
        let status = standing.zip(footing).map_or("", |(standing, footing)| {
            rows::fate(footing.fate, standing.verdict)
        });
        Row::new(
            rows::stance(graph, stance)
                .into_iter()
                .chain([Cell::text(status)]),
        )
        .at(stance.place)
        .because([evidence])
    });
    let columns = [
        "actors",
        "issue",
        "position",
        "toward",
        "voiced_by",
        "date",
        "sources",
        "status",
    ];
    Section::new(key, heading, &columns).with(rows)
}

/// The pairs of records that changed.
fn records_changed(reading: Reading<'_>, fates: &Fates) -> Vec<Changed> {
    fates
        .changed
        .iter()
        .map(|(before, after)| changed(reading, *before, *after))
        .collect()
}
