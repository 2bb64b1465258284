//! Connections between nodes, as compressed sparse rows of distinct neighbours. A crowd, in which
//! each node is connected with all others (a clique), is kept as a list if it has too many pairs.

use hashbrown::HashMap;

/// The number of new pairs from which a crowd is kept as a list.
const MANY: usize = 1 << 20;
/// Up to this many nodes, pairs are collected in one bit each: 32 MiB at most.
const BITS: usize = 1 << 14;

/// A graph without weights. Nodes are numbers from 0; no node is its own neighbour.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Network {
    starts: Vec<usize>,
    ends: Vec<u32>,
    crowds: Vec<Crowd>,
    /// The crowds of each node; empty if there are no crowds.
    crowds_of: Vec<Vec<u32>>,
}

/// Nodes each of which is connected with all others.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Crowd {
    /// Its nodes, in order.
    pub(super) members: Vec<u32>,
    /// 1, or −1 to cancel pairs that are also in another crowd and would be counted twice.
    pub(super) counts: f64,
}

impl Network {
    /// Creates a graph with `nodes` nodes in which all nodes of each list are connected with one
    /// another, and each arc leads from its first node to its second. Missing nodes are left out.
    pub fn new<'l>(
        nodes: usize,
        lists: impl IntoIterator<Item = &'l [u32]>,
        arcs: &[(u32, u32)],
    ) -> Network {
        Network::built(nodes, lists, arcs, MANY)
    }

    /// Creates a graph in which crowds with `many` new pairs or more are kept as lists.
    pub(super) fn built<'l>(
        nodes: usize,
        lists: impl IntoIterator<Item = &'l [u32]>,
        arcs: &[(u32, u32)],
        many: usize,
    ) -> Network {
        let mut pairs = Pairs::new(nodes);
        let mut large: Vec<Vec<u32>> = Vec::new();
        for list in lists {
            if list.len() * list.len() < many {
                pairs.join(list);
            } else {
                let mut members: Vec<u32> = list
                    .iter()
                    .copied()
                    .filter(|node| (*node as usize) < nodes)
                    .collect();
                members.sort_unstable();
                members.dedup();
                large.push(members);
            }
        }
        for (from, to) in arcs {
            pairs.add(*from, *to);
        }
        let crowds = kept(large, many, &mut pairs);
        let mut crowds_of = if crowds.is_empty() {
            Vec::new()
        } else {
            vec![Vec::new(); nodes]
        };
        for (nth, crowd) in crowds.iter().enumerate() {
            for node in &crowd.members {
                crowds_of[*node as usize].push(nth as u32);
            }
        }
        let covered = |from: usize, to: u32| {
            let of = |node: usize| crowds_of.get(node).map_or(&[][..], Vec::as_slice);
            let both = of(from)
                .iter()
                .filter(|crowd| of(to as usize).contains(crowd));
            both.map(|crowd| crowds[*crowd as usize].counts)
                .sum::<f64>()
                > 0.0
        };
        let (starts, ends) =
            pairs.rows(nodes, |from, to| crowds_of.is_empty() || !covered(from, to));
        Network {
            starts,
            ends,
            crowds,
            crowds_of,
        }
    }

    /// Returns the number of nodes.
    pub fn nodes(&self) -> usize {
        self.starts.len().saturating_sub(1)
    }

    /// Returns the number of neighbours of a node.
    pub fn degree(&self, node: usize) -> usize {
        let listed = |crowd: &u32| {
            let crowd = &self.crowds[*crowd as usize];
            crowd.counts * (crowd.members.len() as f64 - 1.0)
        };
        self.row(node).len() + self.crowds_of(node).iter().map(listed).sum::<f64>() as usize
    }

    /// Returns the number of items read in one pass over the graph: neighbours, and members of
    /// crowds.
    pub fn size(&self) -> usize {
        self.ends.len()
            + self
                .crowds
                .iter()
                .map(|crowd| crowd.members.len())
                .sum::<usize>()
    }

    /// Returns the neighbours of a node, in order.
    pub fn neighbours(&self, node: usize) -> Vec<u32> {
        let crowds = self
            .crowds_of(node)
            .iter()
            .map(|crowd| &self.crowds[*crowd as usize]);
        let mut all = self.row(node).to_vec();
        let is_crowded = !self.crowds_of(node).is_empty();
        all.extend(
            crowds
                .flat_map(|crowd| &crowd.members)
                .filter(|other| **other as usize != node),
        );
        if is_crowded {
            all.sort_unstable();
            all.dedup();
        }
        all
    }

    /// Returns the connected parts: for each node, the least node connected with it, possibly
    /// itself. Arcs count in both directions.
    pub fn parts(&self) -> Vec<u32> {
        let pairs = (0..self.nodes()).flat_map(|node| {
            self.row(node)
                .iter()
                .map(move |other| (node as u32, *other))
        });
        let crowded = self
            .crowds
            .iter()
            .flat_map(|crowd| crowd.members.windows(2).map(|pair| (pair[0], pair[1])));
        joined(self.nodes(), pairs.chain(crowded))
    }

    /// Returns the neighbours of a node that are not only in its crowds.
    pub(super) fn row(&self, node: usize) -> &[u32] {
        &self.ends[self.starts[node]..self.starts[node + 1]]
    }

    pub(super) fn crowds(&self) -> &[Crowd] {
        &self.crowds
    }

    pub(super) fn crowds_of(&self, node: usize) -> &[u32] {
        self.crowds_of.get(node).map_or(&[], Vec::as_slice)
    }
}

/// Returns, for each node, the least node that the pairs connect it with, possibly itself.
pub(super) fn joined(nodes: usize, pairs: impl Iterator<Item = (u32, u32)>) -> Vec<u32> {
    let mut root: Vec<u32> = (0..nodes as u32).collect();
    for (one, other) in pairs {
        let (one, other) = (top(&mut root, one), top(&mut root, other));
        root[one.max(other) as usize] = one.min(other);
    }
    (0..nodes as u32).map(|node| top(&mut root, node)).collect()
}

/// Returns the least node known to be in the same part.
fn top(root: &mut [u32], mut node: u32) -> u32 {
    while root[node as usize] != node {
        root[node as usize] = root[root[node as usize] as usize];
        node = root[node as usize];
    }
    node
}

/// Returns the crowds to keep as lists, the largest first. All others become pairs, as do the pairs
/// that only one of two crowds with several common members has.
///
/// A crowd adds the pairs of its new members, with one another and with its old members, to the
/// crowds before it. It is therefore stored as the whole crowd minus the pairs of old members
/// (which count −1); pairs of old members that were in no crowd together are added as pairs.
fn kept(mut lists: Vec<Vec<u32>>, many: usize, pairs: &mut Pairs) -> Vec<Crowd> {
    lists.sort_by(|a, b| b.len().cmp(&a.len()).then_with(|| a.cmp(b)));
    let mut kept = Vec::new();
    let mut seen: HashMap<u32, u64> = HashMap::new();
    let mut number = 0;
    for members in lists {
        let old: Vec<u32> = members
            .iter()
            .copied()
            .filter(|node| seen.contains_key(node))
            .collect();
        let fresh = members.len() - old.len();
        if fresh * members.len() < many || number == u64::BITS {
            if fresh > 0 {
                pairs.join(&members)
            } else {
                join_strangers(&old, &seen, pairs)
            }
            continue;
        }
        join_strangers(&old, &seen, pairs);
        for node in &members {
            *seen.entry(*node).or_default() |= 1 << number;
        }
        number += 1;
        kept.push(Crowd {
            members,
            counts: 1.0,
        });
        if old.len() > 1 {
            kept.push(Crowd {
                members: old,
                counts: -1.0,
            });
        }
    }
    kept
}

/// Joins the members that are in no crowd together.
fn join_strangers(members: &[u32], crowds: &HashMap<u32, u64>, pairs: &mut Pairs) {
    let mut alike: std::collections::BTreeMap<u64, Vec<u32>> = std::collections::BTreeMap::new();
    for node in members {
        alike
            .entry(crowds.get(node).copied().unwrap_or(0))
            .or_default()
            .push(*node)
    }
    let groups: Vec<(&u64, &Vec<u32>)> = alike.iter().collect();
    for (nth, (one, first)) in groups.iter().enumerate() {
        for (_, second) in groups[nth + 1..]
            .iter()
            .filter(|(other, _)| **one & **other == 0)
        {
            for &a in *first {
                for b in *second {
                    for (from, to) in &[(a, *b), (*b, a)] {
                        pairs.add(*from, *to);
                    }
                }
            }
        }
    }
}

/// The directed pairs of connected nodes, each once.
enum Pairs {
    /// A bit for each pair: row by row, `words` words each.
    Bits { words: usize, bits: Vec<u64> },
    /// Each pair as one number; sorted and deduplicated now and then.
    Listed {
        nodes: usize,
        pairs: Vec<u64>,
        room: usize,
    },
}

impl Pairs {
    fn new(nodes: usize) -> Pairs {
        if nodes <= BITS {
            let words = nodes.div_ceil(64);
            Pairs::Bits {
                words,
                bits: vec![0; words * nodes],
            }
        } else {
            Pairs::Listed {
                nodes,
                pairs: Vec::new(),
                room: 1 << 22,
            }
        }
    }

    fn add(&mut self, from: u32, to: u32) {
        match self {
            Pairs::Bits { words, bits } => {
                let (from, to) = (from as usize, to as usize);
                if from != to && from.max(to) * *words < bits.len() {
                    bits[from * *words + to / 64] |= 1 << (to % 64);
                }
            }
            Pairs::Listed { nodes, pairs, room } => {
                if from == to || from.max(to) as usize >= *nodes {
                    return;
                }
                pairs.push(u64::from(from) << 32 | u64::from(to));
                if pairs.len() >= *room {
                    pairs.sort_unstable();
                    pairs.dedup();
                    *room = (2 * pairs.len()).max(1 << 22);
                }
            }
        }
    }

    fn join(&mut self, list: &[u32]) {
        for (nth, &one) in list.iter().enumerate() {
            for &other in &list[nth + 1..] {
                self.add(one, other);
                self.add(other, one);
            }
        }
    }

    /// Returns the rows: the start of each, and the neighbours in it.
    fn rows(self, nodes: usize, wanted: impl Fn(usize, u32) -> bool) -> (Vec<usize>, Vec<u32>) {
        let mut starts = vec![0];
        let mut ends = Vec::new();
        match self {
            Pairs::Bits { words, bits } => {
                for from in 0..nodes {
                    for (nth, &word) in bits[from * words..(from + 1) * words].iter().enumerate() {
                        let mut left = word;
                        while left != 0 {
                            let to = (nth * 64) as u32 + left.trailing_zeros();
                            left &= left - 1;
                            if wanted(from, to) {
                                ends.push(to);
                            }
                        }
                    }
                    starts.push(ends.len());
                }
            }
            Pairs::Listed { mut pairs, .. } => {
                pairs.sort_unstable();
                pairs.dedup();
                for pair in pairs {
                    let (from, to) = ((pair >> 32) as usize, pair as u32);
                    if wanted(from, to) {
                        starts.resize(from + 1, ends.len());
                        ends.push(to);
                    }
                }
                starts.resize(nodes + 1, ends.len());
            }
        }
        (starts, ends)
    }
}
