//! Status and attendance of meetings, whom they connect, and ties: `meetings`, `show MEETING`, `show ACTOR`, `compare`,
//! `brokers`, `list ties`.

use serde_json::Value;

use super::{Case, Told, id, rows};
use crate::rules::meetings::{Statuses, is_letter, m3_statuses};

pub(crate) fn compare(case: &mut Case<'_>) {
    meetings(case, &[]);
    let (Some((one, other)), false) = (case.two(), case.view.asked.own) else {
        return;
    };
    meetings(case, &[&one]);
    meetings(case, &[&one, &other]);
    // With `as_of` in the file `show` goes on telling later records (T3).
    if !case.view.asked.day_in_file {
        show_actor(case, &one);
    }
    between(case, &one, &other);
    for meeting in case.view.graph.meetings.keys().cloned().collect::<Vec<_>>() {
        show_meeting(case, &meeting);
    }
    brokers(case);
}

/// The statuses that an answer names.
fn statuses(value: &Value) -> String {
    let named = value.as_array().into_iter().flatten();
    written(named.filter_map(Value::as_str).collect())
}

fn written(mut named: Vec<&str>) -> String {
    named.sort_unstable();
    if named.is_empty() {
        "unknown".to_owned()
    } else {
        named.join(" or ")
    }
}

fn expected_status(statuses: &Statuses) -> String {
    let lower: Vec<String> = statuses
        .iter()
        .map(|status| status.to_lowercase())
        .collect();
    written(lower.iter().map(String::as_str).collect())
}

/// The meetings in which all of these took part or are to, with their status, by `meetings`; and, by `hosted`, those of which at
/// least one of them is the host only. None that is not there yet.
fn attended(case: &Case<'_>, actors: &[&str]) -> Told {
    let mut expected = Told::new();
    for (id, met) in &case.view.graph.meetings {
        let statuses = m3_statuses(&case.view.graph, met, case.view.asked.day);
        let there = !statuses.is_empty() || !met.status_is_known;
        let meets = |actor: &&str| case.view.w2_meets(met, actor);
        // M2: whoever a letter was for has a part in it, whatever that is called.
        let asked = |actor: &&str| is_letter(met) && case.view.is_asked(met, actor);
        let has_part =
            |actor: &&str| meets(actor) || case.view.w2_hosts(met, actor) || asked(actor);
        if there && actors.iter().all(has_part) {
            let table = match actors.iter().all(meets) {
                _ if is_letter(met) => "in_writing",
                true => "meetings",
                false => "hosted",
            };
            expected.insert(format!("{table} {id}"), expected_status(&statuses));
        }
    }
    expected
}

/// The same of an answer.
fn told_meetings(answer: &Value) -> Told {
    let mut told = Told::new();
    for table in ["meetings", "hosted", "in_writing"] {
        for row in rows(answer, table) {
            told.insert(
                format!("{table} {}", id(&row["meeting"])),
                statuses(&row["statuses"]),
            );
        }
    }
    told
}

/// M1, M3, W2: of several actors, those that all attend.
fn meetings(case: &mut Case<'_>, actors: &[&str]) {
    let mut command = vec!["meetings"];
    command.extend(actors);
    let Some(answer) = case.ask(&command) else {
        return;
    };
    let told = told_meetings(&answer);
    let rule = match actors.len() {
        0 => "M3: meetings",
        1 => "M1 W2 M3: meetings of one",
        _ => "M1 W2 M3: meetings of two",
    };
    let expected = attended(case, actors);
    case.hold(rule, &command, &expected, &told);
}

/// M1, M3: the meetings held that `show ACTOR` lists.
fn show_actor(case: &mut Case<'_>, actor: &str) {
    let Some(answer) = case.ask(&["show", actor]) else {
        return;
    };
    let mut told = told_meetings(&answer);
    told.retain(|key, _| key.starts_with("meetings"));
    let mut expected = attended(case, &[actor]);
    expected.retain(|key, status| status == "held" && key.starts_with("meetings"));
    case.hold(
        "M1 W2 M3: show ACTOR, held",
        &["show", actor],
        &expected,
        &told,
    );
}

/// `compare`: meetings of both, and the ties between them that hold (R3).
fn between(case: &mut Case<'_>, one: &str, other: &str) {
    let Some(answer) = case.ask(&["compare", one, other]) else {
        return;
    };
    let told = told_meetings(&answer);
    let expected = attended(case, &[one, other]);
    case.hold(
        "M1 W2 M3: compare, meetings",
        &["compare", one, other],
        &expected,
        &told,
    );
    let mut told = Told::new();
    for row in rows(&answer, "ties") {
        let kind = match row["kind"].as_str().unwrap_or_default() {
            "other" => row["own_words"].as_str().unwrap_or_default().to_lowercase(),
            kind => kind.replace('_', ""),
        };
        told.insert(
            tie(&id(&row["from"]), &id(&row["to"]), &kind),
            "tie".to_owned(),
        );
    }
    let mut expected = Told::new();
    for (from, to, kind) in case.view.ties_in_force() {
        if [(one, other), (other, one)].contains(&(&*from, &*to)) {
            expected.insert(tie(&from, &to, &kind.to_lowercase()), "tie".to_owned());
        }
    }
    case.hold(
        "R3 T3: compare, ties",
        &["compare", one, other],
        &expected,
        &told,
    );
}

/// A tie by name; the two of a mutual one in either order.
fn tie(from: &str, to: &str, kind: &str) -> String {
    let mutual = ["ally", "partner", "agreement", "rival", "hostile"].contains(&kind);
    let (one, other) = if mutual && to < from {
        (to, from)
    } else {
        (from, to)
    };
    format!("{one} {kind} {other}")
}

/// M1, M3: status, participants, invited, declined.
fn show_meeting(case: &mut Case<'_>, meeting: &str) {
    let Some(answer) = case.ask(&["show", meeting]) else {
        return;
    };
    let list = |value: &Value| {
        let mut ids: Vec<String> = value.as_array().into_iter().flatten().map(id).collect();
        ids.sort_unstable();
        ids.join(" ")
    };
    let mut told = Told::new();
    let about = &answer["about"];
    told.insert("status".to_owned(), statuses(&about["statuses"]));
    for field in ["participants", "invited", "declined"] {
        let ids = list(&about[field]);
        if !ids.is_empty() {
            told.insert(field.to_owned(), ids);
        }
    }
    let met = &case.view.graph.meetings[meeting];
    let statuses = m3_statuses(&case.view.graph, met, case.view.asked.day);
    // `show` goes on telling later records (T3), in words of its own.
    if statuses.is_empty() {
        return;
    }
    let mut expected = Told::from([("status".to_owned(), expected_status(&statuses))]);
    let record = &met.record;
    for (field, ids) in [
        ("participants", &record.participants),
        ("invited", &record.invited),
        ("declined", &record.declined),
    ] {
        let mut ids: Vec<&str> = ids.iter().map(|id| &**id).collect();
        ids.sort_unstable();
        if !ids.is_empty() {
            expected.insert(field.to_owned(), ids.join(" "));
        }
    }
    case.hold("M1 M3: show MEETING", &["show", meeting], &expected, &told);
}

/// M1, C2: `brokers --through meetings`: "a connection is a meeting that both attended, and nothing else".
fn brokers(case: &mut Case<'_>) {
    let command = ["brokers", "--through", "meetings", "--top", "0"];
    let Some(answer) = case.ask(&command) else {
        return;
    };
    let mut told = Told::new();
    for row in rows(&answer, "brokers") {
        told.insert(id(&row["actor"]), row["degree"].to_string());
    }
    let mut degrees = std::collections::BTreeMap::<String, usize>::new();
    for (one, other) in case.view.m1_pairs() {
        *degrees.entry(one).or_default() += 1;
        *degrees.entry(other).or_default() += 1;
    }
    let expected = degrees
        .into_iter()
        .map(|(actor, degree)| (actor, degree.to_string()))
        .collect();
    told.retain(|_, degree| degree != "0");
    case.hold("M1 C2: brokers, degree", &command, &expected, &told);
}
