//! The basis of a claim: how many independent sources, how recent, of which grade.

use std::collections::HashSet;

use crate::graph::{Graph, MeetingId, Source, SourceId, StanceId, Standing, TieId};
use crate::model::{Date, Day, Grade, Position};

/// What a position or another claim rests on.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct Basis {
    /// The number of statements.
    pub statements: usize,
    /// The number of independent sources. Sources that repeat one another along `via` count once.
    pub independent: usize,
    /// The date of the newest statement.
    pub newest: Option<Date>,
    /// The number of days from the earliest day of that date to the day of the question.
    pub age: Option<u32>,
    /// The best grade of a statement by one of its sources.
    pub grade: Option<Grade>,
}

impl Source {
    /// Returns the source of a claim that was published last, its date, and the last day of that
    /// date; `None` if a source has no date. None of the sources can know what happened later.
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
    /// Returns the sources at the end of `via` from these, each once: those that the others only
    /// repeat. A withdrawn one of these lends nothing, if any is left.
    pub fn roots(&self, sources: &[SourceId]) -> Vec<SourceId> {
        let mut found = self.upstream(self.lending(sources).collect(), HashSet::new());
        found.retain(|id| self[*id].via.is_empty());
        found
    }

    /// Returns the sources at the end of `via` from one, if another is left out.
    pub(crate) fn roots_without(&self, source: SourceId, without: SourceId) -> Vec<SourceId> {
        let mut found = self.upstream(vec![source], HashSet::from([without]));
        found.retain(|id| self[*id].via.is_empty());
        found
    }

    /// Returns the sources that one repeats, directly or not.
    pub(crate) fn origins(&self, source: SourceId) -> Vec<SourceId> {
        self.upstream(self[source].via.to_vec(), HashSet::new())
    }

    /// Returns these sources and all that they repeat, sorted, each once, except those known.
    fn upstream(&self, mut left: Vec<SourceId>, mut known: HashSet<SourceId>) -> Vec<SourceId> {
        // Most sources repeat none.
        if known.is_empty() && left.iter().all(|id| self[*id].via.is_empty()) {
            left.sort_unstable();
            left.dedup();
            return left;
        }
        let mut found = Vec::new();
        while let Some(source) = left.pop() {
            if known.insert(source) {
                found.push(source);
                left.extend(&self[source].via);
            }
        }
        found.sort_unstable();
        found
    }

    /// Computes the basis of a position: all its statements in force together.
    pub fn basis(&self, standing: &Standing) -> Basis {
        let statements = || standing.in_force().map(|footing| footing.stance);
        let of = |id: StanceId| self[id].sources.as_slice();
        let sources: Vec<SourceId> = statements().flat_map(of).copied().collect();
        let newest = standing.date();
        Basis {
            statements: statements().count(),
            independent: self.roots(&sources).len(),
            newest,
            // The age counts from the first day; a date that may be later than the question has no
            // age yet.
            age: newest.map(|date| {
                let days = standing.day.0.saturating_sub(date.period().from.0);
                days.max(0).unsigned_abs()
            }),
            grade: statements().filter_map(|id| self.stance_grade(id)).min(),
        }
    }

    /// Returns the best grade of a statement.
    pub fn stance_grade(&self, id: StanceId) -> Option<Grade> {
        let stance = &self[id];
        self.grade(stance.sources.as_slice(), stance.credibility())
    }

    /// Returns the best grade of a claim by these sources; `credibility` is 1 to 6.
    pub fn grade(&self, sources: &[SourceId], credibility: Option<u32>) -> Option<Grade> {
        let graded = self
            .lending(sources)
            .filter_map(|source| Grade::of(self[source].reliability, credibility))
            .min();
        graded.or_else(|| Grade::of(None, credibility))
    }

    /// Returns whether the best grade of a meeting is doubtful.
    pub(crate) fn meeting_is_doubtful(&self, id: MeetingId) -> bool {
        let meeting = &self[id];
        let written = self.written_meeting_as_told(meeting);
        self.is_doubtful(meeting.sources(), written.credibility)
    }

    /// Returns whether the best grade of a tie is doubtful.
    pub(crate) fn tie_is_doubtful(&self, id: TieId) -> bool {
        let tie = &self[id];
        self.is_doubtful(&tie.sources, self.written_tie(tie.place).credibility)
    }

    /// Returns whether the best grade of a statement is doubtful.
    pub(crate) fn stance_is_doubtful(&self, id: StanceId) -> bool {
        self.stance_grade(id).is_some_and(Grade::is_doubtful)
    }

    /// Returns whether all statements in force behind a position are doubtful.
    pub(crate) fn standing_is_doubtful(&self, standing: &Standing) -> bool {
        self.are_doubtful(standing.in_force().map(|footing| footing.stance))
    }

    /// Returns whether all statements in force that take one of several positions are doubtful.
    pub(crate) fn is_said_in_doubt(&self, standing: &Standing, position: Position) -> bool {
        let in_force = standing.in_force().map(|footing| footing.stance);
        self.are_doubtful(in_force.filter(|id| self[*id].position == Some(position)))
    }

    fn are_doubtful(&self, statements: impl Iterator<Item = StanceId>) -> bool {
        let mut statements = statements.peekable();
        statements.peek().is_some() && statements.all(|id| self.stance_is_doubtful(id))
    }

    fn is_doubtful(&self, sources: &[SourceId], credibility: Option<u32>) -> bool {
        self.grade(sources, credibility)
            .is_some_and(Grade::is_doubtful)
    }
}
