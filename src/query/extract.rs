//! The part of a graph that a picture shows: which actors and issues, and what joins them. Plain data for any picture;
//! nothing here knows how it will look.
//!
//! Without a selection that is the whole graph. A focus keeps what is joined to it; issues and actors keep only
//! themselves and what is between them; dates keep what was said, and who met, in between. What is not kept is counted.

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

/// With more statements than this, a picture shows them one by one: settling who stands where, and telling on whose
/// word, would cost more time than anybody spends on a picture in which no line can be told from the next.
pub const MANY_STATEMENTS: usize = 20_000;

/// With more people than this, those without a line of their own are left out of a picture of the whole graph.
pub const MANY_PEOPLE: usize = 40;

/// What to show.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Selection {
    /// Only what is joined to this.
    pub focus: Option<Entity>,
    /// How many steps from the focus: with 1 its own lines, with 2 also those of what they lead to. Who speaks for an
    /// actor is no step away from it.
    pub depth: u32,
    /// Only positions on these issues, and meetings about them; empty for all.
    pub issues: Vec<IssueId>,
    /// Only these actors, and who speaks for them; empty for all.
    pub actors: Vec<ActorId>,
    /// The period that the graph was cut to: a tie is drawn that held on some day of it.
    pub period: Option<Period>,
    /// What else the graph was cut by, in sentences for the foot of the picture.
    pub cuts: Vec<String>,
}

/// The terms on which a picture is told: its days, and what its graph was cut by.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Terms {
    /// The first day of what is told, if one is asked for.
    pub since: Option<Day>,
    /// The day as of which everything is told.
    pub day: Option<Day>,
    /// What else the graph was cut by, in sentences.
    pub cuts: Vec<String>,
}

/// The part of a graph that a picture shows. All lists are in the order of the graph.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Extract {
    /// On which terms it is told.
    pub terms: Terms,
    /// Who is drawn.
    pub actors: Vec<ActorId>,
    /// The issues drawn.
    pub issues: Vec<IssueId>,
    /// From actors to issues.
    pub lines: Lines,
    /// Between the actors and issues drawn, where statements speak of a position and leave it unknown.
    pub unknown: Vec<Line>,
    /// The meetings, and who of those drawn takes part.
    pub meetings: Vec<Met>,
    /// The ties, but for `SpeaksFor` and `Member`.
    pub ties: Vec<TieId>,
    /// Who speaks for whom.
    pub speaks_for: Vec<Spoken>,
    /// A member and its group.
    pub members: Vec<(ActorId, ActorId)>,
    /// An issue and the wider one.
    pub part_of: Vec<(IssueId, IssueId)>,
    /// What is not drawn.
    pub left_out: LeftOut,
}

/// From actors to issues.
#[derive(Clone, Debug, PartialEq)]
pub enum Lines {
    /// Where actors stand, by actor and issue.
    Positions(Vec<Line>),
    /// Where there are more than [`MANY_STATEMENTS`], what they said, one by one.
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
    /// Who.
    pub actor: ActorId,
    /// On what.
    pub issue: IssueId,
    /// Where, and on whose word.
    pub standing: Standing,
}

/// A meeting as of the day of the picture.
#[derive(Clone, Debug, PartialEq)]
pub struct Met {
    /// The meeting.
    pub id: MeetingId,
    /// Its status on that day; none where that is not known.
    pub status: Option<MeetingStatus>,
    /// What it was then set for.
    pub date: Option<Date>,
    /// Who of those drawn has which part in it; nobody where more than [`CROWD`](crate::graph::CROWD) take part,
    /// or where its status is not known.
    pub parties: Vec<(ActorId, Part)>,
}

/// The part of an actor in a meeting.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    /// It takes part.
    Participant,
    /// It was asked and has not answered.
    Invited,
    /// It was asked and said no.
    Declined,
}

/// One actor speaks for another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Spoken {
    /// Who speaks.
    pub speaker: ActorId,
    /// For whom.
    pub principal: ActorId,
    /// Whether that was over before the day of the picture.
    pub ended: bool,
}

/// How many of what are not drawn.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct LeftOut {
    /// Actors, those in `people` among them.
    pub actors: usize,
    /// People without a line, of a graph with more than [`MANY_PEOPLE`].
    pub people: usize,
    /// Issues.
    pub issues: usize,
    /// Meetings.
    pub meetings: usize,
    /// Positions that are drawn at those for whom their actors speak.
    pub voiced: usize,
    /// Actors of which all positions are.
    pub voiced_actors: usize,
    /// Positions that are, of actors of which others are not.
    pub voiced_beside: usize,
    /// Positions that statements speak of and leave unknown: over, attributed by others, or of unknown direction.
    pub unknown: usize,
    /// Statements that are not counted, since who voiced them does not speak for the actor.
    pub attributed: usize,
    /// Positions of which all is said later.
    pub later: usize,
}

/// The part of a graph that a selection keeps.
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
    extract.actors = (0..)
        .map(ActorId)
        .zip(&sieve.actors)
        .filter(|(_, kept)| **kept)
        .map(|(id, _)| id)
        .collect();
    extract.issues = (0..)
        .map(IssueId)
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
    /// Whether nobody stands, or is said to stand, anywhere in it, met anybody, or is tied to anybody.
    pub fn is_bare(&self) -> bool {
        let said = match &self.lines {
            Lines::Positions(lines) => !lines.is_empty(),
            Lines::Statements(statements) => !statements.is_empty(),
        };
        !said && self.unknown.is_empty() && self.meetings.is_empty() && self.ties.is_empty()
    }
}

/// Which pairs of actor and issue a selection asks for, whenever and whatever was said.
pub fn is_wanted<'g>(
    graph: &'g Graph,
    lens: Lens,
    selection: &'g Selection,
) -> impl Fn(ActorId, IssueId) -> bool + 'g {
    let sieve = Sieve::new(graph, lens, selection);
    move |actor, issue| sieve.wants(actor, issue)
}

impl Selection {
    /// Whether all that there is, is asked for.
    pub fn is_whole(&self) -> bool {
        let has_all = self.issues.is_empty() && self.actors.is_empty();
        has_all && self.focus.is_none() && self.period.is_none()
    }

    /// The first day of the period, where it has one.
    fn since(&self) -> Option<Day> {
        let first = self.period.map(|period| period.from);
        first.filter(|day| *day != Day::FIRST)
    }

    /// Whether something of this date is asked for: what has none is of no period.
    pub fn contains(&self, date: Option<Date>) -> bool {
        self.period
            .is_none_or(|period| date.is_some_and(|date| date.period().touch(period)))
    }
}

/// What is kept so far, and what may be.
struct Sieve<'g> {
    graph: &'g Graph,
    lens: Lens,
    selection: &'g Selection,
    reach: Option<Reach>,
    /// Whether an actor may be drawn.
    may: Vec<bool>,
    /// Nothing is selected.
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

    /// Whether something that lasts is drawn: it holds on the day of the picture, or in the period before that is asked for.
    fn is_in_force(&self, tie: &Tie) -> bool {
        let day = self.lens.day;
        let since = self.selection.period.map(|period| period.from.min(day));
        tie.during().touch(Period {
            from: since.unwrap_or(day),
            to: day,
        })
    }

    /// Whether a line between two things that are this far from the focus is drawn.
    fn is_near(&self, near: impl Fn(&Reach) -> bool) -> bool {
        self.reach.as_ref().is_none_or(near)
    }

    fn wants(&self, actor: ActorId, issue: IssueId) -> bool {
        self.may[actor.index()]
            && (self.selection.issues.is_empty() || self.selection.issues.contains(&issue))
            && self.is_near(|reach| reach.actor(actor) || reach.issue(issue))
    }

    /// Where actors stand, or what they said where that is too much.
    fn lines(&mut self, left_out: &mut LeftOut, unknown: &mut Vec<Line>) -> Lines {
        let graph = self.graph;
        let wanted = graph.stances.iter().enumerate().filter(|(_, stance)| {
            stance.position.is_some()
                && stance
                    .actors
                    .as_slice()
                    .iter()
                    .any(|&actor| self.wants(actor, stance.issue))
        });
        let statements: Vec<StanceId> = wanted.map(|(index, _)| StanceId(index as u32)).collect();
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
