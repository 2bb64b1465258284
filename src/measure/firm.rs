//! How much of a division depends on single statements: what it would be if something had been said
//! otherwise.

use crate::measure::agreement::{Change, Count, Measure, Normalise, Row, Tally, part};
use crate::measure::camps::{Division, FEW, agreeing, named};
use crate::measure::modularity::{self, Weighted, better};
use crate::measure::seeded::Seeded;
use crate::progress::step;
use crate::spread::spread;

/// Returns the actors whose camp differs between two divisions. Camps are matched one to one,
/// largest overlap first.
pub fn moved(before: &Division, after: &Division) -> Vec<usize> {
    let mut overlaps = std::collections::BTreeMap::new();
    for (old, new) in before.of.iter().zip(&after.of) {
        if let (Some(old), Some(new)) = (old, new) {
            *overlaps.entry((*old, *new)).or_insert(0_usize) += 1;
        }
    }
    let mut overlaps: Vec<_> = overlaps.into_iter().collect();
    overlaps.sort_by_key(|((old, new), shared)| (usize::MAX - shared, *old, *new));
    let (mut to, mut taken) = (
        vec![None; before.camps.len()],
        vec![false; after.camps.len()],
    );
    for ((old, new), _) in overlaps {
        if to[old].is_none() && !taken[new] {
            to[old] = Some(new);
            taken[new] = true;
        }
    }
    let stays = |actor: &usize| match (before.of[*actor], after.of[*actor]) {
        (None, None) => true,
        (Some(old), Some(new)) => to[old] == Some(new),
        _ => false,
    };
    (0..before.of.len()).filter(|actor| !stays(actor)).collect()
}

/// The camps if something had been said otherwise.
#[derive(Clone, Debug, PartialEq)]
pub struct Flip {
    /// The index of the trial.
    pub trial: usize,
    /// The actors whose camp changes.
    pub moved: Vec<usize>,
    /// The number of camps in the trial.
    pub camps: usize,
}

/// Returns the trials that change a camp. Each trial lists what would be said otherwise, such as
/// without one statement. With few actors, each trial searches for a division anew, both from
/// scratch and from the given one, and counts as different only if it is better. With many actors
/// or statements ([`is_near`]), actors move from the given division, one at a time, until none gains.
pub fn flips(
    tally: &Tally,
    measure: Measure,
    graph: &Weighted,
    division: &Division,
    trials: &[Vec<Change>],
) -> Vec<Flip> {
    if is_near(tally) {
        let base = Camps::of(graph, division);
        let steps = tally.actors() * division.camps.len().max(1);
        let progress = step(TRYING, trials.len());
        let task = |row: &mut Row, trial: usize| {
            progress.advance();
            let moved = base.after(tally, measure, graph, &trials[trial], row);
            let mut camps: Vec<usize> = vec![0; division.camps.len()];
            for camp in moved.1.iter().flatten() {
                camps[*camp] += 1;
            }
            let camps = camps.into_iter().filter(|members| *members > 1).count();
            (!moved.0.is_empty()).then_some(Flip {
                trial,
                moved: moved.0,
                camps,
            })
        };
        return spread(trials.len(), steps, || Row::new(tally.actors()), task)
            .into_iter()
            .flatten()
            .collect();
    }
    let start: Vec<usize> = (0..tally.actors())
        .map(|actor| division.of[actor].unwrap_or(division.camps.len() + actor))
        .collect();
    let progress = step(TRYING, trials.len());
    let trial = |trial: usize| {
        progress.advance();
        let graph = agreeing(&tally.with(&trials[trial]), measure);
        let mut best = modularity::improved(&graph, &start, 0);
        best = better(&graph, best, modularity::communities(&graph, 3));
        let after = named(&graph, &best);
        let moved = moved(division, &after);
        (!moved.is_empty()).then_some(Flip {
            trial,
            moved,
            camps: after.camps.len(),
        })
    };
    spread(trials.len(), 1000, || (), |(), nth| trial(nth))
        .into_iter()
        .flatten()
        .collect()
}

const TRYING: &str = "trying how firm camps are, statement by statement";

/// Returns whether there are so many actors, or pairs of statements on an issue, that only single
/// moves are tried.
pub fn is_near(tally: &Tally) -> bool {
    let pairs = |issue: usize| tally.on(issue).len().pow(2);
    tally.actors() > FEW || (0..tally.issues()).map(pairs).sum::<usize>() > MANY_PAIRS
}

/// The number of pairs of statements up to which each trial counts them all again.
const MANY_PAIRS: usize = 200_000;

/// A division with the sums that show who gains by moving.
#[derive(Clone)]
struct Camps {
    of: Vec<Option<usize>>,
    /// The agreement of each actor with each camp, actor by actor.
    ties: Vec<f64>,
    /// The total agreement of each actor.
    degrees: Vec<f64>,
    /// The total agreement of each camp's members.
    camps: Vec<f64>,
    total: f64,
}

impl Camps {
    fn of(graph: &Weighted, division: &Division) -> Camps {
        let (actors, count) = (graph.nodes(), division.camps.len());
        let mut base = Camps {
            of: division.of.clone(),
            ties: vec![0.0; actors * count],
            degrees: (0..actors).map(|actor| graph.degree(actor)).collect(),
            camps: vec![0.0; count],
            total: 0.0,
        };
        base.total = base.degrees.iter().sum();
        for actor in 0..actors {
            for (other, weight) in graph.neighbours(actor) {
                base.tie(actor, base.of[other], weight);
            }
            if let Some(camp) = base.of[actor] {
                base.camps[camp] += base.degrees[actor];
            }
        }
        base
    }

    fn tie(&mut self, actor: usize, camp: Option<usize>, weight: f64) {
        if let Some(camp) = camp {
            self.ties[actor * self.camps.len() + camp] += weight;
        }
    }

    /// Returns the actors who move if something is said otherwise, and the resulting camps.
    fn after(
        &self,
        tally: &Tally,
        measure: Measure,
        graph: &Weighted,
        changes: &[Change],
        row: &mut Row,
    ) -> (Vec<usize>, Vec<Option<usize>>) {
        let mut now = self.clone();
        let changed = changed_ties(tally, measure, changes, row);
        for (a, b, by) in &changed {
            for (one, other) in [(*a, *b), (*b, *a)] {
                now.tie(one, now.of[other], *by);
                now.degrees[one] += by;
                if let Some(camp) = now.of[one] {
                    now.camps[camp] += by;
                }
            }
            now.total += 2.0 * by;
        }
        for _ in 0..SWEEPS {
            let mut moves = 0;
            for actor in 0..now.of.len() {
                let to = now.best(actor);
                if to != now.of[actor] {
                    now.go(graph, &changed, actor, to);
                    moves += 1;
                }
            }
            if moves == 0 {
                break;
            }
        }
        (
            (0..now.of.len())
                .filter(|actor| now.of[*actor] != self.of[*actor])
                .collect(),
            now.of,
        )
    }

    /// Returns the camp in which an actor adds most to modularity, or `None` if it is best alone.
    fn best(&self, actor: usize) -> Option<usize> {
        let (own, degree, count) = (self.of[actor], self.degrees[actor], self.camps.len());
        let ties = &self.ties[actor * count..(actor + 1) * count];
        let gain = |camp: usize| {
            let others = self.camps[camp] - if own == Some(camp) { degree } else { 0.0 };
            ties[camp] - degree * others / self.total
        };
        if self.total <= 0.0 || degree <= LEAST {
            return None;
        }
        let least = 1e-9 * self.total;
        let (mut best, mut most) = (own, own.map_or(0.0, gain) + least);
        for camp in (0..count).filter(|camp| Some(*camp) != own) {
            let gained = gain(camp);
            if gained > most {
                (best, most) = (Some(camp), gained);
            }
        }
        if most < 0.0 { None } else { best }
    }

    fn go(
        &mut self,
        graph: &Weighted,
        changed: &[(usize, usize, f64)],
        actor: usize,
        to: Option<usize>,
    ) {
        let from = std::mem::replace(&mut self.of[actor], to);
        for (camp, sign) in [(from, -1.0), (to, 1.0)] {
            if let Some(camp) = camp {
                self.camps[camp] += sign * self.degrees[actor];
            }
            for (other, weight) in graph.neighbours(actor) {
                self.tie(other, camp, sign * weight);
            }
            for (a, b, by) in changed
                .iter()
                .filter(|(a, b, _)| *a == actor || *b == actor)
            {
                self.tie(if *a == actor { *b } else { *a }, camp, sign * by);
            }
        }
    }
}

/// The maximum number of passes over all actors.
const SWEEPS: usize = 20;
/// Agreement below this is rounding.
const LEAST: f64 = 1e-9;

/// Returns the pairs of actors whose agreement changes, with the change of its positive part.
fn changed_ties(
    tally: &Tally,
    measure: Measure,
    changes: &[Change],
    row: &mut Row,
) -> Vec<(usize, usize, f64)> {
    let mut changed = Vec::new();
    for (nth, change) in changes.iter().enumerate() {
        let (actor, issue) = (change.actor as usize, change.issue as usize);
        row.fill(tally, actor, tally.actors(), measure, Normalise::None);
        let before: Vec<(f64, f64)> = scored(
            tally
                .of(actor)
                .iter()
                .filter(|count| count.issue as usize == issue),
        );
        let after: Vec<(f64, f64)> = change.scores.iter().map(|score| (*score, 1.0)).collect();
        for voices in tally.on(issue).chunk_by(|a, b| a.actor == b.actor) {
            let other = voices[0].actor as usize;
            let others_change = changes.iter().position(|change| {
                (change.actor as usize, change.issue as usize) == (other, issue)
            });
            if other == actor || others_change.is_some_and(|other| other < nth) {
                continue;
            }
            let theirs: Vec<(f64, f64)> = voices
                .iter()
                .map(|voice| (voice.score, f64::from(voice.count)))
                .collect();
            let theirs_after = match others_change {
                Some(nth) => changes[nth]
                    .scores
                    .iter()
                    .map(|score| (*score, 1.0))
                    .collect(),
                None => theirs.clone(),
            };
            let was = row.pairs[other].value;
            let is = was - all(measure, &before, &theirs) + all(measure, &after, &theirs_after);
            let by = is.max(0.0) - was.max(0.0);
            if by.abs() > LEAST {
                changed.push((actor, other, by));
            }
        }
    }
    changed
}

fn scored<'c>(counts: impl Iterator<Item = &'c Count>) -> Vec<(f64, f64)> {
    counts
        .map(|count| (count.score, f64::from(count.count)))
        .collect()
}

/// Returns what all pairs of our and their statements add to a measure.
fn all(measure: Measure, ours: &[(f64, f64)], theirs: &[(f64, f64)]) -> f64 {
    ours.iter()
        .flat_map(|a| theirs.iter().map(|b| part(measure, a.0, b.0, a.1 * b.1)))
        .sum()
}

/// Draws up to `most` of `of` indices, in ascending order and the same on every run.
pub fn sample(of: usize, most: usize, seed: u64) -> Vec<usize> {
    let mut random = Seeded(seed);
    let mut left = most.min(of);
    let mut chosen = Vec::with_capacity(left);
    for nth in 0..of {
        // Take the next with the probability that fills the sample (Knuth's algorithm S).
        if random.below(of - nth) < left {
            chosen.push(nth);
            left -= 1;
        }
    }
    chosen
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::measure::camps::divide;

    #[test]
    fn a_camp_of_two_hangs_on_what_either_says() {
        let said = vec![
            (0, 0, 1.0),
            (1, 0, 1.0),
            (2, 0, -1.0),
            (3, 0, -1.0),
            (4, 1, 1.0),
        ];
        let tally = Tally::new(5, 2, said);
        let graph = agreeing(&tally, Measure::Subtract);
        let division = divide(&graph);
        // Without its statement, actor 1 stands nowhere, and actor 0 has nobody to stand with.
        let trials = [
            vec![Change {
                actor: 1,
                issue: 0,
                scores: Vec::new(),
            }],
            Vec::new(),
        ];
        let found = flips(&tally, Measure::Subtract, &graph, &division, &trials);
        assert_eq!(
            found,
            [Flip {
                trial: 0,
                moved: vec![0, 1],
                camps: 1
            }]
        );
        // The result is the same with moves of one actor at a time.
        let base = Camps::of(&graph, &division);
        let moved = base.after(
            &tally,
            Measure::Subtract,
            &graph,
            &trials[0],
            &mut Row::new(5),
        );
        assert_eq!(moved.0, [0, 1]);
        assert!(
            base.after(
                &tally,
                Measure::Subtract,
                &graph,
                &trials[1],
                &mut Row::new(5)
            )
            .0
            .is_empty()
        );
    }

    #[test]
    fn a_sample_is_in_order_and_of_its_size() {
        assert_eq!(sample(5, 9, 0), [0, 1, 2, 3, 4]);
        let chosen = sample(1000, 10, 1);
        assert!(chosen.len() == 10 && chosen.is_sorted() && chosen == sample(1000, 10, 1));
    }
}
