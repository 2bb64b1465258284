//! Matrix, agreement, spectrum and timeline as characters for a terminal, each with its title, notes and
//! basis.

use std::fmt::Write;

use crate::graph::{Graph, Lens};
use crate::picture::columns::{hanging, lines};
use crate::picture::roster::roster_for;
use crate::picture::{Refusal, View, matrix, spectrum, timeline};
use crate::query::Excerpt;

/// Writes a view `at_most` columns wide, with at most `top` actors and issues.
///
/// # Errors
///
/// Returns a refusal if there is nothing to draw.
pub fn characters(
    graph: &Graph,
    lens: Lens,
    selection: &Excerpt,
    view: View,
    top: Option<usize>,
    at_most: usize,
) -> Result<String, Refusal> {
    const STANDS: &str = "Who stands where";
    let (untitled, text, notes, rests) = match view {
        View::Map | View::Network => return Err(Refusal::NoText),
        View::Matrix => {
            let roster = roster_for(graph, lens, selection, (view, top));
            let matrix = matrix::matrix(graph, &roster).or_refuse()?;
            let text = matrix::text(graph, &matrix, at_most);
            (STANDS, text, roster.notes(graph), roster.rests_on(graph))
        }
        View::Agreement => {
            let roster = roster_for(graph, lens, selection, (view, top));
            let agreement = matrix::agreement_of(graph, lens, &roster).or_refuse()?;
            let text = matrix::agreement_text(graph, &agreement, at_most);
            let notes = [agreement.notes(graph), roster.notes(graph)].concat();
            (STANDS, text, notes, roster.rests_on(graph))
        }
        View::Spectrum => {
            let roster = roster_for(graph, lens, selection, (view, top));
            let roster = roster.with_issues(graph, top.unwrap_or(spectrum::STACKED));
            let spectra = spectrum::spectra(graph, lens, &roster)?;
            let texts: Vec<String> = spectra
                .iter()
                .map(|spectrum| spectrum::text(graph, spectrum, at_most))
                .collect();
            let about = spectrum::about_rules(graph, &spectra).into_iter();
            let notes = about.chain(roster.notes_but_unknown(graph)).collect();
            (STANDS, texts.join("\n"), notes, roster.rests_on(graph))
        }
        View::Timeline => {
            let most = top.unwrap_or(timeline::MOST_LANES);
            let timeline = timeline::timeline(graph, lens, selection, most).or_refuse()?;
            let text = timeline::text(graph, &timeline, at_most);
            let (notes, rests) = (timeline.notes(graph), timeline.rests_on(graph));
            ("What happened", text, notes, rests)
        }
    };
    let title = lines(graph.title.as_deref().unwrap_or(untitled), at_most).join("\n");
    let mut out = format!("{title}\n\n{text}\n");
    for note in notes.iter().chain([&rests]) {
        let _ = writeln!(out, "{}", hanging(note, at_most, 0));
    }
    Ok(out)
}
