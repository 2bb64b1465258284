//! Where actors stand: the position of an actor on an issue at a date, out of its statements and those of who speaks for
//! it, and each statement's part in that. Unknown, neutral, mixed and contested are four different things.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use crate::graph::voice::made_on;
use crate::graph::{ActorId, Graph, IssueId, Office, SourceId, Stance, StanceId};
use crate::model::{Date, Day, Period, Position};
use crate::words::vocabulary;

/// From when, and through whose words, positions are looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Lens {
    /// The day as of which positions are told.
    pub day: Day,
    /// Whose statements count for an actor.
    pub words: Words,
    /// How many independent sources a position must rest on; each side of a contested one by itself.
    pub min_sources: usize,
}

impl Lens {
    /// Positions as of a day, with what speakers said, however few sources they rest on.
    pub const fn as_of(day: Day) -> Lens {
        Lens {
            day,
            words: Words::OwnAndSpeakers,
            min_sources: 0,
        }
    }
}

/// Whose statements count for an actor.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Words {
    /// Its own and those of everybody who speaks for it.
    #[default]
    OwnAndSpeakers,
    /// What it says itself only.
    Own,
}

vocabulary! {
    /// The part of the range of positions that one is on.
    pub enum Side {
        /// A score above 0.
        Supports = "supports", "supports";
        /// A score of 0.
        Neutral = "neutral", "neutral";
        /// A score below 0.
        Opposes = "opposes", "opposes";
        /// The actor itself says both.
        Mixed = "mixed", "mixed";
        /// A number on a scale: neither for nor against, whichever half it lies in.
        Number = "number", "number";
    }
}

impl Side {
    /// The side that a position is on.
    pub fn of(position: Position) -> Side {
        match position {
            Position::StronglySupports | Position::Supports => Side::Supports,
            Position::Neutral => Side::Neutral,
            Position::Opposes | Position::StronglyOpposes => Side::Opposes,
            Position::Mixed => Side::Mixed,
            Position::At(_) => Side::Number,
        }
    }
}

vocabulary! {
    /// What becomes of a statement in a position.
    pub enum Fate {
        /// It makes the position.
        InForce = "in_force", "in force";
        /// A newer statement replaces it.
        Replaced = "replaced", "replaced by a newer one";
        /// Its `until` is over.
        Expired = "expired", "no longer in force";
        /// It was made after the day asked for.
        Later = "later", "made later";
        /// Somebody else said it who does not speak for the actor: shown, not counted.
        Attributed = "attributed", "attributed: not counted";
        /// On the days on which it may have been made its speaker spoke for another actor, too: not counted.
        OtherOffice = "other_office", "spoke for another too: not counted";
        /// It tells how much the issue matters, not where the actor stands.
        SalienceOnly = "salience_only", "salience only";
        /// Too few independent sources say so.
        FewSources = "few_sources", "too few sources: not counted";
    }
}

/// A statement and its part in the position of one actor on one issue.
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub struct Footing {
    /// The statement.
    pub stance: StanceId,
    /// Whose position it has a part in.
    pub actor: ActorId,
    /// Whose position the statement is about: the actor itself, or who speaks for it; of several, the first by id.
    pub through: ActorId,
    /// Its date: its own, else its earliest source's.
    pub date: Option<Date>,
    /// Whether it has a date that can't be read: it is neither newer nor older than any other.
    pub lost_date: bool,
    /// What becomes of it.
    pub fate: Fate,
    /// Whether its date leaves open if it was made by the day asked for.
    pub possibly_later: bool,
    /// Whether who spoke for the actor was in office then.
    pub office: Office,
}

impl Footing {
    /// Whether a position may be another without it: one that is over, or counts no longer, still replaces older ones, and one that gives
    /// a salience alone weighs. What a newer one replaces is replaced by that whatever becomes of others.
    pub fn bears(&self) -> bool {
        !matches!(self.fate, Fate::Replaced | Fate::Later | Fate::Attributed)
    }

    /// Whether it counts, or has counted on an earlier day.
    pub fn has_counted(&self) -> bool {
        match self.fate {
            Fate::InForce | Fate::Replaced | Fate::Expired | Fate::FewSources => true,
            Fate::OtherOffice => self.office.has_counted(),
            Fate::Later | Fate::Attributed | Fate::SalienceOnly => false,
        }
    }
}

/// Where an actor stands.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Verdict {
    /// No statement says: neither neutral nor consent.
    Unknown,
    /// All statements in force are on this side; of several strengths, the weaker.
    Stands(Position),
    /// Statements in force are on different sides, or name different numbers.
    Contested,
}

impl Verdict {
    /// What programs read: `unknown`, `contested`, or the key of the position.
    pub fn key(self) -> &'static str {
        match self {
            Verdict::Unknown => "unknown",
            Verdict::Contested => "contested",
            Verdict::Stands(position) => position.key(),
        }
    }

    /// The number on the scale of the issue, where it is one.
    pub fn number(self) -> Option<f64> {
        match self {
            Verdict::Stands(position) => position.number(),
            _ => None,
        }
    }

    /// What people read: `unknown`, `contested`, `strongly supports`, `at 40`.
    pub fn word(self) -> String {
        match self {
            Verdict::Unknown => "unknown".to_owned(),
            Verdict::Contested => "contested".to_owned(),
            Verdict::Stands(position) => position.word(),
        }
    }
}

/// The position of one actor on one issue, and all that it rests on.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Standing {
    /// Where it stands.
    pub verdict: Verdict,
    /// Its statements, newest first.
    pub footings: Vec<Footing>,
    /// The day as of which that is told.
    pub day: Day,
    /// How much the issue matters to it, 0 to 1; none where unknown, or where statements differ about it.
    pub salience: Option<f64>,
    /// How much it weighs on the issue; none where unknown, or where statements differ about it.
    pub power: Option<f64>,
    /// For whom, of those asked about, it counts in its place where actors are counted; none where it counts by itself.
    pub folded: Option<ActorId>,
}

/// Where actors stand on issues.
pub type Positions = BTreeMap<(ActorId, IssueId), Standing>;

impl Standing {
    /// The statements in force.
    pub fn in_force(&self) -> impl Iterator<Item = &Footing> {
        self.footings
            .iter()
            .filter(|footing| footing.fate == Fate::InForce)
    }

    /// The date of the newest statement in force.
    pub fn date(&self) -> Option<Date> {
        self.in_force()
            .filter_map(|footing| footing.date)
            .max_by_key(|date| date.period().from)
    }
}

impl Graph {
    /// The score of a position on an issue, −1 to 1; none for `Mixed`, for a number where the issue has no scale, and for a
    /// position that scores half or whole where the levels of the issue can't be read.
    pub fn score(&self, issue: IssueId, position: Position) -> Option<f64> {
        let issue = &self[issue];
        let weak = issue
            .levels
            .map(|levels| if levels == 5 { 0.5 } else { 1.0 });
        match position {
            Position::StronglySupports => Some(1.0),
            Position::Supports => weak,
            Position::Neutral => Some(0.0),
            Position::Opposes => weak.map(|weak: f64| -weak),
            Position::StronglyOpposes => Some(-1.0),
            Position::Mixed => None,
            Position::At(x) => issue
                .scale
                .map(|(from, to)| (2.0 * (x - from) / (to - from) - 1.0).clamp(-1.0, 1.0)),
        }
    }

    /// Whether a position is above, at or below the middle; none for `Mixed`, and for a number where the issue has no scale.
    pub(crate) fn half(&self, issue: IssueId, position: Position) -> Option<Ordering> {
        match Side::of(position) {
            Side::Supports => Some(Ordering::Greater),
            Side::Neutral => Some(Ordering::Equal),
            Side::Opposes => Some(Ordering::Less),
            Side::Mixed => None,
            Side::Number => self.score(issue, position)?.partial_cmp(&0.0),
        }
    }

    /// Whether two positions on an issue come to the same: the same side, or the same number. A number and a word do if
    /// the word's place on the scale is in the same half.
    pub fn alike(&self, issue: IssueId, one: Position, other: Position) -> bool {
        let half = |position| self.half(issue, position);
        match (one, other) {
            (Position::At(a), Position::At(b)) => a == b,
            (Position::At(_), _) | (_, Position::At(_)) => {
                half(one).is_some_and(|of_one| half(other) == Some(of_one))
            }
            _ => Side::of(one) == Side::of(other),
        }
    }

    /// Whether two statements on an issue both name a position, and these come to the same.
    pub(crate) fn say_alike(&self, issue: IssueId, one: &Footing, other: &Footing) -> bool {
        let said = |footing: &Footing| self[footing.stance].position;
        said(one)
            .zip(said(other))
            .is_some_and(|(one, other)| self.alike(issue, one, other))
    }

    /// Whether two lists of statements on an issue name the same sides, and the same numbers.
    pub(crate) fn say_the_same(
        &self,
        issue: IssueId,
        some: &[Footing],
        others: &[Footing],
    ) -> bool {
        let within = |these: &[Footing], those: &[Footing]| {
            these
                .iter()
                .all(|one| those.iter().any(|other| self.say_alike(issue, one, other)))
        };
        within(some, others) && within(others, some)
    }

    /// The date of a stance: its own, else its earliest source's.
    pub fn stance_date(&self, stance: &Stance) -> Option<Date> {
        self.statement_date(stance.date, stance.sources.as_slice())
    }

    /// Where one actor stands on one issue.
    pub fn position(&self, actor: ActorId, issue: IssueId, lens: Lens) -> Standing {
        let found = self
            .positions(lens, |a, i| a == actor && i == issue)
            .into_values()
            .next();
        found.unwrap_or_else(|| self.nothing_said(actor, lens))
    }

    /// Where an actor stands of whom no statement speaks.
    pub(crate) fn nothing_said(&self, actor: ActorId, lens: Lens) -> Standing {
        Standing {
            verdict: Verdict::Unknown,
            footings: Vec::new(),
            day: lens.day,
            salience: None,
            power: self[actor].power,
            folded: None,
        }
    }

    /// The same statements as of another day.
    pub fn standing_as_of(&self, issue: IssueId, standing: &Standing, lens: Lens) -> Standing {
        self.settled_again(issue, standing.footings.iter(), lens)
    }

    /// Where statements leave an actor without one of them.
    pub fn standing_without(
        &self,
        issue: IssueId,
        footings: &[Footing],
        lens: Lens,
        left_out: StanceId,
    ) -> Standing {
        let others = footings.iter().filter(|footing| footing.stance != left_out);
        self.settled_again(issue, others, lens)
    }

    fn settled_again<'f>(
        &self,
        issue: IssueId,
        footings: impl Iterator<Item = &'f Footing>,
        lens: Lens,
    ) -> Standing {
        let again = |old: &Footing| match old.through == old.actor {
            true => self.own_footing(old.stance, old.actor, old.date, lens.day),
            false => self.spoken_footing(old.stance, old.actor, old.date, lens.day),
        };
        let mut footings: Vec<Footing> = footings.filter_map(again).collect();
        let settled = self.settled(issue, &mut footings, lens);
        Standing {
            day: lens.day,
            verdict: settled.verdict,
            salience: settled.salience,
            power: settled.power,
            footings,
            folded: None,
        }
    }

    /// Whether somebody said a statement of an actor for which it does not speak: that is shown, and not counted.
    pub(crate) fn is_attributed(&self, stance: &Stance, actor: ActorId, made: Period) -> bool {
        stance
            .said_by()
            .is_some_and(|by| by != actor && !self.voices().speaks_for(by, actor, made))
    }

    /// A statement's part in the position of an actor, its own or one for which it speaks; none where it does not speak for
    /// it on any day on which the statement may have been made.
    pub(crate) fn footing(
        &self,
        id: StanceId,
        actor: ActorId,
        date: Option<Date>,
        day: Day,
    ) -> Option<Footing> {
        let actors = self[id].actors.as_slice();
        match actors.contains(&actor) {
            true => self.own_footing(id, actor, date, day),
            false => self.spoken_footing(id, actor, date, day),
        }
    }

    /// The part of a statement about an actor in its own position.
    pub(super) fn own_footing(
        &self,
        id: StanceId,
        actor: ActorId,
        date: Option<Date>,
        day: Day,
    ) -> Option<Footing> {
        self.footing_through(id, (actor, actor), date, day)
    }

    /// The part of a statement about others in the position of an actor for which they speak.
    pub(super) fn spoken_footing(
        &self,
        id: StanceId,
        actor: ActorId,
        date: Option<Date>,
        day: Day,
    ) -> Option<Footing> {
        let actors = self[id].actors.as_slice();
        let all = actors
            .iter()
            .filter_map(|through| self.footing_through(id, (actor, *through), date, day));
        all.min_by_key(|footing| {
            (
                footing.fate == Fate::Attributed,
                footing.office,
                &self[footing.through].id,
            )
        })
    }

    fn footing_through(
        &self,
        id: StanceId,
        (actor, through): (ActorId, ActorId),
        date: Option<Date>,
        day: Day,
    ) -> Option<Footing> {
        let (stance, period, made) = (&self[id], date.map(Date::period), made_on(date, day));
        // Its own actor's ties to who voiced it, then the ties from its actor up.
        let own = match stance.said_by() {
            Some(by) if by != through => self.voices().office(by, through, made),
            _ => Some(Office::Held),
        };
        let above = if through == actor {
            Office::Held
        } else {
            self.voices().hat(through, actor, made)?
        };
        let office = own.unwrap_or(Office::Held).max(above);
        let lost_date =
            date.is_none() && self.has_lost_date(stance.date, stance.sources.as_slice());
        let fate = if own.is_none() {
            Fate::Attributed
        } else if period.is_some_and(|period| period.from > day) {
            Fate::Later
        } else if !office.counts() {
            Fate::OtherOffice
        } else if stance.position.is_none() {
            Fate::SalienceOnly
        } else {
            Fate::InForce
        };
        Some(Footing {
            stance: id,
            actor,
            through,
            date,
            lost_date,
            fate,
            possibly_later: lost_date || period.is_some_and(|period| period.to > day),
            office,
        })
    }

    /// Sorts statements, settles which are in force, and says where that leaves the actor, how much it cares, and how much it
    /// weighs.
    pub(super) fn settled(&self, issue: IssueId, footings: &mut [Footing], lens: Lens) -> Settled {
        if footings.len() > 1 {
            // The newest first, the undated last.
            let date = |footing: &Footing| footing.date.map(Date::period);
            footings.sort_by(|one, other| {
                date(other)
                    .cmp(&date(one))
                    .then_with(|| self.statement_order(one.stance, other.stance))
            });
        }
        let replacing = footings
            .iter()
            .filter(|footing| footing.has_counted() && self[footing.stance].position.is_some());
        let newest = newest_start(replacing);
        for footing in footings
            .iter_mut()
            .filter(|footing| matches!(footing.fate, Fate::InForce | Fate::SalienceOnly))
        {
            let until = self[footing.stance].until();
            if footing.fate == Fate::InForce && is_replaced(footing, newest) {
                footing.fate = Fate::Replaced;
            } else if until.is_some_and(|until| until.period().to < lens.day) {
                footing.fate = Fate::Expired;
            }
        }
        if lens.min_sources > 0 {
            self.drop_weak_sides(issue, footings, lens.min_sources);
        }
        let salience = self.weight(footings, |stance, _| stance.salience());
        // What a speaker weighs is not what those weigh for whom it speaks.
        let power = self.weight(footings, |stance, footing| {
            stance.power().filter(|_| footing.through == footing.actor)
        });
        Settled {
            verdict: self.verdict(issue, footings),
            salience: salience.ok().flatten(),
            power: match power {
                Ok(None) => footings
                    .first()
                    .and_then(|footing| self[footing.actor].power),
                Ok(power) => power,
                Err(Differ) => None,
            },
        }
    }

    /// Leaves out what too few independent sources say, side by side.
    fn drop_weak_sides(&self, issue: IssueId, footings: &mut [Footing], least: usize) {
        let in_force: Vec<Footing> = footings
            .iter()
            .filter(|footing| footing.fate == Fate::InForce)
            .copied()
            .collect();
        let sources = |footing: &Footing| self[footing.stance].sources.as_slice();
        for footing in footings
            .iter_mut()
            .filter(|footing| footing.fate == Fate::InForce)
        {
            let same = in_force
                .iter()
                .filter(|other| self.say_alike(issue, other, footing));
            let together: Vec<SourceId> = same.flat_map(sources).copied().collect();
            if self.roots(&together).len() < least {
                footing.fate = Fate::FewSources;
            }
        }
    }

    /// All alike, pair by pair: that side, the weaker strength; a number, where one is named.
    fn verdict(&self, issue: IssueId, footings: &[Footing]) -> Verdict {
        let in_force = footings
            .iter()
            .filter(|footing| footing.fate == Fate::InForce);
        let said = in_force.filter_map(|footing| self[footing.stance].position);
        let mut positions: Vec<Position> = Vec::new();
        let mut weakest: Option<Position> = None;
        for position in said {
            if weakest.is_none() {
                weakest = Some(position);
            } else if weakest != Some(position) && !positions.contains(&position) {
                positions.push(position);
            }
        }
        let Some(mut weakest) = weakest else {
            return Verdict::Unknown;
        };
        let first = weakest;
        for (nth, position) in positions.iter().enumerate() {
            let mut others = positions[..nth].iter().chain([&first]);
            if !others.all(|other| self.alike(issue, *position, *other)) {
                return Verdict::Contested;
            }
            let strength = |position| match position {
                Position::At(_) => -1.0,
                Position::Mixed | Position::Neutral => 0.0,
                Position::Supports | Position::Opposes => 0.5,
                Position::StronglySupports | Position::StronglyOpposes => 1.0,
            };
            if strength(*position) < strength(weakest) {
                weakest = *position;
            }
        }
        Verdict::Stands(weakest)
    }

    /// What those statements say of a weight that make the position, or are in force and give how much it matters only: the
    /// newest that say anything.
    fn weight(
        &self,
        footings: &[Footing],
        of: impl Fn(&Stance, &Footing) -> Option<f64>,
    ) -> Result<Option<f64>, Differ> {
        let said = footings.iter().filter_map(|footing| {
            if !matches!(footing.fate, Fate::InForce | Fate::SalienceOnly) {
                return None;
            }
            Some((footing, of(&self[footing.stance], footing)?))
        });
        let newest = newest_start(said.clone().map(|(footing, _)| footing));
        let mut newest = said.filter(|(footing, _)| !is_replaced(footing, newest));
        let Some((_, first)) = newest.next() else {
            return Ok(None);
        };
        if newest.all(|(_, other)| other == first) {
            Ok(Some(first))
        } else {
            Err(Differ)
        }
    }
}

/// What statements come to.
pub(super) struct Settled {
    pub(super) verdict: Verdict,
    pub(super) salience: Option<f64>,
    pub(super) power: Option<f64>,
}

/// Statements say different things of a weight.
struct Differ;

/// The first day of the newest of some statements.
pub(crate) fn newest_start<'f>(footings: impl Iterator<Item = &'f Footing>) -> Option<Day> {
    let dates = footings.filter_map(|footing| footing.date);
    dates.map(|date| date.period().from).max()
}

/// One statement is newer than another only if it starts after the other ends; a statement without date is older than all,
/// but not one whose date can't be read.
pub(crate) fn is_replaced(footing: &Footing, newest_start: Option<Day>) -> bool {
    match (footing.date, newest_start) {
        (Some(date), Some(newest)) => newest > date.period().to,
        (None, newest) => newest.is_some() && !footing.lost_date,
        (Some(_), None) => false,
    }
}
