//! From a view to the bytes of a picture.

use std::io::{self, Write};

use crate::cli::draw::{Draw, Format, Theme, View};
use crate::disk;
use crate::graph::{Entity, Graph, Lens};
use crate::picture::{self, Fonts, Refusal, Scene};
use crate::query::{Selection, extract};

/// Of texts that can't be drawn, so many are named.
const SHOWN: usize = 5;

/// The bytes of the picture that is asked for.
pub(in crate::cli) fn draw(
    asked: &Draw,
    format: Format,
    graph: &Graph,
    lens: Lens,
    selection: &Selection,
) -> Result<Vec<u8>, String> {
    let theme = match asked.theme {
        Theme::Light => picture::Theme::Light,
        Theme::Dark => picture::Theme::Dark,
    };
    let scene = scene(asked, graph, lens, selection).map_err(|refusal| in_words(refusal, *selection == Selection::default()))?;
    match format {
        Format::Png => picture::png(&scene, theme, &fonts(&scene)),
        Format::Pdf => picture::pdf(&scene, theme, &fonts(&scene)),
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
        let shown: Vec<String> = lacking.iter().take(SHOWN).map(|text| format!("`{text}`")).collect();
        let more = if lacking.len() > SHOWN { format!(" and {} more", lacking.len() - SHOWN) } else { String::new() };
        // There is nowhere left to say that it can't be said.
        let _ = writeln!(
            io::stderr().lock(),
            "warning: no installed font has every character of {}{more}: they are drawn as boxes or not at all\nhelp: install a font of that script, for example one of Noto's, or write SVG, which whoever opens it draws with their own fonts",
            shown.join(", ")
        );
    }
    fonts
}

fn scene(asked: &Draw, graph: &Graph, lens: Lens, selection: &Selection) -> Result<Scene, Refusal> {
    let whole = extract(graph, lens, selection);
    let thinned = |wanted: fn(Entity) -> bool| match asked.top {
        Some(many) => picture::top(graph, whole.clone(), many, wanted),
        None => whole.clone(),
    };
    match asked.view {
        None | Some(View::Map) => picture::map(graph, &thinned(|_| true)),
        Some(View::Network) => picture::network(graph, &thinned(|entity| matches!(entity, Entity::Actor(_)))),
    }
}

/// A refusal, and the way out of it.
fn in_words(refusal: Refusal, whole: bool) -> String {
    let help = match (&refusal, whole) {
        (Refusal::Nothing, true) => "the graph has no actor, issue or meeting",
        (Refusal::Nothing, false) => "nothing in the graph is as `--focus`, `--issue`, `--actor`, `--since` or `--until` ask",
        (Refusal::TooMuch { .. }, _) => {
            "show less with `--top`, `--focus`, `--issue`, `--actor` or `--since`, or write DOT with `-o picture.dot`"
        }
    };
    format!("{refusal}: {help}")
}
