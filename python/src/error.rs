//! Failures, as the exception `GraphError`.

use std::panic::{AssertUnwindSafe, catch_unwind};

use demarche::Error;
use demarche::render::diagnostics;
use pyo3::prelude::*;

/// What is said of a panic.
const OUR_MISTAKE: &str = "this is a bug in `demarche`, please report it";

/// Does something without holding the lock of the interpreter. A panic is a failure like others.
pub(crate) fn detached<T: Send>(
    py: Python<'_>,
    act: impl FnOnce() -> Result<T, Error> + Send,
) -> PyResult<T> {
    let done = py.detach(|| catch_unwind(AssertUnwindSafe(act)));
    match done {
        Ok(done) => done.map_err(|error| raised(py, &error)),
        Err(_) => Err(graph_error(py, OUR_MISTAKE, &[], "[]")),
    }
}

/// Returns the exception for a failure.
fn raised(py: Python<'_>, error: &Error) -> PyErr {
    match error {
        Error::Half { findings, texts } => {
            let findings = diagnostics::json(findings, &[], texts);
            graph_error(py, &error.to_string(), &[], &findings)
        }
        Error::Question { reason, help } => graph_error(py, reason, help, "[]"),
        _ => graph_error(py, &error.to_string(), &[], "[]"),
    }
}

/// Makes a `GraphError`, which is written in Python.
fn graph_error(py: Python<'_>, message: &str, help: &[String], findings: &str) -> PyErr {
    let made = py
        .import("demarche_graph._base")
        .and_then(|base| base.getattr("GraphError"))
        .and_then(|class| class.call_method1("_of", (message, help.to_vec(), findings)));
    match made {
        Ok(error) => PyErr::from_value(error),
        Err(error) => error,
    }
}
