//! Questions asked by name, with keyword arguments, by a program rather than a person: an assistant,
//! a script. The grammar of the command line says which arguments a question takes and what they may
//! be, so that both agree.

use std::num::NonZeroUsize;
use std::sync::Arc;

use clap::builder::ValueParser;
use clap::{
    Arg, ArgAction, Args, Command as Grammar, CommandFactory, FromArgMatches, Subcommand, ValueEnum,
};
use serde_json::{Map, Value, json};

use crate::cli::Failure;
use crate::cli::args::{Arguments, Command, Global, Questions};
use crate::cli::question::Take;
use crate::cli::session::Session;
use crate::error::Error;
use crate::exchange::network::Format as NetworkFormat;
use crate::graph::Graph;
use crate::model::Day;
use crate::picture::Format;
use crate::query::{Note, Noted, View};
use crate::words::way_out;

/// The arguments that are about a terminal, files, or the graph itself.
const NOT_ASKED: &[&str] = &[
    "graph",
    "partial",
    "color",
    "format",
    "spreadsheet",
    "output",
    "section",
    "limit",
    "help",
    "version",
];

/// The arguments of an export that are about its files, not about a network.
const OF_FILES: &[&str] = &["sql", "tables", "spreadsheet", "rdf"];

/// Answers a question about a graph, as the command line does: `question` is the name of the command,
/// and `arguments` are its flags and names, with `_` for `-`. A flag that may be repeated takes a list.
/// `take` gets the answer, and the view that its ids are of.
///
/// # Errors
/// [`Error::Half`] for half a graph; [`Error::Question`] if there is no such question, or it can't be
/// answered as it is asked.
pub fn ask(
    graph: &Graph,
    today: Day,
    question: &str,
    arguments: &Map<String, Value>,
    take: &mut (dyn FnMut(&View, &mut dyn Noted) + '_),
) -> Result<(), Error> {
    on(graph, today, question, arguments, &[], |read, session| {
        answered(read, session, &mut |view, mut answer| {
            view.note(&mut *answer);
            let said = said(session).into_iter();
            let said = said.map(|said| Note::new("taken", format!("{said}.")));
            answer.notes_mut().extend(said);
            take(view, &mut *answer);
            Ok(())
        })
    })
}

/// Draws a graph in a format, as `demarche draw` does; `arguments` are as for [`ask`]. Returns the
/// picture, and what is to be said of it.
///
/// # Errors
/// As of [`ask`].
pub fn draw(
    graph: &Graph,
    today: Day,
    arguments: &Map<String, Value>,
    format: Format,
) -> Result<(Vec<u8>, Vec<String>), Error> {
    let format = format.to_possible_value();
    let format = format.map_or(String::new(), |format| format.get_name().to_owned());
    let format = format!("--format={format}");
    on(
        graph,
        today,
        "draw",
        arguments,
        &[&format],
        |read, session| {
            let mut picture = Vec::new();
            match &read.command {
                Command::Draw(draw) => draw.once(session, &mut picture)?,
                _ => return Err(Failure::new("this draws nothing")),
            }
            Ok((picture, said(session)))
        },
    )
}

/// Passes the nodes and edges of a graph to a format, as `demarche export -o graph.graphml` does;
/// `arguments` are as for [`ask`].
///
/// # Errors
/// As of [`ask`].
pub fn network(
    graph: &Graph,
    today: Day,
    arguments: &Map<String, Value>,
    format: &mut dyn NetworkFormat,
) -> Result<(), Error> {
    let output = &["--output=network.graphml"];
    on(
        graph,
        today,
        "export",
        arguments,
        output,
        |read, session| match &read.command {
            Command::Export(export) => export.hand_network(session, format),
            _ => Err(Failure::new("this is no network")),
        },
    )
}

/// Does something with a command that is given by its name, its arguments and some words more.
fn on<T>(
    graph: &Graph,
    today: Day,
    command: &str,
    arguments: &Map<String, Value>,
    more: &[&str],
    act: impl FnOnce(&Arguments, &Session<'_>) -> Result<T, Failure>,
) -> Result<T, Error> {
    let grammar = grammar(command)?;
    let words = typed(&grammar, arguments, more).map_err(|failure| refused(&failure))?;
    let read = alone(&grammar).try_get_matches_from(words);
    let read = read.and_then(|found| Arguments::from_arg_matches(&found));
    let read = read.map_err(|error| unreadable(&error))?;
    let session = Session::on(&read, graph, today);
    if !graph.is_whole() {
        let mut graph = graph.clone();
        session.settle_day(&mut graph);
        if !graph.is_whole() {
            let (findings, texts) = (graph.missing, Arc::unwrap_or_clone(graph.texts));
            return Err(Error::Half { findings, texts });
        }
    }
    let acted = refuse_idle(&read).and_then(|()| act(&read, &session));
    acted.map_err(|failure| refused(&failure))
}

/// Refuses arguments that could change nothing.
fn refuse_idle(arguments: &Arguments) -> Result<(), Failure> {
    let command = &arguments.command;
    if let Some(flag) = arguments.global.idle(command) {
        let message = format!("`{flag}` has no effect on this question");
        return Err(Failure::new(message).help("leave it out"));
    }
    command.select().check()
}

/// Returns what a session said, without the word `note`.
fn said(session: &Session<'_>) -> Vec<String> {
    let said = session.said().into_iter();
    said.map(|said| said.strip_prefix("note: ").unwrap_or(&said).to_owned())
        .collect()
}

/// Returns the names of all questions, in the order of the help.
pub fn questions() -> Vec<String> {
    let all = Questions::augment_subcommands(Grammar::new("demarche"));
    let names = all.get_subcommands().map(Grammar::get_name);
    names.map(str::to_owned).collect()
}

fn answered(
    arguments: &Arguments,
    session: &Session<'_>,
    take: &mut Take<'_>,
) -> Result<(), Failure> {
    match arguments.command.question() {
        Some(question) => question.reply(session, take),
        None => Err(Failure::new("this is a command, not a question")),
    }
}

/// Returns what a question or another command is about, in words, and the JSON schema of its
/// arguments; `None` if there is no such command.
pub fn described(question: &str) -> Option<(String, Value)> {
    let grammar = grammar(question).ok()?;
    let mut properties = Map::new();
    let mut required = Vec::new();
    for argument in arguments(&grammar) {
        let name = name(argument);
        if properties.contains_key(&name) {
            // A name and a flag may share a word: `actor` is the one asked about, and a list of
            // actors selects.
            continue;
        }
        if argument.is_required_set() {
            required.push(name.clone());
        }
        properties.insert(name, schema(argument));
    }
    let about = grammar.get_long_about().or(grammar.get_about());
    let schema = json!({
        "type": "object",
        "properties": properties,
        "required": required,
        "additionalProperties": false,
    });
    Some((renamed(&about?.to_string()), schema))
}

/// Returns the arguments of a command that are names, in their order; the others are flags.
pub fn names_of(command: &str) -> Vec<String> {
    let grammar = grammar(command).ok();
    let names = grammar.iter().flat_map(Grammar::get_positionals);
    names.map(name).collect()
}

/// Returns the grammar of one question, with the arguments that all share.
fn grammar(question: &str) -> Result<Grammar, Error> {
    let all = Arguments::command();
    let found = all.find_subcommand(question).map(alone);
    let built = found.and_then(|mut alone| {
        alone.build();
        alone.find_subcommand(question).cloned()
    });
    built.ok_or_else(|| Error::Question {
        reason: format!("there is no question `{question}`"),
        help: Vec::new(),
    })
}

/// Returns the grammar of a command line that knows this command only.
fn alone(command: &Grammar) -> Grammar {
    Global::augment_args(Grammar::new("demarche")).subcommand(command.clone())
}

/// Returns the arguments that a program may give. Names come before flags.
fn arguments(grammar: &Grammar) -> impl Iterator<Item = &Arg> {
    let gives_detail = ["matrix", "camps"].contains(&grammar.get_name());
    let not_asked = match grammar.get_name() {
        "export" => OF_FILES,
        _ => &[],
    };
    let names = grammar.get_positionals();
    let flags = grammar.get_opts().chain(
        grammar
            .get_arguments()
            .filter(|argument| !argument.is_positional() && !takes_value(argument)),
    );
    names.chain(flags).filter(move |argument| {
        let name = name(argument);
        ![NOT_ASKED, not_asked].concat().contains(&name.as_str()) && (name != "why" || gives_detail)
    })
}

fn takes_value(argument: &Arg) -> bool {
    argument.get_action().takes_values()
}

/// Returns the name of an argument: that of its flag, with `_` for `-`.
fn name(argument: &Arg) -> String {
    let id = argument.get_id().as_str();
    argument.get_long().unwrap_or(id).replace('-', "_")
}

fn is_list(argument: &Arg) -> bool {
    let most = argument
        .get_num_args()
        .map_or(1, |range| range.max_values());
    matches!(argument.get_action(), ArgAction::Append) || most > 1
}

fn schema(argument: &Arg) -> Value {
    let is_of = |parsers: &[ValueParser]| {
        let own = argument.get_value_parser().type_id();
        parsers.iter().any(|parser| parser.type_id() == own)
    };
    let numbers: [ValueParser; 3] = [
        clap::value_parser!(usize).into(),
        clap::value_parser!(u32).into(),
        clap::value_parser!(NonZeroUsize).into(),
    ];
    let words = argument.get_possible_values();
    let words: Vec<&str> = words.iter().map(|word| word.get_name()).collect();
    let one = match (takes_value(argument), words.is_empty()) {
        (false, _) => json!({ "type": "boolean" }),
        (true, false) => json!({ "type": "string", "enum": words }),
        (true, true) if is_of(&numbers) => json!({ "type": "integer", "minimum": 0 }),
        (true, true) => json!({ "type": "string" }),
    };
    let mut schema = match is_list(argument) {
        true => json!({ "type": "array", "items": one }),
        false => one,
    };
    let help = argument.get_help().map(|help| renamed(&help.to_string()));
    let help = help.unwrap_or_default().replace("; may be repeated", "");
    // What all questions take is described in short: assistants pay for each word of each question.
    let help = match argument.is_hide_set() {
        true => help.split(['.', ';']).next().unwrap_or(&help),
        false => &help,
    };
    schema["description"] = json!(help);
    schema
}

/// Returns the words of the command line that gives these arguments.
fn typed(
    grammar: &Grammar,
    given: &Map<String, Value>,
    more: &[&str],
) -> Result<Vec<String>, Failure> {
    let mut words = vec!["demarche".to_owned(), grammar.get_name().to_owned()];
    words.extend(more.iter().map(|word| (*word).to_owned()));
    let known: Vec<&Arg> = arguments(grammar).collect();
    let mut names: Vec<(&Arg, Vec<String>)> = Vec::new();
    for (key, value) in given.iter().filter(|(_, value)| !value.is_null()) {
        let mut several = known.iter().filter(|argument| name(argument) == *key);
        let argument = match (several.next(), several.next()) {
            (Some(_), Some(flag)) if value.is_array() => flag,
            (Some(first), _) => first,
            (None, _) => return Err(unknown(key, &known)),
        };
        let values = values(argument, key, value)?;
        match argument.get_long() {
            None => names.push((argument, values)),
            Some(long) if takes_value(argument) => {
                words.extend(values.iter().map(|value| format!("--{long}={value}")))
            }
            Some(long) => words.extend(values.iter().map(|_| format!("--{long}"))),
        }
    }
    words.push("--".to_owned());
    for argument in known.iter().filter(|argument| argument.is_positional()) {
        let found = names.iter().find(|(given, _)| given == argument);
        match found {
            Some((_, values)) => words.extend(values.iter().cloned()),
            None if argument.is_required_set() => {
                let failure = Failure::new(format!("`{}` is missing", name(argument)));
                let help = argument.get_help().map(|help| help.to_string());
                return Err(failure.help(help.unwrap_or_default()));
            }
            None => {}
        }
    }
    Ok(words)
}

/// Returns the values of an argument as they would be typed. A flag without a value has one if it is
/// set.
fn values(argument: &Arg, key: &str, value: &Value) -> Result<Vec<String>, Failure> {
    let wrong = |expected: &str| Failure::new(format!("`{key}` is {expected}, not {value}"));
    if !takes_value(argument) {
        return match value {
            Value::Bool(true) => Ok(vec![String::new()]),
            Value::Bool(false) => Ok(Vec::new()),
            _ => Err(wrong("true or false")),
        };
    }
    let one = |value: &Value| match value {
        Value::String(text) => Ok(text.clone()),
        // Some programs write every number with a fraction.
        Value::Number(number) => Ok(match number.as_f64() {
            Some(whole) if whole.fract() == 0.0 && whole.abs() < 1e15 => format!("{whole:.0}"),
            _ => number.to_string(),
        }),
        _ => Err(wrong("a text, a number, or a list of texts")),
    };
    match value {
        Value::Array(several) if is_list(argument) || several.len() == 1 => {
            several.iter().map(one).collect()
        }
        Value::Array(_) => Err(wrong("a single value")),
        value => Ok(vec![one(value)?]),
    }
}

fn unknown(key: &str, known: &[&Arg]) -> Failure {
    let mut names: Vec<String> = known.iter().map(|argument| name(argument)).collect();
    names.sort();
    names.dedup();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    Failure::new(format!("there is no argument `{key}`")).help(way_out(key, &names, "there are"))
}

/// Words the refusal of a command line for a program.
fn refused(failure: &Failure) -> Error {
    let is_an_edit = |help: &&String| help.contains("`demarche set ");
    let help = failure.help.iter().filter(|help| !is_an_edit(help));
    Error::Question {
        reason: renamed(&failure.message),
        help: help.map(|help| renamed(help)).collect(),
    }
}

/// Words what `clap` says of a value.
fn unreadable(error: &clap::Error) -> Error {
    let text = error.render().to_string();
    let ends = ["\n\nUsage:", "\n\nFor more information"];
    let end = ends.iter().filter_map(|end| text.find(end)).min();
    let said = text[..end.unwrap_or(text.len())].trim_start_matches("error: ");
    let mut lines = said.lines().map(str::trim).filter(|line| !line.is_empty());
    Error::Question {
        reason: renamed(lines.next().unwrap_or_default()),
        help: lines.map(renamed).collect(),
    }
}

/// Returns a text with flags as arguments are called, `as_of` for `--as-of`, and commands as questions
/// are.
fn renamed(text: &str) -> String {
    let text = text.replace("`demarche ", "`");
    let mut parts = text.split("--");
    let mut renamed = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let is_flag = part.starts_with(|c: char| c.is_ascii_lowercase())
            && !renamed.ends_with(|c: char| c.is_alphanumeric() || c == '-');
        let end = part.find(|c: char| !c.is_ascii_lowercase() && c != '-');
        let (flag, rest) = part.split_at(end.unwrap_or(part.len()));
        match is_flag {
            true => renamed += &flag.replace('-', "_"),
            false => renamed = renamed + "--" + flag,
        }
        renamed += rest;
    }
    renamed
}

#[cfg(test)]
mod tests {
    use super::*;

    fn graph() -> Graph {
        Graph::open("graphs/blinken-2023.ron").unwrap()
    }

    /// The title of an answer, and the kinds of its notes.
    fn asked(question: &str, arguments: Value) -> Result<(String, Vec<&'static str>), Error> {
        let arguments = arguments.as_object().cloned().unwrap_or_default();
        let mut answered = (String::new(), Vec::new());
        ask(
            &graph(),
            Day::of(2024, 1, 1),
            question,
            &arguments,
            &mut |_, answer| {
                let notes = answer.notes().iter().map(|note| note.kind).collect();
                answered = (answer.title().to_owned(), notes);
            },
        )?;
        Ok(answered)
    }

    #[test]
    fn flags_are_called_as_arguments() {
        assert_eq!(
            renamed("`--as-of` and --min-grade, but a--b"),
            "`as_of` and min_grade, but a--b"
        );
        assert_eq!(renamed("`demarche list` shows it"), "`list` shows it");
    }

    #[test]
    fn a_question_is_answered_as_on_the_command_line() {
        let titled = |question, arguments| asked(question, arguments).unwrap().0;
        assert_eq!(titled("show", json!({ "name": "taiwan" })), "Taiwan");
        assert_eq!(
            titled("compare", json!({ "actors": ["us", "china"] })),
            "United States and China"
        );
        // A name is the one asked about; a list selects.
        assert_eq!(
            titled("positions", json!({ "actor": "china" })),
            "Statements in force of China"
        );
        assert_eq!(
            titled("positions", json!({ "actor": ["china"] })),
            "Statements in force"
        );
        assert_eq!(
            titled("path", json!({ "from": "us", "to": "china", "count": 1.0 })),
            "United States to China"
        );
    }

    #[test]
    fn what_can_not_be_asked_is_refused_in_words_of_a_program() {
        let refused = |question, arguments| asked(question, arguments).err().unwrap().to_string();
        let cases = [
            ("shows", json!({}), "there is no question `shows`"),
            ("draw", json!({}), "this is a command, not a question"),
            (
                "show",
                json!({}),
                "`name` is missing; Its id, name or alias",
            ),
            (
                "show",
                json!({ "name": "taiwam" }),
                "no record is called `taiwam`; did you mean `taiwan` (Taiwan, an issue)",
            ),
            (
                "show",
                json!({ "nam": "taiwan" }),
                "there is no argument `nam`; did you mean `name`?",
            ),
            (
                "positions",
                json!({ "as_of": "soon" }),
                "invalid value 'soon'",
            ),
            (
                "positions",
                json!({ "own": 1 }),
                "`own` is true or false, not 1",
            ),
            (
                "matrix",
                json!({ "measure": "net", "normalise": "average" }),
                "`normalise` divides by",
            ),
            (
                "show",
                json!({ "name": "taiwan", "graph": ["x"] }),
                "there is no argument `graph`",
            ),
        ];
        for (question, arguments, expected) in cases {
            let said = refused(question, arguments);
            assert!(said.contains(expected) && !said.contains("--"), "{said}");
        }
    }

    #[test]
    fn a_name_that_is_taken_for_another_is_noted() {
        let (_, notes) = asked("show", json!({ "name": "Vivian" })).unwrap();
        assert!(notes.contains(&"taken"), "{notes:?}");
    }

    #[test]
    fn no_question_offers_files() {
        for question in ["show", "matrix", "evidence", "list"] {
            let (about, schema) = described(question).unwrap();
            assert!(!about.is_empty());
            let properties = schema["properties"].as_object().unwrap();
            assert!(properties.contains_key("as_of"), "{question}");
            for hidden in NOT_ASKED {
                assert!(!properties.contains_key(*hidden), "{question} {hidden}");
            }
        }
    }
}
