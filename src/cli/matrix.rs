//! `demarche matrix`: how far actors agree, or what each says on each issue.

use clap::{Args, ValueEnum};

use crate::cli::Failure;
use crate::cli::names::Names;
use crate::cli::output::Output;
use crate::cli::question::{Asked, Question, typed};
use crate::cli::select::{MEETINGS, POSITIONS_ONLY};
use crate::graph::Entity;
use crate::measure::agreement::{self, Normalise};
use crate::query::{self, Counting, Duplicates, MatrixQuestion, Mode, Noted, TwoMode};

#[derive(Args, Debug)]
pub(super) struct Matrix {
    /// Actors by actors, or actors by issues
    #[arg(value_enum, ignore_case = true, default_value_t)]
    of: Of,
    /// What to measure; default: net, or subtract for issues and when statements are counted
    #[arg(long, value_enum, ignore_case = true)]
    measure: Option<Measure>,
    /// What to divide it by
    #[arg(long, value_enum, ignore_case = true, default_value_t)]
    normalise: Normalise,
    #[command(flatten)]
    counting: CountingArgs,
    /// Leave out cells that rest on fewer issues (of two actors) or statements (of an actor and an
    /// issue)
    #[arg(long, value_name = "N", default_value_t = 1)]
    min_shared: u32,
    /// Show one cell, and how it comes about: two actors, or an actor and an issue
    #[arg(long, value_name = "A,B")]
    cell: Option<String>,
    #[command(flatten)]
    out: Output,
}

// The flags for which statements count, and how often.
#[derive(Args, Debug)]
pub(super) struct CountingArgs {
    /// How often a repeated statement counts
    #[arg(long, value_enum, ignore_case = true, default_value_t)]
    duplicates: Duplicates,
    /// Also count statements that newer ones replaced or that have expired: the debate over time
    #[arg(long)]
    all: bool,
}

impl CountingArgs {
    /// Returns the first flag given that applies to statements only, or `None`.
    pub(super) fn given(&self) -> Option<&'static str> {
        let flags = [
            ("--all", self.all),
            ("--duplicates", self.duplicates != Duplicates::default()),
        ];
        let given = flags.into_iter().find(|(_, given)| *given);
        given.map(|(flag, _)| flag)
    }

    /// Returns an error if a flag is given that has no effect when positions are measured.
    pub(super) fn check_for_positions(&self) -> Result<(), Failure> {
        match self.given() {
            Some(flag) => Err(Failure::new(format!(
                "`{flag}` is about statements; this measures positions, one for each actor and issue"
            ))
            .help("leave it out, or count statements: `--measure subtract`")),
            None => Ok(()),
        }
    }

    pub(super) fn counting(&self) -> Counting {
        Counting {
            duplicates: self.duplicates,
            history: if self.all {
                query::History::All
            } else {
                query::History::InForce
            },
        }
    }
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
enum Of {
    #[default]
    Actors,
    Issues,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Measure {
    /// How much two actors say the same
    Congruence,
    /// How much they say the opposite
    Conflict,
    /// Congruence minus conflict; for an actor and an issue, the sum of its scores
    Subtract,
    /// Congruence plus conflict; for an actor and an issue, how many statements
    Ignore,
    /// The share of the issues known for both on which they are on the same side
    Identical,
    /// Issues on the same side minus issues on opposite sides
    Net,
    /// For an actor and an issue: agree, disagree, neutral or mixed
    Combine,
}

typed! {
    Normalise {
        None = "none", "";
        Average = "average", "By the average number of statements of both";
        Jaccard = "jaccard", "By what both or either of them say";
        Product = "product", "By the product of their numbers of statements";
    }
}

typed! {
    Duplicates {
        All = "all", "Every time";
        Source = "source", "Once for the same sources";
        Day = "day", "Once a day";
        Month = "month", "Once a month";
        Year = "year", "Once a year";
        Graph = "graph", "Once";
    }
}

impl Question for Matrix {
    fn output(&self) -> &Output {
        &self.out
    }

    fn answer(&self, asked: &Asked<'_>) -> Result<Box<dyn Noted>, Failure> {
        self.out.select.refuse(MEETINGS, POSITIONS_ONLY)?;
        let (names, lens) = (&asked.names(), asked.lens());
        let detail = asked.detail();
        let asked = MatrixQuestion {
            of: self.mode()?,
            counting: self.counting.counting(),
            least: self.min_shared,
            detail,
        };
        Ok(match &self.cell {
            Some(cell) => {
                let cell = self.cell(names, cell)?;
                Box::new(query::cell(names.graph, lens, &asked, cell, &[]))
            }
            None => Box::new(query::matrix(names.graph, lens, &asked)),
        })
    }
}

impl Matrix {
    fn mode(&self) -> Result<Mode, Failure> {
        let default = match (self.of, self.normalise, self.counting.given()) {
            (Of::Actors, Normalise::None, None) => Measure::Net,
            _ => Measure::Subtract,
        };
        let measure = self.measure.unwrap_or(default);
        let of_positions = matches!(measure, Measure::Identical | Measure::Net);
        if self.normalise != Normalise::None && (self.of == Of::Issues || of_positions) {
            let what = if of_positions {
                "positions, not statements"
            } else {
                "an actor and an issue"
            };
            return Err(Failure::new(format!("`--normalise` divides by numbers of statements; this is a measure of {what}"))
                .help("leave `--normalise` out, or measure two actors by congruence, conflict, subtract or ignore"));
        }
        if self.of == Of::Actors && of_positions {
            self.counting.check_for_positions()?;
        }
        let measure = match (self.of, measure) {
            (Of::Issues, Measure::Subtract) => return Ok(Mode::Issues(TwoMode::Subtract)),
            (Of::Issues, Measure::Ignore) => return Ok(Mode::Issues(TwoMode::Ignore)),
            (Of::Issues, Measure::Combine) => return Ok(Mode::Issues(TwoMode::Combine)),
            (Of::Issues, _) => {
                return Err(
                    Failure::new("this measures two actors, not an actor and an issue")
                        .help("for an actor and an issue, use subtract, ignore or combine"),
                );
            }
            (Of::Actors, Measure::Congruence) => agreement::Measure::Congruence,
            (Of::Actors, Measure::Conflict) => agreement::Measure::Conflict,
            (Of::Actors, Measure::Subtract) => agreement::Measure::Subtract,
            (Of::Actors, Measure::Ignore) => agreement::Measure::Ignore,
            (Of::Actors, Measure::Identical) => agreement::Measure::Identical,
            (Of::Actors, Measure::Net) => agreement::Measure::Net,
            (Of::Actors, Measure::Combine) => {
                return Err(Failure::new(
                    "`combine` measures an actor and an issue, not two actors",
                )
                .help("`demarche matrix issues --measure combine`"));
            }
        };
        Ok(Mode::Actors(measure, self.normalise))
    }

    /// Parses `--cell` into its two actors, or its actor and issue.
    fn cell(&self, names: &Names<'_>, written: &str) -> Result<(Entity, Entity), Failure> {
        let actors = || {
            names
                .pair(written)
                .map(|(one, other)| (Entity::Actor(one), Entity::Actor(other)))
        };
        let position = || -> Result<(Entity, Entity), Failure> {
            let find = |name: &str| names.issue(name);
            let (actor, issue) = names.cell(
                written,
                "an actor and an issue",
                |name| names.actor(name),
                find,
            )?;
            Ok((Entity::Actor(actor), Entity::Issue(issue)))
        };
        match self.of {
            Of::Actors => actors().map_err(|failure| match position() {
                Ok(_) => failure.help(format!(
                    "for an actor and an issue: `demarche matrix issues --cell {written}`"
                )),
                Err(_) => failure,
            }),
            Of::Issues => position().map_err(|failure| match actors() {
                Ok(_) => failure.help(format!(
                    "for two actors: `demarche matrix actors --cell {written}`"
                )),
                Err(_) => failure,
            }),
        }
    }
}
