//! The timeline: statements, changes of position and meetings over time, with a lane for each
//! actor. A date that is not certain to the day is a span, never a point.

mod axis;
mod dates;
mod events;
#[cfg(feature = "pictures")]
mod joined;
#[cfg(feature = "pictures")]
mod lanes;
#[cfg(feature = "pictures")]
mod legend;
#[cfg(feature = "pictures")]
mod scene;
#[cfg(feature = "pictures")]
mod signs;
mod text;
mod ticks;
#[cfg(feature = "pictures")]
mod told;

#[cfg(feature = "pictures")]
pub use scene::{scene, upright};
pub use text::text;

use std::collections::BTreeSet;

use crate::diagram::{Basis, Look};
use crate::graph::{ActorId, Entity, Fate, Graph, IssueId, Lens, MeetingId, StanceId, TieId};
use crate::model::{Date, Day, MeetingStatus, Moment, Period, Qualifier};
use crate::picture::Refusal;
use crate::picture::sign::Sign;
use crate::query::{Excerpt, Part, Terms};
use crate::words::counted;

/// The most lanes, unless the user asks for more.
pub const MOST_LANES: usize = 60;

/// Events over time, in lanes.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Timeline {
    /// The lanes; those who speak for an actor come after it.
    pub lanes: Vec<Lane>,
    /// The events, in order of time.
    pub events: Vec<Event>,
    /// The days shown, and what the graph lacks.
    pub terms: Terms,
    /// What everything shown is joined to, if that was asked for.
    pub focus: Option<Entity>,
    /// The number of selected records that have no date.
    pub undated: usize,
    /// The number of facts with a date. They are not drawn.
    pub facts: usize,
    /// The number of actors with the fewest events, for which there was no room.
    pub more_lanes: usize,
}

impl Timeline {
    /// Describes the basis: the statements and meetings shown, and their sources.
    pub fn rests_on(&self, graph: &Graph) -> String {
        self.basis().words(graph, &self.terms)
    }

    /// Returns the number of meetings and ties, which have letters in a picture.
    #[cfg(feature = "pictures")]
    pub(crate) fn letters(&self) -> usize {
        let events = self.events.iter();
        events.filter(|event| event.what.is_told()).count()
    }

    /// Returns the statements and meetings shown.
    pub(crate) fn basis(&self) -> Basis {
        let said = |event: &Event| match event.what {
            Happening::Said { id, is_offer, .. } if is_offer => Some((id, Fate::Offered)),
            Happening::Said { id, .. } => Some((id, Fate::InForce)),
            _ => None,
        };
        let met = |event: &Event| {
            if let Happening::Met(stage) = event.what {
                Some(stage.id)
            } else {
                None
            }
        };
        let tied = |event: &Event| match event.what {
            Happening::Tied { id, .. } => Some(id),
            _ => None,
        };
        let events = || self.events.iter();
        let ties: BTreeSet<TieId> = events().filter_map(tied).collect();
        Basis {
            stances: Some(events().filter_map(said).collect()),
            meetings: Some(events().filter_map(met).collect()),
            ties: Some(ties).filter(|ties| !ties.is_empty()),
        }
    }
}

/// The lane of an actor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Lane {
    /// The actor.
    pub actor: ActorId,
    /// The actor it is placed after, which it speaks for.
    pub home: Option<ActorId>,
}

/// Something that happened or was to happen.
#[derive(Clone, Debug, PartialEq)]
pub struct Event {
    /// The indices in [`Timeline::lanes`] of the lanes it is in.
    pub lanes: Vec<usize>,
    /// The number of actors with a part in it that have no lane.
    pub more: usize,
    /// Its date as written.
    pub date: Date,
    /// The days it covers. What has happened did so by the day of the picture.
    pub days: Period,
    /// The kind of event.
    pub what: Happening,
}

/// A kind of event.
#[derive(Clone, Debug, PartialEq)]
pub enum Happening {
    /// A statement was made.
    Said {
        /// The statement.
        id: StanceId,
        /// The position stated.
        sign: Sign,
        /// The speaker, where it doesn't speak for these actors, so that the statement doesn't
        /// count; `None` where it is their own word.
        by: Option<ActorId>,
        /// Whether it is an offer, which makes no position.
        is_offer: bool,
    },
    /// An actor's position changed.
    Moved {
        /// The issue.
        issue: IssueId,
        /// The earlier position, or `None` if it was unknown.
        from: Option<Sign>,
        /// The later position, or `None` if it is unknown.
        to: Option<Sign>,
    },
    /// A status of a meeting.
    Met(Stage),
    /// A tie began or ended.
    Tied {
        /// The tie.
        id: TieId,
        /// How ties of its kind look.
        look: Look,
        /// Whether it ended.
        is_end: bool,
    },
}

impl Happening {
    /// Returns whether it joins several actors, so that it has a letter and is told below.
    pub fn is_told(&self) -> bool {
        matches!(self, Happening::Met(_) | Happening::Tied { .. })
    }

    /// Returns the issue that a statement or a change of position is about.
    pub fn issue(&self, graph: &Graph) -> Option<IssueId> {
        match self {
            Happening::Said { id, .. } => Some(graph[*id].issue),
            Happening::Moved { issue, .. } => Some(*issue),
            Happening::Met(_) | Happening::Tied { .. } => None,
        }
    }
}

/// A status of a meeting, present or earlier. It stands at the day that the meeting was then set
/// for; if that is not known, at the day on which the status was set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stage {
    /// The meeting.
    pub id: MeetingId,
    /// The status, or `None` if it is not known.
    pub status: Option<MeetingStatus>,
    /// What is known of the day at which it stands.
    pub at: At,
    /// Whether it is a plan that no longer stands.
    pub is_over: bool,
    /// Whether it is a letter, in which nobody meets.
    pub is_letter: bool,
}

/// What happened, or was to happen, on the day at which the status of a meeting stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum At {
    /// The meeting.
    Meeting,
    /// The status was set.
    Set,
    /// A source told of the status, so that it was set by then.
    Told,
}

impl Event {
    /// Returns the days it covers.
    pub fn period(&self) -> Period {
        self.days
    }

    /// Returns whether it happened on some of the days it covers, rather than lasting for all of
    /// them.
    pub fn is_unsure(&self) -> bool {
        is_unsure(self.date)
    }
}

/// Returns whether a date leaves open on which day something happened, or until when it lasted.
pub fn is_unsure(date: Date) -> bool {
    let vague = |moment: Moment| moment.day == 0 || moment.qualifier != Qualifier::Certain;
    match date {
        Date::Single(moment) => vague(moment),
        Date::Interval(from, to) => from.is_none_or(vague) || to.is_none_or(vague),
    }
}

/// Makes the timeline of a selection, with at most this many lanes.
pub fn timeline(graph: &Graph, lens: Lens, selection: &Excerpt, most_lanes: usize) -> Timeline {
    events::timeline(graph, lens, selection, most_lanes)
}

impl Timeline {
    /// Returns the timeline if it shows anything.
    ///
    /// # Errors
    ///
    /// Returns a refusal if nothing has a date, or everything has the same.
    pub fn or_refuse(self) -> Result<Timeline, Refusal> {
        if self.span().is_none() {
            return Err(Refusal::NoDate);
        }
        match &self.events[..] {
            [first, others @ ..]
                if !others.is_empty() && others.iter().all(|other| other.date == first.date) =>
            {
                Err(Refusal::OneDate {
                    date: dates::words(first.date),
                    is_told: self.events.iter().all(|event| event.what.is_told()),
                })
            }
            _ => Ok(self),
        }
    }

    /// Returns the issues that statements and changes are about, by name.
    pub fn issues(&self, graph: &Graph) -> Vec<IssueId> {
        let issues = self.events.iter();
        let issues: BTreeSet<IssueId> =
            issues.filter_map(|event| event.what.issue(graph)).collect();
        let mut issues: Vec<IssueId> = issues.into_iter().collect();
        issues.sort_by_cached_key(|id| graph[*id].name.to_lowercase());
        issues
    }

    /// Returns the first to the last day shown, or `None` if nothing is.
    pub fn span(&self) -> Option<Period> {
        let periods = || self.events.iter().map(Event::period);
        let ends = || {
            periods()
                .flat_map(|period| [period.from, period.to])
                .filter(|day| ![Day::FIRST, Day::LAST].contains(day))
        };
        Some(Period {
            from: ends().min()?,
            to: ends().max()?,
        })
    }
}

impl Timeline {
    /// Returns the part that the actor of a lane has in an event; in a meeting, by its latest
    /// arrangement.
    fn part(&self, graph: &Graph, event: &Event, lane: usize) -> Part {
        let Happening::Met(stage) = event.what else {
            return Part::Participant;
        };
        let (meeting, actor) = (&graph[stage.id], &self.lanes[lane].actor);
        if meeting.participants.contains(actor) {
            Part::Participant
        } else if meeting.declined().contains(actor) {
            Part::Declined
        } else {
            Part::Invited
        }
    }

    /// Says in sentences what the timeline leaves out and leaves open.
    pub fn notes(&self, graph: &Graph) -> Vec<String> {
        let said = [
            (self.undated, "Without a date, and not shown"),
            (
                self.more_lanes,
                "Actors about whom less is recorded, and not shown",
            ),
        ];
        let facts = (self.facts > 0).then(|| {
            let facts = counted(self.facts, "dated fact");
            format!("Not drawn: {facts}; “demarche timeline” lists them.")
        });
        said.into_iter()
            .filter(|(count, _)| *count > 0)
            .map(|(count, what)| format!("{what}: {count}."))
            .chain(facts)
            .chain(self.basis().left_open(graph, &self.terms))
            .collect()
    }
}
