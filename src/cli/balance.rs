//! `demarche balance`: structural balance.

use clap_complete::ArgValueCompleter;

use crate::cli::Failure;
use crate::cli::complete;
use crate::cli::output::Output;
use crate::cli::question::{Asked, Question, typed};
use crate::cli::select::MEETINGS;
use crate::query::{self, BalanceQuestion, Noted, Signs};

#[derive(Debug, clap::Args)]
pub(super) struct Balance {
    /// What makes two actors friends or foes
    #[arg(long, value_enum, ignore_case = true, default_value_t)]
    signs: Signs,
    /// Only the relation of two actors, separated by a comma
    #[arg(long, value_name = "A,B", add = ArgValueCompleter::new(complete::actors))]
    cell: Option<String>,
    /// How many relations to show of each kind; 0 for all
    #[arg(long, value_name = "N", default_value_t = 20)]
    top: usize,
    /// Explore at most this many partial splits to prove that a split is the best
    #[arg(long, value_name = "N", default_value_t = 2_000_000)]
    budget: usize,
    #[command(flatten)]
    out: Output,
}

typed! {
    Signs {
        Ties = "ties", "Ties between them";
        Positions = "positions", "On how many issues they are on the same side, and on how many on opposite ones";
        Both = "both", "Both together";
    }
}

impl Question for Balance {
    fn output(&self) -> &Output {
        &self.out
    }

    fn answer(&self, asked: &Asked<'_>) -> Result<Box<dyn Noted>, Failure> {
        let why = "meetings are neither friendly nor unfriendly";
        self.out.select.refuse(MEETINGS, why)?;
        let (names, lens) = (&asked.names(), asked.lens());
        let pair = self
            .cell
            .as_deref()
            .map(|cell| names.pair(cell))
            .transpose()?;
        let most = Some(self.top).filter(|top| *top > 0);
        let question = BalanceQuestion {
            signs: self.signs,
            budget: self.budget,
            most,
        };
        let graph = names.graph;
        Ok(match pair {
            Some(pair) => Box::new(query::relation(graph, lens, &question, pair)),
            None => Box::new(query::balance(graph, lens, &question)),
        })
    }
}
