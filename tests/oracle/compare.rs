//! The oracle's answers held against those of every command that tells the same thing.
//!
//! A command is asked as a program would ask it, `--format json`; both answers become maps from what is told (an actor, an
//! actor on an issue, a meeting) to what is told of it, and whatever differs is a [`Disagreement`].

mod evidence;
mod measures;
mod meetings;
mod pictures;
mod positions;
mod times;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

use demarche::model::{Day, Position};
use serde_json::Value;

use crate::rules::Asked;
use crate::rules::position::{Standing, Verdict, View};
use crate::rules::records;

/// Two answers to one question.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Disagreement {
    /// The rule that is read, and what is compared: the same for all of a kind.
    pub(crate) rule: &'static str,
    pub(crate) command: String,
    /// What differs: key, the contract's answer, the command's.
    pub(crate) differs: Vec<(String, Option<String>, Option<String>)>,
}

/// What is told, by what it is told of.
pub(crate) type Told = BTreeMap<String, String>;

/// One graph on disk, asked one question in every way.
pub(crate) struct Case<'a> {
    pub(crate) file: PathBuf,
    pub(crate) view: View<'a>,
    pub(crate) found: Vec<Disagreement>,
    /// Ask this command only.
    pub(crate) only: Option<String>,
}

/// Everything that the commands and the oracle tell differently about a graph. The text is also written where the program
/// reads it; T3: "`as_of` may stand in any file of a graph".
pub(crate) fn compare(
    text: &str,
    asked: &Asked,
    folder: &Path,
    only: Option<&str>,
) -> Vec<Disagreement> {
    let file = folder.join("graph.ron");
    std::fs::write(&file, text)
        .unwrap_or_else(|error| panic!("can't write {}: {error}", file.display()));
    let graph = records::graph(&[text]);
    let mut case = Case {
        file,
        view: View::of(&graph, asked),
        found: Vec::new(),
        only: only.map(str::to_owned),
    };
    positions::compare(&mut case);
    meetings::compare(&mut case);
    measures::compare(&mut case);
    times::compare(&mut case, &graph);
    evidence::compare(&mut case);
    pictures::compare(&mut case);
    case.found
}

/// A day as the command line has it.
pub(crate) fn day_text(day: i64) -> String {
    Day(day as i32).to_string()
}

/// The arguments that ask what is asked; of `diff` and `history` see there.
pub(crate) fn arguments(asked: &Asked) -> Vec<String> {
    let mut arguments = Vec::new();
    let mut add = |name: &str, value: String| arguments.extend([name.to_owned(), value]);
    if !asked.day_in_file {
        add("--as-of", day_text(asked.day));
    }
    if let Some(day) = asked.known_by {
        add("--known-by", day_text(day));
    }
    if let Some(grade) = asked.min_grade {
        add("--min-grade", grade.to_string());
    }
    if asked.min_sources > 0 {
        add("--min-sources", asked.min_sources.to_string());
    }
    for source in &asked.without {
        add("--exclude-source", source.clone());
    }
    if asked.own {
        arguments.push("--own".to_owned());
    }
    arguments
}

/// Runs the program; what it prints, or what it complains of.
pub(crate) fn run(file: &Path, arguments: &[String]) -> Result<String, String> {
    let own = env!("CARGO_BIN_EXE_demarche");
    let program = std::env::var_os("ORACLE_PROGRAM").unwrap_or(own.into());
    let done = Command::new(program)
        .env_clear()
        .arg("-g")
        .arg(file)
        .args(arguments)
        .output()
        .map_err(|error| error.to_string())?;
    if done.status.success() {
        String::from_utf8(done.stdout).map_err(|error| error.to_string())
    } else {
        Err(String::from_utf8_lossy(&done.stderr).into_owned())
    }
}

impl Case<'_> {
    /// Asks a command for JSON; what can't be answered is a disagreement of its own.
    pub(crate) fn ask(&mut self, command: &[&str]) -> Option<Value> {
        if !self.asks(command[0]) {
            return None;
        }
        let mut all: Vec<String> = command.iter().map(|&word| word.to_owned()).collect();
        all.extend(["--format".to_owned(), "json".to_owned()]);
        if command[0] != "diff" {
            all.extend(arguments(&self.view.asked));
        }
        let answer = run(&self.file, &all)
            .and_then(|json| serde_json::from_str(&json).map_err(|error| error.to_string()));
        match answer {
            Ok(answer) => Some(answer),
            Err(error) => {
                let differs = vec![("answer".to_owned(), Some("JSON".to_owned()), Some(error))];
                self.found.push(Disagreement {
                    rule: "answers",
                    command: all.join(" "),
                    differs,
                });
                None
            }
        }
    }

    pub(crate) fn asks(&self, command: &str) -> bool {
        self.only.as_ref().is_none_or(|only| only == command)
    }

    /// Holds two answers against each other.
    pub(crate) fn hold(
        &mut self,
        rule: &'static str,
        command: &[&str],
        contract: &Told,
        program: &Told,
    ) {
        let keys = contract
            .keys()
            .chain(program.keys().filter(|key| !contract.contains_key(*key)));
        let differs: Vec<_> = keys
            .filter(|key| contract.get(*key) != program.get(*key))
            .map(|key| {
                (
                    key.clone(),
                    contract.get(key).cloned(),
                    program.get(key).cloned(),
                )
            })
            .collect();
        if !differs.is_empty() {
            let mut words: Vec<String> = command.iter().map(|&word| word.to_owned()).collect();
            if command[0] != "diff" {
                words.extend(arguments(&self.view.asked));
            }
            self.found.push(Disagreement {
                rule,
                command: words.join(" "),
                differs,
            });
        }
    }

    pub(crate) fn actors(&self) -> Vec<String> {
        self.view.graph.actors.keys().cloned().collect()
    }

    pub(crate) fn issues(&self) -> Vec<String> {
        self.view.graph.issues.keys().cloned().collect()
    }

    /// The first two actors of whom something is said, or the first two.
    pub(crate) fn two(&self) -> Option<(String, String)> {
        let mut actors = self.actors();
        let known = |actor: &str| {
            self.view
                .graph
                .issues
                .keys()
                .any(|issue| self.view.standing(actor, issue).verdict != Verdict::Unknown)
        };
        actors.sort_by_key(|actor| !known(actor));
        Some((actors.first()?.clone(), actors.get(1)?.clone()))
    }
}

/// A position in the words of the answers.
pub(crate) fn words(position: Position) -> String {
    match position {
        Position::StronglySupports => "strongly supports".to_owned(),
        Position::Supports => "supports".to_owned(),
        Position::Neutral => "neutral".to_owned(),
        Position::Opposes => "opposes".to_owned(),
        Position::StronglyOpposes => "strongly opposes".to_owned(),
        Position::Mixed => "mixed".to_owned(),
        Position::At(number) => format!("at {number}"),
    }
}

/// A verdict in the words of the answers.
pub(crate) fn verdict(verdict: &Verdict) -> String {
    match verdict {
        Verdict::Unknown => "unknown".to_owned(),
        Verdict::Contested => "contested".to_owned(),
        Verdict::Stands(position) => words(*position),
    }
}

/// Where somebody stands, and on how much: `supports [2/1]`.
pub(crate) fn standing(standing: &Standing) -> String {
    match standing.verdict {
        Verdict::Unknown => "unknown".to_owned(),
        _ => format!(
            "{} [{}/{}]",
            verdict(&standing.verdict),
            standing.statements.len(),
            standing.sources
        ),
    }
}

/// The same out of a cell of an answer.
pub(crate) fn cell(value: &Value) -> String {
    let word = cell_verdict(value);
    match (
        value["statements"].as_u64(),
        value["independent_sources"].as_u64(),
    ) {
        (Some(n), Some(sources)) => format!("{word} [{n}/{sources}]"),
        _ => word,
    }
}

/// The verdict of a cell alone.
pub(crate) fn cell_verdict(value: &Value) -> String {
    match value["verdict"].as_str() {
        Some("stands") => value["position"].as_str().unwrap_or("?").to_owned(),
        Some(other) => other.to_owned(),
        None => format!("no cell: {value}"),
    }
}

/// The rows of a section.
pub(crate) fn rows<'v>(answer: &'v Value, section: &str) -> impl Iterator<Item = &'v Value> {
    answer[section].as_array().into_iter().flatten()
}

/// The id of a thing that a row names.
pub(crate) fn id(value: &Value) -> String {
    value["id"]
        .as_str()
        .or(value.as_str())
        .unwrap_or("?")
        .to_owned()
}

/// A number as text, so that what is the same to ten digits is the same.
pub(crate) fn number(value: f64) -> String {
    let rounded = (value * 1e6).round() / 1e6;
    format!("{:.6}", if rounded == 0.0 { 0.0 } else { rounded })
}
