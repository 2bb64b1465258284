//! The shortest paths between two nodes: how many there are, and how many pass through each other
//! node.

use crate::measure::network::Network;

/// The shortest paths between two nodes of an undirected graph.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Between {
    /// Their number of steps, or `None` if the nodes are not connected.
    pub steps: Option<usize>,
    /// The number of shortest paths.
    pub paths: f64,
    /// The number of them that pass through each node; 0 for the two ends.
    pub through: Vec<f64>,
    /// The distance of each node from the second of the two.
    left: Vec<Option<usize>>,
}

/// Counts the shortest paths between two nodes.
pub fn between(network: &Network, from: usize, to: usize) -> Between {
    let (there, paths) = reached(network, from);
    let (left, back) = reached(network, to);
    let steps = there.get(to).copied().flatten();
    let is_on = |node: usize| {
        let both = there[node]
            .zip(left[node])
            .map(|(there, left)| there + left);
        node != from && node != to && both.is_some() && both == steps
    };
    let through = (0..network.nodes()).map(|node| {
        if is_on(node) {
            paths[node] * back[node]
        } else {
            0.0
        }
    });
    let through = through.collect();
    Between {
        steps,
        paths: if steps.is_some() { paths[to] } else { 0.0 },
        through,
        left,
    }
}

impl Between {
    /// Lists the paths, at most `most`, each as its nodes from the first to the second.
    pub fn list(&self, network: &Network, from: usize, most: usize) -> Vec<Vec<usize>> {
        let mut found = Vec::new();
        let mut open = if self.steps.is_some() {
            vec![vec![from]]
        } else {
            Vec::new()
        };
        while let Some(path) = open.pop().filter(|_| found.len() < most) {
            let last = path.last().copied().unwrap_or(from);
            match self.left[last] {
                Some(0) | None => found.push(path),
                Some(left) => {
                    let nearer = network
                        .neighbours(last)
                        .into_iter()
                        .map(|next| next as usize);
                    let nearer: Vec<usize> = nearer
                        .filter(|next| self.left[*next] == Some(left - 1))
                        .take(most)
                        .collect();
                    open.extend(
                        nearer
                            .into_iter()
                            .rev()
                            .map(|next| path.iter().copied().chain([next]).collect::<Vec<_>>()),
                    );
                }
            }
        }
        found
    }
}

/// Returns each node's distance from `from`, and the number of shortest paths to it.
fn reached(network: &Network, from: usize) -> (Vec<Option<usize>>, Vec<f64>) {
    let (mut steps, mut paths) = (vec![None; network.nodes()], vec![0.0; network.nodes()]);
    (steps[from], paths[from]) = (Some(0), 1.0);
    let mut layer = vec![from];
    for step in 1.. {
        let mut next = Vec::new();
        let by: Vec<f64> = layer.iter().map(|node| paths[*node]).collect();
        let mut arrive = |other: usize, by: f64| {
            if steps[other].is_none() {
                steps[other] = Some(step);
                next.push(other);
            }
            if steps[other] == Some(step) {
                paths[other] += by;
            }
        };
        for (&node, by) in layer.iter().zip(&by) {
            for other in network.row(node) {
                arrive(*other as usize, *by);
            }
        }
        // In a crowd, each member that is not in the layer is reached from all that are.
        for (nth, crowd) in network.crowds().iter().enumerate() {
            let within = layer
                .iter()
                .zip(&by)
                .filter(|(node, _)| network.crowds_of(**node).contains(&(nth as u32)));
            let sum: f64 = within.map(|(_, by)| by).sum();
            let members = crowd.members.iter().filter(|_| sum > 0.0);
            for other in members {
                arrive(*other as usize, crowd.counts * sum);
            }
        }
        if next.is_empty() {
            break;
        }
        layer = next;
    }
    (steps, paths)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_ways_round() {
        let pairs = [[0, 1], [1, 2], [0, 3], [3, 2], [2, 4]];
        let network = Network::new(6, pairs.iter().map(|pair| &pair[..]), &[]);
        let found = between(&network, 0, 4);
        assert_eq!((found.steps, found.paths), (Some(3), 2.0));
        assert_eq!(found.through, [0.0, 1.0, 2.0, 1.0, 0.0, 0.0]);
        assert_eq!(found.list(&network, 0, 9), [[0, 1, 2, 4], [0, 3, 2, 4]]);
        assert_eq!(found.list(&network, 0, 1).len(), 1);
        assert_eq!(between(&network, 0, 5).steps, None);
        assert!(between(&network, 0, 5).list(&network, 0, 9).is_empty());
    }
}
