//! `demarche forecast`: what contested issues may come to.

use clap_complete::ArgValueCompleter;

use crate::cli::Failure;
use crate::cli::complete;
use crate::cli::output::Output;
use crate::cli::question::{Asked, Question, typed};
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
    rule: Vec<Rule>,
    #[command(flatten)]
    out: Output,
}

typed! {
    Rule {
        Compromise = "compromise", "The mean of positions, weighed by power and salience";
        Median = "median", "The median of positions, weighed by power and salience";
        Mean = "mean", "The mean of positions";
        PowerMean = "power-mean", "The mean of positions, weighed by power";
        Condorcet = "condorcet", "The position that no other beats in a vote weighed by power and salience";
    }
}

impl Question for Forecast {
    fn output(&self) -> &Output {
        &self.out
    }

    fn answer(&self, asked: &Asked<'_>) -> Result<Box<dyn Noted>, Failure> {
        let (names, lens) = (&asked.names(), asked.lens());
        let issues = self
            .issues
            .iter()
            .map(|name| names.issue(name))
            .collect::<Result<Vec<_>, _>>()?;
        let rules: Vec<Rule> = Rule::ALL
            .into_iter()
            .filter(|rule| self.rule.is_empty() || self.rule.contains(rule))
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
