//! Findings for people, in rustc's style, and for programs, as JSON or SARIF. The checks themselves
//! are elsewhere.

#[cfg(feature = "cli")]
mod excerpt;
mod json;
pub(super) mod lines;
mod sarif;
#[cfg(feature = "cli")]
mod text;

pub use json::json;
pub use sarif::sarif;
#[cfg(feature = "cli")]
pub use text::{Style, text};

use std::collections::BTreeSet;

use crate::diagnostic::{Diagnostic, Severity};
use crate::words::counted;

/// Counts the findings in words: `3 errors, 2 warnings in 2 files`.
#[doc(hidden)]
pub fn summary(diagnostics: &[Diagnostic]) -> String {
    let errors = diagnostics
        .iter()
        .filter(|diagnostic| diagnostic.severity == Severity::Error)
        .count();
    let files = diagnostics
        .iter()
        .map(|diagnostic| diagnostic.place().file)
        .collect::<BTreeSet<_>>()
        .len();
    let counts = [(errors, "error"), (diagnostics.len() - errors, "warning")]
        .into_iter()
        .filter(|(count, _)| *count > 0);
    let counts: Vec<String> = counts.map(|(count, noun)| counted(count, noun)).collect();
    format!("{} in {}", counts.join(", "), counted(files, "file"))
}
