//! The part of a graph that a picture shows: which actors and issues, and what joins them. This is
//! plain data for any picture and does not depend on how the picture looks.
//!
//! If nothing is selected, it is the whole graph. A focus keeps what is joined to it; selected issues
//! and actors ([`Scope`](crate::graph::Scope)) keep only themselves and what is between them; dates
//! keep what was said, and who met, between them. What is not kept is counted.

mod met;
mod people;
mod reach;
mod structure;

use std::collections::{BTreeMap, BTreeSet};

use crate::graph::{
    ActorId, Entity, Fate, Graph, IssueId, Lens, MeetingId, StanceId, Standing, Standings, Tie,
    TieId, Verdict,
};
use crate::model::{Date, Day, MeetingStatus, Period};
use crate::query::counted::{self, folded_name};
use crate::query::extract::people::thin_out_people;
use crate::query::extract::reach::Reach;
use crate::query::{Limits, Note};

/// The number of statements above which a picture shows them one by one. Working out positions and
/// their sources would then take longer than is worthwhile, as lines can't be told apart.
pub const MANY_STATEMENTS: usize = 20_000;

/// The number of people above which a picture of the whole graph leaves out those without a line of
/// their own.
pub const MANY_PEOPLE: usize = 40;

/// What to show of what is selected.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Excerpt {
    /// The thing that everything shown must be joined to.
    pub focus: Option<Entity>,
    /// The number of steps from the focus: 1 shows its own lines, 2 also the lines of what they
    /// lead to. A speaker is no step away from the actor it speaks for.
    pub depth: u32,
    /// The issues to show, among those selected; all if empty.
    pub issues: Vec<IssueId>,
    /// The actors to show, among those selected; all if empty.
    pub actors: Vec<ActorId>,
    /// The period that the graph was restricted to. A tie is shown if it held on any day of it.
    pub period: Option<Period>,
    /// What was left out of the graph and left open, for the foot of the picture.
    pub limits: Limits,
}

/// The terms of a picture: the days that it covers, and what its graph lacks and leaves open.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Terms {
    /// The first day of the period shown, if one is asked for.
    pub since: Option<Day>,
    /// The day as of which everything is shown, or `None` if it is not limited.
    pub day: Option<Day>,
    /// What was left out of the graph and left open.
    pub limits: Limits,
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
    /// The actors with which each speaker belongs: the last of each of its chains whose ties all hold
    /// on the day of the picture; if no chain holds then, of those that held before.
    pub homes: Vec<Spoken>,
    /// The pairs of a member and its group.
    pub members: Vec<(ActorId, ActorId)>,
    /// The pairs of an issue and the wider issue.
    pub part_of: Vec<(IssueId, IssueId)>,
    /// How much is not shown.
    pub left_out: LeftOut,
    /// Who is counted with those they speak for, not by themselves.
    pub counted_with: Option<Note>,
}

/// The lines from actors to issues.
#[derive(Clone, Debug, PartialEq)]
pub enum Lines {
    /// Where actors stand, by actor and issue.
    Positions(Vec<Line>),
    /// The statements one by one, if there are more than [`MANY_STATEMENTS`].
    Statements(Vec<StanceId>),
}

impl Lines {
    /// Returns the known positions; none where there are too many statements to settle them.
    pub(crate) fn known(&self) -> &[Line] {
        match self {
            Lines::Positions(lines) => lines,
            Lines::Statements(_) => &[],
        }
    }
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
    /// How many more parties a picture has no room for.
    pub not_shown: usize,
}

impl Met {
    /// Returns whether it was to take place before this day, and what became of it is not known.
    pub fn is_overdue(&self, day: Option<Day>) -> bool {
        let is_past = |date: Date| day.is_some_and(|day| date.period().to < day);
        self.status.is_some_and(MeetingStatus::is_plan) && self.date.is_some_and(is_past)
    }
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
    /// The number of actors and issues to which the picture was thinned, if it was.
    pub kept: Option<usize>,
    /// The number of actors, including those in `people`.
    pub actors: usize,
    /// The number of people without a line of their own, in a graph with more than [`MANY_PEOPLE`].
    pub people: usize,
    /// The number of issues.
    pub issues: usize,
    /// The number of meetings.
    pub meetings: usize,
    /// The number of actors that are counted with those they speak for, on all issues.
    pub folded_actors: usize,
    /// Whether other actors are, on some issues.
    pub folded_beside: bool,
    /// The number of positions that statements leave unknown: expired, attributed by others, or
    /// without a direction.
    pub unknown: usize,
    /// The number of statements that are not counted because who voiced them does not speak for the
    /// actor.
    pub attributed: usize,
    /// The number of positions whose statements are all later than the day of the picture.
    pub later: usize,
}

/// Returns the part of a graph to show.
pub fn extract(graph: &Graph, lens: Lens, selection: &Excerpt) -> Extract {
    let mut sieve = Sieve::new(graph, lens, selection);
    let mut extract = Extract {
        terms: Terms {
            since: selection.since(),
            day: (lens.day != Day::LAST).then_some(lens.day),
            limits: selection.limits.clone(),
        },
        ..Extract::default()
    };
    extract.lines = sieve.lines(&mut extract);
    extract.meetings = sieve.meetings();
    if selection.is_of_all(graph) {
        sieve.keep_tied();
    }
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
        self.is_untold() && self.ties.is_empty()
    }

    /// Whether ties are all that connects anything.
    pub(crate) fn has_only_ties(&self) -> bool {
        self.is_untold() && !self.ties.is_empty()
    }

    /// Whether there is neither a position, known or not, nor a meeting.
    fn is_untold(&self) -> bool {
        let said = match &self.lines {
            Lines::Positions(lines) => !lines.is_empty(),
            Lines::Statements(statements) => !statements.is_empty(),
        };
        !said && self.unknown.is_empty() && self.meetings.is_empty()
    }
}

/// Returns a test for the pairs of actor and issue that are asked for, whatever was said and when.
pub fn is_wanted<'g>(
    graph: &'g Graph,
    lens: Lens,
    selection: &'g Excerpt,
) -> impl Fn(ActorId, IssueId) -> bool + 'g {
    let sieve = Sieve::new(graph, lens, selection);
    move |actor, issue| sieve.wants(actor, issue)
}

/// Like [`is_wanted`], for statements: those of speakers for the actors asked for are among them.
pub fn is_told<'g>(
    graph: &'g Graph,
    lens: Lens,
    selection: &'g Excerpt,
) -> impl Fn(ActorId, IssueId) -> bool + 'g {
    let sieve = Sieve::new(graph, lens, selection);
    move |actor, issue| sieve.shows(actor, issue)
}

impl Excerpt {
    /// Returns whether everything of a graph is asked for.
    pub fn is_whole(&self, graph: &Graph) -> bool {
        self.is_of_all(graph) && self.period.is_none()
    }

    /// Returns whether all actors and issues are asked for, of whatever time.
    fn is_of_all(&self, graph: &Graph) -> bool {
        let scope = graph.scope();
        let has_all = self.issues.is_empty() && self.actors.is_empty();
        let selects = scope.chooses_actors() || scope.chooses_issues();
        has_all && !selects && self.focus.is_none()
    }

    /// Returns the actors asked for by name.
    pub fn named_actors(&self, graph: &Graph) -> Vec<ActorId> {
        match self.actors.is_empty() {
            true => graph.scope().named_actors().to_vec(),
            false => self.actors.clone(),
        }
    }

    /// Returns the issues asked for by name.
    pub fn named_issues(&self, graph: &Graph) -> Vec<IssueId> {
        match self.issues.is_empty() {
            true => graph.scope().named_issues().to_vec(),
            false => self.issues.clone(),
        }
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
    selection: &'g Excerpt,
    reach: Option<Reach>,
    /// Whether each actor is asked for.
    asked: Vec<bool>,
    /// Whether each actor may be shown: it is asked for, or speaks for one that is.
    may: Vec<bool>,
    /// Whether nothing is selected.
    whole: bool,
    actors: Vec<bool>,
    issues: Vec<bool>,
}

impl<'g> Sieve<'g> {
    fn new(graph: &'g Graph, lens: Lens, selection: &'g Excerpt) -> Sieve<'g> {
        let whole = selection.is_whole(graph);
        let scope = graph.scope();
        let is_asked = |actor: ActorId| {
            let has_all = selection.actors.is_empty();
            scope.actor(actor) && (has_all || selection.actors.contains(&actor))
        };
        let asked: Vec<bool> = ActorId::all(graph).map(is_asked).collect();
        let mut sieve = Sieve {
            graph,
            lens,
            selection,
            reach: selection
                .focus
                .map(|focus| Reach::new(graph, focus, selection.depth)),
            may: asked.clone(),
            asked,
            whole,
            actors: vec![whole; graph.actors.len()],
            issues: vec![whole; graph.issues.len()],
        };
        for issue in selection.named_issues(graph) {
            sieve.issues[issue.index()] = true;
        }
        for actor in selection.named_actors(graph) {
            sieve.actors[actor.index()] = true;
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
        self.asked[actor.index()] && self.shows(actor, issue)
    }

    /// Returns whether a statement of an actor on an issue is shown.
    fn shows(&self, actor: ActorId, issue: IssueId) -> bool {
        self.may[actor.index()]
            && self.asks_on(issue)
            && self.is_near(|reach| reach.actor(actor) || reach.issue(issue))
    }

    fn selects_issues(&self) -> bool {
        self.graph.scope().chooses_issues() || !self.selection.issues.is_empty()
    }

    fn asks_on(&self, issue: IssueId) -> bool {
        let has_all = self.selection.issues.is_empty();
        self.graph.scope().issue(issue) && (has_all || self.selection.issues.contains(&issue))
    }

    /// Returns where actors stand or, if there are too many statements, what they said.
    fn lines(&mut self, extract: &mut Extract) -> Lines {
        let graph = self.graph;
        let wanted = graph.stances().filter(|(_, stance)| {
            stance.position.is_some()
                && !graph.is_withdrawn(stance.claim())
                && stance
                    .actors
                    .as_slice()
                    .iter()
                    .any(|&actor| self.shows(actor, stance.issue))
        });
        let statements: Vec<StanceId> = wanted.map(|(id, _)| id).collect();
        if statements.len() > MANY_STATEMENTS {
            for stance in statements.iter().map(|id| &graph[*id]) {
                self.keep(stance.actors.as_slice(), stance.issue);
            }
            return Lines::Statements(graph.in_order(statements.into_iter()));
        }
        let positions = graph.positions(self.lens, |actor, issue| self.wants(actor, issue));
        extract.left_out.attributed = attributed(&positions);
        let (mut known, mut folded) = (Vec::new(), Vec::new());
        for ((actor, issue), standing) in positions {
            let line = Line {
                actor,
                issue,
                standing,
            };
            match Drawn::of(&line.standing) {
                Drawn::Line => known.push(line),
                Drawn::WithAnother => folded.push(line),
                Drawn::Unknown => extract.unknown.push(line),
                Drawn::Later => extract.left_out.later += 1,
            }
        }
        for line in &known {
            self.keep(&[line.actor], line.issue);
            for footing in line.standing.in_force() {
                self.actors[footing.through.index()] = true;
            }
        }
        // An offer is drawn, even of an actor with nothing else to draw.
        let has_offer = |line: &&Line| line.standing.offered().next().is_some();
        for line in extract.unknown.iter().filter(has_offer) {
            self.keep(&[line.actor], line.issue);
        }
        let offered = extract.unknown.iter().filter(has_offer).count();
        extract.left_out.unknown = extract.unknown.len() - offered;
        leave_out_folded(graph, &known, &folded, extract);
        Lines::Positions(known)
    }

    /// Keeps these actors and an issue.
    fn keep(&mut self, actors: &[ActorId], issue: IssueId) {
        self.issues[issue.index()] = true;
        for actor in actors {
            self.actors[actor.index()] = true;
        }
    }
}

/// How the position of an actor on an issue is drawn.
enum Drawn {
    /// As a line from the one to the other.
    Line,
    /// Not by itself: it counts for an actor it speaks for.
    WithAnother,
    /// As unknown.
    Unknown,
    /// Not at all: all that was said is later than the day of the picture.
    Later,
}

impl Drawn {
    fn of(standing: &Standing) -> Drawn {
        let mut footings = standing.footings.iter();
        if standing.verdict != Verdict::Unknown {
            match standing.folded {
                Some(_) => Drawn::WithAnother,
                None => Drawn::Line,
            }
        } else if footings.all(|footing| footing.fate == Fate::Later) {
            Drawn::Later
        } else {
            Drawn::Unknown
        }
    }
}

/// Counts the statements that count for nobody because others attribute them.
fn attributed(positions: &Standings) -> usize {
    let footings = positions.values().flat_map(|standing| &standing.footings);
    let attributed = footings.filter(|footing| footing.fate == Fate::Attributed);
    let statements: BTreeSet<StanceId> = attributed.map(|footing| footing.stance).collect();
    statements.len()
}

/// Counts and names the actors that are counted with those they speak for, on all issues or on
/// some. `known` are positions of their own; both lists are in the order of actors.
fn leave_out_folded(graph: &Graph, known: &[Line], folded: &[Line], extract: &mut Extract) {
    let mut own: BTreeMap<ActorId, usize> = BTreeMap::new();
    for line in known {
        *own.entry(line.actor).or_default() += 1;
    }
    let mut actors: Vec<&[Line]> = folded
        .chunk_by(|one, other| one.actor == other.actor)
        .collect();
    actors.sort_by_key(|of| &graph[of[0].actor].id);
    let names = actors.iter().map(|of| {
        let actor = of[0].actor;
        let on: Vec<IssueId> = of.iter().map(|line| line.issue).collect();
        let known = on.len() + own.get(&actor).unwrap_or(&0);
        folded_name(graph, actor, &on, known)
    });
    extract.counted_with = counted::counted_with(&names.collect::<Vec<_>>());
    let on_all = actors.iter().filter(|of| !own.contains_key(&of[0].actor));
    extract.left_out.folded_actors = on_all.count();
    extract.left_out.folded_beside = actors.len() > extract.left_out.folded_actors;
}
