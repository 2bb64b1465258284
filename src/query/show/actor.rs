//! An actor: where it stands, what it asks of whom, whom it meets, its ties, its speakers.

use crate::graph::{ActorId, Entity, Fate, Graph, Lens, MeetingId, Positions, Tie, Told, Verdict};
use crate::model::{ActorKind, Day, MeetingStatus, Period, TieKind};
use crate::query::meetings::{self, MeetingFilter, Role};
use crate::query::rows;
use crate::query::show::{about, facts_about, ties};
use crate::query::{Answer, Cell, Row, Section};

pub(super) fn show(graph: &Graph, lens: Lens, id: ActorId) -> Answer {
    let actor = &graph.actors[id.index()];
    let positions = graph.positions(lens, |of, _| of == id);
    let asked = graph.positions(lens, |of, _| of != id);
    let of_it = MeetingFilter {
        actors: vec![id],
        ..MeetingFilter::default()
    };
    let [met, asked_to] =
        [Role::Attends, Role::Asked].map(|role| meetings::matching(graph, lens, &of_it, role));
    let later = format!("Meetings later than {}", lens.day);
    let sections = vec![
        fields(graph, id),
        held(graph, &positions),
        demands(graph, "asks", "Asks of others", &positions, |toward, _| {
            !toward.is_empty()
        }),
        demands(
            graph,
            "is_asked",
            "Others ask of it",
            &asked,
            |toward, of| toward.contains(&id) && !speaks_only(graph, of),
        ),
        unsettled(graph, &positions, lens.day),
        meeting_section(graph, "meetings", "Meetings held", &met, |status| {
            status == Some(MeetingStatus::Held)
        }),
        meeting_section(
            graph,
            "meetings_ahead",
            "Meetings planned",
            &met,
            |status| {
                matches!(
                    status,
                    Some(MeetingStatus::Planned | MeetingStatus::Invited)
                )
            },
        ),
        meeting_section(
            graph,
            "meetings_off",
            "Meetings postponed, cancelled or refused",
            &met,
            |status| {
                matches!(
                    status,
                    Some(
                        MeetingStatus::Postponed
                            | MeetingStatus::Cancelled
                            | MeetingStatus::Refused
                    )
                )
            },
        ),
        meeting_section(
            graph,
            "meetings_unknown",
            "Meetings of unknown status",
            &met,
            |status| status.is_none(),
        ),
        Section::new("meetings_later", &later, rows::MEETING).with(
            met.iter()
                .filter(|id| is_later(graph, **id))
                .map(|id| rows::meeting(graph, *id)),
        ),
        meeting_section(graph, "meetings_asked", meetings::ASKED, &asked_to, |_| {
            true
        }),
        ties(graph, lens, "Ties", |tie| tie.from == id || tie.to == id),
        facts_about(graph, lens, Entity::Actor(id)),
    ];
    let mut notes = if positions
        .values()
        .any(|standing| standing.verdict != Verdict::Unknown)
    {
        Vec::new()
    } else {
        vec!["No position of it is known: that is neither neutral nor consent.".to_owned()]
    };
    notes.extend(rows::attributed(
        positions
            .values()
            .flat_map(|standing| &standing.footings)
            .filter(|footing| !rows::is_later(footing, lens.day)),
    ));
    let all = (0..graph.meetings.len()).map(|nth| MeetingId(nth as u32));
    notes.extend(meetings::offices(graph, lens, &[id], all));
    Answer {
        title: actor.name.to_string(),
        sections,
        notes,
    }
}

fn speaks_only(graph: &Graph, actor: ActorId) -> bool {
    graph.actors[actor.index()].kind == Some(ActorKind::Person)
        && graph.voices().has_principals(actor)
}

fn fields(graph: &Graph, id: ActorId) -> Section {
    let actor = &graph.actors[id.index()];
    let written = graph.written_actor(actor.place);
    let with_period = |(other, during): (ActorId, Period)| {
        let from =
            (during.from != crate::model::Day::FIRST).then(|| format!(" from {}", during.from));
        let to = (during.to != crate::model::Day::LAST).then(|| format!(" to {}", during.to));
        format!(
            "{}{}{}",
            graph.actors[other.index()].name,
            from.unwrap_or_default(),
            to.unwrap_or_default()
        )
    };
    let speaks_for: Vec<String> = graph
        .voices()
        .direct(id)
        .iter()
        .map(|voice| with_period((voice.principal, voice.during)))
        .collect();
    let mut speakers = graph.voices().speakers(id);
    speakers.sort_by_key(|(speaker, during)| (&graph.actors[speaker.index()].id, during.from));
    let speakers: Vec<String> = speakers.into_iter().map(with_period).collect();
    let groups = (0..graph.actors.len())
        .map(|n| ActorId(n as u32))
        .filter(|group| graph.actors[group.index()].members.contains(&id));
    let by_tie = graph
        .ties
        .iter()
        .filter(|tie: &&Tie| tie.kind == TieKind::Member && tie.from == id)
        .map(|tie| tie.to);
    let groups = rows::distinct(groups.chain(by_tie));
    let by_tie = graph
        .ties
        .iter()
        .filter(|tie| tie.kind == TieKind::Member && tie.to == id)
        .map(|tie| tie.from);
    let members = rows::distinct(actor.members.iter().copied().chain(by_tie));
    about(
        graph,
        Entity::Actor(id),
        [
            ("kind", Cell::text(ActorKind::word_of(actor.kind))),
            ("role", Cell::text(written.role.unwrap_or_default())),
            ("also called", Cell::text(actor.aliases.join(", "))),
            ("speaks for", Cell::text(speaks_for.join(", "))),
            ("spoken for by", Cell::text(speakers.join(", "))),
            ("members", Cell::actors(&members)),
            ("member of", Cell::actors(&groups)),
            ("power", actor.power.map_or(Cell::Nothing, Cell::Number)),
            (
                "note",
                Cell::text(written.note.into_option().unwrap_or_default()),
            ),
            ("tags", Cell::text(written.tags.join(", "))),
        ],
    )
}

/// A row of [`rows::position`] where the actor is known from the heading.
fn without_actor(mut row: Row) -> Row {
    row.cells.remove(0);
    row
}

fn held(graph: &Graph, positions: &Positions) -> Section {
    let known = positions
        .iter()
        .filter(|(_, standing)| standing.verdict != Verdict::Unknown);
    let rows = known.map(|((actor, issue), standing)| {
        without_actor(rows::position(graph, *actor, *issue, standing))
    });
    Section::new("positions", "Positions", &rows::POSITION[1..]).with(rows)
}

/// Statements in force that are addressed to somebody.
fn demands(
    graph: &Graph,
    key: &'static str,
    heading: &str,
    positions: &Positions,
    wanted: impl Fn(&[ActorId], ActorId) -> bool,
) -> Section {
    let mut section = Section::new(
        key,
        heading,
        &[
            "actor", "toward", "issue", "position", "what", "date", "sources",
        ],
    );
    for ((actor, issue), standing) in positions {
        for footing in standing.in_force() {
            let stance = &graph.stances[footing.stance.index()];
            if !wanted(stance.toward(), *actor) {
                continue;
            }
            let written = graph.written_stance(stance.place);
            let cells = [
                Cell::Thing(Entity::Actor(*actor)),
                Cell::actors(stance.toward()),
                Cell::Thing(Entity::Issue(*issue)),
                Cell::said(stance.position),
                Cell::text(
                    written
                        .summary
                        .or(written.quote.into_option())
                        .unwrap_or_default(),
                ),
                Cell::date(footing.date),
                rows::sources(stance.sources.as_slice()),
            ];
            section.rows.push(
                Row::new(cells)
                    .at(stance.place)
                    .because([rows::evidence(footing)]),
            );
        }
    }
    section
}

/// What was said of it or by it that makes no position.
fn unsettled(graph: &Graph, positions: &Positions, day: Day) -> Section {
    let columns: Vec<&str> = rows::POSITION[1..]
        .iter()
        .copied()
        .chain(["status"])
        .collect();
    let rows = positions.iter().flat_map(|((actor, _), standing)| {
        let unsettled = standing.footings.iter().filter(|footing| {
            matches!(
                footing.fate,
                Fate::Attributed
                    | Fate::OtherOffice
                    | Fate::SalienceOnly
                    | Fate::Later
                    | Fate::Expired
                    | Fate::FewSources
            )
        });
        unsettled.map(|footing| {
            without_actor(rows::statement(
                graph,
                *actor,
                footing,
                rows::fate_on(footing, standing.verdict, day).to_owned(),
            ))
        })
    });
    Section::new(
        "not_counted",
        "Said, but not counted as its position",
        &columns,
    )
    .with(rows)
}

fn meeting_section(
    graph: &Graph,
    key: &'static str,
    heading: &str,
    ids: &[MeetingId],
    wanted: impl Fn(Option<MeetingStatus>) -> bool,
) -> Section {
    let ids = ids
        .iter()
        .filter(|id| wanted(graph.meetings[id.index()].status) && !is_later(graph, **id));
    Section::new(key, heading, rows::MEETING).with(ids.map(|id| rows::meeting(graph, *id)))
}

/// Whether what became of a meeting was settled after the day asked for.
fn is_later(graph: &Graph, id: MeetingId) -> bool {
    matches!(graph.meetings[id.index()].told(), Told::Later(_))
}
