//! The `demarche` command: hands the arguments to the library and returns its exit code.

use std::process::ExitCode;

fn main() -> ExitCode {
    let typed: Vec<_> = std::env::args_os().collect();
    ExitCode::from(demarche::cli::command(&typed))
}
