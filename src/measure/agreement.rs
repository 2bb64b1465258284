//! Agreement of every two actors, from how often each said what on which issue (discourse network
//! analysis; Leifeld 2017, "Discourse Network Analysis: Policy Debates as Dynamic Networks").
//!
//! With x_ijk the number of statements of actor i on issue j at level k of K:
//! - congruence(i, i') = Σ_j Σ_k Σ_k' x_ijk · x_i'jk' · (1 − |k − k'| / (K − 1));
//! - conflict(i, i') = the same with |k − k'| / (K − 1);
//! - subtract = congruence − conflict; ignore = congruence + conflict.
//!
//! Levels are given as evenly spaced scores from −1 to 1, so |k − k'| / (K − 1) is half the
//! distance of two scores.

mod row;

#[doc(hidden)]
pub use crate::measure::tally::Change;
pub use crate::measure::tally::{Count, Tally, Voice};
use crate::spread::spread;
pub(crate) use row::Row;
use row::Sides;

/// A measure of two actors.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Measure {
    /// How much they say the same.
    Congruence,
    /// How much they say the opposite.
    Conflict,
    /// Congruence minus conflict.
    #[default]
    Subtract,
    /// Congruence plus conflict: how much they speak to the same issues.
    Ignore,
    /// Of the issues that both speak to, the share on which they have the same score. Meant for a
    /// tally with one count per actor and issue.
    Identical,
    /// The number of issues on which both are on the same side, minus those on which they are on
    /// opposite sides: Σ_j s_ij · s_i'j, where scores are −1, 0 and 1.
    Net,
}

/// The divisor of the measure; a_i is the number of statements of i.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Normalise {
    /// No division.
    #[default]
    None,
    /// Average activity: (a_i + a_i') / 2.
    Average,
    /// Σ x_ijk \[x_i'jk = 0\] + Σ x_i'jk \[x_ijk = 0\] + Σ x_ijk · x_i'jk.
    Jaccard,
    /// a_i · a_i'. Sometimes called a cosine, which it is not.
    Product,
}

/// A measure of every two actors, computed on demand: no matrix is kept, so memory grows only with
/// the number of statements.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Pairs {
    tally: Tally,
    measure: Measure,
    normalise: Normalise,
    /// The tally as whole-number sides, if the measure allows it.
    sides: Option<Sides>,
}

/// The result for two actors.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Pair {
    /// The value of the measure; 0 if they share no issue.
    pub value: f64,
    /// The number of issues that both speak to (a whole number).
    pub shared: f32,
    /// For *net*, the number of those issues on which neither is neutral.
    pub sided: f32,
}

/// The part of each row to compute.
#[doc(hidden)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Half {
    /// The pairs with actors before it: over all rows, each pair once.
    Before,
    /// The pairs with all actors.
    Both,
}

/// Prepares a measure of every two actors.
pub fn pairs(tally: Tally, measure: Measure, normalise: Normalise) -> Pairs {
    let by_sides = measure == Measure::Net && normalise == Normalise::None;
    let sides = if by_sides { Sides::of(&tally) } else { None };
    Pairs {
        tally,
        measure,
        normalise,
        sides,
    }
}

/// The minimum number of parts that rows are divided into, if there are enough rows.
const PARTS: usize = 64;

impl Pairs {
    /// Returns the number of actors.
    pub fn actors(&self) -> usize {
        self.tally.actors()
    }

    /// Returns the measure of two actors in either order: 0 if they share no issue or are the same
    /// actor.
    pub fn value(&self, a: usize, b: usize) -> f64 {
        self.of_two(a, b).value
    }

    /// Returns whether the measure is [`Measure::Net`], which counts sides.
    pub fn is_net(&self) -> bool {
        self.measure == Measure::Net
    }

    /// Returns the number of issues that two different actors both speak to.
    pub fn shared(&self, a: usize, b: usize) -> u32 {
        self.of_two(a, b).shared as u32
    }

    /// Computes the pair of two actors by merging their statements issue by issue.
    pub(crate) fn of_two(&self, a: usize, b: usize) -> Pair {
        let (mut pair, mut overlap) = (Pair::default(), 0.0);
        if a == b {
            return pair;
        }
        let mut others = self
            .tally
            .of(a.max(b))
            .chunk_by(|one, other| one.issue == other.issue)
            .peekable();
        for own in self
            .tally
            .of(a.min(b))
            .chunk_by(|one, other| one.issue == other.issue)
        {
            while others
                .next_if(|other| other[0].issue < own[0].issue)
                .is_some()
            {}
            let Some(theirs) = others.next_if(|other| other[0].issue == own[0].issue) else {
                continue;
            };
            pair.shared += 1.0;
            for (one, other) in own
                .iter()
                .flat_map(|one| theirs.iter().map(move |other| (one, other)))
            {
                let (n, m) = (f64::from(one.count), f64::from(other.count));
                pair.value += part(self.measure, one.score, other.score, n * m);
                pair.sided += f32::from(u8::from(one.score != 0.0 && other.score != 0.0));
                overlap += if one.score == other.score {
                    n * m - n - m
                } else {
                    0.0
                };
            }
        }
        let activity = (self.tally.activity(a), self.tally.activity(b));
        pair.divided(self.measure, self.normalise, activity, overlap)
    }

    /// Processes the rows on all cores, in groups of consecutive rows. For each group, `make`
    /// creates a value, and `step` updates it with each row's actor and that actor's pairs. Returns
    /// the values in order.
    pub fn fold<T: Send>(
        &self,
        half: Half,
        make: impl Fn() -> T + Sync,
        step: impl Fn(&mut T, usize, &[Pair]) + Sync,
    ) -> Vec<T> {
        let actors = self.actors();
        let together = actors.div_ceil(PARTS).max(1);
        let part = |row: &mut Row, nth: usize| {
            let mut value = make();
            for actor in nth * together..actors.min((nth + 1) * together) {
                let end = if half == Half::Before { actor } else { actors };
                match &self.sides {
                    Some(sides) => row.fill_by_sides(sides, &self.tally, actor, end),
                    None => row.fill(&self.tally, actor, end, self.measure, self.normalise),
                }
                step(&mut value, actor, &row.pairs[..end]);
            }
            value
        };
        spread(
            actors.div_ceil(together),
            together * actors,
            || Row::new(actors),
            part,
        )
    }

    /// Returns every two actors that share an issue: the lesser, the greater, the measure, the
    /// number of shared issues.
    pub fn all(&self) -> Vec<(usize, usize, f64, u32)> {
        let parts = self.fold(Half::Before, Vec::new, |found, actor, pairs| {
            let shared = pairs
                .iter()
                .enumerate()
                .filter(|(_, pair)| pair.shared > 0.0);
            found
                .extend(shared.map(|(other, pair)| (other, actor, pair.value, pair.shared as u32)));
        });
        parts.into_iter().flatten().collect()
    }
}

impl Pair {
    /// Returns, for *net*, on how many issues both are on the same side and on how many on opposite
    /// sides.
    pub fn sides(&self) -> (u32, u32) {
        let (sided, net) = (f64::from(self.sided), self.value);
        (((sided + net) / 2.0) as u32, ((sided - net) / 2.0) as u32)
    }

    /// Normalises the pair by the numbers of statements of both actors and, for Jaccard, by
    /// `overlap`: Σ x_ijk · x_i'jk minus both x_ijk and x_i'jk where neither is 0.
    fn divided(
        self,
        measure: Measure,
        normalise: Normalise,
        activity: (f64, f64),
        overlap: f64,
    ) -> Pair {
        if self.shared == 0.0 {
            return self;
        }
        let by = match normalise {
            Normalise::None => 1.0,
            Normalise::Average => (activity.0 + activity.1) / 2.0,
            Normalise::Jaccard => activity.0 + activity.1 + overlap,
            Normalise::Product => activity.0 * activity.1,
        };
        let value = if measure == Measure::Identical {
            self.value / f64::from(self.shared)
        } else {
            self.value
        };
        Pair {
            value: value / by,
            ..self
        }
    }
}

/// Returns what this many pairs of statements with scores `a` and `b` add to a measure.
#[inline(always)]
pub(crate) fn part(measure: Measure, a: f64, b: f64, pairs: f64) -> f64 {
    let apart = (a - b).abs();
    match measure {
        Measure::Congruence => pairs * (1.0 - apart / 2.0),
        Measure::Conflict => pairs * (apart / 2.0),
        Measure::Subtract => pairs * (1.0 - apart),
        Measure::Ignore => pairs,
        Measure::Identical => f64::from(u8::from(apart == 0.0)),
        Measure::Net => pairs * (a * b),
    }
}

/// An actor's statements on an issue, combined as in *combine* of two-mode networks.
#[doc(hidden)]
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Combined {
    /// No statement has a score.
    None,
    /// All statements agree.
    Agree,
    /// All statements disagree.
    Disagree,
    /// All statements are neutral.
    Neutral,
    /// The statements are of more than one kind.
    Mixed,
}

/// Combines what an actor said on one issue.
#[doc(hidden)]
pub fn combined(counts: &[Count]) -> Combined {
    let kind = |count: &Count| match count.score {
        score if score > 0.0 => Combined::Agree,
        score if score < 0.0 => Combined::Disagree,
        _ => Combined::Neutral,
    };
    let mut kinds = counts.iter().map(kind);
    let Some(first) = kinds.next() else {
        return Combined::None;
    };
    if kinds.all(|kind| kind == first) {
        first
    } else {
        Combined::Mixed
    }
}
