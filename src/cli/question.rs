//! What every question consists of: arguments with their help, and a function that answers. Each is
//! in its own file.

use crate::cli::Failure;
use crate::cli::names::Names;
use crate::cli::output::Output;
use crate::cli::session::Session;
use crate::graph::{Graph, Lens, Over, Withdrawn};
use crate::progress::step;
use crate::query::{self, Detail, Noted, View};

/// A command that asks the graph something and changes nothing.
pub(super) trait Question {
    /// Returns how the answer is written.
    fn output(&self) -> &Output;

    /// Returns what becomes of ties that are over on the day asked about.
    fn over(&self) -> Over {
        Over::LeftOut
    }

    /// Returns what becomes of meetings, ties and facts that a source withdrew.
    fn withdrawn(&self) -> Withdrawn {
        Withdrawn::LeftOut
    }

    /// Returns whether `--why` adds to the answer: the statements behind its rows.
    fn gives_reasons(&self) -> bool {
        true
    }

    /// Rejects invalid arguments before the graph is read.
    fn check(&self) -> Result<(), Failure> {
        Ok(())
    }

    /// Answers the question.
    fn answer<'a>(&self, asked: &Asked<'a>) -> Result<Box<dyn Noted + 'a>, Failure>;

    /// Reads the graph, answers the question, and hands the answer over.
    fn reply(&self, session: &Session<'_>, take: &mut Take<'_>) -> Result<(), Failure> {
        self.check()?;
        let view = session.view(self.over(), self.withdrawn())?;
        let answering = step("answering", 0);
        let answer = self.answer(&Asked {
            session,
            view: &view,
        })?;
        drop(answering);
        take(&view, answer)?;
        session.leave(view);
        Ok(())
    }

    /// Reads the graph, answers the question and writes the answer.
    fn run(&self, session: &Session<'_>) -> Result<(), Failure> {
        self.check()?;
        // Reports an unusable output before doing any work.
        self.output().format()?;
        self.reply(session, &mut |view, answer| {
            session.answer(self.output(), view, answer)
        })
    }
}

/// What becomes of an answer.
pub(super) type Take<'t> =
    dyn for<'v> FnMut(&'v View, Box<dyn Noted + 'v>) -> Result<(), Failure> + 't;

/// The context in which a question is answered.
pub(super) struct Asked<'a> {
    pub(super) session: &'a Session<'a>,
    pub(super) view: &'a View,
}

impl<'a> Asked<'a> {
    pub(super) fn graph(&self) -> &'a Graph {
        &self.view.graph
    }

    pub(super) fn lens(&self) -> Lens {
        self.view.lens
    }

    pub(super) fn names(&self) -> Names<'a> {
        Names {
            session: self.session,
            graph: &self.view.graph,
        }
    }

    /// Returns how much detail to give for each number.
    pub(super) fn detail(&self) -> Detail {
        self.session.detail()
    }

    /// Returns an answer for the first name whose record was left out by the restriction, or
    /// `None`.
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

/// Implements `clap::ValueEnum` for a type of the library: each value has its word and its help
/// text.
macro_rules! typed {
    ($type:ty) => {
        impl clap::ValueEnum for $type {
            fn value_variants<'a>() -> &'a [Self] {
                <$type>::ALL
            }
            fn to_possible_value(&self) -> Option<clap::builder::PossibleValue> {
                Some(clap::builder::PossibleValue::new(self.key()).help(self.word()))
            }
        }
    };
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
