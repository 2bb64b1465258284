//! Who is with whom: `camps` of all issues, and who meets across a divide (`common`).

use std::collections::BTreeSet;

use demarche::model::{Date, Position};

use super::{Case, Told, id, number, rows};
use crate::days::{earliest, latest};
use crate::measures::{net, side};
use crate::rules::Asked;
use crate::rules::meetings::{is_letter, m3_stages, m3_statuses};
use crate::rules::position::{Side, Verdict, View};
use crate::rules::records::Graph;

pub(crate) fn compare<'a>(case: &mut Case<'a>, graph: &Graph<'a>) {
    camps(case);
    across(case, graph);
}

/// Whether an actor is counted on an issue with a score.
fn has_score(view: &View<'_>, actor: &str, issue: &str) -> bool {
    let scored = |position: Position| view.score(position, issue).is_some();
    !view.c1_left_out(actor, issue)
        && match view.standing(actor, issue).verdict {
            Verdict::Unknown => false,
            Verdict::Stands(position) => scored(position),
            // Its statements have scores.
            Verdict::Contested => (view.p1_makers(actor, issue).iter())
                .any(|(_, stance)| stance.position.is_some_and(scored)),
        }
}

/// C1: who is told of, each once; the agreement of a camp, and all agreement and disagreement there is. Which division is best is
/// a matter of the measure.
fn camps(case: &mut Case<'_>) {
    let Some(answer) = case.ask(&["camps"]) else {
        return;
    };
    let weighed = |one: &str, other: &str| {
        let (same, opposite) = net(&case.view, one, other);
        same as f64 - opposite as f64
    };
    let (mut told, mut expected) = (Told::new(), Told::new());
    let mut count = |actor: String| {
        let times = told.entry(actor).or_insert_with(|| "0 times".to_owned());
        *times = match times.as_str() {
            "0 times" => "once".to_owned(),
            _ => "more than once".to_owned(),
        };
    };
    let mut within = Vec::new();
    for row in rows(&answer, "camps") {
        let members: Vec<String> = rows(row, "members").map(id).collect();
        for member in &members {
            count(member.clone());
        }
        let pairs = (members.iter().enumerate())
            .flat_map(|(nth, one)| members[nth + 1..].iter().map(move |other| (one, other)));
        let agreement: f64 = pairs.map(|(one, other)| weighed(one, other).max(0.0)).sum();
        within.push((members.join(" "), agreement, row["agreement"].as_f64()));
    }
    for row in rows(&answer, "alone") {
        count(id(&row["actor"]));
    }
    for (members, agreement, said) in within {
        expected.insert(format!("agreement of {members}"), number(agreement));
        told.insert(
            format!("agreement of {members}"),
            said.map_or_else(|| "none".to_owned(), number),
        );
    }
    let actors = case.actors();
    for actor in &actors {
        if case
            .issues()
            .iter()
            .any(|issue| has_score(&case.view, actor, issue))
        {
            expected.insert(actor.clone(), "once".to_owned());
        }
    }
    let weight: f64 = (actors.iter().enumerate())
        .flat_map(|(nth, one)| actors[nth + 1..].iter().map(move |other| (one, other)))
        .map(|(one, other)| weighed(one, other).abs())
        .sum();
    for row in rows(&answer, "measures").filter(|row| row["measure"] == "weight") {
        told.insert(
            "weight".to_owned(),
            number(row["value"].as_f64().unwrap_or(-1.0)),
        );
        expected.insert("weight".to_owned(), number(weight));
    }
    case.hold("C1: camps", &["camps"], &expected, &told);
}

/// Who meets whom although they stand on opposite sides: of a meeting held as they stood on its eve, else when it ended; else as
/// they stand. C1: who speaks for another is told of as that one.
fn across<'a>(case: &mut Case<'a>, graph: &Graph<'a>) {
    let Some(answer) = case.ask(&["common"]) else {
        return;
    };
    let mut told = Told::new();
    for row in rows(&answer, "across") {
        let list = |field: &str| rows(row, field).map(id).collect::<BTreeSet<_>>();
        let two: Vec<String> = list("between").into_iter().collect();
        let on: Vec<String> = list("opposed_on").into_iter().collect();
        told.insert(
            format!("{} at {}", two.join(" and "), id(&row["meeting"])),
            on.join(" "),
        );
    }
    let mut expected = Told::new();
    let view = &case.view;
    for (meeting, met) in &view.graph.meetings {
        let statuses: Vec<String> = m3_statuses(&view.graph, met, view.asked.day)
            .into_iter()
            .collect();
        let [status] = &statuses[..] else { continue };
        // M2: "A `Letter` connects nobody".
        if is_letter(met) {
            continue;
        }
        let about = |issue: &demarche::model::Str<'_>| view.asks_on(issue);
        if !view.asked.select.issues.is_empty() && !met.record.topics.iter().any(about) {
            continue;
        }
        if !["Held", "Planned", "Invited"].contains(&&**status) {
            continue;
        }
        let date = m3_stages(&view.graph, met, view.asked.day)
            .first()
            .and_then(|stage| stage.date);
        let days = match date.filter(|_| status == "Held") {
            Some(date @ Date::Single(_)) => vec![earliest(date) - 1, earliest(date)],
            Some(date) => vec![earliest(date) - 1, latest(date)],
            None => vec![view.asked.day],
        };
        let then: Vec<View<'_>> = days
            .into_iter()
            .map(|day| {
                let asked = Asked {
                    day: day.min(view.asked.day),
                    ..view.asked.clone()
                };
                View::of(graph, &asked)
            })
            .collect();
        let there: Vec<&String> = (view.graph.actors.keys())
            .filter(|actor| match view.asked.own {
                _ if !view.selected(actor) => false,
                true => met.record.participants.iter().any(|one| *one == ***actor),
                false => view.w2_meets(met, actor),
            })
            .collect();
        for (nth, one) in there.iter().enumerate() {
            for other in &there[nth + 1..] {
                if !view.c2_apart(met, one, other) {
                    continue;
                }
                let opposed = |issue: &&String| {
                    let counts = |actor: &str| !view.c1_left_out(actor, issue);
                    let opposite = |then: &View<'_>| {
                        let sides = [one, other].map(|actor| word_side(then, actor, issue));
                        matches!(
                            sides,
                            [Some(Side::For), Some(Side::Against)]
                                | [Some(Side::Against), Some(Side::For)]
                        )
                    };
                    counts(one) && counts(other) && then.iter().any(opposite)
                };
                let on: Vec<&str> = (view.graph.issues.keys())
                    .filter(|issue| view.asks_on(issue))
                    .filter(opposed)
                    .map(String::as_str)
                    .collect();
                if !on.is_empty() {
                    expected.insert(format!("{one} and {other} at {meeting}"), on.join(" "));
                }
            }
        }
    }
    case.hold("C1 W2 M3: common, across", &["common"], &expected, &told);
}

/// The side of a position in words; a number is neither for nor against.
fn word_side(view: &View<'_>, actor: &str, issue: &str) -> Option<Side> {
    match view.standing(actor, issue).verdict {
        Verdict::Stands(Position::At(_)) => None,
        _ => side(view, actor, issue),
    }
}
