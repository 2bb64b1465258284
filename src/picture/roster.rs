//! Selects what a matrix or a spectrum shows of a graph: the actors with a known position and the
//! issues these are on. Of a large graph, it keeps as many as there is room for, those with the
//! most positions or statements first.

use std::collections::{BTreeMap, BTreeSet};

use crate::diagram::{Basis, in_print, not_shown};
use crate::graph::{ActorId, Entity, Graph, IssueId, Lens, StanceId, Verdict};
use crate::picture::sign::{Offered, Sign};
use crate::picture::{View, matrix, spectrum};
use crate::query::{Excerpt, Extract, Line, Lines, extract, offers};
#[cfg(feature = "pictures")]
use crate::words::first_few;
use crate::words::{counted, joined};

/// The number of actors and issues a picture can hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Room {
    /// The most actors.
    pub actors: usize,
    /// The most issues.
    pub issues: usize,
}

impl Room {
    /// Makes room for `top` of each if the user asked for a number, else for `most`.
    pub fn of(top: Option<usize>, most: usize) -> Room {
        let most = top.unwrap_or(most);
        Room {
            actors: most,
            issues: most,
        }
    }
}

/// The most topics that are named in a note.
#[cfg(feature = "pictures")]
const NAMED: usize = 5;

/// The part of a graph that a matrix or a spectrum shows.
#[derive(Clone, Debug)]
pub struct Roster {
    /// The selection asked for.
    pub selection: Excerpt,
    /// The extract that the selection keeps.
    pub extract: Extract,
    /// The actors: those asked for by name, then those with the most positions.
    pub actors: Vec<ActorId>,
    /// The issues: those asked for by name, then those with the most positions.
    pub issues: Vec<IssueId>,
    /// The number of all actors and issues with a position or an offer.
    pub all: Room,
    /// A sentence on what there was no room for.
    pub thinned: Option<String>,
}

impl Roster {
    /// Returns the positions of these actors on these issues.
    pub fn lines(&self) -> impl Iterator<Item = &Line> {
        let lines = self.extract.lines.known().iter();
        lines.filter(|line| self.actors.contains(&line.actor) && self.issues.contains(&line.issue))
    }

    /// Returns the lines of these actors on these issues on which an offer stands, whether a
    /// position is known or not.
    pub fn offering(&self) -> impl Iterator<Item = &Line> {
        let is_known = |line: &&Line| line.standing.verdict != Verdict::Unknown;
        self.lines()
            .filter(move |line| is_known(line) && line.standing.offered().next().is_some())
            .chain(offering(&self.extract))
            .filter(|line| self.actors.contains(&line.actor) && self.issues.contains(&line.issue))
    }

    /// Returns the lines on which an offer stands, beside the position or in its place, with the
    /// offers.
    pub fn offered<'r>(
        &'r self,
        graph: &'r Graph,
    ) -> impl Iterator<Item = (&'r Line, Vec<Offered>)> {
        let in_place = self.lines();
        let in_place = in_place.map(|line| (line, Offered::in_place(graph, line)));
        let beside = self.offering();
        let beside = beside.map(|line| (line, Offered::beside(graph, line)));
        in_place
            .chain(beside)
            .filter(|(_, offers)| !offers.is_empty())
    }

    /// Returns the positions and offers keyed by actor and issue.
    pub fn by_pair(&self) -> BTreeMap<(ActorId, IssueId), &Line> {
        self.lines()
            .chain(self.offering())
            .map(|line| ((line.actor, line.issue), line))
            .collect()
    }

    /// Describes the basis: the statements in force behind the positions shown, and their sources.
    pub fn rests_on(&self, graph: &Graph) -> String {
        self.basis().words(graph, &self.extract.terms)
    }

    /// Leaves out those without a position or an offer among what there was room for, unless they
    /// were asked for.
    fn leave_out_who_is_alone(&mut self, graph: &Graph) {
        let lines = self.lines().chain(self.offering());
        let lines: Vec<(ActorId, IssueId)> = lines.map(|line| (line.actor, line.issue)).collect();
        let mut actors: BTreeSet<ActorId> = lines.iter().map(|pair| pair.0).collect();
        let mut issues: BTreeSet<IssueId> = lines.iter().map(|pair| pair.1).collect();
        actors.extend(self.selection.named_actors(graph));
        issues.extend(self.selection.named_issues(graph));
        self.actors.retain(|actor| actors.contains(actor));
        self.issues.retain(|issue| issues.contains(issue));
    }

    /// Puts those issues first, of several about which as much is said, on which positions are
    /// furthest apart or, of those alike, on which somebody is most opposed.
    pub(crate) fn most_divided_first(mut self, graph: &Graph) -> Roster {
        let mut said: BTreeMap<IssueId, (usize, f64, f64)> = BTreeMap::new();
        for line in self.lines().chain(self.offering()) {
            let (count, low, high) = said.entry(line.issue).or_insert((0, 1.0, -1.0));
            *count += 1;
            let sign = Sign::of(graph, line.issue, &line.standing);
            for score in sign.iter().flat_map(Sign::all_scores) {
                (*low, *high) = (low.min(score), high.max(score));
            }
        }
        let asked = self.selection.named_issues(graph);
        let spread = |issue: &IssueId| said.get(issue).map_or(0.0, |(_, low, high)| high - low);
        let count = |issue: &IssueId| said.get(issue).map_or(0, |(count, ..)| *count);
        let low = |issue: &IssueId| said.get(issue).map_or(1.0, |(_, low, _)| *low);
        let named = asked.len().min(self.issues.len());
        self.issues[named..].sort_by(|one, other| {
            let by_count = count(other).cmp(&count(one));
            by_count
                .then_with(|| spread(other).total_cmp(&spread(one)))
                .then_with(|| low(one).total_cmp(&low(other)))
        });
        self
    }

    /// Keeps so many issues, or all that are asked for by name.
    pub(crate) fn with_issues(mut self, graph: &Graph, many: usize) -> Roster {
        let named = self.selection.named_issues(graph).len();
        self.issues.truncate(many.max(named));
        self.thinned = thinned(
            (self.actors.len(), self.all.actors),
            (self.issues.len(), self.all.issues),
        );
        self
    }

    /// Returns the actors of whom a position could be asked: those asked for by name, those of whom
    /// something is known or said here, and those who make a statement of their own. Whoever speaks
    /// for others only is not among them.
    pub(crate) fn concerned(&self, graph: &Graph) -> BTreeSet<ActorId> {
        let lines = self.extract.lines.known().iter();
        let lines = lines.chain(&self.extract.unknown).map(|line| line.actor);
        let speakers = graph.voices();
        let own = graph
            .stances
            .iter()
            .flat_map(|stance| stance.actors.as_slice());
        let own = own
            .copied()
            .filter(|actor| !speakers.has_principals(*actor));
        let named = self.selection.named_actors(graph).into_iter();
        named
            .chain(lines)
            .chain(own)
            .chain(self.actors.iter().copied())
            .collect()
    }

    /// Counts the actors without a known position, but for those who speak for others and groups whose
    /// members are shown.
    fn silent_actors(&self, graph: &Graph) -> usize {
        let mut told: BTreeSet<ActorId> = self.actors.iter().copied().collect();
        let Extract {
            members,
            homes,
            speaks_for,
            ..
        } = &self.extract;
        let members = members
            .iter()
            .filter(|(member, _)| self.actors.contains(member));
        told.extend(members.map(|(_, group)| *group));
        told.extend(homes.iter().chain(speaks_for).map(|spoken| spoken.speaker));
        graph.actors.len() - told.len()
    }

    /// Names the issues that are topics only, of which nobody can be for or against.
    #[cfg(feature = "pictures")]
    pub(super) fn topics(&self, graph: &Graph) -> Option<String> {
        let topics = self.extract.issues.iter();
        let topics = topics.filter(|id| graph[**id].topic_only && !self.issues.contains(id));
        let names = first_few(topics, NAMED, |id| graph[*id].name.to_string());
        let are_told = !names.is_empty() && self.thinned.is_none();
        are_told.then(|| {
            format!(
                "Not drawn, being topics without a question: {}.",
                joined(&names)
            )
        })
    }

    fn basis(&self) -> Basis {
        let in_force = self.lines().flat_map(|line| line.standing.in_force());
        let offered = self.offering().flat_map(|line| line.standing.offered());
        let drawn = in_force.chain(offered);
        let stances = drawn.map(|footing| (footing.stance, footing.fate));
        Basis {
            stances: Some(stances.collect()),
            ..Basis::default()
        }
    }

    /// Returns the notes for a picture that itself names or counts the actors of unknown position.
    pub fn notes_but_unknown(&self, graph: &Graph) -> Vec<String> {
        let mut named = self.clone();
        named.extract.left_out.unknown = 0;
        let concerned = self.concerned(graph);
        let is_silent =
            |actor: &ActorId| !concerned.contains(actor) && !graph.voices().has_principals(*actor);
        let silent = ActorId::all(graph).filter(is_silent).count();
        named.notes_with(graph, silent)
    }

    /// Says in sentences what the picture leaves out and leaves open.
    pub fn notes(&self, graph: &Graph) -> Vec<String> {
        self.notes_with(graph, self.silent_actors(graph))
    }

    /// Says in sentences what the picture leaves out, among it so many actors, and leaves open.
    fn notes_with(&self, graph: &Graph, silent_actors: usize) -> Vec<String> {
        let of = |left: usize, what: &str| {
            (left > 0).then(|| format!("{} without a known position", counted(left, what)))
        };
        let is_missing =
            |issue: &IssueId| !graph[*issue].topic_only && !self.issues.contains(issue);
        let questions = IssueId::all(graph).filter(is_missing).count();
        let silent = match &self.thinned {
            // Nothing is said of actors and issues that weren't asked for, nor is it claimed that
            // nothing is known of those that didn't fit.
            None if !self.selection.is_whole(graph) => Vec::new(),
            None => of(silent_actors, "actor")
                .into_iter()
                .chain(of(questions, "issue"))
                .collect(),
            Some(_) => Vec::new(),
        };
        let mut notes: Vec<String> = self.thinned.iter().cloned().collect();
        let mut rest = self.extract.clone();
        (
            rest.left_out.actors,
            rest.left_out.people,
            rest.left_out.issues,
            rest.left_out.meetings,
        ) = (0, 0, 0, 0);
        if !silent.is_empty() {
            notes.push(format!("Not drawn: {}.", silent.join("; ")));
        }
        notes.extend(not_shown(&rest, &rest.left_out));
        let lines = self.extract.lines.known().iter();
        let lines = lines.chain(&self.extract.unknown);
        notes.extend(
            offers(lines.flat_map(|line| &line.standing.footings)).map(|note| in_print(&note.text)),
        );
        notes.extend(self.basis().left_open(graph, &self.extract.terms));
        notes
    }
}

/// Returns what a view of positions shows of a selection, with at most `top` actors and issues.
pub fn roster_for(
    graph: &Graph,
    lens: Lens,
    selection: &Excerpt,
    (view, top): (View, Option<usize>),
) -> Roster {
    let room = match view {
        View::Spectrum => return spectrum::roster(graph, lens, selection, top),
        View::Map | View::Network | View::Matrix | View::Timeline => {
            Room::of(top, matrix::MOST_ROWS)
        }
        // Issues take no room there, and without some of them the numbers would be wrong.
        View::Agreement => Room {
            issues: usize::MAX,
            ..Room::of(top, matrix::MOST_ROWS)
        },
    };
    match (view, selection.focus) {
        // An actor is compared with others: with those who speak to the same issues.
        (View::Agreement, Some(Entity::Actor(_))) => {
            let selection = Excerpt {
                depth: selection.depth.max(2),
                ..selection.clone()
            };
            roster(graph, lens, &selection, room)
        }
        _ => roster(graph, lens, selection, room),
    }
}

/// Returns what a selection keeps, as far as there is room for it.
pub fn roster(graph: &Graph, lens: Lens, selection: &Excerpt, room: Room) -> Roster {
    let mut all = extract(graph, lens, selection);
    let mut asked = selection.named_actors(graph);
    asked.extend(selection.focus.and_then(|focus| match focus {
        Entity::Actor(actor) if all.lines.known().iter().any(|line| line.actor == actor) => {
            Some(actor)
        }
        _ => None,
    }));
    let (mut actors, mut issues) = (
        ranked(graph, &all, &asked, |pair| pair.0),
        ranked(graph, &all, &selection.named_issues(graph), |pair| pair.1),
    );
    let (every_actor, every_issue) = (actors.len(), issues.len());
    let mut room = Room {
        actors: room.actors.min(every_actor),
        issues: room.issues.min(every_issue),
    };
    actors.truncate(room.actors);
    issues.truncate(room.issues);
    // An extract of statements has too many positions to settle; fewer actors and issues have
    // fewer.
    while matches!(all.lines, Lines::Statements(_)) && !actors.is_empty() && !issues.is_empty() {
        all = extract(
            graph,
            lens,
            &Excerpt {
                actors: actors.clone(),
                issues: issues.clone(),
                ..selection.clone()
            },
        );
        if matches!(all.lines, Lines::Statements(_)) {
            room = Room {
                actors: room.actors / 2,
                issues: room.issues / 2,
            };
            actors.truncate(room.actors);
            issues.truncate(room.issues);
        }
    }
    let mut roster = Roster {
        selection: selection.clone(),
        extract: all,
        actors,
        issues,
        all: Room {
            actors: every_actor,
            issues: every_issue,
        },
        thinned: None,
    };
    if roster.actors.len() < every_actor || roster.issues.len() < every_issue {
        roster.leave_out_who_is_alone(graph);
    }
    roster.thinned = thinned(
        (roster.actors.len(), every_actor),
        (roster.issues.len(), every_issue),
    );
    roster
}

/// Says how many actors and issues are shown, of how many.
fn thinned(actors: (usize, usize), issues: (usize, usize)) -> Option<String> {
    let part = |(shown, of): (usize, usize), what: &str| {
        (shown < of).then(|| format!("the {shown} {what} of {of}"))
    };
    let parts = [part(actors, "actors"), part(issues, "issues")];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    (!parts.is_empty()).then(|| format!("Shown: {} about which most is said.", joined(&parts)))
}

/// Returns the lines without a known position on which an offer stands. An offer that an actor makes
/// for another is shown with that other only.
fn offering(extract: &Extract) -> impl Iterator<Item = &Line> {
    let all = extract.lines.known().iter().chain(&extract.unknown);
    let made = all.flat_map(|line| line.standing.offered());
    let made_for_others: BTreeSet<(ActorId, StanceId)> = made
        .filter(|footing| footing.through != footing.actor)
        .map(|footing| (footing.through, footing.stance))
        .collect();
    extract.unknown.iter().filter(move |line| {
        let mut offered = line.standing.offered();
        offered.any(|footing| !made_for_others.contains(&(line.actor, footing.stance)))
    })
}

/// Returns all actors or issues with a position or an offer: those asked for, then those with the
/// most, equals in graph order.
fn ranked<T: Copy + Ord>(
    graph: &Graph,
    extract: &Extract,
    asked: &[T],
    of: impl Fn((ActorId, IssueId)) -> T,
) -> Vec<T> {
    let mut counts: BTreeMap<T, usize> = BTreeMap::new();
    let mut count = |pair| *counts.entry(of(pair)).or_default() += 1;
    match &extract.lines {
        Lines::Positions(lines) => {
            for line in lines
                .iter()
                .filter(|line| line.standing.verdict != Verdict::Unknown)
                .chain(offering(extract))
            {
                count((line.actor, line.issue));
            }
        }
        Lines::Statements(stances) => {
            for stance in stances.iter().map(|id| &graph[*id]) {
                for actor in stance.actors.as_slice() {
                    count((*actor, stance.issue));
                }
            }
        }
    }
    let mut others: Vec<(T, usize)> = counts
        .into_iter()
        .filter(|(one, _)| !asked.contains(one))
        .collect();
    others.sort_by_key(|(_, many)| std::cmp::Reverse(*many));
    let others = others.into_iter().map(|(one, _)| one);
    let mut known = BTreeSet::new();
    let all = asked.iter().copied().chain(others);
    all.filter(|one| known.insert(*one)).collect()
}
