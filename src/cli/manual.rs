//! The manual pages.

use std::path::Path;

use clap::{Args, CommandFactory};

use crate::cli::args::{Arguments, Global, SELECTION};
use crate::cli::output::Output;
use crate::cli::{Failure, out};
use crate::disk::{make_folder, write_whole};

/// Builds the help page of the arguments that all questions share, which each question's own help
/// leaves out.
pub(super) fn selection() -> clap::Command {
    let command = clap::Command::new("demarche selection")
        .about("What every question takes: whom and what it is about, time, evidence and format")
        .override_usage("demarche QUESTION [OPTIONS]")
        .max_term_width(100)
        .disable_help_flag(true);
    let command = Global::augment_args(command.next_help_heading(SELECTION));
    Output::augment_args(command.next_help_heading("Output"))
        .after_help("A flag that has no effect on a command is refused.")
        .mut_args(|argument| argument.hide(false))
}

/// Returns the program's page. With a folder, writes its page and one for each command there
/// instead, and prints that it did.
pub(super) fn pages(folder: Option<&Path>, say: &mut dyn FnMut(&str)) -> Result<String, Failure> {
    let failed = |error: std::io::Error| Failure::new(format!("can't write the manual: {error}"));
    let command = Arguments::command();
    match folder {
        None => {
            let mut page = Vec::new();
            clap_mangen::Man::new(command)
                .render(&mut page)
                .map_err(failed)?;
            String::from_utf8(page).map_err(|error| Failure::new(error.to_string()))
        }
        Some(folder) => {
            make_folder(folder).map_err(failed)?;
            let mut command = command.disable_help_subcommand(true);
            command.build();
            write(&command, folder, say)?;
            write(&selection(), folder, say)?;
            out::print_done(&format!(
                "wrote the manual pages into `{}`\n",
                folder.display()
            ))?;
            Ok(String::new())
        }
    }
}

/// Writes the page of a command and, recursively, of its subcommands.
fn write(command: &clap::Command, folder: &Path, say: &mut dyn FnMut(&str)) -> Result<(), Failure> {
    let commands = command.get_subcommands();
    for command in commands.filter(|command| !command.is_hide_set()) {
        write(command, folder, say)?;
    }
    let man = clap_mangen::Man::new(command.clone());
    let path = folder.join(man.get_filename());
    write_whole(&path, say, |mut out| man.render(&mut out))
        .map_err(|error| Failure::new(format!("can't write `{}`: {error}", path.display())))
}
