//! The part of a graph that a picture shows: which actors and issues, and what joins them. This is
//! plain data for any picture and does not depend on how the picture looks.
//!
//! Without a selection, it is the whole graph. A focus keeps what is joined to it; issues and
//! actors keep only themselves and what is between them; dates keep what was said, and who met,
//! between them. What is not kept is counted.

mod met;
mod people;
mod reach;
mod structure;

use std::collections::BTreeSet;

use crate::graph::{
    ActorId, Entity, Fate, Graph, IssueId, Lens, MeetingId, StanceId, Standing, Tie, TieId, Verdict,
};
use crate::model::{Date, Day, MeetingStatus, Period};
use crate::query::extract::people::thin_out_people;
use crate::query::extract::reach::Reach;

/// The number of statements above which a picture shows them one by one. Working out positions and
/// their sources would then take longer than is worthwhile, as no line can be told from the next.
pub const MANY_STATEMENTS: usize = 20_000;

/// The number of people above which a picture of the whole graph leaves out those without a line of
/// their own.
pub const MANY_PEOPLE: usize = 40;

/// What to show.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Selection {
    /// The thing that everything shown must be joined to.
    pub focus: Option<Entity>,
    /// The number of steps from the focus: 1 shows its own lines, 2 also the lines of what they
    /// lead to. A speaker is no step away from the actor it speaks for.
    pub depth: u32,
    /// The issues to show positions on and meetings about; all if empty.
    pub issues: Vec<IssueId>,
    /// The actors to show, with those who speak for them; all if empty.
    pub actors: Vec<ActorId>,
    /// The period that the graph was restricted to. A tie is shown if it held on any day of it.
    pub period: Option<Period>,
    /// What the graph lacks for other reasons than time, in sentences for the foot of the picture.
    pub cuts: Vec<String>,
}

/// The terms of a picture: the days that it covers, and what its graph lacks.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Terms {
    /// The first day of the period shown, if one is asked for.
    pub since: Option<Day>,
    /// The day as of which everything is shown, or `None` if it is not limited.
    pub day: Option<Day>,
    /// What the graph lacks for other reasons than time, in sentences.
    pub cuts: Vec<String>,
}

/// The part of a graph that a picture shows. All lists are in the order of the graph.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Extract {
    /// The days shown, and what the graph lacks.
    pub terms: Terms,
    /// The actors shown.
    pub actors: Vec<ActorId>,
    /// The issues shown.
    pub issues: Vec<IssueId>,
    /// The lines from actors to issues.
    pub lines: Lines,
    /// The actors and issues shown between which statements leave the position unknown.
    pub unknown: Vec<Line>,
    /// The meetings, with those of the actors shown that have a part in them.
    pub meetings: Vec<Met>,
    /// The ties, except `SpeaksFor` and `Member`.
    pub ties: Vec<TieId>,
    /// Who speaks for whom, directly.
    pub speaks_for: Vec<Spoken>,
    /// For each speaker, those with whom it belongs: the last in each of its chains whose ties hold
    /// together on the day of the picture; if there are none, in those that held before.
    pub homes: Vec<Spoken>,
    /// The pairs of a member and its group.
    pub members: Vec<(ActorId, ActorId)>,
    /// The pairs of an issue and the wider issue.
    pub part_of: Vec<(IssueId, IssueId)>,
    /// How much is not shown.
    pub left_out: LeftOut,
}

/// The lines from actors to issues.
#[derive(Clone, Debug, PartialEq)]
pub enum Lines {
    /// Where actors stand, by actor and issue.
    Positions(Vec<Line>),
    /// The statements one by one, if there are more than [`MANY_STATEMENTS`].
    Statements(Vec<StanceId>),
}

impl Default for Lines {
    fn default() -> Self {
        Lines::Positions(Vec::new())
    }
}

/// Where an actor stands on an issue.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    /// The actor.
    pub actor: ActorId,
    /// The issue.
    pub issue: IssueId,
    /// Where the actor stands, and on which statements that rests.
    pub standing: Standing,
}

/// A meeting as of the day of the picture.
#[derive(Clone, Debug, PartialEq)]
pub struct Met {
    /// The meeting.
    pub id: MeetingId,
    /// Its status on that day, or `None` if it is not known.
    pub status: Option<MeetingStatus>,
    /// The date it was then set for.
    pub date: Option<Date>,
    /// The actors shown and the part of each in the meeting; empty if more than
    /// [`CROWD`](crate::graph::CROWD) take part, or if its status is not known.
    pub parties: Vec<(ActorId, Part)>,
}

/// The part of an actor in a meeting.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    /// It takes part.
    Participant,
    /// It was invited and has not answered.
    Invited,
    /// It was invited and declined.
    Declined,
}

/// One actor speaks for another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Spoken {
    /// The actor that speaks.
    pub speaker: ActorId,
    /// The actor it speaks for.
    pub principal: ActorId,
    /// Whether this was over before the day of the picture.
    pub ended: bool,
}

/// How much is not shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct LeftOut {
    /// The number of actors, including those in `people`.
    pub actors: usize,
    /// The number of people without a line of their own, in a graph with more than [`MANY_PEOPLE`].
    pub people: usize,
    /// The number of issues.
    pub issues: usize,
    /// The number of meetings.
    pub meetings: usize,
    /// The number of positions that are shown at those their actors speak for.
    pub voiced: usize,
    /// The number of actors whose positions are all in `voiced`.
    pub voiced_actors: usize,
    /// The number of positions in `voiced` whose actors also have positions of their own.
    pub voiced_beside: usize,
    /// The number of positions that statements leave unknown: expired, attributed by others, or
    /// without a direction.
    pub unknown: usize,
    /// The number of statements that are not counted because who voiced them does not speak for the
    /// actor.
    pub attributed: usize,
    /// The number of positions whose statements are all later than the day of the picture.
    pub later: usize,
}

/// Returns the part of a graph that a selection keeps.
pub fn extract(graph: &Graph, lens: Lens, selection: &Selection) -> Extract {
    let mut sieve = Sieve::new(graph, lens, selection);
    let mut extract = Extract {
        terms: Terms {
            since: selection.since(),
            day: (lens.day != Day::LAST).then_some(lens.day),
            cuts: selection.cuts.clone(),
        },
        ..Extract::default()
    };
    extract.lines = sieve.lines(&mut extract.left_out, &mut extract.unknown);
    extract.meetings = sieve.meetings();
    sieve.follow();
    extract.ties = sieve.ties();
    extract.speaks_for = sieve.speaks_for();
    extract.members = sieve.members();
    extract.part_of = sieve.part_of();
    if sieve.whole {
        thin_out_people(graph, &mut sieve.actors, &mut extract);
    }
    extract.actors = ActorId::all(graph)
        .zip(&sieve.actors)
        .filter(|(_, kept)| **kept)
        .map(|(id, _)| id)
        .collect();
    extract.homes = sieve.homes();
    extract.issues = IssueId::all(graph)
        .zip(&sieve.issues)
        .filter(|(_, kept)| **kept)
        .map(|(id, _)| id)
        .collect();
    extract
        .unknown
        .retain(|line| sieve.actors[line.actor.index()] && sieve.issues[line.issue.index()]);
    extract.left_out.actors = graph.actors.len() - extract.actors.len();
    extract.left_out.issues = graph.issues.len() - extract.issues.len();
    extract.left_out.meetings = graph.meetings.len() - extract.meetings.len();
    extract
}

impl Extract {
    /// Returns whether nobody in it stands anywhere, known or not, has met anybody, or is tied to
    /// anybody.
    pub fn is_bare(&self) -> bool {
        let said = match &self.lines {
            Lines::Positions(lines) => !lines.is_empty(),
            Lines::Statements(statements) => !statements.is_empty(),
        };
        !said && self.unknown.is_empty() && self.meetings.is_empty() && self.ties.is_empty()
    }
}

/// Returns a test for the pairs of actor and issue that a selection asks for, whatever was said and
/// when.
pub fn is_wanted<'g>(
    graph: &'g Graph,
    lens: Lens,
    selection: &'g Selection,
) -> impl Fn(ActorId, IssueId) -> bool + 'g {
    let sieve = Sieve::new(graph, lens, selection);
    move |actor, issue| sieve.wants(actor, issue)
}

impl Selection {
    /// Returns whether everything is asked for.
    pub fn is_whole(&self) -> bool {
        let has_all = self.issues.is_empty() && self.actors.is_empty();
        has_all && self.focus.is_none() && self.period.is_none()
    }

    /// Returns the first day of the period, if it has one.
    fn since(&self) -> Option<Day> {
        let first = self.period.map(|period| period.from);
        first.filter(|day| *day != Day::FIRST)
    }

    /// Returns whether something of this date is in the period asked for. Without a date, it is in
    /// no period.
    pub fn contains(&self, date: Option<Date>) -> bool {
        self.period
            .is_none_or(|period| date.is_some_and(|date| date.period().touch(period)))
    }
}

/// What is kept so far, and what may be kept.
struct Sieve<'g> {
    graph: &'g Graph,
    lens: Lens,
    selection: &'g Selection,
    reach: Option<Reach>,
    /// Whether each actor may be shown.
    may: Vec<bool>,
    /// Whether nothing is selected.
    whole: bool,
    actors: Vec<bool>,
    issues: Vec<bool>,
}

impl<'g> Sieve<'g> {
    fn new(graph: &'g Graph, lens: Lens, selection: &'g Selection) -> Sieve<'g> {
        let whole = selection.is_whole();
        let mut sieve = Sieve {
            graph,
            lens,
            selection,
            reach: selection
                .focus
                .map(|focus| Reach::new(graph, focus, selection.depth)),
            may: vec![selection.actors.is_empty(); graph.actors.len()],
            whole,
            actors: vec![whole; graph.actors.len()],
            issues: vec![whole; graph.issues.len()],
        };
        for issue in &selection.issues {
            sieve.issues[issue.index()] = true;
        }
        for &actor in &selection.actors {
            sieve.actors[actor.index()] = true;
            sieve.may[actor.index()] = true;
        }
        reach::spread_to_speakers(graph, &mut sieve.may);
        match selection.focus {
            Some(Entity::Actor(actor)) => sieve.actors[actor.index()] = true,
            Some(Entity::Issue(issue)) => sieve.issues[issue.index()] = true,
            _ => {}
        }
        sieve
    }

    /// Returns whether a tie is shown: it holds on the day of the picture, or in the period asked
    /// for before it.
    fn is_in_force(&self, tie: &Tie) -> bool {
        let day = self.lens.day;
        let since = self.selection.period.map(|period| period.from.min(day));
        tie.during().touch(Period {
            from: since.unwrap_or(day),
            to: day,
        })
    }

    /// Returns whether a line is shown, given a test for what is near the focus; always if there is
    /// no focus.
    fn is_near(&self, near: impl Fn(&Reach) -> bool) -> bool {
        self.reach.as_ref().is_none_or(near)
    }

    fn wants(&self, actor: ActorId, issue: IssueId) -> bool {
        self.may[actor.index()]
            && (self.selection.issues.is_empty() || self.selection.issues.contains(&issue))
            && self.is_near(|reach| reach.actor(actor) || reach.issue(issue))
    }

    /// Returns where actors stand or, if there are too many statements, what they said.
    fn lines(&mut self, left_out: &mut LeftOut, unknown: &mut Vec<Line>) -> Lines {
        let graph = self.graph;
        let wanted = graph.stances().filter(|(_, stance)| {
            stance.position.is_some()
                && !graph.is_withdrawn(stance.claim())
                && stance
                    .actors
                    .as_slice()
                    .iter()
                    .any(|&actor| self.wants(actor, stance.issue))
        });
        let statements: Vec<StanceId> = wanted.map(|(id, _)| id).collect();
        if statements.len() > MANY_STATEMENTS {
            for stance in statements.iter().map(|id| &graph[*id]) {
                self.issues[stance.issue.index()] = true;
                for actor in stance.actors.as_slice() {
                    self.actors[actor.index()] = true;
                }
            }
            return Lines::Statements(graph.in_order(statements.into_iter()));
        }
        let mut positions = graph.positions(self.lens, |actor, issue| self.wants(actor, issue));
        let said = positions.values().flat_map(|standing| &standing.footings);
        let attributed = said.filter(|footing| footing.fate == Fate::Attributed);
        let attributed: BTreeSet<StanceId> = attributed.map(|footing| footing.stance).collect();
        left_out.attributed = attributed.len();
        positions.retain(|&(actor, issue), standing| {
            let later = standing
                .footings
                .iter()
                .all(|footing| footing.fate == Fate::Later);
            let known = standing.verdict != Verdict::Unknown;
            if !known && !later {
                left_out.unknown += 1;
                // An offer is drawn, even of an actor with nothing else to draw.
                if standing.offered().next().is_some() {
                    self.actors[actor.index()] = true;
                    self.issues[issue.index()] = true;
                }
                unknown.push(Line {
                    actor,
                    issue,
                    standing: standing.clone(),
                });
            }
            left_out.later += usize::from(later);
            known
        });
        let (mut voiced, mut by_itself) = (Vec::new(), BTreeSet::new());
        positions.retain(|(actor, _), standing| {
            let counts = standing.folded.is_none();
            if counts {
                by_itself.insert(*actor);
            } else {
                voiced.push(*actor);
            }
            counts
        });
        left_out.voiced = voiced.len();
        voiced.retain(|actor| !by_itself.contains(actor));
        left_out.voiced_beside = left_out.voiced - voiced.len();
        left_out.voiced_actors = voiced.into_iter().collect::<BTreeSet<_>>().len();
        Lines::Positions(
            positions
                .into_iter()
                .map(|((actor, issue), standing)| {
                    self.actors[actor.index()] = true;
                    self.issues[issue.index()] = true;
                    for footing in standing.in_force() {
                        self.actors[footing.through.index()] = true;
                    }
                    Line {
                        actor,
                        issue,
                        standing,
                    }
                })
                .collect(),
        )
    }
}
