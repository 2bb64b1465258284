//! An actor: where it stands, what it asks of whom, whom it meets, its ties, its speakers.

use std::collections::{BTreeMap, BTreeSet};

use crate::graph::{
    ActorId, Entity, Fate, Graph, IssueId, Lens, MeetingId, SourceId, Standings, Tie, Told, Verdict,
};
use crate::model::{ActorKind, Date, Day, MeetingStatus, Period, TieKind};
use crate::query::history::NOT_COUNTED;
use crate::query::meetings::{self, MeetingFilter, Role};
use crate::query::rows::{self, FactRow, MeetingRow, PositionRow, SaidRow, TieRow};
use crate::query::show::{facts_about, text, ties};
use crate::query::status;
use crate::query::{Behind, Note, Notes, Record, Said, Table, Word, answer, table};

answer! {
    /// All about an actor.
    pub struct AboutActor = "actor" {
        /// Its own fields.
        about: Record<AboutActorRow>,
        /// Where it stands.
        positions: Table<PositionRow>,
        /// What it asks of others.
        asks: Table<DemandRow>,
        /// What others ask of it.
        is_asked: Table<DemandRow>,
        /// What it said, or was said of it, that makes no position.
        not_counted: Table<SaidRow>,
        /// The meetings it held.
        meetings: Table<MeetingRow>,
        /// Its planned meetings.
        meetings_ahead: Table<MeetingRow>,
        /// Its meetings that were put off, called off or refused.
        meetings_off: Table<MeetingRow>,
        /// Its meetings of unknown status.
        meetings_unknown: Table<MeetingRow>,
        /// Its meetings whose status was set after the day asked for.
        meetings_later: Table<MeetingRow>,
        /// The meetings it hosts without taking part.
        meetings_hosted: Table<MeetingRow>,
        /// The meetings it was only invited to, or declined.
        meetings_asked: Table<MeetingRow>,
        /// What it wrote, or was written; nobody met.
        in_writing: Table<MeetingRow>,
        /// The meetings that a source withdrew.
        meetings_withdrawn: Table<MeetingRow>,
        /// Its ties.
        ties: Table<TieRow>,
        /// The facts about it.
        facts: Table<FactRow>,
    }
}

table! {
    /// An actor, by its own record and its ties to speakers, principals, groups and members.
    pub struct AboutActorRow {
        /// Its id.
        id: String,
        /// What kind of actor it is.
        kind: Word,
        /// Its role.
        role: String,
        /// Other names.
        also_called: String,
        /// The actors it speaks for, and when.
        speaks_for: String,
        /// The actors that speak for it, and when.
        spoken_for_by: String,
        /// Its members.
        members: Vec<ActorId>,
        /// The groups it belongs to.
        member_of: Vec<ActorId>,
        /// How much it weighs.
        power: Option<f64>,
        /// Its ids elsewhere.
        same_as: String,
        /// A free note.
        note: String,
        /// Its tags.
        tags: String,
    }

    /// A statement in force that is addressed to somebody.
    pub struct DemandRow of each "statement" {
        /// The actor that asks.
        actor: ActorId,
        /// The actors it asks.
        toward: Vec<ActorId>,
        /// The issue.
        issue: IssueId,
        /// What the statement says.
        says: Said,
        /// Its summary, else the source's words.
        what: String,
        /// Its date.
        date: Option<Date>,
        /// Its sources.
        sources: Vec<SourceId>,
    }
}

pub(crate) fn show(graph: &Graph, lens: Lens, id: ActorId) -> AboutActor {
    let actor = &graph[id];
    let scope = graph.scope();
    let positions = graph.positions(lens, |of, on| of == id && scope.issue(on));
    let asking = asking(graph, id);
    let asked = graph.positions(lens, |of, on| {
        of != id && scope.has(of, on) && asking.contains(&(of, on))
    });
    let its = ItsMeetings::of(graph, lens, id);
    let of_status = |heading: &str, statuses: &[Option<MeetingStatus>]| {
        let met = its.attended.iter().copied();
        let met = met.filter(|id| statuses.contains(&graph[*id].status));
        rows::meetings(graph, heading, met)
    };
    let mut notes = Notes::default();
    let is_known = |standing: &crate::graph::Standing| standing.verdict != Verdict::Unknown;
    if !positions.values().any(is_known) {
        notes.push(Note::new(
            "positions_unknown",
            "No position of it is known: that is neither neutral nor consent.",
        ));
    }
    notes.extend(rows::attributed(
        positions
            .values()
            .flat_map(|standing| &standing.footings)
            .filter(|footing| !rows::is_later(footing, lens.day)),
    ));
    let every = MeetingId::all(graph);
    notes.extend(meetings::offices(graph, lens, &[id], every));
    use MeetingStatus::{Cancelled, Held, Postponed, Refused};
    AboutActor {
        title: actor.name.to_string(),
        about: Record::of(fields(graph, lens, id)),
        positions: held(graph, &positions),
        asks: demands(graph, "Asks of others", &positions, |toward, _| {
            !toward.is_empty()
        }),
        is_asked: demands(graph, "Others ask of it", &asked, |toward, of| {
            toward.contains(&id) && !speaks_only(graph, of)
        }),
        not_counted: unsettled(graph, &positions, lens.day),
        meetings: of_status("Meetings held", &[Some(Held)]),
        meetings_ahead: of_status("Meetings planned", &meetings::AHEAD),
        meetings_off: of_status(
            "Meetings postponed, cancelled or refused",
            &[Some(Postponed), Some(Cancelled), Some(Refused)],
        ),
        meetings_unknown: of_status("Meetings of unknown status", &[None]),
        meetings_later: rows::hosted(
            graph,
            format!("Meetings later than {}", lens.day),
            its.later,
        ),
        meetings_hosted: rows::hosted(graph, meetings::HOSTED, its.hosted),
        meetings_asked: rows::meetings(graph, meetings::ASKED, its.asked_to),
        in_writing: rows::letters(graph, its.in_writing),
        meetings_withdrawn: rows::hosted(
            graph,
            "Meetings withdrawn: they never were so",
            its.withdrawn,
        ),
        ties: ties(graph, lens, "Ties", |tie| {
            tie.from == id && scope.actor(tie.to) || tie.to == id && scope.actor(tie.from)
        }),
        facts: facts_about(graph, lens, Entity::Actor(id)),
        notes,
    }
}

/// The meetings and letters that an actor has to do with, each in one list, by time.
struct ItsMeetings {
    attended: Vec<MeetingId>,
    hosted: Vec<MeetingId>,
    asked_to: Vec<MeetingId>,
    in_writing: Vec<MeetingId>,
    later: Vec<MeetingId>,
    withdrawn: Vec<MeetingId>,
}

impl ItsMeetings {
    fn of(graph: &Graph, lens: Lens, actor: ActorId) -> ItsMeetings {
        let of_it = MeetingFilter {
            actors: vec![actor],
            ..MeetingFilter::default()
        };
        let mut lists = Role::ALL.map(|role| meetings::matching(graph, lens, &of_it, role));
        let withdrawn = moved_out(graph, &mut lists, |id| graph[id].is_withdrawn_whole());
        let later = moved_out(graph, &mut lists, |id| is_later(graph, id));
        let (in_writing, [attended, hosted, asked_to]) = meetings::letters_apart(graph, lists);
        ItsMeetings {
            attended,
            hosted,
            asked_to,
            in_writing,
            later,
            withdrawn,
        }
    }
}

/// Moves the wanted meetings out of lists into one, by time.
fn moved_out(
    graph: &Graph,
    lists: &mut [Vec<MeetingId>],
    wanted: impl Fn(MeetingId) -> bool,
) -> Vec<MeetingId> {
    let mut out: Vec<MeetingId> = lists
        .iter_mut()
        .flat_map(|ids| ids.extract_if(.., |id| wanted(*id)))
        .collect();
    out.sort_by_key(|id| meetings::in_time(graph, *id));
    out
}

/// Returns who may ask something of an actor, and on which issues: the actors of statements addressed
/// to it, and those they speak for.
pub(in crate::query) fn asking(graph: &Graph, id: ActorId) -> BTreeSet<(ActorId, IssueId)> {
    let addressed = graph.stances.iter();
    let addressed = addressed.filter(|stance| stance.toward().contains(&id));
    let pairs = addressed.flat_map(|stance| {
        let actors = stance.actors.as_slice().iter();
        let all = actors.flat_map(|actor| graph.voices().ever(*actor).chain([*actor]));
        all.map(|actor| (actor, stance.issue))
    });
    pairs.collect()
}

fn speaks_only(graph: &Graph, actor: ActorId) -> bool {
    graph[actor].kind == Some(ActorKind::Person) && graph.voices().has_principals(actor)
}

fn fields(graph: &Graph, lens: Lens, id: ActorId) -> AboutActorRow {
    let actor = &graph[id];
    let written = graph.written_actor(actor.place);
    let members = graph
        .ties
        .iter()
        .filter(|tie| tie.kind == TieKind::Member && tie.holds_on(lens.day));
    // A voice knows only days; the dates as written are those of its tie.
    let own = graph
        .ties
        .iter()
        .filter(|tie| tie.kind == TieKind::SpeaksFor && (tie.from == id || tie.to == id));
    let own: BTreeMap<(ActorId, ActorId, Period), &Tie> = own
        .map(|tie| ((tie.from, tie.to, tie.during()), tie))
        .collect();
    let with_dates = |(speaker, principal): (ActorId, ActorId), during: Period, named: ActorId| {
        let tie = own.get(&(speaker, principal, during));
        let date = |date: Option<Date>, word: &str| {
            date.map_or(String::new(), |date| format!(" {word} {date}"))
        };
        let since = date(tie.and_then(|tie| tie.since), "from");
        let until = date(tie.and_then(|tie| tie.until), "to");
        format!("{}{since}{until}", graph[named].name)
    };
    let speaks_for = graph
        .voices()
        .direct(id)
        .iter()
        .map(|voice| with_dates((id, voice.principal), voice.during, voice.principal));
    let speaks_for: Vec<String> = speaks_for.collect();
    let mut speakers = graph.voices().speakers(id);
    speakers.sort_by_key(|(speaker, during)| (&graph[*speaker].id, during.from));
    let speakers = speakers.into_iter();
    let speakers = speakers.map(|(speaker, during)| with_dates((speaker, id), during, speaker));
    let speakers: Vec<String> = speakers.collect();
    let groups = ActorId::all(graph).filter(|group| graph[*group].members.contains(&id));
    let by_tie = members.clone().filter(|tie| tie.from == id);
    let by_tie = by_tie.map(|tie| tie.to);
    let groups = rows::distinct(groups.chain(by_tie));
    let by_tie = members.filter(|tie| tie.to == id);
    let by_tie = by_tie.map(|tie| tie.from);
    let members = rows::distinct(actor.members.iter().copied().chain(by_tie));
    AboutActorRow {
        id: actor.id.to_string(),
        kind: ActorKind::word_of(actor.kind).into(),
        role: text(written.role),
        also_called: actor.aliases.join(", "),
        speaks_for: speaks_for.join(", "),
        spoken_for_by: speakers.join(", "),
        members,
        member_of: groups,
        power: actor.power,
        same_as: written.same_as.join(", "),
        note: text(written.note.into_option()),
        tags: written.tags.join(", "),
        behind: Behind::at(actor.place),
    }
}

fn held(graph: &Graph, positions: &Standings) -> Table<PositionRow> {
    let known = positions
        .iter()
        .filter(|(_, standing)| standing.verdict != Verdict::Unknown);
    let rows =
        known.map(|((actor, issue), standing)| rows::position(graph, *actor, *issue, standing));
    Table::new("Positions", rows).hiding(&["actor"])
}

/// Lists statements in force that are addressed to somebody.
pub(in crate::query) fn demands(
    graph: &Graph,
    heading: &str,
    positions: &Standings,
    wanted: impl Fn(&[ActorId], ActorId) -> bool,
) -> Table<DemandRow> {
    let mut table = Table::new(heading, []);
    for ((actor, issue), standing) in positions {
        for footing in standing.in_force() {
            let stance = &graph[footing.stance];
            if !wanted(stance.toward(), *actor) {
                continue;
            }
            let written = graph.written_stance(stance.place);
            table.rows.push(DemandRow {
                actor: *actor,
                toward: stance.toward().to_vec(),
                issue: *issue,
                says: Said::of(stance),
                what: text(written.summary.or(written.quote.into_option())),
                date: footing.date,
                sources: stance.sources.as_slice().to_vec(),
                behind: Behind::at(stance.place).because([rows::evidence(footing)]),
            });
        }
    }
    table
}

/// Lists what the actor said, or was said of it, that makes no position.
fn unsettled(graph: &Graph, positions: &Standings, day: Day) -> Table<SaidRow> {
    let rows = positions.iter().flat_map(|((actor, _), standing)| {
        let unsettled = standing.footings.iter();
        let unsettled =
            unsettled.filter(|footing| footing.is_aside() || footing.fate == Fate::Expired);
        unsettled.map(|footing| {
            let status = status::status_on(graph, footing, standing.verdict, day);
            rows::statement(graph, *actor, footing, Some(status))
        })
    });
    Table::new(NOT_COUNTED, rows).hiding(&["actor"])
}

/// Returns whether the status of a meeting was set after the day asked for.
fn is_later(graph: &Graph, id: MeetingId) -> bool {
    matches!(graph[id].told(), Told::Later(_))
}
