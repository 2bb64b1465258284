//! `demarche timeline`: what happened, in the order of time.

use clap::Args;
use clap_complete::ArgValueCompleter;

use crate::cli::Failure;
use crate::cli::complete;
use crate::cli::output::Output;
use crate::cli::question::{Asked, Question};
use crate::graph::{Over, Withdrawn};
use crate::query::{self, Noted, TimelineFilter};

#[derive(Args, Debug)]
pub(super) struct Timeline {
    /// Only what involves all of these: actors, issues or meetings
    #[arg(add = ArgValueCompleter::new(complete::anything))]
    names: Vec<String>,
    #[command(flatten)]
    out: Output,
}

impl Question for Timeline {
    fn output(&self) -> &Output {
        &self.out
    }

    fn over(&self) -> Over {
        Over::Kept
    }

    fn withdrawn(&self) -> Withdrawn {
        Withdrawn::Shown
    }

    fn answer<'a>(&self, asked: &Asked<'a>) -> Result<Box<dyn Noted + 'a>, Failure> {
        if let Some(gone) = asked.gone(&self.names) {
            return Ok(gone);
        }
        let filter = TimelineFilter {
            names: asked.names().things(&self.names)?,
            period: asked.view.restriction.selection.period,
        };
        Ok(Box::new(query::happened(
            asked.graph(),
            asked.lens(),
            &filter,
        )))
    }
}
