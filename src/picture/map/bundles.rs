//! What a map does about many lines, and about numbers: lines of the same position run together, and
//! actors stand in the order of their numbers.

use std::collections::{BTreeMap, BTreeSet};

use crate::diagram::Look;
use crate::picture::map::plan::{Number, Plan, Stance};

/// The most lines at one box, and between two columns, that have ends of their own.
const APART: usize = 60;
const APART_IN_ALL: usize = 300;

impl Stance {
    /// Returns how it sorts among the positions on its issue. Two with the same are the same position.
    fn sort(&self) -> (Look, u64) {
        // The bits of numbers that are not negative are in their order.
        let number = self
            .number
            .map_or(0, |number| (number.score + 2.0).max(0.0).to_bits());
        (self.look, number)
    }
}

impl Plan {
    /// Returns which lines to issues share their ends: those with the same number. `None` if they are
    /// so few that each has its own.
    pub(super) fn bundles(&self) -> Option<Vec<usize>> {
        let sorts = self.stances.iter();
        alike(sorts.map(|stance| (stance.issue, stance.sort())))
    }

    /// Returns the same of the lines to meetings.
    pub(super) fn bundled_arms(&self) -> Option<Vec<usize>> {
        alike(self.arms.iter().map(|arm| (arm.meeting, arm.look)))
    }

    /// Labels the first line of each bundle with the number of its lines.
    pub(super) fn count_bundles(&mut self) {
        let Some(bundles) = self.bundles() else {
            return;
        };
        let mut all: BTreeMap<(usize, usize), Vec<usize>> = BTreeMap::new();
        for (nth, (stance, bundle)) in self.stances.iter().zip(bundles).enumerate() {
            all.entry((stance.issue, bundle)).or_default().push(nth);
        }
        for lines in all.values() {
            for &nth in lines {
                self.stances[nth].label = Vec::new();
            }
            let first = &mut self.stances[lines[0]];
            if self.issues.cells[first.issue].is_named() {
                first.label = match (lines.len(), first.number) {
                    (count, Some(Number { position, .. })) => {
                        vec![format!("{count} {}", position.word())]
                    }
                    (1, None) => Vec::new(),
                    (count, None) => vec![count.to_string()],
                };
            }
        }
    }

    /// Returns the mean of each actor's numbers. Those without follow: first who takes some other
    /// position, then the indifferent, then those whose position is unknown. `None` if most positions are no
    /// numbers.
    pub(super) fn by_number(&self) -> Option<Vec<f64>> {
        let known = self
            .stances
            .iter()
            .filter(|stance| stance.look != Look::Unknown);
        let numbers = known.clone().filter_map(|stance| stance.number).count();
        if numbers * 2 <= known.count() {
            return None;
        }
        let mut own = vec![Vec::new(); self.actors.cells.len()];
        for stance in &self.stances {
            own[stance.actor].push(stance);
        }
        let rank = |own: &Vec<&Stance>| {
            let scores: Vec<f64> = own
                .iter()
                .filter_map(|stance| Some(stance.number?.score))
                .collect();
            let mean = scores.iter().sum::<f64>() / scores.len() as f64;
            let other = own.iter().map(|stance| match stance.look {
                Look::Unknown => 4.0,
                Look::Neutral => 3.0,
                _ => 2.0,
            });
            match scores.is_empty() {
                true => other.fold(5.0, f64::min),
                false => mean,
            }
        };
        Some(own.iter().map(rank).collect())
    }
}

/// Numbers what is alike among lines, each given with the box where it ends, in order. `None` if
/// there are so few at each box that they can be followed.
fn alike<T: Ord + Copy>(
    all: impl ExactSizeIterator<Item = (usize, T)> + Clone,
) -> Option<Vec<usize>> {
    let mut at: BTreeMap<usize, usize> = BTreeMap::new();
    for (node, _) in all.clone() {
        *at.entry(node).or_default() += 1;
    }
    if all.len() <= APART_IN_ALL && at.values().all(|count| *count <= APART) {
        return None;
    }
    let kinds: BTreeSet<T> = all.clone().map(|(_, kind)| kind).collect();
    let numbers: BTreeMap<T, usize> = kinds.into_iter().zip(0..).collect();
    Some(all.map(|(_, kind)| numbers[&kind]).collect())
}
