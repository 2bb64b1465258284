//! `demarche common`: what actors agree on, and which of them meet across a divide.

use clap::Args;
use clap_complete::ArgValueCompleter;

use crate::cli::Failure;
use crate::cli::complete;
use crate::cli::output::Output;
use crate::cli::question::{Asked, Question};
use crate::cli::select::ACTORS;
use crate::query::{self, Noted};

#[derive(Args, Debug)]
pub(super) struct Common {
    /// Two or more actors; without any, who of all actors meets across a divide
    #[arg(add = ArgValueCompleter::new(complete::actors))]
    actors: Vec<String>,
    /// Only these two of those named
    #[arg(long, value_name = "A,B", add = ArgValueCompleter::new(complete::actors))]
    cell: Option<String>,
    #[command(flatten)]
    out: Output,
}

impl Question for Common {
    fn output(&self) -> &Output {
        &self.out
    }

    fn answer(&self, asked: &Asked<'_>) -> Result<Box<dyn Noted>, Failure> {
        if !self.actors.is_empty() || self.cell.is_some() {
            self.out.select.refuse(ACTORS, "the actors are named")?;
        }
        let (names, lens) = (&asked.names(), asked.lens());
        let mut actors = names.actors(&self.actors)?;
        if let Some(cell) = &self.cell {
            let (one, other) = names.pair(cell)?;
            actors = vec![one, other];
        }
        if actors.len() == 1 {
            return Err(Failure::new("common ground needs two or more actors").help(
                "name another; without names, `demarche common` shows who meets across a divide",
            ));
        }
        Ok(Box::new(query::common(names.graph, lens, &actors)))
    }
}
