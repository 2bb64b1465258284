//! How much of what a person coded `demarche draft` proposes, and how much of what it proposes a person coded.
//!
//! `cargo bench --bench draft` prints precision and recall on the report behind `graphs/blinken-2023.ron` (pairs of actor
//! and issue, and meetings) and on the coded testimonies of Discourse Network Analyzer's sample (passages, counted by
//! overlap), and what was missed. `DEMARCHE_REPORT` names the file of the report, `DEMARCHE_DATA` the
//! folder with the data of others; where one is not set, or not there, that is said.
#![allow(
    clippy::expect_used,
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a bench may panic, and prints"
)]

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::fs;
use std::ops::Range;

use demarche::edit::draft::{self, Draft, Somebody};
use demarche::graph::{ActorId, Graph, IssueId};
use demarche::model::Position;
use demarche::resolve;

const ROOT: &str = env!("CARGO_MANIFEST_DIR");

fn main() {
    println!(
        "| text | what | coded | found | recall | proposed | right | precision |\n| --- | --- | ---: | ---: | ---: | ---: | ---: | ---: |"
    );
    let missed = [blinken(), testimonies()].concat();
    println!("\nMissed:\n{}", missed.join("\n"));
}

fn row(text: &str, what: &str, coded: usize, found: usize, proposed: usize, right: usize) {
    let share = |part: usize, whole: usize| part as f64 / whole.max(1) as f64;
    let (recall, precision) = (share(found, coded), share(right, proposed));
    println!(
        "| {text} | {what} | {coded} | {found} | {recall:.2} | {proposed} | {right} | {precision:.2} |"
    );
}

fn skipped(variable: &str) -> Vec<String> {
    vec![format!("- skipped: `{variable}` does not say where it is")]
}

fn blinken() -> Vec<String> {
    let named = std::env::var_os("DEMARCHE_REPORT");
    let Some(text) = named.and_then(|path| fs::read_to_string(path).ok()) else {
        return skipped("DEMARCHE_REPORT");
    };
    let (graph, _) = demarche::disk::read(&[format!("{ROOT}/graphs/blinken-2023.ron")]).unwrap();
    let draft = draft::draft(&text, &graph, Some(2023));
    let name = |pair: &(ActorId, IssueId)| format!("{} – {}", graph[pair.0].id, graph[pair.1].id);
    let coded: BTreeSet<(ActorId, IssueId)> = graph
        .stances()
        .flat_map(|(_, stance)| {
            stance
                .actors
                .as_slice()
                .iter()
                .map(|actor| (*actor, stance.issue))
        })
        .collect();
    let proposed: BTreeSet<(ActorId, IssueId)> = draft
        .statements
        .iter()
        .flat_map(|found| {
            known(&found.actors)
                .map(|actor| (actor, found.issue))
                .collect::<Vec<_>>()
        })
        .collect();
    let found = coded.intersection(&proposed).count();
    row(
        "Blinken",
        "actor – issue",
        coded.len(),
        found,
        proposed.len(),
        found,
    );
    let sides = |some: &mut dyn Iterator<Item = (ActorId, IssueId, Position)>| -> BTreeSet<(ActorId, IssueId, bool)> {
        some.filter_map(|(actor, issue, position)| Some((actor, issue, side(position)?))).collect()
    };
    let coded_sides = sides(&mut graph.stances().flat_map(|(_, stance)| {
        let position = stance.position;
        stance
            .actors
            .as_slice()
            .iter()
            .filter_map(move |actor| Some((*actor, stance.issue, position?)))
    }));
    let proposed_sides = sides(&mut draft.statements.iter().flat_map(|found| {
        known(&found.actors)
            .filter_map(|actor| Some((actor, found.issue, found.position?)))
            .collect::<Vec<_>>()
    }));
    let same_side = coded_sides.intersection(&proposed_sides).count();
    row(
        "Blinken",
        "and side",
        coded_sides.len(),
        same_side,
        proposed_sides.len(),
        same_side,
    );
    let held: Vec<BTreeSet<ActorId>> = graph
        .meetings()
        .map(|(_, meeting)| everybody(&graph, meeting.participants.iter().chain(meeting.invited())))
        .collect();
    // What is only noted, since the text names nobody, is no proposal.
    let (drafted, noted): (Vec<_>, Vec<_>) = draft
        .meetings
        .iter()
        .partition(|meeting| meeting.unnamed.is_none());
    let drafted: Vec<BTreeSet<ActorId>> = drafted
        .iter()
        .map(|meeting| everybody(&graph, &known(&meeting.participants).collect::<Vec<_>>()))
        .collect();
    let same = |a: &BTreeSet<ActorId>, b: &BTreeSet<ActorId>| {
        let states =
            |set: &BTreeSet<ActorId>| -> BTreeSet<ActorId> { set.iter().copied().collect() };
        states(a).intersection(&states(b)).count() >= 2
    };
    let found_meetings: Vec<bool> = held
        .iter()
        .map(|one| drafted.iter().any(|other| same(one, other)))
        .collect();
    let right = drafted
        .iter()
        .filter(|one| held.iter().any(|other| same(one, other)))
        .count();
    row(
        "Blinken",
        "meetings",
        held.len(),
        found_meetings.iter().filter(|found| **found).count(),
        drafted.len(),
        right,
    );
    let all = (
        coded.len() + held.len(),
        found + found_meetings.iter().filter(|found| **found).count(),
    );
    row(
        "Blinken",
        "both",
        all.0,
        all.1,
        proposed.len() + drafted.len(),
        found + right,
    );
    let missed_pairs = coded
        .difference(&proposed)
        .map(|pair| format!("- Blinken: {}", name(pair)));
    let missed_meetings = graph
        .meetings()
        .zip(found_meetings)
        .filter(|(_, found)| !found);
    let wrong = proposed
        .difference(&coded)
        .map(|pair| format!("- Blinken, proposed and not coded: {}", name(pair)));
    let noted = noted
        .iter()
        .map(|meeting| format!("- Blinken: noted, names missing: {}", meeting.quote));
    missed_pairs
        .chain(noted)
        .chain(
            missed_meetings.map(|((_, meeting), _)| format!("- Blinken: meeting {}", meeting.id)),
        )
        .chain(wrong)
        .collect()
}

/// Whether a position is for something; none where it takes no side.
fn side(position: Position) -> Option<bool> {
    match position {
        Position::StronglySupports | Position::Supports => Some(true),
        Position::Opposes | Position::StronglyOpposes => Some(false),
        Position::Neutral | Position::Mixed | Position::At(_) => None,
    }
}

fn known(several: &[Somebody]) -> impl Iterator<Item = ActorId> {
    several.iter().filter_map(|who| {
        if let Somebody::Known(id) = who {
            Some(*id)
        } else {
            None
        }
    })
}

/// Some actors and those they speak for.
fn everybody<'a>(graph: &Graph, some: impl IntoIterator<Item = &'a ActorId>) -> BTreeSet<ActorId> {
    some.into_iter()
        .flat_map(|id| graph[*id].speaks_for.iter().copied().chain([*id]))
        .collect()
}

fn testimonies() -> Vec<String> {
    let folder = std::env::var("DEMARCHE_DATA").unwrap_or_default() + "/dna-climate";
    let read = |name: &str| -> Option<Vec<BTreeMap<String, String>>> {
        let mut reader = csv::Reader::from_path(format!("{folder}/{name}")).ok()?;
        reader.deserialize().collect::<Result<_, _>>().ok()
    };
    let (Some(documents), Some(statements)) = (read("documents.csv"), read("statements.csv"))
    else {
        return skipped("DEMARCHE_DATA");
    };
    let coded: Vec<&BTreeMap<String, String>> = statements
        .iter()
        .filter(|row| row["type"] == "DNA Statement")
        .collect();
    let distinct = |column: &str| {
        coded
            .iter()
            .map(|row| row[column].clone())
            .collect::<BTreeSet<_>>()
    };
    let mut ron = String::from("Graph(actors: {");
    let organization_of: BTreeMap<&String, &String> = coded
        .iter()
        .map(|row| (&row["person"], &row["organization"]))
        .collect();
    for (nth, organization) in distinct("organization").iter().enumerate() {
        let _ = write!(
            ron,
            "\"o{nth}\": (name: {organization:?}, kind: Organization),"
        );
    }
    for (nth, person) in distinct("person").iter().enumerate() {
        let employer = distinct("organization")
            .iter()
            .position(|name| name == organization_of[person])
            .unwrap();
        let _ = write!(
            ron,
            "\"p{nth}\": (name: {person:?}, kind: Person, speaks_for: \"o{employer}\"),"
        );
    }
    ron.push_str("}, issues: {");
    for (nth, concept) in distinct("concept").iter().enumerate() {
        let _ = write!(
            ron,
            "\"i{nth}\": (name: {concept:?}, question: {concept:?}),"
        );
    }
    ron.push_str("})");
    let (graph, _) = resolve::read("testimonies", &ron);
    let (mut found, mut alike, mut sided, mut proposed, mut right) = (0, 0, 0, 0, 0);
    let mut missed = Vec::new();
    for document in &documents {
        let text = &document["text"];
        let draft: Draft = draft::draft(text, &graph, None);
        let offsets: Vec<usize> = text
            .char_indices()
            .map(|(at, _)| at)
            .chain([text.len()])
            .collect();
        let here: Vec<(&BTreeMap<String, String>, Range<usize>)> = coded
            .iter()
            .filter(|row| row["document_id"] == document["document_id"])
            .map(|row| {
                (
                    *row,
                    offsets[row["start"].parse::<usize>().unwrap()]
                        ..offsets[row["stop"].parse::<usize>().unwrap()],
                )
            })
            .collect();
        let meets = |a: &Range<usize>, b: &Range<usize>| a.start < b.end && b.start < a.end;
        for (row, bytes) in &here {
            let overlapping: Vec<_> = draft
                .statements
                .iter()
                .filter(|found| meets(&found.bytes, bytes))
                .collect();
            found += usize::from(!overlapping.is_empty());
            let alike_here = || {
                overlapping
                    .iter()
                    .filter(|found| *graph[found.issue].name == *row["concept"])
            };
            alike += usize::from(alike_here().count() > 0);
            sided += usize::from(
                alike_here()
                    .any(|found| found.position.and_then(side) == Some(row["agreement"] == "1")),
            );
            if overlapping.is_empty() {
                missed.push(format!(
                    "- testimonies: {} on “{}”: {}…",
                    row["person"],
                    row["concept"],
                    row["quote"].chars().take(60).collect::<String>()
                ));
            }
        }
        let passages: BTreeSet<(usize, usize)> = draft
            .statements
            .iter()
            .map(|found| (found.bytes.start, found.bytes.end))
            .collect();
        proposed += passages.len();
        right += passages
            .iter()
            .filter(|(start, end)| here.iter().any(|(_, bytes)| meets(&(*start..*end), bytes)))
            .count();
    }
    row(
        "testimonies",
        "passages",
        coded.len(),
        found,
        proposed,
        right,
    );
    row(
        "testimonies",
        "passages, issue too",
        coded.len(),
        alike,
        proposed,
        right,
    );
    row(
        "testimonies",
        "passages, issue and side",
        coded.len(),
        sided,
        proposed,
        right,
    );
    missed
}
