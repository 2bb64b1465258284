//! One of two columns: a forest in some order, and its arrangement by the order of another column.

use crate::picture::order::sift::{crossed, sifted, swapped};
use crate::picture::order::{Column, places};
use crate::picture::random::Random;

/// The largest set of siblings that is sifted; in larger ones only neighbours are swapped.
const SIFTED: usize = 300;

/// A way to order siblings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Way {
    /// By the mean position of the nodes their lines lead to, then sifted.
    Barycentre,
    /// Sifted from their present order.
    Sift,
}

/// A column in some order.
#[derive(Clone, Debug)]
pub(super) struct Side {
    /// The children of each node, in order; the roots are last.
    under: Vec<Vec<usize>>,
    /// The nodes from top to bottom.
    pub(super) order: Vec<usize>,
    pub(super) lines: Vec<(usize, usize)>,
    /// The other ends of each node's lines.
    ends: Vec<Vec<usize>>,
}

impl Side {
    pub(super) fn new(column: &Column, lines: impl Iterator<Item = (usize, usize)>) -> Side {
        let count = column.parents.len();
        let mut under = vec![Vec::new(); count + 1];
        for (node, parent) in column.parents.iter().enumerate() {
            under[parent.unwrap_or(count)].push(node);
        }
        let lines: Vec<(usize, usize)> = lines.collect();
        let mut ends = vec![Vec::new(); count];
        for &(own, other) in &lines {
            ends[own].push(other);
        }
        let mut side = Side {
            under,
            order: Vec::new(),
            lines,
            ends,
        };
        side.spell_out();
        side
    }

    /// Updates `order` from the forest.
    fn spell_out(&mut self) {
        self.order.clear();
        let root = self.ends.len();
        let mut stack: Vec<usize> = self.under[root].iter().rev().copied().collect();
        while let Some(node) = stack.pop() {
            self.order.push(node);
            stack.extend(self.under[node].iter().rev());
        }
    }

    pub(super) fn shuffle(&mut self, random: &mut Random) {
        for siblings in &mut self.under {
            for nth in (1..siblings.len()).rev() {
                siblings.swap(nth, random.below(nth + 1));
            }
        }
        self.spell_out();
    }

    /// Adopts an order, as far as the forest allows.
    pub(super) fn follow(&mut self, order: &[usize]) {
        let places = places(order);
        for siblings in &mut self.under {
            siblings.sort_by_key(|&node| places[node]);
        }
        self.spell_out();
    }

    /// Returns, for each node, the sorted positions in another column that lines from it and its
    /// descendants lead to.
    fn reached(&self, other: &Side) -> Vec<Vec<u32>> {
        let mut reached: Vec<Vec<u32>> = self
            .ends
            .iter()
            .map(|ends| Vec::with_capacity(ends.len()))
            .collect();
        // Visiting nodes in the order of the other column yields positions in order.
        for (place, &end) in (0..).zip(&other.order) {
            for &own in &other.ends[end] {
                reached[own].push(place);
            }
        }
        // Going backwards, descendants come before their ancestors.
        for &node in self
            .order
            .iter()
            .rev()
            .filter(|&&node| !self.under[node].is_empty())
        {
            let mut all = std::mem::take(&mut reached[node]);
            for &child in &self.under[node] {
                all.extend(&reached[child]);
            }
            all.sort_unstable();
            reached[node] = all;
        }
        reached
    }

    /// Orders every set of siblings by the order of the other column, which has the same lines.
    pub(super) fn arrange(&mut self, other: &Side, way: Way) {
        let own = places(&self.order);
        let scale = other.order.len().max(1) as f64 / own.len().max(1) as f64;
        let reached = self.reached(other);
        let center = |node: usize| match &reached[node][..] {
            [] => own[node] as f64 * scale,
            all => all.iter().map(|&place| f64::from(place)).sum::<f64>() / all.len() as f64,
        };
        let centers: Vec<f64> = if way == Way::Barycentre {
            (0..own.len()).map(center).collect()
        } else {
            Vec::new()
        };
        for siblings in self.under.iter_mut().filter(|siblings| siblings.len() > 1) {
            if way == Way::Barycentre {
                siblings.sort_by(|&a, &b| centers[a].total_cmp(&centers[b]));
            }
            let lists: Vec<&[u32]> = siblings.iter().map(|&node| &reached[node][..]).collect();
            let order = if siblings.len() <= SIFTED {
                sifted(lists.len(), |a, b| {
                    crossed(lists[b], lists[a]) - crossed(lists[a], lists[b])
                })
            } else {
                swapped(&lists)
            };
            *siblings = order.into_iter().map(|nth| siblings[nth]).collect();
        }
        self.spell_out();
    }

    /// Sifts by the lines to the column behind, where the lines to the column in front don't care.
    pub(super) fn arrange_for_both(&mut self, front: &Side, behind: &Side) {
        let (ahead, back) = (self.reached(front), self.reached(behind));
        for siblings in self
            .under
            .iter_mut()
            .filter(|siblings| (2..=SIFTED).contains(&siblings.len()))
        {
            let gained = |lists: &[Vec<u32>], a: usize, b: usize| {
                crossed(&lists[b], &lists[a]) - crossed(&lists[a], &lists[b])
            };
            let both = |a: usize, b: usize| {
                let (a, b) = (siblings[a], siblings[b]);
                gained(&ahead, a, b) * 1_000_000 + gained(&back, a, b)
            };
            let order = sifted(siblings.len(), both);
            *siblings = order.into_iter().map(|nth| siblings[nth]).collect();
        }
        self.spell_out();
    }
}
