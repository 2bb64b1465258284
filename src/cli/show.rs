//! `demarche show`: everything about one record.

use clap::Args;
use clap_complete::ArgValueCompleter;

use crate::cli::Failure;
use crate::cli::complete;
use crate::cli::output::Output;
use crate::cli::question::{Asked, Question};
use crate::graph::Over;
use crate::query::{self, Kind, Noted};

#[derive(Args, Debug)]
pub(super) struct Show {
    /// Its id, name or alias
    #[arg(add = ArgValueCompleter::new(complete::anything))]
    name: String,
    #[command(flatten)]
    out: Output,
}

impl Question for Show {
    fn output(&self) -> &Output {
        &self.out
    }

    fn over(&self) -> Over {
        Over::Shown
    }

    fn answer(&self, asked: &Asked<'_>) -> Result<Box<dyn Noted>, Failure> {
        if let Some(gone) = asked.gone([&self.name]) {
            return Ok(gone);
        }
        let thing = asked.names().find(Kind::Any, &self.name)?;
        self.out.select.refuse_for(thing)?;
        Ok(query::show(asked.graph(), asked.lens(), thing))
    }
}
