//! The sections of the answer other than positions: what was added, removed and changed, record by
//! record.

use crate::graph::{ActorId, Entity, Graph, IssueId, SourceId, Standings, Told};
use crate::model::{ActorKind, Date, Day};
use crate::query::diff::Heads;
use crate::query::diff::fields::Reading;
use crate::query::diff::moves::Moves;
use crate::query::diff::pairs::Pairs;
use crate::query::diff::statements::Fates;
use crate::query::rows::{self, StanceRow, TieRow};
use crate::query::status::{self, Statuses};
use crate::query::{Behind, Cell, Count, Evidence, Table, Word, table};
use crate::text::Place;

table! {
    /// How many records of a kind changed.
    pub struct SummaryRow {
        /// The kind of record, or `positions`.
        what: Word,
        /// How many were added; of positions, became known.
        added: Count,
        /// How many were removed; of positions, became unknown.
        removed: Count,
        /// How many changed; of positions, moved.
        changed: Count,
        /// How many got another id.
        renamed: Count,
    }

    /// A field of a record that changed.
    pub struct ChangedFieldRow of "change" {
        /// The kind of record; `graph` for what a graph says of itself.
        kind: Word,
        /// The record.
        what: Option<Entity>,
        /// The field.
        field: Word,
        /// Its value before.
        from: Cell,
        /// Its value now.
        to: Cell,
        /// Where the record stood in the files before.
        before_at: Vec<Place>,
    }

    /// A field of a statement that changed.
    pub struct ChangedStatementRow of "change" {
        /// The actors it is about.
        actors: Vec<ActorId>,
        /// The issue.
        issue: Option<IssueId>,
        /// The field.
        field: Word,
        /// Its value before.
        from: Cell,
        /// Its value now.
        to: Cell,
        /// Where the record stood in the files before.
        before_at: Vec<Place>,
    }

    /// A field of a tie that changed.
    pub struct ChangedTieRow of "change" {
        /// The actor it goes from.
        actor: Option<ActorId>,
        /// The kind of tie.
        kind: Option<Word>,
        /// The actor it goes to.
        other: Option<ActorId>,
        /// The field.
        field: Word,
        /// Its value before.
        from: Cell,
        /// Its value now.
        to: Cell,
        /// Where the record stood in the files before.
        before_at: Vec<Place>,
    }

    /// A thing in only one of the graphs.
    pub struct ThingRow of "record" {
        /// The kind of record.
        kind: Word,
        /// The thing.
        what: Entity,
        /// What it is, in a few words.
        description: String,
    }

    /// A source that is gone, and how much rested on it.
    pub struct WithdrawnRow of "source" {
        /// The source.
        source: SourceId,
        /// Its title.
        title: String,
        /// When it was published.
        date: Option<Date>,
        /// How many statements rested on it.
        statements: Count,
        /// How many meetings rested on it.
        meetings: Count,
        /// How many ties rested on it.
        ties: Count,
        /// How many facts rested on it.
        facts: Count,
    }

    /// A thing that got another id.
    pub struct RenamedRow of "record" {
        /// The kind of record.
        kind: Word,
        /// The thing.
        what: Entity,
        /// Its id before.
        from: String,
        /// Its id now.
        to: String,
        /// Where the record stood in the files before.
        before_at: Vec<Place>,
    }
}

/// A record that changed.
pub(super) struct Changed {
    pub(super) before: Evidence,
    pub(super) after: Evidence,
    /// The fields that differ, with their values before and after.
    pub(super) fields: Vec<(&'static str, Cell, Cell)>,
}

/// The fields that count as changes of a meeting that is shown at different stages of its history;
/// the other fields only describe evidence.
const OF_A_STAGE: &[&str] = &[
    "status",
    "date",
    "on",
    "because",
    "outcome",
    "likelihood",
    "source",
];

/// Returns what differs between two records.
fn changed(reading: Reading<'_>, before: Evidence, after: Evidence) -> Changed {
    let fields = std::iter::zip(reading.fields(before), reading.fields(after));
    let differ = fields.filter(|((_, before), (_, after))| before != after);
    let mut fields: Vec<_> = differ
        .map(|((name, before), (_, after))| (name, before, after))
        .collect();
    if let (Evidence::Thing(Entity::Meeting(before)), Evidence::Thing(Entity::Meeting(after))) =
        (before, after)
    {
        let [then, now] = [before, after].map(|id| reading.graph[id].told());
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

/// Returns the things that stayed or were renamed, and changed.
pub(super) fn things_changed(reading: Reading<'_>) -> Vec<Changed> {
    let graph = reading.graph;
    let stage = |entity: Entity| match entity {
        Entity::Meeting(id) => {
            let meeting = &graph[id];
            (meeting.told(), meeting.earlier().len())
        }
        _ => (&Told::Present, 0),
    };
    let both = reading.pairs.stayed.iter().chain(&reading.pairs.renamed);
    // Records with the same bytes say the same, and most records have not changed.
    let same = |old: Entity, new: Entity| {
        graph.slice(graph.place(old)) == graph.slice(graph.place(new)) && stage(old) == stage(new)
    };
    both.filter(|(old, new)| !same(*old, *new))
        .map(|(old, new)| changed(reading, Evidence::Thing(*old), Evidence::Thing(*new)))
        .filter(|changed| !changed.fields.is_empty())
        .collect()
}

/// A changed field: its name, its value before and after, where the record stood before, and the
/// records behind it.
type FieldChange = (Word, Cell, Cell, Vec<Place>, Behind);

/// Returns what changed in each field of a record.
fn fields_changed(graph: &Graph, record: &Changed) -> Vec<FieldChange> {
    let (was, is) = (record.before.place(graph), record.after.place(graph));
    let fields = record.fields.iter().map(|(name, before, after)| {
        let was = (was != is).then_some(was).into_iter().collect();
        let behind = Behind::at(is).because([record.after, record.before]);
        ((*name).into(), before.clone(), after.clone(), was, behind)
    });
    fields.collect()
}

pub(super) fn meetings_changed(graph: &Graph, changed: &[Changed]) -> Table<ChangedFieldRow> {
    things_with_fields(graph, "Meetings that changed", changed).hiding(&["kind"])
}

/// Lists changed actors, issues, sources and facts, and what the graphs say of themselves.
pub(super) fn changed_things(
    graph: &Graph,
    heads: Heads,
    changed: &[Changed],
) -> Table<ChangedFieldRow> {
    let heads =
        std::iter::zip(["title", "note"], heads).filter(|(_, (before, after))| before != after);
    let text = |text: Option<String>| Cell::text(text.unwrap_or_default());
    let heads = heads.map(|(name, (before, after))| ChangedFieldRow {
        kind: "graph".into(),
        what: None,
        field: name.into(),
        from: text(before),
        to: text(after),
        before_at: Vec::new(),
        behind: Behind::default(),
    });
    let things = things_with_fields(graph, "Changed", changed).rows;
    Table::new("Changed", heads.chain(things))
}

fn things_with_fields(graph: &Graph, heading: &str, changed: &[Changed]) -> Table<ChangedFieldRow> {
    let rows = changed.iter().flat_map(|record| {
        let what = match record.after {
            Evidence::Thing(entity) => Some(entity),
            Evidence::Stance(..) | Evidence::Tie(_) => None,
        };
        let fields = fields_changed(graph, record).into_iter();
        fields.map(
            move |(field, from, to, before_at, behind)| ChangedFieldRow {
                kind: what.map_or("", |entity| entity.kind().noun()).into(),
                what,
                field,
                from,
                to,
                before_at,
                behind,
            },
        )
    });
    Table::new(heading, rows)
}

pub(super) fn statements_changed(
    reading: Reading<'_>,
    fates: &Fates,
) -> Table<ChangedStatementRow> {
    let graph = reading.graph;
    let records = records_changed(reading, fates);
    let rows = records.iter().flat_map(|record| {
        let stance = match record.after {
            Evidence::Stance(id, _) => Some(&graph[id]),
            Evidence::Tie(_) | Evidence::Thing(_) => None,
        };
        let actors = stance.map_or(Vec::new(), |stance| stance.actors.as_slice().to_vec());
        let fields = fields_changed(graph, record).into_iter();
        fields.map(
            move |(field, from, to, before_at, behind)| ChangedStatementRow {
                actors: actors.clone(),
                issue: stance.map(|stance| stance.issue),
                field,
                from,
                to,
                before_at,
                behind,
            },
        )
    });
    Table::new("Statements changed", rows)
}

pub(super) fn ties_changed(reading: Reading<'_>, fates: &Fates) -> Table<ChangedTieRow> {
    let graph = reading.graph;
    let records = records_changed(reading, fates);
    let rows = records.iter().flat_map(|record| {
        let tie = match record.after {
            Evidence::Tie(id) => Some(&graph[id]),
            Evidence::Stance(..) | Evidence::Thing(_) => None,
        };
        let fields = fields_changed(graph, record).into_iter();
        fields.map(move |(field, from, to, before_at, behind)| ChangedTieRow {
            actor: tie.map(|tie| tie.from),
            kind: tie.map(|tie| rows::tie_kind(&tie.kind)),
            other: tie.map(|tie| tie.to),
            field,
            from,
            to,
            before_at,
            behind,
        })
    });
    Table::new("Ties changed", rows)
}

/// Lists ties of one graph only.
pub(super) fn ties(graph: &Graph, heading: &str, ties: &[Evidence]) -> Table<TieRow> {
    let ids = ties.iter().filter_map(|tie| match tie {
        Evidence::Tie(id) => Some(*id),
        _ => None,
    });
    let rows = ids.map(|id| TieRow {
        status: status::withdrawn(graph, graph[id].claim()),
        ..rows::tie(graph, id)
    });
    Table::new(heading, rows)
}

/// Counts what changed, by kind of record.
pub(super) fn summary(
    pairs: &Pairs,
    moves: &Moves,
    things: &[Changed],
    [stances, ties]: [&Fates; 2],
) -> Table<SummaryRow> {
    let of_kind = |name: &'static str| {
        let is = move |entity: &Entity| entity.kind().noun() == name;
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
        (
            "positions",
            [
                moves.known.rows.len(),
                moves.lost.rows.len(),
                moves.moved.rows.len(),
                0,
            ],
        ),
        ("statements", of_section(stances)),
        ("meetings", of_kind("meeting")),
        ("ties", of_section(ties)),
        ("facts", of_kind("fact")),
        ("actors", of_kind("actor")),
        ("issues", of_kind("issue")),
        ("sources", of_kind("source")),
    ];
    let counts = counts.into_iter().filter(|(_, counts)| *counts != [0; 4]);
    let rows = counts.map(|(name, [added, removed, changed, renamed])| SummaryRow {
        what: name.into(),
        added: Count(added),
        removed: Count(removed),
        changed: Count(changed),
        renamed: Count(renamed),
        behind: Behind::default(),
    });
    Table::new("", rows).or_else("Nothing differs.")
}

/// Lists things of one graph only.
pub(super) fn things(graph: &Graph, heading: &str, things: &[Entity]) -> Table<ThingRow> {
    let rows = things.iter().map(|entity| ThingRow {
        kind: entity.kind().noun().into(),
        what: *entity,
        description: described(graph, *entity),
        behind: Behind::thing(graph, *entity),
    });
    Table::new(heading, rows)
}

/// Describes a thing in a few words, beside its name.
fn described(graph: &Graph, entity: Entity) -> String {
    let date =
        |date: Option<crate::model::Date>| date.map_or(String::new(), |date| format!(", {date}"));
    match entity {
        Entity::Source(id) => {
            let source = &graph[id];
            format!("{}{}", source.title, date(source.date))
        }
        Entity::Actor(id) => ActorKind::word_of(graph[id].kind).to_owned(),
        Entity::Issue(id) => graph
            .written_issue(graph[id].place)
            .question
            .unwrap_or_default()
            .into_owned(),
        Entity::Meeting(id) => {
            let meeting = &graph[id];
            format!("{}{}", meeting.status_words(), date(meeting.date))
        }
        Entity::Fact(id) => {
            let text = graph.written_fact(graph[id].place).text;
            match status::withdrawn(graph, graph[id].claim()) {
                Some(by) => format!("{text} ({})", by.words),
                None => text.into_owned(),
            }
        }
    }
}

/// Lists sources that are gone, and how much rested on them.
pub(super) fn withdrawn(graph: &Graph, sources: &[Entity]) -> Table<WithdrawnRow> {
    let sources = sources.iter().filter_map(|entity| entity.source());
    let resting = graph.resting();
    let rows = sources.map(|id| {
        let (source, on_it) = (&graph[id], resting[id.index()]);
        WithdrawnRow {
            source: id,
            title: source.title.to_string(),
            date: source.date,
            statements: Count(on_it.stances),
            meetings: Count(on_it.meetings),
            ties: Count(on_it.ties),
            facts: Count(on_it.facts),
            behind: Behind::thing(graph, Entity::Source(id)),
        }
    });
    Table::new("Sources removed, and what rested on them", rows)
}

/// Lists things that got another id.
pub(super) fn renamed(graph: &Graph, renamed: &[(Entity, Entity)]) -> Table<RenamedRow> {
    let rows = renamed.iter().map(|(old, new)| RenamedRow {
        kind: new.kind().noun().into(),
        what: *new,
        from: graph.id(*old).to_owned(),
        to: graph.id(*new).to_owned(),
        before_at: vec![graph.place(*old)],
        behind: Behind::at(graph.place(*new))
            .because([Evidence::Thing(*new), Evidence::Thing(*old)]),
    });
    Table::new("Renamed", rows)
}

/// Lists statements of one graph only, with their status there; what is over by `day` is no longer
/// in force.
pub(super) fn statements(
    graph: &Graph,
    heading: &str,
    stances: &[Evidence],
    positions: &Standings,
    day: Option<Day>,
) -> Table<StanceRow> {
    let ids = stances.iter().filter_map(|stance| match stance {
        Evidence::Stance(id, _) => Some(*id),
        _ => None,
    });
    let rows = ids.map(|id| {
        let until = graph[id].until().zip(day);
        let is_over = until.is_some_and(|(until, day)| until.period().to < day);
        let statuses = Statuses::among(graph, positions, id);
        let statuses = match is_over {
            true => statuses.ended(),
            false => statuses,
        };
        let fate = statuses.fate(graph);
        let row = rows::stance(graph, id);
        StanceRow {
            status: statuses
                .words(graph)
                .or_else(|| status::withdrawn(graph, graph[id].claim())),
            statuses: statuses.each(),
            behind: row.behind.because([Evidence::Stance(id, fate)]),
            ..row
        }
    });
    Table::new(heading, rows)
}

/// Returns the pairs of records that changed, with what differs.
fn records_changed(reading: Reading<'_>, fates: &Fates) -> Vec<Changed> {
    fates
        .changed
        .iter()
        .map(|(before, after)| changed(reading, *before, *after))
        .collect()
}
