//! What positions rest on: `evidence`.

use super::{Case, Told, cell, id, rows, standing};
use crate::rules::position::Verdict;

/// E1: every position that `evidence` lists has the verdict, the statements and the independent sources that it has elsewhere,
/// and is called weak for what it is weak in.
pub(crate) fn compare(case: &mut Case<'_>) {
    // With `--exclude-source` the command answers another question: what falls.
    if !case.view.asked.without.is_empty() {
        return;
    }
    let Some(answer) = case.ask(&["evidence"]) else {
        return;
    };
    let weak = ["no_source", "one_source", "contested"];
    let (mut told, mut expected) = (Told::new(), Told::new());
    for row in rows(&answer, "positions") {
        let weakness = row["weakness"].as_array().into_iter().flatten();
        let named: Vec<&str> = weakness
            .filter_map(serde_json::Value::as_str)
            .filter(|word| weak.contains(word))
            .collect();
        if !named.is_empty() {
            let key = format!("{} on {}", id(&row["actor"]), id(&row["issue"]));
            told.insert(
                key,
                format!("{}: {}", cell(&row["position"]), named.join(", ")),
            );
        }
    }
    for actor in case.actors() {
        for issue in case.issues() {
            let whole = case.view.standing(&actor, &issue);
            let contested = whole.verdict == Verdict::Contested;
            let mut named = match whole.sources {
                _ if whole.verdict == Verdict::Unknown => continue,
                0 => vec!["no_source"],
                1 => vec!["one_source"],
                _ => Vec::new(),
            };
            named.extend(contested.then_some("contested"));
            if !named.is_empty() {
                expected.insert(
                    format!("{actor} on {issue}"),
                    format!("{}: {}", standing(&whole), named.join(", ")),
                );
            }
        }
    }
    case.hold("E1: evidence", &["evidence"], &expected, &told);
}
