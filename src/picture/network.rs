//! The network: who met whom, and who is tied to whom. A line tells by its colour, dash and badge whether two met, are to meet
//! or are tied, and by its width how often they met; behind those who speak for an actor, or belong to a group, lies a hull; a number
//! tells the camp of an actor.

mod draw;
mod hull;
mod looks;
mod plan;
mod words;

use crate::graph::{Graph, Lens};
use crate::picture::frame::{Caption, framed};
use crate::picture::network::plan::Plan;
use crate::picture::scene::Scene;
use crate::picture::{Refusal, reject};
use crate::query::{Extract, Membership, membership};
use crate::render::dot::basis::Basis;
use crate::render::dot::words::title_words;

/// More actors than this are no network to look at.
pub const MOST: usize = 20_000;

/// Of more actors, camps are not looked for: nobody could tell them apart; nor of more statements, for it would take long.
const MOST_IN_CAMPS: usize = 2_000;
const MOST_SAID: usize = 100_000;

/// Draws who met whom, and who is tied to whom, each actor in its camp as positions are by this lens.
///
/// # Errors
/// Where there is no actor, or more than [`MOST`].
pub fn network(graph: &Graph, lens: Lens, extract: &Extract) -> Result<Scene, Refusal> {
    reject(extract.actors.len(), MOST, "actors", "network")?;
    let camps = if graph.actors.len() <= MOST_IN_CAMPS && graph.stances.len() <= MOST_SAID {
        membership(
            graph,
            Lens {
                day: extract.day.unwrap_or(lens.day),
                ..lens
            },
        )
    } else {
        Membership::default()
    };
    let plan = Plan::new(graph, extract, camps);
    let body = draw::body(graph, &plan);
    let caption = Caption {
        title: title_words(graph).to_owned(),
        subtitle: "Who met whom, and who is tied to whom".to_owned(),
        description: words::description(graph, &plan),
        legend: words::legend(graph, &plan),
        notes: words::notes(graph, extract, &plan),
        source: basis(extract, &plan).words(graph, extract.day),
    };
    Ok(framed(body, caption))
}

/// Meetings and ties; where camps are told, statements too.
fn basis(extract: &Extract, plan: &Plan) -> Basis {
    let basis = Basis::of(extract);
    let tells_camps = plan.cells.iter().any(|cell| cell.camp.is_some());
    let drawn = extract.meetings.iter();
    let drawn = drawn.filter(|met| !met.parties.is_empty());
    Basis {
        stances: basis.stances.filter(|_| tells_camps),
        meetings: Some(drawn.map(|met| met.id).collect()),
        ..basis
    }
}
