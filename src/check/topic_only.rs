//! `topic-only`: a stance takes a position on an issue that asks nothing.

use crate::diagnostic::Diagnostic;
use crate::graph::Graph;
use crate::syntax::Step;

/// One finding for each issue, at the first position on it.
pub(super) fn find(graph: &Graph, found: &mut Vec<Diagnostic>) {
    let mut reported = vec![false; graph.issues.len()];
    for stance in graph.stances.iter().filter(|stance| stance.position.is_some()) {
        let issue = &graph.issues[stance.issue.index()];
        if !issue.topic_only || std::mem::replace(&mut reported[stance.issue.index()], true) {
            continue;
        }
        let position = super::part(graph, stance.place, &[Step::Field("position")]);
        let finding =
            Diagnostic::warning("topic-only", format!("`{}` asks no question", issue.id), position, "a position on what?");
        let declared = super::part(graph, issue.place, &[Step::Key]);
        found.push(
            finding
                .label(declared, "a topic only")
                .help("give the issue the `question` that a supporter answers with yes, or a `scale`; or say it as a fact"),
        );
    }
}
