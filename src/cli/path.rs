//! `demarche path`: how one actor connects to another.

use std::num::NonZeroUsize;

use clap::Args;
use clap_complete::ArgValueCompleter;

use crate::cli::Failure;
use crate::cli::complete;
use crate::cli::output::Output;
use crate::cli::question::{Asked, Question, typed};
use crate::cli::select::{MEETINGS, Select};
use crate::query::{self, Noted, PathQuestion, Through};

#[derive(Args, Debug)]
pub(super) struct Path {
    /// From whom
    #[arg(add = ArgValueCompleter::new(complete::actors))]
    from: String,
    /// To whom
    #[arg(add = ArgValueCompleter::new(complete::actors))]
    to: String,
    #[command(flatten)]
    connections: Connections,
    /// How many connections to show
    #[arg(long, value_name = "K", default_value = "3")]
    count: NonZeroUsize,
    #[command(flatten)]
    out: Output,
}

// Which connections to follow. Not a doc comment: it would become the help of each command that takes
// them.
#[derive(Args, Debug)]
pub(super) struct Connections {
    /// Over what: meetings held, shared issues, ties (including speakers and members), or all
    #[arg(long, value_enum, ignore_case = true, default_value_t)]
    pub(super) through: Through,
    /// Count those who speak for an actor as that actor, unless they are asked about
    #[arg(long, conflicts_with = "own")]
    pub(super) fold: bool,
}

impl Connections {
    /// Refuses a selection of meetings where no meeting connects anybody.
    pub(super) fn refuse(&self, select: &Select) -> Result<(), Failure> {
        match self.through {
            Through::Meetings | Through::All => Ok(()),
            Through::Issues | Through::Ties => {
                let why = "meetings connect only with `--through meetings` or `all`";
                select.refuse(MEETINGS, why)
            }
        }
    }
}

typed! {
    Through {
        Meetings = "meetings", "";
        Issues = "issues", "";
        Ties = "ties", "";
        All = "all", "";
    }
}

impl Question for Path {
    fn output(&self) -> &Output {
        &self.out
    }

    fn answer(&self, asked: &Asked<'_>) -> Result<Box<dyn Noted>, Failure> {
        self.connections.refuse(&self.out.select)?;
        let names = asked.names();
        let (from, to) = (names.actor(&self.from)?, names.actor(&self.to)?);
        let (graph, lens) = (asked.graph(), asked.lens());
        let question = PathQuestion {
            through: self.connections.through,
            fold: self.connections.fold,
            count: self.count.get(),
        };
        Ok(Box::new(query::path(graph, lens, from, to, &question)))
    }
}
