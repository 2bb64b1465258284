//! A picture as PNG, made from its SVG.

use resvg::tiny_skia::{Pixmap, Transform};

use crate::diagram::Theme;
use crate::picture::fonts::Fonts;
use crate::picture::scene::Scene;
use crate::picture::tree::tree;

/// Image dots per pixel of the picture; two look sharp on a slide.
const SCALE: f64 = 2.0;
/// The most dots an image may have; while drawing, they take 512 MB.
const MOST_DOTS: f64 = 128e6;

/// Draws a picture as PNG, at two dots per pixel, or fewer if it is large. The same picture and
/// fonts give the same bytes.
///
/// # Errors
///
/// Fails if the picture is too large even then, or can't be drawn.
pub fn png(scene: &Scene, theme: Theme, fonts: &Fonts) -> Result<Vec<u8>, String> {
    let tree = tree(scene, theme, fonts)?;
    let (across, down) = scene.size();
    let dots = across * down;
    let scale = if dots * SCALE * SCALE > MOST_DOTS {
        (MOST_DOTS / dots).sqrt()
    } else {
        SCALE
    };
    let (width, height) = ((across * scale).ceil() as u32, (down * scale).ceil() as u32);
    let too_large = || {
        format!(
            "{width} by {height} pixels are too large for PNG: write SVG or PDF, or show less with `--top`"
        )
    };
    let mut pixmap = Pixmap::new(width, height).ok_or_else(too_large)?;
    resvg::render(
        &tree,
        Transform::from_scale(scale as f32, scale as f32),
        &mut pixmap.as_mut(),
    );
    pixmap
        .encode_png()
        .map_err(|error| format!("can't write PNG: {error}"))
}
