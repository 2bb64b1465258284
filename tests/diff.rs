//! What `diff` takes for a difference: nothing that is only moved, put in another order or laid out otherwise; all that a
//! record says. And what it reads through git.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stderr,
    reason = "a test that fails may panic, one that is skipped says so"
)]

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use demarche::graph::{Graph, Lens};
use demarche::model::{
    Actor, ActorKind, Day, Document, Earlier, Fact, Issue, Meeting, MeetingStatus, Position,
    Records, Source, Stance, Str, Tie, TieKind,
};
use demarche::query::{Answer, Difference, Version, View, diff};
use demarche::resolve::{self, Memory};
use demarche::syntax::{OneOrMany, Rare};
use demarche::text::FileId;
use proptest::prelude::*;

fn version(name: &str, graph: Graph) -> Version {
    Version {
        name: name.to_owned(),
        view: View::whole(graph, Lens::as_of(Day::of(2024, 6, 1))),
        mistakes: 0,
    }
}

fn between(old: &str, new: &str) -> Difference {
    let read = |text: &str| {
        let (graph, found) = resolve::read("a.ron", text);
        assert!(found.is_empty(), "{found:#?}");
        version("a", graph)
    };
    diff(read(old), read(new))
}

/// What the sections of a difference hold, as `key: rows`.
fn rows(difference: &Difference) -> Vec<String> {
    let sections = difference.answer.sections();
    let told = sections
        .iter()
        .filter(|section| section.rows.count() > 0 && section.key != "summary");
    told.map(|section| format!("{}: {}", section.key, section.rows.count()))
        .collect()
}

/// A source of chance that a test can repeat.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % sides.max(1)
    }

    fn shuffle<T>(&mut self, items: &mut [T]) {
        for nth in 1..items.len() {
            items.swap(nth, self.roll(nth + 1));
        }
    }
}

/// The same graph in so many files, its records and lists in another order, all laid out anew.
fn rewritten(document: &Document<'_>, files: usize, dice: &mut Dice) -> Memory {
    let mut document = document.clone();
    for (_, actor) in &mut document.actors.0 {
        dice.shuffle(&mut actor.aliases);
        dice.shuffle(&mut actor.members);
        dice.shuffle(&mut actor.tags);
    }
    for (_, meeting) in &mut document.meetings.0 {
        dice.shuffle(&mut meeting.participants);
        dice.shuffle(&mut meeting.topics);
        dice.shuffle(&mut meeting.earlier);
    }
    for tie in document
        .ties
        .iter_mut()
        .filter(|tie| matches!(tie.kind, TieKind::Ally | TieKind::Rival))
    {
        std::mem::swap(&mut tie.from, &mut tie.to);
    }
    let mut parts = vec![Document::default(); files];
    macro_rules! deal {
        ($($section:ident $(.$list:tt)?),*) => {$(
            dice.shuffle(&mut document.$section$(.$list)?);
            for record in document.$section$(.$list)?.drain(..) {
                parts[dice.roll(files)].$section$(.$list)?.push(record);
            }
        )*};
    }
    deal!(
        sources.0, actors.0, issues.0, stances, meetings.0, ties, facts.0
    );
    parts[0].title = document.title;
    parts[0].note = document.note;
    let names: Vec<String> = (1..files).map(|nth| format!("part-{nth}.ron")).collect();
    parts[0].include = names.iter().map(String::as_str).collect();
    let names = std::iter::once("main.ron".to_owned()).chain(names.iter().cloned());
    let layout = |text: String| text.replace('\n', " // again\r\n\t");
    names
        .zip(&parts)
        .map(|(name, part)| (name, layout(part.to_ron().unwrap())))
        .collect()
}

fn same_when_rewritten(text: &str, files: usize, seed: u64) -> Result<(), TestCaseError> {
    let (document, found) = Document::read(text, FileId(0));
    prop_assert!(found.is_empty(), "{:?}", found);
    let (graph, found) = resolve::read("old.ron", text);
    prop_assert!(found.is_empty(), "{:?}", found);
    let files = rewritten(&document, files, &mut Dice(seed));
    let (again, found) = resolve::load(&files, &["main.ron".to_owned()]).unwrap();
    prop_assert!(found.is_empty(), "{:?}", found);
    let difference = diff(version("old", graph), version("new", again));
    prop_assert!(
        difference.is_empty(),
        "{}",
        demarche::render::json(&difference.graph, &difference.answer)
    );
    Ok(())
}

/// A graph in which everything refers to everything, some of it twice.
fn generated(dice: &mut Dice) -> String {
    const DATES: [&str; 5] = [
        "2023",
        "2023-06~",
        "2023-06-18",
        "2022-12/2023-01",
        "2024-02-29?",
    ];
    const POSITIONS: [Position; 4] = [
        Position::Supports,
        Position::StronglyOpposes,
        Position::Neutral,
        Position::Mixed,
    ];
    let id = |kind: &str, nth: usize| format!("{kind}-{nth}");
    let some = |dice: &mut Dice, kind: &str| -> Vec<Str<'static>> {
        (0..4)
            .filter(|_| dice.roll(2) == 0)
            .map(|n| id(kind, n).into())
            .collect()
    };
    let date = |dice: &mut Dice| {
        (dice.roll(3) > 0).then(|| DATES[dice.roll(DATES.len())].parse().unwrap())
    };
    let text = |dice: &mut Dice| {
        (dice.roll(2) == 0).then(|| ["“said”\nso", "a \\ b", "zwei"][dice.roll(3)].into())
    };
    let rare = |dice: &mut Dice| -> Rare<'static> {
        text(dice)
            .map(|text: Str<'_>| text.into())
            .unwrap_or_default()
    };
    let records = |n: usize| (0..n).map(|n| n.to_string());
    let mut document = Document {
        title: Some("generated".into()),
        ..Document::default()
    };
    document.sources = Records(
        records(4)
            .map(|n| {
                (
                    format!("source-{n}").into(),
                    Source {
                        title: n.into(),
                        date: date(dice),
                        ..Source::default()
                    },
                )
            })
            .collect(),
    );
    document.actors = Records(
        records(4)
            .map(|n| {
                let actor = Actor {
                    name: format!("Actor {n}").into(),
                    kind: ActorKind::State,
                    ..Actor::default()
                };
                (
                    format!("actor-{n}").into(),
                    Actor {
                        aliases: vec![format!("A{n}").into(), "é".into()],
                        note: rare(dice),
                        ..actor
                    },
                )
            })
            .collect(),
    );
    document.issues = Records(
        records(4)
            .map(|n| {
                (
                    format!("issue-{n}").into(),
                    Issue {
                        name: n.into(),
                        question: text(dice),
                        ..Issue::default()
                    },
                )
            })
            .collect(),
    );
    for _ in 0..dice.roll(12) {
        let actors = some(dice, "actor");
        let actor = if actors.is_empty() {
            vec!["actor-0".into()]
        } else {
            actors
        };
        document.stances.push(Stance {
            actor: OneOrMany::Many(actor.into()),
            issue: id("issue", dice.roll(4)).into(),
            position: Some(POSITIONS[dice.roll(4)]),
            summary: text(dice),
            date: date(dice),
            source: OneOrMany::Many(some(dice, "source").into()),
            ..Stance::default()
        });
    }
    for n in 0..dice.roll(4) {
        let earlier = Earlier {
            status: MeetingStatus::Postponed,
            on: date(dice),
            note: rare(dice),
            ..Earlier::default()
        };
        let meeting = Meeting {
            title: "Talks".into(),
            status: MeetingStatus::Planned,
            date: date(dice),
            ..Meeting::default()
        };
        let meeting = Meeting {
            participants: some(dice, "actor"),
            topics: some(dice, "issue"),
            ..meeting
        };
        let earlier = vec![
            Earlier {
                because: "issue-1".into(),
                ..earlier.clone()
            },
            earlier,
        ];
        document
            .meetings
            .0
            .push((id("meeting", n).into(), Meeting { earlier, ..meeting }));
    }
    for _ in 0..dice.roll(4) {
        let (from, to) = (
            id("actor", dice.roll(2)).into(),
            id("actor", 2 + dice.roll(2)).into(),
        );
        document.ties.push(Tie {
            from,
            to,
            kind: TieKind::Ally,
            over: some(dice, "issue"),
            ..Tie::default()
        });
    }
    for n in 0..dice.roll(3) {
        document.facts.0.push((
            id("fact", n).into(),
            Fact {
                text: "so".into(),
                about: some(dice, "actor"),
                ..Fact::default()
            },
        ));
    }
    document.to_ron().unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_graph_that_is_only_rewritten_does_not_differ(files in 1_usize..5, seed: u64) {
        same_when_rewritten(include_str!("../graphs/blinken-2023.ron"), files, seed)?;
        same_when_rewritten(include_str!("sessions/dam.ron"), files, seed)?;
    }

    #[test]
    fn nor_does_a_generated_one(files in 1_usize..5, seed: u64) {
        same_when_rewritten(&generated(&mut Dice(seed)), files, seed)?;
    }

    /// Whatever a record says is a difference when it says something else, or is not there.
    #[test]
    fn what_is_not_the_same_differs(seed: u64) {
        let text = generated(&mut Dice(seed));
        let (mut document, _) = Document::read(&text, FileId(0));
        let dice = &mut Dice(seed ^ 1);
        let changed = match dice.roll(6) {
            0 => document.stances.pop().is_some(),
            1 => document.stances.first_mut().map(|stance| stance.note = "new".into()).is_some(),
            2 => document.meetings.0.first_mut().map(|(_, meeting)| meeting.earlier.pop()).is_some(),
            3 => document.ties.first_mut().map(|tie| tie.kind = TieKind::Rival).is_some(),
            4 => document.sources.0.first_mut().map(|(_, source)| source.url = Some("https://example.org".into())).is_some(),
            _ => document.actors.0.first_mut().map(|(_, actor)| actor.aliases.pop()).is_some(),
        };
        let (old, _) = resolve::read("a.ron", &text);
        let (new, _) = resolve::read("b.ron", &document.to_ron().unwrap());
        prop_assert_eq!(diff(version("a", old), version("b", new)).is_empty(), !changed);
    }
}

const PACT: &str = r#"Graph(
    sources: { "note": (title: "A note", date: "2024-05-01"), "wire": (title: "The wire", date: "2024-05-02") },
    actors: { "us": (name: "United States", kind: State, aliases: ["USA"]), "oslo": (name: "Oslo", kind: State) },
    issues: { "pact": (name: "A pact", question: "Should there be one?") },
    stances: [
        (actor: "us", issue: "pact", position: Supports, source: "note", summary: "wants it"),
        (actor: "oslo", issue: "pact", position: Supports, source: "note"),
    ],
    meetings: { "talks": (title: "Talks", status: Held, date: "2024-04", participants: ["us", "oslo"], source: "wire") },
    ties: [ (from: "us", to: "oslo", kind: Ally, source: "wire") ],
)"#;

#[test]
fn a_thing_with_another_id_is_renamed_and_nothing_else() {
    let by_name = PACT.replace(r#""us""#, r#""united-states""#);
    assert_eq!(rows(&between(PACT, &by_name)), ["renamed: 1"]);
    let by_alias = by_name
        .replace("United States", "USA")
        .replace(r#"["USA"]"#, r#"["America"]"#);
    assert_eq!(
        rows(&between(PACT, &by_alias)),
        ["renamed: 1", "changed: 2"]
    );
    // Two that could be meant are none.
    let twice = by_name
        .replace(r#""oslo": (name: "Oslo""#, r#""usa": (name: "USA""#)
        .replace(r#""oslo""#, r#""usa""#);
    assert!(
        rows(&between(&PACT.replace(r#"aliases: ["USA"]"#, ""), &twice))
            .contains(&"renamed: 1".to_owned())
    );
    let source = PACT.replace(r#""note""#, r#""note-1""#);
    assert_eq!(rows(&between(PACT, &source)), ["renamed: 1"]);
}

#[test]
fn positions_move_become_contested_and_unknown() {
    let change = |new: &str| -> Vec<String> {
        let answer = between(PACT, new).answer;
        let tables = [
            answer.positions,
            answer.positions_known,
            answer.positions_unknown,
        ];
        let rows = tables.iter().flat_map(|table| &table.rows);
        rows.map(|row| row.change.key.to_string()).collect()
    };
    let moved = PACT.replacen("position: Supports", "position: Opposes", 1);
    assert_eq!(change(&moved), ["moves"]);
    assert_eq!(
        rows(&between(PACT, &moved)),
        ["positions: 1", "statements_changed: 1"]
    );
    let contested = PACT.replace(
        "stances: [",
        r#"stances: [ (actor: "us", issue: "pact", position: Opposes, source: "note"),"#,
    );
    assert_eq!(change(&contested), ["becomes_contested"]);
    let unknown = PACT.replace(
        r#"(actor: "oslo", issue: "pact", position: Supports, source: "note"),"#,
        "",
    );
    assert_eq!(change(&unknown), ["becomes_unknown"]);
    let counts = |old: &str, new: &str| {
        let row = between(old, new).answer.summary.rows.remove(0);
        (
            row.what.key.to_string(),
            row.added.0,
            row.removed.0,
            row.changed.0,
        )
    };
    assert_eq!(counts(PACT, &moved), ("positions".to_owned(), 0, 0, 1));
    assert_eq!(counts(PACT, &unknown), ("positions".to_owned(), 0, 1, 0));
    assert_eq!(counts(&unknown, PACT), ("positions".to_owned(), 1, 0, 0));
    assert_eq!(
        rows(&between(&unknown, PACT)),
        ["positions_known: 1", "statements_added: 1"]
    );
    assert_eq!(
        rows(&between(&contested, PACT)),
        ["positions: 1", "statements_removed: 1"]
    );
}

#[test]
fn another_voice_with_another_strength_moves_nothing() {
    let said = |statements: &str| {
        format!(
            r#"Graph(
    sources: {{ "s": (title: "S") }},
    actors: {{
        "state": (name: "The state", kind: State),
        "minister": (name: "The minister", kind: Person, speaks_for: "state"),
    }},
    issues: {{ "pact": (name: "The pact", question: "Sign?") }},
    stances: [{statements}],
)"#
        )
    };
    let says = |actor: &str, position: &str, day: &str| {
        format!(
            r#"(actor: "{actor}", issue: "pact", position: {position}, date: "{day}", source: "s"),"#
        )
    };
    let moved = |old: &str, new: &str| -> Vec<String> {
        let answer = between(&said(old), &said(new)).answer;
        let of_state = |row: &&demarche::query::rows::MovedRow| row.from.verdict != row.to.verdict;
        let rows = answer.positions.rows;
        rows.iter()
            .filter(of_state)
            .map(|row| format!("{} to {}", row.from.verdict.word(), row.to.verdict.word()))
            .collect()
    };
    let state = says("state", "StronglySupports", "2024-01-01");
    // The minister is weaker on the same day, or alone at a later one.
    for day in ["2024-01-01", "2024-02-01"] {
        let both = state.clone() + &says("minister", "Supports", day);
        assert!(moved(&state, &both).is_empty(), "{day}");
        assert!(moved(&both, &state).is_empty(), "{day}");
    }
    // Its own strength is a move, and so is the other side by any voice.
    let weaker = says("state", "Supports", "2024-02-01");
    assert_eq!(moved(&state, &weaker), ["strongly supports to supports"]);
    let against = says("minister", "Opposes", "2024-02-01");
    assert_eq!(
        moved(&state, &(state.clone() + &against)),
        ["strongly supports to opposes"]
    );
    // Contested stays so if one of those who disagree is heard in another strength by another.
    let contested = state.clone() + &says("state", "Opposes", "2024-01-01");
    let more = contested.clone() + &says("minister", "Supports", "2024-01-01");
    assert!(
        between(&said(&contested), &said(&more))
            .answer
            .positions
            .rows
            .is_empty()
    );
}

fn git(folder: &Path, arguments: &[&str]) -> Option<()> {
    let mut command = Command::new("git");
    command.current_dir(folder).args([
        "-c",
        "user.name=A",
        "-c",
        "user.email=a@example.org",
        "-c",
        "init.defaultBranch=main",
    ]);
    let output = command
        .args(arguments)
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .output()
        .ok()?;
    assert!(
        output.status.success(),
        "git {arguments:?}: {}",
        String::from_utf8_lossy(&output.stderr)
    );
    Some(())
}

fn demarche(folder: &Path, arguments: &[&str]) -> (i32, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_demarche"));
    let Output {
        status,
        stdout,
        stderr,
    } = command
        .current_dir(folder)
        .args(arguments)
        .env_remove("DEMARCHE_GRAPH")
        .env_remove("COLUMNS")
        .output()
        .unwrap();
    (
        status.code().unwrap(),
        String::from_utf8_lossy(&stdout).into_owned() + &String::from_utf8_lossy(&stderr),
    )
}

/// A repository with a graph of several files in odd places, committed, and then changed in the work tree.
fn repository() -> Option<tempfile::TempDir> {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    if git(folder.path(), &["init", "-q"]).is_none() {
        eprintln!("skipped: git is not installed");
        return None;
    }
    fs::create_dir_all(at("a b/été \"x\"")).unwrap();
    fs::create_dir_all(at("shared")).unwrap();
    fs::write(
        at("a b/main.ron"),
        r#"Graph(include: ["été*/**/*.ron", "./link.ron"])"#,
    )
    .unwrap();
    fs::write(at("a b/été \"x\"/pact.ron"), PACT).unwrap();
    fs::write(
        at("a b/facts.ron"),
        r#"(facts: { "f": (text: "So it is.", about: ["us"], source: "note") })"#,
    )
    .unwrap();
    #[cfg(unix)]
    std::os::unix::fs::symlink("facts.ron", at("a b/link.ron")).unwrap();
    #[cfg(not(unix))]
    fs::copy(at("a b/facts.ron"), at("a b/link.ron")).unwrap();
    git(folder.path(), &["add", "-A"])?;
    git(folder.path(), &["commit", "-qm", "first"])?;
    git(folder.path(), &["update-ref", "refs/tags/-odd", "HEAD"])?;
    let moved = PACT.replacen("position: Supports", "position: Opposes", 1);
    fs::write(at("a b/été \"x\"/pact.ron"), moved).unwrap();
    Some(folder)
}

#[cfg(unix)]
#[test]
fn what_a_revision_passes_over_is_told() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;

    let folder = tempfile::tempdir().unwrap();
    let top = folder.path();
    if git(top, &["init", "-q"]).is_none() {
        eprintln!("skipped: git is not installed");
        return;
    }
    fs::create_dir(top.join("graph")).unwrap();
    fs::write(top.join("graph/pact.ron"), PACT).unwrap();
    fs::write(top.join("main.ron"), "Graph(include: [\"graph/*.ron\"])").unwrap();
    let latin1 = top.join("graph").join(OsStr::from_bytes(b"caf\xE9.ron"));
    fs::write(&latin1, "Graph()").unwrap();
    fs::write(top.join("graph/other.ron"), "Config(size: 1)").unwrap();
    git(top, &["add", "-A"]).unwrap();
    git(top, &["commit", "-qm", "first"]).unwrap();
    let both = "\nFiles passed over: `caf\\xE9.ron` (its name is not UTF-8); `other.ron` (it is a `Config`, not a `Graph`).\n";
    let (_, told) = demarche(top, &["diff", "--rev", "HEAD", "-g", "graph"]);
    assert!(told.contains(both), "{told}");
    let warned =
        "warning: `HEAD:graph/other.ron` was passed over: it is a `Config`, not a `Graph`\n";
    assert!(told.contains(warned), "{told}");
    // A wildcard takes what lies there, whatever it is, but for names that can't be written.
    fs::remove_file(top.join("graph/other.ron")).unwrap();
    git(top, &["commit", "-qam", "second"]).unwrap();
    let (_, told) = demarche(top, &["diff", "--rev", "HEAD", "-g", "main.ron"]);
    // Once for both, on standard error and in the answer.
    let times = |what: &str| told.matches(what).count();
    assert_eq!(times("caf\\xE9.ron` was passed over"), 1, "{told}");
    assert_eq!(
        times("\nFiles passed over: `graph/caf\\xE9.ron` ("),
        1,
        "{told}"
    );
    assert_eq!(times("assed over"), 2, "{told}");
    fs::remove_file(&latin1).unwrap();
    let (_, told) = demarche(top, &["diff", "--rev", "HEAD", "-g", "main.ron"]);
    let before = "\nHEAD: Files passed over: `graph/caf\\xE9.ron` (its name is not UTF-8).\n";
    assert!(
        told.contains(before) && !told.contains("the work tree: "),
        "{told}"
    );
}

#[test]
fn what_both_graphs_lack_is_said_once() {
    let folder = tempfile::tempdir().unwrap();
    for name in ["old.ron", "new.ron"] {
        fs::write(folder.path().join(name), PACT).unwrap();
    }
    fs::write(folder.path().join(".demarche-edit"), "(of: \"somebody\")\n").unwrap();
    let (_, told) = demarche(folder.path(), &["diff", "old.ron", "new.ron"]);
    let times = |what: &str| told.matches(what).count();
    assert_eq!(
        times("warning: the graph may hold half an edit"),
        1,
        "{told}"
    );
    assert_eq!(times("\nThe graph may hold half an edit"), 1, "{told}");
}

#[test]
fn a_mistake_in_both_revisions_is_told_once() {
    let folder = tempfile::tempdir().unwrap();
    let top = folder.path();
    if git(top, &["init", "-q"]).is_none() {
        eprintln!("skipped: git is not installed");
        return;
    }
    let text = "Graph(stances: [(actor: \"nosuch\", issue: \"none\", position: Supports)])";
    fs::write(top.join("main.ron"), text).unwrap();
    git(top, &["add", "-A"]).unwrap();
    git(top, &["commit", "-qm", "first"]).unwrap();
    let (_, told) = demarche(top, &["diff", "--rev", "HEAD", "-g", "main.ron"]);
    let times = |what: &str| told.matches(what).count();
    let lacks = "1 record left out because of mistakes, the first at main.ron:1: ";
    assert_eq!(times(&format!("warning: {lacks}")), 1, "{told}");
    assert_eq!(times(&format!("\n{lacks}")), 1, "{told}");
    assert_eq!(times("record left out"), 2, "{told}");
}

#[test]
fn revisions_are_read_through_git() {
    let Some(folder) = repository() else { return };
    let (top, inside) = (folder.path(), folder.path().join("a b/été \"x\""));
    let moved = |(code, said): (i32, String)| {
        assert!(code == 1 && said.contains("moves"), "{code}: {said}")
    };
    moved(demarche(
        top,
        &["-g", "a b/main.ron", "diff", "--rev", "HEAD", "--exit-code"],
    ));
    moved(demarche(
        &inside,
        &["-g", "../main.ron", "diff", "--rev=-odd", "--exit-code"],
    ));
    moved(demarche(
        &inside,
        &[
            "-g",
            "../../a b/main.ron",
            "diff",
            "--exit-code",
            "--rev",
            "main",
        ],
    ));
    let clean = demarche(
        &inside,
        &[
            "-g",
            "../main.ron",
            "diff",
            "--rev",
            "main",
            "HEAD",
            "--exit-code",
        ],
    );
    assert_eq!(
        clean,
        (
            0,
            "What changed from main to HEAD\n\nNothing differs.\n".to_owned()
        )
    );
    git(top, &["commit", "-qam", "second"]).unwrap();
    moved(demarche(
        top,
        &[
            "-g",
            "a b/main.ron",
            "diff",
            "--rev",
            "HEAD~1",
            "HEAD",
            "--exit-code",
        ],
    ));
    moved(demarche(
        top,
        &["-g", "a b", "diff", "--rev", "HEAD~1", "--exit-code"],
    ));
    // In another work tree, and where the graph is gone by now.
    git(top, &["worktree", "add", "-q", "other tree", "HEAD~1"]).unwrap();
    moved(demarche(
        &top.join("other tree"),
        &["-g", "a b", "diff", "--rev", "main", "--exit-code"],
    ));
    fs::remove_dir_all(top.join("a b")).unwrap();
    moved(demarche(
        top,
        &[
            "-g",
            "a b/main.ron",
            "diff",
            "--rev",
            "HEAD~1",
            "HEAD",
            "--exit-code",
        ],
    ));
}

#[test]
fn what_git_can_not_tell() {
    let Some(folder) = repository() else { return };
    let says = |arguments: &[&str], what: &str| {
        let (code, said) = demarche(folder.path(), arguments);
        assert!(
            code == 2 && said.contains(what),
            "{arguments:?}: {code}: {said}"
        );
    };
    let graph = ["-g", "a b/main.ron", "diff", "--rev"];
    let at = |rev: &'static str| graph.into_iter().chain([rev]).collect::<Vec<_>>();
    says(&at("no-such"), "there is no revision `no-such`");
    says(&at("HEAD..main"), "`--rev OLD NEW`");
    says(
        &["-g", "a b/other.ron", "diff", "--rev", "HEAD"],
        "no graph `a b/other.ron` in revision `HEAD`",
    );
    says(
        &["-g", "-", "diff", "--rev", "HEAD"],
        "standard input has no revisions",
    );
    says(&["-g", "a b/main.ron", "diff"], "nothing to compare");
    fs::write(folder.path().join("a b/main.ron"), "Graph(").unwrap();
    git(folder.path(), &["commit", "-qam", "broken"]).unwrap();
    says(
        &["-g", "a b/main.ron", "diff", "--rev", "HEAD", "HEAD~1"],
        "error[syntax]: expected `)`, found the end of the file\n --> HEAD:a b/main.ron:1:7",
    );
    let elsewhere = tempfile::tempdir().unwrap();
    fs::write(elsewhere.path().join("a.ron"), PACT).unwrap();
    let (code, said) = demarche(elsewhere.path(), &["-g", "a.ron", "diff", "--rev", "HEAD"]);
    assert!(
        code == 2 && said.contains("`a.ron` is not in a git repository"),
        "{said}"
    );
}
