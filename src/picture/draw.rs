//! Draws a graph: what is shown, by which view, in which format. Every picture is dispatched here.

use std::io;

use crate::diagram::{self, Diagram, Theme};
use crate::error::Error;
use crate::graph::{Entity, Graph, Lens};
#[cfg(feature = "pictures")]
use crate::picture::{
    Fonts, Scene,
    fit::fit,
    frame::toward,
    headline,
    html::{Sheet, html},
    map, matrix, network,
    paper::SLIDE,
    pdf, png,
    roster::roster_for,
    spectrum, svg, timeline,
};
use crate::picture::{Paper, Refusal, characters, dot, mermaid};
use crate::query::{self, Excerpt, Extract, Lines, extract};
use crate::words::vocabulary;

/// The width of a view in characters, in columns, where none is asked for.
const WIDTH: usize = 80;

vocabulary! {
    /// What a picture shows.
    #[derive(Default)]
    pub enum View {
        /// Who stands where on what, and who met whom.
        #[default]
        Map = "map", "Who stands where on what, and who met whom";
        /// Who met whom, and who is tied to whom.
        Network = "network", "Who met whom, and who is tied to whom";
        /// Actors by issues: each cell a position.
        Matrix = "matrix", "Actors by issues: each cell a position";
        /// Actors by actors: how far every two agree.
        Agreement = "agreement", "Actors by actors: how far each pair agrees";
        /// Issues as axes, actors along them.
        Spectrum = "spectrum", "Issues as axes, actors along them";
        /// Statements, changes of position and meetings along time.
        Timeline = "timeline", "Statements, changes of position and meetings along time";
    }
}

impl View {
    /// Whether it shows boxes and lines between them.
    #[doc(hidden)]
    pub fn is_graph(self) -> bool {
        match self {
            View::Map | View::Network => true,
            View::Matrix | View::Agreement | View::Spectrum | View::Timeline => false,
        }
    }

    /// Whether it shows meetings.
    #[doc(hidden)]
    pub fn has_meetings(self) -> bool {
        match self {
            View::Map | View::Network | View::Timeline => true,
            View::Matrix | View::Agreement | View::Spectrum => false,
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
    /// The number of actors and issues it shows at most: those with the most statements and meetings
    /// among themselves. `None` for as many as the view has room for.
    pub top: Option<usize>,
    /// Whether a map shows no meetings and ties beside positions.
    #[doc(hidden)]
    pub only_positions: bool,
    /// Its colours.
    pub theme: Theme,
    /// The width in columns of a view in characters; 80 if `None`.
    pub columns: Option<usize>,
    /// The page that it is made for.
    #[doc(hidden)]
    pub page: Paper,
    /// The fields that a page to click through does not carry.
    #[doc(hidden)]
    pub left: query::Left,
}

/// What a picture is written as. SVG, PNG, PDF and HTML need the feature `pictures`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Format {
    /// The language of Graphviz; a map or a network.
    Dot,
    /// A Mermaid flowchart, for Markdown; a map or a network.
    Mermaid,
    /// SVG: text stays text.
    Svg,
    /// PNG, at two dots a CSS pixel.
    Png,
    /// PDF of one page: text stays text.
    Pdf,
    /// A page to click through, with all views: one file, for any browser.
    Html,
    /// Characters, for a terminal; any view but a map and a network.
    Text,
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
    let selection = Excerpt {
        period: asked.restriction.selection.period,
        limits: query::Limits::of(asked, &asked.left_out(query::TieUse::Used)),
        ..drawing.selection.clone()
    };
    let drawing = Drawing {
        selection,
        ..drawing.clone()
    };
    let shown = shown(graph, *lens, &drawing)?;
    let drawn = drawn(graph, *lens, &drawing, shown.as_ref(), format)?;
    let mut out = Vec::new();
    // Writing to memory can't fail.
    let _ = drawn.write(&mut out);
    Ok(out)
}

/// A picture that is ready to be written.
#[doc(hidden)]
pub struct Drawn<'d> {
    content: Content<'d>,
    /// The texts of a PNG or PDF that no installed font covers.
    pub lacking: Vec<String>,
    /// The names that no installed font covers, each with the name that a PNG or PDF shows instead.
    pub renamed: Vec<(String, String)>,
    /// What was done so that it can be read.
    pub fitted: Option<Fitted>,
}

/// A part of what was asked for.
#[doc(hidden)]
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Part {
    /// The number of actors and issues it shows; `None` for all.
    pub top: Option<usize>,
    /// Whether it shows no meetings and ties beside positions.
    pub only_positions: bool,
}

/// Why a picture of all can't be read, or hardly.
#[doc(hidden)]
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Why {
    /// So many lines can't be followed.
    Lines(usize),
    /// Most of the text would be too small.
    Small {
        /// The page; empty if it was asked for.
        on: &'static str,
        /// The size that the text would have there, in pixels.
        size: f64,
        /// The least size that can be read there.
        least: f64,
    },
}

/// What was done so that a picture can be read.
#[doc(hidden)]
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Fitted {
    /// It shows a part; perhaps there is a page on which all can be read.
    Part(Why, Part, Option<&'static str>),
    /// Nothing, though it is hard to read; perhaps there is a page on which a part of it is not.
    Hard(Why, Option<&'static str>),
    /// It is a spectrum that shows only some of the issues: those about which most is said.
    Issues {
        /// The number of issues shown.
        shown: usize,
        /// The number of issues.
        all: usize,
        /// The number of actors shown, if there is no room for all on one issue.
        actors: Option<usize>,
    },
    /// Nothing: it has so many boxes that a flowchart of them is too wide for a column of text.
    Wide(usize),
}

enum Content<'d> {
    /// A diagram, which is large as text and written as it is made.
    Diagram(Box<Diagram<'d>>, Theme, Writer),
    Bytes(Vec<u8>),
}

/// Writes a diagram in a format.
type Writer = fn(&Diagram<'_>, Theme, &mut dyn io::Write) -> io::Result<()>;

impl Drawn<'_> {
    /// Writes the picture.
    ///
    /// # Errors
    /// Fails where writing to `out` does.
    pub fn write(&self, out: &mut dyn io::Write) -> io::Result<()> {
        match &self.content {
            Content::Diagram(diagram, theme, write) => write(diagram, *theme, out),
            Content::Bytes(bytes) => out.write_all(bytes),
        }
    }
}

impl From<Vec<u8>> for Drawn<'_> {
    fn from(bytes: Vec<u8>) -> Self {
        Drawn {
            content: Content::Bytes(bytes),
            lacking: Vec::new(),
            renamed: Vec::new(),
            fitted: None,
        }
    }
}

/// Draws in a format what [`shown`] chose.
pub(crate) fn drawn<'d>(
    graph: &'d Graph,
    lens: Lens,
    drawing: &Drawing,
    shown: Option<&'d Extract>,
    format: Format,
) -> Result<Drawn<'d>, Refusal> {
    let diagram = shown.map(|shown| diagram(graph, lens, drawing.view, shown));
    let diagram = diagram.transpose()?;
    let written = |diagram: Option<Diagram<'d>>, write: Writer| match diagram {
        None => Err(Refusal::NoGraph),
        Some(diagram) => {
            let boxes = diagram.nodes.len();
            let is_wide = format == Format::Mermaid && boxes > IN_A_COLUMN;
            Ok(Drawn {
                content: Content::Diagram(Box::new(diagram), drawing.theme, write),
                lacking: Vec::new(),
                renamed: Vec::new(),
                fitted: is_wide.then_some(Fitted::Wide(boxes)),
            })
        }
    };
    let is_paged = matches!(format, Format::Svg | Format::Png | Format::Pdf);
    if matches!(drawing.page, Paper::Sized { .. }) && !is_paged {
        return Err(Refusal::NoPaper);
    }
    match format {
        Format::Dot => written(diagram, dot),
        Format::Mermaid => written(diagram, mermaid),
        Format::Text => {
            let Drawing {
                selection,
                view,
                top,
                ..
            } = drawing;
            let columns = drawing.columns.unwrap_or(WIDTH);
            let text = characters(graph, lens, selection, *view, *top, columns)?;
            Ok(text.into_bytes().into())
        }
        #[cfg(not(feature = "pictures"))]
        Format::Svg | Format::Png | Format::Pdf | Format::Html => Err(Refusal::NotBuilt),
        #[cfg(feature = "pictures")]
        Format::Html => Ok(page(graph, lens, drawing, shown)?.into_bytes().into()),
        #[cfg(feature = "pictures")]
        Format::Svg => {
            let (scene, fitted) = fit(graph, lens, drawing, format)?;
            Ok(Drawn {
                fitted,
                ..svg(&scene, drawing.theme).into_bytes().into()
            })
        }
        #[cfg(feature = "pictures")]
        Format::Png | Format::Pdf => {
            let (scene, fitted) = fit(graph, lens, drawing, format)?;
            let fonts = Fonts::of(&scene);
            let others = fonts.other_names(graph, &fonts.lacking(&scene));
            let (scene, fitted) = match others.is_empty() {
                true => (scene, fitted),
                false => fit(&graph.renamed(&others), lens, drawing, format)?,
            };
            let write = if format == Format::Png { png } else { pdf };
            let bytes = write(&scene, drawing.theme, &fonts).map_err(Refusal::Failed)?;
            let name = |(entity, other): (Entity, String)| (graph.name(entity).to_owned(), other);
            Ok(Drawn {
                lacking: fonts.lacking(&scene),
                renamed: others.into_iter().map(name).collect(),
                fitted,
                ..bytes.into()
            })
        }
    }
}

/// What a map or a network shows; `None` of other views.
pub(crate) fn shown(
    graph: &Graph,
    lens: Lens,
    drawing: &Drawing,
) -> Result<Option<Extract>, Refusal> {
    let Drawing {
        selection, view, ..
    } = drawing;
    if !view.is_graph() {
        return Ok(None);
    }
    let mut shown = extract(graph, lens, selection);
    if drawing.only_positions {
        shown.left_out.meetings += shown.meetings.len();
        shown.meetings.clear();
        shown.ties.clear();
    }
    // Boxes of what was asked for, with nothing between them, would pass for an answer.
    if selection.period.is_some() && shown.is_bare() {
        return Err(Refusal::Bare);
    }
    Ok(Some(match drawing.top {
        Some(many) => cut(graph, lens, drawing, shown, many),
        None => shown,
    }))
}

/// Keeps the most of what is shown that `top` has room for.
fn cut(graph: &Graph, lens: Lens, drawing: &Drawing, shown: Extract, many: usize) -> Extract {
    let Drawing {
        selection, view, ..
    } = drawing;
    // A network has no other boxes than actors.
    let counts = |entity: Entity| matches!(entity, Entity::Actor(_)) || *view != View::Network;
    let actors = selection.named_actors(graph).into_iter();
    let issues = selection.named_issues(graph).into_iter();
    let asked: Vec<Entity> = actors
        .map(Entity::Actor)
        .chain(issues.map(Entity::Issue))
        .chain(selection.focus)
        .collect();
    let thin = diagram::top(graph, shown, many, counts, &asked);
    if !matches!(thin.lines, Lines::Statements(_)) {
        return thin;
    }
    // These were too many statements to settle positions; what is left may be few enough.
    let left = Excerpt {
        actors: thin.actors.clone(),
        issues: thin.issues.clone(),
        ..selection.clone()
    };
    let keeps = |entity: Entity| match entity {
        Entity::Actor(id) => thin.actors.contains(&id),
        Entity::Issue(id) => thin.issues.contains(&id),
        _ => true,
    };
    let settled = diagram::only(graph, extract(graph, lens, &left), keeps);
    Extract {
        left_out: query::LeftOut {
            kept: thin.left_out.kept,
            meetings: thin.left_out.meetings,
            ..settled.left_out
        },
        meetings: thin.meetings,
        ..settled
    }
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
        View::Map if shown.has_only_ties() => diagram::network(graph, lens, shown),
        View::Map | View::Matrix | View::Agreement | View::Spectrum | View::Timeline => {
            diagram::map(graph, shown)
        }
    };
    match diagram.nodes.is_empty() {
        true => Err(Refusal::Nothing),
        false => Ok(diagram),
    }
}

/// The scene of a view; of a map and a network out of their diagram.
#[cfg(feature = "pictures")]
pub(super) fn scene(
    graph: &Graph,
    lens: Lens,
    drawing: &Drawing,
    diagram: Option<&Diagram<'_>>,
) -> Result<Scene, Refusal> {
    let Drawing {
        view,
        ref selection,
        top,
        ..
    } = *drawing;
    let scene = match (view, diagram) {
        (View::Network, Some(diagram)) if diagram.joins_nobody() => Err(Refusal::NoLink),
        (View::Network, Some(diagram)) => network(diagram),
        (View::Map, Some(diagram)) if diagram.extract.has_only_ties() => network(diagram),
        (View::Map, Some(diagram)) => map(diagram),
        (View::Map | View::Network, None) => Err(Refusal::Nothing),
        (View::Matrix, _) => {
            let roster = roster_for(graph, lens, selection, (view, top));
            let matrix = matrix::matrix(graph, &roster).or_refuse()?;
            Ok(matrix::scene(graph, &roster, &matrix))
        }
        (View::Agreement, _) => {
            let roster = roster_for(graph, lens, selection, (view, top));
            let agreement = matrix::agreement_of(graph, lens, &roster).or_refuse()?;
            Ok(matrix::agreement_scene(graph, &roster, &agreement))
        }
        (View::Spectrum, _) => {
            let roster = spectrum::roster(graph, lens, selection, top);
            spectrum::free(graph, lens, &roster).map(|(scene, _)| scene)
        }
        (View::Timeline, _) => {
            let most = top.unwrap_or(timeline::MOST_LANES);
            let timeline = timeline::timeline(graph, lens, selection, most);
            let timeline = timeline.or_refuse()?;
            match drawing.page {
                Paper::Sized { width, height, .. } if width < height => {
                    Ok(timeline::upright(graph, &timeline))
                }
                _ => Ok(timeline::scene(graph, &timeline)),
            }
        }
    };
    Ok(described(graph, lens, drawing, scene?))
}

/// Lets the description of a scene begin with its headline.
#[cfg(feature = "pictures")]
pub(super) fn described(graph: &Graph, lens: Lens, drawing: &Drawing, scene: Scene) -> Scene {
    match headline(graph, lens, drawing) {
        Some(answer) if answer != scene.title => scene.described(&answer),
        _ => scene,
    }
}

/// The most boxes of a flowchart that can be read in a column of text, as in a README.
const IN_A_COLUMN: usize = 24;

/// Draws a page to click through, with every view that can be drawn of what is shown; the one asked
/// for comes first.
#[cfg(feature = "pictures")]
fn page(
    graph: &Graph,
    lens: Lens,
    drawing: &Drawing,
    given: Option<&Extract>,
) -> Result<String, Refusal> {
    let of = |view: View| Drawing {
        view,
        ..drawing.clone()
    };
    let made = match given {
        Some(_) => None,
        None => shown(graph, lens, &of(View::Map))?,
    };
    let extract = given.or(made.as_ref()).ok_or(Refusal::Nothing)?;
    // It is laid out only if a page can hold it.
    if !matches!(extract.lines, Lines::Positions(_)) {
        return Err(Refusal::LongPage);
    }
    // Why the view asked for can't be drawn says more than why no map can.
    let map = diagram(graph, lens, View::Map, extract);
    let draw = |view: View| {
        let drawn = |diagram| scene(graph, lens, &of(view), diagram);
        match view {
            View::Map => drawn(Some(map.as_ref().map_err(Clone::clone)?)),
            View::Network => drawn(Some(&diagram(graph, lens, view, extract)?)),
            _ => drawn(None),
        }
    };
    // A screen is as wide as a slide.
    let named = |view: View, scene: Result<Scene, Refusal>| Sheet {
        view: [view.key(), view.word()],
        scene: match scene {
            Ok(scene) => Ok(toward(scene, SLIDE)),
            Err(refusal) => Err(refusal.to_string()),
        },
    };
    let mut sheets = vec![named(drawing.view, Ok(draw(drawing.view)?))];
    // A map of ties only is the network.
    let is_other = |view: &View| !(*view == View::Map && extract.has_only_ties());
    let others = View::ALL.iter().filter(|view| **view != drawing.view);
    let others = others.filter(|view| is_other(view));
    sheets.extend(others.map(|view| named(*view, draw(*view))));
    Ok(html(&map?, lens, sheets, drawing.theme, drawing.left))
}
