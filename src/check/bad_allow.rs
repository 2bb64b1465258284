//! `bad-allow`: a file's `allow` names something that is not a warning.

use crate::check::{RULES, page};
use crate::diagnostic::{Diagnostic, Severity};
use crate::graph::Graph;
use crate::syntax::quoted;
use crate::words;

pub(super) fn find(graph: &Graph, found: &mut Vec<Diagnostic>) {
    for (code, place) in &graph.allow {
        let rule = page(code);
        let finding = match rule.map(|rule| rule.severity) {
            Some(Severity::Warning) => continue,
            Some(Severity::Error) => Diagnostic::error(
                "bad-allow",
                format!("`{code}` is an error, and errors can't be silenced"),
                *place,
                "an error",
            )
            .help("mend what it finds, and take it out of `allow`"),
            None => {
                let finding = Diagnostic::error(
                    "bad-allow",
                    format!("there is no warning `{code}`"),
                    *place,
                    "unknown code",
                );
                let warnings = RULES
                    .iter()
                    .filter(|rule| rule.severity == Severity::Warning);
                match &words::equally_near(code, warnings.map(|rule| rule.code))[..] {
                    [] => finding.help(
                        "the codes of warnings stand in brackets in what `demarche check` prints",
                    ),
                    near => finding.did_you_mean(*place, code, near, quoted),
                }
            }
        };
        found.push(finding);
    }
}
