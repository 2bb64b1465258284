//! `demarche evidence`: what the graph rests on.

use clap::Args;
use clap_complete::ArgValueCompleter;

use crate::check;
use crate::cli::Failure;
use crate::cli::complete;
use crate::cli::output::Output;
use crate::cli::question::{Asked, Question, Take};
use crate::cli::select::{ACTORS, ISSUES, MEETINGS};
use crate::cli::session::Session;
use crate::graph::Withdrawn;
use crate::query::{self, Noted};

#[derive(Args, Debug)]
pub(super) struct Evidence {
    /// Show instead where each quote of this source is in its text
    #[arg(long, value_name = "NAME", add = ArgValueCompleter::new(complete::sources))]
    source: Option<String>,
    /// How many days old a statement must be to count as old
    #[arg(long, value_name = "DAYS", default_value_t = 365)]
    old: u32,
    #[command(flatten)]
    out: Output,
}

impl Question for Evidence {
    fn output(&self) -> &Output {
        &self.out
    }

    fn withdrawn(&self) -> Withdrawn {
        Withdrawn::Shown
    }

    fn answer<'a>(&self, asked: &Asked<'a>) -> Result<Box<dyn Noted + 'a>, Failure> {
        let graph = asked.graph();
        let quotes = check::quotes(graph);
        Ok(match &self.source {
            None => Box::new(query::judged(graph, asked.lens(), self.old, &quotes)),
            Some(source) => {
                for flags in [ACTORS, ISSUES, MEETINGS] {
                    let why = "all quotes of the source are shown";
                    self.out.select.refuse(flags, why)?;
                }
                let source = asked.names().source(source)?;
                Box::new(query::passages(graph, source, &quotes))
            }
        })
    }

    /// Reads the texts of sources to look quotes up in them. With `--exclude-source`, answers what
    /// falls instead.
    fn reply(&self, session: &Session<'_>, take: &mut Take<'_>) -> Result<(), Failure> {
        if self.source.is_none() && session.excludes_sources() {
            return session.what_falls(take);
        }
        let mut view = session.view(self.over(), self.withdrawn())?;
        session.read_copies(&mut view);
        let answer = self.answer(&Asked {
            session,
            view: &view,
        })?;
        take(&view, answer)?;
        session.leave(view);
        Ok(())
    }
}
