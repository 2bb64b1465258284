//! One sweep through a graph: the shortest paths from many sources at once, and what passes through
//! each node.

use crate::measure::network::Network;

/// The number of sources in one sweep.
pub(super) const LANES: usize = 16;

/// A number for each source of a sweep.
type Row = [f64; LANES];
const NONE: Row = [0.0; LANES];

/// Sums over sources, for each node.
#[derive(Debug)]
pub(super) struct Tally {
    /// Dependencies, and their squares.
    pub(super) shares: Vec<f64>,
    pub(super) squares: Vec<f64>,
    /// Steps from the sources that reach the node, and the number of those sources.
    pub(super) steps: Vec<f64>,
    pub(super) reached: Vec<f64>,
}

impl Tally {
    pub(super) fn new(nodes: usize) -> Tally {
        let none = || vec![0.0; nodes];
        Tally {
            shares: none(),
            squares: none(),
            steps: none(),
            reached: none(),
        }
    }

    pub(super) fn add(&mut self, other: &Tally) {
        let add = |to: &mut [f64], from: &[f64]| {
            for (to, from) in to.iter_mut().zip(from) {
                *to += from;
            }
        };
        add(&mut self.shares, &other.shares);
        add(&mut self.squares, &other.squares);
        add(&mut self.steps, &other.steps);
        add(&mut self.reached, &other.reached);
    }
}

/// The working memory of a sweep: for each node a number or a bit per source.
pub(super) struct Space {
    /// The number of shortest paths to the node; valid for the sources that visited it.
    paths: Vec<Row>,
    /// The dependencies of the sources on the node.
    shares: Vec<Row>,
    visited: Vec<u16>,
    /// What the nodes of the current layer send out. Zero elsewhere, and between steps.
    wave: Vec<Row>,
    wave_bits: Vec<u16>,
    /// What arrives at their neighbours. Zero between steps.
    arriving: Vec<Row>,
    arriving_bits: Vec<u16>,
    /// The nodes at each distance, with the sources at that distance.
    layers: Vec<Vec<(u32, u16)>>,
}

impl Space {
    pub(super) fn new(nodes: usize) -> Space {
        let (rows, bits) = (|| vec![NONE; nodes], || vec![0_u16; nodes]);
        Space {
            paths: rows(),
            shares: rows(),
            visited: bits(),
            wave: rows(),
            wave_bits: bits(),
            arriving: rows(),
            arriving_bits: bits(),
            layers: Vec::new(),
        }
    }

    /// Follows all shortest paths from up to [`LANES`] sources, and adds what passes through each
    /// node to `tally`.
    pub(super) fn sweep(&mut self, network: &Network, sources: &[u32], tally: &mut Tally) {
        let all = ((1_u32 << sources.len()) - 1) as u16;
        let mut layer: Vec<(u32, u16)> = sources
            .iter()
            .enumerate()
            .map(|(lane, source)| (*source, 1 << lane))
            .collect();
        self.visited.fill(0);
        for &(source, bit) in &layer {
            self.visited[source as usize] = bit;
            self.wave[source as usize] = masked(&[1.0; LANES], bit);
            self.wave_bits[source as usize] = bit;
        }
        let mut unfinished: Vec<u32> = (0..network.nodes() as u32).collect();
        while !layer.is_empty() {
            unfinished.retain(|node| self.visited[*node as usize] != all);
            let touched = self.spread(network, &layer, &unfinished);
            self.calm(&layer);
            let next = self.arrive(&touched, tally);
            self.layers.push(std::mem::replace(&mut layer, next));
        }
        self.gather(network, tally);
    }

    /// Sums at the nodes of `to` what their neighbours in `from` send out, iterating over whichever
    /// side has fewer edges. Returns the nodes at which something arrived, some of which may not be
    /// in `to`.
    fn spread(&mut self, network: &Network, from: &[(u32, u16)], to: &[u32]) -> Vec<u32> {
        let edges = |node: u32| network.row(node as usize).len();
        let (out, back) = (
            from.iter().map(|(node, _)| edges(*node)).sum::<usize>(),
            to.iter().map(|node| edges(*node)).sum(),
        );
        let mut touched = Vec::new();
        if out < back {
            for &(node, bits) in from {
                let row = self.wave[node as usize];
                for &other in network.row(node as usize) {
                    let other = other as usize;
                    if self.arriving_bits[other] == 0 {
                        touched.push(other as u32);
                    }
                    self.arriving_bits[other] |= bits;
                    add(&mut self.arriving[other], &row);
                }
            }
        } else {
            for &node in to {
                let (mut row, mut bits) = (NONE, 0);
                for &other in network.row(node as usize) {
                    bits |= self.wave_bits[other as usize];
                    add(&mut row, &self.wave[other as usize]);
                }
                if bits != 0 {
                    touched.push(node);
                    (
                        self.arriving[node as usize],
                        self.arriving_bits[node as usize],
                    ) = (row, bits);
                }
            }
        }
        self.spread_in_crowds(network, &mut touched);
        touched
    }

    /// Spreads within crowds: each member receives what all members send out, minus its own.
    fn spread_in_crowds(&mut self, network: &Network, touched: &mut Vec<u32>) {
        for crowd in network.crowds() {
            let (mut sum, mut bits) = (NONE, 0);
            for &node in crowd
                .members
                .iter()
                .filter(|node| self.wave_bits[**node as usize] != 0)
            {
                bits |= self.wave_bits[node as usize];
                add(&mut sum, &self.wave[node as usize]);
            }
            for &node in crowd.members.iter().filter(|_| bits != 0) {
                let node = node as usize;
                if self.arriving_bits[node] == 0 {
                    touched.push(node as u32);
                }
                self.arriving_bits[node] |= bits;
                let others = sum
                    .iter()
                    .zip(&self.wave[node])
                    .map(|(sum, own)| crowd.counts * (sum - own));
                for (to, others) in self.arriving[node].iter_mut().zip(others) {
                    *to += others;
                }
            }
        }
    }

    /// Clears what the nodes of a layer send out.
    fn calm(&mut self, layer: &[(u32, u16)]) {
        for &(node, _) in layer {
            (self.wave[node as usize], self.wave_bits[node as usize]) = (NONE, 0);
        }
    }

    /// Records the nodes that sources reached for the first time. Returns them as the next layer.
    fn arrive(&mut self, touched: &[u32], tally: &mut Tally) -> Vec<(u32, u16)> {
        let steps = (self.layers.len() + 1) as f64;
        let mut layer = Vec::with_capacity(touched.len());
        for &node in touched {
            let n = node as usize;
            let bits = self.arriving_bits[n] & !self.visited[n];
            if bits != 0 {
                let row = masked(&self.arriving[n], bits);
                blend(&mut self.paths[n], &row, bits);
                blend(&mut self.shares[n], &NONE, bits);
                self.visited[n] |= bits;
                (self.wave[n], self.wave_bits[n]) = (row, bits);
                tally.steps[n] += steps * f64::from(bits.count_ones());
                tally.reached[n] += f64::from(bits.count_ones());
                layer.push((node, bits));
            }
            (self.arriving[n], self.arriving_bits[n]) = (NONE, 0);
        }
        layer
    }

    /// Goes back from the farthest nodes. The dependency on a node is divided among its
    /// predecessors in proportion to their numbers of shortest paths.
    fn gather(&mut self, network: &Network, tally: &mut Tally) {
        while let Some(layer) = self.layers.pop().filter(|_| self.layers.len() > 1) {
            let nearer = self.layers.pop().unwrap_or_default();
            for &(node, bits) in &layer {
                let n = node as usize;
                let share = |lane: usize| (1.0 + self.shares[n][lane]) / self.paths[n][lane];
                self.wave[n] = masked(&std::array::from_fn(share), bits);
                self.wave_bits[n] = bits;
            }
            let to: Vec<u32> = nearer.iter().map(|(node, _)| *node).collect();
            let touched = self.spread(network, &layer, &to);
            self.calm(&layer);
            for &(node, bits) in &nearer {
                let n = node as usize;
                let row: Row =
                    std::array::from_fn(|lane| self.paths[n][lane] * self.arriving[n][lane]);
                let row = masked(&row, bits);
                blend(&mut self.shares[n], &row, bits);
                tally.shares[n] += row.iter().sum::<f64>();
                tally.squares[n] += row.iter().map(|share| share * share).sum::<f64>();
            }
            for &node in &touched {
                (
                    self.arriving[node as usize],
                    self.arriving_bits[node as usize],
                ) = (NONE, 0);
            }
            self.layers.push(nearer);
        }
        self.layers.clear();
    }
}

#[inline]
fn add(to: &mut Row, from: &Row) {
    for (to, from) in to.iter_mut().zip(from) {
        *to += from;
    }
}

/// For each set of four sources, four words of all ones or all zeros. They select numbers without a
/// branch.
const WORDS: [[u64; 4]; 16] = {
    let mut words = [[0; 4]; 16];
    let mut set = 0;
    while set < 64 {
        if (set / 4) >> (set % 4) & 1 == 1 {
            words[set / 4][set % 4] = u64::MAX;
        }
        set += 1;
    }
    words
};

#[inline]
fn words(bits: u16) -> [u64; LANES] {
    let mut words = [0; LANES];
    for (nth, four) in words.chunks_exact_mut(4).enumerate() {
        four.copy_from_slice(&WORDS[usize::from(bits >> (4 * nth) & 15)]);
    }
    words
}

/// Returns the numbers of the selected sources, and 0 for the others.
#[inline]
fn masked(row: &Row, bits: u16) -> Row {
    let words = words(bits);
    std::array::from_fn(|lane| f64::from_bits(row[lane].to_bits() & words[lane]))
}

/// Overwrites the numbers of the selected sources.
#[inline]
fn blend(to: &mut Row, from: &Row, bits: u16) {
    let words = words(bits);
    *to = std::array::from_fn(|lane| {
        f64::from_bits((from[lane].to_bits() & words[lane]) | (to[lane].to_bits() & !words[lane]))
    });
}
