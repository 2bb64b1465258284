//! How many issues a picture has room for. An issue is shown with all its actors or not at all.

use crate::graph::{Graph, Lens};
use crate::picture::Refusal;
use crate::picture::roster::Roster;
use crate::picture::scene::Scene;
use crate::picture::spectrum::scene::{Size, scene_in};
use crate::picture::spectrum::{Spectrum, spectra};

/// The sizes in which several issues are tried: the usual one, a wide one, for many actors, both with
/// smaller dots, and one for an upright page.
const SIZES: [Size; 5] = [
    Size::USUAL,
    Size {
        width: WIDE,
        ..Size::USUAL
    },
    Size {
        is_close: true,
        ..Size::USUAL
    },
    Size {
        width: WIDE,
        is_close: true,
    },
    Size {
        width: UPRIGHT,
        is_close: true,
    },
];
const WIDE: f64 = 1080.0;
const UPRIGHT: f64 = 752.0;
/// How many times as high as wide a picture is at most if nobody asked for a page.
const HIGH: f64 = 1.6;

/// Draws as many issues of a roster as suit a page; returns also their number. `None` if not one does.
///
/// # Errors
///
/// Returns a refusal if no position is known.
pub(crate) fn fit(
    graph: &Graph,
    lens: Lens,
    roster: &Roster,
    suits: impl Fn(&Scene) -> bool,
) -> Result<Option<(Scene, usize)>, Refusal> {
    let spectra = spectra(graph, lens, roster)?;
    let of = |many: usize, size: Size| scene_of(graph, roster, &spectra, many, size);
    let named = roster.selection.named_issues(graph).len();
    let least = named.clamp(1, spectra.len());
    let mut best: Option<(Scene, usize)> = None;
    for size in SIZES {
        let fewest = best.as_ref().map_or(least, |(_, many)| many + 1);
        let suiting = |many: usize| Some(of(many, size)).filter(|scene| suits(scene));
        if let Some(found) = most(fewest, spectra.len(), suiting) {
            best = Some(found);
        }
    }
    Ok(best)
}

/// Draws as many issues as are not too high for a screen, or those that are asked for by name; returns
/// also their number.
///
/// # Errors
///
/// Returns a refusal if no position is known.
pub(crate) fn free(graph: &Graph, lens: Lens, roster: &Roster) -> Result<(Scene, usize), Refusal> {
    let is_low = |scene: &Scene| scene.height <= HIGH * scene.width;
    if let Some(fit) = fit(graph, lens, roster, is_low)? {
        return Ok(fit);
    }
    let spectra = spectra(graph, lens, roster)?;
    let named = roster.selection.named_issues(graph).len();
    let many = named.clamp(1, spectra.len());
    Ok((scene_of(graph, roster, &spectra, many, Size::USUAL), many))
}

/// Draws so many issues.
fn scene_of(
    graph: &Graph,
    roster: &Roster,
    spectra: &[Spectrum],
    many: usize,
    size: Size,
) -> Scene {
    let roster = roster.clone().with_issues(graph, many);
    scene_in(graph, &roster, &spectra[..many.min(spectra.len())], size)
}

/// Finds the largest number for which there is something, which there is for all smaller ones.
fn most<T>(fewest: usize, all: usize, of: impl Fn(usize) -> Option<T>) -> Option<(T, usize)> {
    if fewest > all {
        return None;
    }
    if let Some(whole) = of(all) {
        return Some((whole, all));
    }
    let (mut low, mut high, mut best) = (fewest, all, None);
    while low < high {
        let middle = low + (high - low) / 2;
        match of(middle) {
            Some(found) => (best, low) = (Some((found, middle)), middle + 1),
            None => high = middle,
        }
    }
    best
}

#[cfg(test)]
mod tests {
    use super::most;

    #[test]
    fn as_many_as_fit_are_found() {
        for (fits, found) in [(0, None), (1, Some(1)), (6, Some(6)), (20, Some(17))] {
            let of = |many: usize| (many <= fits).then_some(());
            assert_eq!(most(1, 17, of).map(|(_, many)| many), found);
        }
    }
}
