//! Who takes part in a contested issue: where each actor stands on its scale, how much the issue
//! matters to it and how much it weighs; and who does not count, and why.

use std::collections::BTreeMap;

use crate::graph::{ActorId, Census, Fate, Footing, Graph, IssueId, Lens, Standing, Verdict};
use crate::measure::forecast::Stake;
use crate::model::Position;
use crate::query::counted::counted_with;
use crate::query::{Evidence, Note, rows};
use crate::words::{verdict_word, vocabulary};

/// The actors that take part in an issue, on its own scale or, without one, from −1 (strongly
/// opposes) to 1.
#[derive(Clone, Debug, PartialEq)]
pub struct Stakes {
    /// The ends of the scale.
    pub scale: (f64, f64),
    /// The distance from one level of positions to the next, or `None` if the levels can't be read.
    pub step: Option<f64>,
    /// The actors that count.
    pub counted: Vec<Counted>,
    /// The actors that do not count, and why.
    pub left_out: Vec<(ActorId, Standing, Absence)>,
}

impl Stakes {
    /// Notes the actors that are not counted by themselves, in the same words as every answer.
    pub(super) fn folded(&self, graph: &Graph) -> Option<Note> {
        let folded = self
            .left_out
            .iter()
            .filter(|(.., why)| *why == Absence::Speaker);
        let names = folded.map(|(actor, ..)| graph[*actor].name.to_string());
        counted_with(&names.collect::<Vec<_>>())
    }

    /// Explains why nobody counts: for each reason, how many actors with a known position it
    /// excludes.
    pub(super) fn nobody(&self) -> String {
        let mut of: BTreeMap<Absence, usize> = BTreeMap::new();
        for (.., absence) in &self.left_out {
            *of.entry(*absence).or_default() += 1;
        }
        of.retain(|absence, _| !matches!(absence, Absence::Unknown | Absence::Indifferent));
        let reasons: Vec<String> = of
            .iter()
            .map(|(absence, count)| format!("{}: {count}", absence.word()))
            .collect();
        match reasons.is_empty() {
            true => "no position is known".to_owned(),
            false => format!("nobody counts ({})", reasons.join("; ")),
        }
    }

    /// Notes how many statements are attributions.
    pub(super) fn attributed(&self) -> Option<Note> {
        rows::attributed(self.footings())
    }

    /// Notes how many offers are not counted, or are taken.
    pub(super) fn offers(&self) -> Option<Note> {
        rows::offers(self.footings())
    }

    fn footings(&self) -> impl Iterator<Item = &Footing> {
        let counted = self.counted.iter().map(|counted| &counted.standing);
        let all = counted.chain(self.left_out.iter().map(|(_, standing, _)| standing));
        all.flat_map(|standing| &standing.footings)
    }
}

/// An actor that counts.
#[derive(Clone, Debug, PartialEq)]
pub struct Counted {
    /// The actor.
    pub actor: ActorId,
    /// Its position, salience and power; the latter two are 1 if unknown.
    pub stake: Stake,
    /// Its salience, if known.
    pub salience: Option<f64>,
    /// Its power, if known.
    pub power: Option<f64>,
    /// Where it stands, and what that rests on.
    pub standing: Standing,
}

vocabulary! {
    /// Why an actor with a statement on an issue does not count.
    pub enum Absence {
        /// No statement in force says where it stands.
        Unknown = "position_unknown", concat!("position ", verdict_word!(unknown));
        /// The issue does not matter to it: salience 0, and no position.
        Indifferent = "indifferent", "indifferent: salience 0";
        /// The actor itself says both.
        Mixed = "mixed", verdict_word!(mixed);
        /// Statements in force disagree.
        Contested = "contested", verdict_word!(contested);
        /// What it says counts for an actor it speaks for.
        Speaker = "speaks_for_one_that_counts", "speaks for an actor that counts";
        /// Its position can't be placed on the scale, because the issue's scale or levels can't be
        /// read.
        LostMeasure = "place_on_scale_unknown", "place on the scale unknown";
        /// Its power is negative.
        NegativePower = "negative_power", "negative power";
    }
}

/// Returns who takes part in an issue.
pub fn stakes(graph: &Graph, lens: Lens, issue: IssueId) -> Stakes {
    let scope = graph.scope();
    let census = graph.census(lens, |actor, on| on == issue && scope.actor(actor));
    among(graph, &census, lens, issue)
}

/// Like [`stakes`], from a census of the issue.
pub(super) fn among(graph: &Graph, census: &Census, lens: Lens, issue: IssueId) -> Stakes {
    let record = &graph[issue];
    let scale = record.scale.unwrap_or((-1.0, 1.0));
    let levels = record.levels.filter(|_| !record.lost_scale);
    let step = levels.map(|levels| (scale.1 - scale.0).abs() / f64::from(levels - 1));
    let mut stakes = Stakes {
        scale,
        step,
        counted: Vec::new(),
        left_out: Vec::new(),
    };
    let of = |actor: ActorId| {
        let cell = census.at(actor, issue);
        let standing = cell.map(|cell| census.standing(cell, lens));
        (
            actor,
            standing.unwrap_or_else(|| graph.nothing_said(actor, lens)),
        )
    };
    let is_asked =
        |actor: &ActorId| graph.scope().actor(*actor) || census.at(*actor, issue).is_some();
    let asked = ActorId::all(graph).filter(is_asked);
    let mut positions: Vec<(ActorId, Standing)> = asked.map(of).collect();
    positions.sort_by(|(a, _), (b, _)| graph[*a].id.cmp(&graph[*b].id));
    for (actor, standing) in positions {
        match counted(graph, issue, actor, &standing) {
            Ok(counted) => stakes.counted.push(counted),
            Err(absence) => stakes.left_out.push((actor, standing, absence)),
        }
    }
    stakes
}

/// Returns an actor's stake, or the reason why it has none.
pub(super) fn counted(
    graph: &Graph,
    issue: IssueId,
    actor: ActorId,
    standing: &Standing,
) -> Result<Counted, Absence> {
    let position = match standing.verdict {
        _ if standing.folded.is_some() => return Err(Absence::Speaker),
        Verdict::Unknown if standing.salience == Some(0.0) => return Err(Absence::Indifferent),
        Verdict::Unknown => return Err(Absence::Unknown),
        Verdict::Contested => return Err(Absence::Contested),
        Verdict::Stands(Position::Mixed) => return Err(Absence::Mixed),
        Verdict::Stands(position) => {
            on_scale(graph, issue, position).ok_or(Absence::LostMeasure)?
        }
    };
    let power = standing.power;
    if power.is_some_and(|power| power < 0.0 || !power.is_finite()) {
        return Err(Absence::NegativePower);
    }
    let salience = standing.salience;
    let stake = Stake {
        position,
        salience: salience.unwrap_or(1.0),
        power: power.unwrap_or(1.0),
    };
    Ok(Counted {
        actor,
        stake,
        salience,
        power,
        standing: standing.clone(),
    })
}

/// Returns where a position is on the issue's scale, over which words are spread evenly; `None` if
/// it can't be placed.
fn on_scale(graph: &Graph, issue: IssueId, position: Position) -> Option<f64> {
    let score = graph.score(issue, position)?;
    match (graph[issue].scale, position) {
        (None, _) if graph[issue].lost_scale => None,
        (Some((from, to)), Position::At(x)) => Some(x.clamp(from.min(to), from.max(to))),
        (Some((from, to)), _) => Some(from + (score + 1.0) / 2.0 * (to - from)),
        (None, _) => Some(score),
    }
}

/// Returns the statements that a position and its salience rest on, or all statements if it rests
/// on none.
pub(super) fn evidence(standing: &Standing) -> Vec<Evidence> {
    let rests = |fate: Fate| matches!(fate, Fate::InForce | Fate::SalienceOnly);
    let resting: Vec<Evidence> = standing
        .footings
        .iter()
        .filter(|footing| rests(footing.fate))
        .map(rows::evidence)
        .collect();
    if resting.is_empty() {
        standing.footings.iter().map(rows::evidence).collect()
    } else {
        resting
    }
}
