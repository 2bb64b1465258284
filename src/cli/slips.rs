//! Command lines that are not quite right: names of several words without quotation marks, a thing
//! without its flag or in another place, words and flags of other tools. What can mean only one
//! command is run, with a note; where there are several, they are named.

mod line;
mod meant;

use std::ffi::OsString;
use std::path::Path;

use clap::{CommandFactory, ValueEnum};

use crate::cli::Failure;
use crate::cli::args::Arguments;
use crate::cli::edit::typed as quoted;
use crate::cli::{draw, output, parsed, session};
use crate::disk;
use crate::graph::Graph;
use crate::picture::Format;
use line::Line;

/// What a command line may mean.
pub(super) enum Meant {
    /// Only this.
    One(Command),
    /// One of these.
    Several(Vec<Command>),
    /// Nothing that is run: what is wrong, and the command to type.
    Told(Failure),
}

/// A corrected command line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Command {
    /// The flags that name the graph.
    graph: Vec<String>,
    /// All the rest.
    words: Vec<String>,
}

impl Command {
    /// Returns the command line, the program first.
    pub(super) fn arguments(&self) -> Vec<OsString> {
        let program = ["demarche".to_owned()];
        let all = program.iter().chain(&self.graph).chain(&self.words);
        all.map(OsString::from).collect()
    }

    /// Returns whether the program takes it.
    pub(super) fn is_right(&self) -> bool {
        parsed(&self.arguments()).is_ok()
    }

    /// Returns whether it changes or makes files.
    pub(super) fn writes(&self) -> bool {
        parsed(&self.arguments()).is_ok_and(|arguments| arguments.command.writes())
    }

    /// Returns it as typed in a shell, without the graph.
    pub(super) fn typed(&self) -> String {
        format!("`demarche {}`", quoted(&self.words))
    }
}

/// Words that other programs, or people, use for a command.
const SYNONYMS: [(&str, &[&str]); 66] = [
    ("who", &["show"]),
    ("what", &["show"]),
    ("about", &["show"]),
    ("info", &["show"]),
    ("describe", &["show"]),
    ("get", &["show"]),
    ("view", &["show"]),
    ("search", &["find"]),
    ("grep", &["find"]),
    ("ls", &["list"]),
    ("overview", &["list"]),
    ("summary", &["list"]),
    ("actors", &["list", "actors"]),
    ("issues", &["list", "issues"]),
    ("sources", &["list", "sources"]),
    ("ties", &["list", "ties"]),
    ("allies", &["list", "ties"]),
    ("ally", &["list", "ties"]),
    ("rivals", &["list", "ties"]),
    ("partners", &["list", "ties"]),
    ("friends", &["list", "ties"]),
    ("enemies", &["list", "ties"]),
    ("facts", &["list", "facts"]),
    ("stances", &["list", "stances"]),
    ("statements", &["positions"]),
    ("position", &["positions"]),
    ("meeting", &["meetings"]),
    ("vs", &["compare"]),
    ("versus", &["compare"]),
    ("plot", &["draw"]),
    ("map", &["draw"]),
    ("picture", &["draw"]),
    ("network", &["draw", "--view", "network"]),
    ("validate", &["check"]),
    ("lint", &["check"]),
    ("coalitions", &["camps"]),
    ("blocs", &["camps"]),
    ("broker", &["brokers"]),
    ("paths", &["path"]),
    ("predict", &["forecast"]),
    ("changes", &["diff"]),
    ("changed", &["diff"]),
    ("stats", &["list"]),
    ("statistics", &["list"]),
    ("offers", &["positions", "--offers"]),
    ("deals", &["common"]),
    ("deal", &["common"]),
    ("when", &["meetings"]),
    ("which", &["list"]),
    ("people", &["list", "people"]),
    ("persons", &["list", "people"]),
    ("countries", &["list", "countries"]),
    ("states", &["list", "countries"]),
    ("organisations", &["list", "organizations"]),
    ("organizations", &["list", "organizations"]),
    ("groups", &["list", "groups"]),
    ("letters", &["meetings", "letters"]),
    ("visits", &["meetings", "visits"]),
    ("summits", &["meetings", "summits"]),
    ("calls", &["meetings", "calls"]),
    ("upcoming", &["meetings", "planned"]),
    ("next", &["meetings", "planned"]),
    ("latest", &["timeline"]),
    ("news", &["timeline"]),
    ("withdrawn", &["evidence", "--section", "withdrawn"]),
    ("relations", &["list", "ties"]),
];

/// Commands of other programs that change files: these are named, not run.
const CHANGES: [(&str, &str); 7] = [
    ("delete", "remove"),
    ("rm", "remove"),
    ("edit", "set"),
    ("update", "set"),
    ("init", "new"),
    ("create", "new"),
    ("format", "fmt"),
];

/// Returns what a command line may mean, or `None` if nobody can tell or it is right as typed.
pub(super) fn meant(typed: &[OsString]) -> Option<Meant> {
    let words: Option<Vec<String>> = typed
        .iter()
        .skip(1)
        .map(|word| word.to_str().map(str::to_owned))
        .collect();
    let words = words?;
    let mut all = Arguments::command();
    all.build();
    if let Some(told) = graph_flag(&all, &words) {
        return Some(Meant::Told(told));
    }
    let mut line = Line::of(&all, &words)?;
    if line.command.is_none()
        && let Some((_, command)) = CHANGES.iter().find(|(other, _)| *other == line.words[0])
    {
        let failure = Failure::new(format!("there is no command `{}`", line.words[0]));
        return Some(Meant::Told(
            failure.help(format!("it is `demarche {command}` here")),
        ));
    }
    if let Some(told) = meant::record_of_kind(&line) {
        return Some(Meant::Told(told));
    }
    if let Some(told) = file_without_flag(&line).or_else(|| format_of_picture(&line)) {
        return Some(Meant::Told(told));
    }
    let plain = line.clone().into_command().filter(Command::is_right);
    // A command line without names needs no graph to be understood.
    if line.is_mended
        && (line.words.is_empty() || !meant::takes_names(&line.command))
        && let Some(plain) = plain
    {
        return Some(Meant::One(plain));
    }
    let graph = graph(&line)?;
    if let Some(command) = meant::at_place(&graph, &line) {
        return Some(Meant::One(command));
    }
    let mut found = meant::commands(&graph, &line);
    if found.is_empty() && (line.take_apart() || line.move_synonym(&all)) {
        found = meant::commands(&graph, &line);
    }
    found.retain(|command| command.words != words && command.is_right());
    match found.len() {
        0 => {
            let lacking = meant::lacking(&graph, &line);
            let unknown = || meant::unknown(&graph, &line);
            let told = lacking.or_else(|| meant::month(&line)).or_else(unknown);
            let told = told.map(Meant::Told);
            told.or_else(|| Some(Meant::One(plain.filter(|_| line.is_mended)?)))
        }
        1 => found.pop().map(Meant::One),
        _ => Some(Meant::Several(found)),
    }
}

/// Explains a file that is named without `-o`.
fn file_without_flag(line: &Line) -> Option<Failure> {
    let command = line.command.as_deref()?;
    if !meant::takes_names(&line.command) {
        return None;
    }
    let is_file = |word: &&String| {
        let path = Path::new(word);
        output::of_ending(path).is_some() || draw::of_ending(path).is_some()
    };
    let file = line.words.iter().find(is_file)?;
    let others = line.words.iter().filter(|word| *word != file).cloned();
    let mut words: Vec<String> = [command.to_owned()].into_iter().chain(others).collect();
    words.extend(["-o".to_owned(), file.clone()]);
    let failure = Failure::new(format!("`{file}` is the name of a file"));
    let help = format!("to write there: {}", line.with(words).typed());
    Some(failure.help(help))
}

/// Explains `draw pdf`: the name of the file says which format is meant.
fn format_of_picture(line: &Line) -> Option<Failure> {
    let is_format = |word: &&String| Format::from_str(word, true).is_ok();
    let format = line.words.iter().find(is_format)?;
    if line.command.as_deref() != Some("draw") {
        return None;
    }
    let failure = Failure::new(format!("`{format}` is a format"));
    let help = format!("to write a file of it: `demarche draw -o graph.{format}`");
    Some(failure.help(help))
}

/// Explains `-g show …`: the flag takes the word after it for a file.
fn graph_flag(all: &clap::Command, words: &[String]) -> Option<Failure> {
    let at = words
        .iter()
        .position(|word| word == "-g" || word == "--graph")?;
    let file = words.get(at + 1)?;
    let is_command = all.find_subcommand(file).is_some() && !std::path::Path::new(file).exists();
    let mut rest = words.to_vec();
    rest.remove(at);
    let without = quoted(&rest);
    let failure = Failure::new(format!(
        "`-g` takes a file or a folder, and `{file}` is a command"
    ));
    let help = format!("`demarche {without}`, or with a graph: `demarche -g FILE {without}`");
    is_command.then(|| failure.help(help))
}

/// Reads the graph of a command line.
fn graph(line: &Line) -> Option<Graph> {
    let named: Vec<_> = line
        .graph
        .iter()
        .skip(1)
        .step_by(2)
        .map(Into::into)
        .collect();
    let paths = match named.is_empty() {
        true => session::graph_at_hand().ok()?,
        false => session::wholes(&named),
    };
    // Standard input was read already.
    if paths.iter().any(|path| path.as_os_str() == disk::STDIN) {
        return None;
    }
    let (graph, _) = disk::read(&paths).ok()?;
    Some(graph)
}
