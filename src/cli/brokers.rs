//! `demarche brokers`: who stands between whom.

use clap_complete::ArgValueCompleter;

use crate::cli::Failure;
use crate::cli::complete;
use crate::cli::names::Names;
use crate::cli::output::Output;
use crate::cli::path::Connections;
use crate::cli::question::{Asked, Question, typed};
use crate::graph::ActorId;
use crate::query::{self, BrokerQuestion, Groups, Noted};

#[derive(Debug, clap::Args)]
pub(super) struct Brokers {
    /// Only between these two: actors, or several separated by commas
    #[arg(long, value_names = ["A", "B"], num_args = 2, add = ArgValueCompleter::new(complete::actors))]
    between: Vec<String>,
    /// The same for two actors, separated by a comma
    #[arg(long, value_name = "A,B", conflicts_with = "between", add = ArgValueCompleter::new(complete::actors))]
    cell: Option<String>,
    #[command(flatten)]
    connections: Connections,
    /// Group actors by this to count roles
    #[arg(long, value_enum, ignore_case = true, default_value_t)]
    by: Groups,
    /// How many to show; 0 for all
    #[arg(long, value_name = "N", default_value_t = 20)]
    top: usize,
    /// Estimate from the shortest connections of N actors; default: all, in a large graph as many
    /// as a second allows
    #[arg(long, value_name = "N")]
    sample: Option<usize>,
    #[command(flatten)]
    out: Output,
}

typed! {
    Groups {
        Kind = "kind", "State, organization, person, group";
        Camp = "camp", "Camps, as `camps` finds them";
    }
}

impl Question for Brokers {
    fn output(&self) -> &Output {
        &self.out
    }

    fn answer(&self, asked: &Asked<'_>) -> Result<Box<dyn Noted>, Failure> {
        self.connections.refuse(&self.out.select)?;
        let (names, lens) = (&asked.names(), asked.lens());
        let between = match (&self.between[..], &self.cell) {
            ([from, to], _) => Some((side(names, from)?, side(names, to)?)),
            (_, Some(cell)) => Some(names.pair(cell).map(|(from, to)| (vec![from], vec![to]))?),
            _ => None,
        };
        if let Some((from, to)) = &between
            && let Some(both) = from.iter().find(|actor| to.contains(actor))
        {
            let name = &names.graph[*both].name;
            return Err(Failure::new(format!("`{name}` is on both sides"))
                .help("name two sides that have no actor in common"));
        }
        let question = BrokerQuestion {
            through: self.connections.through,
            fold: self.connections.fold,
            by: self.by,
            most: Some(self.top).filter(|top| *top > 0),
            sample: self.sample,
        };
        let graph = names.graph;
        Ok(match &between {
            Some((from, to)) => Box::new(query::bridges(graph, lens, &question, (from, to))),
            None => Box::new(query::brokers(graph, lens, &question)),
        })
    }
}

/// Returns the actors of one side: a single name, which may contain commas, or several names
/// separated by commas.
fn side(names: &Names<'_>, written: &str) -> Result<Vec<ActorId>, Failure> {
    match query::lookup(names.graph, query::Kind::Actor, written) {
        Err(_) if written.contains(',') => written
            .split(',')
            .map(|name| names.actor(name.trim()))
            .collect(),
        _ => Ok(vec![names.actor(written)?]),
    }
}
