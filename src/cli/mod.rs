//! The command line: one file a command. Arguments, output, exit codes; all else is asked of the library.

#[allow(dead_code, reason = "not yet among the commands")]
mod check;
#[allow(dead_code, reason = "not yet among the commands")]
mod explain;
