//! `demarche list`: a section, or the graph at a glance.

use clap::Args;

use crate::cli::Failure;
use crate::cli::output::Output;
use crate::cli::question::{Asked, Question, typed};
use crate::cli::select::{ACTORS, ISSUES, MEETINGS};
use crate::graph::Over;
use crate::query::{self, Noted};

#[derive(Args, Debug)]
pub(super) struct List {
    /// The section
    #[arg(value_enum, ignore_case = true)]
    what: Option<query::List>,
    #[command(flatten)]
    out: Output,
}

typed! {
    query::List {
        Actors = "actors", "";
        Issues = "issues", "";
        Meetings = "meetings", "";
        Sources = "sources", "";
        Ties = "ties", "";
        Stances = "stances", "";
        Facts = "facts", "";
    }
}

impl Question for List {
    fn output(&self) -> &Output {
        &self.out
    }

    fn over(&self) -> Over {
        Over::Shown
    }

    /// These lists count records, and rest on nothing but the records listed.
    fn gives_reasons(&self) -> bool {
        use query::List::{Actors, Facts, Issues, Meetings, Sources, Stances, Ties};
        match self.what {
            None | Some(Actors | Issues | Sources) => false,
            Some(Meetings | Ties | Stances | Facts) => true,
        }
    }

    fn answer(&self, asked: &Asked<'_>) -> Result<Box<dyn Noted>, Failure> {
        let select = &self.out.select;
        match self.what {
            None | Some(query::List::Actors | query::List::Meetings) => {}
            Some(query::List::Sources) => {
                let why = "sources are listed whatever they report";
                select.refuse(ACTORS, why)?;
                select.refuse(ISSUES, why)?;
                select.refuse(MEETINGS, why)?;
            }
            Some(_) => select.refuse(MEETINGS, "this list has no meetings")?,
        }
        let (graph, lens) = (asked.graph(), asked.lens());
        Ok(match self.what {
            None => Box::new(query::overview(graph, lens)),
            Some(what) => query::list(graph, lens, what),
        })
    }
}
