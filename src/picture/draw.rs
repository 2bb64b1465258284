//! Draws a graph in one call: what it shows, and in which format.

use crate::diagram::{self, Diagram, Theme};
use crate::error::Error;
use crate::graph::{Entity, Graph, Lens};
#[cfg(feature = "pictures")]
use crate::picture::{
    Fonts, Scene, html, map, matrix, network, pdf, png,
    scope::{Room, scope},
    spectrum, svg, timeline,
};
use crate::picture::{Refusal, characters, dot, mermaid};
#[cfg(feature = "pictures")]
use crate::query::Lines;
use crate::query::{self, Excerpt, Extract, extract};

/// What a picture shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum View {
    /// Who stands where on what, and who met whom.
    #[default]
    Map,
    /// Who met whom, and who is tied to whom.
    Network,
    /// Actors by issues: each cell a position.
    Matrix,
    /// Actors by actors: how far every two agree.
    Agreement,
    /// Issues as axes, actors along them.
    Spectrum,
    /// Statements, changes of position and meetings along time.
    Timeline,
}

impl View {
    /// Whether it shows boxes and lines between them.
    pub(crate) fn is_graph(self) -> bool {
        match self {
            View::Map | View::Network => true,
            View::Matrix | View::Agreement | View::Spectrum | View::Timeline => false,
        }
    }
}

/// What to draw. The default is a map of the whole graph, dark on light.
#[derive(Clone, Debug, Default)]
pub struct Drawing {
    /// What the picture shows.
    pub view: View,
    /// The part of the graph it shows.
    pub selection: Excerpt,
    /// The number of actors, of issues and of meetings it shows at most: those with the most lines.
    /// `None` for as many as the view has room for.
    pub top: Option<usize>,
    /// Its colours.
    pub theme: Theme,
}

/// What a picture is written as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Format {
    /// The language of Graphviz; a map or a network.
    Dot,
    /// A Mermaid flowchart, for Markdown; a map or a network.
    Mermaid,
    /// Characters, for a terminal of this many columns; any view but a map and a network.
    Text {
        /// The width of the terminal.
        columns: usize,
    },
    /// SVG: text stays text.
    #[cfg(feature = "pictures")]
    Svg,
    /// PNG, at two dots a CSS pixel.
    #[cfg(feature = "pictures")]
    Png,
    /// PDF of one page: text stays text.
    #[cfg(feature = "pictures")]
    Pdf,
    /// A page to click through: one file, for any browser; a map or a network.
    #[cfg(feature = "pictures")]
    Html,
}

/// Draws a graph as it is asked. The same graph gives the same bytes; in PNG and PDF that depends on
/// the installed fonts, where the graph has scripts that Noto Sans lacks.
///
/// ```
/// use demarche::graph::Lens;
/// use demarche::model::Day;
/// use demarche::picture::{self, Drawing, Format};
/// use demarche::Graph;
///
/// let graph = Graph::open("graphs/blinken-2023.ron")?;
/// let view = graph.view(Lens::as_of(Day::of(2023, 6, 19)));
/// let dot = picture::draw(&view, &Drawing::default(), Format::Dot)?;
/// assert!(dot.starts_with(b"digraph"));
/// # Ok::<(), demarche::Error>(())
/// ```
///
/// # Errors
/// [`Error::Picture`] if there is nothing to draw, more than the view has room for, or the view can't
/// be written in the format.
pub fn draw(asked: &query::View, drawing: &Drawing, format: Format) -> Result<Vec<u8>, Error> {
    let query::View { graph, lens, .. } = asked;
    let Drawing {
        view,
        selection,
        top,
        theme,
    } = drawing;
    let selection = &Excerpt {
        period: asked.restriction.selection.period,
        cuts: query::cuts(&asked.left_out(query::TieUse::Used)),
        ..selection.clone()
    };
    if let Format::Text { columns } = format {
        let text = characters(graph, *lens, selection, *view, *top, columns)?;
        return Ok(text.into_bytes());
    }
    let shown = shown(graph, *lens, selection, *view, *top)?;
    let diagram = shown
        .as_ref()
        .map(|shown| diagram(graph, *lens, *view, shown))
        .transpose()?;
    let mut out = Vec::new();
    // Writing to memory can't fail.
    let _ = match (format, &diagram) {
        (Format::Dot, Some(diagram)) => dot(diagram, *theme, &mut out),
        (Format::Mermaid, Some(diagram)) => mermaid(diagram, *theme, &mut out),
        (Format::Dot | Format::Mermaid | Format::Text { .. }, _) => {
            return Err(Refusal::NoGraph.into());
        }
        #[cfg(feature = "pictures")]
        (Format::Svg | Format::Png | Format::Pdf | Format::Html, _) => {
            let scene = scene(graph, *lens, selection, *view, *top, diagram.as_ref())?;
            let fonts = || Fonts::of(&scene);
            out = match format {
                Format::Png => png(&scene, *theme, &fonts()).map_err(Error::Picture)?,
                Format::Pdf => pdf(&scene, *theme, &fonts()).map_err(Error::Picture)?,
                Format::Html => page(diagram.as_ref(), *lens, scene, *theme)?.into_bytes(),
                _ => svg(&scene, *theme).into_bytes(),
            };
            Ok(())
        }
    };
    Ok(out)
}

/// What a map or a network shows; `None` of other views.
pub(crate) fn shown(
    graph: &Graph,
    lens: Lens,
    selection: &Excerpt,
    view: View,
    top: Option<usize>,
) -> Result<Option<Extract>, Refusal> {
    if !view.is_graph() {
        return Ok(None);
    }
    let shown = extract(graph, lens, selection);
    // Boxes of what was asked for, with nothing between them, would pass for an answer.
    if selection.period.is_some() && shown.is_bare() {
        return Err(Refusal::Bare);
    }
    let counts = |entity: Entity| match entity {
        Entity::Actor(_) => true,
        Entity::Issue(_) | Entity::Meeting(_) | Entity::Source(_) | Entity::Fact(_) => {
            view != View::Network
        }
    };
    let shown = match top {
        Some(many) => diagram::top(graph, shown, many, counts),
        None => shown,
    };
    Ok(Some(shown))
}

/// The diagram of a network, or of a map.
pub(crate) fn diagram<'g>(
    graph: &'g Graph,
    lens: Lens,
    view: View,
    shown: &'g Extract,
) -> Result<Diagram<'g>, Refusal> {
    let diagram = match view {
        View::Network => diagram::network(graph, lens, shown),
        _ => diagram::map(graph, shown),
    };
    match diagram.nodes.is_empty() {
        true => Err(Refusal::Nothing),
        false => Ok(diagram),
    }
}

/// The scene of a view; of a map and a network out of their diagram.
#[cfg(feature = "pictures")]
pub(crate) fn scene(
    graph: &Graph,
    lens: Lens,
    selection: &Excerpt,
    view: View,
    top: Option<usize>,
    diagram: Option<&Diagram<'_>>,
) -> Result<Scene, Refusal> {
    match (view, diagram) {
        (View::Network, Some(diagram)) => network(diagram),
        (View::Map, Some(diagram)) => map(diagram),
        (View::Map | View::Network, None) => Err(Refusal::Nothing),
        (View::Matrix, _) => {
            let scope = scope(graph, lens, selection, Room::of(top, matrix::MOST_ROWS));
            let matrix = matrix::matrix(graph, &scope).or_refuse()?;
            Ok(matrix::scene(graph, &scope, &matrix))
        }
        (View::Agreement, _) => {
            let scope = scope(graph, lens, selection, Room::of(top, matrix::MOST_ROWS));
            let agreement = matrix::agreement(&scope).or_refuse()?;
            Ok(matrix::agreement_scene(graph, &scope, &agreement))
        }
        (View::Spectrum, _) => {
            let room = spectrum::room(graph, selection, top);
            let scope = scope(graph, lens, selection, room);
            let spectra = spectrum::spectra(graph, lens, &scope)?;
            Ok(spectrum::scene(graph, &scope, &spectra))
        }
        (View::Timeline, _) => {
            let most = top.unwrap_or(timeline::MOST_LANES);
            let timeline = timeline::timeline(graph, lens, selection, most);
            Ok(timeline::scene(graph, &timeline.or_refuse()?))
        }
    }
}

/// The page to click through of a map or a network.
#[cfg(feature = "pictures")]
pub(crate) fn page(
    diagram: Option<&Diagram<'_>>,
    lens: Lens,
    scene: Scene,
    theme: Theme,
) -> Result<String, Refusal> {
    match diagram {
        None => Err(Refusal::NoPage),
        Some(diagram) if matches!(diagram.extract.lines, Lines::Positions(_)) => {
            Ok(html(diagram, lens, scene, theme))
        }
        Some(_) => Err(Refusal::LongPage),
    }
}
