//! Who speaks for whom, and when: by `speaks_for` (undated) and by ties of kind `SpeaksFor`, through any number of steps.

use std::collections::{HashMap, VecDeque};
use std::sync::OnceLock;

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
    /// For whom each speaks through any number of steps, nearest first; found where it is asked. All chains together can be as
    /// many as the square of the actors.
    chains: Vec<OnceLock<Chains>>,
}

/// For whom one actor speaks, and when that begins and ceases.
#[derive(Clone, Debug, Default)]
struct Chains {
    reached: Vec<Reached>,
    /// Which of these an actor is.
    nth: HashMap<ActorId, usize>,
    /// Days on which something begins, or is over, in order.
    turns: Vec<Day>,
}

/// An actor for which another one speaks, and on which days: in a chain, those on which all its ties hold; of several
/// chains, those of any.
#[derive(Clone, Debug, PartialEq)]
struct Reached {
    principal: ActorId,
    days: Days,
}

/// Whether a speaker was in office on the days on which a record may have been made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Office {
    /// On all of them; or no office is needed, since the actor speaks for itself.
    Held,
    /// On some: perhaps not in office.
    Perhaps,
    /// On some, and on some it spoke for another actor: not counted. On an earlier day, when fewer days were past, it was.
    NoLonger,
    /// The same of what never counted.
    Elsewhere,
}

impl Office {
    /// Whether a record counts for whom its speaker speaks.
    pub fn counts(self) -> bool {
        matches!(self, Office::Held | Office::Perhaps)
    }

    /// Whether it did on some day.
    pub fn has_counted(self) -> bool {
        self != Office::Elsewhere
    }
}

pub(crate) const ALWAYS: Period = Period {
    from: Day::FIRST,
    to: Day::LAST,
};

/// The days on which a record of this date may have been made: no later than the day asked for, unless all are later.
pub(crate) fn made_on(date: Option<Date>, day: Day) -> Period {
    let period = date.map_or(ALWAYS, Date::period);
    Period {
        to: if period.from <= day {
            period.to.min(day)
        } else {
            period.to
        },
        ..period
    }
}

/// The days that a record covers; all of time where it has no date.
pub(crate) fn all_days(date: Option<Date>) -> Period {
    date.map_or(ALWAYS, Date::period)
}

/// The days from the earliest of `since` to the latest of `until`.
pub(crate) fn during(since: Option<Date>, until: Option<Date>) -> Period {
    Period {
        from: since.map_or(Day::FIRST, |since| since.period().from),
        to: until.map_or(Day::LAST, |until| until.period().to),
    }
}

impl Graph {
    /// Who speaks for whom.
    pub fn voices(&self) -> &Voices {
        self.voices.get_or_init(|| {
            let always = |&principal: &ActorId| Voice {
                principal,
                during: ALWAYS,
            };
            let mut direct: Vec<Vec<Voice>> = self
                .actors
                .iter()
                .map(|actor| actor.speaks_for.iter().map(always).collect())
                .collect();
            for tie in &self.ties {
                if tie.kind == TieKind::SpeaksFor {
                    direct[tie.from.index()].push(Voice {
                        principal: tie.to,
                        during: during(tie.since, tie.until),
                    });
                }
            }
            Voices::new(direct)
        })
    }
}

impl Voices {
    fn new(direct: Vec<Vec<Voice>>) -> Voices {
        Voices {
            chains: vec![OnceLock::new(); direct.len()],
            direct,
        }
    }

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
        Voices::new(self.direct.iter().cloned().chain(others).collect())
    }

    fn chains(&self, speaker: ActorId) -> Option<&Chains> {
        let found = self.chains.get(speaker.index())?;
        Some(found.get_or_init(|| Chains::of(&self.direct, speaker)))
    }

    fn reached(&self, speaker: ActorId) -> &[Reached] {
        self.chains(speaker).map_or(&[], |chains| &chains.reached)
    }

    fn days(&self, speaker: ActorId, principal: ActorId) -> Option<&Days> {
        let chains = self.chains(speaker)?;
        let nth = chains.nth.get(&principal)?;
        Some(&chains.reached[*nth].days)
    }

    /// For whom an actor speaks on some of these days: all that are reached, each once, nearest first.
    pub fn principals(&self, speaker: ActorId, days: Period) -> impl Iterator<Item = ActorId> {
        self.reached(speaker)
            .iter()
            .filter(move |reached| reached.days.touch(days))
            .map(|reached| reached.principal)
    }

    /// For whom an actor speaks on whatever day.
    pub fn ever(&self, speaker: ActorId) -> impl Iterator<Item = ActorId> {
        self.principals(speaker, ALWAYS)
    }

    /// Whether one actor speaks for another on some of these days.
    pub fn speaks_for(&self, speaker: ActorId, principal: ActorId, days: Period) -> bool {
        self.days(speaker, principal)
            .is_some_and(|spoken| spoken.touch(days))
    }

    /// Whether one actor speaks for another on all of these days, or on some; none where on none.
    pub fn office(&self, speaker: ActorId, principal: ActorId, days: Period) -> Option<Office> {
        let spoken = self.days(speaker, principal)?;
        if spoken.cover(days) {
            Some(Office::Held)
        } else if spoken.touch(days) {
            Some(Office::Perhaps)
        } else {
            None
        }
    }

    /// The same where the speaker's own word counts for whom it speaks: who speaks for it on some days only is not counted
    /// if the speaker spoke for another, too, that has nothing to do with it.
    pub fn hat(&self, speaker: ActorId, principal: ActorId, days: Period) -> Option<Office> {
        let office = self.office(speaker, principal, days)?;
        let is_other = |other: &ActorId| {
            *other != principal
                && !self.speaks_for(*other, principal, days)
                && !self.speaks_for(principal, *other, days)
        };
        if office == Office::Held || !self.principals(speaker, days).any(|one| is_other(&one)) {
            return Some(office);
        }
        // It counted as long as all days that were past were its own, or no other's.
        let first = self.days(speaker, principal)?.first_in(days)?;
        let by_then = Period { to: first, ..days };
        let alone = !self.principals(speaker, by_then).any(|one| is_other(&one));
        Some(if first == days.from || alone {
            Office::NoLonger
        } else {
            Office::Elsewhere
        })
    }

    /// The days, of these, on which an actor begins or ceases to speak for somebody.
    pub(crate) fn turns(&self, speaker: ActorId, days: Period) -> impl Iterator<Item = Day> {
        let turns = self.chains(speaker).map_or(&[][..], |chains| &chains.turns);
        let from = turns.partition_point(|day| *day <= days.from);
        turns[from..]
            .iter()
            .copied()
            .take_while(move |day| *day <= days.to)
    }

    /// Whether anybody ever speaks for anybody.
    pub fn are_any(&self) -> bool {
        (0..self.direct.len()).any(|speaker| self.has_principals(ActorId(speaker as u32)))
    }

    /// Whether somebody speaks for somebody on some days only.
    pub fn are_dated(&self) -> bool {
        let mut all = self.direct.iter().flatten();
        all.any(|voice| voice.during != ALWAYS)
    }

    /// Whether an actor ever speaks for anybody.
    pub fn has_principals(&self, speaker: ActorId) -> bool {
        let mut voices = self.direct(speaker).iter();
        voices.any(|voice| voice.principal != speaker && voice.during.from <= voice.during.to)
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

impl Chains {
    fn of(direct: &[Vec<Voice>], speaker: ActorId) -> Chains {
        let (reached, nth) = reached(direct, speaker);
        let spoken = reached.iter().flat_map(|one| &one.days.0);
        let ends = spoken.flat_map(|period| [period.from, Day(period.to.0.saturating_add(1))]);
        let mut turns: Vec<Day> = ends
            .filter(|day| *day != Day::FIRST && *day != Day::LAST)
            .collect();
        turns.sort_unstable();
        turns.dedup();
        Chains {
            reached,
            nth,
            turns,
        }
    }
}

/// Those for whom an actor speaks, nearest first, and which of them each is.
fn reached(direct: &[Vec<Voice>], speaker: ActorId) -> (Vec<Reached>, HashMap<ActorId, usize>) {
    let mut found: Vec<Reached> = Vec::new();
    let mut known: HashMap<ActorId, usize> = HashMap::new();
    let mut left = VecDeque::from([(speaker, Days(vec![ALWAYS]))]);
    while let Some((actor, days)) = left.pop_front() {
        for voice in &direct[actor.index()] {
            let holds = days.within(voice.during);
            if voice.principal == speaker || holds.0.is_empty() {
                continue;
            }
            let next = found.len();
            let nth = *known.entry(voice.principal).or_insert(next);
            let is_new = nth == next || found[nth].days.add(&holds);
            if nth == next {
                found.push(Reached {
                    principal: voice.principal,
                    days: holds.clone(),
                });
            }
            if is_new {
                left.push_back((voice.principal, holds));
            }
        }
    }
    (found, known)
}

/// Days that need not follow one another: periods in order, with days between them.
#[derive(Clone, Debug, PartialEq)]
struct Days(Vec<Period>);

fn common(one: Period, other: Period) -> Option<Period> {
    let (from, to) = (one.from.max(other.from), one.to.min(other.to));
    (from <= to).then_some(Period { from, to })
}

impl Days {
    fn within(&self, period: Period) -> Days {
        let parts = self.0.iter().filter_map(|own| common(*own, period));
        Days(parts.collect())
    }

    /// Adds days; tells whether there were new ones among them.
    fn add(&mut self, others: &Days) -> bool {
        if others.0.iter().all(|other| self.cover(*other)) {
            return false;
        }
        let mut all: Vec<Period> = self.0.iter().chain(&others.0).copied().collect();
        all.sort_by_key(|period| period.from);
        all.dedup_by(|next, kept| {
            let joins = next.from.0 <= kept.to.0.saturating_add(1);
            if joins {
                kept.to = kept.to.max(next.to);
            }
            joins
        });
        self.0 = all;
        true
    }

    fn cover(&self, period: Period) -> bool {
        self.0
            .iter()
            .any(|own| own.from <= period.from && period.to <= own.to)
    }

    fn touch(&self, period: Period) -> bool {
        self.0.iter().any(|own| common(*own, period).is_some())
    }

    fn first_in(&self, period: Period) -> Option<Day> {
        self.0
            .iter()
            .find_map(|own| common(*own, period))
            .map(|common| common.from)
    }
}
