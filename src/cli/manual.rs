//! The manual pages.

use std::path::Path;

use clap::{Args, CommandFactory};

use crate::cli::args::{Arguments, Global, WHEN};
use crate::cli::output::Output;
use crate::cli::{Failure, out};
use crate::disk::{make_folder, write_whole};

/// What the flags of a selection mean, command by command.
const SELECTING: &str = "\
The selection is applied before anything is asked or counted, and the answer says what is selected.
- A flag given several times takes any of its values. `--actor` and `--group` add up; different flags
  narrow each other. Names are found as everywhere: ids, names, aliases, in any case.
- What a question itself names (`show china`, `compare us china`, `path us china`) is always in it.
- Positions, measures (`positions`, `matrix`, `camps`, `forecast`, `history`, `common`, `show`) and
  pictures are of the selected actors, on the selected issues. Statements of those who speak for a
  selected actor still make its position. Who speaks for an actor is left out in favour of it only if
  that actor is selected too.
- Lists (`list`, `meetings`, `timeline`, `evidence`, `find`, `diff`) have the statements that are about
  a selected actor or made for it, the meetings in which it or a speaker of its has a part, its ties
  and the facts about it.
- Networks (`path`, `brokers`, `balance`, `draw --view network`) have only selected actors as nodes.
- `--issue` keeps positions on it and on its parts, meetings and facts about them, and ties over them;
  who speaks for whom and who belongs to what stays.
- `--tag`, `--meeting-kind`, `--since` and `--until` cut records, as the flags of evidence do; with a
  period, positions are as of its end.
A flag that could change nothing is refused, with the reason.";

/// Builds the help page of the arguments that all questions share, which each question's own help
/// leaves out.
pub(super) fn selection() -> clap::Command {
    let command = clap::Command::new("demarche selection")
        .about("What every question takes: whom and what it is about, time, evidence and format")
        .override_usage("demarche QUESTION [OPTIONS]")
        .max_term_width(100)
        .disable_help_flag(true);
    let command = Global::augment_args(command.next_help_heading(WHEN));
    Output::augment_args(command.next_help_heading("Output"))
        .after_help(SELECTING)
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
