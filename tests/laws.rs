//! Laws that measures obey whatever the numbers.

use demarche::measure::agreement::{Half, Measure, Normalise, Pairs, Tally, pairs};
use demarche::measure::camps::{agreeing, divide};
use demarche::measure::modularity::{Weighted, communities, modularity};
use demarche::measure::polarisation;
use proptest::prelude::*;

const ACTORS: usize = 7;
const ISSUES: usize = 5;

/// Statements: actor, issue, score on five levels.
fn said() -> impl Strategy<Value = Vec<(u32, u32, f64)>> {
    let statement = (0..ACTORS as u32, 0..ISSUES as u32, 0..5_u32)
        .prop_map(|(a, i, level)| (a, i, f64::from(level) / 2.0 - 1.0));
    prop::collection::vec(statement, 0..40)
}

fn measured(said: &[(u32, u32, f64)], measure: Measure, normalise: Normalise) -> Pairs {
    pairs(
        Tally::new(ACTORS, ISSUES, said.to_vec()),
        measure,
        normalise,
    )
}

fn two() -> impl Iterator<Item = (usize, usize)> {
    (0..ACTORS).flat_map(|b| (0..b).map(move |a| (a, b)))
}

const MEASURES: [Measure; 6] = [
    Measure::Congruence,
    Measure::Conflict,
    Measure::Subtract,
    Measure::Ignore,
    Measure::Identical,
    Measure::Net,
];
const NORMALISE: [Normalise; 4] = [
    Normalise::None,
    Normalise::Average,
    Normalise::Jaccard,
    Normalise::Product,
];

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(200) })]

    #[test]
    fn ignore_is_congruence_and_conflict(said in said()) {
        for normalise in NORMALISE {
            let of = |measure| measured(&said, measure, normalise);
            let (congruence, conflict) = (of(Measure::Congruence), of(Measure::Conflict));
            let (ignore, subtract) = (of(Measure::Ignore), of(Measure::Subtract));
            for (a, b) in two() {
                let (same, other) = (congruence.value(a, b), conflict.value(a, b));
                prop_assert!((ignore.value(a, b) - (same + other)).abs() < 1e-9);
                prop_assert!((subtract.value(a, b) - (same - other)).abs() < 1e-9);
                prop_assert!(ignore.value(a, b) == ignore.value(b, a) && ignore.shared(a, b) == ignore.shared(b, a));
            }
        }
    }

    #[test]
    fn other_names_and_another_order_change_nothing(said in said(), by in 1..ACTORS as u32) {
        let renamed = |actor: u32| (actor + by) % ACTORS as u32;
        let others: Vec<_> = said.iter().rev().map(|(actor, issue, score)| (renamed(*actor), *issue, *score)).collect();
        for measure in MEASURES {
            let (before, after) = (measured(&said, measure, Normalise::None), measured(&others, measure, Normalise::None));
            for (a, b) in two() {
                let (to_a, to_b) = (renamed(a as u32) as usize, renamed(b as u32) as usize);
                prop_assert!((before.value(a, b) - after.value(to_a, to_b)).abs() < 1e-9);
                prop_assert_eq!(before.shared(a, b), after.shared(to_a, to_b));
            }
        }
    }

    #[test]
    fn what_one_actor_alone_speaks_to_counts_for_no_pair(said in said(), actor in 0..ACTORS as u32) {
        let alone = ISSUES as u32;
        let more: Vec<_> = said.iter().copied().chain([(actor, alone, 1.0), (actor, alone, -1.0)]).collect();
        for measure in MEASURES {
            let before = pairs(Tally::new(ACTORS, ISSUES + 1, said.clone()), measure, Normalise::None);
            let after = pairs(Tally::new(ACTORS, ISSUES + 1, more.clone()), measure, Normalise::None);
            prop_assert_eq!(before.all(), after.all());
        }
    }

    /// The rows, which are fast, against the two actors by themselves, which is the formula: to the last bit.
    #[test]
    fn rows_say_what_the_formula_says(
        said in prop::collection::vec((0..ACTORS as u32, 0..ISSUES as u32, -1.0..=1.0_f64, 1..3_usize), 0..40),
        levels in prop_oneof![Just(1000.0), Just(1.0), Just(0.5)]
    ) {
        let near = |score: f64| (score * levels).round() / levels;
        let said: Vec<_> = said.into_iter().flat_map(|(a, i, score, n)| vec![(a, i, near(score)); n]).collect();
        for (measure, normalise) in MEASURES.into_iter().flat_map(|measure| NORMALISE.map(|normalise| (measure, normalise))) {
            let pairs = measured(&said, measure, normalise);
            let whole: Vec<_> = pairs.fold(Half::Both, Vec::new, |rows, _, pairs| rows.push(pairs.to_vec()))
                .into_iter().flatten().collect();
            prop_assert_eq!(whole.len(), ACTORS);
            for (a, b) in (0..ACTORS).flat_map(|a| (0..ACTORS).map(move |b| (a, b))) {
                prop_assert_eq!((whole[a][b].value, whole[a][b].shared as u32), (pairs.value(a, b), pairs.shared(a, b)));
            }
            prop_assert!(pairs.all().into_iter().all(|(a, b, value, shared)| (whole[b][a].value, whole[b][a].shared as u32) == (value, shared)));
        }
    }

    #[test]
    fn every_number_is_finite_and_camps_hold_everybody_once(said in said()) {
        for (measure, normalise) in MEASURES.into_iter().flat_map(|measure| NORMALISE.map(|normalise| (measure, normalise))) {
            let measured = measured(&said, measure, normalise);
            prop_assert!(two().all(|(a, b)| measured.value(a, b).is_finite()));
        }
        let graph = agreeing(&Tally::new(ACTORS, ISSUES, said), Measure::Subtract);
        let division = divide(&graph);
        prop_assert!(division.modularity.is_finite());
        let mut members: Vec<usize> = division.camps.iter().flatten().copied().collect();
        members.extend((0..ACTORS).filter(|actor| division.of[*actor].is_none()));
        members.sort_unstable();
        prop_assert_eq!(members, (0..ACTORS).collect::<Vec<_>>());
    }

    #[test]
    fn communities_are_no_worse_than_all_together_or_all_apart(
        edges in prop::collection::vec((0..9_usize, 0..9_usize, 1..9_u32), 1..30)
    ) {
        let graph = Weighted::new(9, edges.into_iter().map(|(a, b, weight)| (a, b, f64::from(weight))));
        let found = modularity(&graph, &communities(&graph, 3));
        prop_assert!(found >= modularity(&graph, &[0; 9]) - 1e-12);
        prop_assert!(found >= modularity(&graph, &[0, 1, 2, 3, 4, 5, 6, 7, 8]) - 1e-12);
    }

    #[test]
    fn agreement_is_within_its_range_and_the_same_from_either_end(cases in prop::collection::vec(0..50_u32, 2..9)) {
        let mut cases: Vec<f64> = cases.into_iter().map(f64::from).collect();
        let one = polarisation::agreement(&cases);
        cases.reverse();
        let other = polarisation::agreement(&cases);
        match (one, other) {
            (Some(one), Some(other)) => prop_assert!((one - other).abs() < 1e-9 && (-1.0 - 1e-9..=1.0 + 1e-9).contains(&one)),
            _ => prop_assert!(one.is_none() && other.is_none() && cases.iter().all(|n| *n == 0.0)),
        }
    }
}
