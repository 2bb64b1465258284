//! The network: who met whom, and who is tied to whom. A line tells by its colour, dash and badge whether two met, are to meet
//! or are tied, and by its width how often they met; behind those who speak for an actor, or belong to a group, lies a hull; a number
//! tells the camp of an actor.

mod draw;
mod hull;
mod looks;
mod plan;
mod words;

use crate::diagram::{Diagram, title_words};
use crate::picture::frame::{Caption, framed};
use crate::picture::network::plan::Plan;
use crate::picture::scene::Scene;
use crate::picture::{Refusal, reject};

/// More actors than this are no network to look at.
pub const MOST: usize = 20_000;

/// Lays a drawing out as a network: who is joined to whom lies close.
///
/// # Errors
/// Where there is no actor, or more than [`MOST`].
pub fn network(diagram: &Diagram<'_>) -> Result<Scene, Refusal> {
    let graph = diagram.graph;
    reject(diagram.extract.actors.len(), MOST, "actors", "network")?;
    let plan = Plan::new(diagram);
    let body = draw::body(graph, &plan);
    let caption = Caption {
        title: title_words(graph).to_owned(),
        subtitle: "Who met whom, and who is tied to whom".to_owned(),
        description: words::description(diagram, &plan),
        legend: words::legend(diagram, &plan),
        notes: words::notes(diagram, &plan),
        source: diagram.basis.words(graph, &diagram.extract.terms),
    };
    Ok(framed(body, caption))
}
