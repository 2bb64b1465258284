//! For whom a statement counts, and on which days: all of it, for programs that do not use this
//! library.

use crate::graph::voice::made_on;
use crate::graph::{ActorId, Graph, Office, StanceId};
use crate::model::{Day, Period};

/// The part of a statement in the positions of one actor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Counts {
    /// For whom.
    pub(crate) actor: ActorId,
    /// The actor of the statement that leads there.
    pub(crate) through: ActorId,
    /// The first and last day asked about on which it counts, or why it never does.
    pub(crate) on: Result<Period, Never>,
    /// The first day asked about on which it counts as *perhaps not in office*.
    pub(crate) perhaps_from: Option<Day>,
}

/// An actor that is not counted by itself where a statement makes its position, if the other has a
/// position: it speaks for the other, for which the statement counts too.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Folds {
    pub(crate) actor: ActorId,
    pub(crate) principal: ActorId,
    /// The first day asked about on which it does.
    pub(crate) from: Day,
}

/// Why a statement never counts for an actor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Never {
    /// Whoever voiced it does not speak for its actor.
    Attributed,
    /// Its speaker also spoke for an unrelated actor.
    Elsewhere,
}

/// What a statement is for an actor on a day asked about, and through whom.
type State = (ActorId, Result<Office, Never>);

impl Graph {
    /// Returns for whom a statement counts: its own actors first, then whoever these ever speak for.
    pub(crate) fn counts(&self, id: StanceId) -> Vec<Counts> {
        let stance = &self[id];
        let own = stance.actors.as_slice();
        // Most statements are of one actor that speaks for nobody.
        if let ([actor], None) = (own, stance.said_by())
            && !self.voices().has_principals(*actor)
        {
            let made = made_on(self.stance_date(stance), Day::LAST);
            return vec![Counts {
                actor: *actor,
                through: *actor,
                on: Ok(Period {
                    to: Day::LAST,
                    ..made
                }),
                perhaps_from: None,
            }];
        }
        let mut all: Vec<ActorId> = own.to_vec();
        for through in own {
            all.extend(self.voices().ever(*through));
        }
        let mut seen = std::collections::HashSet::new();
        all.retain(|actor| seen.insert(*actor));
        let days = self.turning_days(id, &all);
        all.into_iter()
            .filter_map(|actor| self.counts_over(id, actor, &days))
            .collect()
    }

    /// Returns which of the actors for which a statement counts speak for which others of them, and
    /// from which day asked about on they do.
    pub(crate) fn folds(&self, id: StanceId, counts: &[Counts]) -> Vec<Folds> {
        let all = made_on(self.stance_date(&self[id]), Day::LAST);
        let speaks = |actor: ActorId, principal: ActorId| {
            let from = self.voices().first_day(actor, principal, all)?;
            Some(Folds {
                actor,
                principal,
                from,
            })
        };
        let pairs = counts.iter().flat_map(|one| {
            let others = counts.iter().filter(|other| other.actor != one.actor);
            others.map(|other| (one.actor, other.actor))
        });
        pairs
            .filter_map(|(actor, principal)| speaks(actor, principal))
            .collect()
    }

    /// Returns the days asked about on which the part of a statement may change, sorted: its first,
    /// and those on which somebody begins or ceases to speak for another.
    fn turning_days(&self, id: StanceId, actors: &[ActorId]) -> Vec<Day> {
        let stance = &self[id];
        let made = made_on(self.stance_date(stance), Day::LAST);
        let mut days = vec![made.from];
        for speaker in actors.iter().copied().chain(stance.said_by()) {
            days.extend(self.voices().turns(speaker, made));
        }
        days.sort_unstable();
        days.dedup();
        days
    }

    fn counts_over(&self, id: StanceId, actor: ActorId, days: &[Day]) -> Option<Counts> {
        let states = days
            .iter()
            .filter_map(|day| Some((*day, self.state(id, actor, *day)?)));
        let states: Vec<(Day, State)> = states.collect();
        let (_, (through, last)) = *states.last()?;
        let is_on = |(_, (_, state)): &&(Day, State)| state.is_ok();
        let first = states.iter().find(is_on);
        let Some((from, (through, _))) = first.copied() else {
            return Some(Counts {
                actor,
                through,
                on: Err(last.err().unwrap_or(Never::Attributed)),
                perhaps_from: None,
            });
        };
        let ends = |(day, (_, state)): &&(Day, State)| *day > from && state.is_err();
        let to = states.iter().find(ends).map(|(day, _)| Day(day.0 - 1));
        let is_perhaps = |(_, (_, state)): &&(Day, State)| *state == Ok(Office::Perhaps);
        Some(Counts {
            actor,
            through,
            on: Ok(Period {
                from,
                to: to.unwrap_or(Day::LAST),
            }),
            perhaps_from: states.iter().find(is_perhaps).map(|(day, _)| *day),
        })
    }

    /// Returns the part of a statement for an actor as of a day on which it was made or later, or
    /// `None` if it has none.
    fn state(&self, id: StanceId, actor: ActorId, day: Day) -> Option<State> {
        let stance = &self[id];
        let made = made_on(self.stance_date(stance), day);
        let own = stance.actors.as_slice();
        let through = match own.contains(&actor) {
            true => std::slice::from_ref(&actor),
            false => own,
        };
        let states = through.iter().filter_map(|through| {
            let (voiced, office) = self.offices(stance, (actor, *through), made)?;
            let state = match voiced {
                None => Err(Never::Attributed),
                Some(_) if office.counts() => Ok(office),
                Some(_) => Err(Never::Elsewhere),
            };
            Some((voiced.is_none(), office, *through, state))
        });
        let best = states.min_by_key(|(attributed, office, through, _)| {
            (*attributed, *office, &self[*through].id)
        });
        best.map(|(_, _, through, state)| (through, state))
    }
}
