//! Camps: communities, found by modularity, of the positive part of *subtract*; what holds each
//! together, where its members differ, and how much of it depends on single statements.

use crate::measure::agreement::{Measure, Normalise, Pair, Row as Agreement, Tally, part};
use crate::measure::modularity::{self, Row, Weighted};
use crate::spread::spread;

/// A division of actors into camps.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Division {
    /// The camp of each actor; `None` for an actor that stands alone.
    pub of: Vec<Option<usize>>,
    /// The members of each camp, at least two; the largest camp comes first.
    pub camps: Vec<Vec<usize>>,
    /// Modularity, −½ to 1: how much more agreement is inside camps than if it were distributed at
    /// random.
    pub modularity: f64,
}

/// Up to this many actors, camps are sought in several seeded orders; beyond, in one.
pub(crate) const FEW: usize = 300;

/// Builds the graph of actors that agree: every two for whom the measure, such as *subtract*, is
/// above 0, with that as weight.
pub fn agreeing(tally: &Tally, measure: Measure) -> Weighted {
    let actors = tally.actors();
    let rows = spread(
        actors,
        actors,
        || Agreement::new(actors),
        |measured, actor| {
            measured.fill(tally, actor, actors, measure, Normalise::None);
            above_zero(&measured.pairs)
        },
    );
    Weighted::of(rows, vec![0.0; actors])
}

/// Returns the actors for whom the measure is above 0. Each is written, but the index advances only
/// for those to keep: a branch would be mispredicted too often.
fn above_zero(pairs: &[Pair]) -> Row {
    let count = pairs.iter().filter(|pair| pair.value > 0.0).count();
    let mut row = Row {
        to: vec![0; count + 1],
        weight: vec![0.0; count + 1],
    };
    let mut at = 0;
    for (other, pair) in pairs.iter().enumerate() {
        (row.to[at], row.weight[at]) = (other as u32, pair.value);
        at += usize::from(pair.value > 0.0);
    }
    row.to.truncate(count);
    row.weight.truncate(count);
    row
}

/// Divides actors into camps by their agreement.
pub fn divide(graph: &Weighted) -> Division {
    named(
        graph,
        &modularity::communities(graph, if graph.nodes() <= FEW { 10 } else { 1 }),
    )
}

/// Makes communities a division: the largest camp comes first, and actors alone are in no camp.
pub(crate) fn named(graph: &Weighted, communities: &[usize]) -> Division {
    let mut camps: Vec<Vec<usize>> =
        vec![Vec::new(); communities.iter().max().map_or(0, |last| last + 1)];
    for (actor, camp) in communities.iter().enumerate() {
        camps[*camp].push(actor);
    }
    camps.retain(|members| members.len() > 1);
    camps.sort_by_key(|members| (usize::MAX - members.len(), members[0]));
    let mut of = vec![None; communities.len()];
    for (camp, members) in camps.iter().enumerate() {
        for member in members {
            of[*member] = Some(camp);
        }
    }
    Division {
        of,
        camps,
        modularity: modularity::modularity(graph, communities),
    }
}

/// Returns the agreement of every actor with all members of each camp together.
#[doc(hidden)]
pub fn ties(graph: &Weighted, division: &Division) -> Vec<Vec<f64>> {
    let of = |actor: usize| {
        let mut sums = vec![0.0; division.camps.len()];
        for (other, weight) in graph.neighbours(actor) {
            if let Some(camp) = division.of[other] {
                sums[camp] += weight;
            }
        }
        sums
    };
    spread(graph.nodes(), graph.nodes(), || (), |(), actor| of(actor))
}

/// Returns the members of a camp that agree most with the others; several if they are equal.
#[doc(hidden)]
pub fn most_central(ties: &[Vec<f64>], division: &Division, camp: usize) -> Vec<usize> {
    let members = division.camps.get(camp).map_or(&[][..], Vec::as_slice);
    let tie = |member: &usize| ties[*member][camp];
    let most = members.iter().map(tie).fold(f64::NEG_INFINITY, f64::max);
    let is_equal = |member: &usize| most - tie(member) <= 1e-9 * most.abs().max(1.0);
    members.iter().copied().filter(is_equal).collect()
}

/// Returns the agreement between camps and inside them: the two parts of an E–I index. An actor
/// alone counts as a camp of one.
#[doc(hidden)]
pub fn external_internal(graph: &Weighted, division: &Division, ties: &[Vec<f64>]) -> (f64, f64) {
    let all: f64 = (0..graph.nodes()).map(|actor| graph.degree(actor)).sum();
    let inside: f64 = division
        .of
        .iter()
        .zip(ties)
        .filter_map(|(camp, ties)| camp.map(|camp| ties[camp]))
        .sum();
    ((all - inside) / 2.0, inside / 2.0)
}

/// The effect of an issue inside a camp: congruence and conflict, summed over all pairs of its
/// members.
#[doc(hidden)]
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bond {
    /// The camp.
    pub camp: usize,
    /// The issue.
    pub issue: usize,
    /// The number of members that speak to the issue.
    pub members: usize,
    /// How much they say the same.
    pub congruence: f64,
    /// How much they say the opposite.
    pub conflict: f64,
}

/// Returns the bond of each issue inside each camp, if at least two members speak to it, ordered by
/// camp and issue.
#[doc(hidden)]
pub fn bonds(tally: &Tally, division: &Division) -> Vec<Bond> {
    let mut bonds = Vec::new();
    for issue in 0..tally.issues() {
        let mut inside: Vec<(usize, u32, f64, f64)> = tally
            .on(issue)
            .iter()
            .filter_map(|voice| {
                Some((
                    division.of[voice.actor as usize]?,
                    voice.actor,
                    voice.score,
                    f64::from(voice.count),
                ))
            })
            .collect();
        inside.sort_by(|a, b| a.0.cmp(&b.0).then(a.2.total_cmp(&b.2)));
        for members in inside.chunk_by(|a, b| a.0 == b.0) {
            bonds.extend(bond(members, issue));
        }
    }
    bonds.sort_by_key(|bond| (bond.camp, bond.issue));
    bonds
}

/// Returns the bond of one camp from its members' statements, sorted by score.
fn bond(said: &[(usize, u32, f64, f64)], issue: usize) -> Option<Bond> {
    let mut levels: Vec<(f64, f64)> = Vec::new();
    for (.., score, count) in said {
        match levels.last_mut().filter(|level| level.0 == *score) {
            Some(level) => level.1 += count,
            None => levels.push((*score, *count)),
        }
    }
    let mut by_actor: Vec<(u32, f64, f64)> = said
        .iter()
        .map(|(_, actor, score, count)| (*actor, *score, *count))
        .collect();
    by_actor.sort_by_key(|(actor, ..)| *actor);
    // Take all pairs of statements and subtract those within one actor.
    let mut all = both(&levels);
    let mut members = 0;
    for own in by_actor.chunk_by(|a, b| a.0 == b.0) {
        let own: Vec<(f64, f64)> = own
            .iter()
            .map(|(_, score, count)| (*score, *count))
            .collect();
        let (congruence, conflict) = both(&own);
        all = (all.0 - congruence, all.1 - conflict);
        members += 1;
    }
    (members > 1).then(|| Bond {
        camp: said[0].0,
        issue,
        members,
        congruence: all.0 / 2.0,
        conflict: all.1 / 2.0,
    })
}

/// Returns congruence and conflict of all statements with all, in both orders.
fn both(levels: &[(f64, f64)]) -> (f64, f64) {
    let (mut congruence, mut conflict) = (0.0, 0.0);
    for a in levels {
        for b in levels {
            congruence += part(Measure::Congruence, a.0, b.0, a.1 * b.1);
            conflict += part(Measure::Conflict, a.0, b.0, a.1 * b.1);
        }
    }
    (congruence, conflict)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_camps_and_one_alone() {
        let said = vec![
            (0, 0, 1.0),
            (1, 0, 1.0),
            (2, 0, -1.0),
            (3, 0, -1.0),
            (4, 1, 1.0),
        ];
        let tally = Tally::new(5, 2, said);
        let graph = agreeing(&tally, Measure::Subtract);
        let division = divide(&graph);
        assert_eq!(division.camps, [vec![0, 1], vec![2, 3]]);
        assert_eq!(division.of[4], None);
        assert_eq!(
            bonds(&tally, &division)[0],
            Bond {
                camp: 0,
                issue: 0,
                members: 2,
                congruence: 1.0,
                conflict: 0.0
            }
        );
    }
}
