//! Agreement of every two actors (discourse network analysis; Leifeld 2017, "Discourse Network Analysis: Policy Debates as
//! Dynamic Networks"), by how often each said what on which issue.
//!
//! With x_ijk the number of statements of actor i on issue j at the level k of K:
//! - congruence(i, i') = Σ_j Σ_k Σ_k' x_ijk · x_i'jk' · (1 − |k − k'| / (K − 1));
//! - conflict(i, i') = the same with |k − k'| / (K − 1);
//! - subtract = congruence − conflict; ignore = congruence + conflict.
//!
//! Levels enter as scores from −1 to 1, evenly apart, so |k − k'| / (K − 1) is half the distance of two scores.

use crate::measure::spread::spread;
pub use crate::measure::tally::{Change, Count, Tally, Voice};

/// What is measured of two actors.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Measure {
    /// How much they say the same.
    Congruence,
    /// How much they say the opposite.
    Conflict,
    /// Congruence less conflict.
    #[default]
    Subtract,
    /// Congruence and conflict: how much they speak to the same issues.
    Ignore,
    /// Of the issues that both speak to, the share on which they score the same. Meant for a tally of one count per actor
    /// and issue.
    Identical,
    /// Issues on which both are on the same side less issues on which they are on opposite ones: Σ_j s_ij · s_i'j, where
    /// scores are −1, 0 and 1.
    Net,
}

/// What the measure is divided by; a_i is the number of statements of i.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Normalise {
    /// Nothing.
    #[default]
    None,
    /// Average activity: (a_i + a_i') / 2.
    Average,
    /// Σ x_ijk \[x_i'jk = 0\] + Σ x_i'jk \[x_ijk = 0\] + Σ x_ijk · x_i'jk.
    Jaccard,
    /// a_i · a_i'. Some call that a cosine; it is none.
    Product,
}

/// A measure of every two actors.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Pairs {
    /// Of each actor the cells with those before it.
    rows: Vec<Cells>,
}

#[derive(Clone, Debug, Default, PartialEq)]
struct Cells {
    values: Box<[f64]>,
    /// How many issues both speak to.
    shared: Box<[u32]>,
}

impl Pairs {
    /// How many actors.
    pub fn actors(&self) -> usize {
        self.rows.len()
    }

    /// The measure of two actors, in any order: 0 where they share no issue, and of an actor with itself.
    pub fn value(&self, a: usize, b: usize) -> f64 {
        self.rows[a.max(b)].values.get(a.min(b)).copied().unwrap_or(0.0)
    }

    /// How many issues two different actors both speak to.
    pub fn shared(&self, a: usize, b: usize) -> u32 {
        self.rows[a.max(b)].shared.get(a.min(b)).copied().unwrap_or(0)
    }

    /// Every two actors that share an issue: the lesser, the greater, the measure, the number of issues.
    pub fn iter(&self) -> impl Iterator<Item = (usize, usize, f64, u32)> {
        let row = |(b, cells): (usize, &'_ Cells)| {
            let all = cells.values.iter().zip(&cells.shared).enumerate();
            let all = all.map(move |(a, (value, shared))| (a, b, *value, *shared));
            all.filter(|(.., shared)| *shared > 0).collect::<Vec<_>>()
        };
        self.rows.iter().enumerate().flat_map(row)
    }
}

/// Measures every two actors. Takes memory and, at worst, time with the square of the number of actors.
pub fn pairs(tally: &Tally, measure: Measure, normalise: Normalise) -> Pairs {
    let actors = tally.actors();
    let rows = spread(
        actors,
        actors,
        || Row::new(actors),
        |row, actor| {
            row.fill(tally, actor, actor, measure, normalise);
            Cells { values: row.values[..actor].into(), shared: row.shared[..actor].into() }
        },
    );
    Pairs { rows }
}

/// What so many pairs of statements with these scores add to a measure.
#[inline(always)]
pub(crate) fn part(measure: Measure, a: f64, b: f64, pairs: f64) -> f64 {
    let apart = (a - b).abs();
    match measure {
        Measure::Congruence => pairs * (1.0 - apart / 2.0),
        Measure::Conflict => pairs * (apart / 2.0),
        Measure::Subtract => pairs * (1.0 - apart),
        Measure::Ignore => pairs,
        Measure::Identical => f64::from(u8::from(apart == 0.0)),
        Measure::Net => pairs * a * b,
    }
}

/// The measures of one actor with others.
pub(crate) struct Row {
    pub(crate) values: Vec<f64>,
    pub(crate) shared: Vec<u32>,
    /// For Jaccard: Σ x_ijk · x_i'jk less both x_ijk and x_i'jk where both are there.
    overlap: Vec<f64>,
}

impl Row {
    pub(crate) fn new(actors: usize) -> Row {
        Row { values: vec![0.0; actors], shared: vec![0; actors], overlap: vec![0.0; actors] }
    }

    /// Measures one actor with all before `end`, itself left out.
    pub(crate) fn fill(&mut self, tally: &Tally, actor: usize, end: usize, measure: Measure, normalise: Normalise) {
        // A loop for each, so that none asks which it is.
        match measure {
            Measure::Congruence => self.sum(tally, actor, end, |a, b, n| part(Measure::Congruence, a, b, n)),
            Measure::Conflict => self.sum(tally, actor, end, |a, b, n| part(Measure::Conflict, a, b, n)),
            Measure::Subtract => self.sum(tally, actor, end, |a, b, n| part(Measure::Subtract, a, b, n)),
            Measure::Ignore => self.sum(tally, actor, end, |a, b, n| part(Measure::Ignore, a, b, n)),
            Measure::Identical => self.sum(tally, actor, end, |a, b, n| part(Measure::Identical, a, b, n)),
            Measure::Net => self.sum(tally, actor, end, |a, b, n| part(Measure::Net, a, b, n)),
        }
        if measure == Measure::Identical {
            let shared = self.values.iter_mut().zip(&self.shared).take(end);
            shared.filter(|(_, shared)| **shared > 0).for_each(|(value, shared)| *value /= f64::from(*shared));
        }
        self.normalise(tally, actor, end, normalise);
    }

    fn sum(&mut self, tally: &Tally, actor: usize, end: usize, part: impl Fn(f64, f64, f64) -> f64) {
        self.values[..end].fill(0.0);
        self.shared[..end].fill(0);
        let mut before = None;
        for count in tally.of(actor) {
            let first = before.replace(count.issue) != Some(count.issue);
            let own = f64::from(count.count);
            for voice in tally.on(count.issue as usize) {
                let other = voice.actor as usize;
                if other >= end {
                    break;
                }
                self.values[other] += part(count.score, voice.score, own * f64::from(voice.count));
                self.shared[other] += u32::from(first & voice.first);
            }
        }
        if actor < end {
            (self.values[actor], self.shared[actor]) = (0.0, 0);
        }
    }

    fn normalise(&mut self, tally: &Tally, actor: usize, end: usize, normalise: Normalise) {
        if normalise == Normalise::None {
            return;
        }
        if normalise == Normalise::Jaccard {
            self.overlap(tally, actor, end);
        }
        let own = tally.activity(actor);
        for other in (0..end).filter(|other| self.shared[*other] > 0) {
            let others = tally.activity(other);
            self.values[other] /= match normalise {
                Normalise::None => 1.0,
                Normalise::Average => (own + others) / 2.0,
                Normalise::Jaccard => own + others + self.overlap[other],
                Normalise::Product => own * others,
            };
        }
    }

    fn overlap(&mut self, tally: &Tally, actor: usize, end: usize) {
        self.overlap[..end].fill(0.0);
        for count in tally.of(actor) {
            let own = f64::from(count.count);
            for voice in tally.on(count.issue as usize).iter().take_while(|voice| (voice.actor as usize) < end) {
                if voice.score == count.score {
                    let other = f64::from(voice.count);
                    self.overlap[voice.actor as usize] += own * other - own - other;
                }
            }
        }
    }
}

/// How an actor stands on an issue by all it said: the *combine* of two-mode networks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Combined {
    /// It said nothing that has a score.
    None,
    /// All it said agrees.
    Agree,
    /// All it said disagrees.
    Disagree,
    /// All it said is neutral.
    Neutral,
    /// It said things of more than one kind.
    Mixed,
}

/// What an actor said on one issue, combined.
pub fn combined(counts: &[Count]) -> Combined {
    let kind = |count: &Count| match count.score {
        score if score > 0.0 => Combined::Agree,
        score if score < 0.0 => Combined::Disagree,
        _ => Combined::Neutral,
    };
    let mut kinds = counts.iter().map(kind);
    let Some(first) = kinds.next() else { return Combined::None };
    if kinds.all(|kind| kind == first) { first } else { Combined::Mixed }
}
