//! Packs the parts of a picture side by side, in rows from the tallest to the lowest.

use crate::picture::scene::Point;

/// The target ratio of width to height.
const WIDE: f64 = 1.5;

/// Returns the upper left corner of each part, and the size of the whole.
pub(super) fn pack(sizes: &[(f64, f64)], gap: f64) -> (Vec<Point>, (f64, f64)) {
    let area: f64 = sizes
        .iter()
        .map(|(width, height)| (width + gap) * (height + gap))
        .sum();
    let widest = sizes.iter().map(|size| size.0).fold(0.0, f64::max);
    let most = (area * WIDE).sqrt().max(widest);
    let mut order: Vec<usize> = (0..sizes.len()).collect();
    order.sort_by(|&a, &b| sizes[b].1.total_cmp(&sizes[a].1));
    let mut corners = vec![Point::default(); sizes.len()];
    let (mut x, mut y, mut row, mut width) = (0.0, 0.0, 0.0_f64, 0.0_f64);
    for nth in order {
        let size = sizes[nth];
        if x > 0.0 && x + size.0 > most {
            y += row + gap;
            (x, row) = (0.0, 0.0);
        }
        corners[nth] = Point::new(x, y);
        x += size.0 + gap;
        row = row.max(size.1);
        width = width.max(x - gap);
    }
    (corners, (width, y + row))
}
