//! The flags of `demarche add`: the fields of the format.

use std::path::PathBuf;

use clap::{Arg, ArgAction, ArgMatches, Command, FromArgMatches, value_parser};
use clap_complete::{ArgValueCandidates, ArgValueCompleter, CompletionCandidate};

use crate::cli::complete;
use crate::cli::edit::Really;
use crate::cli::edit::add::{Add, required};
use crate::model::{Field, Holds, RecordKind};

impl clap::Args for Add {
    fn augment_args(command: Command) -> Command {
        let command = command
            .subcommand_required(true)
            .arg_required_else_help(true);
        RecordKind::IN_SECTIONS
            .into_iter()
            .fold(command, |command, kind| {
                command.subcommand(subcommand(kind))
            })
    }

    fn augment_args_for_update(command: Command) -> Command {
        Add::augment_args(command)
    }
}

fn subcommand(kind: RecordKind) -> Command {
    let mut command = Command::new(kind.noun()).about(format!("Add {}", kind.a_noun()));
    if kind.has_id() {
        let id = Arg::new("id")
            .value_name("ID")
            .help("Its id; made from its name if none is given");
        command = command.arg(id);
    }
    // Accepts other words only to answer with the flags to use instead.
    let rest = Arg::new("rest").num_args(0..).hide(true);
    command = command.arg(rest);
    for field in kind.fields() {
        command = command.arg(flag(kind, field));
    }
    let file = Arg::new("file")
        .long("file")
        .value_name("FILE")
        .value_parser(value_parser!(PathBuf))
        .help("The file to put it in; default: the one that holds most of its kind");
    let anyway = Arg::new("anyway")
        .long("anyway")
        .action(ArgAction::SetTrue)
        .help("Add it even if another has the same name");
    let dry_run = Arg::new("dry-run")
        .long("dry-run")
        .action(ArgAction::SetTrue)
        .help("Write nothing: show what would change");
    command.args([file, anyway, dry_run].map(|arg| arg.help_heading("Where and how")))
}

fn flag(kind: RecordKind, field: Field) -> Arg {
    // The description of a position says what may stand in for it.
    let required = if field.name != "position" && required(kind).contains(&field.name) {
        " [required]"
    } else {
        ""
    };
    let several = field.is_list();
    let doc = field.doc.trim_end_matches('.');
    let more = match (several, field.holds) {
        (true, Holds::Ids(_) | Holds::IdOrIds(_)) => "; may be repeated, or several with commas",
        (true, _) => "; may be repeated",
        (false, _) => "",
    };
    let words = match field.holds {
        Holds::Word(words) => format!(": {}", words.words.join(", ")),
        _ => String::new(),
    };
    let arg = Arg::new(field.name)
        .long(field.name.replace('_', "-"))
        .help(format!("{doc}{words}{more}{required}"))
        .help_heading("Fields")
        .allow_negative_numbers(true)
        .action(if several {
            ArgAction::Append
        } else {
            ArgAction::Set
        });
    match field.holds {
        Holds::Word(words) => arg.value_name("WORD").add(ArgValueCandidates::new(move || {
            words
                .each()
                .map(|(word, doc)| CompletionCandidate::new(word).help(Some(doc.to_owned().into())))
                .collect()
        })),
        Holds::Date => arg.value_name("DATE"),
        Holds::Number => arg.value_name("NUMBER"),
        Holds::Id(kinds) | Holds::Ids(kinds) | Holds::IdOrIds(kinds) => {
            arg.value_name("NAME")
                .add(ArgValueCompleter::new(move |current: &std::ffi::OsStr| {
                    complete::of_kinds(current, kinds)
                }))
        }
        Holds::Text | Holds::Texts => arg.value_name("TEXT"),
        Holds::Records(_) | Holds::Record(_) | Holds::Marks => arg.value_name("RON"),
    }
}

impl FromArgMatches for Add {
    fn from_arg_matches(matches: &ArgMatches) -> Result<Add, clap::Error> {
        let missing = || clap::Error::new(clap::error::ErrorKind::MissingSubcommand);
        let (noun, matches) = matches.subcommand().ok_or_else(missing)?;
        let kind = RecordKind::IN_SECTIONS
            .into_iter()
            .find(|kind| kind.noun() == noun)
            .ok_or_else(missing)?;
        let values = |name: &str| {
            matches
                .get_many::<String>(name)
                .map(|values| values.cloned().collect::<Vec<_>>())
        };
        let given = kind
            .fields()
            .filter_map(|field| Some((field, values(field.name)?)))
            .collect();
        let id = if kind.has_id() {
            matches.get_one::<String>("id").cloned()
        } else {
            None
        };
        let rest = matches.get_many::<String>("rest");
        let file = matches.get_one::<PathBuf>("file").cloned();
        let really = Really {
            dry_run: matches.get_flag("dry-run"),
        };
        Ok(Add {
            kind,
            id,
            rest: rest.map_or_else(Vec::new, |rest| rest.cloned().collect()),
            given,
            file,
            anyway: matches.get_flag("anyway"),
            really,
            paths: Vec::new(),
        })
    }

    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), clap::Error> {
        *self = Add::from_arg_matches(matches)?;
        Ok(())
    }
}
