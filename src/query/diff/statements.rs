//! Pairs records without ids, stances and ties, of the old graph with those of the new one. Records
//! that say the same are the same; of the rest, those that say nearly the same are one record that
//! changed.

use std::collections::{HashMap, HashSet};
use std::fmt::Write;
use std::hash::Hash;

use crate::query::diff::fields::{Field, Reading};
use crate::query::{Cell, Evidence};

/// What became of the records of one section.
#[derive(Debug, Default)]
pub(super) struct Fates {
    /// The records only in the new graph.
    pub(super) added: Vec<Evidence>,
    /// The records only in the old graph.
    pub(super) removed: Vec<Evidence>,
    /// The records in both that changed, as pairs of old and new.
    pub(super) changed: Vec<(Evidence, Evidence)>,
}

/// The number of pairs of records about the same subject above which changed ones are not looked
/// for.
const MOST_PAIRS: usize = 100_000;

/// Pairs the records; `about` is the number of leading fields that say what a record is about.
pub(super) fn fates(
    reading: Reading<'_>,
    old: Vec<Evidence>,
    new: Vec<Evidence>,
    about: usize,
) -> Fates {
    // Records with the same bytes say the same, because their ids mean the same in both graphs.
    let slice = |record: &Evidence| reading.graph.slice(record.place(reading.graph));
    let (old, new) = without_same(old, new, slice);
    // Records laid out differently may be all there are, so fields are kept only of records that
    // differ.
    let (old, new) = without_same(old, new, |record| key(&reading.fields(*record)));
    let read = |records: Vec<Evidence>| {
        records
            .into_iter()
            .map(|record| (record, reading.fields(record)))
            .collect()
    };
    let (old, new): (Vec<Said>, Vec<Said>) = (read(old), read(new));
    let changed = changed(&old, &new, about);
    let paired = |nths: &mut dyn Iterator<Item = usize>| nths.collect::<HashSet<usize>>();
    let (before, after) = (
        paired(&mut changed.iter().map(|(old, _)| *old)),
        paired(&mut changed.iter().map(|(_, new)| *new)),
    );
    let rest = |records: &[Said], paired: &HashSet<usize>| {
        records
            .iter()
            .enumerate()
            .filter(|(nth, _)| !paired.contains(nth))
            .map(|(_, (record, _))| *record)
            .collect()
    };
    Fates {
        removed: rest(&old, &before),
        added: rest(&new, &after),
        changed: changed
            .iter()
            .map(|(before, after)| (old[*before].0, new[*after].0))
            .collect(),
    }
}

/// Returns everything that a record says, as one text.
fn key(fields: &[Field]) -> Box<str> {
    let mut key = String::new();
    for (name, cell) in fields.iter().filter(|(_, cell)| *cell != Cell::Nothing) {
        // Writing to memory can't fail.
        let _ = write!(key, "{name} {cell:?}");
    }
    key.into()
}

/// A record and what it says.
type Said = (Evidence, Vec<Field>);

/// Removes each item of one list together with an equal item of the other, and returns what is left
/// of both.
fn without_same<T, K: Hash + Eq>(
    old: Vec<T>,
    new: Vec<T>,
    key: impl Fn(&T) -> K,
) -> (Vec<T>, Vec<T>) {
    let keys = |items: &[T]| items.iter().map(&key).collect::<Vec<K>>();
    let (old_keys, new_keys) = (keys(&old), keys(&new));
    let mut waiting: HashMap<&K, Vec<usize>> = HashMap::with_capacity(old.len());
    for (nth, key) in old_keys.iter().enumerate().rev() {
        waiting.entry(key).or_default().push(nth);
    }
    let mut struck = vec![false; old.len()];
    let same = |key| {
        waiting
            .get_mut(key)
            .and_then(Vec::pop)
            .inspect(|nth| struck[*nth] = true)
            .is_some()
    };
    let kept: Vec<bool> = new_keys.iter().map(same).map(|same| !same).collect();
    let new = std::iter::zip(new, kept)
        .filter(|(_, kept)| *kept)
        .map(|(item, _)| item)
        .collect();
    let old = std::iter::zip(old, struck)
        .filter(|(_, struck)| !*struck)
        .map(|(item, _)| item)
        .collect();
    (old, new)
}

/// Returns the pairs of records about the same subject that agree in at least as many fields as
/// they differ in, the most alike first.
fn changed(old: &[Said], new: &[Said], about: usize) -> Vec<(usize, usize)> {
    let subject = |fields: &[Field]| format!("{:?}", &fields[..about.min(fields.len())]);
    let mut groups: HashMap<String, (Vec<usize>, Vec<usize>)> = HashMap::new();
    for (nth, (_, fields)) in old.iter().enumerate() {
        groups.entry(subject(fields)).or_default().0.push(nth);
    }
    for (nth, (_, fields)) in new.iter().enumerate() {
        if let Some(group) = groups.get_mut(&subject(fields)) {
            group.1.push(nth);
        }
    }
    let mut alike: Vec<(usize, usize, usize)> = Vec::new();
    for (olds, news) in groups
        .values()
        .filter(|(olds, news)| olds.len() * news.len() <= MOST_PAIRS)
    {
        for (before, after) in olds
            .iter()
            .flat_map(|old| news.iter().map(move |new| (*old, *new)))
        {
            let fields = std::iter::zip(&old[before].1[about..], &new[after].1[about..]);
            let shown =
                fields.filter(|((_, a), (_, b))| *a != Cell::Nothing || *b != Cell::Nothing);
            let (mut equal, mut different) = (0, 0);
            for ((_, a), (_, b)) in shown {
                *if a == b { &mut equal } else { &mut different } += 1
            }
            if equal > 0 && equal >= different {
                alike.push((different, before, after));
            }
        }
    }
    alike.sort_unstable();
    let (mut before, mut after) = (vec![false; old.len()], vec![false; new.len()]);
    let mut pairs: Vec<(usize, usize)> = Vec::new();
    for (_, old, new) in alike {
        if !before[old] && !after[new] {
            (before[old], after[new]) = (true, true);
            pairs.push((old, new));
        }
    }
    pairs.sort_unstable_by_key(|(_, new)| *new);
    pairs
}
