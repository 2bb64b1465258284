//! What changed between two graphs, or between two days of one: by meaning, not by line. The
//! location, order and layout of records make no difference; something that disappears under one id
//! and appears under another is renamed.

mod fields;
mod moves;
mod notes;
mod pairs;
mod sections;
mod statements;

pub use sections::{
    ChangedFieldRow, ChangedStatementRow, ChangedTieRow, RenamedRow, SummaryRow, ThingRow,
    WithdrawnRow,
};

pub use moves::MovedRow;

use crate::graph::{Entity, Fate, Graph, Lens, Shift, TieId};
use crate::model::{Date, Day};
use crate::query::caveats::{Shown, left_open};
use crate::query::rows::{self, StanceRow, TieRow};
use crate::query::{Evidence, Table, View, answer, scope};

use fields::Reading;
use pairs::{Pairs, is_old};
use sections::Changed;

use statements::Fates;

/// One of two graphs that are compared.
#[derive(Debug)]
pub struct Version {
    /// The name shown: a path, a revision, or a day.
    pub name: String,
    /// The graph, as far as it is asked about.
    pub view: View,
    /// The number of mistakes in its files; what could not be read counts as not there.
    pub mistakes: usize,
}

answer! {
    /// What changed between two graphs, or between two days of one.
    pub struct Changes = "diff" {
        /// How many records changed, by kind.
        summary: Table<SummaryRow>,
        /// The positions that moved.
        positions: Table<MovedRow>,
        /// The positions that became known.
        positions_known: Table<MovedRow>,
        /// The positions that became unknown.
        positions_unknown: Table<MovedRow>,
        /// The meetings that changed.
        meetings_changed: Table<ChangedFieldRow>,
        /// The sources withdrawn, and what rested on them.
        sources_withdrawn: Table<WithdrawnRow>,
        /// What got another id.
        renamed: Table<RenamedRow>,
        /// What was added.
        added: Table<ThingRow>,
        /// What was removed.
        removed: Table<ThingRow>,
        /// Actors, issues, sources and facts that changed, and what the graphs say of themselves.
        changed: Table<ChangedFieldRow>,
        /// The statements that were added.
        statements_added: Table<StanceRow>,
        /// The statements that were removed.
        statements_removed: Table<StanceRow>,
        /// The statements that changed.
        statements_changed: Table<ChangedStatementRow>,
        /// The ties that were added.
        ties_added: Table<TieRow>,
        /// The ties that were removed.
        ties_removed: Table<TieRow>,
        /// The ties that changed.
        ties_changed: Table<ChangedTieRow>,
    }
}

/// The result of a comparison.
#[derive(Debug)]
pub struct Difference {
    /// Both graphs side by side, the new one first. The ids in the answer are ids of this graph.
    pub graph: Graph,
    /// The answer; its first section counts what changed.
    pub answer: Changes,
}

impl Difference {
    /// Returns whether nothing differs.
    pub fn is_empty(&self) -> bool {
        crate::query::is_empty(&self.answer)
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
/// assert_eq!(difference.answer.renamed.rows.len(), 1);
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
    let names = [old.name, new.name];
    let (old, new) = (old.view, new.view);
    let (graph, shift) = new.graph.beside(old.graph);
    let mut pairs = Pairs::of(&graph, &shift);
    pairs.keep(|record| scope::has_record(&graph, new.lens, record));
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
    let mut answer = compared.answer(title, heads);
    let is_old = |evidence: Evidence| compared.is_old(evidence);
    let mut before = Shown::of(&graph, &answer);
    before.keep(is_old);
    let before = left_open(
        &graph,
        old.lens,
        &old.restriction,
        &old.omitted.shifted(&shift),
        &before,
    );
    let mut after = Shown::of(&graph, &answer);
    after.keep(|evidence| !is_old(evidence));
    let after = left_open(&graph, new.lens, &new.restriction, &new.omitted, &after);
    notes.extend(notes::of_both(
        [&names[0], &names[1]],
        [before, after],
        notes::is_on_both,
    ));
    answer.notes.extend(rows::distinct(notes));
    Difference { answer, graph }
}

/// The time at which a graph is looked at.
#[derive(Clone, Copy)]
struct Time {
    lens: Lens,
    /// The day as of which all of the graph is shown, or `None` for everything recorded.
    day: Option<Day>,
}

/// Two graphs, side by side.
struct Compared<'d> {
    reading: Reading<'d>,
    shift: &'d Shift,
    before: Time,
    after: Time,
}

/// What the graphs say of themselves, as pairs of before and after.
type Heads = Vec<(Option<String>, Option<String>)>;

impl Compared<'_> {
    /// Builds the answer with everything that differs.
    fn answer(&self, title: String, heads: Heads) -> Changes {
        let (graph, pairs) = (self.reading.graph, self.reading.pairs);
        let scope = graph.scope();
        let before = graph.positions(self.before.lens, |actor, issue| {
            scope.has(actor, issue) && is_old(Entity::Actor(actor), self.shift)
        });
        let after = graph.positions(self.after.lens, |actor, issue| {
            scope.has(actor, issue) && !is_old(Entity::Actor(actor), self.shift)
        });
        let moves = moves::moves(graph, pairs, &before, &after);
        let (stances, ties) = (self.stances(), self.ties());
        let headed = |by_day: &'static str, by_record: &'static str| {
            if self.before.day == self.after.day {
                by_record
            } else {
                by_day
            }
        };
        let things = sections::things_changed(self.reading);
        let summary = sections::summary(pairs, &moves, &things, [&stances, &ties]);
        let (meetings, others): (Vec<Changed>, Vec<Changed>) = things
            .into_iter()
            .partition(|changed| matches!(changed.after, Evidence::Thing(Entity::Meeting(_))));
        let (sources, gone): (Vec<Entity>, Vec<Entity>) = pairs
            .removed
            .iter()
            .partition(|entity| matches!(entity, Entity::Source(_)));
        Changes {
            title,
            summary,
            positions: moves.moved,
            positions_known: moves.known,
            positions_unknown: moves.lost,
            meetings_changed: sections::meetings_changed(graph, &meetings),
            sources_withdrawn: sections::withdrawn(graph, &sources),
            renamed: sections::renamed(graph, &pairs.renamed),
            added: sections::things(graph, "Added", &pairs.added),
            removed: sections::things(graph, "Removed", &gone),
            changed: sections::changed_things(graph, heads, &others),
            statements_added: sections::statements(
                graph,
                headed("Statements made", "Statements added"),
                &stances.added,
                &after,
                self.after.day,
            ),
            statements_removed: sections::statements(
                graph,
                headed("Statements ended", "Statements removed"),
                &stances.removed,
                &before,
                self.after.day,
            ),
            statements_changed: sections::statements_changed(self.reading, &stances),
            ties_added: sections::ties(graph, headed("Ties begun", "Ties added"), &ties.added),
            ties_removed: sections::ties(
                graph,
                headed("Ties ended", "Ties removed"),
                &ties.removed,
            ),
            ties_changed: sections::ties_changed(self.reading, &ties),
            notes: Default::default(),
        }
    }

    fn stances(&self) -> Fates {
        let graph = self.reading.graph;
        let shown = graph.statements_in_order().into_iter().filter(|id| {
            let stance = &graph[*id];
            let (day, since) = match id.0 >= self.shift.stances {
                true => (self.before.day, None),
                false => (self.after.day, self.before.day),
            };
            let is_asked = scope::has_statement(graph, self.after.lens, stance);
            is_asked
                && day
                    .is_none_or(|day| holds(graph.stance_date(stance), stance.until(), since, day))
        });
        let (old, new) = shown
            .map(|id| Evidence::Stance(id, Fate::InForce))
            .partition(|stance| self.is_old(*stance));
        statements::fates(self.reading, old, new, STANCE)
    }

    fn ties(&self) -> Fates {
        let Reading { graph, pairs } = self.reading;
        let all = TieId::all(graph);
        // A tie that the other graph has in the short form is compared there.
        let all = all.filter(|id| !pairs.is_short(graph, *id) && scope::has_tie(graph, *id));
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

/// The number of leading fields of a stance, and of a tie, that say what it is about.
const STANCE: usize = 2;
const TIE: usize = 3;

/// Returns whether a statement was made by `day` and either is not over or was made after `since`.
fn holds(date: Option<Date>, until: Option<Date>, since: Option<Day>, day: Day) -> bool {
    let is_new = since
        .zip(date)
        .is_some_and(|(since, date)| date.period().from > since);
    date.is_none_or(|date| date.period().from <= day)
        && (is_new || until.is_none_or(|until| until.period().to >= day))
}
