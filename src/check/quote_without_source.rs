//! `quote-without-source`: words are quoted from no source in which they could be looked up.

use crate::diagnostic::Diagnostic;
use crate::graph::Graph;
use crate::syntax::{Locator, Step};
use crate::text::Place;

pub(super) fn find(graph: &Graph, found: &mut Vec<Diagnostic>) {
    let mut places = Locator::default();
    let mut report = |record: Place, within: &[Step<'_>]| {
        let path = [within, &[Step::Field("quote")]].concat();
        found.push(
            Diagnostic::warning(
                "quote-without-source",
                "this quote has no source",
                super::part_by(&mut places, graph, record, &path),
                "quoted from where?",
            )
            .help(
                "add `source: \"…\"` beside it, or say it in your own words in `summary` or `note`",
            ),
        );
    };
    // Uses the sources as written: an unknown source is an error of its own, but still a source.
    for stance in graph
        .stances
        .iter()
        .filter(|stance| stance.sources.as_slice().is_empty())
    {
        if graph.written_stance(stance.place).quote.is_some() {
            report(stance.place, &[]);
        }
    }
    for meeting in graph
        .meetings
        .iter()
        .filter(|meeting| meeting.sources().is_empty() || !meeting.earlier().is_empty())
    {
        let written = graph.written_meeting(meeting.place);
        if written.quote.is_some() && written.source.as_slice().is_empty() {
            report(meeting.place, &[]);
        }
        for (nth, earlier) in written.earlier.iter().enumerate() {
            if earlier.quote.is_some() && earlier.source.as_slice().is_empty() {
                report(meeting.place, &[Step::Field("earlier"), Step::Item(nth)]);
            }
        }
    }
    for tie in graph.ties.iter().filter(|tie| tie.sources.is_empty()) {
        if graph.written_tie(tie.place).quote.is_some() {
            report(tie.place, &[]);
        }
    }
    for fact in graph.facts.iter().filter(|fact| fact.sources.is_empty()) {
        let written = graph.written_fact(fact.place);
        if written.quote.is_some() && written.source.as_slice().is_empty() {
            report(fact.place, &[]);
        }
    }
}
