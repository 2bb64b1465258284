//! Runs algorithms of petgraph on a graph: which actors and issues are connected, and which of them
//! has the most edges.

#![allow(clippy::print_stdout, reason = "an example prints")]

use demarche::graph::{Entity, Node};
use demarche::petgraph::algo::connected_components;
use demarche::{Error, Graph};

fn main() -> Result<(), Error> {
    let graph = Graph::open("graphs/blinken-2023.ron")?;
    let net = &graph.net().graph;
    println!(
        "{} nodes, {} edges, {} components",
        net.node_count(),
        net.edge_count(),
        connected_components(net)
    );

    let edges = |node| net.neighbors_undirected(node).count();
    let Some(busiest) = net.node_indices().max_by_key(|node| edges(*node)) else {
        return Ok(());
    };
    let name = match net[busiest] {
        Node::Actor(id) => graph.name(Entity::Actor(id)),
        Node::Issue(id) => graph.name(Entity::Issue(id)),
    };
    println!("{name} has the most edges: {}", edges(busiest));
    // An edge is the id of its record.
    for edge in net.edges(busiest).take(3) {
        println!("  {:?}", edge.weight());
    }
    Ok(())
}
