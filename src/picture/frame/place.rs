//! Where legend and notes stand: below a view or beside it, whichever suits the page.

use crate::picture::frame::{ASIDE, Foot, LEAST, arranged};
use crate::picture::scene::{Group, Item, Point, Scene};

/// The widths in which legend and notes are tried beside a view, of which the first is always narrow
/// enough, and the part of the whole width that they may take.
const BESIDES: [f64; 5] = [160.0, 200.0, 240.0, 280.0, 320.0];
const PART: f64 = 0.38;
/// The widths that are tried, too, beside a view that is too high.
const WIDE: [f64; 2] = [420.0, 600.0];

/// Puts the legend and the notes of a picture where they leave it largest on a page of this size, and
/// little of the page empty.
pub(crate) fn toward(scene: Scene, (width, height): (f64, f64)) -> Scene {
    let feet = |size| belows(size).chain(besides(size)).collect();
    arranged_best(scene, feet, |wide, high, used| {
        (width / wide).min(height / high) * (used / (wide * high)).sqrt()
    })
}

/// Puts the legend and the notes of a picture where the whole is smallest.
pub(crate) fn smallest(scene: Scene) -> Scene {
    let feet = |size| belows(size).take(1).chain(besides(size)).collect();
    arranged_best(scene, feet, |wide, high, _| 1.0 / (wide * high))
}

/// How many times as high as wide a picture may be, if its legend can stand beside it.
const HIGH: f64 = 1.6;

/// Puts the legend of a picture beside it if that is high and narrow.
pub(crate) fn not_too_high(scene: Scene) -> Scene {
    if scene.height <= HIGH * scene.width {
        return scene;
    }
    let columns = || BESIDES.into_iter().chain(WIDE).map(Foot::Beside);
    let feet = |size| belows(size).chain(columns()).collect();
    // The smallest that is not too high or, if all are, the one that is so least.
    arranged_best(scene, feet, |wide, high, _| match high <= HIGH * wide {
        true => 1.0 / (wide * high),
        false => -high / wide,
    })
}

/// Returns the ways to put the legend below a view of this size.
fn belows((width, _): (f64, f64)) -> impl Iterator<Item = Foot> {
    let least = width.max(LEAST);
    let widths = [1.0, 1.25, 1.6, 2.2].into_iter();
    widths.map(move |by| Foot::Below(least * by))
}

/// Returns the ways to put the legend beside a view of this size in a narrow column.
fn besides((width, _): (f64, f64)) -> impl Iterator<Item = Foot> {
    let [narrowest, ..] = BESIDES;
    let is_narrow = move |wide: &f64| {
        let whole = width + ASIDE + wide;
        *wide <= (whole * PART).max(narrowest)
    };
    BESIDES.into_iter().filter(is_narrow).map(Foot::Beside)
}

/// Puts the legend and the notes of a picture where the whole is worth most by its width, its height and
/// the area that view, legend and notes take; of places that are worth as much, in the first.
fn arranged_best(
    scene: Scene,
    feet: impl Fn((f64, f64)) -> Vec<Foot>,
    worth: impl Fn(f64, f64, f64) -> f64,
) -> Scene {
    let Scene {
        framed: Some(framed),
        items,
        ..
    } = scene
    else {
        return scene;
    };
    let size = framed.size;
    let view = items.into_iter().find_map(|item| match item {
        Item::Group(group) if group.class == "view" => Some(group.items),
        _ => None,
    });
    let worth = |foot: &Foot| {
        let (scene, used) = arranged(Vec::new(), (*framed).clone(), *foot);
        worth(scene.width, scene.height, used)
    };
    let feet = feet(size).into_iter();
    let best = feet.min_by(|one, other| worth(other).total_cmp(&worth(one)));
    let foot = best.unwrap_or(Foot::Below(size.0.max(LEAST)));
    arranged(view.unwrap_or_default(), *framed.clone(), foot).0
}

/// Puts a picture on a page of this size.
pub(crate) fn on_page(scene: Scene, (width, height): (f64, f64)) -> Scene {
    let scene = toward(scene, (width, height));
    let scale = (width / scene.width).min(height / scene.height);
    let (wide, high) = (width / scale, height / scale);
    // An upright page is filled from the top, as text is.
    let below = if high > wide {
        0.0
    } else {
        high - scene.height
    };
    let middle = Point::new((wide - scene.width) / 2.0, below / 2.0);
    Scene {
        width: wide,
        height: high,
        page: Some((width, height)),
        items: vec![Item::Group(Group {
            at: middle,
            items: scene.items,
            ..Group::default()
        })],
        ..scene
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::{not_too_high, toward};
    use crate::picture::frame::{Body, Caption, Entry, framed};

    #[test]
    fn a_high_picture_has_its_legend_beside_it() {
        for (high, most) in [(900.0, 1.6), (1_400.0, 1.6), (9_000.0, 10.0)] {
            let before = framed(body(440.0, high), noted());
            let scene = not_too_high(before.clone());
            assert!(before.height > 1.6 * before.width);
            assert!(scene.height <= most * scene.width && scene.height < before.height);
            // No wider than it needs to be.
            assert!(high > 900.0 || (600.0..660.0).contains(&scene.width));
        }
    }

    #[test]
    fn a_legend_beside_is_narrow_and_fills_its_column() {
        let legend = || Caption {
            legend: (0..20)
                .map(|nth| entry(&format!("what the sign {nth} means")))
                .collect(),
            ..noted()
        };
        // What would be mostly empty beside a view stands below it.
        for (size, caption, is_beside) in [
            ((900.0, 900.0), noted(), false),
            ((900.0, 1_200.0), noted(), false),
            ((900.0, 350.0), legend(), false),
            ((500.0, 500.0), legend(), true),
            ((900.0, 700.0), legend(), true),
        ] {
            let scene = toward(framed(body(size.0, size.1), caption), (1280.0, 720.0));
            assert_eq!(scene.width > size.0 + 100.0, is_beside, "{size:?}");
            assert!(size.0 > 0.6 * scene.width, "{size:?}");
        }
    }

    fn body(width: f64, height: f64) -> Body {
        Body {
            width,
            height,
            items: Vec::new(),
        }
    }

    /// A caption with a note that is long.
    fn noted() -> Caption {
        let note = "A note that says what is not drawn, and why that is so. ".repeat(4);
        Caption {
            notes: vec![note],
            ..Caption::default()
        }
    }

    pub(in crate::picture::frame) fn entry(words: &str) -> Entry {
        Entry {
            sample: Vec::new(),
            words: words.to_owned(),
        }
    }
}
