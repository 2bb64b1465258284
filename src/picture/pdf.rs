//! A picture as a one-page PDF, made from its SVG. Text stays text, which can be selected and
//! searched; title and description become metadata.

use krilla::Document;
use krilla::geom::Size;
use krilla::metadata::Metadata;
use krilla::page::PageSettings;
use krilla_svg::{SurfaceExt, SvgSettings};

use crate::diagram::Theme;
use crate::picture::fonts::Fonts;
use crate::picture::paper::POINTS;
use crate::picture::scene::Scene;
use crate::picture::tree::tree;

/// The longest side of a page that PDF readers accept, in points: 200 inches.
const LONGEST: f32 = 14_400.0;

/// Draws a picture as a PDF of one page. The same picture and fonts give the same bytes.
///
/// # Errors
///
/// Fails if the page is too large for PDF, or the picture can't be drawn.
pub fn pdf(scene: &Scene, theme: Theme, fonts: &Fonts) -> Result<Vec<u8>, String> {
    let [width, height] = [scene.size().0, scene.size().1].map(|side| (side * POINTS) as f32);
    let size = Size::from_wh(width, height).filter(|_| width.max(height) <= LONGEST);
    let size = size.ok_or_else(|| {
        format!("{width:.0} by {height:.0} points are too large for a PDF page: write SVG, or show less with `--top`")
    })?;
    let tree = tree(scene, theme, fonts)?;
    let mut document = Document::new();
    let metadata = Metadata::new()
        .title(scene.title.clone())
        .description(scene.description.clone());
    document.set_metadata(metadata.creator("demarche".to_owned()));
    let mut page = document.start_page_with(PageSettings::new(size));
    let mut surface = page.surface();
    let drawn = surface.draw_svg(&tree, size, SvgSettings::default());
    surface.finish();
    page.finish();
    drawn.ok_or_else(|| "can't draw the picture".to_owned())?;
    document
        .finish()
        .map_err(|error| format!("can't write PDF: {error:?}"))
}
