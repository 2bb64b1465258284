//! Measures as `measures.md` defines them, on what the oracle says of a graph.

use demarche::model::Position;

use crate::rules::position::{Side, Verdict, View};

/// The scores of what an actor says on an issue, statement by statement.
fn scores(view: &View<'_>, actor: &str, issue: &str) -> Vec<f64> {
    if view.c1_left_out(actor, issue) || view.standing(actor, issue).verdict == Verdict::Unknown {
        return Vec::new();
    }
    let makers = view.p1_makers(actor, issue);
    makers
        .iter()
        .filter_map(|(_, stance)| view.score(stance.position?, issue))
        .collect()
}

/// Congruence and conflict: Σ over issues and over both actors' statements of 1 − |k−k'| / (K−1), and of |k−k'| / (K−1), which is
/// half the distance of their scores; and on how many issues both say something.
pub(crate) fn agreement(view: &View<'_>, one: &str, other: &str) -> (f64, f64, usize) {
    let (mut congruence, mut conflict, mut shared) = (0.0, 0.0, 0);
    for issue in view.graph.issues.keys().filter(|issue| view.asks_on(issue)) {
        let (ours, theirs) = (scores(view, one, issue), scores(view, other, issue));
        shared += usize::from(!ours.is_empty() && !theirs.is_empty());
        for our in &ours {
            for their in &theirs {
                let apart = (our - their).abs() / 2.0;
                congruence += 1.0 - apart;
                conflict += apart;
            }
        }
    }
    (congruence, conflict, shared)
}

/// Two-mode: the sum of scores, and how many statements have one.
pub(crate) fn two_mode(view: &View<'_>, actor: &str, issue: &str) -> Option<(f64, usize)> {
    let scores = scores(view, actor, issue);
    (!scores.is_empty()).then(|| (scores.iter().sum(), scores.len()))
}

/// The side of a known position; `Mixed` and contested have none.
pub(crate) fn side(view: &View<'_>, actor: &str, issue: &str) -> Option<Side> {
    match view.standing(actor, issue).verdict {
        Verdict::Stands(position) => view.p2_side(position, issue),
        Verdict::Unknown | Verdict::Contested => None,
    }
}

/// *net*: "issues on which both are for or both against − issues on which one is for and the other against; neutral, mixed and
/// numbers count for neither"; as the two counts.
pub(crate) fn net(view: &View<'_>, one: &str, other: &str) -> (usize, usize) {
    let (mut same, mut opposite) = (0, 0);
    let worded = |actor: &str, issue: &str| {
        let at = matches!(
            view.standing(actor, issue).verdict,
            Verdict::Stands(Position::At(_))
        );
        if at || view.c1_left_out(actor, issue) {
            None
        } else {
            side(view, actor, issue)
        }
    };
    for issue in view.graph.issues.keys().filter(|issue| view.asks_on(issue)) {
        match (worded(one, issue), worded(other, issue)) {
            (Some(Side::Neutral) | None, _) | (_, Some(Side::Neutral) | None) => {}
            (ours, theirs) if ours == theirs => same += 1,
            _ => opposite += 1,
        }
    }
    (same, opposite)
}

/// Who a forecast takes, with position, salience and power, what is missing taken as 1.
pub(crate) struct Stake {
    pub(crate) actor: String,
    pub(crate) at: f64,
    pub(crate) salience: Option<f64>,
    pub(crate) power: Option<f64>,
}

/// "Positions on a scale, salience s, power c": those who count and have a score.
pub(crate) fn stakes(view: &View<'_>, issue: &str) -> Vec<Stake> {
    let scale = view.graph.issues[issue]
        .scale
        .as_ref()
        .map(|scale| (scale.from, scale.to));
    view.counted(issue)
        .into_iter()
        .filter_map(|actor| {
            let standing = view.standing(actor, issue);
            let Verdict::Stands(position) = standing.verdict else {
                return None;
            };
            let score = view.score(position, issue)?;
            let at = scale.map_or(score, |(from, to)| from + (score + 1.0) / 2.0 * (to - from));
            Some(Stake {
                actor: actor.to_owned(),
                at,
                salience: standing.salience,
                power: standing.power,
            })
        })
        .collect()
}

/// *compromise* Σ c·s·x / Σ c·s, *mean* Σ x / n, *power mean* Σ c·x / Σ c.
pub(crate) fn forecast(stakes: &[Stake], weight: impl Fn(&Stake) -> f64) -> Option<f64> {
    let all: f64 = stakes.iter().map(&weight).sum();
    (all > 0.0).then(|| {
        stakes
            .iter()
            .map(|stake| weight(stake) * stake.at)
            .sum::<f64>()
            / all
    })
}

/// *weighted median*: "first x at which cumulative c·s reaches half"; and whether it beats every other position in a vote weighed by
/// c·s, each voting for the nearer one (the *Condorcet* winner).
pub(crate) fn median(stakes: &[Stake], weight: impl Fn(&Stake) -> f64) -> Option<(f64, bool)> {
    let mut counted: Vec<&Stake> = stakes.iter().filter(|stake| weight(stake) > 0.0).collect();
    counted.sort_by(|one, other| one.at.total_cmp(&other.at));
    let sum =
        |stakes: &mut dyn Iterator<Item = &&Stake>| stakes.map(|stake| weight(stake)).sum::<f64>();
    let half = sum(&mut counted.iter()) / 2.0;
    let reaches = |x: f64| sum(&mut counted.iter().filter(|stake| stake.at <= x)) >= half - 1e-9;
    let first = counted.iter().map(|stake| stake.at).find(|x| reaches(*x))?;
    let beats = |other: f64| {
        let nearer = |a: f64, b: f64| {
            let is = |stake: &&&Stake| (stake.at - a).abs() < (stake.at - b).abs() - 1e-9;
            sum(&mut counted.iter().filter(is))
        };
        other == first || nearer(first, other) > nearer(other, first) + 1e-9
    };
    let beats_all = counted.iter().all(|stake| beats(stake.at));
    Some((first, beats_all))
}

/// *identical share*: "issues on which both hold the same side ÷ issues on which both are known". A number is a place of its own on the
/// scale, of which the sides are the ends and the middle.
pub(crate) fn identical(view: &View<'_>, one: &str, other: &str) -> Option<f64> {
    let held = |actor: &str, issue: &str| match view.standing(actor, issue).verdict {
        _ if view.c1_left_out(actor, issue) => None,
        Verdict::Stands(position @ Position::At(_)) => view.score(position, issue),
        _ => side(view, actor, issue).map(|side| match side {
            Side::For => 1.0,
            Side::Neutral => 0.0,
            Side::Against => -1.0,
        }),
    };
    let both: Vec<bool> = (view.graph.issues.keys())
        .filter(|issue| view.asks_on(issue))
        .filter_map(|issue| Some(held(one, issue)? == held(other, issue)?))
        .collect();
    let same = both.iter().filter(|same| **same).count();
    (!both.is_empty()).then(|| same as f64 / both.len() as f64)
}
