//! `demarche find`: every record that contains a text.

use clap::Args;

use crate::cli::Failure;
use crate::cli::output::Output;
use crate::cli::question::{Asked, Question};
use crate::graph::{Over, Withdrawn};
use crate::query::{self, Noted};
use crate::words;

#[derive(Args, Debug)]
pub(super) struct Find {
    /// The text; case, accents, and the form of quotation marks and dashes do not matter
    text: String,
    #[command(flatten)]
    out: Output,
}

impl Question for Find {
    fn output(&self) -> &Output {
        &self.out
    }

    fn over(&self) -> Over {
        Over::Shown
    }

    fn withdrawn(&self) -> Withdrawn {
        Withdrawn::Shown
    }

    fn check(&self) -> Result<(), Failure> {
        match words::folded(&self.text).is_empty() {
            true => Err(Failure::new("there is nothing to find: the text is empty")),
            false => Ok(()),
        }
    }

    fn answer(&self, asked: &Asked<'_>) -> Result<Box<dyn Noted>, Failure> {
        Ok(Box::new(query::find(
            asked.graph(),
            asked.lens(),
            &self.text,
        )))
    }
}
