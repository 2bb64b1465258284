//! A column of boxes. A box stands above its children, within a panel. A column that is shorter
//! than its neighbour is spread out so that its lines run level.

use crate::picture::order::Column;

/// The space between a box and the next child of the same parent.
const CLOSE: f64 = 4.0;
/// The space between two boxes that have neither parent nor children.
const ALONE: f64 = 4.0;
/// The space between the edge of a panel and its content.
pub(crate) const PANEL: f64 = 6.0;
/// The maximum depth of panels; deeper boxes go into the last one.
const DEEPEST: usize = 4;

/// The layout of a column.
#[derive(Clone, Debug, Default)]
pub(crate) struct Stack {
    /// The upper edge of each node.
    pub(crate) tops: Vec<f64>,
    /// The depth of each node, by which it is inset.
    pub(crate) depths: Vec<usize>,
    /// The panels behind nodes with children: depth, upper and lower edge.
    pub(crate) panels: Vec<(usize, f64, f64)>,
    /// The lower edge of the column.
    pub(crate) height: f64,
    blocks: Vec<Block>,
}

/// A node without a parent, and its descendants.
#[derive(Clone, Debug)]
struct Block {
    nodes: Vec<usize>,
    panels: std::ops::Range<usize>,
    top: f64,
    bottom: f64,
}

/// Returns the column without cycles, and no deeper than panels go.
pub(crate) fn shallow(parents: &[Option<usize>]) -> Column {
    let above =
        |node: usize| std::iter::successors(parents[node], |&at| parents[at]).take(parents.len());
    // A node that leads back to itself has its parent removed.
    let cut: Vec<Option<usize>> = (0..parents.len())
        .map(|node| parents[node].filter(|_| above(node).all(|at| at != node)))
        .collect();
    let of = |node: usize| {
        let line: Vec<usize> = std::iter::successors(cut[node], |&at| cut[at]).collect();
        line.get(line.len().saturating_sub(DEEPEST)).copied()
    };
    Column {
        parents: (0..cut.len()).map(of).collect(),
    }
}

/// Stacks the boxes of a column as closely as possible.
pub(crate) fn stack(column: &Column, order: &[usize], heights: &[f64], apart: f64) -> Stack {
    let count = order.len();
    let mut under = vec![Vec::new(); count];
    for &node in order {
        if let Some(parent) = column.parents[node] {
            under[parent].push(node);
        }
    }
    let mut stack = Stack {
        tops: vec![0.0; count],
        depths: vec![0; count],
        ..Stack::default()
    };
    let mut y = 0.0;
    for &root in order.iter().filter(|&&node| column.parents[node].is_none()) {
        // Panels are further apart than boxes, so that each is seen as a unit.
        let alone = stack
            .blocks
            .last()
            .is_some_and(|above| above.nodes.len() == 1)
            && under[root].is_empty();
        let top = if stack.blocks.is_empty() {
            0.0
        } else {
            y + if alone { apart.min(ALONE) } else { apart }
        };
        let panels = stack.panels.len();
        let mut nodes = Vec::new();
        y = stack.place(root, top, 0, &under, heights, &mut nodes);
        stack.blocks.push(Block {
            nodes,
            panels: panels..stack.panels.len(),
            top,
            bottom: y,
        });
    }
    stack.height = y;
    stack
}

impl Stack {
    fn place(
        &mut self,
        node: usize,
        top: f64,
        depth: usize,
        under: &[Vec<usize>],
        heights: &[f64],
        nodes: &mut Vec<usize>,
    ) -> f64 {
        nodes.push(node);
        self.depths[node] = depth;
        if under[node].is_empty() {
            self.tops[node] = top;
            return top + heights[node];
        }
        let panel = self.panels.len();
        self.panels.push((depth, top, top));
        self.depths[node] = depth + 1;
        self.tops[node] = top + PANEL;
        let mut y = top + PANEL + heights[node];
        for &child in &under[node] {
            y = self.place(child, y + CLOSE, depth + 1, under, heights, nodes);
        }
        self.panels[panel].2 = y + PANEL;
        y + PANEL
    }

    /// Moves blocks down, within a height, as near as possible to where their lines lead: least
    /// squares in the given order, by pooling neighbours that would overtake one another (Ayer and
    /// others 1955).
    ///
    /// `wishes` holds, for each node, the sum of the shifts its lines ask for, and the number of
    /// those lines.
    pub(crate) fn spread(&mut self, height: f64, wishes: &[(f64, f64)]) {
        let spare = (height - self.height).max(0.0);
        if self.blocks.is_empty() {
            return;
        }
        let even = spare / (self.blocks.len() + 1) as f64;
        // Pools of neighbouring blocks: the sum of their wishes, its weight, and the number of
        // blocks.
        let mut pools: Vec<(f64, f64, usize)> = Vec::new();
        for (nth, block) in self.blocks.iter().enumerate() {
            let (mut sum, mut weight) = (even * (nth + 1) as f64 * 0.01, 0.01);
            for &node in &block.nodes {
                sum += wishes[node].0;
                weight += wishes[node].1;
            }
            pools.push((sum, weight, 1));
            while let [.., (sum, weight, count), last] = &pools[..] {
                if sum / weight <= last.0 / last.1 {
                    break;
                }
                let pooled = (sum + last.0, weight + last.1, count + last.2);
                pools.truncate(pools.len() - 2);
                pools.push(pooled);
            }
        }
        let moves = pools.iter().flat_map(|&(sum, weight, count)| {
            std::iter::repeat_n((sum / weight).clamp(0.0, spare), count)
        });
        for (block, by) in self.blocks.iter_mut().zip(moves.collect::<Vec<f64>>()) {
            block.top += by;
            block.bottom += by;
            for &node in &block.nodes {
                self.tops[node] += by;
            }
            for panel in &mut self.panels[block.panels.clone()] {
                panel.1 += by;
                panel.2 += by;
            }
        }
        self.height = self.blocks.last().map_or(0.0, |last| last.bottom);
    }
}

#[cfg(test)]
mod tests {
    use super::{shallow, stack};

    #[test]
    fn boxes_do_not_overlap_and_are_moved_to_their_lines() {
        let column = shallow(&[None, Some(0), None]);
        let mut rows = stack(&column, &[0, 1, 2], &[20.0, 20.0, 20.0], 10.0);
        assert_eq!(rows.tops, [6.0, 30.0, 66.0]);
        assert_eq!(
            (rows.panels.clone(), rows.height),
            (vec![(0, 0.0, 56.0)], 86.0)
        );
        rows.spread(200.0, &[(0.0, 1.0), (0.0, 0.0), (500.0, 10.0)]);
        assert!(
            (rows.tops[2] - 116.0).abs() < 1.0 && rows.tops[0] < 7.0,
            "{rows:?}"
        );
    }

    #[test]
    fn circles_are_cut_and_depths_bounded() {
        assert_eq!(
            shallow(&[Some(1), Some(0), Some(1)]).parents,
            [None, None, Some(1)]
        );
        let chain: Vec<Option<usize>> = (0..10).map(|nth: usize| nth.checked_sub(1)).collect();
        let flat = shallow(&chain).parents;
        assert_eq!(
            (flat[3], flat[4], flat[5], flat[9]),
            (Some(2), Some(3), Some(3), Some(3))
        );
    }
}
