//! What a claim rests on: how many sources that do not repeat one another, how new, how good.

use std::collections::HashSet;

use crate::graph::{Graph, Source, SourceId, StanceId, Standing};
use crate::model::{Date, Day, Grade};

/// What a position, or any claim, rests on.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct Basis {
    /// How many statements.
    pub statements: usize,
    /// How many independent sources: those that repeat one another along `via` count once.
    pub independent: usize,
    /// The date of the newest statement.
    pub newest: Option<Date>,
    /// How many days before the day asked for its earliest day was.
    pub age: Option<u32>,
    /// The best grade of a statement in one of its sources.
    pub grade: Option<Grade>,
}

impl Source {
    /// Of the sources of a claim the one that was published last, its date and the last day that can be; none where one of them
    /// has no date. What happened later none of them can know.
    pub(crate) fn last<'s>(
        sources: impl Iterator<Item = &'s Source>,
    ) -> Option<(&'s Source, Date, Day)> {
        let dated = sources.map(|source| source.date.map(|date| (source, date, date.period().to)));
        dated
            .collect::<Option<Vec<_>>>()?
            .into_iter()
            .max_by_key(|(.., last)| *last)
    }
}

impl Graph {
    /// The sources that others only repeat: where `via` leads from these, each once.
    pub fn roots(&self, sources: &[SourceId]) -> Vec<SourceId> {
        let mut reached: HashSet<SourceId> = HashSet::new();
        let mut roots: Vec<SourceId> = Vec::new();
        let mut left = sources.to_vec();
        while let Some(source) = left.pop() {
            if !reached.insert(source) {
                continue;
            }
            match &self[source].via[..] {
                [] => roots.push(source),
                via => left.extend(via),
            }
        }
        roots.sort_unstable();
        roots
    }

    /// What the statements in force of a position rest on together.
    pub fn basis(&self, standing: &Standing) -> Basis {
        let statements: Vec<StanceId> = standing.in_force().map(|footing| footing.stance).collect();
        let of = |id: &StanceId| self[*id].sources.as_slice();
        let sources: Vec<SourceId> = statements.iter().flat_map(of).copied().collect();
        let newest = standing.date();
        Basis {
            statements: statements.len(),
            independent: self.roots(&sources).len(),
            newest,
            // As old as its first day is; what may be made later has no age yet.
            age: newest.map(|date| {
                let days = standing.day.0.saturating_sub(date.period().from.0);
                days.max(0).unsigned_abs()
            }),
            grade: statements
                .iter()
                .filter_map(|id| self.stance_grade(*id))
                .min(),
        }
    }

    /// The best grade of a statement.
    pub fn stance_grade(&self, id: StanceId) -> Option<Grade> {
        let stance = &self[id];
        self.grade(stance.sources.as_slice(), stance.credibility())
    }

    /// The best grade of a claim in these sources.
    pub fn grade(&self, sources: &[SourceId], credibility: Option<u32>) -> Option<Grade> {
        let graded = sources
            .iter()
            .filter_map(|source| Grade::of(self[*source].reliability, credibility))
            .min();
        graded.or_else(|| Grade::of(None, credibility))
    }
}
