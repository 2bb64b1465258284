//! The map: who stands where on what. Meetings are on the left, then actors, each with those who
//! speak for it, then issues under the wider ones. The colour, dash and end of a line tell the
//! position, and its width the salience; its label names the actors a demand is addressed to.

mod bundles;
mod caption;
mod draw;
mod plan;

use crate::diagram::{Basis, Diagram, title_words};
use crate::picture::frame::{Body, Caption, framed};
use crate::picture::map::plan::Plan;
use crate::picture::scene::Scene;
use crate::picture::{Refusal, reject};

/// The most actors, issues and meetings a map can have.
pub const MOST: usize = 20_000;

/// Lays out a drawing in columns of meetings, actors and issues.
///
/// # Errors
///
/// Returns a refusal if there is nothing to draw, or more than [`MOST`].
///
/// ```
/// use demarche::diagram;
/// use demarche::graph::Lens;
/// use demarche::model::Day;
/// use demarche::picture::{Theme, map, svg};
/// use demarche::query::{Excerpt, extract};
///
/// let (graph, _) = demarche::resolve::read("pact.ron", r#"Graph(
///     actors: { "north": (name: "Northland", kind: State) },
///     issues: { "pact": (name: "A fishing pact", question: "Should there be one?") },
///     stances: [(actor: "north", issue: "pact", position: Supports)],
/// )"#);
/// let extract = extract(&graph, Lens::as_of(Day::LAST), &Excerpt::default());
/// let scene = map(&diagram::map(&graph, &extract)).unwrap();
/// assert!(svg(&scene, Theme::Light).contains("A fishing pact"));
/// ```
pub fn map(diagram: &Diagram<'_>) -> Result<Scene, Refusal> {
    reject(
        diagram.nodes.len(),
        MOST,
        "actors, issues and meetings",
        "map",
    )?;
    let (graph, extract) = (diagram.graph, diagram.extract);
    let plan = Plan::new(diagram);
    let body: Body = draw::body(graph, &plan);
    let caption = Caption {
        title: title_words(graph).to_owned(),
        subtitle: caption::subtitle(&plan),
        description: caption::description(graph, extract),
        legend: caption::legend(diagram, &plan),
        notes: caption::notes(diagram, &plan),
        source: Basis {
            ties: None,
            ..diagram.basis.clone()
        }
        .words(graph, &extract.terms),
    };
    Ok(framed(body, caption))
}
