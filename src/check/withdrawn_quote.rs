//! `withdrawn-quote`: a source has the quoted words, and yet the claim was withdrawn.

use crate::check::quotes::{Checked, Quote, Quoting};
use crate::diagnostic::Diagnostic;
use crate::graph::{Claim, Graph};
use crate::syntax::Step;
use crate::text::Place;

pub(super) fn find(graph: &Graph, quotes: &[Quote<'_>], found: &mut Vec<Diagnostic>) {
    for quote in quotes {
        let Some((record, claim, earlier)) = claim(graph, quote.by) else {
            continue;
        };
        let Some(by) = graph.withdrawn_by(claim).first().copied() else {
            continue;
        };
        if quote.verdict != Checked::Found {
            continue;
        }
        let within: Vec<Step<'_>> = match earlier {
            Some(nth) => vec![
                Step::Field("earlier"),
                Step::Item(nth),
                Step::Field("quote"),
            ],
            None => vec![Step::Field("quote")],
        };
        let place = super::part(graph, record, &within);
        let by = &graph[by];
        let message = "this quote is in its source, but the claim was withdrawn";
        found.push(
            Diagnostic::warning("withdrawn-quote", message, place, "the source has these words")
                .label(
                    super::part(graph, by.place, &[Step::Key]),
                    format!("`{}` withdraws it", by.id),
                )
                .help("keep it if the source itself was wrong; what somebody said and later gave up has an `until`, or a newer statement, instead"),
        );
    }
}

/// Returns the record of a quote, its claim and, for an earlier status, its number.
fn claim(graph: &Graph, by: Quoting) -> Option<(Place, Claim<'_>, Option<usize>)> {
    Some(match by {
        Quoting::Stance(id) => (graph[id].place, graph[id].claim(), None),
        Quoting::Meeting(id) => (graph[id].place, graph[id].claim(), None),
        Quoting::Tie(id) => (graph[id].place, graph[id].claim(), None),
        Quoting::Fact(id) => (graph[id].place, graph[id].claim(), None),
        Quoting::Earlier(id, nth) => {
            let mut entries = graph[id].earlier().iter();
            let entry = entries.find(|entry| entry.nth as usize == nth)?;
            (graph[id].place, entry.claim(), Some(nth))
        }
    })
}
