//! The command line: one file a command. Arguments, output, exit codes; all else is asked of the library.

mod draw;
