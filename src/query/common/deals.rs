//! Deals in reach: issues on which all would be on one side, if the offers of some were taken up.

use crate::graph::{ActorId, Census, Entity, Fate, Footing, Graph, IssueId, Lens, Verdict};
use crate::model::Position;
use crate::query::rows;
use crate::query::{Behind, Said, table};
use crate::words::joined;

table! {
    /// What one of several actors would contribute to a deal.
    pub struct DealRow {
        /// The issue.
        issue: IssueId,
        /// The actor.
        actor: ActorId,
        /// Its position, or what it offers and on which condition.
        brings: Said,
        /// The actors and issues that the condition depends on.
        depends_on: Vec<Entity>,
        /// Where the actors that it depends on stand on the issue, and on the issues that it
        /// depends on.
        they_say: String,
    }
}

/// What an actor could bring: its position, or one of its offers, with the statement it is in.
struct Bid<'f> {
    position: Position,
    offer: Option<&'f Footing>,
}

/// Returns the rows of the deals on an issue, side by side: for each actor its position, if that is
/// on the side, else its offers that are.
pub(super) fn of(
    graph: &Graph,
    lens: Lens,
    census: &Census,
    actors: &[ActorId],
    issue: IssueId,
) -> Vec<DealRow> {
    let bids: Vec<Vec<Bid<'_>>> = actors
        .iter()
        .map(|actor| bids(graph, census, *actor, issue))
        .collect();
    // Numbers agree only if they are equal, so all who give one must give the same; words on the
    // same side agree with any.
    let mut goals: Vec<Position> = Vec::new();
    for bid in bids.iter().flatten() {
        let word = match graph.half(issue, bid.position) {
            Some(std::cmp::Ordering::Greater) => Position::Supports,
            Some(std::cmp::Ordering::Less) => Position::Opposes,
            Some(std::cmp::Ordering::Equal) => Position::Neutral,
            None => continue,
        };
        for goal in [word, bid.position] {
            if (goal == word || goal.number().is_some()) && !goals.contains(&goal) {
                goals.push(goal);
            }
        }
    }
    let mut rows: Vec<DealRow> = Vec::new();
    for goal in goals {
        let fits = |bid: &&Bid<'_>| {
            graph.alike(issue, bid.position, goal)
                && (bid.position.number().is_none() || bid.position == goal)
        };
        let brought: Vec<Vec<&Bid<'_>>> = bids
            .iter()
            .map(|bids| {
                let fitting: Vec<&Bid<'_>> = bids.iter().filter(fits).collect();
                // Whoever is on the side already need not offer anything.
                match fitting.first() {
                    Some(first) if first.offer.is_none() => vec![*first],
                    _ => fitting,
                }
            })
            .collect();
        let needs_offer = brought.iter().flatten().any(|bid| bid.offer.is_some());
        if !needs_offer || brought.iter().any(Vec::is_empty) {
            continue;
        }
        for (actor, bids) in actors.iter().zip(brought) {
            for bid in bids {
                let row = row(graph, lens, census, (*actor, issue), bid);
                if !rows.contains(&row) {
                    rows.push(row);
                }
            }
        }
    }
    rows
}

fn bids<'c>(graph: &Graph, census: &'c Census, actor: ActorId, issue: IssueId) -> Vec<Bid<'c>> {
    let Some(cell) = census.at(actor, issue) else {
        return Vec::new();
    };
    let own = match cell.verdict {
        Verdict::Stands(position) => Some(Bid {
            position,
            offer: None,
        }),
        Verdict::Contested | Verdict::Unknown => None,
    };
    let offered = census.footings(cell).iter();
    let offered = offered.filter(|footing| footing.fate == Fate::Offered);
    let offered = offered.filter_map(|footing| {
        Some(Bid {
            position: graph[footing.stance].position?,
            offer: Some(footing),
        })
    });
    own.into_iter().chain(offered).collect()
}

fn row(
    graph: &Graph,
    lens: Lens,
    census: &Census,
    (actor, issue): (ActorId, IssueId),
    bid: &Bid<'_>,
) -> DealRow {
    let Some(offer) = bid.offer else {
        let in_force = census.at(actor, issue).into_iter().flat_map(|cell| {
            let footings = census.footings(cell).iter();
            footings.filter(|footing| footing.fate == Fate::InForce)
        });
        return DealRow {
            issue,
            actor,
            brings: Said {
                position: Some(bid.position),
                condition: None,
            },
            depends_on: Vec::new(),
            they_say: String::new(),
            behind: Behind::first_of(graph, in_force.map(rows::evidence).collect()),
        };
    };
    let stance = &graph[offer.stance];
    let hands = stance.depends_on();
    let others = hands.iter().filter_map(|entity| entity.issue());
    let on = rows::distinct(std::iter::once(issue).chain(others));
    let say = hands
        .iter()
        .filter_map(|entity| entity.actor())
        .map(|hand| {
            let stands = on.iter().map(|on| {
                let standing = graph.position(hand, *on, lens);
                let mut words = vec![standing.verdict.word()];
                let offers = graph.offers(&standing.footings);
                words.extend(offers.iter().map(|offer| offer.words()));
                match *on == issue {
                    true => words.join("; "),
                    false => format!("on {}: {}", graph[*on].name, words.join("; ")),
                }
            });
            format!("{}: {}", graph[hand].name, joined(stands))
        });
    DealRow {
        issue,
        actor,
        brings: Said::of(stance),
        depends_on: hands.to_vec(),
        they_say: say.collect::<Vec<String>>().join("; "),
        behind: Behind::at(stance.place).because([rows::evidence(offer)]),
    }
}
