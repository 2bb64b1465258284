//! `demarche meetings`: who meets whom, when.

use clap::Args;
use clap_complete::ArgValueCompleter;

use crate::cli::Failure;
use crate::cli::complete;
use crate::cli::names::one_of;
use crate::cli::output::Output;
use crate::cli::question::{Asked, Question};
use crate::model::MeetingStatus;
use crate::query::{self, MeetingFilter, Noted};

#[derive(Args, Debug)]
pub(super) struct Meetings {
    /// Who attends
    #[arg(add = ArgValueCompleter::new(complete::actors))]
    actors: Vec<String>,
    /// With which status (planned, invited, held, postponed, cancelled, refused, unknown); may be
    /// repeated
    #[arg(long, add = ArgValueCompleter::new(complete::statuses))]
    status: Vec<String>,
    #[command(flatten)]
    out: Output,
}

impl Question for Meetings {
    fn output(&self) -> &Output {
        &self.out
    }

    fn answer(&self, asked: &Asked<'_>) -> Result<Box<dyn Noted>, Failure> {
        let names = asked.names();
        let statuses = self.status.iter().map(|word| status_of(word));
        let filter = MeetingFilter {
            actors: names.actors(&self.actors)?,
            status: statuses.collect::<Result<_, _>>()?,
        };
        Ok(Box::new(query::meetings(
            asked.graph(),
            asked.lens(),
            &filter,
        )))
    }
}

/// Returns the statuses that can be asked for, by the word to type; `None` stands for `unknown`.
pub(super) fn statuses() -> impl Iterator<Item = (&'static str, Option<MeetingStatus>)> {
    let known = MeetingStatus::ALL.iter().copied().map(Some);
    let all = known.chain([None]);
    all.map(|status| (MeetingStatus::written_of(status), status))
}

fn status_of(word: &str) -> Result<Option<MeetingStatus>, Failure> {
    one_of("status of a meeting", word, &statuses().collect::<Vec<_>>())
}
