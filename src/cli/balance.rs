//! `demarche balance`: structural balance.

use clap_complete::ArgValueCompleter;

use crate::cli::Failure;
use crate::cli::ask::Names;
use crate::cli::complete;
use crate::cli::output::Output;
use crate::graph::Lens;
use crate::query::{self, BalanceQuestion, Noted, Signs};

#[derive(Debug, clap::Args)]
pub(super) struct Balance {
    /// What makes two friends or foes
    #[arg(long, value_enum, ignore_case = true, default_value_t)]
    signs: By,
    /// Only the relation of two actors, with a comma between them
    #[arg(long, value_name = "A,B", add = ArgValueCompleter::new(complete::actors))]
    cell: Option<String>,
    /// How many relations to show of each kind; 0 for all
    #[arg(long, value_name = "N", default_value_t = 20)]
    top: usize,
    /// How many partial splits to explore, at most, to prove that a split is the best
    #[arg(long, value_name = "N", default_value_t = 2_000_000)]
    budget: usize,
    #[command(flatten)]
    pub(super) out: Output,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
enum By {
    /// Ties between them
    #[default]
    Ties,
    /// On how many issues they are on the same side, and on how many on opposite ones
    Positions,
    /// Both together
    Both,
}

impl Balance {
    pub(super) fn answer(&self, names: &Names<'_>, lens: Lens) -> Result<Box<dyn Noted>, Failure> {
        let pair = self
            .cell
            .as_deref()
            .map(|cell| names.pair(cell))
            .transpose()?;
        let signs = match self.signs {
            By::Ties => Signs::Ties,
            By::Positions => Signs::Positions,
            By::Both => Signs::Both,
        };
        let most = Some(self.top).filter(|top| *top > 0);
        let question = BalanceQuestion {
            signs,
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
