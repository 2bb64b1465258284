//! The position of an actor on an issue over time: each change, and the statements that made it.

use std::collections::BTreeSet;

use crate::graph::{
    ActorId, Fate, Footing, Graph, IssueId, Lens, SourceId, Standing, Verdict, all_days,
    is_replaced, newest_start,
};
use crate::model::{Date, Day};
use crate::query::rows::{self, SaidRow};
use crate::query::{Notes, Stand, Table, Word, answer, table};
use crate::query::{same, status};
use crate::words::verdict_word;

/// What happens to a statement.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Event {
    /// It is made, on its date.
    Made,
    /// It ends, after its date.
    Ended,
    /// It begins to count on that date: from then on, its speaker may have been in office when making
    /// it.
    Began,
    /// It stops counting on that date: its speaker no longer speaks for the actor, or speaks for
    /// others too.
    Ceased,
}

/// A day on which something changed in what an actor says on an issue.
#[derive(Clone, Debug)]
pub(crate) struct Change {
    /// The first day of the change, or `None` if a statement without a date makes it.
    pub(crate) day: Option<Day>,
    /// The date to show: that of the statement made then, the last date of one that ended, or else
    /// the day itself.
    pub(crate) date: Option<Date>,
    /// What happened to the statement of that date.
    pub(super) event: Event,
    /// Where the actor stood before, or `None` for its first known position.
    pub(crate) before: Option<Verdict>,
    /// Where the actor stands from then on.
    pub(crate) standing: Standing,
    /// Whether the actor's position is another than before.
    pub(crate) moves: bool,
}

impl Change {
    /// Returns the date since when the new position holds. What ends still holds on its last day.
    pub(crate) fn since(&self) -> Option<Date> {
        match self.event {
            Event::Ended => self.day.and_then(Day::date),
            Event::Made | Event::Began | Event::Ceased => self.date,
        }
    }

    /// Returns what happened, in words.
    fn words(&self) -> Word {
        match (self.before, self.standing.verdict) {
            (None, _) => Word::new("first_known", "first known"),
            (Some(before), after) if !self.moves && before == after => {
                Word::new("said_again", "said again")
            }
            _ if !self.moves => Word::new("another_strength", "another voice, another strength"),
            (Some(Verdict::Unknown), _) => Word::new("known_again", "known again"),
            (_, Verdict::Unknown) => Word::new("no_longer_in_force", "no longer in force"),
            (Some(Verdict::Contested), Verdict::Contested) => {
                Word::new("contested_otherwise", CONTESTED_OTHERWISE)
            }
            (_, Verdict::Contested) => Word::new("becomes_contested", BECOMES_CONTESTED),
            (Some(Verdict::Contested), _) => Word::new("settled", "settled"),
            _ => Word::new("moves", "moves"),
        }
    }
}

/// The heading of what an actor said that does not make its position.
pub(super) const NOT_COUNTED: &str = "Said, but not counted as its position";
/// The words for a contested position whose statements have changed.
pub(crate) const CONTESTED_OTHERWISE: &str = concat!(verdict_word!(contested), " in another way");
/// The words for a position that was not contested before.
pub(crate) const BECOMES_CONTESTED: &str = concat!("becomes ", verdict_word!(contested));

/// The positions whose history is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HistoryOf {
    /// One actor's position on one issue.
    Position(ActorId, IssueId),
    /// One actor's positions, issue by issue.
    Actor(ActorId),
    /// All positions on one issue, actor by actor.
    Issue(IssueId),
}

answer! {
    /// How positions came about: each change, and the statements that made it.
    pub struct Histories = "history", ties: Unused {
        /// The changes, oldest first.
        history: Table<ChangeRow>,
        /// What was said but does not make a position.
        not_counted: Table<SaidRow>,
    }
}

table! {
    /// A change in what an actor says on an issue.
    pub struct ChangeRow of "change" {
        /// The actor.
        actor: ActorId,
        /// The issue.
        issue: IssueId,
        /// When, in words; for a statement that ended, after which date.
        when as "date": String,
        /// The date of the statement made then; the last date of one that ended; the day on which
        /// one starts or stops counting.
        date for programs: Option<Date>,
        /// What happened to it: `made`, `ended`, `began` to count as its speaker took office, or
        /// `ceased` to.
        event for programs: Word,
        /// Where the actor stands from then on.
        position: Stand,
        /// What changed.
        change: Word,
        /// Who voiced it, other than the actor itself.
        voiced_by: Vec<ActorId>,
        /// Its sources.
        sources: Vec<SourceId>,
    }
}

/// Returns how positions came about: of one actor on one issue, of one actor on every issue, or of
/// everybody on one issue.
pub fn history(graph: &Graph, lens: Lens, of: HistoryOf) -> Histories {
    let scope = graph.scope();
    let all: Vec<((ActorId, IssueId), Standing)> = match of {
        HistoryOf::Position(actor, issue) => {
            vec![((actor, issue), graph.position(actor, issue, lens))]
        }
        HistoryOf::Actor(wanted) => graph
            .positions(lens, |actor, on| actor == wanted && scope.issue(on))
            .into_iter()
            .collect(),
        HistoryOf::Issue(wanted) => graph
            .positions(lens, |of, issue| issue == wanted && scope.actor(of))
            .into_iter()
            .collect(),
    };
    let rows = all.iter().flat_map(|((actor, issue), standing)| {
        changes(graph, lens, *issue, standing)
            .into_iter()
            .map(move |change| row(graph, (*actor, *issue), &change))
    });
    let hidden: &[&str] = match of {
        HistoryOf::Position(..) => &["actor", "issue"],
        HistoryOf::Actor(_) => &["actor"],
        HistoryOf::Issue(_) => &["issue"],
    };
    let (title, nothing) = match of {
        HistoryOf::Position(actor, issue) => (
            format!("{} on {}", graph[actor].name, graph[issue].name),
            "No statement counts: the position is unknown.",
        ),
        HistoryOf::Actor(actor) => (
            format!("{}, issue by issue", graph[actor].name),
            "No statement counts: its positions are unknown.",
        ),
        HistoryOf::Issue(issue) => (
            format!("{}, actor by actor", graph[issue].name),
            "No statement counts: all positions are unknown.",
        ),
    };
    let mut notes = Notes::default();
    notes.extend(match of {
        HistoryOf::Position(_, issue) | HistoryOf::Issue(issue) => rows::topic_only(graph, issue),
        HistoryOf::Actor(_) => None,
    });
    let footings = all.iter().flat_map(|(_, standing)| &standing.footings);
    notes.extend(rows::attributed(footings));
    Histories {
        title,
        history: Table::new("", rows).hiding(hidden).or_else(nothing),
        not_counted: aside(graph, &all),
        notes,
    }
}

fn row(graph: &Graph, (actor, issue): (ActorId, IssueId), change: &Change) -> ChangeRow {
    let position = rows::position(graph, actor, issue, &change.standing);
    let when = match (change.date, change.event) {
        (Some(date), Event::Ended) => format!("after {date}"),
        (date, _) => date.map(Date::words).unwrap_or_default(),
    };
    ChangeRow {
        actor,
        issue,
        when,
        date: change.date,
        event: match change.event {
            Event::Made => Word::from("made"),
            Event::Ended => Word::from("ended"),
            Event::Began => Word::from("began"),
            Event::Ceased => Word::from("ceased"),
        },
        position: position.position,
        change: change.words(),
        voiced_by: position.voiced_by,
        sources: position.sources,
        behind: rows::in_force(position.behind, &change.standing),
    }
}

/// Lists what was said but does not make a position.
fn aside(graph: &Graph, all: &[((ActorId, IssueId), Standing)]) -> Table<SaidRow> {
    let rows = all.iter().flat_map(|((actor, _), standing)| {
        let status = |footing: &Footing| Some(status::status(graph, footing, standing.verdict));
        standing
            .footings
            .iter()
            .filter(|footing| footing.is_aside())
            .map(move |footing| rows::statement(graph, *actor, footing, status(footing)))
    });
    let heading = if all.len() == 1 {
        NOT_COUNTED
    } else {
        "Said, but not counted as a position"
    };
    Table::new(heading, rows)
}

/// Returns the changes up to the day of the lens, oldest first.
pub(crate) fn changes(
    graph: &Graph,
    lens: Lens,
    issue: IssueId,
    standing: &Standing,
) -> Vec<Change> {
    let mut changes: Vec<Change> = Vec::new();
    let (mut before, mut made_by): (Option<Verdict>, Vec<Footing>) = (None, Vec::new());
    let mut known = Known::new(standing);
    for day in turning_points(graph, lens, standing) {
        let mut now = known.standing_on(graph, issue, Lens { day, ..lens });
        let in_force: Vec<Footing> = now.in_force().copied().collect();
        let same = in_force.len() == made_by.len()
            && in_force
                .iter()
                .zip(&made_by)
                .all(|(a, b)| a.stance == b.stance);
        if same || (before.is_none() && now.verdict == Verdict::Unknown) {
            continue;
        }
        let moves = before.is_none_or(|before| {
            let statements = [made_by.iter(), in_force.iter()];
            !same::is_same(graph, [before, now.verdict], statements, |actor| actor)
        });
        let (event, date) = what_changed(graph, day, &made_by, &in_force);
        if event == Event::Ceased && in_force.is_empty() {
            // Show the statements that no longer count.
            now.footings.retain(|footing| among(&made_by, footing));
        }
        changes.push(Change {
            day: Some(day).filter(|day| *day != Day::FIRST),
            date,
            event,
            before: before.replace(now.verdict),
            standing: now,
            moves,
        });
        made_by = in_force;
    }
    changes
}

/// The statements of a standing, as they become known day by day. Only those that can still be in
/// force are looked at.
struct Known<'s> {
    all: &'s Standing,
    /// The statements not made yet, the next one last.
    later: Vec<Footing>,
    /// The statements made so far, without those replaced for good.
    so_far: Standing,
}

impl<'s> Known<'s> {
    fn new(all: &'s Standing) -> Known<'s> {
        let mut later = all.footings.clone();
        later.sort_by_key(|footing| std::cmp::Reverse(first_day(footing)));
        let so_far = Standing {
            footings: Vec::new(),
            ..*all
        };
        Known { all, later, so_far }
    }

    /// Returns where the actor stands on a day. Days must be asked for in ascending order.
    fn standing_on(&mut self, graph: &Graph, issue: IssueId, lens: Lens) -> Standing {
        while let Some(next) = self.later.pop_if(|next| first_day(next) <= lens.day) {
            self.so_far.footings.push(next);
        }
        let now = graph.standing_as_of(issue, &self.so_far, lens);
        let says = |footing: &Footing| graph[footing.stance].position.is_some();
        let replaces =
            |footing: &Footing| says(footing) && graph[footing.stance].condition().is_none();
        let is_past = |footing: &&Footing| {
            let date = footing.date.map(Date::period);
            date.is_some_and(|period| period.to <= lens.day) && footing.has_counted()
        };
        let past = now.footings.iter().filter(|footing| replaces(footing));
        let newest = newest_start(past.filter(is_past));
        let is_over = |footing: &Footing| says(footing) && is_replaced(footing, newest);
        self.so_far.footings.retain(|footing| !is_over(footing));
        let is_told = |footing: &Footing| {
            matches!(footing.fate, Fate::InForce | Fate::SetAside | Fate::Expired)
        };
        match now.footings.iter().any(is_told) {
            true => now,
            false => graph.standing_as_of(issue, self.all, lens),
        }
    }
}

fn first_day(footing: &Footing) -> Day {
    footing.date.map_or(Day::FIRST, |date| date.period().from)
}

/// Returns what happened to the statements in force on a day. If one was made and another ended,
/// the one made is reported.
fn what_changed(
    graph: &Graph,
    day: Day,
    before: &[Footing],
    after: &[Footing],
) -> (Event, Option<Date>) {
    let new = after.iter().filter(|one| !among(before, one));
    let new: Vec<&Footing> = new.collect();
    if !new.is_empty() {
        let is_made = |one: &&&Footing| one.lost_date || first_day(one) == day;
        return match new.iter().find(is_made) {
            Some(made) => (Event::Made, made.date),
            None => (Event::Began, day.date()),
        };
    }
    let gone = before.iter().filter(|one| !among(after, one));
    let mut ends = gone.filter_map(|one| graph[one.stance].until());
    match ends.find(|until| after_all(*until) == day) {
        Some(until) => (Event::Ended, Some(until)),
        None => (Event::Ceased, day.date()),
    }
}

/// Returns whether `all` holds the same statement as `one`.
fn among(all: &[Footing], one: &Footing) -> bool {
    all.iter().any(|other| other.stance == one.stance)
}

/// Returns the day after the last day of a date.
fn after_all(date: Date) -> Day {
    Day(date.period().to.0.saturating_add(1))
}

/// Returns the days on which something may have changed, in order.
fn turning_points(graph: &Graph, lens: Lens, standing: &Standing) -> BTreeSet<Day> {
    let mut days = BTreeSet::new();
    let are_dated = graph.voices().are_dated();
    let is_known = |footing: &Footing| !footing.lost_date && footing.fate != Fate::Later;
    let are_known = standing.footings.iter().any(is_known);
    for footing in &standing.footings {
        // A statement whose date can't be read can't be placed in time: it is reported with the
        // others.
        if !footing.lost_date || !are_known {
            days.insert(first_day(footing));
        }
        if are_dated {
            days.extend(offices_turn(graph, footing));
        }
        days.extend(graph[footing.stance].until().map(after_all));
    }
    days.retain(|day| *day <= lens.day);
    days
}

/// Returns the days on which a speaker takes or leaves office, among those on which a statement may
/// have been made.
fn offices_turn(graph: &Graph, footing: &Footing) -> impl Iterator<Item = Day> {
    let stance = &graph[footing.stance];
    // Each of the statement's actors may lead to this actor, on other days.
    let actors = stance.actors.as_slice().iter().copied();
    let speakers = stance.said_by().into_iter().chain(actors);
    let speakers = speakers.filter(|speaker| *speaker != footing.actor);
    let days = all_days(footing.date);
    // Whether one of those it speaks for speaks for another decides whom a statement counts for, too.
    let voices = graph.voices();
    let concerned = speakers.flat_map(move |speaker| voices.ever(speaker).chain([speaker]));
    concerned.flat_map(move |one| voices.turns(one, days))
}

/// Returns whether an actor is counted with one it speaks for on an issue, from each day on on
/// which that changes, up to the day of the lens. Whoever speaks for nobody has none.
#[cfg(feature = "pictures")]
pub(crate) fn folded_over_time(
    graph: &Graph,
    lens: Lens,
    positions: &crate::graph::Standings,
    (actor, issue): (ActorId, IssueId),
) -> Vec<(Day, bool)> {
    let standing = |of: ActorId| Some((of, positions.get(&(of, issue))?));
    let above: Vec<(ActorId, &Standing)> =
        graph.voices().ever(actor).filter_map(standing).collect();
    let Some((_, own)) = standing(actor).filter(|_| !above.is_empty()) else {
        return Vec::new();
    };
    let mut days = turning_points(graph, lens, own);
    days.extend(
        above
            .iter()
            .flat_map(|(_, of)| turning_points(graph, lens, of)),
    );
    let mut changes: Vec<(Day, bool)> = Vec::new();
    for day in days {
        let lens = Lens { day, ..lens };
        let then = |of: &Standing| graph.standing_as_of(issue, of, lens);
        let above: std::collections::BTreeMap<ActorId, Standing> =
            above.iter().map(|(id, of)| (*id, then(of))).collect();
        let of = |id: ActorId| above.get(&id).map(|of| (of.verdict, &of.footings[..]));
        let folded = graph.counts_for(actor, &then(own).footings, lens, of);
        let is_folded = folded.is_some() && lens.words == crate::graph::Words::OwnAndSpeakers;
        if changes.last().is_some_and(|(_, last)| *last) != is_folded {
            changes.push((day, is_folded));
        }
    }
    changes
}

/// Returns what is uncertain about a statement, and since when, up to the day of the lens. Each change
/// is an entry; there is none if nothing is ever uncertain.
#[cfg(feature = "pictures")]
pub(crate) fn doubts_over_time(
    graph: &Graph,
    lens: Lens,
    issue: IssueId,
    (standing, footing): (&Standing, &Footing),
) -> Vec<(Day, Vec<rows::Doubt>)> {
    let alone = Standing {
        footings: vec![*footing],
        ..*standing
    };
    let mut days = BTreeSet::from([first_day(footing)]);
    days.extend(footing.date.map(|date| date.period().to));
    days.extend(offices_turn(graph, footing));
    let mut changes: Vec<(Day, Vec<rows::Doubt>)> = Vec::new();
    for day in days.into_iter().filter(|day| *day <= lens.day) {
        let then = graph.standing_as_of(issue, &alone, Lens { day, ..lens });
        let doubts = then.footings.iter().flat_map(rows::doubts).collect();
        if changes.last().map_or(&[][..], |(_, last)| last) != doubts {
            changes.push((day, doubts));
        }
    }
    changes
}
