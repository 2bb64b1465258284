//! From a view to the bytes of a picture.

use crate::cli::Failure;
use crate::cli::draw::{Draw, Format, View};
use crate::cli::out;
use crate::cli::pictures::in_words;
use crate::diagram::Diagram;
use crate::disk;
use crate::graph::{Graph, Lens};
use crate::picture::matrix::MOST_ROWS;
use crate::picture::scope::{Room, scope};
use crate::picture::{self, Fonts, Refusal, Scene, matrix, spectrum, timeline};
use crate::query::{Lines, MANY_STATEMENTS, Selection};
use crate::render::Paint;

/// How many texts that can't be drawn are named.
const SHOWN: usize = 5;

/// Returns the bytes of the picture: of `drawing` for a map or network, else of another view.
pub(in crate::cli) fn draw(
    asked: &Draw,
    format: Format,
    graph: &Graph,
    lens: Lens,
    selection: &Selection,
    drawing: Option<&Diagram<'_>>,
) -> Result<Vec<u8>, Failure> {
    let theme = asked.theme;
    let scene = match drawing {
        Some(drawing) if asked.view == Some(View::Network) => picture::network(drawing),
        Some(drawing) => picture::map(drawing),
        None => scene(asked, graph, lens, selection),
    };
    let scene = scene.map_err(|refusal| in_words(refusal, selection.is_whole()))?;
    match (format, drawing) {
        (Format::Html, None) => Err(Failure::new(
            "only a map and a network can be a page to click through",
        )
        .help("write .svg, .png, .pdf or .txt")),
        (Format::Html, Some(drawing)) if matches!(drawing.extract.lines, Lines::Positions(_)) => {
            Ok(picture::html(drawing, lens, scene, theme).into_bytes())
        }
        (Format::Html, Some(_)) => Err(Failure::new(format!(
            "a page can't hold more than {MANY_STATEMENTS} statements"
        ))
        .help("show less with `--top`, `--focus`, `--issue`, `--actor` or `--since`")),
        (Format::Png, _) => picture::png(&scene, theme, &fonts(&scene)).map_err(Failure::new),
        (Format::Pdf, _) => picture::pdf(&scene, theme, &fonts(&scene)).map_err(Failure::new),
        _ => Ok(picture::svg(&scene, theme).into_bytes()),
    }
}

/// Loads the fonts that a picture needs; reports texts that none of them covers on standard error.
fn fonts(scene: &Scene) -> Fonts {
    if !Fonts::are_needed(scene) {
        return Fonts::with(Default::default());
    }
    let fonts = Fonts::with(disk::installed_fonts());
    let lacking = fonts.lacking(scene);
    if !lacking.is_empty() {
        let shown: Vec<String> = lacking
            .iter()
            .take(SHOWN)
            .map(|text| format!("`{text}`"))
            .collect();
        let more = if lacking.len() > SHOWN {
            format!(" and {} more", lacking.len() - SHOWN)
        } else {
            String::new()
        };
        out::complain(
            &format!(
                "warning: no installed font has every character of {}{more}: they are drawn as boxes or not at all\nhelp: install a font of that script, for example one of Noto's, or write SVG, which is drawn with the fonts of whoever opens it",
                shown.join(", ")
            ),
            Paint::Plain,
        );
    }
    fonts
}

fn scene(asked: &Draw, graph: &Graph, lens: Lens, selection: &Selection) -> Result<Scene, Refusal> {
    match asked.view {
        None | Some(View::Map | View::Network) => Err(Refusal::Nothing),
        Some(View::Matrix) => {
            let scope = scope(graph, lens, selection, Room::of(asked.top, MOST_ROWS));
            let matrix = matrix::matrix(graph, &scope).or_refuse()?;
            Ok(matrix::scene(graph, &scope, &matrix))
        }
        Some(View::Agreement) => {
            let scope = scope(graph, lens, selection, Room::of(asked.top, MOST_ROWS));
            let agreement = matrix::agreement(&scope).or_refuse()?;
            Ok(matrix::agreement_scene(graph, &scope, &agreement))
        }
        Some(View::Spectrum) => {
            let scope = scope(graph, lens, selection, spectrum::room(selection, asked.top));
            let spectra = spectrum::spectra(graph, lens, &scope)?;
            Ok(spectrum::scene(graph, &scope, &spectra))
        }
        Some(View::Timeline) => {
            let timeline = timeline::timeline(
                graph,
                lens,
                selection,
                asked.top.unwrap_or(timeline::MOST_LANES),
            );
            Ok(timeline::scene(graph, &timeline.or_refuse()?))
        }
    }
}
