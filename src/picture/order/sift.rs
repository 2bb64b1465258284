//! Finds the best order of a set of nodes, given the positions their lines lead to.

/// Counts the crossings of two nodes' lines if the first stands above: the pairs in which the upper
/// line leads further down.
pub(super) fn crossed(upper: &[u32], lower: &[u32]) -> i64 {
    let (mut total, mut below) = (0, 0);
    for &place in upper {
        while below < lower.len() && lower[below] < place {
            below += 1;
        }
        total += below as i64;
    }
    total
}

/// Takes each node out in turn and puts it where it costs least, until no move gains anything.
/// `gained` returns the gain of putting one node above another rather than below.
pub(super) fn sifted(count: usize, gained: impl Fn(usize, usize) -> i64) -> Vec<usize> {
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
            let Some(from) = order.iter().position(|&other| other == node) else {
                continue;
            };
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

/// Swaps neighbours until that gains nothing.
pub(super) fn swapped(lists: &[&[u32]]) -> Vec<usize> {
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
