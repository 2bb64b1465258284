//! What takes long, and how far it is. Whoever may do much work says so in a [`Step`]; nothing is
//! counted unless somebody watches.

use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use crate::words::thousands;

static IS_WATCHED: AtomicBool = AtomicBool::new(false);
/// The steps under way, the innermost last.
static STEPS: Mutex<Vec<Arc<Work>>> = Mutex::new(Vec::new());

/// Something that may take long; it is over when this is dropped.
#[must_use]
pub(crate) struct Step(Option<Arc<Work>>);

struct Work {
    what: &'static str,
    /// How many parts it has; 0 if that isn't known.
    all: usize,
    done: AtomicUsize,
}

/// Begins a step of `all` parts, 0 if nobody knows how many: `looking for camps`.
pub(crate) fn step(what: &'static str, all: usize) -> Step {
    if !IS_WATCHED.load(Ordering::Relaxed) {
        return Step(None);
    }
    let work = Arc::new(Work {
        what,
        all,
        done: AtomicUsize::new(0),
    });
    steps(|steps| steps.push(Arc::clone(&work)));
    Step(Some(work))
}

impl Step {
    /// Counts a part as done.
    pub(crate) fn advance(&self) {
        if let Some(work) = &self.0 {
            work.done.fetch_add(1, Ordering::Relaxed);
        }
    }
}

impl Drop for Step {
    fn drop(&mut self) {
        if let Some(work) = &self.0 {
            steps(|steps| steps.retain(|other| !Arc::ptr_eq(other, work)));
        }
    }
}

/// Counts from now on.
pub(crate) fn watch() {
    IS_WATCHED.store(true, Ordering::Relaxed);
}

/// Returns what is being done, in words: `looking for camps: 12 of 5,429`.
pub(crate) fn now() -> Option<String> {
    let work = steps(|steps| steps.last().cloned())?;
    let done = work.done.load(Ordering::Relaxed).min(work.all);
    Some(match work.all {
        0 => work.what.to_owned(),
        all => format!("{}: {} of {}", work.what, thousands(done), thousands(all)),
    })
}

fn steps<T>(act: impl FnOnce(&mut Vec<Arc<Work>>) -> T) -> T {
    // What a thread that panicked left is whole.
    act(&mut STEPS.lock().unwrap_or_else(PoisonError::into_inner))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_innermost_step_is_told() {
        let unwatched = step("reading", 3);
        assert!(unwatched.0.is_none());
        watch();
        let outer = step("writing", 12_345);
        outer.advance();
        let told = |of: &Step| {
            let work = of.0.as_ref().expect("it is watched");
            (work.what, work.done.load(Ordering::Relaxed))
        };
        assert_eq!(told(&outer), ("writing", 1));
        // Other tests may be at work.
        let is_told = |words: &str| steps(|steps| steps.iter().any(|work| work.what == words));
        {
            let _inner = step("looking", 0);
            assert!(is_told("looking"));
        }
        assert!(is_told("writing") && !is_told("looking"));
        assert!(now().is_some());
        drop(outer);
        assert!(!is_told("writing"));
    }
}
