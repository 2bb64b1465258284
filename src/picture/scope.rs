//! What of a graph a matrix or a spectrum shows: who is known to stand somewhere, and on what; of a large graph as many as
//! there is room for, those of whom most is said.

use std::collections::BTreeMap;

use crate::diagram::{Basis, not_shown};
use crate::graph::{ActorId, Graph, IssueId, Lens, Verdict};
use crate::query::{Extract, Line, Lines, Selection, extract};
use crate::words::{counted, joined};

/// How many a picture holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Room {
    /// So many actors.
    pub actors: usize,
    /// So many issues.
    pub issues: usize,
}

impl Room {
    /// As many of each as is asked for, else so many.
    pub fn of(top: Option<usize>, most: usize) -> Room {
        let most = top.unwrap_or(most);
        Room {
            actors: most,
            issues: most,
        }
    }
}

/// The part of a graph that a matrix or a spectrum shows.
#[derive(Clone, Debug)]
pub struct Scope {
    /// What was asked for.
    pub selection: Selection,
    /// What that keeps.
    pub extract: Extract,
    /// Who: those asked for by name, then those of whom most is known.
    pub actors: Vec<ActorId>,
    /// On what: those asked for by name, then those of which most is known.
    pub issues: Vec<IssueId>,
    /// What there was no room for, in words.
    pub thinned: Option<String>,
}

impl Scope {
    /// Where those shown stand on what is shown.
    pub fn lines(&self) -> impl Iterator<Item = &Line> {
        let lines = if let Lines::Positions(lines) = &self.extract.lines {
            lines.as_slice()
        } else {
            &[]
        };
        lines
            .iter()
            .filter(|line| self.actors.contains(&line.actor) && self.issues.contains(&line.issue))
    }

    /// The same, by actor and issue.
    pub fn by_pair(&self) -> BTreeMap<(ActorId, IssueId), &Line> {
        self.lines()
            .map(|line| ((line.actor, line.issue), line))
            .collect()
    }

    /// What it rests on: the statements in force behind the positions shown, and their sources.
    pub fn rests_on(&self, graph: &Graph) -> String {
        let in_force = self.lines().flat_map(|line| line.standing.in_force());
        let stances = Some(in_force.map(|footing| footing.stance).collect());
        Basis {
            stances,
            ..Basis::default()
        }
        .words(graph, &self.extract.terms)
    }

    /// What a picture leaves out that names whose position is unknown.
    pub fn notes_but_unknown(&self, graph: &Graph) -> Vec<String> {
        let mut named = self.clone();
        named.extract.left_out.unknown = 0;
        named.notes(graph)
    }

    /// What it leaves out, in sentences.
    pub fn notes(&self, graph: &Graph) -> Vec<String> {
        let of = |shown: usize, all: usize, what: &str| {
            let left = all.saturating_sub(shown);
            (left > 0).then(|| format!("{} without a known position", counted(left, what)))
        };
        let questions = graph
            .issues
            .iter()
            .filter(|issue| !issue.topic_only)
            .count();
        let silent = match &self.thinned {
            // Of those there was no room for, it is not said that nothing is known.
            // Of what was not asked for, nothing is said.
            None if !self.selection.is_whole() => Vec::new(),
            None => of(
                self.actors.len(),
                graph.actors.len() - self.extract.left_out.voiced_actors,
                "actor",
            )
            .into_iter()
            .chain(of(self.issues.len(), questions, "issue"))
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
        notes
    }
}

/// What a selection keeps, as far as there is room for it.
pub fn scope(graph: &Graph, lens: Lens, selection: &Selection, room: Room) -> Scope {
    let mut all = extract(graph, lens, selection);
    let (mut actors, mut issues) = (
        ranked(graph, &all, &selection.actors, |pair| pair.0),
        ranked(graph, &all, &selection.issues, |pair| pair.1),
    );
    let (every_actor, every_issue) = (actors.len(), issues.len());
    let mut room = Room {
        actors: room.actors.min(every_actor),
        issues: room.issues.min(every_issue),
    };
    actors.truncate(room.actors);
    issues.truncate(room.issues);
    // Statements instead of positions: too many to settle. Fewer of them are not.
    while matches!(all.lines, Lines::Statements(_)) && !actors.is_empty() && !issues.is_empty() {
        all = extract(
            graph,
            lens,
            &Selection {
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
    let part = |shown: usize, of: usize, what: &str| {
        (shown < of).then(|| format!("the {shown} {what} of {of}"))
    };
    let parts = [
        part(actors.len(), every_actor, "actors"),
        part(issues.len(), every_issue, "issues"),
    ];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    let thinned =
        (!parts.is_empty()).then(|| format!("Shown: {} of which most is said.", joined(&parts)));
    Scope {
        selection: selection.clone(),
        extract: all,
        actors,
        issues,
        thinned,
    }
}

/// All that somebody stands for, or on: those asked for first, then those with most positions, in the order of the graph.
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
    let mut ranked: Vec<T> = Vec::new();
    let all = asked
        .iter()
        .copied()
        .chain(others.into_iter().map(|(one, _)| one));
    for one in all {
        if !ranked.contains(&one) {
            ranked.push(one)
        }
    }
    ranked
}
