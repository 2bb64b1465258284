//! Betweenness (Freeman 1977) and closeness, from the shortest connections of all nodes, or of some drawn by lot. Many
//! sources go through the graph in one sweep (Then and others 2014), and parts of them on all cores.

use std::sync::atomic::{AtomicUsize, Ordering};

use crate::measure::network::Network;
use crate::measure::seeded::Seeded;

/// How many sources go in one sweep.
const LANES: usize = 16;
/// Sums are taken in so many parts, whatever the number of cores: the same graph gives the same bytes everywhere.
const PARTS: usize = 16;

/// A number for each source of a sweep.
type Row = [f64; LANES];
const NONE: Row = [0.0; LANES];

/// From which nodes shortest connections are followed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sources {
    /// From all: exact.
    All,
    /// From so many, drawn by lot with a fixed seed; from all where there are no more.
    Sample(usize),
}

/// How central each node is.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Centrality {
    /// Σ over all pairs of others, each once, of the share of their shortest connections that run through the node.
    pub betweenness: Vec<f64>,
    /// The standard error of that; 0 where it is exact.
    pub error: Vec<f64>,
    /// 1 / the mean number of steps to the others of its connected part; none where there are no others.
    pub closeness: Vec<Option<f64>>,
    /// From how many nodes shortest connections were followed.
    pub sources: usize,
}

/// Betweenness (Brandes 2001; of a sample, Brandes and Pich 2007) and closeness of all nodes of a graph whose edges run both
/// ways.
///
/// A sample is stratified: nodes in the order of their degree are cut into classes of equal size N, of each of which k are
/// drawn, more where the degree is low, since much depends on few from there. Betweenness is half the sum over classes of
/// N/k Σ δ, δ being what depends on a node from one source, its standard error half of √(Σ N² (1 − k/N) s²/k) with s² the
/// variance of δ within a class.
pub fn centrality(network: &Network, sources: Sources) -> Centrality {
    let classes = classes(network, sources);
    let batches: Vec<(usize, &[u32])> =
        classes.iter().enumerate().flat_map(|(class, (_, drawn))| drawn.chunks(LANES).map(move |batch| (class, batch))).collect();
    let tallies = swept(network, classes.len(), &batches);
    let nodes = network.nodes();
    let mut found = Centrality { closeness: vec![None; nodes], sources: 0, ..Centrality::default() };
    let (mut steps, mut reached) = (vec![0.0; nodes], vec![0.0; nodes]);
    (found.betweenness, found.error) = (vec![0.0; nodes], vec![0.0; nodes]);
    for ((size, drawn), tally) in classes.iter().zip(&tallies) {
        let (size, count) = (*size as f64, drawn.len() as f64);
        found.sources += drawn.len();
        for node in 0..nodes {
            let (sum, squares) = (tally.shares[node], tally.squares[node]);
            let variance = (squares - sum * sum / count).max(0.0) / (count - 1.0).max(1.0);
            found.betweenness[node] += size / count * sum / 2.0;
            found.error[node] += size * size * (1.0 - count / size) * variance / count / 4.0;
            steps[node] += size / count * tally.steps[node];
            reached[node] += size / count * tally.reached[node];
        }
    }
    found.error.iter_mut().for_each(|error| *error = error.sqrt());
    let closeness = steps.iter().zip(&reached).map(|(steps, reached)| (*steps > 0.0).then(|| reached / steps));
    found.closeness = closeness.collect();
    found
}

/// How many classes a sample is drawn from.
const CLASSES: usize = 8;

/// Classes of nodes: how many there are in each, and which of them are sources.
fn classes(network: &Network, sources: Sources) -> Vec<(usize, Vec<u32>)> {
    let mut all: Vec<u32> = (0..network.nodes() as u32).collect();
    let count = match sources {
        Sources::Sample(count) if count.max(CLASSES * LANES) < all.len() => count.max(CLASSES * LANES),
        _ => return if all.is_empty() { Vec::new() } else { vec![(all.len(), all)] },
    };
    all.sort_by_key(|node| network.degree(*node as usize));
    let classes: Vec<&[u32]> = all.chunks(all.len().div_ceil(CLASSES)).collect();
    let wish = |class: &[u32]| {
        let degrees: usize = class.iter().map(|node| network.degree(*node as usize)).sum();
        class.len() as f64 / (1.0 + degrees as f64 / class.len() as f64).sqrt()
    };
    let wishes: f64 = classes.iter().map(|class| wish(class)).sum();
    let mut seeded = Seeded(0xB0_0CE5);
    let draw = |class: &&[u32]| {
        let batches = (wish(class) / wishes * count as f64 / LANES as f64).round().max(1.0);
        let mut class = class.to_vec();
        let size = class.len();
        let drawn = (batches as usize * LANES).min(size);
        for nth in 0..drawn {
            class.swap(nth, nth + seeded.below(size - nth));
        }
        class.truncate(drawn);
        class.sort_unstable();
        (size, class)
    };
    classes.iter().map(draw).collect()
}

/// What the sources of each class add up to.
fn swept(network: &Network, classes: usize, batches: &[(usize, &[u32])]) -> Vec<Tally> {
    let nodes = network.nodes();
    let next = AtomicUsize::new(0);
    let work = || {
        let mut space = Space::new(nodes);
        let mut done: Vec<(usize, Vec<Option<Tally>>)> = Vec::new();
        loop {
            let part = next.fetch_add(1, Ordering::Relaxed);
            if part >= PARTS.min(batches.len()) {
                return done;
            }
            let mut tallies: Vec<Option<Tally>> = (0..classes).map(|_| None).collect();
            for (class, batch) in batches.iter().skip(part).step_by(PARTS) {
                space.sweep(network, batch, tallies[*class].get_or_insert_with(|| Tally::new(nodes)));
            }
            done.push((part, tallies));
        }
    };
    let threads = std::thread::available_parallelism().map_or(1, usize::from).min(PARTS).min(batches.len().max(1));
    let mut done: Vec<(usize, Vec<Option<Tally>>)> = std::thread::scope(|scope| {
        let others: Vec<_> = (1..threads).map(|_| scope.spawn(work)).collect();
        let mut done = work();
        others.into_iter().for_each(|other| done.extend(other.join().unwrap_or_default()));
        done
    });
    done.sort_by_key(|(part, _)| *part);
    let mut all: Vec<Tally> = (0..classes).map(|_| Tally::new(nodes)).collect();
    for (_, tallies) in &done {
        all.iter_mut().zip(tallies).for_each(|(all, tally)| tally.iter().for_each(|tally| all.add(tally)));
    }
    all
}

/// What sources add up to, for each node.
#[derive(Debug)]
struct Tally {
    /// Dependencies, and their squares.
    shares: Vec<f64>,
    squares: Vec<f64>,
    /// Steps from the sources that reach it, and how many do.
    steps: Vec<f64>,
    reached: Vec<f64>,
}

impl Tally {
    fn new(nodes: usize) -> Tally {
        let none = || vec![0.0; nodes];
        Tally { shares: none(), squares: none(), steps: none(), reached: none() }
    }

    fn add(&mut self, other: &Tally) {
        let add = |to: &mut [f64], from: &[f64]| to.iter_mut().zip(from).for_each(|(to, from)| *to += from);
        add(&mut self.shares, &other.shares);
        add(&mut self.squares, &other.squares);
        add(&mut self.steps, &other.steps);
        add(&mut self.reached, &other.reached);
    }
}

/// What a sweep works with: for each node a number, or a bit, for each source.
struct Space {
    /// How many shortest connections lead there; of sources by which it was visited.
    paths: Vec<Row>,
    /// What lies behind it: the dependencies.
    shares: Vec<Row>,
    visited: Vec<u16>,
    /// What goes out from the nodes at one distance. Zero elsewhere, and between steps.
    wave: Vec<Row>,
    wave_bits: Vec<u16>,
    /// What arrives at their neighbours. Zero between steps.
    arriving: Vec<Row>,
    arriving_bits: Vec<u16>,
    /// Nodes at each distance, and from which sources they are at that.
    layers: Vec<Vec<(u32, u16)>>,
}

impl Space {
    fn new(nodes: usize) -> Space {
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

    /// Follows all shortest connections from up to [`LANES`] sources, and adds up what runs through each node.
    fn sweep(&mut self, network: &Network, sources: &[u32], tally: &mut Tally) {
        let all = ((1_u32 << sources.len()) - 1) as u16;
        let mut layer: Vec<(u32, u16)> = sources.iter().enumerate().map(|(lane, source)| (*source, 1 << lane)).collect();
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

    /// Adds up at the nodes of `to` what goes out from their neighbours in `from`: by whichever has fewer edges. Gives the nodes
    /// at which something arrived; some may be no nodes of `to`.
    fn spread(&mut self, network: &Network, from: &[(u32, u16)], to: &[u32]) -> Vec<u32> {
        let edges = |node: u32| network.row(node as usize).len();
        let (out, back) = (from.iter().map(|(node, _)| edges(*node)).sum::<usize>(), to.iter().map(|node| edges(*node)).sum());
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
                    (self.arriving[node as usize], self.arriving_bits[node as usize]) = (row, bits);
                }
            }
        }
        self.spread_in_crowds(network, &mut touched);
        touched
    }

    /// The same within crowds: at each of them arrives what goes out from all, less what goes out from itself.
    fn spread_in_crowds(&mut self, network: &Network, touched: &mut Vec<u32>) {
        for crowd in network.crowds() {
            let (mut sum, mut bits) = (NONE, 0);
            for &node in crowd.members.iter().filter(|node| self.wave_bits[**node as usize] != 0) {
                bits |= self.wave_bits[node as usize];
                add(&mut sum, &self.wave[node as usize]);
            }
            for &node in crowd.members.iter().filter(|_| bits != 0) {
                let node = node as usize;
                if self.arriving_bits[node] == 0 {
                    touched.push(node as u32);
                }
                self.arriving_bits[node] |= bits;
                let others = sum.iter().zip(&self.wave[node]).map(|(sum, own)| crowd.counts * (sum - own));
                self.arriving[node].iter_mut().zip(others).for_each(|(to, others)| *to += others);
            }
        }
    }

    /// Nothing goes out any more.
    fn calm(&mut self, layer: &[(u32, u16)]) {
        for &(node, _) in layer {
            (self.wave[node as usize], self.wave_bits[node as usize]) = (NONE, 0);
        }
    }

    /// Where sources arrived for the first time: the next layer.
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

    /// From the farthest nodes back: what depends on a node is shared by those before it, by how many connections lead there.
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
                let row: Row = std::array::from_fn(|lane| self.paths[n][lane] * self.arriving[n][lane]);
                let row = masked(&row, bits);
                blend(&mut self.shares[n], &row, bits);
                tally.shares[n] += row.iter().sum::<f64>();
                tally.squares[n] += row.iter().map(|share| share * share).sum::<f64>();
            }
            for &node in &touched {
                (self.arriving[node as usize], self.arriving_bits[node as usize]) = (NONE, 0);
            }
            self.layers.push(nearer);
        }
        self.layers.clear();
    }
}

#[inline]
fn add(to: &mut Row, from: &Row) {
    to.iter_mut().zip(from).for_each(|(to, from)| *to += from);
}

/// For each set of four sources a word of ones or zeros for each: what keeps or drops their numbers without a branch.
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

/// The numbers of some sources, 0 for the others.
#[inline]
fn masked(row: &Row, bits: u16) -> Row {
    let words = words(bits);
    std::array::from_fn(|lane| f64::from_bits(row[lane].to_bits() & words[lane]))
}

/// Puts the numbers of some sources in the place of what is there.
#[inline]
fn blend(to: &mut Row, from: &Row, bits: u16) {
    let words = words(bits);
    *to = std::array::from_fn(|lane| f64::from_bits((from[lane].to_bits() & words[lane]) | (to[lane].to_bits() & !words[lane])));
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Brandes' algorithm as printed, one source at a time.
    fn plainly(network: &Network) -> Vec<f64> {
        let n = network.nodes();
        let mut total = vec![0.0; n];
        for source in 0..n {
            let (mut paths, mut steps) = (vec![0.0; n], vec![usize::MAX; n]);
            (paths[source], steps[source]) = (1.0, 0);
            let mut order = vec![source];
            let mut next = 0;
            while let Some(&at) = order.get(next) {
                next += 1;
                for to in network.neighbours(at).into_iter().map(|to| to as usize) {
                    if steps[to] == usize::MAX {
                        steps[to] = steps[at] + 1;
                        order.push(to);
                    }
                    if steps[to] == steps[at] + 1 {
                        paths[to] += paths[at];
                    }
                }
            }
            let mut shares = vec![0.0; n];
            for &to in order.iter().skip(1).rev() {
                for at in network.neighbours(to).into_iter().map(|at| at as usize).filter(|at| steps[*at] + 1 == steps[to]) {
                    shares[at] += paths[at] / paths[to] * (1.0 + shares[to]);
                }
                total[to] += shares[to] / 2.0;
            }
        }
        total
    }

    fn lists() -> impl Strategy<Value = (usize, Vec<Vec<u32>>)> {
        (2_usize..50).prop_flat_map(|n| (Just(n), prop::collection::vec(prop::collection::vec(0..n as u32, 0..5), 0..60)))
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        #[test]
        fn is_what_brandes_gives((nodes, lists) in lists()) {
            let network = Network::new(nodes, lists.iter().map(Vec::as_slice), &[]);
            let found = centrality(&network, Sources::All);
            for (found, plain) in found.betweenness.iter().zip(plainly(&network)) {
                prop_assert!((found - plain).abs() < 1e-9, "{found} {plain}");
            }
            prop_assert!(found.error.iter().all(|error| *error == 0.0));
            let sample = centrality(&network, Sources::Sample(nodes + 1));
            prop_assert_eq!(sample, found);
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        #[test]
        fn crowds_count_as_their_pairs((nodes, lists) in lists(), crowds in prop::collection::vec((0_u32..40, 5_u32..30), 0..6)) {
            let within = |from: u32, count: u32| (from..from + count).filter(|node| (*node as usize) < nodes).collect();
            let crowds: Vec<Vec<u32>> = crowds.iter().map(|(from, count)| within(*from, *count)).collect();
            let lists = || lists.iter().chain(&crowds).map(Vec::as_slice);
            let (kept, plain) = (Network::built(nodes, lists(), &[], 40), Network::new(nodes, lists(), &[]));
            prop_assert!(plain.crowds().is_empty());
            for node in 0..nodes {
                prop_assert_eq!(kept.degree(node), plain.degree(node));
                prop_assert_eq!(kept.neighbours(node), plain.neighbours(node));
            }
            prop_assert_eq!(kept.parts(), plain.parts());
            let (one, other) = (centrality(&kept, Sources::All), centrality(&plain, Sources::All));
            prop_assert!(one.betweenness.iter().zip(&other.betweenness).all(|(a, b)| (a - b).abs() < 1e-9));
            prop_assert_eq!(one.closeness, other.closeness);
        }
    }

    #[test]
    fn a_long_chain() {
        let pairs: Vec<[u32; 2]> = (0..999).map(|n| [n, n + 1]).collect();
        let chain = Network::new(1000, pairs.iter().map(|pair| &pair[..]), &[]);
        let found = centrality(&chain, Sources::All);
        assert_eq!(found.betweenness[500], 500.0 * 499.0);
        assert_eq!(found.closeness[0], Some(999.0 / (999.0 * 1000.0 / 2.0)));
        assert_eq!(centrality(&Network::new(0, [], &[]), Sources::All).sources, 0);
    }
}
