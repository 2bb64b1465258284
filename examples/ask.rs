//! Asks a graph: where do two actors stand on everything that either has spoken of, and on what statements?

#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "an example prints"
)]

use demarche::graph::{Entity, Lens, Verdict};
use demarche::model::Day;
use demarche::query::{self, Kind};
use demarche::{disk, render};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let (graph, _) = disk::read(&["graphs/blinken-2023.ron"])?;
    let lens = Lens::as_of(Day::of(2023, 6, 19));

    // In one's own code: positions are plain data, each with the statements that make it.
    let china = match query::lookup(&graph, Kind::Actor, "PRC") {
        Ok(named) => named.entity(),
        Err(_) => return Err("China is not in the graph".into()),
    };
    for ((_, issue), standing) in graph.positions(lens, |actor, _| Entity::Actor(actor) == china) {
        if let Verdict::Stands(position) = standing.verdict {
            println!(
                "{}: {} ({} statements)",
                graph[issue].name,
                position.written(),
                standing.in_force().count()
            );
        }
    }

    // Or a whole answer, as the command line gives it.
    let answer = query::show(&graph, lens, china);
    print!(
        "{}",
        render::text(
            &graph,
            &*answer,
            render::Why::Brief,
            render::Shape {
                width: Some(100),
                ..Default::default()
            }
        )
    );
    Ok(())
}
