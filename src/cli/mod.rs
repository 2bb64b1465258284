//! The command line: one file a command. Arguments, output, exit codes; all else is asked of the library.

mod args;
mod ask;
mod balance;
mod brokers;
mod camps;
mod check;
mod common;
mod complete;
mod dates;
mod diff;
mod draft;
mod draw;
mod edit;
mod explain;
mod fmt;
mod forecast;
mod git;
#[cfg(feature = "lsp")]
mod lsp;
mod manual;
mod matrix;
mod pictures;
mod session;
#[cfg(feature = "watch")]
mod watch;

use std::ffi::OsString;
use std::io::{self, Write};
use std::mem::ManuallyDrop;
use std::process::ExitCode;

use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Args, CommandFactory, FromArgMatches, Parser};

use args::{Arguments, Command, Global, Question};
use session::Session;

use crate::graph::Over;

/// What went wrong, in words, and what to do about it; the exit code is 2.
struct Failure {
    message: String,
    help: Vec<String>,
}

impl Failure {
    fn new(message: impl Into<String>) -> Failure {
        Failure {
            message: message.into(),
            help: Vec::new(),
        }
    }

    fn help(mut self, help: impl Into<String>) -> Failure {
        self.help.push(help.into());
        self
    }
}

/// Runs the command that the arguments ask for.
pub fn main() -> ExitCode {
    clap_complete::CompleteEnv::with_factory(Arguments::command).complete();
    let arguments = parsed();
    let session = Session::new(&arguments.global);
    match run(&arguments, &session) {
        Ok(code) => code,
        Err(failure) => {
            session.complain(&format!("error: {}", failure.message));
            failure
                .help
                .iter()
                .for_each(|help| session.complain(&format!("help: {help}")));
            ExitCode::from(2)
        }
    }
}

/// What is typed. To make all commands, each with what every command takes, costs as much as an answer, so only the one that is
/// asked for is made; all are where something is wrong, or help is asked for.
fn parsed() -> Arguments {
    let typed: Vec<OsString> = std::env::args_os().collect();
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
            .unwrap_or_else(|error| with_names_as_they_are(error, asked).exit())
    };
    asked.and_then(read).unwrap_or_else(parsed)
}

/// Where a flag is typed for what stands without one (`camps --issue dam`, `list --issues`), the error says so.
fn with_names_as_they_are(mut error: clap::Error, asked: Option<&clap::Command>) -> clap::Error {
    let Some(ContextValue::String(flag)) = error.get(ContextKind::InvalidArg) else {
        return error;
    };
    if error.kind() != ErrorKind::UnknownArgument || !flag.starts_with("--") {
        return error;
    }
    let typed = flag.trim_start_matches('-').to_owned();
    let word = typed.trim_end_matches('s');
    // That it might be a name which begins with `--` helps nobody.
    error.remove(ContextKind::Suggested);
    let Some(command) = asked.map(|command| {
        // What a command takes is known once it is built.
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
        let name = argument.get_id().as_str().trim_end_matches('s');
        // One of them may be a thing of any kind.
        let is_meant = name == word
            || ["name", "of"].contains(&name)
                && ["actor", "issue", "meeting", "source"].contains(&word);
        is_meant.then(|| "NAME".to_owned())
    });
    if let Some(stands) = stands {
        let tip = format!(
            "it stands without a flag: demarche {} {stands}",
            command.get_name()
        );
        error.remove(ContextKind::SuggestedArg);
        error.insert(
            ContextKind::Suggested,
            ContextValue::StyledStrs(vec![tip.into()]),
        );
    }
    error
}

fn run(arguments: &Arguments, session: &Session) -> Result<ExitCode, Failure> {
    let (output, code) = match &arguments.command {
        Command::Check(check) => {
            let paths = if check.files().is_empty() {
                session.paths()?
            } else {
                check.files().to_vec()
            };
            check.run(&paths, session.diagnostic_style(), |graph| {
                session.warn_of_unfinished(&[graph])
            })
        }
        Command::Fmt(fmt) => {
            let done = fmt.run(|| session.paths(), session.diagnostic_style())?;
            print(&done.output)?;
            done.complaints
                .iter()
                .for_each(|complaint| session.complain(complaint));
            return Ok(ExitCode::from(done.code));
        }
        Command::Add(add) => add.run(session)?,
        Command::Set(set) => set.run(session)?,
        Command::Move(moved) => moved.run(session)?,
        Command::Rename(rename) => rename.run(session)?,
        Command::Remove(remove) => remove.run(session)?,
        Command::Merge(merge) => merge.run(session)?,
        Command::New(new) => new.run(&session::today().to_string())?,
        Command::Explain(explain) => explain.run(),
        Command::Draw(draw) => {
            draw_once(session, draw)?;
            return Ok(ExitCode::SUCCESS);
        }
        #[cfg(feature = "watch")]
        Command::Watch(watch) => return watch.run(session),
        Command::Diff(diff) => {
            session.format.set(diff.out.format);
            diff.run(session)?
        }
        Command::Draft(draft) => (draft.run(session)?, 0),
        #[cfg(feature = "lsp")]
        Command::Lsp => return Ok(lsp::run(session.named_paths())),
        Command::Completions { shell } => (complete::script(shell)?, 0),
        Command::Man { folder } => (manual::pages(folder.as_deref())?, 0),
        Command::Question(question) => {
            question.check()?;
            session.format.set(question.output());
            if matches!(question, Question::Evidence { source: None, .. })
                && session.excludes_sources()
            {
                print(&session.what_falls()?)?;
                return Ok(ExitCode::SUCCESS);
            }
            let tells_all = matches!(
                question,
                Question::List { .. } | Question::Show { .. } | Question::Timeline { .. }
            );
            let over = if tells_all { Over::Kept } else { Over::LeftOut };
            // Nobody waits for the graph to be taken apart: the process ends.
            let mut view = ManuallyDrop::new(session.view(None, over)?);
            if matches!(question, Question::Evidence { .. }) {
                session.read_copies(&mut view);
            }
            let answer = ask::answer(session, &view, question)?;
            (session.rendered(&view, answer), 0)
        }
    };
    if code == 2 {
        session.complain(output.trim_end());
    } else {
        print(&output)?;
    }
    Ok(ExitCode::from(code))
}

/// Draws what is asked for of the graph as it is on disk now.
fn draw_once(session: &Session<'_>, draw: &draw::Draw) -> Result<(), Failure> {
    let view = session.view(draw.days().1, Over::LeftOut)?;
    let selection = ask::selection(session, &view.graph, draw)?;
    draw.run(
        &view.graph,
        selection,
        view.lens,
        &mut io::BufWriter::new(io::stdout().lock()),
    )
}

/// Prints to standard output. Whoever closed it early has seen enough.
fn print(text: &str) -> Result<(), Failure> {
    let mut out = io::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            Err(Failure::new(format!("can't write the answer: {error}")))
        }
        _ => Ok(()),
    }
}
