//! Lists sorted by groups that are numbered from 0, by counting: each keeps its order within its group.

/// Where each of so many groups starts in such a list, and where the last ends, by the groups of all that is in it.
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

/// A list dealt out to so many groups.
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
