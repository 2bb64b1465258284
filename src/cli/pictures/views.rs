//! From a view to the bytes of a picture.

use crate::cli::Failure;
use crate::cli::draw::{Draw, Format};
use crate::cli::out;
use crate::cli::pictures::in_words;
use crate::diagram::Diagram;
use crate::graph::{Graph, Lens};
use crate::picture::{self, Fonts, Refusal, Scene};
use crate::query::Excerpt;
use crate::render::Paint;

/// How many texts that can't be drawn are named.
const SHOWN: usize = 5;

/// Returns the bytes of the picture: of `drawing` for a map or network, else of another view.
pub(in crate::cli) fn draw(
    asked: &Draw,
    format: Format,
    graph: &Graph,
    lens: Lens,
    selection: &Excerpt,
    drawing: Option<&Diagram<'_>>,
) -> Result<Vec<u8>, Failure> {
    let theme = asked.theme;
    let refused = |refusal: Refusal| in_words(refusal, selection.is_whole(graph));
    let view = asked.view();
    let scene = picture::scene(graph, lens, selection, view, asked.top, drawing);
    let scene = scene.map_err(refused)?;
    match (format, drawing) {
        (Format::Html, drawing) => picture::page(drawing, lens, scene, theme)
            .map(String::into_bytes)
            .map_err(refused),
        (Format::Png, _) => picture::png(&scene, theme, &fonts(&scene)).map_err(Failure::new),
        (Format::Pdf, _) => picture::pdf(&scene, theme, &fonts(&scene)).map_err(Failure::new),
        _ => Ok(picture::svg(&scene, theme).into_bytes()),
    }
}

/// Loads the fonts that a picture needs; reports texts that none of them covers on standard error.
fn fonts(scene: &Scene) -> Fonts {
    let fonts = Fonts::of(scene);
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
