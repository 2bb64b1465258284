//! A meeting as of a day: of the statuses it had, the one that was set last by then.

use super::{Judge, Omitted, Reason};
use crate::graph::{Earlier, Graph, Ids, Meeting, MeetingId, SourceId};
use crate::model::{Date, MeetingStatus};

/// The meeting with the status that it had by then; the number is the one it will have. Else why it is left out, and what it was.
pub(super) fn as_of(
    graph: &Graph,
    judge: &Judge<'_>,
    mut meeting: Meeting,
    number: MeetingId,
    omitted: &mut Omitted,
) -> Result<Meeting, (Reason, Meeting)> {
    let written = || graph.written_meeting(meeting.place);
    let present = judge
        .record(graph, meeting.sources(), || written().credibility)
        .and_then(|sources| {
            let set = set_on(graph, &meeting, &sources);
            if judge.by_then(set) {
                Ok((set, sources))
            } else {
                Err(Reason::Later)
            }
        });
    let earlier = meeting
        .earlier()
        .iter()
        .enumerate()
        .filter_map(|(nth, entry)| {
            let credibility = || {
                written()
                    .earlier
                    .get(nth)
                    .and_then(|entry| entry.credibility)
            };
            let sources = judge
                .record(graph, entry.sources.as_slice(), credibility)
                .ok()?;
            judge.by_then(entry.on).then(|| {
                (
                    nth,
                    Earlier {
                        sources: Ids::from_iter(sources),
                        ..entry.clone()
                    },
                )
            })
        });
    let mut earlier: Vec<(usize, Earlier)> = earlier.collect();
    let set = match present {
        Ok((set, sources)) => {
            meeting.set_sources(sources);
            set
        }
        Err(reason) => {
            let on = |(_, entry): &&(usize, Earlier)| entry.on.map(|on| on.period());
            let Some(last) = earlier.iter().max_by_key(on).map(|(nth, _)| *nth) else {
                return Err((reason, meeting));
            };
            let Some(at) = earlier.iter().position(|(nth, _)| *nth == last) else {
                return Err((reason, meeting));
            };
            let (_, entry) = earlier.remove(at);
            let on = entry.on;
            meeting.go_back_to(last, entry);
            on
        }
    };
    if let Some(more) = &mut meeting.more {
        more.earlier = earlier.into_iter().map(|(_, entry)| entry).collect();
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

/// When the present status was set: as said, else the day it was held, else when its source told of it.
fn set_on(graph: &Graph, meeting: &Meeting, sources: &[SourceId]) -> Option<Date> {
    let held = meeting
        .date
        .filter(|_| meeting.status == MeetingStatus::Held);
    let on = meeting.more.as_ref().and_then(|more| more.on);
    on.or(held).or_else(|| graph.statement_date(None, sources))
}

impl Meeting {
    fn set_sources(&mut self, sources: Vec<SourceId>) {
        if let Some(more) = &mut self.more {
            more.sources = Ids::from_iter(sources);
        }
    }

    /// Makes an earlier status the present one.
    fn go_back_to(&mut self, nth: usize, entry: Earlier) {
        (self.status, self.date) = (entry.status, entry.date);
        if let Some(more) = &mut self.more {
            more.stage = Some(nth as u32);
            more.on = entry.on;
            more.because = entry.because;
            more.said_by = entry.said_by;
            more.sources = entry.sources;
            more.likelihood = None;
        }
    }
}
