//! What pictures show of positions: the edges of DOT, and what the page to click through knows.

use demarche::model::Position;
use serde_json::Value;

use super::{Case, Told, id, rows, verdict};
use crate::rules::position::Verdict;

/// C1: "Wherever actors are then … drawn by their positions": an edge for each that counts on an issue, with its verdict.
pub(crate) fn compare(case: &mut Case<'_>) {
    if !case.asks("draw") {
        return;
    }
    edges(case);
    page(case);
}

fn edges(case: &mut Case<'_>) {
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
        let is_known = word != "position unknown";
        let graph = &case.view.graph;
        if word.starts_with("would ") {
            for offer in word.split("; ") {
                told.insert(format!("{from} on {to}, {offer}"), "an offer".to_owned());
            }
        } else if is_known && graph.actors.contains_key(from) && graph.issues.contains_key(to) {
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
    // O1: an offer is shown beside the position, and where there is none.
    for issue in case.issues() {
        let counted = case.view.counted(&issue);
        for actor in case.actors() {
            let stands = case.view.standing(&actor, &issue);
            if stands.verdict != Verdict::Unknown && !counted.contains(&&*actor) {
                continue;
            }
            for (_, offer) in case.view.o1_offers(&actor, &issue) {
                let condition = offer.condition.as_deref().unwrap_or_default();
                if let Some(position) = offer.position.filter(|_| !case.view.asked.offers) {
                    let key = format!("{actor} on {issue}, {} {condition}", would(position));
                    expected.insert(key, "an offer".to_owned());
                }
            }
        }
    }
    case.hold("C1 O1: draw, edges of DOT", &["draw"], &expected, &told);
}

/// What an actor would do, in words.
fn would(position: Position) -> String {
    match position {
        Position::StronglySupports => "would strongly support".to_owned(),
        Position::Supports => "would support".to_owned(),
        Position::Opposes => "would oppose".to_owned(),
        Position::StronglyOpposes => "would strongly oppose".to_owned(),
        other => format!("would be {}", super::words(other)),
    }
}

/// P1, W2: the last change of each position on the page is the verdict of the day, and names the statements that make it.
fn page(case: &mut Case<'_>) {
    let Some(page) = case.printed(&["draw"], "html") else {
        return;
    };
    // Of a period in which nothing was said there is no page; that it is so is held against the edges.
    if page.is_empty() && case.view.asked.period.is_some() {
        return;
    }
    let data = page
        .split("id=\"data\">")
        .nth(1)
        .and_then(|rest| rest.split("</script>").next())
        .and_then(|json| serde_json::from_str::<Value>(json).ok());
    let Some(data) = data else {
        let expected = Told::from([("data".to_owned(), "JSON".to_owned())]);
        case.hold("the page's data", &["draw"], &expected, &Told::new());
        return;
    };
    let nth = |list: &str, number: &Value| &data[list][number.as_u64().unwrap_or(0) as usize];
    let mut told = Told::new();
    for pair in rows(&data, "positions") {
        let (actor, issue) = (
            id(nth("actors", &pair["actor"])),
            id(nth("issues", &pair["issue"])),
        );
        let last = rows(pair, "changes").last();
        let words = last.and_then(|last| nth("words", &last["words"]).as_str());
        // `contested: supports / opposes`
        let words = words
            .and_then(|words| words.split(':').next())
            .unwrap_or("unknown");
        let made_by = last.map_or(0, |last| rows(last, "made_by").count());
        if words != "unknown" && !case.view.c1_left_out(&actor, &issue) {
            told.insert(
                format!("{actor} on {issue}"),
                format!("{words} [{made_by}]"),
            );
        }
    }
    let mut expected = Told::new();
    for issue in case.issues() {
        for actor in case.view.counted(&issue) {
            let stands = case.view.standing(actor, &issue);
            if stands.verdict != Verdict::Unknown {
                let made_by = stands.statements.len();
                let is_one = matches!(stands.verdict, Verdict::Stands(_));
                let doubt = match is_one && case.view.are_doubtful(&stands.statements) {
                    true => " (doubtful)",
                    false => "",
                };
                let words = format!("{}{doubt} [{made_by}]", verdict(&stands.verdict));
                expected.insert(format!("{actor} on {issue}"), words);
            }
        }
    }
    case.hold(
        "P1 W2: draw, the page's positions",
        &["draw"],
        &expected,
        &told,
    );
}
