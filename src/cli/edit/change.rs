//! `demarche set`, `move`, `rename`, `remove` and `merge`.

use std::path::PathBuf;

use clap_complete::ArgValueCompleter;

use crate::cli::Failure;
use crate::cli::complete;
use crate::cli::edit::record::{Target, record, target};
use crate::cli::edit::{Edit, Really, Refused, fields, glimpses, run, typed};
use crate::cli::session::Session;
use crate::edit::{self, Above, Written};
use crate::graph::Graph;
use crate::model::{Field, RecordKind};
use crate::render::Places;
use crate::text::Place;
use crate::words;

#[derive(Debug, clap::Args)]
pub(crate) struct Set {
    /// An id; a stance or a tie by file:line, as answers print it
    #[arg(add = ArgValueCompleter::new(complete::anything))]
    record: String,
    /// The field
    #[arg(add = ArgValueCompleter::new(complete::fields))]
    field: String,
    /// The new value; several make a list
    #[arg(
        required_unless_present = "remove",
        conflicts_with = "remove",
        allow_negative_numbers = true
    )]
    value: Vec<String>,
    /// Add to the list
    #[arg(long, conflicts_with = "remove")]
    add: bool,
    /// Remove the field
    #[arg(long)]
    remove: bool,
    #[command(flatten)]
    really: Really,
}

#[derive(Debug, clap::Args)]
pub(crate) struct Move {
    /// An id; a stance or a tie by file:line, as answers print it
    #[arg(add = ArgValueCompleter::new(complete::anything))]
    record: String,
    /// The file; it may be a new one that the graph includes, or in the folder that is the graph
    file: PathBuf,
    #[command(flatten)]
    really: Really,
}

#[derive(Debug, clap::Args)]
pub(crate) struct Rename {
    /// The current id
    #[arg(add = ArgValueCompleter::new(complete::anything))]
    old: String,
    /// The new id
    new: String,
    #[command(flatten)]
    really: Really,
}

#[derive(Debug, clap::Args)]
pub(crate) struct Remove {
    /// An id; a stance or a tie by file:line, as answers print it
    #[arg(add = ArgValueCompleter::new(complete::anything))]
    record: String,
    /// Also remove references to it, and stances and ties that can't exist without it
    #[arg(long)]
    with_references: bool,
    #[command(flatten)]
    really: Really,
}

#[derive(Debug, clap::Args)]
pub(crate) struct Merge {
    /// The id that goes: its names become aliases, references to it point to the other
    #[arg(add = ArgValueCompleter::new(complete::anything))]
    duplicate: String,
    /// The id that stays
    #[arg(add = ArgValueCompleter::new(complete::anything))]
    into: String,
    #[command(flatten)]
    really: Really,
}

impl Set {
    pub(crate) fn run(&self, session: &Session<'_>) -> Result<String, Failure> {
        let how = [(self.add, " --add"), (self.remove, " --remove")];
        let how = how.iter().filter(|(is_set, _)| *is_set);
        let name = format!(
            "set {} {}{}",
            self.record,
            typed([&self.field].into_iter().chain(&self.value)),
            how.map(|(_, flag)| *flag).collect::<String>()
        );
        run(session, &name, &self.really, &|graph| self.made(graph))
    }

    fn made(&self, graph: &Graph) -> Result<Edit, Refused> {
        let record = record(graph, &self.record)?;
        let field = field(record.kind, &self.field)?;
        if self.remove {
            let splices = edit::unset(&graph.texts, &record, field.name)?;
            return Ok(Edit {
                splices,
                said: format!("removed `{}`", field.name),
                ..Edit::default()
            });
        }
        let mut typed = fields::apart(graph, field, &self.value);
        if self.add {
            let held = edit::held(&graph.texts, &record, field.name)?;
            if field.is_list() {
                typed.splice(0..0, held);
            } else {
                return Err(Failure::new(format!(
                    "`{}` is not a list: nothing can be added to it",
                    field.name
                ))
                .into());
            }
        }
        let value = fields::value(graph, field, &typed)?;
        let splices = edit::set(&graph.texts, &record, field, &value)?;
        Ok(Edit {
            splices,
            said: format!("`{}` is now {value}", field.name),
            ..Edit::default()
        })
    }
}

fn field(kind: RecordKind, typed: &str) -> Result<Field, Failure> {
    let name = typed.replace('-', "_");
    kind.field(&name).ok_or_else(|| {
        let failure = Failure::new(format!("{} has no field `{typed}`", kind.a_noun()));
        let known: Vec<&str> = kind.fields().map(|field| field.name).collect();
        failure.help(words::way_out(&name, &known, "its fields are"))
    })
}

impl Move {
    pub(crate) fn run(&self, session: &Session<'_>) -> Result<String, Failure> {
        let paths = session.paths()?;
        run(
            session,
            &format!("move {} {}", self.record, self.file.display()),
            &self.really,
            &|graph| {
                let record = record(graph, &self.record)?;
                let (with, notes) = comments(graph, &record)?;
                let edit = match target(graph, &paths, &self.file)? {
                    Target::File(file) => Edit {
                        splices: edit::move_to(&graph.texts, &record, file)?,
                        ..Edit::default()
                    },
                    Target::New(path) => {
                        let (splices, text) = edit::move_to_new(&graph.texts, &record)?;
                        Edit {
                            splices,
                            new_files: vec![(path, text)],
                            ..Edit::default()
                        }
                    }
                };
                Ok(Edit {
                    said: format!("moved {}{with}", record.kind.a_noun()),
                    notes,
                    ..edit
                })
            },
        )
    }
}

impl Rename {
    pub(crate) fn run(&self, session: &Session<'_>) -> Result<String, Failure> {
        run(
            session,
            &format!("rename {} {}", self.old, self.new),
            &self.really,
            &|graph| {
                record(graph, &self.old)?;
                let splices = edit::rename(&graph.texts, &self.old, &self.new)?;
                let said = format!(
                    "`{}` is now `{}`, in {}",
                    self.old,
                    self.new,
                    words::counted(splices.len(), "place")
                );
                Ok(Edit {
                    splices,
                    said,
                    ..Edit::default()
                })
            },
        )
    }
}

/// Returns what becomes of the comments above a record that goes: words for the message, and notes.
fn comments(graph: &Graph, record: &Written) -> Result<(&'static str, Vec<String>), Refused> {
    Ok(match edit::above(&graph.texts, record)? {
        Above::Nothing => ("", Vec::new()),
        Above::Its => (" with the comment above it", Vec::new()),
        Above::Heads => (
            "",
            vec!["the comment above it stays: it may also be about the records below".to_owned()],
        ),
    })
}

impl Remove {
    pub(crate) fn run(&self, session: &Session<'_>) -> Result<String, Failure> {
        run(
            session,
            &match self.with_references {
                true => format!("remove {} --with-references", self.record),
                false => format!("remove {}", self.record),
            },
            &self.really,
            &|graph| {
                let record = record(graph, &self.record)?;
                let (with, mut notes) = comments(graph, &record)?;
                let mut said = format!("removed {}{with}", record.kind.a_noun());
                let (splices, changed) = match self.with_references {
                    false => (edit::remove(&graph.texts, &record)?, Vec::new()),
                    true => {
                        let edit::Removed {
                            splices,
                            gone,
                            changed,
                        } = edit::remove_with_references(&graph.texts, &record)?;
                        said += " and the references to it";
                        if !gone.is_empty() {
                            said += &format!(
                                ", with {} that can't exist without it",
                                words::counted(gone.len(), "record")
                            );
                            let places: Vec<Place> =
                                gone.iter().map(|record| record.place).collect();
                            notes.push(format!(
                                "removed with it:\n  {}",
                                glimpses(graph, &places).join("\n  ")
                            ));
                        }
                        (splices, changed)
                    }
                };
                Ok(Edit {
                    splices,
                    said,
                    notes,
                    changed,
                    ..Edit::default()
                })
            },
        )
    }
}

impl Merge {
    pub(crate) fn run(&self, session: &Session<'_>) -> Result<String, Failure> {
        run(
            session,
            &format!("merge {} {}", self.duplicate, self.into),
            &self.really,
            &|graph| {
                record(graph, &self.duplicate)?;
                record(graph, &self.into)?;
                let merged = edit::merge(&graph.texts, &self.duplicate, &self.into)?;
                let places = Places::new(graph);
                let lost = merged
                    .lost
                    .iter()
                    .map(|(place, note)| format!("{}: {note}", places.as_named(*place)));
                Ok(Edit {
                    splices: merged.splices,
                    said: format!("`{}` is now `{}`", self.duplicate, self.into),
                    notes: lost.collect(),
                    changed: merged.changed,
                    ..Edit::default()
                })
            },
        )
    }
}
