//! Measures on plain numbers.

use demarche::measure::balance::{self, Signed};
use demarche::measure::betweenness::{Sources, centrality};
use demarche::measure::network::Network;
use pyo3::prelude::*;

use crate::error::detached;

/// The lower bound of the frustration, what the best split frustrates, the split, and whether a larger
/// budget may prove more.
type Frustration = (f64, f64, Vec<bool>, bool);

/// Computes the frustration index of a signed graph with these edges.
#[pyfunction]
pub(crate) fn frustration(
    py: Python<'_>,
    nodes: usize,
    edges: Vec<(usize, usize, f64)>,
    budget: usize,
) -> PyResult<Frustration> {
    detached(py, || {
        let found = balance::frustration(&Signed::new(nodes, edges), budget);
        Ok((found.lower, found.upper, found.split, found.is_open))
    })
}

/// The betweenness of each node, its standard error, and the closeness.
type Centrality = (Vec<f64>, Vec<f64>, Vec<Option<f64>>);

/// Computes the betweenness and closeness of all nodes, exactly or from a sample.
#[pyfunction]
pub(crate) fn betweenness(
    py: Python<'_>,
    nodes: usize,
    edges: Vec<(u32, u32)>,
    sample: Option<usize>,
) -> PyResult<Centrality> {
    detached(py, || {
        let sources = sample.map_or(Sources::All, Sources::Sample);
        let pairs: Vec<[u32; 2]> = edges.into_iter().map(|(a, b)| [a, b]).collect();
        let network = Network::new(nodes, pairs.iter().map(|pair| &pair[..]), &[]);
        let found = centrality(&network, sources);
        Ok((found.betweenness, found.error, found.closeness))
    })
}
