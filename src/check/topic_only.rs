//! `topic-only`: a stance takes a position on an issue that asks nothing.

use crate::diagnostic::Diagnostic;
use crate::graph::{Graph, Issue, Stance};
use crate::near;
use crate::syntax::Step;
use crate::text::Place;

/// Up to so many issues, each is a finding; of more, an import without questions, one tells of all.
const MANY: usize = 10;
/// So many of those are named.
const NAMED: usize = 3;

const HELP: &str =
    "the `question` that a supporter answers with yes, or a `scale`; or say it as a fact";

/// One finding for each issue, at the first position on it; or one for all.
pub(super) fn find(graph: &Graph, found: &mut Vec<Diagnostic>) {
    let mut known = vec![false; graph.issues.len()];
    let mut topics: Vec<(&Issue, &Stance)> = Vec::new();
    for stance in graph
        .stances
        .iter()
        .filter(|stance| stance.position.is_some())
    {
        let issue = &graph.issues[stance.issue.index()];
        if issue.topic_only && !std::mem::replace(&mut known[stance.issue.index()], true) {
            topics.push((issue, stance));
        }
    }
    match topics.len() {
        0..=MANY => found.extend(
            topics
                .into_iter()
                .map(|(issue, stance)| one(graph, issue, stance)),
        ),
        _ => found.push(all(graph, &topics)),
    }
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

fn all(graph: &Graph, topics: &[(&Issue, &Stance)]) -> Diagnostic {
    let named = &topics[..NAMED];
    let names: Vec<String> = named
        .iter()
        .map(|(issue, _)| format!("`{}`", issue.id))
        .collect();
    let (count, more) = (near::counted(topics.len(), "issue"), topics.len() - NAMED);
    let message = format!(
        "{count} ask no question: {} and {more} more",
        names.join(", ")
    );
    let (_, first) = topics[0];
    let finding = Diagnostic::warning(
        "topic-only",
        message,
        position(graph, first),
        "a position on what?",
    );
    let labelled = named.iter().fold(finding, |finding, (issue, _)| {
        finding.label(
            super::part(graph, issue.place, &[Step::Key]),
            "a topic only",
        )
    });
    labelled.help(format!("give each {HELP}"))
}
