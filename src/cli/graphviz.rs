//! `demarche draw --layout`: a map or network laid out by an installed Graphviz.

#[cfg(feature = "graphviz")]
use std::io;

#[cfg(feature = "graphviz")]
use graphviz_rust::cmd::{self, CommandArg};

use crate::cli::Failure;
use crate::cli::draw::Engine;
use crate::diagram::{Diagram, Theme};
use crate::picture::Format;
#[cfg(feature = "graphviz")]
use crate::picture::dot;
#[cfg(feature = "graphviz")]
use crate::query::MANY_STATEMENTS;

/// Pixels per inch: sharp on a slide.
#[cfg(feature = "graphviz")]
const RESOLUTION: &str = "-Gdpi=144";

/// Returns an error: this build lacks the feature.
#[cfg(not(feature = "graphviz"))]
pub(super) fn lay_out(_: &Diagram<'_>, _: Theme, _: Format, _: Engine) -> Result<Vec<u8>, Failure> {
    Err(
        Failure::new("this `demarche` was built without the feature `graphviz`, which `--layout` needs").help(
            "build it with `--features graphviz`, or write DOT with `-o picture.dot` and give it to `dot -Tsvg picture.dot`",
        ),
    )
}

/// Lays the drawing out with Graphviz and returns the bytes of the picture.
#[cfg(feature = "graphviz")]
pub(super) fn lay_out(
    drawing: &Diagram<'_>,
    theme: Theme,
    format: Format,
    engine: Engine,
) -> Result<Vec<u8>, Failure> {
    let format = match format {
        Format::Svg => cmd::Format::Svg,
        Format::Png => cmd::Format::Png,
        Format::Pdf => cmd::Format::Pdf,
        Format::Dot | Format::Mermaid | Format::Html | Format::Text => {
            return Err(Failure::new("`--layout` draws a picture with Graphviz")
                .help("write it with `-o picture.svg`, .png or .pdf"));
        }
    };
    if !drawing.statements.is_empty() {
        return Err(Failure::new(format!("Graphviz can't lay out more than {MANY_STATEMENTS} statements"))
            .help("show less with `--focus`, `--issue`, `--actor` or `--since`, or write DOT with `-o picture.dot`"));
    }
    let mut text = Vec::new();
    dot(drawing, theme, &mut text).map_err(|error| Failure::new(error.to_string()))?;
    let text = String::from_utf8(text).map_err(|error| Failure::new(error.to_string()))?;
    let engine = format!("{engine:?}").to_lowercase();
    let mut arguments = vec![CommandArg::Custom(format!("-K{engine}"))];
    if matches!(format, cmd::Format::Png) {
        arguments.push(CommandArg::Custom(RESOLUTION.to_owned()));
    }
    arguments.push(CommandArg::Format(format));
    graphviz_rust::exec_dot(text, arguments).map_err(|error| {
        // A missing program is a system error with a code; a missing temporary folder comes as
        // plain words.
        if error.kind() == io::ErrorKind::NotFound && error.raw_os_error().is_some() {
            Failure::new("`--layout` needs the `dot` program of Graphviz, which is not installed").help(
                "install it with `apt install graphviz`, `brew install graphviz` or `winget install graphviz`, or draw without `--layout`",
            )
        } else {
            Failure::new(format!("the `dot` program of Graphviz failed: {}", error.to_string().trim()))
        }
    })
}
