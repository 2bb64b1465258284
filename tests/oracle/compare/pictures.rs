//! What pictures show of positions: the edges of DOT.

use super::{Case, Told, verdict};
use crate::rules::position::Verdict;

/// C1: "Wherever actors are then … drawn by their positions": an edge for each that counts on an issue, with its verdict.
pub(crate) fn compare(case: &mut Case<'_>) {
    if !case.asks("draw") {
        return;
    }
    let Some(dot) = case.printed(&["draw"], "dot") else {
        return;
    };
    let mut told = Told::new();
    for line in dot.lines() {
        let Some((ends, rest)) = line.trim().split_once(" [") else {
            continue;
        };
        let Some((from, to)) = ends.split_once(" -> ") else {
            continue;
        };
        let (from, to) = (from.trim_matches('"'), to.trim_matches('"'));
        let tip = rest
            .split("tooltip=\"")
            .nth(1)
            .and_then(|tip| tip.split(['"', '&']).next());
        // `Name of n1 supports: Should it be? (Name of i0)`, or `Name of n1 on Name of i0: contested`.
        let tip = tip.unwrap_or_default();
        let says = tip.strip_prefix(&format!("Name of {from}")).unwrap_or(tip);
        let said = match says.strip_prefix(" on ") {
            Some(topic) => topic.rsplit(": ").next().unwrap_or_default(),
            None => says.split(": ").next().unwrap_or_default(),
        };
        let said = said.trim_start_matches([',', ' ']);
        let word = match said {
            "says both yes and no" => "mixed",
            _ => said.strip_prefix("is ").unwrap_or(said),
        };
        if case.view.graph.actors.contains_key(from) && case.view.graph.issues.contains_key(to) {
            told.insert(format!("{from} on {to}"), word.to_owned());
        }
    }
    let mut expected = Told::new();
    for issue in case.issues() {
        for actor in case.view.counted(&issue) {
            let stands = case.view.standing(actor, &issue).verdict;
            if stands != Verdict::Unknown {
                expected.insert(format!("{actor} on {issue}"), verdict(&stands));
            }
        }
    }
    case.hold("C1: draw, edges of DOT", &["draw"], &expected, &told);
}
