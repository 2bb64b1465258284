//! The network: who met whom, and who is tied to whom. The colour, dash and badge of a line show
//! whether two actors met, are to meet or are tied; its width shows how often they met. A hull
//! surrounds an actor and those who speak for it, or a group and its members, where they stand
//! together and nobody else is in between; else thin lines join them. A number shows the camp of an
//! actor. With many lines, actors stand in a ring.

mod caption;
mod draw;
mod hull;
mod looks;
mod plan;
mod ring;
mod taken;
mod way;

use crate::diagram::{Diagram, title_words};
use crate::picture::frame::{Caption, framed};
use crate::picture::network::draw::Placed;
use crate::picture::network::plan::Plan;
use crate::picture::scene::Scene;
use crate::picture::{Refusal, reject};

/// The most actors a network can have.
pub const MOST: usize = 20_000;

/// Lays out a drawing as a network, with joined actors close together.
///
/// # Errors
///
/// Returns a refusal if there is no actor, or more than [`MOST`].
pub fn network(diagram: &Diagram<'_>) -> Result<Scene, Refusal> {
    let graph = diagram.graph;
    reject(diagram.extract.actors.len(), MOST, "actors", "network")?;
    let mut plan = Plan::new(diagram);
    let mut placed = Placed::of(graph, &plan);
    // Lines in place of hulls are laid out as lines.
    while plan.settle_hulls(diagram, &placed.boxes) {
        placed = Placed::of(graph, &plan);
    }
    let body = draw::body(graph, &plan, placed);
    let caption = Caption {
        title: title_words(graph).to_owned(),
        subtitle: caption::subtitle(&plan).to_owned(),
        description: caption::description(diagram, &plan),
        legend: caption::legend(diagram, &plan),
        notes: caption::notes(diagram, &plan),
        source: diagram.basis.words(graph, &diagram.extract.terms),
    };
    Ok(framed(body, caption))
}
