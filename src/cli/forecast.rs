//! `demarche forecast`: what contested issues may come to.

use clap_complete::ArgValueCompleter;

use crate::cli::Failure;
use crate::cli::args::Output;
use crate::cli::ask::Names;
use crate::cli::complete;
use crate::graph::Lens;
use crate::measure::forecast::Rule;
use crate::query::{self, Answer};

#[derive(Debug, clap::Args)]
pub(super) struct Forecast {
    /// Of what
    #[arg(required = true, add = ArgValueCompleter::new(complete::issues))]
    issues: Vec<String>,
    /// By this rule only; may be repeated
    #[arg(long, value_enum, ignore_case = true)]
    rule: Vec<By>,
    #[command(flatten)]
    pub(super) out: Output,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum By {
    /// The mean of positions, weighed by power and salience
    Compromise,
    /// The median of positions, weighed by power and salience
    Median,
    /// The mean of positions
    Mean,
    /// The mean of positions, weighed by power
    PowerMean,
    /// The position that no other beats in a vote weighed by power and salience
    Condorcet,
}

impl Forecast {
    pub(super) fn answer(&self, names: &Names<'_>, lens: Lens) -> Result<Answer, Failure> {
        let issues = self.issues.iter().map(|name| names.issue(name)).collect::<Result<Vec<_>, _>>()?;
        let rule = |by: &By| match by {
            By::Compromise => Rule::Compromise,
            By::Median => Rule::Median,
            By::Mean => Rule::Mean,
            By::PowerMean => Rule::PowerMean,
            By::Condorcet => Rule::Condorcet,
        };
        let wanted: Vec<Rule> = self.rule.iter().map(rule).collect();
        let rules = Rule::ALL.into_iter().filter(|rule| wanted.is_empty() || wanted.contains(rule));
        Ok(query::forecast(names.graph, lens, &issues, &rules.collect::<Vec<_>>()))
    }
}
