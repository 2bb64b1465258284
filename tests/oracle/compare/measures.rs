//! Who counts, and what it weighs: `matrix`, `camps`, `forecast`, `balance`.

use std::collections::BTreeMap;

use serde_json::Value;

use super::{Case, Told, id, number, rows, verdict};
use demarche::model::{Position, Stance};

use crate::measures::{agreement, forecast, identical, median, net, side, stakes, two_mode};
use crate::rules::position::{Side, Verdict, View};
use crate::rules::records::At;

pub(crate) fn compare(case: &mut Case<'_>) {
    matrix_issues(case);
    for measure in ["congruence", "conflict", "identical", "net"] {
        matrix(case, measure);
    }
    for issue in case.issues() {
        camps(case, &issue);
        forecasts(case, &issue);
    }
    balance(case);
}

/// The cells of a matrix, by row and column.
fn cells(answer: &Value, values: &str) -> Told {
    let ids = |field: &str| -> Vec<String> { rows(&answer["matrix"], field).map(id).collect() };
    let (across, down) = (ids("columns"), ids("rows"));
    let mut told = Told::new();
    for (row, cells) in down.iter().zip(rows(&answer["matrix"], values)) {
        for (column, cell) in across.iter().zip(cells.as_array().into_iter().flatten()) {
            if let Some(value) = cell.as_f64() {
                told.insert(format!("{row} and {column}"), number(value));
            }
        }
    }
    told
}

/// C1, two-mode: the sum of the scores of what an actor says, and how many statements have one.
fn matrix_issues(case: &mut Case<'_>) {
    let command = ["matrix", "issues", "--measure", "subtract"];
    let Some(answer) = case.ask(&command) else {
        return;
    };
    let mut expected = Told::new();
    for actor in case.actors() {
        for issue in case.issues() {
            if let Some((sum, _)) = two_mode(&case.view, &actor, &issue) {
                expected.insert(format!("{actor} and {issue}"), number(sum));
            }
        }
    }
    case.hold(
        "C1 W2: matrix issues",
        &command,
        &expected,
        &cells(&answer, "values"),
    );
}

/// C1, one-mode: congruence, conflict, net.
fn matrix(case: &mut Case<'_>, measure: &'static str) {
    let command = ["matrix", "--measure", measure];
    let Some(answer) = case.ask(&command) else {
        return;
    };
    named_as_left_out(case, &command, measure, &answer);
    let mut expected = Told::new();
    let actors = case.actors();
    for one in &actors {
        for other in actors.iter().filter(|other| *other != one) {
            if measure == "identical" {
                let share = identical(&case.view, one, other);
                share.map(|share| expected.insert(format!("{one} and {other}"), number(share)));
                continue;
            }
            let (congruence, conflict, shared) = agreement(&case.view, one, other);
            let (same, opposite) = net(&case.view, one, other);
            let value = match measure {
                "congruence" => congruence,
                "conflict" => conflict,
                _ => same as f64 - opposite as f64,
            };
            if shared > 0 && (measure != "net" || same + opposite > 0) {
                expected.insert(format!("{one} and {other}"), number(value));
            }
        }
    }
    let mut told = cells(&answer, if measure == "net" { "net" } else { "values" });
    if measure == "net" {
        // Whether 0 : 0 is a cell is no matter of who counts.
        let zero = number(0.0);
        told.retain(|key, value| *value != zero || expected.contains_key(key));
    }
    let rule = match measure {
        "congruence" => "C1 W2: matrix, congruence",
        "conflict" => "C1 W2: matrix, conflict",
        "identical" => "C1 P2: matrix, identical",
        _ => "C1 P2: matrix, net",
    };
    case.hold(rule, &command, &expected, &told);
}

/// P3, C1: a note names who is left out for what is mixed, who is contested, and by *net* who names a number.
fn named_as_left_out(case: &mut Case<'_>, command: &[&str], measure: &str, answer: &Value) {
    const NAMED: usize = 5;
    let (mut told, mut expected) = (Told::new(), Told::new());
    for note in rows(answer, "notes").filter_map(|note| note["text"].as_str()) {
        let (what, names) = note.split_once(": ").unwrap_or_default();
        if let "Mixed, without a score and not counted"
        | "Contested, without a position"
        | "Numbers on a scale, on no side and not counted" = what
        {
            told.insert(what.to_owned(), names.trim_end_matches('.').to_owned());
        }
    }
    let mut named = std::collections::BTreeMap::<&str, Vec<String>>::new();
    for actor in case.actors() {
        for issue in case.issues() {
            let what = match case.view.standing(&actor, &issue).verdict {
                _ if case.view.c1_left_out(&actor, &issue) => continue,
                Verdict::Contested => "Contested, without a position",
                Verdict::Stands(Position::Mixed) => "Mixed, without a score and not counted",
                Verdict::Stands(Position::At(_)) if measure == "net" => {
                    "Numbers on a scale, on no side and not counted"
                }
                _ => continue,
            };
            let name = format!("Name of {actor} on Name of {issue}");
            named.entry(what).or_default().push(name);
        }
    }
    for (what, mut names) in named {
        let more = names.len().saturating_sub(NAMED);
        names.truncate(NAMED);
        names.extend((more > 0).then(|| format!("{more} more")));
        let last = names.pop().unwrap_or_default();
        let text = match names.is_empty() {
            true => last,
            false => format!("{} and {last}", names.join(", ")),
        };
        expected.insert(what.to_owned(), text);
    }
    case.hold(
        "P3 C1: matrix, who is named in notes",
        command,
        &expected,
        &told,
    );
}

/// C1, P4: who is on which side of an issue, the unknown too, and what each side weighs.
fn camps(case: &mut Case<'_>, issue: &str) {
    let Some(answer) = case.ask(&["camps", issue]) else {
        return;
    };
    let (mut told, mut weights) = (Told::new(), Told::new());
    for row in rows(&answer, "sides") {
        let side = match row["side"].as_str().unwrap_or_default() {
            "at" => format!("at {}", row["number"]),
            side => side.to_owned(),
        };
        for actor in rows(row, "who") {
            told.insert(id(actor), side.clone());
        }
        let of = |field: &str| {
            row[field]
                .as_f64()
                .map_or_else(|| row[field].to_string(), number)
        };
        weights.insert(
            side,
            format!("power {}, weight {}", of("power"), of("weight")),
        );
    }
    let (mut expected, mut weighed) = (Told::new(), BTreeMap::<String, (f64, f64)>::new());
    for actor in case.actors() {
        if case.view.c1_left_out(&actor, issue) {
            continue;
        }
        let whole = case.view.standing(&actor, issue);
        let word = match verdict(&whole.verdict) {
            word if ["mixed", "contested", "unknown"].contains(&&*word)
                || word.starts_with("at ") =>
            {
                word
            }
            _ => match side(&case.view, &actor, issue) {
                Some(Side::For) => "for".to_owned(),
                Some(Side::Against) => "against".to_owned(),
                _ => "neutral".to_owned(),
            },
        };
        let (power, salience) = (whole.power.unwrap_or(1.0), whole.salience.unwrap_or(1.0));
        let sums = weighed.entry(word.clone()).or_default();
        *sums = (sums.0 + power, sums.1 + power * salience);
        expected.insert(actor, word);
    }
    case.hold(
        "C1 P2: camps ISSUE, sides",
        &["camps", issue],
        &expected,
        &told,
    );
    if expected == told {
        let weighed = weighed
            .into_iter()
            .map(|(side, (power, weight))| {
                (
                    side,
                    format!("power {}, weight {}", number(power), number(weight)),
                )
            })
            .collect();
        case.hold(
            "P4: camps ISSUE, weights",
            &["camps", issue],
            &weighed,
            &weights,
        );
    }
}

/// C1, P4: whom a forecast takes, with what weight, and what comes of it.
fn forecasts(case: &mut Case<'_>, issue: &str) {
    let Some(answer) = case.ask(&["forecast", issue]) else {
        return;
    };
    let weight = |value: &Value| {
        value
            .as_f64()
            .map_or_else(|| "not known".to_owned(), number)
    };
    let mut told = Told::new();
    for row in rows(&answer, "stakes") {
        let at = row["on_scale"]
            .as_f64()
            .map_or_else(|| row["on_scale"].to_string(), number);
        let (salience, power) = (weight(&row["salience"]), weight(&row["power"]));
        told.insert(
            id(&row["actor"]),
            format!("{at}, salience {salience}, power {power}"),
        );
    }
    let stakes = stakes(&case.view, issue);
    let known = |value: Option<f64>| value.map_or_else(|| "not known".to_owned(), number);
    let expected: Told = stakes
        .iter()
        .map(|stake| {
            let weights = format!(
                "salience {}, power {}",
                known(stake.salience),
                known(stake.power)
            );
            (
                stake.actor.clone(),
                format!("{}, {weights}", number(stake.at)),
            )
        })
        .collect();
    case.hold(
        "C1 P4: forecast, stakes",
        &["forecast", issue],
        &expected,
        &told,
    );
    left_out(case, issue, &answer);
    if expected != told {
        return;
    }
    let mut told = Told::new();
    for row in rows(&answer, "forecasts") {
        let rule = row["rule"].as_str().unwrap_or_default().to_owned();
        if let Some(value) = row["forecast"].as_f64() {
            told.insert(rule, number(value));
        }
    }
    let power = |stake: &crate::measures::Stake| stake.power.unwrap_or(1.0);
    let mut expected = Told::new();
    let rules = [
        ("mean", forecast(&stakes, |_| 1.0)),
        ("power_mean", forecast(&stakes, power)),
        (
            "compromise",
            forecast(&stakes, |stake| {
                power(stake) * stake.salience.unwrap_or(1.0)
            }),
        ),
    ];
    let middle = median(&stakes, |stake| {
        power(stake) * stake.salience.unwrap_or(1.0)
    });
    let rules = rules.into_iter().chain([
        ("median", middle.map(|(first, _)| first)),
        (
            "condorcet",
            middle
                .filter(|(_, beats_all)| *beats_all)
                .map(|(first, _)| first),
        ),
    ]);
    for (rule, value) in rules {
        value.map(|value| expected.insert(rule.to_owned(), number(value)));
    }
    case.hold("P4: forecast", &["forecast", issue], &expected, &told);
    if let Some(mean) = forecast(&stakes, |_| 1.0) {
        dropped(case, issue, mean, &answer);
    }
}

/// "Which single statement, if dropped, moves it most", of the mean: by how much, and the lines of all such statements.
fn dropped(case: &mut Case<'_>, issue: &str, mean: f64, answer: &Value) {
    let row_of = |by: f64, lines: Vec<String>| {
        Told::from([(
            "mean".to_owned(),
            format!("{} {}", number(by), lines.join(" ")),
        )])
    };
    let rows = rows(answer, "statements").filter(|row| row["rule"] == "mean");
    let told: Vec<(f64, String)> = rows
        .map(|row| {
            let by = row["moves_by"].as_f64().unwrap_or_default();
            (by, row["where"]["line"].to_string())
        })
        .collect();
    let of_issue = |(_, stance): &&(At, Stance<'_>)| *stance.issue == *issue;
    let lines: Vec<At> = (case.view.graph.stances.iter().filter(of_issue))
        .map(|(at, _)| *at)
        .collect();
    let moves = lines.into_iter().filter_map(|at| {
        let mut without = case.view.graph.clone();
        without.stances.retain(|(other, _)| *other != at);
        let left = View::of(&without, &case.view.asked);
        let by = (forecast(&stakes(&left, issue), |_| 1.0)? - mean).abs();
        Some((by, at.1.to_string()))
    });
    let moves: Vec<(f64, String)> = moves.collect();
    let most = moves.iter().map(|(by, _)| *by).fold(0.0, f64::max);
    let at_most = |moves: Vec<(f64, String)>| {
        let mut lines: Vec<String> = (moves.into_iter())
            .filter(|(by, _)| most > 1e-9 && (by - most).abs() < 1e-9)
            .map(|(_, line)| line)
            .collect();
        lines.sort_unstable();
        lines
    };
    let (expected, told) = (row_of(most, at_most(moves)), row_of(most, at_most(told)));
    case.hold(
        "P1 P4: forecast, dropped",
        &["forecast", issue],
        &expected,
        &told,
    );
}

/// In place of the words of an answer for this.
const FOLDED: &str = "speaks for one that counts";

/// P3, C1: who is left out of a forecast, and why.
fn left_out(case: &mut Case<'_>, issue: &str, answer: &Value) {
    let mut told = Told::new();
    for row in rows(answer, "left_out") {
        let because = row["because"].as_str().unwrap_or_default();
        let because = match because {
            because if because.starts_with("speaks_for") => FOLDED,
            // Unknown, too: only that it does not matter to the actor is known.
            "indifferent" | "position_unknown" => "position unknown",
            because => because,
        };
        told.insert(
            id(&row["actor"]),
            because
                .split([':', ','])
                .next()
                .unwrap_or_default()
                .to_owned(),
        );
    }
    let mut expected = Told::new();
    for actor in case.actors() {
        let because = match case.view.standing(&actor, issue).verdict {
            Verdict::Unknown => "position unknown",
            _ if case.view.c1_left_out(&actor, issue) => FOLDED,
            Verdict::Contested => "contested",
            Verdict::Stands(demarche::model::Position::Mixed) => "mixed",
            Verdict::Stands(_) => continue,
        };
        expected.insert(actor, because.to_owned());
    }
    case.hold(
        "C1 P3: forecast, left out",
        &["forecast", issue],
        &expected,
        &told,
    );
}

/// C1: how many friendly and unfriendly relations positions make. Tested by the counts alone: which split is best is a matter
/// of the measure.
fn balance(case: &mut Case<'_>) {
    let command = ["balance", "--signs", "positions", "--top", "0"];
    let Some(answer) = case.ask(&command) else {
        return;
    };
    let (mut friendly, mut unfriendly) = (0, 0);
    let actors = case.actors();
    for (nth, one) in actors.iter().enumerate() {
        for other in &actors[nth + 1..] {
            let (same, opposite) = net(&case.view, one, other);
            friendly += usize::from(same > opposite);
            unfriendly += usize::from(opposite > same);
        }
    }
    let mut expected = Told::new();
    if friendly + unfriendly > 0 {
        expected.insert("friendly_relations".to_owned(), friendly.to_string());
        expected.insert("unfriendly_relations".to_owned(), unfriendly.to_string());
    }
    let mut told = Told::new();
    for row in rows(&answer, "balance") {
        let measure = row["measure"].as_str().unwrap_or_default();
        if measure.ends_with("friendly_relations") {
            told.insert(measure.to_owned(), row["value"].to_string());
        }
    }
    case.hold("C1: balance, relations", &command, &expected, &told);
}
