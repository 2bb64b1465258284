//! The fonts for raster images and PDF: the bundled font and, for scripts it lacks, installed fonts
//! that the caller passes in.

use std::collections::BTreeSet;
use std::sync::Arc;

use resvg::usvg::fontdb::{Database, ID, Source, Style};
use ttf_parser::Face;

use crate::disk;
use crate::picture::font::{self, Weight};
use crate::picture::scene::Scene;

/// Fonts to draw with.
#[derive(Clone, Debug)]
pub struct Fonts {
    pub(crate) database: Arc<Database>,
    regular: Option<ID>,
    bold: Option<ID>,
}

impl Fonts {
    /// Combines the bundled font with installed fonts for the characters it lacks. Pass an empty
    /// database to use none.
    pub fn with(mut installed: Database) -> Fonts {
        let mut load = |bytes: &'static [u8]| {
            installed
                .load_font_source(Source::Binary(Arc::new(bytes)))
                .first()
                .copied()
        };
        let (regular, bold) = (load(notosans::REGULAR_TTF), load(notosans::BOLD_TTF));
        Fonts {
            database: Arc::new(installed),
            regular,
            bold,
        }
    }

    /// The font that comes with the program and, where a picture needs more, the installed ones.
    pub fn of(scene: &Scene) -> Fonts {
        Fonts::with(match Fonts::are_needed(scene) {
            true => disk::installed_fonts(),
            false => Database::default(),
        })
    }

    /// Returns whether a picture has text that the bundled font can't draw.
    pub fn are_needed(scene: &Scene) -> bool {
        scene
            .texts()
            .iter()
            .any(|(text, _)| !text.text.chars().all(font::covers))
    }

    /// Returns the texts of a picture with a character that is in none of these fonts, sorted and
    /// without duplicates.
    pub fn lacking(&self, scene: &Scene) -> Vec<String> {
        let lacks = |text: &str| {
            text.chars()
                .any(|c| !font::covers(c) && self.fallback(c, Weight::Regular, &[]).is_none())
        };
        let texts = scene
            .texts()
            .into_iter()
            .map(|(text, _)| text.text.as_str());
        texts
            .filter(|text| lacks(text))
            .map(str::to_owned)
            .collect::<BTreeSet<_>>()
            .into_iter()
            .collect()
    }

    pub(crate) fn face(&self, weight: Weight) -> Option<ID> {
        match weight {
            Weight::Regular => self.regular,
            Weight::Bold => self.bold,
        }
    }

    /// Returns an installed font that has a character: an upright one if possible, preferably of
    /// this weight.
    pub(crate) fn fallback(&self, c: char, weight: Weight, but: &[ID]) -> Option<ID> {
        let wanted = match weight {
            Weight::Regular => 400,
            Weight::Bold => 700,
        };
        let own = [self.regular, self.bold];
        let mut found: Vec<_> = self
            .database
            .faces()
            .filter(|face| {
                !own.contains(&Some(face.id))
                    && !but.contains(&face.id)
                    && has_glyph(&self.database, face.id, c)
            })
            .collect();
        let off = |weight: u16| weight.abs_diff(wanted);
        found.sort_by_key(|face| {
            let sans = face.families.iter().any(|(name, _)| name.contains("Sans"));
            (
                face.style != Style::Normal,
                off(face.weight.0) > 100,
                !sans,
                face.post_script_name.clone(),
                face.index,
            )
        });
        found.first().map(|face| face.id)
    }
}

/// Returns whether a face can draw a character other than as a bitmap.
fn has_glyph(database: &Database, id: ID, c: char) -> bool {
    let drawn = database.with_face_data(id, |data, index| {
        let face = Face::parse(data, index).ok()?;
        let glyph = face.glyph_index(c)?;
        Some(face.glyph_bounding_box(glyph).is_some() || face.is_color_glyph(glyph))
    });
    drawn.flatten().unwrap_or(false)
}
