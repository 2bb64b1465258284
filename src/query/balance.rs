//! Structural balance: how far friends of friends are friends and foes of foes are friends, the two camps that leave least
//! unexplained, and the relations that do not fit.

mod relations;

use std::collections::{BTreeMap, BTreeSet};

use crate::graph::{ActorId, Entity, Graph, Lens};
use crate::measure::balance::{
    ALL, Equals, Frustration, Signed, Triangles, WALKS, equals, frustration, triangles, walks,
};
use crate::query::few::few_known;
use crate::query::{Answer, Cell, Row, Section, rows};
use crate::words::counted;

use relations::Relations;

/// What makes friends and foes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Signs {
    /// Ties.
    #[default]
    Ties,
    /// Positions: on which issues two are on the same side, and on which on opposite ones.
    Positions,
    /// Both: each tie weighs as an issue.
    Both,
}

/// So many pairs of actors that share an issue are looked at.
const MOST: usize = 20_000_000;

/// What is asked of the balance of a graph.
#[derive(Clone, Copy, Debug)]
pub struct BalanceQuestion {
    /// What makes friends and foes.
    pub signs: Signs,
    /// This pair only, with all that stands behind its sign.
    pub pair: Option<(ActorId, ActorId)>,
    /// How many partial splits are explored at most to prove that a split is the best.
    pub budget: usize,
    /// How many relations are shown; none for all.
    pub most: Option<usize>,
}

/// Tells how balanced the relations of a graph are.
pub fn balance(graph: &Graph, lens: Lens, question: &BalanceQuestion) -> Answer {
    let mut answer = Answer {
        title: "Structural balance".to_owned(),
        ..Answer::default()
    };
    let about: Vec<ActorId> = question.pair.map_or(Vec::new(), |(a, b)| vec![a, b]);
    let Some(relations) = Relations::new(graph, lens, question.signs, &about) else {
        answer
            .notes
            .push(format!("More than {MOST} pairs of actors share an issue: too many to balance. `--signs ties` asks for less."));
        return answer;
    };
    let found = Found::of(graph, &relations, question.budget);
    let sections = match question.pair {
        Some((one, other)) => vec![found.relation(&relations, pair(one, other))],
        None => vec![
            found.summary(),
            found.sides(graph),
            found.frustrated(&relations, question.most),
            found.strained(&relations, question.most),
        ],
    };
    // Of ties, a column of ones says nothing that the word does not.
    let plain: &[&str] = if question.signs == Signs::Ties {
        &["friendly", "unfriendly"]
    } else {
        &[]
    };
    answer.sections = sections
        .into_iter()
        .map(|section| section.for_programs(plain))
        .collect();
    answer.notes.push(signs(question.signs).to_owned());
    answer.notes.extend(found.notes(relations.torn()));
    answer.notes.extend(relations.left_out);
    answer.notes.extend(relations.attributed);
    answer
        .notes
        .extend(few_known(graph, lens).filter(|_| question.signs != Signs::Ties));
    answer
}

fn signs(signs: Signs) -> &'static str {
    match signs {
        Signs::Ties => {
            "Friendly: allies, partners, agreements; unfriendly: rivals and hostile ties. Of two that have both, the more numerous count."
        }
        Signs::Positions => {
            "Friendly: two that are on the same side of more issues than on opposite ones; unfriendly: of fewer. Who is neutral, mixed, contested, unknown or at a number on an issue counts for nothing there."
        }
        Signs::Both => {
            "Friendly: two with more friendly ties and issues on which they are on the same side than unfriendly ties and issues on which they are on opposite ones; unfriendly: with fewer."
        }
    }
}

fn pair(one: ActorId, other: ActorId) -> (ActorId, ActorId) {
    (one.min(other), one.max(other))
}

/// What was measured; nodes are numbers of actors with a sign, edges in the order of their pairs.
struct Found {
    actors: Vec<ActorId>,
    edges: Vec<(ActorId, ActorId)>,
    signed: Signed,
    /// The connected part that each actor is in, by its least node.
    parts: Vec<u32>,
    triangles: Triangles,
    walks: Option<f64>,
    split: Frustration,
    /// That the split is one of several, or may be.
    others: Option<String>,
}

impl Found {
    fn of(graph: &Graph, relations: &Relations<'_>, budget: usize) -> Found {
        let net = relations
            .pairs
            .iter()
            .map(|(pair, [friendly, unfriendly])| {
                (*pair, f64::from(*friendly) - f64::from(*unfriendly))
            });
        let signed: Vec<((ActorId, ActorId), f64)> = net
            .filter(|(_, net)| *net != 0.0)
            .map(|(pair, net)| (pair, net.signum()))
            .collect();
        // By id: which of several equal splits is found depends on the numbers of the nodes.
        let mut actors: Vec<ActorId> = signed.iter().flat_map(|((a, b), _)| [*a, *b]).collect();
        actors.sort_by_key(|actor| &graph.actors[actor.index()].id);
        actors.dedup();
        let mut place: Vec<usize> = vec![0; graph.actors.len()];
        for (nth, actor) in actors.iter().enumerate() {
            place[actor.index()] = nth;
        }
        let ends = |(a, b): (ActorId, ActorId)| {
            let (a, b) = (place[a.index()], place[b.index()]);
            (a.min(b), a.max(b))
        };
        let mut plain: Vec<(usize, usize, f64)> = signed
            .iter()
            .map(|(pair, sign)| (ends(*pair).0, ends(*pair).1, *sign))
            .collect();
        plain.sort_by_key(|(a, b, _)| (*a, *b));
        let edges: Vec<(ActorId, ActorId)> = plain
            .iter()
            .map(|(a, b, _)| (actors[*a], actors[*b]))
            .collect();
        let signed = Signed::new(actors.len(), plain);
        let (parts, split) = (signed.parts(), frustration(&signed, budget));
        Found {
            others: one_of_several(&signed, &split),
            triangles: triangles(&signed),
            walks: walks(&signed),
            split,
            parts,
            actors,
            edges,
            signed,
        }
    }

    fn summary(&self) -> Section {
        let edges = self.signed.edges().len();
        let unfriendly = self
            .signed
            .edges()
            .iter()
            .filter(|(.., sign)| *sign < 0.0)
            .count();
        let [all_friends, one_foe, two_foes, all_foes] = self.triangles.counts;
        let count = |name: &str, count: usize| Row::new([Cell::text(name), Cell::count(count)]);
        let number = |name: &str, number: Option<f64>| {
            rows::field(name, number.map_or(Cell::Nothing, Cell::Number))
        };
        let half = edges as f64 / 2.0;
        let normalised = |frustration: f64| (half > 0.0).then(|| 1.0 - frustration / half);
        let mut rows = vec![
            count("actors", self.actors.len()),
            count("friendly relations", edges - unfriendly),
            count("unfriendly relations", unfriendly),
            count("triangles +++, balanced", all_friends),
            count("triangles ++−", one_foe),
            count("triangles +−−, balanced", two_foes),
            count("triangles −−−", all_foes),
        ];
        rows.extend(number("triangle balance", self.triangles.balance()));
        if self.split.is_exact() {
            rows.push(Row::new([
                Cell::text("frustration, proved"),
                Cell::Number(self.split.upper),
            ]));
            rows.extend(number(
                "1 − frustration / (relations / 2)",
                normalised(self.split.upper),
            ));
        } else {
            rows.push(Row::new([
                Cell::text("frustration, at least"),
                Cell::Number(self.split.lower),
            ]));
            rows.push(Row::new([
                Cell::text("frustration, at most"),
                Cell::Number(self.split.upper),
            ]));
            rows.extend(number(
                "1 − frustration / (relations / 2), at least",
                normalised(self.split.upper),
            ));
        }
        rows.extend(number("walk balance", self.walks));
        let rows = if self.actors.is_empty() {
            Vec::new()
        } else {
            rows
        };
        Section::new("balance", "", rows::FIELD)
            .with(rows)
            .or_else("No relation has a sign: there is nothing to balance.")
    }

    /// The two sides of the best split, in each part: no relation says which side of one part goes with which of another.
    fn sides(&self, graph: &Graph) -> Section {
        let heading = match (self.split.is_exact(), &self.others) {
            (true, None) => "The split that frustrates least",
            (true, Some(_)) => "A split that frustrates least",
            (false, _) => "The best split that was found",
        };
        let larger = |side: &Vec<ActorId>| {
            (
                std::cmp::Reverse(side.len()),
                side.first()
                    .map(|actor| graph.id(Entity::Actor(*actor)).to_owned()),
            )
        };
        let mut parts: BTreeMap<u32, [Vec<ActorId>; 2]> = BTreeMap::new();
        for ((actor, part), side) in self.actors.iter().zip(&self.parts).zip(&self.split.split) {
            parts.entry(*part).or_default()[usize::from(*side)].push(*actor);
        }
        let mut parts: Vec<[Vec<ActorId>; 2]> = parts.into_values().collect();
        for sides in &mut parts {
            sides.sort_by_key(larger);
        }
        parts.sort_by_key(|sides| {
            (
                std::cmp::Reverse(sides[0].len() + sides[1].len()),
                larger(&sides[0]),
            )
        });
        let sides = parts
            .iter()
            .enumerate()
            .flat_map(|(part, sides)| sides.iter().enumerate().map(move |side| (part, side)));
        let row = |(part, (nth, side)): (usize, (usize, &Vec<ActorId>))| {
            Row::new([
                Cell::count(part + 1),
                Cell::count(nth + 1),
                Cell::count(side.len()),
                Cell::actors(side),
            ])
        };
        let rows: Vec<Row> = sides
            .filter(|(_, (_, side))| !side.is_empty())
            .map(row)
            .collect();
        let plain: &[&str] = if parts.len() > 1 { &[] } else { &["part"] };
        Section::new("sides", heading, &["part", "side", "actors", "members"])
            .with(rows)
            .for_programs(plain)
    }

    /// Whether a relation does not fit the split.
    fn is_frustrated(&self, edge: usize) -> bool {
        Signed::is_frustrated(&self.split.split, self.signed.edges()[edge])
    }

    fn frustrated(&self, relations: &Relations<'_>, most: Option<usize>) -> Section {
        let edges: Vec<usize> = (0..self.edges.len())
            .filter(|edge| self.is_frustrated(*edge))
            .collect();
        let shown = edges
            .iter()
            .take(most.unwrap_or(usize::MAX))
            .map(|edge| self.row(relations, *edge));
        let heading = format!("Relations that do not fit it: {}", edges.len());
        let empty = if self.actors.is_empty() {
            ""
        } else {
            "Every relation fits the split."
        };
        Section::new("frustrated", heading, RELATION)
            .for_programs(&["frustrated"])
            .with(shown)
            .or_else(empty)
    }

    /// The relations that are in most triangles out of balance.
    fn strained(&self, relations: &Relations<'_>, most: Option<usize>) -> Section {
        let mut edges: Vec<usize> = (0..self.edges.len())
            .filter(|edge| self.triangles.of_edges[*edge][1] > 0)
            .collect();
        // The greatest strain first: more unbalanced triangles, then fewer balanced ones.
        edges.sort_by_key(|edge| {
            let [balanced, unbalanced] = self.triangles.of_edges[*edge];
            (std::cmp::Reverse(unbalanced), balanced)
        });
        let heading = format!(
            "Relations under strain, in triangles out of balance: {}",
            edges.len()
        );
        let shown = edges
            .iter()
            .take(most.unwrap_or(usize::MAX))
            .map(|edge| self.row(relations, *edge));
        let empty = if self.actors.is_empty() {
            ""
        } else {
            "No triangle is out of balance."
        };
        Section::new("strained", heading, RELATION)
            .for_programs(&["frustrated"])
            .with(shown)
            .or_else(empty)
    }

    /// One relation, and all that stands behind it.
    fn relation(&self, relations: &Relations<'_>, pair: (ActorId, ActorId)) -> Section {
        let section = Section::new("relation", "", RELATION);
        let section =
            section.or_else("No tie and no shared issue says how these two stand to one another.");
        let is_it = |edge: &(ActorId, ActorId)| self::pair(edge.0, edge.1) == pair;
        match self.edges.iter().position(is_it) {
            Some(edge) => section.with([self.row(relations, edge)]),
            None if relations.pairs.contains_key(&pair) => section.with([relations.row(
                pair,
                "neither",
                [Cell::Nothing, Cell::Nothing, Cell::Nothing],
            )]),
            None => section,
        }
    }

    fn row(&self, relations: &Relations<'_>, edge: usize) -> Row {
        let sign = if self.signed.edges()[edge].2 > 0.0 {
            "friendly"
        } else {
            "unfriendly"
        };
        let [balanced, unbalanced] = self.triangles.of_edges[edge].map(Cell::count);
        let fits = Cell::text(if self.is_frustrated(edge) {
            "yes"
        } else {
            "no"
        });
        relations.row(self.edges[edge], sign, [balanced, unbalanced, fits])
    }

    fn notes(&self, torn: usize) -> Vec<String> {
        let mut notes = Vec::new();
        if !self.split.is_exact() {
            let Frustration { lower, upper, .. } = self.split;
            let more = match self.split.is_open {
                true => "A greater `--budget` may prove more.",
                false => "So much is frustrated that no `--budget` would prove more.",
            };
            let by = if lower > 0.0 {
                format!(", {:.0} % more", 100.0 * (upper - lower) / lower)
            } else {
                String::new()
            };
            notes.push(format!(
                "Not proved to be the least: no split frustrates less than {lower}, the best found frustrates {upper}{by}. {more}"
            ));
        }
        notes.extend(self.others.clone());
        if self.walks.is_none() && !self.actors.is_empty() {
            notes.push(format!(
                "Walk balance is not computed: more than {WALKS} actors are connected."
            ));
        }
        if torn > 0 {
            notes.push(format!(
                "As much friendly as unfriendly, and so left out: {}.",
                counted(torn, "pair")
            ));
        }
        let parts = self.parts.iter().collect::<BTreeSet<_>>().len();
        if parts > 1 {
            notes.push(format!(
                "The relations fall into {parts} parts that none joins: which side of one part is with which of another, nothing says."
            ));
        }
        if !self.actors.is_empty() && self.triangles.all() == 0 {
            notes.push(
                "There is no triangle: nothing can be said of how many are balanced.".to_owned(),
            );
        }
        notes
    }
}

/// That other splits frustrate as little as the one that is told, or may; none where it is the only one.
pub(super) fn one_of_several(signed: &Signed, found: &Frustration) -> Option<String> {
    let mut parts: BTreeMap<u32, Vec<usize>> = BTreeMap::new();
    for (node, part) in signed.parts().into_iter().enumerate() {
        parts.entry(part).or_default().push(node);
    }
    let parts = parts.values().filter(|part| part.len() > 1);
    let (mut others, mut at_least, mut not_sought) = (1_usize, false, false);
    for part in parts {
        match equals(signed, part, &found.split) {
            Equals::Known(more) => others = others.saturating_mul(more + 1),
            Equals::Some => at_least = true,
            Equals::NoneNear => not_sought = true,
        }
    }
    match (others - 1, at_least, not_sought) {
        (0, false, false) => None,
        (0, false, true) => Some(format!(
            "Whether this is the only split that frustrates so little is not known: any one actor on the other side frustrates more, but among more than {ALL} that are connected no other splits were looked at."
        )),
        (more, false, false) => Some(format!(
            "The split is one of several: {} as little.",
            match more {
                1 => "1 other frustrates".to_owned(),
                more => format!("{more} others frustrate"),
            }
        )),
        _ => Some("The split is one of several that frustrate as little.".to_owned()),
    }
}

const RELATION: &[&str] = &[
    "one",
    "relation",
    "other",
    "friendly",
    "unfriendly",
    "balanced",
    "unbalanced",
    "frustrated",
];
