//! A position: what an actor's statements come to, and what it weighs. Offers too.

use std::cell::RefCell;
use std::collections::{BTreeSet, HashMap};

use demarche::model::{Position, Stance};

use crate::rules::Asked;
use crate::rules::evidence::{admitted, e1_roots};
use crate::rules::records::{At, Graph, ids};
use crate::rules::select::{actors, cut};
use crate::rules::when::{t1_date, t1_newer, t4_cut};
use crate::rules::word::{Offices, Part, in_force, w1_for_its_own, w4_offices};

/// Where an actor stands on an issue.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Verdict {
    Unknown,
    /// A word, a number or `Mixed`.
    Stands(Position),
    Contested,
}

/// A side, for those who have one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Side {
    For,
    Neutral,
    Against,
}

/// What the contract says of one actor on one issue.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Standing {
    pub(crate) verdict: Verdict,
    /// The statements that make the position.
    pub(crate) statements: Vec<At>,
    pub(crate) sources: usize,
    /// None where it is unknown, or statements differ.
    pub(crate) salience: Option<f64>,
    pub(crate) power: Option<f64>,
    /// A statement that makes it counts only perhaps (W4).
    pub(crate) perhaps: bool,
    /// What it offers beside (O1): each as position and condition.
    pub(crate) offers: BTreeSet<String>,
}

/// A graph, asked: what the filters of evidence admit, who speaks for whom in it, and the question.
pub(crate) struct View<'a> {
    pub(crate) graph: Graph<'a>,
    pub(crate) offices: Offices,
    pub(crate) asked: Asked,
    /// The days up to the one asked for on which something changes, and that day.
    pub(crate) days: Vec<i64>,
    /// What was worked out already, by actor and issue: it is asked for again and again.
    standings: RefCell<HashMap<(String, String), Standing>>,
    pub(crate) left_out: RefCell<HashMap<(String, String), bool>>,
}

impl<'a> View<'a> {
    pub(crate) fn of(graph: &Graph<'a>, asked: &Asked) -> View<'a> {
        let graph = cut(t4_cut(admitted(graph, asked), asked), asked);
        let asked = &Asked {
            actors: actors(&graph, asked),
            ..asked.clone()
        };
        let mut days = graph.turning_days();
        days.retain(|day| *day < asked.day);
        days.push(asked.day);
        View {
            offices: w4_offices(&graph),
            graph,
            asked: asked.clone(),
            days,
            standings: RefCell::default(),
            left_out: RefCell::default(),
        }
    }

    /// How surely a statement is in force for an actor as of a day.
    pub(crate) fn counts(&self, stance: &Stance<'_>, whom: &str, day: i64) -> Part {
        in_force(
            &self.graph,
            &self.offices,
            stance,
            whom,
            day,
            self.asked.own,
        )
    }

    /// P1: "counts or has counted".
    fn has_counted(&self, stance: &Stance<'_>, whom: &str) -> bool {
        self.days
            .iter()
            .any(|day| self.counts(stance, whom, *day) != Part::None)
    }

    /// The statements on an issue.
    fn on(&self, issue: &str) -> Vec<&(At, Stance<'a>)> {
        self.graph
            .stances
            .iter()
            .filter(|(_, stance)| stance.issue == issue)
            .collect()
    }

    /// P1: "The position of an actor on an issue is what its statements say that no newer one replaces (`toward` does not split
    /// it). Only a statement that counts or has counted, has a position and no condition replaces others, and only those with
    /// a position." T2: "A statement that has ended, or counts no longer (W5), makes no position, and what it replaced does not
    /// revive; with no other in force the position is unknown."
    ///
    /// `--min-sources`: "Only what at least so many independent sources say", side by side.
    pub(crate) fn p1_makers(&self, whom: &str, issue: &str) -> Vec<&(At, Stance<'a>)> {
        // O2: "`--offers` puts an actor's offers in place of its position".
        if self.asked.offers {
            let offers = self.o1_offers(whom, issue);
            if !offers.is_empty() {
                return offers;
            }
        }
        self.p1_of_itself(whom, issue)
    }

    /// O1: "A statement with a `condition` is an *offer* … It ends with its `until`, or with a newer statement that counts for the
    /// actor and has a position and no condition, or one with the same condition as written. … Offers of speakers count as their
    /// statements do." `--min-sources`: what too few sources say of it, under the same condition, is left out.
    pub(crate) fn o1_offers(&self, whom: &str, issue: &str) -> Vec<&(At, Stance<'a>)> {
        let date = |stance: &Stance<'_>| t1_date(&self.graph, stance);
        let all = self.on(issue);
        let ends = |other: &Stance<'_>, offer: &Stance<'_>| {
            other.position.is_some()
                && (other.condition.is_none() || other.condition == offer.condition)
                && self.has_counted(other, whom)
                && t1_newer(date(other), date(offer))
        };
        let stands: Vec<_> = all
            .iter()
            .filter(|(_, offer)| {
                offer.condition.is_some()
                    && offer.position.is_some()
                    && self.counts(offer, whom, self.asked.day) != Part::None
                    && !all.iter().any(|(_, other)| ends(other, offer))
            })
            .copied()
            .collect();
        let say_the_same = |one: &Stance<'_>| -> Vec<_> {
            let alike = |other: &Stance<'_>| {
                let both = one.position.zip(other.position);
                other.condition == one.condition
                    && both.is_some_and(|(one, other)| self.p2_alike(one, other, issue))
            };
            let same = stands.iter().filter(|(_, other)| alike(other));
            same.copied().collect()
        };
        stands
            .iter()
            .filter(|(_, offer)| self.sources(&say_the_same(offer)) >= self.asked.min_sources)
            .copied()
            .collect()
    }

    fn p1_of_itself(&self, whom: &str, issue: &str) -> Vec<&(At, Stance<'a>)> {
        let makers = self.p1_in_force(whom, issue);
        let say_the_same = |one: &Stance<'_>| -> Vec<_> {
            let alike = |other: &Stance<'_>| {
                let both = one.position.zip(other.position);
                both.is_some_and(|(one, other)| self.p2_alike(one, other, issue))
            };
            makers
                .iter()
                .filter(|(_, other)| alike(other))
                .copied()
                .collect()
        };
        makers
            .iter()
            .filter(|(_, stance)| self.sources(&say_the_same(stance)) >= self.asked.min_sources)
            .copied()
            .collect()
    }

    fn p1_in_force(&self, whom: &str, issue: &str) -> Vec<&(At, Stance<'a>)> {
        let replaces: Vec<&Stance<'a>> = self
            .on(issue)
            .into_iter()
            .map(|(_, stance)| stance)
            .filter(|stance| stance.position.is_some() && stance.condition.is_none())
            .filter(|stance| self.has_counted(stance, whom))
            .collect();
        let date = |stance: &Stance<'_>| t1_date(&self.graph, stance);
        self.on(issue)
            .into_iter()
            .filter(|(_, stance)| {
                stance.position.is_some()
                    && stance.condition.is_none()
                    && self.counts(stance, whom, self.asked.day) != Part::None
                    && !replaces
                        .iter()
                        .any(|other| t1_newer(date(other), date(stance)))
            })
            .collect()
    }

    pub(crate) fn standing(&self, whom: &str, issue: &str) -> Standing {
        let key = (whom.to_owned(), issue.to_owned());
        let known = self.standings.borrow().get(&key).cloned();
        known.unwrap_or_else(|| {
            let standing = self.worked_out(whom, issue);
            self.standings.borrow_mut().insert(key, standing.clone());
            standing
        })
    }

    fn worked_out(&self, whom: &str, issue: &str) -> Standing {
        let makers = self.p1_makers(whom, issue);
        let positions: Vec<Position> = makers
            .iter()
            .filter_map(|(_, stance)| stance.position)
            .collect();
        let sources = self.sources(&makers);
        // O2: "weights stay those of P4".
        let weighing = self.p1_of_itself(whom, issue);
        let offers = match self.asked.offers {
            true => Vec::new(),
            false => self.o1_offers(whom, issue),
        };
        let mut standing = Standing {
            verdict: self.p2_verdict(&positions, issue),
            statements: makers.iter().map(|(at, _)| *at).collect(),
            sources,
            salience: self.p4_salience(whom, issue, &weighing),
            power: self.p4_power(whom, issue, &weighing),
            perhaps: makers
                .iter()
                .any(|(_, stance)| self.counts(stance, whom, self.asked.day) == Part::Some),
            offers: offers
                .iter()
                .filter_map(|(_, offer)| {
                    let condition = offer.condition.as_deref()?;
                    Some(format!(
                        "{} {condition}",
                        crate::compare::words(offer.position?)
                    ))
                })
                .collect(),
        };
        standing.statements.sort_unstable();
        standing
    }

    /// E1: how many independent sources these statements have.
    fn sources(&self, statements: &[&(At, Stance<'a>)]) -> usize {
        e1_roots(
            &self.graph,
            statements
                .iter()
                .flat_map(|(_, stance)| ids(&stance.source)),
        )
        .len()
    }

    /// The score of a position, -1 to 1; none of `Mixed`.
    pub(crate) fn score(&self, position: Position, issue: &str) -> Option<f64> {
        let issue = &self.graph.issues[issue];
        let plain = if issue.levels.unwrap_or(5) == 5 {
            0.5
        } else {
            1.0
        };
        match position {
            Position::StronglySupports => Some(1.0),
            Position::Supports => Some(plain),
            Position::Neutral => Some(0.0),
            Position::Opposes => Some(-plain),
            Position::StronglyOpposes => Some(-1.0),
            Position::Mixed => None,
            // "`At(x)` maps the scale's ends to -1 and 1."
            Position::At(x) => issue
                .scale
                .as_ref()
                .map(|scale| 2.0 * (x - scale.from) / (scale.to - scale.from) - 1.0),
        }
    }

    /// P2: "Sides are *for*, *neutral* and *against*; a number is in the half of its score's sign, and 0 is neutral".
    pub(crate) fn p2_side(&self, position: Position, issue: &str) -> Option<Side> {
        let score = self.score(position, issue)?;
        Some(if score > 0.0 {
            Side::For
        } else if score < 0.0 {
            Side::Against
        } else {
            Side::Neutral
        })
    }

    /// P2: "`Mixed` is alike with `Mixed` only. Two words are alike if they are on one side, two numbers if they are equal, a
    /// number and a word if the number lies in the word's half".
    pub(crate) fn p2_alike(&self, one: Position, other: Position, issue: &str) -> bool {
        match (one, other) {
            (Position::Mixed, Position::Mixed) => true,
            (Position::Mixed, _) | (_, Position::Mixed) => false,
            (Position::At(one), Position::At(other)) => one == other,
            _ => self.p2_side(one, issue) == self.p2_side(other, issue),
        }
    }

    /// P2: "All alike, pair by pair: that side, the weaker strength. … where all are alike and one is a number, the position is the
    /// number." P3: "Else *contested* … None: *unknown*".
    fn p2_verdict(&self, positions: &[Position], issue: &str) -> Verdict {
        let alike = |one: Position, other: Position| self.p2_alike(one, other, issue);
        if positions.is_empty() {
            return Verdict::Unknown;
        }
        if !positions
            .iter()
            .all(|one| positions.iter().all(|other| alike(*one, *other)))
        {
            return Verdict::Contested;
        }
        let number = positions
            .iter()
            .find(|position| matches!(position, Position::At(_)));
        let weakest = positions.iter().min_by(|one, other| {
            let strength =
                |position: Position| self.score(position, issue).unwrap_or_default().abs();
            strength(**one).total_cmp(&strength(**other))
        });
        number
            .or(weakest)
            .map_or(Verdict::Unknown, |position| Verdict::Stands(*position))
    }

    /// P4: "Salience comes of the statements that make the position and of those in force that give a salience only".
    fn p4_weighed(
        &self,
        whom: &str,
        issue: &str,
        makers: &[&(At, Stance<'a>)],
    ) -> Vec<&(At, Stance<'a>)> {
        let only = |stance: &Stance<'_>| {
            stance.position.is_none() && self.counts(stance, whom, self.asked.day) != Part::None
        };
        let made: BTreeSet<At> = makers.iter().map(|(at, _)| *at).collect();
        self.on(issue)
            .into_iter()
            .filter(|(at, stance)| made.contains(at) || only(stance))
            .collect()
    }

    /// P4: "of these, the newest that give one. If they differ, it is unknown."
    fn newest(&self, given: &[(&Stance<'a>, f64)]) -> Given {
        let date = |stance: &Stance<'_>| t1_date(&self.graph, stance);
        let newest: Vec<f64> = given
            .iter()
            .filter(|(stance, _)| {
                !given
                    .iter()
                    .any(|(other, _)| t1_newer(date(other), date(stance)))
            })
            .map(|(_, value)| *value)
            .collect();
        match newest.first() {
            None => Given::Nowhere,
            Some(first) if newest.iter().all(|value| value == first) => Given::Is(*first),
            Some(_) => Given::Differs,
        }
    }

    fn p4_salience(&self, whom: &str, issue: &str, makers: &[&(At, Stance<'a>)]) -> Option<f64> {
        let weighed = self.p4_weighed(whom, issue, makers);
        let given: Vec<_> = weighed
            .iter()
            .filter_map(|(_, stance)| Some((stance, stance.salience?)))
            .collect();
        match self.newest(&given) {
            Given::Is(salience) => Some(salience),
            Given::Nowhere | Given::Differs => None,
        }
    }

    /// P4: "Power likewise; if none gives any, the actor's own; if they differ, unknown, not the actor's own. … a speaker's
    /// `power`, on its own stance too, is never that of whom it speaks for."
    fn p4_power(&self, whom: &str, issue: &str, makers: &[&(At, Stance<'a>)]) -> Option<f64> {
        let its_own = |stance: &Stance<'_>| {
            let days = crate::rules::when::days_made(&self.graph, stance, self.asked.day);
            ids(&stance.actor).contains(&whom)
                && w1_for_its_own(&self.offices, stance, whom, &days, self.asked.own) != Part::None
        };
        let weighed = self.p4_weighed(whom, issue, makers);
        let given: Vec<_> = weighed
            .iter()
            .filter(|(_, stance)| its_own(stance))
            .filter_map(|(_, stance)| Some((stance, stance.power?)))
            .collect();
        match self.newest(&given) {
            Given::Is(power) => Some(power),
            Given::Nowhere => self.graph.actors[whom].power,
            Given::Differs => None,
        }
    }
}

enum Given {
    Nowhere,
    Is(f64),
    Differs,
}
