//! `demarche draw` without Graphviz: views as SVG, PNG, PDF, a page, or characters.

#[cfg(feature = "pictures")]
mod views;

#[cfg(feature = "pictures")]
pub(super) use views::draw;

use crate::cli::Failure;
use crate::cli::draw::{Draw, nothing};
use crate::graph::{Graph, Lens};
use crate::picture::{self, Refusal};
use crate::query::Excerpt;

/// Returns an error: this build draws no pictures.
#[cfg(not(feature = "pictures"))]
pub(super) fn draw(
    _: &Draw,
    _: crate::cli::draw::Format,
    _: &Graph,
    _: Lens,
    _: &Excerpt,
    _: Option<&crate::diagram::Diagram<'_>>,
) -> Result<Vec<u8>, Failure> {
    Err(
        Failure::new("this `demarche` was built without the feature `pictures`").help(
            "build it with its default features, write DOT with `-o picture.dot`, or draw in characters, as `--view matrix` does",
        ),
    )
}

/// Returns the bytes of the requested view in characters, `columns` wide.
pub(super) fn characters(
    asked: &Draw,
    graph: &Graph,
    lens: Lens,
    selection: &Excerpt,
    columns: usize,
) -> Result<Vec<u8>, Failure> {
    let view = asked.view();
    let drawn = picture::characters(graph, lens, selection, view, asked.top, columns);
    let drawn = drawn.map_err(|refusal| in_words(refusal, selection.is_whole(graph)))?;
    Ok(drawn.into_bytes())
}

/// Turns a refusal into an error with what to do about it.
pub(super) fn in_words(refusal: Refusal, whole: bool) -> Failure {
    let help = match (&refusal, whole) {
        (Refusal::Nothing, whole) => return nothing(whole),
        (Refusal::NoPair, _) => {
            "`demarche matrix` measures how far positions agree, numbers on a scale included"
        }
        (Refusal::NoPosition | Refusal::NoDate, true) => "`demarche list` shows what the graph has",
        (Refusal::NoPosition | Refusal::NoDate, false) => {
            "ask for more with `--focus`, `--issue`, `--actor`, `--since` or `--until`, or leave them out"
        }
        (Refusal::TooMuch { .. }, _) => {
            "show less with `--top`, `--focus`, `--issue`, `--actor` or `--since`, or write DOT with `-o picture.dot`"
        }
        (Refusal::LongPage, _) => {
            "show less with `--top`, `--focus`, `--issue`, `--actor` or `--since`"
        }
        (Refusal::Bare, _) => "choose other dates for `--since` and `--until`, or leave one out",
        (Refusal::NoGraph, _) => "use `--format text`, or write .svg, .png or .pdf",
        (Refusal::NoText, _) => "use `--view matrix`, `agreement`, `spectrum` or `timeline`",
        (Refusal::NoPage, _) => "write .svg, .png, .pdf or .txt",
    };
    Failure::new(refusal.to_string()).help(help)
}
