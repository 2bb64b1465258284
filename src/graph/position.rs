//! Standings: where an actor stands on an issue on a day, by its own statements and those of actors
//! that speak for it, and the part that each statement has in that. Unknown, neutral, mixed and
//! contested are four different things.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use crate::graph::offer::put_in_place;
use crate::graph::voice::made_on;
use crate::graph::{ActorId, Graph, IssueId, Offers, Office, SourceId, Stance, StanceId};
use crate::model::{Date, Day, Period, Position};
use crate::words::{verdict_word, vocabulary};

/// The day of a question, and which statements count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Lens {
    /// The day as of which positions are shown.
    pub day: Day,
    /// Whose statements count for an actor.
    pub words: Words,
    /// The minimum number of independent sources of a position; in a contested one, of each side.
    pub min_sources: usize,
    /// What offers do to positions.
    pub offers: Offers,
}

impl Lens {
    /// Takes positions as of a day, including what speakers said, on any number of sources.
    pub const fn as_of(day: Day) -> Lens {
        Lens {
            day,
            words: Words::OwnAndSpeakers,
            min_sources: 0,
            offers: Offers::Beside,
        }
    }
}

/// Whose statements count for an actor.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Words {
    /// Its own and those of every actor that speaks for it.
    #[default]
    OwnAndSpeakers,
    /// Only its own.
    Own,
}

vocabulary! {
    /// The part of the range that a position is in.
    pub enum Side {
        /// A score above 0.
        Supports = "supports", verdict_word!(supports);
        /// A score of 0.
        Neutral = "neutral", verdict_word!(neutral);
        /// A score below 0.
        Opposes = "opposes", verdict_word!(opposes);
        /// The actor itself says both.
        Mixed = "mixed", verdict_word!(mixed);
        /// A number on a scale. It is neither for nor against, in whichever half it lies.
        Number = "number", "number";
    }
}

impl Side {
    /// Returns the side of a position.
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
    /// The status of a statement in a position.
    pub enum Fate {
        /// It makes the position.
        InForce = "in_force", "in force";
        /// It says where the actor would stand if something happened first. It is shown beside the
        /// position.
        Offered = "offered", "an offer";
        /// An offer stands in its place, as was asked for.
        SetAside = "set_aside", "set aside for an offer";
        /// A newer statement replaces it.
        Replaced = "replaced", "replaced by a newer one";
        /// Its `until` has passed.
        Expired = "expired", "no longer in force";
        /// It was an offer, which its `until` or a newer statement has ended.
        OfferEnded = "offer_ended", "an offer no longer made";
        /// It was made after the day of the question.
        Later = "later", "made later";
        /// An actor that does not speak for this one said it. It is shown, but does not count.
        Attributed = "attributed", "attributed: not counted";
        /// Its speaker also spoke for another actor on the days on which it may have been made. It
        /// does not count.
        OtherOffice = "other_office", "spoke for another too: not counted";
        /// It says how much the issue matters, not where the actor stands.
        SalienceOnly = "salience_only", "salience only";
        /// Too few independent sources say it.
        FewSources = "few_sources", "too few sources: not counted";
        /// A source says that it was wrong. It counts on no day.
        Withdrawn = "withdrawn", "withdrawn";
    }
}

/// The part of one statement in the position of one actor on one issue.
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub struct Footing {
    /// The statement.
    pub stance: StanceId,
    /// The actor whose position this is.
    pub actor: ActorId,
    /// The actor that the statement is about: `actor` itself, or one that speaks for it; of
    /// several, the first by id.
    pub through: ActorId,
    /// The date of the statement: its own, else the earliest date of its sources.
    pub date: Option<Date>,
    /// Whether the date can't be read, so that the statement is neither newer nor older than
    /// others.
    pub lost_date: bool,
    /// The status of the statement.
    pub fate: Fate,
    /// Whether the date leaves open if the statement was made by the day of the question.
    pub possibly_later: bool,
    /// Whether the speaker spoke for the actor when the statement was made.
    pub office: Office,
}

impl Footing {
    /// Returns whether the position could be different without this statement. A statement that has
    /// expired or does not count still replaces older ones, and one with only a salience has
    /// weight. A replaced statement has no part, because the newer one stays in any case.
    pub fn bears(&self) -> bool {
        !matches!(
            self.fate,
            Fate::Offered | Fate::Replaced | Fate::Later | Fate::Attributed | Fate::Withdrawn
        )
    }

    /// Returns whether the statement was said but does not count as a position.
    pub(crate) fn is_aside(&self) -> bool {
        matches!(
            self.fate,
            Fate::Attributed
                | Fate::OtherOffice
                | Fate::SalienceOnly
                | Fate::Later
                | Fate::FewSources
                | Fate::Offered
                | Fate::SetAside
                | Fate::OfferEnded
                | Fate::Withdrawn
        )
    }

    /// Returns whether the statement counts, or counted on an earlier day.
    pub fn has_counted(&self) -> bool {
        match self.fate {
            Fate::InForce
            | Fate::Offered
            | Fate::SetAside
            | Fate::Replaced
            | Fate::Expired
            | Fate::OfferEnded
            | Fate::FewSources => true,
            Fate::OtherOffice => self.office.has_counted(),
            Fate::Later | Fate::Attributed | Fate::SalienceOnly | Fate::Withdrawn => false,
        }
    }
}

/// Where an actor stands.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Verdict {
    /// No statement in force says. This is neither neutral nor consent.
    Unknown,
    /// All statements in force are on the side of this position; of several strengths, it is the
    /// weakest.
    Stands(Position),
    /// Statements in force are on different sides, or give different numbers.
    Contested,
}

impl Verdict {
    /// Returns the word for programs: `unknown`, `contested`, or the key of the position.
    pub fn key(self) -> &'static str {
        match self {
            Verdict::Unknown => "unknown",
            Verdict::Contested => "contested",
            Verdict::Stands(position) => position.key(),
        }
    }

    /// Returns the number on the scale of the issue, or `None` if the position is not a number.
    pub fn number(self) -> Option<f64> {
        match self {
            Verdict::Stands(position) => position.number(),
            _ => None,
        }
    }

    /// Returns the words for people: `unknown`, `contested`, `strongly supports`, `at 40`.
    pub fn word(self) -> String {
        match self {
            Verdict::Unknown => verdict_word!(unknown).to_owned(),
            Verdict::Contested => verdict_word!(contested).to_owned(),
            Verdict::Stands(position) => position.word(),
        }
    }
}

/// Where one actor stands on one issue, and everything that rests on.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Standing {
    /// Where the actor stands.
    pub verdict: Verdict,
    /// The statements about it, newest first.
    pub footings: Vec<Footing>,
    /// The day as of which this is so.
    pub day: Day,
    /// The salience of the issue to the actor, 0 to 1; `None` if unknown or if statements differ.
    pub salience: Option<f64>,
    /// The power of the actor on the issue; `None` if unknown or if statements differ.
    pub power: Option<f64>,
    /// The actor that is counted in its place, which it speaks for; `None` if it counts by itself.
    pub folded: Option<ActorId>,
}

/// Standings by actor and issue.
pub type Standings = BTreeMap<(ActorId, IssueId), Standing>;

impl Standing {
    /// Iterates over the statements in force.
    pub fn in_force(&self) -> impl Iterator<Item = &Footing> {
        self.footings
            .iter()
            .filter(|footing| footing.fate == Fate::InForce)
    }

    /// Returns the date of the newest statement in force.
    pub fn date(&self) -> Option<Date> {
        self.in_force()
            .filter_map(|footing| footing.date)
            .max_by_key(|date| date.period().from)
    }
}

impl Graph {
    /// Returns the score of a position on an issue, −1 to 1. `None` for `Mixed`, for a number on an
    /// issue without a scale, and for a weak position if the levels of the issue can't be read.
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

    /// Returns the positions that statements in force take, each once, the most in favour first.
    pub(crate) fn stated(&self, issue: IssueId, standing: &Standing) -> Vec<Position> {
        let all = standing.in_force();
        let all = all.filter_map(|footing| self[footing.stance].position);
        let mut stated: Vec<Position> = Vec::new();
        for position in all {
            if !stated.contains(&position) {
                stated.push(position);
            }
        }
        let rank = |position: &Position| self.score(issue, *position).unwrap_or(0.0);
        stated.sort_by(|a, b| {
            let by_rank = rank(b).total_cmp(&rank(a));
            by_rank.then(a.written().cmp(b.written()))
        });
        stated
    }

    /// Compares a position with the middle of the range. `None` for `Mixed` and for a number on an
    /// issue without a scale.
    pub(crate) fn half(&self, issue: IssueId, position: Position) -> Option<Ordering> {
        match Side::of(position) {
            Side::Supports => Some(Ordering::Greater),
            Side::Neutral => Some(Ordering::Equal),
            Side::Opposes => Some(Ordering::Less),
            Side::Mixed => None,
            Side::Number => self.score(issue, position)?.partial_cmp(&0.0),
        }
    }

    /// Returns whether two positions on an issue agree: they are on the same side, or the same
    /// number. A number agrees with a word on the same half of the scale.
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

    /// Returns whether two statements on an issue both have a position, and these agree.
    pub(crate) fn say_alike(&self, issue: IssueId, one: &Footing, other: &Footing) -> bool {
        let said = |footing: &Footing| self[footing.stance].position;
        said(one)
            .zip(said(other))
            .is_some_and(|(one, other)| self.alike(issue, one, other))
    }

    /// Returns the date of a stance: its own, else the earliest date of its sources.
    pub fn stance_date(&self, stance: &Stance) -> Option<Date> {
        self.statement_date(stance.date, stance.sources.as_slice())
    }

    /// Computes the standing of one actor on one issue.
    pub fn position(&self, actor: ActorId, issue: IssueId, lens: Lens) -> Standing {
        let found = self
            .positions(lens, |a, i| a == actor && i == issue)
            .into_values()
            .next();
        found.unwrap_or_else(|| self.nothing_said(actor, lens))
    }

    /// Returns the standing of an actor that no statement is about.
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

    /// Computes the standing that the same statements make on another day.
    pub fn standing_as_of(&self, issue: IssueId, standing: &Standing, lens: Lens) -> Standing {
        self.settled_again(issue, standing.footings.iter(), lens)
    }

    /// Computes the standing that these statements make without one of them.
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

    /// Returns whether an actor that does not speak for this one voiced the statement. It is then
    /// shown, but does not count.
    pub(crate) fn is_attributed(&self, stance: &Stance, actor: ActorId, made: Period) -> bool {
        stance
            .said_by()
            .is_some_and(|by| by != actor && !self.voices().speaks_for(by, actor, made))
    }

    /// Returns the part of a statement in the position of an actor that it is about, or that one of
    /// its actors speaks for. `None` if none of them speaks for it on any day on which the
    /// statement may have been made.
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

    /// Returns the part of a statement in the position of an actor that it is about.
    pub(super) fn own_footing(
        &self,
        id: StanceId,
        actor: ActorId,
        date: Option<Date>,
        day: Day,
    ) -> Option<Footing> {
        self.footing_through(id, (actor, actor), date, day)
    }

    /// Returns the part of a statement in the position of an actor that its actors speak for.
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

    /// Returns whether whoever voiced a statement speaks for its actor (`None` if on no day on which it
    /// may have been made), and the office through which it then counts for an actor. `None` if its
    /// actor does not speak for that one.
    pub(super) fn offices(
        &self,
        stance: &Stance,
        (actor, through): (ActorId, ActorId),
        made: Period,
    ) -> Option<(Option<Office>, Office)> {
        // First the relation of its actor to the one who voiced it, then the relations above its
        // actor.
        let own = match stance.said_by() {
            Some(by) if by != through => self.voices().office(by, through, made),
            _ => Some(Office::Held),
        };
        let above = if through == actor {
            Office::Held
        } else {
            self.voices().hat(through, actor, made)?
        };
        Some((own, own.unwrap_or(Office::Held).max(above)))
    }

    fn footing_through(
        &self,
        id: StanceId,
        (actor, through): (ActorId, ActorId),
        date: Option<Date>,
        day: Day,
    ) -> Option<Footing> {
        let (stance, period, made) = (&self[id], date.map(Date::period), made_on(date, day));
        let (own, office) = self.offices(stance, (actor, through), made)?;
        let lost_date =
            date.is_none() && self.has_lost_date(stance.date, stance.sources.as_slice());
        let fate = if self.is_withdrawn(stance.claim()) {
            Fate::Withdrawn
        } else if own.is_none() {
            Fate::Attributed
        } else if period.is_some_and(|period| period.from > day) {
            Fate::Later
        } else if !office.counts() {
            Fate::OtherOffice
        } else if stance.position.is_none() {
            Fate::SalienceOnly
        } else if stance.condition().is_some() {
            Fate::Offered
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

    /// Sorts statements and sets the status of each. Returns where they leave the actor, with its
    /// salience and power.
    pub(super) fn settled(&self, issue: IssueId, footings: &mut [Footing], lens: Lens) -> Settled {
        if footings.len() > 1 {
            // Newest first, undated last.
            let date = |footing: &Footing| footing.date.map(Date::period);
            footings.sort_by(|one, other| {
                date(other)
                    .cmp(&date(one))
                    .then_with(|| self.statement_order(one.stance, other.stance))
            });
        }
        let replacing = footings.iter().filter(|footing| {
            let stance = &self[footing.stance];
            footing.has_counted() && stance.position.is_some() && stance.condition().is_none()
        });
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
        self.end_offers(footings, newest, lens.day);
        if lens.min_sources > 0 {
            self.drop_weak_sides(issue, footings, lens.min_sources);
        }
        let salience = self.weight(footings, |stance, _| stance.salience());
        // The power of a speaker is not that of the actors it speaks for.
        let power = self.weight(footings, |stance, footing| {
            stance.power().filter(|_| footing.through == footing.actor)
        });
        if lens.offers == Offers::InPlace {
            put_in_place(footings);
        }
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

    /// Drops what too few independent sources say: of a position side by side, of offers each by
    /// itself.
    fn drop_weak_sides(&self, issue: IssueId, footings: &mut [Footing], least: usize) {
        let is_asked = |footing: &Footing| matches!(footing.fate, Fate::InForce | Fate::Offered);
        let asked: Vec<Footing> = footings
            .iter()
            .filter(|one| is_asked(one))
            .copied()
            .collect();
        let condition = |footing: &Footing| self[footing.stance].condition();
        let sources = |footing: &Footing| self.lending(self[footing.stance].sources.as_slice());
        for footing in footings.iter_mut().filter(|footing| is_asked(footing)) {
            let same = asked.iter().filter(|other| {
                condition(other) == condition(footing) && self.say_alike(issue, other, footing)
            });
            let together: Vec<SourceId> = same.flat_map(sources).collect();
            if self.roots(&together).len() < least {
                footing.fate = Fate::FewSources;
            }
        }
    }

    /// Returns the verdict of the statements in force. If they agree pair by pair, it is their
    /// weakest position, or the number if one gives a number.
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

    /// Returns the newest value that the statements give, such as a salience. Statements count if
    /// they are in force, or if they give only a salience and have not expired.
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

/// The result of settling statements.
pub(super) struct Settled {
    pub(super) verdict: Verdict,
    pub(super) salience: Option<f64>,
    pub(super) power: Option<f64>,
}

/// The error that the newest statements give different values.
struct Differ;

/// Returns the first day of the newest of these statements.
pub(crate) fn newest_start<'f>(footings: impl Iterator<Item = &'f Footing>) -> Option<Day> {
    let dates = footings.filter_map(|footing| footing.date);
    dates.map(|date| date.period().from).max()
}

/// Returns whether a newer statement replaces this one. A statement is newer if it starts after the
/// other ends. One without a date is older than all others, unless its date can't be read.
pub(crate) fn is_replaced(footing: &Footing, newest_start: Option<Day>) -> bool {
    match (footing.date, newest_start) {
        (Some(date), Some(newest)) => newest > date.period().to,
        (None, newest) => newest.is_some() && !footing.lost_date,
        (Some(_), None) => false,
    }
}
