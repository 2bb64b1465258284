//! Text widths and line breaks. Text is measured with the bundled Noto Sans, whatever fonts are
//! installed. A script that Noto Sans lacks is measured by the usual widths of fonts, and drawn to
//! fit that width.

use std::sync::LazyLock;

use crate::words::{self, Room, is_obeyed};
use ttf_parser::Face;
use unicode_linebreak::{BreakOpportunity, linebreaks};
use unicode_width::UnicodeWidthChar;

/// The weight of text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Weight {
    /// Weight 400.
    #[default]
    Regular,
    /// Weight 700.
    Bold,
}

/// A font face, with the widths of its ASCII characters cached.
struct Measured {
    face: Option<Face<'static>>,
    ascii: [f64; 128],
}

impl Measured {
    fn new(bytes: &'static [u8]) -> Measured {
        let face = Face::parse(bytes, 0).ok();
        let mut ascii = [0.0; 128];
        for (code, advance) in (0_u8..).zip(&mut ascii) {
            *advance = advance_of(face.as_ref(), char::from(code));
        }
        Measured { face, ascii }
    }
}

static REGULAR: LazyLock<Measured> = LazyLock::new(|| Measured::new(notosans::REGULAR_TTF));
static BOLD: LazyLock<Measured> = LazyLock::new(|| Measured::new(notosans::BOLD_TTF));

fn measured(weight: Weight) -> &'static Measured {
    match weight {
        Weight::Regular => &REGULAR,
        Weight::Bold => &BOLD,
    }
}

/// Returns the advance width of a character in em.
fn advance_of(face: Option<&Face<'_>>, c: char) -> f64 {
    let own = face.and_then(|face| {
        let glyph = face.glyph_index(c)?;
        Some(f64::from(face.glyph_hor_advance(glyph)?) / f64::from(face.units_per_em()))
    });
    own.unwrap_or_else(|| match c.width() {
        None | Some(0) => 0.0,
        // Joined letters are narrow.
        Some(1) if matches!(c, '\u{600}'..='\u{77F}') => 0.45,
        Some(1) => 0.65,
        Some(_) => 1.0,
    })
}

/// Returns whether the font has a glyph for a character, or the character needs none.
pub fn covers(c: char) -> bool {
    c.is_control()
        || c.width() == Some(0)
        || REGULAR
            .face
            .as_ref()
            .is_some_and(|face| face.glyph_index(c).is_some())
}

/// Returns the width of a line of text in pixels; `size` is in pixels too.
pub fn width(text: &str, size: f64, weight: Weight) -> f64 {
    let font = measured(weight);
    let em: f64 = text
        .chars()
        .map(|c| {
            font.ascii
                .get(c as usize)
                .copied()
                .unwrap_or_else(|| advance_of(font.face.as_ref(), c))
        })
        .sum();
    em * size
}

/// Returns the distance between the baselines of two lines.
pub fn line_height(size: f64) -> f64 {
    size * 1.32
}

/// Returns how far text reaches above and below its baseline, accents included, in pixels.
pub fn reach(text: &str, size: f64, weight: Weight) -> (f64, f64) {
    let font = measured(weight);
    let (mut up, mut down) = (0.0_f64, 0.0_f64);
    for c in text.chars() {
        let glyph = font.face.as_ref().and_then(|face| {
            let bounds = face.glyph_bounding_box(face.glyph_index(c)?)?;
            let em = f64::from(face.units_per_em());
            Some((f64::from(bounds.y_max) / em, f64::from(-bounds.y_min) / em))
        });
        let (above, below) = glyph.unwrap_or(if covers(c) { (0.0, 0.0) } else { (0.88, 0.14) });
        up = up.max(above);
        down = down.max(below);
    }
    (up * size, down * size)
}

/// Returns text as it can be drawn: whitespace is collapsed, and characters that no line can hold
/// are removed.
pub fn plain(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    for c in text.chars() {
        if c.is_whitespace() && c != '\u{A0}' {
            if !plain.is_empty() && !plain.ends_with(' ') {
                plain.push(' ');
            }
        } else if !is_obeyed(c) {
            plain.push(c);
        }
    }
    plain.truncate(plain.trim_end().len());
    plain
}

/// Returns the byte offsets at which a line may break by the Unicode rules (UAX 14), the end of the
/// text last.
pub fn breaks(text: &str) -> Vec<usize> {
    linebreaks(text)
        .filter(|(_, kind)| {
            matches!(
                kind,
                BreakOpportunity::Allowed | BreakOpportunity::Mandatory
            )
        })
        .map(|(at, _)| at)
        .collect()
}

/// Wraps a text into lines of about equal length, at most `most` pixels wide; a wider word is
/// broken, with a hyphen where its script has one.
pub fn wrap(text: &str, size: f64, weight: Weight, most: f64) -> Vec<String> {
    let text = plain(text);
    let whole = width(&text, size, weight);
    if whole <= most {
        return if text.is_empty() {
            Vec::new()
        } else {
            vec![text]
        };
    }
    let lines = filled(&text, size, weight, most);
    // Look for the same number of lines with evener lengths, without breaking words for it.
    let mut from = 0;
    let words = breaks(&text).into_iter().map(|to| {
        width(
            text[std::mem::replace(&mut from, to)..to].trim_end(),
            size,
            weight,
        )
    });
    let widest = words.filter(|word| *word <= most).fold(0.0, f64::max);
    let mut even = (whole / lines.len() as f64).max(widest);
    while even < most {
        let evener = filled(&text, size, weight, even);
        if evener.len() <= lines.len() {
            return evener;
        }
        even += size;
    }
    lines
}

fn filled(text: &str, size: f64, weight: Weight, most: f64) -> Vec<String> {
    let fill = |most: f64| {
        let room = Room {
            line: most,
            word: 0.0,
        };
        words::filled(text, breaks(text), room, |part| width(part, size, weight))
    };
    let lines = fill(most);
    let is_broken = |lines: &[&str]| broken(text, lines).contains(&true);
    // A hyphen takes room too.
    let less = most - width("-", size, weight);
    let lines = match is_broken(&lines) {
        true => fill(less),
        false => lines,
    };
    let ends = broken(text, &lines);
    let with_hyphen = |(line, is_broken): (&&str, bool)| match is_broken {
        true => format!("{line}-"),
        false => (*line).to_owned(),
    };
    lines.iter().zip(ends).map(with_hyphen).collect()
}

/// Returns which lines of a text end inside a word of a script that has hyphens.
fn broken(text: &str, lines: &[&str]) -> Vec<bool> {
    // Latin, Greek, Cyrillic and Armenian letters.
    let is_letter = |c: char| c.is_alphabetic() && c < '\u{590}';
    let mut rest = text;
    let mut ends = Vec::new();
    for line in lines {
        let at = rest.find(line).map_or(rest.len(), |at| at + line.len());
        rest = &rest[at..];
        let around = line.chars().last().zip(rest.chars().next());
        ends.push(around.is_some_and(|(before, after)| is_letter(before) && is_letter(after)));
    }
    ends
}

#[cfg(test)]
mod tests {
    use super::{Weight, covers, plain, width, wrap};

    #[test]
    fn widths_are_those_of_the_font() {
        // In Noto Sans, the advance of `n` is 1266 of 2048 units.
        assert_eq!(width("n", 2048.0, Weight::Regular), 1266.0);
        assert!(width("n", 10.0, Weight::Bold) > width("n", 10.0, Weight::Regular));
        assert_eq!(width("外交", 10.0, Weight::Regular), 20.0);
        assert_eq!(
            width("e\u{301}", 10.0, Weight::Regular),
            width("e", 10.0, Weight::Regular)
        );
        assert!("Ελλάδα Україна Łódź → ½".chars().all(covers) && !covers('外') && !covers('م'));
    }

    #[test]
    fn lines_are_no_wider_than_asked_and_lose_nothing() {
        for text in [
            "Keeping tensions from becoming conflict",
            "Donaudampfschifffahrtsgesellschaft",
            "中华人民共和国外交部",
            "a",
            "👩‍👧👩‍👧👩‍👧👩‍👧 family",
        ] {
            for most in [30.0, 60.0, 90.0] {
                let lines = wrap(text, 12.0, Weight::Regular, most);
                assert_eq!(
                    lines.concat().replace([' ', '-'], ""),
                    text.replace(' ', "")
                );
                assert!(
                    lines
                        .iter()
                        .all(|line| width(line, 12.0, Weight::Regular) <= most),
                    "{lines:?}"
                );
            }
        }
        // Evening out lines breaks no word.
        let union = width("Dockworkers'", 12.0, Weight::Regular);
        assert_eq!(
            wrap("Dockworkers' Union", 12.0, Weight::Regular, union + 5.0),
            ["Dockworkers'", "Union"]
        );
        let long = wrap(
            "Donaudampfschifffahrtsgesellschaft",
            12.0,
            Weight::Regular,
            90.0,
        );
        let (last, others) = long.split_last().unwrap();
        assert!(
            others.iter().all(|line| line.ends_with('-')) && !last.ends_with('-'),
            "{long:?}"
        );
        assert!(wrap(" \n", 12.0, Weight::Regular, 50.0).is_empty());
        assert_eq!(plain(" a\n\tb\u{202E}\0c "), "a bc");
    }
}
