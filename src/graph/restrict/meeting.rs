//! A meeting as of a day: of the statuses it had, the one that was set last by then.

use std::collections::BTreeSet;

use super::{Judge, Omitted, Reason};
use crate::graph::{Earlier, Graph, Ids, Meeting, MeetingId, SourceId};
use crate::model::{Date, Day, MeetingStatus};

/// The meeting with the status that it had by then; the number is the one it will have. Else why it is left out, and what it was.
pub(super) fn as_of(
    graph: &Graph,
    judge: &Judge<'_>,
    mut meeting: Meeting,
    number: MeetingId,
    omitted: &mut Omitted,
) -> Result<Meeting, (Reason, Meeting)> {
    let written = || graph.written_meeting(meeting.place);
    let present = judge.record(graph, meeting.sources(), || written().credibility);
    let earlier = meeting.earlier().iter().filter_map(|entry| {
        let nth = entry.nth as usize;
        let credibility = || {
            written()
                .earlier
                .get(nth)
                .and_then(|entry| entry.credibility)
        };
        let sources = judge
            .record(graph, entry.sources.as_slice(), credibility)
            .ok()?;
        let entry = Earlier {
            sources: Ids::from_iter(sources),
            ..entry.clone()
        };
        let set = set_on(
            graph,
            Some(entry.status),
            entry.on,
            entry.date,
            entry.sources.as_slice(),
        );
        Some((nth, set, entry))
    });
    let mut earlier: Vec<(usize, Option<Date>, Earlier)> = earlier.collect();
    let begun = |set: &Option<Date>| set.map(|set| set.period().from);
    // From when a present status holds of which no day is known.
    let last = earlier.iter().max_by_key(|(_, set, _)| begun(set));
    let last = last.and_then(|(_, set, _)| *set);
    earlier.retain(|(_, set, _)| judge.by_then(*set));
    let last_dated = earlier
        .iter()
        .filter_map(|(nth, set, _)| Some((begun(set)?, *nth)))
        .max();
    let present = present.and_then(|sources| {
        let on = meeting.more.as_ref().and_then(|more| more.on);
        let set = set_on(graph, meeting.status, on, meeting.date, &sources);
        let is_last = begun(&set)
            .zip(last_dated)
            .is_none_or(|(own, last)| own >= last.0);
        match judge.by_then(set.or(last)) && (is_last || judge.restriction.day.is_none()) {
            true => Ok((set, sources)),
            false => Err(Reason::Later),
        }
    });
    let set = match (present, last_dated) {
        (Ok((set, sources)), _) => {
            meeting.set_sources(sources);
            set
        }
        (Err(reason), None) => return Err((reason, meeting)),
        (Err(_), Some((_, last))) => {
            let at = earlier.partition_point(|(nth, ..)| *nth < last);
            let (nth, set, entry) = earlier.remove(at);
            meeting.go_back_to(nth, entry);
            let on_that_day = |(_, other, _): &&(usize, Option<Date>, Earlier)| {
                set.is_some() && begun(other) == begun(&set)
            };
            let beside = earlier.iter().filter(on_that_day);
            beside.for_each(|(_, _, entry)| meeting.or_else(entry));
            set
        }
    };
    if let Some(more) = &mut meeting.more {
        more.earlier = earlier.into_iter().map(|(_, _, entry)| entry).collect();
    }
    match set.map(Date::period) {
        None => omitted.unrecorded.push(number),
        Some(set) if judge.restriction.day.is_some_and(|day| day < set.to) => {
            omitted.uncertain.push(number)
        }
        Some(_) => {}
    }
    Ok(meeting)
}

/// When a status was set: as said, else the day it was held, else when its source told of it.
fn set_on(
    graph: &Graph,
    status: Option<MeetingStatus>,
    on: Option<Date>,
    date: Option<Date>,
    sources: &[SourceId],
) -> Option<Date> {
    let held = date.filter(|_| status == Some(MeetingStatus::Held));
    on.or(held).or_else(|| graph.statement_date(None, sources))
}

impl Meeting {
    /// Whether it connects those who took part: it was held, on a day up to this one; without a date, the day of its source;
    /// never where its date can't be read.
    pub(crate) fn is_held_by(&self, graph: &Graph, day: Day) -> bool {
        let date = graph.statement_date(self.date, self.sources());
        self.status == Some(MeetingStatus::Held)
            && !self.more.as_ref().is_some_and(|more| more.lost_date)
            && date.is_none_or(|date| date.period().from <= day)
    }

    fn set_sources(&mut self, sources: Vec<SourceId>) {
        if let Some(more) = &mut self.more {
            more.sources = Ids::from_iter(sources);
        }
    }

    /// Names another status that it may have had on the day of the present one. What they do not agree on is not known.
    fn or_else(&mut self, entry: &Earlier) {
        self.date = self.date.filter(|date| Some(*date) == entry.date);
        let mut either: BTreeSet<MeetingStatus> = self.statuses().iter().copied().collect();
        either.insert(entry.status);
        let Some(more) = &mut self.more else {
            return;
        };
        let sources: BTreeSet<SourceId> = (more.sources.as_slice().iter())
            .chain(entry.sources.as_slice())
            .copied()
            .collect();
        more.sources = Ids::from_iter(sources);
        if either.len() > 1 {
            self.status = None;
            more.either = either.into_iter().collect();
        }
    }

    /// Makes an earlier status the present one.
    fn go_back_to(&mut self, nth: usize, entry: Earlier) {
        (self.status, self.date) = (Some(entry.status), entry.date);
        if let Some(more) = &mut self.more {
            more.stage = Some(nth as u32);
            more.lost_date = false;
            more.on = entry.on;
            more.because = entry.because;
            more.said_by = entry.said_by;
            more.sources = entry.sources;
            more.likelihood = None;
        }
    }
}
