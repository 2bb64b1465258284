//! `no-date`: a stance has no date, and none of its sources has one.

use crate::diagnostic::Diagnostic;
use crate::graph::{Graph, SourceId, Stance};
use crate::syntax::Step;

/// The maximum number of sources shown.
const SHOWN: usize = 3;

pub(super) fn find(graph: &Graph, found: &mut Vec<Diagnostic>) {
    found.extend(
        graph
            .stances
            .iter()
            .filter(|stance| graph.stance_date(stance).is_none() && !is_unreadable(graph, stance))
            .map(|stance| undated(graph, stance)),
    );
}

/// Returns whether a source, or its date, can't be read, which is an error of its own.
fn is_unreadable(graph: &Graph, stance: &Stance) -> bool {
    let dated = |id: &SourceId| {
        let place = graph[*id].place;
        graph.slice(super::part(graph, place, &[Step::Name("date")])) == "date"
            || graph.written_source(place).title.is_empty()
    };
    stance.sources.as_slice().iter().any(dated)
}

fn undated(graph: &Graph, stance: &Stance) -> Diagnostic {
    let place = super::part(graph, stance.place, &[]);
    let sources = stance.sources.as_slice();
    let message = match sources {
        [] => "this stance has no date",
        [_] => "this stance has no date, nor has its source",
        _ => "this stance has no date, nor has any of its sources",
    };
    let mut diagnostic =
        Diagnostic::warning("no-date", message, place, "counts as older than all others");
    for id in sources.iter().take(SHOWN) {
        let source = &graph[*id];
        diagnostic = diagnostic.label(
            super::part(graph, source.place, &[Step::Key]),
            format!("`{}` has no `date`", source.id),
        );
    }
    diagnostic.help(match sources {
        [] => "add `date: \"…\"`, when it was said; a year is enough",
        _ => "give the source its `date`, or the stance its own; a year is enough",
    })
}
