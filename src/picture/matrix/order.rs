//! Seriation: an order in which neighbours are alike, so that blocks show. It is a short path
//! through all items, found by cheapest insertion and 2-opt as for the travelling salesman (S.
//! Climer and W. Zhang, "Rearrangement clustering", JMLR 7, 2006).

/// The maximum number of rounds of improvement; few are ever needed.
const ROUNDS: usize = 50;

/// Returns an order of 0 to `count` − 1 with short distances between neighbours; deterministic.
pub(super) fn seriate(count: usize, distance: impl Fn(usize, usize) -> f64) -> Vec<usize> {
    let table: Vec<f64> = (0..count * count)
        .map(|at| distance(at / count, at % count))
        .collect();
    let far = |a: usize, b: usize| table[a * count + b];
    let mut path = inserted(count, &far);
    for _ in 0..ROUNDS {
        if !shorten(&mut path, &far) {
            break;
        }
    }
    path
}

/// Starts with the two items that are furthest apart, then inserts each of the others where it
/// costs least.
fn inserted(count: usize, far: &impl Fn(usize, usize) -> f64) -> Vec<usize> {
    let mut furthest = (0, 1.min(count.saturating_sub(1)));
    for a in 0..count {
        for b in a + 1..count {
            if far(a, b) > far(furthest.0, furthest.1) {
                furthest = (a, b);
            }
        }
    }
    let mut path: Vec<usize> = if count < 2 {
        (0..count).collect()
    } else {
        vec![furthest.0, furthest.1]
    };
    let mut left: Vec<usize> = (0..count).filter(|item| !path.contains(item)).collect();
    while !left.is_empty() {
        // The item furthest from all that are placed goes next, because it shapes the path.
        let nearest = |item: usize| {
            path.iter()
                .map(|placed| far(item, *placed))
                .fold(f64::INFINITY, f64::min)
        };
        let mut next = 0;
        let mut lonely = nearest(left[0]);
        for (at, item) in left.iter().enumerate().skip(1) {
            let near = nearest(*item);
            if near > lonely {
                (next, lonely) = (at, near);
            }
        }
        let item = left.remove(next);
        let cost = |at: usize| match at {
            0 => far(item, path[0]),
            at if at == path.len() => far(item, path[at - 1]),
            at => far(path[at - 1], item) + far(item, path[at]) - far(path[at - 1], path[at]),
        };
        let best = (0..=path.len())
            .min_by(|a, b| cost(*a).total_cmp(&cost(*b)))
            .unwrap_or(0);
        path.insert(best, item);
    }
    path
}

/// Reverses stretches of the path where that makes it shorter; returns whether any were.
fn shorten(path: &mut [usize], far: &impl Fn(usize, usize) -> f64) -> bool {
    let mut shorter = false;
    for start in 0..path.len() {
        for end in start + 1..path.len() {
            let step =
                |a: Option<&usize>, b: Option<&usize>| a.zip(b).map_or(0.0, |(a, b)| far(*a, *b));
            let (before, after) = (
                start.checked_sub(1).and_then(|at| path.get(at)),
                path.get(end + 1),
            );
            let now = step(before, path.get(start)) + step(path.get(end), after);
            let turned = step(before, path.get(end)) + step(path.get(start), after);
            if turned + 1e-9 < now {
                path[start..=end].reverse();
                shorter = true;
            }
        }
    }
    shorter
}

#[cfg(test)]
mod tests {
    use super::seriate;

    #[test]
    fn neighbours_on_a_line_become_neighbours() {
        let places = [3.0, 9.0, 1.0, 4.0, 8.0, 2.0];
        let order = seriate(6, |a, b| f64::abs(places[a] - places[b]));
        let mut along: Vec<f64> = order.iter().map(|item| places[*item]).collect();
        if along[0] > along[5] {
            along.reverse();
        }
        assert_eq!(along, [1.0, 2.0, 3.0, 4.0, 8.0, 9.0]);
        assert!(seriate(0, |_, _| 0.0).is_empty());
        assert_eq!(seriate(1, |_, _| 0.0), [0]);
    }
}
