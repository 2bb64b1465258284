//! A source: what it is, and all that rests on it.

use crate::graph::{
    ActorId, Entity, FactId, Footing, Graph, Lens, MeetingId, Office, SourceId, Stance, StanceId,
};
use crate::model::Date;
use crate::query::evidence::{WithdrawnClaimRow, withdrawn};
use crate::query::meetings;
use crate::query::rows::{self, FactRow, MeetingRow, SaidRow, TieRow};
use crate::query::show::{facts_about, text, ties};
use crate::query::status;
use crate::query::{Behind, Note, Notes, Record, Table, answer, scope, table};

answer! {
    /// All about a source.
    pub struct AboutSource = "source" {
        /// Its own fields.
        about: Record<AboutSourceRow>,
        /// The statements that rest on it.
        statements: Table<SaidRow>,
        /// The meetings it reports.
        meetings: Table<MeetingRow>,
        /// The letters it reports; nobody met.
        in_writing: Table<MeetingRow>,
        /// The ties it reports.
        ties: Table<TieRow>,
        /// The facts it reports.
        facts: Table<FactRow>,
        /// The facts about the source itself.
        about_it: Table<FactRow>,
        /// The claims and the sources that it withdraws.
        withdraws: Table<WithdrawnClaimRow>,
    }
}

table! {
    /// A source, by its own record.
    pub struct AboutSourceRow {
        /// Its id.
        id: String,
        /// Its title.
        title: String,
        /// Who published it.
        publisher: String,
        /// When it was published.
        date: Option<Date>,
        /// Its web address.
        url: String,
        /// The sources it repeats.
        repeats: Vec<SourceId>,
        /// The sources that repeat it.
        repeated_by: Vec<SourceId>,
        /// How reliable it is, A to F.
        reliability: String,
        /// The file that holds its text.
        text: String,
        /// The source that says that it was wrong.
        withdrawn_in: Option<SourceId>,
        /// Since when it is withdrawn.
        withdrawn_since: Option<Date>,
        /// Its ids elsewhere.
        same_as: String,
        /// A free note.
        note: String,
        /// Its tags.
        tags: String,
    }
}

pub(crate) fn show(graph: &Graph, lens: Lens, id: SourceId) -> AboutSource {
    let source = &graph[id];
    let meetings = MeetingId::all(graph).filter(|meeting| {
        let meeting = &graph[*meeting];
        let rests = meeting.sources().contains(&id)
            || meeting
                .earlier()
                .iter()
                .chain(meeting.withdrawn())
                .any(|status| status.sources.contains(&id));
        rests && scope::has_meeting(graph, lens, meeting)
    });
    let (letters, [meetings]) = meetings::letters_apart(graph, [meetings.collect()]);
    let facts = FactId::all(graph).filter(|fact| {
        let fact = &graph[*fact];
        fact.sources.contains(&id) && scope::has_fact(graph, fact)
    });
    let rests_on_it = |tie: &crate::graph::Joined<'_>| {
        graph
            .tie_of(*tie)
            .is_some_and(|tie| tie.sources.contains(&id))
            && scope::has_joined(graph, tie)
    };
    let withdraws = withdrawn(graph, lens).into_iter();
    let withdraws = withdraws.filter(|row| row.withdrawn_in.contains(&id));
    let mut shown = AboutSource {
        title: source.title.to_string(),
        about: Record::of(fields(graph, id)),
        statements: statements(graph, lens, "Statements", |stance| {
            stance.sources.contains(&id)
        }),
        meetings: rows::meetings(graph, "Meetings", meetings),
        in_writing: rows::letters(graph, letters),
        ties: ties(graph, lens, "Ties", rests_on_it),
        facts: Table::new(
            "Facts",
            facts.map(|id| rows::fact_as_of(graph, id, lens.day)),
        ),
        about_it: about_it(graph, lens, id),
        withdraws: Table::new("What it withdraws", withdraws),
        notes: Notes::default(),
    };
    let rest = shown.statements.rows.len()
        + shown.meetings.rows.len()
        + shown.in_writing.rows.len()
        + shown.ties.rows.len()
        + shown.facts.rows.len()
        + shown.about_it.rows.len()
        + shown.withdraws.rows.len();
    if rest == 0 {
        shown
            .notes
            .push(Note::new("nothing_rests", "Nothing rests on it."));
    }
    shown
}

fn fields(graph: &Graph, id: SourceId) -> AboutSourceRow {
    let source = &graph[id];
    let written = graph.written_source(source.place);
    let others = SourceId::all(graph);
    let withdrawn_by = graph.source_withdrawn_by(id);
    let repeat = |other: &SourceId| graph[*other].via.contains(&id);
    AboutSourceRow {
        id: source.id.to_string(),
        title: source.title.to_string(),
        publisher: text(written.publisher),
        date: source.date,
        url: text(written.url),
        repeats: source.via.to_vec(),
        repeated_by: others.filter(repeat).collect(),
        reliability: source
            .reliability
            .map_or("", |grade| grade.written())
            .to_owned(),
        text: text(written.text),
        withdrawn_in: withdrawn_by,
        withdrawn_since: withdrawn_by.and_then(|by| graph[by].date),
        same_as: written.same_as.join(", "),
        note: text(written.note.into_option()),
        tags: written.tags.join(", "),
        behind: Behind::at(source.place),
    }
}

/// Lists the facts about the source itself, not those it reports.
fn about_it(graph: &Graph, lens: Lens, id: SourceId) -> Table<FactRow> {
    Table {
        heading: "Facts about it".to_owned(),
        ..facts_about(graph, lens, Entity::Source(id))
    }
}

/// Lists the statements that are wanted; those that are withdrawn say so.
fn statements(
    graph: &Graph,
    lens: Lens,
    heading: &str,
    wanted: impl Fn(&Stance) -> bool,
) -> Table<SaidRow> {
    let all = StanceId::all(graph);
    let resting = all.filter(|id| {
        let stance = &graph[*id];
        wanted(stance) && scope::has_statement(graph, lens, stance)
    });
    let resting = graph.in_order(resting);
    let rows = resting.into_iter().flat_map(|id| {
        let stance = &graph[id];
        stance
            .actors
            .as_slice()
            .iter()
            .map(move |&actor: &ActorId| {
                let footing = Footing {
                    stance: id,
                    actor,
                    through: actor,
                    date: graph.stance_date(stance),
                    lost_date: false,
                    fate: status::fate_alone(graph, id),
                    possibly_later: false,
                    office: Office::Held,
                };
                let status = status::withdrawn(graph, stance.claim());
                rows::statement(graph, actor, &footing, status)
            })
    });
    Table::new(heading, rows)
}
