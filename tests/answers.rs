//! Answers of any size: a count above each list, no silent cut, no line as wide as the widest cell.
#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test that fails may panic"
)]

use std::fmt::Write;
use std::fs;
use std::process::{Command, Stdio};

use demarche::graph::Lens;
use demarche::measure::agreement::{Measure, Normalise};
use demarche::model::Day;
use demarche::query::{
    Answer, Counting, Detail, MatrixQuestion, Mode, PositionFilter, View, positions, statements,
};
use demarche::render::{Shape, Why, csv, json, markdown, text};
use demarche::resolve;

fn view(text: &str) -> View {
    let (graph, mistakes) = resolve::read("graph.ron", text);
    assert!(mistakes.is_empty(), "{mistakes:?}");
    View::whole(graph, Lens::as_of(Day::LAST))
}

/// A graph in which each of `actors` says something on each of `issues`; the first two disagree
/// with themselves on the first issue.
fn votes(actors: usize, issues: usize) -> String {
    let mut text = String::from("Graph(\n    actors: {\n");
    for actor in 0..actors {
        let _ = writeln!(
            text,
            "        \"a{actor}\": (name: \"Actor {actor}\", kind: State),"
        );
    }
    text += "    },\n    issues: {\n";
    for issue in 0..issues {
        let _ = writeln!(
            text,
            "        \"i{issue}\": (name: \"Issue {issue}\", question: \"Adopt it?\"),"
        );
    }
    text += "    },\n    sources: { \"s\": (title: \"Record\", date: \"2024-01-01\") },\n    stances: [\n";
    for (actor, issue) in (0..actors).flat_map(|actor| (0..issues).map(move |issue| (actor, issue)))
    {
        let position = ["Supports", "Opposes", "Neutral"][(actor * issue + issue) % 3];
        let _ = writeln!(
            text,
            "        (actor: \"a{actor}\", issue: \"i{issue}\", position: {position}, source: \"s\"),"
        );
        if issue == 0 && actor < 2 {
            let _ = writeln!(
                text,
                "        (actor: \"a{actor}\", issue: \"i0\", position: Opposes, source: \"s\"),"
            );
        }
    }
    text + "    ],\n)\n"
}

#[test]
fn a_list_says_how_many_and_of_whom() {
    let view = view(&votes(3, 4));
    let answer = view.positions(&PositionFilter::default());
    let told = text(&view.graph, &answer, Why::Brief, Shape::default());
    let head = "14 statements of 3 actors on 4 issues; 4 contested";
    assert!(told.contains(&format!("\n{head}\n")), "{told}");
    let told = markdown(&view.graph, &answer, Why::Brief, None);
    assert!(told.contains(&format!("\n## {head}\n")), "{told}");
    // The counts are of all, whatever is shown.
    let few = Shape {
        limit: Some(2),
        ..Shape::default()
    };
    let told = text(&view.graph, &answer, Why::Brief, few);
    assert!(told.contains(&format!("\n{head}\n")), "{told}");
    assert!(
        told.contains("\n 12 more: `--limit 0` shows all\n"),
        "{told}"
    );
    // Programs count for themselves.
    let section = &answer.sections()[0];
    assert!(!csv(&view.graph, section, Why::Brief, None).contains("14 statements"));
    assert!(!json(&view.graph, &answer).contains("14 statements"));
}

#[test]
fn rows_made_as_they_are_written_are_those_of_the_library() {
    // More rows than are laid out together or kept.
    let view = view(&votes(30, 50));
    let filter = PositionFilter::default();
    let made = statements(&view.graph, view.lens, &filter);
    let whole = positions(&view.graph, view.lens, &filter);
    assert_eq!(whole.positions.rows.len(), 1502);
    let answers: [&dyn Answer; 2] = [&made, &whole];
    let same = |write: &dyn Fn(&dyn Answer) -> String| {
        let [made, whole] = answers.map(write);
        assert!(made == whole && made.len() > 100_000, "{}", made.len());
    };
    for why in [Why::Brief, Why::Shown] {
        for width in [None, Some(60), Some(120)] {
            let shape = Shape {
                width,
                ..Shape::default()
            };
            same(&|answer| text(&view.graph, answer, why, shape));
        }
        same(&|answer| markdown(&view.graph, answer, why, None));
        same(&|answer| csv(&view.graph, &answer.sections()[0], why, None));
    }
    same(&|answer| json(&view.graph, answer));
}

#[test]
fn a_long_list_is_laid_out_as_a_short_one() {
    let view = view(&votes(30, 50));
    let answer = view.positions(&PositionFilter::default());
    for width in [None, Some(60), Some(100)] {
        let lines = |limit| {
            let shape = Shape {
                width,
                limit,
                ..Shape::default()
            };
            let told = text(&view.graph, &answer, Why::Brief, shape);
            told.lines().map(str::to_owned).collect::<Vec<String>>()
        };
        let all = lines(None);
        let placed = all.iter().filter(|line| line.contains("graph.ron:"));
        assert_eq!(placed.count(), 1502, "{width:?}");
        let widest = all.iter().map(|line| line.chars().count()).max();
        assert!(
            width.is_none_or(|width| widest <= Some(width)),
            "{widest:?}"
        );
        assert!(!lines(Some(40)).is_empty());
    }
}

#[test]
fn what_was_asked_for_is_never_said_only_once() {
    let view = view(
        &votes(1, 3)
            .replace("Opposes", "Supports")
            .replace("Neutral", "Supports"),
    );
    let shape = Shape {
        width: Some(60),
        ..Shape::default()
    };
    let answer = view.positions(&PositionFilter::default());
    let told = text(&view.graph, &answer, Why::Brief, shape);
    let each = told
        .split("each: ")
        .nth(1)
        .and_then(|rest| rest.split("\n ").next());
    let each = each.expect("what all rows have in common");
    assert!(
        each.contains("sources s") && !each.contains("position"),
        "{told}"
    );
}

#[test]
fn few_long_lists_do_not_widen_every_line() {
    let mut graph = votes(400, 1).replace("    stances:", "    meetings: {\n");
    graph.truncate(graph.find("    meetings").unwrap());
    graph += "    meetings: {\n";
    for meeting in 0..2_000 {
        let with: Vec<String> = match meeting % 500 {
            7 => (0..400).map(|actor| format!("\"a{actor}\"")).collect(),
            _ => vec![format!("\"a{}\"", meeting % 400), "\"a0\"".to_owned()],
        };
        let _ = writeln!(
            graph,
            "        \"m{meeting}\": (title: \"Meeting {meeting}\", status: Held, date: \"2023-05-01\", source: \"s\", participants: [{}]),",
            with.join(", ")
        );
    }
    graph += "    },\n)\n";
    let (graph, _) = resolve::read("graph.ron", &graph);
    let view = View::whole(graph, Lens::as_of(Day::LAST));
    let answer = view.meetings(&demarche::query::MeetingFilter::default());
    let told = text(&view.graph, &answer, Why::Brief, Shape::default());
    let cells: usize = told.split_whitespace().map(|word| word.len() + 1).sum();
    assert!(told.lines().count() > 2_000);
    assert!(told.len() < 3 * cells, "{} bytes of {cells}", told.len());
}

#[test]
fn a_share_of_many_issues_comes_before_one_of_a_single_issue() {
    // Sixty-two actors that vote alike once, and two that do so on forty issues and differ on one.
    let mut graph = votes(64, 41);
    graph.truncate(graph.find("    stances").unwrap());
    graph += "    stances: [\n";
    let mut say = |actor: usize, issue: usize, position: &str| {
        let _ = writeln!(
            graph,
            "        (actor: \"a{actor}\", issue: \"i{issue}\", position: {position}, source: \"s\"),"
        );
    };
    for actor in 2..64 {
        say(actor, 40, "Supports");
    }
    for issue in 0..40 {
        say(0, issue, "Supports");
        say(1, issue, if issue == 0 { "Opposes" } else { "Supports" });
    }
    let view = view(&(graph + "    ],\n)\n"));
    let answer = view.matrix(&MatrixQuestion {
        of: Mode::Actors(Measure::Identical, Normalise::None),
        counting: Counting::default(),
        least: 1,
        detail: Detail::Value,
    });
    let first = &answer.highest.rows[0];
    assert_eq!((first.issues, first.value), (Some(40), Some(0.975)));
    assert_eq!(answer.highest.rows[1].issues, Some(1));
    assert!(answer.notes.iter().any(|note| note.kind == "ranked"));
}

#[test]
fn a_comparison_begins_with_its_counts() {
    let view = view(&votes(2, 30));
    let ids: Vec<_> = view.graph.actors().map(|(id, _)| id).collect();
    let answer = view.compare(&ids);
    let [row] = &answer.summary.0[..] else {
        panic!("one row");
    };
    assert_eq!(row.agree, answer.agree.rows.len() / 2);
    assert_eq!(row.differ, answer.differ.rows.len() / 2);
    assert_eq!(row.agree + row.differ + row.unsettled.0 + row.unknown.0, 30);
    let told = text(&view.graph, &answer, Why::Brief, Shape::default());
    assert!(
        told.starts_with("Actor 0 and Actor 1\n\n agree on"),
        "{told}"
    );
    assert!(
        told.contains(&format!("Where they differ ({} issues)\n", row.differ)),
        "{told}"
    );
    let told = json(&view.graph, &answer);
    let summary = told.find("\"summary\": {\n").expect("the counts");
    assert!(summary < told.find("\"agree\": [").expect("the issues"));
}

#[test]
fn every_list_obeys_the_limit_and_says_what_it_leaves_out() {
    let folder = tempfile::tempdir().unwrap();
    let graph = folder.path().join("graph.ron");
    fs::write(&graph, votes(12, 9)).unwrap();
    let run = |arguments: &[&str]| {
        let output = Command::new(env!("CARGO_BIN_EXE_demarche"))
            .env_remove("COLUMNS")
            .arg("-g")
            .arg(&graph)
            .args(arguments)
            .output()
            .unwrap();
        String::from_utf8(output.stdout).unwrap()
    };
    for question in [
        &["positions"][..],
        &["list", "actors"],
        &["list", "issues"],
        &["list", "stances"],
        &["compare", "a0", "a1"],
        &["common", "a0", "a1"],
        &["history", "a0"],
        &["show", "a0"],
        &["show", "i1"],
        &["timeline"],
        &["evidence"],
        &["camps"],
        &["brokers", "--through", "issues"],
        &["find", "issue"],
    ] {
        let limited = [question, &["--limit", "3"]].concat();
        let told = run(&limited);
        assert!(
            told.contains(" more: `--limit 0` shows all"),
            "{question:?}: {told}"
        );
        let tables = told.split("\n\n").map(|part| {
            let rows = part
                .lines()
                .filter(|line| line.starts_with(' ') && !line.contains(" more: "));
            rows.count()
        });
        // Three rows and their headings.
        assert!(tables.max() <= Some(4), "{question:?}: {told}");
        let whole = run(&[question, &["--limit", "0"]].concat());
        assert_eq!(whole, run(question), "{question:?}");
        assert!(!whole.contains(" more: "), "{question:?}: {whole}");
    }
}

#[test]
fn a_reader_may_stop_reading() {
    let folder = tempfile::tempdir().unwrap();
    let graph = folder.path().join("graph.ron");
    fs::write(&graph, votes(60, 60)).unwrap();
    for format in ["text", "json", "csv", "md"] {
        let mut program = Command::new(env!("CARGO_BIN_EXE_demarche"))
            .arg("-g")
            .arg(&graph)
            .args(["positions", "--format", format])
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        drop(program.stdout.take());
        let output = program.wait_with_output().unwrap();
        let said = String::from_utf8(output.stderr).unwrap();
        assert!(output.status.success(), "{format}: {said}");
        assert!(!said.contains("error:"), "{format}: {said}");
    }
}
