//! The oracle's answers held against those of every command that tells the same thing.
//!
//! A command is asked as a program would ask it, `--format json`; both answers become maps from what is told (an actor, an
//! actor on an issue, a meeting) to what is told of it, and whatever differs is a [`Disagreement`].

mod evidence;
mod groups;
mod measures;
mod meetings;
mod pictures;
mod positions;
mod times;

use std::collections::{BTreeMap, HashMap};
use std::path::Path;
use std::rc::Rc;

use demarche::model::{Day, Position};
use serde_json::Value;

use crate::ask::{Library, arguments};
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

/// What came of the comparisons of one question to one graph.
pub(crate) struct Compared {
    /// How many answers were compared.
    pub(crate) answers: usize,
    pub(crate) found: Vec<Disagreement>,
}

/// What is told, by what it is told of.
pub(crate) type Told = BTreeMap<String, String>;

/// Who answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Whom {
    Library,
    /// The program as well, which has to say the same, byte for byte.
    ProgramToo,
}

/// One graph on disk, asked one question in every way.
pub(crate) struct Case<'a> {
    whom: Whom,
    library: Library,
    /// What was answered, by the words of the question.
    answers: HashMap<String, Rc<Value>>,
    pub(crate) view: View<'a>,
    /// How many answers were held against the contract's.
    pub(crate) compared: usize,
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
    whom: Whom,
    only: Option<&str>,
) -> Compared {
    let file = folder.join("graph.ron");
    std::fs::write(&file, text)
        .unwrap_or_else(|error| panic!("can't write {}: {error}", file.display()));
    let graph = records::graph(&[text]);
    let mut case = Case {
        whom,
        library: Library::of(&file, asked),
        answers: HashMap::new(),
        compared: 0,
        view: View::of(&graph, asked),
        found: Vec::new(),
        only: only.map(str::to_owned),
    };
    positions::compare(&mut case);
    let select = &asked.select;
    // Lists of records and pictures of a selection are compared by hand (`tests/sessions/select.md`).
    let is_whole = !select.selects_actors() && select.issues.is_empty();
    if is_whole {
        meetings::compare(&mut case);
    }
    measures::compare(&mut case);
    groups::compare(&mut case, &graph);
    if is_whole {
        times::compare(&mut case, &graph);
        evidence::compare(&mut case);
        pictures::compare(&mut case);
    }
    Compared {
        answers: case.compared,
        found: case.found,
    }
}

/// A day as the command line has it.
pub(crate) fn day_text(day: i64) -> String {
    Day(day as i32).to_string()
}

impl Case<'_> {
    /// Asks a command for JSON, once; what can't be answered is a disagreement of its own.
    pub(crate) fn ask(&mut self, command: &[&str]) -> Option<Rc<Value>> {
        if !self.asks(command[0]) {
            return None;
        }
        let words = command.join(" ");
        if let Some(answer) = self.answers.get(&words) {
            return Some(answer.clone());
        }
        let json = self.printed(command, "json")?;
        let answer = serde_json::from_str::<Value>(&json).map_err(|error| error.to_string());
        let answer = Rc::new(self.unless(command, answer)?);
        self.answers.insert(words, answer.clone());
        Some(answer)
    }

    /// What is printed for a command.
    pub(crate) fn printed(&mut self, command: &[&str], format: &str) -> Option<String> {
        if self.whom == Whom::ProgramToo {
            let same = self.library.is_what_the_program_says(command, format);
            self.unless(command, same);
        }
        let printed = self.library.answer(command, format);
        self.unless(command, printed)
    }

    /// An error is a disagreement.
    fn unless<T>(&mut self, command: &[&str], answer: Result<T, String>) -> Option<T> {
        match answer {
            Ok(answer) => Some(answer),
            Err(error) => {
                let differs = vec![("answer".to_owned(), None, Some(error))];
                self.found.push(Disagreement {
                    rule: "answers",
                    command: command.join(" "),
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
        self.compared += 1;
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
        let all = self.view.graph.actors.keys();
        all.filter(|id| self.view.selected(id)).cloned().collect()
    }

    pub(crate) fn issues(&self) -> Vec<String> {
        let all = self.view.graph.issues.keys();
        all.filter(|id| self.view.asks_on(id)).cloned().collect()
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
    let offers = standing.offers.iter().map(|offer| format!("; if: {offer}"));
    alone(standing) + &offers.collect::<String>()
}

/// The same without what it offers beside.
fn alone(standing: &Standing) -> String {
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
    let offers = value["offers"].as_array().into_iter().flatten();
    let offers: std::collections::BTreeSet<String> = offers
        .map(|offer| {
            let condition = offer["condition"].as_str().unwrap_or("no condition");
            format!("; if: {} {condition}", cell_verdict(offer))
        })
        .collect();
    let offers: String = offers.into_iter().collect();
    let word = match (
        value["statements"].as_u64(),
        value["independent_sources"].as_u64(),
    ) {
        (Some(n), Some(sources)) => format!("{word} [{n}/{sources}]"),
        _ => word,
    };
    word + &offers
}

/// The verdict of a cell alone.
pub(crate) fn cell_verdict(value: &Value) -> String {
    match value["position"].as_str() {
        Some("at") => format!("at {}", value["number"]),
        Some(word) => word.replace('_', " "),
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
