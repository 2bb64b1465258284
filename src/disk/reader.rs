//! Detects whether anybody still reads standard output.

use std::io::Stdout;

/// Returns whether nobody reads standard output any more, because a pipe was closed or a terminal
/// is gone. Only Unix can tell before something is written.
#[cfg(unix)]
pub fn is_unread(out: &Stdout) -> bool {
    use rustix::event::{PollFd, PollFlags, Timespec, poll};

    let mut polled = [PollFd::new(out, PollFlags::empty())];
    let gone = PollFlags::ERR | PollFlags::HUP;
    poll(&mut polled, Some(&Timespec::default())).is_ok() && polled[0].revents().intersects(gone)
}

/// Always returns false: this system can't tell.
#[cfg(not(unix))]
pub fn is_unread(_: &Stdout) -> bool {
    false
}
