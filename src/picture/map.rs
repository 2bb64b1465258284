//! The map: who stands where on what. Meetings on the left, then actors, each with those who speak for it, then issues,
//! under the wider ones. A line tells a position by its colour, dash and end, and by its width how much the issue matters; what stands
//! at it is whom a demand is addressed to.

mod draw;
mod plan;
mod words;

use crate::graph::Graph;
use crate::picture::frame::{Body, Caption, framed};
use crate::picture::map::plan::Plan;
use crate::picture::scene::Scene;
use crate::picture::{Refusal, reject};
use crate::query::Extract;
use crate::render::dot::basis::Basis;

/// More actors, issues and meetings than this are no map.
pub const MOST: usize = 20_000;

/// Draws who stands where on what.
///
/// # Errors
/// Where there is nothing to draw, or more than [`MOST`].
///
/// ```
/// use demarche::graph::Lens;
/// use demarche::model::Day;
/// use demarche::picture::{Theme, map, svg};
/// use demarche::query::{Selection, extract};
///
/// let (graph, _) = demarche::resolve::read("pact.ron", r#"Graph(
///     actors: { "north": (name: "Northland", kind: State) },
///     issues: { "pact": (name: "A fishing pact", question: "Should there be one?") },
///     stances: [(actor: "north", issue: "pact", position: Supports)],
/// )"#);
/// let extract = extract(&graph, Lens::as_of(Day::LAST), &Selection::default());
/// let scene = map(&graph, &extract).unwrap();
/// assert!(svg(&scene, Theme::Light).contains("A fishing pact"));
/// ```
pub fn map(graph: &Graph, extract: &Extract) -> Result<Scene, Refusal> {
    let count = extract.actors.len() + extract.issues.len() + extract.meetings.len();
    reject(count, MOST, "actors, issues and meetings", "map")?;
    let plan = Plan::new(graph, extract);
    let body: Body = draw::body(graph, &plan);
    let caption = Caption {
        title: crate::render::dot::words::title_words(graph).to_owned(),
        subtitle: words::subtitle(&plan),
        description: words::description(graph, extract),
        legend: words::legend(&plan),
        notes: words::notes(graph, extract, &plan),
        source: Basis {
            ties: None,
            ..Basis::of(extract)
        }
        .words(graph, extract.day),
    };
    Ok(framed(body, caption))
}
