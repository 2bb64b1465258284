//! Everything about one thing.

mod actor;
mod issue;
mod meeting;
mod referring;
mod source;

pub use meeting::{AboutMeeting, AboutMeetingRow, SilentRow, StageRow};

pub use actor::{AboutActor, AboutActorRow, DemandRow};

pub use source::{AboutSource, AboutSourceRow};

pub use issue::{AboutIssue, AboutIssueRow, PartRow, UnknownRow};

pub(crate) use actor::show as about_actor;
pub(super) use actor::{asking, demands};
pub(crate) use issue::{scale_words, show as about_issue};
pub(crate) use meeting::show as about_meeting;
pub(crate) use source::show as about_source;

use crate::graph::{ActorId, By, Entity, FactId, Graph, Joined, Lens, SourceId};
use crate::model::Date;
use crate::query::rows::{self, FactRow, MeetingRow, TieRow};
use crate::query::status;
use crate::query::{Behind, Noted, Notes, Record, Table, Word, answer, scope, table};

answer! {
    /// All about a fact.
    pub struct AboutFact = "fact" {
        /// Its own fields.
        about: Record<AboutFactRow>,
        /// The meetings with a present or past status caused by it.
        because_of_it: Table<MeetingRow>,
        /// The facts about it.
        facts: Table<FactRow>,
    }
}

table! {
    /// A fact, by its own record.
    pub struct AboutFactRow {
        /// Its id.
        id: String,
        /// What it says.
        text: String,
        /// Its own date, else its earliest source's.
        date: Option<Date>,
        /// Whether it is withdrawn, or later than the day asked for.
        status: Option<Word>,
        /// What it is about.
        about: Vec<Entity>,
        /// The words of the source.
        quote: String,
        /// Who said it.
        said_by: Option<ActorId>,
        /// Its sources.
        sources: Vec<SourceId>,
        /// Where in the source it is.
        found_at: String,
        /// How credible it is, 1 to 6.
        credibility: Option<f64>,
        /// A free note.
        note: String,
        /// Its tags.
        tags: String,
    }
}

/// Returns everything about one thing.
pub fn show(graph: &Graph, lens: Lens, entity: Entity) -> Box<dyn Noted> {
    match entity {
        Entity::Actor(id) => Box::new(about_actor(graph, lens, id)),
        Entity::Issue(id) => Box::new(about_issue(graph, lens, id)),
        Entity::Meeting(id) => Box::new(about_meeting(graph, lens, id)),
        Entity::Source(id) => Box::new(about_source(graph, lens, id)),
        Entity::Fact(id) => Box::new(about_fact(graph, lens, id)),
    }
}

pub(crate) fn about_fact(graph: &Graph, lens: Lens, id: FactId) -> AboutFact {
    let fact = &graph[id];
    let date = graph.fact_date(fact);
    let written = graph.written_fact(fact.place);
    let about = AboutFactRow {
        id: fact.id.to_string(),
        text: written.text.into_owned(),
        date,
        status: status::on_day(graph, fact.claim(), rows::since(date), lens.day),
        about: fact.about.to_vec(),
        quote: text(written.quote.into_option()),
        said_by: fact.said_by,
        sources: fact.sources.to_vec(),
        found_at: text(written.at.into_option()),
        credibility: written.credibility.map(f64::from),
        note: text(written.note.into_option()),
        tags: written.tags.join(", "),
        behind: Behind::at(fact.place),
    };
    AboutFact {
        title: format!("Fact {}", fact.id),
        about: Record::of(about),
        because_of_it: referring::because_of(graph, Entity::Fact(id)),
        facts: facts_about(graph, lens, Entity::Fact(id)),
        notes: Notes::default(),
    }
}

/// Returns a field's text, or an empty string.
pub(super) fn text(text: Option<impl Into<String>>) -> String {
    text.map(Into::into).unwrap_or_default()
}

/// Lists the facts about a thing.
fn facts_about(graph: &Graph, lens: Lens, entity: Entity) -> Table<FactRow> {
    let is_asked = |id: &FactId| {
        let fact = &graph[*id];
        let is_asked = match entity {
            Entity::Actor(_) => scope::is_on_issue(graph, &fact.about),
            Entity::Issue(_) => scope::is_of_actor(graph, &fact.about),
            Entity::Meeting(_) | Entity::Source(_) | Entity::Fact(_) => {
                scope::has_fact(graph, fact)
            }
        };
        fact.about.contains(&entity) && is_asked
    };
    let ids = FactId::all(graph).filter(is_asked);
    Table::new("Facts", ids.map(|id| rows::fact_as_of(graph, id, lens.day)))
}

/// Lists the ties that pass a test.
pub(super) fn ties(
    graph: &Graph,
    lens: Lens,
    heading: &str,
    test: impl Fn(&Joined<'_>) -> bool,
) -> Table<TieRow> {
    let ties = graph.joined().filter(test).filter(|tie| match tie.by {
        By::Tie(id) => scope::is_over(graph, id),
        By::Actor(_) => true,
    });
    Table::new(heading, ties.map(|tie| rows::joined(graph, tie, lens.day)))
}
