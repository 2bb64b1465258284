//! A source: what it is, and all that rests on it.

use crate::graph::{
    ActorId, Entity, FactId, Fate, Footing, Graph, Lens, MeetingId, Office, SourceId, StanceId,
};
use crate::query::rows;
use crate::query::show::{about, facts_about, ties};
use crate::query::{Answer, Cell, Section};

pub(super) fn show(graph: &Graph, lens: Lens, id: SourceId) -> Answer {
    let source = &graph.sources[id.index()];
    let repeated_by = (0..graph.sources.len())
        .map(|n| SourceId(n as u32))
        .filter(|other| graph.sources[other.index()].via.contains(&id));
    let written = graph.written_source(source.place);
    let fields = about(
        graph,
        Entity::Source(id),
        [
            ("title", Cell::text(source.title.as_ref())),
            (
                "publisher",
                Cell::text(written.publisher.unwrap_or_default()),
            ),
            ("date", Cell::date(source.date)),
            ("url", Cell::text(written.url.unwrap_or_default())),
            ("repeats", rows::sources(&source.via)),
            (
                "repeated by",
                rows::sources(&repeated_by.collect::<Vec<_>>()),
            ),
            (
                "reliability",
                Cell::text(source.reliability.map_or("", |grade| grade.written())),
            ),
            ("text", Cell::text(written.text.unwrap_or_default())),
            (
                "note",
                Cell::text(written.note.into_option().unwrap_or_default()),
            ),
            ("tags", Cell::text(written.tags.join(", "))),
        ],
    );
    let meetings = (0..graph.meetings.len())
        .map(|n| MeetingId(n as u32))
        .filter(|meeting| {
            let meeting = &graph.meetings[meeting.index()];
            meeting.sources().contains(&id)
                || meeting
                    .earlier()
                    .iter()
                    .any(|earlier| earlier.sources.contains(&id))
        });
    let facts = (0..graph.facts.len())
        .map(|n| FactId(n as u32))
        .filter(|fact| graph.facts[fact.index()].sources.contains(&id));
    let sections = vec![
        fields,
        statements(graph, id),
        Section::new("meetings", "Meetings", rows::MEETING)
            .with(meetings.map(|id| rows::meeting(graph, id))),
        ties(graph, lens, "Ties", |tie| {
            graph
                .tie_of(*tie)
                .is_some_and(|tie| tie.sources.contains(&id))
        }),
        Section::new("facts", "Facts", rows::DATED_FACT)
            .with(facts.map(|id| rows::fact_as_of(graph, id, lens.day))),
    ];
    let mut sections = sections;
    sections.push(about_it(graph, lens, id));
    let rest: usize = sections[1..].iter().map(|section| section.rows.len()).sum();
    let notes = if rest == 0 {
        vec!["Nothing rests on it.".to_owned()]
    } else {
        Vec::new()
    };
    Answer {
        title: source.title.to_string(),
        sections,
        notes,
    }
}

/// The facts about the source itself, not those that it tells.
fn about_it(graph: &Graph, lens: Lens, id: SourceId) -> Section {
    let facts = facts_about(graph, lens, Entity::Source(id));
    Section::new("about_it", "Facts about it", rows::DATED_FACT).with(facts.rows)
}

fn statements(graph: &Graph, id: SourceId) -> Section {
    let all = (0..graph.stances.len() as u32).map(StanceId);
    let resting =
        graph.in_order(all.filter(|stance| graph.stances[stance.index()].sources.contains(&id)));
    let rows = resting.into_iter().flat_map(|id| {
        let stance = &graph.stances[id.index()];
        stance
            .actors
            .as_slice()
            .iter()
            .map(move |&actor: &ActorId| {
                let footing = Footing {
                    stance: id,
                    actor,
                    through: actor,
                    date: graph.stance_date(stance),
                    lost_date: false,
                    fate: Fate::InForce,
                    possibly_later: false,
                    office: Office::Held,
                };
                let mut row = rows::statement(graph, actor, &footing, String::new());
                row.cells.pop();
                row
            })
    });
    Section::new("statements", "Statements", rows::POSITION).with(rows)
}
