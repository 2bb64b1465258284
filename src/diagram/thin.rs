//! Thins out a picture: keeps those who have the most to do with each other.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, HashMap};

use crate::diagram::edges::{said, statements};
use crate::graph::{ActorId, Entity, Graph, Side, Verdict};
use crate::query::{Extract, Line, Lines, Part};

/// What joins two or more things, and how much it counts: first by statements, meetings and ties,
/// then by who is against or contested, who speaks for whom and what is part of what.
struct Link {
    ends: Vec<Entity>,
    weight: Weight,
}

type Weight = (usize, usize);

/// The weight of what was said once, or happened once.
const ONCE: Weight = (1, 0);
/// The weight of what lasts, such as speaking for somebody or being a part, and of a position that is
/// not known.
const LASTING: Weight = (0, 1);
/// What a position against, or a contested one, counts besides its statements: where opinions differ,
/// there is more to see.
const AGAINST: usize = 2;

/// Who goes first of those that have equally little: who has less power, then who is not among the first
/// of their group, so that no group vanishes while others stay whole.
type Rank = (u64, Reverse<usize>);

/// Keeps the `many` actors and issues with the most statements and meetings among themselves, in a
/// network also ties, and at most as many meetings; leaves out who is then joined to nobody. What
/// `counts` does not count stays, and so does what is `asked` for. Adds the rest to `left_out`.
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
    let ranks = ranks(graph, &extract, &all);
    let kept = Peeling::new(&all, links(graph, &extract, &counts), ranks).peel(many, asked);
    let keeps = |entity: Entity| kept.contains(&entity) || !counts(entity);
    let before = extract.meetings.len();
    let mut thin = only(graph, extract, keeps);
    keep_meetings(graph, &mut thin, many, &counts);
    thin.left_out.meetings += before - thin.meetings.len();
    thin.left_out.kept = Some(many);
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
        let before = met.parties.len();
        met.parties.retain(|(party, _)| actor(party));
        met.not_shown += before - met.parties.len();
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
    let of =
        |line: &Line, weight| two(Entity::Actor(line.actor), Entity::Issue(line.issue), weight);
    let known = known
        .iter()
        .map(|line| of(line, (line.standing.footings.len().max(1), besides(line))));
    let unknown = extract.unknown.iter().map(|line| of(line, LASTING));
    let mut links: Vec<Link> = known.chain(unknown).collect();
    let said = said(graph, statements(extract));
    links.extend(said.map(|edge| two(edge.from, edge.to, ONCE)));
    // A map is about positions and meetings, if there are any.
    let is_map = !(links.is_empty() && extract.meetings.is_empty());
    let tied = if is_map { LASTING } else { ONCE };
    links.extend(extract.ties.iter().map(|id| {
        let tie = &graph[*id];
        two(Entity::Actor(tie.from), Entity::Actor(tie.to), tied)
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

/// Returns what a position counts besides its statements.
fn besides(line: &Line) -> usize {
    let side = match line.standing.verdict {
        Verdict::Stands(position) => Some(Side::of(position)),
        Verdict::Contested | Verdict::Unknown => None,
    };
    match side {
        Some(Side::Opposes) | None => AGAINST,
        Some(_) => 0,
    }
}

type Place = (Weight, Rank, Reverse<Entity>);

/// Ranks actors and issues that are equal otherwise.
fn ranks(graph: &Graph, extract: &Extract, all: &[Entity]) -> HashMap<Entity, Rank> {
    let mut power: HashMap<ActorId, f64> = HashMap::new();
    for line in extract.lines.known() {
        let stated = line.standing.footings.iter();
        let stated = stated.filter_map(|footing| graph[footing.stance].power());
        let most = power.entry(line.actor).or_default();
        *most = stated.fold(*most, f64::max);
    }
    let mut groups: HashMap<ActorId, usize> = HashMap::new();
    let mut rank = |one: &Entity| {
        let &Entity::Actor(id) = one else {
            return (*one, (u64::MAX, Reverse(0)));
        };
        let own = graph[id].power.unwrap_or_default();
        let power = power.get(&id).copied().unwrap_or_default().max(own);
        let group = extract.members.iter().find(|(member, _)| *member == id);
        let nth = group.map_or(0, |(_, group)| {
            let members = groups.entry(*group).or_default();
            *members += 1;
            *members
        });
        // The bits of numbers that are not negative sort as they do.
        (*one, (power.max(0.0).to_bits(), Reverse(nth)))
    };
    all.iter().map(&mut rank).collect()
}

/// Things that are taken away one after another.
struct Peeling {
    ranks: HashMap<Entity, Rank>,
    links: Vec<Link>,
    /// The links of each of those left, by number.
    links_of: HashMap<Entity, Vec<usize>>,
    /// What those left have among themselves.
    weights: BTreeMap<Entity, Weight>,
}

impl Peeling {
    fn new(all: &[Entity], links: Vec<Link>, ranks: HashMap<Entity, Rank>) -> Peeling {
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
            ranks,
            links,
            links_of,
            weights,
        }
    }

    /// Returns the last `many` left and joined; if nobody is joined to anybody, the first.
    fn peel(mut self, many: usize, asked: &[Entity]) -> BTreeSet<Entity> {
        let queued = self.weights.iter();
        let mut queue: BTreeSet<Place> = queued
            .filter(|(one, _)| !asked.contains(one))
            .map(|(one, weight)| self.place(*one, *weight))
            .collect();
        while self.weights.len() > many {
            let Some((.., Reverse(least))) = queue.pop_first() else {
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
    fn take(&mut self, gone: Entity, queue: &mut BTreeSet<Place>) {
        self.weights.remove(&gone);
        for nth in self.links_of.remove(&gone).unwrap_or_default() {
            let Link { ends, weight } = &mut self.links[nth];
            ends.retain(|end| *end != gone);
            let [last] = ends[..] else { continue };
            let Some(&left) = self.weights.get(&last) else {
                continue;
            };
            let less = (left.0 - weight.0, left.1 - weight.1);
            self.weights.insert(last, less);
            if queue.remove(&self.place(last, left)) {
                queue.insert(self.place(last, less));
            }
        }
    }

    /// Returns the place of one in the queue; of those equal in everything, the last in the graph goes
    /// first.
    fn place(&self, one: Entity, weight: Weight) -> Place {
        let rank = self.ranks.get(&one).copied().unwrap_or_default();
        (weight, rank, Reverse(one))
    }
}
