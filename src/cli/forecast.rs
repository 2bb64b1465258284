//! `demarche forecast`: the likely outcomes of contested issues.

use clap_complete::ArgValueCompleter;

use crate::cli::Failure;
use crate::cli::complete;
use crate::cli::output::Output;
use crate::cli::question::{Asked, Question, typed};
use crate::cli::select::{ISSUES, MEETINGS, POSITIONS_ONLY};
use crate::graph::{Graph, IssueId, Lens};
use crate::measure::forecast::Rule;
use crate::query::{self, Noted};
use crate::words::either;

#[derive(Debug, clap::Args)]
pub(super) struct Forecast {
    /// Issues to forecast; default: all on which actors stand apart
    #[arg(add = ArgValueCompleter::new(complete::issues))]
    issues: Vec<String>,
    /// How an actor moves the forecast of an issue: `china,taiwan`; if one issue is named, the
    /// actor alone is enough
    #[arg(long, value_name = "ACTOR,ISSUE", add = ArgValueCompleter::new(complete::actors))]
    cell: Option<String>,
    /// Only by this rule; may be repeated
    #[arg(long, value_enum, ignore_case = true)]
    rule: Vec<Rule>,
    #[command(flatten)]
    out: Output,
}

typed! {
    Rule {
        Compromise = "compromise", "The mean of positions, weighted by power and salience";
        Median = "median", "The median of positions, weighted by power and salience";
        Mean = "mean", "The mean of positions";
        PowerMean = "power-mean", "The mean of positions, weighted by power";
        Condorcet = "condorcet", "The position that no other beats in a vote weighted by power and salience";
    }
}

impl Question for Forecast {
    fn output(&self) -> &Output {
        &self.out
    }

    fn answer(&self, asked: &Asked<'_>) -> Result<Box<dyn Noted>, Failure> {
        let select = &self.out.select;
        select.refuse(MEETINGS, POSITIONS_ONLY)?;
        if !self.issues.is_empty() || self.cell.is_some() {
            select.refuse(ISSUES, "the issues are named")?;
        }
        let (names, lens) = (&asked.names(), asked.lens());
        let issues = match self.issues.is_empty() {
            true if names.graph.scope().chooses_issues() => selected(names.graph),
            true => contested(names.graph, lens),
            false => self
                .issues
                .iter()
                .map(|name| names.issue(name))
                .collect::<Result<Vec<_>, _>>()?,
        };
        if issues.is_empty() && self.cell.is_none() {
            return Err(without_an_issue(names.graph, lens));
        }
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

/// Returns the issues selected by `--issue` that ask a question.
fn selected(graph: &Graph) -> Vec<IssueId> {
    let scope = graph.scope();
    IssueId::all(graph)
        .filter(|issue| scope.issue(*issue) && !graph[*issue].topic_only)
        .collect()
}

/// Returns the issues on which those who count stand apart.
fn contested(graph: &Graph, lens: Lens) -> Vec<IssueId> {
    let is_apart = |issue: &IssueId| {
        let counted = query::stakes(graph, lens, *issue).counted;
        let mut positions = counted.iter().map(|counted| counted.stake.position);
        let first = positions.next();
        positions.any(|position| Some(position) != first)
    };
    IssueId::all(graph).filter(is_apart).collect()
}

/// How many issues the help names at most.
const MOST: usize = 10;

/// Builds the error for a missing issue. Its help names the first issues, by id, with known
/// positions.
fn without_an_issue(graph: &Graph, lens: Lens) -> Failure {
    let all = IssueId::all(graph);
    let asking = all.filter(|issue| !graph[*issue].topic_only);
    let known = asking.filter(|issue| !query::stakes(graph, lens, *issue).counted.is_empty());
    let ids = known.map(|issue| graph[issue].id.as_ref());
    let ids: Vec<&str> = ids.take(MOST).collect();
    Failure::new("nobody stands apart on any issue, and none is named").help(match ids.is_empty() {
        true => "no position on any issue is known: there is nothing to forecast".to_owned(),
        false => format!(
            "type `demarche forecast ISSUE`, for example {}",
            either(ids)
        ),
    })
}
