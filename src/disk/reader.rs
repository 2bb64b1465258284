//! Whether somebody still reads what is printed.

use std::io::Stdout;

/// Whether nobody reads standard output any more: a pipe that was closed, a terminal that is gone. Only Unix tells before
/// something is written.
#[cfg(unix)]
pub fn is_unread(out: &Stdout) -> bool {
    use rustix::event::{PollFd, PollFlags, Timespec, poll};

    let mut polled = [PollFd::new(out, PollFlags::empty())];
    let gone = PollFlags::ERR | PollFlags::HUP;
    poll(&mut polled, Some(&Timespec::default())).is_ok() && polled[0].revents().intersects(gone)
}

/// The same, where nothing tells.
#[cfg(not(unix))]
pub fn is_unread(_: &Stdout) -> bool {
    false
}
