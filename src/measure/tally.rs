//! Counts of who said what how often, from which agreement and camps are computed.

use crate::buckets::{dealt, starts};

/// How often an actor said one thing on an issue: x_ijk of the formulas.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Count {
    /// The issue.
    pub issue: u32,
    /// The score of what was said, from −1 to 1.
    pub score: f64,
    /// How often it was said.
    pub count: u32,
}

/// A [`Count`] seen from the issue.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Voice {
    /// The actor.
    pub actor: u32,
    /// How often it was said.
    pub count: u32,
    /// The score of what was said, from −1 to 1.
    pub score: f64,
}

/// What actors said on issues, and how often. Actors and issues are numbers from 0.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Tally {
    counts: Vec<Count>,
    /// The start of each actor's counts, plus the end of the last.
    actors: Vec<usize>,
    voices: Vec<Voice>,
    /// The start of each issue's voices, plus the end of the last.
    issues: Vec<usize>,
    /// Whether some actor has several statements on one issue.
    repeats: bool,
}

impl Tally {
    /// Counts statements, given as actor, issue and score, in any order. Repeated statements count
    /// repeatedly.
    pub fn new(actors: usize, issues: usize, said: Vec<(u32, u32, f64)>) -> Tally {
        let said = by_actor(actors, issues, said);
        let mut counts: Vec<Count> = Vec::with_capacity(said.len());
        let mut starts = vec![0; actors + 1];
        let (mut last, mut repeats) = (None, false);
        for (actor, issue, score) in said {
            // −0 and 0 are the same score.
            let score = score + 0.0;
            repeats |= last == Some((actor, issue));
            match counts.last_mut() {
                Some(count) if last == Some((actor, issue)) && count.score == score => {
                    count.count += 1
                }
                _ => counts.push(Count {
                    issue,
                    score,
                    count: 1,
                }),
            }
            last = Some((actor, issue));
            starts[actor as usize + 1] = counts.len();
        }
        for nth in 1..starts.len() {
            starts[nth] = starts[nth].max(starts[nth - 1]);
        }
        let (voices, issues) = by_issue(&counts, &starts, issues);
        Tally {
            counts,
            actors: starts,
            voices,
            issues,
            repeats,
        }
    }

    /// Returns the number of actors, including those without a statement.
    pub fn actors(&self) -> usize {
        self.actors.len().saturating_sub(1)
    }

    /// Returns the number of issues.
    pub fn issues(&self) -> usize {
        self.issues.len().saturating_sub(1)
    }

    /// Returns what an actor said, ordered by issue and score.
    pub fn of(&self, actor: usize) -> &[Count] {
        &self.counts[self.actors[actor]..self.actors[actor + 1]]
    }

    /// Returns what was said on an issue, ordered by actor and score.
    pub fn on(&self, issue: usize) -> &[Voice] {
        &self.voices[self.voices_on(issue)]
    }

    /// Returns the range of an issue's voices among all voices.
    pub(crate) fn voices_on(&self, issue: usize) -> std::ops::Range<usize> {
        self.issues[issue]..self.issues[issue + 1]
    }

    /// Returns whether some actor has several statements on one issue.
    pub fn repeats(&self) -> bool {
        self.repeats
    }

    /// Returns the number of statements of an actor: a_i of the formulas.
    pub fn activity(&self, actor: usize) -> f64 {
        f64::from(self.of(actor).iter().map(|count| count.count).sum::<u32>())
    }

    /// Returns the tally with the changes applied: each replaces all scores of an actor on an
    /// issue.
    pub fn with(&self, changes: &[Change]) -> Tally {
        let is_changed = |actor: u32, issue: u32| {
            changes
                .iter()
                .any(|change| (change.actor, change.issue) == (actor, issue))
        };
        let mut said = self.said(|actor, issue| !is_changed(actor, issue));
        said.extend(changes.iter().flat_map(|change| {
            change
                .scores
                .iter()
                .map(|score| (change.actor, change.issue, *score))
        }));
        Tally::new(self.actors(), self.issues(), said)
    }

    /// Returns the same tally with more actors and issues, without statements.
    pub fn among(&self, actors: usize, issues: usize) -> Tally {
        Tally::new(actors, issues, self.said(|_, _| true))
    }

    /// Returns the statements for which `wanted` holds, each as often as it was made.
    fn said(&self, wanted: impl Fn(u32, u32) -> bool) -> Vec<(u32, u32, f64)> {
        let mut said = Vec::with_capacity(self.counts.len());
        for actor in 0..self.actors() as u32 {
            let own = self.of(actor as usize).iter();
            for count in own.filter(|count| wanted(actor, count.issue)) {
                let once = (actor, count.issue, count.score);
                said.extend(std::iter::repeat_n(once, count.count as usize));
            }
        }
        said
    }
}

/// What an actor would have said on an issue instead.
#[derive(Clone, Debug, PartialEq)]
pub struct Change {
    /// The actor.
    pub actor: u32,
    /// The issue.
    pub issue: u32,
    /// All scores of the actor on the issue.
    pub scores: Vec<f64>,
}

/// Sorts statements by actor, issue and score: first a bucket sort by actor, then each bucket by
/// itself.
fn by_actor(actors: usize, issues: usize, mut said: Vec<(u32, u32, f64)>) -> Vec<(u32, u32, f64)> {
    said.retain(|(actor, issue, score)| {
        (*actor as usize) < actors && (*issue as usize) < issues && score.is_finite()
    });
    if !said.is_sorted_by_key(|(actor, ..)| *actor) {
        said = dealt(actors, &said, |(actor, ..)| *actor as usize);
    }
    for own in said.chunk_by_mut(|a, b| a.0 == b.0) {
        own.sort_unstable_by(|a, b| a.1.cmp(&b.1).then(a.2.total_cmp(&b.2)));
    }
    said
}

/// Returns the counts ordered by issue, and where each issue starts.
fn by_issue(counts: &[Count], actors: &[usize], issues: usize) -> (Vec<Voice>, Vec<usize>) {
    let starts = starts(issues, counts.iter().map(|count| count.issue as usize));
    let mut next = starts.clone();
    let mut voices = vec![
        Voice {
            actor: 0,
            count: 0,
            score: 0.0
        };
        counts.len()
    ];
    for actor in 0..actors.len().saturating_sub(1) {
        for count in &counts[actors[actor]..actors[actor + 1]] {
            let at = &mut next[count.issue as usize];
            voices[*at] = Voice {
                actor: actor as u32,
                count: count.count,
                score: count.score,
            };
            *at += 1;
        }
    }
    (voices, starts)
}
