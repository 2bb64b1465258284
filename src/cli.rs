//! The command line, one file per command. It handles arguments, output and exit codes; everything
//! else is the library's work.

mod args;
mod ask;
mod author;
mod balance;
mod brief;
mod brokers;
mod camps;
mod check;
mod common;
mod compare;
mod complete;
mod dates;
mod diff;
mod draft;
mod draw;
mod edit;
mod evidence;
mod explain;
mod export;
mod file;
mod find;
mod fmt;
mod forecast;
mod git;
mod graphviz;
mod history;
mod import;
mod list;
#[cfg(feature = "lsp")]
mod lsp;
mod manual;
mod matrix;
#[cfg(feature = "mcp")]
mod mcp;
mod meetings;
mod names;
mod out;
mod output;
mod path;
mod positions;
mod progress;
mod question;
mod select;
mod session;
mod show;
mod slips;
mod timeline;
#[cfg(feature = "watch")]
mod watch;
mod without;

use std::ffi::OsString;
use std::io::{BufWriter, stdout};

use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Args, CommandFactory, FromArgMatches, Parser};

use args::{Arguments, Command, Global};
pub use ask::{ask, described, draw, names_of, network, questions};
pub use file::save;
use session::Session;
pub use session::today;
use slips::Meant;

use crate::disk;
use crate::render::Paint;

/// An error message with what to do about it; the exit code is 2.
struct Failure {
    /// The findings that the error rests on, rendered, printed above the message.
    shown: String,
    message: String,
    help: Vec<String>,
    /// Whether a word on the command line means nothing, or several things.
    is_of_word: bool,
}

impl Failure {
    fn new(message: impl Into<String>) -> Failure {
        Failure {
            shown: String::new(),
            message: message.into(),
            help: Vec::new(),
            is_of_word: false,
        }
    }

    /// Fails because of a word on the command line that means nothing, or several things.
    fn of_word(message: impl Into<String>) -> Failure {
        Failure {
            is_of_word: true,
            ..Failure::new(message)
        }
    }

    fn help(mut self, help: impl Into<String>) -> Failure {
        self.help.push(help.into());
        self
    }
}

impl From<disk::Failed> for Failure {
    fn from(failed: disk::Failed) -> Failure {
        let help = failed.help();
        Failure {
            help: help.into_iter().collect(),
            ..Failure::new(failed.to_string())
        }
    }
}

/// The exit code of a command that answered, or did what it was asked.
const DONE: u8 = 0;

/// Runs a command line, whose first word is the name of the program. Returns the exit code.
pub fn command(typed: &[OsString]) -> u8 {
    let here = std::env::current_dir().ok();
    let completing = clap_complete::CompleteEnv::with_factory(Arguments::command);
    match completing.try_complete(typed, here.as_deref()) {
        Ok(true) => return DONE,
        Ok(false) => {}
        Err(error) => return out::help(&error),
    }
    let code = match attempt(typed) {
        Ok(code) => code,
        Err(wrong) if wrong.may_be_slip() => mended(typed, &wrong),
        Err(wrong) => wrong.tell(),
    };
    progress::end();
    code
}

/// Why a command line did nothing.
enum Wrong {
    /// It can't be parsed, or asks for help.
    Typed(Box<clap::Error>),
    /// Its command failed.
    Failed(Failure, Paint),
}

impl Wrong {
    /// Returns whether the words may be in the wrong place: a name or a word that nothing takes.
    fn may_be_slip(&self) -> bool {
        match self {
            Wrong::Typed(error) => matches!(
                error.kind(),
                ErrorKind::UnknownArgument
                    | ErrorKind::InvalidSubcommand
                    | ErrorKind::InvalidValue
                    | ErrorKind::MissingRequiredArgument
                    | ErrorKind::TooFewValues
                    | ErrorKind::TooManyValues
                    | ErrorKind::WrongNumberOfValues
            ),
            Wrong::Failed(failure, _) => failure.is_of_word,
        }
    }

    /// Prints the error, or the help asked for; returns the exit code.
    fn tell(&self) -> u8 {
        match self {
            Wrong::Typed(error) => out::help(error),
            Wrong::Failed(failure, paint) => out::failed(failure, *paint),
        }
    }
}

/// Parses a command line, and runs its command.
fn attempt(typed: &[OsString]) -> Result<u8, Wrong> {
    let arguments = parsed(typed).map_err(|error| Wrong::Typed(Box::new(error)))?;
    let session = Session::new(&arguments);
    run(&arguments, &session).map_err(|failure| Wrong::Failed(failure, session.paint()))
}

/// Runs what a wrong command line can only mean, and says so; else prints the error, with what it may
/// mean.
fn mended(typed: &[OsString], wrong: &Wrong) -> u8 {
    let help = match slips::meant(typed) {
        // What writes is not run on a guess.
        Some(Meant::One(command)) if command.writes() => {
            Some(format!("did you mean {}?", command.typed()))
        }
        Some(Meant::One(command)) => {
            let note = format!("note: this is taken to be {}", command.typed());
            out::complain(&note, Paint::Plain);
            return attempt(&command.arguments()).unwrap_or_else(|wrong| wrong.tell());
        }
        Some(Meant::Several(commands)) => {
            let commands: Vec<String> = commands.iter().map(slips::Command::typed).collect();
            Some(format!("it may be {}", commands.join(", or ")))
        }
        Some(Meant::Told(failure)) => return out::failed(&failure, Paint::Plain),
        None => None,
    };
    let code = wrong.tell();
    if let Some(help) = help {
        out::complain(&format!("help: {help}"), Paint::Plain);
    }
    code
}

/// Parses the command line. Only the requested subcommand is built, because building all of them
/// with their shared arguments takes as long as answering. All are built when help is requested or
/// something is wrong; then the error is returned.
fn parsed(typed: &[OsString]) -> Result<Arguments, clap::Error> {
    let mut typed = typed.to_vec();
    // Hidden from the list of commands, `selection` has a help page all the same.
    if let [_, help, selection] = &typed[..]
        && help == "help"
        && selection == "selection"
    {
        typed.remove(1);
    }
    if let [_, version] = &mut typed[..]
        && version == "version"
    {
        *version = "--version".into();
    }
    let all = Arguments::command();
    let asked = typed
        .iter()
        .skip(1)
        .find_map(|word| all.find_subcommand(word));
    let read = |asked: &clap::Command| {
        let alone = Global::augment_args(clap::Command::new("demarche")).subcommand(asked.clone());
        Arguments::from_arg_matches(&alone.try_get_matches_from(&typed).ok()?).ok()
    };
    let parsed =
        || Arguments::try_parse_from(&typed).map_err(|error| with_names_as_they_are(error, asked));
    asked.and_then(read).map_or_else(parsed, Ok)
}

/// Extends the error for a flag that is really a positional argument (`camps --issue dam`, `list
/// --issues`) with a tip that says so.
fn with_names_as_they_are(mut error: clap::Error, asked: Option<&clap::Command>) -> clap::Error {
    let Some(ContextValue::String(flag)) = error.get(ContextKind::InvalidArg) else {
        return error;
    };
    if error.kind() != ErrorKind::UnknownArgument || !flag.starts_with("--") {
        return error;
    }
    let typed = flag.trim_start_matches('-').to_owned();
    let word = typed.trim_end_matches('s');
    // Drops clap's tip that the word may be a value beginning with `--`: it helps nobody.
    error.remove(ContextKind::Suggested);
    let Some(command) = asked.map(|command| {
        // The arguments of a command are known only after `build`.
        let mut all = clap::Command::new("demarche").subcommand(command.clone());
        all.build();
        all.get_subcommands().next().cloned().unwrap_or_default()
    }) else {
        return error;
    };
    let stands = command.get_positionals().find_map(|argument| {
        if argument
            .get_possible_values()
            .iter()
            .any(|value| value.get_name() == typed)
        {
            return Some(typed.clone());
        }
        if !argument.get_possible_values().is_empty() {
            return None;
        }
        let name = argument.get_id().as_str().trim_end_matches('s');
        // `name` and `of` accept a record of any kind.
        let is_meant = name == word
            || ["name", "of"].contains(&name)
                && ["actor", "issue", "meeting", "source"].contains(&word);
        is_meant.then(|| "NAME".to_owned())
    });
    if let Some(stands) = stands {
        let tip = format!("it needs no flag: demarche {} {stands}", command.get_name());
        error.remove(ContextKind::SuggestedArg);
        error.insert(
            ContextKind::Suggested,
            ContextValue::StyledStrs(vec![tip.into()]),
        );
    }
    error
}

/// Returns whether the command's output is also read by programs: RON, a diff for `patch`, a
/// script.
fn is_for_programs(command: &Command) -> bool {
    command.edits()
        || matches!(
            command,
            Command::New(_) | Command::Draft(_) | Command::Completions { .. }
        )
}

/// Returns whether a command reads, works and then prints, without asking anything in between.
fn is_quiet_work(command: &Command) -> bool {
    command.question().is_some()
        || matches!(
            command,
            Command::Check(_) | Command::Diff(_) | Command::Draw(_) | Command::Fmt(_)
        )
}

fn run(arguments: &Arguments, session: &Session) -> Result<u8, Failure> {
    let typed = &arguments.command;
    if let Some(flag) = arguments.global.idle(typed) {
        let message = format!("`{flag}` has no effect on this command");
        return Err(Failure::new(message).help("leave it out"));
    }
    typed.select().check()?;
    if is_quiet_work(typed) {
        progress::begin();
    }
    let (output, code) = match &arguments.command {
        Command::Check(check) => {
            let paths = if check.files().is_empty() {
                session.paths()?
            } else {
                session::wholes(check.files())
            };
            check.run(&paths, session.diagnostic_style(), &session.author())
        }
        Command::Fmt(fmt) => {
            let done = fmt.run(session)?;
            let printed =
                out::print_data(&done.output, session.paint()).and(out::print_done(&done.written));
            for complaint in &done.complaints {
                out::complain(complaint, session.paint());
            }
            printed?;
            return Ok(done.code);
        }
        Command::Add(add) => (add.run(session)?, 0),
        Command::Set(set) => (set.run(session)?, 0),
        Command::Move(moved) => (moved.run(session)?, 0),
        Command::Rename(rename) => (rename.run(session)?, 0),
        Command::Remove(remove) => (remove.run(session)?, 0),
        Command::Merge(merge) => (merge.run(session)?, 0),
        Command::New(new) => (new.run(session, &session::today().to_string())?, 0),
        Command::Explain(explain) => explain.run(),
        Command::Draw(draw) => {
            draw.once(session, &mut BufWriter::new(stdout().lock()))?;
            return Ok(DONE);
        }
        Command::Export(export) => {
            export.run(session)?;
            return Ok(DONE);
        }
        Command::Import(import) => return import.run(session),
        #[cfg(feature = "watch")]
        Command::Watch(watch) => return watch.run(session),
        Command::Diff(diff) => {
            return diff.run(session);
        }
        Command::Draft(draft) => (draft.run(session)?, 0),
        #[cfg(feature = "lsp")]
        Command::Lsp => return Ok(lsp::run(session.named_paths(), session.author())),
        #[cfg(feature = "mcp")]
        Command::Mcp(mcp) => return mcp.run(session),
        Command::Completions { shell } => (complete::script(shell)?, 0),
        Command::Licences => (include_str!("../THIRD-PARTY.md").to_owned(), 0),
        Command::Man { folder } => {
            let mut say = |said: &str| session.complain(&format!("note: {said}"));
            (manual::pages(folder.as_deref(), &mut say)?, 0)
        }
        Command::Selection => (manual::selection().render_long_help().to_string(), 0),
        Command::Question(question) => {
            question.asked().run(session)?;
            return Ok(DONE);
        }
    };
    if code == 2 {
        out::complain(output.trim_end(), session.paint());
    } else if is_for_programs(&arguments.command) {
        out::print_data(&output, session.paint())?;
    } else {
        session.tell(&output)?;
    }
    Ok(code)
}
