//! Forecasts of a contested issue from the positions on its scale, how much it matters to each
//! actor (salience) and how much each weighs (power): five rules side by side, and how far each
//! forecast moves if an input is different.

use std::cmp::Ordering;

/// One participant.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Stake {
    /// Its position on the scale.
    pub position: f64,
    /// How much the issue matters to it, from 0 up.
    pub salience: f64,
    /// How much it weighs, from 0 up.
    pub power: f64,
}

/// A forecasting rule; c is power, s salience and x position.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Rule {
    /// Σ c·s·x / Σ c·s: the mean of positions, weighted by power and salience (Van den Bos 1991).
    Compromise,
    /// The first x at which the cumulative c·s reaches half of the total (Black 1948, weighted).
    Median,
    /// Σ x / n.
    Mean,
    /// Σ c·x / Σ c.
    PowerMean,
    /// The position that beats all others in votes weighted by c·s, each stake voting for the
    /// nearer one; `None` if two tie ([`tied`]).
    Condorcet,
}

impl Rule {
    /// All rules, in display order.
    pub const ALL: [Rule; 5] = [
        Rule::Compromise,
        Rule::Median,
        Rule::Mean,
        Rule::PowerMean,
        Rule::Condorcet,
    ];
}

/// Returns the forecast of a rule, or `None` if there is none: nobody takes part, or all weights
/// are 0. Stakes with a number that is not finite, or a negative weight, are left out.
pub fn forecast(rule: Rule, stakes: &[Stake]) -> Option<f64> {
    match rule {
        Rule::Compromise | Rule::Mean | Rule::PowerMean => {
            let sound = stakes.iter().filter(is_sound);
            mean(sound.map(|stake| (stake.position, weight(rule, stake))))
        }
        // Preferences for the nearer of two positions are single-peaked, so the weighted median
        // beats all others (Black 1948).
        Rule::Median => Some(weighed(stakes)?.0),
        Rule::Condorcet => {
            let (winner, tie) = weighed(stakes)?;
            tie.is_none().then_some(winner)
        }
    }
}

/// Returns the weight that a rule gives to a stake.
fn weight(rule: Rule, stake: &Stake) -> f64 {
    match rule {
        Rule::Mean => 1.0,
        Rule::PowerMean => stake.power,
        Rule::Compromise | Rule::Median | Rule::Condorcet => stake.power * stake.salience,
    }
}

/// Returns the index of the only stake that has weight by a rule: without it, nothing is left to
/// forecast from. `None` if several have weight, or none.
#[doc(hidden)]
pub fn needed(rule: Rule, stakes: &[Stake]) -> Option<usize> {
    let has_weight = |stake: &&Stake| is_sound(stake) && weight(rule, stake) > 0.0;
    let mut weighed = (0..stakes.len()).filter(|nth| has_weight(&&stakes[*nth]));
    let only = weighed.next()?;
    weighed.next().is_none().then_some(only)
}

/// Returns the two positions that tie with each other and that no other beats, or `None` if there
/// is a Condorcet winner.
#[doc(hidden)]
pub fn tied(stakes: &[Stake]) -> Option<(f64, f64)> {
    let (low, high) = weighed(stakes)?;
    Some((low, high?))
}

/// Returns the first position at which the cumulative weight reaches half of the total, plus the
/// next one if it is exactly half.
fn weighed(stakes: &[Stake]) -> Option<(f64, Option<f64>)> {
    let weights = stakes
        .iter()
        .filter(is_sound)
        .map(|stake| (stake.position, weight(Rule::Median, stake)));
    median(weights.collect())
}

fn is_sound(stake: &&Stake) -> bool {
    stake.position.is_finite()
        && [stake.salience, stake.power]
            .iter()
            .all(|weight| weight.is_finite() && *weight >= 0.0)
}

/// Returns the weighted mean, clamped to the range of the values against rounding.
fn mean(values: impl Iterator<Item = (f64, f64)>) -> Option<f64> {
    let values: Vec<(f64, f64)> = values.filter(|(_, weight)| *weight > 0.0).collect();
    // Divide by the greatest weight so that sums of large weights stay finite.
    let greatest = values.iter().map(|(_, weight)| *weight).reduce(f64::max)?;
    let all: f64 = values.iter().map(|(_, weight)| weight / greatest).sum();
    let mean = values
        .iter()
        .map(|(value, weight)| value * (weight / greatest / all))
        .sum::<f64>();
    let low = values.iter().map(|(value, _)| *value).reduce(f64::min)?;
    let high = values.iter().map(|(value, _)| *value).reduce(f64::max)?;
    Some(mean.clamp(low, high))
}

/// Merges the weights of equal values, sorted by value, without zero weights.
fn merged(mut values: Vec<(f64, f64)>) -> Vec<(f64, f64)> {
    values.retain(|(_, weight)| *weight > 0.0);
    values.sort_by(|a, b| a.0.total_cmp(&b.0));
    values.dedup_by(|next, kept| {
        let same = next.0 == kept.0;
        if same {
            kept.1 += next.1;
        }
        same
    });
    values
}

/// Weights that differ by less than this fraction of the total count as equal.
const ROUNDING: f64 = 1e-12;

fn median(values: Vec<(f64, f64)>) -> Option<(f64, Option<f64>)> {
    let values = merged(values);
    let all: f64 = values.iter().map(|(_, weight)| weight).sum();
    let mut reached = 0.0;
    let half = values.iter().position(|(_, weight)| {
        reached += weight;
        reached >= all * (0.5 - ROUNDING)
    })?;
    let next = values.get(half + 1).map(|(value, _)| *value);
    Some((
        values[half].0,
        next.filter(|_| reached <= all * (0.5 + ROUNDING)),
    ))
}

/// The range over which a forecast moves.
#[doc(hidden)]
#[derive(Clone, Debug, PartialEq)]
pub struct Range {
    /// The lowest forecast, and the indices of all stakes that lead to it.
    pub low: (f64, Vec<usize>),
    /// The highest forecast, and the indices of all stakes that lead to it.
    pub high: (f64, Vec<usize>),
    /// The stakes whose change leaves the rule without a forecast.
    pub silent: Vec<usize>,
}

/// Returns whether two forecasts are equal up to rounding.
#[doc(hidden)]
pub fn is_equal(one: f64, other: f64) -> bool {
    (one - other).abs() <= ROUNDING * one.abs().max(other.abs()).max(1.0)
}

/// A change to one stake.
#[doc(hidden)]
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Change {
    /// It is left out.
    LeftOut,
    /// It moves this far to either side, within these ends of the scale.
    Moved(f64, (f64, f64)),
    /// Its salience is doubled.
    Doubled,
}

/// Returns the range over which a forecast moves if each stake in turn is changed, or `None` if the
/// rule gives no forecast. The range includes the unchanged forecast, listed without stakes. If
/// every stake is in `silent`, no change leaves a forecast and the range means nothing.
#[doc(hidden)]
pub fn sensitivity(rule: Rule, stakes: &[Stake], change: Change) -> Option<Range> {
    let now = forecast(rule, stakes)?;
    let mut range = Range {
        low: (now, Vec::new()),
        high: (now, Vec::new()),
        silent: Vec::new(),
    };
    for nth in 0..stakes.len() {
        for value in where_changed(rule, stakes, nth, change) {
            let Some(value) = value else {
                range.silent.push(nth);
                continue;
            };
            reach(&mut range.low, Ordering::Less, (nth, value), now);
            reach(&mut range.high, Ordering::Greater, (nth, value), now);
        }
    }
    Some(range)
}

/// Extends an end of a range, or adds another stake that leads to it.
fn reach(end: &mut (f64, Vec<usize>), outward: Ordering, (nth, value): (usize, f64), now: f64) {
    if is_equal(value, end.0) {
        if !is_equal(value, now) && !end.1.contains(&nth) {
            end.1.push(nth);
        }
    } else if value.total_cmp(&end.0) == outward {
        *end = (value, vec![nth]);
    }
}

/// Returns the forecasts with one stake changed: one, or two (lower and higher side) if it is
/// moved.
#[doc(hidden)]
pub fn where_changed(rule: Rule, stakes: &[Stake], nth: usize, change: Change) -> Vec<Option<f64>> {
    let with = |changed: Option<Stake>| {
        let mut stakes = stakes.to_vec();
        match changed {
            Some(stake) => stakes[nth] = stake,
            None => _ = stakes.remove(nth),
        }
        forecast(rule, &stakes)
    };
    changed(stakes[nth], change).into_iter().map(with).collect()
}

fn changed(stake: Stake, change: Change) -> Vec<Option<Stake>> {
    match change {
        Change::LeftOut => vec![None],
        Change::Doubled => vec![Some(Stake {
            salience: 2.0 * stake.salience,
            ..stake
        })],
        Change::Moved(step, (low, high)) => {
            let to = [stake.position - step, stake.position + step];
            to.map(|position| {
                Some(Stake {
                    position: position.max(low).min(high),
                    ..stake
                })
            })
            .to_vec()
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn stakes() -> impl Strategy<Value = Vec<Stake>> {
        let stake = (-5.0..5.0, 0.0..1.0, 0.0..9.0);
        prop::collection::vec(
            stake.prop_map(|(position, salience, power)| Stake {
                position,
                salience,
                power,
            }),
            0..12,
        )
    }

    /// Evaluates a vote between two positions as defined.
    fn beats(stakes: &[Stake], one: f64, other: f64) -> bool {
        let vote = |stake: &Stake| match (stake.position - one)
            .abs()
            .total_cmp(&(stake.position - other).abs())
        {
            std::cmp::Ordering::Less => stake.power * stake.salience,
            std::cmp::Ordering::Equal => 0.0,
            std::cmp::Ordering::Greater => -stake.power * stake.salience,
        };
        stakes.iter().map(vote).sum::<f64>() > 1e-9
    }

    proptest! {
        #[test]
        fn rules_keep_what_they_promise(stakes in stakes(), turn in 0_usize..12) {
            let (low, high) = stakes.iter().fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), stake| {
                (low.min(stake.position), high.max(stake.position))
            });
            let doubled: Vec<Stake> = stakes.iter().map(|stake| Stake { power: 2.0 * stake.power, ..*stake }).collect();
            let mut turned = stakes.clone();
            turned.rotate_left(turn % stakes.len().max(1));
            for rule in Rule::ALL {
                let Some(value) = forecast(rule, &stakes) else { continue };
                prop_assert!(low <= value && value <= high);
                prop_assert!((forecast(rule, &doubled).unwrap() - value).abs() < 1e-9);
                prop_assert!((forecast(rule, &turned).unwrap() - value).abs() < 1e-9);
                for change in [Change::LeftOut, Change::Moved(1.0, (-5.0, 5.0)), Change::Doubled] {
                    let range = sensitivity(rule, &stakes, change).unwrap();
                    prop_assert!(range.low.0 <= value && value <= range.high.0);
                }
            }
            if let Some(winner) = forecast(Rule::Condorcet, &stakes) {
                prop_assert!(stakes.iter().all(|other| !beats(&stakes, other.position, winner)));
            }
        }
    }

    #[test]
    fn nothing_to_say() {
        let idle = Stake {
            position: 1.0,
            salience: 0.0,
            power: 1.0,
        };
        for rule in Rule::ALL {
            assert_eq!(forecast(rule, &[]), None);
            assert_eq!(
                forecast(
                    rule,
                    &[
                        Stake {
                            power: -1.0,
                            ..idle
                        },
                        Stake {
                            position: f64::NAN,
                            ..idle
                        }
                    ]
                ),
                None
            );
            assert_eq!(
                forecast(
                    rule,
                    &[Stake {
                        salience: 1.0,
                        ..idle
                    }]
                ),
                Some(1.0)
            );
        }
        assert_eq!(forecast(Rule::Compromise, &[idle]), None);
        assert_eq!(
            sensitivity(Rule::Compromise, &[idle], Change::LeftOut),
            None
        );
    }
}
