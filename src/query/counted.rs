//! What measures count: which actors there are, what each said on which issue and how often; and,
//! in reverse, which statements are behind a number.

use std::collections::BTreeSet;

use crate::graph::{
    ActorId, Census, Entity, Fate, Footing, Graph, IssueId, Lens, Placed, Side, StanceId, Verdict,
};
use crate::measure::agreement::{Measure, Tally};
use crate::model::Position;
use crate::query::{Evidence, History, Note, Notes, rows};
use crate::words::{capital, first_few, joined, verdict_word};

/// How often a position counts that the same actor states again on the same issue.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Duplicates {
    /// Every time.
    #[default]
    All,
    /// Once for the same sources.
    Source,
    /// Once a day.
    Day,
    /// Once a month.
    Month,
    /// Once a year.
    Year,
    /// Once.
    Graph,
}

/// Which statements count, and how often.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counting {
    /// How often a repeated position counts.
    pub duplicates: Duplicates,
    /// Whether only statements in force count (where things stand), or also those that were
    /// replaced by newer ones or have expired (the debate over time).
    pub history: History,
}

/// The order in which the actors are numbered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Order {
    /// As declared, for people.
    Declared,
    /// By id, for methods whose result may depend on the order, so that it does not depend on where
    /// a record stands.
    ById,
}

/// Which actors are counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Whose {
    /// Those who say something that has a score.
    Scored,
    /// Those who say anything, even if it has no score, such as *mixed*.
    Any,
}

/// What to count.
#[derive(Clone, Copy, Debug)]
pub(super) struct ToCount<'s> {
    pub(super) counting: Counting,
    /// The issues to count, of those selected; all if empty.
    pub(super) on: &'s [IssueId],
    /// Actors that the question names; they count even if they are not selected.
    pub(super) named: &'s [ActorId],
    pub(super) whose: Whose,
    pub(super) order: Order,
}

/// What is counted of a graph.
pub(super) struct Counted<'g> {
    pub(super) graph: &'g Graph,
    pub(super) lens: Lens,
    pub(super) counting: Counting,
    pub(super) census: Census,
    /// The actors that are counted: those with a statement that counts, on some issue on which they
    /// are counted by themselves.
    pub(super) actors: Vec<ActorId>,
    /// The issues that these actors speak to, by id.
    pub(super) issues: Vec<IssueId>,
    actor_numbers: Vec<u32>,
    issue_numbers: Vec<u32>,
}

/// The number of names listed in a note before the rest is summed up.
const SHOWN: usize = 5;

/// The number of an actor or issue that is not counted.
const NONE: u32 = u32::MAX;

impl<'g> Counted<'g> {
    /// Counts a graph. An actor is left out on the issues on which it is counted with somebody it
    /// speaks for.
    pub(super) fn new(graph: &'g Graph, lens: Lens, to_count: ToCount<'_>) -> Counted<'g> {
        let ToCount {
            counting,
            on,
            named,
            whose,
            order,
        } = to_count;
        let scope = graph.scope();
        let census = graph.census(lens, |actor, issue| {
            (scope.actor(actor) || named.contains(&actor))
                && scope.issue(issue)
                && (on.is_empty() || on.contains(&issue))
        });
        let mut counted = Counted {
            graph,
            lens,
            counting,
            census,
            actors: Vec::new(),
            issues: Vec::new(),
            actor_numbers: vec![NONE; graph.actors.len()],
            issue_numbers: vec![NONE; graph.issues.len()],
        };
        let (mut actors, mut issues) = (Vec::new(), vec![false; graph.issues.len()]);
        for own in counted.census.by_actor() {
            let mut scored = own
                .iter()
                .filter(|cell| cell.folded.is_none() && counted.says(cell, whose))
                .peekable();
            if scored.peek().is_some() {
                actors.push(own[0].actor);
                for cell in scored {
                    issues[cell.issue.index()] = true;
                }
            }
        }
        counted.actors = actors;
        if order == Order::ById {
            counted
                .actors
                .sort_by(|a, b| graph[*a].id.cmp(&graph[*b].id));
        }
        counted.issues = IssueId::all(graph)
            .zip(issues)
            .filter(|(_, is_spoken_to)| *is_spoken_to)
            .map(|(id, _)| id)
            .collect();
        counted
            .issues
            .sort_by(|a, b| graph[*a].id.cmp(&graph[*b].id));
        for (nth, id) in counted.actors.iter().enumerate() {
            counted.actor_numbers[id.index()] = nth as u32;
        }
        for (nth, id) in counted.issues.iter().enumerate() {
            counted.issue_numbers[id.index()] = nth as u32;
        }
        counted
    }

    /// Returns the number of an actor, or `None` if it has no statement that counts.
    pub(super) fn actor(&self, id: ActorId) -> Option<usize> {
        Some(self.actor_numbers[id.index()])
            .filter(|nth| *nth != NONE)
            .map(|nth| nth as usize)
    }

    /// Returns the number of an issue, or `None` if nobody speaks to it.
    pub(super) fn issue(&self, id: IssueId) -> Option<usize> {
        Some(self.issue_numbers[id.index()])
            .filter(|nth| *nth != NONE)
            .map(|nth| nth as usize)
    }

    /// Returns how often each actor said what.
    pub(super) fn tally(&self) -> Tally {
        let mut said = Vec::with_capacity(self.graph.stances.len());
        let mut scores = Vec::new();
        for (actor, issue, cell) in self.cells() {
            self.scores(cell.issue, self.census.footings(cell), &mut scores);
            said.extend(scores.iter().map(|score| (actor, issue, *score)));
        }
        Tally::new(self.actors.len(), self.issues.len(), said)
    }

    /// Returns the positions of the actors that count, with the numbers of actor and issue.
    pub(super) fn cells(&self) -> impl Iterator<Item = (u32, u32, &Placed)> {
        let numbers = |cell: &Placed| {
            (
                self.actor_numbers[cell.actor.index()],
                self.issue_numbers[cell.issue.index()],
            )
        };
        self.census
            .counted()
            .map(move |cell| (numbers(cell).0, numbers(cell).1, cell))
            .filter(|(a, i, _)| *a != NONE && *i != NONE)
    }

    /// Returns how many actors have a position on anything that is neither unknown nor contested.
    pub(super) fn known(&self) -> usize {
        let cells = self.cells();
        let known = cells.filter(|(.., cell)| matches!(cell.verdict, Verdict::Stands(_)));
        known
            .map(|(actor, ..)| actor)
            .collect::<BTreeSet<_>>()
            .len()
    }

    /// Returns whether a statement counts, given its status.
    pub(super) fn counts(&self, footing: &Footing) -> bool {
        match footing.fate {
            Fate::InForce => true,
            Fate::Replaced | Fate::Expired | Fate::SetAside => {
                self.counting.history == History::All
            }
            Fate::Offered
            | Fate::OfferEnded
            | Fate::Withdrawn
            | Fate::Later
            | Fate::Attributed
            | Fate::OtherOffice
            | Fate::SalienceOnly
            | Fate::FewSources => false,
        }
    }

    /// Returns whether an actor says something on an issue that counts and, if `whose` asks for it,
    /// has a score.
    fn says(&self, cell: &Placed, whose: Whose) -> bool {
        // A statement that makes a position counts, so there is no need to fetch it.
        if let Verdict::Stands(position) = cell.verdict
            && (whose == Whose::Any || self.graph.half(cell.issue, position).is_some())
        {
            return true;
        }
        let mut counting = self
            .census
            .footings(cell)
            .iter()
            .filter(|footing| self.counts(footing));
        let position = |footing: &Footing| self.graph[footing.stance].position;
        let half = |footing| self.graph.half(cell.issue, position(footing)?);
        counting.any(|footing| whose == Whose::Any || half(footing).is_some())
    }

    fn score(&self, issue: IssueId, footing: &Footing) -> Option<f64> {
        self.graph[footing.stance]
            .position
            .and_then(|position| self.graph.score(issue, position))
    }

    /// Returns where an actor stands on an issue, if it is counted there by itself.
    fn at(&self, actor: ActorId, issue: IssueId) -> Option<&Placed> {
        self.census
            .at(actor, issue)
            .filter(|cell| cell.folded.is_none())
    }

    /// Fills `scores` with the scores of an actor's counting statements on an issue, each as often
    /// as it counts.
    pub(super) fn scores(&self, issue: IssueId, footings: &[Footing], scores: &mut Vec<f64>) {
        scores.clear();
        let mut seen = BTreeSet::new();
        for footing in footings.iter().filter(|footing| self.counts(footing)) {
            if let Some(score) = self.score(issue, footing)
                && (self.counting.duplicates == Duplicates::All
                    || seen.insert((score.to_bits(), self.occasion(footing))))
            {
                scores.push(score);
            }
        }
    }

    /// Returns the occasion of a statement: a repeated position counts again only on another
    /// occasion.
    fn occasion(&self, footing: &Footing) -> Occasion {
        let calendar = footing.date.map(|date| date.period().from.calendar());
        match self.counting.duplicates {
            Duplicates::Source => {
                let mut sources = self.graph[footing.stance].sources.as_slice().to_vec();
                sources.sort_unstable();
                Occasion::Sources(sources)
            }
            Duplicates::Day => Occasion::Day(calendar),
            Duplicates::Month => Occasion::Day(calendar.map(|(year, month, _)| (year, month, 0))),
            Duplicates::Year => Occasion::Day(calendar.map(|(year, ..)| (year, 0, 0))),
            Duplicates::All | Duplicates::Graph => Occasion::Day(None),
        }
    }

    /// Returns what a measure is computed from: statements, or the positions they make, each once.
    pub(super) fn tally_for(&self, measure: Measure) -> Tally {
        if !is_of_positions(measure) {
            return self.tally();
        }
        let held = |cell: &Placed| self.held(cell.issue, cell.verdict, measure);
        let mut said = Vec::with_capacity(self.graph.stances.len());
        said.extend(
            self.cells()
                .filter_map(|(actor, issue, cell)| Some((actor, issue, held(cell)?))),
        );
        Tally::new(self.actors.len(), self.issues.len(), said)
    }

    /// Returns what a measure takes an actor to say on an issue: the scores of its statements, or
    /// that of its position.
    pub(super) fn said(&self, actor: ActorId, issue: IssueId, measure: Measure) -> Vec<f64> {
        let cell = self.at(actor, issue);
        cell.map_or(Vec::new(), |cell| {
            self.said_in(issue, self.census.footings(cell), cell.verdict, measure)
        })
    }

    /// Like [`Counted::said`], for statements that make the position `verdict`.
    pub(super) fn said_in(
        &self,
        issue: IssueId,
        footings: &[Footing],
        verdict: Verdict,
        measure: Measure,
    ) -> Vec<f64> {
        if is_of_positions(measure) {
            return self.held(issue, verdict, measure).into_iter().collect();
        }
        let mut scores = Vec::new();
        self.scores(issue, footings, &mut scores);
        scores
    }

    /// Returns the value that a measure of positions gives to one, or `None` if there is no
    /// position or it can't be compared.
    ///
    /// A position in words is the side it is on: −1, 0 or 1, however strong. A number on a scale is
    /// on no side, whichever half it lies in ([`Side::Number`]). *Net* counts sides, and leaves
    /// numbers out as it does *mixed*. *Identical* asks who holds the same position, so a number is
    /// its own place on the scale: two hold the same if they name the same number, not because 2
    /// and 9 of 20 both lie in the lower half. A number and a word are the same only at an end of
    /// the scale, or in its middle.
    fn held(&self, issue: IssueId, verdict: Verdict, measure: Measure) -> Option<f64> {
        let Verdict::Stands(position) = verdict else {
            return None;
        };
        match Side::of(position) {
            Side::Supports => Some(1.0),
            Side::Neutral => Some(0.0),
            Side::Opposes => Some(-1.0),
            Side::Number if measure == Measure::Identical => self.graph.score(issue, position),
            Side::Mixed | Side::Number => None,
        }
    }

    /// Returns whether what an actor says on an issue is a number on its scale, neither for nor
    /// against.
    pub(super) fn names_number(&self, actor: ActorId, issue: IssueId) -> bool {
        let is_number = |footing: &Footing| {
            matches!(self.graph[footing.stance].position, Some(Position::At(_)))
        };
        let footings = || {
            self.at(actor, issue)
                .map_or(&[][..], |cell| self.census.footings(cell))
        };
        self.graph[issue].scale.is_some()
            && footings()
                .iter()
                .any(|footing| self.counts(footing) && is_number(footing))
    }

    /// Returns the statements of an actor on an issue that count.
    pub(super) fn evidence(&self, actor: ActorId, issue: IssueId) -> Vec<Evidence> {
        let Some(cell) = self.at(actor, issue) else {
            return Vec::new();
        };
        self.census
            .footings(cell)
            .iter()
            .filter(|footing| self.counts(footing))
            .map(rows::evidence)
            .collect()
    }

    /// Returns the statements that count for any actor on any issue.
    pub(super) fn all_evidence(&self) -> Vec<Evidence> {
        let cells = self.census.counted();
        let footings = cells.flat_map(|cell| self.census.footings(cell));
        let counting = footings.filter(|footing| self.counts(footing));
        rows::distinct(counting.map(rows::evidence))
    }

    /// Notes what the measure does not count, and which actors are left out, for an answer about
    /// these actors or, if `about` is empty, about all.
    pub(super) fn caveats(&self, about: &[ActorId], measure: Measure) -> Notes {
        let mut notes = self.sideless(about, measure);
        let is_asked = |cell: &&Placed| match about {
            [] => cell.folded.is_none(),
            about => about.contains(&cell.actor),
        };
        let asked = self.census.cells().filter(is_asked);
        let asked = asked.flat_map(|cell| self.census.footings(cell));
        notes.extend(rows::attributed(asked.clone()));
        notes.extend(rows::offers(asked));
        notes.extend(self.silent().filter(|_| about.is_empty()));
        notes.extend(left_to_speak(self.graph, &self.census, |actor| {
            about.is_empty() || about.contains(&actor)
        }));
        notes
    }

    /// Notes the positions that the measure can't place on a side, by what they are.
    fn sideless(&self, about: &[ActorId], measure: Measure) -> Notes {
        let graph = self.graph;
        let by_score = !is_of_positions(measure);
        let is_sideless = |cell: &&Placed| match cell.verdict {
            Verdict::Contested | Verdict::Stands(Position::Mixed) => true,
            Verdict::Stands(Position::At(_)) if measure == Measure::Net => true,
            Verdict::Stands(position) => by_score && graph.score(cell.issue, position).is_none(),
            Verdict::Unknown => false,
        };
        let is_about = |cell: &&Placed| about.is_empty() || about.contains(&cell.actor);
        let cells = self.census.counted().filter(is_about);
        let mut cells: Vec<&Placed> = cells.filter(is_sideless).collect();
        cells.sort_by_key(|cell| (&graph[cell.actor].id, &graph[cell.issue].id));
        let note = |key: &'static str, start: &str, wanted: fn(Verdict) -> bool| {
            let cells = cells.iter().filter(|cell| wanted(cell.verdict));
            let names = first_few(cells, SHOWN, |cell| {
                let (actor, issue) = (&graph[cell.actor], &graph[cell.issue]);
                format!("{} on {}", actor.name, issue.name)
            });
            let names = joined(names);
            let text = format!("{start}: {}.", names.trim_end_matches('.'));
            (!names.is_empty()).then(|| Note::new(key, text))
        };
        let (scale_key, scale) = match by_score {
            true => (
                "lost_scale",
                "Without a score, because the scale of the issue can't be read, and not counted",
            ),
            false => ("numbers", "Numbers on a scale, on no side and not counted"),
        };
        let levels =
            "Without a score, because the levels of the issue can't be read, and not counted";
        let contested = capital(verdict_word!(contested)) + ", without a position";
        let mixed = capital(verdict_word!(mixed)) + ", without a score and not counted";
        let notes = [
            note("lost_levels", levels, |verdict| {
                matches!(
                    verdict,
                    Verdict::Stands(Position::Supports | Position::Opposes)
                )
            }),
            note(scale_key, scale, |verdict| {
                matches!(verdict, Verdict::Stands(Position::At(_)))
            }),
            note("contested", &contested, |verdict| {
                verdict == Verdict::Contested
            }),
            note("mixed", &mixed, |verdict| {
                verdict == Verdict::Stands(Position::Mixed)
            }),
        ];
        notes.into_iter().flatten().collect()
    }

    /// Returns whether what an actor says counts, on some issue, for one it speaks for.
    pub(super) fn is_folded(&self, actor: ActorId) -> bool {
        let mut of = self.census.of(actor).iter();
        of.any(|cell| cell.folded.is_some())
    }

    /// Notes the actors without a statement that counts: their positions are unknown, not neutral.
    fn silent(&self) -> Option<Note> {
        let asked: Vec<ActorId> = self.graph.scope().actors(self.graph).collect();
        let silent = asked.iter().copied();
        let silent = silent.filter(|actor| self.actor(*actor).is_none() && !self.is_folded(*actor));
        let silent: Vec<ActorId> = silent.collect();
        let names = names_by_id(self.graph, silent.iter().copied());
        (!silent.is_empty()).then(|| {
            let text = format!(
                "Without a known position: {} of {} actors ({}).",
                silent.len(),
                asked.len(),
                some(&names)
            );
            Note::new("unknown", text)
                .of(silent.len())
                .about(things(&silent))
        })
    }

    /// Returns the statements on which any position rests, including that of an actor that speaks
    /// for others, each once and in order. Who counts may depend on any of them.
    pub(super) fn statements(&self) -> Vec<StanceId> {
        let footings = self
            .census
            .cells()
            .flat_map(|cell| self.census.footings(cell));
        let bearing = footings.filter(|footing| footing.bears() || self.counts(footing));
        self.graph.in_order(bearing.map(|footing| footing.stance))
    }
}

/// Returns whether a measure is of the positions that actors hold, not of their statements.
fn is_of_positions(measure: Measure) -> bool {
    matches!(measure, Measure::Identical | Measure::Net)
}

/// What tells two statements of the same position apart.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Occasion {
    Sources(Vec<crate::graph::SourceId>),
    Day(Option<(i32, u32, u32)>),
}

/// Lists the first few names, and how many more there are.
pub(super) fn some(names: &[String]) -> String {
    joined(first_few(names, SHOWN, String::clone))
}

/// Notes which actors an answer does not count by themselves because what they say counts for those
/// they speak for. `is_about` says which actors the answer is about. An actor that is
/// counted so on some issues only is listed with those issues.
pub(super) fn left_to_speak(
    graph: &Graph,
    census: &Census,
    is_about: impl Fn(ActorId) -> bool,
) -> Option<Note> {
    let mut names: Vec<String> = Vec::new();
    let mut all: Vec<&[Placed]> = census.by_actor().collect();
    all.retain(|own| is_about(own[0].actor));
    all.retain(|own| own.iter().any(|cell| cell.folded.is_some()));
    all.sort_by_key(|own| &graph[own[0].actor].id);
    for own in all {
        let folded = own.iter().filter(|cell| cell.folded.is_some());
        let folded: Vec<IssueId> = folded.map(|cell| cell.issue).collect();
        let known = own.iter().filter(|cell| cell.verdict != Verdict::Unknown);
        names.push(folded_name(graph, own[0].actor, &folded, known.count()));
    }
    counted_with(&names)
}

/// Returns the name of an actor that is counted with another on these of its known positions, and
/// on which, unless on all.
pub(super) fn folded_name(
    graph: &Graph,
    actor: ActorId,
    folded: &[IssueId],
    known: usize,
) -> String {
    let name = &graph[actor].name;
    if folded.len() == known {
        return name.to_string();
    }
    let on = folded.iter().map(|issue| graph[*issue].name.to_string());
    format!("{name} (on {})", some(&on.collect::<Vec<_>>()))
}

/// Returns the names of these actors, in the order of their ids.
pub(super) fn names_by_id(graph: &Graph, actors: impl Iterator<Item = ActorId>) -> Vec<String> {
    let mut actors: Vec<ActorId> = actors.collect();
    actors.sort_by_key(|actor| &graph[*actor].id);
    let name = |actor: &ActorId| graph[*actor].name.to_string();
    actors.iter().map(name).collect()
}

/// Notes that the actors of these names are counted with those they speak for.
pub(super) fn counted_with(names: &[String]) -> Option<Note> {
    (!names.is_empty()).then(|| {
        let text = format!(
            "Counted with those they speak for, not by themselves: {}.",
            some(names)
        );
        Note::new("folded", text).of(names.len())
    })
}

/// Converts actors to things of an answer.
pub(super) fn things(actors: &[ActorId]) -> Vec<Entity> {
    actors.iter().map(|id| Entity::Actor(*id)).collect()
}
