//! Who speaks for whom, and when: by `speaks_for` (undated) and by ties of kind `SpeaksFor`, through any number of steps.

use crate::graph::{ActorId, Graph};
use crate::model::{Date, Day, Period, TieKind};

/// One actor speaks for another during a period.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Voice {
    /// For whom.
    pub principal: ActorId,
    /// When; all of time where no date is given.
    pub during: Period,
}

/// Who speaks for whom in one graph.
#[derive(Clone, Debug, Default)]
pub struct Voices {
    direct: Vec<Vec<Voice>>,
}

const ALWAYS: Period = Period {
    from: Day::FIRST,
    to: Day::LAST,
};

impl Graph {
    /// Who speaks for whom.
    pub fn voices(&self) -> &Voices {
        self.voices.get_or_init(|| {
            let mut direct: Vec<Vec<Voice>> = self
                .actors
                .iter()
                .map(|actor| {
                    actor
                        .speaks_for
                        .iter()
                        .map(|&principal| Voice {
                            principal,
                            during: ALWAYS,
                        })
                        .collect()
                })
                .collect();
            for tie in self
                .ties
                .iter()
                .filter(|tie| tie.kind == TieKind::SpeaksFor)
            {
                direct[tie.from.index()].push(Voice {
                    principal: tie.to,
                    during: during(tie.since, tie.until),
                });
            }
            Voices { direct }
        })
    }
}

/// The days from the earliest of `since` to the latest of `until`.
pub(crate) fn during(since: Option<Date>, until: Option<Date>) -> Period {
    Period {
        from: since.map_or(Day::FIRST, |since| since.period().from),
        to: until.map_or_else(
            || {
                since
                    .filter(|since| matches!(since, Date::Interval(..)))
                    .map_or(Day::LAST, |since| since.period().to)
            },
            |until| until.period().to,
        ),
    }
}

impl Voices {
    /// These and those of another graph, whose actors have numbers from `shift` on.
    pub(crate) fn beside(&self, other: &Voices, shift: u32) -> Voices {
        let moved = |voice: &Voice| Voice {
            principal: ActorId(voice.principal.0 + shift),
            ..*voice
        };
        let others = other
            .direct
            .iter()
            .map(|voices| voices.iter().map(moved).collect());
        Voices {
            direct: self.direct.iter().cloned().chain(others).collect(),
        }
    }

    /// For whom an actor speaks in a statement of this date: all actors that are reached, each once, nearest first.
    /// A tie with dates counts only for a dated statement that may fall into them.
    pub fn principals(&self, speaker: ActorId, date: Option<Date>) -> Vec<ActorId> {
        let mut reached: Vec<ActorId> = Vec::new();
        let mut next = 0;
        let mut current = speaker;
        loop {
            for voice in self
                .direct
                .get(current.index())
                .map_or(&[][..], Vec::as_slice)
            {
                if voice.principal != speaker
                    && counts(voice.during, date)
                    && !reached.contains(&voice.principal)
                {
                    reached.push(voice.principal);
                }
            }
            match reached.get(next) {
                Some(&actor) => (current, next) = (actor, next + 1),
                None => return reached,
            }
        }
    }

    /// Whether one actor speaks for another in a statement of this date.
    pub fn speaks_for(&self, speaker: ActorId, principal: ActorId, date: Option<Date>) -> bool {
        self.has_principals(speaker) && self.principals(speaker, date).contains(&principal)
    }

    /// Whether an actor ever speaks for anybody.
    pub fn has_principals(&self, speaker: ActorId) -> bool {
        self.direct
            .get(speaker.index())
            .is_some_and(|voices| !voices.is_empty())
    }

    /// Those who speak for an actor directly, and when.
    pub fn speakers(&self, principal: ActorId) -> Vec<(ActorId, Period)> {
        let speakers = self.direct.iter().enumerate();
        speakers
            .flat_map(|(speaker, voices)| {
                voices
                    .iter()
                    .map(move |voice| (ActorId(speaker as u32), voice))
            })
            .filter(|(_, voice)| voice.principal == principal)
            .map(|(speaker, voice)| (speaker, voice.during))
            .collect()
    }

    /// For whom an actor speaks directly, and when.
    pub fn direct(&self, speaker: ActorId) -> &[Voice] {
        self.direct.get(speaker.index()).map_or(&[], Vec::as_slice)
    }
}

fn counts(during: Period, date: Option<Date>) -> bool {
    match date {
        _ if during == ALWAYS => true,
        Some(date) => date.period().from <= during.to && during.from <= date.period().to,
        None => false,
    }
}
