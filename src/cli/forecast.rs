//! `demarche forecast`: what contested issues may come to.

use clap_complete::ArgValueCompleter;

use crate::cli::Failure;
use crate::cli::ask::Names;
use crate::cli::complete;
use crate::cli::output::Output;
use crate::graph::Lens;
use crate::measure::forecast::Rule;
use crate::query::{self, Noted};

#[derive(Debug, clap::Args)]
pub(super) struct Forecast {
    /// Of what
    #[arg(required_unless_present = "cell", add = ArgValueCompleter::new(complete::issues))]
    issues: Vec<String>,
    /// What an actor does to the forecast of an issue: `china,taiwan`; where one issue is named, the actor alone will do
    #[arg(long, value_name = "ACTOR,ISSUE", add = ArgValueCompleter::new(complete::actors))]
    cell: Option<String>,
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
    pub(super) fn answer(&self, names: &Names<'_>, lens: Lens) -> Result<Box<dyn Noted>, Failure> {
        let issues = self
            .issues
            .iter()
            .map(|name| names.issue(name))
            .collect::<Result<Vec<_>, _>>()?;
        let rule = |by: &By| match by {
            By::Compromise => Rule::Compromise,
            By::Median => Rule::Median,
            By::Mean => Rule::Mean,
            By::PowerMean => Rule::PowerMean,
            By::Condorcet => Rule::Condorcet,
        };
        let wanted: Vec<Rule> = self.rule.iter().map(rule).collect();
        let rules: Vec<Rule> = Rule::ALL
            .into_iter()
            .filter(|rule| wanted.is_empty() || wanted.contains(rule))
            .collect();
        let Some(cell) = &self.cell else {
            return Ok(Box::new(query::forecast(
                names.graph,
                lens,
                &issues,
                &rules,
            )));
        };
        let (actor, issue) = match issues[..] {
            [issue] if !cell.contains(',') || names.actor(cell).is_ok() => {
                (names.actor(cell)?, issue)
            }
            _ => names.cell(
                cell,
                "an actor and an issue",
                |name| names.actor(name),
                |name| names.issue(name),
            )?,
        };
        Ok(Box::new(query::forecast_of(
            names.graph,
            lens,
            (actor, issue),
            &rules,
        )))
    }
}
