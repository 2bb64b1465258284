//! Brokerage roles (Gould and Fernandez 1989): v stands between a and b if a reaches v and v
//! reaches b but a does not reach b. The role depends on which of the three are in the same group.

use crate::measure::network::{Crowd, Network};

/// How often a node has each role, over all pairs that it stands between.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Roles {
    /// All three are in one group.
    pub coordinator: usize,
    /// Both others are in one group, the node in another.
    pub itinerant: usize,
    /// The node leads from outside into its own group.
    pub gatekeeper: usize,
    /// The node leads out of its own group.
    pub representative: usize,
    /// The three are in three groups.
    pub liaison: usize,
}

impl Roles {
    /// Returns the sum of all roles.
    pub fn all(&self) -> usize {
        self.coordinator + self.itinerant + self.gatekeeper + self.representative + self.liaison
    }
}

/// Counts the roles of one node. `onward` leads from each node to those that it reaches, `back` to
/// those that reach it; in an undirected graph they are the same. Nodes without a group are not
/// counted.
pub fn roles(onward: &Network, back: &Network, groups: &[Option<u32>], node: usize) -> Roles {
    let mut roles = Roles::default();
    let group = |node: usize| {
        groups
            .get(node)
            .copied()
            .flatten()
            .map(|group| group as usize)
    };
    let Some(own) = group(node) else { return roles };
    let most = groups
        .iter()
        .flatten()
        .max()
        .map_or(0, |most| *most as usize + 1);
    let (mut is_end, mut ends) = (vec![false; onward.nodes()], vec![0_usize; most]);
    for end in onward.neighbours(node) {
        is_end[end as usize] = true;
        if let Some(group) = group(end as usize) {
            ends[group] += 1;
        }
    }
    let ends_of = |nodes: &[u32], counts: f64, free: &mut [f64]| {
        let reached = nodes
            .iter()
            .map(|end| *end as usize)
            .filter(|end| is_end[*end]);
        for group in reached.filter_map(group) {
            free[group] -= counts;
        }
    };
    // The number of nodes of each group that a crowd adds, of those `node` leads to. A member
    // reaches all of them but itself.
    let in_crowd = |crowd: &Crowd| {
        let mut free = vec![0.0; most];
        ends_of(&crowd.members, crowd.counts, &mut free);
        free
    };
    let crowded: Vec<Vec<f64>> = onward.crowds().iter().map(in_crowd).collect();
    for start in back
        .neighbours(node)
        .into_iter()
        .map(|start| start as usize)
    {
        let Some(from) = group(start) else { continue };
        let mut free: Vec<f64> = ends.iter().map(|count| *count as f64).collect();
        ends_of(onward.row(start), 1.0, &mut free);
        ends_of(&[start as u32], 1.0, &mut free);
        for crowd in onward.crowds_of(start).iter().map(|crowd| *crowd as usize) {
            for (free, taken) in free.iter_mut().zip(&crowded[crowd]) {
                *free += taken;
            }
            ends_of(&[start as u32], -onward.crowds()[crowd].counts, &mut free);
        }
        let free: Vec<usize> = free.iter().map(|count| *count as usize).collect();
        let all: usize = free.iter().sum();
        if from == own {
            roles.coordinator += free[own];
            roles.representative += all - free[own];
        } else {
            roles.gatekeeper += free[own];
            roles.itinerant += free[from];
            roles.liaison += all - free[own] - free[from];
        }
    }
    roles
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::measure::between::between;

    #[test]
    fn each_role_by_its_groups() {
        let role = |groups: [u32; 3]| {
            let (onward, back) = (
                Network::new(3, [], &[(0, 1), (1, 2)]),
                Network::new(3, [], &[(1, 0), (2, 1)]),
            );
            roles(&onward, &back, &groups.map(Some), 1)
        };
        let none = Roles::default();
        assert_eq!(
            role([0, 0, 0]),
            Roles {
                coordinator: 1,
                ..none
            }
        );
        assert_eq!(
            role([0, 1, 0]),
            Roles {
                itinerant: 1,
                ..none
            }
        );
        assert_eq!(
            role([0, 1, 1]),
            Roles {
                gatekeeper: 1,
                ..none
            }
        );
        assert_eq!(
            role([0, 0, 1]),
            Roles {
                representative: 1,
                ..none
            }
        );
        assert_eq!(role([0, 1, 2]), Roles { liaison: 1, ..none });
        // A node that is reached anyway needs no broker.
        let closed = Network::new(3, [&[0, 1, 2][..]], &[]);
        assert_eq!(roles(&closed, &closed, &[Some(0); 3], 1), none);
        // A mutual relation runs both ways.
        let open = Network::new(3, [&[0, 1][..], &[1, 2][..]], &[]);
        assert_eq!(roles(&open, &open, &[Some(0), None, Some(0)], 1), none);
        assert_eq!(
            roles(&open, &open, &[Some(0), Some(0), Some(1)], 1),
            Roles {
                gatekeeper: 1,
                representative: 1,
                ..none
            }
        );
    }

    #[test]
    fn crowds_count_as_their_pairs() {
        let lists: Vec<Vec<u32>> = vec![
            (0..20).collect(),
            (12..30).collect(),
            (5..25).collect(),
            vec![0, 29],
            vec![30, 3],
        ];
        let lists = || lists.iter().map(Vec::as_slice);
        let (kept, plain) = (
            Network::built(31, lists(), &[], 40),
            Network::new(31, lists(), &[]),
        );
        assert!(!kept.crowds().is_empty());
        let groups: Vec<Option<u32>> = (0..31)
            .map(|node| (node != 7).then_some(node % 3))
            .collect();
        for node in 0..31 {
            assert_eq!(
                roles(&kept, &kept, &groups, node),
                roles(&plain, &plain, &groups, node)
            );
            let (one, other) = (between(&kept, 30, node), between(&plain, 30, node));
            assert_eq!(
                (one.steps, one.paths, one.through),
                (other.steps, other.paths, other.through)
            );
        }
    }
}
