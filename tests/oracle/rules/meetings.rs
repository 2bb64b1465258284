//! Meetings: their status as of a day, who attended, whom they connect. Letters connect nobody.

use std::collections::BTreeSet;

use demarche::model::{Date, MeetingKind, MeetingStatus};
use demarche::syntax::OneOrMany;

use crate::days::{Days, earliest, latest};
use crate::rules::position::View;
use crate::rules::records::{Graph, Met};
use crate::rules::when::{earliest_source, r3_tie_holds};
use crate::rules::word::{Part, w5_part};

/// The statuses of a meeting as of a day; none where it is not there yet, or unknown (T5).
pub(crate) type Statuses = BTreeSet<String>;

/// M3: the day on which a status was set: `on`, else "`Held` counts from its earliest day, others from their source's" (M1:
/// "held without a date: from its source's day on").
fn m3_set(
    graph: &Graph<'_>,
    status: MeetingStatus,
    on: Option<Date>,
    date: Option<Date>,
    sources: &OneOrMany<'_>,
) -> Option<i64> {
    let held = if status == MeetingStatus::Held {
        date
    } else {
        None
    };
    on.or(held)
        .or_else(|| earliest_source(graph, sources))
        .map(earliest)
}

/// A status that a meeting had: none where it is unknown (T5), "the `date` then set for it", and on whose word.
pub(crate) struct Stage<'m> {
    pub(crate) status: Option<MeetingStatus>,
    pub(crate) date: Option<Date>,
    sources: &'m OneOrMany<'m>,
}

/// M3: "As of a day, a meeting has the status set last by then … A present status of unknown day holds from the last dated
/// entry; an undated `earlier` is only told. Of two on one day the present one holds, else both are named." None where it is not
/// there yet.
pub(crate) fn m3_stages<'m>(graph: &Graph<'_>, met: &'m Met<'_>, day: i64) -> Vec<Stage<'m>> {
    let meeting = &met.record;
    let earlier: Vec<(i64, Stage<'m>)> = meeting
        .earlier
        .iter()
        .filter_map(|entry| {
            let set = m3_set(graph, entry.status, entry.on, entry.date, &entry.source)?;
            let stage = Stage {
                status: Some(entry.status),
                date: entry.date,
                sources: &entry.source,
            };
            Some((set, stage))
        })
        .collect();
    let days = || earlier.iter().map(|(set, _)| *set);
    let present = m3_set(
        graph,
        meeting.status,
        meeting.on,
        meeting.date,
        &meeting.source,
    )
    .unwrap_or(days().max().unwrap_or(i64::MIN));
    let present = met.present.then_some(present);
    let last = days().chain(present).filter(|set| *set <= day).max();
    match last {
        None => Vec::new(),
        Some(last) if Some(last) == present => vec![Stage {
            status: met.status_is_known.then_some(meeting.status),
            date: meeting.date,
            sources: &meeting.source,
        }],
        Some(last) => (earlier.into_iter())
            .filter(|(set, _)| *set == last)
            .map(|(_, stage)| stage)
            .collect(),
    }
}

/// The words of these.
pub(crate) fn m3_statuses(graph: &Graph<'_>, met: &Met<'_>, day: i64) -> Statuses {
    m3_stages(graph, met, day)
        .into_iter()
        .filter_map(|stage| Some(stage.status?.written().to_owned()))
        .collect()
}

/// M2: "A `Letter` connects nobody; `meetings`, `compare` and `timeline` list it under *in writing*".
pub(crate) fn is_letter(met: &Met<'_>) -> bool {
    met.record.kind == Some(MeetingKind::Letter)
}

impl View<'_> {
    /// Whether somebody was asked to a meeting and is no participant, itself or by who speaks for it.
    pub(crate) fn is_asked(&self, met: &Met<'_>, whom: &str) -> bool {
        let mut asked = met.record.invited.iter().chain(&met.record.declined);
        asked.any(|who| self.w2_is_of(met, who, whom))
    }

    /// The date of a meeting as of the day asked for: that of its status (M3), if it is one; T4, "Statements, meetings and facts without a date have
    /// their source's".
    fn date_of(&self, met: &Met<'_>) -> Option<Date> {
        let stages = m3_stages(&self.graph, met, self.asked.day);
        let first = stages.first()?;
        let agree = stages.iter().all(|stage| stage.date == first.date);
        let told = stages
            .iter()
            .filter_map(|stage| earliest_source(&self.graph, stage.sources));
        first
            .date
            .filter(|_| agree)
            .or_else(|| told.min_by_key(|date| (earliest(*date), latest(*date))))
    }

    /// W4, "of a meeting, all its days".
    fn days_of(&self, met: &Met<'_>) -> Days {
        self.date_of(met)
            .map_or_else(Days::all, |date| Days::of(date.period()))
    }

    /// W2: who hosts a meeting has a part in it, itself or by who speaks for it, though it joins its participants alone (C2).
    pub(crate) fn w2_hosts(&self, met: &Met<'_>, whom: &str) -> bool {
        let is_of = |who: &str| self.w2_is_of(met, who, whom);
        met.record.host.iter().any(|host| is_of(host))
    }

    /// W2: "Statements and meetings of those who speak for an actor count for it, through any number of steps". M1: "`invited` and
    /// `declined` … are not counted". C2: "a meeting joins only its participants".
    pub(crate) fn w2_meets(&self, met: &Met<'_>, whom: &str) -> bool {
        let is_of = |who: &str| self.w2_is_of(met, who, whom);
        met.record.participants.iter().any(|who| is_of(who))
    }

    /// C2: "a meeting joins only its participants": of two for whom only the same one is there, neither meets the other.
    pub(crate) fn c2_apart(&self, met: &Met<'_>, one: &str, other: &str) -> bool {
        let there = |whom: &str, who: &str| match self.asked.own {
            true => who == whom,
            false => self.w2_is_of(met, who, whom),
        };
        let all = &met.record.participants;
        all.iter().any(|a| {
            all.iter()
                .any(|b| a != b && there(one, a) && there(other, b))
        })
    }

    /// Whether who is there is there for somebody.
    fn w2_is_of(&self, met: &Met<'_>, who: &str, whom: &str) -> bool {
        let days = self.days_of(met);
        who == whom || w5_part(&self.offices, who, whom, &days) != Part::None
    }

    /// M1: "Meetings connect people in measures and paths only if they were held, on a day up to the one asked for; held without a
    /// date: from its source's day on, without either always". C2: "a meeting joins only its participants".
    pub(crate) fn m1_connects(&self, met: &Met<'_>) -> bool {
        let held =
            m3_statuses(&self.graph, met, self.asked.day) == Statuses::from(["Held".to_owned()]);
        let date = self.date_of(met);
        !is_letter(met) && held && date.is_none_or(|date| earliest(date) <= self.asked.day)
    }

    /// The pairs of actors that meetings connect, each once.
    pub(crate) fn m1_pairs(&self) -> BTreeSet<(String, String)> {
        let mut pairs = BTreeSet::new();
        for met in self
            .graph
            .meetings
            .values()
            .filter(|met| self.m1_connects(met))
        {
            for one in &met.record.participants {
                let others = met.record.participants.iter().filter(|other| one < *other);
                pairs.extend(others.map(|other| (one.to_string(), other.to_string())));
            }
        }
        pairs
    }

    /// The ties that hold on the day asked for (T3: "what connects people"), as from, to and word.
    pub(crate) fn ties_in_force(&self) -> BTreeSet<(String, String, String)> {
        let day = Days::span(self.asked.day, self.asked.day);
        self.graph
            .ties
            .iter()
            .filter(|(_, tie)| r3_tie_holds(tie).has_all_of(&day))
            .map(|(_, tie)| {
                (
                    tie.from.to_string(),
                    tie.to.to_string(),
                    tie.kind.written().to_owned(),
                )
            })
            .collect()
    }
}
