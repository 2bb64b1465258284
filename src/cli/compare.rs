//! `demarche compare`: where actors agree, and where they differ.

use clap::Args;
use clap_complete::ArgValueCompleter;

use crate::cli::Failure;
use crate::cli::complete;
use crate::cli::output::Output;
use crate::cli::question::{Asked, Question};
use crate::cli::select::ACTORS;
use crate::query::{self, Noted};
use crate::words::listed;

#[derive(Args, Debug)]
pub(super) struct Compare {
    /// Two or more actors
    #[arg(required = true, num_args = 2.., add = ArgValueCompleter::new(complete::actors))]
    actors: Vec<String>,
    #[command(flatten)]
    out: Output,
}

impl Question for Compare {
    fn output(&self) -> &Output {
        &self.out
    }

    fn answer(&self, asked: &Asked<'_>) -> Result<Box<dyn Noted>, Failure> {
        self.out.select.refuse(ACTORS, "the actors are named")?;
        let several = asked.names().actors(&self.actors)?;
        if several.len() < 2 {
            return Err(Failure::new(format!(
                "{} are the same actor: it takes two to compare",
                listed(self.actors.iter())
            )));
        }
        Ok(Box::new(query::compare(
            asked.graph(),
            asked.lens(),
            &several,
        )))
    }
}
