//! What must not matter, on the same random graphs: order, files, layout; how things are called; an unrelated record; short
//! forms or ties; which graph comes first in `diff`. No oracle is needed: two answers of the program are held together.

use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::ask::{Library, run};
use crate::random::{Draft, Random, Written, days};
use crate::rules::Asked;

/// A way to write a graph otherwise, and what of the answers must stay.
pub(crate) struct Law {
    pub(crate) name: &'static str,
    /// Writes the graph into a folder; the file to ask.
    pub(crate) write: fn(&Written, &mut Random, &Path) -> PathBuf,
    /// What of an answer has to be the same: the answer of the graph as it was, and as it is written otherwise.
    pub(crate) seen: fn(String) -> String,
    /// How an answer about what is written otherwise reads of the graph as it was.
    pub(crate) back: fn(String) -> String,
}

pub(crate) const LAWS: [Law; 6] = [
    Law {
        name: "R2: records in another order",
        write: shuffled,
        seen: without_places,
        back: same,
    },
    Law {
        name: "R2: split over files",
        write: split,
        seen: without_places,
        back: same,
    },
    Law {
        name: "fmt",
        write: formatted,
        seen: without_places,
        back: same,
    },
    Law {
        name: "ids renamed, their order kept",
        write: renamed,
        seen: without_places,
        back: renamed_back,
    },
    Law {
        name: "an unrelated record added",
        write: unrelated,
        seen: positions,
        back: same,
    },
    Law {
        name: "R3: short forms written as ties",
        write: short_forms_as_ties,
        seen: positions,
        back: same,
    },
];

/// The questions that laws are tried on.
pub(crate) const QUESTIONS: [&[&str]; 14] = [
    &["positions", "--all"],
    &["meetings"],
    &["list", "issues"],
    &["list", "actors"],
    &["compare", "n0", "n1"],
    &["common", "n0", "n1"],
    &["history", "n0"],
    &["show", "n0"],
    &["matrix", "issues"],
    &["matrix"],
    &["camps"],
    &["balance", "--signs", "both"],
    &["forecast", "i0"],
    &["evidence"],
];

/// What one law says of one graph: the questions whose answers differ, the first lines that do, and both graphs.
pub(crate) fn broken(law: &Law, seed: u64, folder: &Path) -> Option<String> {
    let written = Draft::of(seed);
    let asked = Asked::as_of(i64::from(days(seed)[2].0));
    let mut random = Random::of(seed);
    let first = folder.join("graph.ron");
    put(&first, &written.text());
    let other = folder.join("other");
    std::fs::create_dir_all(&other).unwrap();
    let second = (law.write)(&written, &mut random, &other);
    let both = [first, second].map(|file| Library::of(&file, &asked));
    let wrong: Vec<String> = QUESTIONS
        .iter()
        .filter_map(|question| differing(law, question, &both))
        .collect();
    (!wrong.is_empty()).then(|| {
        format!(
            "{}, seed {seed}\n{}\n{}",
            law.name,
            wrong.join("\n"),
            written.text()
        )
    })
}

/// How the answers to one question differ, if they do.
fn differing(law: &Law, question: &[&str], both: &[Library; 2]) -> Option<String> {
    let [was, is] = both
        .each_ref()
        .map(|graph| graph.answer(question, "json").unwrap_or_else(|error| error));
    let (was, is) = ((law.seen)(was), (law.seen)((law.back)(is)));
    let sorted = |answer: &str| {
        let mut lines: Vec<&str> = answer
            .lines()
            .map(|line| line.trim_end_matches(','))
            .collect();
        lines.sort_unstable();
        lines.join("\n")
    };
    let how = if sorted(&was) == sorted(&is) {
        "the order of lines alone"
    } else {
        "what they say"
    };
    let lines: Vec<String> = (was.lines().zip(is.lines()))
        .filter(|(was, is)| was != is)
        .take(3)
        .map(|(was, is)| format!("    was: {}\n    is:  {}", was.trim(), is.trim()))
        .collect();
    (was != is).then(|| {
        format!(
            "  demarche {}: {how} differs\n{}",
            both[0].command(question, "json").join(" "),
            lines.join("\n")
        )
    })
}

fn put(path: &Path, text: &str) {
    std::fs::write(path, text).unwrap();
}

fn same(answer: String) -> String {
    answer
}

fn shuffled(written: &Written, random: &mut Random, folder: &Path) -> PathBuf {
    let mut other = written.clone();
    for records in &mut other.sections {
        random.shuffle(records);
    }
    let file = folder.join("graph.ron");
    put(&file, &other.text());
    file
}

fn split(written: &Written, random: &mut Random, folder: &Path) -> PathBuf {
    let mut files = [Written::default(), Written::default(), Written::default()];
    for (nth, records) in written.sections.iter().enumerate() {
        for record in records {
            files[random.below(3)].sections[nth].push(record.clone());
        }
    }
    put(&folder.join("b.ron"), &files[1].text());
    put(&folder.join("c.ron"), &files[2].text());
    let file = folder.join("graph.ron");
    put(
        &file,
        &files[0].with_head("    include: [\"b.ron\", \"c.ron\"],\n"),
    );
    file
}

fn formatted(written: &Written, _: &mut Random, folder: &Path) -> PathBuf {
    let file = folder.join("graph.ron");
    put(&file, &written.text());
    run(&file, &["fmt".to_owned()]).unwrap_or_else(|error| panic!("fmt: {error}"));
    file
}

/// `"n0"` becomes `"zz.n0"`, and so on: the order of all ids stays. Names are left as they are.
fn renamed(written: &Written, _: &mut Random, folder: &Path) -> PathBuf {
    let mut text = written.text();
    for letter in ['n', 'p', 'i', 's', 'm', 'f'] {
        for nth in 0..10 {
            text = text.replace(
                &format!("\"{letter}{nth}\""),
                &format!("\"zz.{letter}{nth}\""),
            );
        }
    }
    let file = folder.join("graph.ron");
    put(&file, &text);
    file
}

fn renamed_back(answer: String) -> String {
    answer.replace("zz.", "")
}

fn unrelated(written: &Written, _: &mut Random, folder: &Path) -> PathBuf {
    let mut other = written.clone();
    other.sections[1].push("\"z9\": (name: \"Nobody in this\", kind: State)".to_owned());
    other.sections[2]
        .push("\"z8\": (name: \"Another matter\", question: \"Should it?\")".to_owned());
    other.sections[3].push("(actor: \"z9\", issue: \"z8\", position: Supports)".to_owned());
    let file = folder.join("graph.ron");
    put(&file, &other.text());
    file
}

/// `speaks_for` and `members` become ties, record by record.
fn short_forms_as_ties(written: &Written, _: &mut Random, folder: &Path) -> PathBuf {
    let mut other = written.clone();
    let mut ties = Vec::new();
    for record in &mut other.sections[1] {
        let id = record.split('"').nth(1).unwrap_or_default().to_owned();
        for (field, kind) in [(", speaks_for: ", "SpeaksFor"), (", members: ", "Member")] {
            let Some(start) = record.find(field) else {
                continue;
            };
            let value = &record[start + field.len()..];
            let end = match value.starts_with('[') {
                true => value.find(']').map(|end| end + 1),
                false => value[1..].find('"').map(|end| end + 2),
            };
            let end = end.unwrap_or(value.len());
            for name in value[..end].split('"').skip(1).step_by(2) {
                let (from, to) = if kind == "Member" {
                    (name, &*id)
                } else {
                    (&*id, name)
                };
                ties.push(format!("(from: \"{from}\", to: \"{to}\", kind: {kind})"));
            }
            let cut = start..start + field.len() + end;
            record.replace_range(cut, "");
        }
    }
    other.sections[5].extend(ties);
    let file = folder.join("graph.ron");
    put(&file, &other.text());
    file
}

/// An answer without what tells where records stand.
fn without_places(answer: String) -> String {
    match serde_json::from_str::<Value>(&answer) {
        Ok(mut value) => {
            drop_places(&mut value);
            format!("{value:#}")
        }
        Err(_) => answer,
    }
}

fn drop_places(value: &mut Value) {
    match value {
        Value::Object(fields) => {
            fields.remove("where");
            for value in fields.values_mut() {
                drop_places(value);
            }
        }
        Value::Array(items) => {
            for item in items {
                drop_places(item);
            }
        }
        // "1 record left out because of mistakes, the first at graph.ron:22: …".
        Value::String(note) => {
            if let Some(at) = note.find(", the first at ") {
                note.truncate(at);
            }
        }
        _ => {}
    }
}

/// Of an answer only the verdicts, n and sources, of whom and on what, and of neither what is unrelated nor notes.
fn positions(answer: String) -> String {
    fn cells(value: &Value, of: &str, found: &mut Vec<String>) {
        match value {
            Value::Object(fields)
                if fields.contains_key("position") && fields.contains_key("statements") =>
            {
                let told = ["position", "number", "statements", "independent_sources"]
                    .map(|key| &value[key]);
                found.push(format!("{of}: {told:?}"));
            }
            Value::Object(fields) => {
                let named = |key: &str| value[key]["id"].as_str().unwrap_or_default().to_owned();
                let of = format!("{} {}", named("actor"), named("issue"));
                for (_, value) in fields.iter().filter(|(key, _)| *key != "notes") {
                    cells(value, &of, found);
                }
            }
            Value::Array(items) => {
                for item in items {
                    cells(item, of, found);
                }
            }
            _ => {}
        }
    }
    let Ok(value) = serde_json::from_str::<Value>(&answer) else {
        return answer;
    };
    let mut found = Vec::new();
    cells(&value, "", &mut found);
    found.retain(|cell| !cell.contains("z9"));
    found.sort_unstable();
    found.join("\n")
}

/// `diff A B` is `diff B A` with from and to exchanged: what a row says, as text, of both.
pub(crate) fn diff_is_not_symmetric(seed: u64, folder: &Path) -> Option<String> {
    let (one, other) = (folder.join("one.ron"), folder.join("other.ron"));
    let written = Draft::of(seed);
    let mut changed = written.clone();
    let mut random = Random::of(seed ^ 7);
    for nth in [3, 5] {
        let gone = random.below(written.sections[nth].len());
        changed.sections[nth].remove(gone);
    }
    put(&one, &written.text());
    put(&other, &changed.text());
    let ask = |from: &Path, to: &Path| -> Result<Value, String> {
        let arguments = [
            "diff",
            &from.display().to_string(),
            &to.display().to_string(),
            "--as-of",
            "2024-02-01",
            "--format",
            "json",
        ];
        let answer = run(from, &arguments.map(str::to_owned))?;
        serde_json::from_str(&answer).map_err(|error| error.to_string())
    };
    let rows =
        |answer: Result<Value, String>, section: &str, from: &str, to: &str| -> Vec<String> {
            let answer = match answer {
                Ok(answer) => answer,
                Err(error) => return vec![error],
            };
            let mut rows: Vec<String> = answer[section]
                .as_array()
                .into_iter()
                .flatten()
                .map(|row| {
                    format!(
                        "{} {} {} {}",
                        row["actor"]["id"], row["issue"]["id"], row[from], row[to]
                    )
                })
                .collect();
            rows.sort_unstable();
            rows
        };
    let (there, back) = (ask(&one, &other), ask(&other, &one));
    let positions = (
        rows(there.clone(), "positions", "from", "to"),
        rows(back.clone(), "positions", "to", "from"),
    );
    let counted = |answer: &Result<Value, String>, section: &str| -> usize {
        answer
            .as_ref()
            .map_or(0, |answer| answer[section].as_array().map_or(0, Vec::len))
    };
    let counts = ["statements", "ties"].map(|what| {
        let (added, removed) = (format!("{what}_added"), format!("{what}_removed"));
        (counted(&there, &added), counted(&there, &removed))
            == (counted(&back, &removed), counted(&back, &added))
    });
    (positions.0 != positions.1 || counts.contains(&false)).then(|| {
        format!(
            "diff, seed {seed}\n there: {:#?}\n back: {:#?}\n{counts:?}\n{}",
            positions.0,
            positions.1,
            written.text()
        )
    })
}
