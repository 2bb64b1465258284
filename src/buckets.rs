//! Stable bucket sort into groups numbered from 0.

/// Returns where each group starts in the sorted list, plus the end of the last group, given the
/// group of every item.
pub(crate) fn starts(groups: usize, of: impl Iterator<Item = usize>) -> Vec<usize> {
    let mut starts = vec![0; groups + 1];
    for group in of {
        starts[group + 1] += 1;
    }
    for nth in 1..starts.len() {
        starts[nth] += starts[nth - 1];
    }
    starts
}

/// Returns the list sorted by group; items keep their order within a group.
pub(crate) fn dealt<T: Copy>(groups: usize, list: &[T], group: impl Fn(&T) -> usize) -> Vec<T> {
    let mut next = starts(groups, list.iter().map(&group));
    let mut dealt = list.to_vec();
    for item in list {
        let at = &mut next[group(item)];
        dealt[*at] = *item;
        *at += 1;
    }
    dealt
}
