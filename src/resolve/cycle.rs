//! Finds cycles among references.

use crate::text::Place;

#[derive(Clone, Copy, PartialEq)]
enum Seen {
    Never,
    OnTheWay(usize),
    Done,
}

/// A record on the path that is being followed.
struct Stop {
    record: usize,
    /// The number of its references that have been followed.
    followed: usize,
    /// The index on the path of the last record, up to this one, that is reached by a reference
    /// already on a cycle; 0 if there is none.
    circled: usize,
}

/// Returns the cycles met when every reference is followed once, depth first; no two share a
/// reference. Each lists its records in order, beginning with the one that comes first in the
/// files. Their total length is at most the number of references.
pub(crate) fn cycles(ways: &[(Place, Vec<usize>)]) -> Vec<Vec<usize>> {
    let stop = |record, circled| Stop {
        record,
        followed: 0,
        circled,
    };
    let mut seen = vec![Seen::Never; ways.len()];
    let mut rings: Vec<Vec<usize>> = Vec::new();
    for start in 0..ways.len() {
        if seen[start] != Seen::Never {
            continue;
        }
        let mut way = vec![stop(start, 0)];
        seen[start] = Seen::OnTheWay(0);
        while let Some(last) = way.last_mut() {
            let Some(&next) = ways[last.record].1.get(last.followed) else {
                seen[last.record] = Seen::Done;
                way.pop();
                continue;
            };
            last.followed += 1;
            let circled = last.circled;
            match seen[next] {
                Seen::OnTheWay(depth) if depth >= circled => {
                    rings.push(way[depth..].iter().map(|stop| stop.record).collect());
                    for (at, stop) in way.iter_mut().enumerate().skip(depth + 1) {
                        stop.circled = at;
                    }
                }
                Seen::Done | Seen::OnTheWay(_) => {}
                Seen::Never => {
                    seen[next] = Seen::OnTheWay(way.len());
                    way.push(stop(next, circled));
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

/// Returns all references that lie on any cycle: those from a record to one that leads back to it.
pub(crate) fn on_circles(ways: &[(Place, Vec<usize>)]) -> Vec<(usize, usize)> {
    let group = groups(ways);
    (0..ways.len())
        .flat_map(|from| ways[from].1.iter().map(move |to| (from, *to)))
        .filter(|(from, to)| group[*from] == group[*to])
        .collect()
}

/// Returns the group number of each record. Two records are in one group if each leads to the
/// other. A group that leads to another has the lower number.
pub(crate) fn groups(ways: &[(Place, Vec<usize>)]) -> Vec<usize> {
    let forth: Vec<Vec<usize>> = ways.iter().map(|(_, to)| to.clone()).collect();
    let mut back: Vec<Vec<usize>> = vec![Vec::new(); ways.len()];
    for (from, (_, to)) in ways.iter().enumerate() {
        for to in to {
            back[*to].push(from);
        }
    }
    // The record finished last on the forward pass, and the ungrouped records that lead to it, can
    // all reach one another (Kosaraju's algorithm).
    let mut left = Vec::new();
    let mut seen = vec![false; ways.len()];
    for start in 0..ways.len() {
        left.extend(reached(&forth, start, &mut seen));
    }
    let mut group = vec![0; ways.len()];
    let mut seen = vec![false; ways.len()];
    for (nth, start) in left.into_iter().rev().enumerate() {
        for record in reached(&back, start, &mut seen) {
            group[record] = nth;
        }
    }
    group
}

/// Returns the records reached from `start` and not seen before, each after those that it leads to.
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

    fn ways(links: &[&[usize]]) -> Vec<(Place, Vec<usize>)> {
        let way = |to: &&[usize]| (Place::default(), to.to_vec());
        links.iter().map(way).collect()
    }

    #[test]
    fn circles_have_no_reference_in_common() {
        // One record on two cycles; then a chain in which each record leads on and back.
        assert_eq!(cycles(&ways(&[&[1, 2], &[0], &[0]])), [[0, 1], [0, 2]]);
        assert_eq!(cycles(&ways(&[&[1], &[0, 2], &[1]])), [[0, 1], [1, 2]]);
        // Three ways back share a reference: one cycle.
        assert_eq!(
            cycles(&ways(&[&[1], &[2, 0], &[3, 0], &[0]])),
            [[0, 1, 2, 3]]
        );
        // The cycle met later is shorter, and shares a reference with the first.
        assert_eq!(cycles(&ways(&[&[1], &[2], &[0, 1]])), [[0, 1, 2]]);
    }

    #[test]
    fn every_link_of_every_circle() {
        // Two cycles that share references, and one reference leading out.
        let found = on_circles(&ways(&[&[1, 3], &[2], &[0], &[1, 4], &[]]));
        assert_eq!(found, [(0, 1), (0, 3), (1, 2), (2, 0), (3, 1)]);
        assert_eq!(on_circles(&ways(&[&[0], &[0], &[1]])), [(0, 0)]);
        // Two cycles, and a reference from one to the other.
        let found = on_circles(&ways(&[&[1], &[0, 2], &[3], &[2]]));
        assert_eq!(found, [(0, 1), (1, 0), (2, 3), (3, 2)]);
    }
}
