//! Where actors stand: the position of an actor on an issue at a date, out of its statements and those of who speaks for
//! it, and each statement's part in that. Unknown, neutral, mixed and contested are four different things.

use std::collections::BTreeMap;

use crate::graph::{ActorId, Graph, IssueId, SourceId, Stance, StanceId};
use crate::model::{Date, Day, Position};

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
    /// Its own only.
    Own,
}

/// The part of the range of positions that one is on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Side {
    /// A score above 0.
    Supports,
    /// A score of 0.
    Neutral,
    /// A score below 0.
    Opposes,
    /// The actor itself says both.
    Mixed,
    /// A number on a scale: neither for nor against, whichever half it lies in.
    Number,
}

/// What becomes of a statement in a position.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Fate {
    /// It makes the position.
    InForce,
    /// A newer statement replaces it.
    Replaced,
    /// Its `until` is over.
    Expired,
    /// It was made after the day asked for.
    Later,
    /// Somebody else said it who does not speak for the actor: shown, not counted.
    Attributed,
    /// It tells how much the issue matters, not where the actor stands.
    SalienceOnly,
    /// Too few independent sources say so.
    FewSources,
}

/// A statement and its part in the position of one actor on one issue.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Footing {
    /// The statement.
    pub stance: StanceId,
    /// Whose position the statement is about: the actor itself, or who speaks for it.
    pub through: ActorId,
    /// Its date: its own, else its earliest source's.
    pub date: Option<Date>,
    /// What becomes of it.
    pub fate: Fate,
    /// Whether its date leaves open if it was made by the day asked for.
    pub possibly_later: bool,
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

/// The position of one actor on one issue, and all that it rests on.
#[derive(Clone, Debug, PartialEq)]
pub struct Standing {
    /// Where it stands.
    pub verdict: Verdict,
    /// Its statements, newest first.
    pub footings: Vec<Footing>,
    /// The day as of which that is told.
    pub day: Day,
    /// How much the issue matters to it, 0 to 1, by the newest statement that says so; none where unknown or contested.
    pub salience: Option<f64>,
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
    /// The score of a position on an issue, −1 to 1; none for `Mixed`, and for a number where the issue has no scale.
    pub fn score(&self, issue: IssueId, position: Position) -> Option<f64> {
        let issue = &self.issues[issue.index()];
        let weak = if issue.levels == 5 { 0.5 } else { 1.0 };
        match position {
            Position::StronglySupports => Some(1.0),
            Position::Supports => Some(weak),
            Position::Neutral => Some(0.0),
            Position::Opposes => Some(-weak),
            Position::StronglyOpposes => Some(-1.0),
            Position::Mixed => None,
            Position::At(x) => issue
                .scale
                .map(|(from, to)| (2.0 * (x - from) / (to - from) - 1.0).clamp(-1.0, 1.0)),
        }
    }

    /// The side that a position is on.
    pub fn side(&self, issue: IssueId, position: Position) -> Side {
        if matches!(position, Position::At(_)) {
            return Side::Number;
        }
        match self.score(issue, position) {
            None => Side::Mixed,
            Some(score) if score > 0.0 => Side::Supports,
            Some(score) if score < 0.0 => Side::Opposes,
            Some(_) => Side::Neutral,
        }
    }

    /// Whether two positions on an issue come to the same: the same side, or the same number. A number and a word do if
    /// the word's place on the scale is in the same half.
    pub fn alike(&self, issue: IssueId, one: Position, other: Position) -> bool {
        let half = |position| {
            self.score(issue, position)
                .map(|score| score.partial_cmp(&0.0))
        };
        match (one, other) {
            (Position::At(a), Position::At(b)) => a == b,
            (Position::At(_), _) | (_, Position::At(_)) => half(one) == half(other),
            _ => self.side(issue, one) == self.side(issue, other),
        }
    }

    /// Whether two statements on an issue both name a position, and these come to the same.
    pub(crate) fn say_alike(&self, issue: IssueId, one: &Footing, other: &Footing) -> bool {
        let said = |footing: &Footing| self.stances[footing.stance.index()].position;
        said(one)
            .zip(said(other))
            .is_some_and(|(one, other)| self.alike(issue, one, other))
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
        found.unwrap_or(Standing {
            verdict: Verdict::Unknown,
            footings: Vec::new(),
            day: lens.day,
            salience: None,
        })
    }

    /// The same statements as of another day.
    pub fn standing_as_of(&self, issue: IssueId, standing: &Standing, lens: Lens) -> Standing {
        let again = |footing: &Footing| {
            self.footing(footing.stance, footing.through, footing.date, lens.day)
        };
        self.standing(issue, standing.footings.iter().map(again).collect(), lens)
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
        let again = |footing: &Footing| {
            self.footing(footing.stance, footing.through, footing.date, lens.day)
        };
        self.standing(issue, others.map(again).collect(), lens)
    }

    /// Whether somebody said a statement of an actor for which it does not speak: that is shown, and not counted.
    pub(crate) fn is_attributed(
        &self,
        stance: &Stance,
        actor: ActorId,
        date: Option<Date>,
    ) -> bool {
        stance
            .said_by()
            .is_some_and(|by| by != actor && !self.voices().speaks_for(by, actor, date))
    }

    pub(super) fn footing(
        &self,
        id: StanceId,
        through: ActorId,
        date: Option<Date>,
        day: Day,
    ) -> Footing {
        let stance = &self.stances[id.index()];
        let period = date.map(Date::period);
        let fate = match () {
            () if self.is_attributed(stance, through, date) => Fate::Attributed,
            () if period.is_some_and(|period| period.from > day) => Fate::Later,
            () if stance.position.is_none() => Fate::SalienceOnly,
            () => Fate::InForce,
        };
        Footing {
            stance: id,
            through,
            date,
            fate,
            possibly_later: period.is_some_and(|period| period.to > day),
        }
    }

    fn standing(&self, issue: IssueId, mut footings: Vec<Footing>, lens: Lens) -> Standing {
        let (verdict, salience) = self.settled(issue, &mut footings, lens);
        Standing {
            day: lens.day,
            verdict,
            salience,
            footings,
        }
    }

    /// Sorts statements, settles which are in force, and says where that leaves the actor, and how much it cares.
    pub(super) fn settled(
        &self,
        issue: IssueId,
        footings: &mut [Footing],
        lens: Lens,
    ) -> (Verdict, Option<f64>) {
        if footings.len() > 1 {
            footings.sort_by_key(|footing| {
                (
                    footing.date.map(|date| std::cmp::Reverse(date.period())),
                    footing.stance,
                )
            });
            footings.sort_by_key(|footing| footing.date.is_none());
        }
        let newest = newest_start(footings, Fate::InForce);
        for footing in footings
            .iter_mut()
            .filter(|footing| footing.fate == Fate::InForce)
        {
            let until = self.stances[footing.stance.index()].until();
            if is_replaced(footing, newest) {
                footing.fate = Fate::Replaced;
            } else if until.is_some_and(|until| until.period().to < lens.day) {
                footing.fate = Fate::Expired;
            }
        }
        if lens.min_sources > 0 {
            self.drop_weak_sides(issue, footings, lens.min_sources);
        }
        (
            self.verdict(issue, footings),
            self.newest_salience(footings),
        )
    }

    /// Leaves out what too few independent sources say, side by side.
    fn drop_weak_sides(&self, issue: IssueId, footings: &mut [Footing], least: usize) {
        let in_force: Vec<Footing> = footings
            .iter()
            .filter(|footing| footing.fate == Fate::InForce)
            .copied()
            .collect();
        let sources = |footing: &Footing| self.stances[footing.stance.index()].sources.as_slice();
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

    fn verdict(&self, issue: IssueId, footings: &[Footing]) -> Verdict {
        let in_force = footings
            .iter()
            .filter(|footing| footing.fate == Fate::InForce);
        let mut positions =
            in_force.filter_map(|footing| self.stances[footing.stance.index()].position);
        let Some(mut weakest) = positions.next() else {
            return Verdict::Unknown;
        };
        for position in positions {
            if !self.alike(issue, weakest, position) {
                return Verdict::Contested;
            }
            let strength = |position| self.score(issue, position).map_or(0.0, f64::abs);
            if strength(position) < strength(weakest) {
                weakest = position;
            }
        }
        Verdict::Stands(weakest)
    }

    fn newest_salience(&self, footings: &[Footing]) -> Option<f64> {
        let of = |footing: &Footing| self.stances[footing.stance.index()].salience();
        let said: Vec<Footing> = footings
            .iter()
            .filter(|footing| {
                !matches!(footing.fate, Fate::Attributed | Fate::Later | Fate::Expired)
                    && of(footing).is_some()
            })
            .copied()
            .collect();
        let newest = said
            .iter()
            .filter_map(|footing| footing.date)
            .map(|date| date.period().from)
            .max();
        let mut in_force = said
            .iter()
            .filter(|footing| !is_replaced(footing, newest))
            .filter_map(of);
        let first = in_force.next()?;
        in_force.all(|other| other == first).then_some(first)
    }
}

fn newest_start(footings: &[Footing], fate: Fate) -> Option<Day> {
    let dates = footings
        .iter()
        .filter(|footing| footing.fate == fate)
        .filter_map(|footing| footing.date);
    dates.map(|date| date.period().from).max()
}

/// One statement is newer than another only if it starts after the other ends; a statement without date is older than all.
fn is_replaced(footing: &Footing, newest_start: Option<Day>) -> bool {
    match (footing.date, newest_start) {
        (Some(date), Some(newest)) => newest > date.period().to,
        (None, newest) => newest.is_some(),
        (Some(_), None) => false,
    }
}
