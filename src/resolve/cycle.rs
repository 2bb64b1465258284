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
