//! Who speaks for whom, and when: by `speaks_for` (undated) and by ties of kind `SpeaksFor`, through any number of steps.

use std::collections::{HashMap, VecDeque};
use std::sync::OnceLock;

use crate::graph::{ActorId, Graph};
use crate::model::{Date, Day, Period, TieKind};

/// One actor speaks for another during a period.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
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
    /// Through how many steps each is followed.
    steps: Vec<u32>,
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
#[non_exhaustive]
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
            let direct = self.direct_voices();
            let steps = vec![self.most_steps.unwrap_or(u32::MAX); direct.len()];
            Voices::new(direct, steps)
        })
    }

    /// For whom each actor speaks directly, and when.
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
            if tie.kind == TieKind::SpeaksFor {
                direct[tie.from.index()].push(Voice {
                    principal: tie.to,
                    during: during(tie.since, tie.until),
                });
            }
        }
        direct
    }

    /// Who speaks for somebody through more steps than are followed.
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

    /// Through how many steps those who speak for one another can be followed, so that from all actors together so many links are
    /// followed at most, and so many more for each link that there is, dated ones by their weight; none where they can be followed
    /// to the end.
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
        Voices {
            chains: vec![OnceLock::new(); direct.len()],
            direct,
            steps,
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

/// How much a link counts that is followed: whoever speaks on some days only is looked at again for each of these days.
fn weight(during: Period) -> usize {
    if during == ALWAYS { 1 } else { 10 }
}

/// Those for whom an actor speaks through so many steps at most, nearest first, which of them each is, and what is still left;
/// none where the links that have to be followed weigh more than is `left`.
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

/// Days that need not follow one another: periods in order, with days between them.
#[derive(Clone, Debug, PartialEq)]
struct Days(Vec<Period>);

fn common(one: Period, other: Period) -> Option<Period> {
    let (from, to) = (one.from.max(other.from), one.to.min(other.to));
    (from <= to).then_some(Period { from, to })
}

impl Days {
    /// Adds days; tells whether there were new ones among them.
    fn add(&mut self, period: Period) -> bool {
        if self.cover(period) {
            return false;
        }
        // Those that it touches, or that are the day before or behind it.
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

    /// The part in common with the first of the periods that has one.
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
