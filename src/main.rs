//! The command `demarche`: arguments in, exit code out; the library does the rest.

use std::process::ExitCode;

fn main() -> ExitCode {
    demarche::cli::main()
}
