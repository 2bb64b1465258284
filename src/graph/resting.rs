//! How many records rest on each source.

use crate::graph::{Graph, SourceId};

/// The numbers of records that rest on a source. Each record counts once.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Resting {
    /// Statements.
    pub(crate) stances: usize,
    /// Meetings, for their present status or an earlier one.
    pub(crate) meetings: usize,
    /// Ties.
    pub(crate) ties: usize,
    /// Facts.
    pub(crate) facts: usize,
}

impl Resting {
    /// Returns the number of all records.
    pub(crate) fn all(self) -> usize {
        self.stances + self.meetings + self.ties + self.facts
    }
}

impl Graph {
    /// Counts the records that rest on each source, in the order of the sources.
    pub(crate) fn resting(&self) -> Vec<Resting> {
        let meetings = self.meetings.iter().map(|meeting| {
            let earlier = meeting.earlier().iter();
            let earlier = earlier.flat_map(|earlier| earlier.sources.as_slice());
            meeting.sources().iter().chain(earlier)
        });
        let stances = self.count(self.stances.iter().map(|stance| stance.sources.as_slice()));
        let meetings = self.count(meetings);
        let ties = self.count(self.ties.iter().map(|tie| &tie.sources));
        let facts = self.count(self.facts.iter().map(|fact| &fact.sources));
        let each = (0..self.sources.len()).map(|nth| Resting {
            stances: stances[nth],
            meetings: meetings[nth],
            ties: ties[nth],
            facts: facts[nth],
        });
        each.collect()
    }

    fn count<'g>(
        &self,
        records: impl Iterator<Item = impl IntoIterator<Item = &'g SourceId>>,
    ) -> Vec<usize> {
        let mut counts = vec![0; self.sources.len()];
        let mut last = vec![usize::MAX; self.sources.len()];
        for (nth, sources) in records.enumerate() {
            for source in sources {
                if std::mem::replace(&mut last[source.index()], nth) != nth {
                    counts[source.index()] += 1;
                }
            }
        }
        counts
    }
}
