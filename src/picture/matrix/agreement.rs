//! Actors by actors: how far every two agree on the issues on which the positions of both are
//! known. Other issues have no influence; a cell without a mark means that the two share none.

use std::collections::BTreeMap;

use crate::graph::{ActorId, IssueId, Side, Verdict};
use crate::measure::agreement::{self, Half, Measure, Normalise, Tally};
use crate::model::Position;
use crate::picture::Refusal;
use crate::picture::matrix::order;
use crate::picture::scope::Scope;
use crate::words::{counted, verdict_word};

/// The agreement of every two actors.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Agreement {
    /// The rows and columns, in display order.
    pub actors: Vec<ActorId>,
    /// The cells, row by row; `None` for an actor with itself and for two that share no issue.
    pub cells: Vec<Vec<Option<Pair>>>,
    /// The numbers of positions that are on no side and therefore not counted: mixed ones,
    /// contested ones, and numbers on a scale.
    pub sideless: [usize; 3],
}

impl Agreement {
    /// Returns the agreement if it has a cell.
    ///
    /// # Errors
    ///
    /// Returns a refusal if no two actors are known to take a side on the same issue.
    pub fn or_refuse(self) -> Result<Agreement, Refusal> {
        if self.actors.is_empty() {
            return Err(Refusal::NoPair);
        }
        Ok(self)
    }

    /// Says in a sentence what isn't counted, or `None` if everything is.
    pub fn note(&self) -> Option<String> {
        let counts = self.sideless.into_iter().zip([
            concat!(verdict_word!(mixed), " position"),
            concat!(verdict_word!(contested), " position"),
            "number",
        ]);
        let counts: Vec<String> = counts
            .filter(|(many, _)| *many > 0)
            .map(|(many, what)| counted(many, what))
            .collect();
        (!counts.is_empty())
            .then(|| format!("Not counted, being on no side: {}.", counts.join("; ")))
    }
}

/// The agreement of two actors.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Pair {
    /// The number of issues on which both are on the same side, minus those on which they are on
    /// opposite sides.
    pub net: i32,
    /// The number of issues on which both are known to take a side.
    pub shared: u32,
}

impl Pair {
    /// Returns the agreement in its shortest form: `+3/4`.
    pub fn symbol(self) -> String {
        let sign = if self.net > 0 { "+" } else { "" };
        format!("{sign}{}/{}", self.net, self.shared)
    }

    /// Returns the agreement in words.
    pub fn words(self) -> String {
        let same = self.net.unsigned_abs();
        let issues = crate::words::counted(self.shared as usize, "issue");
        let how = match self.net {
            0 => EVEN.to_owned(),
            net if net > 0 => format!("{same} more on the same side than on opposite sides"),
            _ => format!("{same} more on opposite sides than on the same side"),
        };
        format!("of {issues} on which both are known, {how}")
    }

    /// Returns the net agreement as a share of the issues, from −1 (opposite on all) to 1 (the same
    /// on all).
    pub fn share(self) -> f64 {
        f64::from(self.net) / f64::from(self.shared)
    }
}

/// The words for a net agreement of 0.
pub(super) const EVEN: &str = "as many on the same side as on opposite sides";

/// The meaning of `+3/4`.
pub(super) const MEANING: &str =
    "of 4 issues on which both are known, 3 more on the same side than on opposite sides";

/// Measures the agreement of every two actors of a scope by the sides of their positions: 1 for, −1
/// against, 0 neutral. Mixed and contested positions are on no side, and neither are numbers on a
/// scale.
pub fn agreement(scope: &Scope) -> Agreement {
    let mut actors = scope.actors.clone();
    actors.sort_unstable();
    let issues: BTreeMap<IssueId, u32> = scope.issues.iter().copied().zip(0..).collect();
    let said = scope.lines().filter_map(|line| {
        let Verdict::Stands(position) = line.standing.verdict else {
            return None;
        };
        let actor = actors.binary_search(&line.actor).ok()?;
        let side = match Side::of(position) {
            Side::Supports => 1.0,
            Side::Neutral => 0.0,
            Side::Opposes => -1.0,
            Side::Mixed | Side::Number => return None,
        };
        Some((actor as u32, *issues.get(&line.issue)?, side))
    });
    let tally = Tally::new(actors.len(), issues.len(), said.collect());
    let pairs = agreement::pairs(tally, Measure::Net, Normalise::None);
    let rows = pairs.fold(Half::Both, Vec::new, |rows, _, pairs| {
        rows.push(pairs.to_vec())
    });
    let pairs: Vec<Vec<agreement::Pair>> = rows.into_iter().flatten().collect();
    // Actors who share no issue with anybody are left out.
    let known: Vec<usize> = (0..actors.len())
        .filter(|a| pairs[*a].iter().any(|pair| pair.shared > 0.0))
        .collect();
    let mut order: Vec<usize> =
        order::seriate(known.len(), |a, b| apart(&pairs, known[a], known[b]))
            .into_iter()
            .map(|nth| known[nth])
            .collect();
    // The end with more shared issues comes first, whichever way the order was found.
    let weight = |half: &[usize]| {
        half.iter()
            .flat_map(|a| known.iter().map(|b| pairs[*a][*b].shared as u32))
            .sum::<u32>()
    };
    let half = order.len() / 2;
    if weight(&order[..half]) < weight(&order[order.len() - half..]) {
        order.reverse();
    }
    let cell = |a: usize, b: usize| {
        let pair = pairs[a][b];
        (pair.shared > 0.0).then(|| Pair {
            net: pair.value.round() as i32,
            shared: pair.shared as u32,
        })
    };
    let cells = order
        .iter()
        .map(|a| order.iter().map(|b| cell(*a, *b)).collect())
        .collect();
    let count = |wanted: fn(Verdict) -> bool| {
        scope
            .lines()
            .filter(|line| wanted(line.standing.verdict))
            .count()
    };
    let sideless = [
        count(|verdict| verdict == Verdict::Stands(Position::Mixed)),
        count(|verdict| verdict == Verdict::Contested),
        count(|verdict| matches!(verdict, Verdict::Stands(Position::At(_)))),
    ];
    Agreement {
        actors: order.into_iter().map(|nth| actors[nth]).collect(),
        cells,
        sideless,
    }
}

/// Returns the distance of two actors, from 0 to 2, by the share of issues on which they agree or
/// disagree.
fn apart(pairs: &[Vec<agreement::Pair>], a: usize, b: usize) -> f64 {
    match pairs[a][b] {
        _ if a == b => 0.0,
        pair if pair.shared == 0.0 => 1.0,
        pair => 1.0 - pair.value / f64::from(pair.shared),
    }
}
