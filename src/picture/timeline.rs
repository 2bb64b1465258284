//! The timeline: statements, changes of position and meetings along time, a lane an actor. A date that is not sure to the
//! day is a span, never a point.

mod events;
#[cfg(feature = "pictures")]
mod lanes;
#[cfg(feature = "pictures")]
mod scene;
#[cfg(feature = "pictures")]
mod signs;
mod text;
mod ticks;

#[cfg(feature = "pictures")]
pub use scene::scene;
pub use text::text;

use crate::diagram::Basis;
use crate::graph::{ActorId, Graph, IssueId, Lens, MeetingId, StanceId};
use crate::model::{Date, Day, MeetingStatus, Moment, Period, Qualifier};
use crate::picture::Refusal;
use crate::picture::sign::Sign;
use crate::query::{Part, Selection, Terms};

/// So many lanes at most where nothing else is asked for.
pub const MOST_LANES: usize = 60;

/// What happened, lane by lane.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Timeline {
    /// Who has a lane, those who speak for an actor behind it.
    pub lanes: Vec<Lane>,
    /// What happened, in the order of time.
    pub events: Vec<Event>,
    /// On which terms it is told.
    pub terms: Terms,
    /// How many of what was asked for have no date.
    pub undated: usize,
    /// How many actors there was no room for, those of whom least is told.
    pub more_lanes: usize,
}

impl Timeline {
    /// What it rests on: the statements and meetings shown, and their sources.
    pub fn rests_on(&self, graph: &Graph) -> String {
        let said = |event: &Event| {
            if let Happening::Said { id, .. } = event.what {
                Some(id)
            } else {
                None
            }
        };
        let met = |event: &Event| {
            if let Happening::Met(id, _) = event.what {
                Some(id)
            } else {
                None
            }
        };
        let (stances, meetings) = (
            self.events.iter().filter_map(said).collect(),
            self.events.iter().filter_map(met).collect(),
        );
        Basis {
            stances: Some(stances),
            meetings: Some(meetings),
            ties: None,
        }
        .words(graph, &self.terms)
    }
}

/// A lane: an actor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Lane {
    /// Who.
    pub actor: ActorId,
    /// Whether it stands behind an actor that it speaks for.
    pub home: Option<ActorId>,
}

/// Something that happened, or was to happen.
#[derive(Clone, Debug, PartialEq)]
pub struct Event {
    /// The lanes it is in: indexes of [`Timeline::lanes`].
    pub lanes: Vec<usize>,
    /// Its date as written.
    pub date: Date,
    /// What it was.
    pub what: Happening,
}

/// What happened.
#[derive(Clone, Debug, PartialEq)]
pub enum Happening {
    /// A statement was made.
    Said {
        /// Which.
        id: StanceId,
        /// What it says.
        sign: Sign,
        /// Who said it of the actors, for whom it does not speak: it does not count. None where it is their own word.
        by: Option<ActorId>,
    },
    /// An actor's position changed.
    Moved {
        /// On what.
        issue: IssueId,
        /// From where; none from unknown.
        from: Option<Sign>,
        /// To where; none to unknown.
        to: Option<Sign>,
    },
    /// A meeting, with the status that it has, or had when it was set for this date.
    Met(MeetingId, Option<MeetingStatus>),
}

impl Event {
    /// The days it covers.
    pub fn period(&self) -> Period {
        self.date.period()
    }

    /// Whether the days it covers are those among which it was, rather than those for which it lasted.
    pub fn is_unsure(&self) -> bool {
        is_unsure(self.date)
    }
}

/// Whether a date leaves open on which day, or until which, something was.
pub fn is_unsure(date: Date) -> bool {
    let vague = |moment: Moment| moment.day == 0 || moment.qualifier != Qualifier::Certain;
    match date {
        Date::Single(moment) => vague(moment),
        Date::Interval(from, to) => from.is_none_or(vague) || to.is_none_or(vague),
    }
}

/// The timeline of what a selection asks for, with so many lanes at most.
pub fn timeline(graph: &Graph, lens: Lens, selection: &Selection, most_lanes: usize) -> Timeline {
    events::timeline(graph, lens, selection, most_lanes)
}

impl Timeline {
    /// It, if anything is in it.
    ///
    /// # Errors
    /// Where nothing has a date.
    pub fn or_refuse(self) -> Result<Timeline, Refusal> {
        if self.span().is_none() {
            return Err(Refusal::NoDate);
        }
        Ok(self)
    }

    /// From the first to the last day that is told of; none where nothing is.
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
    /// The part that the actor of a lane has in an event: of a meeting, that in which it was last set.
    fn part(&self, graph: &Graph, event: &Event, lane: usize) -> Part {
        let Happening::Met(id, _) = event.what else {
            return Part::Participant;
        };
        let (meeting, actor) = (&graph[id], &self.lanes[lane].actor);
        if meeting.participants.contains(actor) {
            Part::Participant
        } else if meeting.declined().contains(actor) {
            Part::Declined
        } else {
            Part::Invited
        }
    }

    /// What it leaves out, in sentences.
    pub fn notes(&self) -> Vec<String> {
        let said = [
            (self.undated, "Without a date, and not shown"),
            (
                self.more_lanes,
                "Actors of whom less is told, and not shown",
            ),
        ];
        said.into_iter()
            .filter(|(count, _)| *count > 0)
            .map(|(count, what)| format!("{what}: {count}."))
            .collect()
    }
}
