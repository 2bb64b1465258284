//! Who is whose friend or foe by ties, by positions, or by both, and the records that say so.

use std::collections::BTreeMap;

use super::{MOST, RelationRow, Signs, pair};
use crate::graph::{ActorId, Census, Fate, Footing, Graph, IssueId, Lens, Side, TieId, Verdict};
use crate::model::{Day, TieKind};
use crate::query::counted::left_to_speak;
use crate::query::{Behind, Evidence, Note, rows, scope};

/// How actors relate to one another.
pub(super) struct Relations<'g> {
    graph: &'g Graph,
    pub(super) signs: Signs,
    /// The signed ties that hold, by the pair that they join.
    ties: BTreeMap<(ActorId, ActorId), Vec<TieId>>,
    /// For each pair, the lesser actor first, how much is friendly, and how much unfriendly.
    pub(super) pairs: BTreeMap<(ActorId, ActorId), [u32; 2]>,
    /// For each issue, who is for or against it, with the statements that say so.
    on: BTreeMap<IssueId, Vec<(ActorId, Side, Vec<Footing>)>>,
    /// The note on actors that are counted with those they speak for.
    pub(super) left_out: Option<Note>,
    /// The note on statements that are not counted.
    pub(super) attributed: Option<Note>,
    /// How many offers are not counted, or are taken.
    pub(super) offers: Option<Note>,
}

impl<'g> Relations<'g> {
    /// Collects the relations of a graph, with notes for an answer about these actors or, if
    /// `about` is empty, about all. Returns `None` if too many pairs share an issue.
    pub(super) fn new(
        graph: &'g Graph,
        lens: Lens,
        signs: Signs,
        about: &[ActorId],
    ) -> Option<Relations<'g>> {
        let mut relations = Relations {
            graph,
            signs,
            ties: BTreeMap::new(),
            pairs: BTreeMap::new(),
            on: BTreeMap::new(),
            left_out: None,
            attributed: None,
            offers: None,
        };
        if signs != Signs::Positions {
            relations.add_ties(lens.day, about);
        }
        if signs != Signs::Ties {
            let scope = graph.scope();
            let census = graph.census(lens, |actor, issue| {
                (scope.actor(actor) || about.contains(&actor)) && scope.issue(issue)
            });
            relations.on = sides(&census);
            let is_about = |actor| about.is_empty() || about.contains(&actor);
            relations.left_out = left_to_speak(graph, &census, is_about);
            let asked = census.cells().filter(|cell| is_about(cell.actor));
            let asked = asked.flat_map(|cell| census.footings(cell));
            relations.offers = rows::offers(asked.clone());
            relations.attributed = rows::attributed(asked);
            let pairs = |stands: &Vec<_>| stands.len() * stands.len() / 2;
            if relations.on.values().map(pairs).sum::<usize>() > MOST {
                return None;
            }
            relations.add_positions();
        }
        Some(relations)
    }

    /// Returns how many pairs are as much friendly as unfriendly.
    pub(super) fn torn(&self) -> usize {
        self.pairs
            .values()
            .filter(|[friendly, unfriendly]| friendly == unfriendly)
            .count()
    }

    fn add_ties(&mut self, day: Day, about: &[ActorId]) {
        let is_asked = |actor: ActorId| self.graph.scope().actor(actor) || about.contains(&actor);
        for id in TieId::all(self.graph) {
            let tie = &self.graph[id];
            let sign = sign(&tie.kind).filter(|_| tie.from != tie.to && tie.holds_on(day));
            let is_asked = is_asked(tie.from) && is_asked(tie.to) && scope::is_over(self.graph, id);
            if let Some(sign) = sign.filter(|_| is_asked) {
                let pair = pair(tie.from, tie.to);
                self.pairs.entry(pair).or_default()[sign] += 1;
                self.ties.entry(pair).or_default().push(id);
            }
        }
    }

    fn add_positions(&mut self) {
        for stands in self.on.values() {
            for (nth, (one, side, _)) in stands.iter().enumerate() {
                for (other, other_side, _) in &stands[nth + 1..] {
                    self.pairs.entry(pair(*one, *other)).or_default()
                        [usize::from(side != other_side)] += 1;
                }
            }
        }
    }

    /// Returns the records that say how two actors relate.
    fn evidence(&self, two: (ActorId, ActorId)) -> Vec<Evidence> {
        let ties = self.ties.get(&pair(two.0, two.1)).into_iter().flatten();
        let mut evidence: Vec<Evidence> = ties.map(|id| Evidence::Tie(*id)).collect();
        for stands in self.on.values() {
            let of = |wanted: ActorId| stands.iter().find(|(actor, ..)| *actor == wanted);
            if let (Some((.., one)), Some((.., other))) = (of(two.0), of(two.1)) {
                evidence.extend(one.iter().chain(other).map(rows::evidence));
            }
        }
        rows::distinct(evidence)
    }

    /// Returns, for each group of actors, the records that say how its members relate to anybody.
    pub(super) fn evidence_of(&self, groups: &[&[ActorId]]) -> Vec<Vec<Evidence>> {
        let mut group: Vec<Option<usize>> = vec![None; self.graph.actors.len()];
        for (nth, members) in groups.iter().enumerate() {
            for actor in *members {
                group[actor.index()] = Some(nth);
            }
        }
        let mut evidence: Vec<Vec<Evidence>> = vec![Vec::new(); groups.len()];
        let mut add = |actor: ActorId, found: Evidence| {
            if let Some(nth) = group[actor.index()] {
                evidence[nth].push(found);
            }
        };
        for ((one, other), ids) in &self.ties {
            for id in ids {
                add(*one, Evidence::Tie(*id));
                add(*other, Evidence::Tie(*id));
            }
        }
        for (actor, _, footings) in self.on.values().flatten() {
            for footing in footings {
                add(*actor, rows::evidence(footing));
            }
        }
        evidence.into_iter().map(rows::distinct).collect()
    }

    /// Builds the row of a relation, without what is measured over the whole graph.
    pub(super) fn row(&self, two: (ActorId, ActorId), sign: &'static str) -> RelationRow {
        let counts = self.pairs.get(&pair(two.0, two.1)).copied();
        let [friendly, unfriendly] = counts.unwrap_or_default().map(|count| count as usize);
        RelationRow {
            one: two.0,
            relation: sign.into(),
            other: two.1,
            friendly,
            unfriendly,
            balanced: None,
            unbalanced: None,
            frustrated: None,
            behind: Behind::first_of(self.graph, self.evidence(two)),
        }
    }
}

/// Returns 0 for a friendly tie, 1 for an unfriendly one, and `None` for a tie without a sign.
fn sign(kind: &TieKind<'_>) -> Option<usize> {
    kind.is_friendly()
        .map(|is_friendly| usize::from(!is_friendly))
}

fn sides(census: &Census) -> BTreeMap<IssueId, Vec<(ActorId, Side, Vec<Footing>)>> {
    let mut on: BTreeMap<_, Vec<_>> = BTreeMap::new();
    for cell in census.counted() {
        let Verdict::Stands(position) = cell.verdict else {
            continue;
        };
        let side = Side::of(position);
        if matches!(side, Side::Supports | Side::Opposes) {
            let footings = census.footings(cell).iter();
            let in_force = footings.filter(|footing| footing.fate == Fate::InForce);
            on.entry(cell.issue)
                .or_default()
                .push((cell.actor, side, in_force.copied().collect()));
        }
    }
    on
}
