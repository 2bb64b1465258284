//! `demarche draw`, where it draws by itself: views to SVG, PNG and PDF.

#[cfg(feature = "pictures")]
mod views;

#[cfg(feature = "pictures")]
pub(super) use views::{characters, draw};

#[cfg(not(feature = "pictures"))]
use crate::cli::Failure;
#[cfg(not(feature = "pictures"))]
use crate::cli::draw::{Draw, Format};
#[cfg(not(feature = "pictures"))]
use crate::graph::{Graph, Lens};
#[cfg(not(feature = "pictures"))]
use crate::query::{Extract, Selection};

/// Says that there are no pictures, and what there is.
#[cfg(not(feature = "pictures"))]
pub(super) fn draw(
    _: &Draw,
    _: Format,
    _: &Graph,
    _: Lens,
    _: &Selection,
    _: Option<Extract>,
) -> Result<Vec<u8>, Failure> {
    Err(without())
}

/// The same of views in characters.
#[cfg(not(feature = "pictures"))]
pub(super) fn characters(
    _: &Draw,
    _: &Graph,
    _: Lens,
    _: &Selection,
    _: usize,
) -> Result<Vec<u8>, Failure> {
    Err(without())
}

#[cfg(not(feature = "pictures"))]
fn without() -> Failure {
    Failure::new("this `demarche` was built without the feature `pictures`")
        .help("build it with its default features, or write DOT with `-o picture.dot`")
}
