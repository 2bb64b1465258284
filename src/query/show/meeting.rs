//! A meeting: who, where, when; what it was before; what it is about and where the participants stand on that.

use crate::graph::{ActorId, Entity, Graph, Lens, MeetingId, Verdict, Words};
use crate::model::MeetingStatus;
use crate::query::meetings;
use crate::query::rows;
use crate::query::show::referring::{because_of, reason};
use crate::query::show::{about, facts_about};
use crate::query::{Answer, Cell, Row, Section};

pub(super) fn show(graph: &Graph, lens: Lens, id: MeetingId) -> Answer {
    let meeting = &graph.meetings[id.index()];
    let parts = meetings::parts(graph, id)
        .into_iter()
        .map(|part| rows::meeting(graph, part));
    let [stand, unknown] = stands(graph, lens, id);
    let sections = vec![
        fields(graph, id),
        history(graph, id),
        stand,
        unknown,
        Section::new("parts", "Its parts", rows::MEETING).with(parts),
        because_of(graph, Entity::Meeting(id)),
        facts_about(graph, lens, Entity::Meeting(id)),
    ];
    Answer {
        title: meeting.title.to_string(),
        sections,
        notes: Vec::new(),
    }
}

fn fields(graph: &Graph, id: MeetingId) -> Section {
    let meeting = &graph.meetings[id.index()];
    let written = graph.written_meeting_as_told(meeting);
    let more = meeting.more.as_ref();
    let maybe = |entity: Option<Entity>| entity.map_or(Cell::Nothing, Cell::Thing);
    let likelihood = written.likelihood.map_or(String::new(), rows::likelihood);
    about(
        graph,
        Entity::Meeting(id),
        [
            (
                "kind",
                Cell::text(meeting.kind.map_or("", |kind| kind.word())),
            ),
            ("status", Cell::text(meeting.status_words())),
            ("date", Cell::date(meeting.date)),
            ("status set", Cell::date(more.and_then(|more| more.on))),
            ("because", maybe(more.and_then(|more| more.because))),
            ("reason", reason(graph, more.and_then(|more| more.because))),
            ("place", Cell::text(written.place.unwrap_or_default())),
            ("host", maybe(meeting.host().map(Entity::Actor))),
            ("participants", Cell::actors(&meeting.participants)),
            ("invited", Cell::actors(meeting.invited())),
            ("declined", Cell::actors(meeting.declined())),
            (
                "topics",
                Cell::things(meeting.topics.iter().map(|id| Entity::Issue(*id))),
            ),
            ("part of", maybe(meeting.part_of().map(Entity::Meeting))),
            ("likelihood", Cell::text(likelihood)),
            (
                "outcome",
                Cell::text(written.outcome.into_option().unwrap_or_default()),
            ),
            (
                "quote",
                Cell::text(written.quote.into_option().unwrap_or_default()),
            ),
            (
                "said by",
                maybe(more.and_then(|more| more.said_by).map(Entity::Actor)),
            ),
            ("sources", rows::sources(meeting.sources())),
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
        ],
    )
}

/// The statuses it had, oldest first, the present one last.
fn history(graph: &Graph, id: MeetingId) -> Section {
    let meeting = &graph.meetings[id.index()];
    let mut section = Section::new(
        "history",
        "History",
        &[
            "status", "set_for", "set_on", "because", "reason", "sources",
        ],
    );
    if meeting.earlier().is_empty() {
        return section;
    }
    let because = |reason: Option<Entity>| reason.map_or(Cell::Nothing, Cell::Thing);
    section.rows.extend(meeting.earlier().iter().map(|earlier| {
        Row::new([
            Cell::text(earlier.status.word()),
            Cell::date(earlier.date),
            earlier
                .on
                .map_or_else(|| Cell::text("not recorded"), Cell::Date),
            because(earlier.because),
            reason(graph, earlier.because),
            rows::sources(earlier.sources.as_slice()),
        ])
        .at(meeting.place)
    }));
    let more = meeting.more.as_ref();
    section.rows.push(
        Row::new([
            Cell::text(meeting.status_words()),
            Cell::date(meeting.date),
            Cell::date(more.and_then(|more| more.on)),
            because(more.and_then(|more| more.because)),
            reason(graph, more.and_then(|more| more.because)),
            rows::sources(meeting.sources()),
        ])
        .at(meeting.place),
    );
    section
}

/// Where those who take part, and those they speak for, stand on its topics; and of whom that is unknown.
fn stands(graph: &Graph, lens: Lens, id: MeetingId) -> [Section; 2] {
    let meeting = &graph.meetings[id.index()];
    let mut who: Vec<ActorId> = Vec::new();
    for &person in meeting.participants.iter().chain(meeting.invited()) {
        who.push(person);
        if lens.words == Words::OwnAndSpeakers {
            who.extend(
                graph
                    .voices()
                    .principals(person, meetings::days_of(graph, meeting)),
            );
        }
    }
    let who = rows::distinct(who);
    let mut section = Section::new("topics", "Where they stand on its topics", rows::BY_ISSUE);
    let mut unknown = Section::new("unknown", "Unknown on its topics", &["issue", "actors"]);
    if meeting.topics.is_empty() {
        return [section, unknown];
    }
    // Of a meeting that was, as of its last day.
    let held = meeting
        .date
        .filter(|_| meeting.status == Some(MeetingStatus::Held));
    let day = held.map_or(lens.day, |date| date.period().to.min(lens.day));
    let lens = Lens { day, ..lens };
    section.heading = format!("Where they stand on its topics, as of {day}");
    let positions = graph.positions(lens, |actor, issue| {
        who.contains(&actor) && meeting.topics.contains(&issue)
    });
    for topic in &meeting.topics {
        let mut silent = Vec::new();
        for actor in &who {
            let Some(standing) = positions
                .get(&(*actor, *topic))
                .filter(|standing| standing.verdict != Verdict::Unknown)
            else {
                silent.push(*actor);
                continue;
            };
            let mut row = rows::position(graph, *actor, *topic, standing);
            row.cells.swap(0, 1);
            section.rows.push(row);
        }
        if !silent.is_empty() {
            let issue = Cell::Thing(Entity::Issue(*topic));
            unknown.rows.push(Row::new([issue, Cell::actors(&silent)]));
        }
    }
    let section = section.or_else("Where they stand on its topics is unknown.");
    [section, unknown]
}
