//! Everything about one thing.

mod actor;
mod issue;
mod meeting;
mod referring;
mod source;

use crate::graph::{Entity, FactId, Graph, Joined, Lens};
use crate::query::rows;
use crate::query::{Answer, Cell, Row, Section};

/// Shows everything about one thing.
pub fn show(graph: &Graph, lens: Lens, entity: Entity) -> Answer {
    match entity {
        Entity::Actor(id) => actor::show(graph, lens, id),
        Entity::Issue(id) => issue::show(graph, lens, id),
        Entity::Meeting(id) => meeting::show(graph, lens, id),
        Entity::Source(id) => source::show(graph, lens, id),
        Entity::Fact(id) => fact(graph, lens, id),
    }
}

fn fact(graph: &Graph, lens: Lens, id: FactId) -> Answer {
    let fact = &graph.facts[id.index()];
    let date = graph.statement_date(fact.date, &fact.sources);
    let written = graph.written_fact(fact.place);
    let fields = [
        ("text", Cell::text(written.text)),
        ("date", Cell::date(date)),
        ("status", rows::passed(rows::since(date), lens.day)),
        ("about", Cell::things(fact.about.iter().copied())),
        (
            "quote",
            Cell::text(written.quote.into_option().unwrap_or_default()),
        ),
        (
            "said by",
            fact.said_by
                .map_or(Cell::Nothing, |by| Cell::Thing(Entity::Actor(by))),
        ),
        ("sources", rows::sources(&fact.sources)),
        (
            "found at",
            Cell::text(written.at.into_option().unwrap_or_default()),
        ),
        (
            "credibility",
            written
                .credibility
                .map_or(Cell::Nothing, |grade| Cell::Number(grade.into())),
        ),
        (
            "note",
            Cell::text(written.note.into_option().unwrap_or_default()),
        ),
        ("tags", Cell::text(written.tags.join(", "))),
    ];
    Answer {
        title: format!("Fact {}", fact.id),
        sections: vec![
            about(graph, Entity::Fact(id), fields),
            referring::because_of(graph, Entity::Fact(id)),
            facts_about(graph, lens, Entity::Fact(id)),
        ],
        notes: Vec::new(),
    }
}

/// The section of a record's own fields.
fn about<'n>(
    graph: &Graph,
    entity: Entity,
    fields: impl IntoIterator<Item = (&'n str, Cell)>,
) -> Section {
    let mut section = Section::new("about", "", rows::FIELD);
    section
        .rows
        .push(Row::new([Cell::text("id"), Cell::text(graph.id(entity))]).at(graph.place(entity)));
    section.rows.extend(
        fields
            .into_iter()
            .filter_map(|(name, value)| rows::field(name, value)),
    );
    section
}

/// The facts about a thing.
fn facts_about(graph: &Graph, lens: Lens, entity: Entity) -> Section {
    let ids = (0..graph.facts.len())
        .map(|n| FactId(n as u32))
        .filter(|id| graph.facts[id.index()].about.contains(&entity));
    Section::new("facts", "Facts", rows::DATED_FACT)
        .with(ids.map(|id| rows::fact_as_of(graph, id, lens.day)))
}

/// The ties that pass a test.
fn ties(graph: &Graph, lens: Lens, heading: &str, test: impl Fn(&Joined<'_>) -> bool) -> Section {
    let ties = graph.joined().filter(test);
    Section::new("ties", heading, rows::JOINED)
        .with(ties.map(|tie| rows::joined(graph, tie, lens.day)))
}
