//! Lists who meets whom, and when.

#[cfg(feature = "pictures")]
mod counting;

#[cfg(feature = "pictures")]
pub(crate) use counting::parts_for_all;

use crate::graph::{ActorId, Graph, Lens, Meeting, MeetingId, Office, Words, all_days};
use crate::model::{Date, Day, MeetingStatus, Period};
use crate::query::compare::one_for_several;
use crate::query::counted::some;
use crate::query::rows::{self, MeetingRow};
use crate::query::scope;
use crate::query::{Note, Notes, Table, answer};

/// The meetings to list. A field left out does not narrow the list.
#[derive(Clone, Debug, Default)]
pub struct MeetingFilter {
    /// Actors that must all take part, be the host, or be asked to, themselves or through those who
    /// speak for them.
    pub actors: Vec<ActorId>,
    /// The statuses to list, `None` being an unknown status; any status if empty.
    pub status: Vec<Option<MeetingStatus>>,
}

answer! {
    /// Meetings, sorted by time.
    pub struct Meetings = "meetings", ties: Unused {
        /// The meetings in which all actors asked about take part.
        meetings: Table<MeetingRow>,
        /// The meetings that one of them hosts without taking part.
        hosted: Table<MeetingRow>,
        /// The meetings that one of them was only invited to.
        asked: Table<MeetingRow>,
        /// What they wrote to one another; nobody met.
        in_writing: Table<MeetingRow>,
    }
}

/// Lists meetings by time: those in which all the actors take part, those that one only hosts, and
/// those that one was only asked to.
pub fn meetings(graph: &Graph, lens: Lens, filter: &MeetingFilter) -> Meetings {
    let names: Vec<&str> = filter
        .actors
        .iter()
        .map(|id| graph[*id].name.as_ref())
        .collect();
    let mut title = match names[..] {
        [] => "Meetings".to_owned(),
        _ => format!("Meetings of {}", crate::words::joined(&names)),
    };
    title += &rows::on_issues(graph);
    let [attended, hosted, asked] = Role::ALL.map(|role| matching(graph, lens, filter, role));
    let (written, [attended, hosted, asked]) = letters_apart(graph, [attended, hosted, asked]);
    let of_all = passing(graph, lens, filter).filter(|id| {
        let has_part = |actor| has_part(graph, lens, &graph[*id], actor);
        filter.actors.iter().copied().all(has_part)
    });
    let mut notes = Notes::default();
    notes.extend(offices(graph, lens, &filter.actors, of_all));
    if filter.actors.len() > 1 {
        notes.extend(one_for_several(graph, lens, &filter.actors, &attended));
    }
    Meetings {
        title,
        meetings: rows::meetings(graph, "", attended).or_else("No meeting matches."),
        hosted: rows::hosted(graph, HOSTED, hosted),
        asked: rows::meetings(graph, ASKED, asked),
        in_writing: rows::letters(graph, written),
        notes,
    }
}

/// The heading of meetings whose host takes no part in them.
pub(super) const HOSTED: &str = "As host only, without taking part";

/// The statuses of meetings to come.
pub(super) const AHEAD: [Option<MeetingStatus>; 2] =
    [Some(MeetingStatus::Planned), Some(MeetingStatus::Invited)];

/// Takes the letters out of lists of meetings. Returns them, sorted by time, and the lists.
pub(super) fn letters_apart<const N: usize>(
    graph: &Graph,
    mut lists: [Vec<MeetingId>; N],
) -> (Vec<MeetingId>, [Vec<MeetingId>; N]) {
    let is_letter = |id: &MeetingId| graph[*id].is_in_writing();
    let mut letters: Vec<MeetingId> = lists.iter().flatten().copied().filter(is_letter).collect();
    letters.sort_by_key(|id| in_time(graph, *id));
    for list in &mut lists {
        list.retain(|id| !is_letter(id));
    }
    (letters, lists)
}

/// The heading of meetings that actors were asked to but do not, or did not, take part in.
pub(super) const ASKED: &str = "Asked to take part: invited or declined";

/// The part of an actor in a meeting.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Role {
    /// It takes part, itself or through somebody who speaks for it at the time.
    Attends,
    /// It is the host, and takes no part.
    Hosts,
    /// It is invited, or declined.
    Asked,
}

impl Role {
    /// All roles, the best first.
    pub(super) const ALL: [Role; 3] = [Role::Attends, Role::Hosts, Role::Asked];
}

/// Returns the meetings that pass a filter and in which all actors asked for have a part, `role`
/// being the worst of their parts. Sorted by time, undated ones last.
pub(super) fn matching(
    graph: &Graph,
    lens: Lens,
    filter: &MeetingFilter,
    role: Role,
) -> Vec<MeetingId> {
    let worst = |meeting: &Meeting| {
        let roles = filter
            .actors
            .iter()
            .map(|actor| role_of(graph, lens, meeting, *actor));
        let all: Option<Vec<Role>> = roles.collect();
        all.map(|roles| roles.into_iter().max().unwrap_or(Role::Attends))
    };
    let passing = passing(graph, lens, filter);
    let mut ids: Vec<MeetingId> = passing
        .filter(|id| worst(&graph[*id]) == Some(role))
        .collect();
    ids.sort_by_key(|id| in_time(graph, *id));
    ids
}

/// Returns the meetings that pass a filter, whoever takes part.
fn passing(graph: &Graph, lens: Lens, filter: &MeetingFilter) -> impl Iterator<Item = MeetingId> {
    let passes = move |meeting: &Meeting| {
        let has_status = || {
            let mut statuses = meeting.statuses().iter();
            filter.status.contains(&meeting.status)
                || statuses.any(|status| filter.status.contains(&Some(*status)))
        };
        (filter.status.is_empty() || has_status()) && scope::has_meeting(graph, lens, meeting)
    };
    let ids = MeetingId::all(graph);
    ids.filter(move |id| passes(&graph[*id]))
}

/// Returns the part of an actor in a meeting: its own or that of somebody who speaks for it at the
/// time, whichever is better.
pub(super) fn role_of(
    graph: &Graph,
    lens: Lens,
    meeting: &Meeting,
    actor: ActorId,
) -> Option<Role> {
    let parts = parts_for(graph, lens, meeting, actor);
    let counting = parts.filter(|part| part.office.counts());
    counting.map(|part| part.role).min()
}

/// Returns whether a selected actor has a part in a meeting, itself or through one who speaks for it
/// at the time.
pub(super) fn any_has_part(graph: &Graph, lens: Lens, meeting: &Meeting) -> bool {
    let (scope, voices, days) = (graph.scope(), graph.voices(), days_of(graph, meeting));
    let speaks = |who: ActorId| {
        let mut principals = voices.counted_for(who, days);
        principals.any(|principal| scope.actor(principal))
    };
    everybody(meeting)
        .any(|(who, _)| scope.actor(who) || (lens.words == Words::OwnAndSpeakers && speaks(who)))
}

/// The part in a meeting of an actor, or of one who spoke for it on some of the days.
struct Part {
    who: ActorId,
    role: Role,
    office: Office,
}

/// Returns everybody who has a part in a meeting.
fn everybody(meeting: &Meeting) -> impl Iterator<Item = (ActorId, Role)> {
    let attending = meeting.participants.iter();
    let attending = attending.map(|who| (*who, Role::Attends));
    let host = meeting.host().map(|who| (who, Role::Hosts));
    let asked = meeting.invited().iter().chain(meeting.declined());
    let asked = asked.map(|who| (*who, Role::Asked));
    attending.chain(host).chain(asked)
}

fn parts_for(
    graph: &Graph,
    lens: Lens,
    meeting: &Meeting,
    actor: ActorId,
) -> impl Iterator<Item = Part> {
    let days = days_of(graph, meeting);
    everybody(meeting).filter_map(move |(who, role)| {
        let office = match lens.words {
            _ if who == actor => Some(Office::Held),
            Words::OwnAndSpeakers => graph.voices().hat(who, actor, days),
            Words::Own => None,
        };
        office.map(|office| Part { who, role, office })
    })
}

/// Returns the best role among an actor's parts that count, and the parts that give it; if none
/// counts, `None` and all parts.
fn best(mut parts: Vec<Part>) -> (Option<Role>, Vec<Part>) {
    let counting = parts.iter().filter(|part| part.office.counts());
    let role = counting.map(|part| part.role).min();
    if let Some(role) = role {
        parts.retain(|part| part.role == role && part.office.counts());
    }
    (role, parts)
}

/// Returns whether two actors take part in a meeting through different people. If only the same
/// person is there for both, neither meets the other.
pub(super) fn are_apart(graph: &Graph, lens: Lens, meeting: &Meeting, two: [ActorId; 2]) -> bool {
    let [ones, others] = two.map(|actor| {
        let there = parts_for(graph, lens, meeting, actor);
        let there = there.filter(|part| part.role == Role::Attends && part.office.counts());
        there.map(|part| part.who).collect::<Vec<ActorId>>()
    });
    ones.iter()
        .any(|one| others.iter().any(|other| one != other))
}

/// Returns whether an actor has a part in a meeting, even only through a speaker whose part does
/// not count because it spoke for another too.
pub(super) fn has_part(graph: &Graph, lens: Lens, meeting: &Meeting, actor: ActorId) -> bool {
    parts_for(graph, lens, meeting, actor).next().is_some()
}

/// Notes who perhaps did not speak for one of these actors at one of these meetings, and whose part in
/// it does not count.
pub(super) fn offices(
    graph: &Graph,
    lens: Lens,
    actors: &[ActorId],
    ids: impl Iterator<Item = MeetingId>,
) -> Notes {
    let each = ids.flat_map(|id| actors.iter().map(move |actor| (id, *actor)));
    offices_at(graph, lens, each)
}

/// Like [`offices`], for single meetings, each with an actor.
pub(super) fn offices_at(
    graph: &Graph,
    lens: Lens,
    asked: impl Iterator<Item = (MeetingId, ActorId)>,
) -> Notes {
    if !graph.voices().are_dated() {
        return Notes::default();
    }
    let (mut perhaps, mut elsewhere) = (Vec::new(), Vec::new());
    let mut asked = rows::distinct(asked);
    asked.sort_by_key(|(id, _)| in_time(graph, *id));
    for (id, actor) in asked {
        let meeting = &graph[id];
        let (_, parts) = best(parts_for(graph, lens, meeting, actor).collect());
        let Some(best) = parts.iter().min_by_key(|part| (part.office, part.who)) else {
            continue;
        };
        let name = |actor: ActorId| &graph[actor].name;
        let words = || {
            format!(
                "{} for {} at {}",
                name(best.who),
                name(actor),
                meeting.title
            )
        };
        match best.office {
            Office::Held => {}
            Office::Perhaps => perhaps.push(words()),
            Office::NoLonger | Office::Elsewhere => elsewhere.push(words()),
        }
    }
    let doubts = [
        (
            "office_perhaps",
            "Perhaps not in office at the time",
            perhaps,
        ),
        (
            "office_elsewhere",
            "Not counted, because whoever took part also spoke for another then",
            elsewhere,
        ),
    ];
    let doubts = doubts.into_iter().filter(|(.., words)| !words.is_empty());
    doubts
        .map(|(kind, what, words)| {
            Note::new(kind, format!("{what}: {}.", some(&words))).of(words.len())
        })
        .collect()
}

/// Returns the key that sorts meetings by time, undated ones last.
pub(super) fn in_time(graph: &Graph, id: MeetingId) -> (Day, Day, MeetingId) {
    let period = graph[id].date.map(Date::period);
    (
        period.map_or(Day::LAST, |period| period.from),
        period.map_or(Day::LAST, |period| period.to),
        id,
    )
}

/// Returns the days of a meeting; without a date, those of its sources, else all days.
pub(super) fn days_of(graph: &Graph, meeting: &Meeting) -> Period {
    all_days(graph.statement_date(meeting.date, meeting.sources()))
}

/// Returns who is at a meeting: those who take part and those they speak for at the time, each
/// once. The host need not be there.
pub(super) fn meeting_there(graph: &Graph, lens: Lens, meeting: &Meeting) -> Vec<ActorId> {
    let mut all = meeting.participants.to_vec();
    let (voices, days) = (graph.voices(), days_of(graph, meeting));
    if lens.words == Words::OwnAndSpeakers {
        let speakers = all.clone().into_iter();
        for person in speakers.filter(|one| voices.has_principals(*one)) {
            all.extend(voices.counted_for(person, days));
        }
    }
    all.sort_unstable();
    all.dedup();
    all
}

/// Returns the meetings that are part of another.
pub(super) fn parts(graph: &Graph, whole: MeetingId) -> Vec<MeetingId> {
    let ids = MeetingId::all(graph);
    ids.filter(|id| graph[*id].part_of() == Some(whole))
        .collect()
}
