//! `demarche show`: everything about one record.

use clap::Args;
use clap_complete::ArgValueCompleter;

use crate::cli::Failure;
use crate::cli::complete;
use crate::cli::output::Output;
use crate::cli::question::{Asked, Question};
use crate::cli::select::{ACTORS, ISSUES, MEETINGS};
use crate::graph::{Entity, Over};
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
        Over::Told
    }

    fn answer(&self, asked: &Asked<'_>) -> Result<Box<dyn Noted>, Failure> {
        if let Some(gone) = asked.gone([&self.name]) {
            return Ok(gone);
        }
        let thing = asked.names().find(Kind::Any, &self.name)?;
        let select = &self.out.select;
        match thing {
            Entity::Actor(_) | Entity::Source(_) => {}
            Entity::Issue(_) => select.refuse(ISSUES, "the issue is named")?,
            Entity::Meeting(_) => select.refuse(MEETINGS, "the meeting is named")?,
            Entity::Fact(_) => {
                for flags in [ACTORS, ISSUES, MEETINGS] {
                    select.refuse(flags, "the fact is named")?;
                }
            }
        }
        Ok(query::show(asked.graph(), asked.lens(), thing))
    }
}
