//! What every question is: arguments with their help, and what answers it. Each is a file of its own.

use std::mem::ManuallyDrop;

use crate::cli::Failure;
use crate::cli::names::Names;
use crate::cli::output::Output;
use crate::cli::session::Session;
use crate::graph::{Graph, Lens, Over};
use crate::query::{self, Detail, Noted, View};

/// A question.
pub(super) trait Question {
    /// How its answer leaves.
    fn output(&self) -> &Output;

    /// What becomes of ties that are over on the day asked for.
    fn over(&self) -> Over {
        Over::LeftOut
    }

    /// Complains of what can't be asked, before the graph is read.
    fn check(&self) -> Result<(), Failure> {
        Ok(())
    }

    /// The answer.
    fn answer(&self, asked: &Asked<'_>) -> Result<Box<dyn Noted>, Failure>;

    /// Asks it, and gives the answer.
    fn run(&self, session: &Session<'_>) -> Result<(), Failure> {
        self.check()?;
        // What can't be written is said at once.
        self.output().format()?;
        // Nobody waits for the graph to be taken apart: the process ends.
        let view = ManuallyDrop::new(session.view(self.over())?);
        let answer = self.answer(&Asked {
            session,
            view: &view,
        })?;
        session.answer(self.output(), &view, answer)
    }
}

/// What is asked.
pub(super) struct Asked<'a> {
    pub(super) session: &'a Session<'a>,
    pub(super) view: &'a View,
}

impl Asked<'_> {
    pub(super) fn graph(&self) -> &Graph {
        &self.view.graph
    }

    pub(super) fn lens(&self) -> Lens {
        self.view.lens
    }

    pub(super) fn names(&self) -> Names<'_> {
        Names {
            session: self.session,
            graph: &self.view.graph,
        }
    }

    /// How much is told of each number.
    pub(super) fn detail(&self) -> Detail {
        self.session.detail()
    }

    /// The answer where one of these names is of something that is left out; none where none is.
    pub(super) fn gone<'n>(
        &self,
        names: impl IntoIterator<Item = &'n String>,
    ) -> Option<Box<dyn Noted>> {
        let View {
            graph,
            omitted,
            restriction,
            ..
        } = self.view;
        let mut gone = names
            .into_iter()
            .filter_map(|name| query::gone(graph, omitted, restriction, name));
        Some(Box::new(gone.next()?))
    }
}

/// Lets a type of the library be typed: each value by its word, with what the help says of it.
macro_rules! typed {
    ($type:ty { $($value:ident = $word:literal, $help:literal;)* }) => {
        impl clap::ValueEnum for $type {
            fn value_variants<'a>() -> &'a [Self] {
                &[$(<$type>::$value),*]
            }
            fn to_possible_value(&self) -> Option<clap::builder::PossibleValue> {
                let (word, help) = match self {
                    $(<$type>::$value => ($word, $help),)*
                };
                let value = clap::builder::PossibleValue::new(word);
                Some(if help.is_empty() { value } else { value.help(help) })
            }
        }
    };
}
pub(super) use typed;
