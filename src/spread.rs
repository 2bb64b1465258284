//! Work on all cores: tasks that do not depend on one another, their results in order.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

/// Below so many steps it is done before a thread has started.
const WORTH_A_THREAD: usize = 20_000;

/// How many threads so many steps are worth. How many cores there are is asked only where that matters: the answer is read
/// from files.
pub(crate) fn threads(steps: usize) -> usize {
    if steps < WORTH_A_THREAD {
        1
    } else {
        thread::available_parallelism().map_or(1, usize::from)
    }
}

/// Does so many tasks of about so many steps, each by its number and with what its thread has made for itself.
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
            // A task that panics is a mistake in the program: it panics here too.
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
