//! Orders two columns joined by lines so that few lines cross: barycentres find a neighbourhood
//! (Sugiyama, Tagawa and Toda 1981), and sifting finds the best order within it (Matuszewski,
//! Schönfeld and Molitor 1999). Each column is a forest, which stays together: a node comes before
//! its descendants.

mod side;
mod sift;

use crate::picture::order::side::{Side, Way};
use crate::picture::random::Random;

/// The number of sweeps without gain after which a start is given up.
const PATIENCE: usize = 4;

/// A column, as the parent of each node in its tree.
#[derive(Clone, Debug, Default)]
pub(crate) struct Column {
    pub(crate) parents: Vec<Option<usize>>,
}

/// Orders both columns and returns the nodes of each from top to bottom. Lines go from a node of
/// the first column to one of the second.
pub(crate) fn order(columns: &[Column; 2], lines: &[(usize, usize)]) -> [Vec<usize>; 2] {
    let mut sides = [
        Side::new(&columns[0], lines.iter().copied()),
        Side::new(&columns[1], lines.iter().map(|&(a, b)| (b, a))),
    ];
    let size = lines.len() + columns[0].parents.len() + columns[1].parents.len();
    let starts = (840 / size.max(1)).clamp(2, 14);
    let mut random = Random::new(1);
    let mut best: Option<(u64, [Side; 2])> = None;
    for start in 0..starts {
        let mut tried = sides.clone();
        if start > 0 {
            for side in &mut tried {
                side.shuffle(&mut random);
            }
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

/// Orders a third column, whose lines lead to the first, and reorders the first where that costs no
/// crossings with the second.
pub(crate) fn order_third(
    columns: &[Column; 2],
    orders: &mut [Vec<usize>; 2],
    lines: &[(usize, usize)],
    third: &Column,
    back: &[(usize, usize)],
) -> Vec<usize> {
    let turned = |lines: &[(usize, usize)]| lines.iter().map(|&(a, b)| (b, a)).collect::<Vec<_>>();
    let mut first = Side::new(&columns[0], lines.iter().copied());
    let mut second = Side::new(&columns[1], turned(lines).into_iter());
    first.follow(&orders[0]);
    second.follow(&orders[1]);
    let mut behind = Side::new(third, back.iter().copied());
    let mut back = Side::new(&columns[0], turned(back).into_iter());
    for _ in 0..4 {
        back.follow(&first.order);
        behind.arrange(&back, Way::Barycentre);
        first.arrange_for_both(&second, &behind);
    }
    back.follow(&first.order);
    behind.arrange(&back, Way::Barycentre);
    orders[0] = first.order;
    behind.order
}

/// Orders a column by the rank of its nodes, as far as its trees allow; those of one rank keep the
/// order that they are in.
pub(crate) fn by_rank(column: &Column, order: &[usize], ranks: &[f64]) -> Vec<usize> {
    let mut order = order.to_vec();
    order.sort_by(|&one, &other| ranks[one].total_cmp(&ranks[other]));
    let mut side = Side::new(column, std::iter::empty());
    side.follow(&order);
    side.order
}

/// Orders a column beside another one that is already in order. Lines go from it to that one.
pub(crate) fn beside(
    column: &Column,
    lines: &[(usize, usize)],
    (other, order): (&Column, &[usize]),
) -> Vec<usize> {
    let mut side = Side::new(column, lines.iter().copied());
    let mut other = Side::new(other, lines.iter().map(|&(a, b)| (b, a)));
    other.follow(order);
    side.arrange(&other, Way::Barycentre);
    side.order
}

/// Counts the crossings of straight lines between two columns in these orders. Lines that share an
/// end don't cross.
pub(crate) fn crossings(orders: [&[usize]; 2], lines: &[(usize, usize)]) -> u64 {
    let places = orders.map(places);
    let mut ends: Vec<(usize, usize)> = lines
        .iter()
        .map(|&(a, b)| (places[0][a], places[1][b]))
        .collect();
    ends.sort_unstable();
    // Counts with a Fenwick tree how many of the earlier lines end further down.
    let size = orders[1].len();
    let mut sums = vec![0_u64; size + 1];
    let (mut crossed, mut seen) = (0, 0);
    let mut nth = 0;
    while nth < ends.len() {
        let same = ends[nth..]
            .iter()
            .take_while(|end| end.0 == ends[nth].0)
            .count();
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
    for (place, &node) in order.iter().enumerate() {
        places[node] = place;
    }
    places
}

/// Sweeps back and forth between the columns until nothing is gained, and keeps the best order
/// found. Returns its crossings.
fn sweep(sides: &mut [Side; 2], first: usize) -> u64 {
    let count = |sides: &[Side; 2]| crossings([&sides[0].order, &sides[1].order], &sides[0].lines);
    let mut best = (count(sides), sides.clone());
    let mut idle = 0;
    let most = if sides[0].lines.len() > 20_000 { 6 } else { 40 };
    for round in 0..most {
        // Barycentres come first; once they gain no more, sifting alone, which never makes it
        // worse.
        let way = if idle >= 2 {
            Way::Sift
        } else {
            Way::Barycentre
        };
        for turn in [first, 1 - first] {
            let [one, other] = &mut *sides;
            let (side, other) = if turn == 0 {
                (one, other)
            } else {
                (other, one)
            };
            side.arrange(other, way);
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

#[cfg(test)]
mod tests {
    use super::{Column, crossings, order};

    fn flat(count: usize) -> Column {
        Column {
            parents: vec![None; count],
        }
    }

    #[test]
    fn crossings_are_counted() {
        let lines = [(0, 1), (1, 0), (0, 0), (1, 1)];
        assert_eq!(crossings([&[0, 1], &[0, 1]], &lines), 1);
        assert_eq!(
            crossings([&[0, 1, 2], &[0, 1, 2]], &[(0, 2), (1, 1), (2, 0)]),
            3
        );
    }

    #[test]
    fn what_need_not_cross_does_not() {
        let lines: Vec<(usize, usize)> = (0..20).map(|nth| (nth, (nth * 7) % 20)).collect();
        let columns = [flat(20), flat(20)];
        let [first, second] = order(&columns, &lines);
        assert_eq!(crossings([&first, &second], &lines), 0);
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
