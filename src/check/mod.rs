//! The rules: what is worth a finding in a graph that reads well, and the page of every rule. Errors are found where
//! records are read and linked; here are the warnings, one rule a file, and one page for each rule, errors included.

use crate::diagnostic::Diagnostic;
use crate::graph::Graph;

/// A rule and its page.
#[derive(Clone, Copy, Debug)]
pub struct Rule {
    /// Its name in kebab case, never reused for another rule.
    pub code: &'static str,
    /// Its page, in Markdown.
    pub page: &'static str,
}

/// All rules, sorted by name.
pub const RULES: &[Rule] = &[];

/// The warnings about a graph.
pub fn warnings(graph: &Graph) -> Vec<Diagnostic> {
    let _ = graph;
    Vec::new()
}
