//! From a view to the bytes of a picture.

use crate::cli::draw::{Draw, Format, Theme, View};
use crate::graph::{Graph, Lens};
use crate::picture::{self, Refusal, Scene};
use crate::query::{Selection, extract};

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
        Format::Svg => Ok(picture::svg(&scene, theme).into_bytes()),
        _ => Err("not yet".to_owned()),
    }
}

fn scene(asked: &Draw, graph: &Graph, lens: Lens, selection: &Selection) -> Result<Scene, Refusal> {
    match asked.view {
        None | Some(View::Map) => {
            let mut extract = extract(graph, lens, selection);
            if let Some(many) = asked.top {
                extract = picture::top(graph, extract, many, |_| true);
            }
            picture::map(graph, &extract)
        }
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
