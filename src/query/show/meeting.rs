//! A meeting: who, where, when; its earlier statuses; what it is about and where the participants
//! stand on that.

use crate::graph::{
    ActorId, Earlier, Entity, Graph, IssueId, Lens, MeetingId, SourceId, Told, Verdict, Words,
};
use crate::model::{Date, MeetingStatus};
use crate::query::meetings;
use crate::query::rows::{self, FactRow, MeetingRow, PositionRow};
use crate::query::show::referring::{because_of, reason};
use crate::query::show::{facts_about, text};
use crate::query::status;
use crate::query::{Behind, Notes, Record, Table, Word, answer, table};

answer! {
    /// All about a meeting.
    pub struct AboutMeeting = "meeting" {
        /// Its own fields.
        about: Record<AboutMeetingRow>,
        /// Its statuses, oldest first and the present one last; empty if it had only one.
        history: Table<StageRow>,
        /// Where those who take part stand on its topics.
        topics: Table<PositionRow>,
        /// Those whose position on them is unknown.
        unknown: Table<SilentRow>,
        /// The meetings that belong to it.
        parts: Table<MeetingRow>,
        /// The meetings with a present or past status caused by it.
        because_of_it: Table<MeetingRow>,
        /// The facts about it.
        facts: Table<FactRow>,
    }
}

table! {
    /// A meeting, by its own record.
    pub struct AboutMeetingRow {
        /// Its id.
        id: String,
        /// What kind of meeting it is.
        kind: Option<Word>,
        /// Its status, or `unknown`; `one_of` if it may be one of several, `later` if it was set
        /// after the day asked for.
        status: Word,
        /// The statuses it may have.
        statuses for programs: Vec<Word>,
        /// When it is, or was.
        date: Option<Date>,
        /// When its status was set.
        status_set: Option<Date>,
        /// The reason for its status.
        because: Option<Entity>,
        /// What the reason says, if it is a fact.
        reason: String,
        /// The town or building.
        place: String,
        /// The host.
        host: Option<ActorId>,
        /// The participants.
        participants: Vec<ActorId>,
        /// Those who were invited.
        invited: Vec<ActorId>,
        /// Those who declined.
        declined: Vec<ActorId>,
        /// The issues it is about.
        topics: Vec<IssueId>,
        /// The meeting it belongs to.
        part_of: Option<MeetingId>,
        /// How likely it is.
        likelihood: Option<Word>,
        /// What came of it.
        outcome: String,
        /// The words of the source.
        quote: String,
        /// Who said so.
        said_by: Option<ActorId>,
        /// Its sources.
        sources: Vec<SourceId>,
        /// Where in the source it is.
        found_at: String,
        /// How credible it is, 1 to 6.
        credibility: Option<f64>,
        /// Its ids elsewhere.
        same_as: String,
        /// A free note.
        note: String,
        /// Its tags.
        tags: String,
    }

    /// Actors with no known position on a topic.
    pub struct SilentRow {
        /// The issue.
        issue: IssueId,
        /// The actors.
        actors: Vec<ActorId>,
    }

    /// A status that a meeting has or had.
    pub struct StageRow {
        /// The status.
        status: Word,
        /// The date it was then set for.
        set_for: Option<Date>,
        /// When that was set, or `not recorded`, in words.
        set_on: String,
        /// When that was set, as a date.
        set_on_date for programs: Option<Date>,
        /// The reason.
        because: Option<Entity>,
        /// What the reason says, if it is a fact.
        reason: String,
        /// Its sources.
        sources: Vec<SourceId>,
    }
}

pub(crate) fn show(graph: &Graph, lens: Lens, id: MeetingId) -> AboutMeeting {
    let (topics, unknown) = stands(graph, lens, id);
    AboutMeeting {
        title: graph[id].title.to_string(),
        about: Record::of(fields(graph, id)),
        history: history(graph, id),
        topics,
        unknown,
        parts: rows::meetings(graph, "Its parts", meetings::parts(graph, id)),
        because_of_it: because_of(graph, Entity::Meeting(id)),
        facts: facts_about(graph, lens, Entity::Meeting(id)),
        notes: Notes::default(),
    }
}

fn fields(graph: &Graph, id: MeetingId) -> AboutMeetingRow {
    let meeting = &graph[id];
    let written = graph.written_meeting_as_told(meeting);
    let more = meeting.more.as_ref();
    let because = more.and_then(|more| more.because);
    AboutMeetingRow {
        id: meeting.id.to_string(),
        kind: meeting.kind.map(|kind| kind.word().into()),
        status: rows::meeting_status(graph, meeting),
        statuses: rows::meeting_statuses(meeting),
        date: meeting.date,
        status_set: more.and_then(|more| more.on),
        because,
        reason: reason(graph, because),
        place: text(written.place),
        host: meeting.host(),
        participants: meeting.participants.to_vec(),
        invited: meeting.invited().to_vec(),
        declined: meeting.declined().to_vec(),
        topics: meeting.topics.to_vec(),
        part_of: meeting.part_of(),
        likelihood: written.likelihood.map(rows::likelihood),
        outcome: text(written.outcome.into_option()),
        quote: text(written.quote.into_option()),
        said_by: more.and_then(|more| more.said_by),
        sources: meeting.sources().to_vec(),
        found_at: text(written.at.into_option()),
        credibility: written.credibility.map(f64::from),
        same_as: written.same_as.join(", "),
        note: text(written.note.into_option()),
        tags: written.tags.join(", "),
        behind: Behind::at(meeting.place),
    }
}

/// Lists the meeting's statuses by the day on which each was set, the present one last; empty if it
/// had only one.
fn history(graph: &Graph, id: MeetingId) -> Table<StageRow> {
    let meeting = &graph[id];
    let date_words = |date: Option<Date>| date.map_or("not recorded".to_owned(), Date::words);
    let status = |earlier: &Earlier| match status::withdrawn(graph, earlier.claim()) {
        Some(by) => Word {
            words: status::withdrawn_as(graph, earlier.status, earlier.claim()).into(),
            ..by
        },
        None => Word::from(earlier.status.word()),
    };
    let mut earlier: Vec<&Earlier> = meeting
        .earlier()
        .iter()
        .chain(meeting.withdrawn())
        .collect();
    earlier.sort_by_key(|earlier| graph.set_on(earlier).map(|set| set.period().from));
    let before = earlier.into_iter().map(|earlier| StageRow {
        status: status(earlier),
        set_for: earlier.date,
        set_on: date_words(earlier.day_set()),
        set_on_date: earlier.day_set(),
        because: earlier.because,
        reason: reason(graph, earlier.because),
        sources: earlier.sources.as_slice().to_vec(),
        behind: Behind::at(meeting.place),
    });
    let mut stages: Vec<StageRow> = before.collect();
    // If several statuses were set on one day, the meeting already shows all of them.
    if !stages.is_empty() && !matches!(meeting.told(), Told::OneOf(_)) {
        let because = meeting.more.as_ref().and_then(|more| more.because);
        stages.push(StageRow {
            status: rows::meeting_status(graph, meeting),
            set_for: meeting.date,
            set_on: match meeting.lost_day_set() {
                true => "can't be read".to_owned(),
                false => date_words(meeting.day_set()),
            },
            set_on_date: meeting.day_set(),
            because,
            reason: reason(graph, because),
            sources: meeting.sources().to_vec(),
            behind: Behind::at(meeting.place),
        });
    }
    Table::new("History", stages)
}

/// Returns the positions on the topics of those who take part, and of those they speak for, and who
/// has none.
fn stands(graph: &Graph, lens: Lens, id: MeetingId) -> (Table<PositionRow>, Table<SilentRow>) {
    let meeting = &graph[id];
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
    let mut who = rows::distinct(who);
    who.retain(|actor| graph.scope().actor(*actor));
    let mut table = Table::new("Where they stand on its topics", []).led_by("issue");
    let mut unknown = Table::new("Unknown on its topics", []);
    if meeting.topics.is_empty() {
        return (table, unknown);
    }
    // For a meeting that was held, positions are as of its last day.
    let held = meeting
        .date
        .filter(|_| meeting.status == Some(MeetingStatus::Held));
    let day = held.map_or(lens.day, |date| date.period().to.min(lens.day));
    let lens = Lens { day, ..lens };
    table.heading = format!("Where they stand on its topics, as of {day}");
    let positions = graph.positions(lens, |actor, issue| {
        who.contains(&actor) && meeting.topics.contains(&issue)
    });
    let asked = meeting.topics.iter();
    for topic in asked.filter(|topic| graph.scope().issue(**topic)) {
        let mut silent = Vec::new();
        for actor in &who {
            let Some(standing) = positions
                .get(&(*actor, *topic))
                .filter(|standing| standing.verdict != Verdict::Unknown)
            else {
                silent.push(*actor);
                continue;
            };
            table
                .rows
                .push(rows::position(graph, *actor, *topic, standing));
        }
        if !silent.is_empty() {
            unknown.rows.push(SilentRow {
                issue: *topic,
                actors: silent,
                behind: Behind::default(),
            });
        }
    }
    let table = table.or_else("Where they stand on its topics is unknown.");
    (table, unknown)
}
