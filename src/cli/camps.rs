//! `demarche camps`: who stands together.

use clap::{Args, ValueEnum};
use clap_complete::ArgValueCompleter;

use crate::cli::Failure;
use crate::cli::complete;
use crate::cli::matrix::CountingArgs;
use crate::cli::output::Output;
use crate::cli::question::{Asked, Question};
use crate::cli::select::{ISSUES, MEETINGS, POSITIONS_ONLY};
use crate::graph::{Graph, IssueId};
use crate::measure::agreement;
use crate::query::{self, CampsQuestion, Firmness, Noted};

#[derive(Args, Debug)]
pub(super) struct Camps {
    /// Issues to use; default: all
    #[arg(add = ArgValueCompleter::new(complete::issues))]
    issues: Vec<String>,
    /// Two stand together if this is above 0; default: net, or subtract when statements are counted
    #[arg(long, value_enum, ignore_case = true)]
    measure: Option<Measure>,
    #[command(flatten)]
    counting: CountingArgs,
    /// Only two actors: which camps they are in, and how their agreement comes about
    #[arg(long, value_name = "A,B", add = ArgValueCompleter::new(complete::actors))]
    cell: Option<String>,
    /// How many statements to show that a camp depends on; 0 for all
    #[arg(long, value_name = "N", default_value_t = 20)]
    top: usize,
    /// Don't try how firm the camps are: on a large graph, that takes longest
    #[arg(long)]
    no_firmness: bool,
    #[command(flatten)]
    out: Output,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Measure {
    /// Issues on the same side minus issues on opposite sides
    Net,
    /// Congruence minus conflict over everything they say
    Subtract,
}

impl Question for Camps {
    fn output(&self) -> &Output {
        &self.out
    }

    fn check(&self) -> Result<(), Failure> {
        match self.measure() {
            Measure::Net => self.counting.check_for_positions(),
            Measure::Subtract => Ok(()),
        }
    }

    fn answer(&self, asked: &Asked<'_>) -> Result<Box<dyn Noted>, Failure> {
        let select = &self.out.select;
        select.refuse(MEETINGS, POSITIONS_ONLY)?;
        if !self.issues.is_empty() {
            select.refuse(ISSUES, "the issues are named")?;
        }
        let (names, lens) = (&asked.names(), asked.lens());
        let detail = asked.detail();
        let asked = CampsQuestion {
            issues: match self.issues.is_empty() {
                true => only_issue(names.graph),
                false => self
                    .issues
                    .iter()
                    .map(|name| names.issue(name))
                    .collect::<Result<_, _>>()?,
            },
            counting: self.counting.counting(),
            measure: match self.measure() {
                Measure::Subtract => agreement::Measure::Subtract,
                Measure::Net => agreement::Measure::Net,
            },
            most: Some(self.top).filter(|top| *top > 0),
            firmness: match self.no_firmness {
                true => Firmness::LeftOut,
                false => Firmness::Tried,
            },
            detail,
        };
        let graph = names.graph;
        let two = self.cell.as_deref().map(|cell| names.pair(cell));
        // One issue by itself has sides, not camps.
        Ok(match (two.transpose()?, &asked.issues[..]) {
            (Some(two), [_]) => Box::new(query::agreement(graph, lens, &asked, two)),
            (Some(two), _) => Box::new(query::camps_of_two(graph, lens, &asked, two)),
            (None, [issue]) => Box::new(query::sides(graph, lens, *issue)),
            (None, _) => Box::new(query::camps(graph, lens, &asked)),
        })
    }
}

/// Returns the issue that is selected, if it is a single one: it is asked about like one that is named.
fn only_issue(graph: &Graph) -> Vec<IssueId> {
    let scope = graph.scope();
    let selected = IssueId::all(graph).filter(|issue| scope.issue(*issue));
    let mut selected: Vec<IssueId> = selected.take(2).collect();
    if !scope.chooses_issues() || selected.len() > 1 {
        selected.clear();
    }
    selected
}

impl Camps {
    fn measure(&self) -> Measure {
        let default = match self.counting.given() {
            None => Measure::Net,
            Some(_) => Measure::Subtract,
        };
        self.measure.unwrap_or(default)
    }
}
