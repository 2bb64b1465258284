//! `demarche history`: positions over time.

use clap::Args;
use clap_complete::ArgValueCompleter;

use crate::cli::Failure;
use crate::cli::complete;
use crate::cli::output::Output;
use crate::cli::question::{Asked, Question};
use crate::cli::select::{ACTORS, ISSUES, MEETINGS, POSITIONS_ONLY};
use crate::graph::Entity;
use crate::query::{self, HistoryOf, Kind, Noted};

#[derive(Args, Debug)]
pub(super) struct History {
    /// An actor, or an issue for everybody's
    #[arg(value_name = "ACTOR", add = ArgValueCompleter::new(complete::anything))]
    of: String,
    /// On which issue; default: every issue
    #[arg(add = ArgValueCompleter::new(complete::issues))]
    issue: Option<String>,
    #[command(flatten)]
    out: Output,
}

impl Question for History {
    fn output(&self) -> &Output {
        &self.out
    }

    fn answer(&self, asked: &Asked<'_>) -> Result<Box<dyn Noted>, Failure> {
        let select = &self.out.select;
        select.refuse(MEETINGS, POSITIONS_ONLY)?;
        let of = self.of(asked)?;
        let (actor, issue) = ("the actor is named", "the issue is named");
        match of {
            HistoryOf::Actor(_) => select.refuse(ACTORS, actor)?,
            HistoryOf::Issue(_) => select.refuse(ISSUES, issue)?,
            HistoryOf::Position(..) => {
                select.refuse(ACTORS, actor)?;
                select.refuse(ISSUES, issue)?;
            }
        }
        Ok(Box::new(query::history(asked.graph(), asked.lens(), of)))
    }
}

impl History {
    /// Resolves the arguments to an actor and an issue, or either alone.
    fn of(&self, asked: &Asked<'_>) -> Result<HistoryOf, Failure> {
        let (names, of) = (asked.names(), self.of.as_str());
        if let Some(issue) = &self.issue {
            return Ok(HistoryOf::Position(names.actor(of)?, names.issue(issue)?));
        }
        let is = |kind| query::lookup(asked.graph(), kind, of).is_ok();
        let kind = match (is(Kind::Actor), is(Kind::Issue)) {
            (true, false) => Kind::Actor,
            (false, true) => Kind::Issue,
            _ => Kind::Any,
        };
        match names.find(kind, of)? {
            Entity::Actor(actor) => Ok(HistoryOf::Actor(actor)),
            Entity::Issue(issue) => Ok(HistoryOf::Issue(issue)),
            other => Err(Failure::new(format!(
                "`{of}` is {}, not an actor or an issue",
                other.noun()
            ))),
        }
    }
}
