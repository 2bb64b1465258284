//! Measures of division: van der Eijk's agreement of a distribution, the polarisation of a signed
//! network, the E–I index.

/// Returns the agreement A of a distribution over ordered categories (van der Eijk 2001, "Measuring
/// Agreement in Ordered Rating Scales"): 1 if all cases are in one category, 0 if they are spread
/// evenly, −1 if half is at each end. Returns `None` without cases or with fewer than two
/// categories.
///
/// The distribution is peeled into layers, each as high as its lowest category; A is the mean over
/// the layers, weighted by the cases in each. A layer in which S of K categories are not empty has
/// A = U · (1 − (S − 1)/(K − 1)), where U = ((K − 2)·TU − (K − 1)·TDU) / ((K − 2)·(TU + TDU)), TU
/// is the number of triples 110 and 011, and TDU that of 101.
pub fn agreement(cases: &[f64]) -> Option<f64> {
    let total: f64 = cases.iter().sum();
    if cases.len() < 2
        || total.is_nan()
        || total <= 0.0
        || cases.iter().any(|n| *n < 0.0 || n.is_infinite())
    {
        return None;
    }
    let mut left = cases.to_vec();
    let mut sum = 0.0;
    while let Some(lowest) = left
        .iter()
        .copied()
        .filter(|n| *n > 0.0)
        .min_by(f64::total_cmp)
    {
        let layer: Vec<bool> = left.iter().map(|n| *n > 0.0).collect();
        let filled = layer.iter().filter(|filled| **filled).count();
        sum += layer_agreement(&layer, filled) * lowest * filled as f64;
        // Clear every category as high as the lowest, whatever rounding leaves of it.
        for n in &mut left {
            *n = if *n > lowest { *n - lowest } else { 0.0 };
        }
    }
    Some(sum / total)
}

fn layer_agreement(layer: &[bool], filled: usize) -> f64 {
    let categories = layer.len();
    if filled == 1 {
        return 1.0;
    }
    if filled == categories {
        return 0.0;
    }
    let (mut unimodal, mut bimodal) = (0.0, 0.0);
    for i in 0..categories {
        for j in i + 1..categories {
            for k in j + 1..categories {
                match (layer[i], layer[j], layer[k]) {
                    (true, true, false) | (false, true, true) => unimodal += 1.0,
                    (true, false, true) => bimodal += 1.0,
                    _ => {}
                }
            }
        }
    }
    let (k, s) = (categories as f64, filled as f64);
    let u = ((k - 2.0) * unimodal - (k - 1.0) * bimodal) / ((k - 2.0) * (unimodal + bimodal));
    u * (1.0 - (s - 1.0) / (k - 1.0))
}

/// Returns the polarisation of one issue: (1 − A) / 2, from 0 if all agree to 1 if half is at each
/// end.
pub fn polarisation(cases: &[f64]) -> Option<f64> {
    agreement(cases).map(|agreement| (1.0 - agreement) / 2.0)
}

/// Returns the polarisation of a signed network: 1 − 2·L / W, where L is the line index of balance
/// (Harary 1959) and W the weight of all edges; 1 if it falls into two camps without exception.
/// Returns `None` without edges.
#[doc(hidden)]
pub fn of_network(line_index: f64, weight: f64) -> Option<f64> {
    (weight > 0.0).then(|| 1.0 - 2.0 * line_index / weight)
}

/// Returns the E–I index (Krackhardt and Stern 1988): (external − internal) / (external +
/// internal), from −1 if all ties are within groups to 1 if all are between them. Returns `None`
/// without ties.
#[doc(hidden)]
pub fn external_internal(external: f64, internal: f64) -> Option<f64> {
    (external + internal > 0.0).then(|| (external - internal) / (external + internal))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn agreement_of_the_published_distribution() {
        let published = agreement(&[30.0, 40.0, 210.0, 130.0, 530.0, 50.0, 10.0]).unwrap();
        assert_eq!(format!("{published:.7}"), "0.6113333");
    }

    #[test]
    fn agreement_at_its_ends() {
        assert_eq!(agreement(&[0.0, 7.0, 0.0]), Some(1.0));
        assert_eq!(agreement(&[2.0, 2.0, 2.0]), Some(0.0));
        assert_eq!(agreement(&[5.0, 0.0, 0.0, 0.0, 5.0]), Some(-1.0));
        assert_eq!(polarisation(&[5.0, 0.0, 0.0, 0.0, 5.0]), Some(1.0));
        // With two categories, an even split is both evenly spread and half at each end; A is 0.
        assert_eq!(agreement(&[3.0, 3.0]), Some(0.0));
        assert_eq!(agreement(&[]), None);
        assert_eq!(agreement(&[0.0, 0.0]), None);
        assert_eq!(agreement(&[f64::NAN, 1.0]), None);
    }
}
