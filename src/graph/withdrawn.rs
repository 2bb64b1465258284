//! Claims that a source withdrew: they were wrong, so they count on no day. They stay in the graph
//! and are shown as withdrawn.

use crate::graph::{Fact, Graph, Source, SourceId, Stance, Tie};
use crate::model::Date;

/// Which sources were withdrawn, and which can't withdraw anything.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Withdrawals {
    /// For each source, the one that withdraws it. Empty if none is withdrawn.
    by: Vec<Option<SourceId>>,
    /// For each source, whether it withdraws nothing, because it is itself withdrawn or not
    /// admitted. Empty if each can.
    void: Vec<bool>,
}

/// A claim, as far as its withdrawal depends on it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Claim<'c> {
    /// The source that says that it was wrong.
    pub(crate) withdrawn_in: Option<SourceId>,
    /// The sources it is found in.
    pub(crate) sources: &'c [SourceId],
}

impl Withdrawals {
    /// Appends the withdrawals of another graph, whose sources have indices from `shift` on.
    pub(crate) fn beside(&mut self, other: Withdrawals, own: usize, others: usize) {
        let shift = own as u32;
        self.by.resize(own, None);
        self.void.resize(own, false);
        let moved = |by: SourceId| SourceId(by.0 + shift);
        self.by.extend(other.by.into_iter().map(|by| by.map(moved)));
        self.void.extend(other.void);
        self.by.resize(own + others, None);
        self.void.resize(own + others, false);
    }

    fn of(&self, source: SourceId) -> Option<SourceId> {
        self.by.get(source.index()).copied().flatten()
    }

    fn is_void(&self, source: SourceId) -> bool {
        self.void.get(source.index()).copied().unwrap_or(false)
    }
}

impl Graph {
    /// Settles which sources are withdrawn. A source that is withdrawn, or not admitted, withdraws
    /// nothing. References by which a source would withdraw itself have been cut.
    pub(crate) fn settle_withdrawals(&mut self, is_admitted: impl Fn(SourceId) -> bool) {
        self.withdrawals = Withdrawals::default();
        let refused: Vec<bool> = SourceId::all(self).map(|id| !is_admitted(id)).collect();
        let is_any_withdrawn = self.sources.iter().any(|one| one.withdrawn_in.is_some());
        if !is_any_withdrawn {
            if refused.contains(&true) {
                self.withdrawals.void = refused;
            }
            return;
        }
        // Follow each chain of withdrawals to its end, and settle it from there.
        let mut by: Vec<Option<Option<SourceId>>> = vec![None; self.sources.len()];
        for source in SourceId::all(self) {
            let mut chain = Vec::new();
            let mut next = Some(source);
            while let Some(id) = next.filter(|id| by[id.index()].is_none()) {
                chain.push(id);
                next = self[id].withdrawn_in;
            }
            while let Some(id) = chain.pop() {
                let stands = |other: &SourceId| {
                    !refused[other.index()] && by[other.index()].flatten().is_none()
                };
                by[id.index()] = Some(self[id].withdrawn_in.filter(stands));
            }
        }
        let by: Vec<Option<SourceId>> = by.into_iter().map(Option::flatten).collect();
        let void = refused.iter().zip(&by);
        self.withdrawals.void = void.map(|(refused, by)| *refused || by.is_some()).collect();
        self.withdrawals.by = by;
    }

    /// Returns the source that withdraws a whole source, or `None` if it stands.
    pub fn source_withdrawn_by(&self, source: SourceId) -> Option<SourceId> {
        self.withdrawals.of(source)
    }

    /// Returns the sources that withdraw a claim: the one it names, or those that withdraw all its
    /// sources. Empty if it stands.
    pub(crate) fn withdrawn_by(&self, claim: Claim<'_>) -> Vec<SourceId> {
        let own = claim.withdrawn_in;
        if let Some(own) = own.filter(|own| !self.withdrawals.is_void(*own)) {
            return vec![own];
        }
        let by = |source: &SourceId| self.withdrawals.of(*source);
        let all: Option<Vec<SourceId>> = claim.sources.iter().map(by).collect();
        let mut all = all.unwrap_or_default();
        all.sort_unstable();
        all.dedup();
        all
    }

    /// Returns whether a claim is withdrawn.
    pub(crate) fn is_withdrawn(&self, claim: Claim<'_>) -> bool {
        if claim.withdrawn_in.is_none() && self.withdrawals.by.is_empty() {
            return false;
        }
        !self.withdrawn_by(claim).is_empty()
    }

    /// Iterates over the sources that a claim rests on: those that are not withdrawn, or all if
    /// each of them is.
    pub(crate) fn lending<'s>(
        &'s self,
        sources: &'s [SourceId],
    ) -> impl Iterator<Item = SourceId> + Clone + 's {
        let stands = |source: &SourceId| self.withdrawals.of(*source).is_none();
        let take_all = !sources.iter().any(stands);
        sources
            .iter()
            .copied()
            .filter(move |source| take_all || stands(source))
    }

    /// Returns who withdrew a claim and when, in words: `withdrawn, correction, 2024-03-04`. Empty
    /// if it stands.
    pub(crate) fn withdrawal_words(&self, claim: Claim<'_>) -> String {
        let by = self.withdrawn_by(claim);
        let source = |id: &SourceId| match self[*id].date {
            Some(date) => format!(", {}, {date}", self[*id].id),
            None => format!(", {}", self[*id].id),
        };
        match by.is_empty() {
            true => String::new(),
            false => format!("withdrawn{}", by.iter().map(source).collect::<String>()),
        }
    }

    /// Returns the date since which a claim is withdrawn: that of the earliest source that says so.
    pub(crate) fn withdrawn_since(&self, claim: Claim<'_>) -> Option<Date> {
        let by = self.withdrawn_by(claim);
        let dates = by.iter().filter_map(|id| self[*id].date);
        dates.min_by_key(|date| date.period())
    }
}

impl Source {
    pub(crate) fn claim(&self) -> Claim<'_> {
        Claim {
            withdrawn_in: self.withdrawn_in,
            sources: &[],
        }
    }
}

impl Stance {
    pub(crate) fn claim(&self) -> Claim<'_> {
        Claim {
            withdrawn_in: self.withdrawn_in(),
            sources: self.sources.as_slice(),
        }
    }
}

impl Fact {
    pub(crate) fn claim(&self) -> Claim<'_> {
        Claim {
            withdrawn_in: self.withdrawn_in,
            sources: &self.sources,
        }
    }
}

impl Tie {
    pub(crate) fn claim(&self) -> Claim<'_> {
        Claim {
            withdrawn_in: self.withdrawn_in,
            sources: &self.sources,
        }
    }
}
