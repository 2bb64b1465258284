//! Who speaks for whom, and when: by `speaks_for` (without dates) and by ties of kind `SpeaksFor`,
//! through any number of steps.

use std::collections::{HashMap, VecDeque};
use std::sync::OnceLock;

use crate::graph::{ActorId, Graph};
use crate::model::{Date, Day, Period, TieKind};

/// One actor's speaking for another, during a period.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Voice {
    /// The actor spoken for.
    pub principal: ActorId,
    /// The period; all of time if no date is given.
    pub during: Period,
}

/// Who speaks for whom in one graph.
#[derive(Clone, Debug, Default)]
pub struct Voices {
    direct: Vec<Vec<Voice>>,
    /// Whether anyone speaks for anyone on some days only.
    are_dated: bool,
    /// For each actor, the maximum number of steps followed.
    steps: Vec<u32>,
    /// For each actor, those it speaks for through any number of steps, nearest first. Computed on
    /// demand, because all chains together can be as many as the square of the actors.
    chains: Vec<OnceLock<Chains>>,
}

/// The actors that one actor speaks for, and the days on which that changes.
#[derive(Clone, Debug, Default)]
struct Chains {
    reached: Vec<Reached>,
    /// The index of each actor in `reached`.
    nth: HashMap<ActorId, usize>,
    /// The days on which it begins or ceases to speak for someone, sorted.
    turns: Vec<Day>,
}

/// An actor that another speaks for, and on which days: those on which all ties of a chain hold,
/// for any of several chains.
#[derive(Clone, Debug, PartialEq)]
struct Reached {
    principal: ActorId,
    days: Days,
}

/// Whether a speaker spoke for an actor on the days on which a record may have been made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Office {
    /// On all of these days; or the actor speaks for itself.
    Held,
    /// On some of these days.
    Perhaps,
    /// On some of these days, while it spoke for another actor on some. The record does not count,
    /// but it counted on an earlier day of the question, when fewer days had passed.
    NoLonger,
    /// As `NoLonger`, but the record never counted.
    Elsewhere,
}

impl Office {
    /// Returns whether a record counts for the actor that its speaker speaks for.
    pub fn counts(self) -> bool {
        matches!(self, Office::Held | Office::Perhaps)
    }

    /// Returns whether it counts, or counted on an earlier day.
    pub fn has_counted(self) -> bool {
        self != Office::Elsewhere
    }
}

pub(crate) const ALWAYS: Period = Period {
    from: Day::FIRST,
    to: Day::LAST,
};

/// Returns the days on which a record with this date may have been made: up to the day of the
/// question, unless all are later.
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

/// Returns the days that a date covers; all of time without a date.
pub(crate) fn all_days(date: Option<Date>) -> Period {
    date.map_or(ALWAYS, Date::period)
}

/// Returns the days from the earliest day of `since` to the latest of `until`.
pub(crate) fn during(since: Option<Date>, until: Option<Date>) -> Period {
    Period {
        from: since.map_or(Day::FIRST, |since| since.period().from),
        to: until.map_or(Day::LAST, |until| until.period().to),
    }
}

impl Graph {
    /// Returns who speaks for whom. Computed on the first call.
    pub fn voices(&self) -> &Voices {
        self.voices.get_or_init(|| {
            let direct = self.direct_voices();
            let steps = vec![self.most_steps.unwrap_or(u32::MAX); direct.len()];
            Voices::new(direct, steps)
        })
    }

    /// Lists for each actor those it speaks for directly, and when.
    fn direct_voices(&self) -> Vec<Vec<Voice>> {
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
            if tie.kind == TieKind::SpeaksFor && !self.is_withdrawn(tie.claim()) {
                direct[tie.from.index()].push(Voice {
                    principal: tie.to,
                    during: during(tie.since, tie.until),
                });
            }
        }
        direct
    }

    /// Returns the actors that speak for others through more steps than are followed.
    pub(crate) fn cut_short(&self) -> Vec<ActorId> {
        let Some(steps) = self.most_steps else {
            return Vec::new();
        };
        let direct = self.direct_voices();
        let reached = |speaker, steps| {
            follow(&direct, speaker, steps, usize::MAX).map(|(reached, ..)| reached)
        };
        ActorId::all(self)
            .filter(|speaker| reached(*speaker, steps) != reached(*speaker, steps + 1))
            .collect()
    }

    /// Returns the number of steps along which all speakers can be followed within a budget of
    /// `most` links, plus `for_each` for every link of the graph; dated links count by their
    /// weight. `None` if they can be followed to the end.
    pub(crate) fn steps_within(&self, most: usize, for_each: usize) -> Option<u32> {
        let direct = self.direct_voices();
        let links: usize = direct.iter().flatten().map(|one| weight(one.during)).sum();
        let speakers = ActorId::all(self);
        let speakers: Vec<ActorId> = speakers
            .filter(|id| !direct[id.index()].is_empty())
            .collect();
        let most = most.saturating_add(links.saturating_mul(for_each));
        let is_within = |steps: u32| {
            let mut left = most;
            for speaker in speakers.iter().copied() {
                match follow(&direct, speaker, steps, left) {
                    Some((_, _, rest)) => left = rest,
                    None => return false,
                }
            }
            true
        };
        if is_within(u32::MAX) {
            return None;
        }
        let mut steps = 1;
        while is_within(2 * steps) {
            steps *= 2;
        }
        Some(steps)
    }
}

impl Voices {
    fn new(direct: Vec<Vec<Voice>>, steps: Vec<u32>) -> Voices {
        let mut all = direct.iter().flatten();
        let are_dated = all.any(|voice| voice.during != ALWAYS);
        Voices {
            are_dated,
            chains: vec![OnceLock::new(); direct.len()],
            direct,
            steps,
        }
    }

    /// Appends the voices of another graph, whose actors have indices from `shift` on.
    pub(crate) fn beside(&self, other: &Voices, shift: u32) -> Voices {
        let moved = |voice: &Voice| Voice {
            principal: ActorId(voice.principal.0 + shift),
            ..*voice
        };
        let others = other
            .direct
            .iter()
            .map(|voices| voices.iter().map(moved).collect());
        Voices::new(
            self.direct.iter().cloned().chain(others).collect(),
            [&self.steps[..], &other.steps].concat(),
        )
    }

    fn chains(&self, speaker: ActorId) -> Option<&Chains> {
        let found = self.chains.get(speaker.index())?;
        let steps = self.steps.get(speaker.index()).copied()?;
        Some(found.get_or_init(|| Chains::of(&self.direct, speaker, steps)))
    }

    fn reached(&self, speaker: ActorId) -> &[Reached] {
        self.chains(speaker).map_or(&[], |chains| &chains.reached)
    }

    fn days(&self, speaker: ActorId, principal: ActorId) -> Option<&Days> {
        let chains = self.chains(speaker)?;
        let nth = chains.nth.get(&principal)?;
        Some(&chains.reached[*nth].days)
    }

    /// Iterates over the actors that one speaks for on some of these days, each once, nearest
    /// first.
    pub fn principals(&self, speaker: ActorId, days: Period) -> impl Iterator<Item = ActorId> {
        self.reached(speaker)
            .iter()
            .filter(move |reached| reached.days.touch(days))
            .map(|reached| reached.principal)
    }

    /// Iterates over the actors for which a record counts that one made on some of these days.
    pub fn counted_for(&self, speaker: ActorId, days: Period) -> impl Iterator<Item = ActorId> {
        let counts = move |principal: &ActorId| {
            let office = self.hat(speaker, *principal, days);
            office.is_some_and(Office::counts)
        };
        self.principals(speaker, days).filter(counts)
    }

    /// Iterates over the actors that one ever speaks for.
    pub fn ever(&self, speaker: ActorId) -> impl Iterator<Item = ActorId> {
        self.principals(speaker, ALWAYS)
    }

    /// Returns whether one actor speaks for another on some of these days.
    pub fn speaks_for(&self, speaker: ActorId, principal: ActorId, days: Period) -> bool {
        self.days(speaker, principal)
            .is_some_and(|spoken| spoken.touch(days))
    }

    /// Returns the first of these days on which one actor speaks for another.
    pub(crate) fn first_day(
        &self,
        speaker: ActorId,
        principal: ActorId,
        days: Period,
    ) -> Option<Day> {
        self.days(speaker, principal)?.first_in(days)
    }

    /// Returns whether one actor speaks for another on all or some of these days, or `None` if on
    /// none.
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

    /// Returns whether a speaker's own statement counts for an actor. A speaker that speaks for it
    /// on only some of these days does not count if it also spoke for an unrelated actor.
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
        // It counted as long as no day had passed on which the speaker spoke for the other.
        let first = self.days(speaker, principal)?.first_in(days)?;
        let by_then = Period { to: first, ..days };
        let alone = !self.principals(speaker, by_then).any(|one| is_other(&one));
        Some(if first == days.from || alone {
            Office::NoLonger
        } else {
            Office::Elsewhere
        })
    }

    /// Iterates over those of these days on which an actor begins or ceases to speak for someone.
    pub(crate) fn turns(&self, speaker: ActorId, days: Period) -> impl Iterator<Item = Day> {
        let turns = self.chains(speaker).map_or(&[][..], |chains| &chains.turns);
        let from = turns.partition_point(|day| *day <= days.from);
        turns[from..]
            .iter()
            .copied()
            .take_while(move |day| *day <= days.to)
    }

    /// Returns whether anyone ever speaks for anyone.
    pub fn are_any(&self) -> bool {
        (0..self.direct.len()).any(|speaker| self.has_principals(ActorId(speaker as u32)))
    }

    /// Returns whether anyone speaks for anyone on some days only.
    pub fn are_dated(&self) -> bool {
        self.are_dated
    }

    /// Returns whether an actor ever speaks for anyone.
    pub fn has_principals(&self, speaker: ActorId) -> bool {
        let mut voices = self.direct(speaker).iter();
        voices.any(|voice| voice.principal != speaker && voice.during.from <= voice.during.to)
    }

    /// Returns the actors that speak for one directly, and when.
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

    /// Returns the actors that one speaks for directly, and when.
    pub fn direct(&self, speaker: ActorId) -> &[Voice] {
        self.direct.get(speaker.index()).map_or(&[], Vec::as_slice)
    }
}

impl Chains {
    fn of(direct: &[Vec<Voice>], speaker: ActorId, steps: u32) -> Chains {
        let (reached, nth, _) = follow(direct, speaker, steps, usize::MAX).unwrap_or_default();
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

/// Returns the cost of following a link. A speaker with dates is visited again for each period.
fn weight(during: Period) -> usize {
    if during == ALWAYS { 1 } else { 10 }
}

/// Follows the actors that one speaks for, nearest first, along at most `steps` steps. Returns
/// them, the index of each, and what is left of the budget, or `None` if the links cost more than
/// `left`.
fn follow(
    direct: &[Vec<Voice>],
    speaker: ActorId,
    steps: u32,
    mut left: usize,
) -> Option<(Vec<Reached>, HashMap<ActorId, usize>, usize)> {
    let mut found: Vec<Reached> = Vec::new();
    let mut known: HashMap<ActorId, usize> = HashMap::new();
    let mut on_the_way = VecDeque::from([(speaker, ALWAYS, 0)]);
    while let Some((actor, days, step)) = on_the_way.pop_front() {
        if step == steps {
            break;
        }
        for voice in &direct[actor.index()] {
            let Some(holds) = common(days, voice.during) else {
                left = left.checked_sub(1)?;
                continue;
            };
            left = left.checked_sub(weight(holds))?;
            if voice.principal == speaker {
                continue;
            }
            let nth = *known.entry(voice.principal).or_insert(found.len());
            if nth == found.len() {
                found.push(Reached {
                    principal: voice.principal,
                    days: Days(Vec::new()),
                });
            }
            if found[nth].days.add(holds) {
                on_the_way.push_back((voice.principal, holds, step + 1));
            }
        }
    }
    Some((found, known, left))
}

/// A set of days: disjoint periods, in order, with days between them.
#[derive(Clone, Debug, PartialEq)]
struct Days(Vec<Period>);

fn common(one: Period, other: Period) -> Option<Period> {
    let (from, to) = (one.from.max(other.from), one.to.min(other.to));
    (from <= to).then_some(Period { from, to })
}

impl Days {
    /// Adds days and returns whether any of them are new.
    fn add(&mut self, period: Period) -> bool {
        if self.cover(period) {
            return false;
        }
        // The periods that it overlaps or is adjacent to.
        let ends_before = |own: &Period| own.to.0.saturating_add(1) < period.from.0;
        let begins_by_then = |own: &Period| own.from.0 <= period.to.0.saturating_add(1);
        let joined = self.0.partition_point(ends_before)..self.0.partition_point(begins_by_then);
        let mut whole = period;
        for own in &self.0[joined.clone()] {
            whole.from = whole.from.min(own.from);
            whole.to = whole.to.max(own.to);
        }
        self.0.splice(joined, [whole]);
        true
    }

    /// Returns the intersection with the first period that has one.
    fn first_common(&self, period: Period) -> Option<Period> {
        let nth = self.0.partition_point(|own| own.to < period.from);
        common(*self.0.get(nth)?, period)
    }

    fn cover(&self, period: Period) -> bool {
        self.first_common(period) == Some(period)
    }

    fn touch(&self, period: Period) -> bool {
        self.first_common(period).is_some()
    }

    fn first_in(&self, period: Period) -> Option<Day> {
        self.first_common(period).map(|common| common.from)
    }
}
