//! `demarche draw --layout`: a map or network laid out by an installed Graphviz.

#[cfg(feature = "graphviz")]
use std::collections::HashMap;
#[cfg(feature = "graphviz")]
use std::io;

#[cfg(feature = "graphviz")]
use graphviz_rust::cmd::{self, CommandArg};

use crate::cli::Failure;
use crate::cli::draw::Engine;
use crate::diagram::{Diagram, Theme};
use crate::picture::Format;
#[cfg(feature = "graphviz")]
use crate::picture::dot::{Part, dot_part, legend::NOTES};
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
    let run = Run { drawing, theme };
    let resolution = matches!(format, cmd::Format::Png).then(|| custom(RESOLUTION));
    let mut arguments: Vec<CommandArg> = resolution.into_iter().collect();
    let text = match engine {
        Engine::Dot => {
            arguments.push(custom("-Kdot"));
            run.text(Part::Whole)?
        }
        _ => {
            // The boxes are placed already, the legend beside them.
            arguments.extend([custom("-Kneato"), custom("-n")]);
            run.text(Part::Placed(&run.places(engine)?))?
        }
    };
    arguments.push(CommandArg::Format(format));
    graphviz(text, arguments)
}

#[cfg(feature = "graphviz")]
fn custom(argument: &str) -> CommandArg {
    CommandArg::Custom(argument.to_owned())
}

/// Runs Graphviz.
#[cfg(feature = "graphviz")]
fn graphviz(text: String, arguments: Vec<CommandArg>) -> Result<Vec<u8>, Failure> {
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

/// A drawing that Graphviz lays out.
#[cfg(feature = "graphviz")]
struct Run<'r> {
    drawing: &'r Diagram<'r>,
    theme: Theme,
}

#[cfg(feature = "graphviz")]
impl Run<'_> {
    /// Returns a part of the drawing as DOT.
    fn text(&self, part: Part<'_>) -> Result<String, Failure> {
        let failed = |error: &dyn std::fmt::Display| Failure::new(error.to_string());
        let mut text = Vec::new();
        dot_part(self.drawing, self.theme, part, &mut text).map_err(|error| failed(&error))?;
        String::from_utf8(text).map_err(|error| failed(&error))
    }

    /// Returns where boxes stand, in points: those of the drawing as the program lays them out, those
    /// of the legend apart from them. Programs for free layouts would mix the two.
    fn places(&self, engine: Engine) -> Result<HashMap<String, [f64; 2]>, Failure> {
        let engine = format!("-K{}", format!("{engine:?}").to_lowercase());
        let boxes = self.laid_out(Part::Boxes, &engine)?;
        let legend = self.laid_out(Part::Legend, "-Kdot")?;
        let (notes, samples): (Vec<Box>, Vec<Box>) =
            legend.into_iter().partition(|one| one.name == NOTES);
        let [left, bottom, right, top] = bounds(&boxes);
        // Beside what is high, else below it.
        let is_high = top - bottom > 1.2 * (right - left);
        let (x, mut y) = match is_high {
            true => (right + APART, top),
            false => (left, bottom - APART),
        };
        let mut places: HashMap<String, [f64; 2]> = HashMap::new();
        places.extend(boxes.into_iter().map(|one| (one.name, one.at)));
        for group in [notes, samples] {
            let [left, bottom, _, top] = bounds(&group);
            let at = |one: Box| (one.name, [one.at[0] - left + x, one.at[1] - top + y]);
            places.extend(group.into_iter().map(at));
            y -= top - bottom + APART / 2.0;
        }
        Ok(places)
    }

    /// Returns the boxes of a part as a program of Graphviz lays them out.
    fn laid_out(&self, part: Part<'_>, engine: &str) -> Result<Vec<Box>, Failure> {
        let arguments = vec![custom(engine), custom("-Tplain")];
        let plain = graphviz(self.text(part)?, arguments)?;
        let plain = String::from_utf8_lossy(&plain);
        Ok(plain.lines().filter_map(Box::of).collect())
    }
}

/// The room between boxes and legend, in points.
#[cfg(feature = "graphviz")]
const APART: f64 = 36.0;

/// The points of an inch.
#[cfg(feature = "graphviz")]
const INCH: f64 = 72.0;

/// A box that Graphviz has placed: its name, its middle and its size, in points.
#[cfg(feature = "graphviz")]
struct Box {
    name: String,
    at: [f64; 2],
    size: [f64; 2],
}

#[cfg(feature = "graphviz")]
impl Box {
    /// Reads a line of the format `plain`: `node "us" 1.2 0.5 1.1 0.4 …`, in inches.
    fn of(line: &str) -> Option<Box> {
        let rest = line.strip_prefix("node ")?;
        let (name, rest) = match rest.strip_prefix('"') {
            Some(quoted) => quoted.split_once("\" ")?,
            None => rest.split_once(' ')?,
        };
        let mut numbers = rest
            .split(' ')
            .map_while(|number| number.parse::<f64>().ok());
        let mut next = || Some(numbers.next()? * INCH);
        let [x, y, width, height] = [next()?, next()?, next()?, next()?];
        Some(Box {
            name: name.to_owned(),
            at: [x, y],
            size: [width, height],
        })
    }
}

/// Returns the left, lower, right and upper ends of what some boxes take up.
#[cfg(feature = "graphviz")]
fn bounds(boxes: &[Box]) -> [f64; 4] {
    let ends = |side: usize, sign: f64| {
        let ends = boxes
            .iter()
            .map(move |one| one.at[side] + sign * one.size[side] / 2.0);
        ends.reduce(if sign < 0.0 { f64::min } else { f64::max })
            .unwrap_or_default()
    };
    [ends(0, -1.0), ends(1, -1.0), ends(0, 1.0), ends(1, 1.0)]
}
