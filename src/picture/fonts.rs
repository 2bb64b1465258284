//! The fonts for raster images and PDF: the bundled font and, for scripts it lacks, installed fonts
//! that the caller passes in.

use std::collections::BTreeSet;
use std::sync::Arc;

use resvg::usvg::fontdb::{Database, ID, Source, Style};
use ttf_parser::Face;

use crate::disk;
use crate::graph::{Entity, Graph};
use crate::picture::font::{self, Weight};
use crate::picture::scene::Scene;

/// Joins pictographs to one.
const ZERO_WIDTH_JOINER: char = '\u{200D}';

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
        let texts = scene.texts().into_iter();
        let texts = texts.map(|(text, _)| text.text.as_str());
        let lacking: BTreeSet<&str> = texts.filter(|text| !self.draws(text)).collect();
        lacking.into_iter().map(str::to_owned).collect()
    }

    /// Returns the actors, issues and meetings whose names are among these texts, which can't be drawn,
    /// each with a name that can be: its own without its symbols, an alias, or its id.
    pub fn other_names(&self, graph: &Graph, lacking: &[String]) -> Vec<(Entity, String)> {
        // A text may be one line of a name, or what is left of it where it was shortened.
        let lines = lacking.iter().map(|line| line.trim_end_matches(['…', '-']));
        let lines: Vec<&str> = lines.filter(|line| !line.is_empty()).collect();
        let other = |entity: Entity| {
            let name = graph.name(entity);
            let shown = font::plain(name);
            if self.draws(name) || !lines.iter().any(|line| shown.contains(line)) {
                return None;
            }
            let aliases = graph.names(entity).skip(1);
            let mut others = aliases.chain([graph.id(entity)]);
            let other = self.without_symbols(name);
            let other = other.or_else(|| others.find(|other| self.draws(other)).map(str::to_owned));
            Some((entity, other?))
        };
        graph.entities().filter_map(other).collect()
    }

    /// Returns a name without the symbols that can't be drawn, such as flags and faces; `None` if it has
    /// letters that can't be drawn, or no others.
    fn without_symbols(&self, name: &str) -> Option<String> {
        let is_drawn = |c: &char| self.has(*c) && *c != ZERO_WIDTH_JOINER;
        let kept: String = name.chars().filter(is_drawn).collect();
        let letters = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).count();
        (letters(&kept) > 0 && letters(&kept) == letters(name)).then(|| font::plain(&kept))
    }

    fn draws(&self, text: &str) -> bool {
        text.chars().all(|c| self.has(c))
    }

    fn has(&self, c: char) -> bool {
        font::covers(c) || self.fallback(c, Weight::Regular, &[]).is_some()
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
