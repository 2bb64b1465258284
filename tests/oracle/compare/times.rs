//! Positions over time: `history` and `diff`.

use std::collections::BTreeSet;

use super::{Case, Told, cell, cell_verdict, day_text, id, rows, standing, verdict};
use crate::days::{earliest, latest};
use crate::rules::Asked;
use crate::rules::position::{Standing, Verdict, View};
use crate::rules::records::Graph;

pub(crate) fn compare<'a>(case: &mut Case<'a>, graph: &Graph<'a>) {
    let then: Vec<View<'a>> = (case.view.days.iter())
        .map(|day| {
            let asked = Asked {
                day: *day,
                ..case.view.asked.clone()
            };
            View::of(graph, &asked)
        })
        .collect();
    for issue in case.issues() {
        history(case, &then, &issue);
        turns(case, graph, &issue);
    }
    let asked = &case.view.asked;
    let plain = Asked {
        day: asked.day,
        ..Asked::as_of(asked.day)
    };
    if format!("{plain:?}") == format!("{asked:?}") {
        diff(case, graph);
    }
}

/// T1, T2, P1: where everybody stood, day after day.
fn history(case: &mut Case<'_>, days: &[View<'_>], issue: &str) {
    let Some(answer) = case.ask(&["history", issue]) else {
        return;
    };
    let mut told = Told::new();
    for row in rows(&answer, "history") {
        then(
            told.entry(id(&row["actor"])).or_default(),
            &cell_verdict(&row["position"]),
        );
    }
    let mut expected = Told::new();
    for view in days {
        for actor in case.actors() {
            let word = verdict(&view.standing(&actor, issue).verdict);
            let known = expected.contains_key(&actor);
            if known || word != "unknown" {
                then(expected.entry(actor).or_default(), &word);
            }
        }
    }
    // What changes on one day may be told in steps; where it ends is the day's position.
    let last = |told: &Told| -> Told {
        told.iter()
            .map(|(key, words)| {
                (
                    key.clone(),
                    words.rsplit(", ").next().unwrap_or_default().to_owned(),
                )
            })
            .collect()
    };
    case.hold(
        "T2 P1: history, the present position",
        &["history", issue],
        &last(&expected),
        &last(&told),
    );
    if last(&expected) == last(&told) {
        case.hold("T1 T2 P1: history", &["history", issue], &expected, &told);
    }
}

/// T1, T2, W4: on the day that `history` gives for it, and not on the day before, a statement was made, ended, began or ceased
/// to count.
fn turns<'a>(case: &mut Case<'a>, graph: &Graph<'a>, issue: &str) {
    let command = ["history", issue];
    let Some(answer) = case.ask(&command) else {
        return;
    };
    let (mut told, mut expected) = (Told::new(), Told::new());
    for row in rows(&answer, "history") {
        let date = row["date"].as_str().and_then(|date| date.parse().ok());
        let first = match (row["event"].as_str(), date) {
            (Some("ended"), Some(date)) => latest(date) + 1,
            (Some("made" | "began" | "ceased"), Some(date)) => earliest(date),
            _ => continue,
        };
        let actor = id(&row["actor"]);
        let [before, after] = [first - 1, first].map(|day| {
            let asked = Asked {
                day,
                ..case.view.asked.clone()
            };
            View::of(graph, &asked).standing(&actor, issue)
        });
        let key = format!("{actor} on day {first}");
        let position = cell(&row["position"]);
        told.insert(key.clone(), format!("another position, {position}"));
        let makes = |standing: &Standing| (standing.verdict.clone(), standing.statements.clone());
        let change = if makes(&before) == makes(&after) {
            "the same"
        } else {
            "another"
        };
        expected.insert(key, format!("{change} position, {}", standing(&after)));
    }
    case.hold("T2 W4: history, ends", &command, &expected, &told);
}

/// Adds a word to a list, if it is another than the last.
fn then(list: &mut String, word: &str) {
    if list.rsplit(", ").next() != Some(word) {
        if !list.is_empty() {
            list.push_str(", ");
        }
        list.push_str(word);
    }
}

/// The positions that differ between two days, from and to.
fn diff<'a>(case: &mut Case<'a>, graph: &Graph<'a>) {
    let (from, to) = (
        case.view.days[case.view.days.len() / 2],
        case.view.asked.day,
    );
    let (from_text, to_text) = (day_text(from), day_text(to));
    let command = ["diff", "--from", &from_text, "--to", &to_text];
    if from >= to {
        return;
    }
    let Some(answer) = case.ask(&command) else {
        return;
    };
    let mut told = Told::new();
    let moved = ["positions", "positions_known", "positions_unknown"].map(|key| rows(&answer, key));
    for row in moved.into_iter().flatten() {
        let change = format!(
            "{} to {}",
            cell_verdict(&row["from"]),
            cell_verdict(&row["to"])
        );
        told.insert(
            format!("{} on {}", id(&row["actor"]), id(&row["issue"])),
            change,
        );
    }
    let before = View::of(
        graph,
        &Asked {
            day: from,
            ..case.view.asked.clone()
        },
    );
    let mut expected = Told::new();
    for actor in case.actors() {
        for issue in case.issues() {
            let (then, now) = (
                before.standing(&actor, &issue),
                case.view.standing(&actor, &issue),
            );
            let voices = |view: &View<'a>, standing: &Standing| voices(&view.graph, standing);
            let (was, is) = (&then.verdict, &now.verdict);
            let key = format!("{actor} on {issue}");
            if is_other_strength(was, is) {
                // It moves if a voice of both days has another strength; with none of both, never.
                if voices(&before, &then).is_disjoint(&voices(&case.view, &now)) {
                    continue;
                }
                told.remove(&key);
            } else if was != is {
                expected.insert(key, format!("{} to {}", verdict(was), verdict(is)));
            } else if *was == Verdict::Contested {
                // Contested otherwise is a change too; by whom it is contested is not compared here.
                told.remove(&key);
            }
        }
    }
    case.hold("P1 T1: diff of two days", &command, &expected, &told);
}

/// Whether two positions are on the same side with another strength.
fn is_other_strength(was: &Verdict, is: &Verdict) -> bool {
    use demarche::model::Position::*;
    let (Verdict::Stands(was), Verdict::Stands(is)) = (was, is) else {
        return false;
    };
    matches!(
        (was, is),
        (Supports, StronglySupports)
            | (StronglySupports, Supports)
            | (Opposes, StronglyOpposes)
            | (StronglyOpposes, Opposes)
    )
}

/// Who voiced the statements that make a position.
fn voices(graph: &Graph<'_>, standing: &Standing) -> BTreeSet<String> {
    let made = graph.stances.iter();
    let made = made.filter(|(at, _)| standing.statements.contains(at));
    let voices = made.flat_map(|(_, stance)| match stance.said_by.as_deref() {
        Some(voice) => vec![voice.to_owned()],
        None => stance
            .actor
            .as_slice()
            .iter()
            .map(|actor| actor.to_string())
            .collect(),
    });
    voices.collect()
}
