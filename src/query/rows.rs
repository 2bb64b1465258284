//! The rows of all answers. Those that several answers share are defined here: a position, a
//! statement, a meeting, a tie, a fact.

pub use super::balance::{RelationRow, SplitRow};
pub use super::brokers::{BrokerRow, RoleRow};
pub use super::camps::{
    AloneRow, BetweenRow, BondRow, CampRow, DissentRow, FlipRow, HalfRow, SideRow,
};
pub use super::common::{AcrossRow, DealRow, GroundRow};
pub use super::compare::{ComparedRow, SharedRow};
pub use super::evidence::{WeakCountRow, WeakPositionRow, WeakRecordRow, WithdrawnClaimRow};
pub use super::forecast::{AbsentRow, DropRow, ForecastRow, RangeRow, ScaleRow, StakeRow};
pub use super::history::ChangeRow;
pub use super::matrix::CellRow;
pub use super::path::StepRow;
pub use super::positions::StatementRow;
pub use super::show::{
    AboutActorRow, AboutFactRow, AboutIssueRow, AboutMeetingRow, AboutSourceRow, DemandRow,
    PartRow, SilentRow, StageRow, UnknownRow,
};
pub use super::timeline::EventRow;

#[doc(hidden)]
pub use super::{
    answer::NoteRow,
    brief::{BriefRow, PairRow},
    brokers::{BridgeRow, ConnectionRow},
    camps::MemberRow,
    diff::{
        ChangedFieldRow, ChangedStatementRow, ChangedTieRow, MovedRow, RenamedRow, SummaryRow,
        ThingRow, WithdrawnRow,
    },
    falls::FallenRow,
    find::FoundRow,
    forecast::MoveRow,
    list::{ActorRow, IssueRow, SourceRow},
    matrix::{ByIssueRow, IssuePositionRow},
    overview::{CountRow, FoundedRow, GraphRow},
    passages::PassageRow,
};

use std::collections::{BTreeSet, HashSet};
use std::hash::Hash;

use crate::graph::all_days;
use crate::graph::{
    ActorId, By, Entity, Fact, FactId, Fate, Footing, Graph, Issue, IssueId, Joined, Meeting,
    MeetingId, Office, SourceId, StanceId, Standing, TieId, Told, Verdict,
};
use crate::model::{Date, Day, Likelihood, Period, Position, TieKind};
use crate::query::status;
use crate::query::{Behind, Evidence, Note, Said, Stand, Table, Word, table};
use crate::words::{self, counted, vocabulary};

table! {
    /// Where an actor stands on an issue.
    pub struct PositionRow of "position" {
        /// The actor.
        actor: ActorId,
        /// The issue.
        issue: IssueId,
        /// Where it stands.
        position: Stand,
        /// The actors it is addressed to.
        toward: Vec<ActorId>,
        /// Who voiced it, other than the actor itself.
        voiced_by: Vec<ActorId>,
        /// The date of the newest statement it rests on.
        date: Option<Date>,
        /// Its sources.
        sources: Vec<SourceId>,
    }

    /// One statement about an actor, and its status.
    pub struct SaidRow of each "statement" {
        /// The actor it is about.
        actor: ActorId,
        /// The issue.
        issue: IssueId,
        /// What it says.
        says: Said,
        /// The actors it is addressed to.
        toward: Vec<ActorId>,
        /// Who voiced it, other than the actor itself.
        voiced_by: Vec<ActorId>,
        /// Its own date, else its earliest source's.
        date: Option<Date>,
        /// Its sources.
        sources: Vec<SourceId>,
        /// Its status.
        status: Option<Word>,
    }

    /// A statement with all its actors.
    pub struct StanceRow of "statement" {
        /// The actors it is about.
        actors: Vec<ActorId>,
        /// The issue.
        issue: IssueId,
        /// What it says.
        says: Said,
        /// The actors it is addressed to.
        toward: Vec<ActorId>,
        /// Who voiced it.
        voiced_by: Option<ActorId>,
        /// Its own date, else its earliest source's.
        date: Option<Date>,
        /// Its sources.
        sources: Vec<SourceId>,
        /// Its status; if its actors differ in it, that of those for whom it counts most.
        status: Option<Word>,
        /// Every status that it has for one of its actors.
        statuses for programs: Vec<Word>,
    }

    /// A meeting.
    pub struct MeetingRow of "meeting" {
        /// Its date.
        date: Option<Date>,
        /// Its status, or `unknown`; `one_of` if it may be one of several, `later` if it was set
        /// after the day asked for.
        status: Word,
        /// The statuses it may have.
        statuses for programs: Vec<Word>,
        /// How likely it is.
        likelihood: Option<Word>,
        /// The meeting.
        meeting: MeetingId,
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
        /// Its sources.
        sources: Vec<SourceId>,
    }

    /// A tie between two actors.
    pub struct TieRow of "tie" {
        /// The actor it goes from.
        from: ActorId,
        /// The kind of tie; `other` if the author used words of their own.
        kind: Word,
        /// The author's own words for it.
        own_words for programs: String,
        /// The actor it goes to.
        to: ActorId,
        /// Its start date.
        since: Option<Date>,
        /// Its end date.
        until: Option<Date>,
        /// The issues it is about.
        over: Vec<IssueId>,
        /// Its sources.
        sources: Vec<SourceId>,
        /// Whether it is over, or still to come, on the day asked for.
        status: Option<Word>,
    }

    /// A measure of the whole graph.
    pub struct MeasureRow {
        /// The measure.
        measure: Word,
        /// Its value.
        value: f64,
    }

    /// A fact.
    pub struct FactRow of "fact" {
        /// The fact.
        fact: FactId,
        /// What it says.
        text: String,
        /// Its own date, else its earliest source's.
        date: Option<Date>,
        /// Its sources.
        sources: Vec<SourceId>,
        /// Whether it is later than the day asked for.
        status: Option<Word>,
    }
}

/// Builds the row of a position, with what it rests on.
pub(super) fn position(
    graph: &Graph,
    actor: ActorId,
    issue: IssueId,
    standing: &Standing,
) -> PositionRow {
    // Show the statements in force, else those that have expired, else all.
    let with = |fate: Fate| {
        standing
            .footings
            .iter()
            .filter(|footing| footing.fate == fate)
            .copied()
            .collect::<Vec<Footing>>()
    };
    let shown = [Fate::InForce, Fate::Expired]
        .into_iter()
        .map(with)
        .find(|with| !with.is_empty());
    let shown = shown.unwrap_or_else(|| standing.footings.clone());
    let stance = |footing: &Footing| &graph[footing.stance];
    let toward = shown
        .iter()
        .flat_map(|footing| stance(footing).toward().iter().copied());
    let sources = shown
        .iter()
        .flat_map(|footing| stance(footing).sources.as_slice().iter().copied());
    let first = shown.first();
    PositionRow {
        actor,
        issue,
        position: stands(graph, standing),
        toward: distinct(toward),
        voiced_by: voices(graph, actor, &shown),
        date: standing
            .date()
            .or_else(|| first.and_then(|footing| footing.date)),
        sources: distinct(sources),
        behind: Behind {
            place: first.map(|footing| stance(footing).place),
            evidence: standing.footings.iter().map(evidence).collect(),
        },
    }
}

/// Like [`stands`], or [`Stand::unknown`] if there is no standing.
pub(super) fn stands_if_known(graph: &Graph, standing: Option<&Standing>) -> Stand {
    standing.map_or_else(Stand::unknown, |standing| stands(graph, standing))
}

/// Keeps the record that a position shows, but only the evidence in force.
pub(super) fn in_force(behind: Behind, standing: &Standing) -> Behind {
    Behind {
        evidence: standing.in_force().map(evidence).collect(),
        ..behind
    }
}

/// Returns where an actor stands, with every position stated if they are contested.
pub(super) fn stands(graph: &Graph, standing: &Standing) -> Stand {
    let basis = (standing.verdict != Verdict::Unknown).then(|| graph.basis(standing));
    Stand {
        verdict: standing.verdict,
        said: match standing.verdict {
            Verdict::Contested => stated(graph, standing),
            _ => Vec::new(),
        },
        basis,
        offers: graph.offers(&standing.footings),
    }
}

/// Lists the positions that statements in force state. They are sorted, so that the order does not
/// depend on where a record stands in the files.
fn stated(graph: &Graph, standing: &Standing) -> Vec<Position> {
    let said = standing.in_force().filter_map(|footing| {
        let stance = &graph[footing.stance];
        let position = stance.position?;
        Some((graph.score(stance.issue, position), position))
    });
    let mut stated: Vec<(Option<f64>, Position)> = said.collect();
    stated.sort_by(|one, other| {
        let by_score = one.0.partial_cmp(&other.0);
        by_score
            .unwrap_or(std::cmp::Ordering::Equal)
            .then_with(|| one.1.written().cmp(other.1.written()))
    });
    stated.dedup_by(|one, other| one.1 == other.1);
    stated.into_iter().map(|(_, position)| position).collect()
}

/// Builds the row of one statement about an actor, with its status.
pub(super) fn statement(
    graph: &Graph,
    actor: ActorId,
    footing: &Footing,
    status: Option<Word>,
) -> SaidRow {
    let stance = &graph[footing.stance];
    SaidRow {
        actor,
        issue: stance.issue,
        says: Said::of(stance),
        toward: stance.toward().to_vec(),
        voiced_by: voices(graph, actor, &[*footing]),
        date: footing.date,
        sources: stance.sources.as_slice().to_vec(),
        status,
        behind: behind(graph, footing),
    }
}

/// Returns what the row of one statement rests on: the statement.
pub(super) fn behind(graph: &Graph, footing: &Footing) -> Behind {
    Behind::at(graph[footing.stance].place).because([evidence(footing)])
}

pub(super) fn evidence(footing: &Footing) -> Evidence {
    Evidence::Stance(footing.stance, footing.fate)
}

/// Returns who voiced these statements, other than the actor itself.
fn voices(graph: &Graph, actor: ActorId, footings: &[Footing]) -> Vec<ActorId> {
    let voiced = footings.iter().flat_map(|footing| {
        let stance = &graph[footing.stance];
        let made = all_days(footing.date);
        let mut speakers: Vec<ActorId> = match stance.said_by() {
            // What an actor says for itself has no other voice.
            by if footing.through == actor && by.is_none_or(|by| by == actor) => Vec::new(),
            Some(by) => vec![by],
            None => {
                let speaks = |by: &ActorId| graph.voices().speaks_for(*by, actor, made);
                stance
                    .actors
                    .as_slice()
                    .iter()
                    .copied()
                    .filter(speaks)
                    .collect()
            }
        };
        speakers.sort_by_key(|by| &graph[*by].id);
        speakers
    });
    distinct(voiced)
}

vocabulary! {
    /// What is uncertain about a statement.
    pub enum Doubt {
        /// It may have been made after the day of the question.
        PossiblyLater = "possibly_later", "possibly later";
        /// Its speaker spoke for the actor on some of the days only.
        PerhapsNotInOffice = "perhaps_not_in_office", "perhaps not in office";
    }
}

/// Returns what is uncertain about a statement that counts.
pub(crate) fn doubts(footing: &Footing) -> Vec<Doubt> {
    let mut doubts = Vec::new();
    if footing.possibly_later {
        doubts.push(Doubt::PossiblyLater);
    }
    if footing.office == Office::Perhaps {
        doubts.push(Doubt::PerhapsNotInOffice);
    }
    doubts
}

/// Returns whether a statement was made after a day.
pub(super) fn is_later(footing: &Footing, day: Day) -> bool {
    footing.date.is_some_and(|date| date.period().from > day)
}

/// Returns the items in order, each once.
pub(super) fn distinct<T: Clone + Eq + Hash>(items: impl IntoIterator<Item = T>) -> Vec<T> {
    let mut distinct: Vec<T> = Vec::new();
    // For few items, comparing is faster than hashing.
    let mut known: HashSet<T> = HashSet::new();
    for item in items {
        if distinct.len() == FEW {
            known.extend(distinct.iter().cloned());
        }
        let is_new = match distinct.len() < FEW {
            true => !distinct.contains(&item),
            false => known.insert(item.clone()),
        };
        if is_new {
            distinct.push(item);
        }
    }
    distinct
}

/// The number of items up to which [`distinct`] compares instead of hashing.
const FEW: usize = 16;

/// Builds the row of a meeting.
fn meeting(graph: &Graph, id: MeetingId) -> MeetingRow {
    let meeting = &graph[id];
    let likely = meeting.more.as_ref().and_then(|more| more.likelihood);
    let written = graph.written_meeting(meeting.place);
    MeetingRow {
        date: meeting.date,
        status: meeting_status(graph, meeting),
        statuses: meeting_statuses(meeting),
        likelihood: likely.map(likelihood),
        meeting: id,
        place: written.place.unwrap_or_default().into_owned(),
        host: meeting.host(),
        participants: meeting.participants.to_vec(),
        invited: meeting.invited().to_vec(),
        declined: meeting.declined().to_vec(),
        topics: meeting.topics.to_vec(),
        sources: meeting.sources().to_vec(),
        behind: Behind::thing(graph, Entity::Meeting(id)),
    }
}

/// Lists meetings without their hosts.
pub(super) fn meetings(
    graph: &Graph,
    heading: impl Into<String>,
    ids: impl IntoIterator<Item = MeetingId>,
) -> Table<MeetingRow> {
    hosted(graph, heading, ids).hiding(&["host"])
}

/// Lists meetings with their hosts.
pub(super) fn hosted(
    graph: &Graph,
    heading: impl Into<String>,
    ids: impl IntoIterator<Item = MeetingId>,
) -> Table<MeetingRow> {
    Table::new(heading, ids.into_iter().map(|id| meeting(graph, id)))
}

/// Lists letters, with who wrote them.
pub(super) fn letters(
    graph: &Graph,
    ids: impl IntoIterator<Item = MeetingId>,
) -> Table<MeetingRow> {
    hosted(graph, "In writing: the host wrote it", ids).of("letter")
}

/// Returns the status of a meeting: `one_of` if it may be one of several, `later` if it was set
/// after the day asked for.
pub(super) fn meeting_status(graph: &Graph, meeting: &Meeting) -> Word {
    let key = match (meeting.told(), meeting.statuses()) {
        (Told::Later(_), _) => "later",
        (Told::Withdrawn(_), _) => "withdrawn",
        (_, []) => "unknown",
        (_, [status]) => status.word(),
        _ => "one_of",
    };
    let words = match meeting.told() {
        Told::Withdrawn(Some(status)) if graph.is_withdrawn(meeting.claim()) => {
            status::withdrawn_as(graph, *status, meeting.claim())
        }
        _ => meeting.status_words(),
    };
    Word::new(key, words)
}

/// Returns the statuses that a meeting may have.
pub(super) fn meeting_statuses(meeting: &Meeting) -> Vec<Word> {
    let later = match meeting.told() {
        Told::Later(status) | Told::Withdrawn(status) => *status,
        Told::Present | Told::Earlier(_) | Told::OneOf(_) => None,
    };
    let statuses = meeting.statuses().iter().copied().chain(later);
    distinct(statuses)
        .into_iter()
        .map(|status| status.word().into())
        .collect()
}

/// Formats a likelihood with its band: `likely (55 to 80 %)`.
pub(super) fn likelihood(likelihood: Likelihood) -> Word {
    let (from, to) = likelihood.percent();
    let word = Word::from(likelihood.word());
    Word {
        words: format!("{} ({from} to {to} %)", word.words).into(),
        ..word
    }
}

/// Builds the row of a tie, without its status.
pub(super) fn tie(graph: &Graph, id: TieId) -> TieRow {
    let tie = &graph[id];
    TieRow {
        from: tie.from,
        kind: tie_kind(&tie.kind),
        own_words: match &tie.kind {
            TieKind::Other(words) => words.to_string(),
            _ => String::new(),
        },
        to: tie.to,
        since: tie.since,
        until: tie.until,
        over: tie.over.to_vec(),
        sources: tie.sources.to_vec(),
        status: None,
        behind: Behind::at(tie.place).because([Evidence::Tie(id)]),
    }
}

/// Returns the kind of a tie; its key is `other` for the author's own words.
pub(super) fn tie_kind(kind: &TieKind<'_>) -> Word {
    let key = match kind {
        TieKind::Other(_) => "other".into(),
        kind => kind.word().replace(' ', "_").into(),
    };
    Word {
        key,
        words: kind.word().into(),
    }
}

/// Builds the row of a tie, from its own record or from a short form, with its status on a day.
pub(super) fn joined(graph: &Graph, joined: Joined<'_>, day: Day) -> TieRow {
    let actor = match joined.by {
        By::Tie(id) => {
            return TieRow {
                status: status::on_day(graph, graph[id].claim(), graph[id].during(), day),
                ..tie(graph, id)
            };
        }
        By::Actor(actor) => actor,
    };
    TieRow {
        from: joined.from,
        kind: tie_kind(joined.kind),
        own_words: String::new(),
        to: joined.to,
        since: None,
        until: None,
        over: Vec::new(),
        sources: Vec::new(),
        status: None,
        behind: Behind::thing(graph, Entity::Actor(actor)),
    }
}

/// Builds the row of a fact, without its status.
pub(super) fn fact(graph: &Graph, id: FactId) -> FactRow {
    let fact: &Fact = &graph[id];
    FactRow {
        fact: id,
        text: graph.written_fact(fact.place).text.into_owned(),
        date: graph.fact_date(fact),
        sources: fact.sources.to_vec(),
        status: None,
        behind: Behind::thing(graph, Entity::Fact(id)),
    }
}

/// Like [`fact`], with whether it is later than a day.
pub(super) fn fact_as_of(graph: &Graph, id: FactId, day: Day) -> FactRow {
    let row = fact(graph, id);
    FactRow {
        status: status::on_day(graph, graph[id].claim(), since(row.date), day),
        ..row
    }
}

/// Builds the row of a measure of the whole graph.
pub(super) fn measure(measure: impl Into<Word>, value: f64) -> MeasureRow {
    MeasureRow {
        measure: measure.into(),
        value,
        behind: Behind::default(),
    }
}

/// Returns the period from a date on.
pub(super) fn since(date: Option<Date>) -> Period {
    Period {
        to: Day::LAST,
        ..all_days(date)
    }
}

/// Explains why some positions on an issue have no score, or none has: its scale or its levels
/// can't be read.
pub(super) fn lost_measure(issue: &Issue) -> Option<String> {
    let lost = match issue {
        Issue {
            lost_scale: true, ..
        } => "its scale can't be read or has no width, so a number on it means nothing",
        Issue { levels: None, .. } => {
            "its levels can't be read, so “supports” and “opposes” have no score"
        }
        _ => return None,
    };
    Some(format!("{lost}: `demarche check` shows it"))
}

/// Notes how many statements an answer does not count because they are attributions. Every answer
/// and picture uses these words.
pub(super) fn attributed<'f>(footings: impl IntoIterator<Item = &'f Footing>) -> Option<Note> {
    let attributed = footings
        .into_iter()
        .filter(|footing| footing.fate == Fate::Attributed);
    let statements: BTreeSet<StanceId> = attributed.map(|footing| footing.stance).collect();
    not_counted(statements.len())
}

/// Notes how many offers a question leaves out, or takes in place of positions.
pub(crate) fn offers<'f>(footings: impl IntoIterator<Item = &'f Footing>) -> Option<Note> {
    let footings = footings.into_iter();
    let offered = footings.filter(|footing| footing.fate == Fate::Offered);
    let offered: BTreeSet<StanceId> = offered.map(|footing| footing.stance).collect();
    (!offered.is_empty()).then(|| {
        let text = format!(
            "Not counted, because they hold on a condition only: {}; `--offers` takes them in place of positions.",
            counted(offered.len(), "offer")
        );
        Note::new("offers_not_counted", text).of(offered.len())
    })
}

/// Names the issues that were selected by name, ` on Tax`; empty if none was.
pub(super) fn on_issues(graph: &Graph) -> String {
    let named = graph.scope().named_issues();
    let names = named.iter().map(|id| graph[*id].name.as_ref());
    match named.is_empty() {
        true => String::new(),
        false => format!(" on {}", words::joined(names)),
    }
}

/// Like [`attributed`], from the number of statements.
pub(crate) fn not_counted(attributions: usize) -> Option<Note> {
    (attributions > 0).then(|| {
        let text = format!(
            "Not counted, because whoever voiced it does not speak for the actor: {}.",
            counted(attributions, "statement")
        );
        Note::new("attributed", text).of(attributions)
    })
}

/// Builds the row of a statement, with all its actors.
pub(super) fn stance(graph: &Graph, id: StanceId) -> StanceRow {
    let stance = &graph[id];
    StanceRow {
        actors: stance.actors.as_slice().to_vec(),
        issue: stance.issue,
        says: Said::of(stance),
        toward: stance.toward().to_vec(),
        voiced_by: stance.said_by(),
        date: graph.stance_date(stance),
        sources: stance.sources.as_slice().to_vec(),
        status: None,
        statuses: Vec::new(),
        behind: Behind::at(stance.place),
    }
}

/// Notes that nobody can be for or against an issue that asks no question.
pub(super) fn topic_only(graph: &Graph, issue: IssueId) -> Option<Note> {
    let is_topic = graph[issue].topic_only;
    is_topic.then(|| Note::new("topic_only", TOPIC_ONLY))
}

/// What is said of an issue that asks no question.
pub(crate) const TOPIC_ONLY: &str =
    "A topic only: it asks no question, so what being for or against it means is not said.";
