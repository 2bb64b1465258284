//! `demarche positions`: which statements are in force.

use clap::Args;
use clap_complete::ArgValueCompleter;

use crate::cli::Failure;
use crate::cli::complete;
use crate::cli::names::one_of;
use crate::cli::output::Output;
use crate::cli::question::{Asked, Question};
use crate::cli::select::{ACTORS, MEETINGS, POSITIONS_ONLY};
use crate::graph::{Side, Verdict};
use crate::model::Position;
use crate::query::{self, History, Noted, PositionFilter, Wanted};

#[derive(Args, Debug)]
pub(super) struct Positions {
    /// Whose positions
    #[arg(add = ArgValueCompleter::new(complete::actors))]
    actor: Option<String>,
    /// Addressed to whom
    #[arg(long, value_name = "NAME", add = ArgValueCompleter::new(complete::actors))]
    toward: Option<String>,
    /// Which: a side (for, against, neutral, mixed), contested, unknown, or one position
    /// (strongly-supports, supports, opposes, strongly-opposes, at)
    #[arg(long, add = ArgValueCompleter::new(complete::positions))]
    position: Option<String>,
    /// On whose word
    #[arg(long, value_name = "NAME", add = ArgValueCompleter::new(complete::sources))]
    source: Option<String>,
    /// Include what is no longer in force, with what became of it
    #[arg(long)]
    all: bool,
    #[command(flatten)]
    out: Output,
}

impl Question for Positions {
    fn output(&self) -> &Output {
        &self.out
    }

    fn answer<'a>(&self, asked: &Asked<'a>) -> Result<Box<dyn Noted + 'a>, Failure> {
        let select = &self.out.select;
        select.refuse(MEETINGS, POSITIONS_ONLY)?;
        if self.actor.is_some() {
            select.refuse(ACTORS, "the actor is named")?;
        }
        let names = asked.names();
        let filter = PositionFilter {
            actor: names.maybe(&self.actor, |name| names.actor(name))?,
            toward: names.maybe(&self.toward, |name| names.actor(name))?,
            position: self.position.as_deref().map(wanted).transpose()?,
            source: names.maybe(&self.source, |name| names.source(name))?,
            history: match self.all {
                true => History::All,
                false => History::InForce,
            },
        };
        Ok(Box::new(query::statements(
            asked.graph(),
            asked.lens(),
            &filter,
        )))
    }
}

/// The words of `--position`, apart from those for one position.
pub(super) fn sides() -> [(&'static str, Wanted); 6] {
    [
        ("for", Wanted::Side(Side::Supports)),
        ("against", Wanted::Side(Side::Opposes)),
        (Side::Neutral.key(), Wanted::Side(Side::Neutral)),
        (Side::Mixed.key(), Wanted::Side(Side::Mixed)),
        (Verdict::Contested.key(), Wanted::Contested),
        (Verdict::Unknown.key(), Wanted::Unknown),
    ]
}

fn wanted(word: &str) -> Result<Wanted, Failure> {
    let exact = Position::WORDS
        .iter()
        .map(|word| (*word, Wanted::Word(word)));
    let words: Vec<(&str, Wanted)> = sides().into_iter().chain(exact).collect();
    one_of("position", word, &words)
}
