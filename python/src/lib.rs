//! What the Python module `demarche_graph` is made of: the command, and a graph in memory with its
//! questions. Optional libraries, and what is convenient in Python, are left to the Python beside it.

mod error;
mod graph;
mod measure;
mod network;
mod table;

use pyo3::prelude::*;

/// The part of `demarche_graph` in Rust.
#[pymodule]
mod _native {
    use std::ffi::OsString;
    use std::io::{Write, stdout};
    use std::panic::{AssertUnwindSafe, catch_unwind};

    use pyo3::prelude::*;
    use serde_json::{Value, json};

    #[pymodule_export]
    use crate::graph::{Answer, Graph, check_text, save, write_records};
    #[pymodule_export]
    use crate::measure::{betweenness, frustration};
    #[pymodule_export]
    use crate::table::Table;

    /// The exit code of a program that has panicked.
    const PANICKED: u8 = 101;

    /// Runs a command line, whose first word is the name of the program; returns the exit code.
    #[pyfunction]
    fn command(py: Python<'_>, typed: Vec<OsString>) -> u8 {
        py.detach(|| {
            let run = || demarche::cli::command(&typed);
            let code = catch_unwind(AssertUnwindSafe(run)).unwrap_or(PANICKED);
            // A closed pipe has nobody to be told.
            let _ = stdout().flush();
            code
        })
    }

    /// Describes each question, as JSON: what it is about, its names, and the schema of its arguments.
    #[pyfunction]
    fn described() -> String {
        let mut all = demarche::cli::questions();
        all.extend(["draw", "export"].map(str::to_owned));
        let described = all.iter().filter_map(|name| {
            let (about, schema) = demarche::cli::described(name)?;
            let names = demarche::cli::names_of(name);
            Some(json!({ "name": name, "about": about, "names": names, "schema": schema }))
        });
        Value::Array(described.collect()).to_string()
    }

    #[pymodule_init]
    fn init(module: &Bound<'_, PyModule>) -> PyResult<()> {
        module.add("__version__", env!("CARGO_PKG_VERSION"))
    }
}
