//! Who meets whom, when.

use crate::graph::{ActorId, Graph, IssueId, Lens, Meeting, MeetingId, Office, Words, all_days};
use crate::model::{Date, Day, MeetingStatus, Period};
use crate::query::counted::some;
use crate::query::rows::{self, MeetingRow};
use crate::query::{Note, Notes, Table, answer};

/// Which meetings to list; what is not given does not narrow.
#[derive(Clone, Debug, Default)]
pub struct MeetingFilter {
    /// All of these take part, are the host, or are asked to, themselves or by those who speak for them.
    pub actors: Vec<ActorId>,
    /// About this issue, or a part of it.
    pub topic: Option<IssueId>,
    /// With one of these statuses; none is a status that is not known.
    pub status: Vec<Option<MeetingStatus>>,
}

answer! {
    /// Meetings, in the order of time.
    pub struct Meetings = "meetings", ties: Unused {
        /// Those in which all who are asked about take part.
        meetings: Table<MeetingRow>,
        /// Those of which one of them is the host and takes no part.
        hosted: Table<MeetingRow>,
        /// Those to which one of them was only asked.
        asked: Table<MeetingRow>,
    }
}

/// Lists meetings in the order of time: those in which all of them take part, those that one only hosts, those to which one was
/// only asked.
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
    if let Some(topic) = filter.topic {
        title += &format!(" on {}", graph[topic].name);
    }
    let [attended, hosted, asked] = Role::ALL.map(|role| matching(graph, lens, filter, role));
    let of_all = passing(graph, filter).filter(|id| {
        let has_part = |actor| has_part(graph, lens, &graph[*id], actor);
        filter.actors.iter().copied().all(has_part)
    });
    let mut notes = Notes::default();
    notes.extend(offices(graph, lens, &filter.actors, of_all));
    Meetings {
        title,
        meetings: rows::meetings(graph, "Meetings", attended).or_else("No meeting matches."),
        hosted: rows::hosted(graph, HOSTED, hosted),
        asked: rows::meetings(graph, ASKED, asked),
        notes,
    }
}

/// The heading of meetings whose host takes no part in them.
pub(super) const HOSTED: &str = "As host only, without taking part";

/// The heading of meetings to which actors were asked that do not, or did not, take part.
pub(super) const ASKED: &str = "Asked to: invited or declined";

/// The part of an actor in a meeting.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Role {
    /// It takes part: itself, or by somebody who speaks for it then.
    Attends,
    /// It is the host, and takes no part.
    Hosts,
    /// It is invited, or declined.
    Asked,
}

impl Role {
    /// All of them, the best first.
    pub(super) const ALL: [Role; 3] = [Role::Attends, Role::Hosts, Role::Asked];
}

/// The meetings that pass a filter and of which all actors asked for have this part, at least one of them no better one; in the
/// order of time, undated ones last.
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
    let passing = passing(graph, filter);
    let mut ids: Vec<MeetingId> = passing
        .filter(|id| worst(&graph[*id]) == Some(role))
        .collect();
    ids.sort_by_key(|id| in_time(graph, *id));
    ids
}

/// The meetings that pass a filter, whoever takes part.
fn passing(graph: &Graph, filter: &MeetingFilter) -> impl Iterator<Item = MeetingId> {
    let passes = |meeting: &Meeting| {
        let has_status = || {
            let mut statuses = meeting.statuses().iter();
            filter.status.contains(&meeting.status)
                || statuses.any(|status| filter.status.contains(&Some(*status)))
        };
        (filter.status.is_empty() || has_status())
            && filter.topic.is_none_or(|topic| {
                meeting
                    .topics
                    .iter()
                    .any(|about| is_within(graph, *about, topic))
            })
    };
    let ids = MeetingId::all(graph);
    ids.filter(move |id| passes(&graph[*id]))
}

/// The part of an actor in a meeting, its own or that of somebody who speaks for it then, the better one.
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

/// The part in a meeting of an actor, or of one who spoke for it on some of the days.
struct Part {
    who: ActorId,
    role: Role,
    office: Office,
}

fn parts_for(
    graph: &Graph,
    lens: Lens,
    meeting: &Meeting,
    actor: ActorId,
) -> impl Iterator<Item = Part> {
    let days = days_of(graph, meeting);
    let attending = meeting.participants.iter();
    let attending = attending.map(|who| (*who, Role::Attends));
    let host = meeting.host().map(|who| (who, Role::Hosts));
    let asked = meeting.invited().iter().chain(meeting.declined());
    let asked = asked.map(|who| (*who, Role::Asked));
    let parts = attending.chain(host).chain(asked);
    parts.filter_map(move |(who, role)| {
        let office = match lens.words {
            _ if who == actor => Some(Office::Held),
            Words::OwnAndSpeakers => graph.voices().hat(who, actor, days),
            Words::Own => None,
        };
        office.map(|office| Part { who, role, office })
    })
}

/// Whether two actors take part in a meeting by different people: of two for whom only the same one is there, neither meets the
/// other.
pub(super) fn are_apart(graph: &Graph, lens: Lens, meeting: &Meeting, two: [ActorId; 2]) -> bool {
    let [ones, others] = two.map(|actor| {
        let there = parts_for(graph, lens, meeting, actor);
        let there = there.filter(|part| part.role == Role::Attends && part.office.counts());
        there.map(|part| part.who).collect::<Vec<ActorId>>()
    });
    ones.iter()
        .any(|one| others.iter().any(|other| one != other))
}

/// Whether an actor has a part in a meeting, or who speaks for it has one that is not counted, since it spoke for another, too.
pub(super) fn has_part(graph: &Graph, lens: Lens, meeting: &Meeting, actor: ActorId) -> bool {
    parts_for(graph, lens, meeting, actor).next().is_some()
}

/// Of these meetings and actors, who perhaps did not speak for an actor then, and whose part does not count for one.
pub(super) fn offices(
    graph: &Graph,
    lens: Lens,
    actors: &[ActorId],
    ids: impl Iterator<Item = MeetingId>,
) -> Notes {
    let each = ids.flat_map(|id| actors.iter().map(move |actor| (id, *actor)));
    offices_at(graph, lens, each)
}

/// The same of single meetings, each with an actor.
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
        let role = role_of(graph, lens, meeting, actor);
        let parts = parts_for(graph, lens, meeting, actor);
        let parts = parts.filter(|part| role.is_none_or(|role| part.role == role));
        let Some(best) = parts.min_by_key(|part| (part.office, part.who)) else {
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
    let told = [
        (
            "office_perhaps",
            "Perhaps not in office at the time",
            perhaps,
        ),
        (
            "office_elsewhere",
            "Not counted, since who took part spoke for another then, too",
            elsewhere,
        ),
    ];
    let told = told.into_iter().filter(|(.., words)| !words.is_empty());
    told.map(|(kind, what, words)| {
        Note::new(kind, format!("{what}: {}.", some(&words))).of(words.len())
    })
    .collect()
}

/// By what meetings are put in the order of time, undated ones last.
pub(super) fn in_time(graph: &Graph, id: MeetingId) -> (Day, Day, MeetingId) {
    let period = graph[id].date.map(Date::period);
    (
        period.map_or(Day::LAST, |period| period.from),
        period.map_or(Day::LAST, |period| period.to),
        id,
    )
}

fn is_within(graph: &Graph, issue: IssueId, whole: IssueId) -> bool {
    let wider = std::iter::successors(Some(issue), |issue| graph[*issue].part_of);
    wider.into_iter().any(|issue| issue == whole)
}

/// The days of a meeting; of one without a date, its source's, else all.
pub(super) fn days_of(graph: &Graph, meeting: &Meeting) -> Period {
    all_days(graph.statement_date(meeting.date, meeting.sources()))
}

/// Who meets at it: who takes part, and for whom they speak then; each once. Whoever hosts it need not be there.
pub(super) fn meeting_there(graph: &Graph, lens: Lens, meeting: &Meeting) -> Vec<ActorId> {
    let mut all = meeting.participants.to_vec();
    let (voices, days) = (graph.voices(), days_of(graph, meeting));
    if lens.words == Words::OwnAndSpeakers {
        let speakers = all.clone().into_iter();
        for person in speakers.filter(|one| voices.has_principals(*one)) {
            let spoken_for = voices.principals(person, days);
            all.extend(spoken_for.filter(|principal| {
                voices
                    .hat(person, *principal, days)
                    .is_some_and(Office::counts)
            }));
        }
    }
    all.sort_unstable();
    all.dedup();
    all
}

/// The meetings that belong to one.
pub(super) fn parts(graph: &Graph, whole: MeetingId) -> Vec<MeetingId> {
    let ids = MeetingId::all(graph);
    ids.filter(|id| graph[*id].part_of() == Some(whole))
        .collect()
}
