//! A meeting as of a day: of the statuses it had, the one set last by then.

use std::collections::BTreeSet;

use super::{Judge, Omitted, Reason, Restriction};
use crate::graph::{Claim, Earlier, Graph, Ids, Meeting, MeetingId, SourceId, Told};
use crate::model::{Date, Day, MeetingStatus};

/// The number of the present status among those of a meeting.
pub(crate) const PRESENT: u32 = u32::MAX;

/// An earlier status that the evidence admits, its number among them, and when it was set.
struct Admitted {
    nth: usize,
    set: Option<Date>,
    entry: Earlier,
}

/// Returns the first day on which a status may have been set.
fn begun(set: Option<Date>) -> Option<Day> {
    set.map(|set| set.period().from)
}

/// Returns a meeting with the status it had by the day of the restriction; `number` is its new id.
/// Otherwise returns the reason why it is left out, with the meeting.
pub(super) fn as_of(
    graph: &Graph,
    judge: &Judge<'_>,
    mut meeting: Meeting,
    number: MeetingId,
    omitted: &mut Omitted,
) -> Result<Meeting, (Reason, Meeting)> {
    let sources = admitted_present(graph, judge, &meeting);
    let (mut earlier, withdrawn) = admitted_earlier(graph, judge, &meeting, &sources);
    let is_shown = sources.is_ok() || sources == Err(Reason::Withdrawn);
    if (is_shown || !earlier.is_empty())
        && let Err(reason) = judge.in_period(&dates(graph, &meeting, &sources, &earlier))
    {
        return Err((reason, meeting));
    }
    let newest = earlier.iter().max_by_key(|one| begun(one.set));
    let newest = newest.and_then(|one| one.set);
    earlier.retain(|one| judge.by_then(one.set));
    let last = earlier
        .iter()
        .filter_map(|one| Some((begun(one.set)?, one.nth)));
    let last = last.max();
    // The present status, where it was set before the last of the earlier ones.
    let mut overtaken = None;
    let present = match &sources {
        Ok(sources) => {
            let set = graph.present_set_on(&meeting, sources);
            // Where no day is known for it, it holds from the day of the newest earlier one.
            let is_set = judge.by_then(set.or(newest));
            let is_last = begun(set).zip(last).is_none_or(|(own, last)| own >= last.0);
            match is_set && (is_last || judge.restriction.day.is_none()) {
                true => Ok(set),
                false => {
                    overtaken = meeting.present_entry().filter(|_| is_set);
                    Err(Reason::Later)
                }
            }
        }
        Err(reason) => Err(*reason),
    };
    // A meeting shown as later also rests on admitted sources only.
    if let Ok(sources) = sources
        && (present.is_ok() || last.is_none())
    {
        meeting.set_sources(sources);
    }
    let set = match (present, last) {
        (Ok(set), _) => set,
        (Err(_), Some(last)) => go_back(&mut meeting, &mut earlier, last),
        (Err(reason), None) => {
            if reason == Reason::Withdrawn {
                meeting.become_withdrawn(withdrawn);
            }
            return Err((reason, meeting));
        }
    };
    if let Some(more) = &mut meeting.more {
        more.withdrawn = withdrawn.into_boxed_slice();
        let earlier = earlier.into_iter().map(|one| one.entry);
        more.earlier = earlier.chain(overtaken).collect();
    }
    let day = judge.restriction.day;
    if set.is_some_and(|set| day.is_some_and(|day| day < set.period().to)) {
        omitted.uncertain.push(number);
    }
    Ok(meeting)
}

/// Returns the sources of the present status, or the reason why it does not count.
fn admitted_present(
    graph: &Graph,
    judge: &Judge<'_>,
    meeting: &Meeting,
) -> Result<Vec<SourceId>, Reason> {
    let credibility = || graph.written_meeting(meeting.place).credibility;
    let sources = judge.record(graph, meeting.sources(), credibility)?;
    let claim = Claim {
        withdrawn_in: meeting.more.as_ref().and_then(|more| more.withdrawn_in),
        sources: &sources,
    };
    match graph.is_withdrawn(claim) {
        true => Err(Reason::Withdrawn),
        false => Ok(sources),
    }
}

/// Returns the earlier statuses that the evidence admits, and those to be shown as withdrawn, the
/// present one among them.
fn admitted_earlier(
    graph: &Graph,
    judge: &Judge<'_>,
    meeting: &Meeting,
    present: &Result<Vec<SourceId>, Reason>,
) -> (Vec<Admitted>, Vec<Earlier>) {
    let (mut admitted, mut withdrawn) = (Vec::new(), Vec::new());
    // A status that counts for nothing is shown with those that are left.
    let is_shown = |set: Option<Date>| judge.shows_withdrawn() || judge.by_then(set);
    if *present == Err(Reason::Withdrawn)
        && is_shown(graph.present_set_on(meeting, meeting.sources()))
    {
        withdrawn.extend(meeting.present_entry());
    }
    for entry in meeting.earlier() {
        let nth = entry.nth as usize;
        let credibility = || {
            let written = graph.written_meeting(meeting.place);
            written.earlier.get(nth)?.credibility
        };
        let Ok(sources) = judge.record(graph, entry.sources.as_slice(), credibility) else {
            continue;
        };
        let entry = Earlier {
            sources: Ids::from_iter(sources),
            ..entry.clone()
        };
        let set = graph.set_on(&entry);
        if !graph.is_withdrawn(entry.claim()) {
            admitted.push(Admitted { nth, set, entry });
        } else if is_shown(set) {
            withdrawn.push(entry);
        }
    }
    (admitted, withdrawn)
}

/// Returns the dates of a meeting: its own and those of its earlier statuses.
fn dates(
    graph: &Graph,
    meeting: &Meeting,
    present: &Result<Vec<SourceId>, Reason>,
    earlier: &[Admitted],
) -> Vec<Date> {
    let own = match present {
        Ok(sources) => Some(&sources[..]),
        // A meeting of which nothing else is left is shown as withdrawn, with its own date.
        Err(Reason::Withdrawn) if earlier.is_empty() => Some(meeting.sources()),
        Err(_) => None,
    };
    let own = own.into_iter().flat_map(|sources| {
        let set = meeting.more.as_ref().and_then(|more| more.on);
        [graph.statement_date(meeting.date, sources), set]
    });
    let before = earlier
        .iter()
        .flat_map(|one| match (one.entry.date, one.entry.on) {
            (None, None) => [one.set, None],
            dates => [dates.0, dates.1],
        });
    own.chain(before).flatten().collect()
}

/// Makes the earlier status that was set last, by its day and number, the present one; where
/// several were set on that day and differ, what they have in common. Returns when it was set.
fn go_back(
    meeting: &mut Meeting,
    earlier: &mut Vec<Admitted>,
    (day, nth): (Day, usize),
) -> Option<Date> {
    let of_day = earlier.iter().filter(|one| begun(one.set) == Some(day));
    let last: Vec<&Earlier> = of_day.clone().map(|one| &one.entry).collect();
    if last.iter().all(|one| says_the_same(one, last[0])) {
        let at = earlier.partition_point(|one| one.nth < nth);
        let Admitted { nth, set, entry } = earlier.remove(at);
        meeting.go_back_to(nth, entry);
        set
    } else {
        meeting.go_back_to_one_of(&last);
        let sets = of_day.filter_map(|one| one.set);
        sets.max_by_key(|set| set.period().to)
    }
}

impl Graph {
    /// Marks the statuses of meetings as later that were set after a day.
    pub fn tell_later(&mut self, day: Day) {
        let is_later = |meeting: &&Meeting| {
            let entries = meeting.earlier().iter();
            let last = || entries.filter_map(|entry| begun(self.set_on(entry))).max();
            let set = begun(self.present_set_on(meeting, meeting.sources())).or_else(last);
            *meeting.told() == Told::Present && set.is_some_and(|set| set > day)
        };
        let later = self.meetings.iter().enumerate();
        let later: Vec<usize> = later
            .filter(|(_, meeting)| is_later(meeting))
            .map(|(nth, _)| nth)
            .collect();
        for nth in later {
            self.meetings[nth].become_later();
        }
    }

    /// Returns what a meeting was on each day on which that changed, oldest first.
    pub(crate) fn meeting_over_time(&self, id: MeetingId) -> Vec<(Day, Meeting)> {
        let mut meeting = self[id].clone();
        if let Told::Later(status) = *meeting.told() {
            meeting.status = status;
            if let Some(more) = &mut meeting.more {
                more.told = Told::Present;
            }
        }
        let held_on = self.statement_date(meeting.date, meeting.sources());
        let set = meeting.earlier().iter().map(|entry| self.set_on(entry));
        let set = set.chain([self.present_set_on(&meeting, meeting.sources()), held_on]);
        let begun = set.flatten().map(|set| set.period().from);
        let days: BTreeSet<Day> = begun.chain([Day::FIRST]).collect();
        let on = |day: Day| {
            let (restriction, mut omitted) = (Restriction::as_of(day), Omitted::default());
            let judge = Judge::new(&restriction, &self.sources, &mut omitted);
            let told = as_of(self, &judge, meeting.clone(), id, &mut omitted);
            Some((day, told.ok()?))
        };
        days.into_iter().filter_map(on).collect()
    }

    /// Returns the date by which an earlier status was set: the day on which it was, else the date
    /// of its source.
    pub(crate) fn set_on(&self, earlier: &Earlier) -> Option<Date> {
        let told = || self.statement_date(None, earlier.sources.as_slice());
        earlier.day_set().or_else(told)
    }

    /// Returns the date by which the present status of a meeting was set, by these sources, or
    /// `None` if it can't be read.
    pub(crate) fn present_set_on(&self, meeting: &Meeting, sources: &[SourceId]) -> Option<Date> {
        if meeting.lost_day_set() {
            return None;
        }
        let told = || self.statement_date(None, sources);
        meeting.day_set().or_else(told)
    }
}

/// Returns whether two earlier statuses say the same about a meeting.
fn says_the_same(one: &Earlier, other: &Earlier) -> bool {
    (one.status, one.date) == (other.status, other.date)
}

impl Earlier {
    pub(crate) fn claim(&self) -> Claim<'_> {
        Claim {
            withdrawn_in: self.withdrawn_in,
            sources: self.sources.as_slice(),
        }
    }

    /// Returns the recorded date on which the status was set. The date of a source says only that
    /// it was set by then.
    pub(crate) fn day_set(&self) -> Option<Date> {
        let held = self.status == MeetingStatus::Held;
        self.on.or(self.date.filter(|_| held))
    }
}

impl Meeting {
    /// Returns whether the meeting connects its participants: it was held, on a day up to this one,
    /// and is no letter. Without a date, that of its source counts; if that can't be read, never.
    pub(crate) fn is_held_by(&self, graph: &Graph, day: Day) -> bool {
        let date = graph.statement_date(self.date, self.sources());
        !self.is_in_writing()
            && !graph.is_withdrawn(self.claim())
            && self.status == Some(MeetingStatus::Held)
            && !self.more.as_ref().is_some_and(|more| more.lost_date)
            && !graph.has_lost_date(self.date, self.sources())
            && date.is_none_or(|date| date.period().from <= day)
    }

    pub(crate) fn claim(&self) -> Claim<'_> {
        Claim {
            withdrawn_in: self.more.as_ref().and_then(|more| more.withdrawn_in),
            sources: self.sources(),
        }
    }

    /// Returns the present status as an entry of the list of statuses, or `None` if it is unknown.
    fn present_entry(&self) -> Option<Earlier> {
        let more = self.more.as_ref()?;
        Some(Earlier {
            nth: PRESENT,
            faulty: false,
            date: self.date,
            status: self.status?,
            on: more.on,
            because: more.because,
            said_by: more.said_by,
            sources: more.sources.clone(),
            withdrawn_in: more.withdrawn_in,
        })
    }

    /// Returns whether its present status was withdrawn, and no earlier one is shown in its place.
    pub(crate) fn is_withdrawn_whole(&self) -> bool {
        matches!(self.told(), Told::Withdrawn(_))
    }

    /// Returns whether its present status was withdrawn, so that an earlier one is shown.
    pub(crate) fn lost_its_present(&self) -> bool {
        self.withdrawn().iter().any(|entry| entry.nth == PRESENT)
    }

    /// Marks the status as withdrawn, beside these earlier ones.
    fn become_withdrawn(&mut self, mut withdrawn: Vec<Earlier>) {
        let status = self.status.take();
        withdrawn.retain(|entry| entry.nth != PRESENT);
        let more = self.more.get_or_insert_with(Box::default);
        more.withdrawn = withdrawn.into_boxed_slice();
        more.told = Told::Withdrawn(status);
    }

    fn set_sources(&mut self, sources: Vec<SourceId>) {
        if let Some(more) = &mut self.more {
            more.sources = Ids::from_iter(sources);
        }
    }

    /// Returns the recorded date on which the status was set. The date of a source says only that
    /// it was set by then.
    pub(crate) fn day_set(&self) -> Option<Date> {
        let held = self.recorded_status() == Some(MeetingStatus::Held);
        let on = self.more.as_ref().and_then(|more| more.on);
        on.or(self.date.filter(|_| held))
    }

    /// Returns whether the day on which its status was set is recorded, but can't be read.
    pub(crate) fn lost_day_set(&self) -> bool {
        let held = self.recorded_status() == Some(MeetingStatus::Held);
        let more = self.more.as_ref();
        more.is_some_and(|more| more.lost_on || (held && more.on.is_none() && more.lost_date))
    }

    fn become_later(&mut self) {
        let status = self.status.take();
        let more = self.more.get_or_insert_with(Box::default);
        more.told = Told::Later(status);
    }

    /// Makes an earlier status the present one.
    fn go_back_to(&mut self, nth: usize, entry: Earlier) {
        (self.status, self.date) = (Some(entry.status), entry.date);
        if let Some(more) = &mut self.more {
            more.told = Told::Earlier(nth as u32);
            (more.lost_date, more.lost_on) = (false, false);
            more.on = entry.on;
            more.because = entry.because;
            more.said_by = entry.said_by;
            more.sources = entry.sources;
            more.withdrawn_in = entry.withdrawn_in;
            more.likelihood = None;
        }
    }

    /// Makes what these earlier statuses have in common the present status. They differ, and it is
    /// unknown which was set last.
    fn go_back_to_one_of(&mut self, last: &[&Earlier]) {
        fn common<T: PartialEq>(mut said: impl Iterator<Item = T>) -> Option<T> {
            let first = said.next()?;
            said.all(|other| other == first).then_some(first)
        }
        self.status = common(last.iter().map(|one| one.status));
        let date = common(last.iter().map(|one| one.date));
        self.date = date.flatten();
        if let Some(more) = &mut self.more {
            let mut statuses: Vec<MeetingStatus> = last.iter().map(|one| one.status).collect();
            statuses.sort_unstable();
            statuses.dedup();
            more.told = Told::OneOf(statuses.into_boxed_slice());
            (more.lost_date, more.lost_on) = (date.is_none(), false);
            more.on = common(last.iter().map(|one| one.on)).flatten();
            more.because = common(last.iter().map(|one| one.because)).flatten();
            more.said_by = common(last.iter().map(|one| one.said_by)).flatten();
            let of = last.iter().flat_map(|one| one.sources.as_slice());
            let sources: BTreeSet<SourceId> = of.copied().collect();
            more.sources = Ids::from_iter(sources);
            more.withdrawn_in = None;
            more.likelihood = None;
        }
    }
}
