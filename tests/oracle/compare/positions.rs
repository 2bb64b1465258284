//! Verdicts, n, independent sources: `positions`, `show`, `compare`, `common`, `list issues`.

use serde_json::Value;

use super::{Case, Told, cell, id, rows, standing, verdict};
use demarche::model::Position;

use crate::rules::position::{Side, Verdict};
use crate::rules::when::days_made;
use crate::rules::word::Part;

pub(crate) fn compare(case: &mut Case<'_>) {
    positions(case);
    asides(case);
    deals(case);
    for issue in case.issues() {
        show_issue(case, &issue);
    }
    if let Some((one, other)) = case.two() {
        show_actor(case, &one);
        side_by_side(case, &one, &other);
    }
    list_issues(case);
}

/// P1, W2, A7: the statements that make positions, each with the whole position; W4 and T1: their marks.
fn positions(case: &mut Case<'_>) {
    let Some(answer) = case.ask(&["positions"]) else {
        return;
    };
    let (mut told, mut marks) = (Told::new(), Told::new());
    for row in rows(&answer, "positions") {
        let line = &row["where"]["line"];
        let key = format!(
            "{} on {}, line {line}",
            id(&row["actor"]),
            id(&row["issue"])
        );
        let doubts = row["doubts"].as_array().into_iter().flatten();
        let mut doubts = doubts.filter_map(Value::as_str);
        let is_open = doubts.any(|doubt| doubt == "perhaps_not_in_office");
        marks.insert(key.clone(), is_open.to_string());
        told.insert(key, cell(&row["position"]));
    }
    let (mut expected, mut marked) = (Told::new(), Told::new());
    for actor in case.actors() {
        for issue in case.issues() {
            let whole = case.view.standing(&actor, &issue);
            if whole.verdict == Verdict::Unknown {
                continue;
            }
            for (at, stance) in case.view.p1_makers(&actor, &issue) {
                let key = format!("{actor} on {issue}, line {}", at.1);
                let part = case.view.counts(stance, &actor, case.view.asked.day);
                marked.insert(key.clone(), (part == Part::Some).to_string());
                expected.insert(key, standing(&whole));
            }
        }
    }
    case.hold("P1 P2 W2: positions", &["positions"], &expected, &told);
    marks.retain(|key, _| marked.contains_key(key));
    marked.retain(|key, _| marks.contains_key(key));
    case.hold(
        "W4: positions, perhaps not in office",
        &["positions"],
        &marked,
        &marks,
    );
}

/// O1, E2: `positions --all` lists what is offered, and what was withdrawn.
fn asides(case: &mut Case<'_>) {
    let asked = &case.view.asked;
    if asked.own || asked.offers || asked.min_grade.is_some() || asked.known_by.is_some() {
        return;
    }
    // What was withdrawn is read of the whole graph.
    if asked.select.is_some() {
        return;
    }
    let Some(answer) = case.ask(&["positions", "--all"]) else {
        return;
    };
    let mut told = Told::new();
    for row in rows(&answer, "positions") {
        let status = row["status"].as_str().unwrap_or_default();
        if ["offered", "withdrawn"].contains(&status) {
            told.insert(format!("line {}", row["where"]["line"]), status.to_owned());
        }
    }
    let mut expected = Told::new();
    for actor in case.actors() {
        for issue in case.issues() {
            for (at, _) in case.view.o1_offers(&actor, &issue) {
                expected.insert(format!("line {}", at.1), "offered".to_owned());
            }
        }
    }
    let day = case.view.asked.day;
    for (at, stance) in &case.view.graph.withdrawn {
        if !days_made(&case.view.graph, stance, day).is_empty() {
            expected.insert(format!("line {}", at.1), "withdrawn".to_owned());
        }
    }
    case.hold(
        "O1 E2: positions --all",
        &["positions", "--all"],
        &expected,
        &told,
    );
}

/// The issues on which two would be on one side, the positions and offers of both taken together, at least one of these an offer.
fn deals(case: &mut Case<'_>) {
    let Some((one, other)) = case.two() else {
        return;
    };
    if case.view.asked.offers {
        return;
    }
    let command = ["common", &one, &other];
    let Some(answer) = case.ask(&command) else {
        return;
    };
    let mut told = Told::new();
    for row in rows(&answer, "deals") {
        told.insert(id(&row["issue"]), "in reach".to_owned());
    }
    let mut expected = Told::new();
    for issue in case.issues() {
        let brings = |actor: &str| {
            let mut all: Vec<(Position, bool)> = Vec::new();
            if let Verdict::Stands(position) = case.view.standing(actor, &issue).verdict {
                all.push((position, false));
            }
            let offers = case.view.o1_offers(actor, &issue);
            all.extend(
                offers
                    .iter()
                    .filter_map(|(_, offer)| Some((offer.position?, true))),
            );
            all
        };
        let (ours, theirs) = (brings(&one), brings(&other));
        let on_one_side = |offered: bool| {
            ours.iter().any(|(our, by_offer)| {
                theirs.iter().any(|(their, by_theirs)| {
                    (*by_offer || *by_theirs) == offered
                        && case.view.p2_side(*our, &issue).is_some()
                        && case.view.p2_alike(*our, *their, &issue)
                })
            })
        };
        if on_one_side(true) && !on_one_side(false) {
            expected.insert(issue, "in reach".to_owned());
        }
    }
    case.hold("O1: common, deals in reach", &command, &expected, &told);
}

/// P1 to P3: where everybody who counts stands on an issue, the unknown too.
fn show_issue(case: &mut Case<'_>, issue: &str) {
    let Some(answer) = case.ask(&["show", issue]) else {
        return;
    };
    let (mut told, mut unknown) = (Told::new(), Told::new());
    for section in [
        "supports",
        "opposes",
        "neutral",
        "mixed",
        "contested",
        "on_scale",
    ] {
        for row in rows(&answer, section) {
            told.insert(id(&row["actor"]), cell(&row["position"]));
        }
    }
    for row in rows(&answer, "unknown") {
        unknown.insert(id(&row["actor"]), "unknown".to_owned());
    }
    let (mut known, mut nothing) = (Told::new(), Told::new());
    for actor in case.actors() {
        // C1: by sides they are counted, and whoever speaks for one that counts is not.
        if case.view.c1_left_out(&actor, issue) {
            told.remove(&actor);
            continue;
        }
        let whole = case.view.standing(&actor, issue);
        let into = if whole.verdict == Verdict::Unknown {
            &mut nothing
        } else {
            &mut known
        };
        let told = match whole.verdict {
            Verdict::Unknown => "unknown".to_owned(),
            _ => standing(&whole),
        };
        into.insert(actor, told);
    }
    // "Without a question it is a topic only": where nobody says anything, there is nothing that could be unknown.
    let record = &case.view.graph.issues[issue];
    let is_topic = record.question.is_none() && record.scale.is_none();
    if is_topic && known.is_empty() && unknown.is_empty() {
        nothing.clear();
    }
    case.hold("P1 P2: show ISSUE", &["show", issue], &known, &told);
    case.hold(
        "P3: show ISSUE, unknown",
        &["show", issue],
        &nothing,
        &unknown,
    );
    // With `--own` what others say of an actor is left out, of whatever kind; with `as_of` in the file `show` goes on telling
    // later records (T3).
    // What a speaker is only said to say is told of whom it speaks for, too.
    let asked = &case.view.asked;
    if !asked.own && !asked.day_in_file && !asked.select.selects_actors() {
        attributed(case, issue, &answer);
    }
}

/// W1: what is only attributed is shown, not counted.
fn attributed(case: &mut Case<'_>, issue: &str, answer: &Value) {
    let mut told = Told::new();
    // T3: what is later is told, as later.
    for row in rows(answer, "attributed").filter(|row| row["status"] != "later") {
        told.insert(
            format!("line {}", row["where"]["line"]),
            "attributed".to_owned(),
        );
    }
    let mut expected = Told::new();
    for actor in case.actors() {
        for (_, line) in case.view.w1_attributed(&actor, issue) {
            expected.insert(format!("line {line}"), "attributed".to_owned());
        }
    }
    case.hold(
        "W1: show ISSUE, attributed",
        &["show", issue],
        &expected,
        &told,
    );
}

fn show_actor(case: &mut Case<'_>, actor: &str) {
    let Some(answer) = case.ask(&["show", actor]) else {
        return;
    };
    let mut told = Told::new();
    for row in rows(&answer, "positions") {
        let cells = told.entry(id(&row["issue"])).or_default();
        let cell = cell(&row["position"]);
        if !cells.contains(&cell) {
            cells.push_str(&cell);
        }
    }
    let mut expected = Told::new();
    for issue in case.issues() {
        let whole = case.view.standing(actor, &issue);
        if whole.verdict != Verdict::Unknown {
            expected.insert(issue, standing(&whole));
        }
    }
    case.hold("P1 P2: show ACTOR", &["show", actor], &expected, &told);
}

/// `compare` and `common`: the same cells, whatever section an issue is in.
fn side_by_side(case: &mut Case<'_>, one: &str, other: &str) {
    let mut expected = Told::new();
    for issue in case.issues() {
        let (ours, theirs) = (
            case.view.standing(one, &issue),
            case.view.standing(other, &issue),
        );
        if ours.verdict != Verdict::Unknown || theirs.verdict != Verdict::Unknown {
            expected.insert(
                issue,
                format!("{} | {}", standing(&ours), standing(&theirs)),
            );
        }
    }
    let commands: [(&'static str, &str, &[&str]); 2] = [
        (
            "P1 P2: compare",
            "compare",
            &["agree", "differ", "unknown", "unsettled"],
        ),
        (
            "P1 P2: common",
            "common",
            &["common", "divided", "unknown", "unsettled"],
        ),
    ];
    for (rule, command, sections) in commands {
        let Some(answer) = case.ask(&[command, one, other]) else {
            continue;
        };
        let mut told = Told::new();
        for section in sections {
            let mut cells = std::collections::BTreeMap::new();
            for row in rows(&answer, section) {
                cells.insert(
                    (id(&row["issue"]), id(&row["actor"])),
                    cell(&row["position"]),
                );
            }
            for (issue, actor) in cells.keys().filter(|(_, actor)| actor == one) {
                let theirs = cells.get(&(issue.clone(), other.to_owned()));
                let ours = &cells[&(issue.clone(), actor.clone())];
                let theirs = theirs.map_or("nothing", String::as_str);
                told.insert(issue.clone(), format!("{ours} | {theirs}"));
                // Whether an issue on which both are unknown is a row is no matter of this rule.
                told.retain(|_, cells| !cells.split(" | ").all(|cell| cell.starts_with("unknown")));
            }
        }
        case.hold(rule, &[command, one, other], &expected, &told);
    }
}

/// C1: how many are for, against and so on.
fn list_issues(case: &mut Case<'_>) {
    let Some(answer) = case.ask(&["list", "issues"]) else {
        return;
    };
    const COUNTS: [&str; 7] = [
        "positions",
        "supports",
        "opposes",
        "neutral",
        "on_scale",
        "mixed",
        "contested",
    ];
    let (mut told, mut expected) = (Told::new(), Told::new());
    for row in rows(&answer, "issues") {
        for count in COUNTS {
            told.insert(
                format!("{}: {count}", id(&row["issue"])),
                row[count].to_string(),
            );
        }
    }
    // `--tag`: "of a list of actors, issues or sources those with it".
    let tagged = |issue: &String| case.view.has_tag(&case.view.graph.issues[issue].tags);
    for issue in case.issues().into_iter().filter(tagged) {
        let mut counts = [0; 7];
        for actor in case.view.counted(&issue) {
            counts[0] += 1;
            let whole = case.view.standing(actor, &issue).verdict;
            let nth = match verdict(&whole).as_str() {
                "mixed" => 5,
                "contested" => 6,
                at if at.starts_with("at ") => 4,
                _ => match crate::measures::side(&case.view, actor, &issue) {
                    Some(Side::For) => 1,
                    Some(Side::Against) => 2,
                    _ => 3,
                },
            };
            counts[nth] += 1;
        }
        for (count, n) in COUNTS.iter().zip(counts) {
            expected.insert(format!("{issue}: {count}"), n.to_string());
        }
    }
    case.hold("C1: list issues", &["list", "issues"], &expected, &told);
}
