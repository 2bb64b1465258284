//! Parses the SVG of a picture with the fonts to draw it with; PNG and PDF are made from the
//! result.

use std::collections::BTreeSet;
use std::sync::Arc;

use resvg::usvg::{FontResolver, Node, Options, Tree};

use crate::diagram::Theme;
use crate::picture::font::Weight;
use crate::picture::fonts::Fonts;
use crate::picture::scene::Scene;
use crate::picture::svg::{loose, svg_without_fonts};

/// The font weight from which text is drawn bold.
const BOLD: u16 = 600;

pub(crate) fn tree(scene: &Scene, theme: Theme, fonts: &Fonts) -> Result<Tree, String> {
    let for_selection = fonts.clone();
    let for_fallback = fonts.clone();
    let resolver = FontResolver {
        select_font: Box::new(move |font, _| for_selection.face(weight(font.weight()))),
        select_fallback: Box::new(move |c, but, database| {
            let first = but.first().and_then(|id| database.face(*id));
            let weight = first.map_or(Weight::Regular, |face| weight(face.weight.0));
            for_fallback.fallback(c, weight, but)
        }),
    };
    let options = Options {
        font_resolver: resolver,
        fontdb: Arc::clone(&fonts.database),
        ..Options::default()
    };
    let parsed = |held| {
        Tree::from_str(&svg_without_fonts(scene, theme, held), &options)
            .map_err(|error| format!("can't draw the picture: {error}"))
    };
    let natural = parsed(BTreeSet::new())?;
    let held = too_wide(scene, &natural);
    match held.is_empty() {
        true => Ok(natural),
        false => parsed(held),
    }
}

/// Returns the ids of the loose texts that are wider than they were taken to be.
fn too_wide(scene: &Scene, tree: &Tree) -> BTreeSet<String> {
    let is_wide = |id: &str, most: f64| match tree.node_by_id(id) {
        Some(Node::Text(text)) => f64::from(text.bounding_box().width()) > most,
        _ => false,
    };
    let wide = loose(scene).filter(|(id, text)| is_wide(id, text.width));
    wide.map(|(id, _)| id).collect()
}

fn weight(of: u16) -> Weight {
    if of >= BOLD {
        Weight::Bold
    } else {
        Weight::Regular
    }
}
