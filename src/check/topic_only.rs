//! `topic-only`: a stance takes a position on an issue that asks no question.

use crate::diagnostic::Diagnostic;
use crate::graph::{Graph, Issue, Stance};
use crate::syntax::Step;
use crate::text::Place;

const HELP: &str =
    "the `question` that a supporter answers with yes, or a `scale`; or say it as a fact";

/// Adds one finding for each such issue, at the first position on it.
pub(super) fn find(graph: &Graph, found: &mut Vec<Diagnostic>) {
    let mut known = vec![false; graph.issues.len()];
    let mut topics: Vec<(&Issue, &Stance)> = Vec::new();
    for stance in graph
        .stances
        .iter()
        .filter(|stance| stance.position.is_some())
    {
        let issue = &graph[stance.issue];
        if issue.topic_only && !std::mem::replace(&mut known[stance.issue.index()], true) {
            topics.push((issue, stance));
        }
    }
    found.extend(
        topics
            .into_iter()
            .map(|(issue, stance)| one(graph, issue, stance)),
    );
}

fn position(graph: &Graph, stance: &Stance) -> Place {
    super::part(graph, stance.place, &[Step::Field("position")])
}

fn one(graph: &Graph, issue: &Issue, stance: &Stance) -> Diagnostic {
    let message = format!("`{}` asks no question", issue.id);
    Diagnostic::warning(
        "topic-only",
        message,
        position(graph, stance),
        "a position on what?",
    )
    .label(
        super::part(graph, issue.place, &[Step::Key]),
        "a topic only",
    )
    .help(format!("give the issue {HELP}"))
}
