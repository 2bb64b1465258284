//! Walk balance (Estrada and Benzi 2014): the balanced share of all closed walks, with long ones
//! weighing less.

use super::Signed;
use super::spectrum::eigenvalues;

/// The maximum number of nodes of a connected part.
pub const WALKS: usize = 600;

/// Returns Σ exp(λ) of the signed matrix divided by Σ exp(λ) of the unsigned one, over the nodes
/// that have an edge; 1 if all is balanced. Returns `None` if there is no edge, or if a connected
/// part has more than [`WALKS`] nodes.
pub fn walks(graph: &Signed) -> Option<f64> {
    let (mut signed, mut unsigned) = (Vec::new(), Vec::new());
    for part in parts(&graph.net()) {
        if part.nodes > WALKS {
            return None;
        }
        signed.extend(eigenvalues(matrix(&part, |weight| weight)));
        unsigned.extend(eigenvalues(matrix(&part, f64::abs)));
    }
    // The greatest eigenvalue of the unsigned matrix bounds all others. Subtracting it keeps exp()
    // from overflowing.
    let greatest = unsigned.iter().copied().reduce(f64::max)?;
    let sum = |values: &[f64]| {
        values
            .iter()
            .map(|value| (value - greatest).exp())
            .sum::<f64>()
    };
    Some(sum(&signed) / sum(&unsigned))
}

fn matrix(graph: &Signed, value: impl Fn(f64) -> f64) -> Vec<Vec<f64>> {
    let mut matrix = vec![vec![0.0; graph.nodes]; graph.nodes];
    for &(a, b, weight) in &graph.edges {
        (matrix[a][b], matrix[b][a]) = (value(weight), value(weight));
    }
    matrix
}

/// Returns the connected parts, without nodes that have no edge.
fn parts(graph: &Signed) -> Vec<Signed> {
    let least = graph.parts();
    let mut parts: Vec<Signed> = Vec::new();
    let mut places: Vec<Option<(usize, usize)>> = vec![None; graph.nodes];
    for &(a, b, weight) in &graph.edges {
        let least = least[a] as usize;
        for node in [least, a, b] {
            if places[node].is_none() {
                let part = places[least].map_or(parts.len(), |(part, _)| part);
                if part == parts.len() {
                    parts.push(Signed::default());
                }
                places[node] = Some((part, parts[part].nodes));
                parts[part].nodes += 1;
            }
        }
        if let (Some((part, a)), Some((_, b))) = (places[a], places[b]) {
            parts[part].edges.push((a, b, weight));
        }
    }
    parts
}
