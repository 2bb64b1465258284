//! What is in the graph, section by section.

use std::collections::BTreeSet;

use crate::graph::{
    ActorId, Census, Entity, FactId, Fate, Graph, Issue, IssueId, Joined, Lens, Meeting, Side,
    SourceId, StanceId, Verdict,
};
use crate::model::{ActorKind, Date};
use crate::query::counted::left_to_speak;
use crate::query::rows::{self, FactRow, StanceRow, TieRow};
use crate::query::status;
use crate::query::{
    Behind, Count, Evidence, MeetingFilter, Note, Noted, Notes, Row, Table, Word, answer, meetings,
    scope, table,
};

/// A section of the format to list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "they are the sections of the format")]
pub enum List {
    Actors,
    Issues,
    Meetings,
    Sources,
    Ties,
    Stances,
    Facts,
}

answer! {
    /// All actors.
    pub struct Actors = "actors" {
        /// The actors, sorted by id.
        actors: Table<ActorRow>,
    }
}
answer! {
    /// All issues.
    pub struct Issues = "issues" {
        /// The issues, sorted by id.
        issues: Table<IssueRow>,
    }
}
answer! {
    /// All sources.
    pub struct Sources = "sources" {
        /// The sources, sorted by id.
        sources: Table<SourceRow>,
    }
}
answer! {
    /// All ties, including short forms.
    pub struct Ties = "ties" {
        /// The ties.
        ties: Table<TieRow>,
    }
}
answer! {
    /// All statements.
    pub struct Stances = "stances" {
        /// The statements.
        stances: Table<StanceRow>,
    }
}
answer! {
    /// All facts.
    pub struct Facts = "facts" {
        /// The facts, sorted by id.
        facts: Table<FactRow>,
    }
}

table! {
    /// An actor.
    pub struct ActorRow of "actor" {
        /// The actor.
        actor: ActorId,
        /// What kind of actor it is.
        kind: Word,
        /// Other names.
        aliases for programs: String,
        /// On how many issues its position is known.
        positions: usize,
        /// In how many meetings it takes part, itself or through its speakers.
        meetings: usize,
        /// How many ties it has.
        ties: usize,
        /// The actors it speaks for.
        speaks_for: Vec<ActorId>,
    }

    /// An issue, and how many actors are on each side of it.
    pub struct IssueRow of "issue" {
        /// The issue.
        issue: IssueId,
        /// What it asks.
        question for programs: String,
        /// Other names.
        aliases for programs: String,
        /// The issue that it is a part of.
        part_of: Option<IssueId>,
        /// How many actors have a known position.
        positions: usize,
        /// How many are for it.
        supports as "for": usize,
        /// How many are against it.
        opposes as "against": usize,
        /// How many are neutral.
        neutral: usize,
        /// How many name a number on its scale.
        on_scale: usize,
        /// How many are mixed: they say both.
        mixed: usize,
        /// How many are contested: statements in force disagree.
        contested: usize,
        /// How many offers are made on it.
        offers: Count,
    }

    /// A source.
    pub struct SourceRow of "source" {
        /// The source.
        source: SourceId,
        /// Its title.
        title: String,
        /// Who published it.
        publisher: String,
        /// When it was published.
        date: Option<Date>,
        /// The sources it repeats.
        via: Vec<SourceId>,
        /// How reliable it is, A to F.
        reliability: String,
        /// How many records rest on it.
        records: usize,
        /// Whether it was withdrawn: by which source, and when.
        status: Option<Word>,
    }
}

/// Lists a section.
pub fn list(graph: &Graph, lens: Lens, what: List) -> Box<dyn Noted> {
    let counted = || {
        let census = graph.census(lens, |actor, issue| graph.scope().has(actor, issue));
        let notes = attributed(&census, lens).into_iter().collect::<Notes>();
        (census, notes)
    };
    match what {
        List::Actors => {
            let (census, notes) = counted();
            let mut actors = all(actors(graph, lens, &census));
            let is_tagged = |id| scope::is_tagged(graph, Entity::Actor(id));
            actors.rows.retain(|row| is_tagged(row.actor));
            let title = "Actors".to_owned();
            Box::new(Actors {
                title,
                actors,
                notes,
            })
        }
        List::Issues => {
            let (census, mut notes) = counted();
            notes.extend(left_to_speak(graph, &census, |_| true));
            let mut issues = all(issues(graph, &census));
            let is_tagged = |id| scope::is_tagged(graph, Entity::Issue(id));
            issues.rows.retain(|row| is_tagged(row.issue));
            let title = "Issues".to_owned();
            Box::new(Issues {
                title,
                issues,
                notes,
            })
        }
        List::Meetings => Box::new(meetings::meetings(graph, lens, &MeetingFilter::default())),
        List::Sources => {
            let mut sources = all(sources(graph));
            let is_tagged = |id| scope::is_tagged(graph, Entity::Source(id));
            sources.rows.retain(|row| is_tagged(row.source));
            let title = "Sources".to_owned();
            let notes = Notes::default();
            Box::new(Sources {
                title,
                sources,
                notes,
            })
        }
        List::Ties => {
            let rows = asked_ties(graph).map(|tie| rows::joined(graph, tie, lens.day));
            let ties = all(rows);
            let title = "Ties".to_owned();
            let notes = Notes::default();
            Box::new(Ties { title, ties, notes })
        }
        List::Stances => {
            let stances = all(stances(graph, lens));
            let title = "Stances".to_owned();
            let notes = Notes::default();
            Box::new(Stances {
                title,
                stances,
                notes,
            })
        }
        List::Facts => {
            let ids = FactId::all(graph).filter(|id| scope::has_fact(graph, &graph[*id]));
            let facts = all(ids.map(|id| rows::fact_as_of(graph, id, lens.day)));
            let title = "Facts".to_owned();
            let notes = Notes::default();
            Box::new(Facts {
                title,
                facts,
                notes,
            })
        }
    }
}

fn all<R: Row>(rows: impl IntoIterator<Item = R>) -> Table<R> {
    Table::new("", rows).or_else("There is none.")
}

/// Notes how many statements made by the day no position counts.
pub(super) fn attributed(census: &Census, lens: Lens) -> Option<Note> {
    let footings = census.cells().flat_map(|cell| census.footings(cell));
    let is_made = |date: Date| date.period().from <= lens.day;
    rows::attributed(footings.filter(|footing| footing.date.is_none_or(is_made)))
}

pub(super) fn actors(graph: &Graph, lens: Lens, census: &Census) -> Vec<ActorRow> {
    let mut counts = vec![(0_usize, 0_usize, 0_usize); graph.actors.len()];
    for cell in census.cells() {
        counts[cell.actor.index()].0 += usize::from(cell.verdict != Verdict::Unknown);
    }
    let is_met = |meeting: &&Meeting| {
        !meeting.is_in_writing()
            && !meeting.is_withdrawn_whole()
            && graph.scope().any_issue(&meeting.topics)
    };
    for meeting in graph.meetings.iter().filter(is_met) {
        for actor in meetings::meeting_there(graph, lens, meeting) {
            counts[actor.index()].1 += 1;
        }
    }
    let stands = |joined: &Joined<'_>| {
        !graph
            .tie_of(*joined)
            .is_some_and(|tie| graph.is_withdrawn(tie.claim()))
    };
    for tie in asked_ties(graph).filter(stands) {
        counts[tie.from.index()].2 += 1;
        counts[tie.to.index()].2 += usize::from(tie.to != tie.from);
    }
    let rows = graph
        .actors()
        .zip(counts)
        .filter(|((id, _), _)| graph.scope().actor(*id))
        .map(|((id, actor), (positions, meetings, ties))| {
            let spoken = graph.voices().direct(id).iter();
            let spoken = spoken.filter(|voice| status::passed(voice.during, lens.day).is_none());
            let principals = rows::distinct(spoken.map(|voice| voice.principal));
            ActorRow {
                actor: id,
                kind: ActorKind::word_of(actor.kind).into(),
                aliases: actor.aliases.join(", "),
                positions,
                meetings,
                ties,
                speaks_for: principals,
                behind: Behind::at(actor.place),
            }
        });
    rows.collect()
}

pub(super) fn issues(graph: &Graph, census: &Census) -> Vec<IssueRow> {
    let row = |(id, issue): (IssueId, &Issue)| {
        let question = graph.written_issue(issue.place).question;
        IssueRow {
            issue: id,
            question: question.unwrap_or_default().into_owned(),
            aliases: issue.aliases.join(", "),
            part_of: issue.part_of,
            positions: 0,
            supports: 0,
            opposes: 0,
            neutral: 0,
            on_scale: 0,
            mixed: 0,
            contested: 0,
            offers: Count(0),
            behind: Behind::at(issue.place),
        }
    };
    let mut rows: Vec<IssueRow> = graph.issues().map(row).collect();
    let footings = census.cells().flat_map(|cell| census.footings(cell));
    let offered = footings.filter(|footing| footing.fate == Fate::Offered);
    // An offer that somebody makes for another is one of both.
    let offered: BTreeSet<StanceId> = offered.map(|footing| footing.stance).collect();
    for id in offered {
        rows[graph[id].issue.index()].offers.0 += 1;
    }
    for cell in census.counted() {
        let row = &mut rows[cell.issue.index()];
        let count = match cell.verdict {
            Verdict::Unknown => continue,
            Verdict::Contested => &mut row.contested,
            Verdict::Stands(position) => match Side::of(position) {
                Side::Supports => &mut row.supports,
                Side::Opposes => &mut row.opposes,
                Side::Neutral => &mut row.neutral,
                Side::Number => &mut row.on_scale,
                Side::Mixed => &mut row.mixed,
            },
        };
        *count += 1;
        row.positions += 1;
    }
    rows.retain(|row| graph.scope().issue(row.issue));
    rows
}

fn sources(graph: &Graph) -> Vec<SourceRow> {
    let rows = graph
        .sources()
        .zip(graph.resting())
        .map(|((id, source), resting)| {
            let publisher = graph.written_source(source.place).publisher;
            SourceRow {
                source: id,
                title: source.title.to_string(),
                publisher: publisher.unwrap_or_default().into_owned(),
                date: source.date,
                via: source.via.to_vec(),
                reliability: source
                    .reliability
                    .map_or("", |grade| grade.written())
                    .to_owned(),
                records: resting.all(),
                status: status::withdrawn(graph, source.claim()),
                behind: Behind::at(source.place),
            }
        });
    rows.collect()
}

/// Iterates over the ties of the selected actors, over the selected issues.
pub(super) fn asked_ties(graph: &Graph) -> impl Iterator<Item = Joined<'_>> {
    graph
        .joined()
        .filter(|joined| scope::has_joined(graph, joined))
}

fn stances(graph: &Graph, lens: Lens) -> Vec<StanceRow> {
    let asked = graph.statements_in_order().into_iter();
    let asked = asked.filter(|id| scope::has_statement(graph, lens, &graph[*id]));
    let asked: Vec<StanceId> = asked.collect();
    let statuses = status::statuses(graph, lens, asked.iter().copied());
    let row = |id: StanceId| {
        let row = rows::stance(graph, id);
        let status = &statuses[&id];
        StanceRow {
            status: status.words(graph),
            statuses: status.each(),
            behind: row
                .behind
                .because([Evidence::Stance(id, status.fate(graph))]),
            ..row
        }
    };
    asked.into_iter().map(row).collect()
}
