//! Collects the events of a timeline and assigns them to lanes.

use std::collections::{BTreeMap, BTreeSet};

use crate::diagram::{Look, homes};
use crate::graph::{
    ActorId, Entity, FactId, Fate, Graph, Lens, StanceId, Standing, TieId, Told as Known, Words,
};
use crate::model::{Date, Day, MeetingStatus, Period, TieKind};
use crate::picture::sign::Sign;
use crate::picture::timeline::{At, Event, Happening, Lane, Stage, Timeline};
use crate::query::{Excerpt, Met, Statuses, changes, extract, is_told};

/// An event, with the actors it is about.
type Told = (Vec<ActorId>, Date, Happening);

pub(super) fn timeline(
    graph: &Graph,
    lens: Lens,
    selection: &Excerpt,
    most_lanes: usize,
) -> Timeline {
    let shown = extract(graph, lens, selection);
    let lens = Lens {
        day: shown.terms.day.unwrap_or(lens.day),
        ..lens
    };
    let mut told: Vec<Told> = Vec::new();
    let mut undated = statements(graph, lens, selection, &mut told);
    moves(graph, lens, selection, &mut told);
    for met in &shown.meetings {
        let mut known: BTreeSet<ActorId> = BTreeSet::new();
        let mut parties: Vec<ActorId> = met.parties.iter().map(|(actor, _)| *actor).collect();
        parties.retain(|actor| known.insert(*actor));
        undated += meeting(graph, selection, met, &parties, &mut told);
    }
    ties(graph, lens, selection, &shown.actors, &mut told);
    let (lanes, more_lanes) = lanes(graph, &told, &homes(&shown), most_lanes);
    let of: BTreeMap<ActorId, usize> = lanes.iter().map(|lane| lane.actor).zip(0..).collect();
    let lane = |actor: &ActorId| of.get(actor).copied();
    let mut events: Vec<Event> = told
        .into_iter()
        .map(|(actors, date, what)| {
            let lanes: Vec<usize> = actors.iter().filter_map(lane).collect();
            Event {
                more: parties(graph, &what).max(actors.len()) - lanes.len(),
                lanes,
                date,
                days: days(date, &what, lens.day),
                what,
            }
        })
        .filter(|event| !event.lanes.is_empty())
        .collect();
    events.sort_by_key(|event| known(event.period()));
    let has_issue = |entity: &Entity| match entity {
        Entity::Actor(id) => shown.actors.contains(id),
        Entity::Issue(id) => shown.issues.contains(id),
        _ => false,
    };
    let facts = FactId::all(graph).map(|id| &graph[id]);
    let facts = facts.filter(|fact| fact.about.iter().any(has_issue));
    let facts = facts.filter_map(|fact| graph.fact_date(fact));
    let facts = facts
        .filter(|date| is_shown(*date, lens, selection))
        .count();
    Timeline {
        lanes,
        events,
        terms: shown.terms,
        focus: selection.focus,
        undated,
        facts,
        more_lanes,
    }
}

/// Adds the statements. Returns how many have no date.
fn statements(graph: &Graph, lens: Lens, selection: &Excerpt, told: &mut Vec<Told>) -> usize {
    let mut undated = 0;
    let is_told = is_told(graph, lens, selection);
    let positions = graph.positions(lens, &is_told);
    for id in graph.statements_in_order() {
        let stance = &graph[id];
        let Some(position) = stance.position else {
            continue;
        };
        let actors: Vec<ActorId> = stance
            .actors
            .as_slice()
            .iter()
            .copied()
            .filter(|actor| is_told(*actor, stance.issue))
            .collect();
        let date = graph.stance_date(stance);
        if actors.is_empty()
            || date.is_some_and(|date| date.period().from > lens.day)
            || !selection.contains(date)
            || graph.is_withdrawn(stance.claim())
        {
            continue;
        }
        let Some(date) = date else {
            undated += 1;
            continue;
        };
        let is_offer = stance.condition().is_some();
        let attributed = Statuses::among(graph, &positions, id).actors(Fate::Attributed);
        let (others, own): (Vec<ActorId>, Vec<ActorId>) = actors
            .into_iter()
            .partition(|actor| attributed.contains(actor));
        for (actors, by) in [(own, None), (others, stance.said_by())] {
            let said = Happening::Said {
                id,
                sign: Sign::of_position(graph, stance.issue, position),
                by,
                is_offer,
            };
            told.extend((!actors.is_empty()).then_some((actors, date, said)));
        }
    }
    undated
}

/// Adds the changes of position. The change of an actor who speaks for another appears in its own
/// lane only.
fn moves(graph: &Graph, lens: Lens, selection: &Excerpt, told: &mut Vec<Told>) {
    let own = Lens {
        words: Words::Own,
        ..lens
    };
    let is_told = is_told(graph, lens, selection);
    // The moves already added, by the statement that caused them, its actor, and whether it began
    // or ended.
    let mut seen: BTreeSet<(StanceId, ActorId, bool)> = BTreeSet::new();
    let newest = |standing: &Standing| {
        standing
            .in_force()
            .next()
            .map(|footing| (footing.stance, footing.through))
    };
    for lens in [own, lens] {
        for ((actor, issue), standing) in graph.positions(lens, &is_told) {
            for pair in changes(graph, lens, issue, &standing)
                .windows(2)
                .filter(|pair| pair[1].moves)
            {
                let ([before, change], Some(date)) = (pair, pair[1].since()) else {
                    continue;
                };
                let (was, is) = (&before.standing, &change.standing);
                let key = newest(is).or(newest(was));
                let is_new = key.is_none_or(|(stance, through)| {
                    seen.insert((stance, through, newest(is).is_some()))
                });
                if is_new && selection.contains(Some(date)) {
                    let (from, to) = (Sign::of(graph, issue, was), Sign::of(graph, issue, is));
                    told.push((vec![actor], date, Happening::Moved { issue, from, to }));
                }
            }
        }
    }
}

/// Adds the statuses of a meeting. Each stands at the day that the meeting was then set for, else at
/// the day on which it was set; if that is not recorded, at the date of its source, except a plan.
/// Returns 1 if there is no day for the present one, else 0.
fn meeting(
    graph: &Graph,
    selection: &Excerpt,
    met: &Met,
    parties: &[ActorId],
    told: &mut Vec<Told>,
) -> usize {
    let meeting = &graph[met.id];
    let mut add = |date: Date, status: Option<MeetingStatus>, at: At, is_over: bool| {
        let stage = Stage {
            id: met.id,
            status,
            at,
            is_over,
            is_letter: meeting.is_in_writing(),
        };
        told.push((parties.to_vec(), date, Happening::Met(stage)));
    };
    let at = |set: Option<Date>| match set {
        Some(_) => At::Set,
        None => At::Told,
    };
    // Where the present status is later, an earlier plan may stand.
    let is_later = matches!(meeting.told(), Known::Later(_));
    let is_over = |status: MeetingStatus| status.is_plan() && !is_later;
    // What is only told of as planned, for no day, says nothing about any day.
    let has_place = |status: Option<_>, set: Option<Date>| {
        set.is_some() || !status.is_some_and(MeetingStatus::is_plan)
    };
    // Of several statuses with the same date the last one counts.
    let mut last: BTreeMap<Date, MeetingStatus> = BTreeMap::new();
    for earlier in meeting.earlier() {
        let (date, status) = (earlier.date, earlier.status);
        match date {
            Some(date) if Some(date) != meeting.date => {
                last.insert(date, status);
            }
            Some(_) => {}
            None => {
                let set = graph.set_on(earlier);
                let set = set.filter(|set| selection.contains(Some(*set)));
                let is_shown = has_place(Some(status), earlier.day_set());
                if let Some(set) = set.filter(|_| is_shown) {
                    add(set, Some(status), at(earlier.day_set()), is_over(status));
                }
            }
        }
    }
    for (date, status) in last {
        if selection.contains(Some(date)) {
            add(date, Some(status), At::Meeting, is_over(status));
        }
    }
    if let Some(date) = meeting.date {
        add(date, met.status, At::Meeting, false);
        return 0;
    }
    let set = graph.present_set_on(meeting, meeting.sources());
    match set.filter(|_| has_place(met.status, meeting.day_set())) {
        Some(set) => add(set, met.status, at(meeting.day_set()), false),
        None => return 1,
    }
    0
}

/// Returns the days that are known of a period: of one that is open, its other end.
fn known(period: Period) -> Period {
    match period {
        Period {
            from: Day::FIRST,
            to,
        } => Period { from: to, to },
        period => period,
    }
}

/// Returns the days that an event covers. What has happened did so by the day of the picture, however
/// vague its date.
fn days(date: Date, what: &Happening, day: Day) -> Period {
    let Period { from, to } = date.period();
    let is_past = match what {
        Happening::Met(stage) => stage.status == Some(MeetingStatus::Held),
        Happening::Said { .. } | Happening::Moved { .. } => true,
        Happening::Tied { is_end, .. } => !is_end,
    };
    match is_past && from <= day && to != Day::LAST {
        true => Period {
            from,
            to: to.min(day),
        },
        false => Period { from, to },
    }
}

/// Returns how many have a part in a meeting.
fn parties(graph: &Graph, what: &Happening) -> usize {
    let Happening::Met(stage) = what else {
        return 0;
    };
    let meeting = &graph[stage.id];
    let all = [
        &meeting.participants[..],
        meeting.invited(),
        meeting.declined(),
    ];
    all.concat()
        .into_iter()
        .collect::<BTreeSet<ActorId>>()
        .len()
}

/// Returns whether something of this date had begun by the day of the picture, within its period.
fn is_shown(date: Date, lens: Lens, selection: &Excerpt) -> bool {
    date.period().from <= lens.day && selection.contains(Some(date))
}

/// Adds the beginnings and ends of ties between these actors, but not who speaks for whom or belongs
/// to what.
fn ties(graph: &Graph, lens: Lens, selection: &Excerpt, actors: &[ActorId], told: &mut Vec<Told>) {
    let actors: BTreeSet<&ActorId> = actors.iter().collect();
    for id in TieId::all(graph) {
        let tie = &graph[id];
        let is_drawn = !matches!(tie.kind, TieKind::SpeaksFor | TieKind::Member);
        let ends = [&tie.from, &tie.to];
        if !is_drawn
            || !ends.iter().all(|end| actors.contains(end))
            || graph.is_withdrawn(tie.claim())
        {
            continue;
        }
        for (date, is_end) in [(tie.since, false), (tie.until, true)] {
            let date = date.filter(|date| is_shown(*date, lens, selection));
            let look = Look::of_tie(&tie.kind);
            let tied = Happening::Tied { id, look, is_end };
            told.extend(date.map(|date| (vec![tie.from, tie.to], date, tied)));
        }
    }
}

/// What is known of an actor for the place of its lane: the number of its events, the first day of
/// which something is told, and its name.
type Place = (std::cmp::Reverse<usize>, Day, String);

/// Returns the lanes and the number of actors left out. If there are too many, keeps those with the
/// most events. Each actor is followed by those who speak for it; those with the most events come
/// first, and among equals those whose first event is earlier.
fn lanes(
    graph: &Graph,
    told: &[Told],
    homes: &BTreeMap<ActorId, ActorId>,
    most: usize,
) -> (Vec<Lane>, usize) {
    let mut events: BTreeMap<ActorId, (usize, Day)> = BTreeMap::new();
    for (actors, date, _) in told {
        for actor in actors {
            let (count, first) = events.entry(*actor).or_insert((0, Day::LAST));
            *count += 1;
            *first = known(date.period()).from.min(*first);
        }
    }
    let place = |actor: ActorId, (count, first): (usize, Day)| -> Place {
        let name = graph.name(Entity::Actor(actor)).to_lowercase();
        (std::cmp::Reverse(count), first, name)
    };
    let of = |actor: &ActorId| events.get(actor).copied().unwrap_or((0, Day::LAST));
    let mut ranked: Vec<ActorId> = events.keys().copied().collect();
    ranked.sort_by_cached_key(|actor| place(*actor, of(actor)));
    let more = ranked.len().saturating_sub(most);
    ranked.truncate(most);
    let home = |actor: ActorId| homes.get(&actor).copied().unwrap_or(actor);
    let mut groups: BTreeMap<ActorId, (usize, Day)> = BTreeMap::new();
    for actor in &ranked {
        let (count, first) = groups.entry(home(*actor)).or_insert((0, Day::LAST));
        let (own, since) = of(actor);
        (*count, *first) = (*count + own, since.min(*first));
    }
    ranked.sort_by_cached_key(|actor| {
        let home = home(*actor);
        let group = groups.get(&home).copied().unwrap_or((0, Day::LAST));
        (place(home, group), home != *actor, place(*actor, of(actor)))
    });
    let lanes = ranked.into_iter().map(|actor| Lane {
        actor,
        home: homes.get(&actor).copied(),
    });
    (lanes.collect(), more)
}
