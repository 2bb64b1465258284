//! Asks a graph: where does China stand, and on what sources does that rest?

#![allow(clippy::print_stdout, reason = "an example prints")]

use demarche::graph::Lens;
use demarche::model::Day;
use demarche::query::PositionFilter;
use demarche::render::{self, Shape, Why};
use demarche::{Error, Graph};

fn main() -> Result<(), Error> {
    let graph = Graph::open("graphs/blinken-2023.ron")?;
    let china = graph.actor("PRC")?;
    let view = graph.view(Lens::as_of(Day::of(2023, 6, 19)));

    // An answer has typed rows; the graph of the view has the records of their ids.
    let of_china = PositionFilter {
        actor: Some(china),
        ..PositionFilter::default()
    };
    for row in &view.positions(&of_china).positions.rows {
        let position = row.position.verdict.word();
        println!("{}: {position}", view.graph[row.issue].name);
        for source in &row.sources {
            println!("    {}", view.graph[*source].title);
        }
    }

    // Or the whole answer, as the command line prints it.
    let shape = Shape {
        width: Some(100),
        ..Shape::default()
    };
    let answer = view.about_actor(china);
    print!("{}", render::text(&view.graph, &answer, Why::Brief, shape));
    Ok(())
}
