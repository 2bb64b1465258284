//! The page that a picture is made for.

use std::str::FromStr;

/// A page of a given size, or as large as the picture is.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub enum Paper {
    /// As large as the picture.
    #[default]
    Free,
    /// What suits the format: of PDF an A4 page, upright or across, if the picture can be read on it;
    /// of PNG about the proportions of a slide; else as large as the picture.
    Usual,
    /// A page of this size.
    Sized {
        /// The width in pixels.
        width: f64,
        /// The height in pixels.
        height: f64,
        /// The size in pixels that most of its text has at least.
        least: f64,
    },
}

/// The least size of text on a slide, and on paper: 8 points.
pub(super) const ON_SCREEN: f64 = 12.0;
pub(super) const ON_PAPER: f64 = 32.0 / 3.0;
/// The sides of a slide, and of A4 at 96 pixels an inch.
pub(super) const SLIDE: (f64, f64) = (1280.0, 720.0);
pub(super) const A4: (f64, f64) = (794.0, 1123.0);
/// The points of a pixel.
pub(super) const POINTS: f64 = 0.75;
/// The limits of a side, in pixels.
const SIDES: std::ops::RangeInclusive<f64> = 200.0..=20_000.0;

impl FromStr for Paper {
    type Err = String;

    fn from_str(text: &str) -> Result<Paper, String> {
        let sized = |(width, height), least| Paper::Sized {
            width,
            height,
            least,
        };
        Ok(match text {
            "free" => Paper::Free,
            "slide" => sized(SLIDE, ON_SCREEN),
            "a4" => sized(A4, ON_PAPER),
            "a4-landscape" => sized((A4.1, A4.0), ON_PAPER),
            other => {
                let sides = other.split_once(['x', '×']);
                let side = |text: &str| text.parse().ok().filter(|side| SIDES.contains(side));
                let sides = sides.and_then(|(width, height)| Some((side(width)?, side(height)?)));
                sized(sides.ok_or(PAPERS)?, ON_SCREEN)
            }
        })
    }
}

/// Returns a height of text in words: in points on paper, where the `least` is that of paper, else in
/// pixels.
#[doc(hidden)]
pub fn height(pixels: f64, least: f64) -> String {
    let (number, unit) = match least == ON_PAPER {
        true => (pixels * POINTS, "points"),
        false => (pixels, "pixels"),
    };
    let number = format!("{number:.1}");
    format!("{} {unit}", number.trim_end_matches(".0"))
}

/// The sizes there are, for an error.
const PAPERS: &str = "it must be slide, a4, a4-landscape, free, or a width and a height in pixels from 200 to 20000, such as 1600x900";

#[cfg(test)]
mod tests {
    use super::Paper;

    #[test]
    fn a_page_has_a_name_or_a_size() {
        let size = |text: &str| match text.parse() {
            Ok(Paper::Sized { width, height, .. }) => Some((width as u32, height as u32)),
            Ok(Paper::Free | Paper::Usual) => Some((0, 0)),
            Err(_) => None,
        };
        assert_eq!(size("slide"), Some((1280, 720)));
        assert_eq!(size("a4-landscape"), Some((1123, 794)));
        assert_eq!(size("1600x900"), Some((1600, 900)));
        assert_eq!(size("free"), Some((0, 0)));
        for wrong in [
            "A5", "1600", "1600x", "10x10", "NaNx900", "1e9x900", "-900x900",
        ] {
            assert_eq!(size(wrong), None, "{wrong}");
        }
    }
}
