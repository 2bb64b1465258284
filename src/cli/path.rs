//! `demarche path`: how one actor connects to another.

use std::num::NonZeroUsize;

use clap::Args;
use clap_complete::ArgValueCompleter;

use crate::cli::Failure;
use crate::cli::complete;
use crate::cli::output::Output;
use crate::cli::question::{Asked, Question, typed};
use crate::cli::select::MEETINGS;
use crate::query::{self, Noted, PathQuestion, Through};

#[derive(Args, Debug)]
pub(super) struct Path {
    /// From whom
    #[arg(add = ArgValueCompleter::new(complete::actors))]
    from: String,
    /// To whom
    #[arg(add = ArgValueCompleter::new(complete::actors))]
    to: String,
    /// Over what: meetings held, shared issues, ties (including speakers and members), or all
    #[arg(long, value_enum, ignore_case = true, default_value_t)]
    through: Through,
    /// Merge whoever speaks for an actor with it, unless it is asked about
    #[arg(long, conflicts_with = "own")]
    fold: bool,
    /// How many connections to show
    #[arg(long, value_name = "K", default_value = "3")]
    count: NonZeroUsize,
    #[command(flatten)]
    out: Output,
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
        if matches!(self.through, Through::Issues | Through::Ties) {
            let why = "meetings connect only with `--through meetings` or `all`";
            self.out.select.refuse(MEETINGS, why)?;
        }
        let names = asked.names();
        let (from, to) = (names.actor(&self.from)?, names.actor(&self.to)?);
        let (graph, lens) = (asked.graph(), asked.lens());
        let question = PathQuestion {
            through: self.through,
            fold: self.fold,
            count: self.count.get(),
        };
        Ok(Box::new(query::path(graph, lens, from, to, &question)))
    }
}
