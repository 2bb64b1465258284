//! The eigenvalues of a symmetric matrix: Householder reduction to tridiagonal form, then the QL
//! method with implicit shifts (Golub and Van Loan, Matrix Computations, chapter 8). O(n³).

/// Returns the eigenvalues of a matrix, given row by row, in no particular order.
pub(super) fn eigenvalues(mut matrix: Vec<Vec<f64>>) -> Vec<f64> {
    let (mut diagonal, mut beside) = tridiagonal(&mut matrix);
    for low in 0..diagonal.len() {
        // Each eigenvalue takes two or three steps; the limit is never reached.
        for _ in 0..100 {
            let Some(high) = split_off(&diagonal, &beside, low) else {
                break;
            };
            sweep(&mut diagonal, &mut beside, low, high);
        }
    }
    diagonal
}

/// Reduces a matrix to tridiagonal form by reflections. Returns the diagonal and the subdiagonal.
fn tridiagonal(matrix: &mut [Vec<f64>]) -> (Vec<f64>, Vec<f64>) {
    let count = matrix.len();
    for column in 0..count.saturating_sub(2) {
        let below = column + 1;
        let mut mirror: Vec<f64> = (below..count).map(|row| matrix[row][column]).collect();
        let length = mirror.iter().map(|value| value * value).sum::<f64>().sqrt();
        if length == 0.0 {
            continue;
        }
        mirror[0] += length.copysign(mirror[0]);
        let square: f64 = mirror.iter().map(|value| value * value).sum();
        for value in &mut mirror {
            *value /= square.sqrt();
        }
        // A ← A − 2 (v wᵀ + w vᵀ) with w = A v − (vᵀ A v) v, on the part right of and below the
        // column.
        let dot = |row: &[f64]| {
            row[below..]
                .iter()
                .zip(&mirror)
                .map(|(a, v)| a * v)
                .sum::<f64>()
        };
        let images: Vec<f64> = matrix[below..].iter().map(|row| dot(row)).collect();
        let along: f64 = images.iter().zip(&mirror).map(|(image, v)| image * v).sum();
        let images: Vec<f64> = images
            .iter()
            .zip(&mirror)
            .map(|(image, v)| image - along * v)
            .collect();
        for (nth, row) in matrix[below..].iter_mut().enumerate() {
            for (value, (v, image)) in row[below..].iter_mut().zip(mirror.iter().zip(&images)) {
                *value -= 2.0 * (mirror[nth] * image + images[nth] * v);
            }
        }
        let sign = if matrix[below][column] < 0.0 {
            1.0
        } else {
            -1.0
        };
        matrix[below][column] = sign * length;
    }
    let diagonal = (0..count).map(|n| matrix[n][n]).collect();
    let beside = (0..count)
        .map(|n| if n + 1 < count { matrix[n + 1][n] } else { 0.0 })
        .collect();
    (diagonal, beside)
}

/// Returns the last row of the unreduced block that starts at `low`, or `None` if `low` is a block
/// of its own.
fn split_off(diagonal: &[f64], beside: &[f64], low: usize) -> Option<usize> {
    let is_small =
        |n: &usize| beside[*n].abs() <= f64::EPSILON * (diagonal[*n].abs() + diagonal[n + 1].abs());
    let high = (low..diagonal.len() - 1)
        .find(is_small)
        .unwrap_or(diagonal.len() - 1);
    (high > low).then_some(high)
}

/// Performs one QL step with Wilkinson's shift on the rows from `low` to `high`.
fn sweep(diagonal: &mut [f64], beside: &mut [f64], low: usize, high: usize) {
    let half = (diagonal[low + 1] - diagonal[low]) / (2.0 * beside[low]);
    let root = half.hypot(1.0);
    let mut g = diagonal[high] - diagonal[low] + beside[low] / (half + root.copysign(half));
    let (mut sine, mut cosine, mut shift) = (1.0, 1.0, 0.0);
    for n in (low..high).rev() {
        let (f, b) = (sine * beside[n], cosine * beside[n]);
        let length = f.hypot(g);
        beside[n + 1] = length;
        if length == 0.0 {
            diagonal[n + 1] -= shift;
            beside[high] = 0.0;
            return;
        }
        (sine, cosine) = (f / length, g / length);
        g = diagonal[n + 1] - shift;
        let turn = (diagonal[n] - g) * sine + 2.0 * cosine * b;
        shift = sine * turn;
        diagonal[n + 1] = g + shift;
        g = cosine * turn - b;
    }
    diagonal[low] -= shift;
    beside[low] = g;
    beside[high] = 0.0;
}
