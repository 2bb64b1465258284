//! The order of two columns that lines join, so that few lines cross: barycentres find a neighbourhood (Sugiyama, Tagawa and
//! Toda 1981), sifting the best place in it (Matuszewski, Schönfeld and Molitor 1999). What belongs together stays together: each column is a
//! forest, in which a node stands before what is under it.

use crate::picture::random::Random;

/// Sibling sets up to this size are sifted; of larger ones only neighbours change places.
const SIFTED: usize = 300;
/// Sweeps without gain before a start is given up.
const PATIENCE: usize = 4;

/// A column: of each node the one above it in its tree.
#[derive(Clone, Debug, Default)]
pub(crate) struct Column {
    pub(crate) parents: Vec<Option<usize>>,
}

/// Orders both columns. Lines go from a node of the first to one of the second. Gives the nodes of each from top to bottom.
pub(crate) fn order(columns: &[Column; 2], lines: &[(usize, usize)]) -> [Vec<usize>; 2] {
    let mut sides = [Side::new(&columns[0], lines.iter().copied()), Side::new(&columns[1], lines.iter().map(|&(a, b)| (b, a)))];
    let size = lines.len() + columns[0].parents.len() + columns[1].parents.len();
    let starts = (840 / size.max(1)).clamp(2, 14);
    let mut random = Random::new(1);
    let mut best: Option<(u64, [Side; 2])> = None;
    for start in 0..starts {
        let mut tried = sides.clone();
        if start > 0 {
            tried.iter_mut().for_each(|side| side.shuffle(&mut random));
        }
        // Either column may lead.
        let first = start % 2;
        let found = sweep(&mut tried, first);
        if best.as_ref().is_none_or(|(least, _)| found < *least) {
            best = Some((found, tried));
        }
        if best.as_ref().is_some_and(|(least, _)| *least == 0) {
            break;
        }
    }
    if let Some((_, ordered)) = best {
        sides = ordered;
    }
    sides.map(|side| side.order)
}

/// Orders a third column, whose lines lead to the first, and the first once more where the second does not care.
pub(crate) fn order_third(
    columns: &[Column; 2],
    orders: &mut [Vec<usize>; 2],
    lines: &[(usize, usize)],
    third: &Column,
    back: &[(usize, usize)],
) -> Vec<usize> {
    let mut first = Side::new(&columns[0], lines.iter().copied());
    first.follow(&orders[0]);
    let mut behind = Side::new(third, back.iter().copied());
    let reversed: Vec<(usize, usize)> = back.iter().map(|&(own, other)| (other, own)).collect();
    let second = as_numbers(&places(&orders[1]));
    for _ in 0..4 {
        behind.arrange(&as_numbers(&places(&first.order)), Way::Barycentre);
        first.arrange_for_both(&second, &reversed, &as_numbers(&places(&behind.order)));
    }
    behind.arrange(&as_numbers(&places(&first.order)), Way::Barycentre);
    orders[0] = first.order;
    behind.order
}

fn as_numbers(places: &[usize]) -> Vec<f64> {
    places.iter().map(|&place| place as f64).collect()
}

/// How many straight lines cross between two columns in these orders. Lines that share an end do not cross.
pub(crate) fn crossings(orders: &[Vec<usize>; 2], lines: &[(usize, usize)]) -> u64 {
    let places = [places(&orders[0]), places(&orders[1])];
    let mut ends: Vec<(usize, usize)> = lines.iter().map(|&(a, b)| (places[0][a], places[1][b])).collect();
    ends.sort_unstable();
    // Counts, in a tree of sums, how many ends of lines before lie further down.
    let size = orders[1].len();
    let mut sums = vec![0_u64; size + 1];
    let (mut crossed, mut seen) = (0, 0);
    let mut nth = 0;
    while nth < ends.len() {
        let same = ends[nth..].iter().take_while(|end| end.0 == ends[nth].0).count();
        for &(_, end) in &ends[nth..nth + same] {
            let mut up_to = 0;
            let mut at = end + 1;
            while at > 0 {
                up_to += sums[at];
                at &= at - 1;
            }
            crossed += seen - up_to;
        }
        for &(_, end) in &ends[nth..nth + same] {
            let mut at = end + 1;
            while at <= size {
                sums[at] += 1;
                at += at & at.wrapping_neg();
            }
            seen += 1;
        }
        nth += same;
    }
    crossed
}

fn places(order: &[usize]) -> Vec<usize> {
    let mut places = vec![0; order.len()];
    order.iter().enumerate().for_each(|(place, &node)| places[node] = place);
    places
}

/// Sweeps from one column to the other and back until that gains nothing, and leaves the best order found.
fn sweep(sides: &mut [Side; 2], first: usize) -> u64 {
    let count = |sides: &[Side; 2]| crossings(&[sides[0].order.clone(), sides[1].order.clone()], &sides[0].lines);
    let mut best = (count(sides), sides.clone());
    let mut idle = 0;
    let most = if sides[0].lines.len() > 20_000 { 6 } else { 40 };
    for round in 0..most {
        // Barycentres first; once they gain no more, sifting alone, which never loses.
        let way = if idle >= 2 { Way::Sift } else { Way::Barycentre };
        for turn in [first, 1 - first] {
            let places = as_numbers(&places(&sides[1 - turn].order));
            sides[turn].arrange(&places, way);
        }
        let found = count(sides);
        if found < best.0 {
            best = (found, sides.clone());
            idle = 0;
        } else {
            idle += 1;
            if idle == 2 {
                *sides = best.1.clone();
            }
        }
        if best.0 == 0 || idle > PATIENCE || round + 1 == most {
            break;
        }
    }
    *sides = best.1;
    best.0
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Way {
    /// By the mean place of what lines lead to, then sifted.
    Barycentre,
    /// Sifted from where they are.
    Sift,
}

#[derive(Clone, Debug)]
struct Side {
    /// Those under each node, in order; those under none last.
    under: Vec<Vec<usize>>,
    /// The nodes from top to bottom.
    order: Vec<usize>,
    lines: Vec<(usize, usize)>,
    /// Of each node the other ends of its lines.
    ends: Vec<Vec<usize>>,
}

impl Side {
    fn new(column: &Column, lines: impl Iterator<Item = (usize, usize)>) -> Side {
        let count = column.parents.len();
        let mut under = vec![Vec::new(); count + 1];
        for (node, parent) in column.parents.iter().enumerate() {
            under[parent.unwrap_or(count)].push(node);
        }
        let lines: Vec<(usize, usize)> = lines.collect();
        let mut ends = vec![Vec::new(); count];
        lines.iter().for_each(|&(own, other)| ends[own].push(other));
        let mut side = Side { under, order: Vec::new(), lines, ends };
        side.spell_out();
        side
    }

    /// Writes down the order that the forest has.
    fn spell_out(&mut self) {
        self.order.clear();
        let root = self.ends.len();
        let mut stack: Vec<usize> = self.under[root].iter().rev().copied().collect();
        while let Some(node) = stack.pop() {
            self.order.push(node);
            stack.extend(self.under[node].iter().rev());
        }
    }

    fn shuffle(&mut self, random: &mut Random) {
        for siblings in &mut self.under {
            for nth in (1..siblings.len()).rev() {
                siblings.swap(nth, random.below(nth + 1));
            }
        }
        self.spell_out();
    }

    /// Takes over an order, as far as the forest allows.
    fn follow(&mut self, order: &[usize]) {
        let places = places(order);
        self.under.iter_mut().for_each(|siblings| siblings.sort_by_key(|&node| places[node]));
        self.spell_out();
    }

    /// The places that lines from a node and all under it lead to, sorted, of each node.
    fn reached(&self, ends: &[Vec<usize>], places: &[f64]) -> Vec<Vec<f64>> {
        let mut reached: Vec<Vec<f64>> = vec![Vec::new(); ends.len()];
        // From the last to the first: what is under a node comes before it.
        for &node in self.order.iter().rev() {
            let mut all: Vec<f64> = ends[node].iter().map(|&end| places[end]).collect();
            self.under[node].iter().for_each(|&child| all.extend(&reached[child]));
            all.sort_unstable_by(f64::total_cmp);
            reached[node] = all;
        }
        reached
    }

    /// Orders every set of siblings by the places of the other column.
    fn arrange(&mut self, places: &[f64], way: Way) {
        let own = self::places(&self.order);
        let scale = places.len().max(1) as f64 / own.len().max(1) as f64;
        let reached = self.reached(&self.ends, places);
        let center = |node: usize| match &reached[node][..] {
            [] => own[node] as f64 * scale,
            all => all.iter().sum::<f64>() / all.len() as f64,
        };
        for siblings in self.under.iter_mut().filter(|siblings| siblings.len() > 1) {
            if way == Way::Barycentre {
                siblings.sort_by(|&a, &b| center(a).total_cmp(&center(b)));
            }
            let lists: Vec<&[f64]> = siblings.iter().map(|&node| &reached[node][..]).collect();
            let order = if siblings.len() <= SIFTED {
                sifted(lists.len(), |a, b| crossed(lists[b], lists[a]) - crossed(lists[a], lists[b]))
            } else {
                swapped(&lists)
            };
            *siblings = order.into_iter().map(|nth| siblings[nth]).collect();
        }
        self.spell_out();
    }

    /// Sifts by the lines to a column behind where those to the one in front do not mind.
    fn arrange_for_both(&mut self, front: &[f64], back: &[(usize, usize)], behind: &[f64]) {
        let mut ends = vec![Vec::new(); self.ends.len()];
        back.iter().for_each(|&(own, other)| ends[own].push(other));
        let (ahead, back) = (self.reached(&self.ends, front), self.reached(&ends, behind));
        for siblings in self.under.iter_mut().filter(|siblings| (2..=SIFTED).contains(&siblings.len())) {
            let gained = |lists: &[Vec<f64>], a: usize, b: usize| crossed(&lists[b], &lists[a]) - crossed(&lists[a], &lists[b]);
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

/// How many lines of one cross those of another, if the one stands above: pairs in which the upper leads further down.
fn crossed(upper: &[f64], lower: &[f64]) -> i64 {
    let (mut total, mut below) = (0, 0);
    for &place in upper {
        while below < lower.len() && lower[below] < place {
            below += 1;
        }
        total += below as i64;
    }
    total
}

/// Takes each out in turn and puts it where it costs least, until no move gains. `gained` says how much is gained by putting
/// one above another rather than below.
fn sifted(count: usize, gained: impl Fn(usize, usize) -> i64) -> Vec<usize> {
    let mut gain = vec![0_i64; count * count];
    for a in 0..count {
        for b in a + 1..count {
            let gained = gained(a, b);
            gain[a * count + b] = gained;
            gain[b * count + a] = -gained;
        }
    }
    let mut order: Vec<usize> = (0..count).collect();
    for _ in 0..12 {
        let mut moved = false;
        for node in 0..count {
            let Some(from) = order.iter().position(|&other| other == node) else { continue };
            let (mut best, mut to) = (0, from);
            let mut sum = 0;
            for at in (0..from).rev() {
                sum += gain[node * count + order[at]];
                if sum > best {
                    (best, to) = (sum, at);
                }
            }
            sum = 0;
            for (at, &other) in order.iter().enumerate().skip(from + 1) {
                sum -= gain[node * count + other];
                if sum > best {
                    (best, to) = (sum, at);
                }
            }
            if to != from {
                order.remove(from);
                order.insert(to, node);
                moved = true;
            }
        }
        if !moved {
            break;
        }
    }
    order
}

/// Lets neighbours change places, until that gains nothing.
fn swapped(lists: &[&[f64]]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..lists.len()).collect();
    for _ in 0..8 {
        let mut moved = false;
        for at in 1..order.len() {
            let (upper, lower) = (lists[order[at - 1]], lists[order[at]]);
            if crossed(upper, lower) > crossed(lower, upper) {
                order.swap(at - 1, at);
                moved = true;
            }
        }
        if !moved {
            break;
        }
    }
    order
}

#[cfg(test)]
mod tests {
    use super::{Column, crossings, order};

    fn flat(count: usize) -> Column {
        Column { parents: vec![None; count] }
    }

    #[test]
    fn crossings_are_counted() {
        let lines = [(0, 1), (1, 0), (0, 0), (1, 1)];
        assert_eq!(crossings(&[vec![0, 1], vec![0, 1]], &lines), 1);
        assert_eq!(crossings(&[vec![0, 1, 2], vec![0, 1, 2]], &[(0, 2), (1, 1), (2, 0)]), 3);
    }

    #[test]
    fn what_need_not_cross_does_not() {
        let lines: Vec<(usize, usize)> = (0..20).map(|nth| (nth, (nth * 7) % 20)).collect();
        let columns = [flat(20), flat(20)];
        assert_eq!(crossings(&order(&columns, &lines), &lines), 0);
    }

    #[test]
    fn what_belongs_together_stays_together() {
        let parents = vec![None, Some(0), Some(0), None, Some(3)];
        let columns = [Column { parents }, flat(3)];
        let [order, _] = order(&columns, &[(1, 2), (2, 0), (3, 1), (4, 0), (0, 2)]);
        let place = |node: usize| order.iter().position(|&other| other == node).unwrap();
        assert_eq!(place(1).max(place(2)), place(0) + 2);
        assert_eq!(place(4), place(3) + 1);
    }
}
