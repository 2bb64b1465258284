//! From a view to the bytes of a picture.

use crate::cli::Failure;
use crate::cli::draw::{Draw, Format, Theme, View, nothing};
use crate::cli::out;
use crate::disk;
use crate::graph::{Entity, Graph, Lens};
use crate::picture::matrix::MOST_ROWS;
use crate::picture::scope::{Room, scope};
use crate::picture::{self, Fonts, Refusal, Scene, matrix, spectrum, timeline};
use crate::query::{Extract, Lines, MANY_STATEMENTS, Selection};
use crate::render::Paint;

/// Of texts that can't be drawn, so many are named.
const SHOWN: usize = 5;

/// The bytes of the picture that is asked for; `shown` is what a map or a network shows, and none for the other views.
pub(in crate::cli) fn draw(
    asked: &Draw,
    format: Format,
    graph: &Graph,
    lens: Lens,
    selection: &Selection,
    shown: Option<Extract>,
) -> Result<Vec<u8>, Failure> {
    let theme = match asked.theme {
        Theme::Light => picture::Theme::Light,
        Theme::Dark => picture::Theme::Dark,
    };
    let shown = shown.map(|shown| thinned(asked, graph, shown));
    let scene = scene(asked, graph, lens, selection, shown.as_ref());
    let scene = scene.map_err(|refusal| in_words(refusal, selection.is_whole()))?;
    match (format, shown) {
        (Format::Html, None) => Err(Failure::new(
            "only a map and a network can be a page to click through",
        )
        .help("write .svg, .png, .pdf or .txt")),
        (Format::Html, Some(shown)) if matches!(shown.lines, Lines::Positions(_)) => {
            Ok(picture::html(graph, lens, &shown, scene, theme).into_bytes())
        }
        (Format::Html, Some(_)) => Err(Failure::new(format!(
            "more than {MANY_STATEMENTS} statements are more than a page can hold"
        ))
        .help("show less with `--top`, `--focus`, `--issue`, `--actor` or `--since`")),
        (Format::Png, _) => picture::png(&scene, theme, &fonts(&scene)).map_err(Failure::new),
        (Format::Pdf, _) => picture::pdf(&scene, theme, &fonts(&scene)).map_err(Failure::new),
        _ => Ok(picture::svg(&scene, theme).into_bytes()),
    }
}

/// The fonts that a picture needs. What none of them has is said on standard error.
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
                "warning: no installed font has every character of {}{more}: they are drawn as boxes or not at all\nhelp: install a font of that script, for example one of Noto's, or write SVG, which whoever opens it draws with their own fonts",
                shown.join(", ")
            ),
            Paint::Plain,
        );
    }
    fonts
}

/// The bytes of the view that is asked for, in so many columns of characters.
pub(in crate::cli) fn characters(
    asked: &Draw,
    graph: &Graph,
    lens: Lens,
    selection: &Selection,
    columns: usize,
) -> Result<Vec<u8>, Failure> {
    let view = match asked.view {
        Some(View::Matrix) => picture::View::Matrix,
        Some(View::Agreement) => picture::View::Agreement,
        Some(View::Spectrum) => picture::View::Spectrum,
        Some(View::Timeline) => picture::View::Timeline,
        None | Some(View::Map | View::Network) => {
            return Err(
                Failure::new("a map and a network can't be written in characters")
                    .help("take `--view matrix`, `agreement`, `spectrum` or `timeline`"),
            );
        }
    };
    let drawn = picture::characters(graph, lens, selection, view, asked.top, columns);
    let drawn = drawn.map_err(|refusal| in_words(refusal, selection.is_whole()))?;
    Ok(drawn.into_bytes())
}

fn scene(
    asked: &Draw,
    graph: &Graph,
    lens: Lens,
    selection: &Selection,
    shown: Option<&Extract>,
) -> Result<Scene, Refusal> {
    match (asked.view, shown) {
        (None | Some(View::Map | View::Network), None) => Err(Refusal::Nothing),
        (None | Some(View::Map), Some(shown)) => picture::map(graph, shown),
        (Some(View::Network), Some(shown)) => picture::network(graph, lens, shown),
        (Some(View::Matrix), _) => {
            let scope = scope(graph, lens, selection, Room::of(asked.top, MOST_ROWS));
            let matrix = matrix::matrix(graph, &scope).or_refuse()?;
            Ok(matrix::scene(graph, &scope, &matrix))
        }
        (Some(View::Agreement), _) => {
            let scope = scope(graph, lens, selection, Room::of(asked.top, MOST_ROWS));
            let agreement = matrix::agreement(&scope).or_refuse()?;
            Ok(matrix::agreement_scene(graph, &scope, &agreement))
        }
        (Some(View::Spectrum), _) => {
            let scope = scope(graph, lens, selection, spectrum::room(selection, asked.top));
            let spectra = spectrum::spectra(graph, lens, &scope)?;
            Ok(spectrum::scene(graph, &scope, &spectra))
        }
        (Some(View::Timeline), _) => {
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

/// What a map or a network shows, with so many of each as are asked for.
fn thinned(asked: &Draw, graph: &Graph, shown: Extract) -> Extract {
    let counts =
        |entity: Entity| asked.view != Some(View::Network) || matches!(entity, Entity::Actor(_));
    match asked.top {
        Some(many) => picture::top(graph, shown, many, counts),
        None => shown,
    }
}

/// A refusal, and the way out of it.
fn in_words(refusal: Refusal, whole: bool) -> Failure {
    let help = match (&refusal, whole) {
        (Refusal::Nothing, whole) => return nothing(whole),
        (Refusal::NoPair, _) => {
            "`demarche matrix` measures how far positions agree, numbers on a scale among them"
        }
        (Refusal::NoPosition | Refusal::NoDate, true) => "`demarche list` shows what the graph has",
        (Refusal::NoPosition | Refusal::NoDate, false) => {
            "ask for more with `--focus`, `--issue`, `--actor`, `--since` or `--until`, or leave them out"
        }
        (Refusal::TooMuch { .. }, _) => {
            "show less with `--top`, `--focus`, `--issue`, `--actor` or `--since`, or write DOT with `-o picture.dot`"
        }
    };
    Failure::new(refusal.to_string()).help(help)
}
