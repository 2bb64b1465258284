//! What changed between two graphs, or between two days of one: by meaning, not by line. Where a record stands, in which
//! order and how it is laid out is no difference; what vanished under one id and came under another is renamed.

mod fields;
mod moves;
mod notes;
mod pairs;
mod sections;
mod statements;

use crate::graph::{Entity, Fate, Graph, Lens, Shift, TieId};
use crate::model::{Date, Day};
use crate::query::caveats::left_open;
use crate::query::{Answer, Evidence, Section, View, rows};

use fields::Reading;
use pairs::{Pairs, is_old};
use sections::Changed;
use statements::Fates;

/// One of two graphs that are compared.
#[derive(Debug)]
pub struct Version {
    /// What it is called: a path, a revision, a day.
    pub name: String,
    /// The graph as far as it is asked about.
    pub view: View,
    /// How many mistakes were found in its files: what could not be read counts as not there.
    pub mistakes: usize,
}

/// What changed.
#[derive(Debug)]
pub struct Difference {
    /// Both graphs side by side, the new one first: what the answer speaks of.
    pub graph: Graph,
    /// The answer; its first section counts what changed.
    pub answer: Answer,
}

impl Difference {
    /// Whether nothing differs.
    pub fn is_empty(&self) -> bool {
        self.answer
            .sections
            .iter()
            .all(|section| section.rows.is_empty())
    }
}

/// Compares two graphs.
///
/// ```
/// use demarche::graph::Lens;
/// use demarche::model::Day;
/// use demarche::query::{Version, View, diff};
///
/// let version = |name: &str, text: &str| {
///     let (graph, mistakes) = demarche::resolve::read(name, text);
///     let view = View::whole(graph, Lens::as_of(Day::LAST));
///     Version { name: name.to_owned(), view, mistakes: mistakes.len() }
/// };
/// let old = version("old.ron", r#"Graph(actors: { "us": (name: "United States", kind: State) })"#);
/// let new = version("new.ron", r#"Graph(actors: { "usa": (kind: State, name: "United States") })"#);
/// let difference = diff(old, new);
/// let renamed = difference.answer.sections.iter().find(|section| section.key == "renamed").unwrap();
/// assert_eq!(renamed.rows.len(), 1);
/// ```
pub fn diff(old: Version, new: Version) -> Difference {
    let title = format!("What changed from {} to {}", old.name, new.name);
    let mut notes = notes::left_out_of_both(&old, &new);
    let head = |version: &Version| {
        [
            version.view.graph.title.clone(),
            version.view.graph.note.clone(),
        ]
    };
    let heads = std::iter::zip(head(&old), head(&new)).collect();
    let (old, new) = (old.view, new.view);
    let (graph, shift) = new.graph.beside(old.graph);
    let pairs = Pairs::of(&graph, &shift);
    let compared = Compared {
        reading: Reading {
            graph: &graph,
            pairs: &pairs,
        },
        shift: &shift,
        before: Time {
            lens: old.lens,
            day: old.restriction.day,
        },
        after: Time {
            lens: new.lens,
            day: new.restriction.day,
        },
    };
    let answer = Answer {
        title,
        sections: compared.sections(heads),
        notes: Vec::new(),
    };
    let is_old = |evidence: Evidence| compared.is_old(evidence);
    let before = notes::resting_on(&answer, is_old);
    notes.extend(left_open(
        &graph,
        old.lens,
        &old.restriction,
        &old.omitted.shifted(&shift),
        &before,
    ));
    let after = notes::resting_on(&answer, |evidence| !is_old(evidence));
    notes.extend(left_open(
        &graph,
        new.lens,
        &new.restriction,
        &new.omitted,
        &after,
    ));
    Difference {
        answer: Answer {
            notes: rows::distinct(notes),
            ..answer
        },
        graph,
    }
}

/// When a graph is looked at.
#[derive(Clone, Copy)]
struct Time {
    lens: Lens,
    /// The day as of which all of it is told; none for all that is recorded.
    day: Option<Day>,
}

/// Two graphs, side by side.
struct Compared<'d> {
    reading: Reading<'d>,
    shift: &'d Shift,
    before: Time,
    after: Time,
}

/// What a graph says of itself: before, after.
type Heads = Vec<(Option<String>, Option<String>)>;

impl Compared<'_> {
    /// All that differs.
    fn sections(&self, heads: Heads) -> Vec<Section> {
        let (graph, pairs) = (self.reading.graph, self.reading.pairs);
        let before = graph.positions(self.before.lens, |actor, _| {
            is_old(Entity::Actor(actor), self.shift)
        });
        let after = graph.positions(self.after.lens, |actor, _| {
            !is_old(Entity::Actor(actor), self.shift)
        });
        let moved = moves::moves(graph, pairs, &before, &after);
        let (stances, ties) = (self.stances(), self.ties());
        let headed = |by_day: &'static str, by_record: &'static str| {
            if self.before.day == self.after.day {
                by_record
            } else {
                by_day
            }
        };
        let things = sections::things_changed(self.reading);
        let summary = sections::summary(pairs, moved.rows.len(), &things, [&stances, &ties]);
        let (meetings, others): (Vec<Changed>, Vec<Changed>) = things
            .into_iter()
            .partition(|changed| matches!(changed.after, Evidence::Thing(Entity::Meeting(_))));
        let (sources, gone): (Vec<Entity>, Vec<Entity>) = pairs
            .removed
            .iter()
            .partition(|entity| matches!(entity, Entity::Source(_)));
        vec![
            summary,
            moved,
            sections::meetings_changed(graph, &meetings),
            sections::withdrawn(graph, &sources),
            sections::renamed(graph, &pairs.renamed),
            sections::things(graph, "added", "Added", &pairs.added),
            sections::things(graph, "removed", "Removed", &gone),
            sections::changed_things(graph, heads, &others),
            sections::statements(
                graph,
                "statements_added",
                headed("Statements made", "Statements added"),
                &stances.added,
                &after,
            ),
            sections::statements(
                graph,
                "statements_removed",
                headed("Statements over", "Statements removed"),
                &stances.removed,
                &before,
            ),
            sections::statements_changed(self.reading, &stances),
            sections::ties(
                graph,
                "ties_added",
                headed("Ties made", "Ties added"),
                &ties.added,
            ),
            sections::ties(
                graph,
                "ties_removed",
                headed("Ties over", "Ties removed"),
                &ties.removed,
            ),
            sections::ties_changed(self.reading, &ties),
        ]
    }

    fn stances(&self) -> Fates {
        let graph = self.reading.graph;
        let told = graph.statements_in_order().into_iter().filter(|id| {
            let stance = &graph.stances[id.index()];
            let (day, since) = match id.0 >= self.shift.stances {
                true => (self.before.day, None),
                false => (self.after.day, self.before.day),
            };
            day.is_none_or(|day| holds(graph.stance_date(stance), stance.until(), since, day))
        });
        let (old, new) = told
            .map(|id| Evidence::Stance(id, Fate::InForce))
            .partition(|stance| self.is_old(*stance));
        statements::fates(self.reading, old, new, STANCE)
    }

    fn ties(&self) -> Fates {
        let Reading { graph, pairs } = self.reading;
        let all = (0..graph.ties.len() as u32).map(TieId);
        // What the other graph says in the short form is compared there.
        let all = all.filter(|id| !pairs.is_short(graph, *id));
        let (old, new) = all.map(Evidence::Tie).partition(|tie| self.is_old(*tie));
        statements::fates(self.reading, old, new, TIE)
    }

    fn is_old(&self, record: Evidence) -> bool {
        match record {
            Evidence::Stance(id, _) => id.0 >= self.shift.stances,
            Evidence::Tie(id) => id.0 >= self.shift.ties,
            Evidence::Thing(entity) => is_old(entity, self.shift),
        }
    }
}

/// How many of the first fields of a stance, and of a tie, say what it is about.
const STANCE: usize = 2;
const TIE: usize = 3;

/// Whether a statement was made by a day and is not over, or was both made and over since another day.
fn holds(date: Option<Date>, until: Option<Date>, since: Option<Day>, day: Day) -> bool {
    let is_new = since
        .zip(date)
        .is_some_and(|(since, date)| date.period().from > since);
    date.is_none_or(|date| date.period().from <= day)
        && (is_new || until.is_none_or(|until| until.period().to >= day))
}
