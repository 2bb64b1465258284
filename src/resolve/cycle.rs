//! Circles among references.

use crate::text::Place;

#[derive(Clone, Copy, PartialEq)]
enum Seen {
    Never,
    OnTheWay(usize),
    Done,
}

/// The circles met when every reference is followed once, depth first: each as the records on it in their order, the one
/// that comes first in the files first.
pub(crate) fn cycles(ways: &[(Place, Vec<usize>)]) -> Vec<Vec<usize>> {
    let mut seen = vec![Seen::Never; ways.len()];
    let mut rings: Vec<Vec<usize>> = Vec::new();
    for start in 0..ways.len() {
        if seen[start] != Seen::Never {
            continue;
        }
        // The way here: records, and how many of their references are followed already.
        let mut way: Vec<(usize, usize)> = vec![(start, 0)];
        seen[start] = Seen::OnTheWay(0);
        while let Some((record, followed)) = way.last_mut() {
            let Some(&next) = ways[*record].1.get(*followed) else {
                seen[*record] = Seen::Done;
                way.pop();
                continue;
            };
            *followed += 1;
            match seen[next] {
                Seen::Done => {}
                Seen::OnTheWay(depth) => {
                    rings.push(way[depth..].iter().map(|(record, _)| *record).collect())
                }
                Seen::Never => {
                    seen[next] = Seen::OnTheWay(way.len());
                    way.push((next, 0));
                }
            }
        }
    }
    for ring in &mut rings {
        let first = (0..ring.len())
            .min_by_key(|&at| ways[ring[at]].0)
            .unwrap_or(0);
        ring.rotate_left(first);
    }
    rings
}

/// The references that lie on a circle, whichever: from a record to one that leads back to it.
pub(crate) fn on_circles(ways: &[(Place, Vec<usize>)]) -> Vec<(usize, usize)> {
    let links = |from: usize| ways[from].1.iter().map(move |to| (from, *to));
    let forth: Vec<Vec<usize>> = ways.iter().map(|(_, to)| to.clone()).collect();
    let mut back: Vec<Vec<usize>> = vec![Vec::new(); ways.len()];
    for (from, to) in (0..ways.len()).flat_map(links) {
        back[to].push(from);
    }
    // What is left last on the way forth, and whatever leads there, can be reached from one another.
    let mut left = Vec::new();
    let mut seen = vec![false; ways.len()];
    for start in 0..ways.len() {
        left.extend(reached(&forth, start, &mut seen));
    }
    let mut circle = vec![0; ways.len()];
    let mut seen = vec![false; ways.len()];
    for (nth, start) in left.into_iter().rev().enumerate() {
        for record in reached(&back, start, &mut seen) {
            circle[record] = nth;
        }
    }
    (0..ways.len())
        .flat_map(links)
        .filter(|(from, to)| circle[*from] == circle[*to])
        .collect()
}

/// The records that are reached from one and not seen before, each behind those that it leads to.
fn reached(ways: &[Vec<usize>], start: usize, seen: &mut [bool]) -> Vec<usize> {
    let mut left = Vec::new();
    let mut way = vec![(start, 0)];
    if std::mem::replace(&mut seen[start], true) {
        return left;
    }
    while let Some((record, followed)) = way.last_mut() {
        let Some(&next) = ways[*record].get(*followed) else {
            left.push(*record);
            way.pop();
            continue;
        };
        *followed += 1;
        if !std::mem::replace(&mut seen[next], true) {
            way.push((next, 0));
        }
    }
    left
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_link_of_every_circle() {
        let ways = |links: &[&[usize]]| -> Vec<(Place, Vec<usize>)> {
            links
                .iter()
                .map(|to| (Place::default(), to.to_vec()))
                .collect()
        };
        // Two ways around, and one out.
        let found = on_circles(&ways(&[&[1, 3], &[2], &[0], &[1, 4], &[]]));
        assert_eq!(found, [(0, 1), (0, 3), (1, 2), (2, 0), (3, 1)]);
        assert_eq!(on_circles(&ways(&[&[0], &[0], &[1]])), [(0, 0)]);
        // Two circles, and a way from one to the other.
        let found = on_circles(&ways(&[&[1], &[0, 2], &[3], &[2]]));
        assert_eq!(found, [(0, 1), (1, 0), (2, 3), (3, 2)]);
    }
}
