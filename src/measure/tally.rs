//! Who said what how often: the numbers that agreement and camps are computed from.

use crate::deal::{dealt, starts};

/// How often an actor said one thing on an issue: x_ijk of the formulas.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Count {
    /// On which issue.
    pub issue: u32,
    /// What: a score from −1 to 1.
    pub score: f64,
    /// How often.
    pub count: u32,
}

/// A [`Count`] seen from the issue.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Voice {
    /// Who says it.
    pub actor: u32,
    /// How often.
    pub count: u32,
    /// What: a score from −1 to 1.
    pub score: f64,
}

/// What actors said on issues, and how often. Actors and issues are numbers from 0.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Tally {
    counts: Vec<Count>,
    /// Where the counts of each actor start, and where the last ones end.
    actors: Vec<usize>,
    voices: Vec<Voice>,
    /// Where the voices of each issue start, and where the last ones end.
    issues: Vec<usize>,
    /// Whether some actor said something on some issue more than once.
    repeats: bool,
}

impl Tally {
    /// Counts statements: actor, issue, score. What is said twice counts twice. The order does not matter.
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

    /// How many actors there are, those without a statement included.
    pub fn actors(&self) -> usize {
        self.actors.len().saturating_sub(1)
    }

    /// How many issues there are.
    pub fn issues(&self) -> usize {
        self.issues.len().saturating_sub(1)
    }

    /// What an actor said, by issue and score.
    pub fn of(&self, actor: usize) -> &[Count] {
        &self.counts[self.actors[actor]..self.actors[actor + 1]]
    }

    /// What was said on an issue, by actor and score.
    pub fn on(&self, issue: usize) -> &[Voice] {
        &self.voices[self.voices_on(issue)]
    }

    /// Which of all voices, in the order of issues, are on one.
    pub(crate) fn voices_on(&self, issue: usize) -> std::ops::Range<usize> {
        self.issues[issue]..self.issues[issue + 1]
    }

    /// Whether some actor said something on some issue more than once.
    pub fn repeats(&self) -> bool {
        self.repeats
    }

    /// How many statements an actor made: a_i of the formulas.
    pub fn activity(&self, actor: usize) -> f64 {
        f64::from(self.of(actor).iter().map(|count| count.count).sum::<u32>())
    }

    /// The same, where an actor said other things on an issue: these scores and no more.
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

    /// The same among more actors and issues, of whom and on which nothing is said.
    pub fn among(&self, actors: usize, issues: usize) -> Tally {
        Tally::new(actors, issues, self.said(|_, _| true))
    }

    /// What was said by actors on issues that are wanted, as often as it was.
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

/// What an actor would have said on an issue otherwise.
#[derive(Clone, Debug, PartialEq)]
pub struct Change {
    /// Who.
    pub actor: u32,
    /// On what.
    pub issue: u32,
    /// Everything it says, as scores.
    pub scores: Vec<f64>,
}

/// Statements sorted by actor, issue and score: first dealt out by actor, then each few by themselves.
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

/// The same counts, issue by issue.
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
