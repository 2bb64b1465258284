//! Boxes that no line joins to others: in columns, in order, each camp beginning a row.

use crate::picture::scene::Point;

/// The target ratio of width to height.
const WIDE: f64 = 1.5;

/// Returns the upper left corner of each box, and the size of the whole, which is at least as wide
/// as this if it has the boxes for it. Boxes without a camp come last.
pub(super) fn columns(
    boxes: &[((f64, f64), Option<u32>)],
    least: f64,
    gap: f64,
) -> (Vec<Point>, (f64, f64)) {
    let most = |of: fn(&(f64, f64)) -> f64| {
        boxes.iter().map(|(size, _)| of(size)).fold(0.0, f64::max) + gap
    };
    let (across, down) = (most(|size| size.0), most(|size| size.1));
    let area = across * down * boxes.len() as f64;
    let fit = ((area * WIDE).sqrt().max(least) + gap) / across;
    let count = (fit.floor() as usize).max(1);
    let camp = |nth: usize| boxes[nth].1.unwrap_or(u32::MAX);
    let mut order: Vec<usize> = (0..boxes.len()).collect();
    order.sort_by_key(|&nth| camp(nth));
    let mut corners = vec![Point::default(); boxes.len()];
    let (mut row, mut column, mut widest) = (0, 0, 0);
    for (at, &nth) in order.iter().enumerate() {
        let begins = at > 0 && camp(order[at - 1]) != camp(nth);
        if column == count || begins {
            (row, column) = (row + 1, 0);
        }
        // In the middle of its row, so that a line of low boxes stands beside a tall one.
        let lower = (down - gap - boxes[nth].0.1) / 2.0;
        corners[nth] = Point::new(
            f64::from(column as u32) * across,
            f64::from(row) * down + lower,
        );
        column += 1;
        widest = widest.max(column);
    }
    let size = (
        widest as f64 * across - gap,
        f64::from(row + 1) * down - gap,
    );
    (corners, size)
}

#[cfg(test)]
mod tests {
    use super::columns;

    #[test]
    fn camps_begin_rows_and_keep_their_order() {
        let camps = [Some(2), Some(1), None, Some(1), Some(2)];
        let boxes = camps.map(|camp| ((30.0, 10.0), camp));
        let (corners, (width, height)) = columns(&boxes, 0.0, 10.0);
        let at = |nth: usize| (corners[nth].x as i32, corners[nth].y as i32);
        assert_eq!([1, 3].map(at), [(0, 0), (40, 0)]);
        assert_eq!([0, 4].map(at), [(0, 20), (40, 20)]);
        assert_eq!((at(2), width as i32, height as i32), ((0, 40), 70, 50));
    }
}
