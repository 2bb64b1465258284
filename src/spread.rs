//! Parallel work: independent tasks spread over all cores, with results in order.

use std::sync::atomic::{AtomicUsize, Ordering};
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
    let next = AtomicUsize::new(0);
    let work = || {
        let (mut own, mut done) = (make(), Vec::new());
        loop {
            let nth = next.fetch_add(1, Ordering::Relaxed);
            if nth >= tasks {
                return done;
            }
            done.push((nth, task(&mut own, nth)));
        }
    };
    let threads = if tasks > 1 {
        threads(tasks.saturating_mul(steps)).min(tasks)
    } else {
        1
    };
    let mut done = thread::scope(|scope| {
        let others: Vec<_> = (1..threads).map(|_| scope.spawn(work)).collect();
        let mut done = work();
        for other in others {
            // A panic in a task is a bug: propagate it.
            done.extend(
                other
                    .join()
                    .unwrap_or_else(|panic| std::panic::resume_unwind(panic)),
            );
        }
        done
    });
    done.sort_unstable_by_key(|(nth, _)| *nth);
    done.into_iter().map(|(_, result)| result).collect()
}
