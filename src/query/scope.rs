//! Which records a selection of actors and issues is about. A question, list or picture asks here; none
//! decides by itself.

use crate::graph::{
    ActorId, By, Entity, Fact, Graph, IssueId, Joined, Lens, Meeting, Stance, TieId, Words,
    all_days, made_on,
};
use crate::model::TieKind;
use crate::query::meetings;

/// Returns whether a statement is about a selected issue, and about a selected actor: one of its
/// own, or one that these speak for.
pub(crate) fn has_statement(graph: &Graph, lens: Lens, stance: &Stance) -> bool {
    let scope = graph.scope();
    let days = || all_days(graph.stance_date(stance));
    let speaks = |actor: &ActorId| {
        lens.words == Words::OwnAndSpeakers
            && graph
                .voices()
                .principals(*actor, days())
                .any(|principal| scope.actor(principal))
    };
    let actors = stance.actors.as_slice();
    scope.issue(stance.issue) && (scope.any_actor(actors) || actors.iter().any(speaks))
}

/// Returns whether a statement counts for a selected actor only because somebody speaks for it.
pub(crate) fn is_spoken(graph: &Graph, lens: Lens, stance: &Stance) -> bool {
    let (scope, voices) = (graph.scope(), graph.voices());
    let date = graph.stance_date(stance);
    let days = made_on(date, lens.day);
    let is_voiced = |by: ActorId, actor: ActorId| {
        scope.actor(actor) && voices.counted_for(by, days).any(|one| one == actor)
    };
    let is_spoken = |actor: &ActorId| match stance.said_by() {
        Some(by) if by != *actor && is_voiced(by, *actor) => true,
        _ if graph.is_attributed(stance, *actor, days) => false,
        _ => voices
            .counted_for(*actor, days)
            .any(|one| scope.actor(one) && !stance.actors.as_slice().contains(&one)),
    };
    let mut actors = stance.actors.as_slice().iter();
    scope.issue(stance.issue)
        && date.is_none_or(|date| date.period().from <= lens.day)
        && !graph.is_withdrawn(stance.claim())
        && actors.any(is_spoken)
}

/// Returns whether a meeting is listed with a selected actor only because somebody speaks for it.
pub(crate) fn is_met_for(graph: &Graph, meeting: &Meeting) -> bool {
    let days = meetings::days_of(graph, meeting);
    let mut participants = meeting.participants.iter();
    let is_absent = |one: ActorId| graph.scope().actor(one) && !meeting.participants.contains(&one);
    graph.scope().any_issue(&meeting.topics)
        && !meeting.is_withdrawn_whole()
        && participants.any(|one| graph.voices().counted_for(*one, days).any(is_absent))
}

/// Returns whether a meeting is about a selected issue, and whether a selected actor has a part in
/// it: itself, or through one who speaks for it then.
pub(crate) fn has_meeting(graph: &Graph, lens: Lens, meeting: &Meeting) -> bool {
    let scope = graph.scope();
    scope.any_issue(&meeting.topics)
        && (!scope.chooses_actors() || meetings::any_has_part(graph, lens, meeting))
}

/// Returns whether a tie joins a selected actor to anybody, over a selected issue. Who speaks for
/// whom and who belongs to what is not about an issue.
pub(crate) fn has_tie(graph: &Graph, id: TieId) -> bool {
    let tie = &graph[id];
    graph.scope().any_actor([&tie.from, &tie.to]) && is_over(graph, id)
}

/// Returns whether a tie is over a selected issue, or says who speaks for whom or belongs to what.
pub(crate) fn is_over(graph: &Graph, id: TieId) -> bool {
    let tie = &graph[id];
    matches!(tie.kind, TieKind::SpeaksFor | TieKind::Member) || graph.scope().any_issue(&tie.over)
}

/// Returns whether a tie, or the short form of one, joins a selected actor to anybody, over a
/// selected issue.
pub(crate) fn has_joined(graph: &Graph, joined: &Joined<'_>) -> bool {
    match joined.by {
        By::Tie(id) => has_tie(graph, id),
        By::Actor(_) => graph.scope().any_actor([&joined.from, &joined.to]),
    }
}

/// Returns whether a fact is about a selected actor and a selected issue, where either is selected.
pub(crate) fn has_fact(graph: &Graph, fact: &Fact) -> bool {
    is_of_actor(graph, &fact.about) && is_on_issue(graph, &fact.about)
}

/// Returns whether a selected actor is among these things, or all are selected.
pub(crate) fn is_of_actor(graph: &Graph, things: &[Entity]) -> bool {
    let actors: Vec<ActorId> = things.iter().filter_map(|one| one.actor()).collect();
    graph.scope().any_actor(&actors)
}

/// Returns whether a selected issue is among these things, or all are selected.
pub(crate) fn is_on_issue(graph: &Graph, things: &[Entity]) -> bool {
    let issues: Vec<IssueId> = things.iter().filter_map(|one| one.issue()).collect();
    graph.scope().any_issue(&issues)
}

/// Returns whether an actor, an issue or a source has a tag asked for itself. Other records without
/// one were cut from the graph.
pub(crate) fn is_tagged(graph: &Graph, record: Entity) -> bool {
    let scope = graph.scope();
    let place = graph.place(record);
    !scope.chooses_tags()
        || match record {
            Entity::Actor(_) => scope.has_tag(&graph.written_actor(place).tags),
            Entity::Issue(_) => scope.has_tag(&graph.written_issue(place).tags),
            Entity::Source(_) => scope.has_tag(&graph.written_source(place).tags),
            Entity::Meeting(_) | Entity::Fact(_) => true,
        }
}

/// Returns whether a record with an id is selected. A source is, whatever it reports.
pub(crate) fn has_record(graph: &Graph, lens: Lens, record: Entity) -> bool {
    let is_asked = match record {
        Entity::Actor(id) => graph.scope().actor(id),
        Entity::Issue(id) => graph.scope().issue(id),
        Entity::Meeting(id) => has_meeting(graph, lens, &graph[id]),
        Entity::Fact(id) => has_fact(graph, &graph[id]),
        Entity::Source(_) => true,
    };
    is_asked && is_tagged(graph, record)
}
