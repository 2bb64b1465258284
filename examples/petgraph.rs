//! Runs an algorithm of petgraph on a graph: which actors and issues hang together, and who is joined to most.

#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "an example prints"
)]

use demarche::disk;
use demarche::graph::{Entity, Node};
use petgraph::algo::connected_components;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let (graph, _) = disk::read(&["graphs/blinken-2023.ron"])?;
    let net = &graph.net().graph;
    println!(
        "{} nodes, {} edges, {} components",
        net.node_count(),
        net.edge_count(),
        connected_components(net)
    );

    let busiest = net
        .node_indices()
        .max_by_key(|node| net.neighbors_undirected(*node).count());
    if let Some(node) = busiest {
        let name = match net[node] {
            Node::Actor(id) => graph.name(Entity::Actor(id)),
            Node::Issue(id) => graph.name(Entity::Issue(id)),
        };
        println!(
            "{name} has the most edges: {}",
            net.neighbors_undirected(node).count()
        );
        // Every edge knows its record, and every record its file and line.
        for edge in net.edges(node).take(3) {
            println!("  {:?}", edge.weight());
        }
    }
    Ok(())
}
