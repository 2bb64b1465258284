//! Offers: positions that an actor would take if something happened first. They are shown beside
//! its position, and make, contest and replace none.

use crate::graph::position::is_replaced;
use crate::graph::{Entity, Fate, Footing, Graph, Standing, newest_start};
use crate::model::{Day, Position};

/// What an actor would do if something happened first.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Offer {
    /// The position that it would take.
    pub position: Position,
    /// What has to happen first, as written.
    pub condition: String,
    /// The actors and issues that this depends on.
    pub depends_on: Vec<Entity>,
}

/// What offers do to positions.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Offers {
    /// They are shown beside them.
    #[default]
    Beside,
    /// They stand in their place.
    InPlace,
}

impl Offer {
    /// Returns the offer in words: `would support if the US joins`.
    pub fn words(&self) -> String {
        self.position.would(&self.condition)
    }
}

impl Standing {
    /// Iterates over the offers that stand, newest first. Empty where they stand in place of the
    /// position.
    pub fn offered(&self) -> impl Iterator<Item = &Footing> {
        self.footings
            .iter()
            .filter(|footing| footing.fate == Fate::Offered)
    }
}

impl Graph {
    /// Returns the offers that stand among these statements, newest first; those with the same
    /// position and condition once.
    pub fn offers(&self, footings: &[Footing]) -> Vec<Offer> {
        let is_offered = |footing: &&Footing| footing.fate == Fate::Offered;
        self.offers_among(footings.iter().filter(is_offered))
    }

    /// Returns the offers that make a position, as was asked for.
    pub fn offers_in_place(&self, standing: &Standing) -> Vec<Offer> {
        self.offers_among(standing.in_force())
    }

    fn offers_among<'f>(&self, footings: impl Iterator<Item = &'f Footing>) -> Vec<Offer> {
        let mut offers: Vec<Offer> = Vec::new();
        for footing in footings {
            let stance = &self[footing.stance];
            let Some((position, condition)) = stance.position.zip(stance.condition()) else {
                continue;
            };
            let same = offers
                .iter_mut()
                .find(|offer| offer.position == position && offer.condition == condition);
            match same {
                Some(offer) => {
                    let more = stance.depends_on().iter();
                    let more: Vec<Entity> = more
                        .filter(|one| !offer.depends_on.contains(one))
                        .copied()
                        .collect();
                    offer.depends_on.extend(more);
                }
                None => offers.push(Offer {
                    position,
                    condition: condition.to_owned(),
                    depends_on: stance.depends_on().to_vec(),
                }),
            }
        }
        offers
    }

    /// Ends the offers that are over by a day: by their `until`, by a newer position, whose first
    /// day is `newest`, or by a newer offer with the same condition.
    pub(super) fn end_offers(&self, footings: &mut [Footing], newest: Option<Day>, day: Day) {
        let condition = |footing: &Footing| self[footing.stance].condition();
        let is_over = |footing: &Footing| {
            let again = footings
                .iter()
                .filter(|other| other.has_counted() && condition(other) == condition(footing));
            let until = self[footing.stance].until();
            is_replaced(footing, newest)
                || is_replaced(footing, newest_start(again))
                || until.is_some_and(|until| until.period().to < day)
        };
        let offered = footings.iter().enumerate();
        let over: Vec<usize> = offered
            .filter(|(_, footing)| footing.fate == Fate::Offered && is_over(footing))
            .map(|(nth, _)| nth)
            .collect();
        for nth in over {
            footings[nth].fate = Fate::OfferEnded;
        }
    }
}

/// Puts the offers that stand in place of the statements in force.
pub(super) fn put_in_place(footings: &mut [Footing]) {
    if !footings.iter().any(|footing| footing.fate == Fate::Offered) {
        return;
    }
    for footing in footings {
        if footing.fate == Fate::InForce {
            footing.fate = Fate::SetAside;
        } else if footing.fate == Fate::Offered {
            footing.fate = Fate::InForce;
        }
    }
}
