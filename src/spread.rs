//! Parallel work: independent tasks spread over all cores, with results in order.

use std::ops::Range;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};
use std::thread;

/// Less work than this many steps is done before a thread has even started.
const WORTH_A_THREAD: usize = 20_000;

/// Returns the number of threads worth using for this many steps. The number of cores is queried
/// only if needed, because the standard library reads it from files.
pub(crate) fn threads(steps: usize) -> usize {
    if steps < WORTH_A_THREAD {
        1
    } else {
        thread::available_parallelism().map_or(1, usize::from)
    }
}

/// Runs `tasks` tasks of about `steps` steps each. Each task gets its number and the state that
/// `make` created for its thread.
pub(crate) fn spread<S, T: Send>(
    tasks: usize,
    steps: usize,
    make: impl Fn() -> S + Sync,
    task: impl Fn(&mut S, usize) -> T + Sync,
) -> Vec<T> {
    let (next, results) = (AtomicUsize::new(0), Mutex::new(Vec::new()));
    let work = || {
        let (mut own, mut done) = (make(), Vec::new());
        loop {
            let nth = next.fetch_add(1, Ordering::Relaxed);
            if nth >= tasks {
                break;
            }
            done.push((nth, task(&mut own, nth)));
        }
        let results = results.lock();
        results.unwrap_or_else(PoisonError::into_inner).extend(done);
    };
    let threads = match tasks > 1 {
        true => threads(tasks.saturating_mul(steps)).min(tasks),
        false => 1,
    };
    on_threads(threads, &work);
    let mut in_order: Vec<Option<T>> = (0..tasks).map(|_| None).collect();
    let results = results.into_inner();
    for (nth, result) in results.unwrap_or_else(PoisonError::into_inner) {
        in_order[nth] = Some(result);
    }
    in_order.into_iter().flatten().collect()
}

/// Does the same work on several threads at once. It takes no type of its callers, so that starting
/// threads is compiled once.
fn on_threads(threads: usize, work: &(dyn Fn() + Sync)) {
    thread::scope(|scope| {
        let others: Vec<_> = (1..threads).map(|_| scope.spawn(work)).collect();
        work();
        for other in others {
            // A panic in a task is a bug: propagate it.
            other
                .join()
                .unwrap_or_else(|panic| std::panic::resume_unwind(panic));
        }
    });
}

/// How many of a long list one core makes at a time.
const PART: usize = 4096;

/// Makes something of each part of a range on all cores, and takes what was made in the order of the
/// range. Only a few parts a core are held at once.
///
/// # Errors
/// The first that `take` returns; what comes after it is not made.
pub(crate) fn in_parts<T: Send, E>(
    range: Range<usize>,
    make: impl Fn(Range<usize>) -> T + Sync,
    mut take: impl FnMut(T) -> Result<(), E>,
) -> Result<(), E> {
    let starts: Vec<usize> = range.clone().step_by(PART).collect();
    for starts in starts.chunks(4 * threads(range.len())) {
        let part = |(): &mut (), nth: usize| {
            let start = starts[nth];
            make(start..range.end.min(start + PART))
        };
        for made in spread(starts.len(), PART * 16, || (), part) {
            take(made)?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_come_in_order_until_one_is_refused() {
        for count in [0, 1, PART, 30 * PART + 7] {
            let mut taken = Vec::new();
            let take = |part: Vec<usize>| {
                taken.extend(part);
                match taken.len() > 20 * PART {
                    true => Err("enough"),
                    false => Ok(()),
                }
            };
            let done = in_parts(3..3 + count, Iterator::collect, take);
            assert_eq!(done.is_err(), count > 20 * PART);
            assert!(taken.iter().copied().eq(3..3 + taken.len()));
            assert_eq!(taken.len(), count.min(21 * PART));
        }
    }
}
