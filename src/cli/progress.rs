//! A line on standard error that says what takes long, and how far it is: on a terminal only, after
//! a second.

use std::io::{self, IsTerminal, Write};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::Duration;

use crate::progress;

/// Nothing is said before this.
const PATIENCE: Duration = Duration::from_secs(1);
/// The line is written anew this often.
const BEAT: Duration = Duration::from_millis(200);
/// Goes to the start of the line and clears it.
const CLEAR: &str = "\r\x1b[K";

/// The state of the line.
struct Line {
    is_shown: bool,
    is_over: bool,
}

static LINE: Mutex<Line> = Mutex::new(Line {
    is_shown: false,
    is_over: false,
});

/// Shows from now on what takes long.
pub(super) fn begin() {
    if !io::stderr().is_terminal() {
        return;
    }
    progress::watch();
    thread::spawn(|| {
        thread::sleep(PATIENCE);
        loop {
            let mut line = line();
            if line.is_over {
                return;
            }
            if let Some(words) = progress::now() {
                line.is_shown = true;
                say(&format!("{CLEAR}{words} …"));
            }
            drop(line);
            thread::sleep(BEAT);
        }
    });
}

/// Clears the line while something else is printed.
pub(super) fn aside<T>(print: impl FnOnce() -> T) -> T {
    let mut line = line();
    line.clear();
    print()
}

/// Clears the line for good: the answer comes.
pub(super) fn end() {
    let mut line = line();
    line.is_over = true;
    line.clear();
}

impl Line {
    fn clear(&mut self) {
        if std::mem::take(&mut self.is_shown) {
            say(CLEAR);
        }
    }
}

fn line() -> MutexGuard<'static, Line> {
    LINE.lock().unwrap_or_else(PoisonError::into_inner)
}

fn say(text: &str) {
    // There is nowhere left to report a failure to.
    let mut out = io::stderr().lock();
    let _ = out.write_all(text.as_bytes()).and_then(|()| out.flush());
}
