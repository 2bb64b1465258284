//! Restricts a graph to a day, a period and some of its evidence. What was made later, is over, or
//! rests on sources that are left out is removed, so that all questions, measures and pictures of
//! the rest respect the restriction.
//!
//! Statements that have expired by the day stay: positions leave them out by their
//! [`Lens`](crate::graph::Lens), and no older statement takes their place.

pub(crate) mod meeting;

use std::collections::BTreeMap;
use std::sync::OnceLock;

use crate::graph::{
    Claim, Entity, Fact, FactId, Graph, Ids, Meeting, MeetingId, Selection, Source, SourceId, Tie,
};
use crate::model::{Date, Day, Grade};

/// Which records of a graph a question may use. The default is all of them, as recorded.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Restriction {
    /// The day as of which meetings, ties and facts are shown; `None` for all that is recorded.
    pub day: Option<Day>,
    /// Whom and what it is about.
    pub selection: Selection,
    /// What happens to ties that were over by the day.
    pub over: Over,
    /// What happens to meetings, ties and facts that a source withdrew. Statements always stay.
    pub withdrawn: Withdrawn,
    /// The day by which a source must be dated to count.
    pub known_by: Option<Day>,
    /// The sources to leave out, with those that only repeat them.
    pub without: Vec<SourceId>,
    /// The minimum grade of claims.
    pub min_grade: Option<Grade>,
    /// The minimum number of independent sources of meetings, ties and facts; for positions see
    /// [`Lens::min_sources`](crate::graph::Lens::min_sources).
    pub min_sources: usize,
}

/// What happens to ties that were over by the day.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Over {
    /// They are left out, because they do not hold on that day.
    #[default]
    LeftOut,
    /// They stay, for questions about the past.
    Kept,
    /// They stay, and so does what is later, or was withdrawn; meetings have the status of the day,
    /// if they had one.
    Shown,
}

/// What happens to meetings, ties and facts that a source withdrew.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Withdrawn {
    /// They are left out.
    #[default]
    LeftOut,
    /// They stay, shown as withdrawn; they connect nobody.
    Shown,
}

impl Restriction {
    /// Takes everything as of a day.
    pub fn as_of(day: Day) -> Restriction {
        Restriction {
            day: Some(day),
            ..Restriction::default()
        }
    }

    fn asks_for_evidence(&self) -> bool {
        self.known_by.is_some() || !self.without.is_empty() || self.min_grade.is_some()
    }
}

/// The reason why a record is left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Reason {
    /// All its sources are left out.
    Excluded,
    /// All its sources are dated after the day by which they must be.
    LaterSource,
    /// It has no source with a date, so that it is unknown when it was known.
    Undated,
    /// Its grade is too low or unknown.
    Grade,
    /// It rests on too few independent sources.
    FewSources,
    /// It has none of the tags.
    Untagged,
    /// It is a meeting of another kind.
    OtherKind,
    /// It has no day in the period.
    Outside,
    /// Neither it nor its sources have a date, so that its period is unknown.
    NoDay,
    /// A source says that it was wrong.
    Withdrawn,
    /// It was made after the day.
    Later,
    /// It ended before the day.
    Over,
}

impl Reason {
    /// Returns whether the reason is the day, not the evidence or the period.
    pub fn is_of_time(self) -> bool {
        matches!(self, Reason::Later | Reason::Over)
    }
}

/// What a restriction left out, and what it had to leave open.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct Omitted {
    /// The number of records left out, by reason and section of the file.
    pub counts: BTreeMap<(Reason, &'static str), usize>,
    /// The ids and names of the meetings and facts left out.
    pub gone: Vec<(Box<str>, Box<str>)>,
    /// The meetings whose status was set on a date that may be before or after the day.
    pub uncertain: Vec<MeetingId>,
    /// The sources whose date may be before or after the day by which they must be dated.
    pub perhaps_known: Vec<SourceId>,
}

impl Omitted {
    pub(super) fn count(&mut self, reason: Reason, section: &'static str) {
        *self.counts.entry((reason, section)).or_default() += 1;
    }
}

/// Decides which records are admitted.
struct Judge<'r> {
    restriction: &'r Restriction,
    /// For each source, the reason why it does not count, or `None` if it does.
    against: Vec<Option<Reason>>,
}

impl Judge<'_> {
    fn new<'r>(
        restriction: &'r Restriction,
        sources: &[Source],
        omitted: &mut Omitted,
    ) -> Judge<'r> {
        let excluded = excluded(sources, &restriction.without);
        let against = sources.iter().enumerate().map(|(nth, source)| {
            if excluded[nth] {
                return Some(Reason::Excluded);
            }
            let known_by = restriction.known_by?;
            let Some(period) = source.date.map(Date::period) else {
                return Some(Reason::Undated);
            };
            if period.from > known_by {
                return Some(Reason::LaterSource);
            }
            if period.to > known_by {
                omitted.perhaps_known.push(SourceId(nth as u32));
            }
            None
        });
        Judge {
            restriction,
            against: against.collect(),
        }
    }

    /// Returns the sources of a claim that count, or why the claim is left out.
    fn sources(
        &self,
        graph: &Graph,
        sources: &[SourceId],
        credibility: impl FnOnce() -> Option<u32>,
    ) -> Result<Vec<SourceId>, Reason> {
        let against = |source: &SourceId| self.against[source.index()];
        let kept: Vec<SourceId> = sources
            .iter()
            .copied()
            .filter(|source| against(source).is_none())
            .collect();
        if kept.is_empty() {
            match sources.iter().filter_map(against).min() {
                Some(reason) => return Err(reason),
                None if self.restriction.known_by.is_some() => return Err(Reason::Undated),
                None => {}
            }
        }
        match self.restriction.min_grade {
            Some(least)
                if !graph
                    .grade(&kept, credibility())
                    .is_some_and(|grade| grade.reaches(least)) =>
            {
                Err(Reason::Grade)
            }
            _ => Ok(kept),
        }
    }

    /// Returns the same for a record that must itself rest on several sources.
    fn record(
        &self,
        graph: &Graph,
        sources: &[SourceId],
        credibility: impl FnOnce() -> Option<u32>,
    ) -> Result<Vec<SourceId>, Reason> {
        let kept = self.sources(graph, sources, credibility)?;
        if graph.roots(&kept).len() < self.restriction.min_sources {
            Err(Reason::FewSources)
        } else {
            Ok(kept)
        }
    }

    /// Returns whether a meeting is shown although it counts for nothing, for this reason.
    fn shows_anyway(&self, reason: Reason) -> bool {
        match reason {
            Reason::Later => self.shows_later(),
            Reason::Withdrawn => self.shows_withdrawn(),
            _ => false,
        }
    }

    /// Counts a claim that was withdrawn as left out. Returns whether it is shown all the same.
    fn shows(
        &self,
        graph: &Graph,
        claim: Claim<'_>,
        what: &'static str,
        omitted: &mut Omitted,
    ) -> bool {
        let is_withdrawn = graph.is_withdrawn(claim);
        if is_withdrawn {
            omitted.count(Reason::Withdrawn, what);
        }
        !is_withdrawn || self.shows_withdrawn()
    }

    fn shows_withdrawn(&self) -> bool {
        self.shows_later() || self.restriction.withdrawn == Withdrawn::Shown
    }

    fn shows_later(&self) -> bool {
        self.restriction.over == Over::Shown
    }

    /// Checks whether one of these dates has a day in the period.
    fn in_period(&self, dates: &[Date]) -> Result<(), Reason> {
        let Some(period) = self.restriction.selection.period else {
            return Ok(());
        };
        if dates.is_empty() {
            return Err(Reason::NoDay);
        }
        let has_a_day = dates.iter().any(|date| date.period().touch(period));
        if has_a_day {
            Ok(())
        } else {
            Err(Reason::Outside)
        }
    }

    /// Checks whether something made on this date is admitted by the period and the day.
    fn in_time(&self, date: Option<Date>) -> Result<(), Reason> {
        self.in_period(date.as_slice())?;
        if self.shows_later() || self.by_then(date) {
            Ok(())
        } else {
            Err(Reason::Later)
        }
    }

    fn by_then(&self, date: Option<Date>) -> bool {
        let Some(day) = self.restriction.day else {
            return true;
        };
        date.is_none_or(|date| date.period().from <= day)
    }
}

/// Marks the sources to leave out: those named, and those that only repeat such sources.
fn excluded(sources: &[Source], named: &[SourceId]) -> Vec<bool> {
    let mut excluded = vec![false; sources.len()];
    for source in named {
        excluded[source.index()] = true;
    }
    let mut settled = named.is_empty();
    while !settled {
        settled = true;
        for (nth, source) in sources.iter().enumerate() {
            let repeats =
                !source.via.is_empty() && source.via.iter().all(|origin| excluded[origin.index()]);
            if repeats && !std::mem::replace(&mut excluded[nth], true) {
                settled = false;
            }
        }
    }
    excluded
}

impl Graph {
    /// Removes what a restriction does not admit. Returns the rest, and what was left out. Ids of
    /// actors, issues and sources stay valid; those of other records do not.
    #[must_use]
    pub fn restricted(mut self, restriction: &Restriction) -> (Graph, Omitted) {
        let mut omitted = Omitted::default();
        self.cut(&restriction.selection, &mut omitted);
        let judge = Judge::new(restriction, &self.sources, &mut omitted);
        // A withdrawal without a date has always held.
        self.settle_withdrawals(|source| {
            !matches!(
                judge.against[source.index()],
                Some(Reason::Excluded | Reason::LaterSource)
            )
        });
        // A source that repeats one that is left out, and another one, repeats only the other.
        for source in &mut self.sources {
            source
                .via
                .retain(|origin| judge.against[origin.index()] != Some(Reason::Excluded));
        }
        if restriction.asks_for_evidence() {
            self.restrict_stances(&judge, &mut omitted);
        }
        if restriction.day.is_some() || restriction.selection.period.is_some() {
            self.leave_out_stances_of_other_times(&judge, &mut omitted);
        }
        for stance in &self.stances {
            if self.is_withdrawn(stance.claim()) {
                omitted.count(Reason::Withdrawn, "stances");
            }
        }
        self.restrict_ties(&judge, &mut omitted);
        let meetings = self.restrict_meetings(&judge, &mut omitted);
        let facts = self.restrict_facts(&judge, &mut omitted);
        if meetings.contains(&None) || facts.contains(&None) {
            self.renumber(&meetings, &facts);
        }
        self.net = OnceLock::new();
        (self, omitted)
    }

    fn restrict_stances(&mut self, judge: &Judge<'_>, omitted: &mut Omitted) {
        let mut stances = std::mem::take(&mut self.stances);
        stances.retain_mut(|stance| {
            match judge.sources(self, stance.sources.as_slice(), || stance.credibility()) {
                Ok(kept) => stance.sources = Ids::from_iter(kept),
                Err(reason) => {
                    omitted.count(reason, "stances");
                    return false;
                }
            }
            true
        });
        self.stances = stances;
    }

    fn leave_out_stances_of_other_times(&mut self, judge: &Judge<'_>, omitted: &mut Omitted) {
        let mut stances = std::mem::take(&mut self.stances);
        stances.retain(|stance| {
            let admitted = judge.in_time(self.stance_date(stance));
            admitted
                .inspect_err(|reason| omitted.count(*reason, "stances"))
                .is_ok()
        });
        self.stances = stances;
    }

    /// Keeps those sources of a tie that count, or returns why it is left out.
    fn admit_tie(&self, judge: &Judge<'_>, tie: &mut Tie) -> Result<(), Reason> {
        let period = judge.restriction.selection.period;
        if period.is_some_and(|period| !tie.during().touch(period)) {
            return Err(Reason::Outside);
        }
        if !tie.is_like_short_form() {
            let credibility = || self.written_tie(tie.place).credibility;
            tie.sources = judge.record(self, &tie.sources, credibility)?;
        }
        Ok(())
    }

    /// Removes ties. The voices are computed halfway, because who speaks for whom depends on the
    /// day of a statement, not on the day of the question.
    fn restrict_ties(&mut self, judge: &Judge<'_>, omitted: &mut Omitted) {
        let mut ties = std::mem::take(&mut self.ties);
        ties.retain_mut(|tie: &mut Tie| match self.admit_tie(judge, tie) {
            Ok(()) => judge.shows(self, tie.claim(), "ties", omitted),
            Err(reason) => {
                omitted.count(reason, "ties");
                false
            }
        });
        self.ties = ties;
        self.voices = OnceLock::new();
        self.voices();
        let mut ties = std::mem::take(&mut self.ties);
        ties.retain(|tie| {
            // The date of a tie's source says when the tie was known, not since when it holds.
            let later = !judge.shows_later() && !judge.by_then(tie.since);
            let over = judge.restriction.day.is_some_and(|day| !tie.holds_on(day));
            let over = over && judge.restriction.over == Over::LeftOut;
            let reason = if later {
                Some(Reason::Later)
            } else {
                over.then_some(Reason::Over)
            };
            reason
                .inspect(|reason| omitted.count(*reason, "ties"))
                .is_none()
        });
        self.ties = ties;
    }

    /// Removes meetings. Returns the new id of each, or `None` if it is left out.
    fn restrict_meetings(
        &mut self,
        judge: &Judge<'_>,
        omitted: &mut Omitted,
    ) -> Vec<Option<MeetingId>> {
        let meetings = std::mem::take(&mut self.meetings);
        let (mut next, mut numbers) = (MeetingId(0), Vec::with_capacity(meetings.len()));
        let kept = meetings.into_iter().filter_map(|meeting| {
            match meeting::as_of(self, judge, meeting, next, omitted) {
                Ok(meeting) => {
                    numbers.push(Some(next));
                    next.0 += 1;
                    Some(meeting)
                }
                Err((reason, meeting)) if judge.shows_anyway(reason) => {
                    if reason == Reason::Withdrawn {
                        omitted.count(reason, "meetings");
                    }
                    numbers.push(Some(next));
                    next.0 += 1;
                    Some(meeting)
                }
                Err((reason, meeting)) => {
                    omitted.count(reason, "meetings");
                    omitted.gone.push((meeting.id, meeting.title));
                    numbers.push(None);
                    None
                }
            }
        });
        // The iterator is collected in place.
        let kept: Vec<Meeting> = kept.collect();
        self.meetings = kept;
        numbers
    }

    fn restrict_facts(&mut self, judge: &Judge<'_>, omitted: &mut Omitted) -> Vec<Option<FactId>> {
        let mut kept: Vec<Fact> = Vec::new();
        let mut numbers = Vec::with_capacity(self.facts.len());
        for mut fact in std::mem::take(&mut self.facts) {
            let admitted = judge.record(self, &fact.sources, || {
                self.written_fact(fact.place).credibility
            });
            let admitted = admitted.and_then(|sources| {
                fact.sources = sources;
                judge.in_time(self.fact_date(&fact))
            });
            let is_told = match admitted {
                Ok(()) => judge.shows(self, fact.claim(), "facts", omitted),
                Err(reason) => {
                    omitted.count(reason, "facts");
                    false
                }
            };
            if is_told {
                numbers.push(Some(FactId(kept.len() as u32)));
                kept.push(fact);
            } else {
                omitted.gone.push((fact.id.clone(), fact.id));
                numbers.push(None);
            }
        }
        self.facts = kept;
        numbers
    }

    /// Replaces the ids of meetings and facts in all references.
    pub(super) fn renumber(&mut self, meetings: &[Option<MeetingId>], facts: &[Option<FactId>]) {
        let moved = |entity: Entity| match entity {
            Entity::Meeting(id) => meetings[id.index()].map(Entity::Meeting),
            Entity::Fact(id) => facts[id.index()].map(Entity::Fact),
            entity => Some(entity),
        };
        for more in self
            .meetings
            .iter_mut()
            .filter_map(|meeting| meeting.more.as_mut())
        {
            more.part_of = more.part_of.and_then(|whole| meetings[whole.index()]);
            more.because = more.because.and_then(moved);
            for earlier in more.earlier.iter_mut().chain(&mut more.withdrawn) {
                earlier.because = earlier.because.and_then(moved);
            }
        }
        for fact in &mut self.facts {
            fact.about = fact.about.iter().copied().filter_map(moved).collect();
        }
        self.index = OnceLock::new();
    }
}
