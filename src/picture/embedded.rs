//! The part of the bundled font that an SVG carries, so that its text looks the same where Noto Sans
//! is not installed.

use std::collections::BTreeSet;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use subsetter::{GlyphRemapper, subset};
use ttf_parser::Face;
use write_fonts::FontBuilder;
use write_fonts::read::FontRef;
use write_fonts::tables::cmap::Cmap;
use write_fonts::types::{GlyphId, Tag};

use crate::picture::font::Weight;
use crate::picture::scene::Scene;

/// The family under which a picture carries its font. An installed one of the usual name still serves
/// what the picture's own part lacks.
pub(super) const FAMILY: &str = "demarche";

/// Returns the rules of a style sheet that carry the characters of a picture, and these `others`: one
/// for each weight used.
pub(super) fn faces(scene: &Scene, others: impl Iterator<Item = char> + Clone) -> String {
    let texts = scene.texts();
    let face = |weight: Weight| {
        let texts = texts.iter().filter(|(text, _)| text.word.weight == weight);
        let mut used: BTreeSet<char> = texts.flat_map(|(text, _)| text.text.chars()).collect();
        used.extend(others.clone());
        rule(weight, &used)
    };
    [Weight::Regular, Weight::Bold]
        .into_iter()
        .filter_map(face)
        .collect()
}

/// Returns the rule for some characters in a weight; `None` if the font has none of them.
fn rule(weight: Weight, used: &BTreeSet<char>) -> Option<String> {
    let (bytes, heavy) = match weight {
        Weight::Regular => (notosans::REGULAR_TTF, 400),
        Weight::Bold => (notosans::BOLD_TTF, 700),
    };
    let face = Face::parse(bytes, 0).ok()?;
    let mut kept = GlyphRemapper::new();
    let glyphs: Vec<(char, GlyphId)> = used
        .iter()
        .filter_map(|&c| Some((c, face.glyph_index(c)?)))
        .map(|(c, glyph)| (c, GlyphId::new(kept.remap(glyph.0).into())))
        .collect();
    if glyphs.is_empty() {
        return None;
    }
    // The subset is one for PDF, which needs less: browsers ask for these two tables too.
    let part = subset(bytes, 0, &kept).ok()?;
    let metrics = Tag::new(b"OS/2");
    let whole = FontRef::new(bytes).ok()?;
    let mut font = FontBuilder::new();
    font.add_raw(metrics, whole.table_data(metrics)?.as_bytes());
    font.add_table(&Cmap::from_mappings(glyphs).ok()?).ok()?;
    font.copy_missing_tables(FontRef::new(&part).ok()?);
    let data = STANDARD.encode(font.build());
    Some(format!(
        "@font-face{{font-family:{FAMILY};font-weight:{heavy};src:url(data:font/ttf;base64,{data})}}\n"
    ))
}

#[cfg(test)]
mod tests {
    use super::rule;
    use crate::picture::font::{Weight, width};
    use base64::Engine;
    use base64::engine::general_purpose::STANDARD;
    use std::collections::BTreeSet;
    use ttf_parser::Face;

    #[test]
    fn it_has_the_letters_it_is_for_in_their_widths() {
        for weight in [Weight::Regular, Weight::Bold] {
            let used: BTreeSet<char> = "Łódź, Київ 外".chars().collect();
            let rule = rule(weight, &used).unwrap();
            let data = rule.split("base64,").nth(1).unwrap();
            let font = STANDARD.decode(data.split(')').next().unwrap()).unwrap();
            let face = Face::parse(&font, 0).unwrap();
            for c in used.into_iter().filter(|c| *c != '外') {
                let glyph = face.glyph_index(c).unwrap();
                let em = f64::from(face.glyph_hor_advance(glyph).unwrap())
                    / f64::from(face.units_per_em());
                assert_eq!(width(&c.to_string(), 1.0, weight), em, "{c}");
            }
            assert!(face.glyph_index('外').is_none() && face.glyph_index('z').is_none());
            assert!(font.len() < 30_000, "{}", font.len());
        }
    }
}
