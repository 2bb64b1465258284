//! `demarche brief`: one page for somebody about to go into the room.

use clap::Args;
use clap_complete::ArgValueCompleter;

use crate::cli::Failure;
use crate::cli::complete;
use crate::cli::output::Output;
use crate::cli::question::{Asked, Question};
use crate::query::{self, Kind, Noted};

#[derive(Args, Debug)]
pub(super) struct Brief {
    /// An actor, an issue or a meeting
    #[arg(add = ArgValueCompleter::new(complete::anything))]
    name: String,
    #[command(flatten)]
    out: Output,
}

impl Question for Brief {
    fn output(&self) -> &Output {
        &self.out
    }

    fn answer(&self, asked: &Asked<'_>) -> Result<Box<dyn Noted>, Failure> {
        if let Some(gone) = asked.gone([&self.name]) {
            return Ok(gone);
        }
        let of = asked.names().find(Kind::Any, &self.name)?;
        self.out.select.refuse_for(of)?;
        match query::brief(asked.graph(), asked.lens(), of) {
            Some(brief) => Ok(Box::new(brief)),
            None => Err(Failure::new(format!(
                "`{}` is neither an actor nor an issue nor a meeting",
                self.name
            ))
            .help(format!("`demarche show {}` shows all about it", self.name))),
        }
    }
}
