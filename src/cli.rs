//! The command line, one file per command. It handles arguments, output and exit codes; everything
//! else is the library's work.

mod args;
mod author;
mod balance;
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
mod file;
mod find;
mod fmt;
mod forecast;
mod git;
mod graphviz;
mod history;
mod list;
#[cfg(feature = "lsp")]
mod lsp;
mod manual;
mod matrix;
mod meetings;
mod names;
mod out;
mod output;
mod path;
mod pictures;
mod positions;
mod question;
mod select;
mod session;
mod show;
mod timeline;
#[cfg(feature = "watch")]
mod watch;

use std::ffi::OsString;
use std::process::ExitCode;

use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Args, CommandFactory, FromArgMatches, Parser};

use args::{Arguments, Command, Global};
use session::Session;

use crate::disk;

/// An error message with what to do about it; the exit code is 2.
struct Failure {
    /// The findings that the error rests on, rendered, printed above the message.
    shown: String,
    message: String,
    help: Vec<String>,
}

impl Failure {
    fn new(message: impl Into<String>) -> Failure {
        Failure {
            shown: String::new(),
            message: message.into(),
            help: Vec::new(),
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

/// Runs the command that the arguments ask for.
pub fn main() -> ExitCode {
    clap_complete::CompleteEnv::with_factory(Arguments::command).complete();
    let arguments = match parsed() {
        Ok(arguments) => arguments,
        Err(code) => return code,
    };
    let session = Session::new(&arguments);
    match run(&arguments, &session) {
        Ok(code) => code,
        Err(failure) => out::failed(&failure, session.paint()),
    }
}

/// Parses the command line. Only the requested subcommand is built, because building all of them
/// with their shared arguments takes as long as answering. All are built when help is requested or
/// something is wrong; then the message is printed and its exit code returned.
fn parsed() -> Result<Arguments, ExitCode> {
    let mut typed: Vec<OsString> = std::env::args_os().collect();
    // Hidden from the list of commands, `selection` has a help page all the same.
    if let [_, help, selection] = &typed[..]
        && help == "help"
        && selection == "selection"
    {
        typed.remove(1);
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
    let parsed = || {
        Arguments::try_parse_from(&typed)
            .map_err(|error| out::help(&with_names_as_they_are(error, asked)))
    };
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
    matches!(
        command,
        Command::Add(_)
            | Command::Set(_)
            | Command::Move(_)
            | Command::Rename(_)
            | Command::Remove(_)
            | Command::Merge(_)
            | Command::New(_)
            | Command::Draft(_)
            | Command::Completions { .. }
    )
}

fn run(arguments: &Arguments, session: &Session) -> Result<ExitCode, Failure> {
    let typed = &arguments.command;
    if let Some(flag) = arguments.global.idle(typed) {
        let message = format!("`{flag}` has no effect on this command");
        return Err(Failure::new(message).help("leave it out"));
    }
    typed.select().check()?;
    if let Some(question) = typed.question() {
        question.run(session)?;
        return Ok(ExitCode::SUCCESS);
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
            return Ok(ExitCode::from(done.code));
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
            draw.once(session)?;
            return Ok(ExitCode::SUCCESS);
        }
        #[cfg(feature = "watch")]
        Command::Watch(watch) => return watch.run(session),
        Command::Diff(diff) => {
            return diff.run(session).map(ExitCode::from);
        }
        Command::Draft(draft) => (draft.run(session)?, 0),
        #[cfg(feature = "lsp")]
        Command::Lsp => return Ok(lsp::run(session.named_paths(), session.author())),
        Command::Completions { shell } => (complete::script(shell)?, 0),
        Command::Licences => (include_str!("../THIRD-PARTY.md").to_owned(), 0),
        Command::Man { folder } => {
            let mut say = |said: &str| session.complain(&format!("note: {said}"));
            (manual::pages(folder.as_deref(), &mut say)?, 0)
        }
        Command::Selection => (manual::selection().render_long_help().to_string(), 0),
        // Only questions are left; they were answered above.
        _ => return Ok(ExitCode::SUCCESS),
    };
    if code == 2 {
        out::complain(output.trim_end(), session.paint());
    } else if is_for_programs(&arguments.command) {
        out::print_data(&output, session.paint())?;
    } else {
        session.tell(&output)?;
    }
    Ok(ExitCode::from(code))
}
