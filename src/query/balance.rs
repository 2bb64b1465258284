//! Structural balance: how far friends of friends are friends and foes of foes are friends, the two
//! camps that leave least unexplained, and the relations that do not fit.

mod relations;

use std::collections::{BTreeMap, BTreeSet};

use crate::graph::{ActorId, Entity, Graph, Lens};
use crate::measure::balance::{
    ALL, Equals, Frustration, Signed, Triangles, WALKS, equals, frustration, triangles, walks,
};
use crate::query::few::few_known;
use crate::query::rows::{MeasureRow, measure};
use crate::query::{Behind, Note, Notes, Table, Word, answer, table};
use crate::words::{counted, verdict_word};

use relations::Relations;

/// What makes friends and foes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Signs {
    /// Ties.
    #[default]
    Ties,
    /// Positions: on how many issues two are on the same side, and on opposite sides.
    Positions,
    /// Both; a tie weighs as much as an issue.
    Both,
}

/// The number of pairs of actors sharing an issue above which balance is not computed.
const MOST: usize = 20_000_000;

/// A question about the balance of a graph.
#[derive(Clone, Copy, Debug)]
pub struct BalanceQuestion {
    /// What makes friends and foes.
    pub signs: Signs,
    /// The number of partial splits explored at most to prove that a split is the best.
    pub budget: usize,
    /// The number of relations to show; `None` for all.
    pub most: Option<usize>,
}

answer! {
    /// How balanced the relations of a graph are.
    pub struct Balance = "balance" {
        /// The measures of the whole graph.
        balance: Table<MeasureRow>,
        /// The two sides of the best split, in each connected part.
        sides: Table<SplitRow>,
        /// The relations that do not fit that split.
        frustrated: Table<RelationRow>,
        /// The relations in unbalanced triangles, those in most first.
        strained: Table<RelationRow>,
    }
}
answer! {
    /// How two actors relate.
    pub struct Relation = "relation" {
        /// Their relation; empty if nothing says how they relate.
        relation: Table<RelationRow>,
    }
}

table! {
    /// A side of a split.
    pub struct SplitRow {
        /// The number of the connected part, from 1.
        part: usize,
        /// The side, 1 or 2.
        side: usize,
        /// How many actors are on it.
        actors: usize,
        /// The actors.
        members: Vec<ActorId>,
    }

    /// How two actors relate.
    pub struct RelationRow of "relation" {
        /// One actor.
        one: ActorId,
        /// Whether they are friendly or unfriendly; `neither` if equally both.
        relation: Word,
        /// The other actor.
        other: ActorId,
        /// How many ties and shared issues say that they are friendly.
        friendly: usize,
        /// How many say that they are unfriendly.
        unfriendly: usize,
        /// How many balanced triangles they are in.
        balanced: Option<usize>,
        /// How many unbalanced triangles they are in.
        unbalanced: Option<usize>,
        /// Whether it does not fit the best split.
        frustrated: Option<Word>,
    }
}

/// Returns the columns of relations hidden from people: for ties, a column of ones adds nothing to
/// the word.
fn counts(signs: Signs) -> &'static [&'static str] {
    match signs {
        Signs::Ties => &["friendly", "unfriendly"],
        _ => &[],
    }
}

/// Measures how balanced the relations of a graph are.
pub fn balance(graph: &Graph, lens: Lens, question: &BalanceQuestion) -> Balance {
    let title = TITLE.to_owned();
    let Some(relations) = Relations::new(graph, lens, question.signs, &[]) else {
        return Balance {
            title,
            balance: Table::new("", []),
            sides: Table::new("", []),
            frustrated: Table::new("", []),
            strained: Table::new("", []),
            notes: too_many(),
        };
    };
    let found = Found::of(graph, &relations, question.budget);
    Balance {
        title,
        balance: found.summary(),
        sides: found.sides(graph, &relations),
        frustrated: found.frustrated(&relations, question.most),
        strained: found.strained(&relations, question.most),
        notes: notes(graph, lens, &relations, &found),
    }
}

/// Returns how two actors relate, and everything behind it.
pub fn relation(
    graph: &Graph,
    lens: Lens,
    question: &BalanceQuestion,
    (one, other): (ActorId, ActorId),
) -> Relation {
    let title = TITLE.to_owned();
    match Relations::new(graph, lens, question.signs, &[one, other]) {
        None => Relation {
            title,
            relation: Table::new("", []),
            notes: too_many(),
        },
        Some(relations) => {
            let found = Found::of(graph, &relations, question.budget);
            Relation {
                title,
                relation: found.relation(&relations, pair(one, other)),
                notes: notes(graph, lens, &relations, &found),
            }
        }
    }
}

const TITLE: &str = "Structural balance";

fn too_many() -> Notes {
    let text = format!(
        "More than {MOST} pairs of actors share an issue: too many to balance. Add `--signs ties` to use ties only."
    );
    Notes(vec![Note::new("too_many_pairs", text)])
}

fn notes(graph: &Graph, lens: Lens, relations: &Relations<'_>, found: &Found) -> Notes {
    let mut notes = Notes::default();
    notes.push(Note::new("signs", signs(relations.signs)));
    notes.extend(found.notes(relations.torn()));
    notes.extend(relations.left_out.clone());
    notes.extend(relations.attributed.clone());
    notes.extend(relations.offers.clone());
    notes.extend(few_known(graph, lens).filter(|_| relations.signs != Signs::Ties));
    notes
}

fn signs(signs: Signs) -> &'static str {
    match signs {
        Signs::Ties => {
            "Friendly: allies, partners, agreements; unfriendly: rivals and hostile ties. Where two actors have both, the kind with more ties counts."
        }
        Signs::Positions => {
            concat!(
                "Friendly: two actors on the same side of more issues than on opposite sides; unfriendly: of fewer. Issues on which either is ",
                verdict_word!(neutral),
                ", ",
                verdict_word!(mixed),
                ", ",
                verdict_word!(contested),
                ", ",
                verdict_word!(unknown),
                " or at a number do not count."
            )
        }
        Signs::Both => {
            "Friendly: two actors with more friendly ties and issues on the same side than unfriendly ties and issues on opposite sides; unfriendly: with fewer."
        }
    }
}

fn pair(one: ActorId, other: ActorId) -> (ActorId, ActorId) {
    (one.min(other), one.max(other))
}

/// The measurements. A node is the number of an actor with a sign; edges are sorted by their pairs
/// of nodes.
struct Found {
    actors: Vec<ActorId>,
    edges: Vec<(ActorId, ActorId)>,
    signed: Signed,
    triangles: Triangles,
    walks: Option<f64>,
    split: Frustration,
    /// The note that the split is one of several, or may be.
    others: Option<Note>,
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
        // Sorted by id, because which of several equal splits is found depends on the numbers of
        // the nodes.
        let mut actors: Vec<ActorId> = signed.iter().flat_map(|((a, b), _)| [*a, *b]).collect();
        actors.sort_by_key(|actor| &graph[*actor].id);
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
        let split = frustration(&signed, budget);
        Found {
            others: one_of_several(&signed, &split),
            triangles: triangles(&signed),
            walks: walks(&signed),
            split,
            actors,
            edges,
            signed,
        }
    }

    fn summary(&self) -> Table<MeasureRow> {
        let edges = self.signed.edges().len();
        let unfriendly = self
            .signed
            .edges()
            .iter()
            .filter(|(.., sign)| *sign < 0.0)
            .count();
        let [all_friends, one_foe, two_foes, all_foes] = self.triangles.counts;
        let count = |name: Word, count: usize| measure(name, count as f64);
        let half = edges as f64 / 2.0;
        let normalised = |frustration: f64| (half > 0.0).then(|| 1.0 - frustration / half);
        let mut rows = vec![
            count("actors".into(), self.actors.len()),
            count("friendly relations".into(), edges - unfriendly),
            count("unfriendly relations".into(), unfriendly),
            count(
                Word::new("triangles_all_friendly", "triangles +++, balanced"),
                all_friends,
            ),
            count(
                Word::new("triangles_one_unfriendly", "triangles ++−"),
                one_foe,
            ),
            count(
                Word::new("triangles_two_unfriendly", "triangles +−−, balanced"),
                two_foes,
            ),
            count(
                Word::new("triangles_all_unfriendly", "triangles −−−"),
                all_foes,
            ),
        ];
        let of = |name: Word, value: Option<f64>| value.map(|value| measure(name, value));
        rows.extend(of("triangle balance".into(), self.triangles.balance()));
        let Frustration { lower, upper, .. } = self.split;
        if self.split.is_exact() {
            rows.push(measure(
                Word::new("frustration", "frustration, proved"),
                upper,
            ));
            let name = Word::new(
                "normalised_frustration",
                "1 − frustration / (relations / 2)",
            );
            rows.extend(of(name, normalised(upper)));
        } else {
            rows.push(measure("frustration, at least", lower));
            rows.push(measure("frustration, at most", upper));
            let name = Word::new(
                "normalised_frustration_at_least",
                "1 − frustration / (relations / 2), at least",
            );
            rows.extend(of(name, normalised(upper)));
        }
        rows.extend(of("walk balance".into(), self.walks));
        if self.actors.is_empty() {
            rows.clear();
        }
        Table::new("", rows).or_else("No relation has a sign: there is nothing to balance.")
    }

    /// Lists the two sides of the best split in each part. No relation says which side of one part
    /// goes with which side of another.
    fn sides(&self, graph: &Graph, relations: &Relations<'_>) -> Table<SplitRow> {
        let heading = match (self.split.is_exact(), &self.others) {
            (true, None) => "The split with the least frustration",
            (true, Some(_)) => "A split with the least frustration",
            (false, _) => "The best split found",
        };
        let larger = |side: &Vec<ActorId>| {
            (
                std::cmp::Reverse(side.len()),
                side.first()
                    .map(|actor| graph.id(Entity::Actor(*actor)).to_owned()),
            )
        };
        let mut parts: BTreeMap<u32, [Vec<ActorId>; 2]> = BTreeMap::new();
        for ((actor, part), side) in self
            .actors
            .iter()
            .zip(self.signed.parts())
            .zip(&self.split.split)
        {
            parts.entry(part).or_default()[usize::from(*side)].push(*actor);
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
        let numbered = parts.iter().zip(1..).flat_map(|(sides, part)| {
            sides
                .iter()
                .zip(1..)
                .map(move |(members, side)| (part, side, &members[..]))
        });
        let sides: Vec<(usize, usize, &[ActorId])> = numbered
            .filter(|(.., members)| !members.is_empty())
            .collect();
        let members: Vec<&[ActorId]> = sides.iter().map(|(.., members)| *members).collect();
        let evidence = relations.evidence_of(&members);
        let rows = sides
            .iter()
            .zip(evidence)
            .map(|((part, side, members), evidence)| SplitRow {
                part: *part,
                side: *side,
                actors: members.len(),
                members: members.to_vec(),
                behind: Behind::default().because(evidence),
            });
        let hidden: &[&str] = if parts.len() > 1 { &[] } else { &["part"] };
        Table::new(heading, rows).hiding(hidden)
    }

    /// Returns whether a relation does not fit the split.
    fn is_frustrated(&self, edge: usize) -> bool {
        Signed::is_frustrated(&self.split.split, self.signed.edges()[edge])
    }

    fn frustrated(&self, relations: &Relations<'_>, most: Option<usize>) -> Table<RelationRow> {
        let all = 0..self.edges.len();
        let edges: Vec<usize> = all.filter(|edge| self.is_frustrated(*edge)).collect();
        let what = "Relations that do not fit the split";
        self.table(relations, what, &edges, most)
            .or_else(self.if_any("Every relation fits the split."))
    }

    /// Lists the relations in unbalanced triangles, those in most first.
    fn strained(&self, relations: &Relations<'_>, most: Option<usize>) -> Table<RelationRow> {
        let mut edges: Vec<usize> = (0..self.edges.len())
            .filter(|edge| self.triangles.of_edges[*edge][1] > 0)
            .collect();
        // The most strained come first: by more unbalanced triangles, then by fewer balanced ones.
        edges.sort_by_key(|edge| {
            let [balanced, unbalanced] = self.triangles.of_edges[*edge];
            (std::cmp::Reverse(unbalanced), balanced)
        });
        self.table(relations, "Relations in unbalanced triangles", &edges, most)
            .or_else(self.if_any("No triangle is unbalanced."))
    }

    /// Lists the first `most` of these relations.
    fn table(
        &self,
        relations: &Relations<'_>,
        what: &str,
        edges: &[usize],
        most: Option<usize>,
    ) -> Table<RelationRow> {
        let shown = edges.iter().take(most.unwrap_or(usize::MAX));
        Table::new(what, shown.map(|edge| self.row(relations, *edge)))
            .first_of(edges.len())
            .hiding(&["frustrated"])
            .hiding(counts(relations.signs))
    }

    /// Returns the words for an empty table, or none if there are no relations at all.
    fn if_any(&self, words: &'static str) -> &'static str {
        if self.actors.is_empty() { "" } else { words }
    }

    /// Returns one relation, and everything behind it.
    fn relation(&self, relations: &Relations<'_>, pair: (ActorId, ActorId)) -> Table<RelationRow> {
        let is_it = |edge: &(ActorId, ActorId)| self::pair(edge.0, edge.1) == pair;
        let row = match self.edges.iter().position(is_it) {
            Some(edge) => Some(self.row(relations, edge)),
            None => relations
                .pairs
                .contains_key(&pair)
                .then(|| relations.row(pair, "neither")),
        };
        Table::new("", row)
            .hiding(counts(relations.signs))
            .or_else("No tie and no shared issue shows how these two relate.")
    }

    fn row(&self, relations: &Relations<'_>, edge: usize) -> RelationRow {
        let sign = match self.signed.edges()[edge].2 > 0.0 {
            true => "friendly",
            false => "unfriendly",
        };
        let [balanced, unbalanced] = self.triangles.of_edges[edge].map(Some);
        let frustrated = match self.is_frustrated(edge) {
            true => "yes",
            false => "no",
        };
        RelationRow {
            balanced,
            unbalanced,
            frustrated: Some(frustrated.into()),
            ..relations.row(self.edges[edge], sign)
        }
    }

    fn notes(&self, torn: usize) -> Notes {
        let mut notes = Notes::default();
        if !self.split.is_exact() {
            let Frustration { lower, upper, .. } = self.split;
            let more = match self.split.is_open {
                true => "A larger `--budget` may prove more.",
                false => "Frustration is too high for any `--budget` to prove more.",
            };
            let by = if lower > 0.0 {
                format!(", {:.0} % more", 100.0 * (upper - lower) / lower)
            } else {
                String::new()
            };
            notes.push(Note::new("not_proved", format!(
                "Not proved to be the least: no split has a frustration below {lower}, the best found has {upper}{by}. {more}"
            )));
        }
        notes.extend(self.others.clone());
        if self.walks.is_none() && !self.actors.is_empty() {
            notes.push(Note::new(
                "walk_balance",
                format!("Walk balance is not computed: more than {WALKS} actors are connected."),
            ));
        }
        if torn > 0 {
            let text = format!(
                "Equally friendly and unfriendly, so left out: {}.",
                counted(torn, "pair")
            );
            notes.push(Note::new("torn", text).of(torn));
        }
        notes.extend(unconnected(&self.signed));
        if !self.actors.is_empty() && self.triangles.all() == 0 {
            notes.push(Note::new(
                "no_triangle",
                "There is no triangle, so there is no triangle balance.",
            ));
        }
        notes
    }
}

/// Notes that the relations fall into parts with no relation between them, or returns `None`.
pub(super) fn unconnected(signed: &Signed) -> Option<Note> {
    let parts = signed.parts();
    let joined = signed.edges().iter().map(|(a, ..)| parts[*a]);
    let count = joined.collect::<BTreeSet<u32>>().len();
    (count > 1).then(|| {
        let text = format!(
            "The relations fall into {count} unconnected parts: nothing says which side of one goes with which side of another."
        );
        Note::new("parts", text).of(count)
    })
}

/// Notes that other splits frustrate as little as the one shown, or may do; `None` if it is the
/// only one.
pub(super) fn one_of_several(signed: &Signed, found: &Frustration) -> Option<Note> {
    let (mut others, mut at_least, mut not_sought) = (1_usize, false, false);
    for part in equals(signed, &found.split) {
        match part {
            Equals::Known(more) => others = others.saturating_mul(more + 1),
            Equals::Some => at_least = true,
            Equals::NoneNear => not_sought = true,
        }
    }
    let text = match (others - 1, at_least, not_sought) {
        (0, false, false) => return None,
        (0, false, true) => format!(
            "Other splits may have as little frustration: moving any one actor to the other side adds some, but with more than {ALL} connected actors no other splits were tried."
        ),
        (more, false, false) => format!(
            "The split is one of several: {} as little frustration.",
            match more {
                1 => "1 other has".to_owned(),
                more => format!("{more} others have"),
            }
        ),
        _ => "The split is one of several with as little frustration.".to_owned(),
    };
    Some(Note::new("equal_splits", text))
}
