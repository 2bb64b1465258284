//! Who stands between whom: how central each connected actor is, which brokerage roles it has, and
//! which shortest connections between two actors run through it.

use crate::graph::{ActorId, Entity, Graph, Lens};
use crate::measure::between::{Between, between};
use crate::measure::betweenness::{Centrality, Sources, centrality};
use crate::measure::network::Network;
use crate::measure::roles::roles;
use crate::model::ActorKind;
use crate::query::few::few_known;
use crate::query::membership;
use crate::query::web::{Connecting, Joint, Web, web};
use crate::query::{Behind, Evidence, Note, Notes, Table, Through, answer, rows, table};
use crate::words::joined;

/// The groups of actors that one brokers within or between.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Groups {
    /// The kinds of actor: states, organizations, persons, groups.
    #[default]
    Kind,
    /// The camps that `camps` finds.
    Camp,
}

/// A question about brokers.
#[derive(Clone, Debug, Default)]
pub struct BrokerQuestion {
    /// What counts as a connection.
    pub through: Through,
    /// Whether an actor is merged with the one it speaks for, unless it is asked about.
    pub fold: bool,
    /// The groups by which roles are counted.
    pub by: Groups,
    /// The number of brokers or connections to show; `None` for all.
    pub most: Option<usize>,
    /// The number of actors from which shortest connections are followed; `None` for as many as is
    /// quick.
    pub sample: Option<usize>,
}

impl BrokerQuestion {
    fn connecting(&self) -> Connecting {
        let &BrokerQuestion { through, fold, .. } = self;
        Connecting { through, fold }
    }
}

/// The number of steps along edges up to which betweenness is exact: about a second's work.
const EXACT: usize = 3_000_000_000;
/// The number of steps spent on a sample.
const SAMPLED: usize = 500_000_000;

answer! {
    /// Who stands between whom, among all actors.
    pub struct Brokers = "brokers" {
        /// The brokers, the most central first.
        brokers: Table<BrokerRow>,
        /// Their roles as brokers between groups.
        roles: Table<RoleRow>,
    }
}
answer! {
    /// Who stands between some actors and some others.
    pub struct Bridges = "bridges" {
        /// Who is in between.
        bridges: Table<BridgeRow>,
        /// The shortest connections.
        connections: Table<ConnectionRow>,
    }
}

table! {
    /// How central an actor is.
    pub struct BrokerRow of "actor" {
        /// The actor.
        actor: ActorId,
        /// The share of the shortest connections between two others that run through it, summed
        /// over all pairs.
        betweenness: f64,
        /// The standard error of the betweenness, if it is estimated.
        standard_error: Option<f64>,
        /// Its betweenness as a share of all pairs it can reach.
        share: Option<f64>,
        /// How many actors it is connected with.
        degree: usize,
        /// How many actors it can reach.
        reaches: usize,
        /// 1 / the mean number of steps to those it can reach.
        closeness: Option<f64>,
    }

    /// How often an actor brokers in which role (Gould and Fernandez 1989).
    pub struct RoleRow {
        /// The actor.
        actor: ActorId,
        /// Its group.
        group: String,
        /// Brokerage between two of its own group.
        coordinator: usize,
        /// Brokerage between two of one other group.
        itinerant: usize,
        /// Brokerage from another group into its own.
        gatekeeper: usize,
        /// Brokerage from its own group to another.
        representative: usize,
        /// Brokerage between two other groups.
        liaison: usize,
    }

    /// An actor in between.
    pub struct BridgeRow {
        /// The actor.
        actor: ActorId,
        /// The share of the shortest connections that run through it, averaged over the pairs.
        bridge: f64,
        /// How many shortest connections run through it.
        connections: f64,
        /// How many there are in all.
        of_all: f64,
    }

    /// A shortest connection.
    pub struct ConnectionRow {
        /// The number of steps.
        steps: usize,
        /// The actors on it, in words.
        connection: String,
        /// The actors on it.
        actors for programs: Vec<ActorId>,
    }
}

/// Finds who stands between whom, among all actors.
pub fn brokers(graph: &Graph, lens: Lens, question: &BrokerQuestion) -> Brokers {
    let web = web(graph, lens, question.connecting(), &[]);
    let network = network(graph, &web);
    let mut answer = all(graph, lens, &web, &network, question);
    answer
        .notes
        .extend(of_connections(graph, lens, &web, question));
    answer
}

/// Finds who stands between some actors and some others.
pub fn bridges(
    graph: &Graph,
    lens: Lens,
    question: &BrokerQuestion,
    ends: (&[ActorId], &[ActorId]),
) -> Bridges {
    let named = [ends.0, ends.1].concat();
    let web = web(graph, lens, question.connecting(), &named);
    let network = network(graph, &web);
    let mut answer = between_two(graph, &web, &network, question, ends);
    answer
        .notes
        .extend(of_connections(graph, lens, &web, question));
    answer
}

/// Notes what a connection is.
fn of_connections(graph: &Graph, lens: Lens, web: &Web, question: &BrokerQuestion) -> Notes {
    let mut notes = Notes::default();
    let text = format!("A connection is {}.", words(question.through));
    notes.push(Note::new("connection", text));
    notes.extend(web.notes.clone());
    // Meetings and ties are known whatever is known of positions.
    let is_of_positions = match question.through {
        Through::Meetings | Through::Ties => question.by == Groups::Camp,
        Through::Issues | Through::All => true,
    };
    notes.extend(few_known(graph, lens).filter(|_| is_of_positions));
    notes
}

fn words(through: Through) -> &'static str {
    match through {
        Through::Meetings => "a meeting held",
        Through::Issues => "agreement on an issue",
        Through::Ties => "a tie, or one speaking for the other or belonging to it",
        Through::All => {
            "a meeting held, agreement on an issue, a tie, or one speaking for the other or belonging to it"
        }
    }
}

/// Builds the undirected network of connections.
fn network(graph: &Graph, web: &Web) -> Network {
    let lists: Vec<Vec<u32>> = web
        .links
        .iter()
        .map(|link| link.actors.iter().map(|actor| actor.0).collect())
        .collect();
    Network::new(graph.actors.len(), lists.iter().map(Vec::as_slice), &[])
}

/// Builds the network in which directed ties lead one way only, and its reverse.
fn directed(graph: &Graph, web: &Web) -> (Network, Network) {
    let (mut lists, mut arcs): (Vec<Vec<u32>>, Vec<(u32, u32)>) = Default::default();
    for link in &web.links {
        match link.actors[..] {
            [from, to] if link.joint.is_directed(graph) => arcs.push((from.0, to.0)),
            _ => lists.push(link.actors.iter().map(|actor| actor.0).collect()),
        }
    }
    let back: Vec<(u32, u32)> = arcs.iter().map(|(from, to)| (*to, *from)).collect();
    let of = |arcs: &[(u32, u32)]| {
        Network::new(graph.actors.len(), lists.iter().map(Vec::as_slice), arcs)
    };
    (of(&arcs), of(&back))
}

/// Returns from how many actors shortest connections are followed.
fn sources(network: &Network, sample: Option<usize>) -> Sources {
    let size = network.size().max(1);
    match sample {
        Some(count) => Sources::Sample(count),
        None if size.saturating_mul(network.nodes()) <= EXACT => Sources::All,
        None => Sources::Sample(SAMPLED / size),
    }
}

fn all(
    graph: &Graph,
    lens: Lens,
    web: &Web,
    network: &Network,
    question: &BrokerQuestion,
) -> Brokers {
    let found = centrality(network, sources(network, question.sample));
    let mut order = by_rank(graph, network, &found);
    let all = graph.scope().actors(graph);
    let asked = all.filter(|actor| !web.merged.contains(actor)).count();
    let alone = asked - order.len();
    let connected = order.len();
    order.truncate(question.most.unwrap_or(usize::MAX));
    let central = Table::new("Who is in between", broker_rows(graph, web, network, &found, &order))
        .first_of(connected)
        .or_else("No two actors are connected in this way: try `--through meetings`, `ties`, `issues` or `all`.");
    let mut notes = Notes::default();
    if connected > 0 {
        notes.push(Note::new("measures", measures(&found, network)));
    }
    if connected > order.len() {
        let text = format!(
            "{} of {connected} connected actors are shown: `--top` shows more.",
            order.len()
        );
        notes.push(Note::new("shown", text).of(order.len()));
    }
    if alone > 0 {
        let text = format!("Not connected with anybody in this way: {alone} of {asked} actors.");
        notes.push(Note::new("unconnected", text).of(alone));
    }
    let groups = groups(graph, lens, question.by);
    if question.by == Groups::Camp {
        let none = groups.iter().filter(|(group, _)| group.is_none()).count();
        let text = format!(
            "In no camp, so in no role: {none} of {} actors. `demarche camps` shows who is in which.",
            groups.len()
        );
        notes.push(Note::new("in_no_camp", text).of(none));
    }
    Brokers {
        title: "Who stands between whom".to_owned(),
        brokers: central,
        roles: brokerage(graph, web, &order, (question.by, &groups)),
        notes,
    }
}

/// Returns the actors that are connected with anybody, those most in between first.
fn by_rank(graph: &Graph, network: &Network, found: &Centrality) -> Vec<usize> {
    let nodes = 0..network.nodes();
    let mut order: Vec<usize> = nodes.filter(|node| network.degree(*node) > 0).collect();
    order.sort_by(|a, b| {
        let [one, other] = [*a, *b].map(|node| (found.betweenness[node], network.degree(node)));
        let by_measure = other.0.total_cmp(&one.0).then(other.1.cmp(&one.1));
        by_measure.then_with(|| graph.actors[*a].id.cmp(&graph.actors[*b].id))
    });
    order
}

/// Returns a row for each of these actors.
fn broker_rows(
    graph: &Graph,
    web: &Web,
    network: &Network,
    found: &Centrality,
    actors: &[usize],
) -> Vec<BrokerRow> {
    let parts = network.parts();
    let mut sizes = vec![0_usize; parts.len()];
    for part in &parts {
        sizes[*part as usize] += 1;
    }
    let is_sampled = found.sources < network.nodes();
    let row = |node: &usize| {
        let others = sizes[parts[*node] as usize].saturating_sub(1);
        let pairs = (others as f64) * (others as f64 - 1.0) / 2.0;
        let actor = ActorId(*node as u32);
        BrokerRow {
            actor,
            betweenness: found.betweenness[*node],
            standard_error: is_sampled.then(|| found.error[*node]),
            share: (pairs > 0.0).then(|| found.betweenness[*node] / pairs),
            degree: network.degree(*node),
            reaches: others,
            closeness: found.closeness[*node],
            behind: Behind::at(graph.actors[*node].place).because(evidence(web, actor)),
        }
    };
    actors.iter().map(row).collect()
}

/// Explains what the columns mean, and how far they can be trusted.
fn measures(found: &Centrality, network: &Network) -> String {
    let how = if found.sources < network.nodes() {
        format!(
            "estimated from {} of {} actors drawn at random, with its standard error: 19 times out of 20 the true value is within twice that",
            found.sources,
            network.nodes()
        )
    } else {
        "exact".to_owned()
    };
    format!(
        "Betweenness is the share of shortest connections that run through the actor, summed over all pairs of others ({how}); share is betweenness per pair it can reach; closeness is 1 / the mean number of steps to the actors it can reach."
    )
}

/// Returns the group of each actor, and the name of the group.
fn groups(graph: &Graph, lens: Lens, by: Groups) -> Vec<(Option<u32>, String)> {
    match by {
        Groups::Kind => graph
            .actors
            .iter()
            .map(|actor| {
                (
                    actor.kind.map(|kind| kind as u32),
                    ActorKind::word_of(actor.kind).to_owned(),
                )
            })
            .collect(),
        Groups::Camp => {
            let camps = membership(graph, lens).of.into_iter();
            camps
                .map(|camp| {
                    (
                        camp,
                        camp.map_or(String::new(), |camp| format!("camp {camp}")),
                    )
                })
                .collect()
        }
    }
}

type Grouped<'g> = (Groups, &'g [(Option<u32>, String)]);

fn brokerage(
    graph: &Graph,
    web: &Web,
    order: &[usize],
    (by, groups): Grouped<'_>,
) -> Table<RoleRow> {
    let table = Table::new(
        match by {
            Groups::Kind => "Roles, by kind of actor",
            Groups::Camp => "Roles, by camp",
        },
        [],
    );
    if order.is_empty() {
        return table;
    }
    let (onward, back) = directed(graph, web);
    let of: Vec<Option<u32>> = groups.iter().map(|(group, _)| *group).collect();
    let rows = order.iter().filter_map(|node| {
        let found = roles(&onward, &back, &of, *node);
        (found.all() > 0).then(|| RoleRow {
            actor: ActorId(*node as u32),
            group: groups[*node].1.clone(),
            coordinator: found.coordinator,
            itinerant: found.itinerant,
            gatekeeper: found.gatekeeper,
            representative: found.representative,
            liaison: found.liaison,
            behind: Behind::default(),
        })
    });
    table
        .with(rows)
        .or_else(match groups.iter().any(|(group, _)| group.is_some()) {
            true => "No actor connects two that are not themselves connected.",
            false => "No actor is in a camp, so there are no roles.",
        })
}

/// Returns the records that connect an actor.
fn evidence(web: &Web, actor: ActorId) -> Vec<Evidence> {
    rows::distinct(
        web.of[actor.index()]
            .iter()
            .map(|joint| behind(web.links[*joint].joint)),
    )
}

fn behind(joint: Joint) -> Evidence {
    match joint {
        Joint::Voice { speaker, .. } => Evidence::Thing(Entity::Actor(speaker)),
        Joint::Membership { group, .. } => Evidence::Thing(Entity::Actor(group)),
        Joint::Meeting(id) => Evidence::Thing(Entity::Meeting(id)),
        Joint::Tie(id) => Evidence::Tie(id),
        Joint::Issue(id, _) => Evidence::Thing(Entity::Issue(id)),
    }
}

/// The most connections that are shown, whatever number is asked for.
const SHOWN: usize = 20;

/// Those between the ends of one pair.
type Pair = ((ActorId, ActorId), Between);

fn between_two(
    graph: &Graph,
    web: &Web,
    network: &Network,
    question: &BrokerQuestion,
    ends: (&[ActorId], &[ActorId]),
) -> Bridges {
    let names = |ids: &[ActorId]| joined(ids.iter().map(|id| graph[*id].name.as_ref()));
    let pairs = ends
        .0
        .iter()
        .flat_map(|from| ends.1.iter().map(move |to| (*from, *to)))
        .filter(|(from, to)| from != to);
    let found = pairs.map(|pair| (pair, between(network, pair.0.index(), pair.1.index())));
    let (linked, apart): (Vec<Pair>, Vec<Pair>) =
        found.partition(|(_, between)| between.steps.is_some());
    let all: f64 = linked.iter().map(|(_, between)| between.paths).sum();
    let most = question.most.unwrap_or(usize::MAX);
    let mut scores = scores(graph, network, &linked);
    let on = scores.len();
    scores.truncate(most);
    let row = |(node, score): &(usize, f64)| BridgeRow {
        actor: ActorId(*node as u32),
        bridge: *score,
        connections: linked
            .iter()
            .map(|(_, between)| between.through[*node])
            .sum(),
        of_all: all,
        behind: Behind::at(graph.actors[*node].place),
    };
    let empty = match linked.is_empty() {
        true => {
            let [one, other] = [ends.0, ends.1].map(names);
            format!(
                "Nothing known connects {one} with {other} in this way; they may still be connected."
            )
        }
        false => "They are connected directly: nobody stands between them.".to_owned(),
    };
    let bridges = Table::new("Who is in between", scores.iter().map(row)).or_else(empty);
    let mut shortest = Vec::new();
    for ((from, _), between) in &linked {
        let left = most.min(SHOWN).saturating_sub(shortest.len());
        let paths = between.list(network, from.index(), left);
        shortest.extend(paths.iter().map(|path| connection(graph, web, path)));
    }
    let mut notes = of_bridges((scores.len(), on), (shortest.len(), all));
    if !linked.is_empty() && !apart.is_empty() {
        let pairs = apart.iter().map(|((one, other), _)| names(&[*one, *other]));
        let pairs: Vec<String> = pairs.collect();
        let text = format!("Nothing known connects {}.", pairs.join("; "));
        notes.push(Note::new("unconnected_pairs", text).of(apart.len()));
    }
    let title = match ends {
        ([from], [to]) => format!("Between {} and {}", names(&[*from]), names(&[*to])),
        (from, to) => format!(
            "Between {} on one side, {} on the other",
            names(from),
            names(to)
        ),
    };
    Bridges {
        title,
        bridges,
        connections: Table::new("Shortest connections", shortest),
        notes,
    }
}

/// Returns the share of the shortest connections that run through each node, on average over the
/// pairs that are connected, the greatest first. Nodes through which none runs are left out.
fn scores(graph: &Graph, network: &Network, linked: &[Pair]) -> Vec<(usize, f64)> {
    let score = |node: usize| {
        let shares = linked
            .iter()
            .map(|(_, between)| between.through[node] / between.paths);
        shares.sum::<f64>() / linked.len().max(1) as f64
    };
    let nodes = 0..network.nodes();
    let scores = nodes.map(|node| (node, score(node)));
    let mut scores: Vec<(usize, f64)> = scores.filter(|(_, score)| *score > 0.0).collect();
    scores.sort_by(|a, b| {
        b.1.total_cmp(&a.1)
            .then_with(|| graph.actors[a.0].id.cmp(&graph.actors[b.0].id))
    });
    scores
}

/// Notes what a bridge is, and how many are shown of the actors and of the connections.
fn of_bridges((shown, on): (usize, usize), (listed, all): (usize, f64)) -> Notes {
    let mut notes = Notes::default();
    if all > 0.0 {
        notes.push(Note::new(
            "measures",
            "Bridge is the share of the shortest connections that run through the actor, on average over the pairs.",
        ));
    }
    if on > shown {
        let text = format!("{shown} of {on} actors in between are shown: `--top` shows more.");
        notes.push(Note::new("shown", text).of(shown));
    }
    if all > listed as f64 {
        let text = format!("{listed} of {all} shortest connections are shown.");
        notes.push(Note::new("connections_shown", text).of(listed));
    }
    notes
}

/// Builds the row of one connection, with everything that joins each two on it.
fn connection(graph: &Graph, web: &Web, path: &[usize]) -> ConnectionRow {
    let names: Vec<&str> = path
        .iter()
        .map(|node| graph.actors[*node].name.as_ref())
        .collect();
    let between = path.windows(2).flat_map(|pair| {
        let joints = web.of[pair[0]]
            .iter()
            .filter(|joint| web.of[pair[1]].contains(joint));
        joints
            .map(|joint| behind(web.links[*joint].joint))
            .collect::<Vec<_>>()
    });
    ConnectionRow {
        steps: path.len() - 1,
        connection: names.join(" – "),
        actors: path.iter().map(|node| ActorId(*node as u32)).collect(),
        behind: Behind::first_of(graph, rows::distinct(between)),
    }
}
