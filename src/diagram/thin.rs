//! Thins out a picture: keeps those who have the most to do with each other.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, HashMap};

use crate::diagram::edges::{said, statements};
use crate::graph::{Entity, Graph};
use crate::query::{Extract, Line, Lines, Part};

/// What joins two or more things, and how much it counts: first by statements, meetings and ties,
/// then by who speaks for whom and what is part of what.
struct Link {
    ends: Vec<Entity>,
    weight: Weight,
}

type Weight = (usize, usize);

/// The weight of what was said once, or happened once.
const ONCE: Weight = (1, 0);
/// The weight of speaking for somebody, or being a part.
const LASTING: Weight = (0, 1);

/// Keeps the `many` actors and issues with the most statements, meetings and ties among themselves,
/// and at most as many meetings; leaves out who is then joined to nobody. What `counts` does not
/// count stays, and so does what is `asked` for. Adds the rest to `left_out`.
///
/// One after another, the one with the least is taken away (Charikar 2000).
pub fn top(
    graph: &Graph,
    extract: Extract,
    many: usize,
    counts: impl Fn(Entity) -> bool,
    asked: &[Entity],
) -> Extract {
    let actors = extract.actors.iter().map(|&id| Entity::Actor(id));
    let issues = extract.issues.iter().map(|&id| Entity::Issue(id));
    let all: Vec<Entity> = actors.chain(issues).filter(|one| counts(*one)).collect();
    let kept = Peeling::new(&all, links(graph, &extract, &counts)).peel(many, asked);
    let keeps = |entity: Entity| kept.contains(&entity) || !counts(entity);
    let before = extract.meetings.len();
    let mut thin = only(graph, extract, keeps);
    keep_meetings(graph, &mut thin, many, &counts);
    thin.left_out.meetings += before - thin.meetings.len();
    thin
}

/// Keeps these actors and issues, and what is between them.
pub(crate) fn only(graph: &Graph, extract: Extract, keeps: impl Fn(Entity) -> bool) -> Extract {
    let mut thin = extract;
    let before = (thin.actors.len(), thin.issues.len());
    let (actor, issue) = (
        |id: &_| keeps(Entity::Actor(*id)),
        |id: &_| keeps(Entity::Issue(*id)),
    );
    let line = |line: &Line| actor(&line.actor) && issue(&line.issue);
    thin.actors.retain(actor);
    thin.issues.retain(issue);
    match &mut thin.lines {
        Lines::Positions(lines) => lines.retain(line),
        Lines::Statements(ids) => ids.retain(|id| {
            let stance = &graph[*id];
            issue(&stance.issue) && stance.actors.as_slice().iter().any(actor)
        }),
    }
    thin.unknown.retain(line);
    for met in &mut thin.meetings {
        met.parties.retain(|(party, _)| actor(party));
    }
    thin.ties
        .retain(|id| actor(&graph[*id].from) && actor(&graph[*id].to));
    thin.speaks_for
        .retain(|spoken| actor(&spoken.speaker) && actor(&spoken.principal));
    thin.members
        .retain(|(member, group)| actor(member) && actor(group));
    thin.part_of
        .retain(|(part, wider)| issue(part) && issue(wider));
    thin.left_out.actors += before.0 - thin.actors.len();
    thin.left_out.issues += before.1 - thin.issues.len();
    thin
}

/// Keeps the meetings of two or more of those left: where they have boxes, at most `many`, first
/// those with the most parties, then the latest.
fn keep_meetings(graph: &Graph, thin: &mut Extract, many: usize, counts: impl Fn(Entity) -> bool) {
    thin.meetings.retain(|met| met.parties.len() > 1);
    let has_boxes = |met: &crate::query::Met| counts(Entity::Meeting(met.id));
    let mut ranked: Vec<_> = thin.meetings.iter().filter(|met| has_boxes(met)).collect();
    ranked.sort_by_key(|met| {
        let day = met.date.map(|date| date.period().from);
        (Reverse(met.parties.len()), Reverse(day), &graph[met.id].id)
    });
    let cut: BTreeSet<_> = ranked.iter().skip(many).map(|met| met.id).collect();
    thin.meetings.retain(|met| !cut.contains(&met.id));
}

/// Returns what joins those that count.
fn links(graph: &Graph, extract: &Extract, counts: impl Fn(Entity) -> bool) -> Vec<Link> {
    let two = |one, other, weight| Link {
        ends: vec![one, other],
        weight,
    };
    let known = match &extract.lines {
        Lines::Positions(lines) => lines.as_slice(),
        Lines::Statements(_) => &[],
    };
    let mut links: Vec<Link> = known
        .iter()
        .chain(&extract.unknown)
        .map(|line| {
            let said = line.standing.footings.len().max(1);
            let (actor, issue) = (Entity::Actor(line.actor), Entity::Issue(line.issue));
            two(actor, issue, (said, 0))
        })
        .collect();
    let said = said(graph, statements(extract));
    links.extend(said.map(|edge| two(edge.from, edge.to, ONCE)));
    links.extend(extract.ties.iter().map(|id| {
        let tie = &graph[*id];
        two(Entity::Actor(tie.from), Entity::Actor(tie.to), ONCE)
    }));
    let spoken = extract.speaks_for.iter();
    let spoken = spoken.map(|spoken| (spoken.speaker, spoken.principal));
    let lasting = spoken.chain(extract.members.iter().copied());
    links.extend(lasting.map(|(a, b)| two(Entity::Actor(a), Entity::Actor(b), LASTING)));
    let parts = extract.part_of.iter();
    links.extend(parts.map(|(a, b)| two(Entity::Issue(*a), Entity::Issue(*b), LASTING)));
    links.retain(|link| link.ends.iter().all(|end| counts(*end)));
    links.extend(extract.meetings.iter().map(|met| {
        let boxed = counts(Entity::Meeting(met.id));
        let took_part = met.parties.iter();
        // Only a box shows who was invited, or declined.
        let took_part = took_part.filter(|(_, part)| boxed || *part == Part::Participant);
        Link {
            ends: took_part.map(|(actor, _)| Entity::Actor(*actor)).collect(),
            weight: ONCE,
        }
    }));
    for link in &mut links {
        link.ends.sort_unstable();
        link.ends.dedup();
    }
    links.retain(|link| link.ends.len() > 1);
    links
}

/// Things that are taken away one after another.
struct Peeling {
    links: Vec<Link>,
    /// The links of each of those left, by number.
    links_of: HashMap<Entity, Vec<usize>>,
    /// What those left have among themselves.
    weights: BTreeMap<Entity, Weight>,
}

impl Peeling {
    fn new(all: &[Entity], links: Vec<Link>) -> Peeling {
        let mut links_of: HashMap<Entity, Vec<usize>> = HashMap::new();
        let mut weights: BTreeMap<Entity, Weight> = BTreeMap::new();
        weights.extend(all.iter().map(|one| (*one, Weight::default())));
        for (nth, link) in links.iter().enumerate() {
            for end in &link.ends {
                links_of.entry(*end).or_default().push(nth);
                let weight = weights.entry(*end).or_default();
                *weight = (weight.0 + link.weight.0, weight.1 + link.weight.1);
            }
        }
        Peeling {
            links,
            links_of,
            weights,
        }
    }

    /// Returns the last `many` left and joined; if nobody is joined to anybody, the first.
    fn peel(mut self, many: usize, asked: &[Entity]) -> BTreeSet<Entity> {
        // Of those with equally little, the last goes first.
        let queued = self.weights.iter();
        let mut queue: BTreeSet<(Weight, Reverse<Entity>)> = queued
            .filter(|(one, _)| !asked.contains(one))
            .map(|(one, weight)| (*weight, Reverse(*one)))
            .collect();
        while self.weights.len() > many {
            let Some((_, Reverse(least))) = queue.pop_first() else {
                break;
            };
            self.take(least, &mut queue);
        }
        let alone = |weight: &Weight| *weight == Weight::default();
        if !self.weights.values().all(alone) {
            self.weights
                .retain(|one, weight| !alone(weight) || asked.contains(one));
        }
        self.weights.into_keys().collect()
    }

    /// Takes one away: what joined it to only one other no longer counts for that one.
    fn take(&mut self, gone: Entity, queue: &mut BTreeSet<(Weight, Reverse<Entity>)>) {
        self.weights.remove(&gone);
        for nth in self.links_of.remove(&gone).unwrap_or_default() {
            let Link { ends, weight } = &mut self.links[nth];
            ends.retain(|end| *end != gone);
            let [last] = ends[..] else { continue };
            if let Some(left) = self.weights.get_mut(&last) {
                let was_queued = queue.remove(&(*left, Reverse(last)));
                *left = (left.0 - weight.0, left.1 - weight.1);
                if was_queued {
                    queue.insert((*left, Reverse(last)));
                }
            }
        }
    }
}
